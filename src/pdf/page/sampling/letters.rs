//! Letters asked about, and the points of their ink.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Point};

use super::Sight;
use super::points::{self, Points};
use super::sampler::Layer;
use crate::pdf::page::Letter;
use crate::pdf::page::glyphs::KnownCode;

/// Colours this near to each other, of 1, cannot be told apart on paper: 12 of 255, as measured on prints of grey on
/// white and on black.
const SAME: f32 = 12.5 / 255.0;

/// A letter drawn again within this part of its size is the same to a reader: bold type made by printing twice, a shadow,
/// an outline.
const AGAIN: f64 = 0.35;

/// The size of a field of the map of letters, in points.
const FIELD: f64 = 8.0;

/// No two letters of one kind are drawn so near to each other, in points, but for rounding.
const HERE: f64 = 0.01;

/// Rows and columns of points on a letter that is a drawing.
const GRID: (u32, u32) = (8, 6);

/// Letters asked about.
pub(super) struct Letters<'v> {
    map: LetterMap<'v>,
    /// For each point, which of the letters it belongs to.
    owners: Vec<usize>,
    /// For each letter, its points.
    points_of: Vec<Vec<usize>>,
}

impl<'v> Letters<'v> {
    /// With the points of their ink, which a look at the page finds.
    pub(super) fn new(
        letters: &'v [&'v Letter],
        look: impl FnOnce(&mut Inks<'_, 'v>),
    ) -> (Self, Points) {
        let map = LetterMap::of(letters);
        let mut inks = Inks { map: &map, found: Vec::new() };
        look(&mut inks);
        let mut placed = inks.found;
        placed.sort_by(|(one, _), (other, _)| one.y.total_cmp(&other.y));
        let owners: Vec<usize> = placed.iter().map(|(_, owner)| *owner).collect();
        let mut points_of = vec![Vec::new(); letters.len()];
        for (index, owner) in owners.iter().enumerate() {
            if let Some(points) = points_of.get_mut(*owner) {
                points.push(index);
            }
        }
        let points = Points::new(placed.into_iter().map(|(point, _)| point).collect());
        (Self { map, owners, points_of }, points)
    }
}

/// Letters, to be found by place.
struct LetterMap<'v> {
    letters: &'v [&'v Letter],
    fields: HashMap<(i64, i64), Vec<usize>>,
}

impl<'v> LetterMap<'v> {
    fn of(letters: &'v [&'v Letter]) -> Self {
        let mut fields: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, letter) in letters.iter().enumerate() {
            fields.entry(field(letter.origin)).or_default().push(index);
        }
        Self { letters, fields }
    }

    /// Those that stand where a letter is drawn, and say the same, with their distance from it in points.
    fn like(&self, glyph: &Glyph<'_>, origin: Point) -> Vec<(usize, f64)> {
        let (x, y) = field((origin.x, origin.y));
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        let near = around.filter_map(|field| self.fields.get(&field)).flatten();
        let distance = |index: &usize| -> Option<(usize, f64)> {
            let letter = self.letters.get(*index)?;
            let away = origin.distance(letter.origin.into());
            let reach = AGAIN * letter.up.0.hypot(letter.up.1);
            (away <= reach).then_some((*index, away))
        };
        let mut near: Vec<(usize, f64)> = near.filter_map(distance).collect();
        if !near.is_empty() {
            let text = KnownCode::of(glyph).text;
            near.retain(|(index, _)| {
                self.letters.get(*index).is_some_and(|letter| letter.text == text)
            });
        }
        near
    }
}

#[allow(clippy::cast_possible_truncation, reason = "letters that are looked at lie on the page")]
fn field((x, y): (f64, f64)) -> (i64, i64) {
    ((x / FIELD).floor() as i64, (y / FIELD).floor() as i64)
}

/// What is asked while a page is painted, and answered so far.
pub(super) struct Asked<'p> {
    letters: &'p Letters<'p>,
    /// Those that the letter being painted belongs to, and of these the ones that it is.
    painting: Vec<usize>,
    itself: Vec<usize>,
    is_open: bool,
    /// Which points have been painted with their own letter's ink.
    inked: Vec<bool>,
    /// At which the letter was seen as soon as it was painted.
    seen_at_first: Vec<bool>,
}

impl<'p> Asked<'p> {
    pub(super) fn new(letters: &'p Letters<'p>) -> Self {
        let none = vec![false; letters.owners.len()];
        Self {
            letters,
            painting: Vec::new(),
            itself: Vec::new(),
            is_open: false,
            inked: none.clone(),
            seen_at_first: none,
        }
    }

    /// A letter is going to be painted; whether it is none within the drawing of another.
    pub(super) fn begin(&mut self, glyph: &Glyph<'_>, to_page: Affine) -> bool {
        if self.is_open {
            return false;
        }
        self.is_open = true;
        let like = self.letters.map.like(glyph, to_page * Point::ORIGIN);
        self.painting.extend(like.iter().map(|(index, _)| *index));
        let itself = like.iter().filter(|(_, distance)| *distance < HERE);
        self.itself.extend(itself.map(|(index, _)| *index));
        true
    }

    /// The letter is painted.
    pub(super) fn end(&mut self, layer: Option<&Layer>) {
        let points = self.itself.iter().filter_map(|index| self.letters.points_of.get(*index));
        for index in points.flatten() {
            let is_seen = layer.is_some_and(|layer| layer.difference(*index) > SAME);
            if let Some(seen) = self.seen_at_first.get_mut(*index).filter(|_| is_seen) {
                *seen = true;
            }
        }
        (self.is_open, self.painting, self.itself) = (false, Vec::new(), Vec::new());
    }

    /// Whether what is being painted is what a point asks about.
    pub(super) fn leaves_out(&mut self, point: usize) -> bool {
        if self.painting.is_empty() {
            return false;
        }
        let Some(owner) = self.letters.owners.get(point) else { return false };
        if self.itself.contains(owner)
            && let Some(inked) = self.inked.get_mut(point)
        {
            *inked = true;
        }
        self.painting.contains(owner)
    }

    /// How each letter is seen on a page that is painted as far as `layer`.
    pub(super) fn sights(&self, layer: &Layer) -> Vec<Sight> {
        let sight = |points: &Vec<usize>| {
            let mut sight = Sight::default();
            for index in points.iter().filter(|index| self.inked.get(**index) == Some(&true)) {
                sight.points += 1;
                sight.seen += usize::from(layer.difference(*index) > SAME);
                sight.seen_at_first += usize::from(self.seen_at_first.get(*index) == Some(&true));
            }
            sight
        };
        self.letters.points_of.iter().map(sight).collect()
    }
}

/// Finds the points of the ink of letters.
pub(super) struct Inks<'l, 'v> {
    map: &'l LetterMap<'v>,
    found: Vec<(Point, usize)>,
}

impl Inks<'_, '_> {
    fn add(&mut self, glyph: &Glyph<'_>, to_page: Affine, mode: &DrawMode) {
        let like = self.map.like(glyph, to_page * Point::ORIGIN);
        for (index, _) in like.into_iter().filter(|(_, distance)| *distance < HERE) {
            let points = match (glyph, self.map.letters.get(index)) {
                (Glyph::Type3(_), letter) => letter.map(|letter| grid(letter)).unwrap_or_default(),
                (Glyph::Outline(outline), _) => {
                    let outline = to_page * outline.outline();
                    match mode {
                        DrawMode::Stroke(_) => points::of_line(&outline),
                        _ => points::of_ink(&outline),
                    }
                }
            };
            self.found.extend(points.into_iter().map(|point| (point, index)));
        }
    }
}

fn grid(letter: &Letter) -> Vec<Point> {
    let area = letter.extent;
    let part = |at: u32, of: u32| (f64::from(at) + 0.5) / f64::from(of);
    let column = move |column| area.left + part(column, GRID.1) * area.width();
    let row = move |row| area.bottom + part(row, GRID.0) * area.height();
    let rows = (0..GRID.0).flat_map(|at| (0..GRID.1).map(move |column| (column, at)));
    rows.map(|(at, above)| Point::new(column(at), row(above))).collect()
}

impl<'a> Device<'a> for Inks<'_, '_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            self.add(glyph, props.transform * glyph.transform(), mode);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
