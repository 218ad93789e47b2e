//! Small conversions between numbers, rectangles and PDF objects.

use lopdf::{Dictionary, Document as Pdf, Object};

use crate::model::geometry::Rect;
use crate::pdf::syntax::dictionaries::get_array;

/// A number, rounded to what matters on paper.
pub(super) fn real(number: f64) -> Object {
    let rounded = (number * 10_000.0).round() / 10_000.0;
    #[allow(clippy::cast_possible_truncation, reason = "a PDF number is a 32-bit float")]
    let number = rounded as f32;
    Object::Real(number)
}

/// A rectangle as an array.
pub(super) fn rectangle(rect: Rect) -> Object {
    Object::Array([rect.left, rect.bottom, rect.right, rect.top].map(real).to_vec())
}

/// A text string: ASCII as it is, anything else in UTF-16 (ISO 32000-2, 7.9.2.2).
pub(super) fn text(text: &str) -> Object {
    lopdf::text_string(text)
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
