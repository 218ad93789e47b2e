//! The words that lists and boards share.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Time};

use super::count;
use super::over_pages::over_pages;
use crate::casework::hearings::courtroom::short_room;
use crate::casework::hearings::listing::Listed;
use crate::casework::hearings::readiness::MissingItem;
use crate::check::{Pressing, State};
use crate::manifest::{Defendant, RemandStatus};
use crate::model::{Code, Finding};

/// How many reasons a line gives.
const MAX_REASONS: usize = 2;

/// `Tuesday 24 November 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

/// `hearings on 2026-11-24`, or from one day to another.
pub(super) fn hearings(days: &RangeInclusive<Date>) -> String {
    match (days.start(), days.end()) {
        (first, last) if first == last => format!("hearings on {first}"),
        (first, last) => format!("hearings from {first} to {last}"),
    }
}

/// `10:00`.
pub(super) fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// `custody, HMP Leeds, by video link`; nothing where nothing is recorded.
pub(super) fn remand(defendant: &Defendant) -> Option<String> {
    let parts = [
        defendant.remand.map(RemandStatus::words),
        defendant.held_at.as_deref(),
        defendant.by_link.then_some("by video link"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `Crown Court at Leeds, courtroom 5`.
pub(super) fn place(court: Option<&str>, courtroom: Option<&str>) -> String {
    let court = court.unwrap_or("court not stated");
    match courtroom {
        Some(room) => format!("{court}, courtroom {}", short_room(room)),
        None => format!("{court}, no courtroom yet"),
    }
}

/// Every limit of a case that presses.
pub(super) fn pressing(listed: &Listed, today: Date) -> Vec<Pressing> {
    crate::check::pressing(&listed.case, today)
}

/// The limits for which a case is not ready.
pub(super) fn stopping(listed: &Listed, today: Date) -> Vec<Pressing> {
    let mut stopping = pressing(listed, today);
    stopping.retain(|one| one.state.stops());
    stopping
}

/// `Medical report (hospital, due 2026-11-03, 21 days overdue)`.
pub(super) fn missing_item(item: &MissingItem, today: Date) -> String {
    let due = item.due.filter(|_| item.state.is_awaited());
    let due = due.map(|due| match item.days_overdue(today) {
        Some(days) => {
            let number = usize::try_from(days).unwrap_or(usize::MAX);
            format!("due {due}, {} overdue", count(number, "day"))
        }
        None => format!("due {due}"),
    });
    let about: Vec<String> = [item.supplier.clone(), due].into_iter().flatten().collect();
    match about.is_empty() {
        true => item.title.clone(),
        false => format!("{} ({})", item.title, about.join(", ")),
    }
}

/// The states of documents that are not there, in the order told.
const LACKING: [State; 4] = [State::Missing, State::Expected, State::Received, State::Cancelled];

/// `2 missing: Medical report (hospital, due 2026-11-03, 21 days overdue) and 1 more; 1 expected: …`, the first of each state
/// by its due date; nothing where nothing is missing.
pub(super) fn lacking(listed: &Listed, today: Date) -> Option<String> {
    let of_state = |state: &State| {
        let mut items = listed.missing.iter().filter(|item| item.state == *state);
        let first = missing_item(items.next()?, today);
        let more = match items.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let number = listed.missing.iter().filter(|item| item.state == *state).count();
        Some(format!("{number} {}: {first}{more}", state.as_str()))
    };
    let parts: Vec<String> = LACKING.iter().filter_map(of_state).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What is told in words of its own: documents that are not there, and custody time limits.
const TOLD_APART: [Code; 4] = [
    Code::DocumentMissing,
    Code::CustodyLimitPassed,
    Code::CustodyLimitBeforeHearing,
    Code::CustodyLimitUnknown,
];

/// What breaks a rule, apart from what is told in words of its own.
pub(super) fn broken_rules(findings: &[Finding]) -> Vec<String> {
    let findings = over_pages(findings);
    let errors =
        findings.iter().filter(|finding| finding.is_error() && !TOLD_APART.contains(&finding.code));
    errors
        .map(|finding| match &finding.document {
            Some(document) => format!("{}: {}", document.title, finding.message),
            None => finding.message.clone(),
        })
        .collect()
}

/// Why a case is not ready, and which custody time limit presses, in one line; empty where there is
/// nothing to say. `loud` is how limits look for which it is not ready.
pub(super) fn why(listed: &Listed, today: Date, loud: impl Fn(&str) -> String) -> String {
    let limits = pressing(listed, today).into_iter();
    let mut reasons: Vec<String> =
        limits.map(|one| format!("custody time limit {}", one.painted(&loud))).collect();
    let missing = listed.missing.iter();
    let mut lacking: Vec<String> = broken_rules(&listed.findings);
    lacking.extend(
        missing.map(|item| format!("{}: {}", item.state.as_str(), missing_item(item, today))),
    );
    let more = lacking.len().saturating_sub(MAX_REASONS);
    lacking.truncate(MAX_REASONS);
    reasons.extend(lacking);
    if more > 0 {
        reasons.push(format!("{more} more"));
    }
    reasons.join("; ")
}
