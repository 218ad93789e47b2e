//! Layers that readers show or hide by what they are used for (ISO 32000-2, 8.11.4.4): seen on the screen and not
//! printed, printed and not seen, seen at some sizes.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::pdf::syntax::dictionaries::{get_dict, get_name};
use crate::pdf::syntax::optional_content::references_at;

/// The groups that are printed and not seen on the screen.
pub(crate) fn off_on_screen(pdf: &Pdf, default: &Dictionary) -> HashSet<ObjectId> {
    groups(pdf, default, b"View", |category, usage| {
        category == b"View" && state(pdf, usage, b"View", b"ViewState")
    })
}

/// The groups that are seen on the screen, and not printed or not at every size.
pub(crate) fn shown_at_times(pdf: &Pdf, default: &Dictionary) -> HashSet<ObjectId> {
    let mut found = groups(pdf, default, b"Print", |category, usage| {
        category == b"Print" && state(pdf, usage, b"Print", b"PrintState")
    });
    found.extend(groups(pdf, default, b"View", |category, usage| {
        let sizes = get_dict(pdf, usage, b"Zoom");
        category == b"Zoom" && sizes.is_some_and(|sizes| sizes.has(b"min") || sizes.has(b"max"))
    }));
    found
}

/// The groups that an event switches by a category of their usage, as a test says.
fn groups(
    pdf: &Pdf,
    default: &Dictionary,
    event: &[u8],
    is_off: impl Fn(&[u8], &Dictionary) -> bool,
) -> HashSet<ObjectId> {
    let Ok(Object::Array(rules)) = default.get_deref(b"AS", pdf) else {
        return HashSet::new();
    };
    let rules = rules
        .iter()
        .filter_map(|rule| pdf.dereference(rule).ok()?.1.as_dict().ok())
        .filter(|rule| get_name(pdf, rule, b"Event") == Some(event));
    let mut found = HashSet::new();
    for rule in rules {
        let categories = categories(pdf, rule);
        let switched = references_at(pdf, rule, b"OCGs").into_iter().filter(|id| {
            let group = pdf.get_object(*id).ok().and_then(|group| group.as_dict().ok());
            let usage = group.and_then(|group| get_dict(pdf, group, b"Usage"));
            usage.is_some_and(|usage| categories.iter().any(|category| is_off(category, usage)))
        });
        found.extend(switched);
    }
    found
}

fn categories<'a>(pdf: &'a Pdf, rule: &'a Dictionary) -> Vec<&'a [u8]> {
    match rule.get_deref(b"Category", pdf) {
        Ok(Object::Array(names)) => names.iter().filter_map(|name| name.as_name().ok()).collect(),
        Ok(Object::Name(name)) => vec![name.as_slice()],
        _ => Vec::new(),
    }
}

fn state(pdf: &Pdf, usage: &Dictionary, category: &[u8], key: &[u8]) -> bool {
    let usage = get_dict(pdf, usage, category);
    usage.is_some_and(|usage| get_name(pdf, usage, key) == Some(b"OFF"))
}
