//! The page tree (ISO 32000-2, 7.7.3), walked as readers walk it: direct kids, missing types and
//! shared pages are taken, loops are cut.

use std::collections::HashSet;
use std::rc::Rc;

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

/// No page tree that people made comes near this depth.
const MAX_DEPTH: usize = 256;

/// One page of a source.
#[derive(Debug, Clone)]
pub struct PageNode {
    /// The object that holds it; `None` where it stands directly in `/Kids`.
    pub id: Option<ObjectId>,
    /// Its dictionary, inherited attributes filled in.
    pub dict: Dictionary,
    /// Its boxes.
    pub boxes: PageBox,
}

/// What a walk over the page tree found.
#[derive(Debug, Default)]
pub(super) struct PageWalk {
    pub(super) pages: Vec<PageNode>,
    /// Entries of `/Kids` that lead to no dictionary.
    pub(super) broken_kids: usize,
    /// `/Count` of the root, where it is a sensible number.
    pub(super) declared: Option<usize>,
    /// Whether the box of some page had to be made up: readers differ in what they take instead.
    pub(super) box_assumed: bool,
}

struct Node {
    object: Object,
    inherited: Rc<Dictionary>,
    depth: usize,
}

/// Walks the whole tree, first page first.
pub(super) fn walk(pdf: &Pdf) -> PageWalk {
    let mut walk = PageWalk::default();
    let Ok(root) = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")) else {
        return walk;
    };
    walk.declared = dictionary(pdf, root)
        .and_then(|root| root.get_deref(b"Count", pdf).ok())
        .and_then(|count| count.as_i64().ok())
        .and_then(|count| usize::try_from(count).ok());
    let mut seen = HashSet::new();
    let mut stack = vec![Node {
        object: root.clone(),
        inherited: Rc::new(Dictionary::new()),
        depth: 0,
    }];
    while let Some(node) = stack.pop() {
        let Some(dict) = dictionary(pdf, &node.object) else {
            walk.broken_kids += 1;
            continue;
        };
        let kids = dict.get_deref(b"Kids", pdf).and_then(Object::as_array).ok();
        match kids {
            Some(kids) if !is_page(dict) => {
                let unseen = node
                    .object
                    .as_reference()
                    .map_or(true, |id| seen.insert(id));
                if unseen && node.depth < MAX_DEPTH {
                    let inherited = Rc::new(inherit(&node.inherited, dict));
                    stack.extend(kids.iter().rev().map(|kid| Node {
                        object: kid.clone(),
                        inherited: Rc::clone(&inherited),
                        depth: node.depth + 1,
                    }));
                }
            }
            _ if is_page(dict)
                || dict.has(b"Contents")
                || dict.has(b"Resources")
                || node.depth > 0 =>
            {
                let (page, box_assumed) = page(pdf, &node, dict);
                walk.pages.push(page);
                walk.box_assumed |= box_assumed;
            }
            // A root without kids: a document without pages.
            _ => {}
        }
    }
    walk
}

fn is_page(dict: &Dictionary) -> bool {
    dict.has_type(b"Page")
}

fn dictionary<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

fn inherit(inherited: &Dictionary, own: &Dictionary) -> Dictionary {
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

/// A page, and whether its box had to be made up.
fn page(pdf: &Pdf, node: &Node, own: &Dictionary) -> (PageNode, bool) {
    let mut dict = own.clone();
    for (key, value) in node.inherited.iter() {
        if dict.get(key).map_or(true, Object::is_null) {
            dict.set(key.clone(), value.clone());
        }
    }
    let (boxes, box_assumed) = boxes(pdf, &dict);
    let page = PageNode {
        id: node.object.as_reference().ok(),
        boxes,
        dict,
    };
    (page, box_assumed)
}

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
