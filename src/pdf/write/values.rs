//! Small conversions between numbers, rectangles and PDF objects.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::model::geometry::Rect;

/// A number, rounded to what matters on paper.
pub(super) fn real(number: f64) -> Object {
    let rounded = (number * 10_000.0).round() / 10_000.0;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a PDF number is a 32-bit float"
    )]
    let number = rounded as f32;
    Object::Real(number)
}

/// A rectangle as an array.
pub(super) fn rectangle(rect: Rect) -> Object {
    Object::Array(
        [rect.left, rect.bottom, rect.right, rect.top]
            .map(real)
            .to_vec(),
    )
}

/// A text string: ASCII as it is, anything else in UTF-16 (ISO 32000-2, 7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    lopdf::text_string(text)
}

/// The dictionary behind an object, if there is one; of a stream too.
pub(super) fn dict_of<'a>(pdf: &'a Pdf, object: &'a Object) -> Option<&'a Dictionary> {
    match pdf.dereference(object).ok()?.1 {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// The value of a key, references followed.
pub(super) fn get<'a>(pdf: &'a Pdf, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dict.get_deref(key, pdf)
        .ok()
        .filter(|object| !object.is_null())
}

/// The dictionary under a key.
pub(super) fn get_dict<'a>(
    pdf: &'a Pdf,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    dict_of(pdf, dict.get(key).ok()?)
}

/// The array under a key; empty where there is none.
pub(super) fn get_array<'a>(pdf: &'a Pdf, dict: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    get(pdf, dict, key)
        .and_then(|object| object.as_array().ok())
        .map_or(&[], Vec::as_slice)
}

/// The references among some objects.
pub(super) fn references(objects: &[Object]) -> impl Iterator<Item = ObjectId> + '_ {
    objects
        .iter()
        .filter_map(|object| object.as_reference().ok())
}

/// The rectangle under a key, its corners in order.
pub(super) fn rect(pdf: &Pdf, dict: &Dictionary, key: &[u8]) -> Option<Rect> {
    let [x0, y0, x1, y1] = numbers(pdf, dict, key)?;
    Some(Rect::new(x0, y0, x1, y1))
}

/// The first numbers of the array under a key.
pub(super) fn numbers<const N: usize>(
    pdf: &Pdf,
    dict: &Dictionary,
    key: &[u8],
) -> Option<[f64; N]> {
    let mut values = [0.0; N];
    let array = get_array(pdf, dict, key);
    for (place, value) in array.iter().zip(&mut values) {
        *value = pdf.dereference(place).ok()?.1.as_float().ok()?.into();
    }
    (array.len() >= N).then_some(values)
}
