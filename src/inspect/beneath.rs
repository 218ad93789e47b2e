//! What pictures and annotations hide, though it is whole beneath them: the page is asked, whatever the cover is made of.

use super::covers::{Covering, Covers, HATCHED, thin_lines};
use super::fates::may_cover;
use super::patches::{Patch, patches};
use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Beneath, Drawn, Grid, Ink, Mark, Note, OpenPage, Question, View, is_icon};
use crate::pdf::source::comment_in_words;

/// The smallest picture, in points, on which something could be hidden, unless the page consists of pictures.
const PHOTOGRAPH: f64 = 54.0;

/// A picture of this part of the page may have holes; smaller ones are cut out along their edges.
const LARGE: f64 = 0.1;

/// What is cut out of more than this part of a picture is its ground.
const LARGEST_HOLE: f64 = 0.4;

/// What covers more than this part of a picture, and has words on it, is a ground of its own.
const LARGEST: f64 = 0.6;

/// What goes on beside a photograph, more than this part of it, was not laid over that.
const INSIDE: f64 = 0.8;

/// A page with more letters on it than this is no scan that somebody wrote on.
const MAX_LETTERS: usize = 200;

/// A sign over a face has fewer details than this; the icon of a brochure has dozens.
const MAX_DETAILS: usize = 12;

/// What differs by less than this, of 255, is one shade.
const SHADE: u8 = 24;

/// How many points one area is looked at, and how near to each other they are at the least, in points.
const POINTS: f64 = 50_000.0;
const NEAREST: f64 = 1.0;

/// Things so near to each other, in points, are looked at together; so many of them as one.
const NEAR: f64 = 2.0;
const MAX_THINGS: usize = 400;

/// What is asked, and what to make of the answer.
enum About {
    /// A picture, and what is painted over it.
    Picture(Vec<Over>),
    /// A picture out of which something is cut, and what is painted over it.
    Hole(Vec<Over>),
    /// An annotation, with what people call it where it is a comment.
    Annotation(Option<&'static str>),
    /// The icon of a comment, which readers move aside, unless it is but a patch.
    Icon(&'static str),
}

/// Something painted over a picture.
#[derive(Clone, Copy)]
struct Over {
    index: usize,
    area: Rect,
    /// Whether words on it make it a part of the page.
    may_be_label: bool,
}

/// What pictures and annotations hide on a page. `by_readers` is what readers paint by themselves.
pub(super) fn find(
    page: OpenPage<'_, '_>,
    view: &View,
    covers: &Covers<'_>,
    notes: &[Note],
    by_readers: &[Mark],
) -> Vec<Leak> {
    let mut asked: Vec<(Question<'_>, About)> = pictures(view, covers);
    asked.extend(annotations(page, view, covers, notes));
    // Most pages end here.
    if asked.is_empty() {
        return flattened(view);
    }
    let questions: Vec<Question<'_>> = asked.iter().map(|(question, _)| *question).collect();
    let grids = page.beneath(&questions, by_readers);
    let both = asked.iter().zip(&grids);
    let found = both.flat_map(|((_, about), grid)| about.leaks(grid, view, covers));
    found.chain(flattened(view)).collect()
}

fn question(of: Beneath<'_>, area: Rect) -> Question<'_> {
    Question { of, area, step: (area.area() / POINTS).sqrt().max(NEAREST) }
}

/// The pictures that something is painted over, or cut out of.
fn pictures<'v>(view: &'v View, covers: &'v Covers<'v>) -> Vec<(Question<'v>, About)> {
    let is_form = view.letters().filter(|(_, letter)| letter.ink != Ink::Invisible).count();
    let is_scanned = is_form <= MAX_LETTERS;
    let mut asked = Vec::new();
    for below in covers.all().iter().filter(|cover| may_lie_beneath(cover)) {
        let Some(picture) = below.picture() else { continue };
        let overs = overs(view, covers, below, below.is_scan && is_scanned);
        // A smaller one with a shape of its own is part of a drawing.
        let may_be_covered = below.is_scan || below.solid;
        let asked_about = overs.iter().filter(|_| may_be_covered).map(|over| over.area);
        for group in groups(asked_about.collect()) {
            let within = overs.iter().filter(|over| !over.area.is_apart_from(group)).copied();
            let about = About::Picture(within.collect());
            asked.push((question(Beneath::Picture(picture), group), about));
        }
        if below.is_cut() && below.area.area() >= LARGE * view.area().area() {
            let of = Beneath::WholePicture(picture);
            asked.push((question(of, below.area), About::Hole(overs)));
        }
    }
    asked
}

fn may_lie_beneath(cover: &Covering<'_>) -> bool {
    let shows = cover.colour.is_none() && !cover.is_annotation();
    shows && (cover.is_scan || cover.area.width().min(cover.area.height()) >= PHOTOGRAPH)
}

/// What is painted over a picture, annotations aside.
fn overs<'v>(
    view: &'v View,
    covers: &'v Covers<'v>,
    below: &Covering<'v>,
    is_scan: bool,
) -> Vec<Over> {
    let of_covers = covers.all().iter().filter(|cover| {
        cover.index > below.index && !cover.is_annotation() && !cover.is_same_picture(below)
    });
    let of_covers = of_covers.filter_map(|cover| {
        let area = cover.area.intersection(below.area)?;
        let is_ground = area.area() > LARGEST * below.area.area();
        let is_patch = below.is_scan || area.area() >= INSIDE * cover.area.area();
        is_patch.then_some(Over { index: cover.index, area, may_be_label: !is_scan || is_ground })
    });
    let letters = view.marks.iter().enumerate().skip(below.index).filter_map(|(index, mark)| {
        let Drawn::Letter(letter) = &mark.drawn else { return None };
        let area = mark.seen.filter(|_| may_cover(letter) && !mark.annotation)?;
        let area = area.intersection(below.area)?;
        Some(Over { index, area, may_be_label: false })
    });
    of_covers.chain(letters).chain(hatchings(view, below)).collect()
}

/// Areas over a picture that lines fill.
fn hatchings(view: &View, below: &Covering<'_>) -> Vec<Over> {
    let mut lines = thin_lines(view);
    lines.retain(|line| line.index > below.index && !line.area.is_apart_from(below.area));
    let areas = groups(lines.iter().map(|line| line.area).collect()).into_iter();
    let is_filled = |area: &Rect| {
        let parts = lines.iter().filter_map(|line| {
            line.area.intersection(*area).map(|common| line.coverage * common.area())
        });
        parts.sum::<f64>() >= HATCHED * area.area()
    };
    let areas = areas.filter(is_filled).filter_map(|area| area.intersection(below.area));
    areas.map(|area| Over { index: below.index, area, may_be_label: true }).collect()
}

/// Areas that touch each other as one.
fn groups(areas: Vec<Rect>) -> Vec<Rect> {
    if areas.len() > MAX_THINGS {
        return areas.into_iter().reduce(Rect::join).into_iter().collect();
    }
    let mut groups: Vec<Rect> = Vec::new();
    for mut area in areas {
        while let Some(at) = groups.iter().position(|group| !group.grown(NEAR).is_apart_from(area))
        {
            area = area.join(groups.swap_remove(at));
        }
        groups.push(area);
    }
    groups
}

/// The annotations that paint something that could hide what they stand on.
fn annotations<'v>(
    page: OpenPage<'_, '_>,
    view: &'v View,
    covers: &Covers<'_>,
    notes: &[Note],
) -> Vec<(Question<'v>, About)> {
    let drawn = page.drawn_annotations().into_iter().enumerate();
    let drawn = drawn.map(|(index, (subtype, area))| (Beneath::Annotation(index), subtype, area));
    let by_readers = notes.iter().flat_map(|note| {
        let marks = note.drawn_by_readers().into_iter();
        marks.filter_map(|mark| Some((note.subtype.clone(), mark.seen?)))
    });
    let by_readers = by_readers.enumerate();
    let by_readers =
        by_readers.map(|(index, (subtype, area))| (Beneath::ByReaders(index), subtype, area));
    let all = drawn.chain(by_readers).filter(|(_, subtype, _)| subtype != "Popup");
    let all = all.filter_map(|(of, subtype, area)| {
        let area = area.intersection(view.area())?;
        let comment = comment_in_words(subtype.as_bytes());
        if let Some(comment) = comment.filter(|_| is_icon(&subtype, area)) {
            return Some((question(of, area), About::Icon(comment)));
        }
        let about = About::Annotation(comment);
        paints(area, view, covers).then(|| (question(of, area), about))
    });
    all.collect()
}

/// Whether an annotation may hide anything of an area.
fn paints(area: Rect, view: &View, covers: &Covers<'_>) -> bool {
    let of_covers = || {
        covers.all().iter().any(|cover| cover.is_annotation() && !cover.area.is_apart_from(area))
    };
    let of_letters = || {
        let letters = view.letters().filter(|(mark, letter)| mark.annotation && may_cover(letter));
        letters.filter_map(|(mark, _)| mark.seen).any(|seen| !seen.is_apart_from(area))
    };
    of_covers() || of_letters()
}

impl About {
    fn leaks(&self, grid: &Grid, view: &View, covers: &Covers<'_>) -> Vec<Leak> {
        let leak =
            |kind: LeakKind, area: Rect| Leak { kind, place: LeakPlace::of(area, view.size.1) };
        let beneath = LeakKind::Redaction(Redaction::PictureBeneath);
        match self {
            Self::Picture(overs) => {
                let areas = groups(covered(grid, overs, view));
                areas.into_iter().map(|area| leak(beneath, area)).collect()
            }
            Self::Hole(overs) => {
                cut_out(grid, overs).into_iter().map(|area| leak(beneath, area)).collect()
            }
            Self::Icon(comment) => {
                let patches = areas(patches(grid, |_| true));
                let is_plain = is_plain(grid);
                let lifted = patches.iter().filter(|_| is_plain);
                lifted.map(|area| leak(LeakKind::CoveringComment(comment), *area)).collect()
            }
            Self::Annotation(comment) => {
                let patches = areas(patches(grid, |_| true));
                let lifted = patches.iter().filter_map(|area| {
                    comment.map(|comment| leak(LeakKind::CoveringComment(comment), *area))
                });
                let of_pictures = patches.iter().filter(|area| {
                    covers.has_picture_of_page(area.middle())
                        && (comment.is_some() || !has_words(**area, 0, view))
                });
                lifted.chain(of_pictures.map(|area| leak(beneath, *area))).collect()
            }
        }
    }
}

/// Where something painted over a picture, or several things together, hide something of it.
fn covered(grid: &Grid, overs: &[Over], view: &View) -> Vec<Rect> {
    let (mut found, mut rest): (Vec<Rect>, Vec<&Over>) = (Vec::new(), Vec::new());
    for over in overs {
        let alone = areas(patches(grid, |point| over.area.contains(point)));
        let is_part = |area: &Rect| {
            has_words(*area, over.index, view) || is_drawn_upon(*area, over.index, view)
        };
        if !(over.may_be_label && alone.iter().any(is_part)) {
            rest.push(over);
            found.extend(alone);
        }
    }
    if rest.len() > 1 {
        let is_over = |point| rest.iter().any(|over| over.area.contains(point));
        let may_be_label = rest.iter().all(|over| over.may_be_label);
        let together = areas(patches(grid, is_over)).into_iter();
        found.extend(together.filter(|area| !may_be_label || !has_words(*area, 0, view)));
    }
    found
}

fn areas(patches: Vec<Patch>) -> Vec<Rect> {
    patches.into_iter().map(|patch| patch.area).collect()
}

/// What clips and masks cut out of a picture, though it goes on there; what they take from its edges is its shape.
#[allow(clippy::cast_precision_loss, reason = "no page has so many cells")]
fn cut_out(grid: &Grid, overs: &[Over]) -> Vec<Rect> {
    let is_bare = |point| !overs.iter().any(|over| over.area.contains(point));
    let unseen = grid.cells.iter().filter(|cell| cell.is_hidden).count();
    if unseen as f64 > LARGEST_HOLE * grid.cells.len() as f64 {
        return Vec::new();
    }
    let inside = patches(grid, is_bare).into_iter().filter(|patch| !patch.is_at_edge);
    inside.map(|patch| patch.area).collect()
}

/// Whether so much is drawn upon an area that it is the ground of a drawing.
fn is_drawn_upon(area: Rect, index: usize, view: &View) -> bool {
    let later = view.marks.iter().skip(index + 1);
    let is_detail = |mark: &&Mark| {
        matches!(mark.drawn, Drawn::Shape(_))
            && mark.seen.is_some_and(|seen| area.contains(seen.middle()))
    };
    later.filter(is_detail).count() > MAX_DETAILS
}

/// Whether all of an area is covered with one shade.
#[allow(clippy::cast_precision_loss, reason = "no page has so many cells")]
fn is_plain(grid: &Grid) -> bool {
    let hidden = grid.cells.iter().filter(|cell| cell.is_hidden).map(|cell| cell.above);
    let ends = hidden.clone().min().zip(hidden.clone().max());
    let is_even = ends.is_some_and(|(dark, light)| light - dark < SHADE);
    is_even && hidden.count() as f64 >= INSIDE * grid.cells.len() as f64
}

/// Whether words are seen on an area that were painted after something.
fn has_words(area: Rect, index: usize, view: &View) -> bool {
    view.marks.iter().skip(index + 1).any(|mark| {
        matches!(&mark.drawn, Drawn::Letter(letter)
            if letter.ink != Ink::Invisible && !letter.text.is_blank() && !may_cover(letter))
            && mark.seen.is_some_and(|seen| seen.intersection(area).is_some())
    })
}

/// Pictures that were made one colour where they are shown, and are whole in the file.
fn flattened(view: &View) -> Vec<Leak> {
    let flattened = view.pictures().filter(|(_, picture)| picture.is_flattened);
    let leaks = flattened.filter_map(|(mark, _)| {
        Some(Leak {
            kind: LeakKind::Redaction(Redaction::PictureBeneath),
            place: LeakPlace::of(mark.seen?, view.size.1),
        })
    });
    leaks.collect()
}
