//! One page of a source: what it says of itself, what it inherits, and its boxes.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::geometry::{PageBox, Rect, Rotation};

/// US Letter, which readers assume where no box can be had.
const DEFAULT_BOX: Rect = Rect {
    left: 0.0,
    bottom: 0.0,
    right: 612.0,
    top: 792.0,
};

/// The attributes that a page inherits (ISO 32000-2, table 31).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// One page of a source.
#[derive(Debug, Clone)]
pub struct PageNode {
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
pub(super) fn inherit(inherited: &Dictionary, own: &Dictionary) -> Dictionary {
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
pub(super) fn page_of(
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
    PageNode {
        id,
        boxes,
        box_assumed,
        dict,
    }
}

/// The boxes of a page, and whether any had to be made up.
fn boxes(pdf: &Pdf, dict: &Dictionary) -> (PageBox, bool) {
    let stated = rect(pdf, dict, b"MediaBox");
    let media = stated.unwrap_or(DEFAULT_BOX);
    let cropped = rect(pdf, dict, b"CropBox").map(|crop| crop.intersection(media));
    let crop = cropped.flatten().unwrap_or(media);
    let box_assumed = stated.is_none() || cropped == Some(None);
    let rotation = dict
        .get_deref(b"Rotate", pdf)
        .and_then(Object::as_float)
        .map_or(Rotation::None, |degrees| {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "saturates, and only multiples of 90 count"
            )]
            Rotation::from_degrees(degrees as i64)
        });
    let user_unit = dict
        .get_deref(b"UserUnit", pdf)
        .and_then(Object::as_float)
        .map_or(1.0, f64::from);
    let boxes = PageBox {
        media,
        crop,
        rotation,
        user_unit: if user_unit.is_finite() && user_unit > 0.0 {
            user_unit
        } else {
            1.0
        },
    };
    (boxes, box_assumed)
}

/// A rectangle with an area; anything else counts as absent.
fn rect(pdf: &Pdf, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
    let array = dict.get_deref(key, pdf).ok()?.as_array().ok()?;
    let mut numbers = array.iter().map(|number| {
        pdf.dereference(number)
            .ok()?
            .1
            .as_float()
            .ok()
            .map(f64::from)
    });
    let mut next = || numbers.next().flatten().filter(|number| number.is_finite());
    let rect = Rect::new(next()?, next()?, next()?, next()?);
    (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
}
