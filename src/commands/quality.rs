//! `quality`: file quality over many cases.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use courtbundle::check::Finding;
use courtbundle::desk::quality::{self, Month, reasons, signs};
use courtbundle::desk::standard::Standards;
use courtbundle::manifest::{self, Case};
use courtbundle::report::{QualityReport, quality_csv, quality_html, quality_text};
use rayon::prelude::*;

use super::{Outcome, chase::is_there, discover, standards};
use crate::cli::{Quality, QualityFormat};
use crate::console::Console;

pub(crate) fn run(command: &Quality, console: &Console) -> anyhow::Result<Outcome> {
    let standards = standards::known(command.standards_file.as_deref())?;
    let (manifests, found) = discover::manifests(&command.paths, console);
    let (cases, read) = cases(&manifests, console);
    let figures = quality::quality(&cases, command.month);
    console.result(&match command.format {
        QualityFormat::Text => quality_text(&figures, &signs_of(&cases, command.month, &standards)),
        QualityFormat::Json => serde_json::to_string_pretty(&QualityReport::from(&figures))? + "\n",
        QualityFormat::Csv => quality_csv(&figures)?,
        QualityFormat::Html => quality_html(&figures).map_err(|why| anyhow!(why))?,
    })?;
    let outcome = found.max(read);
    let Some(least) = command.fail_under else {
        return Ok(outcome);
    };
    let rate = figures.all.met_rate();
    if rate.whole == 0 {
        console.note("warning: no file was assessed, so that --fail-under has nothing to hold");
    }
    if rate.is_under(least) {
        console.note(&format!(
            "warning: {} of {} files met the standard, under {least} %",
            rate.part, rate.whole
        ));
        return Ok(outcome.max(Outcome::Gaps));
    }
    Ok(outcome)
}

/// Every case that can be read; what cannot is told, and in no figure.
fn cases(manifests: &[PathBuf], console: &Console) -> (Vec<Case>, Outcome) {
    let readings: Vec<_> = manifests
        .par_iter()
        .map(|manifest| (manifest, manifest::read(manifest)))
        .collect();
    let mut outcome = Outcome::Done;
    let mut cases = Vec::new();
    for (manifest, reading) in readings {
        match reading.case {
            Some(case) => {
                tell_undated(manifest, &case, console);
                cases.push(case);
            }
            None => {
                let errors = reading.findings.iter().filter(|one| one.is_error());
                errors.for_each(|finding: &Finding| console.finding(manifest, finding));
                outcome = Outcome::Impossible;
            }
        }
    }
    (cases, outcome)
}

/// Failures without the day of their assessment count for nothing, which nobody would notice.
fn tell_undated(manifest: &Path, case: &Case, console: &Console) {
    let assessment = case.assessment.as_ref();
    if assessment.is_some_and(|one| one.assessed_on.is_none() && !one.failures.is_empty()) {
        console.note(&format!(
            "warning: {}: failures are recorded and no assessed_on; the file counts as not assessed",
            courtbundle::check::display(manifest)
        ));
    }
}

/// How many of the files that are eligible and not assessed show signs of each reason, the most frequent first. A
/// month that is over has none.
fn signs_of(
    cases: &[Case],
    month: Option<Month>,
    standards: &Standards,
) -> Vec<(&'static str, usize)> {
    let open = |case: &&Case| {
        let assessment = case.assessment.as_ref();
        assessment.is_none_or(|one| one.eligible && one.assessed_on.is_none())
    };
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for case in cases.iter().filter(open).filter(|_| month.is_none()) {
        for reason in signs(case, standards, &|id| is_there(case, id)) {
            *counts.entry(&reason.code).or_default() += 1;
        }
    }
    let mut found: Vec<_> = reasons()
        .iter()
        .filter_map(|reason| Some((reason.code.as_str(), *counts.get(reason.code.as_str())?)))
        .collect();
    found.sort_by_key(|(_, files)| std::cmp::Reverse(*files));
    found
}
