//! Which cases are ready, a line for each, worst first.

use std::fmt::Write;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::count;
use crate::casework::hearings::listing::{Listed, Unread, sittings};
use crate::casework::hearings::privacy::{public, public_unread};
use crate::casework::hearings::readiness::Readiness;
use crate::check::display;
use crate::model::Finding;
use crate::report::casework_words::{clock, hearings, place, pressing, why};

/// What a board counts from and shows.
#[derive(Debug, Clone)]
pub struct BoardWords {
    /// The day that days left and overdue are counted from.
    pub today: Date,
    /// The days of the hearings, where some were asked for.
    pub days: Option<RangeInclusive<Date>>,
}

impl BoardWords {
    /// `2026-11-24`, or two days and `to`.
    pub(super) fn days(&self) -> String {
        match &self.days {
            None => "all cases".to_owned(),
            Some(days) => hearings(days),
        }
    }
}

/// A line for each case: how ready it is, when and where it is heard, and why.
pub fn board_text(
    words: &BoardWords,
    listed: &[Listed],
    unread: &[Unread],
    paint: impl Fn(Readiness, &str) -> String,
) -> String {
    let (listed, unread) = (&public(listed), &public_unread(unread, listed));
    let mut text = String::new();
    for unread in unread {
        let _ = writeln!(
            text,
            "{}  {}: {}",
            paint(Readiness::NotReady, &format!("{:<15}", "not read")),
            display(&unread.manifest),
            first_error(unread)
        );
    }
    for listed in worst_first(listed, words.today) {
        line(&mut text, listed, words, &paint);
    }
    let _ = writeln!(
        text,
        "{}{}",
        if text.is_empty() { "" } else { "\n" },
        totals(words, listed, unread)
    );
    text
}

fn line(
    text: &mut String,
    listed: &Listed,
    words: &BoardWords,
    paint: &impl Fn(Readiness, &str) -> String,
) {
    let date = listed.date().map(|date| date.to_string());
    let urn = listed.urn().map(|urn| format!(" ({urn})"));
    let why = why(listed, words.today);
    let _ = writeln!(
        text,
        "{}  {:<10} {:<5}  {}: {}{}{}",
        paint(listed.readiness, &format!("{:<15}", listed.readiness.words())),
        date.unwrap_or_default(),
        listed.time().map(clock).unwrap_or_default(),
        place(listed.case.court.as_deref(), listed.courtroom()),
        listed.case.title,
        urn.unwrap_or_default(),
        if why.is_empty() { String::new() } else { format!(": {why}") }
    );
}

/// The cases in the order of the list, those that are not ready before the others, and of these first
/// those whose custody time limit presses.
fn worst_first(listed: &[Listed], today: Date) -> Vec<&Listed> {
    let mut ordered: Vec<&Listed> =
        sittings(listed).into_iter().flat_map(|sitting| sitting.hearings).collect();
    ordered.extend(listed.iter().filter(|listed| listed.date().is_none()));
    let presses = |listed: &Listed| !pressing(listed, today).is_empty();
    ordered.sort_by_key(|listed| (listed.readiness, !presses(listed)));
    ordered
}

/// What is wrong with a manifest, in short.
pub(super) fn first_error(unread: &Unread) -> String {
    let errors: Vec<&Finding> = unread.findings.iter().filter(|one| one.is_error()).collect();
    let message = errors.first().map_or("", |first| &first.message);
    match errors.len() {
        0 | 1 => message.to_owned(),
        number => format!("{message}; and {}", count(number - 1, "more error")),
    }
}

/// `12 cases: 1 not read, 3 not ready, 2 ready with gaps, 6 ready.`
fn totals(words: &BoardWords, listed: &[Listed], unread: &[Unread]) -> String {
    let of = |readiness| listed.iter().filter(|one| one.readiness == readiness).count();
    let states = [
        (unread.len(), "not read"),
        (of(Readiness::NotReady), Readiness::NotReady.words()),
        (of(Readiness::Gaps), Readiness::Gaps.words()),
        (of(Readiness::Ready), Readiness::Ready.words()),
    ];
    let counts: Vec<String> = states
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let cases = count(listed.len() + unread.len(), "case");
    match counts.is_empty() {
        true => format!("No case for {}.", words.days()),
        false => format!("{cases}: {}.", counts.join(", ")),
    }
}
