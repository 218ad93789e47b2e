//! What colour paints and pictures have at points.

use hayro::hayro_interpret::pattern::{Pattern, ShadingPattern, TilingPattern};
use hayro::hayro_interpret::{Image, ImageData, LumaData, Paint};
use hayro::kurbo::{Affine, Point, Rect, Shape as _};

use super::compose::Tint;
use super::points::Points;
use super::sampler::Sampler;

/// Copies of a pattern's cell that may lie over each other at one point, in each direction.
const MAX_OVERLAP: u32 = 4;

/// Pictures of more points than this are not looked into.
const MAX_POINTS: u64 = 64 << 20;

/// The tints of a paint at some points.
pub(super) fn tints(paint: &Paint<'_>, is_stroke: bool, at: &[Point]) -> Vec<Tint> {
    match paint {
        Paint::Color(colour) => {
            let tint = Tint::of(colour.to_rgba().to_rgba8().map(|part| f32::from(part) / 255.0));
            vec![tint; at.len()]
        }
        Paint::Pattern(pattern) => match &**pattern {
            Pattern::Shading(shading) => shaded(shading, at),
            Pattern::Tiling(tiling) => tiled(tiling, is_stroke, at),
        },
    }
}

fn shaded(shading: &ShadingPattern, at: &[Point]) -> Vec<Tint> {
    let encoded = shading.encode();
    let clip = shading.shading.clip_path.as_ref();
    let tint = |point: &Point| match clip {
        Some(clip) if clip.winding(*point) == 0 => Tint::CLEAR,
        _ => Tint::of(encoded.sample(*point)),
    };
    at.iter().map(tint).collect()
}

/// The cell of a tiling pattern is looked at wherever one of its copies lies at a point.
fn tiled<'a>(tiling: &TilingPattern<'a>, is_stroke: bool, at: &[Point]) -> Vec<Tint> {
    if tiling.matrix.determinant().abs() < 1e-12 {
        return vec![Tint::CLEAR; at.len()];
    }
    let to_cell = tiling.matrix.inverse();
    let (x_step, y_step) = (f64::from(tiling.x_step.abs()), f64::from(tiling.y_step.abs()));
    let cell = tiling.bbox;
    let copies = |length: f64, step: f64| {
        let shifts = (0..MAX_OVERLAP).map(move |copy| f64::from(copy) * step);
        shifts.take_while(move |shift| *shift == 0.0 || *shift < length)
    };
    let shifts: Vec<(f64, f64)> = copies(cell.height(), y_step)
        .flat_map(|row| copies(cell.width(), x_step).map(move |column| (column, row)))
        .collect();
    let mut placed: Vec<(usize, Point)> = Vec::new();
    for (index, point) in at.iter().enumerate() {
        let point = to_cell * *point;
        let first = Point::new(
            cell.x0 + (point.x - cell.x0).rem_euclid(x_step),
            cell.y0 + (point.y - cell.y0).rem_euclid(y_step),
        );
        let copies = shifts.iter().map(|(x, y)| Point::new(first.x + x, first.y + y));
        placed.extend(copies.filter(|copy| cell.contains(*copy)).map(|copy| (index, copy)));
    }
    // Of copies that overlap, the one further to the top right, which the point lies lower in, is painted last.
    placed.sort_by(|(_, one), (_, other)| one.y.total_cmp(&other.y));
    let points = Points::new(placed.iter().map(|(_, point)| *point).collect());
    let mut sampler = Sampler::new(&points, Tint::CLEAR);
    tiling.interpret(&mut sampler, Affine::IDENTITY, is_stroke);
    let mut tints = vec![Tint::CLEAR; at.len()];
    for ((index, _), tint) in placed.iter().zip(sampler.tints()).rev() {
        if let Some(whole) = tints.get_mut(*index) {
            *whole = whole.under(tint.faded(tiling.opacity), Default::default());
        }
    }
    tints
}

/// What a picture holds at one point.
#[derive(Clone, Copy)]
pub(super) struct Sample {
    colour: Tint,
    /// How much of it the picture itself shows.
    level: f32,
    is_stencil: bool,
}

impl Sample {
    const NONE: Self = Self { colour: Tint::CLEAR, level: 0.0, is_stencil: false };

    /// As it is painted.
    pub(super) fn tint(self) -> Tint {
        self.colour.faded(self.level)
    }

    /// What it is in the file, whatever its mask shows of it.
    pub(super) fn own(self) -> Tint {
        if self.is_stencil { self.tint() } else { self.colour }
    }

    /// As it would be painted if it were another.
    pub(super) fn other(self) -> Tint {
        match self.is_stencil {
            true => self.colour.faded(1.0 - self.level),
            false => self.colour.shifted().faded(self.level),
        }
    }
}

/// What a picture holds at some points of its own space: columns from the left, rows from the top.
pub(super) fn of_picture(image: &Image<'_, '_>, own: &[Point], at: &[Point]) -> Vec<Sample> {
    let size = (f64::from(image.width()), f64::from(image.height()));
    let mut samples = vec![Sample::NONE; own.len()];
    if u64::from(image.width()) * u64::from(image.height()) > MAX_POINTS {
        return samples;
    }
    match image {
        Image::Raster(raster) => raster.with_rgba(
            |data, alpha| {
                for (sample, point) in samples.iter_mut().zip(own) {
                    let level = alpha.as_ref().map_or(1.0, |alpha| level(alpha, *point, size));
                    let [red, green, blue] = colour(&data, *point, size);
                    let colour = Tint::of([red, green, blue, 1.0]);
                    *sample = Sample { colour, level, is_stencil: false };
                }
            },
            None,
        ),
        Image::Stencil(stencil) => stencil.with_stencil(
            |levels, paint| {
                let painted = self::tints(paint, false, at);
                for ((sample, colour), point) in samples.iter_mut().zip(painted).zip(own) {
                    let level = level(&levels, *point, size);
                    *sample = Sample { colour, level, is_stencil: true };
                }
            },
            None,
        ),
    }
    samples
}

fn level(data: &LumaData, at: Point, size: (f64, f64)) -> f32 {
    let index = place(at, size, (data.width, data.height));
    data.data.get(index).map_or(0.0, |level| f32::from(*level) / 255.0)
}

fn colour(data: &ImageData, at: Point, size: (f64, f64)) -> [f32; 3] {
    let part =
        |data: &[u8], index: usize| data.get(index).map_or(0.0, |part| f32::from(*part) / 255.0);
    match data {
        ImageData::Rgb(rgb) => {
            let index = 3 * place(at, size, (rgb.width, rgb.height));
            [0, 1, 2].map(|channel| part(&rgb.data, index + channel))
        }
        ImageData::Luma(luma) => [part(&luma.data, place(at, size, (luma.width, luma.height))); 3],
    }
}

/// Which of the stored samples lies at a point of a picture's own space.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to the size of the picture"
)]
fn place(at: Point, size: (f64, f64), (columns, rows): (u32, u32)) -> usize {
    let cut = |at: f64, size: f64, count: u32| {
        let count = f64::from(count);
        (at * count / size).floor().clamp(0.0, count - 1.0) as usize
    };
    cut(at.y, size.1, rows) * columns as usize + cut(at.x, size.0, columns)
}

/// The area that a stroke of a path may reach.
pub(super) fn around_stroke(path: Rect, width: f64, miter: f64) -> Rect {
    let reach = width / 2.0 * miter.max(std::f64::consts::SQRT_2);
    path.inflate(reach, reach)
}
