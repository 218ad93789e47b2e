//! Boxes painted over a scan, or another picture: the picture itself still holds what they hide. And boxes that were painted
//! into the scan after its text was recognised: the text layer still says what they hide.

use super::covers::{Cover, Covers};
use super::{Kind, Leak, Place, Redaction};
use crate::geometry::Rect;
use crate::look::{Drawn, Ink, Rgb, Tone, View, lines};

/// The smallest box, in points, that could hide a word.
const LOWEST: f64 = 5.0;
const NARROWEST: f64 = 10.0;

/// How far, in points, a box may stand beside another that was painted into the picture.
const EDGE: f64 = 2.5;

/// A box that covers more than this part of the picture is its background or its frame.
const LARGEST: f64 = 0.6;

/// What a box hides differs by so much in itself; blank paper does not.
pub(super) const CONTENT: u8 = 60;

/// A redaction is black, or nearly; a light box may hide something or hold something.
const DARK: u8 = 60;

/// The lightest point of a box that was painted into a scan: compression makes black uneven.
const BLACK: u8 = 64;

/// Shorter words in a text layer are dirt or rules that were taken for letters.
const FEWEST: usize = 3;

/// Areas of boxes over pictures, all of which are seen; whether there is anything beneath them must be looked up.
pub(super) fn boxes(view: &View, covers: &Covers<'_>) -> Vec<Rect> {
    let pictures: Vec<&Cover<'_>> = covers
        .all()
        .iter()
        .filter(|cover| cover.is_scan && cover.solid)
        .collect();
    let Some(first) = pictures.first() else {
        return Vec::new();
    };
    let scan = pictures
        .iter()
        .fold(first.area, |area, cover| area.join(cover.area));
    covers
        .all()
        .iter()
        .filter(|cover| {
            cover.index > first.index && is_box(cover, scan) && is_seen(cover, covers, view)
        })
        .map(|cover| inner(cover.area))
        .collect()
}

/// A box without its edge: where a box was painted into the picture as well, the two never fit exactly.
fn inner(area: Rect) -> Rect {
    let (x, y) = (EDGE.min(area.width() / 4.0), EDGE.min(area.height() / 4.0));
    Rect::new(area.left + x, area.bottom + y, area.right - x, area.top - y)
}

fn is_box(cover: &Cover<'_>, scan: Rect) -> bool {
    let inside = cover.area.intersection(scan).map_or(0.0, Rect::area);
    let (width, height) = (cover.area.width(), cover.area.height());
    cover.solid
        && cover.colour.is_some()
        && width.min(height) >= LOWEST
        && width.max(height) >= NARROWEST
        && inside >= 0.8 * cover.area.area()
        && cover.area.area() < LARGEST * scan.area()
}

/// Whether a box is still bare on top: not painted over, and, unless it is dark, without a text of its own.
fn is_seen(cover: &Cover<'_>, covers: &Covers<'_>, view: &View) -> bool {
    let area = cover.area;
    let at = |x: f64, y: f64| {
        (
            area.left + x * area.width(),
            area.bottom + y * area.height(),
        )
    };
    let points = [0.25, 0.5, 0.75].map(|x| [0.25, 0.5, 0.75].map(|y| at(x, y)));
    let bare = points
        .iter()
        .flatten()
        .filter(|point| cover.covers(**point) && covers.above(cover.index, **point).is_none())
        .count();
    let is_dark = matches!(cover.colour, Some(Rgb(channels)) if channels.into_iter().all(|value| value <= DARK));
    bare >= 5 && (is_dark || !has_own_text(cover, view))
}

fn has_own_text(cover: &Cover<'_>, view: &View) -> bool {
    view.marks.iter().skip(cover.index + 1).any(|mark| {
        matches!(&mark.drawn, Drawn::Letter(letter)
            if letter.ink != Ink::Invisible && !letter.text.is_blank()
                && mark.seen.is_some_and(|seen| seen.intersection(cover.area).is_some()))
    })
}

/// The boxes that hide something of a picture beneath them, by the tones of the pictures there.
pub(super) fn find(view: &View, boxes: &[Rect], tones: &[Vec<Tone>]) -> Vec<Leak> {
    boxes
        .iter()
        .zip(tones)
        .filter(|(_, tones)| tones.iter().any(|tone| tone.contrast() >= CONTENT))
        .map(|(area, _)| Leak {
            kind: Kind::Redaction(Redaction::PictureBeneath),
            place: Place::of(*area, view.size.1),
        })
        .collect()
}

/// Where the words of the text layer stand on the scan; whether they are still to be seen there must be looked up.
pub(super) fn words(view: &View, covers: &Covers<'_>) -> Vec<Rect> {
    if !covers.all().iter().any(|cover| cover.is_scan) {
        return Vec::new();
    }
    let of_layer = view.marks.iter().enumerate().filter_map(|(index, mark)| {
        let Drawn::Letter(letter) = &mark.drawn else {
            return None;
        };
        // Some programs write what they recognised beneath the scan in place of painting it with nothing.
        let above = || covers.above(index, middle(letter.extent));
        let is_layer = letter.ink == Ink::Invisible || above().is_some_and(|cover| cover.is_scan);
        is_layer.then_some(letter)
    });
    lines(of_layer)
        .into_iter()
        .flat_map(|line| line.words)
        .filter(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count() >= FEWEST)
        .map(|word| core(word.extent))
        .filter(|area| covers.is_bare_scan(middle(*area)))
        .collect()
}

/// The part of a word that certainly lies within its letters: text layers stand a little beside the ink.
fn core(area: Rect) -> Rect {
    let (x, y) = (area.width() / 8.0, area.height() / 3.5);
    Rect::new(area.left + x, area.bottom + y, area.right - x, area.top - y)
}

fn middle(area: Rect) -> (f64, f64) {
    (
        f64::midpoint(area.left, area.right),
        f64::midpoint(area.bottom, area.top),
    )
}

/// The words of the text layer where the scan has nothing but black. White letters on black are lighter; several
/// pictures, one above the other, cannot be told.
pub(super) fn find_in_picture(view: &View, words: &[Rect], tones: &[Vec<Tone>]) -> Vec<Leak> {
    let is_black = |tones: &[Tone]| matches!(tones, [tone] if tone.light <= BLACK);
    words
        .iter()
        .zip(tones)
        .filter(|(_, tones)| is_black(tones))
        .map(|(area, _)| Leak {
            kind: Kind::Redaction(Redaction::LayerBeneath),
            place: Place::of(*area, view.size.1),
        })
        .collect()
}
