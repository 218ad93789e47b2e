//! A look into pictures: whether they are of one colour, and whether they let through what lies beneath.

use hayro::hayro_interpret::{Image, ImageData};
use hayro::hayro_syntax::object::{Array, Dict};

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

/// How far `/Decode` must spread the samples of a picture, of 1, for anything to be told from anything else.
const FLAT: f32 = 0.1;

/// Whether `/Decode` makes one colour of all samples.
pub(super) fn is_flattened(picture: &Dict<'_>) -> bool {
    let decode = picture.get::<Array<'_>>("Decode").or_else(|| picture.get::<Array<'_>>("D"));
    let ends: Vec<f32> = decode.iter().flat_map(Array::iter::<f32>).collect();
    let is_flat = |pair: &[f32]| matches!(pair, [from, to] if (from - to).abs() < FLAT);
    !ends.is_empty() && ends.chunks_exact(2).all(is_flat)
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
