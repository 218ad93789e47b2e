//! A second look at a page: how light and dark the points of its pictures are within some areas.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect as Box2};

use super::writing::{Writing, writing};
use super::{Cache, boxes};
use crate::model::geometry::Rect;

/// Pictures of more points than this are not looked into.
const MAX_POINTS: u64 = 64 << 20;

/// So many in a thousand of the points may be dirt.
const DIRT: u32 = 4;

/// The points of one picture within an area, from 0 for black to 255 for white, some dirt left aside. A stencil counts as
/// painted in black on white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tone {
    /// Of the darkest.
    pub dark: u8,
    /// Of the lightest.
    pub light: u8,
}

impl Tone {
    /// How far light and dark lie apart.
    pub(crate) fn contrast(self) -> u8 {
        self.light.saturating_sub(self.dark)
    }
}

/// For each area of a page in displayed space, the tones of the pictures that have points there and can be looked into, in the
/// order of painting; and for each place of a word what their ink looks like there.
pub(crate) fn look<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    areas: &[Rect],
    words: &[Rect],
) -> (Vec<Vec<Tone>>, Vec<Vec<Writing>>) {
    let user_to_displayed = Affine::new(boxes(page).displayed_to_user().0).inverse();
    let everywhere = Box2::new(-1e6, -1e6, 1e6, 1e6);
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let nothing = || (vec![Vec::new(); areas.len()], vec![Vec::new(); words.len()]);
    let mut reader = SampleReader { areas, words, found: nothing() };
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut context =
            Context::new(user_to_displayed, everywhere, &cache.0, page.xref(), settings);
        interpret_page(page, &mut context, &mut reader);
    }));
    match read {
        Ok(()) => reader.found,
        Err(_) => nothing(),
    }
}

struct SampleReader<'r> {
    areas: &'r [Rect],
    words: &'r [Rect],
    found: (Vec<Vec<Tone>>, Vec<Vec<Writing>>),
}

impl SampleReader<'_> {
    fn add(&mut self, samples: &Samples<'_>, to_image: Affine) {
        for (area, found) in self.areas.iter().zip(&mut self.found.0) {
            let part = to_image.transform_rect_bbox(box2(*area));
            found.extend(tone(
                samples.data,
                (samples.columns, samples.rows),
                samples.channels,
                part,
            ));
        }
        for (area, found) in self.words.iter().zip(&mut self.found.1) {
            found.extend(writing(samples, to_image, *area));
        }
    }
}

/// The points of a picture that is unpacked, as they are stored.
pub(super) struct Samples<'s> {
    data: &'s [u8],
    columns: u32,
    rows: u32,
    channels: usize,
}

impl Samples<'_> {
    /// How light it is at a point of its own space; `None` beside it.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to the size of the picture"
    )]
    pub(super) fn at(&self, point: Point) -> Option<u8> {
        let is_within = (0.0..f64::from(self.columns)).contains(&point.x)
            && (0.0..f64::from(self.rows)).contains(&point.y);
        let place = is_within.then_some((point.x as usize, point.y as usize));
        let start = place.map(|(x, y)| (y * self.columns as usize + x) * self.channels)?;
        let point = self.data.get(start..start + self.channels)?;
        let sum: u32 = point.iter().map(|value| u32::from(*value)).sum();
        u8::try_from(sum / u32::try_from(self.channels).ok()?).ok()
    }
}

fn box2(area: Rect) -> Box2 {
    Box2::new(area.left, area.bottom, area.right, area.top)
}

impl<'a> Device<'a> for SampleReader<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Box2) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let extent = props.transform.transform_rect_bbox(Box2::new(0.0, 0.0, width, height));
        let mut areas = self.areas.iter().chain(self.words);
        let touched = areas.any(|area| extent.overlaps(box2(*area)));
        let points = u64::from(image.width()) * u64::from(image.height());
        let can_be_turned = props.transform.determinant().abs() > 1e-9;
        if !touched || !can_be_turned || points > MAX_POINTS {
            return;
        }
        let to_image = props.transform.inverse();
        let mut look = |columns: u32, rows: u32, data: &[u8], channels: usize| {
            let scale =
                Affine::scale_non_uniform(f64::from(columns) / width, f64::from(rows) / height);
            self.add(&Samples { data, columns, rows, channels }, scale * to_image);
        };
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, _| match &data {
                    ImageData::Rgb(points) => look(points.width, points.height, &points.data, 3),
                    ImageData::Luma(points) => look(points.width, points.height, &points.data, 1),
                },
                None,
            ),
            Image::Stencil(stencil) => stencil.with_stencil(
                |points, _| {
                    let bare: Vec<u8> = points.data.iter().map(|ink| u8::MAX - ink).collect();
                    look(points.width, points.height, &bare, 1);
                },
                None,
            ),
        }
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The tone of a part of a picture; `None` where it has no points there.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to the size of the picture"
)]
fn tone(data: &[u8], (columns, rows): (u32, u32), channels: usize, part: Box2) -> Option<Tone> {
    let cut = |position: f64, size: u32| position.clamp(0.0, f64::from(size)) as usize;
    // Points that lie within as a whole; of a coarse picture, those that are touched.
    let span = |start: f64, end: f64, size: u32| {
        if start.ceil() < end.floor() {
            cut(start.ceil(), size)..cut(end.floor(), size)
        } else {
            cut(start.floor(), size)..cut(end.ceil(), size)
        }
    };
    let across = span(part.x0, part.x1, columns);
    let down = span(part.y0, part.y1, rows);
    let mut counts = [0u32; 256];
    for row in down {
        let stride = columns as usize * channels;
        let line = data
            .get(row * stride + across.start * channels..row * stride + across.end * channels)
            .unwrap_or_default();
        for point in line.chunks_exact(channels) {
            let sum: u32 = point.iter().map(|value| u32::from(*value)).sum();
            if let Some(count) = counts.get_mut(sum as usize / channels) {
                *count += 1;
            }
        }
    }
    let points = counts.iter().sum::<u32>();
    let dirt = points / 1000 * DIRT;
    let dark = reach(counts.iter().enumerate(), dirt) as u8;
    let light = reach(counts.iter().enumerate().rev(), dirt) as u8;
    (points > 0).then_some(Tone { dark, light })
}

/// The first value that more points have than may be dirt.
fn reach<'c>(values: impl Iterator<Item = (usize, &'c u32)>, dirt: u32) -> usize {
    let mut passed = 0;
    for (value, count) in values {
        passed += count;
        if passed > dirt {
            return value;
        }
    }
    0
}
