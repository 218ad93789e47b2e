//! The audit record: from every page of the bundle to its source file, page and hash.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BuildError, Draft, Request};
use crate::check::Availability;
use crate::check::display;
use crate::manifest::{Bundle, Document, Section, SourcePage};
use crate::model::Finding;
use crate::model::FindingRow;
use crate::model::Sha256Hash;
use crate::pdf::write::{PdfError, Written};
use crate::plan::{Content, PlannedDocument};

/// One bundle as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The manifest.
    pub manifest: String,
    /// The name of the bundle.
    pub name: Option<String>,
    /// Where it is written, relative to the manifest's folder.
    pub output: Option<String>,
    /// SHA-256 of the PDF; null where it was not written.
    pub sha256: Option<String>,
    /// The size of the PDF.
    pub bytes: Option<u64>,
    /// The number of its pages; null where it was refused.
    pub pages: Option<u32>,
    /// SHA-256 of all that the bundle is made from and of the rest of the record beside it; null where the bundle was
    /// not written, or where more decides what it is: whether a password is the right one.
    pub inputs: Option<String>,
    /// Its documents, in order.
    pub documents: Vec<AuditDocument>,
    /// What was found.
    pub findings: Vec<FindingRow>,
}

/// One document of a bundle as scripts see it. Pages count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDocument {
    section: String,
    title: String,
    file: Option<String>,
    sha256: Option<String>,
    source_pages: Vec<u32>,
    first_page: u32,
    last_page: u32,
    first_label: String,
    last_label: String,
}

impl AuditDocument {
    /// Whether a sheet keeps the place of the document, which is still to come.
    pub fn is_to_follow(&self) -> bool {
        self.sha256.is_none()
    }
}

/// The record of a bundle that is planned or written.
pub fn record(
    request: &Request<'_>,
    draft: &Draft,
    written: Option<&Written>,
    findings: &[Finding],
) -> Record {
    Record {
        manifest: display(&request.case.manifest),
        name: Some(request.bundle.name.clone()),
        output: Some(display(&request.bundle.output)),
        sha256: written.map(|written| written.sha256.to_string()),
        bytes: written.map(|written| written.bytes),
        pages: Some(draft.plan.page_count()),
        inputs: None,
        documents: draft
            .plan
            .documents()
            .filter_map(|planned| document(request, draft, planned))
            .collect(),
        findings: findings.iter().map(FindingRow::from).collect(),
    }
}

fn document(
    request: &Request<'_>,
    draft: &Draft,
    planned: &PlannedDocument,
) -> Option<AuditDocument> {
    let section = request.case.sections.get(planned.id.section)?;
    let document = section.documents.get(planned.id.document)?;
    let held = request.evidence.held(planned.id.section, planned.id.document);
    let (sha256, source_pages) = match (held, &planned.content) {
        (Availability::Present(known), Content::Source(pages)) => (
            Some(known.facts.sha256.to_string()),
            pages.iter().map(|page: &SourcePage| page.number()).collect(),
        ),
        _ => (None, Vec::new()),
    };
    Some(AuditDocument {
        section: section.letter.to_string(),
        title: document.title.clone(),
        file: document.file.as_deref().map(display),
        sha256,
        source_pages,
        first_page: planned.first.number(),
        last_page: planned.last.number(),
        first_label: draft.plan.label(planned.first).to_owned(),
        last_label: draft.plan.label(planned.last).to_owned(),
    })
}

/// The last part of a path with `/` between its parts.
fn name_of(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |(_, name)| name)
}

/// The record as it stands beside the bundle.
#[derive(Serialize, Deserialize)]
struct OnDisk {
    version: u32,
    #[serde(flatten)]
    record: Record,
}

impl Record {
    /// The record of a bundle that was not made; of a whole case where its manifest has errors.
    pub fn refused(manifest: String, bundle: Option<&Bundle>, findings: Vec<FindingRow>) -> Self {
        Self {
            manifest,
            name: bundle.map(|bundle| bundle.name.clone()),
            output: bundle.map(|bundle| display(&bundle.output)),
            sha256: None,
            bytes: None,
            pages: None,
            inputs: None,
            documents: Vec::new(),
            findings,
        }
    }

    /// The record as it may be sent along with a bundle: sources go by their names, without the folders in which the
    /// prosecution keeps them.
    #[must_use]
    pub(super) fn without_folders(&self) -> Self {
        let of_documents = self.documents.iter().map(|one| &one.file);
        let of_findings = self.findings.iter().map(|one| &one.file);
        let files = of_documents.chain(of_findings).filter_map(Option::as_deref);
        let mut files: Vec<&str> = files.filter(|file| file.contains('/')).collect();
        // The longer first, as the shorter may be a part of it.
        files.sort_by_key(|file| std::cmp::Reverse(file.len()));
        let bare = |text: &mut String| {
            for file in &files {
                if text.contains('/') {
                    *text = text.replace(file, name_of(file));
                }
            }
        };
        let strip = |file: &mut String| *file = name_of(file).to_owned();
        let mut record = self.clone();
        for document in &mut record.documents {
            document.file.iter_mut().for_each(strip);
        }
        for finding in &mut record.findings {
            finding.file.iter_mut().for_each(strip);
            bare(&mut finding.message);
            finding.hint.iter_mut().for_each(bare);
        }
        record
    }

    /// The record with the files as the manifest lists them, given the documents that the bundle holds, in order, and all
    /// that the manifest lists; `None` where it is of other documents.
    pub(super) fn with_folders(
        mut self,
        held: &[(&Section, &Document)],
        listed: &[(&Section, &Document)],
    ) -> Option<Self> {
        let file = |document: &Document| document.file.as_deref().map(display);
        if held.len() != self.documents.len() {
            return None;
        }
        for (row, (section, document)) in self.documents.iter_mut().zip(held) {
            if (row.section.as_str(), &row.title) != (section.letter.as_str(), &document.title) {
                return None;
            }
            row.file = file(document);
        }
        for row in self.findings.iter_mut().filter(|row| row.file.is_some()) {
            let same = |(section, document): &&(&Section, &Document)| {
                row.section.as_deref() == Some(section.letter.as_str())
                    && row.document.as_ref() == Some(&document.title)
            };
            let by_line = |(_, document): &&(&Section, &Document)| row.line == Some(document.line);
            let mut named = listed.iter().filter(same);
            let (_, document) = named.clone().find(by_line).or(named.next())?;
            row.file = file(document);
        }
        Some(self)
    }

    /// The text of the file beside the bundle, the same wherever the build was started from, and its `inputs`: the
    /// hash of what the bundle is made from, sealed with the rest of the record, so that neither can be changed alone.
    pub(super) fn for_disk(
        &self,
        inputs: Option<&Sha256Hash>,
    ) -> Result<(String, Option<String>), BuildError> {
        let name = std::path::Path::new(&self.manifest).file_name();
        let mut record = Self {
            manifest: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            inputs: None,
            ..self.clone()
        };
        if let Some(inputs) = inputs {
            let seal = Sha256::new().chain_update(inputs.0).chain_update(record.json()?).finalize();
            record.inputs = Some(Sha256Hash(seal.into()).to_string());
        }
        let inputs = record.inputs.clone();
        Ok((record.json()?, inputs))
    }

    fn json(&self) -> Result<String, BuildError> {
        let on_disk = OnDisk { version: 1, record: self.clone() };
        let text = serde_json::to_string_pretty(&on_disk)
            .map_err(|_| PdfError::Internal("the audit record cannot be written"))?;
        Ok(text + "\n")
    }

    /// The record of a file beside a bundle; `None` where it is none.
    pub(super) fn from_disk(bytes: &[u8]) -> Option<Self> {
        let on_disk: OnDisk = serde_json::from_slice(bytes).ok()?;
        (on_disk.version == 1).then_some(on_disk.record)
    }
}
