//! Annotations that no drawing shows: what readers draw themselves, and marks of redaction.

use hayro::hayro_interpret::FillRule;
use hayro::hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect as RawRect};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Ellipse, Rect as Box2, Shape as _};

use super::{Drawn, Mark, Outline, Rgb, Shape, boxes};
use crate::model::geometry::{Matrix, Rect};

/// Annotation flags (ISO 32000-2, table 167).
const HIDDEN: u32 = 1 << 1;
const NO_VIEW: u32 = 1 << 5;

/// Lines thinner than this, in points, hide nothing.
const THICK: f64 = 2.0;

/// The icons of notes and attachments are no larger than this, in points: what is larger covers what it stands on.
const LARGEST_ICON: f64 = 32.0;

/// Whether an annotation is the icon of a note or of an attachment: it covers a word by chance, and readers move it aside.
pub(crate) fn is_icon(subtype: &str, area: Rect) -> bool {
    matches!(subtype, "Text" | "FileAttachment" | "Sound" | "Popup")
        && area.width().max(area.height()) <= LARGEST_ICON
}

/// An annotation of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    /// `/Subtype`, such as `Redact`.
    pub subtype: String,
    /// Where it stands, in displayed space.
    pub area: Rect,
    /// The areas that it marks, in displayed space; its own where it names none.
    pub marked: Vec<Rect>,
    /// The colour that it fills, or draws, its area with.
    pub fill: Option<Rgb>,
    /// What of its area it covers, where that is less than what it marks.
    pub outline: Option<(Rect, Outline)>,
    /// From 0, not seen, to 1.
    pub opacity: f32,
    /// Whether the file holds a drawing of it.
    pub is_drawn: bool,
    /// Whether readers show it.
    pub is_shown: bool,
}

impl Note {
    /// Whether it is a small icon, which readers move aside.
    pub(crate) fn is_icon(&self) -> bool {
        is_icon(&self.subtype, self.area)
    }

    /// What readers draw for an annotation of which the file holds no drawing.
    pub(crate) fn drawn_by_readers(&self) -> Vec<Mark> {
        let (Some(colour), true, false) = (self.fill, self.is_shown, self.is_drawn) else {
            return Vec::new();
        };
        // A highlight is multiplied with what it marks: only a dark one hides it.
        let through =
            self.subtype == "Highlight" && colour.0.into_iter().any(|channel| channel > 40);
        let opacity = self.opacity * if through { 0.5 } else { 1.0 };
        let whole = self.marked.iter().map(|area| (*area, Outline::Whole));
        let areas: Vec<(Rect, Outline)> = match &self.outline {
            Some(outline) => vec![outline.clone()],
            None => whole.collect(),
        };
        areas
            .into_iter()
            .map(|(area, outline)| Mark {
                drawn: Drawn::Shape(Shape {
                    extent: area,
                    coverage: 1.0,
                    outline,
                    colour: Some(colour),
                    opacity,
                }),
                seen: Some(area),
                clips: None,
                annotation: true,
            })
            .collect()
    }
}

/// The annotations of a page.
pub(crate) fn notes(page: &Page<'_>) -> Vec<Note> {
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else {
        return Vec::new();
    };
    let to_displayed = inverse(boxes(page).displayed_to_user());
    all.iter::<Dict<'_>>().filter_map(|dict| note(&dict, to_displayed)).collect()
}

/// What readers draw for an annotation without a drawing, be it on the screen or in print.
pub(super) fn drawn_in_any_mode(dict: &Dict<'_>, to_displayed: Matrix) -> Vec<Mark> {
    let note = note(dict, to_displayed).map(|note| Note { is_shown: true, ..note });
    note.iter().flat_map(Note::drawn_by_readers).collect()
}

fn note(dict: &Dict<'_>, to_displayed: Matrix) -> Option<Note> {
    let raw = dict.get::<RawRect>("Rect")?;
    let area = to_displayed.apply_to_rect(Rect::new(raw.x0, raw.y0, raw.x1, raw.y1));
    let subtype = dict.get::<Name<'_>>("Subtype")?;
    let subtype = String::from_utf8_lossy(subtype.as_ref()).into_owned();
    let flags = dict.get::<u32>("F").unwrap_or(0);
    let fill = match subtype.as_str() {
        "Highlight" | "FreeText" => colour(dict, "C"),
        "Square" | "Circle" | "Polygon" => colour(dict, "IC"),
        "Ink" | "Line" | "PolyLine" => colour(dict, "C"),
        // Readers take black for the border of a link that names no colour.
        "Link" => colour(dict, "C").or(Some(Rgb([0; 3]))),
        "Widget" => dict.get::<Dict<'_>>("MK").and_then(|look| colour(&look, "BG")),
        _ => None,
    };
    let outline = drawn_outline(dict, &subtype, raw, to_displayed);
    let is_line = matches!(subtype.as_str(), "Ink" | "Line" | "PolyLine" | "Link");
    Some(Note {
        marked: quads(dict, to_displayed).unwrap_or_else(|| vec![area]),
        subtype,
        area,
        fill: fill.filter(|_| outline.is_some() || !is_line),
        outline,
        opacity: dict.get::<f32>("CA").unwrap_or(1.0),
        is_drawn: dict
            .get::<Dict<'_>>("AP")
            .is_some_and(|drawings| drawings.get::<Object<'_>>("N").is_some()),
        is_shown: flags & (HIDDEN | NO_VIEW) == 0,
    })
}

/// What readers draw for an annotation that is more, or less, than a filled rectangle.
fn drawn_outline(
    dict: &Dict<'_>,
    subtype: &str,
    raw: RawRect,
    to_displayed: Matrix,
) -> Option<(Rect, Outline)> {
    let area = Box2::new(raw.x0, raw.y0, raw.x1, raw.y1);
    let numbers = |key: &str| -> Vec<f64> {
        let list = dict.get::<Array<'_>>(key);
        list.iter().flat_map(Array::iter::<f64>).collect()
    };
    let (path, is_filled) = match subtype {
        "Circle" => (Ellipse::from_rect(area).to_path(0.1), true),
        "Polygon" => (through(&numbers("Vertices")), true),
        "PolyLine" => (through(&numbers("Vertices")), false),
        "Line" => (through(&numbers("L")), false),
        "Link" => (area.to_path(0.1), false),
        "Ink" => {
            let strokes = dict.get::<Array<'_>>("InkList")?;
            let strokes = strokes.iter::<Array<'_>>();
            let paths = strokes.map(|stroke| through(&stroke.iter::<f64>().collect::<Vec<_>>()));
            (paths.flatten().collect(), false)
        }
        _ => return None,
    };
    let path = Affine::new(to_displayed.0) * path;
    let bounds = path.bounding_box();
    if is_filled {
        let outline = Outline::filled(path, FillRule::NonZero);
        return Some((Rect::new(bounds.x0, bounds.y0, bounds.x1, bounds.y1), outline));
    }
    let width = line_width(dict)?;
    let bounds = bounds.inflate(width / 2.0, width / 2.0);
    (width >= THICK).then(|| {
        let outline = Outline::stroked(path, width / 2.0);
        (Rect::new(bounds.x0, bounds.y0, bounds.x1, bounds.y1), outline)
    })
}

fn line_width(dict: &Dict<'_>) -> Option<f64> {
    if let Some(style) = dict.get::<Dict<'_>>("BS") {
        return style.get::<Number>("W").map(|width| width.as_f64());
    }
    let border = dict.get::<Array<'_>>("Border")?;
    border.iter::<f64>().nth(2)
}

/// Straight lines from point to point.
fn through(numbers: &[f64]) -> BezPath {
    let mut path = BezPath::new();
    for (index, point) in numbers.chunks_exact(2).enumerate() {
        let [x, y] = point else { continue };
        match index {
            0 => path.move_to((*x, *y)),
            _ => path.line_to((*x, *y)),
        }
    }
    path
}

/// The areas around the quadrilaterals of `/QuadPoints`.
pub(super) fn quads(dict: &Dict<'_>, to_displayed: Matrix) -> Option<Vec<Rect>> {
    let numbers: Vec<f64> = dict.get::<Array<'_>>("QuadPoints")?.iter::<f64>().collect();
    let quads: Vec<Rect> = numbers
        .chunks_exact(8)
        .filter_map(|quad| {
            let points = quad.chunks_exact(2).filter_map(|point| match point {
                [x, y] => Some(to_displayed.apply(*x, *y)),
                _ => None,
            });
            points.map(|(x, y)| Rect::new(x, y, x, y)).reduce(Rect::join)
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
    let [a, b, c, d, e, f] = hayro::kurbo::Affine::new([a, b, c, d, e, f]).inverse().as_coeffs();
    Matrix([a, b, c, d, e, f])
}
