//! Annotations (ISO 32000-2, 12.5) made ready to be carried over: links lead to pages of the bundle
//! or go, actions are cleaned, signatures become pictures of themselves.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use super::destinations::Destinations;
use super::values::rect;
use super::{actions, annotation_clip};
use crate::model::geometry::Rect;
use crate::model::words::counted;
use crate::model::{Code, Finding, Severity};
use crate::pdf::source::comment_kind;
use crate::pdf::syntax::HiddenLayers;
use crate::pdf::syntax::dictionaries::{dict_of, get, get_array, get_dict};

/// Keys of a form field, which a flattened signature loses.
const FIELD_KEYS: [&[u8]; 14] = [
    b"FT", b"V", b"DV", b"T", b"TU", b"TM", b"Ff", b"Parent", b"Kids", b"Lock", b"SV", b"DA",
    b"MK", b"A",
];

/// Annotations that play something (ISO 32000-2, table 171).
const MEDIA: [&[u8]; 5] = [b"Movie", b"Screen", b"3D", b"RichMedia", b"Sound"];

/// What of such an annotation is about its look and place.
const LOOK: [&[u8]; 12] = [
    b"Type",
    b"Subtype",
    b"Rect",
    b"P",
    b"NM",
    b"F",
    b"AP",
    b"AS",
    b"Border",
    b"C",
    b"StructParent",
    b"OC",
];

/// What a page's annotations are judged by.
pub(super) struct Context<'a> {
    pub(super) destinations: &'a Destinations,
    /// The pages of this source that are in the bundle.
    pub(super) taken: &'a HashSet<ObjectId>,
    /// The annotations of those pages.
    pub(super) listed: &'a HashSet<ObjectId>,
    /// The number of the page in its source, from 1.
    pub(super) page: u32,
    /// Whether comments and mark-up go.
    pub(super) strip_comments: bool,
    /// The hidden layers, where what they hold goes.
    pub(super) hidden: Option<&'a HiddenLayers>,
    /// What was displayed before, where the page is enlarged: nothing outside may come into view.
    pub(super) visible: Option<Rect>,
}

/// The annotations of a page, made ready; indirect ones are changed in place. Those that go altogether
/// are `barred`, so that nothing brings them back.
pub(super) fn prepare(
    pdf: &mut Pdf,
    page: &Dictionary,
    context: &Context<'_>,
    barred: &mut HashSet<ObjectId>,
    findings: &mut Vec<Finding>,
) -> Vec<Object> {
    let mut kept = Vec::new();
    let mut stripped: BTreeMap<&str, u32> = BTreeMap::new();
    if get_dict(pdf, page, b"AA").is_some() {
        let message = "actions on opening or closing the page were taken out";
        findings.push(Finding::new(Code::ActionRemoved, message).on_page(context.page));
    }
    for object in get_array(pdf, page, b"Annots").to_vec() {
        let Ok((_, Object::Dictionary(annotation))) = pdf.dereference(&object) else {
            continue;
        };
        let mut annotation = annotation.clone();
        if let Some(layers) = context.hidden
            && layers.hide_dict(pdf, &annotation)
        {
            barred.extend(object.as_reference());
            continue;
        }
        if context.strip_comments
            && let Some(kind) = comment_kind(pdf, &annotation)
        {
            *stripped.entry(kind).or_default() += 1;
            barred.extend(object.as_reference());
            continue;
        }
        if !prepare_one(pdf, &mut annotation, context, findings) {
            continue;
        }
        if is_subtype(pdf, &annotation, b"FileAttachment") {
            findings.extend(become_a_stamp(pdf, &mut annotation, context.page));
        }
        if let Some(visible) = context.visible {
            annotation_clip::clip(pdf, &mut annotation, visible);
        }
        match object {
            Object::Reference(id) => {
                pdf.objects.insert(id, Object::Dictionary(annotation));
                kept.push(object);
            }
            _ => {
                // No element can refer to it.
                annotation.remove(b"StructParent");
                kept.push(Object::Dictionary(annotation));
            }
        }
    }
    // Each belongs to a comment, which is told.
    stripped.remove("pop-up note");
    if !stripped.is_empty() {
        let message = format!("{} taken out", counted(&stripped));
        findings.push(Finding::new(Code::CommentsStripped, message).on_page(context.page));
    }
    kept
}

/// Returns whether the annotation stays.
fn prepare_one(
    pdf: &Pdf,
    annotation: &mut Dictionary,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> bool {
    if let Some(visible) = context.visible
        && rect(pdf, annotation, b"Rect").is_some_and(|rect| rect.intersection(visible).is_none())
    {
        let message =
            "an annotation beside the displayed part of the page was left out, as the page grew";
        findings.push(Finding::new(Code::AnnotationDropped, message).on_page(context.page));
        return false;
    }
    // Of an action that is not in the file nothing can be said.
    let lacks_action = annotation.get(b"A").is_ok_and(|action| dict_of(pdf, action).is_none());
    for removed in actions::clean(pdf, annotation) {
        findings.push(
            Finding::new(
                Code::ActionRemoved,
                format!("an action of the kind {removed} was taken out"),
            )
            .on_page(context.page),
        );
    }
    annotation.remove(b"AF");
    annotation.remove(b"PA");
    drop_strangers(pdf, annotation, context.listed);
    if annotation.has_type(b"Annot") || annotation.has(b"Subtype") {
        if let Some(kind) = MEDIA.iter().find(|kind| is_subtype(pdf, annotation, kind)) {
            let message = format!(
                "what the page would play ({}) was taken out; its look stays",
                String::from_utf8_lossy(kind)
            );
            findings.push(Finding::new(Code::MediaDropped, message).on_page(context.page));
            if !annotation.has(b"AP") {
                return false;
            }
            silence(annotation);
        }
        if is_signature(pdf, annotation) {
            flatten(annotation);
            findings.push(
                Finding::new(
                    Code::SignatureFlattened,
                    "the digital signature no longer validates in the bundle; its look is kept",
                )
                .on_page(context.page)
                .hint("keep the original file for anyone who wants to check the signature"),
            );
        }
    }
    drop_notes(pdf, annotation);
    lead_into_bundle(pdf, annotation, lacks_action, context, findings)
}

/// Takes out what an annotation says of another that is on no page taken: of a comment that it answers, or that its
/// window belongs to.
fn drop_strangers(pdf: &Pdf, annotation: &mut Dictionary, listed: &HashSet<ObjectId>) {
    let is_stranger = |annotation: &Dictionary, key: &[u8]| {
        let other = annotation.get(key).and_then(Object::as_reference);
        other.map_or(annotation.has(key), |other| !listed.contains(&other))
    };
    if is_stranger(annotation, b"IRT") {
        annotation.remove(b"IRT");
        annotation.remove(b"RT");
    }
    let is_window = is_subtype(pdf, annotation, b"Popup");
    if is_window && is_stranger(annotation, b"Parent") {
        annotation.remove(b"Parent");
    }
}

/// Takes out of links and form fields what is not about what they show or hold: who made them and when, and how a field
/// looks under the mouse. Its values stay, all of them.
fn drop_notes(pdf: &Pdf, annotation: &mut Dictionary) {
    let notes: &[&[u8]] = if is_subtype(pdf, annotation, b"Link") {
        &[b"T", b"M", b"NM", b"Subj", b"CreationDate", b"RC"]
    } else if is_subtype(pdf, annotation, b"Widget") {
        &[b"M", b"NM"]
    } else {
        return;
    };
    for key in notes {
        annotation.remove(key);
    }
    let looks = get(pdf, annotation, b"AP").and_then(|looks| looks.as_dict().ok());
    if let Some(normal) = looks.and_then(|looks| looks.get(b"N").ok()).cloned() {
        annotation.set("AP", Dictionary::from_iter([("N", normal)]));
    }
}

/// Gives a link its explicit destination. Returns whether the annotation stays.
fn lead_into_bundle(
    pdf: &Pdf,
    annotation: &mut Dictionary,
    lacks_action: bool,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> bool {
    let is_link = is_subtype(pdf, annotation, b"Link");
    let target = match annotation.get(b"Dest") {
        Ok(destination) => Some(destination.clone()),
        Err(_) => go_to(pdf, annotation),
    };
    let Some(target) = target else {
        let led_nowhere = is_link && lacks_action;
        findings.extend(led_nowhere.then(|| leads_nowhere(context.page)));
        return !led_nowhere;
    };
    annotation.remove(b"A");
    annotation.remove(b"Dest");
    match context.destinations.resolve(pdf, &target) {
        Some((page, explicit)) if context.taken.contains(&page) => {
            annotation.set("Dest", explicit);
            return true;
        }
        Some(_) => {
            let message = "a link leads to a page that is not in the bundle and was dropped";
            findings.push(Finding::new(Code::LinkDropped, message).on_page(context.page));
        }
        None => findings.push(leads_nowhere(context.page)),
    }
    !is_link
}

/// A link that is as good as none in its own file, too.
fn leads_nowhere(page: u32) -> Finding {
    let message = "a link leads nowhere in its own file and was dropped";
    let finding = Finding::new(Code::LinkDropped, message).on_page(page);
    Finding { severity: Severity::Info, ..finding }
}

fn go_to(pdf: &Pdf, annotation: &Dictionary) -> Option<Object> {
    let action = annotation.get(b"A").ok()?;
    if actions::kind(pdf, action)? != b"GoTo" {
        return None;
    }
    dict_of(pdf, action)?.get(b"D").ok().cloned()
}

fn is_subtype(pdf: &Pdf, annotation: &Dictionary, subtype: &[u8]) -> bool {
    get(pdf, annotation, b"Subtype")
        .is_some_and(|name| name.as_name().is_ok_and(|name| name == subtype))
}

/// A signature that was signed: its bytes cover the original file, so it cannot survive.
fn is_signature(pdf: &Pdf, annotation: &Dictionary) -> bool {
    let inherited = |key: &[u8]| {
        get(pdf, annotation, key).or_else(|| {
            let parent = get(pdf, annotation, b"Parent")?.as_dict().ok()?;
            get(pdf, parent, key)
        })
    };
    inherited(b"FT").is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Sig"))
        && inherited(b"V").is_some()
}

/// Leaves of what would play something nothing but its look.
fn silence(annotation: &mut Dictionary) {
    let keys: Vec<Vec<u8>> = annotation.iter().map(|(key, _)| key.clone()).collect();
    for key in keys.iter().filter(|key| !LOOK.contains(&key.as_slice())) {
        annotation.remove(key);
    }
    freeze(annotation);
}

/// Turns a signature's widget into a stamp annotation with the same appearance.
fn flatten(annotation: &mut Dictionary) {
    for key in FIELD_KEYS {
        annotation.remove(key);
    }
    freeze(annotation);
}

/// Turns the mark of an attached file into a stamp that shows it: some readers draw no mark without its file, and some
/// none of which the file does not hold the look.
fn become_a_stamp(pdf: &mut Pdf, annotation: &mut Dictionary, page: u32) -> Option<Finding> {
    freeze(annotation);
    annotation.remove(b"FS");
    annotation.remove(b"Name");
    let looks = get_dict(pdf, annotation, b"AP");
    if looks.is_some_and(|looks| get(pdf, looks, b"N").is_some()) {
        return None;
    }
    let look = pdf.add_object(paper_clip());
    annotation.set("AP", dictionary! { "N" => look });
    let message =
        "it leaves the look of the mark of an attached file to the reader; a paper clip was drawn";
    Some(Finding::new(Code::MarkDrawn, message).on_page(page))
}

/// A mark for an attached file that has no look of its own.
fn paper_clip() -> Stream {
    const CLIP: &[u8] =
        b"1 J 1 j 1.4 w 0.25 G\n6 13 m 6 6 l 6 3.8 7.8 2 10 2 c 12.2 2 14 3.8 14 6 c\n\
        14 15 l 14 16.7 12.7 18 11 18 c 9.3 18 8 16.7 8 15 c\n\
        8 7 l 8 5.9 8.9 5 10 5 c 11.1 5 12 5.9 12 7 c 12 13 l S\n";
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 20.into(), 20.into()],
        "Resources" => Dictionary::new(),
    };
    Stream::new(form, CLIP.to_vec())
}

fn freeze(annotation: &mut Dictionary) {
    annotation.set("Subtype", "Stamp");
    // Read-only and locked (ISO 32000-2, table 167), beside what it was.
    let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(4);
    annotation.set("F", flags | 0xC0);
}
