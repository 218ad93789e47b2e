//! The exact area of shapes and clips, where their extent alone would say too much.

use std::sync::Arc;

use hayro::hayro_interpret::FillRule;
use hayro::kurbo::{BezPath, ParamCurveNearest, Point, Shape as _};

use crate::model::geometry::Rect;

/// Paths of more pieces than this are taken to cover nothing: to ask them about every letter of a page would take
/// too long, and nobody draws a box with so many.
pub(super) const MAX_PIECES: usize = 2_000;

/// What of its extent a shape, or a clip, really covers.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// All of it.
    Whole,
    /// What lies inside of a path, in displayed space.
    Filled(Arc<BezPath>, InsideRule),
    /// What lies within this distance, in points, of a path.
    Stroked(Arc<BezPath>, f64),
    /// Not known, or next to nothing.
    Unknown,
}

/// Which points lie inside of a path (ISO 32000-2, 8.5.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsideRule {
    /// By the nonzero winding number rule.
    NonZero,
    /// By the even-odd rule.
    EvenOdd,
}

impl Outline {
    /// The outline of a filled path.
    pub(super) fn filled(path: BezPath, rule: FillRule) -> Self {
        let path = closed(path);
        let bounds = path.bounding_box();
        let pieces = path.elements().len();
        // A rectangle is the one path of four sides that fills its bounds.
        let full = (path.area().abs() - bounds.area()).abs() <= 1e-3 * bounds.area();
        if pieces <= 7 && full && path.elements().iter().skip(1).all(is_straight) {
            return Self::Whole;
        }
        if pieces > MAX_PIECES {
            return Self::Unknown;
        }
        let rule = match rule {
            FillRule::NonZero => InsideRule::NonZero,
            FillRule::EvenOdd => InsideRule::EvenOdd,
        };
        Self::Filled(Arc::new(path), rule)
    }

    /// The outline of a line of some width.
    pub(super) fn stroked(path: BezPath, half_width: f64) -> Self {
        if path.elements().len() > MAX_PIECES {
            return Self::Unknown;
        }
        Self::Stroked(Arc::new(path), half_width)
    }

    /// Whether a point of the extent, in displayed space, is covered.
    pub fn covers(&self, (x, y): (f64, f64)) -> bool {
        let point = Point::new(x, y);
        match self {
            Self::Whole => true,
            Self::Filled(path, InsideRule::NonZero) => path.winding(point) != 0,
            Self::Filled(path, InsideRule::EvenOdd) => path.winding(point) % 2 != 0,
            Self::Stroked(path, distance) => path
                .segments()
                .any(|segment| segment.nearest(point, 0.1).distance_sq <= distance * distance),
            Self::Unknown => false,
        }
    }
}

/// The path with every part closed, as filling closes them.
fn closed(path: BezPath) -> BezPath {
    use hayro::kurbo::PathEl::{ClosePath, MoveTo};
    let mut closed = BezPath::new();
    let mut is_open = false;
    for element in path {
        if matches!(element, MoveTo(_)) && is_open {
            closed.push(ClosePath);
        }
        is_open = !matches!(element, ClosePath | MoveTo(_));
        closed.push(element);
    }
    if is_open {
        closed.push(ClosePath);
    }
    closed
}

fn is_straight(element: &hayro::kurbo::PathEl) -> bool {
    use hayro::kurbo::PathEl::{ClosePath, LineTo};
    matches!(element, LineTo(_) | ClosePath)
}

/// Clips within each other; a thing is seen where all of them let it.
#[derive(Debug, PartialEq)]
pub struct Clips {
    pub(super) outer: Option<Arc<Clips>>,
    pub(super) extent: Rect,
    pub(super) outline: Outline,
}

impl Clips {
    /// Whether it is known what each of the clips leaves.
    pub fn is_known(&self) -> bool {
        let mut clips = std::iter::successors(Some(self), |clip| clip.outer.as_deref());
        clips.all(|clip| clip.outline != Outline::Unknown)
    }

    /// Whether a point, in displayed space, is let through.
    pub fn let_through(&self, point: (f64, f64)) -> bool {
        let mut clip = Some(self);
        while let Some(Self { outer, extent, outline }) = clip {
            if !extent.contains(point) || !outline.covers(point) {
                return false;
            }
            clip = outer.as_deref();
        }
        true
    }
}
