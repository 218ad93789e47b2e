//! What photographs say of place and camera (Exif 2.32, 4.6): read from their heads, without decoding them.

use std::borrow::Cow;
use std::collections::HashSet;

use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

/// Forms inside forms, no deeper than anybody draws.
const MAX_DEPTH: usize = 8;

/// Tags that say who, where and with what: maker and model of the camera, artist, owner, GPS, serial number.
const TELLING: [u16; 7] = [0x010F, 0x0110, 0x013B, 0x8298, 0x8825, 0xA430, 0xA431];

/// Whether a picture that a page may draw says something of place, camera or author. Pictures that were seen on an earlier
/// page count there.
pub(super) fn tell(page: &Page<'_>, seen: &mut HashSet<ObjectIdentifier>) -> bool {
    in_resources(page.resources(), seen, 0)
}

fn in_resources(
    resources: &Resources<'_>,
    seen: &mut HashSet<ObjectIdentifier>,
    depth: usize,
) -> bool {
    let mut found = false;
    for name in resources.x_objects.keys() {
        let Some(object) = resources.x_objects.get::<Stream<'_>>(&*name) else {
            continue;
        };
        if !seen.insert(object.obj_id()) {
            continue;
        }
        let subtype = object.dict().get::<Name<'_>>("Subtype");
        if subtype.is_some_and(|subtype| subtype.as_str() == "Image") {
            found |= jpeg(&object).is_some_and(|jpeg| says(&jpeg));
        } else if depth < MAX_DEPTH
            && let Some(inner) = object.dict().get::<Dict<'_>>("Resources")
        {
            found |= in_resources(&Resources::new(inner), seen, depth + 1);
        }
    }
    found
}

/// The JPEG file of a picture that is no more than that.
fn jpeg<'a>(picture: &Stream<'a>) -> Option<Cow<'a, [u8]>> {
    matches!(picture.filters().as_slice(), [Filter::DctDecode]).then(|| picture.raw_data())
}

/// Whether a segment before the samples is Exif with a telling tag.
fn says(jpeg: &[u8]) -> bool {
    let mut position = 2;
    while let Some([0xFF, code, high, low]) = jpeg.get(position..position + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if *code == 0xDA {
            return false;
        }
        let body = jpeg.get(position + 4..position + 2 + length);
        let exif = body.and_then(|body| body.strip_prefix(b"Exif\0\0"));
        if *code == 0xE1 && exif.is_some_and(has_telling_tag) {
            return true;
        }
        position += 2 + length;
    }
    false
}

/// Whether the first directory of a TIFF file, or that of Exif, has a telling tag.
fn has_telling_tag(tiff: &[u8]) -> bool {
    let is_little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at + 4)?.try_into().ok()?;
        let long = if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) };
        usize::try_from(long).ok()
    };
    let directory = |start: usize| {
        let entries = short(start).map_or(0, usize::from);
        (0..entries).filter_map(move |entry| {
            Some((short(start + 2 + 12 * entry)?, start + 10 + 12 * entry))
        })
    };
    let Some(first) = long(4) else { return false };
    let of_exif = directory(first).find(|(tag, _)| *tag == 0x8769);
    let of_exif = of_exif.and_then(|(_, value)| long(value));
    let mut tags = directory(first).chain(of_exif.into_iter().flat_map(directory));
    tags.any(|(tag, _)| TELLING.contains(&tag))
}
