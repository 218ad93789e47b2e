//! What becomes of the letters of a page: whether a reader sees them, by the picture that the page makes.

use std::collections::{HashMap, HashSet};

use super::Redaction;
use super::covers::{Covers, Ground, HATCHED, thin_lines};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, Letter, LetterText, Mark, OpenPage, Rgb, Sight, View};

/// Colours this near to each other cannot be told apart on paper.
const SAME: f32 = 12.0;

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 2.0;

/// A letter of whose ink no more than this part is seen cannot be read: a line of which a box leaves the tails.
const UNREADABLE: f64 = 0.15;

/// How many of the points looked at may be seen of a letter of a text layer that is hidden all the same.
const MAY_SHOW: usize = 1;

/// Ink lighter than this is looked for on a scan, too: nobody prints on paper with it.
const PALE: u8 = 200;

/// The side of a field of the map of letters, in points.
const FIELD: f64 = 12.0;

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterFate {
    Seen,
    Hidden(Redaction),
    /// Cut off by a clip, outside of the page, or in the text layer of a scan.
    Elsewhere,
}

/// A letter and its place in the order of painting.
#[derive(Clone, Copy)]
struct Drawing<'v> {
    index: usize,
    mark: &'v Mark,
    letter: &'v Letter,
}

/// What becomes of each letter that could be read. `by_readers` is what readers paint by themselves.
pub(super) fn fates<'v>(
    page: OpenPage<'_, '_>,
    view: &'v View,
    covers: &Covers<'_>,
    by_readers: &[Mark],
) -> Vec<(&'v Letter, LetterFate)> {
    let overlaid = Overlaid::of(view);
    let mut fates: Vec<(&Letter, LetterFate)> = Vec::new();
    let mut doubtful: Vec<(usize, &Letter)> = Vec::new();
    for drawing in letters(view) {
        let fate = known_fate(drawing, covers, view, &overlaid);
        if fate.is_none() {
            doubtful.push((fates.len(), drawing.letter));
        }
        fates.push((drawing.letter, fate.unwrap_or(LetterFate::Elsewhere)));
    }
    // Most pages end here.
    if !doubtful.is_empty() {
        let letters: Vec<&Letter> = doubtful.iter().map(|(_, letter)| *letter).collect();
        let sights = page.sights(&letters, by_readers);
        for ((at, _), sight) in doubtful.iter().zip(sights) {
            if let Some((_, fate)) = fates.get_mut(*at) {
                *fate = fate_by_sight(sight);
            }
        }
    }
    fates
}

fn letters(view: &View) -> impl Iterator<Item = Drawing<'_>> {
    view.marks.iter().enumerate().filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Letter(letter) if !letter.text.is_blank() => Some(Drawing { index, mark, letter }),
        _ => None,
    })
}

fn fate_by_sight(sight: Sight) -> LetterFate {
    let is_lost = |seen: usize| seen as f64 <= UNREADABLE * sight.points as f64;
    match sight.points {
        0 => LetterFate::Elsewhere,
        _ if !is_lost(sight.seen) => LetterFate::Seen,
        _ if is_lost(sight.seen_at_first) => LetterFate::Hidden(Redaction::SameColour),
        _ => LetterFate::Hidden(Redaction::TextBeneath),
    }
}

/// The fate of a letter of which the marks of the page tell it; `None` where its picture must be asked.
fn known_fate(
    drawing: Drawing<'_>,
    covers: &Covers<'_>,
    view: &View,
    overlaid: &Overlaid,
) -> Option<LetterFate> {
    let Drawing { index, letter, .. } = drawing;
    let is_overlaid = overlaid.contains(index);
    if !is_overlaid && is_plain_to_see(letter, covers) {
        return Some(LetterFate::Seen);
    }
    let points = points(letter);
    let page = view.area();
    let is_tiny = letter.up.0.hypot(letter.up.1) < SMALLEST;
    if is_tiny || points.iter().any(|point| !page.contains(*point)) {
        return Some(LetterFate::Elsewhere);
    }
    if letter.ink == Ink::Invisible
        || letter.opacity < 0.02
        || is_beneath_scan(drawing, covers, &points)
    {
        let is_cut = points.iter().any(|point| !drawing.mark.is_let_through(*point));
        let boxed = points.iter().filter(|point| covers.over_scan(**point).is_some()).count();
        let is_boxed = !is_cut && boxed + MAY_SHOW >= points.len();
        return Some(match is_boxed {
            true => LetterFate::Hidden(Redaction::LayerBeneath),
            false => LetterFate::Elsewhere,
        });
    }
    let is_bare = !is_overlaid && !covers.touch_from_above(index, letter.extent);
    (is_bare && stands_out(drawing, covers, &points)).then_some(LetterFate::Seen)
}

/// Whether nothing is painted above or beneath a letter, and its ink is no white on white.
fn is_plain_to_see(letter: &Letter, covers: &Covers<'_>) -> bool {
    let is_lost = match letter.ink {
        Ink::Invisible | Ink::Pattern => true,
        Ink::Plain(ink) => is_lost(ink, letter.opacity, Rgb([u8::MAX; 3])),
    };
    !is_lost && !covers.touch(letter.extent)
}

/// Whether a scan was painted over a letter: it is what was recognised, and lies behind.
fn is_beneath_scan(
    Drawing { index, .. }: Drawing<'_>,
    covers: &Covers<'_>,
    points: &[(f64, f64)],
) -> bool {
    let above: Vec<_> = points.iter().filter_map(|point| covers.above(index, *point)).collect();
    above.iter().any(|cover| cover.is_scan) && above.len() + MAY_SHOW >= points.len()
}

/// Whether a letter that nothing is painted over stands on colours from which its ink can be told at once.
fn stands_out(
    Drawing { index, letter, .. }: Drawing<'_>,
    covers: &Covers<'_>,
    points: &[(f64, f64)],
) -> bool {
    let Ink::Plain(ink) = letter.ink else {
        return false;
    };
    let is_told_from = |ground: Rgb| !is_lost(ink, letter.opacity, ground);
    points.iter().all(|point| match covers.beneath(index, *point) {
        Ground::Paper => is_told_from(Rgb([u8::MAX; 3])),
        Ground::Plain(colour) => is_told_from(colour),
        Ground::Scan => ink.0.iter().any(|channel| *channel < PALE),
        Ground::Mixed => false,
    })
}

/// Whether ink of some opacity cannot be told from what it lies on.
fn is_lost(Rgb(ink): Rgb, opacity: f32, Rgb(ground): Rgb) -> bool {
    ink.into_iter()
        .zip(ground)
        .all(|(ink, ground)| f32::from(ink.abs_diff(ground)) * opacity <= SAME)
}

/// Points that a letter's strokes surround: a rule through the letter, or under it, covers few of them.
fn points(letter: &Letter) -> [(f64, f64); 12] {
    let low =
        matches!(letter.text, LetterText::One(letter) if "acegmnopqrsuvwxyz".contains(letter));
    let top = if low { 0.46 } else { 0.64 };
    let across = [0.06, 0.06 + (top - 0.06) / 3.0, top - (top - 0.06) / 3.0, top];
    let along = [0.2, 0.5, 0.8];
    let mut points = [letter.origin; 12];
    let grid = across.into_iter().flat_map(|across| along.map(|along| (along, across)));
    for (point, (along, across)) in points.iter_mut().zip(grid) {
        point.0 += along * letter.advance.0 + across * letter.up.0;
        point.1 += along * letter.advance.1 + across * letter.up.1;
    }
    points
}

/// Letters that lines fill the place of, or that others may cover, which are blocks or drawings (Type 3) of any size.
struct Overlaid(HashSet<usize>);

impl Overlaid {
    fn of(view: &View) -> Self {
        let coverers: Vec<Drawing<'_>> =
            letters(view).filter(|drawing| may_cover(drawing.letter)).collect();
        let mut overlaid = Self(hatched(view));
        if coverers.is_empty() {
            return overlaid;
        }
        let mut middles: HashMap<(i64, i64), Vec<Drawing<'_>>> = HashMap::new();
        for drawing in letters(view) {
            middles.entry(field(drawing.letter.extent.middle())).or_default().push(drawing);
        }
        for coverer in coverers {
            let area = coverer.letter.extent;
            let beneath = fields(area).filter_map(|field| middles.get(&field)).flatten();
            let beneath = beneath.filter(|other| {
                other.letter.text != coverer.letter.text
                    && area.contains(other.letter.extent.middle())
            });
            overlaid.0.extend(beneath.map(|other| other.index));
        }
        overlaid
    }

    fn contains(&self, index: usize) -> bool {
        self.0.contains(&index)
    }
}

/// Letters whose place is filled with lines, each of which hides nothing.
fn hatched(view: &View) -> HashSet<usize> {
    let lines = thin_lines(view);
    let filled = |letter: &Letter| {
        let place = letter.extent;
        let parts = lines.iter().filter_map(|line| {
            line.area.intersection(place).map(|common| line.coverage * common.area())
        });
        parts.sum::<f64>() >= HATCHED * place.area()
    };
    match lines.is_empty() {
        true => HashSet::new(),
        false => letters(view)
            .filter(|drawing| filled(drawing.letter))
            .map(|drawing| drawing.index)
            .collect(),
    }
}

/// Whether a letter may be no more than a box.
pub(super) fn may_cover(letter: &Letter) -> bool {
    let is_block = matches!(letter.text,
        LetterText::One(sign) if ('\u{2580}'..='\u{25ff}').contains(&sign));
    (letter.drawn || is_block || letter.text == LetterText::Unknown) && letter.ink != Ink::Invisible
}

#[allow(clippy::cast_possible_truncation, reason = "letters that are looked at lie on the page")]
fn field((x, y): (f64, f64)) -> (i64, i64) {
    ((x / FIELD).floor() as i64, (y / FIELD).floor() as i64)
}

/// The fields that an area touches; of one that is larger than a page, those at its start.
fn fields(area: Rect) -> impl Iterator<Item = (i64, i64)> {
    let (from, to) = (field((area.left, area.bottom)), field((area.right, area.top)));
    let cut = |from: i64, to: i64| from..=to.min(from + 200);
    cut(from.1, to.1).flat_map(move |row| cut(from.0, to.0).map(move |column| (column, row)))
}
