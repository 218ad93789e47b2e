//! How a case, or one of its bundles, stands: whole, with gaps, or with files that cannot be read.

use std::collections::HashSet;

use super::State;
use crate::check::Evidence;
use crate::manifest::Case;
use crate::model::DocumentId;
use crate::model::{Code, Finding, Severity};

/// The worst that the documents show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Everything required is there.
    Whole,
    /// Something required is not there, or something is expected.
    Gaps,
    /// A file is there and cannot be used.
    Unreadable,
}

/// How those documents of a case stand that count. A case `awaits` what is expected, also where a bundle is whole
/// without it.
pub(super) fn standing(
    case: &Case,
    evidence: &Evidence,
    awaits: bool,
    counts: &dyn Fn(DocumentId) -> bool,
) -> Standing {
    let sections = case.sections.iter().enumerate();
    sections
        .flat_map(|(section, listed)| {
            let documents = listed.documents.iter().enumerate();
            documents.map(move |(document, listed)| (DocumentId { section, document }, listed))
        })
        .filter(|(id, _)| counts(*id))
        .map(|(id, document)| match evidence.state(document, id.section, id.document) {
            State::Present => Standing::Whole,
            State::Unreadable => Standing::Unreadable,
            _ if document.required || (awaits && document.expected) => Standing::Gaps,
            _ => Standing::Whole,
        })
        .max()
        .unwrap_or(Standing::Whole)
}

/// The findings about the documents of a bundle as the bundle tells them: what is allowed to be missing
/// is only worth a warning.
pub(crate) fn for_bundle(findings: Vec<Finding>, allow_missing: bool) -> Vec<Finding> {
    findings
        .into_iter()
        // The first two say nothing about the bundle; the plan tells the last with what it does.
        .filter(|finding| {
            !matches!(finding.code, Code::Undated | Code::UnlistedFile | Code::OptionalMissing)
        })
        .map(|mut finding| {
            if allow_missing && finding.code == Code::DocumentMissing {
                finding.severity = Severity::Warning;
                finding.message.push_str("; a sheet keeps its place in the bundle");
            }
            finding
        })
        .collect()
}

/// The findings that do not name a document which the bundle does not hold.
pub(super) fn without_others(
    case: &Case,
    included: &HashSet<DocumentId>,
    mut findings: Vec<Finding>,
) -> Vec<Finding> {
    let names: HashSet<(&str, &str)> = included
        .iter()
        .filter_map(|id| {
            let section = case.sections.get(id.section)?;
            let document = section.documents.get(id.document)?;
            Some((section.letter.as_str(), document.title.as_str()))
        })
        .collect();
    findings.retain(|finding| {
        finding.document.as_ref().is_none_or(|document| {
            names.contains(&(document.section.as_str(), document.title.as_str()))
        })
    });
    findings
}
