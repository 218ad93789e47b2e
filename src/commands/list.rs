//! `list`: the court list, with readiness.

use courtbundle::check::display;
use courtbundle::desk::conflicts::conflicts;
use courtbundle::report::{CourtList, ListReport, list_csv, list_html, list_text};
use jiff::civil::Date;

use super::check::sorted;
use super::examine::{Look, examine};
use super::{Outcome, discover, import, standards};
use crate::cli::{List, ListFormat};
use crate::console::Console;

pub(crate) fn run(list: &List, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    if let Some(file) = &list.import {
        return import::run(list, file, today, console);
    }
    let (manifests, found) = discover::manifests(&list.paths, console);
    let days = list.hearing.map(|hearing| hearing.seen_from(today));
    let standards = standards::known(list.standards_file.as_deref())?;
    let look = Look {
        days: days.as_ref(),
        allow_damaged: false,
        standards: &standards,
    };
    let examined = examine(&manifests, look, console);
    let outcome = examined
        .iter()
        .map(|examined| examined.outcome)
        .fold(found, Outcome::max);
    let (listed, unread) = sorted(examined);
    for unread in &unread {
        unread
            .findings
            .iter()
            .for_each(|finding| console.finding(&unread.manifest, finding));
    }
    for undated in listed.iter().filter(|listed| listed.date().is_none()) {
        console.note(&format!(
            "note: {}: not on the list, as its hearing has no date",
            display(&undated.case.manifest)
        ));
    }
    let conflicts = conflicts(&listed);
    let outcome = match conflicts.is_empty() {
        true => outcome,
        false => outcome.max(Outcome::Gaps),
    };
    let court_list = CourtList::new(today, days, &listed, conflicts);
    console.result(&match list.format {
        ListFormat::Text => list_text(&court_list, |readiness, text| {
            console.paint_readiness(readiness, text)
        }),
        ListFormat::Json => serde_json::to_string_pretty(&ListReport::from(&court_list))? + "\n",
        ListFormat::Csv => list_csv(&court_list)?,
        ListFormat::Html => list_html(&court_list),
    })?;
    Ok(outcome)
}
