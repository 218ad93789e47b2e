//! Optional content (ISO 32000-2, 8.11): the layers of all sources side by side, each in the state
//! in which its own file opened, so that what was hidden stays hidden.

use std::collections::HashSet;
use std::io::Write;

use lopdf::{Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::import::Import;
use super::values::{get, get_array, get_dict, references, text};

/// The layers of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct Layers {
    groups: Vec<Object>,
    hidden: Vec<Object>,
    locked: Vec<Object>,
    radio: Vec<Object>,
    events: Vec<Object>,
    order: Vec<Object>,
}

impl Layers {
    /// Adds the layers of a source, under the title of its document.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        title: &str,
    ) -> Result<(), PdfError> {
        let Some(source) = SourceLayers::read(&import.pdf) else {
            return Ok(());
        };
        let mut carried = |mut objects: Vec<Object>| -> Result<Vec<Object>, PdfError> {
            for object in &mut objects {
                import.rewrite(object)?;
            }
            Ok(objects)
        };
        self.groups.extend(carried(source.groups)?);
        self.hidden.extend(carried(source.hidden)?);
        self.locked.extend(carried(source.locked)?);
        self.radio.extend(carried(source.radio)?);
        self.events.extend(carried(source.events)?);
        let order = carried(source.order)?;
        if !order.is_empty() {
            let mut labelled = vec![text(title)];
            labelled.extend(order);
            self.order.push(Object::Array(labelled));
        }
        Ok(())
    }

    /// `/OCProperties` of the catalog, where there is any layer.
    pub(super) fn into_properties(self) -> Option<Object> {
        if self.groups.is_empty() {
            return None;
        }
        let default = dictionary! {
            "BaseState" => "ON",
            "OFF" => self.hidden,
            "Order" => self.order,
            "Locked" => self.locked,
            "RBGroups" => self.radio,
            "AS" => self.events,
        };
        Some(dictionary! { "OCGs" => self.groups, "D" => default }.into())
    }
}

/// What one source says of its layers, references still its own.
struct SourceLayers {
    groups: Vec<Object>,
    hidden: Vec<Object>,
    locked: Vec<Object>,
    radio: Vec<Object>,
    events: Vec<Object>,
    order: Vec<Object>,
}

impl SourceLayers {
    fn read(pdf: &Pdf) -> Option<Self> {
        let properties = get_dict(pdf, pdf.catalog().ok()?, b"OCProperties")?;
        let mut seen = HashSet::new();
        let groups: Vec<ObjectId> = references(get_array(pdf, properties, b"OCGs"))
            .filter(|id| pdf.objects.contains_key(id) && seen.insert(*id))
            .collect();
        let empty = lopdf::Dictionary::new();
        let default = get_dict(pdf, properties, b"D").unwrap_or(&empty);
        let list = |key: &[u8]| get_array(pdf, default, key).to_vec();
        let starts_off = get(pdf, default, b"BaseState")
            .is_some_and(|state| state.as_name().is_ok_and(|state| state == b"OFF"));
        let on: HashSet<ObjectId> = references(get_array(pdf, default, b"ON")).collect();
        let off: HashSet<ObjectId> = references(get_array(pdf, default, b"OFF")).collect();
        let hidden = groups
            .iter()
            .filter(|id| {
                if starts_off {
                    !on.contains(id)
                } else {
                    off.contains(id)
                }
            })
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
