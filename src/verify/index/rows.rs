//! The rows of an index, read band by band.

use super::range::{own_range, range_of};
use super::{FrontPage, ReadRow, RowContext};
use crate::model::geometry::Rect;
use crate::pdf::page::Line;

/// Words that head the column of page numbers.
const COLUMN: [&str; 9] =
    ["page", "pages", "page(s)", "from", "tudalen", "tudalennau", "pg", "p.", "pp."];

/// The rows of one page, and where the column of page numbers stands: `(left, right)`.
pub(super) fn rows_of(
    (index, page): (usize, &FrontPage<'_>),
    column: Option<(f64, f64)>,
    names: &RowContext<'_>,
) -> (Vec<ReadRow>, Option<(f64, f64)>) {
    let bands = bands(page);
    let heads = bands.iter().find(|band| column_head(band).is_some());
    let has_ends = heads.is_some_and(|band| {
        let mut words = band.iter().flat_map(|line| &line.words);
        words.any(|word| ["to", "hyd"].contains(&word.text.to_lowercase().as_str()))
    });
    let found = heads.and_then(|band| column_head(band)).or(column);
    let mut rows: Vec<ReadRow> = Vec::new();
    for row in bands.iter().filter_map(|band| row((index, page), band, (found, has_ends), names)) {
        match rows.last_mut().filter(|above| goes_on_in(above, &row)) {
            Some(above) => above.go_on(row),
            None => rows.push(row),
        }
    }
    (rows, found)
}

/// Whether a row above is cut within its range of pages, and the next line brings the end of it.
fn goes_on_in(above: &ReadRow, below: &ReadRow) -> bool {
    let height = below.extent.height();
    above.last.is_none()
        && below.last.as_ref() == Some(&below.first)
        && above.extent.bottom - below.extent.top < 0.8 * height
}

/// Lines that stand side by side, top to bottom.
pub(super) fn bands<'a>(page: &FrontPage<'a>) -> Vec<Vec<&'a Line>> {
    let mut lines: Vec<&Line> = page.lines.iter().filter(|line| line.angle == 0).collect();
    let middle = |line: &Line| (line.extent.bottom + line.extent.top) / 2.0;
    lines.sort_by(|one, other| middle(other).total_cmp(&middle(one)));
    let mut bands: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        match bands.last_mut() {
            Some(band)
                if band.first().is_some_and(|first| {
                    middle(first) - middle(line) < 0.4 * first.size.max(line.size)
                }) =>
            {
                band.push(line);
            }
            _ => bands.push(vec![line]),
        }
    }
    for band in &mut bands {
        band.sort_by(|one, other| one.extent.left.total_cmp(&other.extent.left));
    }
    bands
}

/// The extent of the head of the column of page numbers: a word such as `Page` in a row of at least two heads.
pub(super) fn column_head(band: &[&Line]) -> Option<(f64, f64)> {
    let words: Vec<_> = band.iter().flat_map(|line| &line.words).collect();
    if words.len() < 2 || words.iter().any(|word| word.text.chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    let is_head = |text: &str| COLUMN.contains(&text.to_lowercase().trim_end_matches('.'));
    let head = words.iter().find(|word| is_head(&word.text))?;
    Some((head.extent.left, head.extent.right))
}

fn row(
    (index, page): (usize, &FrontPage<'_>),
    band: &[&Line],
    (column, has_ends): (Option<(f64, f64)>, bool),
    names: &RowContext<'_>,
) -> Option<ReadRow> {
    let extent = band.iter().map(|line| line.extent).reduce(|one, other| Rect {
        left: one.left.min(other.left),
        bottom: one.bottom.min(other.bottom),
        right: one.right.max(other.right),
        top: one.top.max(other.top),
    })?;
    let words: Vec<(&str, Rect)> = band
        .iter()
        .flat_map(|line| &line.words)
        .filter(|word| !is_own_number(page, word.extent))
        .map(|word| (word.text.as_str(), word.extent))
        .collect();
    let range = match own_range(&words, column, names) {
        Some(range) => range,
        None => range_of(&words, (column, has_ends), page.size.0)?,
    };
    let title: Vec<&str> = words
        .get(..range.at)?
        .iter()
        .map(|(text, _)| *text)
        .filter(|text| text.chars().any(char::is_alphanumeric))
        .collect();
    let says_something = title.iter().any(|word| word.chars().any(char::is_alphabetic));
    says_something.then(|| ReadRow {
        page: index,
        title: title.join(" "),
        first: range.first,
        last: range.last,
        extent,
    })
}

fn is_own_number(page: &FrontPage<'_>, extent: Rect) -> bool {
    page.number.is_some_and(|number| number.intersection(extent).is_some())
}
