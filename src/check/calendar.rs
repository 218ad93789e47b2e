//! The days on which courts sit: weekends and the bank holidays of England and Wales.
//!
//! Bank holidays follow rules (Banking and Financial Dealings Act 1971, schedule 1, and the yearly
//! proclamations), so that the calendar does not run out. What was moved or added by proclamation is
//! data. The rules hold from 1978, the first year of the early May holiday.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Days added for one year only.
const ADDED: [Date; 9] = [
    date(1977, 6, 7),
    date(1981, 7, 29),
    date(1999, 12, 31),
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
];

/// Days moved for one year only: from the day of the rule to another.
const MOVED: [(Date, Date); 5] = [
    (date(1995, 5, 1), date(1995, 5, 8)),
    (date(2002, 5, 27), date(2002, 6, 4)),
    (date(2012, 5, 28), date(2012, 6, 4)),
    (date(2020, 5, 4), date(2020, 5, 8)),
    (date(2022, 5, 30), date(2022, 6, 2)),
];

/// The bank holidays of a year in England and Wales, Good Friday and Christmas Day included, in the
/// order of the calendar. A holiday at a weekend is given as the day off in its place.
pub fn bank_holidays(year: i16) -> Vec<Date> {
    let by_rule = [
        new_year(year),
        easter(year).map(|easter| easter.saturating_sub(2.days())),
        easter(year).map(|easter| easter.saturating_add(1.day())),
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    ];
    let moved = |day: Date| {
        let to = MOVED.iter().find(|(from, _)| *from == day);
        to.map_or(day, |(_, to)| *to)
    };
    let mut days: Vec<Date> = by_rule.into_iter().flatten().map(moved).collect();
    days.extend(christmas(year).into_iter().flatten());
    days.extend(ADDED.iter().filter(|day| day.year() == year));
    days.sort_unstable();
    days
}

/// Whether a day is a bank holiday, Good Friday or Christmas Day, in England and Wales.
pub fn is_bank_holiday(day: Date) -> bool {
    (day.month() == 12 && day.day() == 25) || bank_holidays(day.year()).contains(&day)
}

/// What a day is on which courts sit for overnight remands alone: a Sunday, or a bank holiday.
pub fn rest_day(day: Date) -> Option<&'static str> {
    match (day.weekday(), is_bank_holiday(day)) {
        (_, true) => Some("bank holiday"),
        (Weekday::Sunday, false) => Some("Sunday"),
        _ => None,
    }
}

/// Whether a day is neither at a weekend nor a bank holiday.
pub fn is_working_day(day: Date) -> bool {
    !is_weekend(day) && !is_bank_holiday(day)
}

/// The first working day after a day.
pub fn next_working_day(day: Date) -> Date {
    seek(day.saturating_add(1.day()), 1)
}

/// The day itself if it is a working day, otherwise the last one before it.
pub fn on_or_before(day: Date) -> Date {
    seek(day, -1)
}

/// The first working day from `day` on, in steps of one day; the end of the calendar is one.
fn seek(mut day: Date, step: i64) -> Date {
    while !is_working_day(day) && day != Date::MIN && day != Date::MAX {
        day = day.saturating_add(step.days());
    }
    day
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// 1 January, or the Monday after it.
fn new_year(year: i16) -> Option<Date> {
    let day = Date::new(year, 1, 1).ok()?;
    Some(match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.day()),
        _ => day,
    })
}

/// 25 and 26 December, or the first two days after them that are free.
fn christmas(year: i16) -> [Option<Date>; 2] {
    let december = |day| Date::new(year, 12, day).ok();
    let Some(eve) = december(24) else {
        return [None, None];
    };
    match eve.weekday() {
        // Both at the weekend.
        Weekday::Friday => [december(27), december(28)],
        // Christmas Day on a Sunday: Boxing Day keeps its Monday.
        Weekday::Saturday => [december(26), december(27)],
        // Boxing Day on a Saturday.
        Weekday::Thursday => [december(25), december(28)],
        _ => [december(25), december(26)],
    }
}

fn first_monday(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).and_then(|first| first.nth_weekday_of_month(1, Weekday::Monday)).ok()
}

fn last_monday(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).and_then(|first| first.nth_weekday_of_month(-1, Weekday::Monday)).ok()
}

/// Easter Sunday by the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let a = y.rem_euclid(19);
    let (b, c) = (y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(year: i16) -> Vec<String> {
        let day = |day: &Date| day.strftime("%-d %b").to_string();
        bank_holidays(year).iter().map(day).collect()
    }

    /// As published by the government for England and Wales.
    #[test]
    fn the_published_years_are_met() {
        for (year, published) in [
            (2002, "1 Jan,29 Mar,1 Apr,6 May,3 Jun,4 Jun,26 Aug,25 Dec,26 Dec"),
            (2011, "3 Jan,22 Apr,25 Apr,29 Apr,2 May,30 May,29 Aug,26 Dec,27 Dec"),
            (2012, "2 Jan,6 Apr,9 Apr,7 May,4 Jun,5 Jun,27 Aug,25 Dec,26 Dec"),
            (2017, "2 Jan,14 Apr,17 Apr,1 May,29 May,28 Aug,25 Dec,26 Dec"),
            (2020, "1 Jan,10 Apr,13 Apr,8 May,25 May,31 Aug,25 Dec,28 Dec"),
            (2021, "1 Jan,2 Apr,5 Apr,3 May,31 May,30 Aug,27 Dec,28 Dec"),
            (2022, "3 Jan,15 Apr,18 Apr,2 May,2 Jun,3 Jun,29 Aug,19 Sep,26 Dec,27 Dec"),
            (2023, "2 Jan,7 Apr,10 Apr,1 May,8 May,29 May,28 Aug,25 Dec,26 Dec"),
            (2024, "1 Jan,29 Mar,1 Apr,6 May,27 May,26 Aug,25 Dec,26 Dec"),
            (2025, "1 Jan,18 Apr,21 Apr,5 May,26 May,25 Aug,25 Dec,26 Dec"),
            (2026, "1 Jan,3 Apr,6 Apr,4 May,25 May,31 Aug,25 Dec,28 Dec"),
            (2027, "1 Jan,26 Mar,29 Mar,3 May,31 May,30 Aug,27 Dec,28 Dec"),
            (2028, "3 Jan,14 Apr,17 Apr,1 May,29 May,28 Aug,25 Dec,26 Dec"),
        ] {
            assert_eq!(days(year).join(","), published, "{year}");
        }
    }

    #[test]
    fn christmas_day_is_a_holiday_also_at_a_weekend() {
        assert!(is_bank_holiday(date(2027, 12, 25)));
        assert!(!is_bank_holiday(date(2027, 12, 24)));
    }

    #[test]
    fn working_days_go_around_weekends_and_holidays() {
        assert_eq!(next_working_day(date(2026, 11, 24)), date(2026, 11, 25));
        assert_eq!(next_working_day(date(2026, 11, 27)), date(2026, 11, 30));
        assert_eq!(next_working_day(date(2026, 12, 24)), date(2026, 12, 29));
        assert_eq!(next_working_day(date(2026, 4, 2)), date(2026, 4, 7));
        assert_eq!(on_or_before(date(2026, 4, 6)), date(2026, 4, 2));
        assert_eq!(on_or_before(date(2026, 4, 7)), date(2026, 4, 7));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trap() {
        assert_eq!(next_working_day(Date::MAX), Date::MAX);
        assert!(on_or_before(Date::MIN) <= date(-9999, 1, 4));
    }

    proptest! {
        #![proptest_config(crate::properties())]

        #[test]
        fn a_year_has_at_least_eight_holidays_all_on_weekdays(year in 1978i16..2300) {
            let days = bank_holidays(year);
            let extra = ADDED.iter().filter(|day| day.year() == year).count();
            prop_assert_eq!(days.len(), 8 + extra);
            prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(days.iter().all(|day| day.year() == year && !is_weekend(*day)));
        }

        #[test]
        fn no_working_day_is_passed_over(offset in 0i32..100_000) {
            let day = date(1978, 1, 1).saturating_add(offset.days());
            let next = next_working_day(day);
            prop_assert!(next > day && is_working_day(next));
            let mut between = day.saturating_add(1.day());
            while between < next {
                prop_assert!(!is_working_day(between));
                between = between.saturating_add(1.day());
            }
            prop_assert_eq!(next_working_day(on_or_before(day)), next);
        }
    }
}
