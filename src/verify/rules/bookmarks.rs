//! Bookmarks, and at which size things open.

use std::collections::BTreeSet;

use super::outcome::{examples, shortened};
use super::{Outcome, Subject};
use crate::model::words::count;
use crate::verify::document::{ReadBookmark, Target, Zoom};
use crate::verify::margin;

impl Subject<'_> {
    pub(super) fn bookmarks(&self) -> Outcome {
        if self.reading.bookmarks.is_empty() {
            return Outcome::of_file("there are no bookmarks");
        }
        let mut targets = BTreeSet::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            targets.extend(bookmark.page());
        });
        let faults = self.rows().iter().filter_map(|row| {
            let meant = self.reading.named(&row.first)?;
            let missing = !targets.contains(&meant);
            missing.then(|| (meant, format!("no bookmark leads to \"{}\"", shortened(&row.title))))
        });
        let mut faults: Vec<(usize, String)> = faults.collect();
        faults.extend(self.sections_without_bookmark());
        Outcome::of_faults(faults)
    }

    /// The sections of the index that no bookmark is called after, where others have one, with the page of the index.
    fn sections_without_bookmark(&self) -> Vec<(usize, String)> {
        let mut titles = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            titles.push(letters(&bookmark.title));
        });
        let is_missing = |section: &&(usize, String)| {
            let title: Vec<&str> = section.1.split_whitespace().skip(2).collect();
            let title = letters(&title.join(" "));
            !titles.iter().any(|bookmark| bookmark.contains(&title))
        };
        let all = self.reading.sections.len();
        let sections: Vec<_> = self.reading.sections.iter().filter(is_missing).collect();
        if sections.len() == all {
            return Vec::new();
        }
        let fault = |(page, section): &(usize, String)| {
            let message = format!("no bookmark is called \"{}\"", shortened(section));
            (*page, message)
        };
        sections.into_iter().map(fault).collect()
    }

    pub(super) fn bookmark_targets(&self) -> Outcome {
        if self.reading.bookmarks.is_empty() {
            return Outcome::NotApplicable("there are no bookmarks");
        }
        let mut dead = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            let is_leaf = bookmark.children.is_empty();
            if bookmark.target.is_none() && (bookmark.leads || is_leaf) {
                dead.push(format!("\"{}\"", shortened(&bookmark.title)));
            }
        });
        if dead.is_empty() {
            return Outcome::Pass;
        }
        let dead: Vec<&str> = dead.iter().map(String::as_str).collect();
        let (named, more) = examples(&dead);
        Outcome::of_file(format!("bookmarks that lead nowhere: {}{more}", named.join(", ")))
    }

    /// The bookmarks that stand for rows of the index, or those of the first level where there is no index.
    pub(super) fn bookmark_numbers(&self) -> Outcome {
        if self.reading.bookmarks.is_empty() {
            return Outcome::NotApplicable("there are no bookmarks");
        }
        let rows: BTreeSet<usize> =
            self.rows().iter().filter_map(|row| self.reading.named(&row.first)).collect();
        let mut named = BTreeSet::new();
        let mut faults = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, level| {
            let Some(page) = bookmark.page() else {
                return;
            };
            let right = self.names(&bookmark.title, page);
            if right {
                named.insert(page);
            }
            let claims = claimed(&bookmark.title);
            let wrong = claims.is_some_and(|label| {
                level < 2 && !right && self.reading.named(&label).is_some_and(|meant| meant != page)
            });
            let title = shortened(&bookmark.title);
            if wrong {
                faults.push((page, format!("\"{title}\" leads to page {}", self.called(page))));
            } else if !right && level == 0 && rows.is_empty() {
                faults
                    .push((page, format!("\"{title}\" does not name page {}", self.called(page))));
            }
        });
        let unnamed = rows.iter().filter(|page| !named.contains(page)).map(|page| {
            let called = self.called(*page);
            (*page, format!("no bookmark with the number of page {called}"))
        });
        faults.extend(unnamed);
        faults.extend(self.titles_without_number(&rows));
        Outcome::of_faults(faults)
    }

    /// The rows of the index whose bookmark is there under their title and does not name the page, while that of the
    /// section, which starts on the same page, does.
    fn titles_without_number(&self, rows: &BTreeSet<usize>) -> Vec<(usize, String)> {
        let mut titles: Vec<(usize, String, bool)> = Vec::new();
        let mut of_documents = BTreeSet::new();
        let mut of_sections = BTreeSet::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            let Some(page) = bookmark.page() else { return };
            let right = self.names(&bookmark.title, page);
            titles.push((page, letters(&bookmark.title), right));
            let below = bookmark.children.iter().filter_map(ReadBookmark::page);
            let is_section = below.filter(|below| rows.contains(below)).any(|below| below != page);
            match right {
                true if is_section => of_sections.insert(page),
                true => of_documents.insert(page),
                false => false,
            };
        });
        let faults = self.rows().iter().filter_map(|row| {
            let meant = self.reading.named(&row.first)?;
            let title = letters(&row.title);
            let own =
                titles.iter().filter(|(page, of, _)| *page == meant && says_the_same(of, &title));
            let rights: Vec<bool> = own.map(|(_, _, right)| *right).collect();
            let is_unnamed = !rights.is_empty() && !rights.contains(&true);
            let of_section_alone = of_sections.contains(&meant) && !of_documents.contains(&meant);
            let name = shortened(&row.title);
            let called = self.called(meant);
            (is_unnamed && of_section_alone)
                .then(|| (meant, format!("\"{name}\" does not name page {called}")))
        });
        faults.collect()
    }

    /// Whether the number of a page stands in a title.
    pub(super) fn names(&self, title: &str, page: usize) -> bool {
        let label = self.reading.pages.get(page).map_or("", |page| &page.label);
        let place = (page + 1).to_string();
        let words = title.split(|c: char| c.is_whitespace() || "[](){},;:–—".contains(c));
        words
            .flat_map(|word| [Some(word), after_page_sign(word)])
            .flatten()
            .filter_map(margin::label)
            .any(|word| word == label || word == place)
            || stands_in(title, label)
    }

    pub(super) fn opening_zoom(&self) -> Outcome {
        match self.reading.opening {
            None => {
                Outcome::of_file("it does not say how it opens, so readers choose their own zoom")
            }
            Some(target) if target.zoom != Zoom::Full => {
                Outcome::of_file("it does not open at 100 %")
            }
            Some(_) => Outcome::Pass,
        }
    }

    pub(super) fn target_zoom(&self) -> Outcome {
        let changes = |target: &Target| target.zoom == Zoom::Changes;
        let links = self.pages().filter(|(_, page)| {
            let mut targets = page.links.iter().filter_map(|(_, link)| link.target.as_ref());
            targets.any(changes)
        });
        let pages: Vec<usize> = links.map(|(index, _)| index).collect();
        let mut bookmarks = 0;
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            bookmarks += usize::from(bookmark.target.as_ref().is_some_and(changes));
        });
        if bookmarks == 0 {
            return Outcome::of_pages(pages, |pages| {
                format!("links on {} change the zoom", count(pages.len(), "page"))
            });
        }
        Outcome::Fail {
            message: format!(
                "{} and the links of {} change the zoom",
                count(bookmarks, "bookmark"),
                count(pages.len(), "page")
            ),
            pages,
        }
    }
}

/// Whether a label stands in a title as a word of its own, whatever it is made of.
fn stands_in(title: &str, label: &str) -> bool {
    let is_apart = |next: Option<char>| next.is_none_or(|next| !next.is_alphanumeric());
    !label.is_empty()
        && title.match_indices(label).any(|(at, _)| {
            let (before, rest) = title.split_at(at);
            is_apart(before.chars().next_back())
                && is_apart(rest.get(label.len()..).and_then(|after| after.chars().next()))
        })
}

/// The letters of a title alone.
pub(super) fn letters(title: &str) -> String {
    let letters = title.chars().filter(|c| c.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the titles of a bookmark and of a row are the same, as far as one of them goes.
fn says_the_same(bookmark: &str, row: &str) -> bool {
    /// Shorter titles stand in others by chance.
    const SHORTEST: usize = 6;
    bookmark.len() >= SHORTEST
        && row.len() >= SHORTEST
        && (row.contains(bookmark) || bookmark.contains(row))
}

/// Every bookmark with its level, from 0.
pub(super) fn visit<'b>(
    bookmarks: &'b [ReadBookmark],
    level: usize,
    to: &mut impl FnMut(&'b ReadBookmark, usize),
) {
    for bookmark in bookmarks {
        to(bookmark, level);
        visit(&bookmark.children, level + 1, to);
    }
}

/// What stands after `p.` or `pp.`, without a space between them: `A12` of `p.A12`.
fn after_page_sign(word: &str) -> Option<&str> {
    ["pp.", "p.", "P."].iter().find_map(|sign| word.strip_prefix(sign))
}

/// The page that a title claims to lead to, where it does so in so many words: `[12]`, `p. 12`, `page 12`.
fn claimed(title: &str) -> Option<String> {
    let title = title.trim();
    if let Some(open) = title.strip_suffix([']', ')']) {
        let inner = open.rsplit(['[', '(']).next()?;
        return margin::label(after_page_sign(inner).unwrap_or(inner));
    }
    let lower = title.to_lowercase();
    for word in ["page ", "p. ", "p.", " p"] {
        if let Some(start) = lower.rfind(word) {
            let rest = title.get(start + word.len()..)?.trim();
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return margin::label(rest);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_bookmark_claims_is_read() {
        for (title, claims) in [
            ("Statement of PC Smith [12]", Some("12")),
            ("Statement (p. 12)", Some("12")),
            ("Statement, page A12", None),
            ("Statement p.12", Some("12")),
            ("Statement [p.A12]", Some("A12")),
            ("Exhibit JS/1", None),
            ("Photographs (colour)", None),
            ("Chapter 3", None),
        ] {
            assert_eq!(claimed(title).as_deref(), claims, "{title}");
        }
    }
}
