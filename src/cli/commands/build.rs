//! `build`: the bundles of each case.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use anyhow::bail;
use courtbundle::bundle::{End, FilesOnDisk, Record, Request, attempt, kept, shared_outputs};
use courtbundle::check::{Evidence, Standing, Survey, SurveyScope, display};
use courtbundle::manifest::{self, Bundle, Case, Reading};
use courtbundle::model::atomic_write;
use courtbundle::model::nearest::hint;
use courtbundle::model::{Finding, FindingRow};
use courtbundle::report::{
    BuildReport, BuildState, BundleRow, build_table, built_text, for_people, no_case_text,
    plan_text, refused_text,
};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Outcome, STOP, discover, examine};
use crate::cli::console::Console;
use crate::cli::{Build, Format};

/// One bundle, or one manifest that could not be read.
struct BundleOutcome {
    manifest: PathBuf,
    row: BundleRow,
    /// What people are told on stdout.
    text: String,
    findings: Vec<Finding>,
}

/// A case that is wanted, with what its bundles share with others.
struct WantedBundles {
    reading: Reading,
    manifest: PathBuf,
    clashes: Vec<Option<Finding>>,
}

pub(crate) fn run(build: &Build, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    let (found, outcome) = discover::keyed(&build.paths, console);
    let days = build.hearing.map(|hearing| hearing.seen_from(today));
    console.start();
    let readings: Vec<Reading> =
        found.par_iter().map(|(manifest, _)| manifest::read(manifest)).collect();
    refuse_unknown_name(build, &readings)?;
    // Also those that are not wanted might be written to the same file.
    let clashes = clashes(build, &readings);
    let all = found.into_iter().zip(readings).zip(clashes);
    let wanted: Vec<WantedBundles> = all
        .filter(|(((_, key), reading), _)| {
            build.shard.is_none_or(|shard| shard.holds(key))
                && examine::is_wanted(reading, days.as_ref())
        })
        .map(|(((manifest, _), reading), clashes)| WantedBundles { reading, manifest, clashes })
        .collect();
    let tried: Vec<Vec<BundleOutcome>> =
        wanted.into_par_iter().map(|wanted| build_case(build, wanted, console)).collect();
    console.stop();
    let tried: Vec<BundleOutcome> = tried.into_iter().flatten().collect();
    report(build, days.as_ref(), outcome, tried, console)
}

/// Tells what became of each bundle, and how all of it ended.
fn report(
    build: &Build,
    days: Option<&RangeInclusive<Date>>,
    found: Outcome,
    tried: Vec<BundleOutcome>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    for tried in &tried {
        let (told, more) = for_people(&tried.findings);
        told.iter().for_each(|finding| console.finding(&tried.manifest, finding));
        more.iter().for_each(|more| console.note(more));
        if build.format == Format::Text {
            console.result(&tried.text)?;
        }
    }
    let is_told = tried.iter().any(|tried| !tried.text.is_empty());
    let bundles: Vec<BundleRow> = tried.into_iter().map(|tried| tried.row).collect();
    let outcome =
        bundles.iter().map(|row| Outcome::from_code(row.exit_code)).fold(found, Outcome::max);
    let report = BuildReport {
        version: 1,
        shard: build.shard,
        exit_code: outcome as u8,
        problems: Vec::new(),
        bundles,
    };
    match (build.format, report.bundles.len()) {
        (Format::Json, _) => {
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        // Otherwise a path led nowhere, which was told.
        (Format::Text, 0) if outcome == Outcome::Done => {
            console.result(&no_case_text(days, build.shard))?;
        }
        (Format::Text, 0 | 1) => {}
        (Format::Text, _) => {
            let table = build_table(&report, |row, text| console.paint_bundle(row, text));
            let gap = if is_told { "\n" } else { "" };
            console.result(&format!("{gap}{table}"))?;
        }
    }
    Ok(outcome)
}

/// A user who asks for a bundle that no case has is told which there are.
fn refuse_unknown_name(build: &Build, readings: &[Reading]) -> anyhow::Result<()> {
    let Some(name) = &build.bundle else {
        return Ok(());
    };
    let cases = readings.iter().filter_map(|reading| reading.case.as_ref());
    let names: BTreeSet<&str> =
        cases.flat_map(|case| &case.bundles).map(|bundle| bundle.name.as_str()).collect();
    if names.is_empty() || names.contains(name.as_str()) {
        return Ok(());
    }
    let names = Vec::from_iter(names);
    bail!("no case has a bundle named \"{name}\"\n  hint: {}", hint(name, "bundles", &names))
}

/// The bundles of a case that are asked for.
fn chosen<'a>(build: &'a Build, case: &'a Case) -> impl Iterator<Item = &'a Bundle> {
    let is_chosen =
        |bundle: &&Bundle| build.bundle.as_ref().is_none_or(|name| *name == bundle.name);
    case.bundles.iter().filter(is_chosen)
}

/// For each case, for each bundle that is asked for, whether another would be written to its file.
fn clashes(build: &Build, readings: &[Reading]) -> Vec<Vec<Option<Finding>>> {
    let bundles: Vec<Vec<(&Case, &Bundle)>> = readings
        .iter()
        .map(|reading| {
            let cases = reading.case.iter();
            cases.flat_map(|case| chosen(build, case).map(move |bundle| (case, bundle))).collect()
        })
        .collect();
    let mut found = shared_outputs(&bundles.concat()).into_iter();
    bundles.iter().map(|bundles| found.by_ref().take(bundles.len()).collect()).collect()
}

fn build_case(build: &Build, wanted: WantedBundles, console: &Console) -> Vec<BundleOutcome> {
    let WantedBundles { reading, manifest, clashes } = wanted;
    let Some(case) = reading.case else {
        return vec![unread(&manifest, reading.findings)];
    };
    if !build.dry_run {
        sweep(build, &case, console);
    }
    let on_disk = FilesOnDisk::new(&case, &STOP);
    let bundles: Vec<(&Bundle, Option<Finding>, Option<BundleOutcome>)> = chosen(build, &case)
        .zip(clashes)
        .map(|(bundle, clash)| {
            let is_kept = !build.force && !build.dry_run && clash.is_none();
            let kept = is_kept.then(|| keep(build, &case, &on_disk, bundle)).flatten();
            (bundle, clash, kept)
        })
        .collect();
    let to_build = bundles.iter().filter(|(_, _, kept)| kept.is_none());
    let to_build: Vec<Bundle> = to_build.map(|(bundle, ..)| (*bundle).clone()).collect();
    let evidence = survey(build, &case, &to_build, console);
    bundles
        .into_par_iter()
        .map(|(bundle, clash, kept)| {
            kept.unwrap_or_else(|| {
                let findings = reading.findings.iter().cloned().chain(clash).collect();
                build_bundle(build, &case, bundle, &evidence, findings, console)
            })
        })
        .collect()
}

/// What a case holds, looked at once for all bundles that are to be built.
fn survey(build: &Build, case: &Case, bundles: &[Bundle], console: &Console) -> Evidence {
    if bundles.is_empty() {
        return Evidence::default();
    }
    let mut scope = SurveyScope::to_build(case, bundles);
    if build.dry_run {
        scope.uses.clear();
    }
    let survey = Survey {
        scope: &scope,
        allow_damaged: build.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    survey.run(case)
}

/// Deletes what builds that were cut off left where bundles of a case go, also of those that are up to date.
fn sweep(build: &Build, case: &Case, console: &Console) {
    let outputs = chosen(build, case).map(|bundle| case.folder.join(&bundle.output));
    let folders: BTreeSet<PathBuf> =
        outputs.filter_map(|output| Some(output.parent()?.to_path_buf())).collect();
    for folder in folders {
        console.swept(&atomic_write::sweep(&folder));
    }
}

/// A manifest that cannot be read.
fn unread(manifest: &Path, findings: Vec<Finding>) -> BundleOutcome {
    let rows = findings.iter().map(FindingRow::from).collect();
    let record = Record::refused(display(manifest), None, rows);
    BundleOutcome {
        manifest: manifest.to_path_buf(),
        row: BundleRow::new(None, BuildState::Refused, Outcome::Impossible as u8, record),
        text: String::new(),
        findings,
    }
}

/// A bundle of which nothing has changed.
fn keep<'c>(
    build: &Build,
    case: &Case,
    on_disk: &FilesOnDisk<'c>,
    bundle: &'c Bundle,
) -> Option<BundleOutcome> {
    let kept = kept(on_disk, bundle, build.options())?;
    let code = outcome(kept.standing) as u8;
    let row = BundleRow::new(Some(case), BuildState::UpToDate, code, kept.record);
    Some(BundleOutcome {
        manifest: case.manifest.clone(),
        text: built_text(case, bundle, &row),
        row,
        findings: kept.findings,
    })
}

/// How a bundle ends that is there.
fn outcome(standing: Standing) -> Outcome {
    match standing {
        Standing::Whole => Outcome::Done,
        Standing::Gaps | Standing::Unreadable => Outcome::Gaps,
    }
}

fn build_bundle(
    build: &Build,
    case: &Case,
    bundle: &Bundle,
    evidence: &Evidence,
    findings: Vec<Finding>,
    console: &Console,
) -> BundleOutcome {
    let request = Request {
        case,
        bundle,
        evidence,
        options: build.options(),
        stop: &STOP,
        expected: &|pages| console.expect_pages(pages),
        progress: &|pages| console.pages_done(pages),
    };
    let attempt = attempt(&request, findings, build.dry_run);
    let (state, outcome) = match &attempt.end {
        End::Built(_, _, standing) => (BuildState::Built, outcome(*standing)),
        End::Planned(_, standing) => (BuildState::Planned, outcome(*standing)),
        End::Refused => (BuildState::Refused, Outcome::Gaps),
        End::Failed => (BuildState::Refused, Outcome::Impossible),
        End::Stopped => (BuildState::Refused, Outcome::Stopped),
    };
    let row = BundleRow::new(Some(case), state, outcome as u8, attempt.record);
    let text = match &attempt.end {
        End::Built(..) => built_text(case, bundle, &row),
        End::Planned(draft, _) => plan_text(case, bundle, &draft.plan),
        End::Refused | End::Failed | End::Stopped => refused_text(case, bundle, &attempt.findings),
    };
    BundleOutcome { manifest: case.manifest.clone(), row, text, findings: attempt.findings }
}
