//! Takes what nobody sees out of pages, before anything of a source is carried over: text, pictures
//! and lines outside of the crop box, and text in invisible mode that is no text layer of a picture.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document as Pdf};

use super::PdfError;
use super::file::compressed;
use crate::manifest::SourcePage;
use crate::model::words::{count, pages};
use crate::model::{Code, Finding};
use crate::pdf::syntax::PageNode;
use crate::pdf::write::invisible_content::{InvisibleContent, unseen};

/// Takes it out of the pages taken, and says how much of what on which.
pub(super) fn take_out(
    pdf: &mut Pdf,
    nodes: &mut [PageNode],
    taken: &[SourcePage],
) -> Result<Vec<Finding>, PdfError> {
    let distinct: BTreeSet<SourcePage> = taken.iter().copied().collect();
    let mut told = DroppedTally::default();
    for page in &distinct {
        let node = node(nodes, *page)?;
        let Some(unseen) = unseen(pdf, node) else {
            continue;
        };
        told.add(page.number(), &unseen);
        let content = compressed(Dictionary::new(), &unseen.content)?;
        node.dict.set("Contents", pdf.add_object(content));
    }
    Ok(told.findings())
}

fn node(nodes: &mut [PageNode], page: SourcePage) -> Result<&mut PageNode, PdfError> {
    nodes.get_mut(page.0 as usize).ok_or(PdfError::SourceChanged)
}

/// How many of each kind went, and the pages that they stood on.
#[derive(Default)]
struct DroppedTally {
    outside: (usize, Vec<u32>),
    unpainted: (usize, Vec<u32>),
    figures: (usize, Vec<u32>),
    paths: (usize, Vec<u32>),
}

impl DroppedTally {
    fn add(&mut self, page: u32, unseen: &InvisibleContent) {
        for (told, number) in [
            (&mut self.outside, unseen.text_outside),
            (&mut self.unpainted, unseen.text_unpainted),
            (&mut self.figures, unseen.figures_outside),
            (&mut self.paths, unseen.paths_outside),
        ] {
            if number > 0 {
                told.0 += number;
                told.1.push(page);
            }
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let one = |told: &(usize, Vec<u32>), what: &str, where_it_was: &str| {
            told.1.first()?;
            let were = if told.0 == 1 { "was" } else { "were" };
            let message = format!(
                "{} {where_it_was} {were} taken out on {}",
                count(told.0, what),
                pages(&told.1)
            );
            Some(Finding::new(Code::HiddenDropped, message).on_pages(&told.1))
        };
        [
            one(&self.outside, "piece", "of text outside of what the page shows"),
            one(&self.unpainted, "piece", "of text that is not painted"),
            one(&self.figures, "picture", "outside of what the page shows"),
            one(&self.paths, "drawing", "outside of what the page shows"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
