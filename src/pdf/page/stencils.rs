//! A look into pictures: whether they are of one colour, and whether they let through what lies beneath.

use hayro::hayro_interpret::{Image, ImageData};

use super::Rgb;
use super::shapes::colour;

/// What is drawn in one colour may differ from it by this much in each channel, as compressed pictures do.
const SAME_COLOUR: u8 = 8;

/// What is seen of a picture when it is looked into.
#[derive(Clone, Copy)]
pub(super) struct Looked {
    /// Its one colour.
    pub(super) uniform: Option<Rgb>,
    /// Whether nothing beneath it shows through.
    pub(super) opaque: bool,
}

/// A mask that hides less than this part of a picture, or more, cuts no hole into it.
const LEAST_HOLE: f64 = 0.002;
const LARGEST_HOLE: f64 = 0.4;

/// How much of the smallest upright rectangle around it a hole fills.
const FULL_HOLE: f64 = 0.9;

/// Points of a mask below this are not seen.
const UNSEEN: u8 = 8;

/// How much the points within a hole differ at least, where it hides something: from the darkest to the lightest.
const SOMETHING: u8 = 64;

/// The rectangle, in parts of the width and height from the top left, that a picture's own mask cuts out of it though the
/// picture goes on there. What a mask takes from the edges is the shape of the picture and hides nothing.
pub(super) fn hole(image: &Image<'_, '_>) -> Option<[f64; 4]> {
    let Image::Raster(raster) = image else {
        return None;
    };
    let mut found = None;
    raster.with_rgba(
        |points, alpha| {
            let hole = alpha.and_then(|alpha| rectangle(&alpha.data, alpha.width));
            found = hole.filter(|hole| goes_on(&points, *hole));
        },
        None,
    );
    found
}

/// The rectangle of points that are not seen, if it is one and lies inside.
#[allow(clippy::cast_precision_loss, reason = "sizes of pictures")]
fn rectangle(alpha: &[u8], width: u32) -> Option<[f64; 4]> {
    let width = usize::try_from(width).ok().filter(|width| *width > 0)?;
    let height = alpha.len() / width;
    let (mut left, mut top, mut right, mut bottom, mut count) = (width, height, 0, 0, 0usize);
    for (at, alpha) in alpha.iter().enumerate() {
        if *alpha < UNSEEN {
            let (x, y) = (at % width, at / width);
            (left, right) = (left.min(x), right.max(x + 1));
            (top, bottom) = (top.min(y), bottom.max(y + 1));
            count += 1;
        }
    }
    let part = count as f64 / alpha.len().max(1) as f64;
    let is_inside = left > 0 && top > 0 && right < width && bottom < height;
    if !(LEAST_HOLE..LARGEST_HOLE).contains(&part) || !is_inside {
        return None;
    }
    let around = ((right - left) * (bottom - top)) as f64;
    let (across, down) = (width as f64, height as f64);
    (count as f64 >= FULL_HOLE * around).then(|| {
        [left as f64 / across, top as f64 / down, right as f64 / across, bottom as f64 / down]
    })
}

/// Whether a picture shows anything within a part of it.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of pictures"
)]
fn goes_on(points: &ImageData, [left, top, right, bottom]: [f64; 4]) -> bool {
    let (data, channels) = match points {
        ImageData::Rgb(data) => (&data.data, 3),
        ImageData::Luma(data) => (&data.data, 1),
    };
    let width = points.width() as usize;
    let height = points.height() as usize;
    let cut = |part: f64, of: usize| (part * of as f64).round() as usize;
    let columns = cut(left, width) * channels..cut(right, width) * channels;
    let rows = data.chunks_exact((width * channels).max(1));
    let rows =
        rows.skip(cut(top, height)).take(cut(bottom, height).saturating_sub(cut(top, height)));
    let levels = rows.filter_map(|row| row.get(columns.clone())).flatten();
    let darkest = levels.clone().min();
    let lightest = levels.max();
    darkest.zip(lightest).is_some_and(|(darkest, lightest)| lightest - darkest >= SOMETHING)
}

/// Looks into a picture. A stencil paints where its points are set.
pub(super) fn looked(image: &Image<'_, '_>) -> Option<Looked> {
    let mut found = None;
    let full = |data: &[u8]| data.iter().all(|point| *point == u8::MAX);
    match image {
        Image::Stencil(stencil) => stencil.with_stencil(
            |points, paint| {
                let opaque = full(&points.data);
                found = Some(Looked { uniform: colour(paint).filter(|_| opaque), opaque });
            },
            None,
        ),
        Image::Raster(raster) => raster.with_rgba(
            |points, alpha| {
                let opaque = alpha.is_none_or(|alpha| full(&alpha.data));
                found = Some(Looked { uniform: one_colour(&points).filter(|_| opaque), opaque });
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
    let near = |point: &[u8]| {
        point.iter().zip(first).all(|(one, other)| one.abs_diff(*other) <= SAME_COLOUR)
    };
    let channel = |index: usize| first.get(index).or(first.first()).copied();
    data.chunks_exact(channels).all(near).then_some(Rgb([channel(0)?, channel(1)?, channel(2)?]))
}
