//! What has been listed so far, so that the second of two is caught, however long the manifest.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::manifest::reader::Problem;
use crate::manifest::{ExhibitRef, PageSelection};
use crate::model::Code;

/// Files and references by the line that listed them first.
#[derive(Debug, Default)]
pub(super) struct Listings {
    exhibits: HashMap<String, usize>,
    /// For each file the stretches of pages taken: by first page, the last page and the line.
    pages: HashMap<PathBuf, BTreeMap<u32, (u32, usize)>>,
    names: HashSet<String>,
}

impl Listings {
    /// Notes an exhibit; a problem if its reference is taken.
    pub(super) fn exhibit(&mut self, exhibit: &ExhibitRef, line: usize) -> Result<(), Problem> {
        match self.exhibits.insert(exhibit.key(), line) {
            None => Ok(()),
            Some(first) => {
                self.exhibits.insert(exhibit.key(), first);
                let message = format!("exhibit {exhibit} is listed already, at line {first}");
                Err(Problem::new(Code::DuplicateExhibit, message)
                    .hint("give each exhibit its own reference, or delete one of the two"))
            }
        }
    }

    /// Notes the pages that a document takes of a file; a problem if any of them is taken.
    pub(super) fn file(
        &mut self,
        file: &Path,
        pages: Option<&PageSelection>,
        line: usize,
    ) -> Result<(), Problem> {
        self.names.insert(folded(file));
        // Names that differ in their Unicode form are one.
        let composed = PathBuf::from(file.to_string_lossy().nfc().collect::<String>());
        let taken = self.pages.entry(composed).or_default();
        let stretches = pages.map_or_else(|| vec![(1, u32::MAX)], PageSelection::stretches);
        let clash = stretches.iter().find_map(|&(first, last)| {
            let (_, &(end, line)) = taken.range(..=last).next_back()?;
            (end >= first).then_some(line)
        });
        if let Some(first_line) = clash {
            let what = if pages.is_some() { "pages of this file are" } else { "this file is" };
            let message = format!("{what} listed already, at line {first_line}");
            return Err(Problem::new(Code::DuplicatePath, message)
                .hint("delete one of the two, or give each its own pages"));
        }
        taken.extend(stretches.into_iter().map(|(first, last)| (first, (last, line))));
        Ok(())
    }

    /// Whether some disk would take this path for a listed file.
    pub(super) fn is_listed(&self, path: &Path) -> bool {
        self.names.contains(&folded(path))
    }
}

/// A path as a disk sees it that takes no notice of case or Unicode form.
pub(crate) fn folded(path: &Path) -> String {
    path.to_string_lossy().nfc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_in_common_make_a_duplicate() {
        let mut seen = Listings::default();
        let mut list = |file: &str, pages: &str, line| {
            let pages = (!pages.is_empty()).then(|| pages.parse().unwrap());
            seen.file(Path::new(file), pages.as_ref(), line).map_err(|problem| problem.message)
        };
        assert_eq!(list("a.pdf", "1-3, 2, 8", 1), Ok(()));
        assert_eq!(list("a.pdf", "4-7", 2), Ok(()));
        assert_eq!(list("a.pdf", "9-", 3), Ok(()));
        assert_eq!(list("b.pdf", "", 4), Ok(()));
        let taken = |line| Err(format!("pages of this file are listed already, at line {line}"));
        assert_eq!(list("a.pdf", "20", 5), taken(3));
        assert_eq!(list("a.pdf", "3", 6), taken(1));
        assert_eq!(list("b.pdf", "2", 7), taken(4));
        assert_eq!(list("a.pdf", "", 8), Err("this file is listed already, at line 3".to_owned()));
    }

    #[test]
    fn a_listed_file_is_known_in_any_spelling() {
        let mut seen = Listings::default();
        seen.file(Path::new("A/Llŷn.pdf"), None, 1).unwrap();
        assert!(seen.is_listed(Path::new("a/lly\u{302}n.PDF")));
        assert!(!seen.is_listed(Path::new("a/llyn.pdf")));
    }
}
