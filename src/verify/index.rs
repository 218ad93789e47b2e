//! The index of a bundle, found by its heading and read row by row, as a person reads it.

mod range;
mod rows;
mod sections;

use rows::{bands, column_head, rows_of};
pub(super) use sections::sections;

use super::document::ReadLink;
use super::margin::number;
use crate::model::geometry::Rect;
use crate::pdf::page::Line;

/// The index stands no further in than this.
const FRONT: usize = 60;

/// Words that head an index, in English and Welsh.
const HEADINGS: [&str; 4] = ["index", "contents", "mynegai", "cynnwys"];

/// A list of contents this near to the front is that of the bundle.
const NEAR: usize = 4;

/// Words that head the other columns of an index.
const HEADS: [&str; 16] = [
    "tab",
    "title",
    "document",
    "documents",
    "description",
    "date",
    "item",
    "exhibit",
    "no",
    "reference",
    "ref",
    "witness",
    "author",
    "dogfen",
    "teitl",
    "dyddiad",
];

/// A row that names a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadRow {
    /// The page of the index that it stands on, from 0.
    pub(super) page: usize,
    /// What it says beside the page number.
    pub(super) title: String,
    /// The first page that it names.
    pub(super) first: String,
    /// The last page that it names, which may be the first; `None` where its range goes on elsewhere.
    pub(super) last: Option<String>,
    /// Where it stands.
    pub(super) extent: Rect,
}

impl ReadRow {
    fn go_on(&mut self, below: Self) {
        self.title = format!("{} {}", self.title, below.title);
        self.extent.bottom = below.extent.bottom;
        self.last = below.last;
    }

    /// Those of the links of its page that stand on it and stay within the file.
    pub(super) fn links<'a>(
        &self,
        links: &'a [(Rect, ReadLink)],
    ) -> impl Iterator<Item = &'a ReadLink> {
        let extent = self.extent;
        let middle = (extent.bottom + extent.top) / 2.0;
        let is_on_row = move |area: &Rect| {
            area.bottom - 2.0 <= middle
                && middle <= area.top + 2.0
                && area.left < extent.right
                && area.right > extent.left
        };
        let on_row = links.iter().filter(move |(area, _)| is_on_row(area));
        on_row.map(|(_, link)| link).filter(|link| !link.leaves)
    }
}

/// What of a page the search for an index needs.
pub(super) struct FrontPage<'a> {
    /// Its lines.
    pub(super) lines: &'a [Line],
    /// Its size in points.
    pub(super) size: (f64, f64),
    /// Where its own number stands.
    pub(super) number: Option<Rect>,
    /// Whether links lead from it to other pages.
    pub(super) links: usize,
}

/// How many of the first pages have to be looked at.
pub(super) fn front(pages: usize) -> usize {
    pages.min(FRONT)
}

/// What the rest of a bundle says of rows.
pub(super) struct RowContext<'a> {
    /// The page, from 0, that a number means.
    pub(super) named: &'a dyn Fn(&str) -> Option<usize>,
    /// Whether a text is the number of a page, whatever that is made of.
    pub(super) is_label: &'a dyn Fn(&str) -> bool,
    /// The page, from 0, where what a row names begins, as its link or the number printed there bears out.
    pub(super) borne_out: &'a dyn Fn(&ReadRow) -> Option<usize>,
    /// How many pages there are.
    pub(super) total: usize,
}

/// The pages of the index, from 0, and its rows. It ends before the first page that one of its rows names: a list of
/// contents that stands there is that of a document.
pub(super) fn find(
    pages: &[FrontPage<'_>],
    names: &RowContext<'_>,
) -> Option<(Vec<usize>, Vec<ReadRow>)> {
    let start = start(pages, names)?;
    let mut end = pages.len();
    let mut on = Vec::new();
    let mut rows: Vec<ReadRow> = Vec::new();
    let mut column = None;
    for (index, page) in pages.iter().enumerate().skip(start) {
        if index >= end {
            break;
        }
        let (here, found) = rows_of((index, page), column, names);
        let goes_on =
            index == start || is_headed(page) || (page.links >= 2 && here.len() >= 2) || {
                // Without links and heading: rows that go on where the last ones ended.
                here.len() >= 4 && ascends(rows.last(), &here)
            };
        if !goes_on {
            break;
        }
        column = found.or(column);
        on.push(index);
        let begun = here.iter().filter_map(names.borne_out);
        end = begun.filter(|first| *first > start).fold(end, usize::min);
        rows.extend(here);
    }
    Some((on, rows))
}

/// Where the index begins: a page with the look of one and rows. A list of contents further in belongs to a document,
/// unless what it names goes through the bundle.
fn start(pages: &[FrontPage<'_>], names: &RowContext<'_>) -> Option<usize> {
    let has_rows = |index: usize, page: &FrontPage<'_>| {
        let (rows, _) = rows_of((index, page), None, names);
        let furthest = rows.iter().filter_map(|row| (names.named)(&row.first)).max();
        !rows.is_empty() && (index < NEAR || furthest.is_some_and(|page| page * 2 >= names.total))
    };
    let looks_like_one =
        |page: &FrontPage<'_>| is_headed(page) || (page.links > 0 && has_column(page));
    let mut candidates = pages.iter().enumerate();
    candidates
        .clone()
        .find(|(index, page)| looks_like_one(page) && has_rows(*index, page))
        .or_else(|| candidates.find(|(index, page)| *index < NEAR && is_headed(page)))
        .map(|(index, _)| index)
}

fn is_headed(page: &FrontPage<'_>) -> bool {
    heading(page).is_some()
}

/// Whether a row of heads names a column of pages beside others that an index has.
fn has_column(page: &FrontPage<'_>) -> bool {
    bands(page).iter().any(|band| {
        column_head(band).is_some()
            && band
                .iter()
                .flat_map(|line| &line.words)
                .any(|word| HEADS.contains(&word.text.to_lowercase().trim_end_matches(['.', ':'])))
    })
}

fn ascends(last: Option<&ReadRow>, rows: &[ReadRow]) -> bool {
    let numbers: Vec<u64> =
        last.into_iter().chain(rows).filter_map(|row| number(&row.first)).collect();
    numbers.len() > rows.len() && numbers.is_sorted()
}

/// A short line with one of the words that head an index, in the upper part of the page.
fn heading<'a>(page: &FrontPage<'a>) -> Option<&'a Line> {
    page.lines.iter().find(|line| {
        line.angle == 0
            && line.words.len() <= 6
            && line.extent.bottom > page.size.1 * 0.5
            && line.words.iter().any(|word| {
                let word = word.text.to_lowercase();
                HEADINGS.contains(&word.trim_matches(|c: char| !c.is_alphabetic()))
            })
    })
}

#[cfg(test)]
mod tests;
