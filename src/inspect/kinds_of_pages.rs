//! What the pages of a file are, for telling what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::{prohibited_form, text};
use crate::classify::PageKind;
use crate::pdf::page::{Cache, OpenFile, OpenPage};
use crate::pdf::source::timeout::{stack_for, watched};
use crate::pdf::source::{Opening, Source, SourceError};

/// What some pages of a file are, by their numbers from 0; nothing of those that are pictures or cannot be read.
///
/// # Errors
/// Where the file cannot be opened.
pub(crate) fn kinds_of_pages(
    path: &Path,
    pages: &[u32],
    opening: &Opening,
) -> Result<Vec<PageKind>, SourceError> {
    let bytes = crate::pdf::source::read(path)?;
    let (stack, limits, opening) = (stack_for(&bytes), opening.limits, opening.clone());
    let pages = pages.to_owned();
    watched(&limits, stack, move |pulse| {
        let source = Source::load(bytes, &opening)?;
        let Some(file) = OpenFile::of(&source) else {
            return Ok(Vec::new());
        };
        let cache = Cache::new();
        let kinds = pages.iter().filter_map(|page| {
            pulse();
            Some(kind_of(file.page(*page as usize, &cache)?))
        });
        Ok(kinds.collect())
    })
}

/// What a page is; nothing of one that stops the reader.
pub(crate) fn kind_of(page: OpenPage<'_, '_>) -> PageKind {
    let look = || {
        let view = page.view();
        prohibited_form::find(&view, &text::rows(&view)).0
    };
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}
