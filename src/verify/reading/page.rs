//! What one page shows, read off a page of a source as off one of a bundle.

use std::sync::Arc;

use hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro_syntax::page::Page;

use crate::inspect::{PageLeaks, examine_view, is_readable};
use crate::manifest::Position;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::page;
use crate::pdf::page::edges::coarse;
use crate::pdf::page::{
    Cache, DrawCache, Drawing, FileWords, Grown, Line, OpenPage, PageContent, View, overlays,
};
use crate::verify::duplicates::{GRID, Thumbprint};
use crate::verify::margin::{self, Candidate};
use crate::verify::overprint::lines_across;
use crate::verify::seen::{NumberSight, sight, stands_out};

/// A page while it is read.
#[derive(Debug, Clone)]
pub struct PageReading {
    pub(super) size: (f64, f64),
    /// Kept for the pages where an index may stand.
    pub(super) lines: Option<Vec<Line>>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) facts: PageFacts,
    pub(super) leaks: PageLeaks,
}

/// What the rules need to know of how a page looks, read off a page of a source as off one of a bundle.
#[derive(Debug, Clone)]
pub struct PageFacts {
    /// What it shows.
    pub(super) content: Arc<PageContent>,
    /// How it looks, where only that tells it from others.
    pub(super) look: Option<Thumbprint>,
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
    pub(super) fn read(&self, page: &Page<'_>) -> (PageFacts, PageLeaks) {
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

/// Looks at a page with its label.
pub(in crate::verify) fn see_page<'a>(
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
        NumberSight::Seen => true,
        NumberSight::InvisibleContent => false,
        NumberSight::InPicture => drawn
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
