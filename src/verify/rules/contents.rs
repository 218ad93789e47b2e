//! Whether the index, the bookmarks and the pages tell of the same documents.

use std::collections::{BTreeMap, BTreeSet};

use super::bookmarks::{letters, visit};
use super::outcome::shortened;
use super::{Outcome, Subject};
use crate::look::PageContent;
use crate::verify::document::ReadBookmark;
use crate::verify::index::Row;

/// A page with fewer different words says nothing about its title.
const MIN_WORDS: usize = 20;

/// A divider or an end sheet has no more different words.
const MAX_DIVIDER_WORDS: usize = 16;

/// Shorter titles stand in others by chance.
const MIN_LETTERS: usize = 10;

/// A row of the index with the pages, from 0, that it names.
struct Entry<'a> {
    title: &'a str,
    /// The page of the index.
    on: usize,
    first: usize,
    last: Option<usize>,
}

/// A bookmark of the level on which documents stand.
struct Mark<'a> {
    title: &'a str,
    page: usize,
}

impl Subject<'_> {
    fn entries(&self) -> Vec<Entry<'_>> {
        let rows = self.rows().iter();
        let ranges = rows.clone().filter(|row| is_range(row)).count();
        // Where few rows name ranges, a number alone is where something begins.
        let are_meant = ranges * 3 >= rows.len();
        rows.filter_map(|row| {
            Some(Entry {
                title: &row.title,
                on: row.page,
                first: self.reading.named(&row.first)?,
                last: row
                    .last
                    .as_ref()
                    .filter(|_| are_meant || is_range(row))
                    .and_then(|last| self.reading.named(last)),
            })
        })
        .collect()
    }

    /// The bookmarks of documents: those of the level on which most lead to where a row does.
    fn marks(&self, entries: &[Entry<'_>]) -> Vec<Mark<'_>> {
        let starts: BTreeSet<usize> = entries.iter().map(|entry| entry.first).collect();
        let mut levels: BTreeMap<usize, Vec<&ReadBookmark>> = BTreeMap::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, level| {
            levels.entry(level).or_default().push(bookmark);
        });
        let at_starts = |marks: &[&ReadBookmark]| {
            let pages: BTreeSet<usize> = marks.iter().filter_map(|mark| mark.page()).collect();
            pages.intersection(&starts).count()
        };
        // The first level of those that are alike: what lies deeper belongs to the documents.
        let level = levels
            .into_values()
            .rev()
            .max_by_key(|marks| at_starts(marks));
        let marks = level.unwrap_or_default().into_iter();
        marks
            .filter_map(|mark| {
                Some(Mark {
                    title: &mark.title,
                    page: mark.page()?,
                })
            })
            .collect()
    }

    /// Documents without a row: bookmarks among those of the rows that lead elsewhere, and pages in no row's range.
    pub(super) fn index_complete(&self) -> Outcome {
        let entries = self.entries();
        if entries.is_empty() {
            return Outcome::NotApplicable("there is no index with rows");
        }
        let unlisted = self.unlisted(&entries);
        let fault = |mark: &Mark<'_>| {
            let page = self.called(mark.page);
            let title = shortened(mark.title);
            (
                mark.page,
                format!("\"{title}\" on page {page} has no row in the index"),
            )
        };
        Outcome::of_faults(unlisted.iter().map(fault).collect())
    }

    /// The bookmarks of documents that no row names.
    fn unlisted(&self, entries: &[Entry<'_>]) -> Vec<Mark<'_>> {
        let marks = self.marks(entries);
        let starts: BTreeSet<usize> = entries.iter().map(|entry| entry.first).collect();
        let front = self.front();
        let inside = |page: usize| {
            let within = |entry: &Entry<'_>| {
                entry.first < page && entry.last.is_some_and(|last| page <= last)
            };
            entries.iter().any(within)
        };
        let behind: Vec<Mark<'_>> = marks.into_iter().filter(|mark| mark.page > front).collect();
        let (listed, others): (Vec<Mark<'_>>, Vec<Mark<'_>>) = behind
            .into_iter()
            .partition(|mark| starts.contains(&mark.page));
        let others: Vec<Mark<'_>> = others
            .into_iter()
            .filter(|mark| !inside(mark.page) && !self.is_divider(mark.page))
            .collect();
        // Bookmarks of many other places are no list of documents.
        match others.len() * 3 <= listed.len() * 2 {
            true => others,
            false => Vec::new(),
        }
    }

    /// The last page of the index.
    fn front(&self) -> usize {
        let pages = self
            .reading
            .index
            .as_ref()
            .map(|(pages, _)| pages.as_slice());
        pages.and_then(<[usize]>::last).copied().unwrap_or_default()
    }

    fn content(&self, page: usize) -> Option<&PageContent> {
        self.reading.pages.get(page).map(|page| &*page.content)
    }

    /// Whether a page says no more than what follows it, or nothing.
    fn is_divider(&self, page: usize) -> bool {
        self.content(page).is_some_and(|content| {
            content.words.len() <= MAX_DIVIDER_WORDS && content.unsearchable().is_none()
        })
    }

    /// Ranges that end within another document, before their own does, or nowhere.
    pub(super) fn index_ranges(&self) -> Outcome {
        let entries = self.entries();
        if !self.rows().iter().any(is_range) {
            return Outcome::NotApplicable("the index names no ranges of pages");
        }
        let nowhere = self.rows().iter().filter_map(|row| {
            let last = row.last.as_ref()?;
            let title = shortened(&row.title);
            let fault = format!("\"{title}\" ends on page {last}, which is not there");
            self.reading
                .named(last)
                .is_none()
                .then_some((row.page, fault))
        });
        let mut faults: Vec<(usize, String)> = nowhere.collect();
        let unlisted: BTreeSet<usize> = self
            .unlisted(&entries)
            .iter()
            .map(|mark| mark.page)
            .collect();
        let documents: Vec<&Entry<'_>> = entries
            .iter()
            .filter(|entry| !is_container(entry, &entries))
            .collect();
        for entry in &documents {
            let Some(last) = entry.last else { continue };
            let fault = self.fault_of_end(entry, last, &documents, &unlisted);
            faults.extend(fault.map(|fault| (entry.on, fault)));
        }
        Outcome::of_faults(faults)
    }

    fn fault_of_end(
        &self,
        entry: &Entry<'_>,
        last: usize,
        documents: &[&Entry<'_>],
        unlisted: &BTreeSet<usize>,
    ) -> Option<String> {
        let title = shortened(entry.title);
        let end = self.called(last);
        if last < entry.first {
            return Some(format!("\"{title}\" ends on page {end}, before it begins"));
        }
        let within = |other: &&&Entry<'_>| {
            let ends = other.last.unwrap_or(other.first);
            (entry.first + 1..=last).contains(&other.first) && ends >= last
        };
        if let Some(other) = documents.iter().find(within) {
            let (other, begins) = (shortened(other.title), self.called(other.first));
            return Some(format!(
                "\"{title}\" ends on page {end}, and \"{other}\" begins on page {begins}"
            ));
        }
        let covered = documents.iter().filter(|other| other.first <= last + 1);
        let reached = covered.filter_map(|other| other.last).max().unwrap_or(last);
        let begins = documents
            .iter()
            .map(|other| other.first)
            .filter(|first| *first > last);
        let next = begins.min().unwrap_or(self.reading.pages.len());
        let mut between = (last.max(reached) + 1)..next;
        // Without a bookmark that begins there the pages belong to the document before.
        let is_lost = between.clone().any(|page| !self.is_divider(page))
            && !between.any(|page| unlisted.contains(&page));
        is_lost.then(|| match next == self.reading.pages.len() {
            true => {
                format!("\"{title}\" ends on page {end}, and more pages follow that no row names")
            }
            false => {
                let next = self.called(next);
                format!("\"{title}\" ends on page {end}, and the next row begins on page {next}")
            }
        })
    }

    /// Titles of rows and bookmarks that do not belong to the pages that they lead to.
    pub(super) fn titles(&self) -> Outcome {
        let entries = self.entries();
        let mut marks = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            marks.extend(bookmark.page().map(|page| (bookmark.title.clone(), page)));
        });
        let rows: Vec<(&str, usize, usize)> = entries
            .iter()
            .map(|entry| (entry.title, entry.first, entry.on))
            .collect();
        let bookmarks: Vec<(&str, usize, usize)> = marks
            .iter()
            .map(|(title, page)| (title.as_str(), *page, *page))
            .collect();
        let mut faults = self.exchanged(&rows);
        faults.extend(self.exchanged(&bookmarks));
        faults.extend(self.contradicted(&entries, &marks));
        faults.extend(self.named_twice(&entries));
        Outcome::of_faults(faults)
    }

    /// Rows whose title a bookmark has that leads to another page.
    fn contradicted(
        &self,
        entries: &[Entry<'_>],
        marks: &[(String, usize)],
    ) -> Vec<(usize, String)> {
        let marks: Vec<(String, usize)> = marks
            .iter()
            .map(|(title, page)| (letters(title), *page))
            .collect();
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

    /// Rows, not one below the other as a section and its first document are, that name the same page.
    fn named_twice(&self, entries: &[Entry<'_>]) -> Vec<(usize, String)> {
        let mut seen: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
        let mut faults = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match seen.get(&entry.first) {
                Some((before, title)) if before + 1 < at => {
                    let (one, other) = (shortened(title), shortened(entry.title));
                    let page = self.called(entry.first);
                    let fault = format!("\"{one}\" and \"{other}\" both name page {page}");
                    faults.push((entry.on, fault));
                }
                _ => {}
            }
            seen.insert(entry.first, (at, entry.title));
        }
        faults
    }

    /// Pairs of titles of which each fits the page of the other, and none its own: title, page, and the page to tell it of.
    fn exchanged(&self, titles: &[(&str, usize, usize)]) -> Vec<(usize, String)> {
        let strays: Vec<(&(&str, usize, usize), Vec<String>)> = titles
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
            content.map_or(0, |content| {
                words.iter().filter(|word| content.has_word(word)).count()
            })
        };
        let only = |words: &[String], others: &[String]| -> BTreeSet<String> {
            words
                .iter()
                .filter(|word| !others.contains(word))
                .cloned()
                .collect()
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

/// Whether a row names more than one page.
fn is_range(row: &Row) -> bool {
    row.last.as_ref().is_some_and(|last| *last != row.first)
}

/// Whether a row stands for others: a section, which begins where its first document or the divider before it does, and ends
/// where its last one does.
fn is_container(entry: &Entry<'_>, entries: &[Entry<'_>]) -> bool {
    let Some(last) = entry.last else { return false };
    let inside = |other: &&Entry<'_>| {
        !std::ptr::eq(*other, entry)
            && other.first >= entry.first
            && other.last.unwrap_or(other.first) <= last
            && (other.first, other.last) != (entry.first, entry.last)
    };
    let inside: Vec<&Entry<'_>> = entries.iter().filter(inside).collect();
    inside
        .iter()
        .any(|other| other.last.unwrap_or(other.first) == last)
        && inside.iter().any(|other| other.first <= entry.first + 1)
}

/// The words of a title that may stand on its page too, each once.
fn words(title: &str) -> Vec<String> {
    const SMALL: [&str; 10] = [
        "the", "and", "for", "from", "with", "page", "pages", "undated", "tab", "dated",
    ];
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words =
        words.filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic));
    let words: BTreeSet<String> = words.map(str::to_lowercase).collect();
    words
        .into_iter()
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}
