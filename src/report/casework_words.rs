//! The words that lists and boards share.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Time};

use super::count;
use crate::casework::hearings::listing::Listed;
use crate::casework::hearings::readiness::MissingItem;
use crate::check::custody::{Basis, ChargeLimit, limits};
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
        Some(room) => format!("{court}, courtroom {room}"),
        None => format!("{court}, no courtroom yet"),
    }
}

/// `6 days left`, `PASSED 6 days ago`.
pub(super) fn days_left(days: i32) -> String {
    let number = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        ..0 => format!("PASSED {} ago", count(number, "day")),
        0 => "ENDS TODAY".to_owned(),
        _ => format!("{} left", count(number, "day")),
    }
}

/// `2026-11-30, 6 days left (calculated, not agreed)`, with a sign where it presses, or why there is no
/// limit to tell.
pub(super) fn charge_limit(one: &ChargeLimit<'_>, today: Date) -> String {
    let sign = if one.presses(today) { "!! " } else { "" };
    let limit = match one.limit {
        Ok(limit) => limit,
        Err(unknown) => return format!("{sign}not known: {}", unknown.why()),
    };
    let basis = match limit.basis {
        Basis::Calculated => "calculated, not agreed",
        Basis::Recorded => "recorded by the court",
    };
    let is_late = one.ends_by_hearing(today) && limit.expires >= today;
    let late = match one.hearing.filter(|_| is_late) {
        Some(hearing) if hearing == limit.expires => ", THE DAY OF THE HEARING",
        Some(_) => ", BEFORE THE HEARING",
        None => "",
    };
    let left = days_left(limit.days_left(today));
    format!("{sign}{}, {left}{late} ({basis})", limit.expires)
}

/// Every limit of a case that presses, those that are known first and the earliest at the head; what reads the same only once, as for
/// two charges of one day. None hides another.
pub(super) fn pressing(listed: &Listed, today: Date) -> Vec<(Option<Date>, String)> {
    let mut pressing: Vec<(Option<Date>, String)> = limits(&listed.case)
        .iter()
        .filter(|one| one.presses(today))
        .map(|one| {
            let expires = one.limit.map(|limit| limit.expires).ok();
            (expires, charge_limit(one, today))
        })
        .collect();
    pressing.sort_by_key(|(expires, _)| (expires.is_none(), *expires));
    pressing.dedup();
    pressing
}

/// `Medical report (hospital, due 2026-11-03, 21 days overdue)`.
pub(super) fn missing_item(item: &MissingItem, today: Date) -> String {
    let due = item.due.map(|due| match item.days_overdue(today) {
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

/// `2 missing: Medical report (hospital, due 2026-11-03, 21 days overdue) and 1 more`, the first by its due date; nothing where
/// nothing is missing.
pub(super) fn lacking(listed: &Listed, today: Date) -> Option<String> {
    let first = missing_item(listed.missing.first()?, today);
    let number = listed.missing.len();
    Some(match number {
        1 => format!("1 missing: {first}"),
        _ => format!("{number} missing: {first} and {} more", number - 1),
    })
}

/// What breaks a rule, apart from documents that are not there.
pub(super) fn broken_rules(findings: &[Finding]) -> Vec<String> {
    let errors = findings
        .iter()
        .filter(|finding| finding.is_error() && finding.code != Code::DocumentMissing);
    errors
        .map(|finding| match &finding.document {
            Some(document) => format!("{}: {}", document.title, finding.message),
            None => finding.message.clone(),
        })
        .collect()
}

/// Why a case is not ready, and which custody time limit presses, in one line; empty where there is
/// nothing to say.
pub(super) fn why(listed: &Listed, today: Date) -> String {
    let limits = pressing(listed, today).into_iter();
    let mut reasons: Vec<String> =
        limits.map(|(_, limit)| format!("custody time limit {limit}")).collect();
    let missing = listed.missing.iter();
    let mut lacking: Vec<String> = broken_rules(&listed.findings);
    lacking.extend(missing.map(|item| format!("missing: {}", missing_item(item, today))));
    let more = lacking.len().saturating_sub(MAX_REASONS);
    lacking.truncate(MAX_REASONS);
    reasons.extend(lacking);
    if more > 0 {
        reasons.push(format!("{more} more"));
    }
    reasons.join("; ")
}
