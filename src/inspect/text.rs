//! The text of a page in the shape in which it is searched: ligatures, wide letters and the many dashes made plain.

use crate::model::geometry::Rect;
use crate::pdf::page::{Line, View, plain};
use std::ops::Range;

/// Baselines closer than this part of the size of letters are one row.
const SAME_ROW: f64 = 0.35;

/// Everything on a page that can be read or copied, seen or not: a row of text a line, a tab between its columns.
pub(super) struct PageText {
    pub(super) text: String,
    /// Where each word of the text stands.
    words: Vec<(Range<usize>, Rect)>,
}

impl PageText {
    pub(super) fn of(rows: &[Vec<Line>]) -> Self {
        let mut page = Self { text: String::new(), words: Vec::new() };
        for row in rows {
            for (number, column) in row.iter().enumerate() {
                if number > 0 {
                    page.text.push('\t');
                }
                page.add(column);
            }
            page.text.push('\n');
        }
        page
    }

    fn add(&mut self, line: &Line) {
        for (number, word) in line.words.iter().enumerate() {
            if number > 0 {
                self.text.push(' ');
            }
            let start = self.text.len();
            self.text.push_str(&plain(&word.text));
            self.words.push((start..self.text.len(), word.extent));
        }
    }

    /// The words that stand in an area, in the order read.
    pub(super) fn said_in(&self, area: Rect) -> String {
        let inside = self.words.iter().filter(|(_, extent)| area.contains(extent.middle()));
        let words = inside.filter_map(|(span, _)| self.text.get(span.clone()));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Where a part of the text stands.
    pub(super) fn place(&self, part: &Range<usize>) -> Option<Rect> {
        self.words
            .iter()
            .filter(|(word, _)| word.start < part.end && part.start < word.end)
            .map(|(_, extent)| *extent)
            .reduce(Rect::join)
    }
}

/// The lines of a page, those of one row together from left to right.
pub(super) fn rows(view: &View) -> Vec<Vec<Line>> {
    in_rows(view.lines())
}

/// Lines in the order of a page, those of one row together.
pub(super) fn in_rows(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| is_same_row(first, &line)) => {
                row.push(line);
            }
            _ => rows.push(vec![line]),
        }
    }
    rows
}

fn is_same_row(one: &Line, other: &Line) -> bool {
    let (one_at, other_at) = match one.angle {
        45..135 => (one.extent.right, other.extent.right),
        135..225 => (one.extent.top, other.extent.top),
        225..315 => (one.extent.left, other.extent.left),
        _ => (one.extent.bottom, other.extent.bottom),
    };
    one.angle == other.angle && (one_at - other_at).abs() <= SAME_ROW * one.size.max(other.size)
}

/// The letters and digits of a text alone, in capitals: the same for "MG 6D", "Mg6-D" and "M G 6 D".
pub(super) fn squeeze(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|letter| char::from(letter.to_ascii_uppercase())).collect();
    }
    plain(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_letters_do_not_matter() {
        for text in ["MG6D", "MG 6 D", "ＭＧ６Ｄ", "mg\u{ad}6\u{2013}d", "M G 6 (D)"] {
            assert_eq!(squeeze(text), "MG6D", "{text}");
        }
        assert_eq!(plain("o\u{fb03}ce \u{2014} it\u{2019}s"), "office - it's");
    }
}
