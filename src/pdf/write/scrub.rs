//! What no object may bring into a bundle, by whatever path it is reached: files within the file,
//! actions that run or send something, traces of programs, and what pictures say of themselves.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::cut::cut;
use super::names::spell_names;
use super::pictures::{Cleaned, clean_inline, clean_jpeg, clean_jpx};
use super::remarks::without_remarks;
use super::tables::{clean_font, clean_profile};
use crate::model::words::counted;
use crate::model::{Code, Finding};
use crate::pdf::source::names_files;

/// Keys that say who made something and how, hold a private copy of it (ISO 32000-2, 14.5), or name a
/// file elsewhere.
const PRIVATE: [&[u8]; 3] = [b"PieceInfo", b"LastModified", b"OPI"];

/// Actions that run a program, send data, or open or play another file.
const HARMFUL: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToR",
    b"GoToE",
    b"Rendition",
    b"RichMediaExecute",
    b"GoTo3DView",
];

/// The most that a coded picture may unpack to before it is looked at.
const MAX_PICTURE: usize = 1 << 28;

/// What was kept out, or taken out, on the way.
#[derive(Debug, Default)]
pub(super) struct Scrub {
    seen: HashSet<ObjectId>,
    files: u32,
    actions: BTreeMap<&'static str, u32>,
    pictures: u32,
    unread: u32,
    /// What had no reason to be there.
    unneeded: BTreeMap<&'static str, u32>,
    /// Whether any content or picture is otherwise than it was.
    altered: bool,
    /// The sizes of pictures that were cut.
    cut: BTreeSet<(u32, u32)>,
}

impl Scrub {
    /// Whether an object must not come along; `id` where it has one, so that it counts once.
    pub(super) fn bars(&mut self, pdf: &Pdf, object: &Object, id: Option<ObjectId>) -> bool {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return false,
        };
        let is_described = describes_file(pdf, dict);
        // Programs for printers of long ago (ISO 32000-1, 8.8.2).
        let is_program = matches!(dict.get(b"Subtype"), Ok(Object::Name(kind)) if kind == b"PS");
        if is_program && matches!(object, Object::Stream(_)) {
            self.count_unneeded("PostScript program", 1);
            return true;
        }
        let is_file = is_described || dict.has_type(b"EmbeddedFile");
        let action = harmful(dict);
        if !is_file && action.is_none() {
            return false;
        }
        if id.is_none_or(|id| self.seen.insert(id)) {
            // A file's stream belongs to its description, which is counted.
            self.files += u32::from(is_described);
            if let Some(action) = action {
                *self.actions.entry(action).or_default() += 1;
            }
        }
        true
    }

    /// Takes out of a dictionary what is only a note.
    pub(super) fn dict(&mut self, pdf: &Pdf, dict: &mut Dictionary) {
        for key in PRIVATE {
            dict.remove(key);
        }
        if matches!(dict.get(b"Metadata"), Ok(Object::Reference(_))) {
            dict.remove(b"Metadata");
        }
        self.files(pdf, dict);
        if let Ok(Object::String(appearance, _)) = dict.get_mut(b"DA")
            && let Some(spelt) = spell_names(appearance)
        {
            *appearance = spelt;
        }
    }

    /// Counts what was left out as nothing says why it is there.
    pub(super) fn count_unneeded(&mut self, what: &'static str, number: usize) {
        if number > 0 {
            *self.unneeded.entry(what).or_default() += u32::try_from(number).unwrap_or(u32::MAX);
            self.altered = true;
        }
    }

    /// [`Scrub::count_unneeded`] for entries of dictionaries.
    pub(super) fn count_entries(&mut self, number: usize) {
        self.count_unneeded("unused setting", number);
    }

    /// Takes the files out that belong to a page, a form, a mark or an annotation (ISO 32000-2, 14.13).
    pub(super) fn files(&mut self, pdf: &Pdf, dict: &mut Dictionary) {
        for key in [b"AF".as_slice(), b"MCAF"] {
            // A font or a picture may be called so, too.
            if dict.get(key).is_ok_and(|files| names_files(pdf, files)) {
                dict.remove(key);
                self.files += 1;
            }
        }
    }

    /// Takes out of a font file what no reader of it needs.
    pub(super) fn font_file(&mut self, stream: &mut Stream) {
        let changed = clean_font(stream);
        self.count_unneeded("needless font table", usize::from(changed));
    }

    /// Takes out of a colour profile what does not say how colours look.
    pub(super) fn profile(&mut self, stream: &mut Stream) {
        let changed = clean_profile(stream);
        self.count_unneeded("profile description", usize::from(changed));
    }

    /// Takes out of a stream what does not belong to what it shows.
    pub(super) fn stream(&mut self, pdf: &Pdf, stream: &mut Stream) {
        let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
        let (is_image, is_form) = (matches!(subtype, Ok(b"Image")), matches!(subtype, Ok(b"Form")));
        if is_image || is_form {
            self.files(pdf, &mut stream.dict);
            // A short name for its coding, or the name of a file elsewhere.
            if matches!(stream.dict.get(b"F"), Ok(Object::String(..) | Object::Dictionary(_))) {
                stream.dict.remove(b"F");
            }
        }
        if is_image {
            self.picture(pdf, stream);
        } else if is_form || stream.dict.has(b"PatternType") {
            self.drawing(stream);
        }
    }

    /// [`Scrub::content`] for a form, a pattern or a letter.
    pub(super) fn drawing(&mut self, stream: &mut Stream) {
        let content = stream.get_plain_content_with_limit(MAX_PICTURE);
        let cleaned = content.ok().and_then(|content| self.content(&content));
        if let Some(cleaned) = cleaned {
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(cleaned);
            // What does not become smaller stays as it is.
            _ = stream.compress();
        }
    }

    fn picture(&mut self, pdf: &Pdf, stream: &mut Stream) {
        let filters = filters(pdf, &stream.dict);
        let Some((last, before)) = filters.split_last() else {
            return;
        };
        let clean = match last.as_slice() {
            b"DCTDecode" | b"DCT" => clean_jpeg,
            b"JPXDecode" => clean_jpx,
            coding if before.is_empty() => {
                if cut(pdf, stream, coding) {
                    self.count_unneeded("overlong picture", 1);
                    self.cut.extend(size(&stream.dict));
                }
                return;
            }
            _ => return,
        };
        let coded = match before {
            [] => Some(std::mem::take(&mut stream.content)),
            before => unpack(pdf, stream, before),
        };
        let Some(coded) = coded else {
            self.unread += 1;
            return;
        };
        match clean(&coded) {
            Cleaned::Changed(picture) => {
                self.pictures += 1;
                self.altered = true;
                stream.content = picture;
                if !before.is_empty() {
                    keep_last_filter(pdf, &mut stream.dict, last);
                }
            }
            unchanged => {
                self.unread += u32::from(unchanged == Cleaned::Unread);
                if before.is_empty() {
                    stream.content = coded;
                }
            }
        }
    }

    /// Content without what its inline pictures say of themselves, its names spelt as dictionaries will have them; `None`
    /// where it stays as it is.
    pub(super) fn content(&mut self, content: &[u8]) -> Option<Vec<u8>> {
        let cleaned = clean_inline(content);
        self.pictures += cleaned.changed;
        self.unread += cleaned.unread;
        let silent = without_remarks(cleaned.content.as_deref().unwrap_or(content));
        let (silent, remarks) = silent.unzip();
        self.count_unneeded("remark", remarks.unwrap_or(0));
        let cleaned = silent.or(cleaned.content);
        let spelt = spell_names(cleaned.as_deref().unwrap_or(content));
        let changed = spelt.or(cleaned);
        self.altered |= changed.is_some();
        changed
    }

    /// Whether any content or picture was not left as it was, or anything was kept out.
    pub(super) fn is_altered(&self) -> bool {
        self.altered || self.files > 0
    }

    /// The sizes of pictures whose coded samples are others, and show the same.
    pub(super) fn cut_pictures(&self) -> &BTreeSet<(u32, u32)> {
        &self.cut
    }

    /// Whether files were left out.
    pub(super) fn left_files_out(&self) -> bool {
        self.files > 0
    }

    /// What to tell, but of files.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.extend(self.actions.keys().map(|kind| {
            let message = format!("an action of the kind {kind} was taken out");
            Finding::new(Code::ActionRemoved, message)
        }));
        if self.pictures > 0 {
            let message = match self.pictures {
                1 => {
                    "what 1 picture says of camera, place, time or author was taken out".to_owned()
                }
                number => format!(
                    "what {number} pictures say of camera, place, time or author was taken out"
                ),
            };
            findings.push(Finding::new(Code::PictureDataDropped, message));
        }
        if !self.unneeded.is_empty() {
            let message = format!("{} left out, which no page needs", counted(&self.unneeded));
            findings.push(Finding::new(Code::UnneededDropped, message));
        }
        if self.unread > 0 {
            let message = match self.unread {
                1 => "1 picture is oddly built, so what it may say of camera and place could not be taken out".to_owned(),
                number => format!("{number} pictures are oddly built, so what they may say of camera and place could not be taken out"),
            };
            findings.push(
                Finding::new(Code::PictureUnread, message)
                    .hint("print the document to a new PDF if that matters"),
            );
        }
        findings
    }
}

fn size(picture: &Dictionary) -> Option<(u32, u32)> {
    let side = |key: &[u8]| u32::try_from(picture.get(key).ok()?.as_i64().ok()?).ok();
    Some((side(b"Width")?, side(b"Height")?))
}

/// The kind of an action that must not come along.
fn harmful(dict: &Dictionary) -> Option<&'static str> {
    let kind = dict.get(b"S").and_then(Object::as_name).ok()?;
    let known = HARMFUL.iter().find(|harmful| **harmful == kind)?;
    std::str::from_utf8(known).ok()
}

/// Whether a dictionary describes a file that it holds; a font or a picture may be called `EF`, too.
fn describes_file(pdf: &Pdf, dict: &Dictionary) -> bool {
    const SYSTEMS: [&[u8]; 5] = [b"F", b"UF", b"DOS", b"Mac", b"Unix"];
    let files = dict.get(b"EF").ok().map(|files| pdf.dereference(files));
    match files {
        Some(Ok((_, Object::Dictionary(files)))) => SYSTEMS.iter().any(|system| files.has(system)),
        Some(Err(_)) => true,
        _ => false,
    }
}

fn filters(pdf: &Pdf, dict: &Dictionary) -> Vec<Vec<u8>> {
    let name = |object: &Object| {
        let (_, object) = pdf.dereference(object).ok()?;
        object.as_name().ok().map(<[u8]>::to_vec)
    };
    match dict.get_deref(b"Filter", pdf) {
        Ok(Object::Array(names)) => names.iter().filter_map(name).collect(),
        Ok(one) => name(one).into_iter().collect(),
        Err(_) => Vec::new(),
    }
}

/// The coded picture within other codings; `None` where one of them cannot be read.
fn unpack(pdf: &Pdf, stream: &Stream, before: &[Vec<u8>]) -> Option<Vec<u8>> {
    let names = before.iter().map(|name| Object::Name(name.clone()));
    let mut dict = Dictionary::new();
    dict.set("Filter", names.collect::<Vec<_>>());
    if let Ok(Object::Array(parameters)) = stream.dict.get_deref(b"DecodeParms", pdf) {
        dict.set("DecodeParms", parameters.get(..before.len())?.to_vec());
    }
    Stream::new(dict, stream.content.clone()).decompressed_content_with_limit(MAX_PICTURE).ok()
}

/// The coding that is left once the others are undone.
fn keep_last_filter(pdf: &Pdf, dict: &mut Dictionary, last: &[u8]) {
    dict.set("Filter", Object::Name(last.to_vec()));
    let parameters = match dict.get_deref(b"DecodeParms", pdf) {
        Ok(Object::Array(parameters)) => parameters.last().cloned(),
        _ => None,
    };
    match parameters {
        Some(parameters) if !parameters.is_null() => dict.set("DecodeParms", parameters),
        _ => drop(dict.remove(b"DecodeParms")),
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn inline_pictures_of_forms_and_patterns_are_cleaned_too() {
        let exif = [&[0xFF, 0xE1, 0, 13][..], b"Exif\0\0place"].concat();
        let picture = |says: &[u8]| {
            let head = b"q BI /W 1 /H 1 /CS /G /BPC 8 /F /DCT ID \xFF\xD8";
            let rest = b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\x2A\xFF\xD9\nEI Q";
            [head, says, rest].concat()
        };
        for kind in [dictionary! { "Subtype" => "Form" }, dictionary! { "PatternType" => 1 }] {
            let mut scrub = Scrub::default();
            let mut stream = Stream::new(kind, picture(&exif));
            stream.compress().unwrap();
            scrub.stream(&Pdf::new(), &mut stream);
            assert_eq!(stream.get_plain_content().unwrap(), picture(b""));
            assert_eq!((scrub.pictures, scrub.unread), (1, 0));
        }
    }
}
