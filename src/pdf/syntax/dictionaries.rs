//! What stands under the keys of dictionaries, references followed.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

/// The dictionary behind an object, if there is one; of a stream too.
pub(in crate::pdf) fn dict_of<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    match pdf.dereference(object).ok()?.1 {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The value of a key, references followed.
pub(in crate::pdf) fn get<'a>(
    pdf: &'a Pdf,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    dict.get_deref(key, pdf).ok().filter(|object| !object.is_null())
}

/// The dictionary under a key.
pub(in crate::pdf) fn get_dict<'a>(
    pdf: &'a Pdf,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    dict_of(pdf, dict.get(key).ok()?)
}

/// The name under a key.
pub(in crate::pdf) fn get_name<'a>(
    pdf: &'a Pdf,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    get(pdf, dict, key)?.as_name().ok()
}

/// The array under a key; empty where there is none.
pub(in crate::pdf) fn get_array<'a>(
    pdf: &'a Pdf,
    dict: &'a Dictionary,
    key: &[u8],
) -> &'a [Object] {
    get(pdf, dict, key).and_then(|object| object.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// The references among some objects.
pub(in crate::pdf) fn references(objects: &[Object]) -> impl Iterator<Item = ObjectId> + '_ {
    objects.iter().filter_map(|object| object.as_reference().ok())
}
