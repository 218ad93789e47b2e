//! Patches that hide something: of the points at which nothing of what lies beneath is seen, those that make up a solid area
//! beneath which there is more than blank paper, a shade, a rule or the edge of a scan.

use std::collections::BTreeSet;

use super::contents::hides_content;
use crate::model::geometry::Rect;
use crate::pdf::page::Grid;

/// The smallest patch, in points, that could hide a word, a face or a number plate.
const LOWEST: f64 = 5.0;
const NARROWEST: f64 = 10.0;

/// How much of the smallest rectangle around it, turned as it may be, a patch fills: an ellipse does 0.79, a hexagon 0.75,
/// an arrowhead 0.5, a letter of a stamp less.
const SOLID: f64 = 0.6;
const ANGLES: u32 = 12;

/// So much of what is around a point must be hidden: a hatching that hides is more line than gap.
const DENSE: f64 = 0.56;

/// How far that is looked at, in points, and no less than one cell.
const AROUND: f64 = 2.0;

/// A patch that hides something.
pub(super) struct Patch {
    pub(super) area: Rect,
    /// Whether it reaches an edge of its grid.
    pub(super) is_at_edge: bool,
}

/// The patches among those points of a grid that are asked about.
pub(super) fn patches(grid: &Grid, is_asked: impl Fn((f64, f64)) -> bool) -> Vec<Patch> {
    let cells = grid.cells.iter().enumerate();
    let hidden: Vec<bool> =
        cells.map(|(at, cell)| cell.is_hidden && is_asked(grid.middle(at))).collect();
    let field = Field { grid, hidden };
    let solid = field.dense_parts().into_iter().filter(|part| is_solid(grid, part));
    let hidden = solid.map(|part| part.into_iter().filter(|cell| field.is_hidden(*cell)).collect());
    let hiding = hidden.filter(|part: &BTreeSet<usize>| hides_content(grid, part));
    hiding.map(|part| Patch::of(grid, &part)).collect()
}

impl Patch {
    fn of(grid: &Grid, part: &BTreeSet<usize>) -> Self {
        let around = part.iter().map(|cell| {
            let (x, y) = grid.middle(*cell);
            Rect::new(x, y, x, y).grown(grid.step / 2.0)
        });
        let area = around.reduce(Rect::join).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
        let is_at_edge = part.iter().any(|cell| neighbours(grid, *cell).any(|cell| cell.is_none()));
        Self { area, is_at_edge }
    }
}

/// The cells to the left, the right, below and above; `None` beyond an edge.
pub(super) fn neighbours(grid: &Grid, cell: usize) -> impl Iterator<Item = Option<usize>> {
    let (columns, column) = (grid.columns, cell % grid.columns.max(1));
    let left = (column > 0).then(|| cell.wrapping_sub(1));
    let right = (column + 1 < columns).then_some(cell + 1);
    let above = (cell + columns < grid.cells.len()).then_some(cell + columns);
    [left, right, cell.checked_sub(columns), above].into_iter()
}

struct Field<'g> {
    grid: &'g Grid,
    hidden: Vec<bool>,
}

impl Field<'_> {
    fn is_hidden(&self, cell: usize) -> bool {
        self.hidden.get(cell) == Some(&true)
    }

    /// Parts of the grid that hang together, of cells about which most are hidden.
    fn dense_parts(&self) -> Vec<BTreeSet<usize>> {
        let mut left: BTreeSet<usize> =
            (0..self.hidden.len()).filter(|cell| self.is_dense(*cell)).collect();
        let mut parts = Vec::new();
        while let Some(first) = left.pop_first() {
            let (mut part, mut open) = (BTreeSet::from([first]), vec![first]);
            while let Some(cell) = open.pop() {
                let next = neighbours(self.grid, cell).flatten();
                open.extend(next.filter(|cell| left.remove(cell) && part.insert(*cell)));
            }
            parts.push(part);
        }
        parts
    }

    fn is_dense(&self, cell: usize) -> bool {
        let columns = self.grid.columns.max(1);
        let (column, row) = (cell % columns, cell / columns);
        let reach = if AROUND >= 2.0 * self.grid.step { 2 } else { 1 };
        let across = column.saturating_sub(reach)..(column + reach + 1).min(columns);
        let (mut hidden, mut all) = (0.0, 0.0);
        for row in row.saturating_sub(reach)..row + reach + 1 {
            for cell in across.clone().map(|column| row * columns + column) {
                all += if cell < self.hidden.len() { 1.0 } else { 0.0 };
                hidden += if self.is_hidden(cell) { 1.0 } else { 0.0 };
            }
        }
        hidden >= DENSE * all
    }
}

/// Whether cells make up an area of some size that is more than lines.
#[allow(clippy::cast_precision_loss, reason = "no page has so many cells")]
fn is_solid(grid: &Grid, part: &BTreeSet<usize>) -> bool {
    let area = part.len() as f64 * grid.step * grid.step;
    if area < SOLID * LOWEST * NARROWEST {
        return false;
    }
    let sizes = (0..ANGLES).map(|turn| {
        let angle = f64::from(turn) / f64::from(ANGLES) * std::f64::consts::FRAC_PI_2;
        size(grid, part, angle)
    });
    let smallest = sizes.min_by(|one, other| (one.0 * one.1).total_cmp(&(other.0 * other.1)));
    smallest.is_some_and(|(width, height)| {
        width.min(height) >= LOWEST
            && width.max(height) >= NARROWEST
            && area >= SOLID * width * height
    })
}

/// Width and height of cells as seen at an angle.
fn size(grid: &Grid, part: &BTreeSet<usize>, angle: f64) -> (f64, f64) {
    let (sine, cosine) = angle.sin_cos();
    let extent = |at: fn(f64, f64, f64, f64) -> f64| {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for cell in part {
            let (x, y) = grid.middle(*cell);
            let value = at(x, y, sine, cosine);
            (least, most) = (least.min(value), most.max(value));
        }
        most - least + grid.step
    };
    (
        extent(|x, y, sine, cosine| x * cosine + y * sine),
        extent(|x, y, sine, cosine| y * cosine - x * sine),
    )
}
