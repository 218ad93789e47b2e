//! Which pages may show something: those from which references lead to it.

use std::collections::{BTreeSet, HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::pdf::syntax::page_node::PageNode;

/// The pages, from 0, from which references lead to any of some objects. What leads there only by way of another page, or
/// of the list of pages, does not count: nothing is drawn through them.
pub(crate) fn pages_that_may_show(
    pdf: &Pdf,
    pages: &[PageNode],
    objects: &HashSet<ObjectId>,
) -> BTreeSet<u32> {
    if objects.is_empty() {
        return BTreeSet::new();
    }
    let leading = leading_to(pdf, pages, objects);
    let shows = |page: &PageNode| {
        let own = page.dict.iter().filter(|(key, _)| *key != b"Parent");
        own.into_iter().any(|(_, value)| leads_to_any(value, &leading))
    };
    let numbers = (0..).zip(pages);
    numbers.filter(|(_, page)| shows(page)).map(|(number, _)| number).collect()
}

/// Those objects, and all that lead to them other than by way of a page.
fn leading_to(pdf: &Pdf, pages: &[PageNode], objects: &HashSet<ObjectId>) -> HashSet<ObjectId> {
    let pages: HashSet<ObjectId> = pages.iter().filter_map(|page| page.id).collect();
    let mut from: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
    for (id, object) in pdf.objects.iter().filter(|(id, _)| !pages.contains(*id)) {
        each_reference(object, &mut |to| from.entry(to).or_default().push(*id));
    }
    let mut leading = objects.clone();
    let mut next: Vec<ObjectId> = objects.iter().copied().collect();
    while let Some(id) = next.pop() {
        let before = from.remove(&id).unwrap_or_default();
        next.extend(before.into_iter().filter(|id| leading.insert(*id)));
    }
    leading
}

fn leads_to_any(value: &Object, objects: &HashSet<ObjectId>) -> bool {
    let mut leads = false;
    each_reference(value, &mut |id| leads |= objects.contains(&id));
    leads
}

/// Calls `found` for each reference within an object.
pub(crate) fn each_reference(object: &Object, found: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => found(*id),
        Object::Array(array) => array.iter().for_each(|item| each_reference(item, found)),
        Object::Dictionary(dict) => each_in(dict, found),
        Object::Stream(stream) => each_in(&stream.dict, found),
        _ => {}
    }
}

fn each_in(dict: &Dictionary, found: &mut impl FnMut(ObjectId)) {
    dict.iter().for_each(|(_, value)| each_reference(value, found));
}
