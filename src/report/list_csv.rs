//! The court list for spreadsheets: a row for each hearing.

use super::CourtList;
use super::desk_words::clock;
use super::list::{held_at, offences};
use crate::check::display;
use crate::desk::custody::limits;
use crate::desk::listing::{Listed, Sitting};

const HEADER: [&str; 21] = [
    "date",
    "court",
    "courtroom",
    "session",
    "time",
    "urn",
    "title",
    "kind",
    "defendants",
    "youth",
    "offences",
    "remand",
    "prosecutor",
    "custody_time_limit",
    "days_left",
    "basis",
    "readiness",
    "missing",
    "bundle_pages",
    "manifest",
    "held_at",
];

/// The whole list; the custody time limit of a row is the earliest that is known.
pub fn list_csv(list: &CourtList<'_>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for sitting in &list.sittings {
        for listed in &sitting.hearings {
            writer.write_record(row(list, sitting, listed).map(|cell| harmless(&cell)))?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn row(list: &CourtList<'_>, sitting: &Sitting<'_>, listed: &Listed) -> [String; 21] {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let hearing = listed.hearing();
    let known = limits(&listed.case)
        .into_iter()
        .filter_map(|one| one.limit.ok());
    let limit = known.min_by_key(|limit| limit.expires);
    let defendants = &listed.case.defendants;
    let names: Vec<&str> = defendants.iter().map(|one| one.name.as_str()).collect();
    let is_youth = defendants.iter().any(|one| one.youth);
    [
        sitting.date.to_string(),
        text(sitting.court),
        text(sitting.courtroom),
        text(listed.session().map(|session| session.as_str())),
        listed.time().map(clock).unwrap_or_default(),
        text(listed.urn()),
        listed.case.title.clone(),
        text(hearing.and_then(|one| one.kind.as_deref())),
        names.join("; "),
        text(Some(if is_youth { "yes" } else { "no" })),
        offences(listed).join("; "),
        text(listed.remand().map(|remand| remand.as_str())),
        text(hearing.and_then(|one| one.prosecutor.as_deref())),
        limit.map_or_else(String::new, |limit| limit.expires.to_string()),
        limit.map_or_else(String::new, |limit| limit.days_left(list.today).to_string()),
        limit.map_or_else(String::new, |limit| limit.basis.as_str().to_owned()),
        text(Some(listed.readiness.as_str())),
        listed.missing.len().to_string(),
        listed
            .bundle_pages
            .map_or_else(String::new, |pages| pages.to_string()),
        display(&listed.case.manifest),
        held_at(listed).join("; "),
    ]
}

/// A cell that a spreadsheet does not take for a formula.
pub(super) fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && cell.parse::<i32>().is_err() {
        return format!("'{cell}");
    }
    cell.to_owned()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("-cmd"), "'-cmd");
        assert_eq!(harmless("-6"), "-6");
        assert_eq!(harmless("R v Blake"), "R v Blake");
    }
}
