//! What annotations may paint over a page (ISO 32000-2, 12.5.5): on the screen or in print, in every state, whatever
//! layers are shown. Readers paint it above everything that the page itself draws.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{ClipPath, Context, Device, FillRule, InterpreterSettings, interpret};
use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::object::{Array, Dict, Name, Number, Object, Rect as RawRect, Stream};
use hayro::hayro_syntax::page::{Page, Resources};
use hayro::kurbo::{Affine, Rect as Box2, Shape as _};

use super::layers::without_layers;
use super::notes::{drawn_in_any_mode, is_icon, quads};
use super::recorder::Recorder;
use super::{Cache, Drawn, Ink, Mark, Outline};
use crate::model::geometry::{Matrix, PageBox, Rect};

/// Annotation flags (ISO 32000-2, table 167).
const HIDDEN: u32 = 1 << 1;
const PRINT: u32 = 1 << 2;
const NO_VIEW: u32 = 1 << 5;
const TOGGLE_NO_VIEW: u32 = 1 << 8;

/// Of these nothing is seen without a drawing of their own; a pop-up is seen only while it is open.
const WITHOUT_LOOK: [&str; 4] = ["Popup", "Watermark", "PrinterMark", "TrapNet"];

/// The side of the icons that readers draw, in points, from the upper left corner of the annotation.
const ICON: f64 = 24.0;

/// Points of a shape are tried so far from each other, in points.
const STEP: f64 = 2.0;

/// The ink of a letter reaches no further than this beyond its box, in ems.
const OVERHANG: f64 = 0.5;

/// What one annotation may paint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Overlay {
    /// `/Subtype`, such as `Stamp`.
    pub subtype: String,
    /// Whether it replies to another.
    pub is_reply: bool,
    /// Areas, in displayed space, that readers paint in ways of their own: fields, and what has no drawing.
    pub areas: Vec<Rect>,
    /// What its drawings paint, of all states.
    pub marks: Vec<Mark>,
}

impl Overlay {
    /// Whether it may paint in an area of displayed space.
    pub(crate) fn touches(&self, area: Rect) -> bool {
        self.areas.iter().any(|own| own.intersection(area).is_some())
            || self.marks.iter().any(|mark| touches(mark, area))
    }
}

/// The annotations of a page that readers may show, in the order in which they are painted.
pub(crate) fn overlays<'a>(page: &'a Page<'a>, boxes: PageBox, cache: &Cache<'a>) -> Vec<Overlay> {
    let annotations = page.raw().get::<Array<'_>>("Annots");
    let Some(to_displayed) = boxes.user_to_displayed() else {
        return Vec::new();
    };
    annotations
        .iter()
        .flat_map(Array::iter::<Dict<'_>>)
        .filter_map(|annotation| overlay(&annotation, page, cache, to_displayed))
        .collect()
}

fn overlay<'a>(
    annotation: &Dict<'a>,
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    to_displayed: Matrix,
) -> Option<Overlay> {
    let flags = annotation.get::<u32>("F").unwrap_or(0);
    let on_screen = flags & NO_VIEW == 0 || flags & TOGGLE_NO_VIEW != 0;
    if flags & HIDDEN != 0 || !(on_screen || flags & PRINT != 0) {
        return None;
    }
    let raw = annotation.get::<RawRect>("Rect")?;
    let rect = to_displayed.apply_to_rect(Rect::new(raw.x0, raw.y0, raw.x1, raw.y1));
    let subtype = annotation.get::<Name<'_>>("Subtype")?;
    let mut overlay = Overlay {
        subtype: String::from_utf8_lossy(subtype.as_ref()).into_owned(),
        is_reply: annotation.contains_key("IRT"),
        areas: Vec::new(),
        marks: Vec::new(),
    };
    let drawings = drawings(annotation);
    if overlay.subtype == "Widget" {
        // Readers draw a field anew when somebody types, and lay a colour over it.
        overlay.areas.push(rect);
    } else if drawings.is_empty() {
        overlay.areas = drawn_by_readers(annotation, &overlay.subtype, rect, to_displayed);
        overlay.marks = drawn_in_any_mode(annotation, to_displayed);
    }
    for drawing in drawings {
        let record = || record(&drawing, raw, page, cache, to_displayed);
        match catch_unwind(AssertUnwindSafe(record)).ok().flatten() {
            Some(marks) => overlay.marks.extend(marks),
            // What cannot be followed may be anywhere in it.
            None => overlay.areas.push(rect),
        }
    }
    Some(overlay)
}

/// The drawings of every state that an annotation can be shown in.
fn drawings<'a>(annotation: &Dict<'a>) -> Vec<Stream<'a>> {
    let normal = annotation.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Object<'_>>("N"));
    match normal {
        Some(Object::Stream(drawing)) => vec![drawing],
        Some(Object::Dict(states)) => {
            let names: Vec<Name<'_>> = states.keys().collect();
            let drawing = |name: &Name<'_>| states.get::<Stream<'_>>(name);
            names.iter().filter_map(drawing).collect()
        }
        _ => Vec::new(),
    }
}

/// Where readers paint an annotation of which the file holds no drawing.
fn drawn_by_readers(
    annotation: &Dict<'_>,
    subtype: &str,
    rect: Rect,
    to_displayed: Matrix,
) -> Vec<Rect> {
    if WITHOUT_LOOK.contains(&subtype) {
        return Vec::new();
    }
    let width = border_width(annotation);
    if subtype == "Link" {
        return if width > 0.0 { frame(rect, width) } else { Vec::new() };
    }
    let icon = Rect {
        bottom: rect.bottom.min(rect.top - ICON),
        right: rect.right.max(rect.left + ICON),
        ..rect
    };
    let area = match subtype {
        "Text" | "FileAttachment" | "Sound" => icon,
        _ => rect,
    };
    let mut areas = quads(annotation, to_displayed).unwrap_or_else(|| vec![area]);
    areas.extend(extent_of_points(annotation, to_displayed));
    // Ends of lines are drawn wider than the line.
    let around = width + if subtype == "Line" || subtype == "PolyLine" { 9.0 * width } else { 0.0 };
    areas.iter().map(|area| area.grown(around)).collect()
}

/// The width of a border or line; 1 where none is stated.
fn border_width(annotation: &Dict<'_>) -> f64 {
    if let Some(style) = annotation.get::<Dict<'_>>("BS") {
        return style.get::<Number>("W").map_or(1.0, |width| width.as_f64());
    }
    let border = annotation.get::<Array<'_>>("Border");
    border.map_or(1.0, |border| border.iter::<f64>().nth(2).unwrap_or(0.0))
}

/// Around the points that a line, polygon or drawing by hand goes through.
fn extent_of_points(annotation: &Dict<'_>, to_displayed: Matrix) -> Option<Rect> {
    let mut numbers: Vec<f64> = Vec::new();
    for key in ["L", "Vertices", "CL"] {
        let list = annotation.get::<Array<'_>>(key);
        numbers.extend(list.iter().flat_map(Array::iter::<f64>));
    }
    let strokes = annotation.get::<Array<'_>>("InkList");
    for stroke in strokes.iter().flat_map(Array::iter::<Array<'_>>) {
        numbers.extend(stroke.iter::<f64>());
    }
    let points = numbers.chunks_exact(2).filter_map(|point| match point {
        [x, y] => Some(to_displayed.apply(*x, *y)),
        _ => None,
    });
    points.map(|(x, y)| Rect::new(x, y, x, y)).reduce(Rect::join)
}

/// The four sides of a rectangle as areas. A border is drawn within its annotation, however wide it says that it is
/// (ISO 32000-2, 12.5.4).
fn frame(rect: Rect, width: f64) -> Vec<Rect> {
    let Rect { left, bottom, right, top } = rect;
    let sides = [
        Rect::new(left, bottom, right, bottom),
        Rect::new(left, top, right, top),
        Rect::new(left, bottom, left, top),
        Rect::new(right, bottom, right, top),
    ];
    sides.iter().filter_map(|side| side.grown(width).intersection(rect)).collect()
}

/// What a drawing paints where the annotation stands; `None` where not all of it could be followed.
fn record<'a>(
    drawing: &Stream<'a>,
    rect: RawRect,
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    to_displayed: Matrix,
) -> Option<Vec<Mark>> {
    let (width, height) = super::boxes(page).displayed_size();
    let mut recorder = Recorder::new(Rect::new(0.0, 0.0, width, height));
    let appearance =
        Appearance { drawing: drawing.clone(), rect, to_displayed, subtype: String::new() };
    let followed = appearance.interpret(page, cache, &mut recorder);
    let marks = recorder.marks.into_iter().map(|mark| Mark { annotation: true, ..mark });
    followed.then(|| marks.collect())
}

/// The drawing of an annotation, and where it stands.
pub(super) struct Appearance<'a> {
    drawing: Stream<'a>,
    rect: RawRect,
    to_displayed: Matrix,
    pub(super) subtype: String,
}

impl<'a> Appearance<'a> {
    /// Whether it is the icon of a note or of an attachment, which readers move aside.
    pub(super) fn is_icon(&self) -> bool {
        is_icon(&self.subtype, self.area())
    }

    /// Where it stands, in displayed space.
    pub(super) fn area(&self) -> Rect {
        let RawRect { x0, y0, x1, y1 } = self.rect;
        self.to_displayed.apply_to_rect(Rect::new(x0, y0, x1, y1))
    }

    /// Follows what it paints; whether all of that could be followed.
    pub(super) fn interpret(
        &self,
        page: &'a Page<'a>,
        cache: &Cache<'a>,
        device: &mut impl Device<'a>,
    ) -> bool {
        self.followed(page, cache, device) == Some(true)
    }

    fn followed(
        &self,
        page: &'a Page<'a>,
        cache: &Cache<'a>,
        device: &mut impl Device<'a>,
    ) -> Option<bool> {
        let (dict, rect) = (self.drawing.dict(), self.rect);
        let content = self.drawing.decoded_data().ok()?;
        let matrix = dict.get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new);
        let own = dict.get::<RawRect>("BBox")?;
        let own = Box2::new(own.x0, own.y0, own.x1, own.y1).to_path(0.1);
        let turned = (matrix * own.clone()).bounding_box();
        let rect = Box2::new(rect.x0, rect.y0, rect.x1, rect.y1);
        let (x, y) = (rect.width() / turned.width(), rect.height() / turned.height());
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        let onto = Affine::new([x, 0.0, 0.0, y, rect.x0 - x * turned.x0, rect.y0 - y * turned.y0]);
        let transform = Affine::new(self.to_displayed.0) * onto * matrix;
        let failed = Arc::new(AtomicBool::new(false));
        let sink = Arc::clone(&failed);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |_| sink.store(true, Ordering::Relaxed)),
            ..InterpreterSettings::default()
        };
        let everywhere = Box2::new(-1e6, -1e6, 1e6, 1e6);
        let catalog = without_layers(page);
        let mut context =
            Context::new(transform, everywhere, cache.interpreter(), catalog, settings);
        device.push_clip_path(&ClipPath { path: transform * own, fill: FillRule::NonZero });
        let resources = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let resources = resources.as_ref().unwrap_or(page.resources());
        interpret(TypedIter::new(&content), resources, &mut context, device);
        device.pop_clip();
        Some(!failed.load(Ordering::Relaxed))
    }
}

/// The drawings that a page shows of its annotations, in the order in which they are painted.
pub(super) fn appearances<'a>(page: &'a Page<'a>) -> impl Iterator<Item = Appearance<'a>> {
    let to_displayed = super::boxes(page).user_to_displayed();
    let annotations = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
    let annotations: Vec<Dict<'_>> = annotations.iter::<Dict<'_>>().collect();
    annotations.into_iter().filter_map(move |annotation| {
        let flags = annotation.get::<u32>("F").unwrap_or(0);
        let subtype = annotation.get::<Name<'_>>("Subtype")?;
        (flags & (HIDDEN | NO_VIEW) == 0).then_some(Appearance {
            drawing: shown_drawing(&annotation)?,
            rect: annotation.get::<RawRect>("Rect")?,
            to_displayed: to_displayed?,
            subtype: String::from_utf8_lossy(subtype.as_ref()).into_owned(),
        })
    })
}

/// The drawing of the state that an annotation is in.
fn shown_drawing<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let normal = annotation.get::<Dict<'_>>("AP")?.get::<Object<'_>>("N")?;
    match normal {
        Object::Stream(drawing) => Some(drawing),
        Object::Dict(states) => states.get::<Stream<'_>>(annotation.get::<Name<'_>>("AS")?),
        _ => None,
    }
}

/// Whether something drawn may be seen in an area; white may, as it hides what lies beneath it.
fn touches(mark: &Mark, area: Rect) -> bool {
    let Some(seen) = mark.seen else { return false };
    match &mark.drawn {
        Drawn::Letter(letter) => {
            let overhang = OVERHANG * letter.up.0.hypot(letter.up.1);
            let is_painted = letter.ink != Ink::Invisible && !letter.text.is_blank();
            is_painted && seen.grown(overhang).intersection(area).is_some()
        }
        Drawn::Picture(picture) => picture.opacity > 0.0 && seen.intersection(area).is_some(),
        Drawn::Shape(shape) => {
            let part = seen.intersection(area).filter(|_| shape.opacity > 0.0);
            part.is_some_and(|part| covers_some(&shape.outline, part))
        }
    }
}

/// Whether an outline covers any point of a part of its extent; one that is not known may.
fn covers_some(outline: &Outline, part: Rect) -> bool {
    if matches!(outline, Outline::Whole | Outline::Unknown) {
        return true;
    }
    let steps = |length: f64| (length / STEP).ceil().max(1.0);
    let (across, up) = (steps(part.width()), steps(part.height()));
    let at = |start: f64, length: f64, step: f64, steps: f64| start + length * step / steps;
    let mut row = 0.0;
    while row <= up {
        let mut column = 0.0;
        while column <= across {
            let x = at(part.left, part.width(), column, across);
            let y = at(part.bottom, part.height(), row, up);
            if outline.covers((x, y)) {
                return true;
            }
            column += 1.0;
        }
        row += 1.0;
    }
    false
}
