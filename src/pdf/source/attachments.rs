//! Files attached to a PDF (ISO 32000-2, 7.11.4 and 14.13): to the document, to marks on its pages, or to parts of it.

use lopdf::{Dictionary, Document as Pdf, Object};

use super::needs::{Follow, Needs, Part};
use crate::model::{Code, Finding};
use crate::pdf::syntax::dictionaries::{dict_of, get_array, get_dict, get_name};
use crate::pdf::syntax::page_node::PageNode;

/// Where files are attached to a PDF. A bundle holds none of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attachments {
    /// Whether any is attached to the document as a whole.
    pub to_document: bool,
    /// For each page with marks of attached files its number, from 1, and how many marks there are.
    pub marks: Vec<(u32, u32)>,
    /// The pages, from 1, with annotations, forms or pictures to which files belong; each is told with the first page
    /// that has it.
    pub to_parts: Vec<u32>,
    /// Whether files belong to its tags.
    pub to_tags: bool,
}

impl Attachments {
    pub(super) fn read(pdf: &Pdf, pages: &[PageNode]) -> Self {
        let Ok(catalog) = pdf.catalog() else {
            return Self::default();
        };
        let names = get_dict(pdf, catalog, b"Names");
        let listed = names.is_some_and(|names| names.get_deref(b"EmbeddedFiles", pdf).is_ok());
        let mut found = Self {
            to_document: listed || has_files(pdf, catalog),
            to_tags: pdf.objects.values().any(|object| is_tag_with_files(pdf, object)),
            ..Self::default()
        };
        if !pdf.objects.values().any(names_any_file) {
            return found;
        }
        let mut needs = Needs::new(pdf, pages, Follow::ALL);
        for (number, page) in (1..).zip(pages) {
            let marks = marks_of(pdf, page);
            found.marks.extend((marks > 0).then_some((number, marks)));
            let mut has = has_files(pdf, &page.dict);
            needs.walk(&page.dict, Part::Page, &mut |dict| {
                has |= dict.has(b"EF") || has_files(pdf, dict);
            });
            found.to_parts.extend(has.then_some(number));
        }
        found
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many annotations of a page are marks of attached files.
fn marks_of(pdf: &Pdf, page: &PageNode) -> u32 {
    let is_mark = |object: &&Object| {
        dict_of(pdf, object).is_some_and(|annotation| {
            get_name(pdf, annotation, b"Subtype") == Some(b"FileAttachment")
                && annotation.has(b"FS")
        })
    };
    let annotations = get_array(pdf, &page.dict, b"Annots");
    let marks = annotations.iter().filter(is_mark).count();
    u32::try_from(marks).unwrap_or(u32::MAX)
}

fn is_tag_with_files(pdf: &Pdf, object: &Object) -> bool {
    let tag = object.as_dict();
    tag.is_ok_and(|tag| (tag.has_type(b"StructElem") || tag.has(b"Pg")) && has_files(pdf, tag))
}

/// Whether files belong to a dictionary; a font or a picture may be called so, too.
fn has_files(pdf: &Pdf, dict: &Dictionary) -> bool {
    let names = |key: &[u8]| dict.get(key).is_ok_and(|files| names_files(pdf, files));
    names(b"AF") || names(b"MCAF")
}

/// Whether a value is one or several descriptions of files (ISO 32000-2, 7.11.3).
pub(crate) fn names_files(pdf: &Pdf, value: &Object) -> bool {
    let is_file = |object: &Object| {
        pdf.dereference(object).is_ok_and(|(_, object)| {
            object.as_dict().is_ok_and(|dict| dict.has_type(b"Filespec") || dict.has(b"EF"))
        })
    };
    match pdf.dereference(value) {
        Ok((_, Object::Array(files))) => files.iter().any(is_file),
        _ => is_file(value),
    }
}

/// Whether any part of an object is, or may be, the description of a file.
fn names_any_file(object: &Object) -> bool {
    let of = |dict: &Dictionary| {
        dict.has(b"EF")
            || dict.has(b"AF")
            || dict.has(b"FS")
            || dict.iter().any(|(_, value)| names_any_file(value))
    };
    match object {
        Object::Array(items) => items.iter().any(names_any_file),
        Object::Dictionary(dict) => of(dict),
        Object::Stream(stream) => of(&stream.dict),
        _ => false,
    }
}

pub(crate) const ATTACHMENT_HINT: &str = "list them as documents of their own if they are evidence";

/// What is said of files that belong to a page, an annotation, a form, a picture or a tag.
pub(crate) fn attached_to_parts() -> Finding {
    let message = "files are attached to parts of this PDF; they are not in the bundle";
    Finding::new(Code::AttachmentDropped, message).hint(ATTACHMENT_HINT)
}
