//! **Pure**: which form or class of document a page is, by the words that it shows, and which pages of a file belong
//! together. What is known of forms stands in `pages.toml`; whether they may be served, in `disclosure/classes`.

mod file;
mod headings;
mod numbers;
mod page;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod titles;
mod words;

pub(crate) use file::{Belonging, belongings};
pub(crate) use page::{PageKind, edge_of, in_words, page};

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// One word of several fits.
    Guess,
    /// Some of what it says fits.
    Likely,
    /// It gives its number or its title, or says what nothing else says.
    Sure,
}

/// A protective marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marking {
    /// TOP SECRET.
    TopSecret,
    /// SECRET.
    Secret,
    /// OFFICIAL-SENSITIVE.
    OfficialSensitive,
    /// RESTRICTED, of before 2014.
    Restricted,
    /// CONFIDENTIAL, of before 2014.
    Confidential,
    /// "Not disclosable".
    NotDisclosable,
    /// "Sensitive".
    Sensitive,
}

/// Whether the pages of a class are treated as what they are, whatever their document is said to be.
pub(crate) fn is_bound(class: &str) -> bool {
    table::is_bound(class)
}
