//! What a cell of a court list says of a day and a time. The whole cell is understood, or nothing of it:
//!
//! ```text
//! cell   = [off] [moved ["from" moment]] ["to" | "->"] moment        of a hearing that was moved, where it went
//!        | [off] moment ["-" time]                                   a range begins with its first time
//! moment = any order of: [weekday] date, ["not before"] time | "am" | "pm"
//! date   = year-month-day | day/month/year | day month-name year | month-name day, year | serial of a spreadsheet
//! time   = hours:minutes[:seconds] [am | pm] | hours (am | pm) | hhmm | noon | fraction of a spreadsheet
//! ```

use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::{Offset, TimeZone};

use super::cursor::{CellCursor, CellItem};
use super::tokens::tokens;
use crate::manifest::Session;

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// Only one day can be meant.
    Sure(Date),
    /// Numbers alone, each order that gives a day.
    Numbers {
        /// The first number is the day.
        day_first: Option<Date>,
        /// The first number is the month.
        month_first: Option<Date>,
    },
    /// Without its year.
    Yearless {
        /// From 1.
        month: i8,
        /// Of the month.
        day: i8,
        /// Where it is named.
        weekday: Option<Weekday>,
    },
}

/// What a cell says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) day: Option<Day>,
    pub(super) time: Option<Time>,
    pub(super) session: Option<Session>,
    /// Whether the time is only the earliest.
    pub(super) not_before: bool,
    /// Whether the hearing does not take place.
    pub(super) is_off: bool,
}

/// Which forms a cell may have that elsewhere mean something else: `1000`, `46350`, `0.4375`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A date, perhaps with a time.
    Date,
    /// A time, perhaps with a date.
    Time,
}

/// Why a cell is not understood, in words that follow it.
pub(super) type Why = &'static str;

pub(super) const NOT_UNDERSTOOD: Why = "is not understood";

/// What a cell says; nothing where it is blank.
pub(super) fn said(text: &str, kind: Kind) -> Result<Said, Why> {
    let tokens = tokens(text.trim().trim_start_matches('\''));
    let orders = match kind {
        Kind::Date => [Kind::Date, Kind::Time],
        Kind::Time => [Kind::Time, Kind::Date],
    };
    // `10.11.12` is a day or a time; what the column holds is tried first.
    let [first, second] = orders.map(|prefers| {
        let cursor = CellCursor { tokens: &tokens, at: 0, kind, prefers };
        cursor.items().and_then(|items| meaning(&items))
    });
    first.or_else(|why| second.map_err(|_| why))
}

/// The days that a text names anywhere.
pub(super) fn days_in(text: &str) -> Vec<Day> {
    let tokens = tokens(text);
    let mut cursor = CellCursor { tokens: &tokens, at: 0, kind: Kind::Time, prefers: Kind::Date };
    let mut days = Vec::new();
    while cursor.at < tokens.len() {
        match cursor.day() {
            Some(Ok(day)) => days.push(day),
            Some(Err(_)) | None => cursor.at += 1,
        }
    }
    days
}

/// What items say together.
fn meaning(items: &[CellItem]) -> Result<Said, Why> {
    let is_off = items.contains(&CellItem::Off);
    let is_moved = items.contains(&CellItem::Moved);
    let rest =
        items.iter().copied().filter(|item| !matches!(item, CellItem::Off | CellItem::Moved));
    let rest: Vec<CellItem> = rest.collect();
    let parts: Vec<&[CellItem]> =
        rest.split(|item| matches!(item, CellItem::To | CellItem::Dash)).collect();
    let said = match parts.as_slice() {
        [one] if !is_moved => moment(without_from(one)),
        // Adjourned, and nobody says to when.
        [[]] => return Ok(Said { is_off: true, ..Said::default() }),
        [from, to] if is_moved => {
            let from = moment(without_from(from))?;
            let to = moment(to)?;
            let is_whole = to.time.is_some() || to.day.is_some();
            // From a day to a time alone, or the other way round, is half of it.
            let is_like = from == Said::default() || from.day.is_some() <= to.day.is_some();
            return if is_whole && is_like { Ok(to) } else { Err(NOT_UNDERSTOOD) };
        }
        [from, to] => range(moment(without_from(from))?, moment(to)?),
        _ => Err(NOT_UNDERSTOOD),
    }?;
    Ok(Said { is_off, ..said })
}

fn without_from(items: &[CellItem]) -> &[CellItem] {
    items.strip_prefix(&[CellItem::From]).unwrap_or(items)
}

/// What two moments on either side of a dash say.
fn range(from: Said, to: Said) -> Result<Said, Why> {
    match ((from.day, from.time), (to.day, to.time)) {
        ((_, Some(start)), (None, Some(end))) if start < end && !to.not_before => Ok(from),
        ((Some(_), None), (None, Some(_))) => Ok(Said { day: from.day, ..to }),
        ((None, Some(_)), (Some(_), None)) => Ok(Said { day: to.day, ..from }),
        ((Some(_), _), (Some(_), _)) => Err("is a range of days, and says no day of the hearing"),
        _ => Err(NOT_UNDERSTOOD),
    }
}

/// A day, a time or a half of the day, each once at most.
fn moment(items: &[CellItem]) -> Result<Said, Why> {
    let mut said = Said::default();
    let mut zone = None;
    for item in items {
        let is_new = match *item {
            CellItem::Day(day) => said.day.replace(day).is_none(),
            CellItem::Time(time) => said.time.replace(time).is_none(),
            CellItem::Session(session) => said.session.replace(session).is_none(),
            CellItem::NotBefore => !std::mem::replace(&mut said.not_before, true),
            CellItem::Zone(minutes) => zone.replace(minutes).is_none(),
            CellItem::Off | CellItem::Moved | CellItem::From | CellItem::To | CellItem::Dash => {
                false
            }
        };
        if !is_new {
            return Err(NOT_UNDERSTOOD);
        }
    }
    if said.not_before && said.time.is_none() {
        return Err(NOT_UNDERSTOOD);
    }
    if let Some(minutes) = zone {
        in_london(&mut said, minutes).ok_or(NOT_UNDERSTOOD)?;
    }
    // Spreadsheets write midnight behind a day without a time, and 1899 before a time without a day.
    if said.day.is_some() && said.time == Some(time(0, 0, 0, 0)) {
        said.time = None;
    }
    if said.time.is_some() && matches!(said.day, Some(Day::Sure(day)) if day.year() <= 1900) {
        said.day = None;
    }
    if let (Some(time), Some(session)) = (said.time, said.session)
        && Session::of(time) != session
    {
        return Err("is in the other half of the day");
    }
    Ok(said)
}

/// A moment of another clock as the clocks of the courts show it.
fn in_london(said: &mut Said, minutes_ahead: i32) -> Option<()> {
    let (Some(Day::Sure(day)), Some(time)) = (said.day, said.time) else {
        return None;
    };
    let offset = Offset::from_seconds(minutes_ahead.checked_mul(60)?).ok()?;
    let there = day.to_datetime(time).to_zoned(TimeZone::fixed(offset)).ok()?;
    let here = there.in_tz("Europe/London").ok()?.datetime();
    said.day = Some(Day::Sure(here.date()));
    said.time = Some(here.time());
    Some(())
}
