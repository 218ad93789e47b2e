//! The words at the top of a file, for telling what it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::watch::{stack_for, watched};
use super::{Opening, Source, SourceError, second};
use crate::look::{self, Cache};

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
    let bytes = super::read(path)?;
    let (stack, limits, opening) = (stack_for(&bytes), opening.limits, opening.clone());
    watched(&limits, stack, move |_| {
        let source = Source::load(bytes, &opening)?;
        let lines = AssertUnwindSafe(|| lines(&source, page));
        Ok(catch_unwind(lines).ok().flatten().unwrap_or_default())
    })
}

fn lines(source: &Source, page: u32) -> Option<Vec<String>> {
    let pdf = second::open(source)?;
    let index = *second::page_indexes(&pdf, source).get(page as usize)?;
    let view = look::view(pdf.pages().get(index?)?, &Cache::new());
    Some(view.lines().iter().map(look::Line::text).collect())
}
