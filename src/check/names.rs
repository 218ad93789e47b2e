//! Whose names the reader of a bundle may not have: those of witnesses and suppliers of whom he gets no document, and of
//! youths for whom documents are kept apart.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::disclosure;
use crate::inspect::{is_officer, value_of_name};
use crate::manifest::{Bundle, Case, Document};
use crate::model::names::name_key;
use crate::model::{Audience, DocumentId, Sha256Hash};

/// The names that some bundles must not hold.
pub(super) fn sought<'c>(case: &'c Case, bundles: &[Bundle]) -> BTreeSet<&'c str> {
    let others = bundles.iter().filter(|bundle| is_for_others(bundle));
    others.flat_map(|bundle| withheld(case, bundle)).collect()
}

/// Whether a bundle is for somebody who may not have what the court may.
fn is_for_others(bundle: &Bundle) -> bool {
    bundle.audience.is_served() && bundle.audience != Audience::Court
}

/// The names that one bundle must not hold.
fn withheld<'c>(case: &'c Case, bundle: &Bundle) -> Vec<&'c str> {
    let held = disclosure::included(case, bundle);
    let known = known(case, &held);
    let barred = disclosure::barred(case, bundle).into_iter();
    let barred = barred.filter_map(|(id, _)| document(case, id));
    let of_documents = barred.clone().flat_map(|document| people(document).into_iter());
    let youths = barred.flat_map(|document| &document.restricted_to);
    let youths = youths.filter_map(|place| case.defendants.get(*place));
    let own = bundle.defendant.and_then(|place| case.defendants.get(place));
    let youths = youths.filter(|defendant| defendant.youth && own != Some(*defendant));
    let youths = youths.map(|youth| youth.name.as_str()).filter(|_| own.is_some());
    let of_documents = of_documents.filter(|name| !known.contains(&name_key(name)));
    of_documents.chain(youths).collect()
}

/// Who reads which documents, of those who may not have what the court may: it may see where witnesses live.
pub(super) struct Readers<'b> {
    bundles: HashMap<DocumentId, Vec<&'b Bundle>>,
    /// What stands for all names that are looked for.
    sought: HashSet<Sha256Hash>,
    /// And for those of people whom everybody in the case knows.
    known: HashSet<Sha256Hash>,
}

impl<'b> Readers<'b> {
    pub(super) fn of(case: &Case, all: &'b [Bundle]) -> Self {
        let mut bundles: HashMap<DocumentId, Vec<&'b Bundle>> = HashMap::new();
        for bundle in all.iter().filter(|bundle| is_for_others(bundle)) {
            for id in disclosure::included(case, bundle) {
                bundles.entry(id).or_default().push(bundle);
            }
        }
        let sought = sought(case, all).into_iter().map(value_of_name).collect();
        Self { bundles, sought, known: known_to_all(case) }
    }

    /// Whether one of them reads a document.
    pub(super) fn has(&self, id: DocumentId) -> bool {
        self.bundles.contains_key(&id)
    }

    /// What stands for the names that the readers of a document may not have.
    pub(super) fn withheld(&self, case: &Case, id: DocumentId) -> HashSet<Sha256Hash> {
        let bundles = self.bundles.get(&id).into_iter().flatten();
        bundles.flat_map(|bundle| withheld(case, bundle)).map(value_of_name).collect()
    }

    /// Whether a name is told on a page of whose readers some names are kept: those, and of others those that nobody knows.
    pub(super) fn is_told(&self, withheld: &HashSet<Sha256Hash>, name: Sha256Hash) -> bool {
        withheld.contains(&name) || !(self.sought.contains(&name) || self.known.contains(&name))
    }
}

/// What stands for the names of those whom everybody in a case knows.
fn known_to_all(case: &Case) -> HashSet<Sha256Hash> {
    let documents = case.sections.iter().flat_map(|section| &section.documents);
    let witnesses = documents.filter_map(|document| document.witness.as_deref());
    let defendants = case.defendants.iter().map(|defendant| defendant.name.as_str());
    let prosecutor = case.hearing.as_ref().and_then(|hearing| hearing.prosecutor.as_deref());
    let listed = case.witnesses.iter().map(String::as_str);
    witnesses.chain(defendants).chain(prosecutor).chain(listed).map(value_of_name).collect()
}

/// The folded names of those whom the reader of some documents knows.
fn known(case: &Case, held: &HashSet<DocumentId>) -> HashSet<String> {
    let documents = held.iter().filter_map(|id| document(case, *id));
    let of_documents = documents.flat_map(people);
    let defendants = case.defendants.iter().map(|defendant| defendant.name.as_str());
    let prosecutor = case.hearing.as_ref().and_then(|hearing| hearing.prosecutor.as_deref());
    of_documents.chain(defendants).chain(prosecutor).map(name_key).collect()
}

fn people(document: &Document) -> Vec<&str> {
    // Officers send papers of all kinds, and are named on many.
    let supplier = document.supplier.as_deref().filter(|name| !is_officer(name));
    document.witness.as_deref().into_iter().chain(supplier).collect()
}

fn document(case: &Case, id: DocumentId) -> Option<&Document> {
    case.sections.get(id.section)?.documents.get(id.document)
}
