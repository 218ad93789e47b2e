//! What became of documents that are not in the folder, by the ledger of their case.

use std::collections::BTreeMap;

use super::item::key_of;
use super::ledger::{LedgerError, read_in};
use crate::check::Recorded;
use crate::manifest::Case;
use crate::model::DocumentId;

/// What the ledger of a case says last of its documents.
///
/// # Errors
/// The ledger cannot be read.
pub fn recorded(case: &Case) -> Result<BTreeMap<DocumentId, Recorded>, LedgerError> {
    let ledger = read_in(&case.folder)?;
    let ledger = &ledger;
    let sections = case.sections.iter().enumerate();
    let documents = sections.flat_map(|(section, listed)| {
        let documents = listed.documents.iter().enumerate();
        documents.filter_map(move |(document, one)| {
            let recorded = ledger.recorded(&key_of(listed, one))?;
            Some((DocumentId { section, document }, recorded))
        })
    });
    Ok(documents.collect())
}
