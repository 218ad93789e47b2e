//! Fonts that are not in the file, so that each reader draws its own in their place.

use std::collections::{BTreeSet, HashSet};

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

/// Forms inside forms, no deeper than anybody draws.
const DEEPEST: usize = 8;

/// The names of the fonts of a page, and of the forms drawn on it, that are not embedded.
///
/// A font that is listed and never used counts too: telling them apart is not worth a second reading.
pub(super) fn missing(page: &Page<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut seen = HashSet::new();
    of_resources(page.resources(), &mut names, &mut seen, 0);
    names
}

fn of_resources(
    resources: &Resources<'_>,
    names: &mut BTreeSet<String>,
    seen: &mut HashSet<ObjectIdentifier>,
    depth: usize,
) {
    for key in resources.fonts.keys() {
        if let Some(font) = resources.fonts.get::<Dict<'_>>(&*key)
            && font.obj_id().is_none_or(|id| seen.insert(id))
            && !is_embedded(&font)
        {
            let name = font.get::<Name<'_>>("BaseFont");
            names.insert(name.map_or_else(|| "?".to_owned(), |name| name.as_str().to_owned()));
        }
    }
    if depth >= DEEPEST {
        return;
    }
    for key in resources.x_objects.keys() {
        let Some(form) = resources.x_objects.get::<Stream<'_>>(&*key) else {
            continue;
        };
        let subtype = form.dict().get::<Name<'_>>("Subtype");
        if subtype.is_some_and(|subtype| subtype.as_str() == "Form")
            && seen.insert(form.obj_id())
            && let Some(inner) = form.dict().get::<Dict<'_>>("Resources")
        {
            of_resources(&Resources::new(inner), names, seen, depth + 1);
        }
    }
}

fn is_embedded(font: &Dict<'_>) -> bool {
    let subtype = font.get::<Name<'_>>("Subtype");
    match subtype.as_ref().map(Name::as_str) {
        Some("Type3") => true,
        Some("Type0") => {
            let descendants = font.get::<Array<'_>>("DescendantFonts");
            let first = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
            first.is_some_and(|font| has_file(&font))
        }
        _ => has_file(font),
    }
}

fn has_file(font: &Dict<'_>) -> bool {
    let descriptor = font.get::<Dict<'_>>("FontDescriptor");
    descriptor.is_some_and(|descriptor| {
        ["FontFile", "FontFile2", "FontFile3"]
            .iter()
            .any(|key| descriptor.contains_key(key))
    })
}
