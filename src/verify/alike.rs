//! Pages that say the same, or nearly so, found without comparing every page with every other.

use std::collections::HashMap;

use crate::pdf::page::{PageContent, SAME_WORDS, likeness};

/// So many shingles of a page can be looked up; they are as good as drawn by lot.
const LOOKED_UP: usize = 32;

/// So many of them are looked up, those that fewest pages have: two pages that are alike share one of these, and what the
/// forms of an office have in common leads to no page.
const RAREST: usize = 8;

/// A page is compared with no more than this many before it, or a bundle of one form a thousand times over would take a day.
/// Pages with exactly the same words are found all the same.
const MAX_COMPARED: usize = 500;

/// Which pages have which shingles.
pub(super) struct Alike<'p> {
    pages: &'p [&'p PageContent],
    /// A shingle, and a page that has it; sorted.
    shingles: Vec<(u32, u32)>,
    /// The first page of exactly these shingles.
    exact: HashMap<&'p [u32], usize>,
}

impl<'p> Alike<'p> {
    pub(super) fn new(pages: &'p [&'p PageContent]) -> Self {
        let mut shingles: Vec<(u32, u32)> = Vec::new();
        let mut exact: HashMap<&[u32], usize> = HashMap::new();
        for (number, (index, page)) in (0..).zip(pages.iter().enumerate()) {
            exact.entry(&page.shingles).or_insert(index);
            shingles.extend(looked_up(page).map(|shingle| (shingle, number)));
        }
        shingles.sort_unstable();
        Self { pages, shingles, exact }
    }

    /// The first page before one, both from 0, that says nearly the same.
    pub(super) fn before(&self, index: usize) -> Option<usize> {
        let page = self.pages.get(index)?;
        let is_alike = |other: &usize| {
            let other = self.pages.get(*other);
            other.is_some_and(|other| likeness(&page.shingles, &other.shingles) >= SAME_WORDS)
        };
        let exact = self.exact.get(page.shingles.as_slice());
        let exact = exact.copied().filter(|first| *first < index);
        let near = self.candidates(page, index).into_iter().find(is_alike);
        exact.into_iter().chain(near).min()
    }

    /// Pages before one that share a rare shingle with it, in order.
    fn candidates(&self, page: &PageContent, index: usize) -> Vec<usize> {
        let mut lists: Vec<&[(u32, u32)]> =
            looked_up(page).map(|shingle| self.pages_with(shingle)).collect();
        lists.sort_by_key(|list| list.len());
        let mut pages: Vec<usize> = lists
            .into_iter()
            .take(RAREST)
            .flat_map(|list| {
                let pages = list.iter().map(|(_, page)| *page as usize);
                pages.take_while(|page| *page < index).take(MAX_COMPARED)
            })
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages.truncate(MAX_COMPARED);
        pages
    }

    fn pages_with(&self, shingle: u32) -> &[(u32, u32)] {
        let start = self.shingles.partition_point(|(other, _)| *other < shingle);
        let rest = self.shingles.get(start..).unwrap_or_default();
        let end = rest.partition_point(|(other, _)| *other == shingle);
        rest.get(..end).unwrap_or_default()
    }
}

/// Hashes are spread evenly, so the smallest are a sample, and the same one for pages that are alike.
fn looked_up(page: &PageContent) -> impl Iterator<Item = u32> {
    page.shingles.iter().take(LOOKED_UP).copied()
}

#[cfg(test)]
mod tests {
    use super::super::duplicates::tests::words;
    use super::*;

    fn firsts(pages: &[PageContent]) -> Vec<Option<usize>> {
        let pages: Vec<&PageContent> = pages.iter().collect();
        let alike = Alike::new(&pages);
        (0..pages.len()).map(|index| alike.before(index)).collect()
    }

    /// Shingles as they are hashed: spread evenly, the same for the same words.
    fn spread(words_of: impl IntoIterator<Item = u32>) -> PageContent {
        words(words_of.into_iter().map(|word| word.wrapping_mul(2_654_435_761)))
    }

    #[test]
    fn a_page_with_a_few_other_words_is_alike_and_one_with_more_is_not() {
        let pages = [spread(0..250), spread(3..253), spread(20..270)];
        assert_eq!(firsts(&pages), [None, Some(0), None]);
    }

    #[test]
    fn forms_that_share_most_of_their_words_are_told_apart() {
        let form = |person: u32| {
            let own = 10_000 * person;
            spread((0..180).chain(own..own + 40))
        };
        let mut pages: Vec<PageContent> = (1..2000).map(form).collect();
        pages.push(form(1500));
        let found = firsts(&pages);
        assert_eq!(found.last(), Some(&Some(1499)));
        assert_eq!(found.iter().flatten().count(), 1);
    }

    #[test]
    fn likeness_is_told_from_a_sample_as_well() {
        let is = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}");
        is(likeness(&[1, 2, 3, 4], &[2, 3, 4, 5]), 0.6);
        is(likeness(&[1, 2], &[1, 2]), 1.0);
        is(likeness(&[1, 2], &[3, 4]), 0.0);
        let kept: Vec<u32> = (0..256).collect();
        let others: Vec<u32> = (64..320).collect();
        is(likeness(&kept, &others), 0.75);
    }
}
