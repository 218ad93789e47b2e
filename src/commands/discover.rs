//! Finds the manifests that the user means.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Error, anyhow};
use courtbundle::build::CaseKey;
use courtbundle::check::display;
use courtbundle::source::MANIFEST_NAME;
use walkdir::WalkDir;

use super::Outcome;
use crate::console::Console;

/// Every manifest at or below some paths, in order, each once; and how that ended. A path that leads
/// to none is told, and does not stand in the way of the others.
pub(crate) fn manifests(paths: &[PathBuf], console: &Console) -> (Vec<PathBuf>, Outcome) {
    let (found, outcome) = keyed(paths, console);
    (
        found.into_iter().map(|(manifest, _)| manifest).collect(),
        outcome,
    )
}

/// The same, each with what its case is called wherever the folder searched stands.
pub(super) fn keyed(paths: &[PathBuf], console: &Console) -> (Vec<(PathBuf, CaseKey)>, Outcome) {
    let mut found: Vec<(PathBuf, CaseKey)> = Vec::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut outcome = Outcome::Done;
    for path in paths {
        match at(path) {
            Ok(manifests) => {
                for (manifest, key) in manifests {
                    if seen.insert(manifest.clone()) {
                        found.push((manifest, key));
                    }
                }
            }
            Err(error) => {
                console.error(&error);
                outcome = Outcome::Impossible;
            }
        }
    }
    (found, outcome)
}

fn at(path: &Path) -> Result<Vec<(PathBuf, CaseKey)>, Error> {
    let name = display(path);
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!(
            "{name}: cannot be opened: there is no such file or folder\n  hint: check the path; it starts from the folder that you are in"
        ),
        _ => anyhow!("{name}: cannot be opened: {error}"),
    })?;
    if metadata.is_dir() {
        return search(path);
    }
    // What is no file might never end.
    if !metadata.is_file() {
        return Err(anyhow!("{name}: neither a file nor a folder"));
    }
    if path
        .extension()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("pdf"))
    {
        return Err(anyhow!(
            "{name}: a PDF, not a manifest\n  hint: name the folder of the case, or its {MANIFEST_NAME}"
        ));
    }
    Ok(vec![(path.to_path_buf(), CaseKey::of(path))])
}

fn search(folder: &Path) -> Result<Vec<(PathBuf, CaseKey)>, Error> {
    let is_hidden = |name: &str| name.starts_with('.') && name.len() > 1 && name != "..";
    let manifests: Vec<(PathBuf, CaseKey)> = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())
        })
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() == MANIFEST_NAME)
        .map(|entry| {
            let path = entry.into_path();
            let key = CaseKey::of(path.strip_prefix(folder).unwrap_or(&path));
            let path = path
                .strip_prefix("./")
                .map(Path::to_path_buf)
                .unwrap_or(path);
            (path, key)
        })
        .collect();
    if manifests.is_empty() {
        let name = display(folder);
        let quoted = if name.contains(' ') {
            format!("\"{name}\"")
        } else {
            name.clone()
        };
        return Err(anyhow!(
            "{name}: there is no {MANIFEST_NAME} in this folder or below it\n  hint: run `courtbundle init {quoted}` to draft one"
        ));
    }
    Ok(manifests)
}
