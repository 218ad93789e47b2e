//! Annotations cut off where the displayed part of their page ended, before the page grew: nothing that nobody saw comes
//! into view, and nothing lies over the number in the new strip.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use super::values::{numbers, rect, rectangle};
use crate::model::geometry::{Matrix, Rect};
use crate::pdf::syntax::dictionaries::get_dict;

/// Cuts an annotation off at the edges of `visible`, which it reaches beyond, in user space.
pub(super) fn clip(pdf: &mut Pdf, annotation: &mut Dictionary, visible: Rect) {
    let Some(whole) = rect(pdf, annotation, b"Rect") else {
        return;
    };
    let Some(part) = whole.intersection(visible).filter(|part| *part != whole) else {
        return;
    };
    if let Some(mut looks) = get_dict(pdf, annotation, b"AP").cloned()
        && let Ok(normal) = looks.get(b"N").cloned()
    {
        looks.set("N", clip_look(pdf, &normal, whole, part));
        annotation.set("AP", looks);
    }
    annotation.set("Rect", rectangle(part));
}

/// A drawing, or those of several states.
fn clip_look(pdf: &mut Pdf, look: &Object, whole: Rect, part: Rect) -> Object {
    if let Ok((_, Object::Dictionary(states))) = pdf.dereference(look) {
        let mut states = states.clone();
        for (_, state) in states.iter_mut() {
            if let Object::Reference(id) = *state {
                *state = clip_drawing(pdf, id, whole, part);
            }
        }
        return states.into();
    }
    match look {
        Object::Reference(id) => clip_drawing(pdf, *id, whole, part),
        other => other.clone(),
    }
}

/// A form as large as the part that is left, which draws the whole where it was (ISO 32000-2, 12.5.5, algorithm 8).
fn clip_drawing(pdf: &mut Pdf, drawing: ObjectId, whole: Rect, part: Rect) -> Object {
    let onto = pdf.get_object(drawing).ok().and_then(|object| {
        let dict = &object.as_stream().ok()?.dict;
        let own = rect(pdf, dict, b"BBox")?;
        let matrix = numbers(pdf, dict, b"Matrix").unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let turned = Matrix(matrix).bounds(own)?;
        let (x, y) = (whole.width() / turned.width(), whole.height() / turned.height());
        let (left, bottom) = (whole.left - x * turned.left, whole.bottom - y * turned.bottom);
        (x.is_finite() && y.is_finite()).then_some([x, y, left, bottom])
    });
    let Some([x, y, left, bottom]) = onto else {
        return drawing.into();
    };
    let content = format!("q {x:.6} 0 0 {y:.6} {left:.4} {bottom:.4} cm /Whole Do Q");
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => rectangle(part),
        "Resources" => dictionary! { "XObject" => dictionary! { "Whole" => drawing } },
    };
    pdf.add_object(Stream::new(dict, content.into_bytes())).into()
}
