//! Personal data in the text of a page: where it stands and of what kind it is, never what it says.

mod numbers;
mod patterns;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::PageText;
use super::{Kind, Leak, Place};
pub use crate::manifest::PersonalData as Personal;

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
