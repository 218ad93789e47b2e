//! The words at the top of a file, for telling what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::pdf::page::{Cache, Line, OpenFile};
use crate::pdf::source::timeout::{stack_for, watched};
use crate::pdf::source::{Opening, Source, SourceError};

/// The lines of text on a page of a file, by its number from 0, from top to bottom; none where it is a picture or
/// cannot be read.
///
/// # Errors
/// Where the file cannot be opened.
pub fn lines_of_page(
    path: &Path,
    page: u32,
    opening: &Opening,
) -> Result<Vec<String>, SourceError> {
    let bytes = crate::pdf::source::read(path)?;
    let (stack, limits, opening) = (stack_for(&bytes), opening.limits, opening.clone());
    watched(&limits, stack, move |_| {
        let source = Source::load(bytes, &opening)?;
        let lines = AssertUnwindSafe(|| lines(&source, page));
        Ok(catch_unwind(lines).ok().flatten().unwrap_or_default())
    })
}

fn lines(source: &Source, page: u32) -> Option<Vec<String>> {
    let (file, cache) = (OpenFile::of(source)?, Cache::new());
    let view = file.page(page as usize, &cache)?.view();
    Some(view.lines().iter().map(Line::text).collect())
}
