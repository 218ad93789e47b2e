//! What had to be done to read a file, and what of it is lost.

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
    /// Objects with something in them that has no place there were read without it.
    ObjectsRead,
    /// It says that it has more pages than there are.
    FewerPages,
    /// The size of a page is not stated, or what is displayed of it lies outside of it.
    BoxAssumed,
    /// The content of a page is not there, deleted perhaps; readers differ in whether they show it.
    ContentMissing,
    /// The content of a page does not unpack as it was packed; readers differ in what they show of it.
    ContentBroken,
    /// A number has two points; readers differ in what they take it for.
    NumbersDoubtful,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderFoundLater => "bytes before the PDF header were passed over",
            Self::HeaderSupplied => "the PDF header was missing and was supplied",
            Self::TableRebuilt => "its table of objects was wrong and was rebuilt",
            Self::ObjectsRead => {
                "some of its objects are faulty and were read as far as they make sense"
            }
            Self::FewerPages => "it says that it has more pages than it holds",
            Self::BoxAssumed => "the size of some of its pages is missing or impossible",
            Self::ContentMissing => "content that some of its pages name is not in it",
            Self::ContentBroken => {
                "what some of its pages draw does not unpack to its end, and readers differ in what they show of it"
            }
            Self::NumbersDoubtful => {
                "some of its numbers are none, and readers differ in what they take them for"
            }
            Self::LengthsFound => "lengths of some of its streams were missing and were measured",
        })
    }
}

/// What cannot be found of a file that was taken all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Losses {
    /// Pages that it says it has.
    pub pages: usize,
    /// Objects that its pages need.
    pub objects: usize,
    /// Whether its list of pages is damaged, so that some stand in the order of their numbers.
    pub order: bool,
}

/// `2 pages and 1 object`.
pub(super) fn counted(pages: usize, objects: usize) -> String {
    let parts = [(pages, "page"), (objects, "object")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    parts.join(" and ")
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match counted(self.pages, self.objects).as_str() {
            "" => f.write_str("how much is lost cannot be told")?,
            lost => write!(f, "{lost} cannot be found")?,
        }
        if self.order {
            f.write_str(", and its list of pages is damaged, so their order may be wrong")?;
        }
        Ok(())
    }
}
