//! Printed numbers and page labels.

use std::collections::HashMap;
use std::hash::Hash;

use super::outcome::listed;
use super::{Outcome, Subject};
use crate::model::words::count;
use crate::verify::margin::{Candidate, PrintedName};
use crate::verify::profile::{NumbersBy, RuleLimits};
use crate::verify::reading::ReadPage;

impl Subject<'_> {
    /// Whether a printed number is what the profile wants on a page.
    pub(super) fn is_right(&self, index: usize, page: &ReadPage, label: &str) -> bool {
        let expected = PrintedName { place: index + 1, label: &page.label };
        match self.profile.numbering {
            NumbersBy::Continuous => expected.is_place(label),
            NumbersBy::Any => expected.is(label),
            NumbersBy::Section => {
                (is_section_label(label) || is_front(label))
                    && (!self.reading.has_labels || expected.is_label(label))
            }
        }
    }

    pub(super) fn page_numbers(&self) -> Outcome {
        let mut without = Vec::new();
        let mut faults = Vec::new();
        for (index, page) in self.pages() {
            match &page.number {
                None => without.push(index),
                Some(number) if !self.is_right(index, page, &number.label) => {
                    faults.push((index, format!("page {} shows \"{}\"", index + 1, number.label)));
                }
                Some(_) => {}
            }
        }
        faults.extend(self.odd_totals());
        faults.extend(self.odd_styles());
        if without.len() == self.reading.pages.len() {
            return Outcome::of_file("no page numbers were found");
        }
        // One text for all pages without a number, not one for each.
        if let Some(first) = without.first() {
            faults.push((*first, format!("no number on {}", listed(&without))));
        }
        Outcome::of_faults(faults).also_on(&without)
    }

    /// The numbers that are right on their pages.
    fn right_numbers(&self) -> impl Iterator<Item = (usize, &Candidate)> {
        self.pages().filter_map(|(index, page)| {
            let number = page.number.as_ref()?;
            let is_right = self.is_right(index, page, &number.label);
            is_right.then_some((index, number))
        })
    }

    /// Pages that say another number of pages than nearly all: `21 of 39` among `of 40`.
    fn odd_totals(&self) -> Vec<(usize, String)> {
        let totals: Vec<(usize, &str, u64)> = self
            .right_numbers()
            .filter_map(|(index, number)| Some((index, number.label.as_str(), number.total?)))
            .collect();
        let Some(usual) = usual(totals.iter().map(|(_, _, total)| *total)) else {
            return Vec::new();
        };
        let odd = totals.into_iter().filter(|(_, _, total)| *total != usual);
        odd.map(|(index, label, total)| {
            let page = index + 1;
            (
                index,
                format!("page {page} shows \"{label} of {total}\" where others say \"of {usual}\""),
            )
        })
        .collect()
    }

    /// Pages whose number has another prefix, or other zeros, than those of the pages around it have: `BLK0012` between
    /// `BLK00011` and `BLK00013`. What the page labels bear out is meant so.
    fn odd_styles(&self) -> Vec<(usize, String)> {
        let styles: Vec<(usize, &str, PrintedStyle<'_>)> = self
            .right_numbers()
            .map(|(index, number)| (index, number.label.as_str(), PrintedStyle::of(&number.label)))
            .collect();
        let usual = usual(styles.iter().map(|(_, _, style)| *style));
        let style = |at: Option<usize>| Some(styles.get(at?)?.2);
        let is_odd = |(at, (_, _, own)): (usize, &(usize, &str, PrintedStyle<'_>))| {
            // Roman numbers stand before a series.
            if own.digits == 0 {
                return false;
            }
            let around = [style(at.checked_sub(1)), style(at.checked_add(1))];
            let [Some(before), Some(after)] = around else {
                // The first and the last page have one neighbour, which all the others must be like.
                return usual.is_some_and(|usual| usual.filled && !own.goes_with(usual));
            };
            before.is_serial()
                && before.goes_with(after)
                && !own.goes_with(before)
                && !own.goes_with(after)
        };
        let odd = styles.iter().enumerate().filter(|one| is_odd(*one));
        odd.map(|(_, (index, label, _))| (*index, *label))
            .filter(|(index, label)| !self.is_labelled(*index, label))
            .map(|(index, label)| {
                let page = index + 1;
                (
                    index,
                    format!(
                        "page {page} shows \"{label}\", in another style than the pages around it"
                    ),
                )
            })
            .collect()
    }

    /// Whether the file has page labels, and that of a page is what is printed on it.
    fn is_labelled(&self, index: usize, label: &str) -> bool {
        let page = self.reading.pages.get(index);
        self.reading.has_labels && page.is_some_and(|page| page.label == label)
    }

    pub(super) fn number_place(&self, limits: &RuleLimits) -> Outcome {
        let Some(place) = limits.place else {
            return Outcome::Pass;
        };
        let elsewhere = |page: &ReadPage| {
            let number = page.number.as_ref();
            number.is_some_and(|number| number.place != place)
        };
        let pages = self.pages().filter(|(_, page)| elsewhere(page));
        Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
            format!(
                "the number of {} does not stand {}",
                count(pages.len(), "page"),
                place.in_words()
            )
        })
    }

    pub(super) fn letter_suffixes(&self) -> Outcome {
        let faults = self.pages().filter_map(|(index, page)| {
            let label = &page.number.as_ref()?.label;
            let suffixed = label.ends_with(|c: char| c.is_ascii_alphabetic())
                && label.starts_with(|c: char| c.is_ascii_digit());
            suffixed.then(|| (index, format!("page {} is numbered \"{label}\"", index + 1)))
        });
        Outcome::of_faults(faults.collect())
    }

    pub(super) fn page_labels(&self) -> Outcome {
        if !self.reading.has_labels && self.profile.numbering != NumbersBy::Section {
            return Outcome::Pass;
        }
        if !self.reading.has_labels {
            return Outcome::of_file("it has no page labels, so readers count the pages from 1");
        }
        let faults = self.pages().filter_map(|(index, page)| {
            let wrong = match (self.profile.numbering, &page.number) {
                (NumbersBy::Continuous, _) => {
                    let expected = PrintedName { place: index + 1, label: "" };
                    !expected.is_place(&page.label)
                }
                (_, Some(number)) => {
                    let expected = PrintedName { place: index + 1, label: &page.label };
                    !expected.is_label(&number.label)
                }
                (_, None) => false,
            };
            wrong.then(|| (index, format!("page {} is labelled \"{}\"", index + 1, page.label)))
        });
        Outcome::of_faults(faults.collect())
    }
}

/// What a number looks like, apart from its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PrintedStyle<'a> {
    /// What stands before the digits.
    prefix: &'a str,
    /// How many digits there are.
    digits: usize,
    /// Whether zeros fill them up.
    filled: bool,
}

impl<'a> PrintedStyle<'a> {
    fn of(label: &'a str) -> Self {
        let prefix = label.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = label.get(prefix.len()..).unwrap_or_default();
        Self { prefix, digits: digits.len(), filled: digits.len() > 1 && digits.starts_with('0') }
    }

    /// Whether it numbers pages through a series: with a prefix, or with zeros in front.
    fn is_serial(self) -> bool {
        self.filled || (!self.prefix.is_empty() && self.digits > 0)
    }

    /// Whether two numbers can be of one series: the digits differ only where a number outgrows its zeros.
    fn goes_with(self, other: Self) -> bool {
        let is_as_wide = match (self.filled, other.filled) {
            (true, true) => self.digits == other.digits,
            (true, false) => other.digits >= self.digits,
            (false, true) => self.digits >= other.digits,
            (false, false) => true,
        };
        self.prefix == other.prefix && is_as_wide
    }
}

/// What at least nine tenths, and five, have in common.
fn usual<T: Copy + Eq + Hash>(all: impl Iterator<Item = T>) -> Option<T> {
    const MIN: usize = 5;
    let mut counts: HashMap<T, usize> = HashMap::new();
    let mut total = 0;
    for one in all {
        total += 1;
        *counts.entry(one).or_default() += 1;
    }
    let mut counts = counts.into_iter();
    let most = counts.find(|(_, count)| count * 10 >= total * 9)?;
    (total >= MIN).then_some(most.0)
}

/// `A12`: what PD27A calls Bates numbering.
fn is_section_label(label: &str) -> bool {
    let digits = label.trim_start_matches(|c: char| c.is_ascii_uppercase());
    (1..=2).contains(&(label.len() - digits.len()))
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Cover and index before the first section may have Roman numbers.
fn is_front(label: &str) -> bool {
    label.bytes().all(|b| b"ivxlc".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_keeps_its_prefix_and_its_zeros() {
        let goes = |one, other| PrintedStyle::of(one).goes_with(PrintedStyle::of(other));
        assert!(goes("BLK0009", "BLK0010") && goes("BLK0999", "BLK1000") && goes("09", "100"));
        assert!(goes("12", "9") && goes("A9", "A10"));
        assert!(
            !goes("BLK0009", "BLK010") && !goes("BLK0009", "BLL0010") && !goes("BLK0009", "10")
        );
        assert!(!goes("BLK000999", "BLK1000"));
    }

    #[test]
    fn section_labels_have_one_or_two_capitals() {
        assert!(is_section_label("A1") && is_section_label("AB12"));
        assert!(!is_section_label("12") && !is_section_label("ABC1") && !is_section_label("A"));
    }
}
