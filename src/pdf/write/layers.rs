//! Optional content (ISO 32000-2, 8.11): the layers of all sources side by side, each in the state
//! in which its own file opened, so that what was hidden stays hidden.

use std::collections::HashSet;
use std::io::Write;

use lopdf::{Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::entries::{EVENT, Kind, LAYER};
use super::import::Import;
use super::values::text;
use crate::pdf::syntax::dictionaries::{get, get_array, get_dict, references};

/// No list of layers that people made comes near this depth.
const MAX_DEPTH: usize = 32;

/// Tells layers apart that are called alike: mupdf takes two with the same entries for one.
const NUMBER: &str = "CourtbundleLayer";

/// What a default configuration says of layers (ISO 32000-2, table 99).
#[derive(Debug, Default)]
struct Configuration {
    groups: Vec<Object>,
    hidden: Vec<Object>,
    locked: Vec<Object>,
    radio: Vec<Object>,
    events: Vec<Object>,
    order: Vec<Object>,
}

/// The layers of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct Layers(Configuration);

impl Layers {
    /// Adds the layers of a source, under the title of its document.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        title: &str,
    ) -> Result<(), PdfError> {
        let Some(source) = Configuration::read(&import.pdf) else {
            return Ok(());
        };
        let carried = |import: &mut Import<'_, W>,
                       mut objects: Vec<Object>,
                       kind: Kind|
         -> Result<Vec<Object>, PdfError> {
            for object in &mut objects {
                import.rewrite_as(object, kind)?;
            }
            objects.retain_mut(is_about_layers);
            Ok(objects)
        };
        let all = &mut self.0;
        for (number, group) in (all.groups.len()..).zip(references(&source.groups)) {
            if let Ok(Object::Dictionary(group)) = import.pdf.get_object_mut(group) {
                group.set(NUMBER, i64::try_from(number).unwrap_or(i64::MAX));
            }
        }
        all.groups.extend(carried(import, source.groups, LAYER)?);
        all.hidden.extend(carried(import, source.hidden, LAYER)?);
        all.locked.extend(carried(import, source.locked, LAYER)?);
        all.radio.extend(carried(import, source.radio, LAYER)?);
        all.events.extend(carried(import, source.events, EVENT)?);
        let order = carried(import, source.order, LAYER)?;
        if !order.is_empty() {
            let mut labelled = vec![text(title)];
            labelled.extend(order);
            all.order.push(Object::Array(labelled));
        }
        Ok(())
    }

    /// `/OCProperties` of the catalog, where there is any layer.
    pub(super) fn into_properties(self) -> Option<Object> {
        let Configuration { groups, hidden, locked, radio, events, order } = self.0;
        if groups.is_empty() {
            return None;
        }
        let default = dictionary! {
            "BaseState" => "ON",
            "OFF" => hidden,
            "Order" => order,
            "Locked" => locked,
            "RBGroups" => radio,
            "AS" => events,
        };
        Some(dictionary! { "OCGs" => groups, "D" => default }.into())
    }
}

/// Takes out what is gone. A heading without a layer below it says nothing.
fn is_about_layers(object: &mut Object) -> bool {
    match object {
        Object::Null => false,
        Object::Array(list) => {
            list.retain_mut(is_about_layers);
            list.iter().any(|item| !matches!(item, Object::String(..)))
        }
        // An event without a layer.
        Object::Dictionary(dict) => match dict.get_mut(b"OCGs") {
            Ok(list) => is_about_layers(list),
            Err(_) => true,
        },
        _ => true,
    }
}

/// Lists of layers with all that stands in them, so that what is gone leaves nothing behind; only layers have numbers.
fn in_place(pdf: &Pdf, object: &Object, depth: usize) -> Object {
    let within = |list: &[Object]| -> Vec<Object> {
        let items = list.iter().filter(|_| depth < MAX_DEPTH);
        items.map(|item| in_place(pdf, item, depth + 1)).collect()
    };
    match pdf.dereference(object) {
        Ok((_, Object::Array(list))) => within(list).into(),
        Ok((_, Object::Dictionary(event))) if event.has(b"Event") => {
            let mut event = event.clone();
            event.set("OCGs", within(get_array(pdf, &event, b"OCGs")));
            event.into()
        }
        Ok((_, label @ Object::String(..))) => label.clone(),
        _ => object.clone(),
    }
}

impl Configuration {
    /// What one source says, references still its own; `None` where it has no layers.
    fn read(pdf: &Pdf) -> Option<Self> {
        let properties = get_dict(pdf, pdf.catalog().ok()?, b"OCProperties")?;
        let mut seen = HashSet::new();
        let groups: Vec<ObjectId> = references(get_array(pdf, properties, b"OCGs"))
            .filter(|id| pdf.objects.contains_key(id) && seen.insert(*id))
            .collect();
        let empty = lopdf::Dictionary::new();
        let default = get_dict(pdf, properties, b"D").unwrap_or(&empty);
        let list = |key: &[u8]| -> Vec<Object> {
            let listed = get_array(pdf, default, key).iter();
            listed.map(|item| in_place(pdf, item, 0)).collect()
        };
        let starts_off = get(pdf, default, b"BaseState")
            .is_some_and(|state| state.as_name().is_ok_and(|state| state == b"OFF"));
        let on: HashSet<ObjectId> = references(get_array(pdf, default, b"ON")).collect();
        let off: HashSet<ObjectId> = references(get_array(pdf, default, b"OFF")).collect();
        let hidden = groups
            .iter()
            .filter(|id| if starts_off { !on.contains(id) } else { off.contains(id) })
            .map(|id| Object::Reference(*id))
            .collect();
        Some(Self {
            groups: groups.iter().map(|id| Object::Reference(*id)).collect(),
            hidden,
            locked: list(b"Locked"),
            radio: list(b"RBGroups"),
            events: list(b"AS"),
            order: list(b"Order"),
        })
    }
}
