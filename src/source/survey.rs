//! What a case really holds: every listed file opened once, and the files that nothing lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::{Facts, Ink, Probe, Source, SourceError, ink};
use crate::manifest::{Case, Document};

/// The name that makes a folder a case.
pub const MANIFEST_NAME: &str = "bundle.toml";

/// How many files of a folder are looked through at the most.
const MAX_FILES: usize = 50_000;

/// What is there for one listed document.
#[derive(Debug, Clone)]
pub enum Held {
    /// The file is there and can be read.
    Present(Arc<Known>),
    /// No file is named yet.
    NotNamed,
    /// The file named is not there.
    Missing {
        /// Names that are there and come near.
        nearest: Vec<String>,
    },
    /// The file is there and cannot be used.
    Unreadable(Arc<SourceError>),
}

/// What is known of one present file.
#[derive(Debug)]
pub struct Known {
    /// Pages, size and hash.
    pub facts: Facts,
    /// What is printed at the edges of each page, where that was asked for.
    pub ink: Vec<Ink>,
}

/// What the folder of a case holds.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// For each section, for each document.
    pub documents: Vec<Vec<Held>>,
    /// Files that no document names, relative to the folder, sorted.
    pub unlisted: Vec<PathBuf>,
}

impl Evidence {
    /// What is there for a document.
    pub fn held(&self, section: usize, document: usize) -> &Held {
        self.documents
            .get(section)
            .and_then(|documents| documents.get(document))
            .unwrap_or(&Held::NotNamed)
    }
}

/// How a case is surveyed.
#[derive(Clone, Copy)]
pub struct Survey<'a> {
    /// Looks at the edges of every page, as numbering needs.
    pub probe: Option<Probe<'a>>,
    /// Which of the six places is the usual one; its edge is looked at first.
    pub usual: usize,
    /// Set when the user wants to stop; files that are not opened by then count as not named.
    pub stop: &'a AtomicBool,
    /// Told the pages of each file when it is done.
    pub progress: &'a (dyn Fn(u32) + Sync),
}

type Opened = Result<Arc<Known>, Arc<SourceError>>;

impl Survey<'_> {
    /// Opens every listed file once, several at a time.
    pub fn run(self, case: &Case) -> Evidence {
        let listed: BTreeSet<&Path> = documents(case)
            .filter_map(|document| document.file.as_deref())
            .collect();
        let opened: BTreeMap<&Path, Opened> = listed
            .par_iter()
            .filter(|_| !self.stop.load(Ordering::Relaxed))
            .map(|file| (*file, self.open(case, file).map(Arc::new).map_err(Arc::new)))
            .collect();
        let unlisted = unlisted(case, &listed);
        let near = NearNames::new(&unlisted);
        let held = |document: &Document| match document
            .file
            .as_deref()
            .map(|file| (file, opened.get(file)))
        {
            None | Some((_, None)) => Held::NotNamed,
            Some((_, Some(Ok(known)))) => Held::Present(Arc::clone(known)),
            Some((file, Some(Err(error)))) if matches!(**error, SourceError::NotFound) => {
                Held::Missing {
                    nearest: near.nearest(file),
                }
            }
            Some((_, Some(Err(error)))) => Held::Unreadable(Arc::clone(error)),
        };
        Evidence {
            documents: case
                .sections
                .iter()
                .map(|section| section.documents.iter().map(held).collect())
                .collect(),
            unlisted,
        }
    }

    fn open(self, case: &Case, file: &Path) -> Result<Known, SourceError> {
        let path = case.folder.join(file);
        let source = Source::open(&path)?;
        if !case.allow_outside && !lies_within(&path, &case.folder) {
            return Err(SourceError::Outside);
        }
        let ink = self
            .probe
            .map(|probe| ink::probe(&source, probe, self.usual))
            .unwrap_or_default();
        (self.progress)(source.facts.page_count());
        Ok(Known {
            facts: source.facts,
            ink,
        })
    }
}

fn documents(case: &Case) -> impl Iterator<Item = &Document> {
    case.sections.iter().flat_map(|section| &section.documents)
}

/// Whether a path, its links followed, stays within a folder.
fn lies_within(path: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(path), fs::canonicalize(folder)) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

/// Files of the case's folder that no document names; what the program wrote itself is left out.
fn unlisted(case: &Case, listed: &BTreeSet<&Path>) -> Vec<PathBuf> {
    let outputs: BTreeSet<PathBuf> = case
        .bundles
        .iter()
        .flat_map(|bundle| [bundle.output.clone(), audit_record(&bundle.output)])
        .collect();
    let output_folders: BTreeSet<&Path> = case
        .bundles
        .iter()
        .filter_map(|bundle| bundle.output.parent())
        .filter(|folder| {
            *folder != Path::new("") && !listed.iter().any(|file| file.starts_with(folder))
        })
        .collect();
    let mut files: Vec<PathBuf> = WalkDir::new(&case.folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !(is_system_file(entry) || is_other_case(entry))
        })
        .filter_map(Result::ok)
        .take(MAX_FILES)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            entry
                .path()
                .strip_prefix(&case.folder)
                .ok()
                .map(Path::to_path_buf)
        })
        .filter(|file| {
            !outputs.contains(file) && !output_folders.iter().any(|folder| file.starts_with(folder))
        })
        .filter(|file| {
            !listed.contains(file.as_path()) && file.extension().is_none_or(|kind| kind != "toml")
        })
        .collect();
    files.sort();
    files
}

/// The audit record that stands beside a bundle.
pub fn audit_record(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".json");
    PathBuf::from(name)
}

fn is_system_file(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name.as_ref(), "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

fn is_other_case(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(MANIFEST_NAME).is_file()
}

/// The files of a folder by what people see of their names, for finding one that is meant.
pub struct NearNames<'a> {
    names: Vec<(String, &'a PathBuf)>,
    exact: BTreeMap<String, Vec<&'a PathBuf>>,
    /// Comparisons that may still be made: names of thousands of files that all were renamed would
    /// take minutes.
    left: std::cell::Cell<usize>,
}

/// How many names are compared letter by letter for one case.
const MOST_COMPARISONS: usize = 400_000;

impl<'a> NearNames<'a> {
    /// Prepares the names of some files.
    pub fn new(present: &'a [PathBuf]) -> Self {
        let names: Vec<(String, &PathBuf)> =
            present.iter().map(|path| (folded(path), path)).collect();
        let mut exact: BTreeMap<String, Vec<&PathBuf>> = BTreeMap::new();
        for (name, path) in &names {
            exact.entry(name.clone()).or_default().push(path);
        }
        Self {
            names,
            exact,
            left: std::cell::Cell::new(MOST_COMPARISONS),
        }
    }

    /// The names that come nearest to one that is not there: at most three, best first.
    pub fn nearest(&self, wanted: &Path) -> Vec<String> {
        let wanted = folded(wanted);
        if let Some(same) = self.exact.get(&wanted) {
            return same.iter().take(3).map(|path| shown(path)).collect();
        }
        let wanted_name = last_part(&wanted);
        let mut scored: Vec<(f64, &PathBuf)> = Vec::new();
        for (name, path) in &self.names {
            if !may_be_near(wanted_name, last_part(name)) && !may_be_near(&wanted, name) {
                continue;
            }
            let Some(left) = self.left.get().checked_sub(1) else {
                break;
            };
            self.left.set(left);
            let score = strsim::normalized_damerau_levenshtein(&wanted, name)
                .max(strsim::normalized_damerau_levenshtein(wanted_name, last_part(name)) * 0.98);
            if score >= NEAR {
                scored.push((score, path));
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored
            .into_iter()
            .take(3)
            .map(|(_, path)| shown(path))
            .collect()
    }
}

/// How alike two names must be, 1 being the same.
const NEAR: f64 = 0.75;

/// Names of lengths too far apart cannot come near.
fn may_be_near(a: &str, b: &str) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    // A letter takes up to three bytes more in one name than in the other.
    short * 4 + 12 >= long * 3
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A path without what people cannot see: letter case, Unicode form, the kind of slash.
fn folded(path: &Path) -> String {
    path.to_string_lossy()
        .replace('\\', "/")
        .nfc()
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_differs_only_in_case() {
        let present = [
            "statements/mg11 smith.pdf",
            "statements/MG11 Jones.pdf",
            "photo.pdf",
        ]
        .map(PathBuf::from);
        let nearest = NearNames::new(&present).nearest(Path::new("statements/MG11 Smith.pdf"));
        assert_eq!(
            nearest.first().map(String::as_str),
            Some("statements/mg11 smith.pdf")
        );
    }

    #[test]
    fn a_decomposed_name_is_found() {
        let present = [PathBuf::from("Ll\u{177}n.pdf")];
        assert_eq!(
            NearNames::new(&present)
                .nearest(Path::new("Lly\u{302}n.pdf"))
                .len(),
            1
        );
    }

    #[test]
    fn a_part_of_a_name_is_no_match() {
        assert!(
            NearNames::new(&[PathBuf::from("extra.pdf")])
                .nearest(Path::new("a.pdf"))
                .is_empty()
        );
    }
}
