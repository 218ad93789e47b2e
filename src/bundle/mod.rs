//! Makes one bundle: plan, sheets, pages, proof, and only then the final name.

mod assemble;
mod attempt;
mod audit;
pub(crate) mod broken_rules;
mod built;
mod carry;
mod clashes;
mod inputs;
mod kept;
mod likeness;
mod output;
mod reading;
mod rules;
mod shard;
pub use broken_rules::broken_rules;

use std::sync::atomic::{AtomicBool, Ordering};

use thiserror::Error;

use assemble::write;
pub use assemble::{Draft, draft};
pub use attempt::{Attempt, End, attempt};
pub use audit::{AuditDocument, Record, record};
pub use built::built_pages;
pub use clashes::shared_outputs;
pub use inputs::FilesOnDisk;
pub use kept::{Kept, kept};
pub use shard::{CaseKey, Shard};

use crate::check::{Evidence, Extent};
use crate::manifest::{Bundle, Case};
use crate::model::{Code, DocumentRef, Finding};
use crate::pdf::write::{PdfError, Written};
use crate::plan::PlanError;
use crate::sheets::FrontError;

/// What the user allows a build, and demands of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether a required document may be missing.
    pub allow_missing: bool,
    /// Whether what is left of damaged files is taken, whatever the manifest says.
    pub allow_damaged: bool,
    /// Whether a warning refuses the bundle.
    pub strict: bool,
}

/// What a bundle is made from.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The case.
    pub case: &'a Case,
    /// Which of its bundles.
    pub bundle: &'a Bundle,
    /// What its folder holds.
    pub evidence: &'a Evidence,
    /// What is allowed and demanded. The survey has taken damaged files or not by the same.
    pub options: Options,
    /// Set when the user wants to stop.
    pub stop: &'a AtomicBool,
    /// Told how many pages are going to be written.
    pub expected: &'a (dyn Fn(u32) + Sync),
    /// Told each time so many pages have been written.
    pub progress: &'a (dyn Fn(u32) + Sync),
}

impl Request<'_> {
    fn extent(&self) -> Extent<'_> {
        Extent::Bundle { bundle: self.bundle, allow_missing: self.options.allow_missing }
    }

    fn go_on(&self) -> Result<(), BuildError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(BuildError::Interrupted);
        }
        Ok(())
    }
}

/// A finished bundle.
#[derive(Debug, Clone)]
pub struct Built {
    /// Size and hash.
    pub written: Written,
    /// The hash of what it was made from, as the record has it.
    pub inputs: Option<String>,
    /// What was changed or left out on the way.
    pub findings: Vec<Finding>,
}

/// Why there is no bundle.
#[derive(Debug, Error)]
pub enum BuildError {
    /// Something that the check reports stands in the way.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The program's own sheets cannot be set.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// A document could not be carried over.
    #[error("{1}")]
    Document(Box<DocumentRef>, #[source] PdfError),
    /// The file could not be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The output cannot be created or replaced.
    #[error("{path}: {reason}")]
    Output {
        /// The output as the manifest names it.
        path: String,
        /// Why not.
        reason: String,
        /// What to do next.
        hint: &'static str,
    },
    /// The output is one of the files that the bundle is made from.
    #[error("{0}: the bundle would replace a file that it is made from")]
    OverInput(String),
    /// The finished file is not what was planned.
    #[error("the finished file does not read back as planned")]
    Unproven(Vec<Finding>),
    /// The finished file breaks a rule of its court, or there is a warning where none is allowed. Holds what was found
    /// while it was written.
    #[error("the finished file breaks a rule")]
    Rules(Vec<Finding>),
    /// The user stopped the build.
    #[error("stopped; nothing was written")]
    Interrupted,
}

impl BuildError {
    /// The findings to report.
    pub fn into_findings(self) -> Vec<Finding> {
        let message = self.to_string();
        match self {
            Self::Unproven(findings) | Self::Rules(findings) => findings,
            Self::Document(document, error) => {
                let finding = Finding::new(Code::DocumentUnreadable, message).of(*document);
                vec![match error {
                    PdfError::SourceChanged => {
                        finding.hint("build again when nobody is working on the files")
                    }
                    PdfError::Source(error) => finding.hint(error.hint()),
                    PdfError::HiddenLayers => {
                        finding.hint("print its pages to a new PDF as they look, and list that")
                    }
                    _ => finding,
                }]
            }
            Self::Output { hint, .. } => {
                vec![Finding::new(Code::OutputUnwritable, message).hint(hint)]
            }
            Self::OverInput(_) => vec![
                Finding::new(Code::OutputIsInput, message).hint("give the bundle another output"),
            ],
            Self::Interrupted => vec![Finding::new(Code::Interrupted, message)],
            Self::Plan(PlanError::Nothing) => vec![Finding::new(Code::NoDocuments, message)],
            Self::Plan(_) | Self::Front(_) | Self::Pdf(_) => {
                vec![Finding::new(Code::OutputUnwritable, message)]
            }
        }
    }
}
