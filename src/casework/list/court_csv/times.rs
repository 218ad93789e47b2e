//! Times as cells have them.

use jiff::SignedDuration;
use jiff::civil::{Time, time};

use super::cell::{Kind, Why};
use super::cursor::{CellCursor, CellItem};
use super::tokens::CellToken;

impl CellCursor<'_> {
    pub(super) fn time(&mut self) -> Option<Result<Time, Why>> {
        self.attempt(Self::noon)
            .or_else(|| self.attempt(Self::fraction))
            .or_else(|| self.attempt(Self::clock))
            .or_else(|| self.attempt(Self::unparted))
    }

    fn noon(&mut self) -> Option<Result<Time, Why>> {
        let twelve = self.digits(2..=2);
        let is_twelve = twelve.is_none_or(|digits| digits == "12");
        (is_twelve && self.eat_word(&["noon", "midday"])).then_some(Ok(time(12, 0, 0, 0)))
    }

    /// `0.4375`: the part of a day, as spreadsheets keep times.
    fn fraction(&mut self) -> Option<Result<Time, Why>> {
        let zero = self.digits(1..=1)?;
        let is_fraction = zero == "0" && self.eat_sign('.');
        let digits = self.digits(1..=20).filter(|_| is_fraction)?;
        part_of_day(&digits).map(Ok)
    }

    /// `10:00`, `10.30`, `10h30`, `2:15 pm`, `10:00:00.000`, `2pm`.
    fn clock(&mut self) -> Option<Result<Time, Why>> {
        let hours = self.digits(1..=2)?;
        let is_parted = self.sign_of(&[':', '.']).is_some() || self.eat_word(&["h"]);
        let mut minutes = "00".to_owned();
        if is_parted {
            minutes = match self.digits(2..=2) {
                Some(minutes) => minutes,
                // A spreadsheet makes 10.3 of 10.30.
                None => {
                    return self
                        .digits(1..=1)
                        .map(|_| Err("may be 3 minutes past or 30: write 10:30"));
                }
            };
            if self.sign_of(&[':', '.']).is_some() {
                self.digits(2..=2)?;
                if self.eat_sign('.') {
                    self.digits(1..=9)?;
                }
            }
        }
        let half = self.half();
        (is_parted || half.is_some()).then(|| at(&hours, &minutes, half))
    }

    /// `1000`, `930`, `1000hrs`, `0215pm`.
    fn unparted(&mut self) -> Option<Result<Time, Why>> {
        let start = self.at;
        let digits = self.digits(3..=4)?;
        let (hours, minutes) = digits.split_at_checked(digits.len() - 2)?;
        let half = self.half();
        let is_marked = half.is_some() || self.eat_word(&["hrs", "hours", "h", "hr"]);
        // Alone in a column of days it might be anything.
        let is_evident = is_marked || self.kind == Kind::Time || start > 0;
        is_evident.then(|| at(hours, minutes, half))
    }

    /// `am`, `p.m.`: whether it is after noon.
    fn half(&mut self) -> Option<bool> {
        self.attempt(|cursor| {
            for (word, is_after) in [("am", false), ("pm", true)] {
                if cursor.eat_word(&[word]) {
                    cursor.eat_sign('.');
                    return Some(is_after);
                }
            }
            let is_after = match cursor.next() {
                Some(CellToken::Word(word)) if word == "a" => false,
                Some(CellToken::Word(word)) if word == "p" => true,
                _ => return None,
            };
            let is_half = cursor.eat_sign('.') && cursor.eat_word(&["m"]);
            cursor.eat_sign('.');
            is_half.then_some(is_after)
        })
    }

    /// `Z`, `+01:00`: hours and minutes ahead of Greenwich.
    pub(super) fn zone(&mut self) -> Option<CellItem> {
        if self.eat_word(&["z"]) {
            return Some(CellItem::Zone(0));
        }
        self.attempt(|cursor| {
            let is_there = cursor.eat_sign('+');
            let hours = cursor.digits(2..=2).filter(|_| is_there)?;
            cursor.eat_sign(':');
            let minutes = cursor.digits(2..=2)?;
            let number = |digits: &str| digits.parse::<i32>().ok();
            Some(CellItem::Zone(number(&hours)? * 60 + number(&minutes)?))
        })
    }
}

/// The time of day that a fraction after `0.` stands for, to the minute.
pub(super) fn part_of_day(digits: &str) -> Option<Time> {
    let part = format!("0.{digits}").parse::<f64>().ok()?;
    #[allow(clippy::cast_possible_truncation, reason = "at most the minutes of a day")]
    let minutes = (part * 24.0 * 60.0).round() as i64;
    time(0, 0, 0, 0).checked_add(SignedDuration::from_mins(minutes)).ok()
}

fn at(hours: &str, minutes: &str, is_after_noon: Option<bool>) -> Result<Time, Why> {
    let number = |digits: &str| digits.parse::<i8>().ok();
    let read = || {
        let hour = match (number(hours)?, is_after_noon) {
            (hour, None) => hour,
            (12, Some(false)) => 0,
            (12, Some(true)) => 12,
            (hour @ 1..=11, Some(false)) => hour,
            (hour @ 1..=11, Some(true)) => hour + 12,
            _ => return None,
        };
        Time::new(hour, number(minutes)?, 0, 0).ok()
    };
    read().ok_or("is no time of day")
}
