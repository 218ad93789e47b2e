//! Walks the folder of a case and sorts what is evidence from what is not.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::{DraftError, RelPath, natural};
use crate::manifest::paths;
use crate::model::in_words;

/// The folder to which bundles are written unless a manifest says otherwise.
const OUTPUT_FOLDER: &str = "out";
const MANIFEST: &str = "bundle.toml";

/// What lies in a folder.
#[derive(Debug, Default)]
pub(super) struct FolderContents {
    /// The PDFs, in natural order.
    pub(super) files: Vec<RelPath>,
    /// What was left out, and why.
    pub(super) notes: Vec<String>,
}

/// The documents below `folder`.
pub(super) fn documents(folder: &Path) -> Result<FolderContents, DraftError> {
    if !folder.is_dir() {
        return Err(DraftError::NotAFolder(folder.to_owned()));
    }
    let mut found = FolderContents::default();
    let by_name = |a: &DirEntry, b: &DirEntry| {
        natural::compare(&a.file_name().to_string_lossy(), &b.file_name().to_string_lossy())
    };
    // Links are followed because evidence is often linked in; a loop comes back as an error.
    let mut walk = WalkDir::new(folder).follow_links(true).sort_by(by_name).into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) if entry.file_type().is_dir() => {
                if let Some(why) = not_a_section(&entry) {
                    found.leave_out(entry.path(), folder, why);
                    walk.skip_current_dir();
                }
            }
            Ok(entry) => found.file(&entry, folder),
            Err(error) if error.depth() == 0 => {
                return Err(DraftError::Unreadable {
                    folder: folder.to_owned(),
                    reason: error.into(),
                });
            }
            Err(error) => {
                let why = match error.loop_ancestor() {
                    Some(_) => "a link that leads back to a folder above it".to_owned(),
                    None => {
                        let why =
                            error.io_error().map_or_else(|| error.to_string(), |io| in_words(io).0);
                        format!("it cannot be read: {why}")
                    }
                };
                found.leave_out(error.path().unwrap_or(folder), folder, &why);
            }
        }
    }
    Ok(found)
}

/// Why nothing in this folder belongs to the case.
fn not_a_section(entry: &DirEntry) -> Option<&'static str> {
    if is_hidden(entry) {
        return Some("a hidden folder");
    }
    if entry.depth() == 1 && entry.file_name().eq_ignore_ascii_case(OUTPUT_FOLDER) {
        return Some("the folder for finished bundles");
    }
    entry.path().join(MANIFEST).is_file().then_some("a case with a manifest of its own")
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

impl FolderContents {
    fn file(&mut self, entry: &DirEntry, folder: &Path) {
        match not_evidence(entry) {
            None => match relative(entry.path(), folder) {
                Some(path) => self.files.push(path),
                None => self.leave_out(
                    entry.path(),
                    folder,
                    "a manifest cannot hold its name; rename it without backslashes, control \
                     characters or a drive letter",
                ),
            },
            Some("") => {}
            Some(why) => self.leave_out(entry.path(), folder, why),
        }
    }

    fn leave_out(&mut self, path: &Path, folder: &Path, why: &str) {
        let path = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        let shown: String = path.chars().flat_map(visible).collect();
        self.notes.push(format!("left out {shown}: {why}"));
    }
}

/// Why a file is not drafted; empty where it is one of the program's own.
fn not_evidence(entry: &DirEntry) -> Option<&'static str> {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    if name == MANIFEST || name.ends_with(".pdf.json") {
        return Some("");
    }
    if is_hidden(entry) {
        return Some("a hidden file");
    }
    if !entry.file_type().is_file() {
        return Some("not a file");
    }
    if ["thumbs.db", "desktop.ini"].contains(&name.as_str()) {
        return Some("a file of the operating system");
    }
    if !name.ends_with(".pdf") {
        return Some("not a PDF");
    }
    let mut record = entry.path().as_os_str().to_owned();
    record.push(".json");
    Path::new(&record).is_file().then_some("a bundle made earlier")
}

/// The path as a manifest writes it, if a manifest can.
fn relative(path: &Path, folder: &Path) -> Option<RelPath> {
    let parts = path.strip_prefix(folder).ok()?.iter();
    let parts = parts.map(|part| part.to_str()).collect::<Option<Vec<_>>>()?;
    let path = parts.join("/");
    paths::can_hold(&path).then_some(RelPath(path))
}

/// The character itself, or its code where a terminal would act on it.
fn visible(c: char) -> Vec<char> {
    if c.is_control() { c.escape_default().collect() } else { vec![c] }
}
