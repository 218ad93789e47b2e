//! The pages that a row of an index names.

use super::RowContext;
use crate::model::geometry::Rect;
use crate::verify::margin::{label, number};

/// The pages that a row names.
pub(super) struct PageRange {
    /// The first of the words that name them.
    pub(super) at: usize,
    pub(super) first: String,
    pub(super) last: Option<String>,
}

/// A range in the column of pages by the labels of the file, which may have spaces and signs: all of the last words together.
pub(super) fn own_range(
    words: &[(&str, Rect)],
    column: Option<(f64, f64)>,
    names: &RowContext<'_>,
) -> Option<PageRange> {
    let (_, extent) = words.last()?;
    column.filter(|column| in_column(*extent, *column))?;
    // What stands further apart than words do belongs to another column.
    let is_near = |at: &usize| match (words.get(*at), words.get(at + 1)) {
        (Some((_, one)), Some((_, other))) => other.left - one.right < 0.6 * one.height(),
        _ => true,
    };
    (0..words.len()).rev().take_while(is_near).find_map(|at| {
        let texts: String = words.get(at..)?.iter().map(|(text, _)| *text).collect();
        let (first, last) = match texts.split_once(['–', '—']) {
            Some((first, last)) => (first, Some(last).filter(|last| (names.is_label)(last))),
            None => (texts.as_str(), Some(texts.as_str())),
        };
        // What any page number may be is read as in anybody's index.
        let is_plain = at + 1 == words.len() && first_page(&texts).as_deref() == Some(first);
        ((names.is_label)(first) && !is_plain).then(|| PageRange {
            at,
            first: first.to_owned(),
            last: last.map(str::to_owned),
        })
    })
}

/// A range in the column of pages, or where that has no head at the end of the row, by what numbers of pages are made of.
pub(super) fn range_of(
    words: &[(&str, Rect)],
    (column, has_ends): (Option<(f64, f64)>, bool),
    width: f64,
) -> Option<PageRange> {
    let at = match column {
        Some(column) => words
            .iter()
            .position(|(text, extent)| in_column(*extent, column) && first_page(text).is_some()),
        None => None,
    };
    // Without a head: the last word, if it stands in the right half.
    let at = at.or_else(|| {
        let range = trailing_range(words)?;
        let (_, extent) = words.get(range)?;
        (column.is_none() && extent.left > width * 0.5).then_some(range)
    })?;
    let (text, _) = words.get(at)?;
    Some(PageRange {
        at,
        last: last_page(text)
            .or_else(|| end_behind(words.get(at + 1..)?, has_ends))
            .or_else(|| first_page(text).filter(|_| !text.ends_with(['-', '–', '—']))),
        first: first_page(text).unwrap_or_default(),
    })
}

fn in_column(extent: Rect, (left, right): (f64, f64)) -> bool {
    let near = 12.0;
    (extent.left < right + near && extent.right > left - near)
        && ((extent.left - left).abs() < 2.0 * near
            || (extent.right - right).abs() < 2.0 * near
            || (extent.left > left - near && extent.right < right + near))
}

/// Where the page or range of pages at the end of a row begins.
fn trailing_range(words: &[(&str, Rect)]) -> Option<usize> {
    let last = words.len().checked_sub(1)?;
    let is_page =
        |index: usize| words.get(index).is_some_and(|(text, _)| first_page(text).is_some());
    let is_dash = |index: usize| words.get(index).is_some_and(|(text, _)| is_dash(text));
    if !is_page(last) {
        return None;
    }
    // `12 – 15` is three words.
    if last >= 2 && is_dash(last - 1) && is_page(last - 2) {
        return Some(last - 2);
    }
    Some(last)
}

/// The first page of `12`, `12-15`, `12–15`, `A1–A3`, `[12]`, `p.12`.
pub(super) fn first_page(text: &str) -> Option<String> {
    let first = text.split(['–', '—']).next()?;
    let first = match first.split_once('-') {
        // An insert such as 88-1 is one page; 12-15 is a range.
        Some((first, last))
            if number(last) >= number(first) || last.starts_with(char::is_alphabetic) =>
        {
            first
        }
        _ => first,
    };
    label(first).filter(|label| label.chars().any(|c| c.is_ascii_digit()))
}

/// The last page of `12-15`, `12–15`, `A1–A3`, `[12-15]`.
pub(super) fn last_page(text: &str) -> Option<String> {
    let (first, last) = text.split_once(['–', '—']).or(text.split_once('-'))?;
    let first = label(first).filter(|first| first_page(text).as_ref() == Some(first))?;
    let prefix = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = label(last).filter(|last| number(last).is_some())?;
    // `A1–3` leaves out the second letter.
    match last.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Some(format!("{prefix}{last}")),
        false => Some(last),
    }
}

/// The end of a range in the words behind its beginning: `– 15`, or the page below a head of its own.
fn end_behind(words: &[(&str, Rect)], has_ends: bool) -> Option<String> {
    let last = match words {
        [(dash, _), (last, _), ..] if is_dash(dash) => last,
        [(last, _)] if has_ends => last,
        _ => return None,
    };
    label(last).filter(|last| number(last).is_some())
}

fn is_dash(text: &str) -> bool {
    ["-", "–", "—", "to", "i"].contains(&text)
}
