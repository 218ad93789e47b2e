//! Writes the bundle: imports the pages of each source, stamps, links, bookmarks, labels.
//!
//! Sources are taken one at a time. What their pages reach is renumbered and written at once, so
//! that no more than one source is in memory.

mod actions;
mod annotation_clip;
mod annotations;
mod appearance;
mod bundle;
mod carried;
mod content;
mod cut;
mod destinations;
mod document;
mod drawn;
#[cfg(test)]
mod drawn_tests;
mod drop_invisible;
mod entries;
mod error;
mod file;
mod font;
mod forms;
mod handout;
mod hidden;
mod import;
pub(crate) mod invisible_content;
mod layers;
mod named;
mod names;
mod others;
mod outline;
mod output_intents;
mod page;
mod page_content;
mod pictures;
#[cfg(test)]
mod pictures_tests;
#[cfg(test)]
mod properties;
mod remarks;
mod scrub;
mod stamp;
mod structure;
mod tables;
mod values;

pub(crate) use bundle::{BundleWriter, Catalog, Written};
pub(crate) use document::{Excerpt, Treatment};
pub(crate) use error::PdfError;
pub(crate) use handout::hand_out;
pub(crate) use stamp::StampFont;
