//! The coded points of pictures in a few bytes, without what a picture says of itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use hayro::hayro_syntax::object::{Array, Name, Stream};
use memchr::memmem;

use crate::pdf::syntax::{end_of_scan, marks_of_codestream, next_marker};

/// So much of a picture tells it from others.
const ENOUGH: usize = 1 << 16;

/// The digest of points that are not looked at.
pub(super) const UNKNOWN: u64 = 0;

/// The points of a picture; of one that is coded several times over, whose codings may be undone, [`UNKNOWN`].
pub(super) fn digest(stream: &Stream<'_>) -> u64 {
    let (dict, data) = (stream.dict(), stream.raw_data());
    let filters = dict.get::<Array<'_>>("Filter").or(dict.get("F"));
    let filters: Vec<Name<'_>> = match filters {
        Some(filters) => filters.iter().collect(),
        None => dict.get("Filter").or(dict.get("F")).into_iter().collect(),
    };
    let points = match filters.last().map(|last| &**last) {
        Some(b"DCTDecode" | b"DCT" | b"JPXDecode") if filters.len() > 1 => return UNKNOWN,
        Some(b"DCTDecode" | b"DCT") => first_scan(&data),
        Some(b"JPXDecode") => codestream(&data),
        _ => None,
    };
    let points = points.unwrap_or(&data);
    let mut hasher = DefaultHasher::new();
    points.get(..ENOUGH).unwrap_or(points).hash(&mut hasher);
    hasher.finish()
}

/// The first scan of a JPEG, without all that may stand in front of it and behind.
fn first_scan(jpeg: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        at = next_marker(jpeg, at)?;
        let &[_, code, high, low] = jpeg.get(at..at + 4)? else {
            return None;
        };
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        if code == 0xDA {
            return jpeg.get(at..end_of_scan(jpeg, end));
        }
        at = end;
    }
}

/// The coded points of a JPEG 2000 without the boxes around them and the header in front, up to the mark of their end
/// (ISO/IEC 15444-1, annex A).
fn codestream(jpx: &[u8]) -> Option<&[u8]> {
    let codes = jpx.get(memmem::find(jpx, b"\xFF\x4F\xFF\x51")?..)?;
    let header = marks_of_codestream(codes).and_then(|marks| Some(marks.last()?.1.start));
    let codes = codes.get(header.unwrap_or(0)..)?;
    codes.get(..memmem::find(codes, b"\xFF\xD9").unwrap_or(codes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_points_of_a_picture_tell_it_from_others() {
        let scan = b"\xFF\xDA\0\x04go\x12\xFF\0\xFF\xD0\x34";
        let table = b"\xFF\xDB\0\x04ab";
        let said = b"\xFF\xE1\0\x04me";
        let jpeg = |parts: &[&[u8]]| [b"\xFF\xD8", parts.concat().as_slice()].concat();
        for file in [
            jpeg(&[table, scan, b"\xFF\xD9"]),
            jpeg(&[said, table, scan, b"\xFF\xD9\n"]),
            jpeg(&[table, scan, said, scan, b"\xFF\xD9 film"]),
            jpeg(&[b"\xFF", table, scan]),
        ] {
            assert_eq!(first_scan(&file), Some(scan.as_slice()), "{file:?}");
        }
        assert_eq!(first_scan(&jpeg(&[table])), None);
    }

    #[test]
    fn boxes_around_a_picture_do_not_tell_it_from_others() {
        let codes = b"\xFF\x4F\xFF\x51codes".as_slice();
        let boxed = [b"box", codes, b"\xFF\xD9another".as_slice()].concat();
        assert_eq!(codestream(&boxed), Some(codes));
        assert_eq!(codestream(codes), Some(codes));
        assert_eq!(codestream(b"none"), None);
    }
}
