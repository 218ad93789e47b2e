//! Opens one listed file: kind, pages, boxes, rotation, hash, and what had to be repaired.

mod error;
mod health;
mod ink;
mod load;
mod repair;
mod streams;
mod survey;
mod tree;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use lopdf::Document as Pdf;
use sha2::{Digest, Sha256};

pub use error::SourceError;
pub use ink::{Ink, Probe};
pub use repair::Repair;
pub use survey::{Evidence, Held, Known, MANIFEST_NAME, NearNames, Survey, audit_record};
pub use tree::PageNode;

use crate::geometry::PageBox;

/// What is known of a file that could be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The size of the file.
    pub bytes: u64,
    /// SHA-256 of the whole file.
    pub sha256: Sha256Hash,
    /// The boxes of every page, in order.
    pub pages: Vec<PageBox>,
    /// What had to be repaired to read it.
    pub repairs: Vec<Repair>,
    /// Whether it was encrypted with an empty password.
    pub was_encrypted: bool,
}

impl Facts {
    /// The number of pages.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }
}

/// A SHA-256 hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Hash(pub [u8; 32]);

impl Sha256Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// An open source: its objects in memory, its pages in order.
#[derive(Debug)]
pub struct Source {
    /// The file as it is on disk.
    pub bytes: Arc<Vec<u8>>,
    /// Its objects, decrypted and repaired.
    pub pdf: Pdf,
    /// Its pages, inherited attributes filled in.
    pub pages: Vec<PageNode>,
    /// What is known of it.
    pub facts: Facts,
}

impl Source {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// Anything that leaves the file without readable pages, or with fewer than it had.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let metadata = fs::metadata(path).map_err(SourceError::from_io)?;
        if metadata.is_dir() {
            return Err(SourceError::Folder);
        }
        if !metadata.is_file() {
            return Err(SourceError::NotAFile);
        }
        if metadata.len() > u64::from(u32::MAX) {
            return Err(SourceError::TooLarge(
                "more than 4 GB in one file".to_owned(),
            ));
        }
        Self::from_bytes(fs::read(path).map_err(SourceError::from_io)?)
    }

    /// Reads a file that is already in memory.
    ///
    /// # Errors
    ///
    /// As [`Source::open`], except for those of the file system.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SourceError> {
        let loaded = load::load(&bytes)?;
        let facts = Facts {
            bytes: bytes.len() as u64,
            sha256: Sha256Hash::of(&bytes),
            pages: loaded.pages.iter().map(|page| page.boxes).collect(),
            repairs: loaded.repairs,
            was_encrypted: loaded.was_encrypted,
        };
        Ok(Self {
            bytes: Arc::new(bytes),
            pdf: loaded.pdf,
            pages: loaded.pages,
            facts,
        })
    }
}
