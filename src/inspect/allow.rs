//! Personal data that somebody has looked at and lets pass.

use super::{LeakKind, LeakPlace, PageLeaks, Personal};
use crate::manifest::{Allowed, AllowedAt};

/// One occurrence of personal data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item {
    /// What kind of data.
    pub kind: Personal,
    /// The page of the source, from 1.
    pub page: u32,
    /// Which of that kind on the page, from 1, in the order in which it is read.
    pub item: u32,
    /// Where it stands.
    pub place: LeakPlace,
}

/// An occurrence that somebody lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// What kind of data.
    pub kind: Personal,
    /// The page of the source, from 1.
    pub page: u32,
    /// Which of that kind on the page, from 1.
    pub item: u32,
}

impl Pass {
    /// What an entry lets pass on a page; nothing where it is about words of the manifest.
    pub fn of(allowed: &Allowed) -> Option<Self> {
        let AllowedAt::Page(page) = allowed.at else {
            return None;
        };
        Some(Self { kind: allowed.kind, page, item: allowed.item })
    }
}

/// What is left of some findings when those let pass are taken out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Suppressed {
    /// What nobody lets pass.
    pub left: Vec<Item>,
    /// How many occurrences were let pass.
    pub passed: usize,
    /// Which of the entries, from 0, let nothing pass.
    pub unmatched: Vec<usize>,
}

/// Takes out what somebody lets pass, occurrence by occurrence.
pub(crate) fn suppress(found: &[Item], entries: &[Pass]) -> Suppressed {
    let matches = |item: &Item, entry: &Pass| {
        (item.kind, item.page, item.item) == (entry.kind, entry.page, entry.item)
    };
    let left: Vec<Item> = found
        .iter()
        .filter(|item| !entries.iter().any(|entry| matches(item, entry)))
        .copied()
        .collect();
    let unmatched = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| !found.iter().any(|item| matches(item, entry)))
        .map(|(index, _)| index)
        .collect();
    Suppressed { passed: found.len() - left.len(), left, unmatched }
}

/// The personal data of some pages, each occurrence with its number.
pub(crate) fn items(pages: &[(u32, PageLeaks)]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (page, found) in pages {
        for leak in &found.leaks {
            let LeakKind::Personal(kind) = leak.kind else {
                continue;
            };
            let before = items
                .iter()
                .rev()
                .take_while(|item| item.page == *page)
                .filter(|item| item.kind == kind)
                .count();
            items.push(Item {
                kind,
                page: *page,
                item: u32::try_from(before + 1).unwrap_or(u32::MAX),
                place: leak.place,
            });
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::super::Leak;
    use super::*;

    fn page(number: u32, kinds: &[Personal]) -> (u32, PageLeaks) {
        let place = LeakPlace::At { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
        let leaks =
            kinds.iter().map(|kind| Leak { kind: LeakKind::Personal(*kind), place }).collect();
        let found = PageLeaks { leaks, ..PageLeaks::default() };
        (number, found)
    }

    #[test]
    fn one_occurrence_is_let_pass_and_the_others_are_not() {
        use Personal::{Phone, Postcode};
        let found = items(&[page(1, &[Phone, Postcode, Phone]), page(4, &[Phone])]);
        let numbers: Vec<_> = found.iter().map(|item| (item.kind, item.page, item.item)).collect();
        assert_eq!(numbers, [(Phone, 1, 1), (Postcode, 1, 1), (Phone, 1, 2), (Phone, 4, 1)]);
        let pass = |kind, page, item| Pass { kind, page, item };
        let entries = [pass(Phone, 1, 2), pass(Phone, 1, 3), pass(Postcode, 4, 1)];
        let suppressed = suppress(&found, &entries);
        let left: Vec<_> =
            suppressed.left.iter().map(|item| (item.kind, item.page, item.item)).collect();
        assert_eq!(left, [(Phone, 1, 1), (Postcode, 1, 1), (Phone, 4, 1)]);
        assert_eq!((suppressed.passed, suppressed.unmatched), (1, vec![1, 2]));
    }
}
