//! What the court's own list changes, for people and for scripts.

use std::fmt::Write;

use serde::Serialize;

use super::count;
use crate::casework::hearings::courtroom::short_room;
use crate::casework::hearings::privacy::Youths;
use crate::casework::list::court_csv::{Change, Difference, ListChange, Remark, Row};
use crate::check::display;
use crate::manifest::Case;
use crate::report::casework_words::clock;

/// The JSON of `list --import`.
#[derive(Debug, Serialize)]
pub struct ImportReport {
    version: u32,
    /// The rows that were not taken, or not whole.
    remarks: Vec<RemarkRow>,
    changes: Vec<ChangeRow>,
    /// What differs from an earlier list; left out where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Vec<SinceRow>>,
}

#[derive(Debug, Serialize)]
struct RemarkRow {
    file: String,
    /// The line of that file, from 1.
    line: u64,
    /// Which case the row names, as typed.
    reference: Option<String>,
    /// Whether nothing of the row was compared.
    refused: bool,
    why: String,
}

#[derive(Debug, Serialize)]
struct SinceRow {
    change: &'static str,
    urn: Option<String>,
    title: Option<String>,
    manifest: Option<String>,
    /// The lines of the two lists, from 1.
    old_line: Option<u64>,
    line: Option<u64>,
    from: Option<String>,
    to: Option<String>,
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
    /// Why it is for a person to decide; null where it is sure.
    unsure: Option<&'static str>,
}

/// What is said of the rows of one list.
pub struct FileRemarks<'r> {
    /// The list as the user named it.
    pub file: String,
    /// The remarks, in the order of its lines.
    pub remarks: &'r [Remark],
}

impl ImportReport {
    /// Every change, with whether it now stands in the manifest, and what differs from an earlier list.
    pub fn new(
        remarks: &[FileRemarks<'_>],
        changes: &[(Change<'_>, bool)],
        since: Option<&[Difference<'_>]>,
    ) -> Self {
        let row = |(change, written): &(Change<'_>, bool)| {
            let (from, to) = ends(&change.kind);
            ChangeRow {
                change: change.kind.as_str(),
                urn: reference(change.case, change.row.as_ref()),
                title: change.case.map(|case| case.title.clone()),
                manifest: change.case.map(|case| display(&case.manifest)),
                line: change.row.as_ref().map(|row| row.line),
                from,
                to,
                written: *written,
                unsure: change.unsure,
            }
        };
        Self {
            version: 1,
            remarks: remarks.iter().flat_map(remark_rows).collect(),
            changes: changes.iter().map(row).collect(),
            since: since.map(|since| since.iter().map(since_row).collect()),
        }
    }
}

fn remark_rows(of: &FileRemarks<'_>) -> Vec<RemarkRow> {
    let row = |remark: &Remark| RemarkRow {
        file: of.file.clone(),
        line: remark.line,
        reference: remark.references.first().cloned(),
        refused: remark.is_refused,
        why: remark.why.clone(),
    };
    of.remarks.iter().map(row).collect()
}

fn since_row(difference: &Difference<'_>) -> SinceRow {
    let (from, to) = ends(&difference.kind);
    let (old, new) = (difference.old, difference.new);
    SinceRow {
        change: difference.kind.as_str(),
        urn: reference(difference.case, new.or(old)),
        title: difference.case.map(|case| case.title.clone()),
        manifest: difference.case.map(|case| display(&case.manifest)),
        old_line: old.map(|row| row.line),
        line: new.map(|row| row.line),
        from,
        to,
    }
}

/// From what to what.
fn ends(kind: &ListChange) -> (Option<String>, Option<String>) {
    match kind {
        ListChange::Courtroom(from, to) => (from.clone(), Some(to.clone())),
        ListChange::Time(from, to) => (from.map(clock), Some(clock(*to))),
        ListChange::Date(from, to) => (from.map(|date| date.to_string()), Some(to.to_string())),
        ListChange::Session(from, to) => {
            (from.map(|from| from.as_str().to_owned()), Some(to.as_str().to_owned()))
        }
        ListChange::Court(from, to) => (Some(from.clone()), Some(to.clone())),
        ListChange::Vacated
        | ListChange::ListedAgain
        | ListChange::Gone
        | ListChange::NoManifest
        | ListChange::New => (None, None),
    }
}

/// The URN of the case, or what the list has in its place.
fn reference(case: Option<&Case>, row: Option<&Row>) -> Option<String> {
    let urn = case.and_then(|case| case.urn.as_ref());
    let typed = row.and_then(|row| row.references.first());
    urn.map(ToString::to_string).or_else(|| typed.cloned())
}

/// The rows that were not taken, a line for each change, and below them a line for each difference from an earlier list. `youths`
/// are named nowhere.
pub fn import_text(
    remarks: &[FileRemarks<'_>],
    changes: &[(Change<'_>, bool)],
    since: Option<&[Difference<'_>]>,
    youths: &Youths,
) -> String {
    let mut text = String::new();
    remarks.iter().for_each(|of| remarked(&mut text, of));
    for (change, written) in changes {
        let row = change.row.as_ref();
        let what = what(&change.kind, row);
        let end = match (written, change.unsure) {
            (true, _) => " (written)".to_owned(),
            (false, Some(why)) => format!(" (not sure: {why})"),
            (false, None) => String::new(),
        };
        line(&mut text, (change.case, youths), row, &format!("{what}{end}"));
    }
    let _ = writeln!(text, "{}.", count(changes.len(), "change"));
    let Some(since) = since else {
        return text;
    };
    text.push_str("\nSince the earlier list\n");
    for one in since {
        let row = one.new.or(one.old);
        let without = if one.case.is_none() { ", no manifest" } else { "" };
        let what = format!("{}{without}", what(&one.kind, row));
        line(&mut text, (one.case, youths), row, &what);
    }
    let _ = writeln!(text, "{}.", count(since.len(), "difference"));
    text
}

fn remarked(text: &mut String, of: &FileRemarks<'_>) {
    let refused = of.remarks.iter().filter(|remark| remark.is_refused).count();
    if !of.remarks.is_empty() {
        let rows = count(refused, "row");
        let _ = writeln!(text, "{}: {rows} not compared", of.file);
    }
    for remark in of.remarks {
        let reference = remark.references.first().map(|one| format!("{one}: ")).unwrap_or_default();
        let _ = writeln!(text, "  line {}: {reference}{}", remark.line, remark.why);
    }
    if !of.remarks.is_empty() {
        text.push('\n');
    }
}

fn line(
    text: &mut String,
    (case, youths): (Option<&Case>, &Youths),
    row: Option<&Row>,
    what: &str,
) {
    let title = case.map(|case| youths.masked(case).case_title(&case.title)).unwrap_or_default();
    let reference = reference(case, row).unwrap_or_else(|| "no URN".to_owned());
    let colon = if title.is_empty() { "" } else { ": " };
    let _ = writeln!(text, "{reference}  {title}{colon}{what}");
}

fn what(kind: &ListChange, row: Option<&Row>) -> String {
    let (from, to) = ends(kind);
    let from = from.unwrap_or_else(|| "nothing".to_owned());
    let to = to.unwrap_or_default();
    let number = row.map_or(0, |row| row.line);
    match kind {
        ListChange::Courtroom(..) => format!("courtroom {from} is now {to}"),
        ListChange::Time(..) if row.is_some_and(|row| row.not_before) => {
            format!("time {from} is now not before {to}")
        }
        ListChange::Time(..) => format!("time {from} is now {to}"),
        ListChange::Session(..) => format!("session {from} is now {to}"),
        ListChange::Court(..) => {
            format!("the court's list (line {number}) names {to}, the manifest {from}")
        }
        ListChange::Vacated => format!("vacated on the court's list (line {number})"),
        ListChange::ListedAgain => {
            format!("listed once more{} (line {number})", row.map(place_of).unwrap_or_default())
        }
        ListChange::Date(..) => format!("date {from} is now {to}"),
        ListChange::Gone => "gone from the court's list".to_owned(),
        ListChange::New => format!("new on the court's list (line {number})"),
        ListChange::NoManifest => {
            format!("on the court's list (line {number}), and no manifest has its reference")
        }
    }
}

/// ` on 2026-11-24 at 14:00 in courtroom 6`, as far as the row says it.
fn place_of(row: &Row) -> String {
    let parts = [
        row.date.map(|date| format!(" on {date}")),
        row.time.map(|time| format!(" at {}", clock(time))),
        row.courtroom.as_ref().map(|room| format!(" in courtroom {}", short_room(room))),
    ];
    parts.into_iter().flatten().collect()
}
