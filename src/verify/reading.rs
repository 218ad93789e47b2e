//! Everything that the rules need to know of a finished bundle, read once.

use std::collections::HashMap;
use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use rayon::prelude::*;

use super::document::{ReadBookmark, ReadDocument, ReadLink, Target};
use super::duplicates::{self, GRID, Thumbprint};
use super::index::{self, FrontPage, ReadRow};
use super::inside::Inside;
use super::margin::{self, Candidate, PrintedName};
use super::overprint::lines_across;
use super::seen::{Sight, sight, stands_out};
use super::stamped::printed_number;
use super::weights;
use crate::inspect::{PageLeaks, examine_view, is_readable};
use crate::manifest::Position;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::page;
use crate::pdf::page::edges::coarse;
use crate::pdf::page::{
    Cache, DrawCache, Drawing, FileWords, Grown, Line, OpenPage, PageContent, View, overlays,
};

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
pub(super) struct Reading {
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

/// A page while it is read.
#[derive(Debug, Clone)]
pub struct PageReading {
    size: (f64, f64),
    /// Kept for the pages where an index may stand.
    lines: Option<Vec<Line>>,
    candidates: Vec<Candidate>,
    facts: PageFacts,
    leaks: PageLeaks,
}

/// What the rules need to know of how a page looks, read off a page of a source as off one of a bundle.
#[derive(Debug, Clone)]
pub struct PageFacts {
    /// What it shows.
    content: Arc<PageContent>,
    /// How it looks, where only that tells it from others.
    look: Option<Thumbprint>,
    /// Whether fonts tell what most of its letters say.
    readable: bool,
}

impl PageFacts {
    /// Looks at a page of a source. `may_draw` says whether its pictures may be unpacked.
    pub(crate) fn of<'a>(
        OpenPage { page, cache }: OpenPage<'_, 'a>,
        drawing: &DrawCache<'a>,
        (view, lines): (&View, &[Line]),
        may_draw: bool,
    ) -> Self {
        if may_draw {
            let numbers = numbers(page, cache, drawing, (view, lines), "");
            return Self::without(page, drawing, view, lines, &numbers);
        }
        Self {
            content: Arc::new(PageContent::new(page, view, lines, &[])),
            look: None,
            readable: is_readable(view),
        }
    }

    /// Whether all of the page could be understood, and what its letters say.
    pub(crate) fn is_whole(&self) -> bool {
        self.content.whole && self.readable
    }

    /// What a page shows without the numbers in its margins.
    fn without<'a>(
        page: &'a Page<'a>,
        drawing: &DrawCache<'a>,
        view: &View,
        lines: &[Line],
        numbers: &[Candidate],
    ) -> Self {
        let numbers: Vec<Rect> = numbers.iter().map(|number| number.extent).collect();
        let content = PageContent::new(page, view, lines, &numbers);
        // Only what cannot be told apart by its words has to be drawn.
        let look = content
            .is_picture()
            .then(|| {
                scanned(page, &content, view, drawing).or_else(|| {
                    let drawing = page::draw(page, drawing, (GRID, GRID))?;
                    Some(Thumbprint(drawing.grey()).without(&numbers, view.size))
                })
            })
            .flatten();
        Self { content: Arc::new(content), look, readable: is_readable(view) }
    }

    fn unknown() -> Self {
        Self { content: Arc::new(PageContent::unknown()), look: None, readable: false }
    }

    /// The same where the page has grown on its way into the bundle.
    fn onto(&self, before: PageBox, after: PageBox) -> Self {
        let sizes = (before.displayed_size(), after.displayed_size());
        if before == after {
            return self.clone();
        }
        let Some(matrix) = after.user_to_displayed() else {
            return self.clone();
        };
        let grown = Grown {
            matrix: before.displayed_to_user().then(matrix),
            before: sizes.0,
            after: sizes.1,
        };
        Self {
            content: Arc::new(self.content.onto(grown)),
            look: self.look.as_ref().map(|look| look.onto(grown)),
            readable: self.readable,
        }
    }
}

/// What is known of a page of a bundle from its source, before the file is read back.
#[derive(Debug, Clone)]
pub struct FromSource<'a> {
    /// What its page of the source shows; `None` where that could not be looked at.
    pub facts: Option<&'a PageFacts>,
    /// The boxes of that page.
    pub boxes: PageBox,
    /// Where its number stands.
    pub place: Position,
    /// What that page gives away; `None` where it was not searched, as for the prosecution.
    pub leaks: Option<PageLeaks>,
    /// What the bundle's page shows instead, where it was found to be another.
    pub changed: Option<&'a PageReading>,
}

impl FromSource<'_> {
    fn read(&self, page: &Page<'_>) -> (PageFacts, PageLeaks) {
        let Some(changed) = self.changed else {
            let onto = |facts: &PageFacts| facts.onto(self.boxes, page::boxes(page));
            let facts = self.facts.map_or_else(PageFacts::unknown, onto);
            let searched = facts.is_whole();
            let unsearched = || PageLeaks { searched, ..PageLeaks::default() };
            return (facts, self.leaks.clone().unwrap_or_else(unsearched));
        };
        (changed.facts.clone(), changed.leaks.clone())
    }
}

impl Reading {
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
                size: page::boxes(page).displayed_size(),
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
        seen: Vec<PageReading>,
    ) -> Self {
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

/// Which page a number means: the page of a label; failing that, of a place.
#[derive(Debug)]
struct LabelledPages {
    labels: HashMap<String, usize>,
    pages: usize,
}

impl LabelledPages {
    fn of(pages: &[ReadPage]) -> Self {
        let mut labels = HashMap::with_capacity(pages.len());
        // Where labels are wrong the printed number is what the index means.
        for (index, page) in pages.iter().enumerate() {
            let expected = || PrintedName { place: index + 1, label: &page.label };
            let printed = page.number.as_ref().map(|number| &number.label);
            if let Some(printed) = printed
                && expected().is_place(printed)
                && !expected().is_label(printed)
            {
                labels.entry(margin::squeezed(printed)).or_insert(index);
            }
        }
        for (index, page) in pages.iter().enumerate() {
            labels.entry(margin::squeezed(&page.label)).or_insert(index);
        }
        Self { labels, pages: pages.len() }
    }

    fn page(&self, name: &str) -> Option<usize> {
        let by_label = self.labels.get(&margin::squeezed(name)).copied();
        by_label.or_else(|| {
            let place = usize::try_from(margin::number(name)?).ok()?;
            let expected = PrintedName { place, label: "" };
            ((1..=self.pages).contains(&place) && expected.is_place(name)).then(|| place - 1)
        })
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

/// Looks at a page with its label.
pub(super) fn see_page<'a>(
    (page, label): (&'a Page<'a>, &str),
    cache: &Cache<'a>,
    drawing: &DrawCache<'a>,
    words: &FileWords,
    keep_lines: bool,
) -> PageReading {
    let view = page::view(page, cache);
    let lines = view.lines();
    let candidates = numbers(page, cache, drawing, (&view, &lines), label);
    let facts = PageFacts::without(page, drawing, &view, &lines, &candidates);
    let size = view.size;
    PageReading {
        size,
        candidates,
        facts,
        lines: keep_lines.then_some(lines),
        leaks: examine_view(OpenPage::new(page, cache), view, words),
    }
}

/// The longer side of a page drawn to see whether a number is in its picture, in points.
const LEGIBLE: u16 = 1000;

/// What may be the number of a page, and can be seen on it.
fn numbers<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    drawing: &DrawCache<'a>,
    (view, lines): (&View, &[Line]),
    label: &str,
) -> Vec<Candidate> {
    let overlays = overlays(page, page::boxes(page), cache);
    let mut candidates = margin::candidates(view.size, lines, label);
    for candidate in margin::candidates(view.size, &lines_across(view), label) {
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }
    let mut drawn: Option<Option<Drawing>> = None;
    candidates.retain(|candidate| match sight(view, &overlays, candidate.extent) {
        Sight::Seen => true,
        Sight::InvisibleContent => false,
        Sight::InPicture => drawn
            .get_or_insert_with(|| page::draw(page, drawing, page::fitting(page, LEGIBLE)))
            .as_ref()
            .is_none_or(|drawn| stands_out(drawn, candidate.extent, view.size)),
    });
    candidates
}

/// How a page looks that is nothing but one upright scan, without decoding the scan.
fn scanned(
    page: &Page<'_>,
    content: &PageContent,
    view: &View,
    drawing: &DrawCache<'_>,
) -> Option<Thumbprint> {
    let mut pictures = view.pictures();
    let (mark, picture) = pictures.next().filter(|_| pictures.next().is_none())?;
    let (width, height) = picture.sides;
    let upright = (width - picture.extent.width()).abs() < 1.0
        && (height - picture.extent.height()).abs() < 1.0;
    if content.drawn || !upright || mark.seen != Some(picture.extent) {
        return None;
    }
    let (number, generation) = picture.object?;
    let stream = page.xref().get::<Stream<'_>>(ObjectIdentifier::new(number, generation))?;
    let coarse = coarse(&stream, picture.pixels, drawing.last_scan())?;
    Some(Thumbprint::of_scan(&coarse, picture.extent, view.size))
}

/// The links of a page with their areas in displayed space.
fn links(document: &ReadDocument<'_>, page: &Page<'_>) -> Vec<(Rect, ReadLink)> {
    let Some(to_displayed) = page::boxes(page).user_to_displayed() else {
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

fn find_index(
    pages: &[ReadPage],
    lines: &[Vec<Line>],
    names: &LabelledPages,
) -> Option<(Vec<usize>, Vec<ReadRow>)> {
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
    let named = |name: &str| names.page(name);
    let names = index::RowContext {
        named: &named,
        is_label: &|text| names.labels.contains_key(&margin::squeezed(text)),
        borne_out: &|row| named(&row.first).filter(|page| is_borne_out(pages, row, *page)),
        total: pages.len(),
    };
    index::find(&front, &names)
}

/// Whether a link of a row leads to the page that it names, or where it has none the page bears the number.
fn is_borne_out(pages: &[ReadPage], row: &ReadRow, named: usize) -> bool {
    let on_row = pages.get(row.page).map(|page| row.links(&page.links));
    let mut on_row = on_row.into_iter().flatten().peekable();
    if on_row.peek().is_some() {
        return on_row.any(|link| link.target.is_some_and(|target| target.page == named));
    }
    let number = pages.get(named).and_then(|page| page.number.as_ref());
    number.is_some_and(|number| margin::squeezed(&number.label) == margin::squeezed(&row.first))
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
