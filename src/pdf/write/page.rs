//! One page on its way into the bundle: its own content, closed where it was left open, its number,
//! and its links.

use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, dictionary};

use super::PdfError;
use super::entries::{MARK, PAGE};
use super::file::{FileWriter, ObjectNumber};
use super::import::Import;
use super::page_content as content;
use super::page_content::SharedResources;
use super::stamp::{StampFont, content_stream};
use super::values::{real, rectangle};
use crate::manifest::Position;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::source::OF_A_PAGE;
use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::{dict_of, get};
use crate::plan::enlarge;

/// What every page of a bundle gets.
pub(super) struct Stamping {
    pub(super) font: StampFont,
    pub(super) font_reference: Object,
    /// A stream that holds `q`, before every page's own content.
    pub(super) save: ObjectNumber,
    /// Where a click on the number leads.
    pub(super) index: Object,
}

/// Where one page goes and what is printed on it.
pub(super) struct PageTarget<'a> {
    pub(super) number: ObjectNumber,
    pub(super) parent: ObjectNumber,
    pub(super) label: &'a str,
    pub(super) position: Position,
    pub(super) enlarged: bool,
    /// The page's key into the parent tree, where it is tagged.
    pub(super) structure_key: Option<i64>,
}

impl PageTarget<'_> {
    /// The boxes of the page in the bundle.
    pub(super) fn boxes(&self, page: PageBox) -> PageBox {
        if self.enlarged { enlarge(page, self.position) } else { page }
    }
}

/// Writes one page of a source, with its annotations in references of the source, and links in those
/// of the bundle. What the page refers to is written by [`Import::drain`] once all pages are, as
/// pages share objects. Returns the form that draws the content, where one does, and whether anything of the page may look
/// otherwise than in its source.
pub(super) fn write<W: Write>(
    import: &mut Import<'_, W>,
    page: &PageNode,
    annotations: Vec<Object>,
    links: Vec<Object>,
    target: &PageTarget<'_>,
    stamping: &Stamping,
    shared: &mut SharedResources,
) -> Result<(Option<ObjectNumber>, bool), PdfError> {
    let boxes = target.boxes(page.boxes);
    let mut whole = page.dict.clone();
    import.drop_files(&mut whole);
    let mut dict = Dictionary::new();
    for key in OF_A_PAGE {
        if let Some(value) = whole.remove(key) {
            dict.set(key, value);
        }
    }
    import.rewrite_dict_as(&mut dict, PAGE)?;
    set_boxes(&mut dict, page.boxes, boxes, target.enlarged);
    let frame = stamping.font.frame(boxes, target.position, target.label);
    let number = |font: &str| stamping.font.operators(boxes, frame, target.label, font);
    let clip = target.enlarged.then_some(page.boxes.crop);
    let content = content::carry(
        import,
        (page, &annotations),
        stamping,
        clip,
        number,
        shared,
        target.structure_key,
    )?;
    dict.set("Type", "Page");
    dict.set("Parent", target.parent.reference());
    dict.set("Resources", content.resources);
    dict.set("Contents", content.streams);
    let altered = content.altered || !annotations.iter().all(|one| is_link(&import.pdf, one));
    let mut annotations = Object::Array(annotations);
    import.rewrite_as(&mut annotations, MARK)?;
    if let Object::Array(annotations) = &mut annotations {
        annotations.retain(|annotation| !annotation.is_null());
        annotations.extend(links);
        annotations
            .push(link(boxes.displayed_to_user().apply_to_rect(frame), stamping.index.clone()));
    }
    dict.set("Annots", annotations);
    if let Some(key) = target.structure_key
        && content.form.is_none()
    {
        dict.set("StructParents", key);
    }
    import.file.put(target.number, dict.into())?;
    Ok((content.form, altered))
}

fn is_link(pdf: &Pdf, annotation: &Object) -> bool {
    let subtype = dict_of(pdf, annotation).and_then(|annotation| get(pdf, annotation, b"Subtype"));
    matches!(subtype.map(Object::as_name), Some(Ok(b"Link")))
}

/// A link without a border (ISO 32000-2, 12.5.6.5); it is printed nowhere as it has no look.
pub(super) fn link(rect: Rect, destination: Object) -> Object {
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => rectangle(rect),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "F" => 4,
        "Dest" => destination,
    }
    .into()
}

fn set_boxes(dict: &mut Dictionary, before: PageBox, after: PageBox, enlarged: bool) {
    dict.set("MediaBox", rectangle(after.media));
    if after.crop == after.media {
        dict.remove(b"CropBox");
    } else {
        dict.set("CropBox", rectangle(after.crop));
    }
    if enlarged {
        // They would lie within the crop box and say nothing of the page as it now is.
        for key in [b"BleedBox".as_slice(), b"TrimBox", b"ArtBox"] {
            dict.remove(key);
        }
    }
    dict.set("Rotate", after.rotation.degrees());
    if enlarged || (before.user_unit - 1.0).abs() > f64::EPSILON {
        dict.set("UserUnit", real(after.user_unit));
    }
}

/// Writes the stream that goes before every page's own content.
pub(super) fn write_save<W: Write>(file: &mut FileWriter<W>) -> Result<ObjectNumber, PdfError> {
    file.add(content_stream(b"q\n".to_vec()))
}
