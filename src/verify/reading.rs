//! Everything that the rules need to know of a finished bundle, read once.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use rayon::prelude::*;

use super::content::PageContent;
use super::document::{ReadBookmark, ReadDocument, ReadLink, Target};
use super::duplicates::{self, GRID, Look};
use super::fonts;
use super::index::{self, FrontPage, Row};
use super::inside::Inside;
use super::margin::{self, Candidate, Expected};
use crate::geometry::Rect;
use crate::leaks::{PageLeaks, examine_view};
use crate::look::{self, Cache, DrawCache, Line};

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
    pub(super) content: PageContent,
    /// Its links, with where they can be clicked in displayed space.
    pub(super) links: Vec<(Rect, ReadLink)>,
    /// The fonts that are not in the file.
    pub(super) missing_fonts: BTreeSet<String>,
    /// What it betrays.
    pub(super) leaks: PageLeaks,
}

/// A finished bundle.
#[derive(Debug)]
pub(super) struct Reading {
    /// The size of the file.
    pub(super) bytes: u64,
    pub(super) pages: Vec<ReadPage>,
    pub(super) has_labels: bool,
    pub(super) opening: Option<Target>,
    pub(super) bookmarks: Vec<ReadBookmark>,
    /// The pages of the index and its rows; `None` where no index was found.
    pub(super) index: Option<(Vec<usize>, Vec<Row>)>,
    /// Pictures of written pages that cannot be searched.
    pub(super) unsearchable: Vec<usize>,
    /// Blank pages.
    pub(super) blank: Vec<usize>,
    /// Pages that are like an earlier one, that one first.
    pub(super) duplicates: Vec<(usize, usize)>,
    pub(super) inside: Inside,
}

/// A page while it is read.
struct Seen {
    size: (f64, f64),
    /// Kept for the pages where an index may stand.
    lines: Option<Vec<Line>>,
    candidates: Vec<Candidate>,
    content: PageContent,
    missing_fonts: BTreeSet<String>,
    look: Option<Look>,
    leaks: PageLeaks,
}

impl Reading {
    /// Reads all of a PDF; `None` where it has no catalog.
    pub(super) fn new(pdf: &Pdf, bytes: u64) -> Option<Self> {
        let document = ReadDocument::new(pdf)?;
        let labels = document.labels();
        let expected: Vec<Expected<'_>> = labels
            .iter()
            .enumerate()
            .map(|(index, label)| Expected {
                place: index + 1,
                label,
            })
            .collect();
        let seen = see(pdf, index::front(labels.len()));
        let candidates: Vec<Vec<Candidate>> =
            seen.iter().map(|seen| seen.candidates.clone()).collect();
        let numbers = margin::printed(&candidates, &expected);
        let mut looks = Vec::with_capacity(seen.len());
        let mut fronts: Vec<Vec<Line>> = Vec::new();
        let mut pages = Vec::with_capacity(seen.len());
        for (((seen, number), label), page) in seen
            .into_iter()
            .zip(numbers)
            .zip(&labels)
            .zip(pdf.pages().iter())
        {
            pages.push(ReadPage {
                label: label.clone(),
                size: seen.size,
                content: seen.content,
                links: links(&document, page),
                missing_fonts: seen.missing_fonts,
                leaks: seen.leaks,
                number: number.cloned(),
            });
            looks.push(seen.look);
            fronts.extend(seen.lines);
        }
        let contents: Vec<PageContent> = pages.iter().map(|page| page.content.clone()).collect();
        Some(Self {
            bytes,
            has_labels: document.has_labels(),
            opening: document.opening(),
            bookmarks: document.bookmarks(),
            index: find_index(&pages, &fronts),
            unsearchable: unsearchable(&pages, &looks),
            blank: blank(&pages, &looks),
            duplicates: duplicates::find(&contents, &looks),
            inside: Inside::of(pdf, document.catalog()),
            pages,
        })
    }

    /// The page that a printed number or a row of the index means, from 0.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        named(&self.pages, name)
    }
}

/// The page of a label; failing that, of a place.
fn named(pages: &[ReadPage], name: &str) -> Option<usize> {
    let expected = |index: usize, label| Expected {
        place: index + 1,
        label,
    };
    let mut pages = pages.iter().enumerate();
    pages
        .clone()
        .find(|(index, page)| expected(*index, &page.label).is_label(name))
        .or_else(|| pages.find(|(index, page)| expected(*index, &page.label).is_place(name)))
        .map(|(index, _)| index)
}

/// Looks at every page, at several of them at a time.
fn see(pdf: &Pdf, front: usize) -> Vec<Seen> {
    let pages: &[Page<'_>] = pdf.pages();
    pages
        .par_chunks(CHUNK)
        .enumerate()
        .flat_map_iter(|(chunk, pages)| {
            let (cache, drawing) = (Cache::new(), DrawCache::new());
            let see = |(index, page)| {
                let keep_lines = chunk * CHUNK + index < front;
                see_page(page, &cache, &drawing, keep_lines)
            };
            pages.iter().enumerate().map(see).collect::<Vec<Seen>>()
        })
        .collect()
}

fn see_page<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    drawing: &DrawCache<'a>,
    keep_lines: bool,
) -> Seen {
    let view = look::view(page, cache);
    let lines = view.lines();
    let candidates = margin::candidates(view.size, &lines);
    let numbers: Vec<Rect> = candidates
        .iter()
        .map(|candidate| candidate.extent)
        .collect();
    let content = PageContent::new(&view, &lines, &numbers);
    // Only what cannot be told apart by its words has to be drawn.
    let look = content
        .is_picture()
        .then(|| look::draw(page, drawing, (GRID, GRID)))
        .flatten()
        .map(|drawing| Look(drawing.grey()));
    let size = view.size;
    Seen {
        size,
        candidates,
        content,
        lines: keep_lines.then_some(lines),
        missing_fonts: fonts::missing(page),
        look,
        leaks: examine_view(page, cache, view),
    }
}

/// The links of a page with their areas in displayed space.
fn links(document: &ReadDocument<'_>, page: &Page<'_>) -> Vec<(Rect, ReadLink)> {
    let Some(to_displayed) = look::boxes(page).user_to_displayed() else {
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

fn find_index(pages: &[ReadPage], lines: &[Vec<Line>]) -> Option<(Vec<usize>, Vec<Row>)> {
    let front: Vec<FrontPage<'_>> = pages
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(index, (page, lines))| FrontPage {
            lines,
            size: page.size,
            number: page.number.as_ref().map(|number| number.extent),
            links: page
                .links
                .iter()
                .filter(|(_, link)| link.target.is_some_and(|target| target.page != index))
                .count(),
        })
        .collect();
    index::find(&front, &|name| named(pages, name), pages.len())
}

/// A page that could not be drawn counts: somebody must look at it.
fn unsearchable(pages: &[ReadPage], looks: &[Option<Look>]) -> Vec<usize> {
    pages
        .iter()
        .zip(looks)
        .enumerate()
        .filter(|(_, (page, look))| {
            page.content.unsearchable().is_some_and(|picture| {
                look.as_ref()
                    .is_none_or(|look| look.is_paper(picture.area) && !look.is_blank())
            })
        })
        .map(|(index, _)| index)
        .collect()
}

fn blank(pages: &[ReadPage], looks: &[Option<Look>]) -> Vec<usize> {
    pages
        .iter()
        .zip(looks)
        .enumerate()
        .filter(|(_, (page, look))| {
            page.content.is_empty()
                && (page.content.pictures.is_empty() || look.as_ref().is_some_and(Look::is_blank))
        })
        .map(|(index, _)| index)
        .collect()
}
