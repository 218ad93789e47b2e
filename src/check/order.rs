//! Documents out of the order that their section asks for.

use super::document_ref;
use crate::manifest::{Document, Section};
use crate::model::{Code, Finding};

pub(super) fn check_date_order<'d>(
    section: &Section,
    documents: impl Iterator<Item = &'d Document>,
) -> Vec<Finding> {
    if !section.date_order {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut latest: Option<&Document> = None;
    for document in documents.filter(|document| document.date.is_some()) {
        match latest {
            Some(before) if document.date < before.date => findings.push(
                Finding::new(
                    Code::DateOrder,
                    format!("it is older than \"{}\", which stands before it", before.title),
                )
                .of(document_ref(section, document))
                .at_line(document.line)
                .hint("move it, or drop order = \"date\" from the section"),
            ),
            _ => latest = Some(document),
        }
    }
    findings
}
