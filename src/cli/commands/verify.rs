//! `verify`: does a finished bundle keep the court's rules?

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use courtbundle::check::display;
use courtbundle::model::Severity;
use courtbundle::model::nearest::hint;
use courtbundle::report::{FileReport, VerifyReport, pages_to_show, verify_html, verify_text};
use courtbundle::verify::{Profile, Profiles, require_pdf, thumbnails, verify};

use super::{Outcome, rules};
use crate::cli::console::Console;
use crate::cli::{ReportFormat, Verify};

struct Verified {
    report: FileReport,
    bytes: Arc<Vec<u8>>,
    outcome: Outcome,
}

pub(crate) fn run(command: &Verify, console: &Console) -> anyhow::Result<Outcome> {
    let profiles = rules::profiles(command.rules_file.as_deref())?;
    let profile = chosen(&profiles, &command.rules)?.clone();
    let profile = match command.audience {
        Some(audience) => profile.for_audience(audience),
        None => profile,
    };
    console.start();
    let mut outcome = Outcome::Done;
    let mut verified = Vec::new();
    for file in &command.files {
        match verify_file(file, &profile, command.strict) {
            Ok(one) => {
                outcome = outcome.max(one.outcome);
                verified.push(one);
            }
            Err(error) => {
                console.error(&error);
                outcome = Outcome::Impossible;
            }
        }
    }
    console.stop();
    print(command.format, verified, console)?;
    Ok(outcome)
}

/// The profile asked for, or the names there are.
pub(super) fn chosen<'a>(profiles: &'a Profiles, name: &str) -> anyhow::Result<&'a Profile> {
    let Some(profile) = profiles.get(name) else {
        let names: Vec<&str> = profiles.iter().map(|profile| profile.name.as_str()).collect();
        bail!("there are no rules named \"{name}\"\n  hint: {}", hint(name, "profiles", &names));
    };
    Ok(profile)
}

fn verify_file(path: &Path, profile: &Profile, strict: bool) -> anyhow::Result<Verified> {
    let name = display(path);
    if path.is_dir() {
        bail!("{name}: is a folder\n  hint: name the bundles themselves, such as {name}/*.pdf");
    }
    let bytes = fs::read(path).with_context(|| name.clone())?;
    require_pdf(&bytes).map_err(|error| anyhow!("{name}: {error}"))?;
    let bytes = Arc::new(bytes);
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let verification = verify(&bytes, &file_name.unwrap_or_default(), profile);
    let worst = verification.worst();
    let outcome = match worst {
        Some(Severity::Error) => Outcome::Gaps,
        Some(Severity::Warning) if strict => Outcome::Gaps,
        _ => Outcome::Done,
    };
    Ok(Verified { report: FileReport::new(name, &profile.name, &verification), bytes, outcome })
}

fn print(format: ReportFormat, verified: Vec<Verified>, console: &Console) -> anyhow::Result<()> {
    match format {
        ReportFormat::Text => {
            for (index, one) in verified.iter().enumerate() {
                if index > 0 {
                    console.result("\n")?;
                }
                console.result(&verify_text(&one.report, |row, text| {
                    console.paint_result(row, text)
                }))?;
            }
        }
        ReportFormat::Json => {
            let report = VerifyReport {
                version: 1,
                files: verified.into_iter().map(|one| one.report).collect(),
            };
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        ReportFormat::Html => {
            let files: Vec<_> = verified
                .into_iter()
                .map(|one| {
                    let pages = pages_to_show(&one.report);
                    (one.report, thumbnails(&one.bytes, &pages))
                })
                .collect();
            console.result(&verify_html(&files))?;
        }
    }
    Ok(())
}
