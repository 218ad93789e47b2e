use proptest::prelude::*;

use super::numbers::{is_card, is_nhs};
use super::patterns::all_compile;
use super::{Personal, spans};
use Personal::{
    Address, BankAccount, CardNumber, DateOfBirth, Email, NationalInsurance, NhsNumber, Phone,
    Postcode, Vehicle,
};

fn kinds(text: &str) -> Vec<Personal> {
    spans(text).into_iter().map(|(kind, _)| kind).collect()
}

#[test]
fn every_pattern_compiles() {
    assert!(all_compile());
}

#[test]
fn personal_data_is_found() {
    for (text, kind) in [
        ("lives near ZZ99 9ZZ now", Postcode),
        ("Exampleton LS1 4BT", Postcode),
        ("SW1A 1AA", Postcode),
        ("EC1A1BB", Postcode),
        ("m1 1ae", Postcode),
        ("the flat in B33\n8TH was empty", Postcode),
        ("GIR 0AA", Postcode),
        ("BFPO 57", Postcode),
        ("call 07700 900123", Phone),
        ("07700900123", Phone),
        ("+44 7700 900123", Phone),
        ("+44 (0)7700 900 123", Phone),
        ("0044 20 7946 0018", Phone),
        ("(0113) 496 0123", Phone),
        ("0113 496 0123", Phone),
        ("020 7946 0018", Phone),
        ("01632-960001", Phone),
        ("0800 123456", Phone),
        ("0 7 7 0 0 9 0 0 1 2 3", Phone),
        ("Mobile: 07700 900\n123", Phone),
        ("Tel: 496 0123", Phone),
        ("sam@example.com", Email),
        ("Sam.Sample+x@mail.example.co.uk.", Email),
        ("sam.sample@\nexample.org", Email),
        ("sam [at] example.com", Email),
        ("sam.sample (at) example (dot) com", Email),
        ("sam . sample @ example . org", Email),
        ("his number is 0 77 00 90 01 23", Phone),
        ("moved to ls14bt in May", Postcode),
        ("DOB: 12/03/1980", DateOfBirth),
        ("D.O.B. 12.03.80", DateOfBirth),
        ("Date of birth\t12 March 1980", DateOfBirth),
        ("Date and place of birth: 12/03/1980 Leeds", DateOfBirth),
        ("Born on 3rd May 1991", DateOfBirth),
        ("Date of Birth:\n1980-03-12", DateOfBirth),
        ("Dyddiad geni: 12/03/1980", DateOfBirth),
        ("AB 12 34 56 C", NationalInsurance),
        ("jk123456d", NationalInsurance),
        ("NI number QQ 12 34 56 C", NationalInsurance),
        ("943 476 5919", NhsNumber),
        ("NHS number 9434765919", NhsNumber),
        ("Sort code: 12-34-56", BankAccount),
        ("12-34-56 12345678", BankAccount),
        ("account number 12345678", BankAccount),
        ("GB82 WEST 1234 5698 7654 32", BankAccount),
        ("4111 1111 1111 1111", CardNumber),
        ("5555555555554444", CardNumber),
        ("3782 822463 10005", CardNumber),
        ("driving AB12 CDE at speed", Vehicle),
        ("of 12 Nowhere Street, Exampleton", Address),
        ("Flat 3, 12a Upper Nowhere Road", Address),
        ("Address: The Old Rectory, Nowhere", Address),
    ] {
        assert_eq!(kinds(text), [kind], "{text:?}");
    }
}

#[test]
fn personal_data_is_found_in_cells_and_odd_spellings() {
    for (text, kind) in [
        ("Name\tDate of birth\tWork\nSam\t12/03/1980\tBaker", DateOfBirth),
        ("DOB\t1\t2\t0\t3\t1\t9\t8\t0", DateOfBirth),
        ("date of birth is 12.03.1980", DateOfBirth),
        ("Mobile\t07700\t900123", Phone),
        ("447700900123", Phone),
        ("sam at example dot com", Email),
        ("NI No AB123456", NationalInsurance),
        ("account: 12345678", BankAccount),
        ("Postcode\tL\tS\t1\t4\tB\tT", Postcode),
        ("14 Heol Enghraifft", Address),
    ] {
        assert_eq!(kinds(text), [kind], "{text:?}");
    }
}

#[test]
fn what_looks_like_it_is_not_found() {
    for text in [
        "URN 01AB1234526",
        "case T20260123",
        "exhibit PS1 2AB",
        "exhibits PS/1 and AD/2",
        "page 12 of 40",
        "on 01 06 2026 at 0415 hours",
        "at 0415 on 1 June 2026",
        "2026-06-01 10:00:00",
        "between 01/06/2026 and 03/06/2026",
        "IMEI 356938035643809",
        "crime reference 13250123456/26",
        "BLK000123",
        "943 476 5918",
        "4111 1111 1111 1112",
        "PC 4417 Smith",
        "12-05-26 20260512",
        "QQ 12 34 56 C",
        "born in Leeds",
        "three streets away, in the Court",
        "section 9 of the Criminal Justice Act 1967",
        "25 years at the Royal Court of Justice",
        "the sum of £1,234.56",
        "version 1.2.3.4",
        "seen @ the shop. He left",
        "07 11 2026 10 15",
        "£07700 only",
        "a@b",
        "0113\t4960123",
        "AB123456",
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
