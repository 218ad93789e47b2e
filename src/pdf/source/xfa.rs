//! Forms whose pages are made by the reader while somebody looks at them (XFA, deprecated by
//! ISO 32000-2, 12.7.8). Their files hold a placeholder in place of the pages.

use lopdf::content::Content;
use lopdf::{Document as Pdf, Object, Stream};

use crate::pdf::syntax::dictionaries::get_dict;
use crate::pdf::syntax::page_node::PageNode;

/// What the placeholder says, in letters alone; Adobe's programs write no other.
const PLACEHOLDERS: [&str; 2] = ["pleasewaitifthismessage", "requiresadobereader"];

/// No placeholder needs more than this.
const LONGEST: usize = 1 << 20;

/// Whether the pages in the file are not what a reader of such forms shows.
pub(super) fn is_dynamic(pdf: &Pdf, pages: &[PageNode]) -> bool {
    let Ok(catalog) = pdf.catalog() else {
        return false;
    };
    if !get_dict(pdf, catalog, b"AcroForm").is_some_and(|form| form.has(b"XFA")) {
        return false;
    }
    let needs_rendering = catalog.get_deref(b"NeedsRendering", pdf);
    needs_rendering.is_ok_and(|needs| needs.as_bool().unwrap_or(false))
        || pages.first().is_some_and(|page| is_placeholder(&letters(pdf, page)))
}

fn is_placeholder(letters: &str) -> bool {
    PLACEHOLDERS.iter().any(|words| letters.contains(words))
}

/// The letters that a page shows, in lower case.
fn letters(pdf: &Pdf, page: &PageNode) -> String {
    let streams: Vec<&Stream> = match page.dict.get_deref(b"Contents", pdf) {
        Ok(Object::Stream(stream)) => vec![stream],
        Ok(Object::Array(streams)) => streams
            .iter()
            .filter_map(|stream| pdf.dereference(stream).ok()?.1.as_stream().ok())
            .collect(),
        _ => Vec::new(),
    };
    let mut letters = String::new();
    for stream in streams {
        let content = stream.decompressed_content_with_limit(LONGEST);
        let content = content.unwrap_or_else(|_| stream.content.clone());
        let operations = Content::decode(&content).map(|content| content.operations);
        for operation in operations.unwrap_or_default() {
            operation.operands.iter().for_each(|operand| add(operand, &mut letters));
        }
    }
    letters
}

fn add(operand: &Object, letters: &mut String) {
    match operand {
        Object::String(text, _) => letters.extend(
            text.iter()
                .filter(|byte| byte.is_ascii_alphabetic())
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        ),
        Object::Array(parts) => parts.iter().for_each(|part| add(part, letters)),
        _ => {}
    }
}
