//! Boxes painted over a scan, or another picture: the picture itself still holds what they hide. And boxes that were painted
//! into the scan after its text was recognised: the text layer still says what they hide.

use super::covers::{Covering, Covers};
use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, Note, Rgb, Tone, View, lines};

/// The smallest box, in points, that could hide a word.
const LOWEST: f64 = 5.0;
const NARROWEST: f64 = 10.0;

/// How far, in points, a box may stand beside another that was painted into the picture.
const EDGE: f64 = 2.5;

/// The smallest photograph, in points, on which something could be hidden.
const PHOTOGRAPH: f64 = 72.0;

/// A box that covers more than this part of the picture is its background or its frame.
const LARGEST: f64 = 0.6;

/// What a box hides differs by so much in itself; blank paper does not.
pub(super) const CONTENT: u8 = 60;

/// A redaction is black, or nearly; a light box may hide something or hold something.
const DARK: u8 = 60;

/// The lightest point of a box that was painted into a scan: compression makes black uneven.
const BLACK: u8 = 64;

/// Paper differs by less than this in itself, and is lighter than black.
const BLANK: u8 = 24;

/// A text layer fits its scan if so many of its words, and so large a part of them, stand on something.
const MIN_INKED: usize = 10;
const INKED: f64 = 0.85;

/// A box over a few words is as long as this, in points, without the ends of its first and last word.
const SHORTEST_BLANK: f64 = 40.0;

/// Shorter words in a text layer are dirt or rules that were taken for letters.
const MIN: usize = 3;

/// Areas of boxes over pictures, all of which are seen; whether there is anything beneath them must be looked up.
pub(super) fn boxes(view: &View, covers: &Covers<'_>, notes: &[Note]) -> Vec<Rect> {
    let pictures: Vec<&Covering<'_>> =
        covers.all().iter().filter(|cover| cover.is_scan && cover.solid).collect();
    let Some(first) = pictures.first() else {
        return boxes_on_photographs(view, covers);
    };
    let scan = pictures.iter().fold(first.area, |area, cover| area.join(cover.area));
    covers
        .all()
        .iter()
        .filter(|cover| {
            cover.index > first.index
                && is_box(cover, scan)
                && is_seen(cover, covers, has_own_text(cover, view) && !is_markup(cover, notes))
        })
        .map(|cover| inner(cover.area))
        .collect()
}

/// The same for photographs on a page: black or white rectangles with no words of their own. Whatever else is drawn on a
/// photograph points something out.
fn boxes_on_photographs(view: &View, covers: &Covers<'_>) -> Vec<Rect> {
    let is_photograph = |cover: &&Covering<'_>| {
        let (width, height) = (cover.area.width(), cover.area.height());
        cover.is_photograph() && width.min(height) >= PHOTOGRAPH
    };
    let photographs: Vec<&Covering<'_>> = covers.all().iter().filter(is_photograph).collect();
    if photographs.is_empty() {
        return Vec::new();
    }
    let hides = |cover: &&Covering<'_>| {
        cover.is_rectangle()
            && cover.colour.is_some_and(is_black_or_white)
            && photographs
                .iter()
                .any(|photograph| photograph.index < cover.index && is_box(cover, photograph.area))
            && is_seen(cover, covers, false)
            && !has_own_text(cover, view)
    };
    let boxes = covers.all().iter().filter(hides);
    boxes.map(|cover| inner(cover.area)).collect()
}

fn is_black_or_white(Rgb(channels): Rgb) -> bool {
    let all = |test: fn(u8) -> bool| channels.into_iter().all(test);
    all(|channel| channel <= DARK) || all(|channel| channel >= u8::MAX - 10)
}

/// Pictures that make up the page and lie wholly beneath another that does: a page was scanned anew and the old one left
/// there.
pub(super) fn beneath_others(covers: &Covers<'_>) -> Vec<Rect> {
    let scans: Vec<&Covering<'_>> = covers
        .all()
        .iter()
        .filter(|cover| cover.is_photograph() && cover.area.area() >= covers.most_of_page())
        .collect();
    let pairs = scans.windows(2).filter_map(|pair| match pair {
        [below, above] if !below.is_same_picture(above) => Some((below.area, above.area)),
        _ => None,
    });
    let hidden = pairs.filter(|(below, above)| {
        let common = below.intersection(*above).map_or(0.0, Rect::area);
        common >= 0.95 * below.area()
    });
    hidden.map(|(below, _)| inner(below)).collect()
}

/// A box without its edge: where a box was painted into the picture as well, the two never fit exactly.
fn inner(area: Rect) -> Rect {
    let (x, y) = (EDGE.min(area.width() / 4.0), EDGE.min(area.height() / 4.0));
    Rect::new(area.left + x, area.bottom + y, area.right - x, area.top - y)
}

fn is_box(cover: &Covering<'_>, scan: Rect) -> bool {
    let inside = cover.area.intersection(scan).map_or(0.0, Rect::area);
    let (width, height) = (cover.area.width(), cover.area.height());
    cover.solid
        && cover.colour.is_some()
        && width.min(height) >= LOWEST
        && width.max(height) >= NARROWEST
        && inside >= 0.8 * cover.area.area()
        && cover.area.area() < LARGEST * scan.area()
}

/// Whether somebody put a box onto the page: what is typed on it does not make it a part of the page.
fn is_markup(cover: &Covering<'_>, notes: &[Note]) -> bool {
    let middle = cover.area.middle();
    let holds = |note: &Note| note.is_markup() && note.area.contains(middle);
    cover.is_annotation() && notes.iter().any(holds)
}

/// Whether a box is still bare on top: not painted over, and, unless it is dark, no label.
fn is_seen(cover: &Covering<'_>, covers: &Covers<'_>, is_label: bool) -> bool {
    let area = cover.area;
    let at = |x: f64, y: f64| (area.left + x * area.width(), area.bottom + y * area.height());
    let points = [0.25, 0.5, 0.75].map(|x| [0.25, 0.5, 0.75].map(|y| at(x, y)));
    let bare = points
        .iter()
        .flatten()
        .filter(|point| cover.covers(**point) && covers.above(cover.index, **point).is_none())
        .count();
    let is_dark = matches!(cover.colour, Some(Rgb(channels)) if channels.into_iter().all(|value| value <= DARK));
    bare >= 5 && (is_dark || !is_label)
}

fn has_own_text(cover: &Covering<'_>, view: &View) -> bool {
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
            kind: LeakKind::Redaction(Redaction::PictureBeneath),
            place: LeakPlace::of(*area, view.size.1),
        })
        .collect()
}

/// Of the pictures that lie wholly beneath another, those that show something. Their own tone comes first.
pub(super) fn find_covered(view: &View, covered: &[Rect], tones: &[Vec<Tone>]) -> Vec<Leak> {
    let both = covered.iter().zip(tones);
    both.filter(|(_, tones)| {
        tones.len() > 1 && tones.first().is_some_and(|tone| tone.contrast() >= CONTENT)
    })
    .map(|(area, _)| Leak {
        kind: LeakKind::Redaction(Redaction::PictureBeneath),
        place: LeakPlace::of(*area, view.size.1),
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
        let above = || covers.above(index, letter.extent.middle());
        let is_layer = letter.ink == Ink::Invisible || above().is_some_and(|cover| cover.is_scan);
        is_layer.then_some(letter)
    });
    lines(of_layer)
        .into_iter()
        .flat_map(|line| line.words)
        .filter(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count() >= MIN)
        .map(|word| core(word.extent))
        .filter(|area| covers.is_bare_scan(area.middle()))
        .collect()
}

/// The part of a word that certainly lies within its letters: text layers stand a little beside the ink.
fn core(area: Rect) -> Rect {
    let (x, y) = (area.width() / 8.0, area.height() / 3.5);
    Rect::new(area.left + x, area.bottom + y, area.right - x, area.top - y)
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
            kind: LeakKind::Redaction(Redaction::LayerBeneath),
            place: LeakPlace::of(*area, view.size.1),
        })
        .collect()
}

/// Where the text layer of a scan that it otherwise fits goes on over blank paper: a white box was painted into the scan.
pub(super) fn find_on_blank(view: &View, words: &[Rect], tones: &[Vec<Tone>]) -> Vec<Leak> {
    let is_inked = |tones: &[Tone]| tones.iter().any(|tone| tone.contrast() >= CONTENT);
    let is_blank = |tones: &[Tone]| {
        let mut all = tones.iter();
        !tones.is_empty() && all.all(|tone| tone.contrast() < BLANK && tone.light > BLACK)
    };
    let inked = tones.iter().filter(|tones| is_inked(tones)).count();
    if inked < MIN_INKED || (inked as f64) < INKED * words.len() as f64 {
        return Vec::new();
    }
    let mut runs: Vec<Rect> = Vec::new();
    let mut goes_on = false;
    for (word, tones) in words.iter().zip(tones) {
        match runs.last_mut() {
            _ if !is_blank(tones) => goes_on = false,
            Some(run) if goes_on && is_beside(*run, *word) => *run = run.join(*word),
            _ => {
                runs.push(*word);
                goes_on = true;
            }
        }
    }
    let long = runs.into_iter().filter(|run| run.width().max(run.height()) >= SHORTEST_BLANK);
    long.map(|run| Leak {
        kind: LeakKind::Redaction(Redaction::LayerBeneath),
        place: LeakPlace::of(run, view.size.1),
    })
    .collect()
}

/// Whether a word goes on in the line of what stands before it.
fn is_beside(run: Rect, word: Rect) -> bool {
    let overlap = |a: (f64, f64), b: (f64, f64)| a.0 < b.1 && b.0 < a.1;
    overlap((run.bottom, run.top), (word.bottom, word.top))
        || overlap((run.left, run.right), (word.left, word.right))
}
/// What masks of pictures cut out of them, though they go on there.
pub(super) fn holes(view: &View) -> Vec<Leak> {
    let holes = view.pictures().filter_map(|(_, picture)| picture.hole);
    let leak = |hole: Rect| Leak {
        kind: LeakKind::Redaction(Redaction::PictureBeneath),
        place: LeakPlace::of(hole, view.size.1),
    };
    holes.map(leak).collect()
}
