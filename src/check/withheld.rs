//! Documents that are served under one entry and withheld under another: the same file, or the same pages of another.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::document_ref;
use super::served::reason;
use crate::check::{Availability, Evidence, LoadedFile};
use crate::disclosure;
use crate::disclosure::Exclusion;
use crate::manifest::{Bundle, Case, Document, Section};
use crate::model::DocumentId;
use crate::model::Sha256Hash;
use crate::model::{Code, Finding};
use crate::pdf::page::Fingerprint;

/// The documents whose pages are compared for some bundles: those that a bundle serves, and those that its reader
/// must not have.
pub(super) fn compared(case: &Case, bundles: &[Bundle]) -> HashSet<DocumentId> {
    let served = bundles.iter().filter(|bundle| bundle.audience.is_served());
    served
        .flat_map(|bundle| {
            let barred = disclosure::barred(case, bundle);
            let served = match barred.is_empty() {
                true => HashSet::new(),
                false => disclosure::included(case, bundle),
            };
            served.into_iter().chain(barred.into_iter().map(|(id, _)| id))
        })
        .collect()
}

/// What a bundle serves although its reader must not have it under another entry. A page on which too little stands
/// proves nothing; a file with the same bytes is the same whatever it holds.
pub(super) fn check(case: &Case, bundle: &Bundle, evidence: &Evidence) -> Vec<Finding> {
    if !bundle.audience.is_served() {
        return Vec::new();
    }
    let barred = disclosure::barred(case, bundle);
    let barred: Vec<(HeldDocument<'_>, Exclusion)> = barred
        .into_iter()
        .filter_map(|(id, why)| Some((HeldDocument::new(case, evidence, id)?, why)))
        .collect();
    let pages = BarredPages::new(barred.iter().map(|(entry, _)| entry));
    let mut served: Vec<DocumentId> = disclosure::included(case, bundle).into_iter().collect();
    served.sort_unstable();
    let entries = served.into_iter().filter_map(|id| HeldDocument::new(case, evidence, id));
    entries
        .flat_map(|entry| {
            let same = pages.same_as(&entry);
            let findings = same.into_iter().filter_map(|(place, same)| {
                let (other, why) = barred.get(place)?;
                let is_redacted =
                    matches!(same, Same::Page { .. }) && entry.may_be_redacted_from(other);
                (!is_redacted).then(|| finding(&entry, &same, other, &reason(case, bundle, why)))
            });
            findings.collect::<Vec<_>>()
        })
        .collect()
}

fn finding(entry: &HeldDocument<'_>, same: &Same, other: &HeldDocument<'_>, why: &str) -> Finding {
    let reference = document_ref(other.section, other.document);
    let file = reference.file.map(|file| format!(" ({file})"));
    let other = format!(
        "section {}, \"{}\"{}, which is withheld: {why}",
        reference.section,
        reference.title,
        file.unwrap_or_default()
    );
    let hint = "withhold both, correct the entry that is wrong, or leave those pages out with pages = \"…\"; a redacted \
                copy needs redacted_by and redacted_on";
    let finding = match same {
        Same::File => Finding::new(Code::AlsoWithheld, format!("the same file as {other}")),
        Same::Page { page, theirs } => Finding::new(
            Code::AlsoWithheld,
            format!("page {page} is the same as page {theirs} of {other}"),
        )
        .on_page(*page),
    };
    finding.of(document_ref(entry.section, entry.document)).at_line(entry.document.line).hint(hint)
}

/// What two entries have in common; pages from 1.
enum Same {
    File,
    Page { page: u32, theirs: u32 },
}

/// A listed document that is held, and the pages that it takes, from 1.
struct HeldDocument<'c> {
    section: &'c Section,
    document: &'c Document,
    known: &'c LoadedFile,
    pages: HashSet<u32>,
}

impl<'c> HeldDocument<'c> {
    fn new(case: &'c Case, evidence: &'c Evidence, id: DocumentId) -> Option<Self> {
        let section = case.sections.get(id.section)?;
        let document = section.documents.get(id.document)?;
        let Availability::Present(known) = evidence.held(id.section, id.document) else {
            return None;
        };
        Some(Self {
            section,
            document,
            known,
            pages: super::content::taken(document, &known.facts),
        })
    }

    /// The pages taken that tell anything, by their numbers from 1, in order.
    fn fingerprints(&self) -> impl Iterator<Item = (u32, &'c Fingerprint)> {
        let pages = self.known.fingerprints.iter();
        pages
            .map(|(page, fingerprint)| (*page, fingerprint))
            .filter(|(page, fingerprint)| self.pages.contains(page) && !fingerprint.is_empty())
    }

    /// Whether the pages of another entry may show in this one, as it is recorded to be a redacted copy. What is never
    /// served is not redacted for it.
    fn may_be_redacted_from(&self, other: &Self) -> bool {
        let is_redacted =
            self.document.redacted_by.is_some() && self.document.redacted_on.is_some();
        is_redacted && disclosure::class_of(other.document).is_none_or(|class| !class.is_internal())
    }
}

/// The pages of the entries that are withheld, by what they can be looked up by.
struct BarredPages<'c> {
    files: HashMap<Sha256Hash, Vec<(usize, HashSet<u32>)>>,
    pages: Vec<(usize, u32, &'c Fingerprint)>,
    by_key: HashMap<u64, Vec<usize>>,
}

impl<'c> BarredPages<'c> {
    fn new<'e>(entries: impl Iterator<Item = &'e HeldDocument<'c>>) -> Self
    where
        'c: 'e,
    {
        let mut all = Self { files: HashMap::new(), pages: Vec::new(), by_key: HashMap::new() };
        for (place, entry) in entries.enumerate() {
            let of_file = all.files.entry(entry.known.facts.sha256).or_default();
            of_file.push((place, entry.pages.clone()));
            for (page, fingerprint) in entry.fingerprints() {
                for key in fingerprint.keys() {
                    all.by_key.entry(key).or_default().push(all.pages.len());
                }
                all.pages.push((place, page, fingerprint));
            }
        }
        all
    }

    /// The entries that have a file or a page in common with one, by their places, each with the first such page.
    fn same_as(&self, entry: &HeldDocument<'_>) -> BTreeMap<usize, Same> {
        let mut same = BTreeMap::new();
        for (place, pages) in self.files.get(&entry.known.facts.sha256).into_iter().flatten() {
            if !pages.is_disjoint(&entry.pages) {
                same.insert(*place, Same::File);
            }
        }
        for (page, fingerprint) in entry.fingerprints() {
            let keys = fingerprint.keys();
            let candidates = keys.filter_map(|key| self.by_key.get(&key)).flatten();
            for (place, theirs, other) in candidates.filter_map(|at| self.pages.get(*at)) {
                if !same.contains_key(place) && fingerprint.is_same_page(other) {
                    let theirs = *theirs;
                    same.insert(*place, Same::Page { page, theirs });
                }
            }
        }
        same
    }
}
