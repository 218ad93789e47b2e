//! Which element holds a piece of content: what becomes the parent tree (ISO 32000-2, 14.7.5.4).

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::walk::{Element, Item};
use crate::pdf::syntax::dictionaries::{get_array, get_dict};

/// No number tree that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// How many nodes and entries of a number tree are read at the most; arrays can be shared.
const MAX_ENTRIES: usize = 1 << 22;

/// How far apart the numbers of marked content may lie, beside eight times their count: an array
/// has a place for each number below the highest.
const MAX_UNUSED: usize = 4096;

/// The element of each marked-content sequence of one stream.
pub(super) type Marks = BTreeMap<u32, usize>;

/// The old keys into the parent tree.
pub(super) struct OldKeys {
    /// `/StructParents` of pages.
    pub(super) pages: HashMap<ObjectId, i64>,
    /// `/StructParent` of annotations.
    pub(super) objects: HashMap<ObjectId, i64>,
}

/// Everything of one source that has a key into the parent tree.
#[derive(Debug, Default)]
pub(super) struct Parents {
    pub(super) pages: BTreeMap<ObjectId, Marks>,
    pub(super) streams: BTreeMap<ObjectId, Marks>,
    pub(super) objects: BTreeMap<ObjectId, usize>,
}

impl Parents {
    /// Collects what the elements hold. The first element to hold something has it.
    pub(super) fn of(elements: &[Element]) -> Self {
        let mut parents = Self::default();
        let kept = elements.iter().enumerate().filter(|(_, element)| element.kept);
        for (index, item) in
            kept.flat_map(|(index, element)| element.items.iter().map(move |item| (index, *item)))
        {
            match item {
                Item::Element(_) => {}
                Item::MarkedContent(mark) => {
                    let marks = match mark.stream {
                        Some(stream) => parents.streams.entry(stream),
                        None => parents.pages.entry(mark.page),
                    };
                    marks.or_default().entry(mark.mcid).or_insert(index);
                }
                Item::Object { object, .. } => {
                    parents.objects.entry(object).or_insert(index);
                }
            }
        }
        // A stream has one key only.
        parents.objects.retain(|object, _| !parents.streams.contains_key(object));
        parents
    }

    /// Adds what only the source's own parent tree says.
    pub(super) fn fill(
        &mut self,
        pdf: &Pdf,
        root: &Dictionary,
        elements: &[Element],
        old: &OldKeys,
    ) {
        let tree = read_numbers(pdf, root);
        let places: HashMap<ObjectId, usize> = elements
            .iter()
            .enumerate()
            .filter(|(_, element)| element.kept)
            .filter_map(|(index, element)| Some((element.id()?, index)))
            .collect();
        let place = |object: &Object| places.get(&object.as_reference().ok()?).copied();
        for (page, key) in &old.pages {
            let Some(Ok((_, Object::Array(list)))) =
                tree.get(key).map(|list| pdf.dereference(list))
            else {
                continue;
            };
            for (mcid, index) in (0..).zip(list).filter_map(|(n, object)| Some((n, place(object)?)))
            {
                let marks = self.pages.entry(*page).or_default();
                marks.entry(mcid).or_insert(index);
            }
        }
        for (object, key) in &old.objects {
            if let Some(index) = tree.get(key).and_then(place) {
                self.objects.entry(*object).or_insert(index);
            }
        }
    }

    /// Every page with its key, the first one being `first`.
    pub(super) fn page_keys(&self, first: i64) -> impl Iterator<Item = (ObjectId, i64)> {
        self.pages.keys().copied().zip(first..)
    }

    /// How many keys they need.
    pub(super) fn len(&self) -> usize {
        self.pages.len() + self.streams.len() + self.objects.len()
    }
}

/// The array of the parent tree for some marks, `None` where there is no element.
pub(super) fn by_number(marks: &Marks) -> Vec<Option<usize>> {
    let most = MAX_UNUSED + 8 * marks.len();
    let mut list = Vec::new();
    for (mcid, element) in marks {
        let place = *mcid as usize;
        if place < most {
            list.resize(place, None);
            list.push(Some(*element));
        }
    }
    list
}

/// The entries of a source's parent tree.
fn read_numbers(pdf: &Pdf, root: &Dictionary) -> HashMap<i64, Object> {
    let mut numbers = HashMap::new();
    let mut seen = HashSet::new();
    let mut nodes: Vec<(&Dictionary, usize)> =
        get_dict(pdf, root, b"ParentTree").map(|node| (node, 0)).into_iter().collect();
    let mut read = 0;
    while let Some((node, depth)) = nodes.pop() {
        let entries = get_array(pdf, node, b"Nums");
        let kids = get_array(pdf, node, b"Kids");
        read += 1 + entries.len() + kids.len();
        if read > MAX_ENTRIES {
            break;
        }
        for pair in entries.chunks(2) {
            if let [Object::Integer(key), value] = pair {
                numbers.entry(*key).or_insert_with(|| value.clone());
            }
        }
        for kid in kids {
            let unseen = kid.as_reference().map_or(true, |id| seen.insert(id));
            if unseen
                && depth < MAX_DEPTH
                && let Ok((_, Object::Dictionary(kid))) = pdf.dereference(kid)
            {
                nodes.push((kid, depth + 1));
            }
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_left_for_each_number_but_not_for_any_number() {
        let marks = Marks::from([(1, 7), (3, 8), (4_000_000_000, 9)]);
        assert_eq!(by_number(&marks), [None, Some(7), None, Some(8)]);
    }
}
