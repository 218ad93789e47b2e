//! Which hearings are meant: words and dates as typed, and the days that they stand for.

use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::check::calendar::next_working_day;
use crate::manifest::{Case, dates};
use crate::model::nearest::likeliest;

/// Whether a case is heard on one of some days; one without a date is on none.
pub fn is_heard(case: &Case, days: &RangeInclusive<Date>) -> bool {
    let date = case.hearing.as_ref().and_then(|hearing| hearing.date);
    date.is_some_and(|date| days.contains(&date))
}

/// Days of hearings, as a user asks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HearingDays {
    /// `today`.
    Today,
    /// `tomorrow`, also where no court sits then.
    Tomorrow,
    /// `next-working-day`: the first day after today that is neither at a weekend nor a bank holiday.
    NextWorkingDay,
    /// One day, `2026-11-24`.
    Day(Date),
    /// `2026-11-23..2026-11-27`, both included.
    Range(Date, Date),
}

impl HearingDays {
    /// The days meant, both ends included, if today is `today`.
    pub fn seen_from(self, today: Date) -> RangeInclusive<Date> {
        let tomorrow = || today.saturating_add(1.day());
        match self {
            Self::Today => today..=today,
            Self::Tomorrow => tomorrow()..=tomorrow(),
            Self::NextWorkingDay => {
                let next = next_working_day(today);
                next..=next
            }
            Self::Day(day) => day..=day,
            Self::Range(first, last) => first..=last,
        }
    }
}

impl FromStr for HearingDays {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "today" => Ok(Self::Today),
            "tomorrow" => Ok(Self::Tomorrow),
            "next-working-day" => Ok(Self::NextWorkingDay),
            other => match other.split_once("..") {
                Some((first, last)) => range(in_range(first)?, in_range(last)?),
                None => day(other).map(Self::Day).map_err(|why| choices(other, &why)),
            },
        }
    }
}

fn range(first: Date, last: Date) -> Result<HearingDays, String> {
    if first > last {
        return Err(format!("{first} is after {last}: write {last}..{first}"));
    }
    Ok(HearingDays::Range(first, last))
}

const WORDS: [&str; 3] = ["today", "tomorrow", "next-working-day"];

/// What may be written in place of what is no day.
fn choices(typed: &str, why: &str) -> String {
    let begin = match likeliest(typed, &WORDS) {
        Some(near) => format!("did you mean {near}? Write"),
        None => "write".to_owned(),
    };
    format!(
        "{begin} {}, a date such as 2026-11-24, or two of them as 2026-11-23..2026-11-27{}",
        WORDS.join(", "),
        if why.is_empty() { String::new() } else { format!("; {why}") }
    )
}

fn in_range(text: &str) -> Result<Date, String> {
    day(text).map_err(|why| choices("", &why))
}

/// One day as a user types it, `2026-11-24`.
///
/// # Errors
/// What to write in its place; nothing where nobody can tell.
pub fn day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    // Other forms of ISO 8601 would be read, too, and mean other days than people think.
    let date = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    date.ok_or_else(|| match dates::find(text) {
        Some(found) => format!("this day is written {}", found.date),
        None => dates::no_such_day(text).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn days(text: &str) -> RangeInclusive<Date> {
        // A Friday.
        let today = date(2026, 11, 27);
        text.parse::<HearingDays>().unwrap().seen_from(today)
    }

    #[test]
    fn words_and_dates_are_understood() {
        let one = |day: Date| day..=day;
        assert_eq!(days("today"), one(date(2026, 11, 27)));
        assert_eq!(days(" Tomorrow"), one(date(2026, 11, 28)));
        assert_eq!(days("next-working-day"), one(date(2026, 11, 30)));
        assert_eq!(days("2026-12-24"), one(date(2026, 12, 24)));
        assert_eq!(days("2026-11-23..2026-11-27"), date(2026, 11, 23)..=date(2026, 11, 27));
    }

    #[test]
    fn anything_else_is_refused_with_what_is_allowed() {
        for text in [
            "",
            "yesterday",
            "24.11.2026",
            "2026-11-31",
            "2026-11-24..",
            "20261124",
            "+002026-11-24",
        ] {
            let why = text.parse::<HearingDays>().unwrap_err();
            assert!(why.contains("next-working-day"), "{text}: {why}");
        }
        let why = |text: &str| text.parse::<HearingDays>().unwrap_err();
        assert!(why("tomorow").starts_with("did you mean tomorrow? Write today, "));
        assert!(why("next working").starts_with("did you mean next-working-day? "));
        assert!(why("24.11.2026").ends_with("; this day is written 2026-11-24"));
        assert!(why("2026-11-31").contains("; there is no 31 November 2026: "));
        let why = "2026-11-27..2026-11-23".parse::<HearingDays>().unwrap_err();
        assert!(why.ends_with("write 2026-11-23..2026-11-27"), "{why}");
    }
}
