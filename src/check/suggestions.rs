//! Names of files that come near one that is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::manifest::folded;

/// The files of a folder by what people see of their names, for finding one that is meant.
pub struct NearNames<'a> {
    names: Vec<(String, &'a PathBuf)>,
    exact: BTreeMap<String, Vec<&'a PathBuf>>,
    /// Comparisons that may still be made: names of thousands of files that all were renamed would
    /// take minutes.
    left: std::cell::Cell<usize>,
}

/// How many names are compared letter by letter for one case.
const MAX_COMPARISONS: usize = 400_000;

impl<'a> NearNames<'a> {
    /// Prepares the names of some files.
    pub fn new(present: &'a [PathBuf]) -> Self {
        let names: Vec<(String, &PathBuf)> =
            present.iter().map(|path| (plain(path), path)).collect();
        let mut exact: BTreeMap<String, Vec<&PathBuf>> = BTreeMap::new();
        for (name, path) in &names {
            exact.entry(name.clone()).or_default().push(path);
        }
        Self { names, exact, left: std::cell::Cell::new(MAX_COMPARISONS) }
    }

    /// The names that come nearest to one that is not there: at most three, best first.
    pub fn nearest(&self, wanted: &Path) -> Vec<String> {
        // What was asked for is no help, however its letters are stored.
        let composed = |path: &str| path.nfc().collect::<String>();
        let asked = composed(&shown(wanted));
        let mut nearest = self.by_name(&plain(wanted));
        nearest.retain(|name| composed(name) != asked);
        nearest
    }

    fn by_name(&self, wanted: &str) -> Vec<String> {
        if let Some(same) = self.exact.get(wanted) {
            return same.iter().take(3).map(|path| shown(path)).collect();
        }
        let wanted_name = last_part(wanted);
        let mut scored: Vec<(f64, &PathBuf)> = Vec::new();
        for (name, path) in &self.names {
            if !may_be_near(wanted_name, last_part(name)) && !may_be_near(wanted, name) {
                continue;
            }
            let Some(left) = self.left.get().checked_sub(1) else {
                break;
            };
            self.left.set(left);
            let score = strsim::normalized_damerau_levenshtein(wanted, name)
                .max(strsim::normalized_damerau_levenshtein(wanted_name, last_part(name)) * 0.98);
            if score >= NEAR {
                scored.push((score, path));
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored.into_iter().take(3).map(|(_, path)| shown(path)).collect()
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
fn plain(path: &Path) -> String {
    folded(path).replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_that_differs_only_in_case() {
        let present = ["statements/mg11 smith.pdf", "statements/MG11 Jones.pdf", "photo.pdf"]
            .map(PathBuf::from);
        let nearest = NearNames::new(&present).nearest(Path::new("statements/MG11 Smith.pdf"));
        assert_eq!(nearest.first().map(String::as_str), Some("statements/mg11 smith.pdf"));
    }

    #[test]
    fn a_hint_never_repeats_the_name_that_was_asked_for() {
        let present = [PathBuf::from("Ll\u{177}n.pdf"), PathBuf::from("LL\u{176}N.pdf")];
        let nearest = NearNames::new(&present).nearest(Path::new("Lly\u{302}n.pdf"));
        assert_eq!(nearest, ["LL\u{176}N.pdf"]);
    }

    #[test]
    fn a_part_of_a_name_is_no_match() {
        assert!(
            NearNames::new(&[PathBuf::from("extra.pdf")]).nearest(Path::new("a.pdf")).is_empty()
        );
    }
}
