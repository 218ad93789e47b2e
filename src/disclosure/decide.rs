//! The decision: what becomes of each document of a bundle.

use std::collections::HashSet;

use super::class_of;
use super::classes::{Class, ServeRule};
use crate::manifest::{Bundle, Case, Document, Section};
use crate::model::Audience;
use crate::model::DocumentId;

/// What becomes of one document in one bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decision {
    /// Which document.
    pub id: DocumentId,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It goes in.
    In,
    /// It is kept out, and that is as it should be.
    Out(Exclusion),
    /// It is listed for a bundle that must not have it: the bundle cannot be made.
    Refused(Denial),
}

/// Why a document is kept out of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Exclusion {
    /// The manifest says that it is for others (`audiences`).
    NotAmongAudiences,
    /// It is restricted to other defendants, by their places in [`Case::defendants`].
    OtherDefendants(Vec<usize>),
    /// The audience may not have it, and another bundle holds it.
    Denied(Denial),
}

/// Why an audience may not have a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denial {
    /// It is of a class that is never served.
    Never(&'static Class),
    /// A jury gets only what is on its list, and this class is not.
    NotForJury(&'static Class),
    /// A prosecutor must decide; what of the decision is not recorded.
    Undecided(&'static Class, &'static str),
    /// It must be redacted; what is not recorded of that.
    Unredacted(&'static Class, &'static str),
    /// It is restricted to some defendants and the bundle is for a jury.
    RestrictedFromJury,
    /// It is restricted to some defendants and the bundle does not say for whom it is.
    ForWhichDefendant,
    /// It is unused material and stands in a section of statements or exhibits.
    UnusedAmongEvidence,
}

impl Denial {
    /// Whether the way out is in the bundle or the section, so that leaving the document out would only
    /// hide the mistake.
    fn is_mistake(&self) -> bool {
        matches!(self, Self::ForWhichDefendant | Self::UnusedAmongEvidence)
    }
}

/// What one bundle makes of one document, other bundles aside.
enum Verdict {
    In,
    Out(Exclusion),
    Denied(Denial),
}

/// What becomes of every document in the sections of a bundle, in the order of the bundle.
pub(crate) fn decide(case: &Case, bundle: &Bundle) -> Vec<Decision> {
    let desk = Decisions::new(case);
    let sections = bundle.sections.iter();
    sections
        .filter_map(|&position| Some((position, case.sections.get(position)?)))
        .flat_map(|(position, section)| {
            (0..section.documents.len())
                .map(move |document| DocumentId { section: position, document })
        })
        .filter_map(|id| Some(Decision { fate: desk.fate(bundle, id)?, id }))
        .collect()
}

/// The documents that go into a bundle.
pub(crate) fn included(case: &Case, bundle: &Bundle) -> HashSet<DocumentId> {
    let goes_in = |decision: Decision| (decision.fate == Fate::In).then_some(decision.id);
    decide(case, bundle).into_iter().filter_map(goes_in).collect()
}

/// The documents of a case, in whatever section, that the reader of a bundle must not have, and why. Where only the
/// place in the bundle is wrong, a document is none of these.
pub(crate) fn barred(case: &Case, bundle: &Bundle) -> Vec<(DocumentId, Exclusion)> {
    let desk = Decisions::new(case);
    let sections = case.sections.iter().enumerate();
    let ids = sections.flat_map(|(section, listed)| {
        (0..listed.documents.len()).map(move |document| DocumentId { section, document })
    });
    ids.filter_map(|id| match desk.verdict(bundle, id)? {
        Verdict::In | Verdict::Denied(Denial::UnusedAmongEvidence) => None,
        Verdict::Out(why) => Some((id, why)),
        Verdict::Denied(denial) => Some((id, Exclusion::Denied(denial))),
    })
    .collect()
}

struct Decisions<'c> {
    case: &'c Case,
    /// For each section whether it is one of evidence.
    of_evidence: Vec<bool>,
}

impl<'c> Decisions<'c> {
    fn new(case: &'c Case) -> Self {
        Self { case, of_evidence: case.sections.iter().map(is_of_evidence).collect() }
    }

    fn fate(&self, bundle: &Bundle, id: DocumentId) -> Option<Fate> {
        Some(match self.verdict(bundle, id)? {
            Verdict::In => Fate::In,
            Verdict::Out(why) => Fate::Out(why),
            Verdict::Denied(why)
                if bundle.names_sections || why.is_mistake() || !self.goes_somewhere(id) =>
            {
                Fate::Refused(why)
            }
            Verdict::Denied(why) => Fate::Out(Exclusion::Denied(why)),
        })
    }

    /// Whether any bundle of the case holds a document.
    fn goes_somewhere(&self, id: DocumentId) -> bool {
        self.case.bundles.iter().any(|bundle| {
            bundle.sections.contains(&id.section)
                && matches!(self.verdict(bundle, id), Some(Verdict::In))
        })
    }

    fn verdict(&self, bundle: &Bundle, id: DocumentId) -> Option<Verdict> {
        let section = self.case.sections.get(id.section)?;
        let document = section.documents.get(id.document)?;
        let audience = bundle.audience;
        if !document.audiences.is_empty() && !document.audiences.contains(&audience) {
            return Some(Verdict::Out(Exclusion::NotAmongAudiences));
        }
        let restriction = restriction(document, bundle);
        if let Some(Verdict::Out(_)) = restriction {
            return restriction;
        }
        let of_evidence = self.of_evidence.get(id.section).copied().unwrap_or(false);
        let denial = denial_of_class(document, audience, of_evidence);
        if let Some(denial) = denial {
            return Some(Verdict::Denied(denial));
        }
        Some(restriction.unwrap_or(Verdict::In))
    }
}

/// What the class of a document says.
fn denial_of_class(document: &Document, audience: Audience, of_evidence: bool) -> Option<Denial> {
    if audience == Audience::Prosecution {
        return None;
    }
    let class = class_of(document)?;
    denial(class, document, audience)
        .or_else(|| (class.is_unused() && of_evidence).then_some(Denial::UnusedAmongEvidence))
}

/// What a class says of a document with these records, whatever the document is said to be.
pub(crate) fn denial(
    class: &'static Class,
    document: &Document,
    audience: Audience,
) -> Option<Denial> {
    match class.rule(audience) {
        ServeRule::Never if audience == Audience::Jury && !class.is_internal() => {
            Some(Denial::NotForJury(class))
        }
        ServeRule::Never => Some(Denial::Never(class)),
        ServeRule::Prosecutor => unrecorded(
            ("served_by", document.served_by.is_some()),
            ("served_on", document.served_on.is_some()),
        )
        .map(|lacking| Denial::Undecided(class, lacking)),
        ServeRule::Redact => unrecorded(
            ("redacted_by", document.redacted_by.is_some()),
            ("redacted_on", document.redacted_on.is_some()),
        )
        .map(|lacking| Denial::Unredacted(class, lacking)),
        ServeRule::Yes => None,
    }
}

/// The first of two keys that is not there.
fn unrecorded(one: (&'static str, bool), other: (&'static str, bool)) -> Option<&'static str> {
    [one, other].iter().find(|(_, there)| !there).map(|(key, _)| *key)
}

/// What the defendants say to whom a document is restricted; nothing where it may go in.
fn restriction(document: &Document, bundle: &Bundle) -> Option<Verdict> {
    if document.restricted_to.is_empty() {
        return None;
    }
    match (bundle.audience, bundle.defendant) {
        (Audience::Prosecution | Audience::Court, _) => None,
        (Audience::Jury, _) => Some(Verdict::Denied(Denial::RestrictedFromJury)),
        (Audience::Defence | Audience::Laa, None) => {
            Some(Verdict::Denied(Denial::ForWhichDefendant))
        }
        (Audience::Defence | Audience::Laa, Some(defendant)) => {
            let is_theirs = document.restricted_to.contains(&defendant);
            (!is_theirs)
                .then(|| Verdict::Out(Exclusion::OtherDefendants(document.restricted_to.clone())))
        }
    }
}

/// Whether a section is one of statements or exhibits: it says so, or it holds some.
fn is_of_evidence(section: &Section) -> bool {
    const WORDS: [&str; 4] = ["statement", "exhibit", "datganiad", "arddangos"];
    let title = section.title.to_lowercase();
    let says_so = WORDS.iter().any(|word| title.contains(word)) && !title.contains("unused");
    says_so
        || section
            .documents
            .iter()
            .any(|document| class_of(document).is_some_and(|class| class.evidence))
}
