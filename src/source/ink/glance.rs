//! A first glance at a page: what it draws is followed without drawing it. Most pages draw nothing
//! near a place, or only a picture whose points can be looked at; the others are rendered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, LumaData, Paint, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Rect as Box2, Shape};

use super::{SCALE, is_printed};
use crate::geometry::{PageBox, Rect};

/// What a glance shows of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nothing is there, or a picture of blank paper.
    Free,
    /// A picture is there, and shows something.
    Printed,
    /// Something is drawn there, or near it; it must be looked at closely.
    Unsure,
}

/// White as paper; a background of it is no ink.
const WHITE: u8 = 250;

/// Glances at three places of a page; `None` where part of it cannot be understood.
pub(super) fn glance<'a>(
    page: &'a Page<'a>,
    cache: &InterpreterCache<'a>,
    boxes: PageBox,
    places: &[Rect],
) -> Option<Vec<Seen>> {
    let failed = Arc::new(AtomicBool::new(false));
    let sink = Arc::clone(&failed);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |_| sink.store(true, Ordering::Relaxed)),
        ..InterpreterSettings::default()
    };
    let (width, height) = boxes.displayed_size();
    let user_to_displayed = Affine::new(boxes.displayed_to_user().0).inverse();
    let target = Box2::new(0.0, 0.0, width, height);
    let mut context = Context::new(user_to_displayed, target, cache, page.xref(), settings);
    let mut watcher = Watcher {
        places: places
            .iter()
            .map(|place| Box2::new(place.left, place.bottom, place.right, place.top))
            .collect(),
        seen: vec![Seen::Free; places.len()],
    };
    interpret_page(page, &mut context, &mut watcher);
    (!failed.load(Ordering::Relaxed)).then_some(watcher.seen)
}

struct Watcher {
    places: Vec<Box2>,
    seen: Vec<Seen>,
}

impl Watcher {
    /// Something of this extent is drawn, in displayed space.
    fn touch(&mut self, extent: Box2) {
        for (place, seen) in self.places.iter().zip(&mut self.seen) {
            // An extent that cannot be told may be anywhere.
            if extent.is_nan() || place.overlaps(extent) {
                *seen = Seen::Unsure;
            }
        }
    }

    fn touch_all(&mut self) {
        self.seen.fill(Seen::Unsure);
    }

    /// Looks at the points of a picture that stand at each place. `to_picture` leads from displayed
    /// space to points of the picture.
    fn look(&mut self, picture: &Picture, to_picture: Affine) {
        for (place, seen) in self.places.iter().zip(&mut self.seen) {
            if *seen == Seen::Unsure {
                continue;
            }
            let part = to_picture.transform_rect_bbox(*place);
            let whole = Box2::new(
                0.0,
                0.0,
                f64::from(picture.width),
                f64::from(picture.height),
            );
            if !part.overlaps(whole) {
                continue;
            }
            // Beside the edge of a picture stands the white of the page.
            let beside = (!whole
                .contains_rect(part.inflate(-part.width() / 100.0, -part.height() / 100.0)))
            .then_some([u8::MAX; 3]);
            // As many points as the close look would make one pixel of.
            let cell = (part.width() / (place.width() * SCALE))
                .max(part.height() / (place.height() * SCALE));
            if is_printed(picture.cells(part, cell.max(1.0)).chain(beside)) {
                *seen = Seen::Printed;
            }
        }
    }
}

impl<'a> Device<'a> for Watcher {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
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

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
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
        let (width, height) = (image.width(), image.height());
        let extent = props.transform.transform_rect_bbox(Box2::new(
            0.0,
            0.0,
            f64::from(width),
            f64::from(height),
        ));
        if !self
            .places
            .iter()
            .any(|place| extent.is_nan() || place.overlaps(extent))
        {
            return;
        }
        let plain = props.soft_mask.is_none() && props.transform.determinant().abs() > 1e-9;
        match image {
            Image::Raster(raster) if plain && matches!(props.blend_mode, BlendMode::Normal) => {
                let to_declared = props.transform.inverse();
                let mut looked = false;
                raster.with_rgba(
                    |data, alpha| {
                        if let (Some(picture), None) = (Picture::new(data), alpha) {
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

/// The points of a decoded picture.
struct Picture {
    width: u32,
    height: u32,
    channels: usize,
    data: Vec<u8>,
}

impl Picture {
    /// `None` for data that is not as long as it says.
    fn new(data: ImageData) -> Option<Self> {
        let picture = match data {
            ImageData::Rgb(data) => Self {
                width: data.width,
                height: data.height,
                channels: 3,
                data: data.data,
            },
            ImageData::Luma(LumaData {
                width,
                height,
                data,
                ..
            }) => Self {
                width,
                height,
                channels: 1,
                data,
            },
        };
        let length = picture.width as usize * picture.height as usize * picture.channels;
        (length > 0 && picture.data.len() >= length).then_some(picture)
    }

    /// The mean of each cell of a part, so that a speck of dust counts as little as it does to the
    /// eye.
    fn cells(&self, part: Box2, cell: f64) -> impl Iterator<Item = [u8; 3]> {
        let columns = edges(part.x0, part.x1, cell, self.width);
        let rows = edges(part.y0, part.y1, cell, self.height);
        let cells = rows
            .windows(2)
            .flat_map(|rows| columns.windows(2).map(move |columns| (rows, columns)))
            .map(|(rows, columns)| match (rows, columns) {
                (&[top, bottom], &[left, right]) => self.mean(top..bottom, left..right),
                _ => [u8::MAX; 3],
            });
        cells.collect::<Vec<_>>().into_iter()
    }

    fn mean(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> [u8; 3] {
        let stride = self.width as usize * self.channels;
        let mut sums = [0u64; 3];
        let mut points = 0u64;
        for row in rows {
            let line = self
                .data
                .get(row * stride..(row + 1) * stride)
                .unwrap_or_default();
            let part = line
                .get(columns.start * self.channels..columns.end * self.channels)
                .unwrap_or_default();
            for point in part.chunks_exact(self.channels) {
                for (sum, value) in sums.iter_mut().zip(point.iter().cycle()) {
                    *sum += u64::from(*value);
                }
                points += 1;
            }
        }
        sums.map(|sum| {
            sum.checked_div(points)
                .and_then(|mean| u8::try_from(mean).ok())
                .unwrap_or(u8::MAX)
        })
    }
}

/// Where cells begin and end between two positions, cut to the picture.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to the size of the picture"
)]
fn edges(start: f64, end: f64, cell: f64, size: u32) -> Vec<usize> {
    let cut = |position: f64| position.clamp(0.0, f64::from(size)) as usize;
    let mut edges = vec![cut(start.floor())];
    let mut position = start.floor() + cell;
    while position < end {
        edges.push(cut(position));
        position += cell;
    }
    edges.push(cut(end.ceil()));
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(dark: impl Fn(u32, u32) -> bool) -> Picture {
        let (width, height) = (100, 100);
        let data = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| if dark(x, y) { 0 } else { 255 })
            .collect();
        Picture {
            width,
            height,
            channels: 1,
            data,
        }
    }

    #[test]
    fn type_in_a_picture_is_seen_and_a_speck_is_not() {
        let part = Box2::new(10.0, 10.0, 50.0, 50.0);
        assert!(is_printed(
            picture(|x, y| (20..24).contains(&x) && y < 40).cells(part, 4.0)
        ));
        assert!(!is_printed(
            picture(|x, y| (x, y) == (30, 30)).cells(part, 4.0)
        ));
        assert!(
            !is_printed(picture(|x, _| x > 60).cells(part, 4.0)),
            "what stands elsewhere"
        );
    }

    #[test]
    fn a_part_that_reaches_beyond_the_picture_is_cut() {
        let part = Box2::new(-20.0, 80.0, 30.0, 140.0);
        assert!(!is_printed(picture(|_, _| false).cells(part, 7.0)));
        assert!(is_printed(
            picture(|x, y| x < 10 && y > 90).cells(part, 7.0)
        ));
    }
}
