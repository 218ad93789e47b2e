//! The numbers printed in the margins of a bundle, found without knowing who printed them.

use std::collections::HashMap;

use crate::manifest::Position;
use crate::model::geometry::Rect;
use crate::pdf::page::Line;

/// Numbers stand in this part of the height of a page, or in [`BAND`] points, whichever is more; on a slip in either half.
const BAND_PART: f64 = 0.09;
const BAND: f64 = 64.0;

/// A number that may be that of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Where it stands.
    pub(super) place: Position,
    /// The number without what stands around it, such as `Page` or `of 20`.
    pub(super) label: String,
    /// How many pages it says there are: 20 of `Page 3 of 20`.
    pub(super) total: Option<u64>,
    /// Where exactly.
    pub(super) extent: Rect,
    /// From the edges that its place belongs to, or from the middle of the page, to its middle.
    pub(super) offset: (f64, f64),
}

/// A wrong number stands no further than this from where the right ones do, in points.
const NEAR: f64 = 24.0;

impl Candidate {
    /// A number that the program itself has put at a place.
    pub(super) fn stamped(label: String, place: Position) -> Self {
        Self {
            place,
            label,
            total: None,
            extent: Rect::new(0.0, 0.0, 0.0, 0.0),
            offset: (0.0, 0.0),
        }
    }
}

/// The numbers in the upper and lower margins of a page. `own` is its page label, which is a number whatever it is made of.
pub(super) fn candidates(size: (f64, f64), lines: &[Line], own: &str) -> Vec<Candidate> {
    let own = squeezed(own);
    let read = |text: &str| match !own.is_empty() && squeezed(text) == own {
        true => Some((text.trim().to_owned(), None)),
        false => label_and_total(text),
    };
    let (width, height) = size;
    let band = BAND.max(BAND_PART * height).min(height / 2.0);
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.angle == 0) {
        let top = line.extent.top > height - band;
        if !top && line.extent.bottom > band {
            continue;
        }
        let mut add = |text: &str, extent: Rect| {
            if let Some((label, total)) = read(text) {
                let middle = (extent.left + extent.right) / 2.0;
                let place = place(top, middle / width);
                let from_edge = if top { height - extent.top } else { extent.bottom };
                found.push(Candidate {
                    place,
                    label,
                    total,
                    extent,
                    offset: (across(place, middle, width), from_edge),
                });
            }
        };
        add(&line.text(), line.extent);
        // A number may share its line with a footer that the document had before.
        if read(&line.text()).is_none() {
            for word in [line.words.first(), line.words.last()].into_iter().flatten() {
                add(&word.text, word.extent);
            }
            if let Some((text, extent)) = label_at_end(line, &own) {
                add(&text, extent);
            }
        }
    }
    found
}

/// The last words of a line, more than one of them, that are a label together, and where they stand.
fn label_at_end(line: &Line, own: &str) -> Option<(String, Rect)> {
    (0..line.words.len().saturating_sub(1)).rev().find_map(|start| {
        let words = line.words.get(start..)?;
        let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let left = words.first()?.extent.left;
        (squeezed(&text.concat()) == own).then(|| (text.join(" "), Rect { left, ..line.extent }))
    })
}

fn place(top: bool, across: f64) -> Position {
    match (top, across) {
        (true, across) if across < 1.0 / 3.0 => Position::TopLeft,
        (true, across) if across > 2.0 / 3.0 => Position::TopRight,
        (true, _) => Position::TopCentre,
        (false, across) if across < 1.0 / 3.0 => Position::BottomLeft,
        (false, across) if across > 2.0 / 3.0 => Position::BottomRight,
        (false, _) => Position::BottomCentre,
    }
}

fn across(place: Position, middle: f64, width: f64) -> f64 {
    match place {
        Position::TopLeft | Position::BottomLeft => middle,
        Position::TopCentre | Position::BottomCentre => (middle - width / 2.0).abs(),
        Position::TopRight | Position::BottomRight => width - middle,
    }
}

/// The number in a text that may be no more than a page number: `12`, `Page 12 of 300`, `[12]`,
/// `- 12 -`, `A12`, `BLK000012`, `12A`, `xiv`.
pub(super) fn label(text: &str) -> Option<String> {
    label_and_total(text).map(|(label, _)| label)
}

/// The same, with the number of pages where the text says it.
fn label_and_total(text: &str) -> Option<(String, Option<u64>)> {
    let lower = text.trim().to_lowercase();
    let mut rest = text.trim();
    for word in ["page no.", "page", "pages", "pg.", "pg", "pp.", "p.", "tudalen", "tud."] {
        if lower.starts_with(word) && lower.is_char_boundary(word.len()) {
            let after = rest.get(word.len()..)?;
            // `p12` is a number, `pages of evidence` is a text.
            if after.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || c == ':') {
                rest = after.trim_start_matches([' ', ':']);
                break;
            }
        }
    }
    let trimmed = rest.trim_matches(|c: char| c.is_whitespace() || "[](){}|-–—.~".contains(c));
    let (own, total) = match trimmed.split_once(" of ").or(trimmed.split_once(" o ")) {
        Some((own, total)) if is_number(total) => (own.trim(), total.trim().parse().ok()),
        _ => match trimmed.split_once('/') {
            Some((own, total))
                if is_number(own) && is_number(total) && own.len() <= total.len() =>
            {
                (own.trim(), total.trim().parse().ok())
            }
            _ => (trimmed, None),
        },
    };
    (is_label(own) || is_serial(own) || is_roman(own)).then(|| (own.to_owned(), total))
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Letters, perhaps a sign, digits, perhaps a letter: what page numbers are made of.
fn is_label(text: &str) -> bool {
    let digits_start = text.find(|c: char| c.is_ascii_digit());
    let Some((prefix, rest)) = digits_start.and_then(|start| text.split_at_checked(start)) else {
        return false;
    };
    let digits_end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(digits_end);
    let sign = |c: char| "-_./ ".contains(c);
    prefix.chars().count() <= 20
        && prefix.chars().all(|c| c.is_alphabetic() || sign(c))
        && prefix.chars().filter(|c| *c == ' ').count() <= 1
        && digits.len() <= 9
        && (suffix.is_empty()
            || (suffix.len() == 1 && suffix.bytes().all(|b| b.is_ascii_alphabetic()))
            || suffix.strip_prefix('-').is_some_and(|insert| is_number(insert) && insert.len() < 3))
}

/// A prefix that has digits of its own, and leading zeros behind it: `AB/2026-0001`.
fn is_serial(text: &str) -> bool {
    let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - prefix.len();
    text.starts_with(char::is_alphabetic)
        && (3..=12).contains(&digits)
        && prefix.chars().count() <= 20
        && prefix.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c))
}

fn is_roman(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|b| b"ivxlc".contains(&b))
}

/// The digits at the end of a label as a number, or the first in it: 12 of `A12` and of `12A`.
pub(super) fn number(label: &str) -> Option<u64> {
    let prefix = label.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = label.get(prefix.len()..).filter(|digits| !digits.is_empty());
    if let Some(digits) = digits {
        return digits.parse().ok();
    }
    let start = label.find(|c: char| c.is_ascii_digit())?;
    let digits = label.get(start..)?;
    let end = digits.find(|c: char| !c.is_ascii_digit())?;
    digits.get(..end)?.parse().ok()
}

/// What a page may be called.
#[derive(Debug, Clone, Copy)]
pub(super) struct PrintedName<'a> {
    /// Its place, from 1.
    pub(super) place: usize,
    /// Its page label.
    pub(super) label: &'a str,
}

impl<'a> PrintedName<'a> {
    /// What each page may be called, by the labels of all pages in order.
    pub(super) fn of(labels: &'a [impl AsRef<str>]) -> Vec<Self> {
        let labels = labels.iter().map(AsRef::as_ref);
        let expected = (1..).zip(labels);
        expected.map(|(place, label)| Self { place, label }).collect()
    }

    /// Whether a printed number is that of the page, by its place or its label.
    pub(super) fn is(self, label: &str) -> bool {
        self.is_label(label) || self.is_place(label)
    }

    /// Whether a printed number is the label of the page.
    pub(super) fn is_label(self, label: &str) -> bool {
        squeezed(label) == squeezed(self.label)
    }

    /// Whether a printed number is the place of the page. A prefix is allowed with leading zeros after it, `BLK000012`,
    /// or a space, `Bundle 12`.
    pub(super) fn is_place(self, label: &str) -> bool {
        let end = label.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = label.get(end.len()..).unwrap_or_default();
        let plain =
            end.is_empty() || end.ends_with(' ') || (digits.len() > 1 && digits.starts_with('0'));
        plain && digits.parse() == Ok(self.place)
    }
}

/// Without spaces, for two spellings of one label.
pub(super) fn squeezed(label: &str) -> String {
    label.split_whitespace().collect()
}

/// For each page the number printed on it, chosen among its candidates: the place where most pages
/// have theirs, or another where it stands as expected.
pub(super) fn printed<'c>(
    pages: &'c [Vec<Candidate>],
    expected: &[PrintedName<'_>],
) -> Vec<Option<&'c Candidate>> {
    let mut scores: HashMap<Position, usize> = HashMap::new();
    for (candidates, expected) in pages.iter().zip(expected) {
        for place in PLACES {
            let mut here = candidates.iter().filter(|candidate| candidate.place == place);
            let there = here.clone().next().is_some();
            let right = here.any(|candidate| expected.is(&candidate.label));
            *scores.entry(place).or_default() += usize::from(there) + 3 * usize::from(right);
        }
    }
    // Where two places score alike the first in the list wins, whatever the order of the map.
    let usual = PLACES.into_iter().rev().max_by_key(|place| scores.get(place).copied());
    let covered = |place: Position| {
        let has = |candidates: &&Vec<Candidate>| {
            candidates.iter().any(|candidate| candidate.place == place)
        };
        pages.iter().filter(has).count() * 2 >= pages.len()
    };
    let usual =
        usual.filter(|place| covered(*place) || scores.get(place).is_some_and(|score| *score >= 4));
    let offset = usual_offset(pages, expected, usual);
    let any_right = offset.is_some();
    let distance = |candidate: &Candidate| {
        let (x, y) = offset.unwrap_or_default();
        (candidate.offset.0 - x).abs() + (candidate.offset.1 - y).abs()
    };
    pages
        .iter()
        .zip(expected)
        .map(|(candidates, expected)| {
            let right = |candidate: &&Candidate| expected.is(&candidate.label);
            let here = |candidate: &&Candidate| Some(candidate.place) == usual;
            let by_place = candidates.iter().filter(here);
            by_place.clone().find(right).or_else(|| candidates.iter().find(right)).or_else(|| {
                // Where the others stand; elsewhere it is a number that the document had before.
                let near = |candidate: &&Candidate| {
                    is_label(&candidate.label) && (!any_right || distance(candidate) < NEAR)
                };
                let labels = by_place.filter(near);
                labels.min_by(|one, other| distance(one).total_cmp(&distance(other)))
            })
        })
        .collect()
}

/// Where the numbers at a place stand that are right: the middle one of them, across and down.
fn usual_offset(
    pages: &[Vec<Candidate>],
    expected: &[PrintedName<'_>],
    usual: Option<Position>,
) -> Option<(f64, f64)> {
    let right = pages.iter().zip(expected).flat_map(|(candidates, expected)| {
        candidates
            .iter()
            .filter(|candidate| Some(candidate.place) == usual && expected.is(&candidate.label))
            .map(|candidate| candidate.offset)
    });
    let (mut across, mut down): (Vec<f64>, Vec<f64>) = right.unzip();
    let middle = |offsets: &mut Vec<f64>| {
        offsets.sort_by(f64::total_cmp);
        offsets.get(offsets.len() / 2).copied()
    };
    Some((middle(&mut across)?, middle(&mut down)?))
}

const PLACES: [Position; 6] = [
    Position::BottomRight,
    Position::BottomCentre,
    Position::TopRight,
    Position::TopCentre,
    Position::BottomLeft,
    Position::TopLeft,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_what_stands_around_them() {
        for (text, number) in [
            ("12", Some("12")),
            ("Page 12 of 300", Some("12")),
            ("page 12", Some("12")),
            ("- 12 -", Some("12")),
            ("[12]", Some("12")),
            ("12/300", Some("12")),
            ("A12", Some("A12")),
            ("BLK000012", Some("BLK000012")),
            ("AB/2026-0001", Some("AB/2026-0001")),
            ("12A", Some("12A")),
            ("88-1", Some("88-1")),
            ("xiv", Some("xiv")),
            ("Tudalen 7", Some("7")),
            ("Bundle 2 of 14", Some("Bundle 2")),
            ("p. 9", Some("9")),
            ("Pages of evidence", None),
            ("2 June 2026", None),
            ("24/11/2026", None),
            ("JS/1 and JS/2", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(label(text).as_deref(), number, "{text}");
        }
    }

    fn candidate(place: Position, label: &str) -> Candidate {
        Candidate {
            place,
            label: label.to_owned(),
            total: None,
            extent: Rect::new(0.0, 0.0, 1.0, 1.0),
            offset: (20.0, 20.0),
        }
    }

    #[test]
    fn the_place_with_most_right_numbers_wins_over_those_of_the_documents() {
        // Two documents of two pages with numbers of their own in the middle; the third page is misnumbered.
        let own = ["1", "2", "1", "2"];
        let stamped = ["1", "2", "7", "4"];
        let pages: Vec<Vec<Candidate>> = own
            .iter()
            .zip(stamped)
            .map(|(own, stamped)| {
                vec![
                    candidate(Position::BottomCentre, own),
                    candidate(Position::BottomRight, stamped),
                ]
            })
            .collect();
        let labels = ["1", "2", "3", "4"];
        let expected = PrintedName::of(&labels);
        let printed = printed(&pages, &expected);
        let read: Vec<&str> = printed.iter().flatten().map(|read| read.label.as_str()).collect();
        assert_eq!(read, ["1", "2", "7", "4"]);
    }

    #[test]
    fn a_prefix_counts_as_the_place_only_with_leading_zeros() {
        let expected = PrintedName { place: 12, label: "12" };
        assert!(expected.is("12") && expected.is("BLK000012") && expected.is("Bundle 12"));
        assert!(!expected.is("A12") && !expected.is("13"));
    }
}
