//! Actions (ISO 32000-2, 12.6): those that only move within the bundle or name a web page stay;
//! those that run a program, send data or open another file go, with a finding.

use lopdf::{Dictionary, Document as Pdf, Object};

use crate::pdf::syntax::dictionaries::{dict_of, get, get_dict};

/// Kinds of action that stay. `GoTo` is turned into a plain destination before.
const HARMLESS: [&[u8]; 4] = [b"GoTo", b"URI", b"Named", b"SetOCGState"];

/// What such an action says (ISO 32000-2, 12.6.4).
const OF_AN_ACTION: [&[u8]; 8] =
    [b"Type", b"S", b"D", b"URI", b"IsMap", b"N", b"State", b"PreserveRB"];

/// The kind of an action, such as `JavaScript`.
pub(super) fn kind(pdf: &Pdf, action: &Object) -> Option<Vec<u8>> {
    get(pdf, dict_of(pdf, action)?, b"S")?.as_name().ok().map(<[u8]>::to_vec)
}

/// Takes out of an annotation or a field what must not reach the bundle, and names it.
pub(super) fn clean(pdf: &Pdf, dict: &mut Dictionary) -> Vec<String> {
    let mut removed = Vec::new();
    if let Some(Object::Dictionary(events)) = dict
        .remove(b"AA")
        .and_then(|events| pdf.dereference(&events).ok().map(|(_, events)| events.clone()))
    {
        removed.extend(events.iter().map(|(_, action)| name(pdf, action)));
    }
    if let Ok(action) = dict.get(b"A").cloned() {
        match kind(pdf, &action) {
            Some(kind) if kind == b"URI" && !leads_to_web(pdf, &action) => {
                removed.push("URI to something other than a web page".to_owned());
                dict.remove(b"A");
            }
            Some(kind) if HARMLESS.contains(&kind.as_slice()) => {
                if let Some(whole) = dict_of(pdf, &action)
                    && whole.iter().any(|(key, _)| !OF_AN_ACTION.contains(&key.as_slice()))
                {
                    let own =
                        whole.iter().filter(|(key, _)| OF_AN_ACTION.contains(&key.as_slice()));
                    let own = own.map(|(key, value)| (key.clone(), value.clone()));
                    removed.extend(whole.get(b"Next").ok().map(|next| name(pdf, next)));
                    dict.set("A", Dictionary::from_iter(own));
                }
            }
            // It is not in the file.
            None if dict_of(pdf, &action).is_none() => {
                dict.remove(b"A");
            }
            _ => {
                removed.push(name(pdf, &action));
                dict.remove(b"A");
            }
        }
    }
    removed
}

/// Whether an address leads to a web page or starts a message. Many lack the scheme; one of a file, or
/// of a share of a network, is not to be opened from a bundle, nor told.
fn leads_to_web(pdf: &Pdf, action: &Object) -> bool {
    const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];
    let address = dict_of(pdf, action).and_then(|action| get(pdf, action, b"URI"));
    let Some(Object::String(address, _)) = address else {
        return false;
    };
    let address = String::from_utf8_lossy(address);
    let address = address.trim();
    let scheme = address.split(['/', '?', '#', '.']).next().unwrap_or_default();
    match scheme.split_once(':') {
        Some((scheme, _)) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
        None => !address.starts_with(['\\', '/']),
    }
}

fn name(pdf: &Pdf, action: &Object) -> String {
    kind(pdf, action)
        .map_or_else(|| "unknown".to_owned(), |kind| String::from_utf8_lossy(&kind).into_owned())
}

/// What a document would do by itself when it is opened, printed or closed.
pub(super) fn automatic(pdf: &Pdf) -> Vec<&'static str> {
    let Ok(catalog) = pdf.catalog() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let scripts = get_dict(pdf, catalog, b"Names")
        .is_some_and(|names| get(pdf, names, b"JavaScript").is_some());
    if scripts {
        found.push("scripts of the document were");
    }
    let opens = catalog.get(b"OpenAction").ok().and_then(|action| kind(pdf, action));
    if opens.is_some_and(|kind| kind != b"GoTo") {
        found.push("an action on opening was");
    }
    if get(pdf, catalog, b"AA").is_some() {
        found.push("actions on printing, saving or closing were");
    }
    if pdf.objects.values().any(|object| bookmark_acts(pdf, object)) {
        found.push("actions of bookmarks were");
    }
    found
}

/// Whether an object is a bookmark (ISO 32000-2, table 151) that does more than lead somewhere.
fn bookmark_acts(pdf: &Pdf, object: &Object) -> bool {
    let Ok(dict) = object.as_dict() else {
        return false;
    };
    let action = dict.get(b"A").ok().filter(|_| dict.has(b"Title"));
    let kind = action.and_then(|action| kind(pdf, action));
    kind.is_some_and(|kind| !HARMLESS.contains(&kind.as_slice()))
}
