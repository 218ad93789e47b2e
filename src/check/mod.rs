//! Rules: what a case must satisfy, and the findings when it does not. Pure; needs no disk.

mod attachments;
mod bundle;
pub mod calendar;
mod changes;
mod content;
pub mod custody;
mod custody_findings;
mod documents;
mod examine;
mod fold;
mod hearing_day;
mod leaks;
mod names;
mod order;
mod personal;
mod printed;
mod rules;
mod served;
pub mod standard;
pub(crate) mod suggestions;
pub(crate) mod survey;
pub(crate) mod survey_pages;
mod survey_scope;
mod texts;
mod withheld;
mod within;
pub use custody_findings::{Pressing, pressing};
pub use suggestions::NearNames;
pub(crate) use survey::unlisted;
pub use survey::{Availability, Evidence, LoadedFile, MANIFEST_NAME, Survey, audit_record};
pub(crate) use within::lies_within;

pub use bundle::Standing;
pub(crate) use bundle::for_bundle;
use bundle::{standing, without_others};
pub use changes::{left_out, leftovers, moved_numbers};
pub use documents::{Recorded, State, check_documents, display, document_ref};
pub use examine::{Examined, Extent, examine, examine_case};
pub use fold::fold;
pub(crate) use hearing_day::HOURS;
use hearing_day::check_hearing;
pub(crate) use leaks::as_served;
use leaks::check_leaks;
use leaks::searched;
pub use leaks::{PageFindings, page_findings};
use rules::numbering_differs;
pub(crate) use rules::profile;
use served::check_served;
pub(crate) use served::check_served_in;
pub use survey_scope::SurveyScope;
pub(crate) use texts::HINT as WRITE_OTHERWISE;
use texts::check_texts;
use withheld::compared;

use crate::manifest::Case;

/// A listed document, and what is there for it.
#[derive(Debug, Clone, Copy)]
pub struct ListedDocument<'a> {
    /// Its section.
    pub section: &'a crate::manifest::Section,
    /// The document.
    pub document: &'a crate::manifest::Document,
    /// What is there.
    pub held: &'a Availability,
    /// The same in one word.
    pub state: State,
}

/// Every listed document with its section and what is there for it.
pub fn listed<'a>(
    case: &'a Case,
    evidence: &'a Evidence,
) -> impl Iterator<Item = ListedDocument<'a>> {
    case.sections.iter().enumerate().flat_map(move |(position, section)| {
        section.documents.iter().enumerate().map(move |(index, document)| ListedDocument {
            section,
            document,
            held: evidence.held(position, index),
            state: evidence.state(document, position, index),
        })
    })
}
