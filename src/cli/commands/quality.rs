//! `quality`: file quality over many cases.

use anyhow::anyhow;
use courtbundle::casework::hearings::privacy::Youths;
use courtbundle::casework::quality::{open_failures, quality, signs_of};
use courtbundle::check::display;
use courtbundle::manifest::Case;
use courtbundle::report::{QualityReport, quality_csv, quality_html, quality_text};
use jiff::civil::Date;

use super::{Outcome, cases, chase::is_there, discover, standards};
use crate::cli::console::Console;
use crate::cli::{QualityArguments, QualityFormat};

pub(crate) fn run(
    command: &QualityArguments,
    today: Date,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let standards = standards::known(command.standards_file.as_deref())?;
    let (manifests, found) = discover::manifests(&command.paths, console);
    let (cases, read) = cases::read(&manifests, console);
    cases.iter().for_each(|case| tell_undated(case, console));
    let figures = quality(&cases, command.month);
    let undecided = open_failures(&cases, command.month, command.outcome_days, today);
    console.result(&match command.format {
        QualityFormat::Text => {
            // A month that is over has no files left to look at.
            let open = match command.month {
                None => signs_of(&cases, &standards, &is_there),
                Some(_) => Vec::new(),
            };
            quality_text(&figures, &open, &undecided)
        }
        QualityFormat::Json => {
            serde_json::to_string_pretty(&QualityReport::new(&figures, &undecided))? + "\n"
        }
        QualityFormat::Csv => quality_csv(&figures)?,
        QualityFormat::Html => {
            let youths = Youths::of(&cases);
            quality_html(&figures, &undecided, &youths).map_err(|why| anyhow!(why))?
        }
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

/// Failures without the day of their assessment count for nothing, which nobody would notice.
fn tell_undated(case: &Case, console: &Console) {
    let assessment = case.assessment.as_ref();
    if assessment.is_some_and(|one| one.assessed_on.is_none() && !one.failures.is_empty()) {
        console.note(&format!(
            "warning: {}: failures are recorded and no assessed_on; the file counts as not assessed",
            display(&case.manifest)
        ));
    }
}
