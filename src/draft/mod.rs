//! Drafts a manifest from a folder of evidence.
//!
//! The walk is the only part that touches the disk; what is made of the names found is pure. A
//! draft is a proposal for a person to correct, so it fills in only what a name says for sure, and
//! names everything that it leaves out.

mod first_pages;
mod forms;
mod name;
pub(crate) mod natural;
mod needs;
mod propose;
mod references;
mod section;
mod walk;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::model::in_words;

pub use first_pages::propose_form;
pub use forms::{Certainty, Proposed, Witness};
pub use needs::with_standard;

/// A manifest as proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text of the manifest.
    pub toml: String,
    /// How many documents it lists.
    pub documents: usize,
    /// What was left out, and why, one line each.
    pub notes: Vec<String>,
}

/// Why there is no draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The path is a file, or does not exist.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder cannot be listed.
    #[error("the folder {} cannot be read: {}", folder.display(), in_words(reason).0)]
    Unreadable {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// A path relative to the folder of the case, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RelPath(String);

impl RelPath {
    fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders, outermost first.
    fn folders(&self) -> impl Iterator<Item = &str> {
        let folders = self.0.rsplit_once('/').map_or("", |(folders, _)| folders);
        folders.split('/').filter(|folder| !folder.is_empty())
    }

    /// The name without its ending.
    fn stem(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or(&self.0);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Drafts a manifest for the PDFs in `folder`.
///
/// `name_hint` is what people call the folder; the title of the case and its URN are read from it.
///
/// # Errors
///
/// If the folder is not one, or cannot be listed. What cannot be read inside it is a note.
pub fn draft(folder: &Path, name_hint: &str) -> Result<Draft, DraftError> {
    let found = walk::documents(folder)?;
    let mut notes = found.notes;
    let proposal = propose::propose(&found.files);
    notes.extend(proposal.notes.iter().cloned());
    Ok(Draft { toml: write::manifest(&proposal, name_hint), documents: found.files.len(), notes })
}
