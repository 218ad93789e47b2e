//! Draws form fields whose file leaves that to the reader (`/NeedAppearances`, ISO 32000-2,
//! 12.7.4.3). The request cannot be passed on, as it would make readers redraw the fields of every
//! other document; so the values are drawn here, once.

mod field;
mod font;
mod frame;
mod text;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use crate::pdf::syntax::dictionaries::{get, get_array, get_dict, references};
use field::Inherited;
use text::draw_text;

/// No tree of fields that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// What came of drawing the fields of a form.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldTally {
    /// Fields that were drawn from their values.
    pub(super) drawn: u32,
    /// Fields whose value could not be drawn.
    pub(super) undrawn: u32,
}

/// Draws the text and choice fields below some roots, and sets check boxes to their values.
pub(super) fn draw_fields(pdf: &mut Pdf, roots: &[ObjectId], form: &Dictionary) -> FieldTally {
    let fonts = get_dict(pdf, form, b"DR")
        .and_then(|resources| get_dict(pdf, resources, b"Font"))
        .cloned()
        .unwrap_or_default();
    let inherited = Inherited::default().with(pdf, form);
    let mut stack: Vec<(ObjectId, Inherited, usize)> =
        roots.iter().map(|root| (*root, inherited.clone(), 0)).collect();
    let mut drawn = FieldTally::default();
    while let Some((id, inherited, depth)) = stack.pop() {
        let Ok(dict) = pdf.get_dictionary(id) else {
            continue;
        };
        let field = inherited.with(pdf, dict);
        let kids: Vec<ObjectId> = references(get_array(pdf, dict, b"Kids")).collect();
        if depth < MAX_DEPTH {
            stack.extend(kids.iter().map(|kid| (*kid, field.clone(), depth + 1)));
        }
        if kids.is_empty() {
            match draw_widget(pdf, id, &field, &fonts) {
                Some(true) => drawn.drawn += 1,
                Some(false) => drawn.undrawn += 1,
                None => {}
            }
        }
    }
    drawn
}

/// Whether the widget was drawn; `None` where there is nothing to draw.
fn draw_widget(pdf: &mut Pdf, id: ObjectId, field: &Inherited, fonts: &Dictionary) -> Option<bool> {
    match field.kind.as_slice() {
        b"Btn" => {
            set_button(pdf, id, field);
            is_drawing_broken(pdf, id).then_some(false)
        }
        b"Tx" | b"Ch" => {
            let text = if field.is_list() { field.list(pdf) } else { field.text(pdf) };
            let widget = pdf.get_dictionary(id).ok()?.clone();
            if text.is_empty() && get(pdf, &widget, b"AP").is_none() {
                return None;
            }
            let Some(stream) = draw_text(pdf, &widget, field, fonts, &text) else {
                return Some(false);
            };
            let stream = pdf.add_object(stream);
            pdf.get_dictionary_mut(id)
                .ok()?
                .set("AP", dictionary! { "N" => Object::Reference(stream) });
            Some(true)
        }
        _ => None,
    }
}

/// Whether the state that a button shows has something else for a drawing: readers make up one of their own. A state that
/// is not listed has none, and nothing is seen of it.
fn is_drawing_broken(pdf: &Pdf, id: ObjectId) -> bool {
    let drawing = || {
        let widget = pdf.get_dictionary(id).ok()?;
        let states = get_dict(pdf, get_dict(pdf, widget, b"AP")?, b"N")?;
        let state = get(pdf, widget, b"AS").and_then(|state| state.as_name().ok());
        get(pdf, states, state.unwrap_or(b"Off"))
    };
    drawing().is_some_and(|drawing| drawing.as_stream().is_err())
}

/// Shows a check box or radio button in the state that its value names.
fn set_button(pdf: &mut Pdf, id: ObjectId, field: &Inherited) {
    let Some(Object::Name(value)) = field.value.clone() else {
        return;
    };
    let Ok(widget) = pdf.get_dictionary(id) else {
        return;
    };
    let Some(states) = get_dict(pdf, widget, b"AP").and_then(|look| get_dict(pdf, look, b"N"))
    else {
        return;
    };
    let state = if states.has(&value) { value } else { b"Off".to_vec() };
    if let Ok(widget) = pdf.get_dictionary_mut(id) {
        widget.set("AS", Object::Name(state));
    }
}
