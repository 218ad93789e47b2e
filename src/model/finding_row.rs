//! Findings as scripts see them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::finding::names_page;
use super::{Code, DocumentRef, Finding, Severity};

/// One finding as scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingRow {
    pub(crate) code: Cow<'static, str>,
    pub(crate) severity: Severity,
    pub(crate) section: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) page: Option<u32>,
    pub(crate) line: Option<usize>,
    pub(crate) column: Option<usize>,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl From<&Finding> for FindingRow {
    fn from(finding: &Finding) -> Self {
        let document = finding.document.as_ref();
        Self {
            code: Cow::Borrowed(finding.code.as_str()),
            severity: finding.severity,
            section: document.map(|document| document.section.clone()),
            document: document.map(|document| document.title.clone()),
            file: document.and_then(|document| document.file.clone()),
            page: finding.page,
            line: finding.line,
            column: finding.column,
            message: finding.message.clone(),
            hint: finding.hint.clone(),
        }
    }
}

impl FindingRow {
    /// The page concerned, unless the message names it.
    pub fn page_to_name(&self) -> Option<u32> {
        self.page.filter(|page| !names_page(&self.message, *page))
    }

    /// The finding again; `None` where this program has no rule of its code.
    pub fn finding(&self) -> Option<Finding> {
        let document = match (&self.section, &self.document) {
            (Some(section), Some(title)) => Some(DocumentRef {
                section: section.clone(),
                title: title.clone(),
                file: self.file.clone(),
            }),
            _ => None,
        };
        Some(Finding {
            code: Code::named(&self.code)?,
            severity: self.severity,
            document,
            page: self.page,
            pages: Vec::new(),
            line: self.line,
            column: self.column,
            message: self.message.clone(),
            hint: self.hint.clone(),
            entries: None,
        })
    }
}
