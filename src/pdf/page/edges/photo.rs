//! Which pictures of a page can be read in parts.

use std::cell::RefCell;

use hayro::hayro_interpret::RasterImage;
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::{Array, Name, ObjectIdentifier, Stream};

use super::jpeg::{Coarse, Jpeg};

/// What changes how the points of a picture look; none of it is understood here.
const CHANGES: [&str; 8] =
    ["Decode", "D", "DecodeParms", "DP", "Mask", "SMask", "SMaskInData", "F"];

/// How far the shades of a picture may be from those that the renderer would show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShadeMatch {
    /// Only by rounding.
    Same,
    /// A colour profile changes them a little.
    Near,
}

impl ShadeMatch {
    /// How far the darkest and the lightest shade may be off.
    pub(super) fn margin(self) -> u8 {
        match self {
            Self::Same => 4,
            Self::Near => 24,
        }
    }
}

/// The last scan that was read as a whole while parts of it were looked at, so that none is read twice.
#[derive(Debug, Default)]
pub(crate) struct LastScan(RefCell<Option<(ObjectIdentifier, Option<Coarse>)>>);

impl LastScan {
    /// Whether it is this one.
    pub(super) fn is(&self, stream: &Stream<'_>) -> bool {
        let id = stream.dict().obj_id();
        self.0.borrow().as_ref().is_some_and(|(known, _)| Some(*known) == id)
    }

    /// Remembers what became of a scan.
    pub(super) fn keep(&self, stream: &Stream<'_>, coarse: Option<Coarse>) {
        if let Some(id) = stream.dict().obj_id() {
            self.0.replace(Some((id, coarse)));
        }
    }
}

/// Runs `look` over a JPEG whose shades are those of its points, or nearly.
pub(super) fn with_jpeg<T>(
    raster: &RasterImage<'_>,
    look: impl FnOnce(&Jpeg, ShadeMatch) -> Option<T>,
) -> Option<T> {
    with_jpeg_of(raster.stream(), (raster.width(), raster.height()), look)
}

/// The same for the stream of a picture of a stated size.
fn with_jpeg_of<T>(
    stream: &Stream<'_>,
    size: (u32, u32),
    look: impl FnOnce(&Jpeg, ShadeMatch) -> Option<T>,
) -> Option<T> {
    let dict = stream.dict();
    if stream.filters().as_slice() != [Filter::DctDecode]
        || CHANGES.iter().any(|key| dict.contains_key(key))
    {
        return None;
    }
    let (channels, likeness) = colours(stream)?;
    let data = stream.raw_data();
    let jpeg = Jpeg::new(&data)?;
    let as_stated = jpeg.channels() == channels && (jpeg.width, jpeg.height) == size;
    as_stated.then(|| look(&jpeg, likeness)).flatten()
}

/// A scan much smaller than it is, in a small part of the time that it takes to decode it; `None` where it must be decoded.
pub(crate) fn coarse(stream: &Stream<'_>, size: (u32, u32), last: &LastScan) -> Option<Coarse> {
    match last.is(stream) {
        true => last.0.take().and_then(|(_, coarse)| coarse),
        false => with_jpeg_of(stream, size, |jpeg, _| jpeg.read(&[], true).1),
    }
}

/// How many channels a picture states, and how far its colours are from those of its points.
fn colours(stream: &Stream<'_>) -> Option<(usize, ShadeMatch)> {
    let dict = stream.dict();
    if let Some(name) = dict.get::<Name<'_>>("ColorSpace") {
        return match name.as_str() {
            "DeviceGray" => Some((1, ShadeMatch::Same)),
            "DeviceRGB" => Some((3, ShadeMatch::Same)),
            _ => None,
        };
    }
    let space = dict.get::<Array<'_>>("ColorSpace")?;
    let mut parts = space.flex_iter();
    match parts.next::<Name<'_>>()?.as_str() {
        "ICCBased" => {
            let channels = parts.next::<Stream<'_>>()?.dict().get::<u32>("N")?;
            Some((usize::try_from(channels).ok()?, ShadeMatch::Near))
        }
        "CalGray" => Some((1, ShadeMatch::Near)),
        "CalRGB" => Some((3, ShadeMatch::Near)),
        _ => None,
    }
}
