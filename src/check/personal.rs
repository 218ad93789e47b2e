//! Personal data on pages that others than the court get, and what of it somebody lets pass.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::leaks::{MAX_PLACES, PageFindings, point};
use crate::inspect::{Item, Pass, Personal, items, suppress};
use crate::manifest::AllowedWhich;
use crate::model::words::count;
use crate::model::{Code, Finding, Mark};

/// One finding for each page and kind of personal data, and what was let pass.
pub(super) fn check(found: &PageFindings<'_>) -> Vec<Finding> {
    let result = suppress(&items(found.file, found.pages), found.passes);
    let mut groups: BTreeMap<(u32, Personal), Vec<&Item>> = BTreeMap::new();
    for item in &result.left {
        groups.entry((item.page, item.kind)).or_default().push(item);
    }
    let mut findings: Vec<Finding> =
        groups.iter().map(|((page, kind), items)| of_kind(*kind, items).on_page(*page)).collect();
    if result.passed > 0 {
        let message = format!(
            "{} with personal data let pass by the manifest",
            count(result.passed, "place")
        );
        let pages = found.passes.iter().map(|pass| pass.page).collect();
        findings.push(Finding { pages, ..Finding::new(Code::PersonalDataAllowed, message) });
    }
    findings.extend(unbound(&result.unbound));
    let unmatched = result.unmatched.iter().filter_map(|index| found.passes.get(*index));
    findings.extend(unmatched.map(unmatched_entry));
    findings
}

fn of_kind(kind: Personal, items: &[&Item]) -> Finding {
    let places: Vec<String> = items
        .iter()
        .take(MAX_PLACES)
        .map(|item| format!("item {} {}", item.item, point(item.place)))
        .collect();
    let more = items.len().saturating_sub(MAX_PLACES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("{} ({}): {}{more}", kind.in_words(), kind.as_str(), places.join(", "));
    // Where a value stands twice, one entry is enough.
    let marks: BTreeSet<Mark> = items.iter().map(|item| item.mark).collect();
    let page = items.first().map_or(0, |item| item.page);
    let place = format!("page = {page}");
    let entries = marks.iter().map(|mark| entry("section.document", kind, &place, *mark));
    Finding::new(Code::PersonalData, message)
        .hint("redact it in the source, or let it pass with [[section.document.allow]]")
        .entries(entries.collect::<String>())
}

/// An entry as it is to be copied into the manifest, below what it belongs to.
pub(super) fn entry(of: &str, kind: Personal, place: &str, mark: Mark) -> String {
    let kind = kind.as_str();
    let mut entry = format!("[[{of}.allow]]\nkind = \"{kind}\"\n{place}\nmark = \"{mark}\"\n");
    entry.push_str("reason = \"\"\ninitials = \"\"\n");
    entry
}

/// Entries of before marks, which go on, and how to bind them to what they let pass.
fn unbound(items: &[Item]) -> Option<Finding> {
    let first = items.first()?;
    let has = if items.len() == 1 { "entry has" } else { "entries have" };
    let message = format!(
        "{} allow {has} no mark: whatever stands at {} passes",
        items.len(),
        if items.len() == 1 { "that place" } else { "those places" }
    );
    let mut marks = String::new();
    for item in items {
        let (kind, page, number) = (item.kind.as_str(), item.page, item.item);
        let _ = writeln!(
            marks,
            "kind \"{kind}\", page {page}, item {number}: mark = \"{}\"",
            item.mark
        );
    }
    let finding = Finding::new(Code::AllowUnbound, message).on_page(first.page);
    Some(
        finding
            .hint("look at what stands there, and write the mark in place of item")
            .entries(marks),
    )
}

fn unmatched_entry(pass: &Pass) -> Finding {
    let kind = pass.kind.as_str();
    let (message, hint) = match pass.which {
        AllowedWhich::Marked(_) => (
            format!("allow lets a value of kind \"{kind}\" pass by its mark, and it is not there"),
            "the file or the value is another: remove the entry, and look at what stands there now",
        ),
        AllowedWhich::Item(item) => (
            format!("allow lets item {item} of kind \"{kind}\" pass, and there is none"),
            "remove the entry, or correct its page and item",
        ),
    };
    Finding::new(Code::AllowUnmatched, message).on_page(pass.page).hint(hint)
}
