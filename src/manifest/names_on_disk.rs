//! Files whose names have another Unicode form on the disk than in the manifest: `ŷ` as one character or as two.

use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::Case;
use crate::model::{Code, DocumentRef, Finding};

/// Lets each document name its file as the disk does, and tells where that differs.
pub(super) fn take(case: &mut Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for section in &mut case.sections {
        for document in &mut section.documents {
            let Some(file) = document.file.clone() else { continue };
            if let Some(on_disk) = same_name(&case.folder, &file) {
                let finding = Finding::new(
                    Code::NameForm,
                    "the name of its file has another Unicode form on the disk; it is taken for the same file",
                );
                let document_ref = DocumentRef {
                    section: section.letter.to_string(),
                    title: document.title.clone(),
                    file: Some(file.to_string_lossy().replace('\\', "/")),
                };
                findings.push(finding.of(document_ref).at_line(document.line));
                document.file = Some(on_disk);
            }
        }
    }
    findings
}

/// The path of a file that is not there as typed and is there in another Unicode form.
fn same_name(folder: &Path, file: &Path) -> Option<PathBuf> {
    // Most names have one form only, and are there.
    if file.to_string_lossy().is_ascii() || folder.join(file).exists() {
        return None;
    }
    let mut found = PathBuf::new();
    for part in file {
        let part = Path::new(part);
        found = match folder.join(&found).join(part).exists() {
            true => found.join(part),
            false => found.join(in_folder(&folder.join(&found), part)?),
        };
    }
    Some(found)
}

fn in_folder(folder: &Path, name: &Path) -> Option<PathBuf> {
    let composed = |name: &Path| name.to_string_lossy().nfc().collect::<String>();
    let wanted = composed(name);
    let names = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.file_name());
    names.map(PathBuf::from).find(|name| composed(name) == wanted)
}
