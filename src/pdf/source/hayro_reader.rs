//! The second reader of a source: hayro, which sees its pages as they look, and which page is which.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use lopdf::ObjectId;

use super::{Password, Source};

/// Opens a source again with the second reader; `None` where it cannot.
pub(crate) fn open(source: &Source) -> Option<Pdf> {
    let password = source.password.as_ref().map_or("", Password::text);
    open_bytes(Arc::clone(&source.bytes), password)
}

/// Opens a file; `None` where it cannot be read as a PDF.
pub(crate) fn open_bytes(bytes: Arc<Vec<u8>>, password: &str) -> Option<Pdf> {
    let open = AssertUnwindSafe(|| Pdf::new_with_password(bytes, password).ok());
    catch_unwind(open).ok()?
}

/// For each page of a source, which page of the second reader it is.
pub(crate) fn page_indexes(pdf: &Pdf, source: &Source) -> Vec<Option<usize>> {
    let pages = pdf.pages();
    // Another count means that the second reader walks the page tree in another way than we do, so only
    // the object tells which page is which.
    let same_walk = pages.len() == source.pages.len();
    let by_id: HashMap<ObjectId, usize> = pages
        .iter()
        .enumerate()
        .filter_map(|(index, page)| Some((object_id(page)?, index)))
        .collect();
    source
        .pages
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let known = node.id.and_then(|id| by_id.get(&id).copied());
            let by_place = || pages.get(index).filter(|page| same_walk && may_be(page, node.id));
            known.or_else(|| by_place().map(|_| index))
        })
        .collect()
}

/// Whether a page may be the one that stands in an object: it does where either has none of its own.
fn may_be(page: &Page<'_>, id: Option<ObjectId>) -> bool {
    id.is_none() || object_id(page).is_none()
}

fn object_id(page: &Page<'_>) -> Option<ObjectId> {
    let id = page.raw().obj_id()?;
    Some((id.obj_number, u16::try_from(id.gen_number).ok()?))
}
