//! Rules: what a case must satisfy, and the findings when it does not. Pure; needs no disk.

mod attachments;
mod bundle;
mod changes;
mod codes;
mod content;
mod documents;
mod finding;
mod finding_row;
mod fold;
mod leaks;
mod order;
mod printed;
mod rules;
mod served;
mod texts;
mod withheld;

pub use bundle::{Standing, for_bundle, standing_of_bundle, standing_of_case, without_others};
pub use changes::{left_out, leftovers, moved_numbers};
pub use codes::Code;
pub use documents::{State, check_documents, display, document_ref};
pub use finding::{DocumentRef, Finding, Severity};
pub use finding_row::FindingRow;
pub use fold::fold;
pub use leaks::{PageFindings, check_leaks, page_findings, searched};
pub use rules::{broken_rules, numbering_differs};
pub use served::{check_served, check_served_in};
pub(crate) use texts::HINT as WRITE_OTHERWISE;
pub use texts::check_texts;
pub use withheld::compared;

use crate::manifest::Case;
use crate::source::{Evidence, Held};

/// Whether nothing required is missing, expected or unreadable, and no rule is broken.
pub fn is_ready(case: &Case, evidence: &Evidence, findings: &[Finding]) -> bool {
    standing_of_case(case, evidence) == Standing::Whole && !findings.iter().any(Finding::is_error)
}

/// Every listed document with its section and what is there for it.
pub fn listed<'a>(
    case: &'a Case,
    evidence: &'a Evidence,
) -> impl Iterator<
    Item = (
        &'a crate::manifest::Section,
        &'a crate::manifest::Document,
        &'a Held,
    ),
> {
    case.sections
        .iter()
        .enumerate()
        .flat_map(move |(position, section)| {
            section
                .documents
                .iter()
                .enumerate()
                .map(move |(index, document)| (section, document, evidence.held(position, index)))
        })
}
