//! Findings about what the plan changes: numbers that move, pages made smaller, documents left out.

use super::document_ref;
use crate::manifest::Case;
use crate::model::DocumentId;
use crate::model::atomic_write::Swept;
use crate::model::words::{count, pages};
use crate::model::{Code, Finding};
use crate::plan::{self, Contents, Placement, Plan};

/// What processes that were killed left in a folder.
pub fn leftovers(swept: &Swept) -> Vec<Finding> {
    let removed = (swept.removed > 0).then(|| {
        let files = count(swept.removed, "half-written file");
        Finding::new(Code::LeftoversRemoved, format!("{files} of builds that were cut off deleted"))
    });
    let left = (!swept.left.is_empty()).then(|| {
        let files = count(swept.left.len(), "half-written file");
        Finding::new(
            Code::LeftoversStay,
            format!("{files} cannot be deleted, and may hold evidence"),
        )
        .hint(format!("delete by hand when no build is running: {}", swept.left.join(", ")))
    });
    removed.into_iter().chain(left).collect()
}

/// Documents that are not required, not there, and so not in the bundle.
pub fn left_out(case: &Case, contents: &Contents) -> Vec<Finding> {
    contents
        .left_out
        .iter()
        .map(|left_out| {
            about(
                case,
                left_out.0,
                Finding::new(
                    Code::OptionalMissing,
                    "missing; it is not required, so the bundle leaves it out",
                ),
            )
        })
        .collect()
}

/// Pages whose number does not stand in the usual place.
pub fn moved_numbers(case: &Case, plan: &Plan, placements: &[Placement]) -> Vec<Finding> {
    let usual = plan.numbering.position.in_words();
    plan::moved_numbers(plan, placements)
        .flat_map(|(document, moved, enlarged)| {
            let moved = (!moved.is_empty()).then(|| {
                let message = format!(
                    "the {usual} of {} is taken; the number stands at the next free place",
                    pages(&moved)
                );
                first_page(Finding::new(Code::NumberMoved, message), &moved)
            });
            let enlarged = (!enlarged.is_empty()).then(|| {
                let message = format!(
                    "{} had no free place for the number and became a little smaller to make room",
                    pages(&enlarged)
                );
                first_page(Finding::new(Code::PageScaled, message), &enlarged)
            });
            moved
                .into_iter()
                .chain(enlarged)
                .map(|finding| about(case, document.id, finding))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn first_page(finding: Finding, pages: &[u32]) -> Finding {
    match pages.first() {
        Some(page) => finding.on_page(*page),
        None => finding,
    }
}

fn about(case: &Case, id: DocumentId, finding: Finding) -> Finding {
    let section = case.sections.get(id.section);
    match section.and_then(|section| Some((section, section.documents.get(id.document)?))) {
        Some((section, document)) => {
            finding.of(document_ref(section, document)).at_line(document.line)
        }
        None => finding,
    }
}
