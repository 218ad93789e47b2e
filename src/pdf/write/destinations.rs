//! Destinations (ISO 32000-2, 12.3.2): named ones are looked up, page numbers become references, so
//! that each destination holds the page it leads to.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::{get, get_dict};

/// No name tree that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// The destinations of one source.
#[derive(Debug, Default)]
pub(super) struct Destinations {
    /// Explicit destinations by name, each with its page.
    pub(super) named: BTreeMap<Vec<u8>, (ObjectId, Object)>,
    /// Every page by its place in the source.
    pages: Vec<Option<ObjectId>>,
    known: HashSet<ObjectId>,
}

impl Destinations {
    /// Reads the names of a source, those of `/Dests` and those of the name tree.
    pub(super) fn read(pdf: &Pdf, pages: &[PageNode]) -> Self {
        let mut destinations = Self {
            named: BTreeMap::new(),
            pages: pages.iter().map(|page| page.id).collect(),
            known: pages.iter().filter_map(|page| page.id).collect(),
        };
        let Ok(catalog) = pdf.catalog() else {
            return destinations;
        };
        let mut found = Vec::new();
        if let Some(dests) = get_dict(pdf, catalog, b"Dests") {
            found.extend(dests.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
        if let Some(tree) =
            get_dict(pdf, catalog, b"Names").and_then(|names| get_dict(pdf, names, b"Dests"))
        {
            read_name_tree(pdf, tree, 0, &mut HashSet::new(), &mut found);
        }
        for (name, value) in found {
            if let Some(explicit) = destinations.explicit(pdf, &value) {
                destinations.named.entry(name).or_insert(explicit);
            }
        }
        destinations
    }

    /// The page and the explicit form of a destination of any kind; `None` where it leads nowhere.
    pub(super) fn resolve(&self, pdf: &Pdf, destination: &Object) -> Option<(ObjectId, Object)> {
        match pdf.dereference(destination).ok()?.1 {
            Object::Name(name) | Object::String(name, _) => self.named.get(name).cloned(),
            object => self.explicit(pdf, object),
        }
    }

    /// An array, or a dictionary that holds one under `/D`.
    fn explicit(&self, pdf: &Pdf, destination: &Object) -> Option<(ObjectId, Object)> {
        let object = pdf.dereference(destination).ok()?.1;
        let array = match object {
            Object::Array(array) => array,
            Object::Dictionary(dict) => get(pdf, dict, b"D")?.as_array().ok()?,
            _ => return None,
        };
        let (first, rest) = array.split_first()?;
        let page = match first {
            Object::Reference(id) if self.known.contains(id) => *id,
            Object::Reference(id) => page_of_element(pdf, *id)?,
            Object::Integer(number) => {
                self.pages.get(usize::try_from(*number).ok()?).copied().flatten()?
            }
            _ => return None,
        };
        let mut explicit = vec![Object::Reference(page)];
        explicit.extend(
            rest.iter()
                .map(|item| pdf.dereference(item).map_or(Object::Null, |(_, item)| item.clone())),
        );
        self.known.contains(&page).then_some((page, Object::Array(explicit)))
    }
}

/// The page of a tag that a destination names in the place of its page (ISO 32000-2, 12.3.2.3): its own, or that of the
/// first thing in it.
fn page_of_element(pdf: &Pdf, id: ObjectId) -> Option<ObjectId> {
    let mut element = pdf.get_dictionary(id).ok().filter(|dict| dict.has(b"S"))?;
    for _ in 0..MAX_DEPTH {
        if let Ok(page) = element.get(b"Pg") {
            return page.as_reference().ok();
        }
        let held = match get(pdf, element, b"K")? {
            Object::Array(held) => held.first()?,
            held => held,
        };
        element = pdf.dereference(held).ok()?.1.as_dict().ok()?;
    }
    None
}

fn read_name_tree(
    pdf: &Pdf,
    node: &Dictionary,
    depth: usize,
    seen: &mut HashSet<ObjectId>,
    found: &mut Vec<(Vec<u8>, Object)>,
) {
    for pair in unseen_array(pdf, node, b"Names", seen).chunks(2) {
        if let [name, value] = pair
            && let Ok(Object::String(name, _)) = pdf.dereference(name).map(|(_, name)| name)
        {
            found.push((name.clone(), value.clone()));
        }
    }
    for kid in unseen_array(pdf, node, b"Kids", seen) {
        let unseen = kid.as_reference().map_or(true, |id| seen.insert(id));
        if unseen
            && depth < MAX_DEPTH
            && let Ok((_, Object::Dictionary(kid))) = pdf.dereference(kid)
        {
            read_name_tree(pdf, kid, depth + 1, seen, found);
        }
    }
}

/// An array that was not read before: nodes that stand directly in it have no number by which a loop
/// would be known.
fn unseen_array<'a>(
    pdf: &'a Pdf,
    node: &'a Dictionary,
    key: &[u8],
    seen: &mut HashSet<ObjectId>,
) -> &'a [Object] {
    let found = node.get(key).and_then(|array| pdf.dereference(array));
    match found {
        Ok((id, Object::Array(array))) if id.is_none_or(|id| seen.insert(id)) => array,
        _ => &[],
    }
}

/// The names of all sources, each unique in the bundle.
#[derive(Debug, Default)]
pub(super) struct NamedDestinations {
    entries: BTreeMap<Vec<u8>, Object>,
    next: HashMap<Vec<u8>, u32>,
}

impl NamedDestinations {
    /// Adds a destination whose references are those of the bundle; a name that is taken gets a
    /// number behind it.
    pub(super) fn add(&mut self, name: &[u8], destination: Object) {
        let mut unique = name.to_vec();
        while self.entries.contains_key(&unique) {
            let next = self.next.entry(name.to_vec()).or_insert(1);
            *next += 1;
            unique = [name, format!("_{next}").as_bytes()].concat();
        }
        self.entries.insert(unique, destination);
    }

    /// The names in order, as a name tree wants them.
    pub(super) fn into_entries(self) -> impl Iterator<Item = (Vec<u8>, Object)> {
        self.entries.into_iter()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_destination_may_name_a_tag_in_the_place_of_its_page() {
        let mut pdf = Pdf::with_version("2.0");
        let page = pdf.add_object(dictionary! { "Type" => "Page" });
        let inner = pdf.add_object(dictionary! { "S" => "Span", "Pg" => page, "K" => 3 });
        let outer = pdf.add_object(dictionary! { "S" => "P", "K" => vec![inner.into(), 4.into()] });
        let circle = pdf.new_object_id();
        pdf.objects.insert(circle, dictionary! { "S" => "P", "K" => circle }.into());
        let destinations = Destinations { known: HashSet::from([page]), ..Destinations::default() };
        let to = |id: ObjectId| Object::Array(vec![id.into(), "Fit".into()]);
        let resolved = destinations.resolve(&pdf, &to(outer));
        assert_eq!(resolved, Some((page, to(page))));
        assert_eq!(destinations.resolve(&pdf, &to(circle)), None);
        assert_eq!(destinations.resolve(&pdf, &to((99, 0))), None);
    }
}
