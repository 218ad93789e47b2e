//! `list`: the court list, with readiness.

use std::path::{Path, PathBuf};

use courtbundle::casework::hearings::listing::{Listed, Unread};
use courtbundle::casework::list::conflicts::conflicts;
use courtbundle::check::display;
use courtbundle::model::Code;
use courtbundle::report::{CourtList, ListReport, list_csv, list_html, list_pdf, list_text};
use jiff::civil::Date;

use super::check::sorted;
use super::examine::{ExamineScope, examine};
use super::{Outcome, deliver, discover, import, standards};
use crate::cli::console::Console;
use crate::cli::{List, ListFormat};

pub(crate) fn run(list: &List, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    let output = list.output.as_deref();
    deliver::spares(output, named_files(list))?;
    if let Some(file) = &list.import {
        return import::run(list, file, today, console);
    }
    if list.format == ListFormat::Pdf {
        deliver::needs_a_file(output, console)?;
    }
    let (manifests, found) = discover::manifests(&list.paths, console);
    deliver::spares(output, manifests.iter().map(PathBuf::as_path))?;
    let days = list.hearing.map(|hearing| hearing.seen_from(today));
    let standards = standards::known(list.standards_file.as_deref())?;
    let look =
        ExamineScope { days: days.as_ref(), allow_damaged: false, standards: &standards, today };
    let examined = examine(&manifests, look, console);
    let outcome = examined.iter().map(|examined| examined.outcome).fold(found, Outcome::max);
    let (listed, unread) = sorted(examined);
    let documents: Vec<PathBuf> = listed.iter().flat_map(documents).collect();
    deliver::spares(output, documents.iter().map(PathBuf::as_path))?;
    tell_absent(&listed, &unread, console);
    let conflicts = conflicts(&listed);
    let outcome = match conflicts.is_empty() {
        true => outcome,
        false => outcome.max(Outcome::Gaps),
    };
    let court_list = CourtList::new(today, days, &listed, conflicts);
    deliver::deliver(&written(list, &court_list, console)?, output, console)?;
    Ok(outcome)
}

/// The files that the command line names.
fn named_files(list: &List) -> impl Iterator<Item = &Path> {
    let files = [&list.import, &list.since, &list.columns, &list.standards_file];
    files.into_iter().flatten().map(PathBuf::as_path)
}

/// Says which cases are not on the list, and why, and which files cannot be read: both end with 2.
fn tell_absent(listed: &[Listed], unread: &[Unread], console: &Console) {
    for listed in listed {
        let findings = listed.findings.iter();
        let unreadable = findings.filter(|finding| finding.code == Code::DocumentUnreadable);
        unreadable.for_each(|finding| console.finding(&listed.case.manifest, finding));
    }
    for unread in unread {
        unread.findings.iter().for_each(|finding| console.finding(&unread.manifest, finding));
    }
    for undated in listed.iter().filter(|listed| listed.date().is_none()) {
        console.note(&format!(
            "note: {}: not on the list, as its hearing has no date",
            display(&undated.case.manifest)
        ));
    }
}

/// The list in the format asked for; no colour goes into a file.
fn written(list: &List, court_list: &CourtList<'_>, console: &Console) -> anyhow::Result<Vec<u8>> {
    let text = match list.format {
        ListFormat::Text => list_text(court_list, |readiness, text| match list.output {
            Some(_) => text.to_owned(),
            None => console.paint_readiness(readiness, text),
        }),
        ListFormat::Json => serde_json::to_string_pretty(&ListReport::from(court_list))? + "\n",
        ListFormat::Csv => list_csv(court_list)?,
        ListFormat::Html => list_html(court_list),
        ListFormat::Pdf => {
            let (pdf, unset) = list_pdf(court_list)?;
            let file = list.output.as_deref().unwrap_or(Path::new("-"));
            unset.iter().for_each(|finding| console.finding(file, finding));
            return Ok(pdf);
        }
    };
    Ok(text.into_bytes())
}

/// The files that a case lists.
fn documents(listed: &Listed) -> Vec<PathBuf> {
    let documents = listed.case.sections.iter().flat_map(|one| &one.documents);
    let files = documents.filter_map(|document| document.file.as_ref());
    files.map(|file| listed.case.folder.join(file)).collect()
}
