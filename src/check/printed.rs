//! Personal data in the words of a manifest that a bundle prints: on its cover, in its index, on its sheets.

use std::collections::HashSet;

use super::document_ref;
use crate::disclosure;
use crate::inspect::{Personal, kinds_in};
use crate::manifest::{Allowed, AllowedAt, Bundle, Case, Document, PrintedField};
use crate::model::Audience;
use crate::model::DocumentId;
use crate::model::{Code, Finding};

/// What the printed words give away in those of some bundles that others than the court and the prosecution get.
pub(super) fn check_printed(case: &Case, bundles: &[Bundle]) -> Vec<Finding> {
    let is_for_others =
        |bundle: &&Bundle| bundle.audience.is_served() && bundle.audience != Audience::Court;
    let bundles: Vec<&Bundle> = bundles.iter().filter(is_for_others).collect();
    if bundles.is_empty() {
        return Vec::new();
    }
    let title = PrintedField::Title;
    let mut findings = of_field(&case.allow, title, "the title of the case", &case.title);
    for bundle in &bundles {
        let what = format!("the title of bundle \"{}\"", bundle.name);
        findings.extend(of_field(&bundle.allow, title, &what, &bundle.title));
    }
    let printed: HashSet<DocumentId> =
        bundles.iter().flat_map(|bundle| disclosure::included(case, bundle)).collect();
    for (position, section) in case.sections.iter().enumerate() {
        if printed.iter().any(|id| id.section == position) {
            let what = format!("the title of section {}", section.letter);
            findings.extend(of_field(&section.allow, title, &what, &section.title));
        }
        for (index, document) in section.documents.iter().enumerate() {
            let id = DocumentId { section: position, document: index };
            if printed.contains(&id) {
                findings.extend(of_document(document).into_iter().map(|finding| {
                    finding.of(document_ref(section, document)).at_line(document.line)
                }));
            }
        }
    }
    findings
}

fn of_document(document: &Document) -> Vec<Finding> {
    let supplier = document.supplier.as_deref().unwrap_or_default();
    [(PrintedField::Title, document.title.as_str()), (PrintedField::Supplier, supplier)]
        .into_iter()
        .flat_map(|(field, words)| {
            of_field(&document.allow, field, &format!("its {}", field.as_str()), words)
        })
        .collect()
}

/// What the words of a field give away, which is called `what`, but for what is let pass.
fn of_field(allow: &[Allowed], field: PrintedField, what: &str, words: &str) -> Vec<Finding> {
    let entries = allow.iter().filter(|entry| entry.at == AllowedAt::Field(field));
    let entries: Vec<&Allowed> = entries.collect();
    let kinds = kinds_in(words);
    let is_of = |entry: &Allowed, index: usize, kind: Personal| {
        let before = kinds.iter().take(index).filter(|one| **one == kind);
        entry.kind == kind && usize::try_from(entry.item) == Ok(before.count() + 1)
    };
    let passes =
        |(index, kind): (usize, &Personal)| entries.iter().any(|entry| is_of(entry, index, *kind));
    let left = kinds.iter().enumerate().filter(|one| !passes(*one));
    let mut findings = found(what, left.map(|(_, kind)| *kind).collect());
    let let_pass = kinds.iter().enumerate().filter(|one| passes(*one)).count();
    if let_pass > 0 {
        let places = crate::model::words::count(let_pass, "place");
        let message = format!("{places} with personal data in {what} let pass by the manifest");
        findings.push(Finding::new(Code::PersonalDataAllowed, message));
    }
    let is_there = |entry: &Allowed| {
        let mut kinds = kinds.iter().enumerate();
        kinds.any(|(index, kind)| is_of(entry, index, *kind))
    };
    let unmatched = entries.iter().filter(|entry| !is_there(entry));
    findings.extend(unmatched.map(|entry| {
        let message = format!(
            "allow lets item {} of kind \"{}\" in {what} pass, and there is none",
            entry.item,
            entry.kind.as_str()
        );
        Finding::new(Code::AllowUnmatched, message).hint("remove the entry, or correct its item")
    }));
    findings
}

/// A finding for each kind of data in a field, in the order in which they stand there.
fn found(field: &str, kinds: Vec<Personal>) -> Vec<Finding> {
    let mut told: Vec<Personal> = Vec::new();
    for kind in kinds {
        if !told.contains(&kind) {
            told.push(kind);
        }
    }
    let one = |kind: Personal| {
        let message =
            format!("{field} shows personal data: {} ({})", kind.in_words(), kind.as_str());
        Finding::new(Code::PersonalData, message).hint("write it without, as the bundle prints it")
    };
    told.into_iter().map(one).collect()
}
