//! Pictures and drawings that a crop keeps from being seen: they are whole in the file.

use super::covers::MAX_OF_PAGE;
use super::scans::CONTENT;
use super::{Leak, LeakKind, LeakPlace};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Mark, Tone, View};

/// A picture goes on outside of the page if so much of it does, so far; printers want a little for cutting.
const PART: f64 = 0.1;
const DEEP: f64 = 36.0;

/// Marks for cutting and for colours are fewer; letters that were turned into outlines are more.
const MIN_DRAWINGS: usize = 40;

/// A part of a picture outside of the page.
pub(super) struct Strip {
    /// Which of the marks the picture is.
    mark: usize,
    pub(super) area: Rect,
}

/// A frame cuts off a little of many pictures; so much is not for the looks.
const CUT: f64 = 0.25;

/// What of the pictures a crop or a frame hides; whether that shows anything must be looked up.
pub(super) fn strips(view: &View) -> Vec<Strip> {
    let page = view.area();
    let marks = view.marks.iter().enumerate();
    let cropped = marks.filter_map(|(mark, drawn)| Some((mark, cropped_picture(drawn, page)?)));
    let cropped =
        cropped.flat_map(|(mark, seen)| outside(seen, page).map(move |area| Strip { mark, area }));
    let marks = view.marks.iter().enumerate();
    let framed = marks.filter_map(|(mark, drawn)| Some((mark, framed_scan(drawn, page)?)));
    let framed = framed.flat_map(|(mark, (whole, seen))| {
        outside(whole, seen).map(move |area| Strip { mark, area })
    });
    cropped.chain(framed).collect()
}

/// A picture that would make up the page, of which a frame leaves only a part: what the page would show of it, and that
/// part. Smaller ones are cut to size as a matter of course, and icons out of a sheet of them.
fn framed_scan(mark: &Mark, page: Rect) -> Option<(Rect, Rect)> {
    let (Drawn::Picture(picture), Some(seen)) = (&mark.drawn, mark.seen) else {
        return None;
    };
    let whole = picture.extent.intersection(page)?;
    let is_scan = whole.area() >= MAX_OF_PAGE * page.area();
    let is_cut = seen.area() > 0.0 && seen.area() <= (1.0 - CUT) * whole.area();
    (is_scan && is_cut && picture.uniform.is_none() && picture.opacity > 0.02)
        .then_some((whole, seen))
}

/// The part of a picture that clips leave, if much of that lies outside of the page.
fn cropped_picture(mark: &Mark, page: Rect) -> Option<Rect> {
    let (Drawn::Picture(picture), Some(seen)) = (&mark.drawn, mark.seen) else {
        return None;
    };
    let inside = seen.intersection(page).map_or(0.0, Rect::area);
    let is_cropped =
        picture.uniform.is_none() && picture.opacity > 0.02 && inside <= (1.0 - PART) * seen.area();
    is_cropped.then_some(seen)
}

/// What of an area lies beyond each edge of the page, where that is much.
fn outside(seen: Rect, page: Rect) -> impl Iterator<Item = Rect> {
    let beyond = [
        Rect { right: seen.right.min(page.left), ..seen },
        Rect { left: seen.left.max(page.right), ..seen },
        Rect { top: seen.top.min(page.bottom), ..seen },
        Rect { bottom: seen.bottom.max(page.top), ..seen },
    ];
    let wide = |strip: &Rect| strip.right - strip.left >= DEEP && strip.top - strip.bottom >= DEEP;
    beyond.into_iter().filter(wide)
}

/// What stands outside of the page, or goes on there, as one find. `tones` are those of the pictures in each strip; blank
/// paper says nothing.
pub(super) fn find(view: &View, strips: &[Strip], tones: &[Vec<Tone>]) -> Option<Leak> {
    let shown = strips.iter().zip(tones).filter(|(_, tones)| {
        let mut contrasts = tones.iter().map(|tone| tone.contrast());
        contrasts.any(|contrast| contrast >= CONTENT)
    });
    let mut pictures: Vec<&Strip> = shown.map(|(strip, _)| strip).collect();
    let drawings = drawings(view);
    let areas = pictures.iter().map(|strip| strip.area);
    let area = areas.chain(drawings.iter().copied()).reduce(Rect::join)?;
    pictures.dedup_by_key(|strip| strip.mark);
    Some(Leak {
        kind: LeakKind::Cropped { pictures: pictures.len(), drawings: drawings.len() },
        place: LeakPlace::of(area, view.size.1),
    })
}

/// The lines and filled areas outside of the page, unless they are few.
fn drawings(view: &View) -> Vec<Rect> {
    let page = view.area();
    let mut drawings: Vec<Rect> = view
        .marks
        .iter()
        .filter_map(|mark| match &mark.drawn {
            Drawn::Shape(shape) if shape.opacity > 0.02 => mark.seen,
            _ => None,
        })
        .filter(|seen| seen.area() > 0.0 && seen.intersection(page).is_none())
        .collect();
    if drawings.len() < MIN_DRAWINGS {
        drawings.clear();
    }
    drawings
}
