//! Comments and mark-up: annotations that somebody put onto pages (ISO 32000-2, 12.5.6.2).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document as Pdf};

use crate::pdf::syntax::dictionaries::{dict_of, get, get_array, get_name};
use crate::pdf::syntax::page_node::PageNode;

/// The kinds of mark-up annotation by their `/Subtype`, and what people call one.
const KINDS: [(&[u8], &str); 19] = [
    (b"Text", "sticky note"),
    (b"FreeText", "text box"),
    (b"Line", "line"),
    (b"Square", "box"),
    (b"Circle", "circle"),
    (b"Polygon", "polygon"),
    (b"PolyLine", "drawn line"),
    (b"Highlight", "highlight"),
    (b"Underline", "underlining"),
    (b"Squiggly", "wavy underlining"),
    (b"StrikeOut", "strike-out"),
    (b"Caret", "insertion mark"),
    (b"Stamp", "stamp"),
    (b"Ink", "drawing"),
    (b"Popup", "pop-up note"),
    (b"FileAttachment", "mark of an attached file"),
    (b"Sound", "sound"),
    (b"Projection", "projection"),
    (REDACT, "marked redaction"),
];

const REDACT: &[u8] = b"Redact";
const POPUP: &[u8] = b"Popup";

/// Comments of one kind on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentCount {
    /// The page, from 1.
    pub page: u32,
    /// What people call one of them, such as `highlight`.
    pub kind: &'static str,
    /// How many there are.
    pub count: u32,
}

/// The comments of a file, and its redactions that were marked and never carried out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceComments {
    /// By page, then by kind. A pop-up note that belongs to another annotation is not counted.
    pub counts: Vec<CommentCount>,
    /// How many unapplied redactions stand on each page that has any, pages from 1.
    pub redactions: Vec<(u32, u32)>,
}

impl SourceComments {
    pub(super) fn read(pdf: &Pdf, pages: &[PageNode]) -> Self {
        let mut comments = Self::default();
        for (page, node) in (1..).zip(pages) {
            let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
            let mut redactions = 0;
            for annotation in annotations(pdf, &node.dict) {
                match get_name(pdf, annotation, b"Subtype") {
                    Some(REDACT) => redactions += 1,
                    // One that belongs to none says something itself.
                    Some(POPUP) if annotation.has(b"Parent") || !annotation.has(b"Contents") => {}
                    None => {}
                    Some(other) => {
                        if let Some(kind) = comment_in_words(other) {
                            *counts.entry(kind).or_default() += 1;
                        }
                    }
                }
            }
            let counts = counts.into_iter();
            comments.counts.extend(counts.map(|(kind, count)| CommentCount { page, kind, count }));
            comments.redactions.extend((redactions > 0).then_some((page, redactions)));
        }
        comments
    }
}

/// The dictionaries of a page's annotations.
fn annotations<'a>(
    pdf: &'a Pdf,
    page: &'a Dictionary,
) -> impl Iterator<Item = &'a Dictionary> + 'a {
    let list = get_array(pdf, page, b"Annots").iter();
    list.filter_map(|object| dict_of(pdf, object))
}

/// Whether annotations of a `/Subtype` are comments or mark-up.
pub(crate) fn is_comment_kind(subtype: &[u8]) -> bool {
    comment_in_words(subtype).is_some()
}

/// What people call annotations of a `/Subtype`, if they are comments or mark-up.
pub(crate) fn comment_in_words(subtype: &[u8]) -> Option<&'static str> {
    KINDS.iter().find(|(name, _)| *name == subtype).map(|(_, words)| *words)
}

/// What people call an annotation, if it is a comment or mark-up; a reply to one counts whatever it is.
pub(crate) fn comment_kind(pdf: &Pdf, annotation: &Dictionary) -> Option<&'static str> {
    let kind = comment_in_words(get_name(pdf, annotation, b"Subtype")?);
    let is_reply = || get(pdf, annotation, b"IRT").is_some();
    kind.or_else(|| is_reply().then_some("reply"))
}
