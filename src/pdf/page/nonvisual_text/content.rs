//! The words that a page, its annotations and its content hold.

use std::collections::HashSet;

use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Rect, Stream};
use hayro::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use super::{NonvisualWords, WordsOf, described, words_of_tag};

/// Annotation flags (ISO 32000-2, table 167).
const HIDDEN: u32 = 1 << 1;
const NO_VIEW: u32 = 1 << 5;

/// Forms within forms, and fields within fields, are followed no deeper.
pub(super) const MAX_DEPTH: usize = 16;

/// Forms of one page that are looked into.
const MAX_FORMS: usize = 1_000;

/// The words, and whether all that may hold some was looked at.
pub(super) fn words(page: &Page<'_>) -> (Vec<NonvisualWords>, bool) {
    let mut words = Vec::new();
    let annotations = page.raw().get::<Array<'_>>("Annots");
    for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>) {
        of_annotation(&annotation, &mut words);
    }
    let mut forms = ContentWalk { seen: HashSet::new(), words: &mut words, is_cut: false };
    forms.look(page.page_stream(), page.resources(), 0);
    let is_whole = !forms.is_cut;
    (words, is_whole)
}

fn of_annotation(annotation: &Dict<'_>, words: &mut Vec<NonvisualWords>) {
    let subtype = annotation.get::<Name<'_>>("Subtype");
    match subtype.as_ref().map(Name::as_str) {
        Some("Link") => {
            words.extend(NonvisualWords::of(WordsOf::Note, annotation, "Contents", None));
            let action = annotation.get::<Dict<'_>>("A");
            let leads =
                action.and_then(|action| NonvisualWords::of(WordsOf::Note, &action, "URI", None));
            words.extend(leads);
        }
        Some("Widget") => of_field(annotation, words),
        // Whoever lists the document decides about comments; those that stay are searched.
        _ => words.extend(described::of_comment(annotation)),
    }
}

fn of_field(widget: &Dict<'_>, words: &mut Vec<NonvisualWords>) {
    words.extend(
        inherited(widget, "TU")
            .and_then(|dict| NonvisualWords::of(WordsOf::Note, &dict, "TU", None)),
    );
    let is_text = inherited(widget, "FT").is_some_and(|dict| {
        let kind = dict.get::<Name<'_>>("FT");
        kind.is_some_and(|kind| ["Tx", "Ch"].contains(&kind.as_str()))
    });
    // What a field holds after it is reset need not be shown.
    let at_first = inherited(widget, "DV").filter(|_| is_text);
    words.extend(at_first.and_then(|dict| NonvisualWords::of(WordsOf::Field, &dict, "DV", None)));
    let is_drawn = widget.get::<Dict<'_>>("AP").is_some_and(|drawings| drawings.contains_key("N"));
    let is_shown = is_shown(widget);
    // One without a drawing is drawn from its value.
    if !is_text || (is_shown && !is_drawn) {
        return;
    }
    let may_lack = if is_shown { 2 } else { 0 };
    for key in ["V", "RV"] {
        let holder = inherited(widget, key);
        words.extend(
            holder.and_then(|dict| NonvisualWords::of(WordsOf::Field, &dict, key, Some(may_lack))),
        );
    }
}

fn is_shown(widget: &Dict<'_>) -> bool {
    let flags = widget.get::<u32>("F").unwrap_or(0);
    let area = widget.get::<Rect>("Rect");
    flags & (HIDDEN | NO_VIEW) == 0
        && area
            .is_some_and(|area| (area.x1 - area.x0).abs() > 0.5 && (area.y1 - area.y0).abs() > 0.5)
}

/// The field or the one above it that has an entry.
fn inherited<'a>(field: &Dict<'a>, key: &str) -> Option<Dict<'a>> {
    let mut field = field.clone();
    for _ in 0..MAX_DEPTH {
        if field.contains_key(key) {
            return Some(field);
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// Follows the content of a page and of the forms that it draws.
struct ContentWalk<'w> {
    seen: HashSet<ObjectIdentifier>,
    words: &'w mut Vec<NonvisualWords>,
    /// Whether some form was not looked into.
    is_cut: bool,
}

impl ContentWalk<'_> {
    fn look(&mut self, content: Option<&[u8]>, resources: &Resources<'_>, depth: usize) {
        for name in resources.properties.keys() {
            if let Some(list) = resources.properties.get::<Dict<'_>>(&*name) {
                self.words.extend(words_of_tag(&list));
            }
        }
        self.words.extend(described::of_inks(&resources.color_spaces));
        if let Some(content) = content.filter(|content| may_say(content)) {
            self.marks(content);
        }
        for name in resources.x_objects.keys() {
            let form = resources.x_objects.get::<Stream<'_>>(&*name);
            if let Some(form) = form.filter(is_form) {
                self.form(&form, depth);
            }
        }
    }

    fn form(&mut self, form: &Stream<'_>, depth: usize) {
        let is_new = form.dict().obj_id().is_none_or(|id| self.seen.insert(id));
        if !is_new {
            return;
        }
        if depth >= MAX_DEPTH || self.seen.len() > MAX_FORMS {
            self.is_cut = true;
            return;
        }
        let resources = form.dict().get::<Dict<'_>>("Resources").unwrap_or_default();
        let content = form.decoded().ok();
        self.look(content.as_deref(), &Resources::new(resources), depth + 1);
    }

    /// The words of marked content whose properties stand in the content itself.
    fn marks(&mut self, content: &[u8]) {
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            if let Op::BeginMarkedContentWithProperties(mark) = operation
                && let Object::Dict(list) = &mark.1
            {
                self.words.extend(words_of_tag(list));
            }
        }
    }
}

fn is_form(stream: &Stream<'_>) -> bool {
    let subtype = stream.dict().get::<Name<'_>>("Subtype");
    subtype.is_some_and(|subtype| subtype.as_str() == "Form")
}

/// Whether there may be words for a tag in some content: most has none, and is not gone through.
fn may_say(content: &[u8]) -> bool {
    let keys: [&[u8]; 4] = [b"/ActualText", b"/Alt", b"/E ", b"/E("];
    keys.iter().any(|key| memmem::find(content, key).is_some())
}
