//! Reads the manifests that are meant and looks at their documents: what `check` and `list` share.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use courtbundle::casework::chase::recorded;
use courtbundle::casework::hearings::heard::is_heard;
use courtbundle::casework::hearings::listing::{Listed, Unread};
use courtbundle::casework::hearings::privacy::{Youths, youths_of};
use courtbundle::casework::hearings::readiness::Readiness;
use courtbundle::check::standard::Standards;
use courtbundle::check::{Standing, Survey, SurveyScope, examine_case};
use courtbundle::manifest::{self, Case, Reading};
use courtbundle::model::Finding;
use courtbundle::report::CaseReport;
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Outcome, STOP};
use crate::cli::console::Console;

/// A case, or a manifest that could not be read.
pub(super) struct ExaminedCase {
    pub(super) result: Result<Listed, Unread>,
    pub(super) report: CaseReport,
    pub(super) outcome: Outcome,
}

/// How cases are looked at.
#[derive(Clone, Copy)]
pub(super) struct ExamineScope<'a> {
    /// Only cases heard on these days; all of them if there are none.
    pub(super) days: Option<&'a RangeInclusive<Date>>,
    /// Whether what is left of damaged files is taken.
    pub(super) allow_damaged: bool,
    /// What files must hold.
    pub(super) standards: &'a Standards,
    /// The day that custody time limits are counted from.
    pub(super) today: Date,
}

/// Looks at every case that is wanted, several at a time. A manifest that cannot be read might be of any day.
pub(super) fn examine(
    manifests: &[PathBuf],
    look: ExamineScope<'_>,
    console: &Console,
) -> Vec<ExaminedCase> {
    console.start();
    let read: Vec<(Vec<String>, Option<ExaminedCase>)> = manifests
        .par_iter()
        .map(|manifest| {
            let reading = manifest::read(manifest);
            let youths = reading.case.iter().flat_map(youths_of).map(str::to_owned).collect();
            let is_wanted = is_wanted(&reading, look.days);
            (youths, is_wanted.then(|| one(reading, manifest, look, console)))
        })
        .collect();
    console.stop();
    // Whoever is a youth in a case of another day goes unnamed today, too.
    let youths = Youths::of_names(read.iter().flat_map(|(names, _)| names).map(String::as_str));
    let mut examined: Vec<ExaminedCase> = read.into_iter().filter_map(|(_, one)| one).collect();
    for listed in examined.iter_mut().filter_map(|one| one.result.as_mut().ok()) {
        listed.youths = youths.clone();
    }
    examined
}

/// Whether a case is heard on one of some days, or might be.
pub(super) fn is_wanted(reading: &Reading, days: Option<&RangeInclusive<Date>>) -> bool {
    let (Some(case), Some(days)) = (&reading.case, days) else {
        return true;
    };
    is_heard(case, days)
}

fn one(
    reading: Reading,
    manifest: &Path,
    look: ExamineScope<'_>,
    console: &Console,
) -> ExaminedCase {
    match reading.case {
        Some(case) => known(case, reading.findings, look, console),
        None => ExaminedCase {
            report: CaseReport::unread(manifest, &reading.findings),
            result: Err(Unread::new(manifest, reading.findings)),
            outcome: Outcome::Impossible,
        },
    }
}

fn known(
    case: Case,
    findings: Vec<Finding>,
    look: ExamineScope<'_>,
    console: &Console,
) -> ExaminedCase {
    let survey = Survey {
        scope: &SurveyScope::default(),
        allow_damaged: look.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    let recorded = recorded(&case);
    // What was received or is no longer wanted is then asked for again: that must be known.
    let unread = recorded.as_ref().err().map(|_| Outcome::Impossible);
    let recorded = recorded.unwrap_or_else(|error| {
        console.error(&error.into());
        BTreeMap::new()
    });
    let (evidence, examined) =
        examine_case(&case, findings, look.standards, look.today, recorded, &survey);
    let (ready, readiness) = (examined.is_ready(), Readiness::of(&examined));
    let shown: Vec<Finding> = examined.findings.iter().map(Finding::with_entries_shown).collect();
    ExaminedCase {
        report: CaseReport::new(&case, &evidence, &shown, readiness),
        outcome: unread.unwrap_or(match examined.standing {
            Standing::Unreadable => Outcome::Impossible,
            Standing::Whole if ready => Outcome::Done,
            Standing::Whole | Standing::Gaps => Outcome::Gaps,
        }),
        result: Ok(Listed::new(case, &evidence, examined)),
    }
}
