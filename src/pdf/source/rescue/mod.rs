//! Objects that lopdf drops because of a single wrong token, read once more from where they stand.

mod definitions;
mod tolerant;

use std::collections::HashMap;

use lopdf::encryption::decrypt_object;
use lopdf::xref::XrefEntry;
use lopdf::{Document as Pdf, Object, ObjectId, Stream};
use memchr::memmem;

use super::streams::trim_line_end;
pub(super) use definitions::definitions;
use definitions::{Definition, header};
use tolerant::{Tolerant, decimal};

/// Reads every object again to which the catalog leads, that is not there, and that the file holds.
/// Says whether there was any.
pub(super) fn objects(pdf: &mut Pdf, body: &[u8]) -> bool {
    let mut rescue = Rescue { definitions: definitions(body), body, pdf };
    rescue.all()
}

/// Whether the table says that an object is deleted; its number may have been given to another.
pub(super) fn is_deleted(pdf: &Pdf, id: ObjectId) -> bool {
    match pdf.reference_table.get(id.0) {
        Some(XrefEntry::Free | XrefEntry::UnusableFree) => true,
        Some(XrefEntry::Normal { generation, .. }) => *generation != id.1,
        Some(XrefEntry::Compressed { .. }) => id.1 != 0,
        None => false,
    }
}

struct Rescue<'a> {
    pdf: &'a mut Pdf,
    body: &'a [u8],
    definitions: HashMap<u32, Definition>,
}

impl Rescue<'_> {
    fn all(&mut self) -> bool {
        let mut missing = Vec::new();
        let trailer = self.pdf.trailer.iter();
        trailer.for_each(|(_, value)| references(value, &mut missing));
        let objects = self.pdf.objects.values();
        objects.for_each(|object| references(object, &mut missing));
        let mut rescued = false;
        while let Some(id) = missing.pop() {
            if self.pdf.objects.contains_key(&id) || is_deleted(self.pdf, id) {
                continue;
            }
            if let Some(object) = self.read(id).and_then(|object| self.decrypted(id, object)) {
                references(&object, &mut missing);
                self.pdf.objects.insert(id, object);
                rescued = true;
            }
        }
        rescued
    }

    /// Reads an object where the table says that it stands, or else where the file has it.
    fn read(&self, id: ObjectId) -> Option<Object> {
        let stated = match self.pdf.reference_table.get(id.0) {
            Some(XrefEntry::Normal { offset, .. }) => usize::try_from(*offset).ok(),
            Some(XrefEntry::Compressed { .. }) => return None,
            _ => None,
        };
        let stated = stated.and_then(|at| self.read_at(id, at));
        stated.or_else(|| self.read_at(id, self.definitions.get(&id.0)?.at))
    }

    /// An object as it is without encryption; nothing where it cannot be decrypted.
    fn decrypted(&self, id: ObjectId, mut object: Object) -> Option<Object> {
        if let Some(state) = &self.pdf.encryption_state {
            decrypt_object(state, id, &mut object).ok()?;
        }
        Some(object)
    }

    fn read_at(&self, id: ObjectId, at: usize) -> Option<Object> {
        let mut reader = Tolerant::new(self.body, at);
        let [number, generation] = [reader.word()?, reader.word()?];
        let keyword = reader.word()?;
        if !is_header_of(id, number, generation, keyword) {
            return None;
        }
        match reader.value()? {
            Object::Dictionary(dict) if reader.takes(b"stream") => {
                let start = start_of_data(self.body, reader.position());
                let stated = dict.get_deref(b"Length", self.pdf);
                let stated = stated.and_then(Object::as_i64).ok();
                let stated = stated.and_then(|length| usize::try_from(length).ok());
                let content = data(self.body.get(start..)?, stated)?;
                Some(Stream::new(dict, content.to_vec()).into())
            }
            value => Some(value),
        }
    }
}

/// Whether three words begin an object, one of them misspelt at the most. Another number is another
/// object; what is no number at all is a slip.
fn is_header_of(id: ObjectId, number: &[u8], generation: &[u8], keyword: &[u8]) -> bool {
    let [number, generation] = [decimal(number), decimal(generation)];
    let (wanted, of) = (id.0, u32::from(id.1));
    let right = [number == Some(wanted), generation == Some(of), keyword == b"obj"];
    let is_other = number.is_some_and(|number| number != wanted)
        || generation.is_some_and(|generation| generation != of);
    !is_other && right.iter().filter(|right| **right).count() >= 2
}

/// The data of a stream: up to where it is stated to end, if something like its end stands there, or
/// else up to what ends it. A stream that ends nowhere was cut off.
fn data(all: &[u8], stated: Option<usize>) -> Option<&[u8]> {
    if let Some((data, rest)) = stated.and_then(|stated| all.split_at_checked(stated))
        && is_like_an_end(rest)
    {
        return Some(data);
    }
    let end = memmem::find(all, b"endstream");
    let data = all.get(..end.unwrap_or(all.len()))?;
    let objects = memmem::find_iter(data, b"obj");
    let next = objects.filter_map(|at| Some(header(data.get(..at)?)?.at)).next();
    let data = data.get(..next.unwrap_or(data.len()))?;
    let data = match memmem::rfind(data, b"endobj") {
        Some(end) => data.get(..end)?,
        None => end.or(next).map(|_| data)?,
    };
    Some(trim_line_end(data))
}

/// `endstream` or `endobj`, misspelt perhaps.
fn is_like_an_end(rest: &[u8]) -> bool {
    let word = Tolerant::new(rest, 0).word().unwrap_or_default();
    word.starts_with(b"en") && (6..=10).contains(&word.len())
}

/// The line end behind `stream` does not belong to the data.
fn start_of_data(body: &[u8], at: usize) -> usize {
    let rest = body.get(at..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let blanks = blanks.count();
    match rest.get(blanks..) {
        Some([b'\r', b'\n', ..]) => at + blanks + 2,
        Some([b'\r' | b'\n', ..]) => at + blanks + 1,
        _ => at,
    }
}

fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(array) => array.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => {
            let values = stream.dict.iter();
            values.for_each(|(_, value)| references(value, found));
        }
        _ => {}
    }
}
