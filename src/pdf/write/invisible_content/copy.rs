//! A file of pages as they are going to be once what nobody sees is taken out, to be looked at before any
//! bundle is built.

use std::collections::BTreeSet;

use lopdf::{Document as Pdf, Object, Stream, dictionary};

use super::unseen;
use crate::pdf::source::Source;

/// Those of some pages, from 0, that change, and a file that holds them alone, in order; `None` where none
/// does, or where there can be no such file.
pub(crate) fn copy_without(
    source: &Source,
    pages: &BTreeSet<u32>,
) -> Option<(BTreeSet<u32>, Vec<u8>)> {
    let changed: Vec<(u32, Vec<u8>)> = pages
        .iter()
        .filter_map(|page| {
            let node = source.pages.get(*page as usize)?;
            Some((*page, unseen(&source.pdf, node)?.content))
        })
        .collect();
    if changed.is_empty() {
        return None;
    }
    let numbers = changed.iter().map(|(page, _)| *page).collect();
    let mut pdf = source.pdf.clone();
    let root = pdf.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for (page, content) in changed {
        let mut dict = source.pages.get(page as usize)?.dict.clone();
        let content = pdf.add_object(Stream::new(dictionary! {}, content));
        dict.set("Contents", content);
        dict.set("Parent", root);
        kids.push(pdf.add_object(dict).into());
    }
    let count = i64::try_from(kids.len()).ok()?;
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    pdf.objects.insert(root, tree.into());
    pdf.catalog_mut().ok()?.set("Pages", root);
    Some((numbers, saved(&mut pdf)?))
}

fn saved(pdf: &mut Pdf) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).ok()?;
    Some(bytes)
}
