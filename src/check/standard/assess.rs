//! What of a standard a case satisfies, and with what.

use std::collections::BTreeSet;

use super::data::{AskedItem, Material, Necessity, Standard, Standards, Whose};
use crate::disclosure;
use crate::manifest::{Case, Document, Flag, NotApplicable, RemandStatus};
use crate::model::DocumentId;

/// One line of a standard, and how the case stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement<'s> {
    /// The line.
    pub line: AskedItem<'s>,
    /// How it stands.
    pub standing: MaterialStanding<'s>,
}

/// How a case stands to a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MaterialStanding<'s> {
    /// These documents satisfy it.
    Met(Vec<DocumentId>),
    /// Somebody has decided that the case does not need it.
    NotApplicable(&'s NotApplicable),
    /// It is conditional, and the case has none of its flags.
    NotAsked,
    /// These documents would satisfy it, and are not held.
    Outstanding(Vec<DocumentId>),
    /// Nothing is listed for it.
    Missing,
}

impl MaterialStanding<'_> {
    /// Whether something is to be done.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Outstanding(_) | Self::Missing)
    }

    /// The word for scripts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Met(_) => "met",
            Self::NotApplicable(_) => "not-applicable",
            Self::NotAsked => "not-asked",
            Self::Outstanding(_) => "outstanding",
            Self::Missing => "missing",
        }
    }
}

/// What a case involves: what its manifest says, and what its defendants show.
pub fn flags(case: &Case) -> BTreeSet<Flag> {
    let mut flags: BTreeSet<Flag> = case.flags.iter().copied().collect();
    let defendants = &case.defendants;
    if defendants.iter().any(|defendant| defendant.youth) {
        flags.insert(Flag::Youth);
    }
    let held = |remand| matches!(remand, RemandStatus::Custody | RemandStatus::SecureUnit);
    if defendants.iter().any(|defendant| defendant.remand.is_some_and(held)) {
        flags.insert(Flag::Custody);
    }
    flags
}

/// Every line of a standard and how a case stands to it; `held` says of a document whether it is there.
pub fn requirements<'s>(
    case: &'s Case,
    standards: &'s Standards,
    standard: &Standard,
    held: &dyn Fn(DocumentId) -> bool,
) -> Vec<Requirement<'s>> {
    let flags = flags(case);
    let standing = |line: &AskedItem<'s>| standing(case, line, &flags, held);
    standards
        .lines(standard)
        .into_iter()
        .map(|line| Requirement { standing: standing(&line), line })
        .collect()
}

fn standing<'s>(
    case: &'s Case,
    line: &AskedItem<'s>,
    flags: &BTreeSet<Flag>,
    held: &dyn Fn(DocumentId) -> bool,
) -> MaterialStanding<'s> {
    let (there, lacking): (Vec<DocumentId>, Vec<DocumentId>) =
        answering(case, line.item).into_iter().partition(|id| held(*id));
    let decided =
        case.not_applicable.iter().find(|entry| entry.item.eq_ignore_ascii_case(&line.item.code));
    let asked =
        line.need == Necessity::Required || line.item.when.iter().any(|flag| flags.contains(flag));
    match (there.is_empty(), decided) {
        (false, _) => MaterialStanding::Met(there),
        (true, Some(entry)) => MaterialStanding::NotApplicable(entry),
        (true, None) if !asked => MaterialStanding::NotAsked,
        (true, None) if lacking.is_empty() => MaterialStanding::Missing,
        (true, None) => MaterialStanding::Outstanding(lacking),
    }
}

/// The documents that are an item, by their form or because they say so.
fn answering(case: &Case, item: &Material) -> Vec<DocumentId> {
    let sections = case.sections.iter().enumerate();
    sections
        .flat_map(|(section, listed)| {
            let documents = listed.documents.iter().enumerate();
            documents
                .filter(|(_, listed)| answers(listed, item))
                .map(move |(document, _)| DocumentId { section, document })
        })
        .collect()
}

fn answers(document: &Document, item: &Material) -> bool {
    let says_so = document.items.iter().any(|code| code.eq_ignore_ascii_case(&item.code));
    let by_form = || {
        let class = disclosure::class_of(document);
        let right_form = class.is_some_and(|class| {
            let names = item.forms.iter().filter_map(|form| disclosure::find(form));
            names.into_iter().any(|known| known.name == class.name)
        });
        right_form
            && item.whose.is_none_or(|whose| match whose {
                Whose::Witness => document.witness.is_some(),
                Whose::Suspect => document.witness.is_none(),
            })
    };
    says_so || by_form()
}
