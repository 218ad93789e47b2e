//! Carries what a source's pages reach into the bundle: objects get new numbers and are written as
//! they are, streams untouched.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, Writer};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::drawn::{NamesInUse, keep_only};
use super::entries::{ANYTHING, COLOUR, FONT_FILE, Kind, LETTER, RESOURCES, VALUE};
use super::file::{FileWriter, ObjectNumber};
use super::scrub::Scrub;
use crate::model::Finding;
use crate::model::Sha256Hash;
use crate::pdf::source::MIN_SHARED;
use crate::pdf::syntax::PageNode;

/// Lists of things of one kind, whose places mean nothing: what does not come along leaves no gap.
const LISTS: [&[u8]; 4] = [b"Kids", b"OCGs", b"State", b"Annots"];

/// One source on its way into the bundle.
pub(super) struct Import<'a, W> {
    pub(super) file: &'a mut FileWriter<W>,
    pub(super) pdf: Pdf,
    numbers: HashMap<ObjectId, ObjectNumber>,
    /// Objects that must not come along: page tree nodes, pages not taken, the catalog.
    barred: HashSet<ObjectId>,
    queue: Vec<ObjectId>,
    /// Objects in the queue that are written by someone else.
    claimed: HashSet<ObjectId>,
    scrub: Scrub,
    /// What pages draw, as far as they were followed.
    pub(super) drawn: NamesInUse,
    /// Resources that nothing uses.
    unused: HashSet<ObjectId>,
    /// What each object in the queue is.
    kinds: HashMap<ObjectId, Kind>,
}

impl<'a, W: Write> Import<'a, W> {
    /// Starts an import; `taken` are the numbers already given to pages.
    pub(super) fn new(
        file: &'a mut FileWriter<W>,
        pdf: Pdf,
        taken: HashMap<ObjectId, ObjectNumber>,
        barred: HashSet<ObjectId>,
    ) -> Self {
        Self {
            file,
            pdf,
            numbers: taken,
            barred,
            queue: Vec::new(),
            claimed: HashSet::new(),
            scrub: Scrub::default(),
            drawn: NamesInUse::default(),
            unused: HashSet::new(),
            kinds: HashMap::new(),
        }
    }

    /// The number that an object has in the bundle so far.
    pub(super) fn number_of(&self, id: ObjectId) -> Option<ObjectNumber> {
        self.numbers.get(&id).copied()
    }

    /// Which of the long streams something led to, and all written since there were so many.
    pub(super) fn long_streams(&self, since: usize) -> BTreeSet<usize> {
        let numbers = self.numbers.values().copied();
        self.file.long_streams_of(numbers, since)
    }

    /// Has every later reference to an object lead to one of the bundle.
    pub(super) fn assign(&mut self, id: ObjectId, number: ObjectNumber) {
        self.numbers.insert(id, number);
    }

    /// The number of an object that the caller writes.
    pub(super) fn claim(&mut self, id: ObjectId) -> Result<ObjectNumber, PdfError> {
        if let Some(number) = self.number_of(id) {
            self.claimed.insert(id);
            return Ok(number);
        }
        let number = self.file.reserve()?;
        self.assign(id, number);
        Ok(number)
    }

    /// Has every later reference to an object become null.
    pub(super) fn bar(&mut self, id: ObjectId) {
        self.barred.insert(id);
    }

    /// Turns every reference in an object into one of the bundle; what must not or cannot come along
    /// becomes null (ISO 32000-2, 7.3.10).
    pub(super) fn rewrite(&mut self, object: &mut Object) -> Result<(), PdfError> {
        self.rewrite_as(object, ANYTHING)
    }

    /// The same for an object of which it is known what it is: what has no place in it goes, too.
    pub(super) fn rewrite_as(&mut self, object: &mut Object, kind: Kind) -> Result<(), PdfError> {
        match object {
            Object::Reference(id) => {
                *object = self.renumbered(*id, kind)?;
            }
            Object::Array(array) => {
                for item in array {
                    self.rewrite_as(item, kind)?;
                }
            }
            Object::Dictionary(_) if self.scrub.bars(&self.pdf, object, None) => {
                *object = Object::Null;
            }
            Object::Dictionary(_) if kind == VALUE => {
                self.scrub.count_entries(1);
                *object = Object::Null;
            }
            Object::Dictionary(dict) => self.rewrite_dict_as(dict, kind)?,
            Object::Stream(stream) => self.rewrite_stream(stream, kind)?,
            _ => {}
        }
        Ok(())
    }

    fn rewrite_stream(&mut self, stream: &mut Stream, kind: Kind) -> Result<(), PdfError> {
        if kind == LETTER {
            self.scrub.drawing(stream);
        }
        match kind {
            FONT_FILE => self.scrub.font_file(stream),
            COLOUR => self.scrub.profile(stream),
            _ => {}
        }
        self.scrub.stream(&self.pdf, stream);
        // The length is written anew; its object would be carried for nothing.
        stream.dict.remove(b"Length");
        self.rewrite_entries(&mut stream.dict, kind, true)
    }

    /// [`Import::rewrite`] for a dictionary.
    pub(super) fn rewrite_dict(&mut self, dict: &mut Dictionary) -> Result<(), PdfError> {
        self.rewrite_entries(dict, ANYTHING, false)
    }

    /// [`Import::rewrite_as`] for a dictionary.
    pub(super) fn rewrite_dict_as(
        &mut self,
        dict: &mut Dictionary,
        kind: Kind,
    ) -> Result<(), PdfError> {
        self.rewrite_entries(dict, kind, false)
    }

    fn rewrite_entries(
        &mut self,
        dict: &mut Dictionary,
        kind: Kind,
        of_stream: bool,
    ) -> Result<(), PdfError> {
        self.scrub.dict(&self.pdf, dict);
        let kind = kind.of(dict);
        self.scrub.count_entries(kind.prune(dict, of_stream));
        let mut gone = Vec::new();
        for (key, value) in dict.iter_mut() {
            self.rewrite_as(value, kind.under(key, of_stream).unwrap_or(VALUE))?;
            match value {
                Object::Null => gone.push(key.clone()),
                Object::Array(list) if LISTS.contains(&key.as_slice()) => {
                    list.retain(|item| !item.is_null());
                }
                _ => {}
            }
        }
        for key in gone {
            dict.remove(&key);
        }
        Ok(())
    }

    fn renumbered(&mut self, id: ObjectId, kind: Kind) -> Result<Object, PdfError> {
        if let Some(number) = self.numbers.get(&id) {
            return Ok(number.reference());
        }
        let carried = match self.pdf.objects.get(&id) {
            None | Some(Object::Null) => false,
            Some(Object::Dictionary(_)) => kind != VALUE,
            Some(Object::Stream(stream)) => kind != VALUE && !is_of_the_file(&stream.dict),
            Some(_) => true,
        };
        if !carried || self.barred.contains(&id) {
            return Ok(Object::Null);
        }
        let object = self.pdf.objects.get(&id);
        if object.is_some_and(|object| self.scrub.bars(&self.pdf, object, Some(id))) {
            return Ok(Object::Null);
        }
        let hash = object.filter(|object| self.file.may_be_shared(object)).and_then(shareable);
        if let Some(hash) = hash {
            let (number, known) = self.file.reserve_shared(hash)?;
            self.numbers.insert(id, number);
            if !known {
                self.enqueue(id, kind);
            }
            return Ok(number.reference());
        }
        let number = self.file.reserve()?;
        self.numbers.insert(id, number);
        self.enqueue(id, kind);
        Ok(number.reference())
    }

    fn enqueue(&mut self, id: ObjectId, kind: Kind) {
        self.queue.push(id);
        self.kinds.insert(id, kind);
    }

    /// The content of a page without what its inline pictures say of themselves, its names spelt as dictionaries will
    /// have them; `None` where it stays as it is.
    pub(super) fn clean_content(&mut self, content: &[u8]) -> Option<Vec<u8>> {
        self.scrub.content(content)
    }

    /// Follows the pages that are taken before any is written.
    pub(super) fn survey<'p>(&mut self, pages: impl Iterator<Item = &'p PageNode>) {
        self.drawn.survey(&self.pdf, pages);
    }

    /// Counts resources that nothing uses, each once.
    pub(super) fn count_unused(&mut self, gone: &[Object]) {
        let mut number = 0;
        for object in gone {
            number += usize::from(object.as_reference().map_or(true, |id| self.unused.insert(id)));
        }
        self.scrub.count_unneeded("unused resource", number);
    }

    /// Leaves out of the resources that an object holds, or is, what nothing uses.
    fn drop_unused(&mut self, id: ObjectId, object: &mut Object, kind: Kind) {
        let resources = match object {
            Object::Dictionary(dict) if kind == RESOURCES => Ok(dict),
            Object::Dictionary(dict) => dict.get_mut(b"Resources").and_then(Object::as_dict_mut),
            Object::Stream(stream) => {
                stream.dict.get_mut(b"Resources").and_then(Object::as_dict_mut)
            }
            _ => return,
        };
        if let Ok(resources) = resources
            && let Some(names) = self.drawn.used_of(id)
        {
            let gone = keep_only(&self.pdf, resources, &names, &self.drawn.used);
            self.count_unused(&gone);
        }
    }

    /// Takes the files out that are attached to a page.
    pub(super) fn drop_files(&mut self, page: &mut Dictionary) {
        self.scrub.files(&self.pdf, page);
    }

    /// Whether files were left out on the way.
    pub(super) fn left_files_out(&self) -> bool {
        self.scrub.left_files_out()
    }

    /// Whether the content of anything was not carried over as it was.
    pub(super) fn is_altered(&self) -> bool {
        self.scrub.is_altered()
    }

    /// The sizes of pictures that were cut.
    pub(super) fn cut_pictures(&self) -> &BTreeSet<(u32, u32)> {
        self.scrub.cut_pictures()
    }

    /// What else was kept out or taken out on the way.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.scrub.findings()
    }

    /// Writes everything that was referred to and is not written yet.
    pub(super) fn drain(&mut self) -> Result<(), PdfError> {
        while let Some(id) = self.queue.pop() {
            let Some(number) = self.number_of(id) else {
                continue;
            };
            if self.claimed.contains(&id) {
                continue;
            }
            let mut object = self.pdf.objects.remove(&id).unwrap_or(Object::Null);
            let kind = self.kinds.get(&id).copied().unwrap_or(ANYTHING);
            self.drop_unused(id, &mut object, kind);
            self.rewrite_as(&mut object, kind)?;
            self.file.put(number, object)?;
        }
        Ok(())
    }
}

/// Streams of objects and of where they are belong to how a file is written (ISO 32000-2, 7.5.7 and 7.5.8).
fn is_of_the_file(dict: &Dictionary) -> bool {
    dict.has_type(b"ObjStm") || dict.has_type(b"XRef")
}

/// The hash of a stream that may be written once for all sources: fonts, pictures and colour profiles
/// that refer to nothing else. Small ones are not worth the trouble.
fn shareable(object: &Object) -> Option<Sha256Hash> {
    let Object::Stream(stream) = object else {
        return None;
    };
    let mut dict = stream.dict.clone();
    // What is tagged belongs to one place in one structure.
    if dict.has(b"StructParent") || dict.has(b"StructParents") {
        return None;
    }
    // Written anew, and often an object of its own.
    dict.remove(b"Length");
    if stream.content.len() < MIN_SHARED || dict.iter().any(|(_, value)| holds_reference(value)) {
        return None;
    }
    let mut bytes = Vec::new();
    Writer::write_object(&mut bytes, &Object::Dictionary(dict)).ok()?;
    let mut hasher = Sha256::new();
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(&bytes);
    hasher.update(&stream.content);
    Some(Sha256Hash(hasher.finalize().into()))
}

fn holds_reference(object: &Object) -> bool {
    match object {
        Object::Reference(_) => true,
        Object::Array(array) => array.iter().any(holds_reference),
        Object::Dictionary(dict) => dict.iter().any(|(_, value)| holds_reference(value)),
        _ => false,
    }
}
