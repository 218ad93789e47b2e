//! What shapes cover, in which colour, and how much they let through.

use hayro::hayro_interpret::{BlendMode, DrawMode, FillRule, Paint, StrokeProps};
use hayro::kurbo::{Affine, BezPath, Shape as _, Stroke, StrokeOpts, stroke};

use super::{Outline, Rgb};
use crate::geometry::Rect;

/// Lines and shapes that are thinner than this, in points, hide nothing.
const THIN: f64 = 2.0;

/// Lines of more dashes than this are not looked into.
const MOST_DASHES: f64 = 400.0;

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

/// What a shape covers.
pub(super) fn outline(path: &BezPath, transform: Affine, mode: &DrawMode, extent: Rect) -> Outline {
    if extent.width() < THIN || extent.height() < THIN {
        return thin(path, transform, mode);
    }
    match mode {
        DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => {
            Outline::filled(transform * path.clone(), *rule)
        }
        DrawMode::Stroke(stroke) => {
            let width = f64::from(stroke.line_width) * transform.determinant().abs().sqrt();
            if width < THIN {
                return Outline::Unknown;
            }
            if !stroke.dash_array.is_empty() {
                return dashed(path, transform, stroke);
            }
            Outline::stroked(transform * path.clone(), width / 2.0)
        }
        DrawMode::Invisible => Outline::Unknown,
    }
}

/// What the dashes of a line cover.
fn dashed(path: &BezPath, transform: Affine, line: &StrokeProps) -> Outline {
    let lengths = line.dash_array.iter().copied().map(f64::from);
    let round: f64 = lengths.clone().sum();
    // Not as a comparison, so that it holds for what is no number as well.
    let is_long = path.perimeter(1.0) / round.max(f64::MIN_POSITIVE) > MOST_DASHES;
    if is_long
        || lengths
            .clone()
            .any(|length| !length.is_finite() || length < 0.0)
    {
        return Outline::Unknown;
    }
    let style = Stroke::new(f64::from(line.line_width))
        .with_caps(line.line_cap)
        .with_join(line.line_join)
        .with_dashes(f64::from(line.dash_offset), lengths);
    let dashes = stroke(path.iter(), &style, &StrokeOpts::default(), 0.1);
    Outline::filled(transform * dashes, FillRule::NonZero)
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
