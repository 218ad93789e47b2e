//! Days and times of day, typed as TOML's own or as texts.

use jiff::civil::{Date, Time};
use toml::de::DeValue;

use super::value::describe;
use super::{At, Problem, Table, quoted};
use crate::manifest::dates;
use crate::model::Code;

impl Table<'_> {
    /// A day, typed as a TOML date or as a text in ISO form.
    pub(in crate::manifest) fn date(&mut self, key: &'static str) -> Option<At<Date>> {
        let entry = self.entry(key)?;
        let at = entry.span().start;
        match entry.get_ref() {
            DeValue::Datetime(typed) => {
                // Without a date it is a time, or a date that was reported as a syntax error.
                let date = typed.date.and_then(civil_date);
                if typed.time.is_none() && typed.date.is_none() {
                    return None;
                }
                let result = date.filter(|_| typed.time.is_none());
                self.checked(at, result.ok_or_else(|| not_a_date(key, &typed.to_string(), date)))
            }
            DeValue::String(typed) => {
                let result = typed.trim().parse::<Date>().ok().filter(|_| typed.trim().len() == 10);
                let meant = || dates::find(typed).map(|found| found.date);
                self.checked(at, result.ok_or_else(|| not_a_date(key, typed, meant())))
            }
            _ => {
                self.wrong_type(key, "a date such as 2026-06-30", entry);
                None
            }
        }
    }

    /// A time of day, typed as a TOML time or as a text.
    pub(in crate::manifest) fn time(&mut self, key: &'static str) -> Option<Time> {
        let entry = self.entry(key)?;
        let at = entry.span().start;
        let time = match entry.get_ref() {
            DeValue::Datetime(typed) if typed.time.is_none() && typed.date.is_none() => {
                return None;
            }
            DeValue::Datetime(typed) if typed.date.is_none() => typed.time.and_then(civil_time),
            DeValue::String(typed) => dates::time(typed),
            _ => None,
        };
        let wrong = || {
            let message =
                format!("\"{key}\" must be a time of day, not {}", describe(entry.get_ref()));
            Problem::new(Code::BadDate, message).hint(format!("write {key} = 10:00:00"))
        };
        self.checked(at, time.ok_or_else(wrong)).map(|time| time.value)
    }
}

/// The problem for a value that is no date, with the right spelling if it can be told.
fn not_a_date(key: &str, typed: &str, meant: Option<Date>) -> Problem {
    let message = format!("\"{key}\" must be a date as YYYY-MM-DD, not {}", quoted(typed));
    Problem::new(Code::BadDate, message).hint(match meant {
        Some(date) => format!("write {key} = {date}"),
        None => dates::no_such_day(typed).unwrap_or_else(|| format!("write {key} = 2026-06-30")),
    })
}

fn civil_date(date: toml::value::Date) -> Option<Date> {
    let number = |n: u8| i8::try_from(n).ok();
    Date::new(i16::try_from(date.year).ok()?, number(date.month)?, number(date.day)?).ok()
}

fn civil_time(time: toml::value::Time) -> Option<Time> {
    let number = |n: u8| i8::try_from(n).ok();
    Time::new(number(time.hour)?, number(time.minute)?, number(time.second.unwrap_or(0))?, 0).ok()
}
