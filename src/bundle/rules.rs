//! The court rules that a bundle is held against before it takes its name.

use super::{BuildError, Draft, Request};
use crate::bundle::broken_rules;
use crate::check::{Availability, profile};
use crate::model::{Code, Finding, Severity};
use crate::plan::Origin;
use crate::verify::{Finished, FromSource, NumbersBy, PageFacts, verify_built};

/// What the file, as read back, breaks of the rules of the bundle.
///
/// # Errors
///
/// The user's own rules cannot be read any more.
pub(super) fn hold(
    request: &Request<'_>,
    draft: &Draft,
    finished: &Finished,
) -> Result<Vec<Finding>, BuildError> {
    let mut profile = profile(request.case, request.bundle)
        .map_err(|finding| BuildError::Rules(vec![*finding]))?;
    if profile.differs_from(&request.bundle.numbering.style) {
        // Told by the check of the case. The manifest's numbers are proven against the plan.
        profile.numbering = NumbersBy::Any;
    }
    let file_name = request.bundle.output.file_name();
    let file_name = file_name.map(|name| name.to_string_lossy().into_owned());
    let results =
        verify_built(finished, &file_name.unwrap_or_default(), &profile, &sources(request, draft))
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

/// For each page of the bundle what is known of it from its source.
fn sources<'a>(request: &Request<'a>, draft: &Draft) -> Vec<Option<FromSource<'a>>> {
    let pages = draft.plan.pages.iter().zip(&draft.placements);
    pages
        .map(|(page, placement)| {
            let Origin::Source(id, source_page) = page.origin else {
                return None;
            };
            let Availability::Present(known) = request.evidence.held(id.section, id.document)
            else {
                return None;
            };
            let facts = known.contents.get(&source_page.number());
            Some(FromSource {
                facts,
                boxes: *known.facts.pages.get(source_page.0 as usize)?,
                place: placement.position,
                // The check has told it of what is served.
                searched: request.bundle.audience.is_served()
                    || facts.is_some_and(PageFacts::is_whole),
            })
        })
        .collect()
}
