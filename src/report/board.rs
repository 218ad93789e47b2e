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
use crate::report::casework_words::{clock, hearings, place, pressing, stopping, why};

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
    let ordered = worst_first(listed, words.today);
    let stops = |listed: &&Listed| !stopping(listed, words.today).is_empty();
    let (first, rest): (Vec<&Listed>, Vec<&Listed>) = ordered.into_iter().partition(stops);
    first.into_iter().for_each(|listed| line(&mut text, listed, words, &paint));
    for unread in unread {
        let _ = writeln!(
            text,
            "{}  {}: {}",
            paint(Readiness::NotReady, &format!("{:<15}", "not read")),
            display(&unread.manifest),
            first_error(unread)
        );
    }
    rest.into_iter().for_each(|listed| line(&mut text, listed, words, &paint));
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
    let why = why(listed, words.today, |limit| paint(Readiness::NotReady, limit));
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
/// those whose custody time limit is the worst.
fn worst_first(listed: &[Listed], today: Date) -> Vec<&Listed> {
    let mut ordered: Vec<&Listed> =
        sittings(listed).into_iter().flat_map(|sitting| sitting.hearings).collect();
    ordered.extend(listed.iter().filter(|listed| listed.date().is_none()));
    ordered.sort_by_cached_key(|listed| {
        let worst = pressing(listed, today).into_iter().next();
        (listed.readiness, worst.is_none(), worst.map(|one| (one.state, one.expires)))
    });
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
    let read = listed.iter().map(|one| Some(one.readiness));
    let all: Vec<Option<Readiness>> = read.chain(unread.iter().map(|_| None)).collect();
    match all.is_empty() {
        true => format!("No case for {}.", words.days()),
        false => cases_text(&all),
    }
}

/// `12 cases: 1 not read, 3 not ready, 2 ready with gaps, 6 ready.`; `None` is a manifest that could not be read.
pub fn cases_text(cases: &[Option<Readiness>]) -> String {
    let states = [None, Some(Readiness::NotReady), Some(Readiness::Gaps), Some(Readiness::Ready)];
    let counts = states.into_iter().filter_map(|state| {
        let number = cases.iter().filter(|one| **one == state).count();
        (number > 0).then(|| format!("{number} {}", state.map_or("not read", Readiness::words)))
    });
    format!("{}: {}.", count(cases.len(), "case"), counts.collect::<Vec<_>>().join(", "))
}
