//! What days and times of a court list are taken for: one order of day and month for the whole list, and nothing on which no
//! court sits.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::cell::Day;
use crate::check::HOURS;

/// Whether day or month comes first in dates of numbers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `24/11/2026`.
    DayFirst,
    /// `11/24/2026`.
    MonthFirst,
}

/// What is known of a list before it is read.
#[derive(Debug, Clone)]
pub struct ListReading {
    /// The day of today.
    pub today: Date,
    /// The order, where the user says it.
    pub order: Option<DateOrder>,
    /// The days asked for, where the user says them: dates that lie there in one order alone are meant so.
    pub days: Option<RangeInclusive<Date>>,
    /// Whether it is the list before, of which days may be past.
    pub is_earlier: bool,
}

/// Nothing is listed more years ahead, or on a list of so many years ago.
const MAX_YEARS: i32 = 5;

/// A date without a year is one of the months to come.
const MAX_MONTHS: i32 = 6;

impl ListReading {
    /// The order of the list, as the user says it or as those of its days show that have only one.
    pub(super) fn order_of(&self, days: &[Day]) -> Option<DateOrder> {
        let of = |is_it: fn(&Day) -> Option<DateOrder>| {
            let mut orders: Vec<DateOrder> = days.iter().filter_map(is_it).collect();
            orders.dedup();
            orders
        };
        let shown = match of(only_order).as_slice() {
            [] => days.iter().filter_map(|day| self.asked_for(day)).collect(),
            shown => shown.to_vec(),
        };
        let is_one = shown.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
        self.order.or(shown.first().copied().filter(|_| is_one))
    }

    /// The order in which a day is one of those asked for, where the other gives another day.
    fn asked_for(&self, day: &Day) -> Option<DateOrder> {
        let days = self.days.as_ref()?;
        let Day::Numbers { day_first, month_first } = *day else {
            return None;
        };
        let is_asked = |day: Option<Date>| day.is_some_and(|day| days.contains(&day));
        match (is_asked(day_first), is_asked(month_first)) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// The day that is meant, in a list of this order.
    pub(super) fn date(&self, day: Day, order: Option<DateOrder>) -> Result<Date, String> {
        let date = match (day, order) {
            (Day::Sure(date), _) => Some(date),
            (Day::Numbers { day_first, .. }, Some(DateOrder::DayFirst)) => day_first,
            (Day::Numbers { month_first, .. }, Some(DateOrder::MonthFirst)) => month_first,
            (Day::Numbers { day_first: Some(one), month_first: Some(other) }, None) => {
                return Err(format!(
                    "may be {} or {}: say which with --date-order dmy or mdy",
                    one.strftime("%-d %B %Y"),
                    other.strftime("%-d %B %Y")
                ));
            }
            (Day::Numbers { day_first, month_first }, None) => day_first.or(month_first),
            (Day::Yearless { month, day, weekday }, _) => {
                return self
                    .next(month, day, weekday)
                    .ok_or_else(|| "has no year, and is not of the next six months".to_owned());
            }
        };
        let date =
            date.ok_or("is no day of the calendar in the order of day and month of the list")?;
        self.plausible(date)
    }

    fn plausible(&self, date: Date) -> Result<Date, String> {
        let day = date.strftime("%-d %B %Y");
        let (first, last) = (
            self.today.saturating_sub(MAX_YEARS.years()),
            self.today.saturating_add(MAX_YEARS.years()),
        );
        if date > last || date < first {
            return Err(format!("is {day}, a year of which nothing is listed"));
        }
        if date < self.today && !self.is_earlier {
            return Err(format!("is {day}, which is past"));
        }
        Ok(date)
    }

    /// The next such day from today on.
    fn next(&self, month: i8, day: i8, weekday: Option<Weekday>) -> Option<Date> {
        let first = match self.is_earlier {
            true => self.today.saturating_sub(MAX_MONTHS.months()),
            false => self.today,
        };
        let last = self.today.saturating_add(MAX_MONTHS.months());
        let years = [first.year(), last.year()];
        let mut dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
        dates.find(|date| {
            (first..=last).contains(date) && weekday.is_none_or(|named| named == date.weekday())
        })
    }
}

/// The order of a day that can be read in one only.
fn only_order(day: &Day) -> Option<DateOrder> {
    match day {
        Day::Numbers { day_first: Some(_), month_first: None } => Some(DateOrder::DayFirst),
        Day::Numbers { day_first: None, month_first: Some(_) } => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// A time at which courts sit.
pub(super) fn plausible(time: Time) -> Result<Time, String> {
    if HOURS.contains(&time) {
        return Ok(time);
    }
    let clock = |time: Time| time.strftime("%H:%M").to_string();
    let afternoon = Time::new((time.hour() + 12) % 24, time.minute(), 0, 0).ok();
    let afternoon = afternoon.filter(|later| time.hour() < 8 && HOURS.contains(later));
    Err(match afternoon {
        Some(later) => format!(
            "is {}, when no court sits: write {} if that is meant",
            clock(time),
            clock(later)
        ),
        None => format!("is {}, when no court sits", clock(time)),
    })
}
