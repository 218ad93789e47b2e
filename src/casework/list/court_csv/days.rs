//! Days as cells have them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use super::cell::{Day, Kind, Why};
use super::cursor::{CellCursor, CellItem};
use super::times::part_of_day;
use super::tokens::{CellToken, WEEKDAYS};
use crate::manifest::dates::{MONTHS, place_of};

impl CellCursor<'_> {
    /// A day, with its weekday before or after it.
    pub(super) fn day(&mut self) -> Option<Result<Day, Why>> {
        let before = self.attempt(Self::weekday);
        let day = self
            .attempt(Self::year_first)
            .or_else(|| self.attempt(Self::numbers))
            .or_else(|| self.attempt(Self::month_name))
            .or_else(|| self.attempt(Self::compact))?;
        let weekday = before.or_else(|| self.attempt(Self::weekday));
        Some(day.and_then(|day| on(day, weekday)))
    }

    fn weekday(&mut self) -> Option<Weekday> {
        self.eat_sign('(');
        let Some(CellToken::Word(word)) = self.tokens.get(self.at) else {
            return None;
        };
        let number = place_of(word, &WEEKDAYS)?;
        self.at += 1;
        while self.sign_of(&[',', '.', ')']).is_some() {}
        Weekday::from_monday_one_offset(number).ok()
    }

    /// `2026-11-24`, `2026/11/24`.
    fn year_first(&mut self) -> Option<Result<Day, Why>> {
        let year = self.digits(4..=4)?;
        let sign = self.sign_of(&['-', '/', '.'])?;
        let month = self.digits(1..=2)?;
        self.sign_of(&[sign])?;
        let day = self.digits(1..=2)?;
        self.eat_word(&["t"]);
        Some(calendar(&year, &month, &day).map(Day::Sure).ok_or(NO_DAY))
    }

    /// `24/11/2026`, `24.11.26`, `24 11 2026`.
    fn numbers(&mut self) -> Option<Result<Day, Why>> {
        let first = self.digits(1..=2)?;
        let sign = self.sign_of(&['/', '.', '-']);
        let second = self.digits(1..=2)?;
        if sign.is_some() {
            self.sign_of(&[sign?])?;
        }
        let year = match sign {
            Some(_) => self.digits(2..=2).or_else(|| self.digits(4..=4))?,
            None => self.digits(4..=4)?,
        };
        let day_first = calendar(&year, &second, &first);
        let month_first = calendar(&year, &first, &second);
        Some(match (day_first, month_first) {
            (None, None) => Err(NO_DAY),
            (Some(day), Some(other)) if day == other => Ok(Day::Sure(day)),
            _ => Ok(Day::Numbers { day_first, month_first }),
        })
    }

    /// `24 November 2026`, `24th of Nov`, `24-Nov-26`, `Nov 24, 2026`.
    fn month_name(&mut self) -> Option<Result<Day, Why>> {
        let (day, month) = match self.month() {
            Some(month) => (self.day_of_month()?, month),
            None => {
                let day = self.day_of_month()?;
                self.eat_word(&["of"]);
                self.sign_of(&['-', '/', '.']);
                (day, self.month()?)
            }
        };
        while self.sign_of(&['-', '/', '.', ',', '\'', '’']).is_some() {}
        let year = self.digits(4..=4).or_else(|| self.attempt(Self::short_year));
        let day_of_month = day.parse::<i8>().ok()?;
        let Some(year) = year else {
            let is_day = Date::new(2028, month, day_of_month).is_ok();
            let yearless = Day::Yearless { month, day: day_of_month, weekday: None };
            return Some(is_day.then_some(yearless).ok_or(NO_DAY));
        };
        Some(calendar(&year, &month.to_string(), &day).map(Day::Sure).ok_or(NO_DAY))
    }

    /// Two digits that are not the hours of a time.
    fn short_year(&mut self) -> Option<String> {
        let year = self.digits(2..=2)?;
        let goes_on = match self.tokens.get(self.at) {
            Some(CellToken::Sign(sign)) => [':', '.'].contains(sign),
            Some(CellToken::Word(word)) => {
                ["am", "pm", "a", "p", "noon", "hrs"].contains(&word.as_str())
            }
            _ => false,
        };
        (!goes_on).then_some(year)
    }

    fn day_of_month(&mut self) -> Option<String> {
        let day = self.digits(1..=2)?;
        self.eat_word(&["st", "nd", "rd", "th"]);
        Some(day)
    }

    fn month(&mut self) -> Option<i8> {
        let Some(CellToken::Word(word)) = self.tokens.get(self.at) else {
            return None;
        };
        let month = place_of(word, &MONTHS)?;
        self.at += 1;
        self.sign_of(&['.']);
        Some(month)
    }

    /// `20261124`, `24112026`.
    fn compact(&mut self) -> Option<Result<Day, Why>> {
        let digits = self.digits(8..=8)?;
        let part = |range| digits.get(range).unwrap_or_default();
        let year_first = calendar(part(0..4), part(4..6), part(6..8));
        if let Some(day) = year_first.filter(|_| part(0..2) == "20") {
            return Some(Ok(Day::Sure(day)));
        }
        let day_first = calendar(part(4..8), part(2..4), part(0..2));
        let month_first = calendar(part(4..8), part(0..2), part(2..4));
        let is_day = day_first.is_some() || month_first.is_some();
        Some(is_day.then_some(Day::Numbers { day_first, month_first }).ok_or(NO_DAY))
    }

    /// `46350`, `46350.4375`: the days, and the part of a day, since the end of 1899.
    pub(super) fn serial(&mut self) -> Option<Vec<CellItem>> {
        self.attempt(|cursor| {
            (cursor.kind == Kind::Date).then_some(())?;
            let days = cursor.digits(5..=5)?.parse::<i64>().ok()?;
            let day = date(1899, 12, 30).checked_add(days.days()).ok()?;
            let mut items = vec![CellItem::Day(Day::Sure(day))];
            if cursor.eat_sign('.') {
                items.push(CellItem::Time(part_of_day(&cursor.digits(1..=20)?)?));
            }
            Some(items)
        })
    }
}

const NO_DAY: Why = "is no day of the calendar";

fn calendar(year: &str, month: &str, day: &str) -> Option<Date> {
    let typed = year.parse::<i16>().ok()?;
    let year = if year.len() == 2 { 2000 + typed } else { typed };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A day on the weekday that is named beside it, which may also say which order of numbers is meant.
fn on(day: Day, weekday: Option<Weekday>) -> Result<Day, Why> {
    let Some(named) = weekday else {
        return Ok(day);
    };
    let fits = |date: Option<Date>| date.filter(|date| date.weekday() == named);
    match day {
        Day::Sure(date) => fits(Some(date)).map(Day::Sure),
        Day::Numbers { day_first, month_first } => match (fits(day_first), fits(month_first)) {
            (None, None) => None,
            (day_first, month_first) => Some(Day::Numbers { day_first, month_first }),
        },
        Day::Yearless { month, day, .. } => Some(Day::Yearless { month, day, weekday }),
    }
    .ok_or("is another day of the week")
}
