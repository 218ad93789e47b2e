//! Searches the pages of a source for what must not leave the prosecution.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::watch::Pulse;
use super::{Source, second};
use crate::leaks::{PageLeaks, examine};
use crate::look::Cache;
use crate::manifest::PageSelection;

/// Which pages of a file are to be searched.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    /// What each document takes of the file; `None` for all of it.
    selections: Vec<Option<PageSelection>>,
}

impl Wanted {
    pub(super) fn add(&mut self, selection: Option<PageSelection>) {
        self.selections.push(selection);
    }

    /// The pages, from 0. A selection that goes beyond the end is told elsewhere.
    fn pages(&self, count: u32) -> BTreeSet<u32> {
        let mut pages = BTreeSet::new();
        for selection in &self.selections {
            match selection {
                None => pages.extend(0..count),
                Some(selection) => {
                    let selected = selection.resolve(count).unwrap_or_default();
                    pages.extend(selected.into_iter().map(|page| page.0));
                }
            }
        }
        pages
    }
}

/// What the pages betray, each with its number from 1, with a sign of life before each.
pub(super) fn search(source: &Source, wanted: &Wanted, pulse: Pulse<'_>) -> Vec<(u32, PageLeaks)> {
    let wanted = wanted.pages(source.facts.page_count());
    if wanted.is_empty() {
        return Vec::new();
    }
    let pdf = second::open(source);
    let unread = || wanted.iter().map(|page| (page + 1, PageLeaks::default()));
    let Some(pdf) = pdf else {
        return unread().collect();
    };
    let searched = catch_unwind(AssertUnwindSafe(|| {
        let cache = Cache::new();
        let indexes = second::page_indexes(&pdf, source);
        let pages = pdf.pages();
        wanted
            .iter()
            .map(|number| {
                pulse();
                let index = indexes.get(*number as usize).copied().flatten();
                let page = index.and_then(|index| pages.get(index));
                let found = page.map(|page| examine(page, &cache));
                (number + 1, found.unwrap_or_default())
            })
            .collect()
    }));
    searched.unwrap_or_else(|_| unread().collect())
}
