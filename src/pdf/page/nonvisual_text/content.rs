//! The words that a page, its annotations and its content hold.

use std::collections::HashSet;

use hayro::hayro_syntax::content::TypedIter;
use hayro::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro::hayro_syntax::object::{
    Array, Dict, Name, Object, ObjectIdentifier, Rect, Stream, String as PdfString,
};
use hayro::hayro_syntax::page::{Page, Resources};
use memchr::memmem;

use super::super::{boxes, plain};
use super::{NonvisualWords, Seen, WordsOf, decoded, described, words_of_tag};
use crate::model::geometry::{Matrix, Rect as Area};

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
    let place = Place::of(page);
    for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>) {
        of_annotation(&annotation, &place, &mut words);
    }
    let mut forms = ContentWalk { seen: HashSet::new(), words: &mut words, is_cut: false };
    forms.look(page.page_stream(), page.resources(), 0);
    let is_whole = !forms.is_cut;
    (words, is_whole)
}

fn of_annotation(annotation: &Dict<'_>, place: &Place, words: &mut Vec<NonvisualWords>) {
    let subtype = annotation.get::<Name<'_>>("Subtype");
    match subtype.as_ref().map(Name::as_str) {
        Some("Link") => {
            words.extend(NonvisualWords::of(WordsOf::Note, annotation, "Contents", Seen::Nothing));
            let action = annotation.get::<Dict<'_>>("A");
            let leads = action.and_then(|action| {
                NonvisualWords::of(WordsOf::Note, &action, "URI", Seen::Nothing)
            });
            words.extend(leads);
        }
        Some("Widget") => of_field(annotation, place, words),
        // Whoever lists the document decides about comments; those that stay are searched.
        _ => words.extend(described::of_comment(annotation)),
    }
}

fn of_field(widget: &Dict<'_>, place: &Place, words: &mut Vec<NonvisualWords>) {
    words.extend(
        inherited(widget, "TU")
            .and_then(|dict| NonvisualWords::of(WordsOf::Note, &dict, "TU", Seen::Nothing)),
    );
    let is_text = inherited(widget, "FT").is_some_and(|dict| {
        let kind = dict.get::<Name<'_>>("FT");
        kind.is_some_and(|kind| ["Tx", "Ch"].contains(&kind.as_str()))
    });
    if !is_text {
        return;
    }
    let seen = place.seen(widget);
    let value = |key: &str, seen: Seen| {
        let holder = inherited(widget, key)?;
        let mut words = NonvisualWords::of(WordsOf::Field, &holder, key, seen)?;
        words.text = displayed(widget, words.text);
        Some(words)
    };
    let all = [value("V", seen.clone()), value("RV", seen.clone()), value("DV", seen.clone())];
    let [now, rich, at_first] = all;
    // What is drawn from its value is seen.
    let is_drawn = seen != Seen::Nothing;
    let is_now = |other: &NonvisualWords| now.as_ref().is_some_and(|now| now.text == other.text);
    words.extend(at_first.filter(|at_first| !is_now(at_first)));
    words.extend(now.into_iter().chain(rich).filter(|_| is_drawn));
}

/// What of a choice is displayed, where its value is another (ISO 32000-2, table 234).
fn displayed(widget: &Dict<'_>, value: String) -> String {
    let holder = inherited(widget, "Opt");
    let choices = holder.and_then(|holder| holder.get::<Array<'_>>("Opt"));
    let pairs = choices.iter().flat_map(Array::iter::<Array<'_>>);
    let texts = pairs.map(|pair| {
        pair.iter::<PdfString<'_>>().map(|text| plain(decoded(&text).trim())).collect::<Vec<_>>()
    });
    let mut texts = texts.filter(|pair| pair.first() == Some(&value));
    texts.next().and_then(|mut pair| pair.pop()).unwrap_or(value)
}

/// How fields of a page are shown.
struct Place {
    to_displayed: Option<Matrix>,
    /// Whether readers draw fields from their values.
    is_drawn_anew: bool,
}

impl Place {
    fn of(page: &Page<'_>) -> Self {
        let xref = page.xref();
        let form = xref.get::<Dict<'_>>(xref.root_id());
        let form = form.and_then(|catalog| catalog.get::<Dict<'_>>("AcroForm"));
        Self {
            to_displayed: boxes(page).displayed_to_user().inverse(),
            is_drawn_anew: form
                .and_then(|form| form.get::<bool>("NeedAppearances"))
                .unwrap_or(false),
        }
    }

    /// What the value of a field stands for.
    fn seen(&self, widget: &Dict<'_>) -> Seen {
        let is_drawn =
            widget.get::<Dict<'_>>("AP").is_some_and(|drawings| drawings.contains_key("N"));
        let area = widget.get::<Rect>("Rect").zip(self.to_displayed);
        match (is_shown(widget), area) {
            (false, _) => Seen::Page(0),
            (true, Some((area, to_displayed))) if is_drawn && !self.is_drawn_anew => {
                let area = Area::new(area.x0, area.y0, area.x1, area.y1);
                Seen::At(to_displayed.apply_to_rect(area))
            }
            _ => Seen::Nothing,
        }
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
                self.words.extend(words_of_tag(&list, &Seen::Nothing));
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
                self.words.extend(words_of_tag(list, &Seen::Nothing));
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
