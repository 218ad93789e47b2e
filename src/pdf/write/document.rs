//! One source made ready to be carried over: its links, form and bookmarks know which of its pages
//! are taken.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use lopdf::{Document as Pdf, Object, ObjectId};

use super::PdfError;
use super::actions;
use super::annotations::{self, Context};
use super::destinations::Destinations;
use super::file::{FileWriter, ObjectNumber};
use super::forms::SourceForm;
use super::hidden;
use super::import::Import;
use super::others;
use super::outline::{OutlineItem, OutlineReader};
use super::structure::{Scope, SourceTags};
use crate::manifest::SourcePage;
use crate::model::DocumentId;
use crate::model::{Code, Finding};
use crate::pdf::source::{Source, is_of_the_tree};
use crate::pdf::syntax::dictionaries::references;
use crate::pdf::syntax::{HiddenLayers, PageNode};
use crate::pdf::write::drop_invisible;
use crate::plan::{BundlePage, Placement};

/// What becomes of what should not be seen by everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Treatment {
    /// Comments and mark-up are taken out.
    pub strip_comments: bool,
    /// What hidden layers hold is taken out, and what of the pages' own content nobody sees.
    pub drop_hidden: bool,
}

/// What a bundle takes of a source, and where to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Excerpt<'a> {
    /// Which document it is.
    pub id: DocumentId,
    /// Its title.
    pub title: &'a str,
    /// The pages taken, in order.
    pub pages: &'a [SourcePage],
    /// Where the first of them goes.
    pub first: BundlePage,
    /// What becomes of what should not be seen by everybody.
    pub treatment: Treatment,
}

/// A source and the pages that are taken from it.
pub(super) struct SourceDocument<'a> {
    pdf: Pdf,
    nodes: Vec<PageNode>,
    pages: &'a [SourcePage],
    /// The number in the bundle of each page taken; of its first place where it is taken twice.
    taken: HashMap<ObjectId, ObjectNumber>,
    ids: HashSet<ObjectId>,
    barred: HashSet<ObjectId>,
    destinations: Destinations,
    /// The hidden layers, where what they hold was taken out.
    hidden: Option<HiddenLayers>,
}

impl<'a> SourceDocument<'a> {
    /// `numbers` are those of the bundle's pages from the first one of this document on.
    pub(super) fn new(source: Source, pages: &'a [SourcePage], numbers: &[ObjectNumber]) -> Self {
        let Source { pdf, pages: nodes, .. } = source;
        let places: Vec<(&SourcePage, &ObjectNumber)> = pages.iter().zip(numbers).collect();
        let taken: HashMap<ObjectId, ObjectNumber> = places
            .into_iter()
            .rev()
            .filter_map(|(page, number)| Some((nodes.get(page.0 as usize)?.id?, *number)))
            .collect();
        Self {
            ids: taken.keys().copied().collect(),
            barred: tree_objects(&pdf, &nodes),
            destinations: Destinations::read(&pdf, &nodes),
            pdf,
            nodes,
            pages,
            taken,
            hidden: None,
        }
    }

    /// Takes out what hidden layers hold, and the layers; then what stands outside of pages, and text
    /// that is not painted.
    pub(super) fn drop_hidden(&mut self, findings: &mut Vec<Finding>) -> Result<(), PdfError> {
        self.drop_layers(findings)?;
        findings.extend(drop_invisible::take_out(&mut self.pdf, &mut self.nodes, self.pages)?);
        Ok(())
    }

    fn drop_layers(&mut self, findings: &mut Vec<Finding>) -> Result<(), PdfError> {
        let Some(layers) = HiddenLayers::read(&self.pdf) else {
            return Ok(());
        };
        hidden::take_out(&mut self.pdf, &mut self.nodes, self.pages, &layers)?;
        self.barred.extend(layers.groups());
        self.hidden = Some(layers);
        let message = "what its hidden layers hold was taken out, and the layers with it";
        findings.push(Finding::new(Code::HiddenDropped, message));
        Ok(())
    }

    /// The annotations of each page taken, in order.
    pub(super) fn prepare_annotations(
        &mut self,
        placements: &[Placement],
        treatment: Treatment,
        findings: &mut Vec<Finding>,
    ) -> Result<Vec<Vec<Object>>, PdfError> {
        let taken: HashSet<SourcePage> = self.pages.iter().copied().collect();
        if !self.has_all_pages() {
            let of_others = others::of_others(&mut self.pdf, &self.nodes, &taken);
            self.barred.extend(of_others);
        }
        let places = taken.iter().filter_map(|page| self.nodes.get(page.0 as usize));
        let listed = others::annotations(&self.pdf, &places.collect::<Vec<_>>());
        let mut prepared: HashMap<SourcePage, Vec<Object>> = HashMap::new();
        let mut annotations = Vec::new();
        for (page, placement) in self.pages.iter().zip(placements) {
            let node = self.nodes.get(page.0 as usize).ok_or(PdfError::SourceChanged)?;
            let own = if let Some(own) = prepared.get(page) {
                own.clone()
            } else {
                let context = Context {
                    destinations: &self.destinations,
                    taken: &self.ids,
                    listed: &listed,
                    page: page.number(),
                    strip_comments: treatment.strip_comments,
                    hidden: self.hidden.as_ref(),
                    visible: placement.enlarged.then_some(node.boxes.crop),
                };
                annotations::prepare(
                    &mut self.pdf,
                    &node.dict,
                    &context,
                    &mut self.barred,
                    findings,
                )
            };
            prepared.insert(*page, own.clone());
            annotations.push(own);
        }
        Ok(annotations)
    }

    /// The form, as far as its fields stand on pages that are taken.
    pub(super) fn read_form(
        &mut self,
        annotations: &[Vec<Object>],
        findings: &mut Vec<Finding>,
    ) -> Option<SourceForm> {
        let all_pages = self.has_all_pages();
        SourceForm::read(&mut self.pdf, &ids_of(annotations), all_pages, findings)
    }

    /// The tags, as far as they are about pages that are taken.
    pub(super) fn read_tags(
        &mut self,
        annotations: &[Vec<Object>],
        findings: &mut Vec<Finding>,
    ) -> Option<SourceTags> {
        let scope = Scope {
            taken: &self.ids,
            all_pages: self.has_all_pages(),
            annotations: &ids_of(annotations),
        };
        SourceTags::read(&mut self.pdf, &self.nodes, &scope, findings)
    }

    fn has_all_pages(&self) -> bool {
        let taken: HashSet<SourcePage> = self.pages.iter().copied().collect();
        taken.len() == self.nodes.len()
    }

    /// The source's own bookmarks.
    pub(super) fn read_bookmarks(&self, findings: &mut Vec<Finding>) -> Vec<OutlineItem> {
        let mut reader = OutlineReader {
            pdf: &self.pdf,
            destinations: &self.destinations,
            taken: &self.ids,
            dropped: 0,
            seen: HashSet::new(),
        };
        let bookmarks = reader.read();
        findings.extend(reader.finding());
        bookmarks
    }

    /// The pages, and the named destinations that lead to pages taken.
    pub(super) fn nodes_and_names(&mut self) -> (Vec<PageNode>, Vec<(Vec<u8>, Object)>) {
        let named = std::mem::take(&mut self.destinations.named)
            .into_iter()
            .filter(|(_, (page, _))| self.ids.contains(page))
            .map(|(name, (_, destination))| (name, destination))
            .collect();
        (std::mem::take(&mut self.nodes), named)
    }

    /// Everything is ready; from here on objects move.
    pub(super) fn into_import<W: Write>(self, file: &mut FileWriter<W>) -> Import<'_, W> {
        Import::new(file, self.pdf, self.taken, self.barred)
    }
}

fn ids_of(annotations: &[Vec<Object>]) -> HashSet<ObjectId> {
    annotations.iter().flat_map(|own| references(own)).collect()
}

/// The pages, the nodes above them, the catalog and the structure tree: what must not be dragged along
/// by a reference.
pub(super) fn tree_objects(pdf: &Pdf, pages: &[PageNode]) -> HashSet<ObjectId> {
    let mut barred: HashSet<ObjectId> = pages.iter().filter_map(|page| page.id).collect();
    let of_the_tree = pdf.objects.iter().filter(|(_, object)| is_of_the_tree(object));
    barred.extend(of_the_tree.map(|(id, _)| *id));
    barred.extend(pdf.trailer.get(b"Root").ok().and_then(|root| root.as_reference().ok()));
    barred
}

/// What the document would do by itself, and does not do in the bundle.
pub(super) fn document_findings(pdf: &Pdf) -> Vec<Finding> {
    let automatic = actions::automatic(pdf).into_iter();
    automatic.map(|what| Finding::new(Code::ActionRemoved, format!("{what} taken out"))).collect()
}
