//! The manifest: TOML as typed, then validated into a [`Case`], with the line of every entry.
//!
//! [`read`] takes a file, [`parse`] a text. Both give every problem at once, as findings with line
//! and column, and a [`Case`] if one can be made of it.

mod bundle;
mod case;
pub(crate) mod dates;
mod edit;
mod edit_forms;
mod file;
mod hearing;
mod limits;
mod names_on_disk;
mod output;
mod pages;
pub(crate) mod paths;
mod reader;
mod service;
mod terms;
pub(crate) mod titles;
mod validate;

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use bundle::*;
pub use case::*;
pub use edit::{EditError, NewHearing, with_hearing};
pub use edit_forms::{FormLine, with_forms};
pub use hearing::*;
pub use limits::Limits;
pub use pages::{PageSelection, SourcePage};
pub use service::{
    Allowed, AllowedAt, AllowedWhich, Comments, Hidden, NotForm, PersonalData, PrintedField,
};
pub use terms::{CourtCaseNumber, ExhibitRef, Form, SectionLetter, Urn};

#[cfg(test)]
pub(crate) use validate::RULES;
pub(crate) use validate::folded;

use crate::model::Sha256Hash;
use crate::model::{Code, Finding};

/// The JSON Schema (draft 2020-12) of a manifest, for editors. Where the two disagree the program is right; tests
/// hold them against each other.
pub const JSON_SCHEMA: &str = include_str!("bundle.schema.json");

/// What a manifest says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The case; `None` if and only if a finding is an error that leaves none to go by. An unknown form leaves one:
    /// everything about the case is told, and nothing is built.
    pub case: Option<Case>,
    /// Everything found, in the order of the manifest.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// A manifest that gives nothing but one reason why.
    fn refused(finding: Finding) -> Self {
        Self { case: None, findings: vec![finding] }
    }
}

/// Reads and validates the manifest at `path`.
pub fn read(path: &Path) -> Reading {
    match file::text(path) {
        Ok(text) => {
            let mut reading = parse(&text, path);
            reading.findings.extend(reading.case.iter_mut().flat_map(names_on_disk::take));
            reading
        }
        Err(finding) => Reading::refused(*finding),
    }
}

/// Validates a manifest's text. `manifest` is its path; the disk is not touched.
pub fn parse(text: &str, manifest: &Path) -> Reading {
    let sha256 = Sha256Hash::of(text.as_bytes());
    // Some editors put a byte order mark before the first line; it is not part of the TOML.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let log = reader::Log::new(text);
    if let Some(at) = text.find('\0') {
        let broken = Finding::new(Code::ManifestUnreadable, "the manifest holds a NUL byte")
            .hint("save the file again as plain UTF-8 text");
        log.report(at, broken);
        return Reading { case: None, findings: log.into_findings() };
    }
    let tree = reader::tree(text, &log);
    if tree.is_empty() && log.mark() == 0 {
        let empty = Finding::new(Code::MissingKey, "the manifest is empty")
            .hint("run `courtbundle init` in a folder without a manifest to draft one");
        log.report(0, empty);
        return Reading { case: None, findings: log.into_findings() };
    }
    let case = Case { sha256, ..validate::case(&tree, &log, manifest) };
    let findings = log.into_findings();
    let is_fatal = |finding: &Finding| finding.is_error() && finding.code != Code::UnknownForm;
    let sound = !findings.iter().any(is_fatal);
    Reading { case: sound.then_some(case), findings }
}
