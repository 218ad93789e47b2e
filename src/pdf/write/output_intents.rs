//! Output intents (ISO 32000-2, 14.11.5): the conditions of print that sources were made for.

use std::collections::HashSet;
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object};

use super::PdfError;
use super::entries::INTENT;
use super::import::Import;
use crate::pdf::syntax::dictionaries::{dict_of, get, get_array};

/// The output intents of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct OutputIntents {
    intents: Vec<Object>,
    known: HashSet<(Vec<u8>, Vec<u8>)>,
}

impl OutputIntents {
    /// Adds those of a source, each condition once: its profile can be a megabyte.
    pub(super) fn add<W: Write>(&mut self, import: &mut Import<'_, W>) -> Result<(), PdfError> {
        for mut intent in read(&import.pdf) {
            if self.known.insert(condition(&import.pdf, &intent)) {
                import.rewrite_dict_as(&mut intent, INTENT)?;
                self.intents.push(intent.into());
            }
        }
        Ok(())
    }

    /// `/OutputIntents` of the catalog, where there is any.
    pub(super) fn into_list(self) -> Option<Object> {
        (!self.intents.is_empty()).then(|| self.intents.into())
    }
}

fn read(pdf: &Pdf) -> Vec<Dictionary> {
    let Ok(catalog) = pdf.catalog() else {
        return Vec::new();
    };
    get_array(pdf, catalog, b"OutputIntents")
        .iter()
        .filter_map(|intent| dict_of(pdf, intent).cloned())
        .collect()
}

/// The standard that an intent belongs to, and the condition that it names.
fn condition(pdf: &Pdf, intent: &Dictionary) -> (Vec<u8>, Vec<u8>) {
    let bytes = |key: &[u8]| match get(pdf, intent, key) {
        Some(Object::Name(bytes) | Object::String(bytes, _)) => bytes.clone(),
        _ => Vec::new(),
    };
    (bytes(b"S"), bytes(b"OutputConditionIdentifier"))
}
