//! What the operating system says when a file cannot be read or written, in words for people.

use std::io::{self, ErrorKind};

/// Why something could not be done to a file, and what to do about it. Nothing of it names the file.
///
/// ```
/// use std::io::{Error, ErrorKind};
///
/// use courtbundle::model::in_words;
///
/// let (why, hint) = in_words(&Error::from(ErrorKind::StorageFull));
/// assert_eq!((why.as_str(), hint), ("the drive is full", "make room on the drive and try again"));
/// ```
pub fn in_words(error: &io::Error) -> (String, &'static str) {
    let hint = "check that the drive is connected and that you may use the file";
    if let Some(own) = error.get_ref() {
        // Errors of temporary files name a file that exists for a moment only.
        let inner = own.source().and_then(|inner| inner.downcast_ref());
        return inner.map_or_else(|| (own.to_string(), hint), in_words);
    }
    let of_windows = error.raw_os_error().filter(|_| cfg!(windows)).and_then(windows);
    match (of_windows.or_else(|| known(error.kind())), error.raw_os_error()) {
        (Some((why, hint)), _) => (why.to_owned(), hint),
        (None, Some(code)) => (format!("the system refuses it (error {code})"), hint),
        (None, None) => (error.kind().to_string(), hint),
    }
}

/// Whether another program holds the file and may let go of it in a moment: scanners for viruses and programs that
/// synchronise folders hold new files for that long (Windows errors 5, 32 and 33).
pub(crate) fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

fn known(kind: ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::NotFound => (
            "there is no such file or folder",
            "check the path; it starts from the folder that you are in",
        ),
        ErrorKind::PermissionDenied => (
            "you do not have permission",
            "ask whoever looks after the folder, or choose another one",
        ),
        ErrorKind::IsADirectory => ("it is a folder, not a file", "name a file inside the folder"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ("a file stands where a folder is needed", "check the path, or choose another one")
        }
        ErrorKind::ReadOnlyFilesystem => {
            ("the drive is read-only", "choose a folder on another drive")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("the drive is full", "make room on the drive and try again")
        }
        ErrorKind::InvalidFilename => {
            ("no file can have this name", "choose a shorter or plainer name")
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => IN_USE,
        ErrorKind::NetworkDown | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            NOT_CONNECTED
        }
        ErrorKind::InvalidData => {
            ("it is not text in UTF-8", "open it in a text editor and save it as UTF-8")
        }
        ErrorKind::UnexpectedEof => ("it ends too early", "copy the file again"),
        _ => return None,
    })
}

const IN_USE: (&str, &str) = (
    "another program has it open",
    "close it there, also in the preview of Explorer, and try again",
);
const NOT_CONNECTED: (&str, &str) =
    ("the drive is not connected", "connect to the network or the VPN and try again");

/// What only Windows says, by the numbers of its `winerror.h`.
fn windows(code: i32) -> Option<(&'static str, &'static str)> {
    Some(match code {
        32 | 33 => IN_USE,
        15 | 53 | 55 | 59 | 64 | 67 | 121 | 1231 => NOT_CONNECTED,
        206 => ("its path is too long", "move the case to a folder nearer to the top of the drive"),
        358..=404 | 426 | 434 | 475 => (
            "it is kept online only",
            "right-click it, choose \"Always keep on this device\", and try again",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_the_system_reach_people() {
        for code in 1..140 {
            let (why, hint) = in_words(&io::Error::from_raw_os_error(code));
            assert!(!why.contains("os error") && !hint.is_empty(), "{code}: {why}");
        }
    }

    #[test]
    fn what_windows_says_has_words_of_its_own() {
        assert_eq!(windows(32), Some(IN_USE));
        assert_eq!(windows(53), Some(NOT_CONNECTED));
        assert_eq!(windows(362).map(|(why, _)| why), Some("it is kept online only"));
        assert_eq!(windows(2), None);
    }
}
