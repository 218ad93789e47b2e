//! Gets the text of a manifest from disk; the only I/O of this room.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::model::{Code, Finding, in_words};

/// The text of the file at `path`.
pub(super) fn text(path: &Path) -> Result<String, Box<Finding>> {
    let bytes = fs::read(path).map_err(|error| Box::new(unreadable(path, &error)))?;
    String::from_utf8(bytes)
        .map_err(|error| Box::new(not_utf8(error.as_bytes(), error.utf8_error().valid_up_to())))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Finding {
    let finding = |message: &str| Finding::new(Code::ManifestUnreadable, message);
    // Asked for separately because systems disagree on the error for reading a folder.
    if path.is_dir() {
        return finding("the manifest is a folder, not a file")
            .hint("give the path of a bundle.toml, or of the folder that holds it");
    }
    match error.kind() {
        ErrorKind::NotFound => finding("there is no manifest here").hint(
            "check the path, or run `courtbundle init` in the folder of the case to draft one",
        ),
        ErrorKind::PermissionDenied => finding("the manifest may not be read by this user")
            .hint("ask for permission to read it"),
        _ => {
            let (why, hint) = in_words(error);
            finding(&format!("the manifest cannot be read: {why}")).hint(hint)
        }
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Finding {
    let hint = "open it in a text editor and save it as UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let message = "the manifest is written in UTF-16, not UTF-8";
        return Finding::new(Code::ManifestUnreadable, message).hint(hint).at_line(1);
    }
    let good = bytes.get(..valid).unwrap_or_default();
    let line_start = good.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let before = String::from_utf8_lossy(good.get(line_start..).unwrap_or_default());
    let wrong = bytes.get(valid).copied().unwrap_or_default();
    let message = format!("the manifest is not UTF-8: byte {} is {wrong:#04x}", valid + 1);
    let line = good.iter().filter(|&&b| b == b'\n').count() + 1;
    let mut finding = Finding::new(Code::ManifestUnreadable, message).hint(hint).at_line(line);
    finding.column = Some(before.chars().count() + 1);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> Box<Finding> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bundle.toml");
        fs::write(&path, bytes).unwrap();
        text(&path).unwrap_err()
    }

    #[test]
    fn bytes_that_are_not_text_are_placed() {
        let finding = problem(b"# ok\n# na\xc3\xafve caf\xe9\n");
        assert_eq!((finding.line, finding.column), (Some(2), Some(12)));
        assert_eq!(finding.message, "the manifest is not UTF-8: byte 18 is 0xe9");
        assert!(problem(b"\xff\xfeu\0r\0").message.contains("UTF-16"));
    }

    #[test]
    fn a_folder_and_a_missing_file_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let message = |path: &Path| text(path).unwrap_err().message;
        assert_eq!(message(folder.path()), "the manifest is a folder, not a file");
        assert_eq!(message(&folder.path().join("none.toml")), "there is no manifest here");
    }
}
