//! The one plan of a bundle: the place, number and label of every page. Pure; reads no disk.
//!
//! Index, bookmarks, page labels, links and the audit record are all read off a [`Plan`]; none of
//! them counts pages itself.

mod bookmarks;
mod contents;
mod labels;
mod place;
#[cfg(test)]
mod properties;
mod stamps;

use std::fmt;

pub use bookmarks::{Bookmark, bookmarks};
pub use contents::{Content, Contents, Holding, LeftOut, PlanError};
pub use labels::{LabelRange, LabelStyle, label_ranges};
pub use place::{PLACES, STAMP_HEIGHT, enlarge, need_the_same_room, places, stamp_rect};
pub use stamps::{Placement, moved_numbers, place_numbers};

use crate::manifest::{NumberStyle, Numbering, SourcePage};
use crate::model::DocumentId;

/// A page of the finished bundle, counted from 1, cover and index included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundlePage(u32);

impl BundlePage {
    /// The page at a position counted from 0.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index + 1).unwrap_or(u32::MAX))
    }

    /// The page number in the PDF, from 1.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The position in [`Plan::pages`], from 0.
    pub fn index(self) -> usize {
        self.0 as usize - 1
    }
}

impl fmt::Display for BundlePage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a page comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The cover.
    Cover,
    /// A page of the index, from 0.
    Index(u32),
    /// The divider before a section, by its position in the manifest.
    Divider(usize),
    /// The sheet that keeps a document's place.
    Placeholder(DocumentId),
    /// A page of a listed file.
    Source(DocumentId, SourcePage),
}

/// One page of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPage {
    /// The number as printed, which is also the PDF page label.
    pub label: String,
    /// Where the page comes from.
    pub origin: Origin,
}

/// A document's place in the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDocument {
    /// Which document.
    pub id: DocumentId,
    /// The running number in the index, from 1.
    pub number: u32,
    /// The pages that are taken, or that there is only a placeholder.
    pub content: Content,
    /// The first page.
    pub first: BundlePage,
    /// The last page.
    pub last: BundlePage,
}

/// A section's place in the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSection {
    /// Position in the manifest.
    pub section: usize,
    /// The first page, which is the divider where there is one.
    pub first: BundlePage,
    /// The last page.
    pub last: BundlePage,
    /// The documents, in order.
    pub documents: Vec<PlannedDocument>,
}

/// The whole bundle, page by page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Every page, first page first.
    pub pages: Vec<PlannedPage>,
    /// Every section that has documents in this bundle.
    pub sections: Vec<PlannedSection>,
    /// The first page of the index.
    pub index: BundlePage,
    /// How many pages the cover and the index have together.
    pub front_pages: u32,
    /// The numbering in force.
    pub numbering: Numbering,
}

impl Plan {
    /// Numbers the contents of a bundle behind a cover and an index of so many pages.
    pub fn new(
        contents: &Contents,
        numbering: &Numbering,
        dividers: bool,
        index_pages: u32,
    ) -> Self {
        let mut pages = Pages { numbering, pages: Vec::new() };
        pages.push(Origin::Cover, None);
        let index = pages.next();
        (0..index_pages).for_each(|page| pages.push(Origin::Index(page), None));
        let front_pages = pages.next().number() - 1;
        let mut number = 0;
        let sections = contents
            .sections
            .iter()
            .map(|section| {
                let first = pages.next();
                let mut counter = SectionCounter::new(&section.letter);
                if dividers {
                    pages.push(Origin::Divider(section.section), Some(&mut counter));
                }
                let documents = section
                    .documents
                    .iter()
                    .map(|(id, content)| {
                        number += 1;
                        pages.push_document(*id, number, content, &mut counter)
                    })
                    .collect();
                PlannedSection {
                    section: section.section,
                    first,
                    last: BundlePage::from_index(pages.pages.len() - 1),
                    documents,
                }
            })
            .collect();
        Self { pages: pages.pages, sections, index, front_pages, numbering: numbering.clone() }
    }

    /// Every document, in the order of the bundle.
    pub fn documents(&self) -> impl Iterator<Item = &PlannedDocument> {
        self.sections.iter().flat_map(|section| &section.documents)
    }

    /// How many pages the bundle has.
    pub fn page_count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// The printed number of a page.
    pub fn label(&self, page: BundlePage) -> &str {
        self.pages.get(page.index()).map_or("", |page| &page.label)
    }

    /// A range of printed numbers, such as `12–15`.
    pub fn label_range(&self, first: BundlePage, last: BundlePage) -> String {
        if first == last {
            self.label(first).to_owned()
        } else {
            format!("{}–{}", self.label(first), self.label(last))
        }
    }
}

/// Counts the pages of one section for the style [`NumberStyle::Section`].
struct SectionCounter<'a> {
    letter: &'a str,
    pages: u32,
}

impl<'a> SectionCounter<'a> {
    fn new(letter: &'a str) -> Self {
        Self { letter, pages: 0 }
    }
}

struct Pages<'a> {
    numbering: &'a Numbering,
    pages: Vec<PlannedPage>,
}

impl Pages<'_> {
    /// The page that would be pushed next.
    fn next(&self) -> BundlePage {
        BundlePage::from_index(self.pages.len())
    }

    fn push(&mut self, origin: Origin, counter: Option<&mut SectionCounter<'_>>) {
        let page = self.next().number();
        let label = match (&self.numbering.style, counter) {
            (NumberStyle::Continuous, _) => page.to_string(),
            (NumberStyle::Prefix { prefix, digits }, _) => {
                format!("{prefix}{page:0width$}", width = usize::from(*digits))
            }
            (NumberStyle::Section, None) => labels::roman(page),
            (NumberStyle::Section, Some(counter)) => {
                counter.pages += 1;
                format!("{}{}", counter.letter, counter.pages)
            }
        };
        self.pages.push(PlannedPage { label, origin });
    }

    fn push_document(
        &mut self,
        id: DocumentId,
        number: u32,
        content: &Content,
        counter: &mut SectionCounter<'_>,
    ) -> PlannedDocument {
        let first = self.next();
        match content {
            Content::Placeholder => self.push(Origin::Placeholder(id), Some(counter)),
            Content::Source(pages) => {
                for page in pages {
                    self.push(Origin::Source(id, *page), Some(counter));
                }
            }
        }
        PlannedDocument {
            id,
            number,
            content: content.clone(),
            first,
            last: BundlePage::from_index(self.pages.len() - 1),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Two sections: three pages and a placeholder in the first, twelve pages in the second.
    pub(crate) fn contents() -> Contents {
        let id = |section, document| DocumentId { section, document };
        let source = |count| Content::Source((0..count).map(SourcePage).collect());
        let section = |section, letter: &str, documents| contents::ContentSection {
            section,
            letter: letter.to_owned(),
            documents,
        };
        Contents {
            sections: vec![
                section(0, "A", vec![(id(0, 0), source(3)), (id(0, 1), Content::Placeholder)]),
                section(2, "C", vec![(id(2, 0), source(12))]),
            ],
            left_out: Vec::new(),
        }
    }

    pub(crate) fn numbering(style: NumberStyle) -> Numbering {
        Numbering { style, ..Numbering::default() }
    }

    #[test]
    fn continuous_numbers_are_the_pages_of_the_pdf() {
        let plan = Plan::new(&contents(), &numbering(NumberStyle::Continuous), true, 2);
        for (index, page) in plan.pages.iter().enumerate() {
            assert_eq!(page.label, (index + 1).to_string());
        }
        let ranges: Vec<_> = plan
            .documents()
            .map(|document| (document.first.number(), document.last.number()))
            .collect();
        assert_eq!(ranges, [(5, 7), (8, 8), (10, 21)]);
        assert_eq!((plan.index.number(), plan.front_pages, plan.page_count()), (2, 3, 21));
    }

    #[test]
    fn section_numbers_start_again_and_front_pages_are_roman() {
        let plan = Plan::new(&contents(), &numbering(NumberStyle::Section), true, 2);
        let labels: Vec<&str> = plan.pages.iter().map(|page| page.label.as_str()).collect();
        assert_eq!(
            labels.get(..10).unwrap(),
            ["i", "ii", "iii", "A1", "A2", "A3", "A4", "A5", "C1", "C2"]
        );
        assert_eq!(plan.label_range(plan.sections[1].first, plan.sections[1].last), "C1–C13");
    }

    #[test]
    fn prefixed_numbers_have_their_width() {
        let style = NumberStyle::Prefix { prefix: "BLK".to_owned(), digits: 4 };
        let plan = Plan::new(&contents(), &numbering(style), false, 1);
        assert_eq!(plan.label(BundlePage::from_index(0)), "BLK0001");
        assert_eq!(plan.label(BundlePage::from_index(17)), "BLK0018");
    }
}
