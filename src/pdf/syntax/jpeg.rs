//! Where the parts of a JPEG file begin and end (ISO/IEC 10918-1, B.1.1).

use memchr::memchr;

/// Where the next marker stands: 0xFF and a byte that is neither stuffing nor fill.
pub(in crate::pdf) fn next_marker(bytes: &[u8], from: usize) -> Option<usize> {
    let mut position = from;
    loop {
        position += memchr(0xFF, bytes.get(position..)?)?;
        match bytes.get(position + 1)? {
            0 => position += 2,
            0xFF => position += 1,
            _ => return Some(position),
        }
    }
}

/// The end of the coded samples behind a start of scan; restart markers belong to them.
pub(in crate::pdf) fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let mut position = from;
    while let Some(marker) = next_marker(bytes, position) {
        match bytes.get(marker + 1) {
            Some(0xD0..=0xD7) => position = marker + 2,
            _ => return marker,
        }
    }
    bytes.len()
}
