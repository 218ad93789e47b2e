//! The manifest: TOML as typed, then validated into a [`Case`], with the line of every entry.

mod case;
mod pages;
mod terms;

pub use case::*;
pub use pages::{PageSelection, SourcePage};
pub use terms::{CourtCaseNumber, ExhibitRef, Form, SectionLetter, Urn};
