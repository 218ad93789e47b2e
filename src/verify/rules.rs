//! The rules, each read off a [`Reading`].

use std::collections::BTreeSet;

use super::document::{ReadBookmark, Zoom};
use super::index::Row;
use super::inside::Found;
use super::margin::{self, Expected};
use super::profile::{NumbersBy, Profile, RuleLimits};
use super::reading::{ReadPage, Reading};
use crate::check::Code;
use crate::leaks::{Hidden, Kind, Marking, Redaction};
use crate::words::{count, size};

/// Examples named in one message; the pages are all listed.
const EXAMPLES: usize = 3;

/// Scanners round: a picture of 305 dpi was meant to have 300.
const DPI_TOLERANCE: f64 = 0.03;

/// Paper may be cut this much smaller or larger, in points.
const PAPER_TOLERANCE: f64 = 9.0;

/// What came of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is kept.
    Pass,
    /// There is nothing that it could be tested on.
    NotApplicable(&'static str),
    /// It is broken.
    Fail {
        /// The pages concerned, from 0, in order; empty for the file as a whole.
        pages: Vec<usize>,
        /// What is wrong.
        message: String,
    },
}

impl Outcome {
    fn of_pages(pages: Vec<usize>, message: impl FnOnce(&[usize]) -> String) -> Self {
        if pages.is_empty() {
            return Self::Pass;
        }
        let message = message(&pages);
        Self::Fail { pages, message }
    }

    fn of_file(message: impl Into<String>) -> Self {
        Self::Fail {
            pages: Vec::new(),
            message: message.into(),
        }
    }

    /// Fails with each fault and its page; the message names the first few.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "callers collect it for this alone"
    )]
    fn of_faults(faults: Vec<(usize, String)>) -> Self {
        let pages: BTreeSet<usize> = faults.iter().map(|(page, _)| *page).collect();
        let named: Vec<String> = faults
            .iter()
            .take(EXAMPLES)
            .map(|(_, fault)| fault.clone())
            .collect();
        let more = faults.len().saturating_sub(EXAMPLES);
        Self::of_pages(pages.into_iter().collect(), |_| {
            let mut message = named.join("; ");
            if more > 0 {
                message.push_str(&format!("; and {more} more"));
            }
            message
        })
    }
}

/// The name of the file, and what was read of it.
pub(super) struct Subject<'a> {
    pub(super) reading: &'a Reading,
    pub(super) file_name: &'a str,
    pub(super) profile: &'a Profile,
}

impl Subject<'_> {
    /// Tests one rule.
    #[allow(clippy::too_many_lines, reason = "an arm for each rule")]
    pub(super) fn test(&self, code: Code, limits: &RuleLimits) -> Outcome {
        match code {
            Code::PageNumbers => self.page_numbers(),
            Code::NumberPlace => self.number_place(limits),
            Code::LetterSuffixes => self.letter_suffixes(),
            Code::PageLabels => self.page_labels(),
            Code::PageCap => self.page_cap(limits),
            Code::IndexFound => self.index_found(),
            Code::IndexLinks => self.index_links(),
            Code::Bookmarks => self.bookmarks(),
            Code::BookmarkTargets => self.bookmark_targets(),
            Code::BookmarkNumbers => self.bookmark_numbers(),
            Code::OpeningZoom => self.opening_zoom(),
            Code::TargetZoom => self.target_zoom(),
            Code::Searchable => self.searchable(),
            Code::Orientation => self.orientation(),
            Code::ResolutionHigh => self.resolution(limits, true),
            Code::ResolutionLow => self.resolution(limits, false),
            Code::PageSize => self.page_size(limits),
            Code::FontsEmbedded => self.fonts_embedded(),
            Code::FileSize => self.file_size(limits),
            Code::Weight => self.weight(limits),
            Code::FileName => self.file_name(limits),
            Code::BlankPages => Outcome::of_pages(self.reading.blank.clone(), |pages| {
                format!("{} nothing", shows(pages))
            }),
            Code::DuplicatePages => self.duplicate_pages(),
            Code::BadRedaction => self.betrayed(
                |kind| matches!(kind, Kind::Redaction(why) if *why != Redaction::NotApplied),
                "what is covered or coloured over can be recovered",
            ),
            Code::NeverServeContent => self.betrayed(
                |kind| matches!(kind, Kind::Betrayal(_)),
                "headed as a form that is never served, or marked as not disclosable",
            ),
            Code::Mg11BackPage => self.betrayed(
                |kind| matches!(kind, Kind::BackPage { certain: true }),
                "the back page of a witness statement, with contact details",
            ),
            Code::ProtectiveMarking => self.betrayed(
                |kind| matches!(kind, Kind::Marking(Marking::Secret | Marking::TopSecret)),
                "marked SECRET or TOP SECRET",
            ),
            Code::HiddenText => self.betrayed(
                |kind| matches!(kind, Kind::Hidden { why, .. } if *why != Hidden::Layer),
                "text that is not seen and can be copied",
            ),
            Code::PersonalData => self.betrayed(
                |kind| matches!(kind, Kind::Personal(_)),
                "personal data to be looked at",
            ),
            Code::PageNotSearched => {
                let pages = self.pages().filter(|(_, page)| !page.leaks.searched);
                Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
                    format!(
                        "{} could not be searched in full",
                        count(pages.len(), "page")
                    )
                })
            }
            Code::RedactionUnapplied => found(
                &self.reading.inside.redactions,
                "marked for redaction and not carried out",
            ),
            Code::ActiveContent => found(
                &self.reading.inside.active,
                "something that runs, plays or sends",
            ),
            Code::EmbeddedFiles => found(&self.reading.inside.files, "attached files"),
            Code::MarkUp => found(&self.reading.inside.mark_up, "comments or mark-up"),
            Code::HiddenLayer => match self.reading.inside.hidden_layers {
                0 => Outcome::Pass,
                layers => Outcome::of_file(format!(
                    "{} not shown when it opens",
                    count(layers, "layer")
                )),
            },
            Code::AuthorMetadata => {
                let authors: Vec<&str> = self.reading.inside.authors.iter().copied().collect();
                if authors.is_empty() {
                    Outcome::Pass
                } else {
                    Outcome::of_file(format!(
                        "the properties of the file give {}",
                        authors.join(", ")
                    ))
                }
            }
            // Tested before there is anything to read; other codes are no rules of a profile.
            _ => Outcome::Pass,
        }
    }

    fn pages(&self) -> impl Iterator<Item = (usize, &ReadPage)> {
        self.reading.pages.iter().enumerate()
    }

    /// Whether a printed number is what the profile wants on a page.
    fn is_right(&self, index: usize, page: &ReadPage, label: &str) -> bool {
        let expected = Expected {
            place: index + 1,
            label: &page.label,
        };
        match self.profile.numbering {
            NumbersBy::Continuous => expected.is_place(label),
            NumbersBy::Any => expected.is(label),
            NumbersBy::Section => {
                (is_section_label(label) || is_front(label))
                    && (!self.reading.has_labels || expected.is_label(label))
            }
        }
    }

    fn page_numbers(&self) -> Outcome {
        let mut without = Vec::new();
        let mut faults = Vec::new();
        for (index, page) in self.pages() {
            match &page.number {
                None => without.push(index),
                Some(number) if !self.is_right(index, page, &number.label) => faults.push((
                    index,
                    format!("page {} shows \"{}\"", index + 1, number.label),
                )),
                Some(_) => {}
            }
        }
        if without.len() == self.reading.pages.len() {
            return Outcome::of_file("no page numbers were found");
        }
        if !without.is_empty() {
            let named = listed(&without);
            faults.extend(
                without
                    .iter()
                    .map(|index| (*index, format!("no number on {named}")))
                    .take(1),
            );
            faults.extend(without.iter().skip(1).map(|index| (*index, String::new())));
        }
        // One text for all pages without a number, not one for each.
        let pages: BTreeSet<usize> = faults.iter().map(|(page, _)| *page).collect();
        let texts = faults.into_iter().filter(|(_, text)| !text.is_empty());
        match Outcome::of_faults(texts.collect()) {
            Outcome::Fail { message, .. } => Outcome::Fail {
                pages: pages.into_iter().collect(),
                message,
            },
            other => other,
        }
    }

    fn number_place(&self, limits: &RuleLimits) -> Outcome {
        let Some(place) = limits.place else {
            return Outcome::Pass;
        };
        let elsewhere = |page: &ReadPage| {
            let number = page.number.as_ref();
            number.is_some_and(|number| number.place != place)
        };
        let pages = self.pages().filter(|(_, page)| elsewhere(page));
        Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
            format!(
                "the number of {} does not stand {}",
                count(pages.len(), "page"),
                place.in_words()
            )
        })
    }

    fn letter_suffixes(&self) -> Outcome {
        let faults = self.pages().filter_map(|(index, page)| {
            let label = &page.number.as_ref()?.label;
            let suffixed = label.ends_with(|c: char| c.is_ascii_alphabetic())
                && label.starts_with(|c: char| c.is_ascii_digit());
            suffixed.then(|| (index, format!("page {} is numbered \"{label}\"", index + 1)))
        });
        Outcome::of_faults(faults.collect())
    }

    fn page_labels(&self) -> Outcome {
        if !self.reading.has_labels && self.profile.numbering != NumbersBy::Section {
            return Outcome::Pass;
        }
        if !self.reading.has_labels {
            return Outcome::of_file("it has no page labels, so readers count the pages from 1");
        }
        let faults = self.pages().filter_map(|(index, page)| {
            let wrong = match (self.profile.numbering, &page.number) {
                (NumbersBy::Continuous, _) => {
                    let expected = Expected {
                        place: index + 1,
                        label: "",
                    };
                    !expected.is_place(&page.label)
                }
                (_, Some(number)) => {
                    let expected = Expected {
                        place: index + 1,
                        label: &page.label,
                    };
                    !expected.is_label(&number.label)
                }
                (_, None) => false,
            };
            wrong.then(|| {
                (
                    index,
                    format!("page {} is labelled \"{}\"", index + 1, page.label),
                )
            })
        });
        Outcome::of_faults(faults.collect())
    }

    fn page_cap(&self, limits: &RuleLimits) -> Outcome {
        let pages = self.reading.pages.len();
        match limits.pages {
            Some(most) if pages > most => {
                Outcome::of_file(format!("{pages} pages where {most} are allowed"))
            }
            _ => Outcome::Pass,
        }
    }

    fn index_found(&self) -> Outcome {
        match &self.reading.index {
            None => Outcome::of_file("no page is headed Index or Contents"),
            Some((pages, rows)) if rows.is_empty() => Outcome::of_pages(pages.clone(), |_| {
                "the index has no rows that name a page, or they cannot be read as text".to_owned()
            }),
            Some(_) => Outcome::Pass,
        }
    }

    fn rows(&self) -> &[Row] {
        self.reading.index.as_ref().map_or(&[], |(_, rows)| rows)
    }

    fn index_links(&self) -> Outcome {
        if self.rows().is_empty() {
            return Outcome::NotApplicable("there is no index with rows");
        }
        let faults = self
            .rows()
            .iter()
            .filter_map(|row| Some((row.page, self.fault_of_row(row)?)));
        Outcome::of_faults(faults.collect())
    }

    fn fault_of_row(&self, row: &Row) -> Option<String> {
        let name = shortened(&row.title);
        let middle = (row.extent.bottom + row.extent.top) / 2.0;
        let page = self.reading.pages.get(row.page)?;
        let mut on_row = page
            .links
            .iter()
            .filter(|(area, _)| area.bottom - 2.0 <= middle && middle <= area.top + 2.0)
            .filter(|(area, _)| area.left < row.extent.right && area.right > row.extent.left)
            .filter(|(_, link)| !link.leaves)
            .peekable();
        let Some(meant) = self.reading.named(&row.first) else {
            return Some(format!(
                "\"{name}\" names page {}, which is not there",
                row.first
            ));
        };
        if on_row.peek().is_none() {
            return Some(format!("\"{name}\" has no link"));
        }
        let mut elsewhere = None;
        for (_, link) in on_row {
            match link.target {
                Some(target) if target.page == meant => return None,
                Some(target) => elsewhere = Some(target.page),
                None => {}
            }
        }
        Some(match elsewhere {
            Some(page) => format!(
                "\"{name}\" names page {} and leads to page {}",
                row.first,
                self.called(page)
            ),
            None => format!("the link of \"{name}\" leads nowhere"),
        })
    }

    /// What a page is called: its label, with its place where that differs.
    fn called(&self, index: usize) -> String {
        let place = (index + 1).to_string();
        match self.reading.pages.get(index) {
            Some(page) if page.label != place => {
                format!("{} (page {place} of the PDF)", page.label)
            }
            _ => place,
        }
    }

    fn bookmarks(&self) -> Outcome {
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
            missing.then(|| {
                (
                    meant,
                    format!("no bookmark leads to \"{}\"", shortened(&row.title)),
                )
            })
        });
        Outcome::of_faults(faults.collect())
    }

    fn bookmark_targets(&self) -> Outcome {
        if self.reading.bookmarks.is_empty() {
            return Outcome::NotApplicable("there are no bookmarks");
        }
        let mut dead = Vec::new();
        visit(&self.reading.bookmarks, 0, &mut |bookmark, _| {
            if bookmark.target.is_none() && bookmark.leads {
                dead.push(shortened(&bookmark.title));
            }
        });
        if dead.is_empty() {
            return Outcome::Pass;
        }
        let named: Vec<String> = dead
            .iter()
            .take(EXAMPLES)
            .map(|title| format!("\"{title}\""))
            .collect();
        let more = dead.len().saturating_sub(EXAMPLES);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        Outcome::of_file(format!(
            "bookmarks that lead nowhere: {}{more}",
            named.join(", ")
        ))
    }

    /// The bookmarks that stand for rows of the index, or those of the first level where there is no index.
    fn bookmark_numbers(&self) -> Outcome {
        if self.reading.bookmarks.is_empty() {
            return Outcome::NotApplicable("there are no bookmarks");
        }
        let rows: BTreeSet<usize> = self
            .rows()
            .iter()
            .filter_map(|row| self.reading.named(&row.first))
            .collect();
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
                level < 2
                    && !right
                    && self
                        .reading
                        .named(&label)
                        .is_some_and(|meant| meant != page)
            });
            let title = shortened(&bookmark.title);
            if wrong {
                faults.push((
                    page,
                    format!("\"{title}\" leads to page {}", self.called(page)),
                ));
            } else if !right && level == 0 && rows.is_empty() {
                faults.push((
                    page,
                    format!("\"{title}\" does not name page {}", self.called(page)),
                ));
            }
        });
        let unnamed = rows
            .iter()
            .filter(|page| !named.contains(page))
            .map(|page| {
                let called = self.called(*page);
                (
                    *page,
                    format!("no bookmark with the number of page {called}"),
                )
            });
        faults.extend(unnamed);
        Outcome::of_faults(faults)
    }

    /// Whether the number of a page stands in a title.
    fn names(&self, title: &str, page: usize) -> bool {
        let label = self.reading.pages.get(page).map_or("", |page| &page.label);
        let place = (page + 1).to_string();
        let words = title.split(|c: char| c.is_whitespace() || "[](){},;:–—".contains(c));
        words
            .filter_map(margin::label)
            .any(|word| word == label || word == place)
    }

    fn opening_zoom(&self) -> Outcome {
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

    fn target_zoom(&self) -> Outcome {
        let changes = |target: &super::document::Target| target.zoom == Zoom::Changes;
        let links = self.pages().filter(|(_, page)| {
            let mut targets = page
                .links
                .iter()
                .filter_map(|(_, link)| link.target.as_ref());
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

    fn searchable(&self) -> Outcome {
        Outcome::of_pages(self.reading.unsearchable.clone(), |pages| {
            format!("{} pictures without text that can be searched", are(pages))
        })
    }

    fn orientation(&self) -> Outcome {
        let faults = self.pages().filter_map(|(index, page)| {
            let what = match page.content.turn()? {
                2 => "is upside down",
                _ => "runs sideways",
            };
            Some((index, format!("the text of page {} {what}", index + 1)))
        });
        Outcome::of_faults(faults.collect())
    }

    fn resolution(&self, limits: &RuleLimits, high: bool) -> Outcome {
        let Some(limit) = limits.dpi.map(f64::from) else {
            return Outcome::Pass;
        };
        if self
            .pages()
            .all(|(_, page)| page.content.pictures.is_empty())
        {
            return Outcome::NotApplicable("there are no pictures");
        }
        let breaks = |dpi: f64| {
            if high {
                dpi > limit * (1.0 + DPI_TOLERANCE)
            } else {
                dpi < limit * (1.0 - DPI_TOLERANCE)
            }
        };
        let mut worst: Option<f64> = None;
        let mut pages = Vec::new();
        for (index, page) in self.pages() {
            let dpis = page.content.pictures.iter().map(|picture| picture.dpi);
            let broken: Vec<f64> = dpis.filter(|dpi| breaks(*dpi)).collect();
            if !broken.is_empty() {
                pages.push(index);
            }
            for dpi in broken {
                worst = Some(worst.map_or(
                    dpi,
                    |worst| if high { worst.max(dpi) } else { worst.min(dpi) },
                ));
            }
        }
        Outcome::of_pages(pages, |pages| {
            let (side, most) = if high {
                ("more", "the most")
            } else {
                ("fewer", "the fewest")
            };
            format!(
                "pictures of {} have {side} than {limit:.0} dots per inch, {most} {:.0}",
                count(pages.len(), "page"),
                worst.unwrap_or_default()
            )
        })
    }

    fn page_size(&self, limits: &RuleLimits) -> Outcome {
        let Some(paper) = limits.size else {
            return Outcome::Pass;
        };
        let (width, height) = paper.points();
        let near = |one: f64, other: f64| (one - other).abs() <= PAPER_TOLERANCE;
        let fits = |(x, y): (f64, f64)| {
            (near(x, width) && near(y, height)) || (near(x, height) && near(y, width))
        };
        let pages = self.pages().filter(|(_, page)| !fits(page.size));
        Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
            format!("{} not of size {paper:?}", are(pages))
        })
    }

    fn fonts_embedded(&self) -> Outcome {
        let mut names = BTreeSet::new();
        let mut pages = Vec::new();
        for (index, page) in self.pages() {
            if !page.content.missing_fonts.is_empty() {
                pages.push(index);
                names.extend(page.content.missing_fonts.iter().cloned());
            }
        }
        Outcome::of_pages(pages, |_| {
            let shown: Vec<String> = names.iter().take(EXAMPLES).cloned().collect();
            let more = names.len().saturating_sub(EXAMPLES);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("fonts that are not in the file: {}{more}", shown.join(", "))
        })
    }

    fn file_size(&self, limits: &RuleLimits) -> Outcome {
        let too_large: Vec<String> = limits
            .routes
            .iter()
            .filter(|route| self.reading.bytes > route.mb * 1_000_000)
            .map(|route| format!("{} takes {} MB", route.name, route.mb))
            .collect();
        if too_large.is_empty() {
            return Outcome::Pass;
        }
        Outcome::of_file(format!(
            "{}: {}",
            size(self.reading.bytes),
            too_large.join(", ")
        ))
    }

    fn weight(&self, limits: &RuleLimits) -> Outcome {
        let count = self.reading.pages.len();
        let pages = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        let each = self.reading.bytes / pages;
        if limits.kb_per_page.is_none_or(|most| each <= most * 1000) {
            return Outcome::Pass;
        }
        let heaviest = self.heaviest();
        let named: Vec<String> = heaviest
            .iter()
            .map(|(title, _, bytes)| format!("\"{}\" {}", shortened(title), size(*bytes)))
            .collect();
        let named = if named.is_empty() {
            String::new()
        } else {
            format!("; the heaviest: {}", named.join(", "))
        };
        Outcome::Fail {
            pages: heaviest.iter().map(|(_, page, _)| *page).collect(),
            message: format!(
                "{} for {count} pages, {} a page{named}",
                size(self.reading.bytes),
                size(each)
            ),
        }
    }

    /// The rows of the index whose pages need most, with their first pages and bytes; pages of their own where there is no
    /// index.
    fn heaviest(&self) -> Vec<(String, usize, u64)> {
        let mut starts: Vec<(usize, String)> = self
            .rows()
            .iter()
            .filter_map(|row| Some((self.reading.named(&row.first)?, row.title.clone())))
            .collect();
        if starts.is_empty() {
            let pages = 0..self.reading.pages.len();
            starts = pages
                .map(|page| (page, format!("page {}", page + 1)))
                .collect();
        }
        // A section begins where its first document does; the later row is the document.
        starts.sort_by_key(|(page, _)| *page);
        let ends = starts.iter().skip(1).map(|(page, _)| *page);
        let ends: Vec<usize> = ends.chain([self.reading.pages.len()]).collect();
        let mut documents: Vec<(String, usize, u64)> = starts
            .into_iter()
            .zip(ends)
            .map(|((start, title), end)| {
                let weights = self.reading.weights.get(start..end).unwrap_or_default();
                (title, start, weights.iter().sum())
            })
            .collect();
        documents.sort_by_key(|(_, page, bytes)| (std::cmp::Reverse(*bytes), *page));
        documents.truncate(EXAMPLES);
        documents
    }

    fn file_name(&self, limits: &RuleLimits) -> Outcome {
        match &limits.pattern {
            Some(pattern) if !pattern.is_match(self.file_name) => {
                let example = limits.example.as_deref().unwrap_or_default();
                Outcome::of_file(format!("the file is not named as in \"{example}\""))
            }
            _ => Outcome::Pass,
        }
    }

    /// The pages that hold what some part of the search has found.
    fn betrayed(&self, is_meant: impl Fn(&Kind) -> bool, what: &str) -> Outcome {
        let places = |page: &ReadPage| {
            let leaks = page.leaks.leaks.iter();
            leaks.filter(|leak| is_meant(&leak.kind)).count()
        };
        let found: Vec<(usize, usize)> = self
            .pages()
            .map(|(index, page)| (index, places(page)))
            .filter(|(_, places)| *places > 0)
            .collect();
        let total: usize = found.iter().map(|(_, places)| places).sum();
        Outcome::of_pages(
            found.into_iter().map(|(index, _)| index).collect(),
            |pages| {
                let pages = count(pages.len(), "page");
                format!("{what}: {} on {pages}", count(total, "place"))
            },
        )
    }

    fn duplicate_pages(&self) -> Outcome {
        let faults = self.reading.duplicates.iter().map(|(first, second)| {
            (
                *second,
                format!("page {} is like page {}", second + 1, first + 1),
            )
        });
        Outcome::of_faults(faults.collect())
    }
}

fn found(found: &Found, what: &str) -> Outcome {
    if found.is_empty() {
        return Outcome::Pass;
    }
    let pages: Vec<usize> = found.pages.keys().copied().collect();
    let total: usize = found.pages.values().sum();
    let mut parts: Vec<String> = found.document.iter().cloned().collect();
    if total > 0 {
        parts.push(format!("{total} on {}", count(pages.len(), "page")));
    }
    Outcome::Fail {
        message: format!("{what}: {}", parts.join(", ")),
        pages,
    }
}

/// Every bookmark with its level, from 0.
fn visit(bookmarks: &[ReadBookmark], level: usize, to: &mut impl FnMut(&ReadBookmark, usize)) {
    for bookmark in bookmarks {
        to(bookmark, level);
        visit(&bookmark.children, level + 1, to);
    }
}

/// The page that a title claims to lead to, where it does so in so many words: `[12]`, `p. 12`, `page 12`.
fn claimed(title: &str) -> Option<String> {
    let title = title.trim();
    if let Some(open) = title.strip_suffix([']', ')']) {
        let inner = open.rsplit(['[', '(']).next()?;
        return margin::label(inner);
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

/// `A12`: what PD27A calls Bates numbering.
fn is_section_label(label: &str) -> bool {
    let digits = label.trim_start_matches(|c: char| c.is_ascii_uppercase());
    (1..=2).contains(&(label.len() - digits.len()))
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Cover and index before the first section may have Roman numbers.
fn is_front(label: &str) -> bool {
    label.bytes().all(|b| b"ivxlc".contains(&b))
}

fn shortened(title: &str) -> String {
    const MOST: usize = 60;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MOST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn shows(pages: &[usize]) -> String {
    let verb = if pages.len() == 1 { "shows" } else { "show" };
    format!("{} {verb}", count(pages.len(), "page"))
}

fn are(pages: &[usize]) -> String {
    let verb = if pages.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", count(pages.len(), "page"))
}

fn listed(pages: &[usize]) -> String {
    format!(
        "{}, from page {}",
        count(pages.len(), "page"),
        pages.first().map_or(0, |page| page + 1)
    )
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
            ("Exhibit JS/1", None),
            ("Photographs (colour)", None),
            ("Chapter 3", None),
        ] {
            assert_eq!(claimed(title).as_deref(), claims, "{title}");
        }
    }

    #[test]
    fn section_labels_have_one_or_two_capitals() {
        assert!(is_section_label("A1") && is_section_label("AB12"));
        assert!(!is_section_label("12") && !is_section_label("ABC1") && !is_section_label("A"));
    }
}
