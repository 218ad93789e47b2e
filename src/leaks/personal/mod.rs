//! Personal data in the text of a page: where it stands and of what kind it is, never what it says.

mod numbers;
mod patterns;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use self::kind::Personal;
use super::text::PageText;
use super::{Kind, Leak, Place};

mod kind {
    /// Kinds of personal data, in the words in which prosecutors redact (court-rules PR-02).
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Personal {
        /// A postcode.
        Postcode,
        /// A house number and street, or what follows "Address:".
        Address,
        /// A telephone number.
        Phone,
        /// An e-mail address.
        Email,
        /// A date of birth.
        DateOfBirth,
        /// A National Insurance number.
        NationalInsurance,
        /// An NHS number.
        NhsNumber,
        /// A sort code or the number of a bank account.
        BankAccount,
        /// The number of a payment card.
        CardNumber,
        /// A vehicle registration mark.
        Vehicle,
    }

    impl Personal {
        /// Every kind.
        pub const ALL: [Self; 10] = [
            Self::Postcode,
            Self::Address,
            Self::Phone,
            Self::Email,
            Self::DateOfBirth,
            Self::NationalInsurance,
            Self::NhsNumber,
            Self::BankAccount,
            Self::CardNumber,
            Self::Vehicle,
        ];

        /// The word for manifests and scripts.
        pub fn as_str(self) -> &'static str {
            match self {
                Self::Postcode => "postcode",
                Self::Address => "address",
                Self::Phone => "phone",
                Self::Email => "email",
                Self::DateOfBirth => "date-of-birth",
                Self::NationalInsurance => "national-insurance",
                Self::NhsNumber => "nhs-number",
                Self::BankAccount => "bank-account",
                Self::CardNumber => "card-number",
                Self::Vehicle => "vehicle",
            }
        }

        /// The words for people, with their article.
        pub fn in_words(self) -> &'static str {
            match self {
                Self::Postcode => "a postcode",
                Self::Address => "a street address",
                Self::Phone => "a telephone number",
                Self::Email => "an e-mail address",
                Self::DateOfBirth => "a date of birth",
                Self::NationalInsurance => "a National Insurance number",
                Self::NhsNumber => "an NHS number",
                Self::BankAccount => "bank details",
                Self::CardNumber => "the number of a payment card",
                Self::Vehicle => "a vehicle registration mark",
            }
        }
    }
}

/// Personal data on a page, in the order in which it is read.
pub(super) fn find(page: &PageText, height: f64) -> Vec<Leak> {
    spans(&page.text)
        .into_iter()
        .filter_map(|(kind, span)| {
            Some(Leak {
                kind: Kind::Personal(kind),
                place: Place::of(page.place(&span)?, height),
            })
        })
        .collect()
}

/// A text with a sign in the place of personal data, for letters that must not repeat any.
pub fn withheld(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (_, span) in spans(text) {
        out.push_str(text.get(done..span.start).unwrap_or_default());
        out.push_str("[…]");
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Personal data in a text, by position. What is part of something longer counts once, as the longer.
pub(super) fn spans(text: &str) -> Vec<(Personal, Range<usize>)> {
    let mut found = patterns::find(text);
    // Where two overlap the one that stands first in the list of detectors is surer.
    let mut kept: Vec<(Personal, Range<usize>)> = Vec::new();
    for (kind, span) in found.drain(..) {
        let overlaps = |other: &Range<usize>| other.start < span.end && span.start < other.end;
        if !kept.iter().any(|(_, other)| overlaps(other)) {
            kept.push((kind, span));
        }
    }
    kept.sort_by_key(|(kind, span)| (span.start, *kind));
    kept
}
