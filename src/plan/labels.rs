//! Page labels (ISO 32000-2, 12.4.2): the printed numbers as ranges.

use super::{Plan, PlannedPage};
use crate::manifest::NumberStyle;

/// How the numbers of a range are written (`/S` of a page label dictionary).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelStyle {
    /// `/D`: 1, 2, 3.
    Decimal,
    /// `/r`: i, ii, iii.
    Roman,
}

/// A run of labels that count up by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRange {
    /// The first page, from 0.
    pub first: usize,
    /// How the numbers are written.
    pub style: LabelStyle,
    /// What stands before each number (`/P`).
    pub prefix: String,
    /// The first number (`/St`).
    pub start: u32,
}

impl LabelRange {
    /// The label of a page so many places into the range.
    pub fn label(&self, offset: u32) -> String {
        let number = self.start + offset;
        match self.style {
            LabelStyle::Decimal => format!("{}{number}", self.prefix),
            LabelStyle::Roman => format!("{}{}", self.prefix, roman(number)),
        }
    }
}

/// The printed numbers of a plan as label ranges, in order.
pub fn label_ranges(plan: &Plan) -> Vec<LabelRange> {
    let mut ranges: Vec<LabelRange> = Vec::new();
    for (index, page) in plan.pages.iter().enumerate() {
        let continues = ranges.last().is_some_and(|range| {
            u32::try_from(index - range.first).is_ok_and(|offset| range.label(offset) == page.label)
        });
        if !continues {
            ranges.push(range_at(plan, index, page));
        }
    }
    ranges
}

fn range_at(plan: &Plan, index: usize, page: &PlannedPage) -> LabelRange {
    let is_front = u32::try_from(index).is_ok_and(|index| index < plan.front_pages);
    if is_front && plan.numbering.style == NumberStyle::Section {
        return LabelRange {
            first: index,
            style: LabelStyle::Roman,
            prefix: String::new(),
            start: u32::try_from(index + 1).unwrap_or(u32::MAX),
        };
    }
    // The number starts behind the last character that is no digit, leading zeros left out, as a
    // label's number has none.
    let digits =
        page.label.rfind(|character: char| !character.is_ascii_digit()).map_or(0, |last| {
            last + page
                .label
                .get(last..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
        });
    let number = page.label.get(digits..).unwrap_or_default().trim_start_matches('0');
    let prefix = page.label.get(..page.label.len() - number.len()).unwrap_or_default();
    LabelRange {
        first: index,
        style: LabelStyle::Decimal,
        prefix: prefix.to_owned(),
        start: number.parse().unwrap_or(0),
    }
}

/// A number in small Roman numerals, as PDF readers write it.
pub(super) fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number;
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            text.push_str(digit);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::{contents, numbering};
    use super::*;

    fn expand(ranges: &[LabelRange], count: usize) -> Vec<String> {
        (0..count)
            .map(|page| {
                let range = ranges.iter().rev().find(|range| range.first <= page).unwrap();
                range.label(u32::try_from(page - range.first).unwrap())
            })
            .collect()
    }

    #[test]
    fn ranges_expand_to_the_printed_numbers() {
        let prefix =
            |prefix: &str, digits| NumberStyle::Prefix { prefix: prefix.to_owned(), digits };
        for (style, count) in [
            (NumberStyle::Continuous, 1),
            (NumberStyle::Section, 3),
            (prefix("BLK", 6), 2),
            (prefix("2026/", 1), 1),
            (prefix("X9-", 3), 2),
        ] {
            let plan = Plan::new(&contents(), &numbering(style.clone()), false, 2);
            let ranges = label_ranges(&plan);
            let labels: Vec<String> = plan.pages.iter().map(|page| page.label.clone()).collect();
            assert_eq!(expand(&ranges, labels.len()), labels, "{style:?}");
            assert_eq!(ranges.len(), count, "{style:?}: {ranges:?}");
        }
    }

    #[test]
    fn roman_numerals() {
        assert_eq!([1, 4, 9, 14, 40, 1999].map(roman), ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]);
    }
}
