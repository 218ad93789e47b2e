//! Fonts that are not in the file, so that each reader draws its own in their place.

use std::collections::{BTreeSet, HashSet};

use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro::hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::{Page, Resources};

/// Forms inside forms, no deeper than anybody draws.
const MAX_DEPTH: usize = 8;

/// Text that is not painted (ISO 32000-2, table 104), which any font will do for.
const INVISIBLE: f64 = 3.0;

/// The names of the fonts that a page shows text with, itself or in forms drawn on it, and that are not embedded.
pub(super) fn missing(page: &Page<'_>) -> Box<[Box<str>]> {
    let mut found = FontSearch::default();
    found.of(page.typed_operations(), page.resources(), 0);
    found.names.into_iter().map(String::into_boxed_str).collect()
}

#[derive(Default)]
struct FontSearch {
    names: BTreeSet<String>,
    forms: HashSet<ObjectIdentifier>,
}

impl FontSearch {
    fn of(&mut self, mut content: TypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        let absent = absent(resources);
        // Nothing to be found, and no form in which there may be.
        if absent.is_empty() && resources.x_objects.is_empty() {
            return;
        }
        let (mut font, mut mode) = (None, 0.0);
        let mut saved = Vec::new();
        while let Some(op) = content.next() {
            match op {
                Op::SaveState(_) => saved.push((font, mode)),
                Op::RestoreState(_) => (font, mode) = saved.pop().unwrap_or((font, mode)),
                Op::TextFont(set) => {
                    font = absent.iter().position(|(key, _)| **key == **set.0);
                }
                Op::TextRenderingMode(set) => mode = set.0.as_f64(),
                Op::ShowText(_)
                | Op::ShowTexts(_)
                | Op::NextLineAndShowText(_)
                | Op::ShowTextWithParameters(_) => {
                    if mode != INVISIBLE
                        && let Some((_, name)) = font.and_then(|font| absent.get(font))
                    {
                        self.names.insert(name.clone());
                    }
                }
                Op::XObject(drawn) if depth < MAX_DEPTH => {
                    if let Some(form) = resources.x_objects.get::<Stream<'_>>(&**drawn.0) {
                        self.of_form(&form, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn of_form(&mut self, form: &Stream<'_>, depth: usize) {
        let subtype = form.dict().get::<Name<'_>>("Subtype");
        let is_form = subtype.is_some_and(|subtype| subtype.as_str() == "Form");
        if is_form
            && self.forms.insert(form.obj_id())
            && let Some(resources) = form.dict().get::<Dict<'_>>("Resources")
            && let Ok(content) = form.decoded()
        {
            self.of(TypedIter::new(&content), &Resources::new(resources), depth + 1);
        }
    }
}

/// The fonts of some resources that are not embedded: key and name.
fn absent<'a>(resources: &Resources<'a>) -> Vec<(Name<'a>, String)> {
    let fonts = resources.fonts.keys().filter_map(|key| {
        let font = resources.fonts.get::<Dict<'_>>(&*key)?;
        let name = font.get::<Name<'_>>("BaseFont");
        let name = name.map_or_else(|| "?".to_owned(), |name| name.as_str().to_owned());
        (!is_embedded(&font)).then_some((key, name))
    });
    fonts.collect()
}

fn is_embedded(font: &Dict<'_>) -> bool {
    let subtype = font.get::<Name<'_>>("Subtype");
    match subtype.as_ref().map(Name::as_str) {
        Some("Type3") => true,
        Some("Type0") => {
            let descendants = font.get::<Array<'_>>("DescendantFonts");
            let first = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            first.is_some_and(|font| has_file(&font))
        }
        _ => has_file(font),
    }
}

fn has_file(font: &Dict<'_>) -> bool {
    let descriptor = font.get::<Dict<'_>>("FontDescriptor");
    descriptor.is_some_and(|descriptor| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(key))
    })
}
