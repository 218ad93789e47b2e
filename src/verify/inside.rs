//! What lies inside a PDF and is not on its pages: scripts, attached files, layers, names of authors.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;

use super::layers::ReadLayers;
use super::photographs;

/// Actions that run, send or fetch something (ISO 32000-2, 12.6.4).
const ACTIONS: [&str; 12] = [
    "JavaScript",
    "Launch",
    "SubmitForm",
    "ImportData",
    "GoToR",
    "GoToE",
    "Rendition",
    "Movie",
    "Sound",
    "RichMediaExecute",
    "GoTo3DView",
    "ResetForm",
];

/// Annotations that play something or hold a file.
const PLAYERS: [&str; 5] = ["RichMedia", "Screen", "Movie", "Sound", "3D"];

/// Mark-up annotations (ISO 32000-2, 12.5.6.2) that a person leaves on a page.
const MARK_UP: [&str; 14] = [
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Caret",
    "Ink",
    "Popup",
];

/// Chains of actions and outlines are followed no further.
const MAX: usize = 10_000;

/// What was found of one kind: on which pages, from 0, and in the document as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Occurrences {
    /// How often on each page.
    pub(super) pages: BTreeMap<usize, usize>,
    /// What belongs to no page.
    pub(super) document: BTreeSet<String>,
}

impl Occurrences {
    fn on(&mut self, page: usize) {
        *self.pages.entry(page).or_default() += 1;
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.document.is_empty()
    }
}

/// All that lies inside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Inside {
    pub(super) active: Occurrences,
    pub(super) files: Occurrences,
    pub(super) mark_up: Occurrences,
    pub(super) redactions: Occurrences,
    pub(super) photographs: Occurrences,
    pub(super) layers: ReadLayers,
    pub(super) authors: BTreeSet<&'static str>,
}

impl Inside {
    /// Looks through the catalog and the annotations of every page.
    pub(super) fn of(pdf: &Pdf, catalog: &Dict<'_>) -> Self {
        let mut inside = Self::default();
        inside.of_catalog(catalog);
        inside.layers = ReadLayers::of(catalog);
        let mut seen = HashSet::new();
        for (index, page) in pdf.pages().iter().enumerate() {
            if photographs::tell(page, &mut seen) {
                inside.photographs.on(index);
            }
            inside.layers.of_page(index, page);
            inside.of_page(index, page);
        }
        inside.of_metadata(pdf);
        inside.of_xmp(catalog);
        inside
    }

    fn of_catalog(&mut self, catalog: &Dict<'_>) {
        if let Some(names) = catalog.get::<Dict<'_>>("Names") {
            if names.contains_key("JavaScript") {
                self.active.document.insert("scripts of the document".to_owned());
            }
            if names.get::<Dict<'_>>("EmbeddedFiles").is_some_and(|files| {
                ["Names", "Kids"].iter().any(|key| {
                    let entries = files.get::<Array<'_>>(key);
                    entries.is_some_and(|entries| entries.raw_iter().next().is_some())
                })
            }) {
                self.files.document.insert("attached to the document".to_owned());
            }
        }
        if catalog.contains_key("AF") {
            self.files.document.insert("associated with the document".to_owned());
        }
        if catalog.contains_key("Collection") {
            self.files.document.insert("a portfolio".to_owned());
        }
        if catalog.contains_key("AA") {
            self.active.document.insert("actions of the document".to_owned());
        }
        let opening = catalog.get::<Dict<'_>>("OpenAction");
        if opening.is_some_and(|action| is_active(&action, 0)) {
            self.active.document.insert("the action on opening".to_owned());
        }
        if bookmarks_act(catalog) {
            self.active.document.insert("actions of bookmarks".to_owned());
        }
        let form = catalog.get::<Dict<'_>>("AcroForm");
        if let Some(fields) = form.and_then(|form| form.get::<Array<'_>>("Fields")) {
            let mut seen = HashSet::new();
            let mut left = MAX;
            if fields.iter::<Dict<'_>>().any(|field| field_acts(&field, &mut seen, &mut left)) {
                self.active.document.insert("actions of form fields".to_owned());
            }
        }
    }

    fn of_page(&mut self, index: usize, page: &Page<'_>) {
        if page.raw().contains_key("AA") {
            self.active.on(index);
        }
        let objects = &page.resources().x_objects;
        let of_object = objects.keys().any(|name| {
            let object = objects.get::<Stream<'_>>(&*name);
            object.is_some_and(|object| holds_files(object.dict()))
        });
        if of_object || holds_files(page.raw()) {
            self.files.on(index);
        }
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else {
            return;
        };
        for annotation in annotations.iter::<Dict<'_>>() {
            let subtype = annotation.get::<Name<'_>>("Subtype");
            let subtype = subtype.as_ref().map_or("", Name::as_str);
            if acts(&annotation) || PLAYERS.contains(&subtype) {
                self.active.on(index);
            }
            if holds_files(&annotation) {
                self.files.on(index);
            }
            match subtype {
                "FileAttachment" if annotation.contains_key("FS") => self.files.on(index),
                // What is left of one whose file was taken out.
                "FileAttachment" if is_comment(&annotation) => self.mark_up.on(index),
                "Redact" => self.redactions.on(index),
                "Stamp" if is_comment(&annotation) => self.mark_up.on(index),
                _ if MARK_UP.contains(&subtype) => self.mark_up.on(index),
                _ => {}
            }
        }
    }

    fn of_xmp(&mut self, catalog: &Dict<'_>) {
        let Some(stream) = catalog.get::<Stream<'_>>("Metadata") else {
            return;
        };
        let Ok(xmp) = stream.decoded() else { return };
        let xmp = String::from_utf8_lossy(&xmp);
        for (element, key) in
            [("dc:creator", "Author"), ("dc:description", "Subject"), ("pdf:Keywords", "Keywords")]
        {
            if says(&xmp, element) {
                self.authors.insert(key);
            }
        }
    }

    fn of_metadata(&mut self, pdf: &Pdf) {
        let metadata = pdf.metadata();
        for (key, value) in [
            ("Author", &metadata.author),
            ("Subject", &metadata.subject),
            ("Keywords", &metadata.keywords),
        ] {
            if value.as_ref().is_some_and(|value| !value.is_empty()) {
                self.authors.insert(key);
            }
        }
    }
}

/// Whether files are associated with a part of a document (ISO 32000-2, 14.13).
fn holds_files(dict: &Dict<'_>) -> bool {
    let files = dict.get::<Array<'_>>("AF");
    let mut files = files.iter().flat_map(Array::iter::<Dict<'_>>);
    files.any(|file| file.contains_key("EF"))
}

/// Whether an element of XMP (ISO 16684-1) says anything.
fn says(xmp: &str, element: &str) -> bool {
    let mut rest = xmp;
    while let Some((_, after)) = rest.split_once(&format!("<{element}")) {
        let Some((content, _)) = after.split_once(&format!("</{element}")) else {
            return false;
        };
        let content = content.split_once('>').map_or("", |(_, content)| content);
        let mut texts = content.split('<').map(|part| part.rsplit('>').next().unwrap_or(part));
        if texts.any(|text| !text.trim().is_empty()) {
            return true;
        }
        rest = after;
    }
    // Short values may stand as attributes.
    let attribute = format!("{element}=\"");
    xmp.split_once(&attribute).is_some_and(|(_, value)| !value.starts_with('"'))
}

/// A stamp that a person put there says who and when; the look of a signature does not.
fn is_comment(annotation: &Dict<'_>) -> bool {
    ["T", "Contents", "CreationDate", "Popup", "IRT"].iter().any(|key| annotation.contains_key(key))
}

/// Whether something happens at an annotation or a field.
fn acts(dict: &Dict<'_>) -> bool {
    dict.contains_key("AA") || dict.get::<Dict<'_>>("A").is_some_and(|action| is_active(&action, 0))
}

/// Whether any bookmark does more than lead somewhere.
fn bookmarks_act(catalog: &Dict<'_>) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<Dict<'_>> = catalog.get::<Dict<'_>>("Outlines").into_iter().collect();
    while let Some(bookmark) = open.pop() {
        if acts(&bookmark) {
            return true;
        }
        if seen.len() < MAX && seen.insert(bookmark.data().as_ptr()) {
            let others = ["First", "Next"].map(|key| bookmark.get::<Dict<'_>>(key));
            open.extend(others.into_iter().flatten());
        }
    }
    false
}

fn is_active(action: &Dict<'_>, depth: usize) -> bool {
    let kind = action.get::<Name<'_>>("S");
    if kind.is_some_and(|kind| ACTIONS.contains(&kind.as_str())) {
        return true;
    }
    if depth > 16 {
        return false;
    }
    match action.get::<Object<'_>>("Next") {
        Some(Object::Dict(next)) => is_active(&next, depth + 1),
        Some(Object::Array(next)) => {
            next.iter::<Dict<'_>>().any(|next| is_active(&next, depth + 1))
        }
        _ => false,
    }
}

/// `seen` is where in the file each field stands that was looked at: one within another has no number of its own.
fn field_acts(field: &Dict<'_>, seen: &mut HashSet<*const u8>, left: &mut usize) -> bool {
    if *left == 0 || !seen.insert(field.data().as_ptr()) {
        return false;
    }
    *left -= 1;
    acts(field)
        || field
            .get::<Array<'_>>("Kids")
            .is_some_and(|kids| kids.iter::<Dict<'_>>().any(|kid| field_acts(&kid, seen, left)))
}
