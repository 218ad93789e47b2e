//! What the court's own list changes, for people and for scripts.

use std::fmt::Write;

use serde::Serialize;

use super::count;
use super::desk_words::clock;
use crate::check::display;
use crate::desk::court_csv::{Change, Kind};

/// The JSON of `list --import`.
#[derive(Debug, Serialize)]
pub struct ImportReport {
    version: u32,
    changes: Vec<ChangeRow>,
}

#[derive(Debug, Serialize)]
struct ChangeRow {
    change: &'static str,
    urn: Option<String>,
    title: Option<String>,
    manifest: Option<String>,
    /// The line of the court's list, from 1; null for a case that is gone from it.
    line: Option<u64>,
    from: Option<String>,
    to: Option<String>,
    written: bool,
}

impl ImportReport {
    /// Every change, with whether it now stands in the manifest.
    pub fn new(changes: &[(Change<'_>, bool)]) -> Self {
        let row = |(change, written): &(Change<'_>, bool)| {
            let (from, to) = ends(&change.kind);
            ChangeRow {
                change: change.kind.as_str(),
                urn: reference(change),
                title: change.case.map(|case| case.title.clone()),
                manifest: change.case.map(|case| display(&case.manifest)),
                line: change.row.map(|row| row.line),
                from,
                to,
                written: *written,
            }
        };
        Self {
            version: 1,
            changes: changes.iter().map(row).collect(),
        }
    }
}

/// From what to what.
fn ends(kind: &Kind) -> (Option<String>, Option<String>) {
    match kind {
        Kind::Courtroom(from, to) => (from.clone(), Some(to.clone())),
        Kind::Time(from, to) => (from.map(clock), Some(clock(*to))),
        Kind::Date(from, to) => (from.map(|date| date.to_string()), Some(to.to_string())),
        Kind::Gone | Kind::NoManifest => (None, None),
    }
}

/// The URN of the case, or what the list has in its place.
fn reference(change: &Change<'_>) -> Option<String> {
    let urn = change.case.and_then(|case| case.urn.as_ref());
    let typed = change.row.and_then(|row| row.references.first());
    urn.map(ToString::to_string).or_else(|| typed.cloned())
}

/// A line for each change.
pub fn import_text(changes: &[(Change<'_>, bool)]) -> String {
    let mut text = String::new();
    for (change, written) in changes {
        let (from, to) = ends(&change.kind);
        let from = from.unwrap_or_else(|| "nothing".to_owned());
        let to = to.unwrap_or_default();
        let what = match change.kind {
            Kind::Courtroom(..) => format!("courtroom {from} is now {to}"),
            Kind::Time(..) => format!("time {from} is now {to}"),
            Kind::Date(..) => format!("date {from} is now {to}"),
            Kind::Gone => "gone from the court's list".to_owned(),
            Kind::NoManifest => format!(
                "on the court's list (line {}), and no manifest has its reference",
                change.row.map_or(0, |row| row.line)
            ),
        };
        let title = change.case.map_or("", |case| &case.title);
        let reference = reference(change).unwrap_or_else(|| "no URN".to_owned());
        let written = if *written { " (written)" } else { "" };
        let _ = writeln!(
            text,
            "{reference}  {title}{}{what}{written}",
            if title.is_empty() { "" } else { ": " }
        );
    }
    let _ = writeln!(text, "{}.", count(changes.len(), "change"));
    text
}
