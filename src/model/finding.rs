//! Findings: what is wrong or worth knowing about a case, each with a stable code.

use serde::{Deserialize, Serialize};

use super::Code;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// Look at it; it does not stand in the way.
    Warning,
    /// Stands in the way.
    Error,
}

/// Which document a finding is about, in the words of the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRef {
    /// The section's letter.
    pub section: String,
    /// The document's title.
    pub title: String,
    /// The listed file, as typed.
    pub file: Option<String>,
}

/// One thing found, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// How much it matters here; usually [`Code::severity`].
    pub severity: Severity,
    /// The document concerned.
    pub document: Option<DocumentRef>,
    /// The page of the source file concerned, from 1, the first where there are more.
    pub page: Option<u32>,
    /// All of them, where the message names more than one.
    pub pages: Vec<u32>,
    /// The line of the manifest, from 1.
    pub line: Option<usize>,
    /// The column of the manifest in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong, without the document's name, in lower case and without a full stop.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Lines for the manifest that would settle it. They hold marks of values, so that only `check` shows them.
    pub entries: Option<String>,
}

impl Finding {
    /// A finding of the code's own severity about the case as a whole.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            document: None,
            page: None,
            pages: Vec::new(),
            line: None,
            column: None,
            message: message.into(),
            hint: None,
            entries: None,
        }
    }

    /// The same finding about a document.
    #[must_use]
    pub fn of(mut self, document: DocumentRef) -> Self {
        self.document = Some(document);
        self
    }

    /// The same finding at a line of the manifest, from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same finding at a page of the source, from 1.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The same finding at several pages of the source, from 1.
    #[must_use]
    pub fn on_pages(mut self, pages: &[u32]) -> Self {
        self.page = pages.first().copied();
        self.pages = pages.to_vec();
        self
    }

    /// Whether it is about a page of the source, from 1, as one about the document as a whole is.
    pub fn concerns(&self, page: u32) -> bool {
        match self.pages.as_slice() {
            [] => self.page.is_none_or(|only| only == page),
            pages => pages.contains(&page),
        }
    }

    /// The same finding with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with lines for the manifest that would settle it.
    #[must_use]
    pub fn entries(mut self, entries: impl Into<String>) -> Self {
        self.entries = Some(entries.into());
        self
    }

    /// The same finding with these lines in what to do about it: for whoever keeps the manifest.
    #[must_use]
    pub fn with_entries_shown(&self) -> Self {
        let mut finding = self.clone();
        if let Some(entries) = finding.entries.take() {
            finding.hint = Some(format!("{}:\n{entries}", finding.hint.unwrap_or_default()));
        }
        finding
    }

    /// The page concerned, unless the message names it.
    pub fn page_to_name(&self) -> Option<u32> {
        self.page.filter(|page| !names_page(&self.message, *page))
    }

    /// Whether it stands in the way.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Whether a message says itself which page it is about, as `page 2` or `pages 2, 5` do.
pub(super) fn names_page(message: &str, page: u32) -> bool {
    let words = message.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let page = page.to_string();
    words
        .windows(2)
        .any(|pair| matches!(pair, [noun, number] if ["page", "pages"].contains(noun) && *number == page))
}
