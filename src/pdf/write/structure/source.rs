//! What one source says of its structure, read before anything of it is written.

use std::collections::HashMap;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::parents::{OldKeys, Parents};
use super::prune::prune;
use super::roles::SourceRoles;
use super::walk::{Element, Scope, Unusable, walk};
use crate::model::{Code, Finding};
use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::{get, get_dict};

/// The tags of one source, as far as they are about what is in the bundle.
pub(in crate::pdf::write) struct SourceTags {
    pub(super) elements: Vec<Element>,
    pub(super) parents: Parents,
    pub(super) roles: SourceRoles,
    /// The root of the tree; its kids are below an element of the bundle instead.
    pub(super) root: Dictionary,
    pub(super) root_id: Option<ObjectId>,
    pub(super) language: Option<Object>,
    /// The key of the first page; the others follow in the order of [`Parents`].
    pub(super) first_key: i64,
}

impl SourceTags {
    /// Reads the tags. Old keys into the parent tree go from every object, whether or not there are
    /// tags, as they would lead to elements of other sources.
    pub(in crate::pdf::write) fn read(
        pdf: &mut Pdf,
        pages: &[PageNode],
        scope: &Scope<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let old = OldKeys { pages: page_keys(pdf, pages, scope), objects: take_keys(pdf, scope) };
        Self::read_tree(pdf, pages, scope, &old).unwrap_or_else(|Unusable| {
            findings.push(
                Finding::new(
                    Code::TagsDropped,
                    "its tags, which tell screen readers the order and the kind of what is on its pages, cannot be read and were left out",
                )
                .hint("its pages are whole; give the original file to anyone who needs the tags"),
            );
            None
        })
    }

    /// Gives annotations and streams their keys, which follow those of the pages.
    pub(super) fn set_keys(&self, pdf: &mut Pdf) {
        let Parents { pages, streams, objects } = &self.parents;
        let streams = streams.keys().map(|stream| (stream, "StructParents"));
        let objects = objects.keys().map(|object| (object, "StructParent"));
        let keys = (self.first_key..).skip(pages.len());
        for ((id, name), key) in streams.chain(objects).zip(keys) {
            set_key(pdf, *id, name, key);
        }
    }

    fn read_tree(
        pdf: &Pdf,
        pages: &[PageNode],
        scope: &Scope<'_>,
        old: &OldKeys,
    ) -> Result<Option<Self>, Unusable> {
        let Ok(catalog) = pdf.catalog() else {
            return Ok(None);
        };
        let Some(root) = get(pdf, catalog, b"StructTreeRoot") else {
            return Ok(None);
        };
        let root = root.as_dict().map_err(|_| Unusable)?.clone();
        let root_id = pdf
            .dereference(catalog.get(b"StructTreeRoot").map_err(|_| Unusable)?)
            .map_err(|_| Unusable)?
            .0;
        // What is on no page can be on the only one there is.
        let only_page = match pages {
            [page] => page.id,
            _ => None,
        };
        let mut elements = walk(pdf, &root, root_id, scope, only_page)?;
        let roles = SourceRoles::read(pdf, &root, &elements);
        if !scope.all_pages {
            prune(pdf, &mut elements, &roles);
        }
        if !elements.iter().any(|element| element.kept) {
            return Ok(None);
        }
        let mut parents = Parents::of(&elements);
        parents.fill(pdf, &root, &elements, old);
        Ok(Some(Self {
            elements,
            parents,
            roles,
            language: get(pdf, catalog, b"Lang")
                .filter(|language| matches!(language, Object::String(..)))
                .cloned(),
            root,
            root_id,
            first_key: 0,
        }))
    }
}

fn page_keys(pdf: &Pdf, pages: &[PageNode], scope: &Scope<'_>) -> HashMap<ObjectId, i64> {
    pages
        .iter()
        .filter_map(|page| {
            let id = page.id.filter(|id| scope.taken.contains(id))?;
            Some((id, get(pdf, &page.dict, b"StructParents")?.as_i64().ok()?))
        })
        .collect()
}

/// Takes the keys from all objects. Returns those of annotations that come along.
fn take_keys(pdf: &mut Pdf, scope: &Scope<'_>) -> HashMap<ObjectId, i64> {
    let mut keys = HashMap::new();
    for (id, object) in &mut pdf.objects {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &mut stream.dict,
            _ => continue,
        };
        dict.remove(b"StructParents");
        if let Some(Object::Integer(key)) = dict.remove(b"StructParent")
            && scope.annotations.contains(id)
        {
            keys.insert(*id, key);
        }
    }
    keys
}

/// Gives an annotation or a stream its key into the parent tree.
fn set_key(pdf: &mut Pdf, id: ObjectId, name: &str, key: i64) {
    match pdf.objects.get_mut(&id) {
        Some(Object::Dictionary(dict)) => dict.set(name, key),
        Some(Object::Stream(stream)) => stream.dict.set(name, key),
        _ => {}
    }
}

/// The dictionary under a key of the root.
pub(super) fn root_dict(pdf: &Pdf, root: &Dictionary, key: &[u8]) -> Dictionary {
    get_dict(pdf, root, key).cloned().unwrap_or_default()
}
