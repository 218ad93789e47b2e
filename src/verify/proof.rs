//! The proof that a finished bundle is what was planned.

use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::document::{ReadBookmark, ReadDocument};
use super::stamped::printed_number;
use crate::model::geometry::Rect;
use crate::model::{Code, Finding};
use crate::pdf::page;
use crate::pdf::page::{Cache, overlays};
use crate::plan::{Bookmark, BundlePage, Plan};

/// How many faults of one kind are told; a broken file would tell thousands.
const MAX_FAULTS: usize = 5;

/// A finished bundle as read back, with nothing in place of long streams.
pub struct Finished {
    pub(super) pdf: Pdf,
    pub(super) bytes: Arc<Vec<u8>>,
}

impl Finished {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// The finding that it does not open.
    pub fn open(bytes: &Arc<Vec<u8>>) -> Result<Self, Vec<Finding>> {
        let bytes = Arc::clone(bytes);
        let pdf = Pdf::new(Arc::clone(&bytes))
            .map_err(|_| vec![fault("the finished file cannot be opened".to_owned())])?;
        Ok(Self { pdf, bytes })
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// What the finished file must show.
pub struct Expected<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The bookmarks of the plan.
    pub bookmarks: &'a [Bookmark],
    /// For each page that has links of ours: the page, and where its links lead, in order.
    pub links: &'a [(BundlePage, Vec<BundlePage>)],
}

/// Reads the finished file and compares it with the plan. No findings means that it is proven.
pub fn prove(finished: &Finished, expected: &Expected<'_>) -> Vec<Finding> {
    let Some(document) = ReadDocument::new(&finished.pdf) else {
        return vec![fault("the finished file has no catalog".to_owned())];
    };
    let plan = expected.plan;
    if document.page_count() != plan.pages.len() {
        let (read, planned) = (document.page_count(), plan.pages.len());
        return vec![fault(format!("the finished file has {read} pages instead of {planned}"))];
    }
    let mut findings = Vec::new();
    findings.extend(prove_labels(&document, plan));
    findings.extend(prove_numbers(&document, plan));
    findings.extend(prove_links(&document, expected));
    let mut faults = Vec::new();
    prove_bookmarks(&document.bookmarks(), expected.bookmarks, &mut faults);
    findings.extend(faults.into_iter().take(MAX_FAULTS).map(fault));
    if !document.opens_at_full_size() {
        findings.push(fault("the finished file does not open at 100 %".to_owned()));
    }
    findings
}

fn fault(message: String) -> Finding {
    Finding::new(Code::ProofFailed, message).hint(
        "this is a fault of the program, not of your files; please report it with the manifest",
    )
}

fn prove_labels(document: &ReadDocument<'_>, plan: &Plan) -> Vec<Finding> {
    document
        .labels()
        .iter()
        .zip(&plan.pages)
        .enumerate()
        .filter(|(_, (read, planned))| **read != planned.label)
        .take(MAX_FAULTS)
        .map(|(index, (read, planned))| {
            fault(format!(
                "page {} is labelled \"{read}\" instead of \"{}\"",
                index + 1,
                planned.label
            ))
        })
        .collect()
}

fn prove_numbers(document: &ReadDocument<'_>, plan: &Plan) -> Vec<Finding> {
    let cache = Cache::new();
    document
        .pages()
        .zip(&plan.pages)
        .enumerate()
        .filter_map(|(index, (page, planned))| {
            let read = printed_number(page).filter(|_| !is_covered(document, page, &cache));
            (read.as_deref() != Some(planned.label.as_str())).then(|| {
                let read = read.unwrap_or_else(|| "nothing".to_owned());
                fault(format!(
                    "page {} shows \"{read}\" instead of \"{}\"",
                    index + 1,
                    planned.label
                ))
            })
        })
        .take(MAX_FAULTS)
        .collect()
}

/// Whether an annotation may be painted above the number of a page, which is as large as its link, the last of the page.
fn is_covered<'a>(document: &ReadDocument<'a>, page: &'a Page<'a>, cache: &Cache<'a>) -> bool {
    let boxes = page::boxes(page);
    let link = document.links(page).pop().map(|link| link.area);
    let Some(([x0, y0, x1, y1], to_displayed)) = link.zip(boxes.user_to_displayed()) else {
        return true;
    };
    let frame = to_displayed.apply_to_rect(Rect::new(x0, y0, x1, y1));
    let overlays = overlays(page, boxes, cache);
    overlays.iter().any(|overlay| overlay.touches(frame))
}

/// On each page the last link belongs to the number and leads to the index; those of the rows stand
/// before it.
fn prove_links(document: &ReadDocument<'_>, expected: &Expected<'_>) -> Vec<Finding> {
    let mut faults = Vec::new();
    let index = Some(expected.plan.index.index());
    for (position, page) in document.pages().enumerate() {
        let mut targets = document.link_targets(page);
        if targets.pop().flatten() != index {
            faults.push(format!("the number of page {} does not lead to the index", position + 1));
        }
        if let Some((_, planned)) = expected.links.iter().find(|(page, _)| page.index() == position)
        {
            let planned: Vec<Option<usize>> =
                planned.iter().map(|page| Some(page.index())).collect();
            if targets != planned {
                faults.push(format!(
                    "the rows on page {} do not lead where they should",
                    position + 1
                ));
            }
        }
    }
    faults.into_iter().take(MAX_FAULTS).map(fault).collect()
}

/// The bookmarks of the plan come first on each level; a document's own follow.
fn prove_bookmarks(read: &[ReadBookmark], planned: &[Bookmark], faults: &mut Vec<String>) {
    if read.len() < planned.len() {
        faults.push(format!("{} bookmarks stand where {} were planned", read.len(), planned.len()));
    }
    for (read, planned) in read.iter().zip(planned) {
        if read.title != planned.title || read.page() != Some(planned.page.index()) {
            faults.push(format!(
                "the bookmark \"{}\" leads to page {} instead of \"{}\" to page {}",
                read.title,
                read.page().map_or_else(|| "none".to_owned(), |page| (page + 1).to_string()),
                planned.title,
                planned.page,
            ));
        }
        prove_bookmarks(&read.children, &planned.children, faults);
    }
}
