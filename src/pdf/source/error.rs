//! Why a listed file cannot be used, in words for the person who listed it.

use std::io;

use thiserror::Error;

use super::PasswordOrigin;
use crate::model::in_words;

/// What stands between a path and its pages.
///
/// The path itself is added where the document is named, once.
#[derive(Debug, Error)]
pub enum SourceError {
    /// Nothing at the path.
    #[error("not found")]
    NotFound,
    /// A folder where a file belongs.
    #[error("this is a folder, not a file")]
    Folder,
    /// A link that leads back to itself.
    #[error("this link leads back to itself")]
    LinkLoop,
    /// A pipe, a device or a socket.
    #[error("this is not an ordinary file")]
    NotAFile,
    /// Reached through a link that leaves the folder of the case.
    #[error("it lies outside the folder of the case")]
    Outside,
    /// The operating system refused.
    #[error("cannot be read: {}", in_words(.0).0)]
    Io(#[source] io::Error),
    /// No bytes at all.
    #[error("the file is empty (0 bytes)")]
    Empty,
    /// Not a PDF, whatever its name says.
    #[error("not a PDF: {0}")]
    NotPdf(String),
    /// Encrypted with a password that is not empty.
    #[error("encrypted: it opens only with a password")]
    Encrypted,
    /// Encrypted, and the environment variable that is to hold the password does not.
    #[error(
        "encrypted: it opens only with a password, and the environment variable {0} is not set"
    )]
    PasswordNotSet(String),
    /// Encrypted, and the password is another.
    #[error("encrypted: the password {0} does not open it")]
    PasswordWrong(PasswordOrigin),
    /// Encrypted in a way that cannot be undone here.
    #[error("encrypted in a way that cannot be read here: {0}")]
    UnknownEncryption(String),
    /// Broken, and pages may be lost.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Broken, and none of its pages is left.
    #[error("damaged: {0}")]
    NothingLeft(String),
    /// Sound, perhaps, but written in a way that cannot be read here.
    #[error("cannot be read here: {0}")]
    Unsupported(&'static str),
    /// A PDF without a page.
    #[error("it has no pages")]
    NoPages,
    /// More than the program is willing to take on.
    #[error("too large to handle: {0}")]
    TooLarge(String),
    /// Reading it takes longer than it may.
    #[error("took too long: given up after {0} s")]
    TooSlow(u32),
}

impl SourceError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFound => "correct the path, or ask the supplier for the document",
            Self::Folder => "name a PDF inside the folder",
            Self::LinkLoop => "replace the link by the document itself",
            Self::NotAFile => "save the document as an ordinary file",
            Self::Outside => "copy it into the folder, or set allow_outside = true under [case]",
            Self::Io(error) => in_words(error).1,
            Self::Empty => "ask for the document again; it was probably not saved or sent whole",
            Self::NotPdf(_) => "print or save the document as a PDF and list that",
            Self::Encrypted => {
                "put the password in an environment variable and name that with password_env, or ask \
                 the sender for a copy without one"
            }
            Self::PasswordNotSet(_) => "set that variable to the password and run this again",
            Self::PasswordWrong(_) => "ask the sender for the password, or for a copy without one",
            Self::UnknownEncryption(_) => "ask the sender for a copy without protection",
            Self::Damaged(_) => {
                "ask for the document again; to take what is left of it use --allow-damaged, or write \
                 allow_damaged = true under the document"
            }
            Self::NothingLeft(_) => {
                "ask for the document again, or open it, check every page and print it to a new PDF"
            }
            Self::Unsupported(_) => "open it and print it to a new PDF",
            Self::NoPages => "ask for the document again; this copy holds nothing",
            Self::TooLarge(_) => {
                "print it to a new PDF or split it; if you trust it, raise the limit under [limits]"
            }
            Self::TooSlow(_) => {
                "print it to a new PDF; if you trust it, raise seconds under [limits]"
            }
        }
    }

    /// An error of the operating system, told apart where the remedy differs.
    pub(crate) fn from_io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::IsADirectory => Self::Folder,
            // `ErrorKind::FilesystemLoop` is not stable; ELOOP is 40 on Linux and 62 on macOS.
            _ if matches!(error.raw_os_error(), Some(40 | 62)) && cfg!(unix) => Self::LinkLoop,
            _ => Self::Io(error),
        }
    }
}
