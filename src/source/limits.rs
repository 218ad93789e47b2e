//! Bounds on what a file may ask of the machine, so that a small one that was made to do harm cannot
//! fill the memory.

use std::cell::Cell;
use std::collections::HashSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Document as Pdf, Object, ObjectId, Stream};
use memchr::memmem;

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

thread_local! {
    static LOADING: Cell<Budget> = const { Cell::new(Budget { objects: 0, possible: 0, measured: 0, each: 0 }) };
}

/// What may still be loaded of the file that a thread is loading: lopdf asks before it takes an object.
#[derive(Debug, Clone, Copy)]
struct Budget {
    objects: usize,
    /// Bytes that object streams may unpack to at the worst, as long as they are not measured.
    possible: usize,
    /// Bytes that they may unpack to once they are.
    measured: usize,
    /// Bytes that one may unpack to.
    each: usize,
}

/// Runs a loader that [asks](within) before it takes an object, and says whether it was refused any.
/// Object streams are unpacked while a file is loaded, so what they hold together is bounded here.
pub(super) fn bounded<T>(limits: &Limits, load: impl FnOnce() -> T) -> Result<T, SourceError> {
    LOADING.set(Budget {
        // One more than [`check`] allows.
        objects: limits.objects as usize + 1,
        possible: bytes(limits),
        measured: bytes(limits),
        each: of_one_table(limits),
    });
    let loaded = load();
    if LOADING.get().measured == 0 {
        return Err(unpacks_too_far(bytes(limits)));
    }
    Ok(loaded)
}

/// What lopdf asks for each object, and for each that an object stream holds.
pub(super) fn within(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut budget = LOADING.get();
    budget.objects = budget.objects.checked_sub(1)?;
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        budget.pay_for(stream);
    }
    LOADING.set(budget);
    if budget.measured == 0 {
        return None;
    }
    Some(match object {
        // Never within an object stream, and elsewhere the object that was lent is taken.
        Object::Stream(_) => (id, Object::Null),
        object => (id, object.clone()),
    })
}

impl Budget {
    /// Few files come near the bound, so streams are measured only when all before might have taken it.
    fn pay_for(&mut self, stream: &Stream) {
        let most = stream.content.len().saturating_mul(MOST_FROM_ONE);
        if let Some(left) = self.possible.checked_sub(most.min(self.each)) {
            self.possible = left;
            return;
        }
        let unpacked = inflated(&stream.content, self.each);
        self.measured = self.measured.saturating_sub(unpacked);
    }
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

fn inflates_beyond(content: &[u8], limit: usize) -> bool {
    inflated(content, limit) > limit
}

/// Unpacks without keeping anything, up to a little more than a limit.
fn inflated(content: &[u8], limit: usize) -> usize {
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

/// Pictures that take more memory than the limits allow once they are unpacked, whatever their size
/// says: the bundle carries them as they are, but nobody may look at them.
pub(super) fn vast_pictures(pdf: &Pdf, limits: &Limits) -> HashSet<ObjectId> {
    let limit = bytes(limits);
    let is_vast = |stream: &Stream| {
        if !stream.dict.has(b"Width") || !stream.dict.has(b"Height") {
            return false;
        }
        let size = |key| {
            let size = stream.dict.get_deref(key, pdf).and_then(Object::as_i64);
            size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX))
        };
        is_vast(size(b"Width"), size(b"Height"), limits)
            || jpx_size(&stream.content)
                .is_some_and(|(width, height)| is_vast(width, height, limits))
            || stream.content.len().saturating_mul(MOST_FROM_ONE) > limit
                && is_deflated(pdf, stream)
                && inflates_beyond(&stream.content, limit)
    };
    let streams = pdf.objects.iter();
    streams
        .filter(|(_, object)| object.as_stream().is_ok_and(is_vast))
        .map(|(id, _)| *id)
        .collect()
}

/// Whether a picture of so many points, in red, green and blue, takes too much memory.
pub(super) fn is_vast(width: usize, height: usize, limits: &Limits) -> bool {
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
