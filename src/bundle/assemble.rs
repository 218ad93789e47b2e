//! Puts one bundle together.

use std::collections::HashSet;
use std::io::BufWriter;
use std::sync::Arc;

use super::carry::{carry, treatment};
use super::inputs::Inputs;
use super::likeness::prove_looks;
use super::output::{self, Output};
use super::reading::listed;
use super::{BuildError, Built, Request, audit, rules};
use crate::check::Availability;
use crate::check::{display, left_out, moved_numbers};
use crate::inspect::withheld;
use crate::manifest::{Bundle, Case, SourcePage};
use crate::model::geometry::{PageBox, Rect};
use crate::model::{Code, Finding};
use crate::pdf::source::Source;
use crate::pdf::write::{BundleWriter, Catalog, PdfError, StampFont};
use crate::plan::{
    Bookmark, BundlePage, Content, Contents, Origin, Placement, Plan, PlannedDocument, bookmarks,
    place_numbers,
};
use crate::sheets::{Composition, FrontMatter, Sheet, compose, count_index_pages, set, words};
use crate::verify::{Expected, Finished, prove};

/// A bundle that is planned and not yet written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    /// Where each number stands.
    pub placements: Vec<Placement>,
    /// The sheets.
    pub composition: Composition,
    /// The bookmarks.
    pub bookmarks: Vec<Bookmark>,
    /// What the plan changes or leaves out.
    pub findings: Vec<Finding>,
}

/// Plans a bundle: first with a short index, then with one of the length that its rows need.
///
/// # Errors
///
/// What the check reports, and faults of the built-in fonts.
pub fn draft(request: &Request<'_>) -> Result<Draft, BuildError> {
    let Request { case, bundle, evidence, .. } = *request;
    let contents =
        Contents::new(case, bundle, |id| evidence.holding(id), request.options.allow_missing)?;
    let plan_with =
        |index_pages| Plan::new(&contents, &bundle.numbering, bundle.dividers, index_pages);
    let trial = composed(case, bundle, &plan_with(1));
    let index_pages = match trial.sheets.get(1) {
        Some(Sheet::Index(rows)) => count_index_pages(rows, &trial.setting)?,
        _ => return Err(PdfError::Internal("the index is missing").into()),
    };
    let plan = plan_with(u32::try_from(index_pages).unwrap_or(u32::MAX));
    let mut composition = composed(case, bundle, &plan);
    composition.setting = trial.setting;
    let placements = place_numbers(&plan, |id, page| {
        let section = case.sections.get(id.section);
        let document = section.and_then(|section| section.documents.get(id.document));
        let comments_stay =
            document.is_none_or(|document| !treatment(bundle, document).strip_comments);
        evidence.taken_places(&bundle.numbering, (id, page), comments_stay)
    });
    let words = words(case.language);
    let mut findings = left_out(case, &contents);
    findings.extend(moved_numbers(case, &plan, &placements));
    Ok(Draft {
        bookmarks: bookmarks(case, &plan, words.cover, words.index),
        plan,
        placements,
        composition,
        findings,
    })
}

/// The sheets of a plan. Others than the suppliers' own office read the placeholders.
fn composed(case: &Case, bundle: &Bundle, plan: &Plan) -> Composition {
    let mut composition = compose(case, bundle, plan);
    for sheet in &mut composition.sheets {
        if let Sheet::Placeholder(placeholder) = sheet {
            placeholder.title = withheld(&placeholder.title);
            placeholder.supplier = placeholder.supplier.as_deref().map(withheld);
        }
    }
    composition
}

/// Writes a planned bundle, reads it back, and gives it its name.
///
/// # Errors
///
/// What happens on the way; the previous output is then as it was.
pub(super) fn write(
    request: &Request<'_>,
    draft: &Draft,
    inputs: Option<&Inputs>,
    findings: Vec<Finding>,
) -> Result<Built, BuildError> {
    assemble(request, draft, inputs, findings).map_err(|error| match error {
        BuildError::Pdf(PdfError::Write(error)) => {
            output::from_io(&display(&request.bundle.output), &error)
        }
        error => error,
    })
}

fn assemble(
    request: &Request<'_>,
    draft: &Draft,
    inputs: Option<&Inputs>,
    mut findings: Vec<Finding>,
) -> Result<Built, BuildError> {
    let before = findings.len();
    let front = set(&draft.composition.sheets, &draft.composition.setting)?;
    let output = Output::create(request)?;
    let links = row_links(draft, &front);
    let sheets = Source::from_bytes(front.pdf.clone()).map_err(PdfError::from)?;
    let boxes = boxes(request, draft, &sheets)?;
    let font = StampFont::new(&draft.plan)?;
    let out = BufWriter::with_capacity(1 << 18, output.writer()?);
    let mut writer = BundleWriter::new(
        out,
        &draft.plan,
        &draft.placements,
        &boxes,
        font,
        repeated_lengths(request, draft, &sheets)?,
    )?;
    writer.add_sheets(sheets, &sheet_places(draft, &front)?, &links)?;
    (request.progress)(draft.plan.page_count() - source_pages(draft));
    findings.extend(carry(request, draft, &mut writer)?);
    let catalog = Catalog {
        title: title(request),
        language: request.case.language.tag(),
        bookmarks: draft.bookmarks.clone(),
    };
    let (_, written) = writer.finish(&catalog)?;
    request.go_on()?;
    // The drive is busy while the processor is.
    let broken = std::thread::scope(|scope| {
        let kept = scope.spawn(|| output.keep());
        let structure = Arc::new(output.read_back(&written)?);
        let finished = Finished::open(&structure).map_err(BuildError::Unproven)?;
        prove_output(&finished, draft, &links)?;
        let looks = prove_looks(request, draft, (&output, &finished), &written, &findings)?;
        if !looks.differences.is_empty() {
            return Err(BuildError::Unproven(looks.differences));
        }
        let broken = rules::hold(request, draft, &finished, &looks.changed, &findings)?;
        kept.join().unwrap_or(Err(PdfError::Internal("the drive cannot be waited for").into()))?;
        Ok::<_, BuildError>(broken)
    })?;
    findings.extend(broken);
    if let Some(refusal) = rules::refusal(request, &findings) {
        return Err(BuildError::Rules([findings.split_off(before), refusal].concat()));
    }
    let record = audit::record(request, draft, Some(&written), &fit_to_send(&findings));
    let record = match request.bundle.audience.is_served() {
        true => record.without_folders(),
        false => record,
    };
    let inputs = inputs.map(|inputs| inputs.hash(request.case, request.bundle, request.options));
    let (record, inputs) = record.for_disk(inputs.as_ref())?;
    output.publish(&record)?;
    Ok(Built { written, inputs, findings })
}

/// The findings as they stand beside the bundle, which may be sent along with it: what a missing file
/// may be called instead, and whom to chase, is nobody else's business.
fn fit_to_send(findings: &[Finding]) -> Vec<Finding> {
    let about_absence =
        |finding: &Finding| matches!(finding.code, Code::DocumentMissing | Code::DocumentExpected);
    let mut findings = findings.to_vec();
    for finding in findings.iter_mut().filter(|finding| about_absence(finding)) {
        finding.hint = None;
    }
    findings
}

/// The lengths that more than one stream of the sheets and of the documents has. Only such streams can be the same.
fn repeated_lengths(
    request: &Request<'_>,
    draft: &Draft,
    sheets: &Source,
) -> Result<HashSet<usize>, BuildError> {
    let listed = listed(request, draft)?;
    let of_documents = listed.iter().flat_map(|listed| &listed.known.stream_lengths);
    let of_sheets = sheets.stream_lengths();
    let mut known = HashSet::new();
    let lengths = of_documents.chain(&of_sheets).copied();
    Ok(lengths.filter(|length| !known.insert(*length)).collect())
}

fn title(request: &Request<'_>) -> String {
    format!("{} – {}", request.case.title, request.bundle.title)
}

fn source_pages(draft: &Draft) -> u32 {
    let from_source = |document: &PlannedDocument| match &document.content {
        Content::Source(pages) => u32::try_from(pages.len()).unwrap_or(u32::MAX),
        Content::Placeholder => 0,
    };
    draft.plan.documents().map(from_source).sum()
}

/// The place in the bundle of every page of the sheets.
fn sheet_places(
    draft: &Draft,
    front: &FrontMatter,
) -> Result<Vec<(SourcePage, BundlePage)>, BuildError> {
    let mut places = Vec::new();
    for (sheet, (&first, &start)) in
        front.first_page.iter().zip(&draft.composition.starts).enumerate()
    {
        let end = front.first_page.get(sheet + 1).copied().unwrap_or(front.pages);
        for page in first..end {
            let source = SourcePage(u32::try_from(page).unwrap_or(u32::MAX));
            places.push((source, BundlePage::from_index(start.index() + page - first)));
        }
    }
    let own =
        draft.plan.pages.iter().filter(|page| !matches!(page.origin, Origin::Source(..))).count();
    if places.len() != own {
        return Err(PdfError::Internal("the sheets take more or fewer pages than planned").into());
    }
    Ok(places)
}

/// The rows of the index as links: the page among the sheets, where on it, and where it leads.
fn row_links(draft: &Draft, front: &FrontMatter) -> Vec<(SourcePage, Rect, BundlePage)> {
    front
        .links
        .iter()
        .filter_map(|link| {
            let [left, bottom, right, top] = link.rect.map(f64::from);
            let page = SourcePage(u32::try_from(link.page).ok()?);
            Some((
                page,
                Rect::new(left, bottom, right, top),
                *draft.composition.targets.get(link.row)?,
            ))
        })
        .collect()
}

/// The boxes of every page of the plan, as its source has them.
fn boxes(
    request: &Request<'_>,
    draft: &Draft,
    sheets: &Source,
) -> Result<Vec<PageBox>, BuildError> {
    let sheet =
        sheets.facts.pages.first().copied().ok_or(PdfError::Internal("the sheets have no page"))?;
    Ok(draft
        .plan
        .pages
        .iter()
        .map(|page| match page.origin {
            Origin::Source(id, page) => match request.evidence.held(id.section, id.document) {
                Availability::Present(known) => {
                    known.facts.pages.get(page.0 as usize).copied().unwrap_or(sheet)
                }
                _ => sheet,
            },
            _ => sheet,
        })
        .collect())
}

fn prove_output(
    finished: &Finished,
    draft: &Draft,
    links: &[(SourcePage, Rect, BundlePage)],
) -> Result<(), BuildError> {
    let mut expected: Vec<(BundlePage, Vec<BundlePage>)> = Vec::new();
    // The index stands right behind the cover among the sheets as in the bundle.
    for (page, _, target) in links {
        let page = BundlePage::from_index(page.0 as usize);
        match expected.last_mut() {
            Some((last, targets)) if *last == page => targets.push(*target),
            _ => expected.push((page, vec![*target])),
        }
    }
    let findings = prove(
        finished,
        &Expected { plan: &draft.plan, bookmarks: &draft.bookmarks, links: &expected },
    );
    if findings.is_empty() { Ok(()) } else { Err(BuildError::Unproven(findings)) }
}
