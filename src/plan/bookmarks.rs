//! The bookmarks of a bundle: cover, index, sections, documents, each with its page number
//! (GG21 paragraph 3).

use super::{BundlePage, Plan};
use crate::manifest::Case;
use crate::model::DocumentId;

/// A bookmark and those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// The title, which ends with the page number in brackets.
    pub title: String,
    /// Where it leads.
    pub page: BundlePage,
    /// The document, whose own bookmarks go below.
    pub document: Option<DocumentId>,
    /// The bookmarks below.
    pub children: Vec<Bookmark>,
}

/// The bookmarks of a plan; `cover` and `index` are the words for those sheets.
pub fn bookmarks(case: &Case, plan: &Plan, cover: &str, index: &str) -> Vec<Bookmark> {
    let bookmark = |title: &str, page: BundlePage, document, children| Bookmark {
        title: format!("{title} [{}]", plan.label(page)),
        page,
        document,
        children,
    };
    let mut bookmarks = vec![
        bookmark(cover, BundlePage::from_index(0), None, Vec::new()),
        bookmark(index, plan.index, None, Vec::new()),
    ];
    for planned in &plan.sections {
        let Some(section) = case.sections.get(planned.section) else {
            continue;
        };
        let documents = planned
            .documents
            .iter()
            .filter_map(|planned| {
                let document = section.documents.get(planned.id.document)?;
                Some(bookmark(&document.title, planned.first, Some(planned.id), Vec::new()))
            })
            .collect();
        let title = format!("{} {}", section.letter, section.title);
        bookmarks.push(bookmark(&title, planned.first, None, documents));
    }
    bookmarks
}
