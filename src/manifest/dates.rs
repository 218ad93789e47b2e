//! Dates as people type them in file names and forms: day first, or year first.

use std::ops::Range;

use jiff::civil::{Date, Time};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundDate {
    /// The day.
    pub(crate) date: Date,
    /// The bytes that it takes in the text.
    pub(crate) span: Range<usize>,
}

/// The first date in a text that exists in the calendar.
pub(crate) fn find(text: &str) -> Option<FoundDate> {
    let words = words(text);
    (0..words.len()).find_map(|start| {
        // A number glued to letters is a reference such as T20260123, not a date.
        let before = start.checked_sub(1).and_then(|index| words.get(index));
        if before.is_some_and(|word| word.kind != CharacterClass::Gap) {
            return None;
        }
        let rest = words.get(start..)?;
        let exists = |shape: &DateForm| {
            let (numbers, taken) = shape(rest)?;
            Some((day(numbers)?, taken))
        };
        let (date, taken) = SHAPES.iter().find_map(exists)?;
        let after = rest.get(taken);
        let last = rest.get(taken.checked_sub(1)?)?;
        if after.is_some_and(|word| word.kind != CharacterClass::Gap) {
            return None;
        }
        let span = rest.first()?.at..last.at + last.text.len();
        Some(FoundDate { date, span })
    })
}

/// Why a text that looks like a date is none, and what to write: the calendar does not have its day.
pub(crate) fn no_such_day(text: &str) -> Option<String> {
    let words = words(text);
    let from = |start: usize| SHAPES.iter().find_map(|shape| shape(words.get(start..)?));
    let ((year, month, of_month), _) = (0..words.len()).find_map(from)?;
    let Some(first) = day((year, month, 1)) else {
        return Some(format!("there is no month {month}: write the day as YYYY-MM-DD"));
    };
    let last = first.last_of_month();
    (of_month > i16::from(last.day()) || of_month < 1).then(|| {
        let month = first.strftime("%B %Y");
        format!(
            "there is no {of_month} {month}: write a day that exists as YYYY-MM-DD, such as {last}"
        )
    })
}

/// A time of day such as `10:00`, `10.30` or `14:15:00`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let mut parts = text.trim().split([':', '.']);
    let mut next = || {
        let part = parts.next()?;
        let right = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        right.then(|| part.parse::<i8>().ok()).flatten()
    };
    let (hour, minute, second) = (next()?, next()?, next());
    if parts.next().is_some()
        || text.matches([':', '.']).count() != 1 + usize::from(second.is_some())
    {
        return None;
    }
    Time::new(hour, minute, second.unwrap_or(0), 0).ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CharacterClass {
    Digits,
    Letters,
    Gap,
}

#[derive(Debug, Clone, Copy)]
struct DateWord<'t> {
    kind: CharacterClass,
    text: &'t str,
    at: usize,
}

/// Runs of digits, of letters, and of what stands between.
fn words(text: &str) -> Vec<DateWord<'_>> {
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => CharacterClass::Digits,
        c if c.is_alphanumeric() => CharacterClass::Letters,
        _ => CharacterClass::Gap,
    };
    let mut words: Vec<DateWord<'_>> = Vec::new();
    for (at, c) in text.char_indices() {
        match words.last_mut() {
            Some(last) if last.kind == kind(c) => {
                last.text = text.get(last.at..at + c.len_utf8()).unwrap_or(last.text);
            }
            _ => words.push(DateWord {
                kind: kind(c),
                text: text.get(at..at + c.len_utf8()).unwrap_or(""),
                at,
            }),
        }
    }
    words
}

/// The numbers of year, month and day, whether the calendar has such a day or not.
type Numbers = (i16, i16, i16);

/// A way to write a date: its numbers and how many words it takes from the start.
type DateForm = fn(&[DateWord<'_>]) -> Option<(Numbers, usize)>;

const SHAPES: [DateForm; 4] = [numbers, compact, day_month_name, month_name_day];

/// `2026-06-04`, `04.06.26`, `4/6/2026`, `4_6_2026`.
fn numbers(words: &[DateWord<'_>]) -> Option<(Numbers, usize)> {
    let [a, gap, b, same_gap, c, ..] = words else {
        return None;
    };
    let joined = gap.text == same_gap.text && ["-", ".", "/", "_", " "].contains(&gap.text);
    if !joined || [a, b, c].iter().any(|word| word.kind != CharacterClass::Digits) {
        return None;
    }
    let date = if a.text.len() == 4 {
        calendar(a, b, c)
    } else if gap.text == " " && c.text.len() != 4 {
        // Three short numbers with spaces are more often a list than a date.
        None
    } else {
        calendar(c, b, a)
    };
    date.map(|date| (date, 5))
}

/// `20260604`, `04062026`.
fn compact(words: &[DateWord<'_>]) -> Option<(Numbers, usize)> {
    let word =
        words.first().filter(|word| word.kind == CharacterClass::Digits && word.text.len() == 8)?;
    let part = |range: Range<usize>| word.text.get(range)?.parse::<i16>().ok();
    let likely = |year: i16| (1900..2100).contains(&year);
    let date = match part(0..4) {
        Some(year) if likely(year) => Some((year, part(4..6)?, part(6..8)?)),
        _ => part(4..8)
            .filter(|&year| likely(year))
            .and_then(|year| Some((year, part(2..4)?, part(0..2)?))),
    };
    date.map(|date| (date, 1))
}

/// `3 June 2026`, `3rd Jun 26`, `3-Jun-2026`, `3June2026`.
fn day_month_name(words: &[DateWord<'_>]) -> Option<(Numbers, usize)> {
    let mut cursor = DateCursor { words, taken: 0 };
    let day_of_month = cursor.digits()?;
    cursor.ordinal();
    cursor.gap();
    let month = cursor.month()?;
    cursor.gap();
    let year = cursor.digits()?;
    let numbers = (full_year(year)?, month, day_of_month.text.parse().ok()?);
    Some((numbers, cursor.taken))
}

/// `June 3, 2026`.
fn month_name_day(words: &[DateWord<'_>]) -> Option<(Numbers, usize)> {
    let mut cursor = DateCursor { words, taken: 0 };
    let month = cursor.month()?;
    cursor.gap();
    let day_of_month = cursor.digits()?;
    cursor.ordinal();
    cursor.gap();
    let year = cursor.digits().filter(|year| year.text.len() == 4)?;
    let numbers = (full_year(year)?, month, day_of_month.text.parse().ok()?);
    Some((numbers, cursor.taken))
}

struct DateCursor<'w, 't> {
    words: &'w [DateWord<'t>],
    taken: usize,
}

impl<'t> DateCursor<'_, 't> {
    fn next_if(&mut self, fits: impl Fn(&DateWord<'t>) -> bool) -> Option<DateWord<'t>> {
        let word = self.words.get(self.taken).copied().filter(|word| fits(word))?;
        self.taken += 1;
        Some(word)
    }

    fn digits(&mut self) -> Option<DateWord<'t>> {
        self.next_if(|word| word.kind == CharacterClass::Digits)
    }

    fn gap(&mut self) {
        self.next_if(|word| word.kind == CharacterClass::Gap && word.text.chars().count() <= 2);
    }

    fn ordinal(&mut self) {
        self.next_if(|word| ["st", "nd", "rd", "th"].contains(&word.text.to_lowercase().as_str()));
    }

    fn month(&mut self) -> Option<i16> {
        let word =
            self.words.get(self.taken).filter(|word| word.kind == CharacterClass::Letters)?;
        let name = word.text.to_lowercase();
        let number = place_of(&name, &MONTHS)?;
        self.taken += 1;
        Some(number.into())
    }
}

/// The place, from 1, of the name that a word in small letters is or shortens to three, four or five letters.
pub(crate) fn place_of(word: &str, names: &[&str]) -> Option<i8> {
    let is_short = (3..=5).contains(&word.len());
    let place = names.iter().position(|name| *name == word || is_short && name.starts_with(word));
    place.and_then(|place| i8::try_from(place + 1).ok())
}

pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn calendar(
    year: &DateWord<'_>,
    month: &DateWord<'_>,
    day_of_month: &DateWord<'_>,
) -> Option<Numbers> {
    let short =
        |word: &DateWord<'_>| (word.text.len() <= 2).then(|| word.text.parse().ok()).flatten();
    Some((full_year(*year)?, short(month)?, short(day_of_month)?))
}

/// Two digits mean this century, except for those that only a date of birth would have.
fn full_year(word: DateWord<'_>) -> Option<i16> {
    let year = word.text.parse::<i16>().ok()?;
    match (word.text.len(), year) {
        (2, 0..70) => Some(2000 + year),
        (2, _) => Some(1900 + year),
        (4, 1900..2100) => Some(year),
        _ => None,
    }
}

fn day((year, month, day): Numbers) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_day_is_read_day_first() {
        for text in [
            "2026-06-03",
            "20260603",
            "03062026",
            "3-6-2026",
            "03.06.26",
            "3/6/26",
            "3_6_2026",
            "3 6 2026",
            "3 June 2026",
            "3rd June 2026",
            "3 Jun 26",
            "3-Jun-2026",
            "3June2026",
            "June 3, 2026",
            "3 JUNE 2026",
        ] {
            let found = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date.to_string(), "2026-06-03", "{text}");
            assert_eq!(found.span, 0..text.len(), "{text}");
        }
    }

    #[test]
    fn a_date_is_found_inside_a_name() {
        let text = "Łódź statement_of_jones_3-6-2026 (2)";
        let found = find(text).unwrap();
        assert_eq!(&text[found.span], "3-6-2026");
        assert_eq!(find("20260604 CCTV").unwrap().date.to_string(), "2026-06-04");
        assert_eq!(
            find("JB-1 31 September 2026 then 1.10.26").unwrap().date.to_string(),
            "2026-10-01"
        );
    }

    #[test]
    fn what_is_not_a_date_is_left_alone() {
        for text in [
            "",
            "2026-02-30",
            "31.04.26",
            "13/13/2026",
            "T20260123",
            "01AB1234526",
            "JB/1",
            "MG11",
            "1 2 3",
            "99999999",
            "page 12",
            "May Smith",
            "1.2",
            "2026",
            "３-６-２０２６",
            "12345678901-1-26",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_that_the_calendar_does_not_have_is_told() {
        for (text, why) in [
            (
                "31/02/2026",
                "there is no 31 February 2026: write a day that exists as YYYY-MM-DD, such as 2026-02-28",
            ),
            (
                "2024-02-30",
                "there is no 30 February 2024: write a day that exists as YYYY-MM-DD, such as 2024-02-29",
            ),
            (
                "31 June 2026",
                "there is no 31 June 2026: write a day that exists as YYYY-MM-DD, such as 2026-06-30",
            ),
            ("11/24/2026", "there is no month 24: write the day as YYYY-MM-DD"),
        ] {
            assert_eq!(no_such_day(text).as_deref(), Some(why), "{text}");
        }
        assert_eq!(no_such_day("soon"), None);
        assert_eq!(no_such_day("24/11/2026"), None);
    }

    #[test]
    fn old_two_digit_years_are_births() {
        assert_eq!(find("dob 4.5.87").unwrap().date.to_string(), "1987-05-04");
    }

    #[test]
    fn times_are_strict() {
        assert_eq!(time("10:00"), Time::new(10, 0, 0, 0).ok());
        assert_eq!(time(" 9.30 "), Time::new(9, 30, 0, 0).ok());
        assert_eq!(time("14:15:30"), Time::new(14, 15, 30, 0).ok());
        for text in ["", "10", "25:00", "10:60", "10:00:", "10am", "-1:00", "10:00:00:00"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
