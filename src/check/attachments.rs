//! What is said of files attached to a document: `check` and `build` say the same.

use std::collections::HashSet;

use crate::model::words;
use crate::model::{Code, Finding};
use crate::pdf::source::{ATTACHMENT_HINT, Attachments, attached_to_parts};

/// What of the files attached to a document would have been on the pages taken, or belongs to it as a whole.
pub(super) fn attached(attachments: &Attachments, taken: &HashSet<u32>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if attachments.to_document {
        let message = "files are attached to this PDF; they are not in the bundle";
        findings.push(Finding::new(Code::AttachmentDropped, message).hint(ATTACHMENT_HINT));
    }
    findings.extend(marks(attachments, taken));
    if attachments.to_tags || attachments.to_parts.iter().any(|page| taken.contains(page)) {
        findings.push(attached_to_parts());
    }
    findings
}

fn marks(attachments: &Attachments, taken: &HashSet<u32>) -> Option<Finding> {
    let marks = attachments.marks.iter();
    let (pages, numbers): (Vec<u32>, Vec<u32>) =
        marks.filter(|(page, _)| taken.contains(page)).copied().unzip();
    pages.first()?;
    let on = words::pages(&pages);
    let message = match numbers.iter().sum::<u32>() {
        1 => format!("a mark on {on} stands for an attached file, which is not in the bundle"),
        number => {
            format!("{number} marks on {on} stand for attached files, which are not in the bundle")
        }
    };
    let finding = Finding::new(Code::AttachmentDropped, message).hint(ATTACHMENT_HINT);
    Some(finding.on_pages(&pages))
}
