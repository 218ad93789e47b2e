//! The index of a bundle, found by its heading and read row by row, as a person reads it.

use super::document::ReadLink;
use super::margin::{label, number};
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

/// Words that head the column of page numbers.
const COLUMN: [&str; 9] =
    ["page", "pages", "page(s)", "from", "tudalen", "tudalennau", "pg", "p.", "pp."];

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

/// The rows of one page, and where the column of page numbers stands: `(left, right)`.
fn rows_of(
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
fn bands<'a>(page: &FrontPage<'a>) -> Vec<Vec<&'a Line>> {
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
fn column_head(band: &[&Line]) -> Option<(f64, f64)> {
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

/// The pages that a row names.
struct PageRange {
    /// The first of the words that name them.
    at: usize,
    first: String,
    last: Option<String>,
}

/// A range in the column of pages by the labels of the file, which may have spaces and signs: all of the last words together.
fn own_range(
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
fn range_of(
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

fn is_own_number(page: &FrontPage<'_>, extent: Rect) -> bool {
    page.number.is_some_and(|number| number.intersection(extent).is_some())
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
fn first_page(text: &str) -> Option<String> {
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
fn last_page(text: &str) -> Option<String> {
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

/// Words before the letter or number of a section, in English and Welsh.
const DIVISIONS: [&str; 4] = ["section", "part", "divider", "adran"];

/// The headings of sections within an index, such as `Section B: Witness statements`, and the page that each stands on.
pub(super) fn sections(
    index: Option<&(Vec<usize>, Vec<ReadRow>)>,
    lines: &[Vec<Line>],
) -> Vec<(usize, String)> {
    let Some((pages, rows)) = index else {
        return Vec::new();
    };
    let on_page = pages.iter().filter_map(|page| Some((*page, lines.get(*page)?)));
    let headings = on_page.flat_map(|(page, lines)| lines.iter().map(move |line| (page, line)));
    headings
        .filter(|(page, line)| {
            let mut rows = rows.iter().filter(|row| row.page == *page);
            is_division(line) && !rows.any(|row| row.extent.intersection(line.extent).is_some())
        })
        .map(|(page, line)| (page, line.text()))
        .collect()
}

/// Whether a line says what a section is called, and no more than that.
fn is_division(line: &Line) -> bool {
    let words: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
    let [first, name, title, ..] = words.as_slice() else {
        return false;
    };
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name = name.chars().count() <= 2
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    DIVISIONS.contains(&first.to_lowercase().as_str())
        && is_name
        && !name.is_empty()
        && !title.is_empty()
        && words.len() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::page::Word;

    fn line(words: &[(&str, f64)], y: f64) -> Line {
        let words: Vec<Word> = words
            .iter()
            .map(|(text, x)| Word {
                text: (*text).to_owned(),
                extent: Rect::new(*x, y - 2.0, x + 5.0 * text.len() as f64, y + 8.0),
            })
            .collect();
        let right = words.last().unwrap().extent.right;
        Line {
            extent: Rect::new(words[0].extent.left, y - 2.0, right, y + 8.0),
            words,
            angle: 0,
            size: 10.0,
        }
    }

    fn found(lines: &[Line]) -> Vec<(String, String)> {
        let page = FrontPage { lines, size: (595.0, 842.0), number: None, links: 1 };
        let names =
            RowContext { named: &|_| None, is_label: &|_| false, borne_out: &|_| None, total: 20 };
        let (_, rows) = find(&[page], &names).unwrap();
        rows.into_iter().map(|row| (row.title, row.first)).collect()
    }

    #[test]
    fn rows_are_read_by_the_column_of_pages() {
        let lines = [
            line(&[("Index", 60.0)], 780.0),
            line(&[("No", 60.0), ("Document", 90.0)], 740.0),
            line(&[("Date", 380.0)], 740.0),
            line(&[("Pages", 480.0)], 740.0),
            line(
                &[("1", 60.0), ("Statement", 90.0), ("of", 140.0), ("PC", 155.0), ("12", 175.0)],
                700.0,
            ),
            line(&[("2", 380.0), ("June", 390.0), ("2026", 420.0)], 700.0),
            line(&[("12–15", 480.0)], 700.0),
            line(&[("with", 90.0), ("a", 115.0), ("second", 125.0), ("line", 160.0)], 688.0),
            line(&[("2", 60.0), ("Photographs", 90.0)], 660.0),
            line(&[("A16", 480.0)], 660.0),
        ];
        assert_eq!(
            found(&lines),
            [
                ("1 Statement of PC 12 2 June 2026".to_owned(), "12".to_owned()),
                ("2 Photographs".to_owned(), "A16".to_owned()),
            ]
        );
    }

    #[test]
    fn without_a_head_the_last_number_on_the_right_is_the_page() {
        let lines = [
            line(&[("Table", 60.0), ("of", 90.0), ("Contents", 110.0)], 780.0),
            line(&[("Statement", 60.0)], 700.0),
            line(&[("4", 500.0), ("-", 510.0), ("9", 520.0)], 700.0),
            line(&[("Dated", 60.0), ("2026", 120.0)], 680.0),
        ];
        assert_eq!(found(&lines), [("Statement".to_owned(), "4".to_owned())]);
    }

    #[test]
    fn an_index_without_a_heading_is_known_by_its_columns() {
        let lines = [
            line(&[("Trial", 250.0), ("bundle", 290.0)], 780.0),
            line(&[("Tab", 60.0), ("Title", 90.0)], 740.0),
            line(&[("Page", 480.0)], 740.0),
            line(&[("001.", 60.0), ("Statement", 90.0)], 700.0),
            line(&[("2", 490.0)], 700.0),
        ];
        assert_eq!(found(&lines), [("001. Statement".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn an_index_ends_where_what_it_names_begins() {
        let list = |first: &str, second: &str| {
            [
                line(&[("Contents", 60.0)], 780.0),
                line(&[("Statement", 60.0)], 700.0),
                line(&[(first, 500.0)], 700.0),
                line(&[("Exhibit", 60.0)], 680.0),
                line(&[(second, 500.0)], 680.0),
            ]
        };
        let lists = [list("3", "9"), list("12", "15"), list("2", "4")];
        let pages: Vec<FrontPage<'_>> = lists
            .iter()
            .map(|lines| FrontPage { lines, size: (595.0, 842.0), number: None, links: 2 })
            .collect();
        let page = |label: &str| Some(label.parse::<usize>().ok()? - 1);
        let pages_of = |borne_out: &dyn Fn(&ReadRow) -> Option<usize>| {
            let names = RowContext { named: &page, is_label: &|_| false, borne_out, total: 20 };
            find(&pages, &names).unwrap().0
        };
        assert_eq!(pages_of(&|row| page(&row.first)), [0, 1]);
        assert_eq!(pages_of(&|_| None), [0, 1, 2]);
    }

    #[test]
    fn a_range_is_not_an_insert() {
        for (text, first) in [("12-15", "12"), ("88-1", "88-1"), ("A1-A3", "A1"), ("[7]", "7")] {
            assert_eq!(first_page(text).as_deref(), Some(first), "{text}");
        }
        assert_eq!(first_page("none"), None);
        for (text, last) in [
            ("12-15", Some("15")),
            ("12–15", Some("15")),
            ("A1–A3", Some("A3")),
            ("A1–3", Some("A3")),
            ("[12-15]", Some("15")),
            ("88-1", None),
            ("12", None),
        ] {
            assert_eq!(last_page(text).as_deref(), last, "{text}");
        }
    }
}
