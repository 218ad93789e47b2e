//! The points of a picture on a page, and what they look like from a distance.

use hayro::hayro_interpret::{ImageData, LumaData};
use hayro::kurbo::Rect as Box2;

use super::jpeg::{Area, Coarse, Jpeg, JpegPart};

/// The points of a decoded picture, or of a part of it.
#[derive(Debug)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    channels: usize,
    data: Vec<u8>,
}

impl Raster {
    /// `None` for data that is not as long as it says.
    pub(super) fn new(data: ImageData) -> Option<Self> {
        let picture = match data {
            ImageData::Rgb(data) => {
                Self { width: data.width, height: data.height, channels: 3, data: data.data }
            }
            ImageData::Luma(LumaData { width, height, data, .. }) => {
                Self { width, height, channels: 1, data }
            }
        };
        let length = picture.width as usize * picture.height as usize * picture.channels;
        (length > 0 && picture.data.len() >= length).then_some(picture)
    }

    /// The mean of each cell of a part, so that a speck of dust counts as little as it does to the
    /// eye.
    pub(super) fn cells(&self, part: Box2, cell: f64) -> impl Iterator<Item = [u8; 3]> {
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

    /// The points of a part alone.
    fn of_part(part: JpegPart) -> Self {
        Self {
            width: part.area.width(),
            height: part.area.height(),
            channels: part.channels,
            data: part.data,
        }
    }

    fn mean(&self, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>) -> [u8; 3] {
        let stride = self.width as usize * self.channels;
        let mut sums = [0u64; 3];
        let mut points = 0u64;
        for row in rows {
            let line = self.data.get(row * stride..(row + 1) * stride).unwrap_or_default();
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
            sum.checked_div(points).and_then(|mean| u8::try_from(mean).ok()).unwrap_or(u8::MAX)
        })
    }
}

/// A part of a picture that was read without the rest.
#[derive(Debug)]
pub(super) struct PicturePart {
    picture: Raster,
    left: f64,
    top: f64,
}

impl PicturePart {
    /// The cells of a part of the whole picture; see [`Raster::cells`].
    pub(super) fn cells(&self, part: Box2, cell: f64) -> impl Iterator<Item = [u8; 3]> {
        let part = part - hayro::kurbo::Vec2::new(self.left, self.top);
        self.picture.cells(part, cell)
    }
}

/// What of a JPEG stands at some parts of it, and where the whole is wanted as well that, much smaller; `None` where only
/// the decoder tells.
pub(super) fn cut(
    jpeg: &Jpeg,
    parts: &[Box2],
    whole: bool,
) -> (Option<Vec<PicturePart>>, Option<Coarse>) {
    let areas: Vec<Area> = parts.iter().map(area).collect();
    let (cuts, coarse) = jpeg.read(&areas, whole);
    let cut = |part: JpegPart| PicturePart {
        left: part.area.left.into(),
        top: part.area.top.into(),
        picture: Raster::of_part(part),
    };
    (cuts.map(|cuts| cuts.into_iter().map(cut).collect()), coarse)
}

/// The points that a part touches; what is outside the picture counts as its edge.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers below zero become zero, and what is too large is cut to the picture"
)]
fn area(part: &Box2) -> Area {
    Area {
        left: part.x0.floor() as u32,
        top: part.y0.floor() as u32,
        right: part.x1.ceil() as u32,
        bottom: part.y1.ceil() as u32,
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
    use super::super::shades::Shades;
    use super::*;

    fn printed(cells: impl Iterator<Item = [u8; 3]>) -> bool {
        Shades::of(cells).is_printed()
    }

    fn picture(dark: impl Fn(u32, u32) -> bool) -> Raster {
        let (width, height) = (100, 100);
        let data = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| if dark(x, y) { 0 } else { 255 })
            .collect();
        Raster { width, height, channels: 1, data }
    }

    #[test]
    fn type_in_a_picture_is_seen_and_a_speck_is_not() {
        let part = Box2::new(10.0, 10.0, 50.0, 50.0);
        assert!(printed(picture(|x, y| (20..24).contains(&x) && y < 40).cells(part, 4.0)));
        assert!(!printed(picture(|x, y| (x, y) == (30, 30)).cells(part, 4.0)));
        assert!(!printed(picture(|x, _| x > 60).cells(part, 4.0)), "what stands elsewhere");
    }

    #[test]
    fn a_part_that_reaches_beyond_the_picture_is_cut() {
        let part = Box2::new(-20.0, 80.0, 30.0, 140.0);
        assert!(!printed(picture(|_, _| false).cells(part, 7.0)));
        assert!(printed(picture(|x, y| x < 10 && y > 90).cells(part, 7.0)));
    }
}
