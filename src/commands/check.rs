//! `check`: is each case ready?

use std::path::Path;

use courtbundle::build::profile;
use courtbundle::check::{
    Finding, Standing, check_documents, check_leaks, check_served, is_ready, numbering_differs,
    searched, standing_of_case,
};
use courtbundle::desk::standard::{Standards, check_standard};
use courtbundle::manifest::{self, Case};
use courtbundle::plan::DocumentId;
use courtbundle::report::{
    CaseReport, CheckReport, check_text, for_people, github_text, junit_xml, unread_text,
};
use courtbundle::source::{Held, Survey};
use rayon::prelude::*;

use super::{Outcome, STOP, discover, standards};
use crate::cli::{Check, CheckFormat};
use crate::console::Console;

struct Checked {
    case: Option<Case>,
    report: CaseReport,
    findings: Vec<Finding>,
    outcome: Outcome,
}

pub(crate) fn run(check: &Check, console: &Console) -> anyhow::Result<Outcome> {
    let standards = standards::known(check.standards_file.as_deref())?;
    let (manifests, found) = discover::manifests(&check.paths, console);
    console.start();
    let checked: Vec<Checked> = manifests
        .par_iter()
        .map(|manifest| check_case(check, &standards, manifest, console))
        .collect();
    console.stop();
    let outcome = checked
        .iter()
        .map(|checked| checked.outcome)
        .fold(found, Outcome::max);
    match check.format {
        CheckFormat::Github => console.result(&github_text(&reports(checked)))?,
        CheckFormat::Junit => console.result(&junit_xml(&reports(checked))?)?,
        CheckFormat::Json => {
            let report = CheckReport {
                version: 1,
                cases: reports(checked),
            };
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        CheckFormat::Text => {
            for (index, checked) in checked.iter().enumerate() {
                if index > 0 {
                    console.result("\n")?;
                }
                print(checked, &manifests, index, console)?;
            }
            if checked.len() > 1 {
                let ready = checked
                    .iter()
                    .filter(|checked| checked.report.ready)
                    .count();
                console.result(&format!("\n{} cases, {ready} ready.\n", checked.len()))?;
            }
        }
    }
    Ok(outcome)
}

fn reports(checked: Vec<Checked>) -> Vec<CaseReport> {
    checked.into_iter().map(|checked| checked.report).collect()
}

fn check_case(check: &Check, standards: &Standards, manifest: &Path, console: &Console) -> Checked {
    let reading = manifest::read(manifest);
    let mut findings = reading.findings;
    let Some(case) = reading.case else {
        return Checked {
            case: None,
            report: CaseReport::unread(manifest, &findings),
            findings,
            outcome: Outcome::Impossible,
        };
    };
    let searched = searched(&case, &case.bundles);
    let survey = Survey {
        probe: None,
        inspect: &|_, _| false,
        search: &|section, document| searched.contains(&DocumentId { section, document }),
        usual: 0,
        allow_damaged: check.allow_damaged,
        ask: &|file| console.ask_password(file),
        stop: &STOP,
        progress: &|pages| console.pages_read(pages),
    };
    let evidence = survey.run(&case);
    findings.extend(check_documents(&case, &evidence, &|_| true));
    findings.extend(check_served(&case, &evidence));
    findings.extend(check_leaks(&case, &case.bundles, &evidence));
    let held = |id: DocumentId| matches!(evidence.held(id.section, id.document), Held::Present(_));
    findings.extend(check_standard(&case, standards, &held));
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
    let report = CaseReport::new(&case, &evidence, &findings, ready);
    Checked {
        case: Some(case),
        report,
        findings,
        outcome,
    }
}

fn print(
    checked: &Checked,
    manifests: &[std::path::PathBuf],
    index: usize,
    console: &Console,
) -> anyhow::Result<()> {
    let Some(case) = &checked.case else {
        if let Some(manifest) = manifests.get(index) {
            checked
                .findings
                .iter()
                .for_each(|finding| console.finding(manifest, finding));
            console.result(&unread_text(&checked.report))?;
        }
        return Ok(());
    };
    console.result(&check_text(case, &checked.report, |state, text| {
        console.paint_state(state, text)
    }))?;
    let (told, more) = for_people(&checked.findings);
    if !told.is_empty() {
        console.result("\n")?;
    }
    for finding in &told {
        console.finding_result(finding)?;
    }
    for more in more {
        console.result(&format!("{more}\n"))?;
    }
    Ok(())
}
