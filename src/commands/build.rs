//! `build`: the bundles of each case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use courtbundle::build::{End, Record, Request, attempt, shared_outputs, survey};
use courtbundle::check::{Finding, Standing, display};
use courtbundle::manifest::{self, Bundle, Case, Reading};
use courtbundle::report::{
    BuildReport, FindingRow, built_text, for_people, plan_text, refused_text,
};
use courtbundle::source::Survey;
use rayon::prelude::*;

use super::{Outcome, STOP, discover};
use crate::cli::{Build, Format};
use crate::console::Console;

/// One bundle, or one manifest that could not be read.
struct Tried {
    manifest: PathBuf,
    record: Record,
    /// What people are told on stdout.
    text: String,
    findings: Vec<Finding>,
    outcome: Outcome,
}

pub(crate) fn run(build: &Build, console: &Console) -> anyhow::Result<Outcome> {
    let (manifests, found) = discover::manifests(&build.paths, console);
    console.start();
    let readings: Vec<Reading> = manifests
        .par_iter()
        .map(|manifest| manifest::read(manifest))
        .collect();
    refuse_unknown_name(build, &readings)?;
    let clashes = clashes(build, &readings);
    let tried: Vec<Vec<Tried>> = manifests
        .par_iter()
        .zip(readings)
        .zip(clashes)
        .map(|((manifest, reading), clashes)| {
            build_case(build, manifest, reading, &clashes, console)
        })
        .collect();
    console.stop();
    let tried: Vec<Tried> = tried.into_iter().flatten().collect();
    let outcome = tried
        .iter()
        .map(|tried| tried.outcome)
        .fold(found, Outcome::max);
    for tried in &tried {
        let (told, more) = for_people(&tried.findings);
        told.iter()
            .for_each(|finding| console.finding(&tried.manifest, finding));
        more.iter().for_each(|more| console.note(more));
        if build.format == Format::Text {
            console.result(&tried.text)?;
        }
    }
    if build.format == Format::Json {
        let bundles = tried.into_iter().map(|tried| tried.record).collect();
        let report = BuildReport {
            version: 1,
            bundles,
        };
        console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
    }
    Ok(outcome)
}

/// A user who asks for a bundle that no case has is told which there are.
fn refuse_unknown_name(build: &Build, readings: &[Reading]) -> anyhow::Result<()> {
    let Some(name) = &build.bundle else {
        return Ok(());
    };
    let cases = readings.iter().filter_map(|reading| reading.case.as_ref());
    let names: BTreeSet<&str> = cases
        .flat_map(|case| &case.bundles)
        .map(|bundle| bundle.name.as_str())
        .collect();
    if names.is_empty() || names.contains(name.as_str()) {
        return Ok(());
    }
    bail!(
        "no case has a bundle named \"{name}\"\n  hint: the bundles are: {}",
        Vec::from_iter(names).join(", ")
    )
}

/// The bundles of a case that are asked for.
fn chosen<'a>(build: &'a Build, case: &'a Case) -> impl Iterator<Item = &'a Bundle> {
    let is_chosen = |bundle: &&Bundle| {
        build
            .bundle
            .as_ref()
            .is_none_or(|name| *name == bundle.name)
    };
    case.bundles.iter().filter(is_chosen)
}

/// For each case, for each bundle that is asked for, whether another would be written to its file.
fn clashes(build: &Build, readings: &[Reading]) -> Vec<Vec<Option<Finding>>> {
    let bundles: Vec<Vec<(&Case, &Bundle)>> = readings
        .iter()
        .map(|reading| {
            let cases = reading.case.iter();
            cases
                .flat_map(|case| chosen(build, case).map(move |bundle| (case, bundle)))
                .collect()
        })
        .collect();
    let mut found = shared_outputs(&bundles.concat()).into_iter();
    bundles
        .iter()
        .map(|bundles| found.by_ref().take(bundles.len()).collect())
        .collect()
}

fn build_case(
    build: &Build,
    manifest: &Path,
    reading: Reading,
    clashes: &[Option<Finding>],
    console: &Console,
) -> Vec<Tried> {
    let Some(case) = reading.case else {
        let rows = reading.findings.iter().map(FindingRow::from).collect();
        return vec![Tried {
            manifest: manifest.to_path_buf(),
            record: Record::refused(display(manifest), None, rows),
            text: String::new(),
            findings: reading.findings,
            outcome: Outcome::Impossible,
        }];
    };
    chosen(build, &case)
        .zip(clashes)
        .map(|(bundle, clash)| {
            let mut findings = reading.findings.clone();
            findings.extend(clash.clone());
            build_bundle(build, &case, bundle, findings, console)
        })
        .collect()
}

fn build_bundle(
    build: &Build,
    case: &Case,
    bundle: &Bundle,
    findings: Vec<Finding>,
    console: &Console,
) -> Tried {
    let by = Survey {
        probe: None,
        search: &|_, _| false,
        inspect: &|_, _| false,
        usual: 0,
        allow_damaged: build.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    let evidence = survey(case, bundle, &by);
    let request = Request {
        case,
        bundle,
        evidence: &evidence,
        allow_missing: build.allow_missing,
        strict: build.strict,
        stop: &STOP,
        expected: &|pages| console.expect_pages(pages),
        progress: &|pages| console.pages_done(pages),
    };
    let attempt = attempt(&request, findings, build.dry_run);
    let whole = |standing: &Standing| match standing {
        Standing::Whole => Outcome::Done,
        Standing::Gaps | Standing::Unreadable => Outcome::Gaps,
    };
    let (text, outcome) = match &attempt.end {
        End::Built(draft, written, standing) => (
            built_text(case, bundle, &draft.plan, written),
            whole(standing),
        ),
        End::Planned(draft, standing) => (plan_text(case, bundle, &draft.plan), whole(standing)),
        End::Refused => (refused_text(case, bundle, &attempt.findings), Outcome::Gaps),
        End::Failed => (
            refused_text(case, bundle, &attempt.findings),
            Outcome::Impossible,
        ),
    };
    Tried {
        manifest: case.manifest.clone(),
        record: attempt.record,
        text,
        findings: attempt.findings,
        outcome,
    }
}
