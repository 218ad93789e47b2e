//! `list --import`: what the court's own list changes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use courtbundle::casework::hearings::privacy::Youths;
use courtbundle::casework::list::court_csv::{
    Change, ColumnNames, CourtCsv, DateOrder, ListChange, ListReading, changes, read, since,
};
use courtbundle::check::display;
use courtbundle::manifest::{Case, NewHearing, Session, with_hearing};
use courtbundle::model::{atomic_write, read_text};
use courtbundle::report::{FileRemarks, ImportReport, import_text};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
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
    let new = read_list(list, file, today, false)?;
    let since_file = list.since.as_deref();
    let old = since_file.map(|old| read_list(list, old, today, true)).transpose()?;
    passed_over(file, &new, console);
    let (manifests, mut outcome) = discover::manifests(&list.paths, console);
    deliver::spares(list.output.as_deref(), manifests.iter().map(PathBuf::as_path))?;
    let (cases, read) = cases::read(&manifests, console);
    outcome = outcome.max(read);
    let mut told: Vec<(Change<'_>, bool)> = Vec::new();
    for change in changes(&new, &cases) {
        told.push((change, false));
    }
    if list.write {
        outcome = outcome.max(write(&cases, &mut told, console));
    }
    if told.iter().any(|(_, written)| !written) {
        outcome = outcome.max(Outcome::Gaps);
    }
    let differences = old.as_ref().map(|old| since(old, &new, &cases));
    let mut remarks = vec![FileRemarks { file: display(file), remarks: &new.remarks }];
    remarks.extend(
        since_file
            .zip(old.as_ref())
            .map(|(file, old)| FileRemarks { file: display(file), remarks: &old.remarks }),
    );
    outcome = outcome.max(how_read(&new));
    if remarks.iter().any(|of| !of.remarks.is_empty()) {
        outcome = outcome.max(Outcome::Gaps);
    }
    let text = match list.format {
        ListFormat::Json => {
            let report = ImportReport::new(&remarks, &told, differences.as_deref());
            serde_json::to_string_pretty(&report)? + "\n"
        }
        _ => import_text(&remarks, &told, differences.as_deref(), &Youths::of(&cases)),
    };
    deliver::deliver(text.as_bytes(), list.output.as_deref(), console)?;
    Ok(outcome)
}

/// Where no row of a list is understood, nothing was compared.
fn how_read(list: &CourtCsv) -> Outcome {
    match list.rows.is_empty() && !list.remarks.is_empty() {
        true => Outcome::Impossible,
        false => Outcome::Done,
    }
}

/// Says which lines are taken for titles and totals.
fn passed_over(file: &Path, list: &CourtCsv, console: &Console) {
    let lines: Vec<String> = list.passed_over.iter().map(ToString::to_string).collect();
    if !lines.is_empty() {
        let lines = lines.join(", ");
        console.note(&format!("note: {}: no hearing in lines {lines}", display(file)));
    }
}

/// The court's list; where it has no dates, the day asked for stands in.
fn read_list(list: &List, file: &Path, today: Date, is_earlier: bool) -> anyhow::Result<CourtCsv> {
    let names = match &list.columns {
        Some(columns) => {
            let text = read_text(columns).with_context(|| display(columns))?;
            toml::from_str::<ColumnNames>(&text).with_context(|| display(columns))?
        }
        None => ColumnNames::default(),
    };
    let bytes = fs::read(file).with_context(|| display(file))?;
    let reading = ListReading {
        today,
        order: list.date_order.map(DateOrder::from),
        days: list.hearing.map(|hearing| hearing.seen_from(today)),
        is_earlier,
    };
    read(&text_of(bytes), &names, &reading)
        .map_err(|error| anyhow!("{}: {error}\n  hint: {}", display(file), error.hint()))
}

/// The text of a table: UTF-8, or else what spreadsheets on Windows write, UTF-16 by its byte order mark or its zeros, or
/// Windows-1252.
fn text_of(bytes: Vec<u8>) -> String {
    let zeros =
        |first| bytes.iter().skip(first).step_by(2).take(64).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 1..) => return UTF_16LE.decode(&bytes).0.into_owned(),
        (1.., 0) => return UTF_16BE.decode(&bytes).0.into_owned(),
        _ => {}
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| WINDOWS_1252.decode(error.as_bytes()).0.into_owned())
}

/// Writes what has changed into the manifests, each at once.
fn write(cases: &[Case], told: &mut [(Change<'_>, bool)], console: &Console) -> Outcome {
    let mut outcome = Outcome::Done;
    for case in cases {
        let is_of_case = |change: &Change<'_>| {
            let is_sure = change.unsure.is_none() && change.kind.is_written();
            is_sure && change.case.is_some_and(|other| std::ptr::eq(other, case))
        };
        let mut new = NewHearing::default();
        for (change, _) in told.iter().filter(|(change, _)| is_of_case(change)) {
            match &change.kind {
                ListChange::Courtroom(_, to) => new.courtroom = Some(to.clone()),
                ListChange::Time(_, to) => {
                    new.time = Some(*to);
                    new.session = Some(Session::of(*to));
                }
                ListChange::Session(_, to) => new.session = Some(*to),
                ListChange::Date(_, to) => new.date = Some(*to),
                ListChange::Court(..)
                | ListChange::Vacated
                | ListChange::ListedAgain
                | ListChange::Gone
                | ListChange::NoManifest
                | ListChange::New => {}
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
