//! Lists that are handed out by themselves get what readers of PDFs look for: a title, the language, a bookmark for each
//! part, and an identity that depends on their bytes alone.

use lopdf::{Document as Pdf, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::PdfError;
use super::values::text;

/// Completes a small PDF of the program's own making; `parts` are bookmarks, each with its page, from 0.
pub(crate) fn hand_out(
    bytes: &[u8],
    title: &str,
    parts: &[(String, usize)],
) -> Result<Vec<u8>, PdfError> {
    let own = |_| PdfError::Internal("a page that was just set cannot be read");
    let mut pdf = Pdf::load_mem(bytes).map_err(own)?;
    pdf.version = "1.7".to_owned();
    let outline = outline(&mut pdf, parts);
    let catalog = pdf.catalog_mut().map_err(own)?;
    catalog.set("Lang", text("en-GB"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    let info = pdf.add_object(dictionary! { "Title" => text(title) });
    pdf.trailer.set("Info", info);
    let id: Vec<u8> = Sha256::digest(bytes).iter().take(16).copied().collect();
    let id = Object::String(id, StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![id.clone(), id]);
    let mut whole = Vec::with_capacity(bytes.len());
    pdf.save_to(&mut whole)?;
    Ok(whole)
}

/// One level of bookmarks, in the order given.
fn outline(pdf: &mut Pdf, parts: &[(String, usize)]) -> Option<ObjectId> {
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let root = pdf.new_object_id();
    let numbers: Vec<ObjectId> = parts.iter().map(|_| pdf.new_object_id()).collect();
    for (index, ((title, page), number)) in parts.iter().zip(&numbers).enumerate() {
        let mut item = dictionary! { "Title" => text(title), "Parent" => root };
        if let Some(page) = pages.get(*page) {
            item.set("Dest", vec![(*page).into(), "Fit".into()]);
        }
        if let Some(previous) = index.checked_sub(1).and_then(|at| numbers.get(at)) {
            item.set("Prev", *previous);
        }
        if let Some(next) = numbers.get(index + 1) {
            item.set("Next", *next);
        }
        pdf.objects.insert(*number, item.into());
    }
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let dict =
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count };
    pdf.objects.insert(root, dict.into());
    Some(root)
}
