//! The coded points of pictures in a few bytes, without what a picture says of itself.

use std::hash::{DefaultHasher, Hash, Hasher};

use hayro::hayro_syntax::object::{Array, Name, Stream};
use memchr::memmem;

/// So much of a picture tells it from others.
const ENOUGH: usize = 1 << 16;

/// The points of a picture; of one that is coded several times over, whose codings may be undone, nothing.
pub(super) fn digest(stream: &Stream<'_>) -> u64 {
    let (dict, data) = (stream.dict(), stream.raw_data());
    let filters = dict.get::<Array<'_>>("Filter").or(dict.get("F"));
    let filters: Vec<Name<'_>> = match filters {
        Some(filters) => filters.iter().collect(),
        None => dict.get("Filter").or(dict.get("F")).into_iter().collect(),
    };
    let points = match filters.last().map(|last| &**last) {
        Some(b"DCTDecode" | b"DCT" | b"JPXDecode") if filters.len() > 1 => return 0,
        Some(b"DCTDecode" | b"DCT") => first_scan(&data),
        Some(b"JPXDecode") => memmem::find(&data, b"\xFF\x4F\xFF\x51"),
        _ => Some(0),
    };
    let points = data.get(points.unwrap_or_default()..).unwrap_or_default();
    let mut hasher = DefaultHasher::new();
    points.get(..ENOUGH).unwrap_or(points).hash(&mut hasher);
    hasher.finish()
}

/// Where the first scan of a JPEG begins, behind all that may stand in front of it (ISO/IEC 10918-1, B.1.1.4).
fn first_scan(jpeg: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        match jpeg.get(at..at + 4)? {
            [0xFF, 0xDA, ..] => return Some(at),
            [0xFF, 0xFF, ..] => at += 1,
            [0xFF, _, high, low] => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return None,
        }
    }
}
