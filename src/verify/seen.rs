//! Whether a number is seen on a page, and not only there to be copied.

use crate::model::geometry::Rect;
use crate::pdf::page::{Drawing, Drawn, Ink, Letter, Mark, Overlay, Rgb, View};

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 3.0;

/// What lets through less than a tenth hides what lies beneath it.
const SOLID: f32 = 0.9;

const WHITE: Rgb = Rgb([u8::MAX; 3]);

/// Recognised text stands up to this far from what it was read off, in points.
const MARGIN: f64 = 2.0;

/// Type differs from its ground by this much at least; the grain of scanned paper stays below.
const CONTRAST: u8 = 48;

/// Colours this near to each other cannot be told apart on paper.
const SAME: u8 = 12;

/// How a number stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NumberSight {
    /// Nobody sees it.
    InvisibleContent,
    /// A picture alone can show it, which has to be drawn to know.
    InPicture,
    /// It can be seen.
    Seen,
}

/// How the letters within an area can be seen, at best, on the screen and in print. `overlays` are what annotations may
/// paint above the page.
pub(super) fn sight(view: &View, overlays: &[Overlay], area: Rect) -> NumberSight {
    let marks = view.marks.iter().enumerate();
    let letters = marks.filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Letter(letter) if !letter.text.is_blank() => Some((index, mark, letter)),
        _ => None,
    });
    letters
        .filter(|(_, _, letter)| area.contains(letter.extent.middle()))
        .filter(|(_, mark, letter)| mark.annotation || !is_hidden(overlays, letter.extent.middle()))
        .map(|(index, mark, letter)| sight_of(view, index, mark, letter))
        .max()
        .unwrap_or(NumberSight::InvisibleContent)
}

/// Whether an annotation hides what the page itself shows at a point.
fn is_hidden(overlays: &[Overlay], point: (f64, f64)) -> bool {
    let mut marks = overlays.iter().flat_map(|overlay| &overlay.marks);
    marks.any(|mark| ground(mark, point).is_some_and(|(_, solid)| solid))
}

fn sight_of(view: &View, index: usize, mark: &Mark, letter: &Letter) -> NumberSight {
    let point = letter.extent.middle();
    if !view.area().contains(point) || !mark.is_let_through(point) {
        return NumberSight::InvisibleContent;
    }
    if letter.ink == Ink::Invisible || letter.opacity < 0.02 {
        let mut pictures = view.pictures();
        let on_picture =
            pictures.any(|(mark, picture)| picture.uniform.is_none() && mark.is_let_through(point));
        return if on_picture { NumberSight::InPicture } else { NumberSight::InvisibleContent };
    }
    if letter.up.0.hypot(letter.up.1) < SMALLEST {
        return NumberSight::InvisibleContent;
    }
    let above = view.marks.iter().skip(index + 1);
    let mut covers = above.clone().filter_map(|above| ground(above, point));
    if covers.any(|(_, solid)| solid) {
        return NumberSight::InvisibleContent;
    }
    let mut scans = above.filter(|above| is_opaque_picture(above));
    if scans.any(|scan| scan.is_let_through(point)) {
        return NumberSight::InPicture;
    }
    let Ink::Plain(ink) = letter.ink else {
        return NumberSight::Seen;
    };
    let beneath = view.marks.iter().take(index).rev();
    let ground = beneath.filter_map(|mark| ground(mark, point)).next();
    let is_lost = match ground {
        Some((Some(colour), true)) => is_same(ink, colour),
        // Scanned paper is light; type of another colour stands out from it.
        Some((None, _)) if is_same(ink, WHITE) => return NumberSight::InPicture,
        Some(_) => false,
        None => is_same(ink, WHITE),
    };
    if is_lost { NumberSight::InvisibleContent } else { NumberSight::Seen }
}

fn is_opaque_picture(mark: &Mark) -> bool {
    matches!(&mark.drawn, Drawn::Picture(picture) if picture.uniform.is_none() && picture.opacity >= SOLID)
}

/// Whether something stands out within an area of a page of this size, as drawn.
pub(super) fn stands_out(drawing: &Drawing, area: Rect, (width, height): (f64, f64)) -> bool {
    let (columns, rows) = drawing.size();
    let (columns, rows) = (f64::from(columns), f64::from(rows));
    let left = (area.left - MARGIN) / width * columns;
    let right = (area.right + MARGIN) / width * columns;
    let top = (height - area.top - MARGIN) / height * rows;
    let bottom = (height - area.bottom + MARGIN) / height * rows;
    let (mut dark, mut light) = (u8::MAX, 0);
    let grey = drawing.grey();
    for (y, row) in (0_u32..).zip(grey.chunks(usize::from(drawing.size().0).max(1))) {
        for (x, level) in (0_u32..).zip(row) {
            if (left..right).contains(&f64::from(x)) && (top..bottom).contains(&f64::from(y)) {
                (dark, light) = (dark.min(*level), light.max(*level));
            }
        }
    }
    light.saturating_sub(dark) >= CONTRAST
}

/// The colour of what is painted at a point, and whether it hides what lies beneath; `None` where it paints nothing there.
/// A picture of more than one colour may be the page itself, with its text beneath it.
fn ground(mark: &Mark, point: (f64, f64)) -> Option<(Option<Rgb>, bool)> {
    if !mark.is_let_through(point) {
        return None;
    }
    match &mark.drawn {
        Drawn::Letter(_) => None,
        Drawn::Shape(shape) => {
            shape.outline.covers(point).then_some((shape.colour, shape.opacity >= SOLID))
        }
        Drawn::Picture(picture) => {
            let solid = picture.uniform.is_some() && picture.opacity >= SOLID;
            Some((picture.uniform, solid))
        }
    }
}

fn is_same(Rgb(ink): Rgb, Rgb(ground): Rgb) -> bool {
    ink.into_iter().zip(ground).all(|(ink, ground)| ink.abs_diff(ground) <= SAME)
}
