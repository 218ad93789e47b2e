//! Sheets that the program makes itself: cover, index, section dividers, placeholder sheets.
//!
//! All of a bundle are A4 portrait and set with printpdf in an embedded subset of Noto Sans. The outer 45
//! points at the head and the foot of each sheet stay free: the page numbers are stamped there.
//!
//! Lists that are handed out by themselves are set as tables, on A4 landscape.
//!
//! The number of index pages goes into the plan before any page has its number, so
//! [`count_index_pages`] lays out the same rows as [`set`] without looking at their pages.

mod canvas;
mod columns;
mod compose;
mod cover;
mod cover_text;
mod divider;
mod error;
mod fonts;
mod index;
mod paginate;
mod placeholder;
mod table;
mod text;
mod words;
mod write;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::manifest::Language;

use canvas::Canvas;
use index::Index;

pub(crate) use compose::{Composition, compose};
pub(crate) use error::FrontError;
pub(crate) use fonts::{Face, Subset, subset};
pub(crate) use table::{LineStyle, TableColumn, TableLine, TableRow, TableSheet, set_tables};
pub(crate) use text::Unset;
pub(crate) use words::{date_in_words, words};

/// One sheet, or for the index a run of sheets.
#[derive(Debug, Clone, PartialEq)]
pub enum Sheet {
    /// The cover.
    Cover(Cover),
    /// The index; as many pages as its rows need.
    Index(Vec<IndexRow>),
    /// The divider before a section.
    Divider(Divider),
    /// The sheet that keeps the place of a document not yet held.
    Placeholder(Placeholder),
}

/// What the cover says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cover {
    /// The court, as a heading.
    pub court: Option<String>,
    /// The short name of the case.
    pub title: String,
    /// The heading of this bundle.
    pub bundle: String,
    /// The version, where there is one.
    pub version: Option<String>,
    /// The police and CPS unique reference number.
    pub urn: Option<String>,
    /// The court's own number.
    pub court_case_number: Option<String>,
    /// The names of the defendants.
    pub defendants: Vec<String>,
    /// The hearing in words: kind, date, time, courtroom; one line each.
    pub hearing: Vec<String>,
    /// How many pages the finished PDF has.
    pub pages: u32,
    /// Remarks below, such as that documents are still to follow.
    pub notes: Vec<String>,
}

/// One row of the index.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexRow {
    /// The heading of a section.
    Section {
        /// Such as `B`.
        letter: String,
        /// Such as `Witness statements`.
        title: String,
        /// What the pages column says; may be empty.
        pages: String,
    },
    /// One document.
    Document {
        /// The running number in the index.
        number: u32,
        /// The title, wrapped as it needs.
        title: String,
        /// `2 June 2026` or `undated`.
        date: String,
        /// Exhibit reference or form.
        reference: String,
        /// `12–15` or `12`; no wider than [`Setting::widest_pages`], or else it is set smaller.
        pages: String,
        /// Whether the document is still to follow, which is then said below its pages.
        to_follow: bool,
    },
}

/// What a divider sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divider {
    /// The section's letter.
    pub letter: String,
    /// The section's title.
    pub title: String,
}

/// What a placeholder sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The section's letter and title.
    pub section: String,
    /// The document's title.
    pub title: String,
    /// Exhibit reference or form.
    pub reference: Option<String>,
    /// Who is to supply it.
    pub supplier: Option<String>,
    /// When it is due.
    pub due: Option<Date>,
}

/// What all sheets of one bundle share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The language of the fixed words.
    pub language: Language,
    /// The widest thing that the pages column will have to hold, such as `1188–1200`.
    pub widest_pages: String,
    /// What stands at the head of each index page: the case's title and the bundle's.
    pub running_head: String,
}

/// A rectangle on a page, in points from the lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RowLink {
    /// The page of [`FrontMatter::pdf`], from 0.
    pub page: usize,
    /// Left, bottom, right, top.
    pub rect: [f32; 4],
    /// The position of the row in its index.
    pub row: usize,
}

/// The finished sheets.
#[derive(Debug, Clone)]
pub(crate) struct FrontMatter {
    /// One PDF that holds all sheets in the order given.
    pub pdf: Vec<u8>,
    /// For each sheet given, its first page in [`FrontMatter::pdf`], from 0.
    pub first_page: Vec<usize>,
    /// The number of pages in [`FrontMatter::pdf`].
    pub pages: usize,
    /// Where the rows of the index stand; a row that breaks over two pages has two.
    pub links: Vec<RowLink>,
}

/// Sets the sheets, in the order given, into one PDF.
///
/// The same sheets give the same bytes, whatever the process has set before.
pub(crate) fn set(sheets: &[Sheet], setting: &Setting) -> Result<FrontMatter, FrontError> {
    let mut canvas = Canvas::default();
    let mut first_page = Vec::with_capacity(sheets.len());
    let mut links = Vec::new();
    for sheet in sheets {
        first_page.push(canvas.pages.len());
        match sheet {
            Sheet::Cover(cover) => cover::draw(&mut canvas, cover, setting)?,
            Sheet::Index(rows) => links.extend(Index::new(rows, setting)?.draw(&mut canvas)),
            Sheet::Divider(divider) => divider::draw(&mut canvas, divider, setting)?,
            Sheet::Placeholder(sheet) => placeholder::draw(&mut canvas, sheet, setting)?,
        }
    }
    let pages = canvas.pages.len();
    Ok(FrontMatter { pdf: write::write(canvas)?, first_page, pages, links })
}

/// How many pages the index will have. The text of the pages column is not looked at: its width
/// comes from [`Setting::widest_pages`].
pub(crate) fn count_index_pages(rows: &[IndexRow], setting: &Setting) -> Result<usize, FrontError> {
    Ok(Index::new(rows, setting)?.pages())
}
