//! Portfolios (ISO 32000-2, 12.3.5): their documents are attached files, and their pages a cover.

use lopdf::{Dictionary, Document as Pdf};

/// Whether a reader shows a list of files in place of the pages.
pub(super) fn is_portfolio(pdf: &Pdf) -> bool {
    pdf.catalog()
        .is_ok_and(|catalog| catalog.has(b"Collection") && has_files(pdf, catalog).unwrap_or(false))
}

fn has_files(pdf: &Pdf, catalog: &Dictionary) -> Option<bool> {
    let names = catalog.get_deref(b"Names", pdf).ok()?.as_dict().ok()?;
    let files = names
        .get_deref(b"EmbeddedFiles", pdf)
        .ok()?
        .as_dict()
        .ok()?;
    let filled = |key: &[u8]| {
        let list = files.get_deref(key, pdf).and_then(|list| list.as_array());
        list.is_ok_and(|list| !list.is_empty())
    };
    Some(filled(b"Names") || filled(b"Kids"))
}
