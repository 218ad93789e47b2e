//! The library behind the `courtbundle` command. Its front door are three functions: [`check()`], [`build()`] and
//! [`verify()`].
//!
//! From a manifest and a folder of evidence to one indexed, linked and bookmarked PDF:
//!
//! 1. [`manifest`] reads the TOML as typed and validates it into a `Case`.
//! 2. `pdf::source` opens each listed file and states its facts.
//! 3. `disclosure` decides what may be served on whom, and [`mod@check`] turns what stands in the way into
//!    findings.
//! 4. [`plan`] gives every page its place, number and label, without touching the disk.
//! 5. `sheets` sets the cover and the index, [`bundle`] writes the bundle, [`mod@verify`] reads it back.
//! 6. [`casework`] puts many cases in order: court lists, custody time limits, readiness.

pub mod bundle;
pub mod casework;
pub mod check;
pub(crate) mod classify;
pub(crate) mod disclosure;
pub mod draft;
pub(crate) mod inspect;
pub mod manifest;
pub mod model;
#[cfg(not(fuzzing))]
pub(crate) mod pdf;
#[cfg(fuzzing)]
pub mod pdf;
pub mod plan;
pub mod report;
pub(crate) mod sheets;
pub mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bundle::{End, Options, Record, Request, attempt};
use casework::chase::ledger::LedgerError;
use casework::chase::recorded;
use check::standard::{StandardError, Standards};
use check::{Examined, Survey, SurveyScope, examine_case};
use jiff::civil::Date;
use manifest::Case;
use model::Finding;
use thiserror::Error;
use verify::{ProfileError, Profiles, Verification};

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum Error {
    /// The manifest has errors.
    #[error("the manifest has errors")]
    Manifest(Vec<Finding>),
    /// The case has no bundle of this name.
    #[error("the case has no bundle named \"{0}\"")]
    NoBundle(String),
    /// Something is missing or breaks a rule, or the bundle could not be written; nothing was. Holds everything that was
    /// found.
    #[error("the bundle was refused")]
    Refused(Vec<Finding>),
    /// There are no rules of this name.
    #[error("there are no rules named \"{0}\"")]
    NoRules(String),
    /// A file cannot be read.
    #[error("{}: cannot be read", check::display(.0))]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The ledger of what was chased cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The file standards cannot be used.
    #[error(transparent)]
    Standards(#[from] StandardError),
    /// The court rules cannot be used.
    #[error(transparent)]
    Rules(#[from] ProfileError),
}

/// Says whether the case of a manifest is ready, and everything that was found; `today` is the day that custody time limits
/// are counted from.
///
/// ```
/// use std::path::Path;
///
/// let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/case-missing/bundle.toml");
/// let examined = courtbundle::check(&manifest, jiff::civil::date(2026, 11, 24))?;
/// assert!(!examined.is_ready());
/// let error = examined.findings.iter().find(|finding| finding.is_error());
/// assert_eq!(error.map(|error| error.code.as_str()), Some("document-missing"));
/// # Ok::<(), courtbundle::Error>(())
/// ```
///
/// # Errors
///
/// The manifest has errors, or the ledger of what was chased cannot be read.
pub fn check(manifest: &Path, today: Date) -> Result<Examined, Error> {
    let (case, findings) = case(manifest)?;
    let stop = AtomicBool::new(false);
    let standards = Standards::built_in()?;
    let scope = SurveyScope::default();
    let survey = unattended(false, &stop, &scope);
    let recorded = recorded(&case)?;
    let (_, examined) = examine_case(&case, findings, &standards, today, recorded, &survey);
    Ok(examined)
}

/// Builds the bundle of a case that has this name, proves it, and only then gives it its name on disk. Returns its audit
/// record.
///
/// ```
/// use std::fs;
/// use std::path::Path;
///
/// use courtbundle::bundle::Options;
///
/// let folder = tempfile::tempdir()?;
/// let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
/// fs::copy(fixtures.join("case-complete/indictment.pdf"), folder.path().join("indictment.pdf"))?;
/// let manifest = folder.path().join("bundle.toml");
/// fs::write(
///     &manifest,
///     r#"
///         [case]
///         title = "R v Example"
///         [[bundle]]
///         name = "trial"
///         audience = "court"
///         output = "trial.pdf"
///         [[section]]
///         letter = "A"
///         title = "Indictment"
///         [[section.document]]
///         title = "Indictment"
///         file = "indictment.pdf"
///         form = "indictment"
///     "#,
/// )?;
/// let record = courtbundle::build(&manifest, "trial", Options::default())?;
/// assert!(folder.path().join("trial.pdf").is_file());
/// assert!(record.sha256.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The manifest has errors, or no such bundle; or what refuses it, with everything that was found.
pub fn build(manifest: &Path, name: &str, options: Options) -> Result<Record, Error> {
    let (case, findings) = case(manifest)?;
    let mut bundles = case.bundles.iter();
    let bundle = bundles
        .find(|bundle| bundle.name == name)
        .ok_or_else(|| Error::NoBundle(name.to_owned()))?;
    let stop = AtomicBool::new(false);
    let scope = SurveyScope::to_build(&case, std::slice::from_ref(bundle));
    let evidence = unattended(options.allow_damaged, &stop, &scope).run(&case);
    let request = Request {
        case: &case,
        bundle,
        evidence: &evidence,
        options,
        stop: &stop,
        expected: &|_| (),
        progress: &|_| (),
    };
    let attempt = attempt(&request, findings, false);
    match attempt.end {
        End::Built(..) | End::Planned(..) => Ok(attempt.record),
        End::Refused | End::Failed | End::Stopped => Err(Error::Refused(attempt.findings)),
    }
}

/// Holds a finished bundle, whoever made it, against court rules: one of those that `courtbundle rules` lists.
///
/// ```
/// use std::path::Path;
///
/// use courtbundle::verify::Status;
///
/// let pdf = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/case-complete/indictment.pdf");
/// let verification = courtbundle::verify(&pdf, "general-2021")?;
/// assert_eq!(verification.pages, Some(1));
/// // A document alone is no bundle.
/// assert!(verification.results.iter().any(|result| result.status == Status::Fail));
/// # Ok::<(), courtbundle::Error>(())
/// ```
///
/// # Errors
///
/// There are no such rules, or the file cannot be read. A file that is read and does not open breaks a rule.
pub fn verify(pdf: &Path, rules: &str) -> Result<Verification, Error> {
    let profiles = Profiles::built_in()?;
    let profile = profiles.get(rules).ok_or_else(|| Error::NoRules(rules.to_owned()))?;
    let bytes = std::fs::read(pdf).map_err(|why| Error::Unreadable(pdf.to_path_buf(), why))?;
    let name = pdf.file_name().unwrap_or_default().to_string_lossy();
    Ok(verify::verify(&Arc::new(bytes), &name, profile))
}

/// The case of a manifest, and what is worth a look in it.
fn case(manifest: &Path) -> Result<(Case, Vec<Finding>), Error> {
    let reading = manifest::read(manifest);
    match reading.case {
        Some(case) => Ok((case, reading.findings)),
        None => Err(Error::Manifest(reading.findings)),
    }
}

/// A survey where nobody can be asked for passwords.
fn unattended<'a>(allow_damaged: bool, stop: &'a AtomicBool, scope: &'a SurveyScope) -> Survey<'a> {
    Survey { scope, allow_damaged, ask: &|_| None, stop, progress: &|_| () }
}

/// How properties are tried: always with the same cases, so that a run can be repeated.
/// `PROPTEST_CASES=100000 cargo test --lib` tries more.
#[cfg(test)]
fn properties() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        failure_persistence: None,
        ..Default::default()
    }
}
