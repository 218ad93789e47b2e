//! What the first pages of a listed document are; all else of a draft's forms is pure.

use crate::classify::PageKind;
use crate::inspect::kinds_of_pages;
use crate::manifest::{Case, Document};
use crate::pdf::source::{Opening, Password};

use super::forms::{Proposed, proposed};

/// So many pages are looked at: the first may be a cover or a scan.
const MAX_PAGES: u32 = 3;

/// The form that a document most likely is, by what it is called and by its first pages.
pub fn propose_form(case: &Case, document: &Document) -> Option<Proposed> {
    proposed(document, || first_pages(case, document))
}

/// What the first pages that a document takes are; nothing where nobody can read them, which `check` tells.
fn first_pages(case: &Case, document: &Document) -> Vec<PageKind> {
    let opening = Opening {
        password: document.password_env.as_deref().and_then(Password::from_variable),
        allow_damaged: document.allow_damaged,
        limits: case.limits,
    };
    let first = document.pages.as_ref().map_or(0, |pages| pages.first().0);
    let pages: Vec<u32> = (first..first.saturating_add(MAX_PAGES)).collect();
    let file = document.file.as_ref().map(|file| case.folder.join(file));
    file.and_then(|file| kinds_of_pages(&file, &pages, &opening).ok()).unwrap_or_default()
}
