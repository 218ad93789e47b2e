//! Looks at the pages of a source: for what must not leave the prosecution, and for what the rules of a court are tested
//! on.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;

use super::ink::Pictures;
use super::unseen::copy_without;
use super::watch::Pulse;
use super::{Source, second};
use crate::leaks::{FileWords, PageLeaks, examine, examine_view};
use crate::look::{self, Cache, PageContent};
use crate::manifest::PageSelection;

/// Which pages of a file are to be looked at. A selection is what one document takes of the file; `None` is all of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    leaks: Vec<Option<PageSelection>>,
    contents: Vec<Option<PageSelection>>,
    without: Vec<Option<PageSelection>>,
}

impl Wanted {
    /// The pages of a document are searched for what must not leave the prosecution.
    pub(super) fn search(&mut self, selection: Option<PageSelection>) {
        self.leaks.push(selection);
    }

    /// And once more as they are without what nobody sees.
    pub(super) fn search_without(&mut self, selection: Option<PageSelection>) {
        self.without.push(selection);
    }

    /// What the pages of a document show is noted.
    pub(super) fn inspect(&mut self, selection: Option<PageSelection>) {
        self.contents.push(selection);
    }
}

/// The pages of some selections, from 0. A selection that goes beyond the end is told elsewhere.
fn pages(selections: &[Option<PageSelection>], count: u32) -> BTreeSet<u32> {
    let mut pages = BTreeSet::new();
    for selection in selections {
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

/// What was found, by page from 1.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) leaks: Vec<(u32, PageLeaks)>,
    pub(super) contents: BTreeMap<u32, PageContent>,
}

/// Looks at the pages wanted, each once, with a sign of life before each. A page that cannot be looked at has leaks that say
/// so, and no content.
pub(super) fn search(
    source: &Source,
    wanted: &Wanted,
    pictures: &Pictures,
    pulse: Pulse<'_>,
) -> Found {
    let count = source.facts.page_count();
    let searched = pages(&wanted.leaks, count);
    let inspected = pages(&wanted.contents, count);
    if searched.is_empty() && inspected.is_empty() {
        return Found::default();
    }
    let unread = || Found {
        leaks: searched
            .iter()
            .map(|page| (page + 1, PageLeaks::default()))
            .collect(),
        contents: BTreeMap::new(),
    };
    let Some(pdf) = second::open(source) else {
        return unread();
    };
    catch_unwind(AssertUnwindSafe(|| {
        look_over(&pdf, source, &searched, &inspected, pictures, pulse)
    }))
    .unwrap_or_else(|_| unread())
}

/// Pages, from 0, that change when what nobody sees is taken out of them, and a file of them in order.
pub(super) struct Changed {
    pages: BTreeSet<u32>,
    bytes: Vec<u8>,
}

/// The pages wanted without what nobody sees, as far as they change; `None` where none does.
pub(super) fn without_unseen(source: &Source, wanted: &Wanted) -> Option<Changed> {
    let wanted = pages(&wanted.without, source.facts.page_count());
    let (pages, bytes) = copy_without(source, &wanted)?;
    Some(Changed { pages, bytes })
}

/// What those pages betray then, by page from 1. A page that cannot be searched is left out.
pub(super) fn search_changed(changed: Changed, pulse: Pulse<'_>) -> BTreeMap<u32, PageLeaks> {
    let Changed { pages, bytes } = changed;
    let open = AssertUnwindSafe(|| Pdf::new(Arc::new(bytes)).ok());
    let Some(pdf) = catch_unwind(open).ok().flatten() else {
        return BTreeMap::new();
    };
    let (cache, words) = (Cache::new(), FileWords::of(&pdf, pdf.pages().first()));
    if pdf.pages().len() != pages.len() {
        return BTreeMap::new();
    }
    let leaks = pages.iter().zip(pdf.pages().iter()).map(|(number, page)| {
        pulse();
        (number + 1, examine(page, &cache, &words))
    });
    leaks.filter(|(_, leaks)| leaks.searched).collect()
}

fn look_over(
    pdf: &Pdf,
    source: &Source,
    searched: &BTreeSet<u32>,
    inspected: &BTreeSet<u32>,
    pictures: &Pictures,
    pulse: Pulse<'_>,
) -> Found {
    // A box may be drawn as a picture of one point, so small ones are looked into.
    let is_honest = |number: &u32| pictures.are_honest_on(*number);
    let may_search = |page: &&Page<'_>| {
        let content = page.page_stream();
        content.is_none_or(|content| pictures.may_search(content))
    };
    let cache = Cache::new();
    let indexes = second::page_indexes(pdf, source);
    let pages = pdf.pages();
    let page_of = |number: u32| pages.get(indexes.get(number as usize).copied().flatten()?);
    let words = match searched.iter().find(|number| is_honest(number)) {
        None => FileWords::default(),
        Some(first) => FileWords::of(pdf, page_of(*first)),
    };
    let mut found = Found::default();
    for number in searched.union(inspected) {
        pulse();
        let page = Some(*number).filter(is_honest).and_then(page_of);
        let (leaks, content) = page
            .filter(may_search)
            .map(|page| {
                look_at(
                    page,
                    &cache,
                    searched.contains(number).then_some(&words),
                    inspected.contains(number),
                )
            })
            .unwrap_or_default();
        if searched.contains(number) {
            found.leaks.push((number + 1, leaks));
        }
        found
            .contents
            .extend(content.map(|content| (number + 1, content)));
    }
    found
}

fn look_at<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    search: Option<&FileWords>,
    inspect: bool,
) -> (PageLeaks, Option<PageContent>) {
    catch_unwind(AssertUnwindSafe(|| {
        let view = look::view(page, cache);
        let content = inspect.then(|| PageContent::new(page, &view, &view.lines(), &[]));
        let leaks = search.map(|words| examine_view(page, cache, view, words));
        (leaks.unwrap_or_default(), content)
    }))
    .unwrap_or_default()
}
