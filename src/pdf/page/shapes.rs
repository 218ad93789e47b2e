//! What shapes cover, in which colour, and how much they let through.

use hayro::hayro_interpret::{BlendMode, DrawMode, FillRule, Paint, StrokeProps};
use hayro::kurbo::{Affine, BezPath, Shape as _, Stroke, StrokeOpts, stroke};

use super::outline::MAX_PIECES;
use super::{Outline, Rgb};
use crate::model::geometry::Rect;

/// Lines and shapes that are thinner than this, in points, hide nothing.
const THIN: f64 = 2.0;

/// How much of a width is lost to rounding.
const ROUNDED: f64 = 1e-6;

/// Lines of more dashes than this are not looked into.
const MAX_DASHES: f64 = 400.0;

/// Colours that stay nearly what they are when they are multiplied with, or screened by, another.
const NEARLY_BLACK: u8 = 40;
const NEARLY_WHITE: u8 = 215;

/// How something is laid over what is there.
#[derive(Clone, Copy)]
pub(super) struct Layer {
    pub(super) alpha: f32,
    pub(super) blend: BlendMode,
    pub(super) masked: bool,
}

impl Layer {
    pub(super) fn opacity(self, colour: Option<Rgb>) -> f32 {
        let all = |test: fn(u8) -> bool| {
            colour.is_some_and(|Rgb(channels)| channels.into_iter().all(test))
        };
        let solid = match self.blend {
            BlendMode::Normal => true,
            BlendMode::Multiply | BlendMode::Darken | BlendMode::ColorBurn => {
                all(|channel| channel <= NEARLY_BLACK)
            }
            BlendMode::Screen | BlendMode::Lighten | BlendMode::ColorDodge => {
                all(|channel| channel >= NEARLY_WHITE)
            }
            _ => false,
        };
        // Half stands for "something shows through"; how much is not known without drawing it.
        self.alpha * if solid && !self.masked { 1.0 } else { 0.5 }
    }
}

/// What a shape covers. `line` is the area of a thick line, as [`thick_line`] gives it.
pub(super) fn outline(
    path: &BezPath,
    transform: Affine,
    mode: &DrawMode,
    extent: Rect,
    line: Option<BezPath>,
) -> Outline {
    if extent.width() < THIN || extent.height() < THIN {
        return thin(path, transform, mode);
    }
    match mode {
        DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => {
            Outline::filled(transform * path.clone(), *rule)
        }
        DrawMode::Stroke(_) => {
            line.map_or(Outline::Unknown, |line| Outline::filled(line, FillRule::NonZero))
        }
        DrawMode::Invisible => Outline::Unknown,
    }
}

/// The area, in displayed space, that a thick line covers with its dashes, ends and corners; `None` for what is no line, for
/// lines that hide nothing, and for those of so many pieces that nobody hides something with them. `unit` is the page's, in
/// points: a line stays what it is on a page that became smaller for its number.
pub(super) fn thick_line(
    path: &BezPath,
    transform: Affine,
    mode: &DrawMode,
    unit: f64,
) -> Option<BezPath> {
    let DrawMode::Stroke(line) = mode else {
        return None;
    };
    let width = f64::from(line.line_width);
    let is_thick = width * transform.determinant().abs().sqrt() / unit >= THIN - ROUNDED;
    let is_short = path.elements().len() <= MAX_PIECES && path.bounding_box().is_finite();
    if !(is_thick && is_short && width.is_finite() && has_few_dashes(path, line)) {
        return None;
    }
    let lengths = line.dash_array.iter().copied().map(f64::from);
    let style = Stroke::new(width)
        .with_caps(line.line_cap)
        .with_join(line.line_join)
        .with_miter_limit(f64::from(line.miter_limit))
        .with_dashes(f64::from(line.dash_offset), lengths);
    let area = transform * stroke(path.iter(), &style, &StrokeOpts::default(), 0.1);
    (!area.elements().is_empty()).then_some(area)
}

/// Whether the dashes of a line are few enough to be followed.
pub(super) fn has_few_dashes(path: &BezPath, line: &StrokeProps) -> bool {
    let mut lengths = line.dash_array.iter().copied().map(f64::from);
    let round: f64 = lengths.clone().sum();
    let are_lengths = lengths.all(|length| length.is_finite() && length >= 0.0);
    // What is no number is no more than anything.
    line.dash_array.is_empty()
        || (are_lengths && path.perimeter(1.0) / round.max(f64::MIN_POSITIVE) <= MAX_DASHES)
}

/// An upright strip: many of them, side by side, make an area, as printers write boxes and gradients.
fn thin(path: &BezPath, transform: Affine, mode: &DrawMode) -> Outline {
    match mode {
        DrawMode::Fill(rule) => match Outline::filled(transform * path.clone(), *rule) {
            Outline::Whole => Outline::Whole,
            _ => Outline::Unknown,
        },
        DrawMode::Stroke(stroke) if stroke.dash_array.is_empty() && path.elements().len() == 2 => {
            Outline::Whole
        }
        _ => Outline::Unknown,
    }
}

pub(super) fn colour(paint: &Paint<'_>) -> Option<Rgb> {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            Some(Rgb([red, green, blue]))
        }
        Paint::Pattern(_) => None,
    }
}

pub(super) fn alpha(paint: &Paint<'_>) -> f32 {
    match paint {
        Paint::Color(colour) => {
            let [_, _, _, alpha] = colour.to_rgba().to_rgba8();
            f32::from(alpha) / 255.0
        }
        Paint::Pattern(_) => 1.0,
    }
}
