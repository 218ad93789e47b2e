//! What lies beneath something, and where nothing of it is seen: it is painted once as it is and once in other colours, and
//! where the page looks the same both times it is hidden.

use hayro::hayro_interpret::{Image, ImageDrawProps};
use hayro::kurbo::{Point, Rect as Box2};

use super::compose::Tint;
use super::points::Points;
use super::sampler::Layer;
use crate::model::geometry::Rect;
use crate::pdf::page::Picture;

/// Tints that differ by less than this, of 1, are the same to a reader: see what is said of letters.
const SAME: f32 = 12.5 / 255.0;

/// Points asked about on one page at the most: of more, every second one and so on.
const MAX_POINTS: f64 = 150_000.0;

/// Pictures are told apart by where they stand, to within this, in points.
const HERE: f64 = 0.01;

/// What may lie beneath something.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Beneath<'v> {
    /// A picture of the page, as far as it is painted.
    Picture(&'v Picture),
    /// All of a picture, what clips and masks cut out of it as well.
    WholePicture(&'v Picture),
    /// What the page looks like without one of its annotations, counted as they are painted.
    Annotation(usize),
    /// Or without one that readers paint by themselves.
    ByReaders(usize),
}

impl<'v> Beneath<'v> {
    fn picture(self) -> Option<&'v Picture> {
        match self {
            Self::Picture(picture) | Self::WholePicture(picture) => Some(picture),
            Self::Annotation(_) | Self::ByReaders(_) => None,
        }
    }
}

/// A part of a page where something may lie beneath something else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question<'v> {
    pub(crate) of: Beneath<'v>,
    /// In displayed space.
    pub(crate) area: Rect,
    /// How far the points looked at are from each other, in points.
    pub(crate) step: f64,
}

/// What is found at the points of an area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// Where the first cell begins, at the bottom left.
    pub(crate) origin: (f64, f64),
    /// The side of a cell, in points.
    pub(crate) step: f64,
    pub(crate) columns: usize,
    /// Row by row from the bottom.
    pub(crate) cells: Vec<Cell>,
}

/// What is found at one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// How light it is beneath, from 0 to 255.
    pub(crate) beneath: u8,
    /// How light the page is there.
    pub(crate) above: u8,
    /// Whether what is beneath exists there, and nothing of it is seen.
    pub(crate) is_hidden: bool,
}

/// Where a cell of one of the grids lies among the points.
#[derive(Clone, Copy)]
struct Owner {
    grid: usize,
    cell: usize,
}

/// Questions with the points that they look at, and what is found at them.
pub(super) struct Lookout<'v> {
    questions: &'v [Question<'v>],
    grids: Vec<Grid>,
    /// For each point, the cell that it is the middle of.
    owners: Vec<Owner>,
    /// For each question, its points.
    points_of: Vec<Vec<usize>>,
    /// The questions about what is being painted.
    painting: Vec<usize>,
}

impl<'v> Lookout<'v> {
    pub(super) fn new(questions: &'v [Question<'v>]) -> (Self, Points) {
        let wanted: f64 =
            questions.iter().map(|asked| asked.area.area() / (asked.step * asked.step)).sum();
        let thinned = (wanted / MAX_POINTS).sqrt().max(1.0);
        let grids: Vec<Grid> =
            questions.iter().map(|asked| empty_grid(asked.area, asked.step * thinned)).collect();
        let mut placed: Vec<(Point, Owner)> = Vec::new();
        for (grid, of) in grids.iter().enumerate() {
            let cells = (0..of.cells.len()).map(|cell| (of.middle(cell), Owner { grid, cell }));
            placed.extend(cells.map(|((x, y), owner)| (Point::new(x, y), owner)));
        }
        placed.sort_by(|(one, _), (other, _)| one.y.total_cmp(&other.y));
        let mut points_of = vec![Vec::new(); questions.len()];
        for (index, (_, owner)) in placed.iter().enumerate() {
            if let Some(points) = points_of.get_mut(owner.grid) {
                points.push(index);
            }
        }
        let owners = placed.iter().map(|(_, owner)| *owner).collect();
        let points = Points::new(placed.into_iter().map(|(point, _)| point).collect());
        (Self { questions, grids, owners, points_of, painting: Vec::new() }, points)
    }

    pub(super) fn into_grids(self) -> Vec<Grid> {
        self.grids
    }

    /// A picture is going to be painted; whether anything asks about all of it.
    pub(super) fn begin(&mut self, image: &Image<'_, '_>, props: &ImageDrawProps<'_>) -> bool {
        let size = Box2::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let extent = props.transform.transform_rect_bbox(size);
        let is_here = |picture: &Picture| {
            let Rect { left, bottom, right, top } = picture.extent;
            let away = [extent.x0 - left, extent.y0 - bottom, extent.x1 - right, extent.y1 - top];
            picture.pixels == (image.width(), image.height())
                && away.iter().all(|away| away.abs() < HERE)
        };
        let asked = self.questions.iter().enumerate();
        let asked = asked.filter(|(_, asked)| asked.of.picture().is_some_and(is_here));
        self.painting = asked.map(|(index, _)| index).collect();
        let mut painting = self.painting.iter().filter_map(|index| self.questions.get(*index));
        painting.any(|asked| matches!(asked.of, Beneath::WholePicture(_)))
    }

    pub(super) fn end(&mut self) {
        self.painting.clear();
    }

    /// Whether a point asks about what is being painted; then what is beneath there is noted: what of it is painted, or all.
    pub(super) fn is_about(&mut self, point: usize, painted: Tint, own: Tint) -> bool {
        let Some(owner) = self.owners.get(point).copied() else { return false };
        if !self.painting.contains(&owner.grid) {
            return false;
        }
        let of = self.questions.get(owner.grid).map(|asked| asked.of);
        let noted = match of {
            Some(Beneath::WholePicture(_)) => own,
            _ if painted.alpha() > SAME => painted,
            _ => return true,
        };
        if let Some(cell) = self.cell(owner) {
            (cell.beneath, cell.is_hidden) = (noted.on_paper(), true);
        }
        true
    }

    fn cell(&mut self, Owner { grid, cell }: Owner) -> Option<&mut Cell> {
        self.grids.get_mut(grid)?.cells.get_mut(cell)
    }

    fn points_about(&self, is_about: impl Fn(&Beneath<'_>) -> bool) -> Vec<usize> {
        let asked = self.questions.iter().zip(&self.points_of);
        let points = asked.filter(|(asked, _)| is_about(&asked.of)).flat_map(|(_, points)| points);
        points.copied().collect()
    }

    /// The page is painted without its annotations: where the pictures asked about are hidden.
    pub(super) fn settle_pictures(&mut self, layer: &Layer) {
        let points = self.points_about(|of| of.picture().is_some());
        self.settle(&points, layer);
    }

    /// An annotation is going to be painted: all that the page shows so far lies beneath it.
    pub(super) fn lift(&mut self, annotation: Beneath<'_>, layer: &mut Layer) -> Vec<usize> {
        let points = self.points_about(|of| match (of, annotation) {
            (Beneath::Annotation(one), Beneath::Annotation(other))
            | (Beneath::ByReaders(one), Beneath::ByReaders(other)) => *one == other,
            _ => false,
        });
        for point in &points {
            let beneath = layer.shift(*point);
            let owner = self.owners.get(*point).copied();
            if let Some(cell) = owner.and_then(|owner| self.cell(owner)) {
                (cell.beneath, cell.is_hidden) = (beneath.on_paper(), true);
            }
        }
        points
    }

    /// Notes at some points whether what lies beneath is still hidden.
    pub(super) fn settle(&mut self, points: &[usize], layer: &Layer) {
        for point in points {
            let is_seen = layer.difference(*point) > SAME;
            let above = layer.whole(*point).on_paper();
            let owner = self.owners.get(*point).copied();
            if let Some(cell) = owner.and_then(|owner| self.cell(owner)) {
                cell.above = above;
                cell.is_hidden &= !is_seen;
            }
        }
    }
}

impl Grid {
    /// The middle of a cell.
    #[allow(clippy::cast_precision_loss, reason = "no page has so many cells")]
    pub(crate) fn middle(&self, cell: usize) -> (f64, f64) {
        let (column, row) = (cell % self.columns.max(1), cell / self.columns.max(1));
        let at = |start: f64, number: usize| start + (number as f64 + 0.5) * self.step;
        (at(self.origin.0, column), at(self.origin.1, row))
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "areas lie on the page, and their points are few"
)]
fn empty_grid(area: Rect, step: f64) -> Grid {
    let count = |length: f64| (length / step).round().clamp(1.0, 10_000.0) as usize;
    let (columns, rows) = (count(area.width()), count(area.height()));
    let origin = (area.left, area.bottom);
    Grid { origin, step, columns, cells: vec![Cell::default(); columns * rows] }
}
