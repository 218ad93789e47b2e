//! Follows the drawing of a page and notes what is drawn.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, Paint,
    SoftMask,
};
use hayro::hayro_syntax::object::Dict;
use hayro::kurbo::{Affine, BezPath, Point, Rect as Box2, Shape as _, Vec2};

use super::{Drawn, Ink, Letter, LetterText, Mark, Picture, Rgb, Shape};
use crate::geometry::Rect;

/// Glyphs are measured in thousandths of an em.
const EM: f64 = 1000.0;

/// How far letters reach from their baseline, in ems; few fonts go further.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.2;

/// Pictures of no more points than this are looked into: a box can be drawn as a picture of one black point.
const SMALL: u64 = 4096;

/// The largest width of a letter that a font may claim, in ems.
const WIDEST: f64 = 4.0;

#[derive(Default)]
pub(super) struct Recorder {
    pub(super) marks: Vec<Mark>,
    clips: Vec<Option<Box2>>,
    opacities: Vec<f32>,
    artefacts: Vec<bool>,
}

impl Recorder {
    fn note(&mut self, drawn: Drawn, extent: Rect) {
        let seen = match self.clips.last() {
            None => Some(extent),
            Some(clip) => clip.and_then(|clip| common(extent, rect(clip))),
        };
        self.marks.push(Mark {
            drawn,
            seen,
            annotation: false,
        });
    }

    fn opacity(&self, own: f32, blend_mode: BlendMode, masked: bool) -> f32 {
        let through = masked || !matches!(blend_mode, BlendMode::Normal);
        let group = self.opacities.last().copied().unwrap_or(1.0);
        // Half stands for "something shows through"; how much is not known without drawing it.
        own * group * if through { 0.5 } else { 1.0 }
    }

    fn push_clip(&mut self, clip: Box2) {
        let clip = match self.clips.last() {
            None => Some(clip),
            Some(outer) => outer.map(|outer| outer.intersect(clip)),
        };
        self.clips
            .push(clip.filter(|clip| clip.width() >= 0.0 && clip.height() >= 0.0));
    }

    fn letter(
        &self,
        glyph: &Glyph<'_>,
        to_page: Affine,
        props: &DrawProps<'_>,
        ink: Ink,
    ) -> Letter {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let width = width
            .map_or(EM / 2.0, f64::from)
            .clamp(-WIDEST * EM, WIDEST * EM);
        let origin = to_page * Point::ORIGIN;
        let vector = |x: f64, y: f64| -> Vec2 { to_page * Point::new(x, y) - origin };
        let (advance, up) = (vector(width, 0.0), vector(0.0, EM));
        let corner = |along: f64, across: f64| origin + advance * along + up * across;
        let extent = [
            (0.0, -DESCENT),
            (1.0, -DESCENT),
            (0.0, ASCENT),
            (1.0, ASCENT),
        ]
        .map(|(along, across)| corner(along, across));
        Letter {
            text: text(glyph),
            origin: (origin.x, origin.y),
            advance: (advance.x, advance.y),
            up: (up.x, up.y),
            extent: around(&extent),
            ink,
            opacity: self.opacity(
                alpha(&props.paint),
                props.blend_mode,
                props.soft_mask.is_some(),
            ),
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
        let covered = if filled {
            path.area().abs()
        } else {
            path.perimeter(0.1) * margin * 2.0
        };
        let turned = props.transform.transform_rect_bbox(bounds);
        let scale = props.transform.determinant().abs();
        let coverage = covered * scale / turned.area().max(f64::MIN_POSITIVE);
        let extent = rect(turned);
        let shape = Shape {
            extent,
            coverage: coverage.clamp(0.0, 1.0),
            colour: colour(&props.paint),
            opacity: self.opacity(
                alpha(&props.paint),
                props.blend_mode,
                props.soft_mask.is_some(),
            ),
        };
        self.note(Drawn::Shape(shape), extent);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        self.push_clip(clip_path.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Box2) {
        self.push_clip(*rect);
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend_mode: BlendMode,
    ) {
        let opacity = self.opacity(opacity, blend_mode, mask.is_some());
        self.opacities.push(opacity);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let ink = match (mode, colour(&props.paint)) {
            (DrawMode::Invisible, _) => Ink::Invisible,
            (_, Some(colour)) => Ink::Plain(colour),
            (_, None) => Ink::Pattern,
        };
        for glyph in run.glyphs() {
            let to_page = props.transform * glyph.transform();
            let letter = self.letter(glyph, to_page, &props, ink);
            let extent = letter.extent;
            // Text that is filled and stroked comes twice.
            let again = matches!(mode, DrawMode::Stroke(_))
                && self
                    .marks
                    .iter()
                    .rev()
                    .take(run.glyphs().len())
                    .any(|mark| {
                        matches!(&mark.drawn, Drawn::Letter(other) if other.origin == letter.origin
                        && other.text == letter.text)
                    });
            if !again {
                self.note(Drawn::Letter(letter), extent);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = (image.width(), image.height());
        let (width, height) = (f64::from(pixels.0), f64::from(pixels.1));
        let extent = rect(
            props
                .transform
                .transform_rect_bbox(Box2::new(0.0, 0.0, width, height)),
        );
        let origin = props.transform * Point::ORIGIN;
        let side = |x: f64, y: f64| (props.transform * Point::new(x, y) - origin).hypot();
        let dict = match &image {
            Image::Stencil(stencil) => stencil.stream().dict(),
            Image::Raster(raster) => raster.stream().dict(),
        };
        let masked =
            props.soft_mask.is_some() || dict.contains_key("SMask") || dict.contains_key("Mask");
        let picture = Picture {
            extent,
            pixels,
            sides: (side(width, 0.0), side(0.0, height)),
            uniform: uniform(&image, pixels),
            stencil: matches!(image, Image::Stencil(_)),
            opacity: self.opacity(1.0, props.blend_mode, masked),
            object: dict.obj_id().map(|id| (id.obj_number, id.gen_number)),
        };
        self.note(Drawn::Picture(picture), extent);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.opacities.pop();
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.artefacts.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.artefacts.pop();
    }
}

fn text(glyph: &Glyph<'_>) -> LetterText {
    match glyph.as_unicode() {
        Some(BfString::Char(character)) => LetterText::One(character),
        Some(BfString::String(characters)) => LetterText::Several(characters.into_boxed_str()),
        None => LetterText::Unknown,
    }
}

fn colour(paint: &Paint<'_>) -> Option<Rgb> {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            Some(Rgb([red, green, blue]))
        }
        Paint::Pattern(_) => None,
    }
}

fn alpha(paint: &Paint<'_>) -> f32 {
    match paint {
        Paint::Color(colour) => {
            let [_, _, _, alpha] = colour.to_rgba().to_rgba8();
            f32::from(alpha) / 255.0
        }
        Paint::Pattern(_) => 1.0,
    }
}

/// The one colour of a small picture. A stencil paints where its points are set.
fn uniform(image: &Image<'_, '_>, (columns, rows): (u32, u32)) -> Option<Rgb> {
    if u64::from(columns) * u64::from(rows) > SMALL {
        return None;
    }
    let mut found = None;
    match image {
        Image::Stencil(stencil) => stencil.with_stencil(
            |points, paint| {
                if points.data.iter().all(|point| *point == u8::MAX) {
                    found = colour(paint);
                }
            },
            None,
        ),
        Image::Raster(raster) => raster.with_rgba(
            |points, alpha| {
                if alpha.is_none_or(|alpha| alpha.data.iter().all(|point| *point == u8::MAX)) {
                    found = one_colour(&points);
                }
            },
            None,
        ),
    }
    found
}

fn one_colour(points: &ImageData) -> Option<Rgb> {
    let (data, channels) = match points {
        ImageData::Rgb(data) => (&data.data, 3),
        ImageData::Luma(data) => (&data.data, 1),
    };
    let first = data.get(..channels)?;
    let same = data.chunks_exact(channels).all(|point| point == first);
    let channel = |index: usize| first.get(index).or(first.first()).copied();
    same.then_some(Rgb([channel(0)?, channel(1)?, channel(2)?]))
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
