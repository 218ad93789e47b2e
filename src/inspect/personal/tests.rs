use proptest::prelude::*;

use super::numbers::{is_card, is_nhs};
use super::table::{looks, typed};
use super::{Personal, spans, values_in};
use crate::pdf::page::plain;
use Personal::{Address, Email, Phone, Postcode};

fn kinds(text: &str) -> Vec<Personal> {
    spans(text).into_iter().map(|(kind, _)| kind).collect()
}

/// What a text, as a page or a manifest has it, holds of the kinds that a look may find.
fn found(text: &str, is_typed: bool) -> Vec<Personal> {
    match is_typed {
        true => values_in(text).into_iter().map(|(kind, _)| kind).collect(),
        false => kinds(&as_page(text)),
    }
}

/// A text as a page has it, whose words are made plain and its rows and columns kept.
fn as_page(text: &str) -> String {
    let parts = text.split_inclusive(['\n', '\t']);
    let plainly = |part: &str| match part.strip_suffix(['\n', '\t']) {
        Some(words) => plain(words) + &part[words.len()..],
        None => plain(part),
    };
    parts.map(plainly).collect()
}

#[test]
fn every_line_of_the_table_is_used() {
    let table = typed();
    assert_eq!(looks().len(), table.looks.len(), "every pattern compiles, every word is known");
    for kind in Personal::ALL {
        let source = table.kinds.iter().find(|source| source.name == kind);
        assert!(source.is_some_and(|source| !source.source.is_empty()), "{}", kind.as_str());
        assert!(table.looks.iter().any(|look| look.kind == kind), "{}", kind.as_str());
    }
}

#[test]
fn every_example_is_found_as_what_it_is() {
    let mut wrong = Vec::new();
    for look in &typed().looks {
        assert!(!look.examples.is_empty(), "a look of {} has no example", look.kind.as_str());
        for example in &look.examples {
            let found = found(example, look.typed);
            if found.iter().filter(|kind| **kind == look.kind).count() != 1 {
                wrong.push((example.clone(), found));
            }
        }
    }
    assert_eq!(wrong, []);
}

/// A look that finds none of its examples by itself is not needed.
#[test]
fn every_look_finds_its_examples_itself() {
    let mut wrong = Vec::new();
    for (typed, look) in typed().looks.iter().zip(looks()) {
        let lost = typed.examples.iter().filter(|one| look.find(&as_page(one)).next().is_none());
        wrong.extend(lost.cloned());
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn no_counter_example_is_found() {
    let mut wrong = Vec::new();
    for look in &typed().looks {
        let found = look.others.iter().map(|other| (other.clone(), found(other, look.typed)));
        wrong.extend(found.filter(|(_, found)| !found.is_empty()));
    }
    assert_eq!(wrong, []);
}

#[test]
fn numbers_of_cases_pages_and_times_are_no_personal_data() {
    for text in [
        "case T20260123",
        "exhibits PS/1 and AD/2",
        "page 12 of 40",
        "2026-06-01 10:00:00",
        "between 01/06/2026 and 03/06/2026",
        "three streets away, in the Court",
        "version 1.2.3.4",
    ] {
        assert_eq!(kinds(text), [], "{text:?}");
    }
}

#[test]
fn each_occurrence_counts_once_in_reading_order() {
    let text = "12 Nowhere Street, Exampleton, ZZ99 9ZZ\nTel: 07700 900123\tsam@example.com\n";
    assert_eq!(kinds(text), [Address, Postcode, Phone, Email]);
}

proptest! {
    #![proptest_config(crate::properties())]

    /// Any other last digit breaks an NHS number.
    #[test]
    fn one_check_digit_fits_an_nhs_number(first in proptest::collection::vec(0u32..10, 9)) {
        let fitting = (0..10).filter(|check| {
            let mut digits = first.clone();
            digits.push(*check);
            is_nhs(&digits)
        });
        prop_assert!(fitting.count() <= 1);
    }

    /// One wrong digit, or two neighbours exchanged, breaks a card's number, but for 0 and 9.
    #[test]
    fn a_slip_breaks_a_card_number(body in proptest::collection::vec(0u32..10, 14), at in 1usize..15, by in 1u32..10) {
        let mut digits = vec![4];
        digits.extend(&body);
        digits.push(0);
        let Some(check) = (0..10).find(|check| { digits[15] = *check; is_card(&digits) }) else {
            return Err(TestCaseError::fail("no check digit fits"));
        };
        digits[15] = check;
        let mut slipped = digits.clone();
        slipped[at] = (slipped[at] + by) % 10;
        prop_assert!(!is_card(&slipped));
        let mut swapped = digits.clone();
        swapped.swap(at, 15);
        let pair = (digits[at], digits[15]);
        if at == 14 && pair.0 != pair.1 && !matches!(pair, (0, 9) | (9, 0)) {
            prop_assert!(!is_card(&swapped));
        }
    }

    /// No text makes a detector fail, and what is found lies within the text and does not overlap.
    #[test]
    fn any_text_can_be_searched(text in "[ -~\n\t£ŵ]{0,200}") {
        let found = spans(&text);
        prop_assert!(found.iter().all(|(_, span)| text.get(span.clone()).is_some()));
        prop_assert!(found.windows(2).all(|pair| pair[0].1.end <= pair[1].1.start));
    }
}
