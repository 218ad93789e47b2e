//! The bundle as a whole: front matter and sources in, catalog, bookmarks and labels at the end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write;
use std::ops::Range;

use lopdf::{Dictionary, Object, dictionary};

use super::PdfError;
use super::carried::Carried;
use super::document::{Excerpt, SourceDocument, document_findings, tree_objects};
use super::file::{FileWriter, ObjectNumber};
use super::import::Import;
use super::outline::{self, OutlineItem};
use super::page::{self, PageTarget, Stamping};
use super::page_content::SharedResources;
use super::stamp::StampFont;
use super::values::text;
use crate::manifest::SourcePage;
use crate::model::DocumentId;
use crate::model::Finding;
use crate::model::Sha256Hash;
use crate::model::geometry::{PageBox, Rect};
use crate::pdf::source::{Source, attached_to_parts};
use crate::plan::{Bookmark, BundlePage, LabelStyle, Placement, Plan, label_ranges};

/// How many pages share a node of the page tree.
const PAGES_IN_NODE: usize = 64;

/// What the catalog and the information dictionary say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Catalog {
    /// The title shown in the window.
    pub title: String,
    /// The language tag.
    pub language: &'static str,
    /// The bookmarks of the plan.
    pub bookmarks: Vec<Bookmark>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The size of the file.
    pub bytes: u64,
    /// SHA-256 of the whole file.
    pub sha256: Sha256Hash,
    /// Where long streams of sources stand, which say nothing about the structure of the file.
    pub long_streams: Vec<Range<u64>>,
    /// Which of them the pages of each document need.
    pub needed: HashMap<DocumentId, BTreeSet<usize>>,
    /// The pages, from 0, of which anything was not carried over as it was.
    pub altered: BTreeSet<usize>,
    /// The sizes of pictures of which something was cut that no reader shows.
    pub cut: BTreeSet<(u32, u32)>,
}

/// What the proof of a document needs: long streams, whether any of its pages may be altered, and the sizes of pictures
/// that were cut.
type Noted = (BTreeSet<usize>, bool, BTreeSet<(u32, u32)>);

/// Writes one bundle.
pub(crate) struct BundleWriter<'a, W> {
    file: FileWriter<W>,
    plan: &'a Plan,
    placements: &'a [Placement],
    pages: Vec<ObjectNumber>,
    nodes: Vec<ObjectNumber>,
    tops: BTreeMap<BundlePage, (f64, f64)>,
    stamping: Stamping,
    carried: Carried,
    outlines: HashMap<DocumentId, Vec<OutlineItem>>,
    needed: HashMap<DocumentId, BTreeSet<usize>>,
    altered: BTreeSet<usize>,
    cut: BTreeSet<(u32, u32)>,
}

impl<'a, W: Write> BundleWriter<'a, W> {
    /// Starts a bundle. `boxes` are the boxes of every page of the plan before any is enlarged, `repeated` the lengths
    /// that more than one stream of its sources has.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub(crate) fn new(
        out: W,
        plan: &'a Plan,
        placements: &'a [Placement],
        boxes: &[PageBox],
        font: StampFont,
        repeated: HashSet<usize>,
    ) -> Result<Self, PdfError> {
        let mut file = FileWriter::new(out, repeated)?;
        let pages = plan.pages.iter().map(|_| file.reserve()).collect::<Result<Vec<_>, _>>()?;
        let nodes =
            pages.chunks(PAGES_IN_NODE).map(|_| file.reserve()).collect::<Result<Vec<_>, _>>()?;
        let tops = placements
            .iter()
            .zip(boxes)
            .enumerate()
            .map(|(index, (placement, boxes))| {
                let boxes = if placement.enlarged {
                    crate::plan::enlarge(*boxes, placement.position)
                } else {
                    *boxes
                };
                (BundlePage::from_index(index), boxes.displayed_top_left())
            })
            .collect();
        let stamping = Stamping {
            font_reference: font.write(&mut file)?,
            save: page::write_save(&mut file)?,
            font,
            index: Object::Null,
        };
        let mut bundle = Self {
            file,
            plan,
            placements,
            pages,
            nodes,
            tops,
            stamping,
            carried: Carried::default(),
            outlines: HashMap::new(),
            needed: HashMap::new(),
            altered: BTreeSet::new(),
            cut: BTreeSet::new(),
        };
        bundle.stamping.index = bundle.destination(plan.index);
        Ok(bundle)
    }

    /// The top of a page, at whatever zoom is in force (GG21 paragraph 6 wants no other).
    fn destination(&self, page: BundlePage) -> Object {
        let (left, top) = self.tops.get(&page).copied().unwrap_or_default();
        Object::Array(vec![
            self.pages.get(page.index()).map_or(Object::Null, |page| page.reference()),
            "XYZ".into(),
            super::values::real(left),
            super::values::real(top),
            0.into(),
        ])
    }

    /// Adds sheets of our own: each page of `source` with its place in the bundle, and links between
    /// places on the pages of `source` and pages of the bundle.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub(crate) fn add_sheets(
        &mut self,
        source: Source,
        places: &[(SourcePage, BundlePage)],
        links: &[(SourcePage, Rect, BundlePage)],
    ) -> Result<(), PdfError> {
        let barred = tree_objects(&source.pdf, &source.pages);
        let links: Vec<(SourcePage, Object)> = links
            .iter()
            .map(|(page, rect, target)| (*page, page::link(*rect, self.destination(*target))))
            .collect();
        let mut import = Import::new(&mut self.file, source.pdf, HashMap::new(), barred);
        let mut shared = SharedResources::new();
        for (page, place) in places {
            let node = source
                .pages
                .get(page.0 as usize)
                .ok_or(PdfError::Internal("a sheet is missing"))?;
            let target = target(self.plan, self.placements, &self.pages, &self.nodes, *place)?;
            let extra = links
                .iter()
                .filter(|(from, _)| from == page)
                .map(|(_, link)| link.clone())
                .collect();
            page::write(
                &mut import,
                node,
                Vec::new(),
                extra,
                &target,
                &self.stamping,
                &mut shared,
            )?;
        }
        import.drain()
    }

    /// Adds the pages of a document. Returns what had to be changed or left out.
    ///
    /// # Errors
    ///
    /// Those of the output, and a source that is not as it was planned.
    pub(crate) fn add_document(
        &mut self,
        source: Source,
        entry: &Excerpt<'_>,
    ) -> Result<Vec<Finding>, PdfError> {
        let (pages, first) = (entry.pages, entry.first);
        let before = self.file.start_document(entry.treatment.drop_hidden);
        let mut findings = document_findings(&source.pdf);
        // The check has told it.
        let files_told = !source.facts.attachments.is_empty();
        let numbers = self.pages.get(first.index()..).unwrap_or_default();
        let placements = self.placements.get(first.index()..).unwrap_or_default();
        let mut document = SourceDocument::new(source, pages, numbers);
        if entry.treatment.drop_hidden {
            document.drop_hidden(&mut findings)?;
        }
        let annotations =
            document.prepare_annotations(placements, entry.treatment, &mut findings)?;
        let form = document.read_form(&annotations, &mut findings);
        let mut tags = document.read_tags(&annotations, &mut findings);
        let mut bookmarks = document.read_bookmarks(&mut findings);
        let (nodes, named) = document.nodes_and_names();
        let mut import = document.into_import(&mut self.file);
        let structure_keys = tags
            .as_mut()
            .map_or_else(HashMap::new, |tags| self.carried.structure.give_keys(tags, &mut import));
        if let Some(form) = form {
            self.carried.forms.add(&mut import, form, &mut findings)?;
        }
        self.carried.add(&mut import, entry.title, named)?;
        outline::rewrite(&mut bookmarks, &mut import)?;
        if !bookmarks.is_empty() {
            self.outlines.insert(entry.id, bookmarks);
        }
        import.survey(pages.iter().filter_map(|page| nodes.get(page.0 as usize)));
        let mut forms = HashMap::new();
        let mut shared = SharedResources::new();
        for (offset, (page, own)) in pages.iter().zip(annotations).enumerate() {
            let node = nodes.get(page.0 as usize).ok_or(PdfError::SourceChanged)?;
            let place = BundlePage::from_index(first.index() + offset);
            let mut target = target(self.plan, self.placements, &self.pages, &self.nodes, place)?;
            target.structure_key = structure_keys.get(&target.number).copied();
            let (form, altered) = page::write(
                &mut import,
                node,
                own,
                Vec::new(),
                &target,
                &self.stamping,
                &mut shared,
            )?;
            self.altered.extend(altered.then_some(place.index()));
            let is_tagged = target.structure_key.is_some();
            forms.extend(node.id.zip(form).filter(|_| is_tagged));
        }
        if let Some(tags) = tags {
            let structure = &mut self.carried.structure;
            structure.add(&mut import, &tags, entry.title, &forms)?;
        }
        import.drain()?;
        findings.extend(import.findings());
        findings.extend((import.left_files_out() && !files_told).then(attached_to_parts));
        let cut = import.cut_pictures().clone();
        let noted = (import.long_streams(before), import.is_altered(), cut);
        self.note(entry, noted);
        Ok(findings)
    }

    /// Notes what the proof of a document needs.
    fn note(&mut self, entry: &Excerpt<'_>, (needed, is_altered, cut): Noted) {
        self.needed.insert(entry.id, needed);
        self.cut.extend(cut);
        if is_altered || entry.treatment.drop_hidden {
            let pages = (entry.first.index()..).take(entry.pages.len());
            self.altered.extend(pages);
        }
    }

    /// Writes the catalog and ends the file.
    ///
    /// # Errors
    ///
    /// Those of the output.
    pub(crate) fn finish(mut self, catalog: &Catalog) -> Result<(W, Written), PdfError> {
        let pages = self.write_page_tree()?;
        let mut outlines = std::mem::take(&mut self.outlines);
        let items = outline::combine(&catalog.bookmarks, &mut outlines, &|bookmark| {
            self.destination(bookmark.page)
        });
        let outline = outline::write(&mut self.file, items)?;
        let first =
            self.pages.first().ok_or(PdfError::Internal("a bundle has no page"))?.reference();
        let mut root = dictionary! {
            "Type" => "Catalog",
            "Pages" => pages.reference(),
            "PageLabels" => page_labels(self.plan),
            "PageMode" => "UseOutlines",
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
            "Lang" => text(catalog.language),
            // 100 % (GG21 paragraph 6).
            "OpenAction" => vec![first, "XYZ".into(), Object::Null, Object::Null, 1.into()],
        };
        if let Some(outline) = outline {
            root.set("Outlines", outline.reference());
        }
        self.carried.finish(&mut self.file, &mut root)?;
        let root = self.file.add(root.into())?;
        let info = self.file.add(
            dictionary! {
                "Title" => text(&catalog.title),
                "Producer" => text(concat!("courtbundle ", env!("CARGO_PKG_VERSION"))),
            }
            .into(),
        )?;
        let (out, summary) = self.file.finish(root, info)?;
        Ok((
            out,
            Written {
                bytes: summary.bytes,
                sha256: summary.sha256,
                long_streams: summary.long_streams,
                needed: self.needed,
                altered: self.altered,
                cut: self.cut,
            },
        ))
    }

    fn write_page_tree(&mut self) -> Result<ObjectNumber, PdfError> {
        let root = self.file.reserve()?;
        let count = |pages: usize| i64::try_from(pages).unwrap_or(i64::MAX);
        for (node, pages) in self.nodes.iter().zip(self.pages.chunks(PAGES_IN_NODE)) {
            let dict = dictionary! {
                "Type" => "Pages",
                "Parent" => root.reference(),
                "Kids" => pages.iter().map(|page| page.reference()).collect::<Vec<_>>(),
                "Count" => count(pages.len()),
            };
            self.file.put(*node, dict.into())?;
        }
        let dict = dictionary! {
            "Type" => "Pages",
            "Kids" => self.nodes.iter().map(|node| node.reference()).collect::<Vec<_>>(),
            "Count" => count(self.pages.len()),
        };
        self.file.put(root, dict.into())?;
        Ok(root)
    }
}

fn target<'a>(
    plan: &'a Plan,
    placements: &[Placement],
    pages: &[ObjectNumber],
    nodes: &[ObjectNumber],
    page: BundlePage,
) -> Result<PageTarget<'a>, PdfError> {
    let index = page.index();
    match (placements.get(index), pages.get(index), nodes.get(index / PAGES_IN_NODE)) {
        (Some(placement), Some(number), Some(parent)) => Ok(PageTarget {
            number: *number,
            parent: *parent,
            label: plan.label(page),
            position: placement.position,
            enlarged: placement.enlarged,
            structure_key: None,
        }),
        _ => Err(PdfError::Internal("a page has no place")),
    }
}

fn page_labels(plan: &Plan) -> Object {
    let numbers: Vec<Object> = label_ranges(plan)
        .into_iter()
        .flat_map(|range| {
            let mut dict = Dictionary::new();
            dict.set(
                "S",
                match range.style {
                    LabelStyle::Decimal => "D",
                    LabelStyle::Roman => "r",
                },
            );
            if !range.prefix.is_empty() {
                dict.set("P", text(&range.prefix));
            }
            dict.set("St", i64::from(range.start));
            [Object::Integer(i64::try_from(range.first).unwrap_or(i64::MAX)), dict.into()]
        })
        .collect();
    dictionary! { "Nums" => numbers }.into()
}
