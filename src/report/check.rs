//! What `check` says of each case.

use std::fmt::Write;

use serde::Serialize;

use super::{case_heading, count, size};
use crate::casework::hearings::readiness::Readiness;
use crate::check::{Availability, Evidence};
use crate::check::{ListedDocument, State, display, listed};
use crate::manifest::Case;
use crate::model::{Finding, FindingRow, Severity};

/// The JSON of `check`.
#[derive(Debug, Serialize)]
pub struct CheckReport {
    /// Always 1.
    pub version: u32,
    /// Every case, in the order tried.
    pub cases: Vec<CaseReport>,
}

/// One case.
#[derive(Debug, Serialize)]
pub struct CaseReport {
    /// The manifest as the user named it.
    pub manifest: String,
    /// The URN.
    pub urn: Option<String>,
    /// The short name.
    pub title: Option<String>,
    /// Whether nothing required is missing and no rule is broken.
    pub ready: bool,
    /// The same in the word of `list`; null where the manifest could not be read.
    pub readiness: Option<Readiness>,
    /// Every listed document.
    pub documents: Vec<DocumentRow>,
    /// Everything found.
    pub findings: Vec<FindingRow>,
}

/// One listed document.
#[derive(Debug, Serialize)]
pub struct DocumentRow {
    pub(super) section: String,
    pub(super) title: String,
    file: Option<String>,
    pub(super) state: State,
    #[serde(skip)]
    pub(super) required: bool,
    pages: Option<u32>,
    bytes: Option<u64>,
    sha256: Option<String>,
}

impl CaseReport {
    /// A case whose manifest could be read.
    pub fn new(
        case: &Case,
        evidence: &Evidence,
        findings: &[Finding],
        readiness: Readiness,
    ) -> Self {
        Self {
            manifest: display(&case.manifest),
            urn: case.urn.as_ref().map(ToString::to_string),
            title: Some(case.title.clone()),
            ready: readiness == Readiness::Ready,
            readiness: Some(readiness),
            documents: document_rows(case, evidence),
            findings: findings.iter().map(FindingRow::from).collect(),
        }
    }

    /// A case whose manifest has errors.
    pub fn unread(manifest: &std::path::Path, findings: &[Finding]) -> Self {
        Self {
            manifest: display(manifest),
            urn: None,
            title: None,
            ready: false,
            readiness: None,
            documents: Vec::new(),
            findings: findings.iter().map(FindingRow::from).collect(),
        }
    }
}

fn document_rows(case: &Case, evidence: &Evidence) -> Vec<DocumentRow> {
    listed(case, evidence)
        .map(|ListedDocument { section, document, held, state }| {
            let facts = match held {
                Availability::Present(known) => Some(&known.facts),
                _ => None,
            };
            DocumentRow {
                section: section.letter.to_string(),
                title: document.title.clone(),
                file: document.file.as_deref().map(display),
                state,
                required: document.required,
                pages: facts.map(crate::pdf::source::Facts::page_count),
                bytes: facts.map(|facts| facts.bytes),
                sha256: facts.map(|facts| facts.sha256.to_string()),
            }
        })
        .collect()
}

/// The table for people: sections, a line a document, and a line of counts.
pub fn check_text(
    case: &Case,
    report: &CaseReport,
    paint: impl Fn(State, &str) -> String,
) -> String {
    let mut text = format!("{}\n{}\n", case_heading(case), report.manifest);
    let mut section = None;
    for row in &report.documents {
        if section != Some(&row.section) {
            section = Some(&row.section);
            let title = case.sections.iter().find(|section| section.letter.as_str() == row.section);
            let _ = writeln!(
                text,
                "\n  {} {}",
                row.section,
                title.map_or("", |section| &section.title)
            );
        }
        let pages = row.pages.map(|pages| count(pages as usize, "page")).unwrap_or_default();
        let bytes = row.bytes.map(size).unwrap_or_default();
        let state = paint(row.state, &format!("{:<10}", row.state.as_str()));
        let file = row.file.as_deref().map(|file| format!("  ({file})")).unwrap_or_default();
        let _ = writeln!(text, "    {state} {pages:>9} {bytes:>8}  {}{file}", row.title);
    }
    let _ = writeln!(text, "\n{}", totals(report));
    text
}

/// A line for a case whose manifest could not be understood.
pub fn unread_text(report: &CaseReport) -> String {
    let errors =
        report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    format!("{}\n{} in the manifest. Not read.\n", report.manifest, count(errors, "error"))
}

/// `21 documents: 19 present, 1 missing, 1 expected. 57 pages, 3.1 MB. Not ready.`
fn totals(report: &CaseReport) -> String {
    let states = [
        State::Present,
        State::Missing,
        State::Expected,
        State::Unreadable,
        State::Received,
        State::Cancelled,
    ];
    let counts: Vec<String> = states
        .iter()
        .filter_map(|state| {
            let number = report.documents.iter().filter(|row| row.state == *state).count();
            (number > 0).then(|| format!("{number} {}", state.as_str()))
        })
        .collect();
    let pages: u32 = report.documents.iter().filter_map(|row| row.pages).sum();
    let bytes: u64 = report.documents.iter().filter_map(|row| row.bytes).sum();
    let documents = count(report.documents.len(), "document");
    let counts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    let readiness = report.readiness.map_or("Not read", Readiness::sentence);
    format!("{documents}{counts}. {}, {}. {readiness}.", count(pages as usize, "page"), size(bytes))
}
