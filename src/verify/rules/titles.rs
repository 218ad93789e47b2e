//! Whether the titles of rows and bookmarks belong to the pages that they lead to.

use std::collections::BTreeSet;

use super::bookmarks::{letters, visit};
use super::contents::IndexEntry;
use super::outcome::shortened;
use super::{Outcome, Subject};

/// A page with fewer different words says nothing about its title.
const MIN_WORDS: usize = 20;

/// Shorter titles stand in others by chance.
const MIN_LETTERS: usize = 10;

/// A title, the page that it leads to, and the page that it is told of.
type Led<'a> = (&'a str, usize, usize);

impl Subject<'_> {
    /// Titles of rows and bookmarks that do not belong to the pages that they lead to.
    pub(super) fn titles(&self) -> Outcome {
        let entries = self.entries();
        let mut marks = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            marks.extend(bookmark.page().map(|page| (bookmark.title.clone(), page)));
        });
        let rows: Vec<Led<'_>> =
            entries.iter().map(|entry| (entry.title, entry.first, entry.on)).collect();
        let bookmarks: Vec<Led<'_>> =
            marks.iter().map(|(title, page)| (title.as_str(), *page, *page)).collect();
        let mut faults = self.exchanged(&rows);
        faults.extend(self.exchanged(&bookmarks));
        faults.extend(self.contradicted(&entries, &marks));
        faults.extend(self.named_twice(&entries));
        Outcome::of_faults(faults)
    }

    /// Rows whose title a bookmark has that leads to another page.
    fn contradicted(
        &self,
        entries: &[IndexEntry<'_>],
        marks: &[(String, usize)],
    ) -> Vec<(usize, String)> {
        let marks: Vec<(String, usize)> =
            marks.iter().map(|(title, page)| (letters(title), *page)).collect();
        let rows: Vec<String> = entries.iter().map(|entry| letters(entry.title)).collect();
        let is_title_of = |mark: &str, row: &str| {
            mark.len() >= MIN_LETTERS && mark.len() * 2 >= row.len() && row.contains(mark)
        };
        let faults = entries.iter().zip(&rows).filter_map(|(entry, row)| {
            let mut own = marks.iter().filter(|(mark, _)| is_title_of(mark, row));
            let (mark, page) = own.clone().max_by_key(|(mark, _)| mark.len())?;
            let is_unique = own.clone().filter(|(other, _)| other == mark).count() == 1
                && rows.iter().filter(|other| other.contains(mark.as_str())).count() == 1;
            let is_borne_out = own.any(|(_, page)| *page == entry.first);
            (is_unique && !is_borne_out).then(|| {
                let (title, named) = (shortened(entry.title), self.called(entry.first));
                let led = self.called(*page);
                let fault = format!(
                    "\"{title}\" names page {named}, and the bookmark of that title leads to page {led}"
                );
                (entry.on, fault)
            })
        });
        faults.collect()
    }

    /// A row that names the page of another, not one below it as a first document is below its section, and is the only one out
    /// of order. A list of chapters names pages twice, too, and is no list of documents.
    fn named_twice(&self, entries: &[IndexEntry<'_>]) -> Option<(usize, String)> {
        let pairs = entries.iter().enumerate().flat_map(|(at, other)| {
            let before = entries.iter().enumerate().take(at.saturating_sub(1));
            before.map(move |one| (one, (at, other)))
        });
        let in_order_without = |stray: usize| {
            let others = entries.iter().enumerate().filter(|(at, _)| *at != stray);
            others.map(|(_, entry)| entry.first).is_sorted()
        };
        let ((_, one), (_, other)) = pairs
            .filter(|((_, one), (_, other))| one.first == other.first)
            .find(|((at, _), (other, _))| in_order_without(*at) || in_order_without(*other))?;
        let page = self.called(other.first);
        let (first, second) = (shortened(one.title), shortened(other.title));
        Some((other.on, format!("\"{first}\" and \"{second}\" both name page {page}")))
    }

    /// Pairs of titles of which each fits the page of the other, and none its own: title, page, and the page to tell it of.
    fn exchanged(&self, titles: &[Led<'_>]) -> Vec<(usize, String)> {
        let strays: Vec<(&Led<'_>, Vec<String>)> = titles
            .iter()
            .map(|title| (title, words(title.0)))
            .filter(|((_, page, _), words)| {
                let content = self.content(*page);
                content.is_some_and(|content| {
                    let own = words.iter().filter(|word| content.has_word(word)).count();
                    content.words.len() >= MIN_WORDS && own * 2 < words.len()
                })
            })
            .collect();
        let mut faults = Vec::new();
        for (at, (one, one_words)) in strays.iter().enumerate() {
            for (other, other_words) in strays.iter().skip(at + 1) {
                if self.fits_crosswise((one.1, one_words), (other.1, other_words)) {
                    let (first, second) = (shortened(one.0), shortened(other.0));
                    let fault = format!("the titles \"{first}\" and \"{second}\" seem exchanged");
                    faults.extend([(one.2, fault.clone()), (other.2, fault)]);
                }
            }
        }
        faults.dedup_by(|one, other| one == other);
        faults
    }

    /// Whether the words that only one of two titles has stand on the page of the other, and none on its own.
    fn fits_crosswise(&self, one: (usize, &[String]), other: (usize, &[String])) -> bool {
        let hits = |words: &[&String], page: usize| {
            let content = self.content(page);
            content.map_or(0, |content| words.iter().filter(|word| content.has_word(word)).count())
        };
        let only = |words: &[String], others: &[String]| -> BTreeSet<String> {
            words.iter().filter(|word| !others.contains(word)).cloned().collect()
        };
        let (one_only, other_only) = (only(one.1, other.1), only(other.1, one.1));
        let (one_only, other_only): (Vec<&String>, Vec<&String>) =
            (one_only.iter().collect(), other_only.iter().collect());
        let (there, back) = (hits(&one_only, other.0), hits(&other_only, one.0));
        hits(&one_only, one.0) + hits(&other_only, other.0) == 0
            && there * 2 >= one_only.len()
            && back * 2 >= other_only.len()
            && there.min(back) >= 1
            && there + back >= 3
    }
}

/// The words of a title that may stand on its page too, each once.
fn words(title: &str) -> Vec<String> {
    const SMALL: [&str; 10] =
        ["the", "and", "for", "from", "with", "page", "pages", "undated", "tab", "dated"];
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words =
        words.filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic));
    let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
    words.into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect()
}
