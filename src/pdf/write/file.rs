//! The file itself: objects as they come, object streams, a cross-reference stream at the end
//! (ISO 32000-2, 7.5.7 and 7.5.8), with 64-bit offsets.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, Stream, StringFormat, Writer, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use crate::model::Sha256Hash;

/// The number of an object in the bundle; its generation is always 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ObjectNumber(u32);

impl ObjectNumber {
    pub(super) fn reference(self) -> Object {
        Object::Reference((self.0, 0))
    }
}

/// How many objects share an object stream; readers inflate a whole one for each object wanted.
const OBJECTS_IN_STREAM: usize = 200;

/// How many bytes of objects share an object stream.
const BYTES_IN_STREAM: usize = 256 * 1024;

/// ISO 32000-2, annex C: readers count objects in 23 bits.
const MAX_OBJECTS: u32 = 8_388_607;

/// lopdf escapes literal strings in quadratic time; from this length on they are written in hex.
const LONG_STRING: usize = 2048;

#[derive(Debug, Clone, Copy)]
enum XrefEntry {
    Reserved,
    At(u64),
    In { stream: u32, index: u16 },
}

/// A stream longer than this need not be read back to know what the file's structure is.
const LONG_STREAM: usize = 16 * 1024;

/// Kept on both sides of a long stream, so that its ends are read back.
const STREAM_MARGIN: u64 = 64;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileSummary {
    pub(super) bytes: u64,
    pub(super) sha256: Sha256Hash,
    /// Where long streams of sources stand: images, fonts and the like.
    pub(super) long_streams: Vec<Range<u64>>,
}

/// Writes one PDF from front to back.
pub(super) struct FileWriter<W> {
    out: W,
    hasher: Sha256,
    position: u64,
    entries: Vec<XrefEntry>,
    pending: Vec<(u32, usize)>,
    pending_bytes: Vec<u8>,
    long_streams: Vec<Range<u64>>,
    /// By the number of the object, where among them it stands.
    long_objects: HashMap<ObjectNumber, usize>,
    shared: HashMap<Sha256Hash, ObjectNumber>,
    /// The lengths of streams that may be the same as others.
    repeated: HashSet<usize>,
    compares_all: bool,
}

impl<W: Write> FileWriter<W> {
    /// Starts a file, given all lengths that more than one stream of its sources has.
    pub(super) fn new(out: W, repeated: HashSet<usize>) -> Result<Self, PdfError> {
        let mut file = Self {
            out,
            hasher: Sha256::new(),
            position: 0,
            entries: vec![XrefEntry::Reserved],
            pending: Vec::new(),
            pending_bytes: Vec::new(),
            long_streams: Vec::new(),
            long_objects: HashMap::new(),
            shared: HashMap::new(),
            repeated,
            compares_all: false,
        };
        // The comment marks the file as binary (ISO 32000-2, 7.5.2).
        file.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> Result<ObjectNumber, PdfError> {
        let number = u32::try_from(self.entries.len()).map_err(|_| PdfError::TooManyObjects)?;
        if number > MAX_OBJECTS {
            return Err(PdfError::TooManyObjects);
        }
        self.entries.push(XrefEntry::Reserved);
        Ok(ObjectNumber(number))
    }

    /// Whether a stream may be the same as another.
    pub(super) fn may_be_shared(&self, object: &Object) -> bool {
        let is_repeated = |length| self.compares_all || self.repeated.contains(&length);
        let stream = object.as_stream();
        stream.is_ok_and(|stream| is_repeated(stream.content.len()))
    }

    /// The number of a stream by its hash, and whether it has been given out before: the same stream
    /// is written once.
    pub(super) fn reserve_shared(
        &mut self,
        hash: Sha256Hash,
    ) -> Result<(ObjectNumber, bool), PdfError> {
        if let Some(number) = self.shared.get(&hash) {
            return Ok((*number, true));
        }
        let number = self.reserve()?;
        self.shared.insert(hash, number);
        Ok((number, false))
    }

    /// Where among the long streams those of some objects stand, and all since a time when there were so many.
    pub(super) fn long_streams_of(
        &self,
        objects: impl Iterator<Item = ObjectNumber>,
        since: usize,
    ) -> BTreeSet<usize> {
        let known = objects.filter_map(|number| self.long_objects.get(&number).copied());
        known.chain(since..self.long_streams.len()).collect()
    }

    /// Starts a document, whose streams may be the same as others whatever their lengths were, where it is altered.
    /// Returns how many long streams there are so far.
    pub(super) fn start_document(&mut self, is_altered: bool) -> usize {
        self.compares_all = is_altered;
        self.long_streams.len()
    }

    /// Writes an object under a reserved number.
    pub(super) fn put(&mut self, number: ObjectNumber, mut object: Object) -> Result<(), PdfError> {
        shorten_strings(&mut object);
        if let Object::Stream(stream) = &mut object {
            let bytes = stream.content.len();
            // What an annotation's drawing paints over a number is proven from the finished file.
            let is_read_back = bytes <= LONG_STREAM || is_form(stream);
            stream.dict.set("Length", length(bytes));
            self.put_plain(number.0, &object)?;
            if !is_read_back {
                self.long_objects.insert(number, self.long_streams.len());
                let end = self.position.saturating_sub(STREAM_MARGIN);
                self.long_streams.push(end + STREAM_MARGIN - bytes as u64..end);
            }
            return Ok(());
        }
        self.pending.push((number.0, self.pending_bytes.len()));
        Writer::write_object(&mut self.pending_bytes, &object)?;
        self.pending_bytes.push(b'\n');
        if self.pending.len() >= OBJECTS_IN_STREAM || self.pending_bytes.len() >= BYTES_IN_STREAM {
            self.flush_pending()?;
        }
        Ok(())
    }

    /// Writes an object under a new number.
    pub(super) fn add(&mut self, object: Object) -> Result<ObjectNumber, PdfError> {
        let number = self.reserve()?;
        self.put(number, object)?;
        Ok(number)
    }

    /// Writes the cross-reference stream and ends the file.
    pub(super) fn finish(
        mut self,
        root: ObjectNumber,
        info: ObjectNumber,
    ) -> Result<(W, FileSummary), PdfError> {
        self.flush_pending()?;
        let start = self.position;
        let number = self.reserve()?;
        self.set(number.0, XrefEntry::At(start));
        // The identifier depends on the bytes alone, so the same input gives the same file.
        let id = Object::String(
            self.hasher.clone().finalize().iter().take(16).copied().collect(),
            StringFormat::Hexadecimal,
        );
        let table = self.table();
        let stream = compressed(
            dictionary! {
                "Type" => "XRef",
                "Size" => length(self.entries.len()),
                "W" => vec![1.into(), 8.into(), 2.into()],
                "Root" => root.reference(),
                "Info" => info.reference(),
                "ID" => vec![id.clone(), id],
            },
            &table,
        )?;
        self.put_plain(number.0, &Object::Stream(stream))?;
        self.write(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        let summary = FileSummary {
            bytes: self.position,
            sha256: Sha256Hash(self.hasher.finalize().into()),
            long_streams: self.long_streams,
        };
        Ok((self.out, summary))
    }

    fn table(&self) -> Vec<u8> {
        let mut table = Vec::with_capacity(self.entries.len() * 11);
        for (number, entry) in self.entries.iter().enumerate() {
            let (kind, second, third) = match *entry {
                // The head of the free list; a number that was reserved and never used is free too.
                XrefEntry::Reserved => (0, 0, if number == 0 { u16::MAX } else { 0 }),
                XrefEntry::At(offset) => (1, offset, 0),
                XrefEntry::In { stream, index } => (2, u64::from(stream), index),
            };
            table.push(kind);
            table.extend(second.to_be_bytes());
            table.extend(third.to_be_bytes());
        }
        table
    }

    fn flush_pending(&mut self) -> Result<(), PdfError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let container = self.reserve()?.0;
        let pending = std::mem::take(&mut self.pending);
        let mut content = Vec::new();
        for (index, (number, offset)) in pending.iter().enumerate() {
            write!(content, "{number} {offset} ")?;
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            self.set(*number, XrefEntry::In { stream: container, index });
        }
        let first = content.len();
        content.append(&mut self.pending_bytes);
        let stream = compressed(
            dictionary! {
                "Type" => "ObjStm",
                "N" => length(pending.len()),
                "First" => length(first),
            },
            &content,
        )?;
        self.put_plain(container, &Object::Stream(stream))
    }

    fn put_plain(&mut self, number: u32, object: &Object) -> Result<(), PdfError> {
        self.set(number, XrefEntry::At(self.position));
        self.write(format!("{number} 0 obj\n").as_bytes())?;
        let mut tee = Tee { file: self };
        Writer::write_object(&mut tee, object)?;
        self.write(b"\nendobj\n")?;
        Ok(())
    }

    fn set(&mut self, number: u32, entry: XrefEntry) {
        if let Some(slot) = self.entries.get_mut(number as usize) {
            *slot = entry;
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.hasher.update(bytes);
        self.position += bytes.len() as u64;
        Ok(())
    }
}

struct Tee<'a, W> {
    file: &'a mut FileWriter<W>,
}

impl<W: Write> Write for Tee<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A deflated stream.
pub(super) fn compressed(mut dict: Dictionary, content: &[u8]) -> Result<Stream, PdfError> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    dict.set("Filter", "FlateDecode");
    let content = encoder.finish()?;
    dict.set("Length", length(content.len()));
    Ok(Stream::new(dict, content).with_compression(false))
}

fn length(length: usize) -> Object {
    Object::Integer(i64::try_from(length).unwrap_or(i64::MAX))
}

fn shorten_strings(object: &mut Object) {
    match object {
        Object::String(text, format) if text.len() >= LONG_STRING => {
            *format = StringFormat::Hexadecimal;
        }
        Object::Array(array) => array.iter_mut().for_each(shorten_strings),
        Object::Dictionary(dict) => dict.iter_mut().for_each(|(_, value)| shorten_strings(value)),
        Object::Stream(stream) => {
            stream.dict.iter_mut().for_each(|(_, value)| shorten_strings(value));
        }
        _ => {}
    }
}

fn is_form(stream: &Stream) -> bool {
    let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
    subtype.is_ok_and(|subtype| subtype == b"Form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut file = FileWriter::new(Vec::new(), HashSet::new()).unwrap();
        let unused = file.reserve().unwrap();
        let long = Object::String(vec![b'('; 600_000], StringFormat::Literal);
        let text = file.add(long).unwrap();
        let numbers: Vec<_> =
            (0..450).map(|number: i64| file.add(Object::Integer(number)).unwrap()).collect();
        let pages = file
            .add(
                dictionary! { "Type" => "Pages", "Kids" => Object::Array(vec![]), "Count" => 0 }
                    .into(),
            )
            .unwrap();
        let root = file
            .add(dictionary! { "Type" => "Catalog", "Pages" => pages.reference() }.into())
            .unwrap();
        let info = file.add(Dictionary::new().into()).unwrap();
        let (bytes, summary) = file.finish(root, info).unwrap();
        assert_eq!((summary.bytes, summary.sha256), (bytes.len() as u64, Sha256Hash::of(&bytes)));
        let pdf = lopdf::Document::load_mem(&bytes).unwrap();
        assert_eq!(pdf.get_object((text.0, 0)).unwrap().as_str().unwrap().len(), 600_000);
        assert!(pdf.get_object((unused.0, 0)).is_err());
        for (value, number) in numbers.iter().enumerate() {
            let read = pdf.get_object((number.0, 0)).unwrap().as_i64().unwrap();
            assert_eq!(usize::try_from(read).unwrap(), value);
        }
    }
}
