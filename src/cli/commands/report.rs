//! `report`: what several runs of the program say, as one.

use std::path::Path;

use courtbundle::check::display;
use courtbundle::model::{in_words, read_text};
use courtbundle::report::{BuildReport, NamedReport, build_table, merged};

use super::Outcome;
use crate::cli::console::Console;
use crate::cli::{Format, Merge, Report, ReportAction};

pub(crate) fn run(report: &Report, console: &Console) -> anyhow::Result<Outcome> {
    let ReportAction::Merge(merge) = &report.action;
    run_merge(merge, console)
}

fn run_merge(merge: &Merge, console: &Console) -> anyhow::Result<Outcome> {
    let report = merged(merge.files.iter().map(|file| read(file)).collect());
    for problem in &report.problems {
        console.error(&anyhow::anyhow!("{problem}"));
    }
    match merge.format {
        Format::Text => {
            console.result(&build_table(&report, |row, text| console.paint_bundle(row, text)))?;
        }
        Format::Json => console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?,
    }
    Ok(Outcome::from_code(report.exit_code))
}

fn read(file: &Path) -> NamedReport {
    let report = read_text(file)
        .map_err(|error| format!("cannot be read: {}", in_words(&error).0))
        .and_then(|text| {
            serde_json::from_str::<BuildReport>(&text).map_err(|error| {
                format!("not what `build --format json` writes, or not all of it: {error}")
            })
        });
    (display(file), report)
}
