//! Pictures without what stands behind their samples, and nothing coded anew that does not have to be.

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Document as Pdf, Object, Stream};

use crate::pdf::syntax::dictionaries::{dict_of, get};
use crate::pdf::syntax::{EXTENSION, segments_of_jbig2};

/// What fills data up says nothing.
const FILLING: &[u8] = b"\0\t\n\x0C\r ";

/// The most that a picture may unpack to before it is looked at.
const MAX_SAMPLES: usize = 1 << 28;

/// Leaves out of a picture of one coding what no reader shows. Returns whether there was anything.
pub(super) fn cut(pdf: &Pdf, stream: &mut Stream, coding: &[u8]) -> bool {
    let cut = match coding {
        b"JBIG2Decode" => without_extensions(&stream.content),
        b"FlateDecode" | b"Fl" => return cut_packed(pdf, stream),
        b"ASCIIHexDecode" | b"AHx" => up_to(&stream.content, b">"),
        b"ASCII85Decode" | b"A85" => up_to(&stream.content, b"~>"),
        b"RunLengthDecode" | b"RL" => {
            end_of_runs(&stream.content).and_then(|end| without_rest(&stream.content, end))
        }
        _ => None,
    };
    let is_cut = cut.is_some();
    if let Some(content) = cut {
        stream.content = content;
    }
    is_cut
}

fn without_rest(data: &[u8], end: usize) -> Option<Vec<u8>> {
    let rest = data.get(end..)?;
    let says = rest.iter().any(|byte| !FILLING.contains(byte));
    says.then(|| data.get(..end).unwrap_or_default().to_vec())
}

fn up_to(data: &[u8], mark: &[u8]) -> Option<Vec<u8>> {
    let end = memchr::memmem::find(data, mark)? + mark.len();
    without_rest(data, end)
}

/// Behind the mark of the end (ISO 32000-2, 7.4.5).
fn end_of_runs(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += match *data.get(at)? {
            128 => return Some(at + 1),
            length @ 0..128 => usize::from(length) + 2,
            _ => 2,
        };
    }
}

fn without_extensions(data: &[u8]) -> Option<Vec<u8>> {
    let segments = segments_of_jbig2(data)?;
    let stays = |(kind, _): &&(u8, _)| *kind != EXTENSION;
    let kept = segments.iter().filter(stays);
    let kept: Vec<&[u8]> = kept.filter_map(|(_, range)| data.get(range.clone())).collect();
    (kept.len() < segments.len()).then(|| kept.concat())
}

fn cut_packed(pdf: &Pdf, stream: &mut Stream) -> bool {
    let Some((end, length)) = measure(&stream.content) else {
        return false;
    };
    let expected = samples(pdf, stream).filter(|expected| *expected < length);
    let rest = expected.and_then(|expected| rows_below(stream, expected));
    if let Some(content) = rest {
        stream.content = content;
        return true;
    }
    let cut = without_rest(&stream.content, end);
    let is_cut = cut.is_some();
    if let Some(content) = cut {
        stream.content = content;
    }
    is_cut
}

/// Where packed data ends, and how much it unpacks to; `None` where it is damaged or too long.
fn measure(data: &[u8]) -> Option<(usize, usize)> {
    let mut inflate = Decompress::new(true);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let at = usize::try_from(inflate.total_in()).ok()?;
        let before = (inflate.total_in(), inflate.total_out());
        let rest = data.get(at..)?;
        let status = inflate.decompress(rest, &mut buffer, FlushDecompress::None).ok()?;
        let length = usize::try_from(inflate.total_out()).ok()?;
        if status == Status::StreamEnd {
            return Some((usize::try_from(inflate.total_in()).ok()?, length));
        }
        if length > MAX_SAMPLES || before == (inflate.total_in(), inflate.total_out()) {
            return None;
        }
    }
}

/// The data packed anew without the rows that nobody sees, where these say something.
fn rows_below(stream: &Stream, expected: usize) -> Option<Vec<u8>> {
    use std::io::{Read, Write};
    let mut samples = Vec::new();
    let mut inflate = flate2::read::ZlibDecoder::new(stream.content.as_slice());
    inflate.read_to_end(&mut samples).ok()?;
    let samples = without_rest(&samples, expected)?;
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(&samples).ok()?;
    deflate.finish().ok()
}

/// How many bytes the rows of a picture take, as they are before they are packed; `None` where that is not known.
fn samples(pdf: &Pdf, stream: &Stream) -> Option<usize> {
    let number = |dict: &lopdf::Dictionary, key: &[u8]| {
        get(pdf, dict, key)
            .and_then(|number| number.as_i64().ok())
            .and_then(|n| usize::try_from(n).ok())
    };
    let (width, height) = (number(&stream.dict, b"Width")?, number(&stream.dict, b"Height")?);
    let is_mask =
        get(pdf, &stream.dict, b"ImageMask").is_some_and(|mask| mask.as_bool().unwrap_or(false));
    let bits = if is_mask { 1 } else { number(&stream.dict, b"BitsPerComponent")? };
    let parts = if is_mask { 1 } else { components(pdf, get(pdf, &stream.dict, b"ColorSpace")?)? };
    let row = width.checked_mul(parts)?.checked_mul(bits)?.div_ceil(8);
    if !stream.dict.has(b"DecodeParms") {
        return row.checked_mul(height);
    }
    let Object::Dictionary(parameters) = get(pdf, &stream.dict, b"DecodeParms")? else {
        return None;
    };
    if number(parameters, b"Predictor").unwrap_or(1) < 10 {
        return row.checked_mul(height);
    }
    // Each row has its predictor in front of it.
    let or = |key: &[u8], usual: usize| number(parameters, key).unwrap_or(usual);
    let predicted = or(b"Columns", 1) * or(b"Colors", 1) * or(b"BitsPerComponent", 8);
    (predicted.div_ceil(8) == row).then(|| (row + 1).checked_mul(height))?
}

fn components(pdf: &Pdf, space: &Object) -> Option<usize> {
    let family = match space {
        Object::Name(name) => name.as_slice(),
        Object::Array(parts) => pdf.dereference(parts.first()?).ok()?.1.as_name().ok()?,
        _ => return None,
    };
    match family {
        b"DeviceGray" | b"G" | b"CalGray" | b"Indexed" | b"I" | b"Separation" => Some(1),
        b"DeviceRGB" | b"RGB" | b"CalRGB" | b"Lab" => Some(3),
        b"DeviceCMYK" | b"CMYK" => Some(4),
        b"ICCBased" => {
            let profile = dict_of(pdf, space.as_array().ok()?.get(1)?)?;
            usize::try_from(get(pdf, profile, b"N")?.as_i64().ok()?).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lopdf::dictionary;

    use super::*;

    fn packed(samples: &[u8]) -> Vec<u8> {
        let mut deflate =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        deflate.write_all(samples).unwrap();
        deflate.finish().unwrap()
    }

    fn picture(content: Vec<u8>) -> Stream {
        let dict = dictionary! {
            "Width" => 2, "Height" => 2, "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
            "Filter" => "FlateDecode"
        };
        Stream::new(dict, content)
    }

    #[test]
    fn rows_below_and_bytes_behind_go() {
        let pdf = Pdf::new();
        let mut below = picture(packed(b"abcdnote"));
        assert!(cut(&pdf, &mut below, b"FlateDecode"));
        assert_eq!(below.get_plain_content().unwrap(), b"abcd");
        let mut behind = picture([packed(b"abcd"), b"note".to_vec()].concat());
        assert!(cut(&pdf, &mut behind, b"FlateDecode"));
        assert_eq!(behind.content, packed(b"abcd"));
    }

    #[test]
    fn what_fills_up_or_cannot_be_measured_stays() {
        let pdf = Pdf::new();
        for content in [packed(b"abcd"), packed(b"abcd\0\n"), packed(b"ab"), b"none".to_vec()] {
            let mut same = picture(content.clone());
            assert!(!cut(&pdf, &mut same, b"FlateDecode"));
            assert_eq!(same.content, content);
        }
        let mut predicted = picture(packed(b"\0ab\0cd"));
        predicted.dict.set("DecodeParms", dictionary! { "Predictor" => 15, "Columns" => 2 });
        assert!(!cut(&pdf, &mut predicted, b"FlateDecode"));
        // Of parameters that are not there nothing is known.
        predicted.dict.set("DecodeParms", Object::Reference((9, 0)));
        assert!(!cut(&pdf, &mut predicted, b"FlateDecode"));
    }

    #[test]
    fn other_codings_end_with_their_mark() {
        let pdf = Pdf::new();
        for (coding, content, left) in [
            (b"ASCIIHexDecode".as_slice(), b"00ff>note".as_slice(), b"00ff>".as_slice()),
            (b"ASCII85Decode", b"abc~>note", b"abc~>"),
            (b"RunLengthDecode", b"\xFFa\x01bc\x80note", b"\xFFa\x01bc\x80"),
        ] {
            let mut picture = picture(content.to_vec());
            assert!(cut(&pdf, &mut picture, coding));
            assert_eq!(picture.content, left);
            assert!(!cut(&pdf, &mut picture, coding));
        }
    }
}
