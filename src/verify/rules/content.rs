//! What a page gives away.

use super::{Outcome, Subject};
use crate::inspect::LeakKind;
use crate::model::words::count;
use crate::verify::inside::Occurrences;
use crate::verify::reading::ReadPage;

impl Subject<'_> {
    pub(super) fn not_searched(&self) -> Outcome {
        let pages = self.pages().filter(|(_, page)| !page.leaks.searched);
        Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
            format!("{} could not be searched in full", count(pages.len(), "page"))
        })
    }

    pub(super) fn hidden_layers(&self) -> Outcome {
        let layers = &self.reading.inside.layers;
        let message = match layers.count() {
            0 if layers.pages.is_empty() => return Outcome::Pass,
            0 => "content that is shown only where a layer is not".to_owned(),
            count_of_layers => format!(
                "{} not shown when it opens, or not always",
                count(count_of_layers, "layer")
            ),
        };
        Outcome::Fail { pages: layers.pages.iter().copied().collect(), message }
    }

    pub(super) fn author_metadata(&self) -> Outcome {
        let authors: Vec<&str> = self.reading.inside.authors.iter().copied().collect();
        if authors.is_empty() {
            return Outcome::Pass;
        }
        Outcome::of_file(format!("the properties of the file give {}", authors.join(", ")))
    }

    /// The pages that hold what some part of the search has found.
    pub(super) fn betrayed(&self, is_meant: impl Fn(&LeakKind) -> bool, what: &str) -> Outcome {
        let places = |page: &ReadPage| {
            let leaks = page.leaks.leaks.iter();
            leaks.filter(|leak| is_meant(&leak.kind)).count()
        };
        let found: Vec<(usize, usize)> = self
            .pages()
            .map(|(index, page)| (index, places(page)))
            .filter(|(_, places)| *places > 0)
            .collect();
        let total: usize = found.iter().map(|(_, places)| places).sum();
        Outcome::of_pages(found.into_iter().map(|(index, _)| index).collect(), |pages| {
            let pages = count(pages.len(), "page");
            format!("{what}: {} on {pages}", count(total, "place"))
        })
    }
}

pub(super) fn found(found: &Occurrences, what: &str) -> Outcome {
    if found.is_empty() {
        return Outcome::Pass;
    }
    let pages: Vec<usize> = found.pages.keys().copied().collect();
    let total: usize = found.pages.values().sum();
    let mut parts: Vec<String> = found.document.iter().cloned().collect();
    if total > 0 {
        parts.push(format!("{total} on {}", count(pages.len(), "page")));
    }
    Outcome::Fail { message: format!("{what}: {}", parts.join(", ")), pages }
}
