//! `[[not_applicable]]`: what of the checklist a case does not need.

use super::people::required_text;
use super::serving::initials;
use crate::manifest::NotApplicable;
use crate::manifest::reader::Table;

pub(super) fn not_applicable(root: &mut Table<'_>) -> Vec<NotApplicable> {
    root.tables("not_applicable", "[[not_applicable]]").into_iter().filter_map(entry).collect()
}

fn entry(mut table: Table<'_>) -> Option<NotApplicable> {
    let line = table.line();
    let item = required_text(
        &mut table,
        "item",
        "name the item as `courtbundle standards` does: item = \"MG6D\"",
    );
    let reason = required_text(&mut table, "reason", "say why: reason = \"no sensitive material\"");
    let initials = initials(&mut table, "initials");
    table.finish();
    Some(NotApplicable { item: item?, reason: reason?, initials: initials?, line })
}
