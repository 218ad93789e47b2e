//! Bounds on what a file may ask of the machine, so that a small one that was made to do harm cannot
//! fill the memory.

use std::collections::HashSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Document as Pdf, Object, ObjectId, Stream};
use memchr::memmem;

use crate::manifest::Limits;

/// No common compression makes more than so many bytes of one.
pub(crate) const MAX_FROM_ONE: usize = 1_100;

/// What a cross-reference table, or an object stream, may unpack to. A small part of what the rest
/// may: every few bytes of it become an object, which takes many times their size.
pub(crate) fn of_one_table(limits: &Limits) -> usize {
    bytes(limits) / 16
}

/// The same for a file that may be encrypted. lopdf asks for nothing while it unpacks such object streams, so
/// each gets its share of what all may take.
pub(crate) fn of_each_table(limits: &Limits, body: &[u8]) -> usize {
    let each = of_one_table(limits);
    if names(body, b"Encrypt") == 0 {
        return each;
    }
    each.min(bytes(limits) / names(body, b"ObjStm").max(1))
}

/// How often a name stands in a file, however it is written (ISO 32000-2, 7.3.5).
fn names(body: &[u8], name: &[u8]) -> usize {
    let is_name = |at: &usize| {
        let mut rest = body.get(at + 1..).unwrap_or_default();
        name.iter().all(|byte| {
            let (read, behind) = match rest {
                [b'#', high, low, behind @ ..] => (hex_byte(*high, *low), behind),
                [read, behind @ ..] => (Some(*read), behind),
                [] => return false,
            };
            rest = behind;
            read == Some(*byte)
        })
    };
    // Only the first letter is looked for, as it is or as a number.
    let Some(first) = name.first() else {
        return 0;
    };
    let starts = [vec![b'/', *first], format!("/#{:x}", first >> 4).into_bytes()];
    let starts = starts.iter().map(|start| {
        let found = memmem::find_iter(body, start);
        found.filter(is_name).count()
    });
    starts.sum()
}

fn hex_byte(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// What a compressed part of a file may unpack to.
pub(crate) fn bytes(limits: &Limits) -> usize {
    (limits.decompressed_mb as usize).saturating_mul(1 << 20)
}

/// Whether a stream unpacks to more than so many bytes.
pub(crate) fn unpacks_beyond(pdf: &Pdf, stream: &Stream, limit: usize) -> bool {
    let filters: Vec<&[u8]> = match stream.dict.get_deref(b"Filter", pdf) {
        Ok(Object::Name(name)) => vec![name],
        Ok(Object::Array(names)) => {
            names.iter().filter_map(|name| pdf.dereference(name).ok()?.1.as_name().ok()).collect()
        }
        _ => return false,
    };
    let most =
        filters.iter().fold(stream.content.len(), |most, _| most.saturating_mul(MAX_FROM_ONE));
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
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }))
        ),
    }
}

fn inflates_beyond(content: &[u8], limit: usize) -> bool {
    inflated(content, limit) > limit
}

/// Unpacks without keeping anything, up to a little more than a limit.
pub(crate) fn inflated(content: &[u8], limit: usize) -> usize {
    let mut unpacked = 0;
    let mut decoder = ZlibDecoder::new(content);
    let mut chunk = vec![0; 1 << 16];
    while let Ok(read @ 1..) = decoder.read(&mut chunk) {
        unpacked += read;
        if unpacked > limit {
            break;
        }
    }
    unpacked
}

/// Pictures that say they are so large that they take more memory than the limits allow once they are
/// unpacked: the bundle carries them as they are, but nobody may look at them.
pub(crate) fn vast_pictures(pdf: &Pdf, limits: &Limits) -> HashSet<ObjectId> {
    let is_vast = |stream: &Stream| {
        let size = |key| {
            let size = stream.dict.get_deref(key, pdf).and_then(Object::as_i64);
            size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX))
        };
        is_vast(size(b"Width"), size(b"Height"), limits)
            || jpx_size(&stream.content)
                .is_some_and(|(width, height)| is_vast(width, height, limits))
    };
    pictures(pdf).filter(|(_, picture)| is_vast(picture)).map(|(id, _)| id).collect()
}

/// Pictures that unpack to more than the limits allow, whatever they say.
pub(crate) fn bombs(pdf: &Pdf, limits: &Limits) -> HashSet<ObjectId> {
    let limit = bytes(limits);
    pictures(pdf)
        .filter(|(_, picture)| {
            is_deflated(pdf, picture) && deflated_beyond(&picture.content, limit)
        })
        .map(|(id, _)| id)
        .collect()
}

fn pictures(pdf: &Pdf) -> impl Iterator<Item = (ObjectId, &Stream)> {
    let streams = pdf.objects.iter();
    let streams = streams.filter_map(|(id, object)| Some((*id, object.as_stream().ok()?)));
    streams.filter(|(_, stream)| stream.dict.has(b"Width") && stream.dict.has(b"Height"))
}

/// Whether bytes, should they be deflated, unpack to more than a limit; few are worth the trying.
pub(crate) fn deflated_beyond(content: &[u8], limit: usize) -> bool {
    content.len().saturating_mul(MAX_FROM_ONE) > limit && inflates_beyond(content, limit)
}

/// Whether a picture of so many points, in red, green and blue, takes too much memory.
pub(crate) fn is_vast(width: usize, height: usize, limits: &Limits) -> bool {
    width.saturating_mul(height).saturating_mul(3) > bytes(limits)
}

fn is_deflated(pdf: &Pdf, stream: &Stream) -> bool {
    let first = |filter: &Object| match filter {
        Object::Array(filters) => filters.first().cloned(),
        filter => Some(filter.clone()),
    };
    let filter = stream.dict.get_deref(b"Filter", pdf).ok().and_then(first);
    let filter = filter.and_then(|filter| Some(pdf.dereference(&filter).ok()?.1.clone()));
    matches!(filter, Some(Object::Name(name)) if matches!(name.as_slice(), b"FlateDecode" | b"Fl"))
}

/// The size that a JPEG 2000 picture states itself (ISO/IEC 15444-1, A.5.1), near its beginning.
fn jpx_size(content: &[u8]) -> Option<(usize, usize)> {
    let head = content.get(..content.len().min(1 << 12))?;
    let start = memmem::find(head, b"\xFF\x4F\xFF\x51")?;
    let number = |at: usize| {
        let bytes = *head.get(start + at..)?.first_chunk()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    };
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_object_streams_of_an_encrypted_file_may_unpack_to_is_shared_among_them() {
        let limits = Limits::default();
        let each = |body: &str| of_each_table(&limits, body.as_bytes()) >> 20;
        assert_eq!(each(&"/Type/ObjStm ".repeat(64)), 32);
        assert_eq!(each("/Encrypt 5 0 R/Type/ObjStm"), 32);
        let many = "/Type/ObjStm ".repeat(32) + &"/Type/Obj#53t#6d ".repeat(32);
        assert_eq!(each(&format!("/Encrypt 5 0 R{many}")), 8);
        assert_eq!(each(&format!("{many}/E#6ecrypt<<")), 8);
    }

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
