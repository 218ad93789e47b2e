//! Proposed rooms and times, for people, spreadsheets and scripts.

use std::fmt::Write;

use serde::Serialize;

use super::count;
use super::spreadsheet::{Cell, spreadsheet};
use crate::casework::allocate::{Allocation, Proposal, Unplaced};
use crate::casework::hearings::privacy::Youths;
use crate::check::display;
use crate::manifest::Case;
use crate::report::casework_words::{clock, day, place};

/// The JSON of `allocate`.
#[derive(Debug, Serialize)]
pub struct AllocationReport<'a> {
    version: u32,
    proposals: Vec<ProposalRow<'a>>,
    unplaced: Vec<UnplacedRow<'a>>,
}

#[derive(Debug, Serialize)]
struct ProposalRow<'a> {
    urn: Option<String>,
    title: &'a str,
    manifest: String,
    court: Option<&'a str>,
    date: String,
    courtroom: &'a str,
    time: String,
    minutes: u32,
    fixed: bool,
    why: &'a str,
}

#[derive(Debug, Serialize)]
struct UnplacedRow<'a> {
    urn: Option<String>,
    title: &'a str,
    manifest: String,
    court: Option<&'a str>,
    date: Option<String>,
    minutes: u32,
    why: &'a str,
}

impl<'a> From<&'a Allocation<'_>> for AllocationReport<'a> {
    fn from(allocation: &'a Allocation<'_>) -> Self {
        let proposal = |one: &'a Proposal<'_>| ProposalRow {
            urn: urn(one.case),
            title: &one.case.title,
            manifest: display(&one.case.manifest),
            court: one.case.court.as_deref(),
            date: one.date.to_string(),
            courtroom: &one.courtroom,
            time: one.time.to_string(),
            minutes: one.minutes,
            fixed: one.fixed,
            why: &one.why,
        };
        let unplaced = |one: &'a Unplaced<'_>| UnplacedRow {
            urn: urn(one.case),
            title: &one.case.title,
            manifest: display(&one.case.manifest),
            court: one.case.court.as_deref(),
            date: one.date.map(|date| date.to_string()),
            minutes: one.minutes,
            why: &one.why,
        };
        Self {
            version: 1,
            proposals: allocation.proposals.iter().map(proposal).collect(),
            unplaced: allocation.unplaced.iter().map(unplaced).collect(),
        }
    }
}

fn urn(case: &Case) -> Option<String> {
    case.urn.as_ref().map(ToString::to_string)
}

/// A part for each courtroom and day, then what has no place. `youths` are named nowhere.
pub fn allocation_text(allocation: &Allocation<'_>, youths: &Youths) -> String {
    let mut text = String::new();
    let mut heading = String::new();
    for one in &allocation.proposals {
        let court = one.case.court.as_deref();
        let here = format!("{}, {}", place(court, Some(&one.courtroom)), day(one.date));
        if here != heading {
            let gap = if heading.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{here}");
            heading = here;
        }
        let _ = writeln!(
            text,
            "  {:<5}  {:<11}  {}",
            clock(one.time),
            count(one.minutes as usize, "minute"),
            named(one.case, youths)
        );
        let _ = writeln!(text, "{:22}{}", "", one.why);
    }
    if !allocation.unplaced.is_empty() {
        text.push_str("\nWithout a place\n");
    }
    for one in &allocation.unplaced {
        let date = one.date.map(|date| format!(", {}", day(date)));
        let minutes = count(one.minutes as usize, "minute");
        let _ = writeln!(
            text,
            "  {}{}, {minutes}\n    {}",
            named(one.case, youths),
            date.unwrap_or_default(),
            one.why
        );
    }
    let _ = writeln!(text, "\n{}", totals(allocation));
    text
}

/// `4 hearings: 2 fixed by the court, 1 proposed, 1 without a place. Nothing was changed.`
fn totals(allocation: &Allocation<'_>) -> String {
    let proposals = &allocation.proposals;
    let fixed = proposals.iter().filter(|one| one.fixed).count();
    let all = proposals.len() + allocation.unplaced.len();
    format!(
        "{}: {fixed} fixed by the court, {} proposed, {} without a place. Nothing was changed.",
        count(all, "hearing"),
        proposals.len() - fixed,
        allocation.unplaced.len()
    )
}

fn named(case: &Case, youths: &Youths) -> String {
    let title = youths.masked(case).case_title(&case.title);
    match &case.urn {
        Some(urn) => format!("{title} ({urn})"),
        None => title,
    }
}

const HEADER: [&str; 11] = [
    "date",
    "court",
    "courtroom",
    "time",
    "minutes",
    "urn",
    "title",
    "state",
    "why",
    "manifest",
    "case_number",
];

/// A row for each hearing; one without a place has no courtroom and no time.
pub fn allocation_csv(allocation: &Allocation<'_>, youths: &Youths) -> Result<String, csv::Error> {
    let proposed = allocation.proposals.iter().map(|one| {
        let state = if one.fixed { "fixed" } else { "proposed" };
        let place = [one.date.to_string(), one.courtroom.clone(), clock(one.time)];
        row((one.case, youths), place, one.minutes, state, &one.why)
    });
    let unplaced = allocation.unplaced.iter().map(|one| {
        let date = one.date.map_or_else(String::new, |date| date.to_string());
        let place = [date, String::new(), String::new()];
        row((one.case, youths), place, one.minutes, "unplaced", &one.why)
    });
    spreadsheet(HEADER, proposed.chain(unplaced))
}

fn row(
    (case, youths): (&Case, &Youths),
    place: [String; 3],
    minutes: u32,
    state: &str,
    why: &str,
) -> [Cell; 11] {
    let masked = youths.masked(case);
    let [date, courtroom, time] = place;
    let number = case.court_case_number.as_ref();
    [
        date,
        case.court.clone().unwrap_or_default(),
        courtroom,
        time,
        minutes.to_string(),
        urn(case).unwrap_or_default(),
        masked.case_title(&case.title),
        state.to_owned(),
        why.to_owned(),
        display(&masked.path(&case.manifest)),
        number.map_or_else(String::new, |number| number.to_string()),
    ]
    .map(Cell::from)
}
