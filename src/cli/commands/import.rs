//! `list --import`: what the court's own list changes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use courtbundle::casework::list::court_csv::{
    Change, ColumnNames, ListChange, Row, changes, read, since,
};
use courtbundle::check::display;
use courtbundle::manifest::{Case, NewHearing, with_hearing};
use courtbundle::model::atomic_write;
use courtbundle::report::{ImportReport, import_text};
use encoding_rs::WINDOWS_1252;
use jiff::civil::Date;

use super::{Outcome, cases, deliver, discover};
use crate::cli::console::Console;
use crate::cli::{List, ListFormat};

pub(super) fn run(
    list: &List,
    file: &Path,
    today: Date,
    console: &Console,
) -> anyhow::Result<Outcome> {
    if !matches!(list.format, ListFormat::Text | ListFormat::Json) {
        bail!(
            "--import is told as text or JSON\n  hint: run `list` again without --import for this format"
        );
    }
    let rows = read_rows(list, file, today)?;
    let since_file = list.since.as_deref();
    let old = since_file.map(|old| read_rows(list, old, today)).transpose()?;
    let (manifests, mut outcome) = discover::manifests(&list.paths, console);
    deliver::spares(list.output.as_deref(), manifests.iter().map(PathBuf::as_path))?;
    let (cases, read) = cases::read(&manifests, console);
    outcome = outcome.max(read);
    let mut told: Vec<(Change<'_>, bool)> = Vec::new();
    for change in changes(&rows, &cases) {
        told.push((change, false));
    }
    if list.write {
        outcome = outcome.max(write(&cases, &mut told, console));
    }
    if told.iter().any(|(_, written)| !written) {
        outcome = outcome.max(Outcome::Gaps);
    }
    let differences = old.as_deref().map(|old| since(old, &rows, &cases));
    let text = match list.format {
        ListFormat::Json => {
            let report = ImportReport::new(&told, differences.as_deref());
            serde_json::to_string_pretty(&report)? + "\n"
        }
        _ => import_text(&told, differences.as_deref()),
    };
    deliver::deliver(text.as_bytes(), list.output.as_deref(), console)?;
    Ok(outcome)
}

/// The rows of the court's list; where it has no dates, the day asked for stands in.
fn read_rows(list: &List, file: &Path, today: Date) -> anyhow::Result<Vec<Row>> {
    let names = match &list.columns {
        Some(columns) => {
            let text = fs::read_to_string(columns).with_context(|| display(columns))?;
            toml::from_str::<ColumnNames>(&text).with_context(|| display(columns))?
        }
        None => ColumnNames::default(),
    };
    let bytes = fs::read(file).with_context(|| display(file))?;
    let mut rows = read(&text_of(bytes), &names)
        .map_err(|error| anyhow!("{}: {error}\n  hint: {}", display(file), error.hint()))?;
    let days = list.hearing.map(|hearing| hearing.seen_from(today));
    if let Some(days) = days.filter(|days| days.start() == days.end()) {
        for row in &mut rows {
            row.date.get_or_insert(*days.start());
        }
    }
    Ok(rows)
}

/// The text of a table: UTF-8, or else what spreadsheets on Windows write, UTF-16 by its byte order mark or Windows-1252.
fn text_of(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| WINDOWS_1252.decode(error.as_bytes()).0.into_owned())
}

/// Writes what has changed into the manifests, each at once.
fn write(cases: &[Case], told: &mut [(Change<'_>, bool)], console: &Console) -> Outcome {
    let mut outcome = Outcome::Done;
    for case in cases {
        let is_of_case =
            |change: &Change<'_>| change.case.is_some_and(|other| std::ptr::eq(other, case));
        let mut new = NewHearing::default();
        for (change, _) in told.iter().filter(|(change, _)| is_of_case(change)) {
            match &change.kind {
                ListChange::Courtroom(_, to) => new.courtroom = Some(to.clone()),
                ListChange::Time(_, to) => new.time = Some(*to),
                ListChange::Date(_, to) => new.date = Some(*to),
                ListChange::Gone | ListChange::NoManifest | ListChange::New => {}
            }
        }
        if new == NewHearing::default() {
            continue;
        }
        match write_one(&case.manifest, &new, console) {
            Ok(()) => {
                let written = told.iter_mut().filter(|(change, _)| is_of_case(change));
                written.for_each(|(_, written)| *written = true);
            }
            Err(error) => {
                console.error(&error);
                outcome = Outcome::Impossible;
            }
        }
    }
    outcome
}

fn write_one(manifest: &Path, new: &NewHearing, console: &Console) -> anyhow::Result<()> {
    let edit = || {
        let text = fs::read_to_string(manifest)?;
        let edited = with_hearing(&text, new)?;
        console.swept(&atomic_write::write(manifest, edited.as_bytes())?);
        anyhow::Ok(())
    };
    edit().with_context(|| format!("{}: not changed", display(manifest)))
}
