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

/// Looks into a picture. A stencil paints where its points are set.
pub(super) fn looked(image: &Image<'_, '_>) -> Option<Looked> {
    let mut found = None;
    let full = |data: &[u8]| data.iter().all(|point| *point == u8::MAX);
    match image {
        Image::Stencil(stencil) => stencil.with_stencil(
            |points, paint| {
                let opaque = full(&points.data);
                found = Some(Looked {
                    uniform: colour(paint).filter(|_| opaque),
                    opaque,
                });
            },
            None,
        ),
        Image::Raster(raster) => raster.with_rgba(
            |points, alpha| {
                let opaque = alpha.is_none_or(|alpha| full(&alpha.data));
                found = Some(Looked {
                    uniform: one_colour(&points).filter(|_| opaque),
                    opaque,
                });
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
        point
            .iter()
            .zip(first)
            .all(|(one, other)| one.abs_diff(*other) <= SAME_COLOUR)
    };
    let channel = |index: usize| first.get(index).or(first.first()).copied();
    data.chunks_exact(channels)
        .all(near)
        .then_some(Rgb([channel(0)?, channel(1)?, channel(2)?]))
}
