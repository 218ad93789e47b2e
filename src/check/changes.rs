//! Findings about what the plan changes: numbers that move, pages made smaller, documents left out.

use super::{Code, Finding, document_ref};
use crate::manifest::{Case, Position};
use crate::plan::{self, Contents, DocumentId, Placement, Plan};

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
    let usual = in_words(plan.numbering.position);
    plan::moved_numbers(plan, placements)
        .flat_map(|(document, moved, enlarged)| {
            let moved = (!moved.is_empty()).then(|| {
                let message = format!("something is printed at the {usual} of {}; the number stands at the next free place", list(&moved));
                first_page(Finding::new(Code::NumberMoved, message), &moved)
            });
            let enlarged = (!enlarged.is_empty()).then(|| {
                let message = format!("{} had no free place for the number and became a little smaller to make room", list(&enlarged));
                first_page(Finding::new(Code::PageScaled, message), &enlarged)
            });
            moved.into_iter().chain(enlarged).map(|finding| about(case, document.id, finding)).collect::<Vec<_>>()
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
        Some((section, document)) => finding
            .of(document_ref(section, document))
            .at_line(document.line),
        None => finding,
    }
}

/// Pages in words, runs joined: `pages 1-3 and 7`.
pub(crate) fn list(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let runs: Vec<String> = runs
        .iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        })
        .collect();
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    match runs.split_last() {
        Some((last, [])) => format!("{noun} {last}"),
        Some((last, rest)) => format!("{noun} {} and {last}", rest.join(", ")),
        None => noun.to_owned(),
    }
}

fn in_words(position: Position) -> &'static str {
    match position {
        Position::TopLeft => "top left",
        Position::TopCentre => "top",
        Position::TopRight => "top right",
        Position::BottomLeft => "bottom left",
        Position::BottomCentre => "bottom",
        Position::BottomRight => "bottom right",
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn pages_are_listed_in_runs() {
        assert_eq!(list(&[4]), "page 4");
        assert_eq!(list(&[1, 2, 3, 7]), "pages 1-3 and 7");
        assert_eq!(list(&[1, 3, 5, 6]), "pages 1, 3 and 5-6");
    }
}
