//! Portfolios (ISO 32000-2, 12.3.5): their documents are attached files, and their pages a cover.

use lopdf::{Dictionary, Document as Pdf};

use crate::pdf::syntax::dictionaries::{get_array, get_dict};

/// Whether a reader shows a list of files in place of the pages.
pub(super) fn is_portfolio(pdf: &Pdf) -> bool {
    pdf.catalog()
        .is_ok_and(|catalog| catalog.has(b"Collection") && has_files(pdf, catalog).unwrap_or(false))
}

fn has_files(pdf: &Pdf, catalog: &Dictionary) -> Option<bool> {
    let files = get_dict(pdf, get_dict(pdf, catalog, b"Names")?, b"EmbeddedFiles")?;
    let filled = |key: &[u8]| !get_array(pdf, files, key).is_empty();
    Some(filled(b"Names") || filled(b"Kids"))
}
