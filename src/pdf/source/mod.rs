//! Opens one listed file: kind, pages, boxes, rotation, hash, and what had to be repaired.

mod attachments;
mod cache;
pub(crate) mod comments;
mod error;
pub(crate) mod hayro_reader;
mod header;
mod health;
mod load;
mod loading_budget;
mod needs;
mod opening;
mod orphans;
mod portfolio;
pub(crate) mod reach;
mod recover;
mod repair;
pub(crate) mod rescue;
mod streams;
pub(crate) mod timeout;
mod tree;
mod unlock;
mod xfa;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use lopdf::Document as Pdf;

pub(crate) use crate::pdf::syntax::tokens::decoded;
pub(crate) use attachments::Attachments;
pub(crate) use attachments::{ATTACHMENT_HINT, attached_to_parts, names_files};
pub(crate) use cache::CachedSource;
pub(crate) use comments::{CommentCount, SourceComments};
pub(crate) use comments::{comment_in_words, comment_kind};
pub(crate) use error::SourceError;
pub use header::require_pdf;
pub(crate) use needs::{Follow, Needs, OF_A_PAGE, Part, borrows_names, is_of_the_tree, own_names};
pub(crate) use opening::{Opening, Password, PasswordOrigin};
pub(crate) use repair::{Losses, Repair};
pub(crate) use unlock::Unlocking;

use crate::model::Sha256Hash;
use crate::model::geometry::PageBox;
use crate::pdf::syntax::HiddenLayers;
use crate::pdf::syntax::PageNode;

/// From how many bytes on a stream is written once for all sources that hold the same.
pub(crate) const MIN_SHARED: usize = 512;

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
    /// How it was opened, where it was encrypted.
    pub unlocking: Option<Unlocking>,
    /// What of it is lost, where it was taken all the same.
    pub losses: Option<Losses>,
    /// Whether it is a form of which the file holds a placeholder and not the pages.
    pub dynamic_form: bool,
    /// Whether its documents are files attached to it, and its pages a cover.
    pub portfolio: bool,
    /// How many objects are not in it to which only links, bookmarks, tags and the like lead.
    pub targets_missing: usize,
    /// The files attached to it.
    pub attachments: Attachments,
    /// What somebody put onto its pages.
    pub comments: SourceComments,
    /// The pages, from 1, with content in layers that are hidden when the file is opened.
    pub hidden_layers: Vec<u32>,
    /// The pages, from 1, with content in layers that are seen on the screen, and not printed or not at every size.
    pub conditional_layers: Vec<u32>,
}

impl Facts {
    /// The number of pages.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }
}

/// An open source: its objects in memory, its pages in order.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The file as it is on disk, but for a mark of encryption that only concerns attachments, and for what had to be
    /// repaired within it.
    pub bytes: Arc<Vec<u8>>,
    /// The password that opened it, where it needed one.
    pub password: Option<Password>,
    /// Its objects, decrypted and repaired.
    pub pdf: Pdf,
    /// Its pages, inherited attributes filled in.
    pub pages: Vec<PageNode>,
    /// What is known of it.
    pub facts: Facts,
}

impl Source {
    /// The same with its objects, as they were repaired, written anew for the second reader; `None` where they cannot be.
    pub(crate) fn into_repaired(mut self) -> Option<Self> {
        let mut bytes = Vec::new();
        self.pdf.trailer.remove(b"Encrypt");
        self.pdf.save_to(&mut bytes).ok()?;
        self.bytes = Arc::new(bytes);
        self.password = None;
        Some(self)
    }

    /// Opens a file, on a thread of its own that is given up when it takes too long.
    ///
    /// # Errors
    ///
    /// Anything that leaves the file without readable pages, or with fewer than it had and no leave
    /// for that.
    pub(crate) fn open(path: &Path, opening: &Opening) -> Result<Self, SourceError> {
        let bytes = read(path)?;
        let opening = opening.clone();
        let limits = opening.limits;
        let stack = timeout::stack_for(&bytes);
        timeout::watched(&limits, stack, move |_| Self::load(bytes, &opening))
    }

    /// Reads what the program made itself.
    ///
    /// # Errors
    ///
    /// As [`Source::open`], except for those of the file system.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Result<Self, SourceError> {
        Self::load(bytes, &Opening::default())
    }

    pub(crate) fn load(bytes: Vec<u8>, opening: &Opening) -> Result<Self, SourceError> {
        let loaded = load::load(&bytes, opening)?;
        let pages_of = |layers: Option<HiddenLayers>| {
            let pages = layers.map(|layers| layers.pages(&loaded.pdf, &loaded.pages));
            pages.unwrap_or_default()
        };
        let facts = Facts {
            bytes: bytes.len() as u64,
            sha256: Sha256Hash::of(&bytes),
            pages: loaded.pages.iter().map(|page| page.boxes).collect(),
            repairs: loaded.repairs,
            unlocking: loaded.unlocking,
            losses: loaded.losses,
            targets_missing: loaded.targets_missing,
            attachments: Attachments::read(&loaded.pdf, &loaded.pages),
            dynamic_form: xfa::is_dynamic(&loaded.pdf, &loaded.pages),
            portfolio: portfolio::is_portfolio(&loaded.pdf),
            comments: SourceComments::read(&loaded.pdf, &loaded.pages),
            hidden_layers: pages_of(HiddenLayers::read(&loaded.pdf)),
            conditional_layers: pages_of(HiddenLayers::shown_at_times(&loaded.pdf)),
        };
        Ok(Self {
            bytes: Arc::new(loaded.plain.unwrap_or(bytes)),
            password: loaded.password,
            pdf: loaded.pdf,
            pages: loaded.pages,
            facts,
        })
    }

    /// How long each of its streams is, as far as it is written once for several sources.
    pub(crate) fn stream_lengths(&self) -> Vec<usize> {
        let objects = self.pdf.objects.values();
        let streams = objects.filter_map(|object| object.as_stream().ok());
        let lengths = streams.map(|stream| stream.content.len());
        lengths.filter(|length| *length >= MIN_SHARED).collect()
    }
}

/// The bytes of an ordinary file of a size that can be handled.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, SourceError> {
    let metadata = fs::metadata(path).map_err(SourceError::from_io)?;
    if metadata.is_dir() {
        return Err(SourceError::Folder);
    }
    if !metadata.is_file() {
        return Err(SourceError::NotAFile);
    }
    if metadata.len() > u64::from(u32::MAX) {
        return Err(SourceError::TooLarge("more than 4 GB in one file".to_owned()));
    }
    fs::read(path).map_err(SourceError::from_io)
}
