//! Personal data in the words of a manifest that a bundle prints: on its cover, in its index, on its sheets.

use std::collections::HashSet;

use super::document_ref;
use super::personal::entry;
use crate::disclosure;
use crate::inspect::{Personal, values_in};
use crate::manifest::{Allowed, AllowedAt, AllowedWhich, Bundle, Case, Document, PrintedField};
use crate::model::words::count;
use crate::model::{Audience, Code, DocumentId, Finding, Mark};

/// What the printed words give away in those of some bundles that others than the court and the prosecution get.
pub(super) fn check_printed(case: &Case, bundles: &[Bundle]) -> Vec<Finding> {
    let is_for_others =
        |bundle: &&Bundle| bundle.audience.is_served() && bundle.audience != Audience::Court;
    let bundles: Vec<&Bundle> = bundles.iter().filter(is_for_others).collect();
    if bundles.is_empty() {
        return Vec::new();
    }
    let title = PrintedField::Title;
    let mut findings = of_field(&case.allow, ("case", title), "the title of the case", &case.title);
    for bundle in &bundles {
        let what = format!("the title of bundle \"{}\"", bundle.name);
        findings.extend(of_field(&bundle.allow, ("bundle", title), &what, &bundle.title));
    }
    let printed: HashSet<DocumentId> =
        bundles.iter().flat_map(|bundle| disclosure::included(case, bundle)).collect();
    for (position, section) in case.sections.iter().enumerate() {
        if printed.iter().any(|id| id.section == position) {
            let what = format!("the title of section {}", section.letter);
            findings.extend(of_field(&section.allow, ("section", title), &what, &section.title));
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
            let what = format!("its {}", field.as_str());
            of_field(&document.allow, ("section.document", field), &what, words)
        })
        .collect()
}

/// Personal data in a field.
#[derive(Clone, Copy)]
struct FieldItem {
    kind: Personal,
    /// Which of that kind in the field, from 1.
    item: u32,
    mark: Mark,
}

fn items_of(words: &str) -> Vec<FieldItem> {
    let mut items: Vec<FieldItem> = Vec::new();
    for (kind, value) in values_in(words) {
        let before = items.iter().filter(|item| item.kind == kind).count();
        let item = u32::try_from(before + 1).unwrap_or(u32::MAX);
        items.push(FieldItem { kind, item, mark: Mark::of_words(kind.as_str(), value) });
    }
    items
}

fn lets(entry: &Allowed, item: &FieldItem) -> bool {
    let is_which = match entry.which {
        AllowedWhich::Marked(mark) => mark == item.mark,
        AllowedWhich::Item(number) => number == item.item,
    };
    is_which && entry.kind == item.kind
}

/// What the words of a field give away, which is called `what`, but for what is let pass by entries of `of`.
fn of_field(
    allow: &[Allowed],
    (of, field): (&str, PrintedField),
    what: &str,
    words: &str,
) -> Vec<Finding> {
    let entries = allow.iter().filter(|entry| entry.at == AllowedAt::Field(field));
    let entries: Vec<&Allowed> = entries.collect();
    let items = items_of(words);
    let (passed, left): (Vec<FieldItem>, Vec<FieldItem>) =
        items.iter().partition(|item| entries.iter().any(|entry| lets(entry, item)));
    let mut findings = found((of, field), what, &left);
    if !passed.is_empty() {
        let places = count(passed.len(), "place");
        let message = format!("{places} with personal data in {what} let pass by the manifest");
        findings.push(Finding::new(Code::PersonalDataAllowed, message));
    }
    for entry in entries {
        let item = items.iter().find(|item| lets(entry, item));
        findings.extend(match (entry.which, item) {
            (_, None) => Some(unmatched(entry, what)),
            (AllowedWhich::Item(_), Some(item)) => Some(unbound(item, what)),
            (AllowedWhich::Marked(_), Some(_)) => None,
        });
    }
    findings
}

fn unmatched(entry: &Allowed, what: &str) -> Finding {
    let kind = entry.kind.as_str();
    let (message, hint) = match entry.which {
        AllowedWhich::Marked(_) => (
            format!(
                "allow lets a value of kind \"{kind}\" in {what} pass by its mark, and it is not there"
            ),
            "the value is another: remove the entry, and look at what stands there now",
        ),
        AllowedWhich::Item(item) => (
            format!("allow lets item {item} of kind \"{kind}\" in {what} pass, and there is none"),
            "remove the entry, or correct its item",
        ),
    };
    Finding::new(Code::AllowUnmatched, message).hint(hint)
}

/// An entry of before marks, which goes on, and how to bind it to what it lets pass.
fn unbound(item: &FieldItem, what: &str) -> Finding {
    let message = format!("1 allow entry has no mark: whatever stands in {what} passes");
    let mark =
        format!("kind \"{}\", item {}: mark = \"{}\"\n", item.kind.as_str(), item.item, item.mark);
    let finding = Finding::new(Code::AllowUnbound, message);
    finding.hint("look at what stands there, and write the mark in place of item").entries(mark)
}

/// A finding for each kind of data in a field, in the order in which they stand there.
fn found((of, field): (&str, PrintedField), what: &str, items: &[FieldItem]) -> Vec<Finding> {
    let place = format!("field = \"{}\"", field.as_str());
    let mut told: Vec<Personal> = Vec::new();
    for item in items {
        if !told.contains(&item.kind) {
            told.push(item.kind);
        }
    }
    let one = |kind: Personal| {
        let message =
            format!("{what} shows personal data: {} ({})", kind.in_words(), kind.as_str());
        let own = items.iter().filter(|item| item.kind == kind);
        let entries: String = own.map(|item| entry(of, kind, &place, item.mark)).collect();
        let finding = Finding::new(Code::PersonalData, message);
        finding
            .hint(format!(
                "write it without, as the bundle prints it, or let it pass with [[{of}.allow]]"
            ))
            .entries(entries)
    };
    told.into_iter().map(one).collect()
}
