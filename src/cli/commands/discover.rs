//! Finds the manifests that the user means.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, anyhow};
use courtbundle::bundle::CaseKey;
use courtbundle::check::MANIFEST_NAME;
use courtbundle::check::display;
use courtbundle::model::in_words;
use walkdir::{DirEntry, WalkDir};

use super::Outcome;
use crate::cli::console::Console;

/// Every manifest at or below some paths, in order, each once; and how that ended. A path that leads
/// to none is told, and does not stand in the way of the others.
pub(crate) fn manifests(paths: &[PathBuf], console: &Console) -> (Vec<PathBuf>, Outcome) {
    let (found, outcome) = keyed(paths, console);
    (found.into_iter().map(|(manifest, _)| manifest).collect(), outcome)
}

/// The same, each with what its case is called wherever the folder searched stands.
pub(super) fn keyed(paths: &[PathBuf], console: &Console) -> (Vec<(PathBuf, CaseKey)>, Outcome) {
    let mut found: Vec<(PathBuf, CaseKey)> = Vec::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut errors: Vec<Error> = Vec::new();
    for path in paths {
        match at(path) {
            Ok(at) => {
                let is_new = |found: &(PathBuf, CaseKey)| seen.insert(found.0.clone());
                found.extend(at.manifests.into_iter().filter(is_new));
                errors.extend(at.unsearched);
            }
            Err(error) => errors.push(error),
        }
    }
    errors.iter().for_each(|error| console.error(error));
    let outcome = match errors.is_empty() {
        true => Outcome::Done,
        false => Outcome::Impossible,
    };
    (found, outcome)
}

/// What is at a path.
struct Searched {
    /// The manifests, each with what its case is called.
    manifests: Vec<(PathBuf, CaseKey)>,
    /// The folders below it that cannot be read: nobody knows which cases they hold.
    unsearched: Vec<Error>,
}

fn at(path: &Path) -> Result<Searched, Error> {
    let name = display(path);
    let metadata = std::fs::metadata(path).with_context(|| format!("{name}: cannot be opened"))?;
    if metadata.is_dir() {
        return search(path);
    }
    // What is no file might never end.
    if !metadata.is_file() {
        return Err(anyhow!("{name}: neither a file nor a folder"));
    }
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("pdf")) {
        return Err(anyhow!(
            "{name}: a PDF, not a manifest\n  hint: name the folder of the case, or its {MANIFEST_NAME}"
        ));
    }
    Ok(Searched {
        manifests: vec![(path.to_path_buf(), CaseKey::of(path))],
        unsearched: Vec::new(),
    })
}

/// What Windows and its servers keep at the top of each drive; old manifests lie in the bin.
const SYSTEM_FOLDERS: [&str; 3] = ["$RECYCLE.BIN", "System Volume Information", "DfsrPrivate"];

fn is_hidden(name: &str) -> bool {
    let is_system = SYSTEM_FOLDERS.iter().any(|system| system.eq_ignore_ascii_case(name));
    is_system || (name.starts_with('.') && name.len() > 1 && name != "..")
}

/// A name that somebody meant for that of a manifest: Explorer hides endings, and Notepad adds one.
fn is_nearly_a_manifest(name: &str) -> bool {
    let name = name.to_lowercase();
    name == MANIFEST_NAME || name.strip_suffix(".txt") == Some(MANIFEST_NAME)
}

fn search(folder: &Path) -> Result<Searched, Error> {
    let mut nearly = None;
    let (mut entries, mut unsearched) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(folder).sort_by_file_name();
    let is_shown =
        |entry: &DirEntry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy());
    for entry in walk.into_iter().filter_entry(is_shown) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && entry.file_name() == MANIFEST_NAME => {
                entries.push(entry);
            }
            Ok(entry) if is_nearly_a_manifest(&entry.file_name().to_string_lossy()) => {
                nearly = Some(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => unsearched.push(unsearchable(&error)),
        }
    }
    let manifests: Vec<(PathBuf, CaseKey)> = entries
        .into_iter()
        .map(|entry| {
            let path = entry.into_path();
            let key = CaseKey::of(path.strip_prefix(folder).unwrap_or(&path));
            let path = path.strip_prefix("./").map(Path::to_path_buf).unwrap_or(path);
            (path, key)
        })
        .collect();
    if let (true, Some(nearly)) = (manifests.is_empty(), nearly) {
        return Err(anyhow!(
            "{}: is not called {MANIFEST_NAME}\n  hint: rename it to {MANIFEST_NAME}",
            display(&nearly)
        ));
    }
    if manifests.is_empty() && unsearched.is_empty() {
        let name = display(folder);
        let quoted = if name.contains(' ') { format!("\"{name}\"") } else { name.clone() };
        return Err(anyhow!(
            "{name}: there is no {MANIFEST_NAME} in this folder or below it\n  hint: run `courtbundle init {quoted}` to draft one"
        ));
    }
    Ok(Searched { manifests, unsearched })
}

fn unsearchable(error: &walkdir::Error) -> Error {
    let name = error.path().map(display).unwrap_or_default();
    let why = error.io_error().map_or_else(|| error.to_string(), |error| in_words(error).0);
    anyhow!(
        "{name}: cannot be searched: {why}\n  hint: the cases in it are left out of everything below"
    )
}
