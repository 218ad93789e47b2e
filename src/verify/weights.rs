//! What makes a file heavy: for each page the streams that it is the first to need.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

/// Forms inside forms, no deeper than anybody draws.
const MAX_DEPTH: usize = 8;

/// For each page the bytes of the contents, pictures, forms and fonts that no page before it needs.
pub(super) fn of_pages(pages: &[Page<'_>]) -> Vec<u64> {
    let mut seen = HashSet::new();
    pages.iter().map(|page| of_page(page, &mut seen)).collect()
}

fn of_page(page: &Page<'_>, seen: &mut HashSet<ObjectIdentifier>) -> u64 {
    let parts = page.raw().get::<Array<'_>>("Contents");
    let contents: u64 = match parts {
        Some(parts) => parts.iter::<Stream<'_>>().map(|part| bytes(&part, seen)).sum(),
        None => {
            let content = page.raw().get::<Stream<'_>>("Contents");
            content.map_or(0, |content| bytes(&content, seen))
        }
    };
    contents + of_resources(page.resources(), seen, 0)
}

fn of_resources(
    resources: &Resources<'_>,
    seen: &mut HashSet<ObjectIdentifier>,
    depth: usize,
) -> u64 {
    let mut total = 0;
    for key in resources.fonts.keys() {
        if let Some(font) = resources.fonts.get::<Dict<'_>>(&*key) {
            total += of_font(&font, seen);
        }
    }
    for key in resources.x_objects.keys() {
        let Some(object) = resources.x_objects.get::<Stream<'_>>(&*key) else {
            continue;
        };
        let first = !seen.contains(&object.obj_id());
        total += bytes(&object, seen);
        if let Some(mask) = object.dict().get::<Stream<'_>>("SMask") {
            total += bytes(&mask, seen);
        }
        if first
            && depth < MAX_DEPTH
            && let Some(inner) = object.dict().get::<Dict<'_>>("Resources")
        {
            total += of_resources(&Resources::new(inner), seen, depth + 1);
        }
    }
    total
}

fn of_font(font: &Dict<'_>, seen: &mut HashSet<ObjectIdentifier>) -> u64 {
    let is_composite =
        font.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_str() == "Type0");
    let descendant = font
        .get::<Array<'_>>("DescendantFonts")
        .filter(|_| is_composite)
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor");
    let Some(descriptor) = descriptor else {
        return 0;
    };
    let files = ["FontFile", "FontFile2", "FontFile3"].iter();
    files.filter_map(|key| descriptor.get::<Stream<'_>>(*key)).map(|file| bytes(&file, seen)).sum()
}

fn bytes(stream: &Stream<'_>, seen: &mut HashSet<ObjectIdentifier>) -> u64 {
    if !seen.insert(stream.obj_id()) {
        return 0;
    }
    u64::try_from(stream.raw_data().len()).unwrap_or(u64::MAX)
}
