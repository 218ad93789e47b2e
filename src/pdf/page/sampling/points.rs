//! The points at which a page is looked at.

use std::ops::Range;

use hayro::hayro_interpret::FillRule;
use hayro::kurbo::{BezPath, PathEl, Point, Rect, Shape as _, flatten};

/// How far curves may be taken for straight, in points.
const FLAT: f64 = 0.02;

/// Points in order of their height.
#[derive(Debug, Default)]
pub(super) struct Points {
    at: Vec<Point>,
}

impl Points {
    /// Of points sorted by height.
    pub(super) fn new(at: Vec<Point>) -> Self {
        Self { at }
    }

    pub(super) fn len(&self) -> usize {
        self.at.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    pub(super) fn at(&self, index: usize) -> Point {
        self.at.get(index).copied().unwrap_or_default()
    }

    /// Those from one height up to, and without, another.
    fn rows(&self, from: f64, to: f64) -> Range<usize> {
        let start = self.at.partition_point(|point| point.y < from);
        start..self.at.partition_point(|point| point.y < to).max(start)
    }

    /// Those within a rectangle.
    pub(super) fn within(&self, area: Rect) -> impl Iterator<Item = (usize, Point)> {
        let rows = self.rows(area.y0, area.y1.next_up());
        let indexes = rows.clone();
        let points = indexes.zip(self.at.get(rows).unwrap_or_default());
        let points = points.filter(move |(_, point)| (area.x0..=area.x1).contains(&point.x));
        points.map(|(index, point)| (index, *point))
    }

    /// Whether any lies within a rectangle.
    pub(super) fn any_within(&self, area: Rect) -> bool {
        self.within(area).next().is_some()
    }

    /// Those that a path encloses.
    pub(super) fn inside(&self, path: &BezPath, rule: FillRule) -> Vec<usize> {
        let bounds = path.control_box();
        if !bounds.is_finite() || !self.any_within(bounds) {
            return Vec::new();
        }
        let rows = self.rows(bounds.y0, bounds.y1.next_up());
        let mut winding = vec![0_i32; rows.len()];
        lines(path, |from, to| self.wind(from, to, rows.start, &mut winding));
        let is_inside = |winding: i32| match rule {
            FillRule::NonZero => winding != 0,
            FillRule::EvenOdd => winding % 2 != 0,
        };
        let inside = rows.zip(winding).filter(|(_, winding)| is_inside(*winding));
        inside.map(|(index, _)| index).collect()
    }

    /// Counts for the points left of a line that it passes them.
    fn wind(&self, from: Point, to: Point, first: usize, winding: &mut [i32]) {
        let (low, high, turn) = if from.y < to.y { (from, to, 1) } else { (to, from, -1) };
        let rows = self.rows(low.y, high.y);
        let slope = (high.x - low.x) / (high.y - low.y);
        for index in rows {
            let point = self.at(index);
            if low.x + (point.y - low.y) * slope > point.x
                && let Some(winding) = winding.get_mut(index - first)
            {
                *winding += turn;
            }
        }
    }
}

/// The straight pieces of a path, each part closed.
fn lines(path: &BezPath, mut each: impl FnMut(Point, Point)) {
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    flatten(path, FLAT, |element| match element {
        PathEl::MoveTo(point) => {
            each(last, start);
            (start, last) = (point, point);
        }
        PathEl::LineTo(point) => {
            each(last, point);
            last = point;
        }
        PathEl::ClosePath => {
            each(last, start);
            last = start;
        }
        _ => {}
    });
    each(last, start);
}

/// Rows in which the ink of a letter is looked for.
const ROWS: u32 = 7;

/// Strokes longer than this part of a letter's height are looked at in two places.
const LONG: f64 = 0.35;

/// Points within the ink of a letter, in the middle of its strokes.
pub(super) fn of_ink(outline: &BezPath) -> Vec<Point> {
    let bounds = outline.bounding_box();
    let mut points = Vec::new();
    for row in 0..ROWS {
        let height = bounds.y0 + bounds.height() * (f64::from(row) + 0.5) / f64::from(ROWS);
        let mut crossings: Vec<(f64, i32)> = Vec::new();
        lines(outline, |from, to| crossings.extend(crossing(from, to, height)));
        crossings.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut winding = 0;
        for pair in crossings.windows(2) {
            let [(left, turn), (right, _)] = pair else { continue };
            winding += turn;
            let at = |part: f64| Point::new(left + (right - left) * part, height);
            match right - left {
                _ if winding == 0 => {}
                width if width > LONG * bounds.height() => points.extend([at(0.25), at(0.75)]),
                width if width > 0.0 => points.push(at(0.5)),
                _ => {}
            }
        }
    }
    points
}

fn crossing(from: Point, to: Point, height: f64) -> Option<(f64, i32)> {
    let (low, high, turn) = if from.y < to.y { (from, to, 1) } else { (to, from, -1) };
    let x = low.x + (height - low.y) * (high.x - low.x) / (high.y - low.y);
    (low.y <= height && height < high.y).then_some((x, turn))
}

/// Points on the lines of an outline that is drawn and not filled.
pub(super) fn of_line(outline: &BezPath) -> Vec<Point> {
    let mut points = Vec::new();
    lines(outline, |from, to| points.extend((from != to).then(|| from.midpoint(to))));
    let step = points.len().div_ceil(24).max(1);
    points.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_in_a_path_are_found_by_either_rule() {
        let points = Points::new(vec![Point::new(1.0, 1.0), Point::new(5.0, 5.0)]);
        let mut path = Rect::new(0.0, 0.0, 10.0, 10.0).to_path(0.1);
        path.extend(Rect::new(4.0, 4.0, 6.0, 6.0).to_path(0.1));
        assert_eq!(points.inside(&path, FillRule::NonZero), [0, 1]);
        assert_eq!(points.inside(&path, FillRule::EvenOdd), [0]);
    }

    #[test]
    fn the_points_of_a_letter_lie_in_its_strokes() {
        let ring = Rect::new(0.0, 0.0, 10.0, 10.0).to_path(0.1);
        let mut ring: BezPath = ring;
        ring.extend(Rect::new(1.0, 1.0, 9.0, 9.0).to_path(0.1).reverse_subpaths());
        let found = of_ink(&ring);
        assert_eq!(found.len(), 2 + 2 * 5 + 2);
        assert!(found.iter().all(|point| ring.winding(*point) != 0), "{found:?}");
    }
}
