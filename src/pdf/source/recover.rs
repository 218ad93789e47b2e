//! Pages of a file whose list of pages is gone, or whose end with the tables is cut off. Only for
//! damaged files that the user wants all the same.

use lopdf::{Dictionary, Document as Pdf, Object};

use super::Opening;
use super::load::{LoadAttempt, attempt};
use super::unlock::without_mark;

/// The best that can be had: of all ways to read the file, the one that gives the most pages.
pub(super) fn pages(body: &[u8], opening: &Opening) -> Option<LoadAttempt> {
    let completed = completed(body);
    let ways = [(body, false), (body, true), (completed.as_slice(), true)];
    let mut best: Option<LoadAttempt> = None;
    for (body, force_reconstruct) in ways {
        let Ok(found) = attempt(body, force_reconstruct, opening) else {
            continue;
        };
        if hides_its_pages(&found, body) {
            continue;
        }
        let most = best.as_ref().map_or(0, |best| best.walk.pages.len());
        if found.walk.pages.len() > most {
            best = Some(found);
        }
    }
    best
}

/// A file of which only what names its catalog is damaged, such as the dictionary of its table: all else is looked for, the
/// one catalog that is found is named, and nothing may be lost.
pub(super) fn by_its_catalog(body: &[u8], opening: &Opening) -> Option<LoadAttempt> {
    let found = attempt(&completed(body), true, opening).ok()?;
    let objects = found.unlocked.pdf.objects.iter();
    let mut catalogs = objects.filter(|(id, object)| {
        let catalog = object.as_dict();
        id.0 != OWN_CATALOG && catalog.is_ok_and(|dict| dict.has_type(b"Catalog"))
    });
    let (Some((id, _)), None) = (catalogs.next(), catalogs.next()) else {
        return None;
    };
    let end = format!("\n\ntrailer\n<</Root {} {} R>>\n", id.0, id.1);
    let named = [body, end.as_bytes()].concat();
    let found = attempt(&named, true, opening).ok()?;
    (found.health.is_sound() && !hides_its_pages(&found, body)).then_some(found)
}

/// The number of the catalog that [`completed`] adds. With the one behind it the highest that lopdf takes when it scans for
/// objects, so that they clash with none.
const OWN_CATALOG: u32 = 999_998;

/// The file with a catalog and a trailer of its own at the end, which a file that was cut off lacks.
fn completed(body: &[u8]) -> Vec<u8> {
    const END: &[u8] = b"\n\n999998 0 obj\n<</Type/Catalog/Pages 999999 0 R>>\nendobj\n\
        999999 0 obj\n<</Kids[]>>\nendobj\n\
        trailer\n<</Root 999998 0 R/Size 1000000>>\n";
    [body, END].concat()
}

/// Whether a file was encrypted, and part of what says so is gone; its streams are noise.
fn hides_its_pages(found: &LoadAttempt, body: &[u8]) -> bool {
    let objects = &found.unlocked.pdf.objects;
    found.unlocked.how.is_none()
        && (objects.values().any(is_encryption) || without_mark(body).is_some())
}

fn is_encryption(object: &Object) -> bool {
    let has = |dict: &Dictionary, keys: [&[u8]; 3]| keys.iter().all(|key| dict.has(key));
    object.as_dict().is_ok_and(|dict| has(dict, [b"Filter", b"O", b"U"]) && dict.has(b"P"))
}

/// Whether any object says of itself that it is a page.
pub(super) fn has_pages(pdf: &Pdf) -> bool {
    let is_page = |object: &Object| object.as_dict().is_ok_and(|dict| dict.has_type(b"Page"));
    pdf.objects.values().any(is_page)
}
