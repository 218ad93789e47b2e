//! Personal data that somebody has looked at and lets pass.

use super::{LeakKind, LeakPlace, PageLeaks, Personal};
use crate::manifest::{Allowed, AllowedAt, AllowedWhich};
use crate::model::{Mark, Sha256Hash};

/// One occurrence of personal data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Item {
    /// What kind of data.
    pub kind: Personal,
    /// The page of the source, from 1.
    pub page: u32,
    /// Which of that kind on the page, from 1, in the order in which it is read.
    pub item: u32,
    /// What stands for its value at this place.
    pub mark: Mark,
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
    /// Which value of that kind on the page.
    pub which: AllowedWhich,
}

impl Pass {
    /// What an entry lets pass on a page; nothing where it is about words of the manifest.
    pub fn of(allowed: &Allowed) -> Option<Self> {
        let AllowedAt::Page(page) = allowed.at else {
            return None;
        };
        Some(Self { kind: allowed.kind, page, which: allowed.which })
    }

    fn lets(&self, item: &Item) -> bool {
        let is_which = match self.which {
            AllowedWhich::Marked(mark) => mark == item.mark,
            AllowedWhich::Item(number) => number == item.item,
        };
        is_which && (self.kind, self.page) == (item.kind, item.page)
    }
}

/// What is left of some findings when those let pass are taken out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Suppressed {
    /// What nobody lets pass.
    pub left: Vec<Item>,
    /// How many occurrences were let pass.
    pub passed: usize,
    /// Those let pass by their place alone, whatever stands there.
    pub unbound: Vec<Item>,
    /// Which of the entries, from 0, let nothing pass.
    pub unmatched: Vec<usize>,
}

/// Takes out what somebody lets pass, occurrence by occurrence.
pub(crate) fn suppress(found: &[Item], entries: &[Pass]) -> Suppressed {
    let mut suppressed = Suppressed::default();
    for item in found {
        let mut passes = entries.iter().filter(|entry| entry.lets(item));
        let is_marked = |pass: &Pass| matches!(pass.which, AllowedWhich::Marked(_));
        match passes.next() {
            None => suppressed.left.push(*item),
            Some(first) => {
                suppressed.passed += 1;
                if !is_marked(first) && !passes.any(is_marked) {
                    suppressed.unbound.push(*item);
                }
            }
        }
    }
    let unmatched = entries.iter().enumerate();
    let unmatched = unmatched.filter(|(_, entry)| !found.iter().any(|item| entry.lets(item)));
    suppressed.unmatched = unmatched.map(|(index, _)| index).collect();
    suppressed
}

/// The personal data of some pages of a file, each occurrence with its number.
pub(crate) fn items(file: Sha256Hash, pages: &[(u32, PageLeaks)]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (page, found) in pages {
        let personal = found.leaks.iter().filter_map(|leak| match leak.kind {
            LeakKind::Personal(kind) => Some((kind, leak.place)),
            _ => None,
        });
        let values = found.values.iter().copied().chain(std::iter::repeat(Sha256Hash::default()));
        for ((kind, place), value) in personal.zip(values) {
            let of_page = items.iter().rev().take_while(|item| item.page == *page);
            let before = of_page.filter(|item| item.kind == kind).count();
            let mark = Mark::of(file, *page, kind.as_str(), value);
            let item = u32::try_from(before + 1).unwrap_or(u32::MAX);
            items.push(Item { kind, page: *page, item, mark, place });
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::super::Leak;
    use super::*;
    use Personal::{Phone, Postcode};

    fn page(number: u32, found: &[(Personal, &str)]) -> (u32, PageLeaks) {
        let place = LeakPlace::At { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
        let leaks =
            found.iter().map(|(kind, _)| Leak { kind: LeakKind::Personal(*kind), place }).collect();
        let values = found.iter().map(|(_, value)| Sha256Hash::of(value.as_bytes())).collect();
        (number, PageLeaks { leaks, values, ..PageLeaks::default() })
    }

    fn told(items: &[Item]) -> Vec<(Personal, u32, u32)> {
        items.iter().map(|item| (item.kind, item.page, item.item)).collect()
    }

    const FILE: Sha256Hash = Sha256Hash([7; 32]);

    #[test]
    fn one_occurrence_is_let_pass_and_the_others_are_not() {
        let found = items(
            FILE,
            &[page(1, &[(Phone, "1"), (Postcode, "2"), (Phone, "3")]), page(4, &[(Phone, "1")])],
        );
        assert_eq!(told(&found), [(Phone, 1, 1), (Postcode, 1, 1), (Phone, 1, 2), (Phone, 4, 1)]);
        let pass = |kind, page, item| Pass { kind, page, which: AllowedWhich::Item(item) };
        let entries = [pass(Phone, 1, 2), pass(Phone, 1, 3), pass(Postcode, 4, 1)];
        let suppressed = suppress(&found, &entries);
        assert_eq!(told(&suppressed.left), [(Phone, 1, 1), (Postcode, 1, 1), (Phone, 4, 1)]);
        assert_eq!((suppressed.passed, suppressed.unmatched), (1, vec![1, 2]));
        assert_eq!(told(&suppressed.unbound), [(Phone, 1, 2)]);
    }

    #[test]
    fn a_mark_lets_one_value_pass_wherever_it_stands_on_the_page_and_no_other() {
        let found = items(FILE, &[page(1, &[(Phone, "1"), (Phone, "2"), (Phone, "1")])]);
        let entry = Pass { kind: Phone, page: 1, which: AllowedWhich::Marked(found[0].mark) };
        let suppressed = suppress(&found, &[entry]);
        assert_eq!(told(&suppressed.left), [(Phone, 1, 2)]);
        assert!(suppressed.unbound.is_empty());
        for others in [
            items(FILE, &[page(1, &[(Phone, "3")])]),
            items(FILE, &[page(2, &[(Phone, "1")])]),
            items(FILE, &[page(1, &[(Postcode, "1")])]),
            items(Sha256Hash::default(), &[page(1, &[(Phone, "1")])]),
        ] {
            let suppressed = suppress(&others, &[entry]);
            assert_eq!((suppressed.left.len(), suppressed.unmatched), (1, vec![0]));
        }
    }
}
