//! Parts of coded pictures: the marks of a JPEG 2000 codestream (ISO/IEC 15444-1, annex A) and the segments of JBIG2 data
//! (ITU-T T.88, 7.2).

use std::ops::Range;

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte))
}

/// The marks in the main header of a codestream, each with its code; the last is that of its first tile. `None` where it is
/// not built as it should be.
pub(crate) fn marks_of_codestream(codes: &[u8]) -> Option<Vec<(u8, Range<usize>)>> {
    let mut marks = vec![(0x4F, 0..2)];
    let mut at = 2;
    loop {
        let &[0xFF, code, high, low] = codes.get(at..at + 4)? else {
            return None;
        };
        if code == 0x90 {
            marks.push((code, at..codes.len()));
            return Some(marks);
        }
        let end = at + 2 + number(&[high, low]);
        codes.get(at..end)?;
        marks.push((code, at..end));
        at = end;
    }
}

/// A segment that only remarks upon a picture.
pub(crate) const EXTENSION: u8 = 62;

/// The segments of JBIG2 data as a PDF holds it, each with its type. `None` where it is not built as it should be.
pub(crate) fn segments_of_jbig2(data: &[u8]) -> Option<Vec<(u8, Range<usize>)>> {
    let mut segments = Vec::new();
    let mut at = 0;
    while at < data.len() {
        let id = number(data.get(at..at + 4)?);
        let flags = *data.get(at + 4)?;
        let counts = *data.get(at + 5)?;
        let (referred, mut next) = match counts >> 5 {
            7 => {
                let referred = number(data.get(at + 5..at + 9)?) & 0x1FFF_FFFF;
                (referred, at + 9 + (referred + 8) / 8)
            }
            referred => (usize::from(referred), at + 6),
        };
        let each = match id {
            0..=256 => 1,
            257..=65536 => 2,
            _ => 4,
        };
        next += referred.checked_mul(each)? + if flags & 0x40 != 0 { 4 } else { 1 };
        let length = number(data.get(next..next + 4)?);
        let end = (next + 4).checked_add(length)?;
        data.get(at..end)?;
        segments.push((flags & 0x3F, at..end));
        at = end;
    }
    Some(segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_up_to_the_first_tile() {
        let codes = b"\xFF\x4F\xFF\x51\0\x04ab\xFF\x64\0\x03c\xFF\x90\0\x0Arest";
        let marks = marks_of_codestream(codes).unwrap();
        let codes_of: Vec<u8> = marks.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes_of, [0x4F, 0x51, 0x64, 0x90]);
        assert_eq!(codes.get(marks[2].1.clone()).unwrap(), b"\xFF\x64\0\x03c");
        assert_eq!(marks_of_codestream(&codes[..8]), None);
    }

    #[test]
    fn segments_are_told_by_their_type() {
        let segment = |kind: u8, data: &[u8]| {
            let length = u32::try_from(data.len()).unwrap().to_be_bytes();
            [&[0, 0, 0, 1, kind, 0, 1], &length[..], data].concat()
        };
        let data = [segment(48, b"page"), segment(EXTENSION, b"note")].concat();
        let kinds: Vec<u8> =
            segments_of_jbig2(&data).unwrap().iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [48, EXTENSION]);
        assert_eq!(segments_of_jbig2(&data[..data.len() - 1]), None);
    }
}
