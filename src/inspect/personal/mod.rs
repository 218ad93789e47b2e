//! Personal data in the text of a page: where it stands and of what kind it is, never what it says. What it looks like stands
//! in `kinds.toml`.

mod checks;
mod numbers;
mod table;
#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use self::table::{Look, looks};
use super::text::{PageText, squeeze};
use super::{Leak, LeakKind, LeakPlace, value_of_name};
pub(crate) use crate::manifest::PersonalData as Personal;
use crate::model::Sha256Hash;

/// Personal data on a page, in the order in which it is read, and what stands for each value.
pub(super) fn find(page: &PageText, height: f64) -> (Vec<Leak>, Vec<Sha256Hash>) {
    let found = spans(&page.text).into_iter().filter_map(|(kind, span)| {
        let place = LeakPlace::of(page.place(&span)?, height);
        Some((Leak { kind: LeakKind::Personal(kind), place }, value_at(&page.text, kind, &span)))
    });
    found.unzip()
}

/// What stands for the value at a place of a text: the same for "LS1 4BT" and "ls1-4bt".
pub(super) fn value_at(text: &str, kind: Personal, span: &Range<usize>) -> Sha256Hash {
    let value = text.get(span.clone()).unwrap_or_default();
    match kind {
        Personal::Name => value_of_name(value),
        _ => Sha256Hash::of(squeeze(value).as_bytes()),
    }
}

/// What stands in the place of personal data.
const WITHHELD: &str = "[…]";

/// A short text, such as a title or a supplier, with a sign in the place of personal data, for what must not repeat any.
pub(crate) fn withheld(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for span in joined(text, typed(text)) {
        out.push_str(text.get(done..span.start).unwrap_or_default());
        out.push_str(WITHHELD);
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Personal data in a text that somebody typed, by kind, and what stands for each value: in small letters, with other spaces
/// and dashes, too.
pub(crate) fn values_in(text: &str) -> Vec<(Personal, Sha256Hash)> {
    let found = typed(text).into_iter();
    found.map(|(kind, span)| (kind, value_at(text, kind, &span))).collect()
}

/// As [`spans`], of a text that somebody typed.
fn typed(text: &str) -> Vec<(Personal, Range<usize>)> {
    let (plain, places) = plainly(text);
    let found = found_by(&plain, |_| true);
    let place = |at: usize| places.get(at).copied().unwrap_or(text.len());
    first_of_each(found)
        .into_iter()
        .map(|(kind, span)| (kind, place(span.start)..place(span.end)))
        .collect()
}

/// A text with plain spaces, dashes and digits, and for each byte of it the place in the text as it was.
fn plainly(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::new();
    let mut places = Vec::new();
    for (place, c) in text.char_indices() {
        let folded: String = match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => String::new(),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => "-".to_owned(),
            c if c.is_whitespace() => " ".to_owned(),
            c => c.nfkc().collect(),
        };
        places.extend(std::iter::repeat_n(place, folded.len()));
        plain.push_str(&folded);
    }
    places.push(text.len());
    (plain, places)
}

/// The spans that are withheld: those found, and the parts of an address between commas that lead to its postcode, as far as
/// the first, which says whose it is.
fn joined(text: &str, found: Vec<(Personal, Range<usize>)>) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (kind, mut span) in found {
        if kind == Personal::Postcode {
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.rfind(['\n', ';', '(']).map_or(0, |at| at + 1);
            let first = before.get(line..).and_then(|line| line.find(','));
            if let Some(comma) = first {
                let rest = text.get(line + comma + 1..).unwrap_or_default();
                let gap = rest.len() - rest.trim_start().len();
                span.start = line + comma + 1 + gap;
            }
        }
        while spans.last().is_some_and(|last| last.start >= span.start) {
            spans.pop();
        }
        match spans.last_mut() {
            Some(last) if only_joints(text.get(last.end..span.start)) => last.end = span.end,
            _ => spans.push(span),
        }
    }
    spans
}

/// Whether nothing but commas and spaces stands between two spans, or they overlap.
fn only_joints(between: Option<&str>) -> bool {
    between.is_none_or(|between| between.chars().all(|c| c == ',' || c.is_whitespace()))
}

/// Personal data in a text, by position. What is part of something longer counts once, as the longer.
pub(super) fn spans(text: &str) -> Vec<(Personal, Range<usize>)> {
    // As people type addresses in a hurry, prose has many that are none.
    first_of_each(found_by(text, |look| !look.typed))
}

/// What some looks of the table find, from the surest to the least sure.
fn found_by(text: &str, is_meant: impl Fn(&Look) -> bool) -> Vec<(Personal, Range<usize>)> {
    let looks = looks().iter().filter(|look| is_meant(look));
    looks.flat_map(|look| look.find(text).map(move |span| (look.kind, span))).collect()
}

/// Where two overlap the one that stands first in the list of detectors is surer.
fn first_of_each(found: Vec<(Personal, Range<usize>)>) -> Vec<(Personal, Range<usize>)> {
    let mut kept: Vec<(Personal, Range<usize>)> = Vec::new();
    for (kind, span) in found {
        let overlaps = |other: &Range<usize>| other.start < span.end && span.start < other.end;
        if !kept.iter().any(|(_, other)| overlaps(other)) {
            kept.push((kind, span));
        }
    }
    kept.sort_by_key(|(kind, span)| (span.start, *kind));
    kept
}
