//! Reads the manifests that are meant and looks at their documents: what `check` and `list` share.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use courtbundle::casework::hearings::heard::is_heard;
use courtbundle::casework::hearings::listing::{Listed, Unread};
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
pub(super) struct Examined {
    pub(super) result: Result<Listed, Unread>,
    pub(super) report: CaseReport,
    pub(super) outcome: Outcome,
}

/// How cases are looked at.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    /// Only cases heard on these days; all of them if there are none.
    pub(super) days: Option<&'a RangeInclusive<Date>>,
    /// Whether what is left of damaged files is taken.
    pub(super) allow_damaged: bool,
    /// What files must hold.
    pub(super) standards: &'a Standards,
}

/// Looks at every case that is wanted, several at a time. A manifest that cannot be read might be of any day.
pub(super) fn examine(manifests: &[PathBuf], look: Look<'_>, console: &Console) -> Vec<Examined> {
    console.start();
    let examined = manifests
        .par_iter()
        .filter_map(|manifest| {
            let reading = manifest::read(manifest);
            is_wanted(&reading, look.days).then(|| one(reading, manifest, look, console))
        })
        .collect();
    console.stop();
    examined
}

/// Whether a case is heard on one of some days, or might be.
pub(super) fn is_wanted(reading: &Reading, days: Option<&RangeInclusive<Date>>) -> bool {
    let (Some(case), Some(days)) = (&reading.case, days) else {
        return true;
    };
    is_heard(case, days)
}

fn one(reading: Reading, manifest: &Path, look: Look<'_>, console: &Console) -> Examined {
    match reading.case {
        Some(case) => known(case, reading.findings, look, console),
        None => Examined {
            report: CaseReport::unread(manifest, &reading.findings),
            result: Err(Unread::new(manifest, reading.findings)),
            outcome: Outcome::Impossible,
        },
    }
}

fn known(case: Case, findings: Vec<Finding>, look: Look<'_>, console: &Console) -> Examined {
    let survey = Survey {
        scope: &SurveyScope::default(),
        allow_damaged: look.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    let (evidence, examined) = examine_case(&case, findings, look.standards, &survey);
    let ready = examined.is_ready();
    Examined {
        report: CaseReport::new(&case, &evidence, &examined.findings, ready),
        outcome: match examined.standing {
            Standing::Unreadable => Outcome::Impossible,
            Standing::Whole if ready => Outcome::Done,
            Standing::Whole | Standing::Gaps => Outcome::Gaps,
        },
        result: Ok(Listed::new(case, &evidence, examined)),
    }
}
