//! Which documents a bundle holds, and with which pages, before anything is numbered.

use thiserror::Error;

use crate::disclosure::{Decision, Fate, decide};
use crate::manifest::{Bundle, Case, Document, SourcePage};
use crate::model::DocumentId;

/// What stands in the bundle for a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These pages of its file, in this order.
    Source(Vec<SourcePage>),
    /// One sheet that keeps its place.
    Placeholder,
}

/// What is there for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// A file with so many pages.
    Pages(u32),
    /// A file that cannot be used.
    Unreadable,
    /// Nothing.
    Nothing,
}

/// A document that is not required, not there, and so not in the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut(pub DocumentId);

/// A section and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentSection {
    /// Position in the manifest.
    pub section: usize,
    /// The section's letter.
    pub letter: String,
    /// Its documents, in order.
    pub documents: Vec<(DocumentId, Content)>,
}

/// What a bundle holds, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Sections that hold something.
    pub sections: Vec<ContentSection>,
    /// Documents that are left out; each has a finding.
    pub left_out: Vec<LeftOut>,
}

/// Why a bundle cannot be planned. Every one of these is a finding of the check before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlanError {
    /// A required document is not there.
    #[error("a required document is missing")]
    Missing(DocumentId),
    /// A file cannot be used.
    #[error("a document cannot be read")]
    Unreadable(DocumentId),
    /// A page that the file does not have.
    #[error("page {1} does not exist")]
    NoSuchPage(DocumentId, u32),
    /// A document that the audience may not have.
    #[error("a document may not be served")]
    NotServed(DocumentId),
    /// Nothing to put into the bundle.
    #[error("the bundle holds no document")]
    Nothing,
}

impl Contents {
    /// The contents of one bundle of a case; `held` says what is there for each document.
    ///
    /// # Errors
    ///
    /// The first document that stands in the way.
    pub fn new(
        case: &Case,
        bundle: &Bundle,
        held: impl Fn(DocumentId) -> Holding,
        allow_missing: bool,
    ) -> Result<Self, PlanError> {
        let mut contents = Self { sections: Vec::new(), left_out: Vec::new() };
        for Decision { id, fate } in decide(case, bundle) {
            match fate {
                Fate::In => {}
                Fate::Out(_) => continue,
                Fate::Refused(_) => return Err(PlanError::NotServed(id)),
            }
            let Some(section) = case.sections.get(id.section) else {
                continue;
            };
            let Some(document) = section.documents.get(id.document) else {
                continue;
            };
            let Some(content) = content(id, document, held(id), allow_missing)? else {
                contents.left_out.push(LeftOut(id));
                continue;
            };
            match contents.sections.last_mut() {
                Some(last) if last.section == id.section => last.documents.push((id, content)),
                _ => contents.sections.push(ContentSection {
                    section: id.section,
                    letter: section.letter.to_string(),
                    documents: vec![(id, content)],
                }),
            }
        }
        if contents.sections.is_empty() {
            return Err(PlanError::Nothing);
        }
        Ok(contents)
    }
}

/// What stands for one document; `None` where it is left out.
fn content(
    id: DocumentId,
    document: &Document,
    held: Holding,
    allow_missing: bool,
) -> Result<Option<Content>, PlanError> {
    match held {
        Holding::Pages(count) => {
            let pages = match &document.pages {
                None => (0..count).map(SourcePage).collect(),
                Some(selection) => {
                    selection.resolve(count).map_err(|page| PlanError::NoSuchPage(id, page))?
                }
            };
            Ok(Some(Content::Source(pages)))
        }
        Holding::Unreadable => Err(PlanError::Unreadable(id)),
        Holding::Nothing if document.expected => Ok(Some(Content::Placeholder)),
        Holding::Nothing if !document.required => Ok(None),
        Holding::Nothing if allow_missing => Ok(Some(Content::Placeholder)),
        Holding::Nothing => Err(PlanError::Missing(id)),
    }
}
