//! Whether the index has a row for each document, with all its pages.

use std::collections::{BTreeMap, BTreeSet};

use super::bookmarks::visit;
use super::outcome::shortened;
use super::{Outcome, Subject};
use crate::pdf::page::PageContent;
use crate::verify::document::ReadBookmark;
use crate::verify::index::ReadRow;

/// A divider or an end sheet has no more different words.
const MAX_DIVIDER_WORDS: usize = 16;

/// A row of the index with the pages, from 0, that it names.
pub(super) struct IndexEntry<'a> {
    pub(super) title: &'a str,
    /// The page of the index.
    pub(super) on: usize,
    pub(super) first: usize,
    last: Option<usize>,
}

/// A bookmark of the level on which documents stand.
struct DocumentBookmark<'a> {
    title: &'a str,
    page: usize,
}

impl Subject<'_> {
    pub(super) fn entries(&self) -> Vec<IndexEntry<'_>> {
        let rows = self.rows().iter();
        let ranges = rows.clone().filter(|row| is_range(row)).count();
        // Where few rows name ranges, a number alone is where something begins.
        let are_meant = ranges * 3 >= rows.len();
        rows.filter_map(|row| {
            Some(IndexEntry {
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
    fn marks(&self, entries: &[IndexEntry<'_>]) -> Vec<DocumentBookmark<'_>> {
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
        let level = levels.into_values().rev().max_by_key(|marks| at_starts(marks));
        let marks = level.unwrap_or_default().into_iter();
        marks
            .filter_map(|mark| Some(DocumentBookmark { title: &mark.title, page: mark.page()? }))
            .collect()
    }

    /// Documents without a row: bookmarks among those of the rows that lead elsewhere, and pages in no row's range.
    pub(super) fn index_complete(&self) -> Outcome {
        let entries = self.entries();
        if entries.is_empty() {
            return Outcome::NotApplicable("there is no index with rows");
        }
        let unlisted = self.unlisted(&entries);
        let fault = |mark: &DocumentBookmark<'_>| {
            let page = self.called(mark.page);
            let title = shortened(mark.title);
            (mark.page, format!("\"{title}\" on page {page} has no row in the index"))
        };
        Outcome::of_faults(unlisted.iter().map(fault).collect())
    }

    /// The bookmarks of documents that no row names.
    fn unlisted(&self, entries: &[IndexEntry<'_>]) -> Vec<DocumentBookmark<'_>> {
        let marks = self.marks(entries);
        let starts: BTreeSet<usize> = entries.iter().map(|entry| entry.first).collect();
        let front = self.front();
        let inside = |page: usize| {
            let within = |entry: &IndexEntry<'_>| {
                entry.first < page && entry.last.is_some_and(|last| page <= last)
            };
            entries.iter().any(within)
        };
        let behind: Vec<DocumentBookmark<'_>> =
            marks.into_iter().filter(|mark| mark.page > front).collect();
        let (listed, others): (Vec<DocumentBookmark<'_>>, Vec<DocumentBookmark<'_>>) =
            behind.into_iter().partition(|mark| starts.contains(&mark.page));
        let others: Vec<DocumentBookmark<'_>> = others
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
        let pages = self.reading.index.as_ref().map(|(pages, _)| pages.as_slice());
        pages.and_then(<[usize]>::last).copied().unwrap_or_default()
    }

    pub(super) fn content(&self, page: usize) -> Option<&PageContent> {
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
            self.reading.named(last).is_none().then_some((row.page, fault))
        });
        let mut faults: Vec<(usize, String)> = nowhere.collect();
        let unlisted: BTreeSet<usize> =
            self.unlisted(&entries).iter().map(|mark| mark.page).collect();
        let documents: Vec<&IndexEntry<'_>> =
            entries.iter().filter(|entry| !is_container(entry, &entries)).collect();
        for entry in &documents {
            let Some(last) = entry.last else { continue };
            let fault = self.fault_of_end(entry, last, &documents, &unlisted);
            faults.extend(fault.map(|fault| (entry.on, fault)));
        }
        Outcome::of_faults(faults)
    }

    fn fault_of_end(
        &self,
        entry: &IndexEntry<'_>,
        last: usize,
        documents: &[&IndexEntry<'_>],
        unlisted: &BTreeSet<usize>,
    ) -> Option<String> {
        let title = shortened(entry.title);
        let end = self.called(last);
        if last < entry.first {
            return Some(format!("\"{title}\" ends on page {end}, before it begins"));
        }
        let within = |other: &&&IndexEntry<'_>| {
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
        let begins = documents.iter().map(|other| other.first).filter(|first| *first > last);
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
}

/// Whether a row names more than one page.
fn is_range(row: &ReadRow) -> bool {
    row.last.as_ref().is_some_and(|last| *last != row.first)
}

/// Whether a row stands for others: a section, which begins where its first document or the divider before it does, and ends
/// where its last one does.
fn is_container(entry: &IndexEntry<'_>, entries: &[IndexEntry<'_>]) -> bool {
    let Some(last) = entry.last else { return false };
    let inside = |other: &&IndexEntry<'_>| {
        !std::ptr::eq(*other, entry)
            && other.first >= entry.first
            && other.last.unwrap_or(other.first) <= last
            && (other.first, other.last) != (entry.first, entry.last)
    };
    let inside: Vec<&IndexEntry<'_>> = entries.iter().filter(inside).collect();
    inside.iter().any(|other| other.last.unwrap_or(other.first) == last)
        && inside.iter().any(|other| other.first <= entry.first + 1)
}
