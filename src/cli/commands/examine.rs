//! Reads the manifests that are meant and looks at their documents: what `check` and `list` share.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use courtbundle::bundle::numbering_differs;
use courtbundle::bundle::{built_pages, profile};
use courtbundle::casework::hearings::heard::is_heard;
use courtbundle::casework::hearings::listing::{Listed, Unread};
use courtbundle::casework::hearings::privacy::youths_in;
use courtbundle::casework::hearings::readiness::{Readiness, missing};
use courtbundle::check::standard::{Standards, check_standard};
use courtbundle::check::{Availability, Survey};
use courtbundle::check::{
    Standing, check_documents, check_leaks, check_served, check_texts, compared, is_ready,
    searched, standing_of_case,
};
use courtbundle::manifest::{self, Case, Reading};
use courtbundle::model::DocumentId;
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
            result: Err(Unread {
                manifest: manifest.to_path_buf(),
                findings: reading.findings,
                youths: fs::read_to_string(manifest)
                    .map(|text| youths_in(&text))
                    .unwrap_or_default(),
            }),
            outcome: Outcome::Impossible,
        },
    }
}

fn known(
    case: Case,
    mut findings: Vec<courtbundle::model::Finding>,
    look: Look<'_>,
    console: &Console,
) -> Examined {
    let searched = searched(&case, &case.bundles);
    let compared = compared(&case, &case.bundles);
    let survey = Survey {
        probe: None,
        inspect: &|_, _| false,
        compare: &|section, document| compared.contains(&DocumentId { section, document }),
        search: &|section, document| searched.contains(&DocumentId { section, document }),
        usual: 0,
        allow_damaged: look.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    let evidence = survey.run(&case);
    findings.extend(check_texts(&case, &case.bundles));
    findings.extend(check_documents(&case, &evidence, &|_| true));
    findings.extend(check_served(&case, &evidence));
    findings.extend(check_leaks(&case, &case.bundles, &evidence));
    let held = |id: DocumentId| {
        matches!(
            evidence.held(id.section, id.document),
            Availability::Present(_)
        )
    };
    findings.extend(check_standard(&case, look.standards, &held));
    for bundle in &case.bundles {
        match profile(&case, bundle) {
            Ok(profile) => findings.extend(numbering_differs(bundle, &profile)),
            Err(unreadable) => findings.push(*unreadable),
        }
    }
    let ready = is_ready(&case, &evidence, &findings);
    let outcome = match standing_of_case(&case, &evidence) {
        Standing::Unreadable => Outcome::Impossible,
        Standing::Whole if ready => Outcome::Done,
        Standing::Whole | Standing::Gaps => Outcome::Gaps,
    };
    Examined {
        report: CaseReport::new(&case, &evidence, &findings, ready),
        outcome,
        result: Ok(Listed {
            readiness: Readiness::of(&case, &evidence, &findings),
            missing: missing(&case, &evidence),
            bundle_pages: built_pages(&case),
            findings,
            case,
        }),
    }
}
