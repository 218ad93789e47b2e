//! Annotations that no drawing shows: what readers draw themselves, and marks of redaction.

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect as RawRect};
use hayro::hayro_syntax::page::Page;

use super::{Drawn, Mark, Outline, Rgb, Shape, boxes};
use crate::geometry::{Matrix, Rect};

/// Annotation flags (ISO 32000-2, table 167).
const HIDDEN: u32 = 1 << 1;
const NO_VIEW: u32 = 1 << 5;

/// An annotation of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// `/Subtype`, such as `Redact`.
    pub subtype: String,
    /// Where it stands, in displayed space.
    pub area: Rect,
    /// The areas that it marks, in displayed space; its own where it names none.
    pub marked: Vec<Rect>,
    /// The colour that it fills its area with.
    pub fill: Option<Rgb>,
    /// From 0, not seen, to 1.
    pub opacity: f32,
    /// Whether the file holds a drawing of it.
    pub is_drawn: bool,
    /// Whether readers show it.
    pub is_shown: bool,
}

impl Note {
    /// What readers draw for an annotation of which the file holds no drawing.
    pub fn drawn_by_readers(&self) -> Vec<Mark> {
        let (Some(colour), true, false) = (self.fill, self.is_shown, self.is_drawn) else {
            return Vec::new();
        };
        // A highlight is multiplied with what it marks: only a dark one hides it.
        let through =
            self.subtype == "Highlight" && colour.0.into_iter().any(|channel| channel > 40);
        let opacity = self.opacity * if through { 0.5 } else { 1.0 };
        self.marked
            .iter()
            .map(|area| Mark {
                drawn: Drawn::Shape(Shape {
                    extent: *area,
                    coverage: 1.0,
                    outline: Outline::Whole,
                    colour: Some(colour),
                    opacity,
                }),
                seen: Some(*area),
                clips: None,
                annotation: true,
            })
            .collect()
    }
}

/// The annotations of a page.
pub fn notes(page: &Page<'_>) -> Vec<Note> {
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else {
        return Vec::new();
    };
    let to_displayed = inverse(boxes(page).displayed_to_user());
    all.iter::<Dict<'_>>()
        .filter_map(|dict| note(&dict, to_displayed))
        .collect()
}

fn note(dict: &Dict<'_>, to_displayed: Matrix) -> Option<Note> {
    let raw = dict.get::<RawRect>("Rect")?;
    let area = to_displayed.apply_to_rect(Rect::new(raw.x0, raw.y0, raw.x1, raw.y1));
    let subtype = dict.get::<Name<'_>>("Subtype")?;
    let subtype = String::from_utf8_lossy(subtype.as_ref()).into_owned();
    let flags = dict.get::<u32>("F").unwrap_or(0);
    let fill = match subtype.as_str() {
        "Highlight" => colour(dict, "C"),
        "Square" => colour(dict, "IC"),
        _ => None,
    };
    Some(Note {
        marked: quads(dict, to_displayed).unwrap_or_else(|| vec![area]),
        subtype,
        area,
        fill,
        opacity: dict.get::<f32>("CA").unwrap_or(1.0),
        is_drawn: dict
            .get::<Dict<'_>>("AP")
            .is_some_and(|drawings| drawings.get::<Object<'_>>("N").is_some()),
        is_shown: flags & (HIDDEN | NO_VIEW) == 0,
    })
}

/// The areas around the quadrilaterals of `/QuadPoints`.
fn quads(dict: &Dict<'_>, to_displayed: Matrix) -> Option<Vec<Rect>> {
    let numbers: Vec<f64> = dict.get::<Array<'_>>("QuadPoints")?.iter::<f64>().collect();
    let quads: Vec<Rect> = numbers
        .chunks_exact(8)
        .filter_map(|quad| {
            let points = quad.chunks_exact(2).filter_map(|point| match point {
                [x, y] => Some(to_displayed.apply(*x, *y)),
                _ => None,
            });
            points
                .map(|(x, y)| Rect::new(x, y, x, y))
                .reduce(Rect::join)
        })
        .collect();
    (!quads.is_empty()).then_some(quads)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept between 0 and 255"
)]
fn colour(dict: &Dict<'_>, key: &str) -> Option<Rgb> {
    let values: Vec<f32> = dict.get::<Array<'_>>(key)?.iter::<f32>().collect();
    let byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    match values.as_slice() {
        [grey] => Some(Rgb([byte(*grey); 3])),
        [red, green, blue] => Some(Rgb([byte(*red), byte(*green), byte(*blue)])),
        [cyan, magenta, yellow, black] => {
            let mix = |ink: f32| byte((1.0 - ink) * (1.0 - black));
            Some(Rgb([mix(*cyan), mix(*magenta), mix(*yellow)]))
        }
        _ => None,
    }
}

/// The way back; the matrices of pages can always be undone.
fn inverse(Matrix([a, b, c, d, e, f]): Matrix) -> Matrix {
    let [a, b, c, d, e, f] = hayro::kurbo::Affine::new([a, b, c, d, e, f])
        .inverse()
        .as_coeffs();
    Matrix([a, b, c, d, e, f])
}
