//! What the file standard of a case says, as findings.

use super::assess::{MaterialStanding, Requirement, requirements};
use super::crossed::check_crossed;
use super::data::{Standard, Standards};
use crate::manifest::{Case, Document};
use crate::model::DocumentId;
use crate::model::{Code, Finding, Trust};

/// How many documents a finding names before it counts the rest.
const MAX_NAMED: usize = 3;

/// What a case lacks of its file standard, what satisfies the rest, and whether statements and exhibits
/// agree. Nothing where the case names no standard. `held` says of a document whether it is there.
pub fn check_standard(
    case: &Case,
    standards: &Standards,
    held: &dyn Fn(DocumentId) -> bool,
) -> Vec<Finding> {
    let Some(name) = &case.file_standard else {
        return Vec::new();
    };
    let Some(standard) = standards.find(name) else {
        let message = format!("the file standard \"{name}\" is not known");
        let hint = format!(
            "the standards are: {}; one of your own comes with --standards-file; \"none\" asks for nothing",
            standards.names()
        );
        return vec![Finding::new(Code::StandardUnknown, message).hint(hint)];
    };
    let requirements = requirements(case, standards, standard, held);
    let mut findings: Vec<Finding> = requirements
        .iter()
        .filter_map(|requirement| finding(case, standard, requirement))
        .collect();
    findings.extend(unmatched(case, standards, &requirements));
    findings.extend(check_crossed(case));
    findings
}

fn finding(case: &Case, standard: &Standard, requirement: &Requirement<'_>) -> Option<Finding> {
    let item = requirement.line.item;
    let what = format!("{} ({})", item.title, item.code);
    let asks = match requirement.line.trust {
        Trust::Memory => format!(
            "the file standard \"{}\", as far as is known from memory, asks for",
            standard.name
        ),
        _ => format!("the file standard \"{}\" asks for", standard.name),
    };
    let ask = item
        .supplier
        .as_ref()
        .map(|supplier| format!("ask {supplier} for it and list it, or "))
        .unwrap_or_default();
    let otherwise =
        format!("{ask}record [[not_applicable]] item = \"{}\" with a reason", item.code);
    Some(match &requirement.standing {
        MaterialStanding::NotAsked => return None,
        MaterialStanding::Met(documents) => {
            let message = format!("{what}: met by {}", named(case, documents));
            Finding::new(Code::StandardMet, message)
        }
        MaterialStanding::NotApplicable(entry) => {
            let message = format!("{what}: not applicable: {} ({})", entry.reason, entry.initials);
            Finding::new(Code::StandardNotApplicable, message).at_line(entry.line)
        }
        MaterialStanding::Outstanding(documents) => {
            let message =
                format!("{asks} {what}; {} is listed and not held", named(case, documents));
            let mut finding = Finding::new(Code::StandardOutstanding, message);
            finding.severity = requirement.line.severity();
            finding
        }
        MaterialStanding::Missing => {
            let message = format!("{asks} {what}, and nothing is listed for it");
            let mut finding = Finding::new(Code::StandardMissing, message).hint(otherwise);
            finding.severity = requirement.line.severity();
            finding
        }
    })
}

/// `section B, "Statement of PC Smith", and 2 more`.
fn named(case: &Case, documents: &[DocumentId]) -> String {
    let name = |id: &DocumentId| {
        let section = case.sections.get(id.section)?;
        let document = section.documents.get(id.document)?;
        Some(format!("section {}, \"{}\"", section.letter, document.title))
    };
    let mut names: Vec<String> = documents.iter().take(MAX_NAMED).filter_map(name).collect();
    if documents.len() > MAX_NAMED {
        names.push(format!("{} more", documents.len() - MAX_NAMED));
    }
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join("; ")),
        _ => names.concat(),
    }
}

/// Entries for items that the standard does not ask for: most likely a slip, which would hide a gap.
fn unmatched(case: &Case, standards: &Standards, requirements: &[Requirement<'_>]) -> Vec<Finding> {
    let asked = |code: &str| {
        requirements.iter().any(|requirement| requirement.line.item.code.eq_ignore_ascii_case(code))
    };
    let hint = "`courtbundle standards NAME` lists the items of a standard";
    let of_entries = case.not_applicable.iter().filter(|entry| !asked(&entry.item)).map(|entry| {
        let message = format!(
            "\"{}\" is recorded as not applicable, and the file standard does not ask for it",
            entry.item
        );
        Finding::new(Code::ItemUnmatched, message).at_line(entry.line).hint(hint)
    });
    let of_documents = case.sections.iter().flat_map(|section| {
        let unknown = |document: &Document| -> Vec<Finding> {
            let codes = document.items.iter();
            codes
                .filter(|code| standards.item(code).is_none())
                .map(|code| {
                    Finding::new(
                        Code::ItemUnmatched,
                        format!("it names the item \"{code}\", which no file standard has"),
                    )
                    .of(crate::check::document_ref(section, document))
                    .at_line(document.line)
                    .hint(hint)
                })
                .collect()
        };
        section.documents.iter().flat_map(unknown).collect::<Vec<_>>()
    });
    of_entries.chain(of_documents).collect()
}
