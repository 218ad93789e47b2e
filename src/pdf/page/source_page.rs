//! A page of a source, as the second reader sees it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Cache, Shown};
use crate::manifest::SourcePage;
use crate::pdf::source::{Source, hayro_reader};

/// What a page of a source shows; `None` where the second reader cannot look at it, or takes another part of it for the page.
pub(crate) fn shown(source: &Source, page: SourcePage) -> Option<Shown> {
    let pdf = hayro_reader::open(source)?;
    let index = hayro_reader::page_indexes(&pdf, source).get(page.0 as usize).copied()??;
    let (node, page) = (source.pages.get(page.0 as usize)?, pdf.pages().get(index)?);
    let (own, boxes) = (node.boxes.crop, super::boxes(page));
    // Where a box is missing or odd readers differ, and the user is told of it.
    let is_near = |one: f64, other: f64| (one - other).abs() < 0.5;
    let is_same = is_near(own.left, boxes.crop.left)
        && is_near(own.bottom, boxes.crop.bottom)
        && is_near(own.right, boxes.crop.right)
        && is_near(own.top, boxes.crop.top);
    if !is_same {
        return None;
    }
    let view = catch_unwind(AssertUnwindSafe(|| super::view(page, &Cache::new()))).ok()?;
    Some(Shown::new(&view, boxes, own))
}
