//! What lies above and beneath a point of a page.

use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Mark, Outline, Picture, Rgb, View};

/// Things narrower or lower than this, in points, hide nothing: rules, underlines, frames.
const THIN: f64 = 2.0;

/// So many strips side by side, whose ends lie so near to each other and which leave so little between them, are an area,
/// in points.
const MIN_STRIPS: usize = 4;
const ABUT: f64 = 1.5;
const GAP: f64 = 0.15;

/// Lines that fill so much of a place may hide together what stands there.
pub(super) const HATCHED: f64 = 0.35;

/// Drawings have more lines than this; nobody hides something with so many.
const MAX_LINES: usize = 2_000;

/// What lets through less than a tenth hides what lies beneath it.
const SOLID: f32 = 0.9;

/// A picture that covers more than this part of the page is the page itself, not a patch on it; so are all pictures
/// of a page if they do together, as the strips of a scan.
pub(super) const MAX_OF_PAGE: f64 = 0.4;

/// Marks are looked up by horizontal strips of this height, in points.
const STRIP: f64 = 12.0;
const MAX_STRIPS: f64 = 4_000.0;

/// Something painted that can hide what lies beneath it.
#[derive(Debug)]
pub(super) struct Covering<'v> {
    /// Its place in the order of painting.
    pub(super) index: usize,
    /// The part that clips leave of it.
    pub(super) area: Rect,
    /// Its one colour.
    pub(super) colour: Option<Rgb>,
    /// Whether it hides what lies beneath.
    pub(super) solid: bool,
    /// Whether it is the picture, or one of the pictures, that the page consists of.
    pub(super) is_scan: bool,
    mark: &'v Mark,
    outline: Option<&'v Outline>,
}

impl<'v> Covering<'v> {
    pub(super) fn picture(&self) -> Option<&'v Picture> {
        match &self.mark.drawn {
            Drawn::Picture(picture) => Some(picture),
            _ => None,
        }
    }

    /// Whether more than an upright rectangle is cut out of it, or a mask may let through what lies beneath.
    pub(super) fn is_cut(&self) -> bool {
        self.mark.clips.is_some() || !self.solid
    }

    /// Whether an annotation paints it.
    pub(super) fn is_annotation(&self) -> bool {
        self.mark.annotation
    }

    /// Whether two covers are one picture, drawn twice.
    pub(super) fn is_same_picture(&self, other: &Self) -> bool {
        matches!((&self.mark.drawn, &other.mark.drawn),
            (Drawn::Picture(one), Drawn::Picture(other)) if one.object.is_some() && one.object == other.object)
    }

    pub(super) fn covers(&self, point: (f64, f64)) -> bool {
        self.area.contains(point)
            && self.outline.is_none_or(|outline| outline.covers(point))
            && self.mark.is_let_through(point)
    }
}

/// What there is at a point beneath something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// The page itself.
    Paper,
    /// One colour.
    Plain(Rgb),
    /// The scan that the page consists of.
    Scan,
    /// A picture, a pattern, or something that is seen through.
    Mixed,
}

/// All that can hide something on a page.
pub(super) struct Covers<'v> {
    all: Vec<Covering<'v>>,
    /// For each strip from the bottom of the page, which of them touch it, from the lowest to the topmost.
    strips: Vec<Vec<usize>>,
}

impl<'v> Covers<'v> {
    pub(super) fn of(view: &'v View) -> Self {
        let page = view.area();
        let mut all: Vec<Covering<'v>> = view
            .marks
            .iter()
            .enumerate()
            .filter_map(|(index, mark)| cover(index, mark, page))
            .collect();
        drop_rules(&mut all);
        mark_scans(&mut all, page);
        let count = strip(page.top) + 1;
        let mut strips = vec![Vec::new(); count];
        for (number, cover) in all.iter().enumerate() {
            let touched =
                strips.iter_mut().take(strip(cover.area.top) + 1).skip(strip(cover.area.bottom));
            touched.for_each(|strip| strip.push(number));
        }
        Self { all, strips }
    }

    pub(super) fn all(&self) -> &[Covering<'v>] {
        &self.all
    }

    /// Whether anything touches an area.
    pub(super) fn touch(&self, area: Rect) -> bool {
        let touched = self.strips.iter().take(strip(area.top) + 1);
        let mut numbers = touched.skip(strip(area.bottom)).flatten();
        numbers.any(|number| {
            let cover = self.all.get(*number);
            cover.is_some_and(|cover| !cover.area.is_apart_from(area))
        })
    }

    /// Whether anything painted after what has an index touches an area.
    pub(super) fn touch_from_above(&self, index: usize, area: Rect) -> bool {
        let touched = self.strips.iter().take(strip(area.top) + 1);
        let mut covers = touched
            .skip(strip(area.bottom))
            .flat_map(|strip| strip.iter().rev())
            .filter_map(|number| self.all.get(*number))
            .filter(|cover| cover.index > index);
        covers.any(|cover| !cover.area.is_apart_from(area))
    }

    /// What covers a point, from the topmost down.
    fn at(&self, point: (f64, f64)) -> impl Iterator<Item = &Covering<'v>> {
        let touched = self.strips.get(strip(point.1)).into_iter().flatten();
        touched
            .rev()
            .filter_map(|number| self.all.get(*number))
            .filter(move |cover| cover.covers(point))
    }

    /// The topmost thing that hides what was painted at an index, at one point.
    pub(super) fn above(&self, index: usize, point: (f64, f64)) -> Option<&Covering<'v>> {
        self.at(point).take_while(|cover| cover.index > index).find(|cover| cover.solid)
    }

    /// What lies directly beneath what was painted at an index, at one point.
    pub(super) fn beneath(&self, index: usize, point: (f64, f64)) -> Ground {
        match self.at(point).find(|cover| cover.index < index) {
            None => Ground::Paper,
            Some(Covering { solid: true, colour: Some(colour), .. }) => Ground::Plain(*colour),
            Some(cover) if cover.is_scan => Ground::Scan,
            Some(_) => Ground::Mixed,
        }
    }

    /// Whether a picture stands at a point, above or beneath.
    pub(super) fn has_picture(&self, point: (f64, f64)) -> bool {
        self.at(point).any(|cover| matches!(cover.mark.drawn, Drawn::Picture(_)))
    }

    /// Whether a picture of the page itself stands at a point.
    pub(super) fn has_picture_of_page(&self, point: (f64, f64)) -> bool {
        let is_picture = |cover: &Covering<'_>| cover.picture().is_some() && !cover.is_annotation();
        self.at(point).any(is_picture)
    }

    /// Whether the scan that the page consists of is what is seen at a point.
    pub(super) fn is_bare_scan(&self, point: (f64, f64)) -> bool {
        let topmost = self.at(point).find(|cover| cover.solid);
        topmost.is_some_and(|cover| cover.is_scan)
    }

    /// The topmost box painted over the scan that the page consists of, at one point.
    pub(super) fn over_scan(&self, point: (f64, f64)) -> Option<&Covering<'v>> {
        let topmost = self.at(point).find(|cover| cover.solid)?;
        let over = !topmost.is_scan && topmost.colour.is_some();
        (over && self.at(point).any(|cover| cover.is_scan && cover.index < topmost.index))
            .then_some(topmost)
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept between 0 and a small number"
)]
fn strip(height: f64) -> usize {
    (height / STRIP).clamp(0.0, MAX_STRIPS) as usize
}

fn cover<'v>(index: usize, mark: &'v Mark, page: Rect) -> Option<Covering<'v>> {
    let (outline, colour, opacity) = match &mark.drawn {
        Drawn::Letter(_) => return None,
        Drawn::Shape(shape) if shape.outline == Outline::Unknown => return None,
        Drawn::Shape(shape) => (Some(&shape.outline), shape.colour, shape.opacity),
        Drawn::Picture(picture) => (None, picture.uniform, picture.opacity),
    };
    let area = mark.seen?.intersection(page)?;
    (opacity > 0.02).then_some(Covering {
        index,
        area,
        colour,
        solid: opacity >= SOLID,
        is_scan: false,
        mark,
        outline,
    })
}

/// Leaves out what is too thin to hide anything, but for strips that stand side by side, as the lines of a hatching and
/// of a gradient do.
fn drop_rules(all: &mut Vec<Covering<'_>>) {
    let is_thin = |cover: &Covering<'_>| is_thin(cover.area);
    let joined: Vec<bool> = all
        .windows(2)
        .map(|pair| match pair {
            [one, next] => is_thin(one) && is_thin(next) && abut(one.area, next.area),
            _ => false,
        })
        .collect();
    let mut keep = Vec::with_capacity(all.len());
    let mut run = 0;
    for (at, cover) in all.iter().enumerate() {
        run += 1;
        if joined.get(at) != Some(&true) {
            let kept = run >= MIN_STRIPS || !is_thin(cover);
            keep.extend(std::iter::repeat_n(kept, run));
            run = 0;
        }
    }
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
}

/// A line, or another shape that hides nothing by itself.
pub(super) struct ThinLine {
    pub(super) index: usize,
    /// Which part of its area it covers.
    pub(super) coverage: f64,
    pub(super) area: Rect,
}

/// The lines of a page; none of a drawing, which has more than anybody hides something with.
pub(super) fn thin_lines(view: &View) -> Vec<ThinLine> {
    let marks = view.marks.iter().enumerate();
    let lines = marks.filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Shape(shape)
            if shape.opacity > 0.02
                && (shape.outline == Outline::Unknown || is_thin(shape.extent)) =>
        {
            Some(ThinLine { index, coverage: shape.coverage, area: mark.seen? })
        }
        _ => None,
    });
    let lines: Vec<ThinLine> = lines.take(MAX_LINES + 1).collect();
    if lines.len() > MAX_LINES { Vec::new() } else { lines }
}

/// Whether an area is too thin to hide anything.
fn is_thin(area: Rect) -> bool {
    area.width() < THIN || area.height() < THIN
}

/// Whether two strips of one length lie side by side without a gap.
fn abut(one: Rect, next: Rect) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= ABUT;
    let side_by_side =
        |a: (f64, f64), b: (f64, f64)| a.0 <= b.1 + GAP && b.0 <= a.1 + GAP && a != b;
    let rows = near(one.left, next.left) && near(one.right, next.right);
    let columns = near(one.bottom, next.bottom) && near(one.top, next.top);
    (rows && side_by_side((one.bottom, one.top), (next.bottom, next.top)))
        || (columns && side_by_side((one.left, one.right), (next.left, next.right)))
}

/// Finds the pictures that make up the page.
fn mark_scans(covers: &mut [Covering<'_>], page: Rect) {
    let shows = |cover: &Covering<'_>| {
        matches!(cover.mark.drawn, Drawn::Picture(_)) && cover.colour.is_none()
    };
    let total: f64 =
        covers.iter().filter(|cover| shows(cover)).map(|cover| cover.area.area()).sum();
    if total < MAX_OF_PAGE * page.area() {
        return;
    }
    covers.iter_mut().filter(|cover| shows(cover)).for_each(|cover| cover.is_scan = true);
}
