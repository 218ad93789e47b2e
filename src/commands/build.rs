//! `build`: the bundles of each case.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::bail;
use courtbundle::build::{BuildError, Record, Request, draft, record, write};
use courtbundle::check::{Code, Finding, Severity, State, check_documents, display};
use courtbundle::manifest::{self, Bundle, Case};
use courtbundle::plan::{is_top, places};
use courtbundle::report::{BuildReport, FindingRow, built_text, plan_text};
use courtbundle::source::{Evidence, Survey};
use rayon::prelude::*;

use super::{Outcome, STOP, discover, shortened};
use crate::cli::{Build, Format};
use crate::console::Console;

/// One bundle, or one manifest that could not be read.
struct Attempt {
    manifest: PathBuf,
    record: Option<Record>,
    /// What people are told on stdout.
    text: String,
    findings: Vec<Finding>,
    outcome: Outcome,
}

pub(crate) fn run(build: &Build, console: &Console) -> anyhow::Result<Outcome> {
    let (manifests, found) = discover::manifests(&build.paths, console);
    console.start();
    let attempts: Vec<Vec<Attempt>> = manifests
        .par_iter()
        .map(|manifest| build_case(build, manifest, console))
        .collect();
    console.stop();
    let attempts: Vec<Attempt> = attempts.into_iter().flatten().collect();
    if let Some(name) = &build.bundle
        && attempts.is_empty()
        && !manifests.is_empty()
    {
        bail!(
            "no case has a bundle named \"{name}\"\n  hint: the bundles are: {}",
            names(&manifests)
        );
    }
    let outcome = attempts
        .iter()
        .map(|attempt| attempt.outcome)
        .fold(found, Outcome::max);
    for attempt in &attempts {
        let (shown, more) = shortened(&attempt.findings);
        shown
            .iter()
            .for_each(|finding| console.finding(&attempt.manifest, finding));
        more.iter().for_each(|more| console.note(more));
        if build.format == Format::Text {
            console.result(&attempt.text)?;
        }
    }
    if build.format == Format::Json {
        let report = BuildReport {
            version: 1,
            bundles: attempts
                .into_iter()
                .filter_map(|attempt| attempt.record)
                .collect(),
        };
        console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
    }
    Ok(outcome)
}

/// The names of all bundles, for a user who asked for another.
fn names(manifests: &[PathBuf]) -> String {
    let names: BTreeSet<String> = manifests
        .iter()
        .filter_map(|manifest| manifest::read(manifest).case)
        .flat_map(|case| case.bundles.into_iter().map(|bundle| bundle.name))
        .collect();
    Vec::from_iter(names).join(", ")
}

fn build_case(build: &Build, manifest: &Path, console: &Console) -> Vec<Attempt> {
    let reading = manifest::read(manifest);
    let Some(case) = reading.case else {
        return vec![Attempt {
            manifest: manifest.to_path_buf(),
            record: Some(Record::refused(
                display(manifest),
                None,
                reading.findings.iter().map(FindingRow::from).collect(),
            )),
            text: String::new(),
            findings: reading.findings,
            outcome: Outcome::Impossible,
        }];
    };
    case.bundles
        .iter()
        .filter(|bundle| {
            build
                .bundle
                .as_ref()
                .is_none_or(|name| *name == bundle.name)
        })
        .map(|bundle| build_bundle(build, &case, bundle, &reading.findings, console))
        .collect()
}

fn build_bundle(
    build: &Build,
    case: &Case,
    bundle: &Bundle,
    of_manifest: &[Finding],
    console: &Console,
) -> Attempt {
    let evidence = Survey {
        probe: Some(&|page| places(page, &bundle.numbering)),
        prefer_top: is_top(bundle.numbering.position),
        progress: &|pages| console.pages_read(pages),
    }
    .run(case);
    let request = Request {
        case,
        bundle,
        evidence: &evidence,
        allow_missing: build.allow_missing,
        stop: &STOP,
        progress: &|pages| console.pages_done(pages),
    };
    let mut findings = of_manifest.to_vec();
    findings.extend(relevant(
        build,
        case,
        bundle,
        check_documents(case, &evidence),
    ));
    let refused = |findings: Vec<Finding>, outcome| Attempt {
        manifest: case.manifest.clone(),
        record: Some(Record::refused(
            display(&case.manifest),
            Some(bundle),
            findings.iter().map(FindingRow::from).collect(),
        )),
        text: courtbundle::report::refused_text(case, bundle, &findings),
        findings,
        outcome,
    };
    if findings.iter().any(Finding::is_error) {
        let outcome = if is_unreadable(case, bundle, &evidence) {
            Outcome::Impossible
        } else {
            Outcome::Gaps
        };
        return refused(findings, outcome);
    }
    let made = draft(&request).and_then(|draft| {
        findings.extend(draft.findings.iter().cloned());
        if build.dry_run {
            return Ok((
                plan_text(case, bundle, &draft.plan),
                record(&request, &draft, None, &findings),
            ));
        }
        console.expect_pages(draft.plan.page_count());
        let built = write(&request, &draft, findings.clone())?;
        findings = built.findings;
        let text = built_text(case, bundle, &draft.plan, &built.written);
        Ok((
            text,
            record(&request, &draft, Some(&built.written), &findings),
        ))
    });
    match made {
        Ok((text, record)) => Attempt {
            manifest: case.manifest.clone(),
            record: Some(record),
            text,
            outcome: if has_gap(case, bundle, &evidence) {
                Outcome::Gaps
            } else {
                Outcome::Done
            },
            findings,
        },
        Err(error) => {
            let outcome = outcome_of(&error);
            findings.extend(error.into_findings());
            refused(findings, outcome)
        }
    }
}

fn outcome_of(error: &BuildError) -> Outcome {
    match error {
        BuildError::Plan(_) => Outcome::Gaps,
        _ => Outcome::Impossible,
    }
}

/// Findings about this bundle: what other bundles hold does not stand in its way, and what is
/// allowed to be missing is only worth a warning.
fn relevant(build: &Build, case: &Case, bundle: &Bundle, findings: Vec<Finding>) -> Vec<Finding> {
    let letters: Vec<&str> = sections(case, bundle)
        .map(|section| section.letter.as_str())
        .collect();
    findings
        .into_iter()
        // `check` tells these; they say nothing about the bundle.
        .filter(|finding| !matches!(finding.code, Code::Undated | Code::UnlistedFile))
        // The plan tells it with what it does about it.
        .filter(|finding| finding.code != Code::OptionalMissing)
        .filter(|finding| {
            finding
                .document
                .as_ref()
                .is_none_or(|document| letters.contains(&document.section.as_str()))
        })
        .map(|mut finding| {
            if build.allow_missing && finding.code == Code::DocumentMissing {
                finding.severity = Severity::Warning;
                finding
                    .message
                    .push_str("; a sheet keeps its place in the bundle");
            }
            finding
        })
        .collect()
}

fn sections<'a>(case: &'a Case, bundle: &'a Bundle) -> impl Iterator<Item = &'a manifest::Section> {
    bundle
        .sections
        .iter()
        .filter_map(|position| case.sections.get(*position))
}

fn states(case: &Case, bundle: &Bundle, evidence: &Evidence) -> Vec<(bool, State)> {
    bundle
        .sections
        .iter()
        .filter_map(|position| Some((*position, case.sections.get(*position)?)))
        .flat_map(|(position, section)| {
            section
                .documents
                .iter()
                .enumerate()
                .map(move |(index, document)| {
                    (
                        document.required,
                        State::of(document, evidence.held(position, index)),
                    )
                })
        })
        .collect()
}

fn is_unreadable(case: &Case, bundle: &Bundle, evidence: &Evidence) -> bool {
    states(case, bundle, evidence)
        .iter()
        .any(|(_, state)| *state == State::Unreadable)
}

fn has_gap(case: &Case, bundle: &Bundle, evidence: &Evidence) -> bool {
    states(case, bundle, evidence)
        .iter()
        .any(|(required, state)| *required && state.is_gap())
}
