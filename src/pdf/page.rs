//! One page on its way into the bundle: its own content, closed where it was left open, its number,
//! and its links.

use std::collections::HashMap;
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::content::{Ending, read_ending};
use super::file::{FileWriter, ObjectNumber, compressed};
use super::import::Import;
use super::stamp::{StampFont, content_stream};
use super::values::{real, rectangle};
use crate::geometry::{PageBox, Rect};
use crate::manifest::Position;
use crate::plan::enlarge;
use crate::source::PageNode;

/// Keys of a page that are replaced, are about the file rather than the page, or make a reader do
/// something by itself.
const DROPPED: [&[u8]; 16] = [
    b"Parent",
    b"Thumb",
    b"PieceInfo",
    b"Metadata",
    b"LastModified",
    b"AA",
    b"B",
    b"StructParents",
    b"PresSteps",
    b"Trans",
    b"Dur",
    b"AF",
    b"ID",
    b"DPart",
    b"TemplateInstantiated",
    b"SeparationInfo",
];

/// How much content of one page is read to see what it leaves open.
const MOST_CONTENT: usize = 1 << 28;

/// What every page of a bundle gets.
pub(super) struct Stamping {
    pub(super) font: StampFont,
    pub(super) font_number: ObjectNumber,
    /// A stream that holds `q`, before every page's own content.
    pub(super) save: ObjectNumber,
    /// Where a click on the number leads.
    pub(super) index: Object,
}

/// Where one page goes and what is printed on it.
pub(super) struct Target<'a> {
    pub(super) number: ObjectNumber,
    pub(super) parent: ObjectNumber,
    pub(super) label: &'a str,
    pub(super) position: Position,
    pub(super) enlarged: bool,
}

impl Target<'_> {
    /// The boxes of the page in the bundle.
    pub(super) fn boxes(&self, page: PageBox) -> PageBox {
        if self.enlarged {
            enlarge(page, self.position)
        } else {
            page
        }
    }
}

/// Resources that several pages of a source share, with the stamp's font added once.
pub(super) type SharedResources = HashMap<ObjectId, (Object, String)>;

/// Writes one page of a source, with its annotations in references of the source, and links in those
/// of the bundle. What the page refers to is written by [`Import::drain`] once all pages are, as
/// pages share objects.
pub(super) fn write<W: Write>(
    import: &mut Import<'_, W>,
    page: &PageNode,
    annotations: Vec<Object>,
    links: Vec<Object>,
    target: &Target<'_>,
    stamping: &Stamping,
    shared: &mut SharedResources,
) -> Result<(), PdfError> {
    let boxes = target.boxes(page.boxes);
    let mut dict = page.dict.clone();
    for key in DROPPED
        .iter()
        .chain(&[b"Contents".as_slice(), b"Resources", b"Annots"])
    {
        dict.remove(key);
    }
    import.rewrite_dict(&mut dict)?;
    set_boxes(&mut dict, page.boxes, boxes, target.enlarged);
    let (resources, font) = resources(import, page, stamping, shared)?;
    let frame = stamping.font.frame(boxes, target.position, target.label);
    dict.set("Type", "Page");
    dict.set("Parent", target.parent.reference());
    dict.set("Resources", resources);
    dict.set(
        "Contents",
        contents(import, page, target, stamping, boxes, frame, &font)?,
    );
    let mut annotations = Object::Array(annotations);
    import.rewrite(&mut annotations)?;
    if let Object::Array(annotations) = &mut annotations {
        annotations.extend(links);
        annotations.push(link(
            boxes.displayed_to_user().apply_to_rect(frame),
            stamping.index.clone(),
        ));
    }
    dict.set("Annots", annotations);
    import.file.put(target.number, dict.into())
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

/// The page's resources with the stamp's font among them, and the name it has there.
fn resources<W: Write>(
    import: &mut Import<'_, W>,
    page: &PageNode,
    stamping: &Stamping,
    shared: &mut SharedResources,
) -> Result<(Object, String), PdfError> {
    let id = page
        .dict
        .get(b"Resources")
        .ok()
        .and_then(|resources| resources.as_reference().ok());
    if let Some(known) = id.and_then(|id| shared.get(&id)) {
        return Ok(known.clone());
    }
    let own = page.dict.get(b"Resources").ok();
    let mut resources = own
        .and_then(|own| super::values::dict_of(&import.pdf, own))
        .cloned()
        .unwrap_or_default();
    let mut fonts = super::values::get_dict(&import.pdf, &resources, b"Font")
        .cloned()
        .unwrap_or_default();
    let mut name = "CourtbundleNumber".to_owned();
    while fonts.has(name.as_bytes()) {
        name.push('X');
    }
    resources.remove(b"Font");
    import.rewrite_dict(&mut resources)?;
    import.rewrite_dict(&mut fonts)?;
    fonts.set(name.clone(), stamping.font_number.reference());
    resources.set("Font", fonts);
    let Some(id) = id else {
        return Ok((resources.into(), name));
    };
    let known = (import.file.add(resources.into())?.reference(), name);
    shared.insert(id, known.clone());
    Ok(known)
}

/// The page's content between `q` and what closes it, then the number.
fn contents<W: Write>(
    import: &mut Import<'_, W>,
    page: &PageNode,
    target: &Target<'_>,
    stamping: &Stamping,
    boxes: PageBox,
    frame: Rect,
    font: &str,
) -> Result<Object, PdfError> {
    let parts = content_parts(&import.pdf, page);
    let (content, ending) = read_content(&import.pdf, &parts);
    let mut streams = vec![if target.enlarged {
        // What the crop box hid must stay hidden.
        let Rect { left, bottom, .. } = page.boxes.crop;
        let clip = format!(
            "q {left} {bottom} {} {} re W n\n",
            page.boxes.crop.width(),
            page.boxes.crop.height()
        );
        import
            .file
            .add(content_stream(clip.into_bytes()))?
            .reference()
    } else {
        stamping.save.reference()
    }];
    if ending.stray_restores.is_empty() {
        let mut own = Object::Array(parts.into_iter().map(Object::Reference).collect());
        import.rewrite(&mut own)?;
        if let Object::Array(own) = own {
            streams.extend(own.into_iter().filter(|part| !part.is_null()));
        }
    } else {
        let mended = mend(content, &ending);
        streams.push(
            import
                .file
                .add(Object::Stream(compressed(Dictionary::new(), &mended)?))?
                .reference(),
        );
    }
    let mut last = ending.close();
    last.extend(b"Q\n");
    last.extend(stamping.font.operators(boxes, frame, target.label, font));
    streams.push(import.file.add(content_stream(last))?.reference());
    Ok(Object::Array(streams))
}

/// The streams of a page's content, in order.
fn content_parts(pdf: &Pdf, page: &PageNode) -> Vec<ObjectId> {
    let is_stream = |id: &ObjectId| matches!(pdf.objects.get(id), Some(Object::Stream(_)));
    let parts = match page.dict.get(b"Contents") {
        Ok(Object::Reference(id)) => match pdf.objects.get(id) {
            Some(Object::Array(parts)) => super::values::references(parts).collect(),
            _ => vec![*id],
        },
        Ok(Object::Array(parts)) => super::values::references(parts).collect(),
        _ => Vec::new(),
    };
    parts.into_iter().filter(is_stream).collect()
}

fn read_content(pdf: &Pdf, parts: &[ObjectId]) -> (Vec<u8>, Ending) {
    let mut content = Vec::new();
    for part in parts {
        if let Some(Object::Stream(stream)) = pdf.objects.get(part) {
            if let Ok(plain) = stream.get_plain_content_with_limit(MOST_CONTENT) {
                content.extend(plain);
            }
            content.push(b'\n');
        }
    }
    let ending = read_ending(&content);
    (content, ending)
}

/// Blanks each `Q` that readers pass over: behind our `q` it would not be passed over.
fn mend(mut content: Vec<u8>, ending: &Ending) -> Vec<u8> {
    for position in &ending.stray_restores {
        if let Some(byte) = content.get_mut(*position) {
            *byte = b' ';
        }
    }
    content
}

/// Writes the stream that goes before every page's own content.
pub(super) fn write_save<W: Write>(file: &mut FileWriter<W>) -> Result<ObjectNumber, PdfError> {
    file.add(content_stream(b"q\n".to_vec()))
}
