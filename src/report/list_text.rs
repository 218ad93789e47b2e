//! The court list for people.

use std::fmt::Write;

use jiff::civil::Date;

use super::{CourtList, count};
use crate::casework::hearings::listing::{Listed, Sitting};
use crate::casework::hearings::readiness::Readiness;
use crate::check::custody::limits;
use crate::manifest::RemandStatus;
use crate::report::casework_words::{broken_rules, clock, day, lacking, place, remand};

/// A part for each courtroom, a line for each hearing with what belongs to it below, and the conflicts.
pub fn list_text(list: &CourtList<'_>, paint: impl Fn(Readiness, &str) -> String) -> String {
    let listed = list.for_the_office();
    let list = &CourtList::new(list.today, list.days.clone(), &listed, list.conflicts.clone());
    let mut text = head(list, &paint);
    for sitting in &list.sittings {
        let _ = writeln!(
            text,
            "{}, {}",
            place(sitting.court, sitting.courtroom.as_deref()),
            day(sitting.date)
        );
        for listed in &sitting.hearings {
            hearing(&mut text, listed, list, &paint);
        }
        let _ = writeln!(text, "  {}\n", totals(sitting));
    }
    if list.sittings.is_empty() {
        let _ = writeln!(text, "{}", list.nothing());
    }
    if !list.conflicts.is_empty() {
        text.push_str("Conflicts\n");
    }
    for conflict in &list.conflicts {
        let _ = writeln!(text, "  {}: {}", conflict.code, conflict.message);
    }
    text
}

/// The cases that are not ready because of a custody time limit, before everything else.
fn head(list: &CourtList<'_>, paint: &impl Fn(Readiness, &str) -> String) -> String {
    let mut text = String::new();
    for (sitting, listed, limit) in list.stopping() {
        let urn = listed.urn().map(|urn| format!(" ({urn})"));
        let _ = writeln!(
            text,
            "Custody time limit {}: {}{}, {}, {}",
            paint(Readiness::NotReady, &limit.words),
            listed.case.title,
            urn.unwrap_or_default(),
            place(sitting.court, sitting.courtroom.as_deref()),
            when(sitting, listed),
        );
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// `Tuesday 24 November 2026 10:00`.
pub(super) fn when(sitting: &Sitting<'_>, listed: &Listed) -> String {
    let time = listed.time().map(|time| format!(" {}", clock(time)));
    format!("{}{}", day(sitting.date), time.unwrap_or_default())
}

fn hearing(
    text: &mut String,
    listed: &Listed,
    list: &CourtList<'_>,
    paint: &impl Fn(Readiness, &str) -> String,
) {
    let word = format!("{:<15}", listed.readiness.words());
    let urn = listed.urn().map(|urn| format!(" ({urn})"));
    let _ = writeln!(
        text,
        "  {:<5}  {}  {}{}",
        listed.time().map(clock).unwrap_or_default(),
        paint(listed.readiness, &word),
        listed.case.title,
        urn.unwrap_or_default(),
    );
    let _ = writeln!(text, "{:26}{}", "", about(listed, list.today));
    for one in limits(&listed.case) {
        let offence = one.charge.map(|charge| format!(", {}", charge.offence));
        let _ = writeln!(
            text,
            "{:26}custody time limit, {}{}: {}",
            "",
            one.defendant.name,
            offence.unwrap_or_default(),
            match one.state(list.today).stops() {
                true => paint(Readiness::NotReady, &one.words(list.today)),
                false => one.words(list.today),
            }
        );
    }
}

/// Kind, defendants, prosecutor, bundle and what is missing.
fn about(listed: &Listed, today: Date) -> String {
    let hearing = listed.hearing();
    let mut parts: Vec<String> = Vec::new();
    parts.extend(hearing.and_then(|hearing| hearing.kind.clone()));
    parts.extend(listed.case.defendants.iter().map(|defendant| {
        let youth = if defendant.youth { " (youth)" } else { "" };
        let remand = remand(defendant).map(|remand| format!(", {remand}"));
        format!("{}{youth}{}", defendant.name, remand.unwrap_or_default())
    }));
    parts.push(match hearing.and_then(|one| one.prosecutor.as_ref()) {
        Some(name) => format!("prosecutor {name}"),
        None => "no prosecutor yet".to_owned(),
    });
    parts.push(match listed.bundle_pages {
        Some(pages) => format!("bundle of {}", count(pages as usize, "page")),
        None => "no bundle yet".to_owned(),
    });
    parts.extend(lacking(listed, today));
    parts.extend(broken_rules(&listed.findings).into_iter().take(1));
    parts.join("; ")
}

/// `3 cases, 1 in custody, 1 not ready`.
pub(super) fn totals(sitting: &Sitting<'_>) -> String {
    let held = |listed: &&&Listed| {
        matches!(listed.remand(), Some(RemandStatus::Custody | RemandStatus::SecureUnit))
    };
    let not_ready = |listed: &&&Listed| listed.readiness == Readiness::NotReady;
    let hearings = sitting.hearings.iter();
    format!(
        "{}, {} in custody, {} not ready",
        count(sitting.hearings.len(), "case"),
        hearings.clone().filter(held).count(),
        hearings.filter(not_ready).count()
    )
}
