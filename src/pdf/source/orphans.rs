//! Pages of a damaged file to which its page tree does not lead any more.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::tree::{count, is_page};
use crate::pdf::syntax::page_node::{PageNode, inherit, page_of};

/// How far up the parents of a lost page are followed.
const MAX_PARENTS: usize = 64;

/// Pages and parts of the tree by the node above them, which is gone.
pub(super) type Orphans = BTreeMap<ObjectId, Vec<ObjectId>>;

/// All whose parent is gone or knows no kids, each with its parent, in the order of their numbers.
pub(super) fn find(pdf: &Pdf) -> Orphans {
    let mut lost = Orphans::new();
    for (id, dict) in dictionaries(pdf) {
        if (is_page(dict) || dict.has_type(b"Pages"))
            && let Ok(parent) = dict.get(b"Parent").and_then(Object::as_reference)
            && !has_kids(pdf, parent)
        {
            lost.entry(parent).or_default().push(id);
        }
    }
    lost
}

fn has_kids(pdf: &Pdf, node: ObjectId) -> bool {
    pdf.get_dictionary(node).is_ok_and(|node| node.get_deref(b"Kids", pdf).is_ok())
}

/// Everything that says of itself that it is a page, in the order of the numbers.
pub(super) fn all_pages(pdf: &Pdf) -> Vec<PageNode> {
    dictionaries(pdf)
        .filter(|(_, dict)| is_page(dict))
        .map(|(id, dict)| page_of(pdf, Some(id), &inherited(pdf, dict), dict))
        .collect()
}

/// The most pages that any part of the tree says it has.
pub(super) fn highest_count(pdf: &Pdf) -> Option<usize> {
    dictionaries(pdf)
        .filter(|(_, dict)| dict.has_type(b"Pages"))
        .filter_map(|(_, dict)| count(pdf, dict))
        .max()
}

fn dictionaries(pdf: &Pdf) -> impl Iterator<Item = (ObjectId, &Dictionary)> {
    pdf.objects.iter().filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
}

/// What a page inherits from as many of its parents as are left.
fn inherited(pdf: &Pdf, page: &Dictionary) -> Dictionary {
    let mut parents = Vec::new();
    let mut seen = HashSet::new();
    let mut dict = page;
    while let Ok(parent) = dict.get(b"Parent").and_then(Object::as_reference)
        && let Ok(above) = pdf.get_dictionary(parent)
        && seen.insert(parent)
        && parents.len() < MAX_PARENTS
    {
        parents.push(above);
        dict = above;
    }
    let nothing = Dictionary::new();
    parents.into_iter().rev().fold(nothing, |all, parent| inherit(&all, parent))
}
