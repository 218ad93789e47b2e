//! How the width of the index is shared out, and what each of its rows holds once wrapped.

use super::canvas::{LEFT, Palette, RIGHT};
use super::fonts::Face;
use super::text::{Run, Style};
use super::words::{Words, words};
use super::{FrontError, IndexRow, Setting};

/// The room between two columns.
const GAP: f32 = 12.0;
/// A date such as `30 September 2026` fits on one line, odd texts wrap.
const WIDEST_DATE: f32 = 108.0;
const WIDEST_REFERENCE: f32 = 84.0;
const WIDEST_PAGES: f32 = 96.0;
/// One or two letters are usual.
const WIDEST_LETTER: f32 = 40.0;
/// A section has no date and no reference, so its pages may reach into their columns.
const WIDEST_SECTION_PAGES: f32 = 220.0;
/// Sums and differences of floats must not make the widest text of a column wrap.
const SLACK: f32 = 0.5;

/// The looks of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndexStyles {
    pub(super) text: Style,
    pub(super) quiet: Style,
    pub(super) strong: Style,
    pub(super) head: Style,
    pub(super) follow: Style,
}

impl IndexStyles {
    pub(super) fn new() -> Result<Self, FrontError> {
        Ok(Self {
            text: Style::new(Face::Regular, 11.0, Palette::Text)?,
            quiet: Style::new(Face::Regular, 11.0, Palette::Quiet)?,
            strong: Style::new(Face::Bold, 11.0, Palette::Accent)?,
            head: Style::new(Face::Bold, 10.0, Palette::Accent)?,
            follow: Style::new(Face::Bold, 10.0, Palette::Warning)?,
        })
    }
}

/// Where the columns stand. Nothing here looks at the pages of a row: the plan needs the number
/// of index pages before it can know them.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) looks: IndexStyles,
    pub(super) words: &'static Words,
    pub(super) title: f32,
    pub(super) date: f32,
    pub(super) reference: f32,
    pages_width: f32,
    section_pages_width: f32,
    /// How many lines the pages of one row may need.
    pages_lines: usize,
}

impl Columns {
    pub(super) fn new(rows: &[IndexRow], setting: &Setting) -> Result<Self, FrontError> {
        let (looks, words) = (IndexStyles::new()?, words(setting.language));
        let cells = widest_cells(rows, looks, words);
        let widest = looks.strong.run(&setting.widest_pages).width;
        let pages = widest
            .min(WIDEST_PAGES)
            .max(looks.head.run(words.pages).width)
            .max(looks.follow.run(words.to_follow).width);
        let pages = pages + SLACK;
        let reference = RIGHT - pages - GAP - SLACK - cells.reference.min(WIDEST_REFERENCE);
        Ok(Self {
            looks,
            words,
            title: LEFT + cells.number + SLACK + GAP,
            date: reference - GAP - SLACK - cells.date.min(WIDEST_DATE),
            reference,
            pages_width: pages,
            section_pages_width: (widest + SLACK).min(WIDEST_SECTION_PAGES).max(pages),
            pages_lines: if widest > pages { 2 } else { 1 },
        })
    }

    /// Wraps what a row holds.
    pub(super) fn set(&self, row: &IndexRow) -> SetRow {
        match row {
            IndexRow::Section { letter, title, pages } => self.section(letter, title, pages),
            IndexRow::Document { number, title, date, reference, pages, to_follow } => {
                let looks = self.looks;
                let title_room = self.date - GAP - self.title;
                let reference_room = RIGHT - self.pages_width - GAP - self.reference;
                SetRow {
                    section: false,
                    lines: 0,
                    number: vec![looks.text.run(&number.to_string())],
                    title: looks.text.wrap(title, title_room),
                    date: self.date(date),
                    reference: looks.text.wrap(reference, reference_room),
                    pages: self.pages(pages),
                }
                .with_pages(self.pages_lines, to_follow.then(|| self.follow()))
            }
        }
    }

    fn follow(&self) -> Run {
        self.looks.follow.run(self.words.to_follow)
    }

    /// A word in place of a date is set back, so that the eye finds the dates.
    fn date(&self, date: &str) -> Vec<Run> {
        let dated = date.chars().any(|c| c.is_ascii_digit());
        let style = if dated { self.looks.text } else { self.looks.quiet };
        style.wrap(date, self.reference - GAP - self.date)
    }

    fn section(&self, letter: &str, title: &str, pages: &str) -> SetRow {
        let style = self.looks.strong;
        let room = RIGHT - self.section_pages_width - GAP - self.title;
        let title = style.wrap(title, room);
        SetRow {
            section: true,
            lines: title.len().max(1),
            number: vec![style.fit(letter, self.title - GAP - LEFT)],
            title,
            date: Vec::new(),
            reference: Vec::new(),
            pages: vec![style.fit(pages, self.section_pages_width)],
        }
    }

    /// A range of pages too wide for its column goes on after the dash.
    fn pages(&self, pages: &str) -> Vec<Run> {
        let style = self.looks.text;
        let run = style.run(pages);
        if run.width <= self.pages_width || self.pages_lines == 1 {
            return vec![style.fit(pages, self.pages_width)];
        }
        let dash = pages.find('–').map(|at| at + '–'.len_utf8());
        let (from, to) = dash.and_then(|at| pages.split_at_checked(at)).unwrap_or((pages, ""));
        [from, to]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| style.fit(part, self.pages_width))
            .collect()
    }
}

/// The widest thing in each of the columns that are as wide as what they hold.
struct Cells {
    number: f32,
    date: f32,
    reference: f32,
}

fn widest_cells(rows: &[IndexRow], looks: IndexStyles, words: &Words) -> Cells {
    let mut cells = Cells {
        number: looks.head.run(words.number).width,
        date: looks.head.run(words.date).width,
        reference: looks.head.run(words.reference).width,
    };
    let mut last = 0;
    for row in rows {
        match row {
            IndexRow::Document { number, date, reference, .. } => {
                last = last.max(*number);
                cells.date = cells.date.max(looks.text.run(date).width);
                cells.reference = cells.reference.max(looks.text.run(reference).width);
            }
            IndexRow::Section { letter, .. } => {
                let letter = looks.strong.run(letter).width.min(WIDEST_LETTER);
                cells.number = cells.number.max(letter);
            }
        }
    }
    cells.number = cells.number.max(looks.text.run(&last.to_string()).width);
    cells
}

/// A row of the index, wrapped.
#[derive(Debug)]
pub(super) struct SetRow {
    /// Whether it is the heading of a section.
    pub(super) section: bool,
    /// How many lines high it is, at least one.
    pub(super) lines: usize,
    pub(super) number: Vec<Run>,
    pub(super) title: Vec<Run>,
    pub(super) date: Vec<Run>,
    pub(super) reference: Vec<Run>,
    pub(super) pages: Vec<Run>,
}

impl SetRow {
    /// Counts the lines: `reserved` for the pages, however few they fill, and the word below.
    fn with_pages(mut self, reserved: usize, follow: Option<Run>) -> Self {
        let pages = reserved + usize::from(follow.is_some());
        self.pages.extend(follow);
        let cells = [&self.title, &self.date, &self.reference];
        self.lines = cells.into_iter().map(Vec::len).fold(pages, usize::max);
        self
    }
}
