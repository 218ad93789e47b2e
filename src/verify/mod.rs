//! Reads a finished bundle with another reader than the one that helped to write it: to compare it with
//! its plan, and to hold it, or anybody's bundle, against a profile of court rules.

mod alike;
mod damage;
mod document;
mod duplicates;
mod index;
mod inside;
mod labels;
mod layers;
mod likeness;
mod margin;
mod overprint;
mod photographs;
mod profile;
mod proof;
mod reading;
mod rules;
mod seen;
mod stamped;
mod weights;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub use crate::pdf::source::require_pdf;
pub use likeness::{Twin, Unlike, carried, unlike};
pub use profile::{NumbersBy, PaperSize, Profile, ProfileError, Profiles, Route, Rule, RuleLimits};
pub use proof::{Expected, Finished, prove};
pub use reading::{FromSource, PageFacts, PageReading};

use self::reading::ReadBundle;
use self::rules::{Outcome, Subject};
use crate::model::{Code, Severity, Trust};
use crate::pdf::page;
use crate::pdf::page::{DrawCache, Thumbnail};

const NO_CATALOG: &str = "it has no catalog";

/// The longer side of a small picture.
const THUMBNAIL: u16 = 220;

/// Every rule that a profile may have, in the order in which they are told.
pub const RULES: &[Code] = &[
    Code::Opens,
    Code::Undamaged,
    Code::PageCap,
    Code::PageNumbers,
    Code::NumberPlace,
    Code::LetterSuffixes,
    Code::PageLabels,
    Code::IndexFound,
    Code::IndexLinks,
    Code::IndexComplete,
    Code::IndexRanges,
    Code::Titles,
    Code::Bookmarks,
    Code::BookmarkTargets,
    Code::BookmarkNumbers,
    Code::OpeningZoom,
    Code::TargetZoom,
    Code::Searchable,
    Code::Orientation,
    Code::ResolutionHigh,
    Code::ResolutionLow,
    Code::PageSize,
    Code::FontsEmbedded,
    Code::FileSize,
    Code::Weight,
    Code::FileName,
    Code::BlankPages,
    Code::DuplicatePages,
    Code::BadRedaction,
    Code::NeverServeContent,
    Code::Mg11BackPage,
    Code::ProtectiveMarking,
    Code::HiddenText,
    Code::CroppedContent,
    Code::PersonalData,
    Code::PageNotSearched,
    Code::RedactionUnapplied,
    Code::ActiveContent,
    Code::EmbeddedFiles,
    Code::MarkUp,
    Code::HiddenLayer,
    Code::AuthorMetadata,
    Code::PictureData,
];

/// Whether a rule is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It is.
    Pass,
    /// It is not.
    Fail,
    /// There is nothing to test it on.
    Na,
}

/// What came of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleResult {
    /// The rule.
    pub code: Code,
    /// Whether it is kept.
    pub status: Status,
    /// What it counts as when it is broken.
    pub severity: Severity,
    /// The pages concerned, from 1 in the PDF.
    pub pages: Vec<u32>,
    /// What is wrong, or why it could not be tested.
    pub message: String,
    /// The paragraph that it comes from.
    pub source: String,
    /// How far that is to be trusted.
    pub trust: Trust,
}

/// A bundle held against a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// The number of its pages; `None` where it does not open.
    pub pages: Option<usize>,
    /// Each rule of the profile.
    pub results: Vec<RuleResult>,
}

impl Verification {
    /// The worst of what is broken.
    pub fn worst(&self) -> Option<Severity> {
        let failed = self.results.iter().filter(|result| result.status == Status::Fail);
        failed.map(|result| result.severity).max()
    }
}

/// Holds a PDF against a profile. `file_name` is its name without folders.
pub fn verify(bytes: &Arc<Vec<u8>>, file_name: &str, profile: &Profile) -> Verification {
    let reading = open(bytes).and_then(|pdf| {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        ReadBundle::new(&pdf, size).ok_or_else(|| NO_CATALOG.to_owned())
    });
    let reading = match reading {
        Ok(reading) => reading,
        Err(reason) => return unread(profile, &reason),
    };
    let encrypted = is_encrypted(bytes);
    let subject = Subject { damage: damage::damage(bytes), reading: &reading, file_name, profile };
    let results = in_force(profile)
        .map(|(rule, severity)| {
            let outcome = match rule.code {
                Code::Opens if encrypted => Outcome::Fail {
                    pages: Vec::new(),
                    message: "it is encrypted, though it opens without a password".to_owned(),
                },
                code => subject.test(code, &rule.limits),
            };
            result(rule, severity, outcome)
        })
        .collect();
    Verification { pages: Some(reading.pages.len()), results }
}

/// Holds a bundle that the program has just built against a profile, before it takes its name. `sources` has
/// an entry for each page that comes from a source. `is_told` says whether a rule was found broken on a page, from 0, and
/// told, before there was a bundle: what is broken on such pages alone is left out.
///
/// # Errors
///
/// Why the file cannot be read.
pub fn verify_built(
    finished: &Finished,
    file_name: &str,
    profile: &Profile,
    sources: &[Option<FromSource<'_>>],
    is_told: impl Fn(usize, Code) -> bool,
) -> Result<Vec<RuleResult>, String> {
    let size = u64::try_from(finished.bytes.len()).unwrap_or(u64::MAX);
    let reading =
        ReadBundle::of_built(&finished.pdf, size, sources).ok_or_else(|| NO_CATALOG.to_owned())?;
    let subject =
        Subject { damage: damage::damage(&finished.bytes), reading: &reading, file_name, profile };
    Ok(in_force(profile)
        .map(|(rule, severity)| {
            let outcome = subject.test(rule.code, &rule.limits);
            result(rule, severity, outcome.unless_told(|page| is_told(page, rule.code)))
        })
        .collect())
}

/// The rules of a profile that are not switched off, in the order in which they are told.
fn in_force(profile: &Profile) -> impl Iterator<Item = (&Rule, Severity)> {
    RULES.iter().filter_map(|code| {
        let rule = profile.rule(*code)?;
        Some((rule, rule.severity?))
    })
}

fn result(rule: &Rule, severity: Severity, outcome: Outcome) -> RuleResult {
    let (status, pages, message) = match outcome {
        Outcome::Pass => (Status::Pass, Vec::new(), String::new()),
        Outcome::NotApplicable(reason) => (Status::Na, Vec::new(), reason.to_owned()),
        Outcome::Fail { pages, message } => (Status::Fail, pages, message),
    };
    RuleResult {
        code: rule.code,
        status,
        severity,
        pages: pages.into_iter().map(|page| u32::try_from(page + 1).unwrap_or(u32::MAX)).collect(),
        message,
        source: rule.source.clone(),
        trust: rule.trust,
    }
}

/// What is said of a file that does not open: one rule fails, the others cannot be tested.
fn unread(profile: &Profile, reason: &str) -> Verification {
    let results = in_force(profile)
        .map(|(rule, severity)| {
            let outcome = match rule.code {
                Code::Opens => Outcome::Fail { pages: Vec::new(), message: reason.to_owned() },
                _ => Outcome::NotApplicable("the file does not open"),
            };
            result(rule, severity, outcome)
        })
        .collect();
    Verification { pages: None, results }
}

fn open(bytes: &Arc<Vec<u8>>) -> Result<Pdf, String> {
    let pdf = Pdf::new(Arc::clone(bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "it does not open without a password".to_owned()
        }
        LoadPdfError::Decryption(_) => "it is encrypted in a way that cannot be undone".to_owned(),
        LoadPdfError::Invalid => "it is not a PDF, or damaged".to_owned(),
    })?;
    if pdf.pages().is_empty() {
        return Err("it has no pages".to_owned());
    }
    Ok(pdf)
}

/// A file that asks for no password opens with any; one that is encrypted opens with its own alone.
fn is_encrypted(bytes: &Arc<Vec<u8>>) -> bool {
    let nobodys = "no file has this password";
    matches!(Pdf::new_with_password(Arc::clone(bytes), nobodys), Err(LoadPdfError::Decryption(_)))
}

/// Small pictures of some pages, from 1. A page that cannot be drawn has none.
pub fn thumbnails(bytes: &Arc<Vec<u8>>, pages: &BTreeSet<u32>) -> BTreeMap<u32, Thumbnail> {
    let Ok(pdf) = open(bytes) else {
        return BTreeMap::new();
    };
    let cache = DrawCache::new();
    pages
        .iter()
        .filter_map(|number| {
            let index = usize::try_from(*number).ok()?.checked_sub(1)?;
            let page = pdf.pages().get(index)?;
            let (width, height) = page::fitting(page, THUMBNAIL);
            let png = page::draw(page, &cache, (width, height))?.into_png()?;
            Some((*number, Thumbnail { png, width, height }))
        })
        .collect()
}
