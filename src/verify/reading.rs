//! Everything that the rules need to know of a finished bundle, read once.

mod names;
mod page;

use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use rayon::prelude::*;

pub(super) use self::page::see_page;
pub use self::page::{FromSource, PageFacts, PageReading};

use self::names::{LabelledPages, find_index};
use super::document::{ReadBookmark, ReadDocument, ReadLink, Target};
use super::duplicates::{self, Thumbprint};
use super::index::{self, ReadRow};
use super::inside::Inside;
use super::margin::{self, Candidate, PrintedName};
use super::stamped::printed_number;
use super::weights;
use crate::inspect::PageLeaks;
use crate::inspect::take_for_repeats;
use crate::model::geometry::Rect;
use crate::pdf::page::{Cache, DrawCache, FileWords, Line, PageContent, boxes};

/// Pages read by one thread before the next takes over; fonts are kept for so long.
const CHUNK: usize = 48;

/// One page.
#[derive(Debug, Clone)]
pub(super) struct ReadPage {
    /// Its label, by the labels of the PDF or by its place.
    pub(super) label: String,
    /// Its size as displayed, in points.
    pub(super) size: (f64, f64),
    /// The number printed on it.
    pub(super) number: Option<Candidate>,
    /// What it shows.
    pub(super) content: Arc<PageContent>,
    /// Its links, with where they can be clicked in displayed space.
    pub(super) links: Vec<(Rect, ReadLink)>,
    /// What it betrays.
    pub(super) leaks: PageLeaks,
}

/// A finished bundle.
#[derive(Debug)]
pub(super) struct ReadBundle {
    /// The size of the file.
    pub(super) bytes: u64,
    pub(super) pages: Vec<ReadPage>,
    pub(super) has_labels: bool,
    pub(super) opening: Option<Target>,
    pub(super) bookmarks: Vec<ReadBookmark>,
    /// The pages of the index and its rows; `None` where no index was found.
    pub(super) index: Option<(Vec<usize>, Vec<ReadRow>)>,
    /// Sections that the index is divided into, with the page of the index, from 0.
    pub(super) sections: Vec<(usize, String)>,
    /// Pictures of written pages that cannot be searched.
    pub(super) unsearchable: Vec<usize>,
    /// Blank pages.
    pub(super) blank: Vec<usize>,
    /// Pages that are like an earlier one, that one first.
    pub(super) duplicates: Vec<(usize, usize)>,
    pub(super) inside: Inside,
    /// The bytes that each page is the first to need.
    pub(super) weights: Vec<u64>,
    names: LabelledPages,
}

impl ReadBundle {
    /// Reads all of a PDF; `None` where it has no catalog.
    pub(super) fn new(pdf: &Pdf, bytes: u64) -> Option<Self> {
        let document = ReadDocument::new(pdf)?;
        let front = index::front(document.page_count());
        let seen = see(pdf, &document.labels(), front);
        Some(Self::put_together(&document, pdf, bytes, seen))
    }

    /// Reads what the program has just built. `sources` has an entry for each page that comes from a source, which is
    /// taken from there; only the program's own sheets are looked at.
    pub(super) fn of_built(
        pdf: &Pdf,
        bytes: u64,
        sources: &[Option<FromSource<'_>>],
    ) -> Option<Self> {
        let document = ReadDocument::new(pdf)?;
        let (cache, drawing) = (Cache::new(), DrawCache::new());
        let words = FileWords::of(pdf, pdf.pages().first());
        let labels = document.labels();
        let front = index::front(document.page_count());
        let pages = pdf.pages().iter().enumerate();
        let seen = pages.map(|(index, page)| {
            let Some(source) = sources.get(index).and_then(Option::as_ref) else {
                let label = labels.get(index).map_or("", String::as_str);
                return see_page((page, label), &cache, &drawing, &words, index < front);
            };
            let (facts, leaks) = source.read(page);
            let number = printed_number(page);
            let number = number.map(|label| Candidate::stamped(label, source.place));
            PageReading {
                size: boxes(page).displayed_size(),
                lines: (index < front).then(Vec::new),
                candidates: number.into_iter().collect(),
                facts,
                leaks,
            }
        });
        let seen = seen.collect();
        Some(Self::put_together(&document, pdf, bytes, seen))
    }

    fn put_together(
        document: &ReadDocument<'_>,
        pdf: &Pdf,
        bytes: u64,
        mut seen: Vec<PageReading>,
    ) -> Self {
        take_for_repeats(&mut seen.iter_mut().map(|page| &mut page.leaks).collect::<Vec<_>>());
        let labels = document.labels();
        let expected = PrintedName::of(&labels);
        let candidates: Vec<Vec<Candidate>> =
            seen.iter().map(|seen| seen.candidates.clone()).collect();
        let numbers = margin::printed(&candidates, &expected);
        let mut looks = Vec::with_capacity(seen.len());
        let mut fronts: Vec<Vec<Line>> = Vec::new();
        let mut pages = Vec::with_capacity(seen.len());
        let parts = seen.into_iter().zip(numbers).zip(&labels);
        for (((seen, number), label), page) in parts.zip(pdf.pages().iter()) {
            pages.push(ReadPage {
                label: label.clone(),
                size: seen.size,
                content: seen.facts.content,
                links: links(document, page),
                leaks: seen.leaks,
                number: number.cloned(),
            });
            looks.push(seen.facts.look);
            fronts.extend(seen.lines);
        }
        let names = LabelledPages::of(&pages);
        let index = find_index(&pages, &fronts, &names);
        Self {
            bytes,
            sections: index::sections(index.as_ref(), &fronts),
            has_labels: document.has_labels(),
            opening: document.opening(),
            bookmarks: document.bookmarks(),
            index,
            unsearchable: unsearchable(&pages, &looks),
            blank: blank(&pages, &looks),
            duplicates: duplicates::find(pages.iter().map(|page| &*page.content), &looks),
            inside: Inside::of(pdf, document.catalog()),
            weights: weights::of_pages(pdf.pages()),
            names,
            pages,
        }
    }

    /// The page that a printed number or a row of the index means, from 0.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.names.page(name)
    }
}

/// Looks at every page, at several of them at a time.
fn see(pdf: &Pdf, labels: &[String], front: usize) -> Vec<PageReading> {
    let words = FileWords::of(pdf, pdf.pages().first());
    let pages: &[Page<'_>] = pdf.pages();
    pages
        .par_chunks(CHUNK)
        .enumerate()
        .flat_map_iter(|(chunk, pages)| {
            let (cache, drawing) = (Cache::new(), DrawCache::new());
            let see = |(index, page)| {
                let index = chunk * CHUNK + index;
                let label = labels.get(index).map_or("", String::as_str);
                see_page((page, label), &cache, &drawing, &words, index < front)
            };
            pages.iter().enumerate().map(see).collect::<Vec<PageReading>>()
        })
        .collect()
}

/// The links of a page with their areas in displayed space.
fn links(document: &ReadDocument<'_>, page: &Page<'_>) -> Vec<(Rect, ReadLink)> {
    let Some(to_displayed) = boxes(page).user_to_displayed() else {
        return Vec::new();
    };
    let links = document.links(page).into_iter();
    links
        .map(|link| {
            let [x0, y0, x1, y1] = link.area;
            (to_displayed.apply_to_rect(Rect::new(x0, y0, x1, y1)), link)
        })
        .collect()
}

/// A page that could not be drawn counts: somebody must look at it.
fn unsearchable(pages: &[ReadPage], looks: &[Option<Thumbprint>]) -> Vec<usize> {
    pages
        .iter()
        .zip(looks)
        .enumerate()
        .filter(|(_, (page, look))| {
            page.content.unsearchable().is_some_and(|picture| {
                look.as_ref().is_none_or(|look| look.is_paper(picture.area) && !look.is_blank())
            })
        })
        .map(|(index, _)| index)
        .collect()
}

fn blank(pages: &[ReadPage], looks: &[Option<Thumbprint>]) -> Vec<usize> {
    pages
        .iter()
        .zip(looks)
        .enumerate()
        .filter(|(_, (page, look))| {
            page.content.is_empty()
                && (page.content.pictures.is_empty()
                    || look.as_ref().is_some_and(Thumbprint::is_blank))
        })
        .map(|(index, _)| index)
        .collect()
}
