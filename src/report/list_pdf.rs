//! The court list for paper: a sheet for each courtroom. It may be handed on, so youths are not named.

use super::list_text::totals;
use super::{CourtList, count};
use crate::casework::hearings::listing::{Listed, Sitting};
use crate::casework::hearings::readiness::Readiness;
use crate::casework::list::conflicts::Conflict;
use crate::check::WRITE_OTHERWISE;
use crate::check::custody::limits;
use crate::manifest::{Defendant, Session};
use crate::model::{Code, Finding};
use crate::pdf::write::{PdfError, hand_out};
use crate::report::casework_words::{broken_rules, clock, day, missing_item, place, remand};
use crate::sheets::{LineStyle, TableColumn, TableLine, TableRow, TableSheet, set_tables};

const COLUMNS: [TableColumn; 9] = [
    column("No.", 18),
    column("Time", 28),
    column("Case", 96),
    column("Hearing", 54),
    column("Defendants, remand and offences", 148),
    column("Custody time limit", 116),
    column("Prosecutor", 64),
    column("Bundle", 46),
    column("Readiness and what is missing", 136),
];

/// How many custody time limits stand at the head of a sheet, so that hearings find room below.
const MAX_LIMITS: usize = 8;

const CONFLICT_COLUMNS: [TableColumn; 3] =
    [column("Rule", 110), column("What cannot be", 440), column("Cases", 130)];

const fn column(heading: &'static str, share: u16) -> TableColumn {
    TableColumn { heading, share }
}

/// The whole list: conflicts first, where there are any, then a sheet for each courtroom and day; and what of it cannot be
/// shown. The same list gives the same bytes.
pub fn list_pdf(list: &CourtList<'_>) -> Result<(Vec<u8>, Vec<Finding>), PdfError> {
    let (listed, impossible) = list.for_the_door();
    let list = &CourtList::new(list.today, list.days.clone(), &listed, impossible);
    let mut sheets = Vec::with_capacity(list.sittings.len() + 1);
    if !list.conflicts.is_empty() {
        sheets.push(conflicts(&list.conflicts));
    }
    sheets.extend(list.sittings.iter().map(|sitting| sheet(sitting, list)));
    if list.sittings.is_empty() {
        sheets.push(nothing(list));
    }
    let note = format!(
        "Court list. Days left are counted from {}. Youths are not named.",
        day(list.today)
    );
    let set = set_tables(&sheets, &note)?;
    let headings = sheets.into_iter().map(|sheet| sheet.heading);
    let parts: Vec<(String, usize)> = headings.zip(set.first_page).collect();
    let unset = set.unset.iter().map(|(part, unset)| {
        let message = format!("{part}: the court list {unset}");
        Finding::new(Code::CharacterNotInFont, message).hint(WRITE_OTHERWISE)
    });
    Ok((hand_out(&set.pdf, "Court list", &parts)?, unset.collect()))
}

fn nothing(list: &CourtList<'_>) -> TableSheet {
    TableSheet {
        heading: "Court list".to_owned(),
        lines: vec![line(LineStyle::Plain, &list.nothing())],
        columns: Vec::new(),
        rows: Vec::new(),
    }
}

fn conflicts(conflicts: &[Conflict]) -> TableSheet {
    let row = |conflict: &Conflict| {
        let urns = conflict.urns.iter();
        TableRow::Cells(vec![
            vec![line(LineStyle::Loud, conflict.code.as_str())],
            vec![line(LineStyle::Plain, &conflict.message)],
            urns.map(|urn| line(LineStyle::Plain, urn)).collect(),
        ])
    };
    TableSheet {
        heading: "Conflicts".to_owned(),
        lines: vec![line(LineStyle::Plain, &count(conflicts.len(), "conflict"))],
        columns: CONFLICT_COLUMNS.to_vec(),
        rows: conflicts.iter().map(row).collect(),
    }
}

fn sheet(sitting: &Sitting<'_>, list: &CourtList<'_>) -> TableSheet {
    let mut rows = Vec::new();
    let mut session = None;
    for (number, listed) in (1..).zip(&sitting.hearings) {
        if session != Some(listed.session()) {
            session = Some(listed.session());
            rows.push(TableRow::Band(session_name(listed.session()).to_owned()));
        }
        rows.push(hearing(number, listed, list));
    }
    TableSheet {
        heading: format!(
            "{}, {}",
            place(sitting.court, sitting.courtroom.as_deref()),
            day(sitting.date)
        ),
        lines: lines(sitting, list),
        columns: COLUMNS.to_vec(),
        rows,
    }
}

/// The totals, and below them the custody time limits for which a case is not ready.
fn lines(sitting: &Sitting<'_>, list: &CourtList<'_>) -> Vec<TableLine> {
    let here = |listed: &Listed| sitting.hearings.iter().any(|one| std::ptr::eq(*one, listed));
    let stopping = list.stopping().into_iter().filter(|(_, listed, _)| here(listed));
    let limits = stopping.map(|(_, listed, limit)| {
        let time = listed.time().map(|time| format!("{} ", clock(time))).unwrap_or_default();
        line(
            LineStyle::Loud,
            &format!("Custody time limit {}: {time}{}", limit.words, listed.case.title),
        )
    });
    let mut lines: Vec<TableLine> = limits.collect();
    let more = lines.len().saturating_sub(MAX_LIMITS);
    lines.truncate(MAX_LIMITS);
    if more > 0 {
        lines.push(line(LineStyle::Loud, &format!("{more} more below")));
    }
    lines.insert(0, line(LineStyle::Plain, &totals(sitting)));
    lines
}

fn session_name(session: Option<Session>) -> &'static str {
    match session {
        Some(Session::Morning) => "Morning",
        Some(Session::Afternoon) => "Afternoon",
        None => "No time yet",
    }
}

/// The row of a hearing; `number` is its order in the courtroom.
fn hearing(number: usize, listed: &Listed, list: &CourtList<'_>) -> TableRow {
    let about = listed.hearing();
    let kind = about.and_then(|one| one.kind.as_deref());
    let time = listed.time().map(clock);
    TableRow::Cells(vec![
        vec![line(LineStyle::Quiet, &number.to_string())],
        vec![line(LineStyle::Strong, time.as_deref().unwrap_or("–"))],
        vec![
            line(LineStyle::Strong, &listed.case.title),
            line(LineStyle::Quiet, listed.urn().unwrap_or("no URN")),
        ],
        kind.map(|kind| line(LineStyle::Plain, kind)).into_iter().collect(),
        defendants(listed),
        custody(listed, list),
        vec![or(about.and_then(|one| one.prosecutor.as_deref()), "none yet")],
        bundle(listed),
        readiness(listed, list),
    ])
}

fn defendants(listed: &Listed) -> Vec<TableLine> {
    let lines = |defendant: &Defendant| {
        let offences = defendant.charges.iter();
        let offences: Vec<&str> = offences.map(|charge| charge.offence.as_str()).collect();
        let name = Some(line(LineStyle::Strong, &defendant.name));
        let remand = remand(defendant).map(|remand| line(LineStyle::Plain, &remand));
        let offences = (!offences.is_empty()).then(|| line(LineStyle::Quiet, &offences.join(", ")));
        [name, remand, offences].into_iter().flatten().collect::<Vec<_>>()
    };
    listed.case.defendants.iter().flat_map(lines).collect()
}

fn custody(listed: &Listed, list: &CourtList<'_>) -> Vec<TableLine> {
    let several = listed.case.defendants.len() > 1;
    let limit = |one: &crate::check::custody::ChargeLimit<'_>| {
        let name = match several {
            true => format!("{}: ", one.defendant.name),
            false => String::new(),
        };
        let tone = match one.presses(list.today) {
            true => LineStyle::Loud,
            false => LineStyle::Plain,
        };
        line(tone, &format!("{name}{}", one.words(list.today)))
    };
    limits(&listed.case).iter().map(limit).collect()
}

fn bundle(listed: &Listed) -> Vec<TableLine> {
    let pages = listed.bundle_pages.map(|pages| count(pages as usize, "page"));
    vec![or(pages.as_deref(), "none yet")]
}

/// The word for readiness, what breaks a rule, and what is missing.
fn readiness(listed: &Listed, list: &CourtList<'_>) -> Vec<TableLine> {
    let tone = match listed.readiness {
        Readiness::NotReady => LineStyle::Loud,
        Readiness::Gaps => LineStyle::Strong,
        Readiness::Ready => LineStyle::Plain,
    };
    let mut lines = vec![line(tone, listed.readiness.words())];
    let rules = broken_rules(&listed.findings);
    lines.extend(rules.iter().map(|rule| line(LineStyle::Plain, rule)));
    let missing = listed.missing.iter().map(|item| {
        let said = format!("{}: {}", item.state.as_str(), missing_item(item, list.today));
        line(LineStyle::Plain, &said)
    });
    lines.extend(missing);
    lines
}

fn line(tone: LineStyle, text: &str) -> TableLine {
    TableLine { text: text.to_owned(), tone }
}

/// A text, or set back what stands in its place.
fn or(text: Option<&str>, instead: &str) -> TableLine {
    match text {
        Some(text) => line(LineStyle::Plain, text),
        None => line(LineStyle::Quiet, instead),
    }
}
