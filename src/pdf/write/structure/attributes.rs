//! Identifiers, attributes and classes of an element (ISO 32000-2, 14.7.2 and 14.7.6) under the names
//! that they have in the bundle.

use lopdf::{Dictionary, Document as Pdf, Object, StringFormat};

use super::roles::RenamedRoles;
use super::walk::Element;
use crate::pdf::syntax::dictionaries::{get, get_array};

/// The identifier of an element.
pub(super) fn identifier<'a>(pdf: &'a Pdf, element: &'a Element) -> Option<&'a [u8]> {
    get(pdf, element.dict(pdf)?, b"ID")?.as_str().ok()
}

/// The attributes of an element; cells name their headers by identifier (ISO 32000-2, table 384).
pub(super) fn own_attributes(pdf: &Pdf, attributes: &Object, prefix: &[u8]) -> Object {
    match pdf.dereference(attributes) {
        Ok((_, Object::Array(list))) => list
            .iter()
            .map(|attributes| own_headers(pdf, attributes, prefix))
            .collect::<Vec<_>>()
            .into(),
        Ok(_) => own_headers(pdf, attributes, prefix),
        Err(_) => Object::Null,
    }
}

fn own_headers(pdf: &Pdf, attributes: &Object, prefix: &[u8]) -> Object {
    let Ok((_, Object::Dictionary(dict))) = pdf.dereference(attributes) else {
        return attributes.clone();
    };
    if !dict.has(b"Headers") {
        return attributes.clone();
    }
    let headers: Vec<Object> = get_array(pdf, dict, b"Headers")
        .iter()
        .filter_map(|header| pdf.dereference(header).ok()?.1.as_str().ok())
        .map(|header| Object::String([prefix, header].concat(), StringFormat::Literal))
        .collect();
    let mut own: Dictionary = dict.clone();
    own.set("Headers", headers);
    own.into()
}

/// The names of the classes of an element.
pub(super) fn classes_of<'a>(pdf: &'a Pdf, element: &'a Element) -> Vec<&'a [u8]> {
    let classes = element.dict(pdf).and_then(|own| get(pdf, own, b"C"));
    let listed = match classes {
        Some(Object::Array(list)) => list.as_slice(),
        Some(class) => std::slice::from_ref(class),
        None => &[],
    };
    let names = listed.iter().filter_map(|class| pdf.dereference(class).ok());
    names.filter_map(|(_, name)| name.as_name().ok()).collect()
}

/// The classes of an element: one name, or an array of names and revision numbers.
pub(super) fn own_classes(pdf: &Pdf, classes: &Object, renamed: &RenamedRoles) -> Object {
    let own = |class: &Object| match pdf.dereference(class) {
        Ok((_, Object::Name(name))) => Object::Name(renamed.get(name).unwrap_or(name).clone()),
        _ => class.clone(),
    };
    match pdf.dereference(classes) {
        Ok((_, Object::Array(list))) => list.iter().map(own).collect::<Vec<_>>().into(),
        Ok((_, class)) => own(class),
        Err(_) => Object::Null,
    }
}
