//! The court list for spreadsheets: a row for each hearing.

use super::CourtList;
use super::list::{held_at, offences};
use super::spreadsheet::{Cell, spreadsheet};
use crate::casework::hearings::listing::{Listed, Sitting};
use crate::check::custody::{ChargeLimit, CustodyState, limits};
use crate::check::display;
use crate::report::casework_words::clock;

const HEADER: [&str; 22] = [
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
    "custody_state",
];

/// The whole list; the custody time limit of a row is the earliest that is known.
pub fn list_csv(list: &CourtList<'_>) -> Result<String, csv::Error> {
    let (listed, conflicts) = list.public();
    let list = &CourtList::new(list.today, list.days.clone(), &listed, conflicts);
    let sittings = list.sittings.iter();
    let rows = sittings.flat_map(|sitting| {
        let hearings = sitting.hearings.iter();
        hearings.map(move |listed| row(list, sitting, listed))
    });
    spreadsheet(HEADER, rows)
}

fn row(list: &CourtList<'_>, sitting: &Sitting<'_>, listed: &Listed) -> [Cell; 22] {
    let text = |text: Option<&str>| Cell::from(text.map(str::to_owned));
    let hearing = listed.hearing();
    let limits = limits(&listed.case);
    let known = limits.iter().filter_map(ChargeLimit::known);
    let limit = known.min_by_key(|limit| limit.expires);
    let defendants = &listed.case.defendants;
    let names: Vec<&str> = defendants.iter().map(|one| one.name.as_str()).collect();
    let is_youth = defendants.iter().any(|one| one.youth);
    [
        sitting.date.to_string().into(),
        text(sitting.court),
        text(sitting.courtroom.as_deref()),
        text(listed.session().map(|session| session.as_str())),
        listed.time().map(clock).into(),
        text(listed.urn()),
        listed.case.title.clone().into(),
        text(hearing.and_then(|one| one.kind.as_deref())),
        names.join("; ").into(),
        text(Some(if is_youth { "yes" } else { "no" })),
        offences(listed).join("; ").into(),
        text(listed.remand().map(|remand| remand.as_str())),
        text(hearing.and_then(|one| one.prosecutor.as_deref())),
        limit.map(|limit| limit.expires.to_string()).into(),
        limit.map_or(Cell::Empty, |limit| Cell::Number(limit.days_left(list.today))),
        text(limit.map(|limit| limit.basis.as_str())),
        text(Some(listed.readiness.as_str())),
        listed.missing_count().into(),
        listed.bundle_pages.map_or(Cell::Empty, Cell::from),
        display(&listed.case.manifest).into(),
        held_at(listed).join("; ").into(),
        text(limits.iter().map(|one| one.state(list.today)).min().map(CustodyState::as_str)),
    ]
}
