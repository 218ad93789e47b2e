//! A bundle of last time that would be the same if it were built again, and so is left as it is.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::inputs::{self, FilesOnDisk};
use super::{Options, Record};
use crate::check::{Availability, Evidence, NearNames, audit_record, unlisted};
use crate::check::{Standing, check_documents, check_served_in, display, for_bundle};
use crate::disclosure::{Decision, Fate, decide};
use crate::manifest::{Bundle, Case, Document, Section};
use crate::model::DocumentId;
use crate::model::FindingRow;
use crate::model::Sha256Hash;
use crate::model::{Code, Finding};

/// A bundle that is up to date.
#[derive(Debug)]
pub struct Kept {
    /// The record for scripts, as when it was built.
    pub record: Record,
    /// What was found when it was built.
    pub findings: Vec<Finding>,
    /// Whether it is whole.
    pub standing: Standing,
}

/// The bundle that is there, if it and its audit record are byte for byte what this program would make of what is
/// there now. When in doubt it is not.
pub fn kept<'a>(on_disk: &FilesOnDisk<'a>, bundle: &'a Bundle, options: Options) -> Option<Kept> {
    let (case, stop) = (on_disk.case, on_disk.stop);
    let output = case.folder.join(&bundle.output);
    let path = audit_record(&output);
    if !(is_plain_file(&output) && is_plain_file(&path)) {
        return None;
    }
    let bytes = fs::read(&path).ok()?;
    let old = Record::from_disk(&bytes)?;
    let sha256 = inputs::hash(&output, stop).ok()??;
    if !is_of(&old, case, bundle, &sha256) {
        return None;
    }
    let inputs = on_disk.inputs(bundle)?;
    let hash = inputs.hash(case, bundle, options);
    let (again, _) = old.for_disk(Some(&hash)).ok()?;
    if again.as_bytes() != bytes {
        return None;
    }
    let absent = inputs.absent();
    let old = old.with_folders(&held(case, bundle, &absent), &listed(case))?;
    let mut findings: Vec<Finding> =
        old.findings.iter().map(FindingRow::finding).collect::<Option<_>>()?;
    if findings.iter().any(Finding::is_error) {
        return None;
    }
    let absences = Evidence { documents: absences(case, &absent), ..Evidence::default() };
    let of_absent = check_documents(case, &absences, &|id| absent.contains(&id));
    give_hints(&mut findings, &for_bundle(of_absent, options.allow_missing));
    let of_service = check_served_in(case, bundle, &absences).into_iter();
    findings.extend(of_service.filter(|finding| finding.code == Code::NotServed));
    Some(Kept {
        record: Record {
            manifest: display(&case.manifest),
            findings: findings.iter().map(FindingRow::from).collect(),
            ..old
        },
        findings,
        standing: standing(case, &absent),
    })
}

fn listed(case: &Case) -> Vec<(&Section, &Document)> {
    let sections = case.sections.iter();
    sections
        .flat_map(|section| {
            let documents = section.documents.iter();
            documents.map(move |document| (section, document))
        })
        .collect()
}

/// The documents that a bundle holds, in its order: those that are there, and those whose place a sheet keeps.
fn held<'c>(
    case: &'c Case,
    bundle: &Bundle,
    absent: &HashSet<DocumentId>,
) -> Vec<(&'c Section, &'c Document)> {
    let goes_in = |decision: Decision| (decision.fate == Fate::In).then_some(decision.id);
    decide(case, bundle)
        .into_iter()
        .filter_map(goes_in)
        .filter_map(|id| {
            let section = case.sections.get(id.section)?;
            let document = section.documents.get(id.document)?;
            (document.required || !absent.contains(&id)).then_some((section, document))
        })
        .collect()
}

/// A link in the place of a file is replaced by a build.
fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// Whether a record is that of the bundle, whose file has this hash.
fn is_of(old: &Record, case: &Case, bundle: &Bundle, sha256: &Sha256Hash) -> bool {
    let manifest = case.manifest.file_name().map(|name| name.to_string_lossy());
    manifest.is_some_and(|manifest| manifest == old.manifest)
        && old.name.as_ref() == Some(&bundle.name)
        && old.output == Some(display(&bundle.output))
        && old.sha256 == Some(sha256.to_string())
}

/// What is told of those documents that are not there, each with the names that come near; of the others nothing.
fn absences(case: &Case, absent: &HashSet<DocumentId>) -> Vec<Vec<Availability>> {
    let names = if absent.is_empty() { Vec::new() } else { unlisted(case) };
    let near = NearNames::new(&names);
    let sections = case.sections.iter().enumerate();
    sections
        .map(|(section, listed)| {
            let documents = listed.documents.iter().enumerate();
            documents
                .map(|(document, listed)| match &listed.file {
                    Some(file) if absent.contains(&DocumentId { section, document }) => {
                        Availability::Missing { nearest: near.nearest(file) }
                    }
                    _ => Availability::NotNamed,
                })
                .collect()
        })
        .collect()
}

/// Gives the findings of a record the hints that it does not hold, as it may be sent along with the bundle.
fn give_hints(findings: &mut [Finding], with_hints: &[Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.hint.is_none()) {
        let same = with_hints.iter().find(|one| {
            (one.code, &one.document, one.line, &one.message)
                == (finding.code, &finding.document, finding.line, &finding.message)
        });
        finding.hint = same.and_then(|one| one.hint.clone());
    }
}

fn standing(case: &Case, absent: &HashSet<DocumentId>) -> Standing {
    let is_required = |id: &DocumentId| {
        let section = case.sections.get(id.section);
        section
            .and_then(|section| section.documents.get(id.document))
            .is_some_and(|document| document.required)
    };
    if absent.iter().any(is_required) { Standing::Gaps } else { Standing::Whole }
}
