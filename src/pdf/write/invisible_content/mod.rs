//! What a page's own content holds and nobody sees (ISO 32000-2, 9.3.6 and 14.11.2): text,
//! pictures and lines outside of the crop box, text in invisible mode where no picture is that it could be the text layer of.
//!
//! Only what is surely unseen counts: where readers may differ, or where it cannot be told how far
//! something reaches, it stays. What stands in forms that are seen is not looked at.

mod content;
mod copy;
mod drawn;
mod font;
mod operand;
mod path;
mod reader;
mod state;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use lopdf::{Dictionary, Document as Pdf, Object};

use self::content::{Cut, ShownContent, ShownKind, ShownOperator, Worded};
pub(crate) use self::copy::copy_without;
use self::drawn::{Resources, annotation_may_show_picture};
use self::reader::Reader;
use crate::model::geometry::Rect;
use crate::pdf::syntax::dictionaries::get_dict;
use crate::pdf::syntax::optional_content::page_content;
use crate::pdf::syntax::page_node::PageNode;

/// How far outside of the crop box something must stand, in units of user space: readers round.
const CLEAR: f64 = 1.0;

/// What becomes of a page without what nobody sees.
#[derive(Debug, Default)]
pub(crate) struct InvisibleContent {
    /// Its content.
    pub(crate) content: Vec<u8>,
    /// How many pieces of text outside of the crop box were taken out.
    pub(crate) text_outside: usize,
    /// How many pieces of text in invisible mode.
    pub(crate) text_unpainted: usize,
    /// How many pictures and drawings used as a whole outside of the crop box.
    pub(crate) figures_outside: usize,
    /// How many lines and filled areas outside of the crop box.
    pub(crate) paths_outside: usize,
}

/// `None` where nothing is surely unseen.
pub(crate) fn unseen(pdf: &Pdf, page: &PageNode) -> Option<InvisibleContent> {
    if page.box_assumed {
        return None;
    }
    let content = page_content(pdf, page)?;
    let empty = Dictionary::new();
    let resources =
        Resources { pdf, dict: get_dict(pdf, &page.dict, b"Resources").unwrap_or(&empty) };
    let read = Reader::new(&resources).run(&content)?;
    let fates = fates(&read, &pictures(&resources, page, &read), page.boxes.crop);
    let mut unseen = InvisibleContent::default();
    let mut cuts: Vec<&Cut> = Vec::new();
    for (shown, fate) in read.shown.iter().zip(&fates) {
        let Some(fate) = fate else {
            continue;
        };
        cuts.push(&shown.cut);
        match (&shown.kind, fate) {
            (ShownKind::Figure { .. }, _) => unseen.figures_outside += 1,
            (ShownKind::Path { .. }, _) => unseen.paths_outside += 1,
            (_, Why::Outside) => unseen.text_outside += 1,
            (_, Why::Unpainted) => unseen.text_unpainted += 1,
        }
    }
    if cuts.is_empty() {
        return None;
    }
    let is_gone = |mark: &&Worded| {
        let inside = fates.get(inside(&read, mark)).unwrap_or_default();
        inside.iter().any(Option::is_some)
    };
    cuts.extend(read.worded.iter().filter(is_gone).filter_map(|mark| mark.cut.as_ref()));
    cuts.sort_by_key(|(range, _)| range.start);
    unseen.content = without(&content, &cuts);
    Some(unseen)
}

/// Why something is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Outside,
    Unpainted,
}

/// The areas where pictures may stand; one of `None` may be anywhere.
fn pictures(resources: &Resources<'_>, page: &PageNode, read: &ShownContent) -> Vec<Option<Rect>> {
    let drawn = read.shown.iter().filter_map(|shown| match shown.kind {
        ShownKind::Figure { picture: true, .. } => Some(shown.area),
        _ => None,
    });
    let mut pictures: Vec<Option<Rect>> = drawn.collect();
    if resources.pictures_anywhere() {
        pictures.push(None);
    }
    let pdf = resources.pdf;
    let annotations = page.dict.get_deref(b"Annots", pdf);
    let annotations = annotations.and_then(Object::as_array);
    for annotation in annotations.into_iter().flatten() {
        let annotation = pdf.dereference(annotation).ok();
        let annotation = annotation.and_then(|(_, annotation)| annotation.as_dict().ok());
        if annotation.is_some_and(|annotation| annotation_may_show_picture(pdf, annotation)) {
            pictures.push(None);
        }
    }
    pictures
}

/// For each thing shown why it is to go; `None` for what stays.
fn fates(read: &ShownContent, pictures: &[Option<Rect>], crop: Rect) -> Vec<Option<Why>> {
    let page = crop.grown(CLEAR);
    let apart = |area: Option<Rect>, other: Option<Rect>| {
        area.zip(other).is_some_and(|(area, other)| !touch(area, other))
    };
    let fate = |shown: &ShownOperator| {
        let outside = apart(shown.area, Some(page)).then_some(Why::Outside);
        match shown.kind {
            ShownKind::Text { invisible, sure: true, .. } => {
                let alone = || pictures.iter().all(|picture| apart(shown.area, *picture));
                outside.or_else(|| (invisible && alone()).then_some(Why::Unpainted))
            }
            ShownKind::Figure { sure: true, .. } | ShownKind::Path { sure: true } => outside,
            _ => None,
        }
    };
    let mut fates: Vec<Option<Why>> = read.shown.iter().map(fate).collect();
    while keep_together(read, &mut fates) {}
    fates
}

/// Keeps what belongs to something that stays; whether there was any.
fn keep_together(read: &ShownContent, fates: &mut [Option<Why>]) -> bool {
    let before = fates.iter().flatten().count();
    let unit = |shown: &ShownOperator| match shown.kind {
        ShownKind::Text { unit, .. } => Some(unit),
        _ => None,
    };
    let staying: HashSet<usize> = read
        .shown
        .iter()
        .zip(fates.iter())
        .filter(|(_, fate)| fate.is_none())
        .filter_map(|(shown, _)| unit(shown))
        .collect();
    for (shown, fate) in read.shown.iter().zip(fates.iter_mut()) {
        if unit(shown).is_some_and(|unit| staying.contains(&unit)) {
            *fate = None;
        }
    }
    // The words for something must not outlive it, nor go while a part of it is seen.
    for mark in &read.worded {
        let inside = fates.get_mut(inside(read, mark)).unwrap_or_default();
        if mark.cut.is_none() || inside.iter().any(Option::is_none) {
            inside.fill(None);
        }
    }
    fates.iter().flatten().count() < before
}

/// Which of the things shown stand in a mark.
fn inside(read: &ShownContent, mark: &Worded) -> Range<usize> {
    let before = |position: usize| read.shown.partition_point(|shown| shown.cut.0.start < position);
    before(mark.inside.start)..before(mark.inside.end)
}

/// Whether two areas have a point in common.
fn touch(one: Rect, other: Rect) -> bool {
    one.left <= other.right
        && other.left <= one.right
        && one.bottom <= other.top
        && other.bottom <= one.top
}

fn without(content: &[u8], cuts: &[&Cut]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(content.len());
    let mut position = 0;
    for (range, instead) in cuts {
        kept.extend(content.get(position..range.start).unwrap_or_default());
        kept.extend(instead);
        position = range.end;
    }
    kept.extend(content.get(position..).unwrap_or_default());
    kept
}
