//! The court rules that a bundle is held against before it takes its name.

use std::collections::HashMap;

use super::{BuildError, Draft, Request};
use crate::bundle::broken_rules;
use crate::check::{Availability, as_served, document_ref, profile};
use crate::model::{Code, DocumentRef, Finding, Severity};
use crate::plan::{Origin, PlannedPage};
use crate::verify::{Finished, FromSource, NumbersBy, PageReading, verify_built};

/// What the file, as read back, breaks of the rules of the bundle. `changed` are the pages that are not what their sources
/// are, `findings` all so far.
///
/// # Errors
///
/// The user's own rules cannot be read any more.
pub(super) fn hold(
    request: &Request<'_>,
    draft: &Draft,
    finished: &Finished,
    changed: &HashMap<usize, PageReading>,
    findings: &[Finding],
) -> Result<Vec<Finding>, BuildError> {
    let mut profile = profile(request.evidence, request.bundle)
        .map_err(|finding| BuildError::Rules(vec![*finding]))?;
    if profile.differs_from(&request.bundle.numbering.style) {
        // Told by the check of the case. The manifest's numbers are proven against the plan.
        profile.numbering = NumbersBy::Any;
    }
    let file_name = request.bundle.output.file_name();
    let file_name = file_name.map(|name| name.to_string_lossy().into_owned());
    let sources = sources(request, draft, changed);
    let told = Told::by(findings, request, draft);
    let is_told = |page, code| told.is(page, code);
    let results =
        verify_built(finished, &file_name.unwrap_or_default(), &profile, &sources, is_told)
            .map_err(|why| {
                let message = format!("the finished file cannot be held against its rules: {why}");
                BuildError::Unproven(vec![Finding::new(Code::ProofFailed, message)])
            })?;
    Ok(broken_rules(&profile, &results))
}

/// What refuses a bundle: the errors themselves, or where the build is strict a warning.
pub(super) fn refusal(request: &Request<'_>, findings: &[Finding]) -> Option<Vec<Finding>> {
    if findings.iter().any(Finding::is_error) {
        return Some(Vec::new());
    }
    let refusal = request.options.strict.then(|| strict(findings)).flatten()?;
    Some(vec![refusal])
}

/// The finding that refuses a strict build, where there is a warning.
fn strict(findings: &[Finding]) -> Option<Finding> {
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
    let warnings_are = if warnings == 1 { "is 1 warning" } else { "are warnings" };
    let message = format!("there {warnings_are}, and the build is strict; nothing was written");
    (warnings > 0).then(|| {
        Finding::new(Code::Strict, message)
            .hint("deal with the warnings, or build without --strict")
    })
}

/// For each page of the bundle what is known of it from its source, and what it is instead.
fn sources<'a>(
    request: &Request<'a>,
    draft: &Draft,
    changed: &'a HashMap<usize, PageReading>,
) -> Vec<Option<FromSource<'a>>> {
    let pages = draft.plan.pages.iter().zip(&draft.placements).enumerate();
    pages
        .map(|(index, (page, placement))| {
            let Origin::Source(id, source_page) = page.origin else {
                return None;
            };
            let Availability::Present(known) = request.evidence.held(id.section, id.document)
            else {
                return None;
            };
            let section = request.case.sections.get(id.section)?;
            let number = source_page.number();
            Some(FromSource {
                facts: known.contents.get(&number),
                boxes: *known.facts.pages.get(source_page.0 as usize)?,
                place: placement.position,
                leaks: as_served(section.documents.get(id.document)?, known, number).map(
                    |mut page| {
                        // Told by the check of the document, reader by reader.
                        page.retain_names(|_| false);
                        page
                    },
                ),
                changed: changed.get(&index),
            })
        })
        .collect()
}

/// Which rules the check has told of already, document by document.
struct Told<'a> {
    findings: &'a [Finding],
    /// For each page of the bundle its document and the page there, from 1; `None` for sheets.
    pages: Vec<Option<(DocumentRef, u32)>>,
}

impl<'a> Told<'a> {
    fn by(findings: &'a [Finding], request: &Request<'_>, draft: &Draft) -> Self {
        let place = |page: &PlannedPage| {
            let Origin::Source(id, page) = page.origin else {
                return None;
            };
            let section = request.case.sections.get(id.section)?;
            let document = section.documents.get(id.document)?;
            Some((document_ref(section, document), page.number()))
        };
        Self { findings, pages: draft.plan.pages.iter().map(place).collect() }
    }

    /// Whether a rule was told to be broken on a page of the bundle, from 0. What is found in words that are printed belongs
    /// to no page of a source.
    fn is(&self, page: usize, rule: Code) -> bool {
        let place = self.pages.get(page).and_then(Option::as_ref);
        self.findings.iter().filter(|finding| tells_of(finding.code) == Some(rule)).any(|finding| {
            match place {
                Some((document, page)) => {
                    finding.document.as_ref() == Some(document) && finding.concerns(*page)
                }
                None => finding.page.is_none() && finding.pages.is_empty(),
            }
        })
    }
}

/// The rule that a finding about a document stands for.
fn tells_of(code: Code) -> Option<Code> {
    match code {
        Code::BadRedaction
        | Code::NeverServeContent
        | Code::Mg11BackPage
        | Code::ProtectiveMarking
        | Code::HiddenText
        | Code::CroppedContent
        | Code::PersonalData
        | Code::PageNotSearched
        | Code::RedactionUnapplied
        | Code::HiddenLayer => Some(code),
        Code::PersonalDataAllowed => Some(Code::PersonalData),
        Code::CommentsUndecided | Code::CommentsKept => Some(Code::MarkUp),
        _ => None,
    }
}
