//! Takes what hidden layers hold out of pages, forms and the looks of annotations, before anything of a
//! source is carried over. What is shown stays where it is.

use std::collections::{BTreeSet, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::PdfError;
use super::drawn::{NamesInUse, keep_only, names_in};
use super::file::compressed;
use super::named::NamesUsed;
use crate::manifest::SourcePage;
use crate::pdf::syntax::dictionaries::{get_array, get_dict};
use crate::pdf::syntax::{HiddenLayers, PageNode, form_content, page_content};

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
    let mut taking = LayerRemoval { pdf, layers, done: HashSet::new() };
    let distinct: BTreeSet<SourcePage> = taken.iter().copied().collect();
    for page in &distinct {
        let node = nodes.get_mut(page.0 as usize).ok_or(PdfError::SourceChanged)?;
        taking.page(node)?;
    }
    drop_undrawn(pdf, nodes, &distinct)?;
    show_memberships(pdf, layers);
    Ok(())
}

struct LayerRemoval<'a> {
    pdf: &'a mut Pdf,
    layers: &'a HiddenLayers,
    done: HashSet<ObjectId>,
}

impl LayerRemoval<'_> {
    fn page(&mut self, node: &mut PageNode) -> Result<(), PdfError> {
        let mut content = page_content(self.pdf, node).ok_or(PdfError::HiddenLayers)?;
        let mut resources = resources_of(self.pdf, node);
        if let Some(left) = self.left(&content, &[&resources])? {
            let stream = compressed(Dictionary::new(), &left)?;
            node.dict.set("Contents", self.pdf.add_object(stream));
            content = left;
        }
        let reach = NamesInUse::default()
            .reach(
                self.pdf,
                &resources,
                &names_in(&content),
                get_array(self.pdf, &node.dict, b"Annots"),
            )
            .ok_or(PdfError::HiddenLayers)?;
        let streams = reach.streams.into_iter();
        let streams: Vec<_> = streams.map(|(id, own)| (id, own.cloned())).collect();
        for (id, own) in streams {
            self.stream(id, own, &resources)?;
        }
        self.drop_properties(&mut resources);
        node.dict.set("Resources", resources);
        Ok(())
    }

    /// Content without what is hidden; `None` where it stays as it was.
    fn left(&self, content: &[u8], resources: &[&Dictionary]) -> Result<Option<Vec<u8>>, PdfError> {
        let scan = self.layers.scan(self.pdf, content, resources);
        if scan.would_move {
            return Err(PdfError::HiddenLayers);
        }
        Ok((!scan.cuts.is_empty()).then(|| scan.without(content)))
    }

    /// Cleans a form or the like in place; `outer` are the resources of a page that draws it.
    fn stream(
        &mut self,
        id: ObjectId,
        own: Option<Dictionary>,
        outer: &Dictionary,
    ) -> Result<(), PdfError> {
        // What it borrows must be known of each page.
        let borrows = own.as_ref().is_none_or(|own| !own.has(b"Properties"));
        if !self.done.insert(id) && !borrows {
            return Ok(());
        }
        let Ok(Object::Stream(form)) = self.pdf.get_object(id) else {
            return Ok(());
        };
        let content = form_content(form).ok_or(PdfError::HiddenLayers)?;
        let resources: Vec<&Dictionary> = own.as_ref().into_iter().chain([outer]).collect();
        let left = self.left(&content, &resources)?;
        let own = own.map(|mut own| {
            self.drop_properties(&mut own);
            own
        });
        if let Ok(Object::Stream(form)) = self.pdf.get_object_mut(id) {
            if let Some(own) = own
                && form.dict.has(b"Resources")
            {
                form.dict.set("Resources", own);
            }
            if let Some(content) = left {
                let mut dict = form.dict.clone();
                dict.remove(b"Filter");
                dict.remove(b"DecodeParms");
                *form = compressed(dict, &content)?;
            }
        }
        Ok(())
    }

    /// Takes the conditions out that hide what is marked with them.
    fn drop_properties(&self, resources: &mut Dictionary) {
        if let Some(properties) = get_dict(self.pdf, resources, b"Properties") {
            let stays = |(_, value): &(&Vec<u8>, &Object)| !self.layers.hide(self.pdf, value);
            let kept = properties.iter().filter(stays);
            let kept: Dictionary =
                kept.map(|(name, value)| (name.clone(), value.clone())).collect();
            resources.set("Properties", kept);
        }
    }
}

/// Forms share resources as pages do: of each only what is still drawn may stay.
fn drop_undrawn(
    pdf: &mut Pdf,
    nodes: &[PageNode],
    taken: &BTreeSet<SourcePage>,
) -> Result<(), PdfError> {
    let mut drawn = NamesInUse::default();
    let mut borrowed = NamesUsed::default();
    let mut forms = BTreeSet::new();
    for page in taken {
        let node = nodes.get(page.0 as usize).ok_or(PdfError::SourceChanged)?;
        let content = page_content(pdf, node).ok_or(PdfError::HiddenLayers)?;
        let resources = resources_of(pdf, node);
        let annotations = get_array(pdf, &node.dict, b"Annots");
        let reach = drawn
            .reach(pdf, &resources, &names_in(&content), annotations)
            .ok_or(PdfError::HiddenLayers)?;
        borrowed.extend(&reach.borrowed);
        forms.extend(reach.streams.iter().map(|(id, _)| *id));
    }
    for id in forms {
        let names = drawn.names(pdf, id).ok_or(PdfError::HiddenLayers)?;
        let mut names = names.clone();
        names.extend(&borrowed);
        let form = pdf.get_object(id).and_then(Object::as_stream);
        let own = form.ok().and_then(|form| get_dict(pdf, &form.dict, b"Resources"));
        let Some(mut own) = own.cloned() else {
            continue;
        };
        if !keep_only(pdf, &mut own, &names, &HashSet::new()).is_empty()
            && let Ok(Object::Stream(form)) = pdf.get_object_mut(id)
        {
            form.dict.set("Resources", own);
        }
    }
    Ok(())
}

fn resources_of(pdf: &Pdf, node: &PageNode) -> Dictionary {
    let resources = get_dict(pdf, &node.dict, b"Resources");
    resources.cloned().unwrap_or_default()
}

/// Groups that are gone are no condition any more: what a membership shows now it shows without them.
fn show_memberships(pdf: &mut Pdf, layers: &HiddenLayers) {
    let shown: Vec<ObjectId> = pdf
        .objects
        .iter()
        .filter(|(_, object)| {
            object.as_dict().is_ok_and(|dict| dict.has_type(b"OCMD") && !layers.hide(pdf, object))
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
