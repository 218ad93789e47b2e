//! Whether what lies beneath a patch tells anything: more than blank paper, a shade, a rule or the edge of a scan, and
//! other than what is seen there.

use std::collections::BTreeSet;

use crate::pdf::page::Grid;

/// What a patch hides differs by so much in itself, of 255; blank paper does not.
const CONTENT: u8 = 60;
/// And so much from one point to the next; a shade does not.
const EDGE: u8 = 24;

/// So many in a thousand of the points may be dirt.
const DIRT: usize = 5;
const MIN_POINTS: usize = 5;

/// Edges from row to row, and from column to column; or so many along each row or column. A scan ends in one of either.
const MIN_EDGES: usize = 4;
const MIN_STRIPES: usize = 3;

/// A rule is longer than letters are wide, and thinner than a bar, in points.
const RULE: f64 = 20.0;
const THIN: f64 = 3.0;

/// Two looks at the same thing agree by more than this, of 1, and the better one is not the poorer in detail.
const ALIKE: f64 = 0.6;
const POORER: f64 = 0.7;

/// Whether these cells of a grid, all of them hidden, hide something.
pub(super) fn hides_content(grid: &Grid, part: &BTreeSet<usize>) -> bool {
    let hidden = Hidden { grid, part };
    let dirt = (part.len() * DIRT / 1000).max(MIN_POINTS);
    hidden.contrast(dirt) >= CONTENT
        && hidden.ink().len() > dirt
        && hidden.is_other_than_seen(dirt)
        && !hidden.is_seen_better()
}

struct Hidden<'g> {
    grid: &'g Grid,
    part: &'g BTreeSet<usize>,
}

impl Hidden<'_> {
    fn beneath(&self, cell: usize) -> u8 {
        self.grid.cells.get(cell).map_or(0, |cell| cell.beneath)
    }

    fn above(&self, cell: usize) -> u8 {
        self.grid.cells.get(cell).map_or(0, |cell| cell.above)
    }

    fn sorted(&self) -> Vec<u8> {
        let mut values: Vec<u8> = self.part.iter().map(|cell| self.beneath(*cell)).collect();
        values.sort_unstable();
        values
    }

    /// How far light and dark lie apart, dirt left aside.
    fn contrast(&self, dirt: usize) -> u8 {
        let values = self.sorted();
        let (light, dark) = (values.iter().rev().nth(dirt), values.get(dirt));
        light.zip(dark).map_or(0, |(light, dark)| light.saturating_sub(*dark))
    }

    /// The cells that differ from the ground, but for rules, where there are edges in them; none where there are too few edges.
    fn ink(&self) -> BTreeSet<usize> {
        let values = self.sorted();
        let ground = values.get(values.len() / 2).copied().unwrap_or_default();
        let differs = |cell: &&usize| self.beneath(**cell).abs_diff(ground) >= CONTENT / 2;
        let dark: BTreeSet<usize> = self.part.iter().filter(differs).copied().collect();
        let rules: BTreeSet<usize> =
            dark.iter().filter(|cell| self.is_rule(&dark, **cell)).copied().collect();
        if !self.has_edges(&rules) {
            return BTreeSet::new();
        }
        dark.difference(&rules).copied().collect()
    }

    /// Whether a dark cell belongs to a long thin line.
    fn is_rule(&self, dark: &BTreeSet<usize>, cell: usize) -> bool {
        let columns = self.grid.columns.max(1);
        let (column, row) = (cell % columns, cell / columns);
        let is_dark = |column: usize, row: usize| dark.contains(&(row * columns + column));
        let length = |dark: [usize; 2]| (dark[0] + dark[1] + 1) as f64 * self.grid.step;
        let across = length([
            (column + 1..columns).take_while(|column| is_dark(*column, row)).count(),
            (0..column).rev().take_while(|column| is_dark(*column, row)).count(),
        ]);
        let up = length([
            (row + 1..).take_while(|row| is_dark(column, *row)).count(),
            (0..row).rev().take_while(|row| is_dark(column, *row)).count(),
        ]);
        let thin = THIN.max(self.grid.step);
        (across >= RULE && up <= thin) || (up >= RULE && across <= thin)
    }

    /// Whether what is beneath changes from point to point, rules left aside, in both directions or often in one.
    fn has_edges(&self, rules: &BTreeSet<usize>) -> bool {
        let columns = self.grid.columns.max(1);
        let edges = |step: usize| {
            let is_edge = |cell: &&usize| {
                let next = *cell + step;
                self.part.contains(&next)
                    && !rules.contains(cell)
                    && !rules.contains(&next)
                    && self.beneath(**cell).abs_diff(self.beneath(next)) >= EDGE
            };
            self.part.iter().filter(is_edge).count()
        };
        let rows: BTreeSet<usize> = self.part.iter().map(|cell| cell / columns).collect();
        let across: BTreeSet<usize> = self.part.iter().map(|cell| cell % columns).collect();
        let (along_rows, along_columns) = (edges(1), edges(columns));
        along_rows.min(along_columns) >= MIN_EDGES
            || along_rows >= MIN_STRIPES * rows.len()
            || along_columns >= MIN_STRIPES * across.len()
    }

    fn is_other_than_seen(&self, dirt: usize) -> bool {
        let differs =
            |cell: &&usize| self.beneath(**cell).abs_diff(self.above(**cell)) >= CONTENT / 2;
        self.part.iter().filter(differs).count() > dirt
    }

    /// Whether what is seen is the same, and no poorer: a picture that is laid over a coarser one of itself.
    fn is_seen_better(&self) -> bool {
        let detail = |of: fn(&Self, usize) -> u8| {
            let steps = self.part.iter().filter(|cell| self.part.contains(&(*cell + 1)));
            steps.map(|cell| f64::from(of(self, *cell).abs_diff(of(self, cell + 1)))).sum::<f64>()
        };
        self.likeness() >= ALIKE && detail(Self::above) >= POORER * detail(Self::beneath)
    }

    /// How far what is seen and what is beneath go together, from -1 to 1; 0 where one of them is of one shade.
    fn likeness(&self) -> f64 {
        let count = self.part.len() as f64;
        let mean = |of: fn(&Self, usize) -> u8| {
            self.part.iter().map(|cell| f64::from(of(self, *cell))).sum::<f64>() / count
        };
        let means = (mean(Self::beneath), mean(Self::above));
        let (mut both, mut below, mut above) = (0.0, 0.0, 0.0);
        for cell in self.part {
            let one = f64::from(self.beneath(*cell)) - means.0;
            let other = f64::from(self.above(*cell)) - means.1;
            (both, below, above) = (both + one * other, below + one * one, above + other * other);
        }
        let spread = (below * above).sqrt();
        if spread > 0.0 { both / spread } else { 0.0 }
    }
}
