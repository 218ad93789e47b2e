//! How a case, or one of its bundles, stands: whole, with gaps, or with files that cannot be read.

use super::{Code, Finding, Severity, State};
use crate::manifest::{Bundle, Case};
use crate::source::Evidence;

/// The worst that the documents show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Everything required is there.
    Whole,
    /// Something required is missing or expected.
    Gaps,
    /// A file is there and cannot be used.
    Unreadable,
}

/// How all sections of a case stand.
pub fn standing_of_case(case: &Case, evidence: &Evidence) -> Standing {
    standing(case, evidence, 0..case.sections.len())
}

/// How the sections of one bundle stand.
pub fn standing_of_bundle(case: &Case, bundle: &Bundle, evidence: &Evidence) -> Standing {
    standing(case, evidence, bundle.sections.iter().copied())
}

fn standing(case: &Case, evidence: &Evidence, sections: impl Iterator<Item = usize>) -> Standing {
    sections
        .filter_map(|position| Some((position, case.sections.get(position)?)))
        .flat_map(|(position, section)| {
            let documents = section.documents.iter().enumerate();
            documents.map(move |(index, document)| {
                let state = State::of(document, evidence.held(position, index));
                match state {
                    State::Unreadable => Standing::Unreadable,
                    State::Missing | State::Expected if document.required => Standing::Gaps,
                    State::Missing | State::Expected | State::Present => Standing::Whole,
                }
            })
        })
        .max()
        .unwrap_or(Standing::Whole)
}

/// The findings of a case that matter to one of its bundles: what other bundles hold does not stand
/// in its way, and what is allowed to be missing is only worth a warning.
pub fn for_bundle(
    case: &Case,
    bundle: &Bundle,
    findings: Vec<Finding>,
    allow_missing: bool,
) -> Vec<Finding> {
    let letters: Vec<&str> = bundle
        .sections
        .iter()
        .filter_map(|position| Some(case.sections.get(*position)?.letter.as_str()))
        .collect();
    findings
        .into_iter()
        // The first two say nothing about the bundle; the plan tells the last with what it does.
        .filter(|finding| {
            !matches!(
                finding.code,
                Code::Undated | Code::UnlistedFile | Code::OptionalMissing
            )
        })
        .filter(|finding| {
            finding
                .document
                .as_ref()
                .is_none_or(|document| letters.contains(&document.section.as_str()))
        })
        .map(|mut finding| {
            if allow_missing && finding.code == Code::DocumentMissing {
                finding.severity = Severity::Warning;
                finding
                    .message
                    .push_str("; a sheet keeps its place in the bundle");
            }
            finding
        })
        .collect()
}
