//! Bounds on what a file may ask of the machine, so that a small one that was made to do harm cannot
//! fill the memory.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Document as Pdf, Object, Stream};

use super::SourceError;
use crate::manifest::Limits;

/// No common compression makes more than so many bytes of one.
const MOST_FROM_ONE: usize = 1_100;

/// What a cross-reference table, or an object stream, may unpack to. A small part of what the rest
/// may: every few bytes of it become an object, which takes many times their size.
pub(super) fn of_one_table(limits: &Limits) -> usize {
    bytes(limits) / 16
}

fn bytes(limits: &Limits) -> usize {
    (limits.decompressed_mb as usize).saturating_mul(1 << 20)
}

/// The error for a part that unpacks to too much.
pub(super) fn unpacks_too_far(limit: usize) -> SourceError {
    SourceError::TooLarge(format!(
        "a compressed part of it unpacks to more than {} MB",
        limit >> 20
    ))
}

/// Refuses a file that has too many objects, or a stream that is larger than its bytes let expect.
pub(super) fn check(pdf: &Pdf, limits: &Limits) -> Result<(), SourceError> {
    if pdf.objects.len() > limits.objects as usize {
        return Err(SourceError::TooLarge(format!(
            "it holds {} objects, and {} are allowed",
            pdf.objects.len(),
            limits.objects
        )));
    }
    let limit = bytes(limits);
    let too_far = pdf.objects.values().any(|object| match object {
        Object::Stream(stream) => unpacks_beyond(pdf, stream, limit),
        _ => false,
    });
    if too_far {
        return Err(unpacks_too_far(limit));
    }
    Ok(())
}

fn unpacks_beyond(pdf: &Pdf, stream: &Stream, limit: usize) -> bool {
    let filters: Vec<&[u8]> = match stream.dict.get_deref(b"Filter", pdf) {
        Ok(Object::Name(name)) => vec![name],
        Ok(Object::Array(names)) => names
            .iter()
            .filter_map(|name| pdf.dereference(name).ok()?.1.as_name().ok())
            .collect(),
        _ => return false,
    };
    let most = filters.iter().fold(stream.content.len(), |most, _| {
        most.saturating_mul(MOST_FROM_ONE)
    });
    if most <= limit {
        return false;
    }
    // The bundle carries pictures as they are, and what a picture unpacks to is bounded by its own
    // size; only what claims no size is measured, and what is packed more than once.
    if filters.len() == 1 && stream.dict.has(b"Width") && stream.dict.has(b"Height") {
        return false;
    }
    match filters.as_slice() {
        [b"FlateDecode" | b"Fl"] => inflates_beyond(&stream.content, limit),
        _ => matches!(
            stream.decompressed_content_with_limit(limit),
            Err(lopdf::Error::Decompress(
                lopdf::DecompressError::MemoryLimitExceeded { .. }
            ))
        ),
    }
}

/// Unpacks without keeping anything.
fn inflates_beyond(content: &[u8], limit: usize) -> bool {
    let mut unpacked = 0;
    let mut decoder = ZlibDecoder::new(content);
    let mut chunk = vec![0; 1 << 16];
    while let Ok(read @ 1..) = decoder.read(&mut chunk) {
        unpacked += read;
        if unpacked > limit {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_told_from_a_large_stream() {
        use std::io::Write;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&vec![0; 3 << 20]).unwrap();
        let packed = encoder.finish().unwrap();
        let stream = Stream::new(lopdf::dictionary! { "Filter" => "FlateDecode" }, packed);
        let pdf = Pdf::new();
        assert!(unpacks_beyond(&pdf, &stream, 2 << 20));
        assert!(!unpacks_beyond(&pdf, &stream, 4 << 20));
    }
}
