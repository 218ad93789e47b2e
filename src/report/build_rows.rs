//! The JSON of `build`: each bundle with what became of it.

use serde::{Deserialize, Serialize};

use crate::bundle::{Record, Shard};
use crate::manifest::Case;
use crate::model::{Code, Severity};

/// The JSON of `build`, and of several of these merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildReport {
    /// Always 1.
    pub version: u32,
    /// Which part of all cases this is about; null for all of them.
    pub shard: Option<Shard>,
    /// The exit code of the run: the worst of the bundles, or 2 where a path led nowhere.
    pub exit_code: u8,
    /// What is wrong with the report as a whole; only a merged one can have problems.
    #[serde(default)]
    pub problems: Vec<String>,
    /// Every bundle, built or not, and every manifest that cannot be read.
    pub bundles: Vec<BundleRow>,
}

/// What became of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuildState {
    /// Nothing was written.
    Refused,
    /// As asked for, nothing was written.
    Planned,
    /// It was built anew.
    Built,
    /// Nothing has changed since it was built.
    UpToDate,
}

impl BuildState {
    /// The word for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Planned => "planned",
            Self::Built => "built",
            Self::UpToDate => "up to date",
        }
    }
}

/// A bundle as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRow {
    /// What became of it.
    pub state: BuildState,
    /// The exit code of a run that builds nothing else.
    pub exit_code: u8,
    /// The URN of the case.
    pub urn: Option<String>,
    /// The short name of the case; null where its manifest cannot be read.
    pub title: Option<String>,
    /// What is in it, and what was found.
    #[serde(flatten)]
    pub record: Record,
}

impl BundleRow {
    /// A bundle of a case; of no case where the manifest cannot be read.
    pub fn new(case: Option<&Case>, state: BuildState, exit_code: u8, record: Record) -> Self {
        Self {
            state,
            exit_code,
            urn: case.and_then(|case| Some(case.urn.as_ref()?.to_string())),
            title: case.map(|case| case.title.clone()),
            record,
        }
    }

    /// How many of its documents are still to follow.
    pub fn to_follow(&self) -> usize {
        let documents = self.record.documents.iter();
        documents.filter(|document| document.is_to_follow()).count()
    }

    /// How many findings of a severity there are, but for what is still to follow, which is counted by itself.
    pub(super) fn findings(&self, severity: Severity) -> usize {
        let absent = [Code::DocumentMissing, Code::DocumentExpected].map(Code::as_str);
        let findings = self.record.findings.iter();
        findings
            .filter(|one| one.severity == severity && !absent.contains(&one.code.as_ref()))
            .count()
    }
}
