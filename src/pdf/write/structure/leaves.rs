//! Number and name trees (ISO 32000-2, 7.9.6 and 7.9.7) whose leaves are written as they fill, so
//! that only their limits are kept.

use std::io::Write;

use lopdf::{Dictionary, Object};

use crate::pdf::write::PdfError;
use crate::pdf::write::file::FileWriter;

/// How many entries share a leaf.
const ENTRIES_IN_LEAF: usize = 64;

/// The leaves written so far.
#[derive(Debug)]
pub(super) struct Leaves {
    /// `Nums` or `Names`.
    kind: &'static str,
    kids: Vec<Object>,
}

impl Leaves {
    pub(super) fn new(kind: &'static str) -> Self {
        Self { kind, kids: Vec::new() }
    }

    /// Writes entries, which are in order and behind all that were written.
    pub(super) fn write<W: Write>(
        &mut self,
        file: &mut FileWriter<W>,
        entries: &[(Object, Object)],
    ) -> Result<(), PdfError> {
        for leaf in entries.chunks(ENTRIES_IN_LEAF) {
            let (Some((first, _)), Some((last, _))) = (leaf.first(), leaf.last()) else {
                continue;
            };
            let mut dict = Dictionary::new();
            dict.set("Limits", vec![first.clone(), last.clone()]);
            let pairs = leaf.iter().flat_map(|(key, value)| [key.clone(), value.clone()]);
            dict.set(self.kind, pairs.collect::<Vec<_>>());
            self.kids.push(file.add(dict.into())?.reference());
        }
        Ok(())
    }

    /// The root of the tree, where it has any leaf.
    pub(super) fn into_root<W: Write>(
        self,
        file: &mut FileWriter<W>,
    ) -> Result<Option<Object>, PdfError> {
        if self.kids.is_empty() {
            return Ok(None);
        }
        let mut root = Dictionary::new();
        root.set("Kids", self.kids);
        Ok(Some(file.add(root.into())?.reference()))
    }
}
