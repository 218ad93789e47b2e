//! The proof that every page of a bundle shows what its source shows, less what a finding names. Pages of which nothing was
//! altered must have its content, byte for byte, and its resources; all others are followed again.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::output::Output;
use super::reading::{Listed, listed};
use super::{BuildError, Draft, Request};
use crate::manifest::SourcePage;
use crate::model::{Code, Finding};
use crate::pdf::page::shown;
use crate::pdf::page::{Leave, Shown};
use crate::pdf::write::Written;
use crate::verify::{Finished, PageReading, Twin, carried, unlike};

/// So many bytes of long streams are read back at once, or those of one document.
const BYTES_AT_ONCE: u64 = 32 << 20;

/// What a page takes beside them, in bytes.
const BYTES_OF_PAGE: u64 = 64 << 10;

/// How many pages of one document are told.
const MAX_TOLD: usize = 5;

/// What was seen of the pages of a finished bundle.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The pages that differ and of which nothing says why.
    pub(super) differences: Vec<Finding>,
    /// The pages, from 0, that are not what their sources are, as they are in the bundle.
    pub(super) changed: HashMap<usize, PageReading>,
}

/// Follows the pages of a finished bundle again and compares them with what was seen of their sources. `findings` are all
/// so far.
///
/// # Errors
///
/// The bundle or a source cannot be read again.
pub(super) fn prove_looks(
    request: &Request<'_>,
    draft: &Draft,
    (output, finished): (&Output, &Finished),
    written: &Written,
    findings: &[Finding],
) -> Result<Looks, BuildError> {
    let mut listed = listed(request, draft)?;
    let carried = carried_pages(&listed, draft, written, finished);
    let is_open = |twin: &Twin<'_>| !carried.contains(&twin.page);
    listed.retain(|of| twins(of, draft, written).any(|(.., twin)| is_open(&twin)));
    let mut looks = Looks::default();
    for batch in batches(&listed, written) {
        request.go_on()?;
        let wanted: BTreeSet<usize> = batch.iter().flat_map(|of| needed(of, written)).collect();
        let bytes = output.read_streams(finished.bytes(), written, &wanted)?;
        let pages: Vec<(&Listed<'_>, SourcePage, Twin<'_>)> = batch
            .iter()
            .flat_map(|of| twins(of, draft, written))
            .filter(|(.., twin)| is_open(twin))
            .collect();
        let twins: Vec<Twin<'_>> = pages.iter().map(|(_, _, twin)| *twin).collect();
        let mut unlike = unlike(bytes, &twins);
        let read = unlike
            .iter_mut()
            .filter_map(|one| Some((pages.get(one.index)?.2.page, one.reading.take()?)));
        looks.changed.extend(read);
        let suspects: Vec<_> = unlike
            .into_iter()
            .filter(|one| one.is_seen)
            .filter_map(|one| Some((pages.get(one.index)?, one.shown)))
            .collect();
        for of_document in
            suspects.chunk_by(|((one, ..), _), ((other, ..), _)| one.planned.id == other.planned.id)
        {
            let suspects: Vec<_> =
                of_document.iter().map(|((_, page, _), shown)| (*page, shown.as_ref())).collect();
            if let Some(((listed, ..), _)) = of_document.first() {
                looks.differences.extend(compare(
                    request,
                    (listed, &written.cut),
                    &suspects,
                    findings,
                )?);
            }
        }
    }
    Ok(looks)
}

/// The pages of the bundle, from 0, of which the structure of the file alone tells that they have the content of their
/// sources.
fn carried_pages(
    listed: &[Listed<'_>],
    draft: &Draft,
    written: &Written,
    finished: &Finished,
) -> HashSet<usize> {
    let twins = listed.iter().flat_map(|of| twins(of, draft, written));
    let twins: Vec<Twin<'_>> = twins.map(|(.., twin)| twin).collect();
    let carried = carried(finished, &twins);
    let pages = twins.iter().zip(carried);
    pages.filter_map(|(twin, carried)| carried.then_some(twin.page)).collect()
}

/// Documents one after another, as many at once as memory should hold.
fn batches<'l, 'a>(listed: &'l [Listed<'a>], written: &Written) -> Vec<&'l [Listed<'a>]> {
    let size = |of: &Listed<'_>| -> u64 {
        let ranges = needed(of, written).filter_map(|index| written.long_streams.get(index));
        let streams: u64 = ranges.map(|range| range.end - range.start).sum();
        streams + of.pages.len() as u64 * BYTES_OF_PAGE
    };
    let mut batches = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, of) in listed.iter().enumerate() {
        let more = size(of);
        if bytes + more > BYTES_AT_ONCE && index > start {
            batches.extend(listed.get(start..index));
            (start, bytes) = (index, 0);
        }
        bytes += more;
    }
    batches.extend(listed.get(start..).filter(|rest| !rest.is_empty()));
    batches
}

fn needed(of: &Listed<'_>, written: &Written) -> impl Iterator<Item = usize> {
    let needed = written.needed.get(&of.planned.id);
    needed.into_iter().flatten().copied()
}

/// The pages of a document that its source could be looked at for.
fn twins<'l>(
    of: &'l Listed<'_>,
    draft: &'l Draft,
    written: &'l Written,
) -> impl Iterator<Item = (&'l Listed<'l>, SourcePage, Twin<'l>)> {
    let first = of.planned.first.index();
    let facts = &of.known.facts;
    of.pages.iter().enumerate().filter_map(move |(offset, page)| {
        let boxes = facts.pages.get(page.0 as usize)?;
        let likeness = of.known.likenesses.get(&page.number()).copied();
        let leaks = of.known.leaks.iter().find(|(number, _)| *number == page.number());
        let twin = Twin {
            page: first + offset,
            label: &draft.plan.pages.get(first + offset)?.label,
            area: boxes.crop,
            altered: facts.unlocking.is_some() || written.altered.contains(&(first + offset)),
            found: leaks.is_some_and(|(_, leaks)| !leaks.leaks.is_empty()),
            likeness,
        };
        // A page that nobody may look into is not looked into here.
        (likeness.is_some() || is_repaired(of)).then_some((of, *page, twin))
    })
}

/// Looks closely at pages that are not exactly the same.
fn compare(
    request: &Request<'_>,
    (listed, cut): (&Listed<'_>, &BTreeSet<(u32, u32)>),
    suspects: &[(SourcePage, Option<&Shown>)],
    findings: &[Finding],
) -> Result<Vec<Finding>, BuildError> {
    let source = listed.open_whole(request)?;
    // Readers differ in what they make of a damaged file: what ours has made of it is what must be there.
    let source = if is_repaired(listed) { source.into_repaired() } else { Some(source) };
    let Some(source) = source else {
        return Ok(Vec::new());
    };
    let differences = suspects.iter().filter_map(|(page, later)| {
        let before = shown(&source, *page)?.forgetting(cut);
        let leave = leave(listed, *page, findings);
        let difference = match later {
            Some(later) => before.difference(later, leave)?,
            // That the page itself stops the reader is told by the search; where nothing was seen nothing is lost.
            None if !before.whole || before.is_empty() => return None,
            None => "it cannot be followed".to_owned(),
        };
        Some(differs(listed, *page, &difference))
    });
    Ok(differences.take(MAX_TOLD).collect())
}

fn is_repaired(listed: &Listed<'_>) -> bool {
    !listed.known.facts.repairs.is_empty() || listed.known.facts.losses.is_some()
}

fn differs(listed: &Listed<'_>, page: SourcePage, difference: &str) -> Finding {
    let message = format!("the page looks otherwise in the bundle than in its file: {difference}");
    Finding::new(Code::LookDiffers, message)
        .of(listed.name.clone())
        .on_page(page.number())
        .at_line(listed.document.line)
        .hint("nothing was written; print the document to a new PDF, and report this with the file")
}

/// What may be otherwise on a page by what is told of it.
fn leave(listed: &Listed<'_>, page: SourcePage, findings: &[Finding]) -> Leave {
    let mut leave = Leave::default();
    let told = findings.iter().filter(|finding| {
        finding.document.as_ref() == Some(&listed.name) && finding.concerns(page.number())
    });
    for finding in told {
        match finding.code {
            Code::HiddenDropped => {
                leave.less_content = true;
                leave.fewer_annotations = true;
            }
            Code::CommentsStripped
            | Code::AnnotationDropped
            | Code::LinkDropped
            | Code::MediaDropped => leave.fewer_annotations = true,
            // The mark of a file is drawn where the reader would draw it.
            Code::FormDrawn
            | Code::FormUndrawn
            | Code::SignatureFlattened
            | Code::AttachmentDropped => leave.other_annotations = true,
            _ => {}
        }
    }
    leave
}
