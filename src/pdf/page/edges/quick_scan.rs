//! A first glance at a page: what it draws is followed without drawing it. Most pages draw nothing
//! near a place, or only a picture whose points can be looked at; the others are rendered.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, Paint, RasterImage, RenderContent, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::xref::XRef;
use hayro::kurbo::{Affine, BezPath, Rect as Box2, Shape};

use super::SCALE;
use super::photo::{self, LastScan};
use super::picture::{Raster, cut};
use super::pictures::Pictures;
use super::shades::Shades;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::page::settings;

/// What a glance shows of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScanVerdict {
    /// Nothing is there, or a picture of blank paper.
    Free,
    /// A picture is there, and shows something.
    Printed,
    /// Something is drawn there, or near it; it must be looked at closely.
    Unsure,
}

impl ScanVerdict {
    /// The same place with other layers shown: what is only seen there counts as printed.
    pub(super) fn or_in_other_layers(self, other: Self) -> Self {
        match (self, other) {
            (Self::Free, Self::Unsure) => Self::Printed,
            (Self::Free, other) => other,
            (seen, _) => seen,
        }
    }
}

/// White as paper; a background of it is no ink.
pub(super) const WHITE: u8 = 250;

/// How many things a page may draw. Maps of a whole county draw a million; a page that draws its forms
/// within each other draws without end.
const MAX_DRAWN: u32 = 2_000_000;

/// Glances at three places of the page itself, without its annotations, with the layers that a catalog shows; `None` where
/// part of it cannot be understood.
pub(super) fn quick_scan<'a>(
    page: &'a Page<'a>,
    cache: &InterpreterCache<'a>,
    catalog: &'a XRef,
    boxes: PageBox,
    places: &[Rect],
    (pictures, scan): (&Pictures, Option<&LastScan>),
) -> Option<Vec<ScanVerdict>> {
    let (settings, failed) = settings(RenderContent::PAGE);
    let (width, height) = boxes.displayed_size();
    let user_to_displayed = Affine::new(boxes.displayed_to_user().0).inverse();
    let target = Box2::new(0.0, 0.0, width, height);
    let mut context = Context::new(user_to_displayed, target, cache, catalog, settings);
    let mut watcher = Watcher {
        places: places
            .iter()
            .map(|place| Box2::new(place.left, place.bottom, place.right, place.top))
            .collect(),
        seen: vec![ScanVerdict::Free; places.len()],
        pictures,
        scan,
        failed: &failed,
        drawn: 0,
    };
    interpret_page(page, &mut context, &mut watcher);
    (!failed.load(Ordering::Relaxed)).then_some(watcher.seen)
}

struct Watcher<'w> {
    places: Vec<Box2>,
    seen: Vec<ScanVerdict>,
    pictures: &'w Pictures,
    /// Takes a picture that is read as a whole, where one is wanted.
    scan: Option<&'w LastScan>,
    failed: &'w AtomicBool,
    drawn: u32,
}

impl Watcher<'_> {
    /// Counts what is drawn; a page that draws without end is left at once.
    fn count(&mut self) {
        self.drawn += 1;
        if self.drawn > MAX_DRAWN {
            // Caught where pages are probed: the page counts as not looked at.
            resume_unwind(Box::new("a page draws too much"));
        }
    }

    /// Something of this extent is drawn, in displayed space.
    fn touch(&mut self, extent: Box2) {
        for (place, seen) in self.places.iter().zip(&mut self.seen) {
            // An extent that cannot be told may be anywhere.
            if extent.is_nan() || place.overlaps(extent) {
                *seen = ScanVerdict::Unsure;
            }
        }
    }

    fn touch_all(&mut self) {
        self.seen.fill(ScanVerdict::Unsure);
    }

    /// Looks at the points of a picture that stand at each place. `to_picture` leads from displayed
    /// space to points of the picture.
    fn look(&mut self, picture: &Raster, to_picture: Affine) {
        let whole = whole(picture.width, picture.height);
        for (place, seen) in self.places.iter().zip(&mut self.seen) {
            if let Some(spot) = Spot::of(*place, *seen, whole, to_picture)
                && spot.shades(picture.cells(spot.part, spot.cell)).is_printed()
            {
                *seen = ScanVerdict::Printed;
            }
        }
    }

    /// The same, without the parts of the picture that stand elsewhere; `None` where only the whole
    /// picture tells.
    fn look_at_parts(&mut self, raster: &RasterImage<'_>, to_picture: Affine) -> Option<()> {
        let whole = whole(raster.width(), raster.height());
        let spots: Vec<(Spot, &mut ScanVerdict)> = self
            .places
            .iter()
            .zip(&mut self.seen)
            .filter_map(|(place, seen)| Some((Spot::of(*place, *seen, whole, to_picture)?, seen)))
            .collect();
        let parts: Vec<Box2> = spots.iter().map(|(spot, _)| spot.part).collect();
        let scan = self.scan.filter(|scan| !scan.is(raster.stream()));
        photo::with_jpeg(raster, |jpeg, likeness| {
            let (cuts, coarse) = cut(jpeg, &parts, scan.is_some());
            if let Some(scan) = scan {
                scan.keep(raster.stream(), coarse);
            }
            let cuts = cuts?;
            let verdicts = spots.iter().zip(&cuts).map(|((spot, _), cut)| {
                let shades = spot.shades(cut.cells(spot.part, spot.cell));
                shades.surely_printed(likeness.margin())
            });
            let verdicts = verdicts.collect::<Option<Vec<bool>>>()?;
            for ((_, seen), printed) in spots.into_iter().zip(verdicts) {
                if printed {
                    *seen = ScanVerdict::Printed;
                }
            }
            Some(())
        })
    }
}

/// A place as it stands on a picture.
struct Spot {
    /// The place in points of the picture; it may reach beyond.
    part: Box2,
    /// As many points as the close look would make one pixel of.
    cell: f64,
    /// Whether it reaches beyond the picture, where the white of the page is.
    beyond: bool,
}

impl Spot {
    /// `None` where the picture changes nothing about a place.
    fn of(place: Box2, seen: ScanVerdict, whole: Box2, to_picture: Affine) -> Option<Self> {
        let part = to_picture.transform_rect_bbox(place);
        if seen == ScanVerdict::Unsure || !part.overlaps(whole) {
            return None;
        }
        let inner = part.inflate(-part.width() / 100.0, -part.height() / 100.0);
        let cell =
            (part.width() / (place.width() * SCALE)).max(part.height() / (place.height() * SCALE));
        Some(Self { part, cell: cell.max(1.0), beyond: !whole.contains_rect(inner) })
    }

    fn shades(&self, cells: impl Iterator<Item = [u8; 3]>) -> Shades {
        Shades::of(cells.chain(self.beyond.then_some([u8::MAX; 3])))
    }
}

fn whole(width: u32, height: u32) -> Box2 {
    Box2::new(0.0, 0.0, f64::from(width), f64::from(height))
}

impl<'a> Device<'a> for Watcher<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        if is_white(&props.paint) {
            return;
        }
        let margin = match mode {
            DrawMode::Fill(_) => 0.0,
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                f64::from(stroke.line_width.max(1.0))
            }
            DrawMode::Invisible => return,
        };
        let extent = path.bounding_box().inflate(margin, margin);
        self.touch(props.transform.transform_rect_bbox(extent));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        if matches!(mode, DrawMode::Invisible) || is_white(&props.paint) {
            return;
        }
        for glyph in run.glyphs() {
            match &**glyph {
                // In thousandths of the size; few characters reach further.
                Glyph::Outline(_) => {
                    let extent = Box2::new(-500.0, -600.0, 2000.0, 1400.0);
                    self.touch((props.transform * glyph.transform()).transform_rect_bbox(extent));
                }
                Glyph::Type3(_) => self.touch_all(),
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let (width, height) = (image.width(), image.height());
        let extent = props.transform.transform_rect_bbox(Box2::new(
            0.0,
            0.0,
            f64::from(width),
            f64::from(height),
        ));
        if !self.places.iter().any(|place| extent.is_nan() || place.overlaps(extent)) {
            return;
        }
        let stream = match &image {
            Image::Raster(raster) => raster.stream(),
            Image::Stencil(stencil) => stencil.stream(),
        };
        let id = stream.dict().obj_id();
        let id = id.map(|id| (id.obj_number, u16::try_from(id.gen_number).unwrap_or(0)));
        if !self.pictures.may_unpack(id, (width, height), &stream.raw_data()) {
            self.failed.store(true, Ordering::Relaxed);
            return;
        }
        let plain = props.soft_mask.is_none() && props.transform.determinant().abs() > 1e-9;
        match image {
            Image::Raster(raster) if plain && matches!(props.blend_mode, BlendMode::Normal) => {
                let to_declared = props.transform.inverse();
                if self.pictures.as_stored && self.look_at_parts(&raster, to_declared).is_some() {
                    return;
                }
                let mut looked = false;
                raster.with_rgba(
                    |data, alpha| {
                        if let (Some(picture), None) = (Raster::new(data), alpha) {
                            let to_data = Affine::scale_non_uniform(
                                f64::from(picture.width) / f64::from(width.max(1)),
                                f64::from(picture.height) / f64::from(height.max(1)),
                            );
                            self.look(&picture, to_data * to_declared);
                            looked = true;
                        }
                    },
                    None,
                );
                if !looked {
                    self.touch(extent);
                }
            }
            _ => self.touch(extent),
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, _] = colour.to_rgba().to_rgba8();
            red.min(green).min(blue) >= WHITE
        }
        Paint::Pattern(_) => false,
    }
}
