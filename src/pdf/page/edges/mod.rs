//! Where a page is already printed on: the strips along its edges are rendered small and looked at,
//! so that a page number never hides evidence.

mod jpeg;
mod marks;
mod photo;
mod picture;
mod pictures;
mod quick_scan;
mod shades;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use hayro::RenderCache;
use hayro::hayro_interpret::RenderContent;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::Pixmap;

pub(crate) use self::jpeg::Coarse;
use self::marks::leave_free;
pub(crate) use self::photo::{LastScan, coarse};
pub(crate) use self::pictures::Pictures;
use self::shades::Shades;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::page::edges::quick_scan::{ScanVerdict, quick_scan};
use crate::pdf::page::{
    OpenPage, Overlay, View, has_layers, overlays, paint, settings, without_layers,
};
use crate::pdf::source::comments::is_comment_kind;

/// Pixels for each point of the displayed page. Enough to see a hairline or six-point type.
const SCALE: f64 = 1.5;

/// No strip is rendered wider than this, in pixels.
const WIDEST: f64 = 8000.0;

/// Which of the six places of a page are taken, in the order of the places probed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EdgeOccupancy {
    /// Whether the page itself prints on each place.
    pub printed: [bool; 6],
    /// Whether an annotation that is no comment may lie over each place.
    pub covered: [bool; 6],
    /// Whether a comment or mark-up may.
    pub commented: [bool; 6],
    /// Whether the page could be looked at; if not, every place counts as printed on.
    pub seen: bool,
}

/// Gives the six places of a page in displayed space, top row first, then bottom row.
pub(crate) type Probe = Arc<dyn Fn(PageBox) -> [Rect; 6] + Send + Sync>;

impl EdgeOccupancy {
    /// That of a page that could not be looked at.
    pub(crate) const UNSEEN: Self =
        Self { printed: [true; 6], covered: [true; 6], commented: [true; 6], seen: false };

    /// The places where no number can stand, where comments stay or go.
    pub fn taken(&self, comments_stay: bool) -> [bool; 6] {
        let over = self.covered.into_iter().zip(self.commented);
        let mut taken = self.printed;
        for (taken, (covered, commented)) in taken.iter_mut().zip(over) {
            *taken |= covered || (comments_stay && commented);
        }
        taken
    }
}

/// Where on a page a number may stand.
#[derive(Clone)]
pub(crate) struct NumberRoom {
    /// Gives the places.
    pub(crate) places: Probe,
    /// Which of the six is the usual one; its edge is looked at first.
    pub(crate) usual: usize,
}

/// A page whose edges are looked at.
#[derive(Clone, Copy)]
pub(crate) struct EdgePage<'s, 'a> {
    pub(crate) page: OpenPage<'s, 'a>,
    pub(crate) boxes: PageBox,
    /// The page as it shows itself, if that is known.
    pub(crate) view: Option<&'s View>,
    /// Takes its only picture as a whole, where that is wanted.
    pub(crate) scan: Option<&'s LastScan>,
}

/// What is kept from page to page of one source.
pub(crate) struct Edges<'c, 'a> {
    render: RenderCache<'a>,
    pictures: &'c Pictures,
}

impl<'c, 'a> Edges<'c, 'a> {
    pub(crate) fn new(pictures: &'c Pictures) -> Self {
        Self { render: RenderCache::new(), pictures }
    }

    /// Looks at the edges of a page.
    pub(crate) fn look(&self, sheet: EdgePage<'_, 'a>, room: &NumberRoom) -> EdgeOccupancy {
        let look = || self.ink(sheet, room);
        catch_unwind(AssertUnwindSafe(look)).unwrap_or(EdgeOccupancy::UNSEEN)
    }

    fn ink(&self, sheet: EdgePage<'_, 'a>, room: &NumberRoom) -> EdgeOccupancy {
        let places = (room.places)(sheet.boxes);
        let (top, bottom) = places.split_at(3);
        let mut ink = EdgeOccupancy { seen: true, ..EdgeOccupancy::UNSEEN };
        self.note_overlays(sheet, &places, &mut ink);
        let over = ink.covered.iter().zip(ink.commented);
        let over: Vec<bool> = over.map(|(one, other)| *one || other).collect();
        let rows = [(0, top), (3, bottom)];
        let order = if room.usual < 3 { [0, 1] } else { [1, 0] };
        for row in order {
            let Some(&(offset, places)) = rows.get(row) else {
                continue;
            };
            let over = over.get(offset..offset + 3).unwrap_or_default();
            let usual = room.usual.checked_sub(offset);
            let usual = usual.filter(|usual| over.get(*usual) == Some(&false));
            let Some(printed) = self.row(sheet, places, usual) else {
                return EdgeOccupancy::UNSEEN;
            };
            for (place, printed) in ink.printed.iter_mut().skip(offset).zip(&printed) {
                *place = *printed;
            }
            // The other edge matters only where this one has no room.
            if printed.iter().zip(over).any(|(printed, over)| !printed && !over) {
                break;
            }
        }
        ink
    }

    /// Readers paint annotations above the number: it would be hidden, on the screen or in print.
    fn note_overlays(&self, sheet: EdgePage<'_, 'a>, places: &[Rect], ink: &mut EdgeOccupancy) {
        (ink.covered, ink.commented) = ([false; 6], [false; 6]);
        for overlay in overlays(sheet.page.page, sheet.boxes, sheet.page.cache) {
            let places_of =
                if is_comment(&overlay) { &mut ink.commented } else { &mut ink.covered };
            for (taken, place) in places_of.iter_mut().zip(places) {
                *taken |= overlay.touches(*place);
            }
        }
    }

    /// Whether each place of a row is printed on; `None` where part of the page cannot be drawn. Where
    /// the usual place is free, the others may be called printed on without a closer look.
    fn row(
        &self,
        EdgePage { page, boxes, view, scan }: EdgePage<'_, 'a>,
        places: &[Rect],
        usual: Option<usize>,
    ) -> Option<Vec<bool>> {
        let OpenPage { page, cache } = page;
        let (width, height) = boxes.displayed_size();
        let fits = |place: &Rect| {
            place.left >= 0.0 && place.bottom >= 0.0 && place.right <= width && place.top <= height
        };
        if !places.iter().all(fits) {
            // The page is too small to hold a number.
            return Some(vec![true; places.len()]);
        }
        if !has_layers(page) && view.is_some_and(|view| leave_free(view, places)) {
            return Some(vec![false; places.len()]);
        }
        let interpreter = cache.interpreter();
        let pictures = (self.pictures, scan);
        let mut seen = quick_scan(page, interpreter, page.xref(), boxes, places, pictures)?;
        if has_layers(page) {
            // What is only printed, or shown at some sizes, is evidence, too.
            let catalog = without_layers(page);
            let all = quick_scan(page, interpreter, catalog, boxes, places, pictures)?;
            for (seen, with_all) in seen.iter_mut().zip(all) {
                *seen = seen.or_in_other_layers(with_all);
            }
        }
        let usual_is_free = usual.is_some_and(|usual| seen.get(usual) == Some(&ScanVerdict::Free));
        if usual_is_free || !seen.contains(&ScanVerdict::Unsure) {
            return Some(seen.iter().map(|seen| *seen != ScanVerdict::Free).collect());
        }
        // What is drawn by way of patterns and masks is not seen at a glance.
        if !self.pictures.may_draw() {
            return None;
        }
        probe_strip(page, &self.render, boxes, places)
    }
}

fn is_comment(overlay: &Overlay) -> bool {
    overlay.is_reply || is_comment_kind(overlay.subtype.as_bytes())
}

/// Renders the strip that holds some places; `None` where part of the page cannot be drawn.
fn probe_strip<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    boxes: PageBox,
    places: &[Rect],
) -> Option<Vec<bool>> {
    let strip = places.iter().copied().reduce(Rect::join)?;
    let scale = SCALE.min(WIDEST / strip.width());
    let pixmap = render_strip(page, cache, boxes, strip, scale)?;
    let columns = usize::from(pixmap.width());
    let pixels = pixmap.data();
    Some(
        places
            .iter()
            .map(|place| {
                let x = span((place.left - strip.left) * scale, (place.right - strip.left) * scale);
                let y = span((strip.top - place.top) * scale, (strip.top - place.bottom) * scale);
                Shades::of(
                    y.flat_map(|row| {
                        let row =
                            pixels.get(row * columns..(row + 1) * columns).unwrap_or_default();
                        row.get(x.start.min(row.len())..x.end.min(row.len())).unwrap_or_default()
                    })
                    .map(|pixel| [pixel.r, pixel.g, pixel.b]),
                )
                .is_printed()
            })
            .collect(),
    )
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a strip of bounded size"
)]
fn span(start: f64, end: f64) -> std::ops::Range<usize> {
    start.floor().max(0.0) as usize..end.ceil().max(0.0) as usize
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by WIDEST")]
fn render_strip<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    boxes: PageBox,
    strip: Rect,
    scale: f64,
) -> Option<Pixmap> {
    let (settings, failed) = settings(RenderContent::PAGE);
    let (columns, rows) =
        ((strip.width() * scale).ceil() as u16, (strip.height() * scale).ceil() as u16);
    let user_to_displayed = Affine::new(boxes.displayed_to_user().0).inverse();
    let transform = Affine::new([scale, 0.0, 0.0, -scale, -strip.left * scale, strip.top * scale])
        * user_to_displayed;
    let size = (columns.max(1), rows.max(1));
    let pixmap = paint(page, cache, &settings, transform, size);
    (!failed.load(Ordering::Relaxed)).then_some(pixmap)
}
