//! What a page's content shows, as far as it matters for taking a part of it out.

use std::ops::Range;

use crate::model::geometry::Rect;

/// A stretch of the content, and what stands in its place without what it shows.
pub(super) type Cut = (Range<usize>, Vec<u8>);

/// What one operator shows.
pub(super) struct ShownOperator {
    pub(super) cut: Cut,
    /// What it can cover at the most, in user space; `None` where that cannot be told.
    pub(super) area: Option<Rect>,
    pub(super) kind: ShownKind,
}

/// What it is, and whether it can go.
pub(super) enum ShownKind {
    /// Text.
    Text {
        /// Things of one unit go together or not at all: the later ones stand where the earlier ones end.
        unit: usize,
        /// Whether it is in invisible mode.
        invisible: bool,
        /// Whether it can be taken out without anything else changing.
        sure: bool,
    },
    /// An image or a form.
    Figure {
        /// Whether it is or may hold a picture.
        picture: bool,
        sure: bool,
    },
    /// Lines and filled areas.
    Path {
        /// Whether it can be taken out without anything else changing.
        sure: bool,
    },
    /// Anything else.
    Other,
}

/// Marked content that comes with words for what it holds (ISO 32000-2, 14.9).
pub(super) struct Worded {
    pub(super) inside: Range<usize>,
    /// The mark without its words; `None` where they stand elsewhere.
    pub(super) cut: Option<Cut>,
}

/// What a page's content shows.
#[derive(Default)]
pub(super) struct ShownContent {
    pub(super) shown: Vec<ShownOperator>,
    pub(super) worded: Vec<Worded>,
}
