//! Collects findings and knows the line and column of every byte.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;

use crate::model::{Code, DocumentRef, Finding};

/// The findings about one manifest.
///
/// Many readers hold it at the same time and only ever add to it, hence the cell.
#[derive(Debug)]
pub(in crate::manifest) struct Log<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
    broken: Cell<bool>,
}

impl<'t> Log<'t> {
    /// An empty log about `text`.
    pub(in crate::manifest) fn new(text: &'t str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(after_breaks).collect(),
            findings: RefCell::default(),
            broken: Cell::new(false),
        }
    }

    /// The line of a byte, from 1.
    pub(in crate::manifest) fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at).max(1)
    }

    /// The column of a byte in characters, from 1.
    fn column(&self, at: usize) -> usize {
        let start = self.line_starts.get(self.line(at) - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at.min(self.text.len()));
        before.map_or(0, |text| text.chars().count()) + 1
    }

    /// Notes that `name` stands at a byte; the line of the first of that name if this is another.
    pub(in crate::manifest) fn first_of<N: Eq + Hash>(
        &self,
        places: &mut HashMap<N, usize>,
        name: N,
        at: usize,
    ) -> Option<usize> {
        let first = *places.entry(name).or_insert(at);
        (first != at).then(|| self.line(first))
    }

    /// Adds a finding at a byte of the manifest.
    pub(in crate::manifest) fn report(&self, at: usize, problem: impl Into<Finding>) {
        let mut finding = problem.into();
        if finding.code == Code::ManifestSyntax {
            self.broken.set(true);
        }
        finding.line = Some(self.line(at));
        finding.column = Some(self.column(at));
        self.findings.borrow_mut().push(finding);
    }

    /// Whether a syntax error has been reported, and so the tree is a guess.
    pub(in crate::manifest) fn is_broken(&self) -> bool {
        self.broken.get()
    }

    /// How many findings there are so far.
    pub(in crate::manifest) fn mark(&self) -> usize {
        self.findings.borrow().len()
    }

    /// Says of every finding since `mark` that it is about this document.
    pub(in crate::manifest) fn attribute(&self, mark: usize, document: &DocumentRef) {
        for finding in self.findings.borrow_mut().iter_mut().skip(mark) {
            finding.document.get_or_insert_with(|| document.clone());
        }
    }

    /// The findings in the order of the manifest.
    ///
    /// Past a syntax error the tree is a guess. What it seems to lack may only be hidden, and what
    /// stands on the same line is the same mistake seen twice; neither is worth a line of its own.
    pub(in crate::manifest) fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings.into_inner();
        findings.sort_by_key(|finding| (finding.line, finding.column));
        let broken: Vec<_> = findings
            .iter()
            .filter(|finding| finding.code == Code::ManifestSyntax)
            .map(|finding| finding.line)
            .collect();
        if !broken.is_empty() {
            findings.retain(|finding| match finding.code {
                Code::ManifestSyntax => true,
                Code::MissingKey | Code::UnknownSection => false,
                _ => broken.binary_search(&finding.line).is_err(),
            });
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let text = "a\nŵŷx\r\n\nz";
        let log = Log::new(text);
        let place = |at| (log.line(at), log.column(at));
        assert_eq!(place(0), (1, 1));
        assert_eq!(place(text.find('x').unwrap()), (2, 3));
        assert_eq!(place(text.find('z').unwrap()), (4, 1));
        assert_eq!(place(9999), (4, 2));
    }
}
