//! Days and hours at which hardly any court sits: slips of the keyboard, but for remands after an arrest overnight.

use std::ops::Range;

use jiff::civil::{Date, Time, time};

use super::calendar::rest_day;
use crate::manifest::Case;
use crate::model::{Code, Finding};

/// When hearings begin: courts begin to sit at 10, some at 9; no list has earlier or later times than these.
pub(crate) const HOURS: Range<Time> = time(8, 0, 0, 0)..time(20, 0, 0, 0);

/// What is odd about the day and time of the hearing.
pub(super) fn check_hearing(case: &Case) -> Vec<Finding> {
    let hearing = case.hearing.as_ref();
    let day = hearing.and_then(|hearing| hearing.date).and_then(of_day);
    let hour = hearing.and_then(|hearing| hearing.time).and_then(of_time);
    day.into_iter().chain(hour).collect()
}

fn of_day(date: Date) -> Option<Finding> {
    let rest = rest_day(date)?;
    let article = if rest == "Sunday" { "Sunday" } else { "a bank holiday" };
    let day = date.strftime("%-d %B %Y");
    let message =
        format!("the hearing is on {article}, {day}: courts then sit for overnight remands only");
    Some(Finding::new(Code::HearingDay, message).hint("check the date against the court's list"))
}

fn of_time(time: Time) -> Option<Finding> {
    if HOURS.contains(&time) {
        return None;
    }
    let message = format!("the hearing is at {}, when no court sits", time.strftime("%H:%M"));
    // Half past one is typed as 01:30.
    let meant =
        (1..=5).contains(&time.hour()).then(|| Time::new(time.hour() + 12, time.minute(), 0, 0));
    let hint = match meant {
        Some(Ok(meant)) => format!("if the afternoon is meant, write time = {meant}"),
        _ => "check the time against the court's list".to_owned(),
    };
    Some(Finding::new(Code::HearingHour, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::manifest::parse;

    fn told(hearing: &str) -> Vec<String> {
        let text = format!("case.title = 'R v X'\n[hearing]\n{hearing}");
        let case = parse(&text, Path::new("bundle.toml")).case.unwrap();
        let findings = check_hearing(&case).into_iter();
        findings.map(|one| format!("{}: {}", one.message, one.hint.unwrap_or_default())).collect()
    }

    #[test]
    fn a_rest_day_and_an_hour_of_the_night_are_told() {
        assert_eq!(told("date = 2026-11-28\ntime = 08:00:00"), [""; 0]);
        assert_eq!(
            told("date = 2026-11-29\ntime = 01:30:00"),
            [
                "the hearing is on Sunday, 29 November 2026: courts then sit for overnight remands only: \
                 check the date against the court's list",
                "the hearing is at 01:30, when no court sits: if the afternoon is meant, write time = 13:30:00",
            ]
        );
        assert!(told("date = 2026-12-28")[0].starts_with("the hearing is on a bank holiday, 28"));
        assert!(told("time = 20:00:00")[0].ends_with("check the time against the court's list"));
    }
}
