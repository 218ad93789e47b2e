//! One page of a source: what it says of itself, what it inherits, and its boxes.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::model::geometry::{PageBox, Rect, Rotation};

/// The attributes that a page inherits (ISO 32000-2, table 31).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// One page of a source.
#[derive(Debug, Clone)]
pub(crate) struct PageNode {
    /// The object that holds it; `None` where it stands directly in `/Kids`.
    pub id: Option<ObjectId>,
    /// Its dictionary, inherited attributes filled in.
    pub dict: Dictionary,
    /// Its boxes.
    pub boxes: PageBox,
    /// Whether one of them had to be made up: readers differ in what they take instead.
    pub box_assumed: bool,
}

/// What a page inherits from a node of the tree, on top of what that node inherits.
pub(crate) fn inherit(inherited: &Dictionary, own: &Dictionary) -> Dictionary {
    let mut merged = inherited.clone();
    for key in INHERITED {
        if let Ok(value) = own.get(key)
            && !value.is_null()
        {
            merged.set(key, value.clone());
        }
    }
    merged
}

/// A page with what it inherits.
pub(crate) fn page_of(
    pdf: &Pdf,
    id: Option<ObjectId>,
    inherited: &Dictionary,
    own: &Dictionary,
) -> PageNode {
    let mut dict = own.clone();
    for (key, value) in inherited.iter() {
        if dict.get(key).map_or(true, Object::is_null) {
            dict.set(key.clone(), value.clone());
        }
    }
    let (boxes, box_assumed) = boxes(pdf, &dict);
    PageNode { id, boxes, box_assumed, dict }
}

/// The boxes of a page, and whether any had to be made up.
fn boxes(pdf: &Pdf, dict: &Dictionary) -> (PageBox, bool) {
    let rotation = dict.get_deref(b"Rotate", pdf).and_then(Object::as_float).map_or(
        Rotation::None,
        |degrees| {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "saturates, and only multiples of 90 count"
            )]
            Rotation::from_degrees(degrees as i64)
        },
    );
    let user_unit =
        dict.get_deref(b"UserUnit", pdf).and_then(Object::as_float).map_or(1.0, f64::from);
    let [media, crop] = [b"MediaBox".as_slice(), b"CropBox"].map(|key| rect(pdf, dict, key));
    PageBox::displayed(media, crop, rotation, user_unit)
}

/// Four numbers as a rectangle.
fn rect(pdf: &Pdf, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
    let array = dict.get_deref(key, pdf).ok()?.as_array().ok()?;
    let mut numbers =
        array.iter().map(|number| pdf.dereference(number).ok()?.1.as_float().ok().map(f64::from));
    let mut next = || numbers.next().flatten();
    Some(Rect::new(next()?, next()?, next()?, next()?))
}
