//! Pages that show by their headings, markings or labels that they must not be served.

use std::cell::OnceCell;

use super::headings::{HeadingPart, Marking, ProhibitedForm, may_begin, pieces};
use super::labels::labels;
use super::text::squeeze;
use super::{Leak, LeakKind, LeakPlace};
use crate::model::geometry::Rect;
use crate::pdf::page::plain;
use crate::pdf::page::{Line, View};

/// The parts of a page in which a number of a form is a heading, and not a mention.
const HEAD: f64 = 0.2;
const FOOT: f64 = 0.12;

/// The head or foot of a page alone.
const EDGE: f64 = 0.08;

/// A heading is larger than the text by this factor.
const LARGER: f64 = 1.15;

/// A heading goes on after the number of its form for no longer than this, in bytes.
const LONGEST_REST: usize = 60;

/// Lines further apart than this many times their size do not belong together.
const LINE_SPACING: f64 = 2.2;

/// What stands in a table before the number of the form that the table is part of.
const FORM_LABELS: [&str; 5] = ["FORM", "FORMNO", "FORMNUMBER", "FORMREF", "FORMTYPE"];

/// A line as it is compared.
struct Said<'r> {
    line: &'r Line,
    /// Made plain.
    text: String,
    /// Whether it has its row for itself.
    is_alone: bool,
}

/// A line with what its place says of it.
struct Heading<'r> {
    parts: Vec<&'r Said<'r>>,
    is_prominent: bool,
    /// Whether it has its row for itself.
    is_alone: bool,
    /// Whether it is larger than the text, or stands at the very edge of the page.
    is_apart: bool,
}

impl Heading<'_> {
    fn text(&self) -> String {
        let texts: Vec<&str> = self.parts.iter().map(|said| said.text.as_str()).collect();
        texts.join(" ")
    }

    fn place(&self, height: f64) -> Option<LeakPlace> {
        let extents = self.parts.iter().map(|said| said.line.extent);
        extents.reduce(Rect::join).map(|area| LeakPlace::of(area, height))
    }
}

/// Everything on a page that betrays what it is.
pub(super) fn find(view: &View, rows: &[Vec<Line>]) -> Vec<Leak> {
    let mut leaks: Vec<Leak> = Vec::new();
    let lines: Vec<Said<'_>> = rows
        .iter()
        .flat_map(|row| {
            row.iter().map(|line| Said {
                line,
                text: plain(&line.text()),
                is_alone: row.len() == 1,
            })
        })
        .collect();
    let mut headings: Vec<Heading<'_>> = headings(view, usual_size(rows), &lines).collect();
    // What a line says alone is placed better than what it says together with the next.
    headings.sort_by_key(|heading| heading.parts.len());
    for heading in headings {
        let Some(place) = heading.place(view.size.1) else {
            continue;
        };
        for kind in said(&heading) {
            if !leaks.iter().any(|leak| leak.kind == kind) {
                leaks.push(Leak { kind, place });
            }
        }
    }
    for leak in rows.iter().flat_map(|row| named_in_cells(view, row)) {
        if !leaks.iter().any(|known| known.kind == leak.kind) {
            leaks.push(leak);
        }
    }
    leaks
}

/// Every line, and every line with the one or two below it, as headings are broken.
fn headings<'r>(
    view: &View,
    usual: f64,
    lines: &'r [Said<'r>],
) -> impl Iterator<Item = Heading<'r>> {
    let height = view.size.1.max(1.0);
    let starts = 0..lines.len();
    starts.flat_map(move |start| {
        let rest = lines.get(start..).unwrap_or_default();
        let mut parts: Vec<&Said<'r>> = Vec::new();
        let mut found = Vec::new();
        for said in rest {
            let Some(last) = parts.last().map(|last| last.line) else {
                parts.push(said);
                found.push((parts.clone(), said.is_alone));
                continue;
            };
            if parts.len() == 3 || !follows(last, said.line) {
                if said.line.extent.top < last.extent.bottom - LINE_SPACING * last.size {
                    break;
                }
                continue;
            }
            parts.push(said);
            found.push((parts.clone(), said.is_alone));
        }
        found.into_iter().map(move |(parts, is_alone)| {
            let first = parts.first().map(|said| (said.line.extent, said.line.size));
            let is_prominent = first.is_some_and(|(extent, size)| {
                let from_top = (height - extent.top) / height;
                from_top <= HEAD || extent.bottom / height <= FOOT || size >= LARGER * usual
            });
            let is_apart = first.is_some_and(|(extent, size)| {
                let from_top = (height - extent.top) / height;
                from_top <= EDGE || extent.bottom / height <= EDGE || size >= LARGER * usual
            });
            Heading { parts, is_prominent, is_alone, is_apart }
        })
    })
}

fn follows(above: &Line, below: &Line) -> bool {
    let gap = above.extent.bottom - below.extent.top;
    let overlap = above.extent.left < below.extent.right && below.extent.left < above.extent.right;
    above.angle == below.angle
        && overlap
        && gap > -0.5 * above.size
        && gap < (LINE_SPACING - 1.0) * above.size.max(below.size)
}

/// The size of most letters.
fn usual_size(rows: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = rows
        .iter()
        .flatten()
        .map(|line| {
            let letters = line.words.iter().map(|word| word.text.len()).sum();
            (line.size, letters)
        })
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut passed = 0;
    sizes
        .iter()
        .find(|(_, letters)| {
            passed += letters;
            passed > half
        })
        .map_or(0.0, |(size, _)| *size)
}

/// What some words betray that stand alone, as those of a bookmark do.
pub(super) fn find_in_words(text: &str) -> Vec<LeakKind> {
    let heading = Heading { parts: Vec::new(), is_prominent: true, is_alone: true, is_apart: true };
    let mut kinds = said_in(&heading, &plain(text));
    kinds.retain(|kind| *kind != LeakKind::BackPage { certain: false });
    let number = leading_number(text, |_| true);
    kinds.extend(number.filter(|kind| !kinds.contains(kind)));
    kinds
}

fn said(heading: &Heading<'_>) -> Vec<LeakKind> {
    said_in(heading, &heading.text())
}

fn said_in(heading: &Heading<'_>, text: &str) -> Vec<LeakKind> {
    let text = without_edition(text);
    let mut kinds = labels(text);
    // Asked for few of all lines.
    let ends = OnceCell::new();
    let ends_word = |at| ends.get_or_init(|| word_ends(text)).contains(&at);
    let pieces = may_begin(text).then(|| pieces(&squeeze(text), ends_word));
    if let Some(pieces) = pieces.flatten() {
        kinds.extend(of_pieces(heading, text, &pieces));
    } else if heading.is_prominent && heading.parts.len() == 1 {
        kinds.extend(leading_marking(text).map(LeakKind::Marking));
        if heading.is_alone {
            kinds.extend(leading_number(text, is_divider));
        }
        if heading.is_alone && heading.is_apart {
            kinds.extend(trailing_number(text));
        }
    }
    kinds
}

/// A heading without the day of its form's edition, as `MG6D (12/2021)` has it.
fn without_edition(text: &str) -> &str {
    let is_edition = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' ');
    let start = text.trim_end().strip_suffix(')').and_then(|text| {
        let at = text.rfind('(')?;
        let inside = text.get(at + 1..)?;
        (inside.len() >= 4 && inside.chars().all(is_edition)).then_some(at)
    });
    start.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The number of a form before something else, as in `MG6D - Operation Example`. `divides` tells by what follows the number
/// whether it is a heading.
fn leading_number(text: &str, divides: fn(&str) -> bool) -> Option<LeakKind> {
    let text = text.trim_start();
    let ends = text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at).take(3);
    let mut named = ends.filter_map(|end| {
        let (name, rest) = text.split_at_checked(end)?;
        number(name).filter(|_| divides(rest.trim_start()))
    });
    named.next()
}

/// What the number of a form betrays that stands alone.
fn number(text: &str) -> Option<LeakKind> {
    match pieces(&squeeze(text), |_| false)?.as_slice() {
        [HeadingPart::Number(form)] => Some(LeakKind::ProhibitedForm(ProhibitedForm::Form(form))),
        _ => None,
    }
}

/// The number of a form after something else and a dash, as in `Confidential information - MG6D`.
fn trailing_number(text: &str) -> Option<LeakKind> {
    let (before, last) = text.rsplit_once(" - ").or_else(|| text.rsplit_once(": "))?;
    number(last).filter(|_| before.len() <= LONGEST_REST)
}

/// The number of a form in the cell beside one that says "Form".
fn named_in_cells(view: &View, row: &[Line]) -> Vec<Leak> {
    let cells = row.windows(2).filter_map(|pair| match pair {
        [label, cell] if FORM_LABELS.contains(&squeeze(&label.text()).as_str()) => Some(cell),
        _ => None,
    });
    let named = cells.filter_map(|cell| {
        let place = LeakPlace::of(cell.extent, view.size.1);
        number(&cell.text()).map(|kind| Leak { kind, place })
    });
    named.collect()
}

/// Whether some text goes on after a dash or a colon, as that of a heading does.
fn is_divider(rest: &str) -> bool {
    rest.starts_with(['-', ':', '|']) && rest.len() <= LONGEST_REST
}

fn of_pieces(heading: &Heading<'_>, text: &str, pieces: &[HeadingPart]) -> Vec<LeakKind> {
    let capitals: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let in_capitals = |word: &str| capitals.contains(word);
    let has_number = pieces.iter().any(|piece| matches!(piece, HeadingPart::Number(_)));
    let all_capitals = capitals == capitals.to_uppercase();
    let stands_out = heading.is_prominent || (heading.is_alone && all_capitals);
    pieces
        .iter()
        .filter_map(|piece| match piece {
            HeadingPart::Number(form) if heading.is_prominent => {
                Some(LeakKind::ProhibitedForm(ProhibitedForm::Form(form)))
            }
            HeadingPart::Title(form)
                if heading.is_prominent || (has_number && heading.is_alone) =>
            {
                Some(LeakKind::ProhibitedForm(ProhibitedForm::Form(form)))
            }
            HeadingPart::NotDisclosable if stands_out => {
                Some(LeakKind::ProhibitedForm(ProhibitedForm::NotDisclosable))
            }
            HeadingPart::Sensitive if stands_out && in_capitals("SENSITIVE") => {
                Some(LeakKind::ProhibitedForm(ProhibitedForm::Sensitive))
            }
            HeadingPart::Marking(marking) if in_capitals(spelling(*marking)) => {
                Some(LeakKind::Marking(*marking))
            }
            HeadingPart::Marking(marking @ Marking::TopSecret)
                if heading.is_apart && heading.is_alone && is_in_title_case(text) =>
            {
                Some(LeakKind::Marking(*marking))
            }
            HeadingPart::Back if heading.is_prominent => Some(LeakKind::BackPage { certain: true }),
            _ => None,
        })
        .collect()
}

fn is_in_title_case(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.all(|word| !word.starts_with(char::is_lowercase))
}

fn spelling(marking: Marking) -> &'static str {
    match marking {
        Marking::TopSecret => "TOPSECRET",
        Marking::Secret => "SECRET",
        Marking::OfficialSensitive => "SENSITIVE",
        Marking::Restricted => "RESTRICTED",
        Marking::Confidential => "CONFIDENTIAL",
    }
}

/// A marking at the head or foot of a page with something else after it: "SECRET - Operation Example".
fn leading_marking(text: &str) -> Option<Marking> {
    let after = |word: &str| {
        let rest = text.strip_prefix(word)?.trim_start();
        rest.starts_with(['-', ':', '/', '(', '|', '\u{2022}']).then_some(())
    };
    after("TOP SECRET")
        .map(|()| Marking::TopSecret)
        .or_else(|| after("SECRET").map(|()| Marking::Secret))
}

/// At which positions of the squeezed text a word of some length ends.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for word in text.split_whitespace() {
        let length = squeeze(word).len();
        at += length;
        // "MG 6D" ends; "MG 6" may go on.
        if length >= 3 || (length == 2 && word.ends_with(|c: char| c.is_ascii_alphabetic())) {
            ends.push(at);
        }
    }
    ends
}
