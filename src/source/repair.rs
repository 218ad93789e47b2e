//! What had to be done to read a file, in words.

use std::fmt;

/// What had to be done to read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// Bytes before `%PDF-` were passed over.
    HeaderFoundLater,
    /// There was no `%PDF-` at all.
    HeaderSupplied,
    /// The cross-reference table was wrong and was rebuilt by scanning for objects.
    TableRebuilt,
    /// Streams whose length was not stated were measured.
    LengthsFound,
    /// It says that it has more pages than there are.
    FewerPages,
    /// The size of a page is not stated, or what is displayed of it lies outside of it.
    BoxAssumed,
    /// The content of a page is not there, deleted perhaps; readers differ in whether they show it.
    ContentMissing,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderFoundLater => "bytes before the PDF header were passed over",
            Self::HeaderSupplied => "the PDF header was missing and was supplied",
            Self::TableRebuilt => "its table of objects was wrong and was rebuilt",
            Self::FewerPages => "it says that it has more pages than it holds",
            Self::BoxAssumed => "the size of some of its pages is missing or cannot be",
            Self::ContentMissing => "content that some of its pages name is not in it",
            Self::LengthsFound => "lengths of some of its streams were missing and were measured",
        })
    }
}
