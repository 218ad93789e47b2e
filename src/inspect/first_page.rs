//! The words at the top of a file, for telling what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::pdf::page;
use crate::pdf::page::Cache;
use crate::pdf::source::timeout::{stack_for, watched};
use crate::pdf::source::{Opening, Source, SourceError, hayro_reader};

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
    let pdf = hayro_reader::open(source)?;
    let index = *hayro_reader::page_indexes(&pdf, source).get(page as usize)?;
    let view = page::view(pdf.pages().get(index?)?, &Cache::new());
    Some(view.lines().iter().map(page::Line::text).collect())
}
