//! Finds the manifests that the user means.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use courtbundle::source::MANIFEST_NAME;
use walkdir::WalkDir;

/// Every manifest at or below some paths, in order, each once.
///
/// # Errors
///
/// A path that does not exist, or a folder without a manifest.
pub(crate) fn manifests(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let metadata = std::fs::metadata(path)
            .with_context(|| format!("{}: cannot be opened", path.display()))?;
        let manifests = if metadata.is_dir() {
            search(path)?
        } else {
            vec![path.clone()]
        };
        for manifest in manifests {
            if !found.contains(&manifest) {
                found.push(manifest);
            }
        }
    }
    Ok(found)
}

fn search(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let is_hidden = |name: &str| name.starts_with('.') && name.len() > 1 && name != "..";
    let manifests: Vec<PathBuf> = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())
        })
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() == MANIFEST_NAME)
        .map(|entry| {
            let path = entry.into_path();
            path.strip_prefix("./")
                .map(Path::to_path_buf)
                .unwrap_or(path)
        })
        .collect();
    if manifests.is_empty() {
        bail!(
            "{}: there is no {MANIFEST_NAME} in this folder or below it\n  hint: run `courtbundle init {}` to draft one",
            folder.display(),
            folder.display()
        );
    }
    Ok(manifests)
}
