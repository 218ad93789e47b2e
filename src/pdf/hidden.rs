//! Takes what hidden layers hold out of pages, forms and the looks of annotations, before anything of a
//! source is carried over. What is shown stays where it is.

use std::collections::{BTreeSet, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::PdfError;
use super::file::compressed;
use super::values::{dict_of, get, get_array, get_dict};
use crate::manifest::SourcePage;
use crate::source::{HiddenLayers, PageNode, form_content, page_content};

/// No forms within forms that people made come near this depth.
const MAX_DEPTH: usize = 32;

/// Takes everything out of the pages taken that is hidden.
///
/// # Errors
///
/// Content that cannot be read, or of which the rest would move: what was promised to go must go.
pub(super) fn take_out(
    pdf: &mut Pdf,
    nodes: &mut [PageNode],
    taken: &[SourcePage],
    layers: &HiddenLayers,
) -> Result<(), PdfError> {
    let mut taking = Taking {
        pdf,
        layers,
        done: HashSet::new(),
    };
    let distinct: BTreeSet<SourcePage> = taken.iter().copied().collect();
    for page in distinct {
        let node = nodes
            .get_mut(page.0 as usize)
            .ok_or(PdfError::SourceChanged)?;
        taking.page(node)?;
    }
    show_memberships(pdf, layers);
    Ok(())
}

struct Taking<'a> {
    pdf: &'a mut Pdf,
    layers: &'a HiddenLayers,
    done: HashSet<ObjectId>,
}

/// What is left of some content.
struct Left {
    /// `None` where it is as it was.
    content: Option<Vec<u8>>,
    resources: Dictionary,
    /// The names of what it draws.
    drawn: HashSet<Vec<u8>>,
}

impl Taking<'_> {
    fn page(&mut self, node: &mut PageNode) -> Result<(), PdfError> {
        let content = page_content(self.pdf, node).ok_or(PdfError::HiddenLayers)?;
        let resources = get_dict(self.pdf, &node.dict, b"Resources").cloned();
        let left = self.left(&content, resources.unwrap_or_default(), 0)?;
        if let Some(content) = left.content {
            let stream = compressed(Dictionary::new(), &content)?;
            let id = self.pdf.add_object(stream);
            node.dict.set("Contents", id);
        }
        // Pages share resources: of each only what it draws itself may stay.
        node.dict.set("Resources", left.resources);
        for look in looks(self.pdf, &node.dict) {
            self.form(look, &Dictionary::new(), 0)?;
        }
        Ok(())
    }

    fn left(
        &mut self,
        content: &[u8],
        mut resources: Dictionary,
        depth: usize,
    ) -> Result<Left, PdfError> {
        let scan = self.layers.scan(self.pdf, content, &resources);
        if scan.would_move || depth > MAX_DEPTH {
            return Err(PdfError::HiddenLayers);
        }
        let mut drawn = scan.drawn.clone();
        let forms: Vec<ObjectId> = self.named(&resources, b"XObject", |name| drawn.contains(name));
        for form in forms {
            drawn.extend(self.form(form, &resources, depth)?);
        }
        let mut others = self.named(&resources, b"Pattern", |_| true);
        others.extend(self.masks(&resources));
        for other in others {
            drawn.extend(self.form(other, &resources, depth)?);
        }
        self.filter(&mut resources, b"XObject", |_, name, _| {
            drawn.contains(name)
        });
        self.filter(&mut resources, b"Properties", |taking, _, value| {
            !taking.layers.hide(taking.pdf, value)
        });
        Ok(Left {
            content: (!scan.cuts.is_empty()).then(|| scan.without(content)),
            resources,
            drawn,
        })
    }

    /// Cleans a form in place. Returns the names that it draws out of the resources of whoever draws it,
    /// where it has none of its own.
    fn form(
        &mut self,
        id: ObjectId,
        outer: &Dictionary,
        depth: usize,
    ) -> Result<HashSet<Vec<u8>>, PdfError> {
        let Some(Object::Stream(form)) = self.pdf.objects.get(&id) else {
            return Ok(HashSet::new());
        };
        let is_form = form.dict.has_type(b"Pattern")
            || form.dict.has(b"PatternType")
            || get(self.pdf, &form.dict, b"Subtype")
                .is_some_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Form"));
        let own = get_dict(self.pdf, &form.dict, b"Resources").cloned();
        // What it draws out of the resources of others must be known each time.
        if !is_form || (own.is_some() && !self.done.insert(id)) {
            return Ok(HashSet::new());
        }
        let content = form_content(form).ok_or(PdfError::HiddenLayers)?;
        let has_own = own.is_some();
        let resources = own.unwrap_or_else(|| outer.clone());
        let left = self.left(&content, resources, depth + 1)?;
        if let Some(Object::Stream(form)) = self.pdf.objects.get_mut(&id) {
            if has_own {
                form.dict.set("Resources", left.resources);
            }
            if let Some(content) = left.content {
                let mut dict = form.dict.clone();
                dict.remove(b"Filter");
                dict.remove(b"DecodeParms");
                *form = compressed(dict, &content)?;
            }
        }
        Ok(if has_own { HashSet::new() } else { left.drawn })
    }

    /// The objects of some names in a category.
    fn named(
        &self,
        resources: &Dictionary,
        category: &[u8],
        wanted: impl Fn(&[u8]) -> bool,
    ) -> Vec<ObjectId> {
        let Some(category) = get_dict(self.pdf, resources, category) else {
            return Vec::new();
        };
        let entries = category.iter().filter(|(name, _)| wanted(name));
        entries
            .filter_map(|(_, value)| value.as_reference().ok())
            .collect()
    }

    /// The groups of the soft masks among graphics states.
    fn masks(&self, resources: &Dictionary) -> Vec<ObjectId> {
        let Some(states) = get_dict(self.pdf, resources, b"ExtGState") else {
            return Vec::new();
        };
        let group = |state: &Object| {
            let mask = get_dict(self.pdf, dict_of(self.pdf, state)?, b"SMask")?;
            mask.get(b"G").ok()?.as_reference().ok()
        };
        states
            .iter()
            .filter_map(|(_, state)| group(state))
            .collect()
    }

    fn filter(
        &self,
        resources: &mut Dictionary,
        key: &[u8],
        stays: impl Fn(&Self, &[u8], &Object) -> bool,
    ) {
        let Some(category) = get_dict(self.pdf, resources, key) else {
            return;
        };
        let mut kept = Dictionary::new();
        for (name, value) in category.iter() {
            if stays(self, name, value) {
                kept.set(name.clone(), value.clone());
            }
        }
        resources.set(key, kept);
    }
}

/// The streams that draw the annotations of a page.
fn looks(pdf: &Pdf, page: &Dictionary) -> Vec<ObjectId> {
    let mut looks = Vec::new();
    for annotation in get_array(pdf, page, b"Annots") {
        let Some(states) = dict_of(pdf, annotation).and_then(|one| get_dict(pdf, one, b"AP"))
        else {
            continue;
        };
        for (_, state) in states.iter() {
            match pdf.dereference(state) {
                Ok((Some(id), Object::Stream(_))) => looks.push(id),
                Ok((_, Object::Dictionary(several))) => {
                    looks.extend(
                        several
                            .iter()
                            .filter_map(|(_, one)| one.as_reference().ok()),
                    );
                }
                _ => {}
            }
        }
    }
    looks
}

/// Groups that are gone are no condition any more: what a membership shows now it shows without them.
fn show_memberships(pdf: &mut Pdf, layers: &HiddenLayers) {
    let shown: Vec<ObjectId> = pdf
        .objects
        .iter()
        .filter(|(_, object)| {
            object
                .as_dict()
                .is_ok_and(|dict| dict.has_type(b"OCMD") && !layers.hide(pdf, object))
        })
        .map(|(id, _)| *id)
        .collect();
    for id in shown {
        if let Some(Object::Dictionary(membership)) = pdf.objects.get_mut(&id) {
            for key in [b"OCGs".as_slice(), b"VE", b"P"] {
                membership.remove(key);
            }
        }
    }
}
