//! Follows the drawing of a page and notes what is drawn.

use std::panic::resume_unwind;
use std::sync::Arc;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, Point, Rect as Box2, Shape as _, Vec2};

use super::digests::digest;
use super::glyphs::{EM, KnownCode};
use super::inks::Inks;
use super::masks::Masks;
use super::shapes::{Layer, alpha, colour, outline, thick_line};
use super::stencils::{is_flattened, looked};
use super::stretches::Stretches;
use super::{Clips, Drawn, Ink, Letter, Mark, Outline, Picture, Rgb, Shape};
use crate::model::geometry::Rect;

/// How far letters reach from their baseline, in ems; few fonts go further.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.2;

/// Pictures of no more points than this are looked into: a box can be drawn as a picture of one black point.
const SMALL: u64 = 4096;

/// Larger pictures are looked into as well if they cover letters, unless they cover more than this part of the page:
/// then they are the page, and the letters are its text layer.
const LARGEST_PATCH: f64 = 0.4;
/// And unless they hold more points than this.
const MAX_POINTS: u64 = 16 << 20;

/// Pictures of fewer points than this hold nothing that could be read.
const MIN_FLATTENED: u64 = 64;

/// The largest plans have some hundred thousand lines; forms that draw each other draw without end.
const MAX_DRAWN: u32 = 500_000;

pub(super) struct Recorder {
    pub(super) marks: Vec<Mark>,
    page: Rect,
    /// The size of one unit of user space in points.
    pub(super) unit: f64,
    clips: Vec<Clipped>,
    groups: Vec<Layer>,
    artefacts: Vec<bool>,
    pub(super) stretches: Stretches,
    masks: Masks,
    inks: Inks,
    /// How many things were drawn, groups and clips included.
    drawn: u32,
}

/// What all the clips in force leave.
#[derive(Clone)]
struct Clipped {
    extent: Option<Box2>,
    exact: Option<Arc<Clips>>,
}

impl Recorder {
    /// For a page of this size.
    pub(super) fn new(page: Rect) -> Self {
        Self {
            marks: Vec::new(),
            page,
            unit: 1.0,
            clips: Vec::new(),
            groups: Vec::new(),
            artefacts: Vec::new(),
            stretches: Stretches::default(),
            masks: Masks::default(),
            inks: Inks::default(),
            drawn: 0,
        }
    }

    /// Counts what is drawn; a page that draws without end is left at once.
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MAX_DRAWN {
            // Caught where pages are looked at: the page counts as not understood.
            resume_unwind(Box::new("a page draws too much"));
        }
    }

    fn note(&mut self, drawn: Drawn, extent: Rect) {
        self.count();
        let (seen, clips) = match self.clips.last() {
            None => (Some(extent), None),
            Some(clip) => {
                (clip.extent.and_then(|clip| common(extent, rect(clip))), clip.exact.clone())
            }
        };
        self.marks.push(Mark { drawn, seen, clips, annotation: false });
    }

    fn opacity(&self, own: Layer, colour: Option<Rgb>) -> f32 {
        let groups = self.groups.iter().map(|group| group.opacity(colour));
        own.opacity(colour) * groups.product::<f32>()
    }

    /// How something is laid over what is there, as far as its area goes.
    fn layer(
        &mut self,
        alpha: f32,
        blend: BlendMode,
        mask: Option<&SoftMask<'_>>,
        area: Rect,
    ) -> Layer {
        let level = mask.map(|mask| self.masks.level(mask, area, self.page));
        Layer { alpha: alpha * level.flatten().unwrap_or(1.0), blend, masked: level == Some(None) }
    }

    fn layer_of(&mut self, props: &DrawProps<'_>, area: Rect) -> Layer {
        let mask = props.soft_mask.as_ref();
        self.layer(alpha(&props.paint), props.blend_mode, mask, area)
    }

    fn push_clip(&mut self, clip: Box2, outline: Outline) {
        self.count();
        let outer = self
            .clips
            .last()
            .cloned()
            .unwrap_or(Clipped { extent: Some(Box2::new(-1e9, -1e9, 1e9, 1e9)), exact: None });
        let extent = outer.extent.map(|outer| outer.intersect(clip));
        let exact = match outline {
            Outline::Whole => outer.exact,
            outline => Some(Arc::new(Clips { outer: outer.exact, extent: rect(clip), outline })),
        };
        self.clips.push(Clipped {
            extent: extent.filter(|clip| clip.width() >= 0.0 && clip.height() >= 0.0),
            exact,
        });
    }

    /// Whether letters drawn so far lie beneath a picture that is not the page itself.
    fn is_patch(&self, extent: Rect, pixels: u64) -> bool {
        pixels <= MAX_POINTS
            && extent.area() < LARGEST_PATCH * self.page.area()
            && self
                .marks
                .iter()
                .any(|mark| matches!(&mark.drawn, Drawn::Letter(letter) if extent.contains(letter.extent.middle())))
    }

    /// Whether a letter is one of the last drawn, again: text that is filled and stroked comes twice. A stroke of another
    /// colour shows what the fill does not.
    fn outlines(&mut self, stroked: &Letter, last: usize) -> bool {
        let drawn = self.marks.iter_mut().rev().take(last);
        let mut letters = drawn.filter_map(|mark| match &mut mark.drawn {
            Drawn::Letter(letter) => Some(letter),
            _ => None,
        });
        let same =
            letters.find(|letter| letter.origin == stroked.origin && letter.text == stroked.text);
        if let Some(filled) = same {
            if filled.ink != stroked.ink {
                filled.ink = Ink::Pattern;
            }
            return true;
        }
        false
    }

    fn letter(
        &mut self,
        known: &KnownCode,
        to_page: Affine,
        props: &DrawProps<'_>,
        ink: Ink,
    ) -> Letter {
        let width = known.width;
        let origin = to_page * Point::ORIGIN;
        let vector = |x: f64, y: f64| -> Vec2 { to_page * Point::new(x, y) - origin };
        let (advance, up) = (vector(width, 0.0), vector(0.0, EM));
        let corner = |along: f64, across: f64| origin + advance * along + up * across;
        let extent = [(0.0, -DESCENT), (1.0, -DESCENT), (0.0, ASCENT), (1.0, ASCENT)]
            .map(|(along, across)| corner(along, across));
        let extent = around(&extent);
        let layer = self.layer_of(props, extent);
        Letter {
            text: known.text.clone(),
            origin: (origin.x, origin.y),
            advance: (advance.x, advance.y),
            up: (up.x, up.y),
            extent,
            ink,
            drawn: known.drawn,
            opacity: self.opacity(layer, colour(&props.paint)),
            artefact: self.artefacts.contains(&true),
        }
    }
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let (margin, filled) = match mode {
            DrawMode::Fill(_) => (0.0, true),
            DrawMode::FillAndStroke(_, stroke) => (f64::from(stroke.line_width) / 2.0, true),
            DrawMode::Stroke(stroke) => (f64::from(stroke.line_width) / 2.0, false),
            DrawMode::Invisible => return,
        };
        let bounds = path.bounding_box().inflate(margin, margin);
        let covered = if filled { path.area().abs() } else { path.perimeter(0.1) * margin * 2.0 };
        let line = thick_line(path, props.transform, mode, self.unit);
        let turned = match &line {
            Some(line) => line.bounding_box(),
            None => props.transform.transform_rect_bbox(bounds),
        };
        let scale = props.transform.determinant().abs();
        let coverage = covered * scale / turned.area().max(f64::MIN_POSITIVE);
        let extent = rect(turned);
        let colour = colour(&props.paint);
        let layer = self.layer_of(&props, extent);
        let shape = Shape {
            extent,
            coverage: coverage.clamp(0.0, 1.0),
            outline: outline(path, props.transform, mode, extent, line),
            colour,
            opacity: self.opacity(layer, colour),
        };
        self.note(Drawn::Shape(shape), extent);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let outline = Outline::filled(clip_path.path.clone(), clip_path.fill);
        self.push_clip(clip_path.path.bounding_box(), outline);
    }

    fn push_clip_rect(&mut self, rect: &Box2) {
        self.push_clip(*rect, Outline::Whole);
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend_mode: BlendMode,
    ) {
        self.count();
        let clip = self.clips.last().and_then(|clip| clip.extent);
        let area = clip.and_then(|clip| common(self.page, rect(clip)));
        let area = area.unwrap_or(self.page);
        let layer = self.layer(opacity, blend_mode, mask.as_ref(), area);
        self.groups.push(layer);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let ink = match (mode, colour(&props.paint)) {
            (DrawMode::Invisible, _) => Ink::Invisible,
            (_, Some(colour)) => Ink::Plain(colour),
            (_, None) => Ink::Pattern,
        };
        let mut known: Vec<KnownCode> = Vec::new();
        for glyph in run.glyphs() {
            let to_page = props.transform * glyph.transform();
            let code = glyph.char_code();
            let at = known.iter().position(|known| known.code == code);
            let at = at.unwrap_or_else(|| {
                known.push(KnownCode::of(glyph));
                known.len() - 1
            });
            let Some(known) = known.get(at) else {
                continue;
            };
            let ink = match (&**glyph, ink) {
                (Glyph::Type3(drawn), Ink::Plain(colour)) => {
                    let place = (props.transform, glyph.transform());
                    self.inks.of(drawn, place, &props.paint, colour)
                }
                (_, ink) => ink,
            };
            let letter = self.letter(known, to_page, &props, ink);
            let extent = letter.extent;
            let is_stroke = matches!(mode, DrawMode::Stroke(_));
            if is_stroke && self.outlines(&letter, run.glyphs().len()) {
                continue;
            }
            self.stretches.show(&letter);
            self.note(Drawn::Letter(letter), extent);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = (image.width(), image.height());
        let (width, height) = (f64::from(pixels.0), f64::from(pixels.1));
        let extent = rect(props.transform.transform_rect_bbox(Box2::new(0.0, 0.0, width, height)));
        let origin = props.transform * Point::ORIGIN;
        let side = |x: f64, y: f64| (props.transform * Point::new(x, y) - origin).hypot();
        let stream = match &image {
            Image::Stencil(stencil) => stencil.stream(),
            Image::Raster(raster) => raster.stream(),
        };
        let dict = stream.dict();
        let points = u64::from(pixels.0) * u64::from(pixels.1);
        let has_mask = dict.contains_key("SMask") || dict.contains_key("Mask");
        let look = points <= SMALL || self.is_patch(extent, points);
        let looked = look.then(|| looked(&image)).flatten();
        let mut layer = self.layer(1.0, props.blend_mode, props.soft_mask.as_ref(), extent);
        layer.masked |= has_mask && !looked.is_some_and(|looked| looked.opaque);
        let uniform = looked.and_then(|looked| looked.uniform);
        let picture = Picture {
            extent,
            pixels,
            sides: (side(width, 0.0), side(0.0, height)),
            uniform,
            stencil: matches!(image, Image::Stencil(_)),
            is_flattened: points > MIN_FLATTENED && is_flattened(dict),
            opacity: self.opacity(layer, uniform),
            digest: digest(stream),
            object: dict.obj_id().map(|id| (id.obj_number, id.gen_number)),
        };
        self.note(Drawn::Picture(picture), extent);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.stretches.begin(properties);
        self.artefacts.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.artefacts.pop();
        self.stretches.end();
    }
}

fn around(corners: &[Point]) -> Rect {
    let fold = |pick: fn(&Point) -> f64, join: fn(f64, f64) -> f64, start: f64| {
        corners.iter().map(pick).fold(start, join)
    };
    Rect {
        left: fold(|corner| corner.x, f64::min, f64::INFINITY),
        bottom: fold(|corner| corner.y, f64::min, f64::INFINITY),
        right: fold(|corner| corner.x, f64::max, f64::NEG_INFINITY),
        top: fold(|corner| corner.y, f64::max, f64::NEG_INFINITY),
    }
}

fn rect(area: Box2) -> Rect {
    Rect::new(area.x0, area.y0, area.x1, area.y1)
}

/// What two areas share; an area without width, such as that of a space, counts as long as it lies inside.
fn common(one: Rect, other: Rect) -> Option<Rect> {
    let both = Rect {
        left: one.left.max(other.left),
        bottom: one.bottom.max(other.bottom),
        right: one.right.min(other.right),
        top: one.top.min(other.top),
    };
    (both.width() >= 0.0 && both.height() >= 0.0).then_some(both)
}
