//! Printed numbers and page labels.

use super::outcome::listed;
use super::{Outcome, Subject};
use crate::verify::margin::Expected;
use crate::verify::profile::{NumbersBy, RuleLimits};
use crate::verify::reading::ReadPage;
use crate::words::count;

impl Subject<'_> {
    /// Whether a printed number is what the profile wants on a page.
    pub(super) fn is_right(&self, index: usize, page: &ReadPage, label: &str) -> bool {
        let expected = Expected {
            place: index + 1,
            label: &page.label,
        };
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
                Some(number) if !self.is_right(index, page, &number.label) => faults.push((
                    index,
                    format!("page {} shows \"{}\"", index + 1, number.label),
                )),
                Some(_) => {}
            }
        }
        if without.len() == self.reading.pages.len() {
            return Outcome::of_file("no page numbers were found");
        }
        // One text for all pages without a number, not one for each.
        if let Some(first) = without.first() {
            faults.push((*first, format!("no number on {}", listed(&without))));
        }
        Outcome::of_faults(faults).also_on(&without)
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
                    let expected = Expected {
                        place: index + 1,
                        label: "",
                    };
                    !expected.is_place(&page.label)
                }
                (_, Some(number)) => {
                    let expected = Expected {
                        place: index + 1,
                        label: &page.label,
                    };
                    !expected.is_label(&number.label)
                }
                (_, None) => false,
            };
            wrong.then(|| {
                (
                    index,
                    format!("page {} is labelled \"{}\"", index + 1, page.label),
                )
            })
        });
        Outcome::of_faults(faults.collect())
    }
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
    fn section_labels_have_one_or_two_capitals() {
        assert!(is_section_label("A1") && is_section_label("AB12"));
        assert!(!is_section_label("12") && !is_section_label("ABC1") && !is_section_label("A"));
    }
}
