//! What can go wrong while a bundle is written.

use std::io;

use thiserror::Error;

use crate::pdf::source::SourceError;
use crate::sheets::FrontError;

/// Why a bundle could not be written.
#[derive(Debug, Error)]
pub enum PdfError {
    /// What hidden layers hold cannot be told from the rest.
    #[error("what its hidden layers hold cannot be taken out without harm to the rest")]
    HiddenLayers,
    /// The output refused bytes.
    #[error("cannot be written: {0}")]
    Write(#[from] io::Error),
    /// A source that could be opened before cannot be now.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A fault in a built-in font.
    #[error(transparent)]
    Font(#[from] FrontError),
    /// A source is not what it was when the pages were counted.
    #[error("the file changed while the bundle was being built")]
    SourceChanged,
    /// More objects than a PDF can number.
    #[error("the bundle has more than 8,388,607 objects")]
    TooManyObjects,
    /// A page of our own making is missing; a fault of the program.
    #[error("internal fault: {0}")]
    Internal(&'static str),
}
