//! Which document of a case is meant.

/// Where a document stands in the manifest: its section, and its place there, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId {
    /// Position in [`Case::sections`](crate::manifest::Case::sections).
    pub section: usize,
    /// Position in [`Section::documents`](crate::manifest::Section::documents).
    pub document: usize,
}
