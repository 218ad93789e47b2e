//! Attribute classes and namespaces (ISO 32000-2, 14.7.6.2 and 14.7.4) of all sources side by side.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::attributes::classes_of;
use super::roles::RenamedRoles;
use super::source::{SourceTags, root_dict};
use crate::pdf::syntax::dictionaries::{get_array, get_dict, references};
use crate::pdf::write::PdfError;
use crate::pdf::write::entries::{ATTRIBUTES, NAMESPACE};
use crate::pdf::write::file::ObjectNumber;
use crate::pdf::write::import::Import;

/// The attribute classes of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct Classes(Dictionary);

impl Classes {
    /// Adds the classes of a source that elements which stay are of: others are those of pages left out. A class that
    /// differs from one of the same name is renamed.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        tags: &SourceTags,
    ) -> Result<RenamedRoles, PdfError> {
        let classes = root_dict(&import.pdf, &tags.root, b"ClassMap");
        let stay = tags.elements.iter().filter(|element| element.kept);
        let used: HashSet<Vec<u8>> =
            stay.flat_map(|element| classes_of(&import.pdf, element)).map(<[u8]>::to_vec).collect();
        let mut renamed = RenamedRoles::new();
        for (name, value) in classes.iter().filter(|(name, _)| used.contains(*name)) {
            let mut class = plain_class(&import.pdf, value).clone();
            import.rewrite_as(&mut class, ATTRIBUTES)?;
            let mut unique = name.clone();
            let mut number = 1;
            while self.0.get(&unique).is_ok_and(|known| *known != class)
                || (number > 1 && classes.has(&unique))
            {
                number += 1;
                unique = [name.as_slice(), format!("_{number}").as_bytes()].concat();
            }
            if unique != *name {
                renamed.insert(name.clone(), unique.clone());
            }
            self.0.set(unique, class);
        }
        Ok(renamed)
    }

    /// `/ClassMap`, where there is any.
    pub(super) fn into_map(self) -> Option<Dictionary> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

/// The namespaces of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    all: Vec<Object>,
    /// Those that are no more than a name, which all sources can share.
    plain: HashMap<Vec<u8>, ObjectNumber>,
}

impl Namespaces {
    /// Adds the namespaces of a source. Their types are often in the role map, too, for readers that
    /// know of no namespaces, and are then renamed with it.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        root: &Dictionary,
        types: &RenamedRoles,
    ) -> Result<(), PdfError> {
        let ids: Vec<ObjectId> = references(get_array(&import.pdf, root, b"Namespaces")).collect();
        for id in ids {
            rename_types(&mut import.pdf, id, types);
            let Some(Object::Dictionary(dict)) = import.pdf.objects.get_mut(&id) else {
                continue;
            };
            // A file of its own, with which readers do nothing.
            dict.remove(b"Schema");
            let name = plain_name(dict);
            if import.number_of(id).is_some() {
                continue;
            }
            if let Some(known) = name.as_ref().and_then(|name| self.plain.get(name)) {
                import.assign(id, *known);
                continue;
            }
            let mut reference = Object::Reference(id);
            import.rewrite_as(&mut reference, NAMESPACE)?;
            if let (Some(name), Some(number)) = (name, import.number_of(id)) {
                self.plain.insert(name, number);
            }
            self.all.push(reference);
        }
        Ok(())
    }

    /// `/Namespaces`, where there is any.
    pub(super) fn into_list(self) -> Option<Vec<Object>> {
        (!self.all.is_empty()).then_some(self.all)
    }
}

/// A class as it can be compared with others: itself, where it is a dictionary or a list of some and
/// can be nothing else.
fn plain_class<'a>(pdf: &'a Pdf, value: &'a Object) -> &'a Object {
    match pdf.dereference(value) {
        Ok((_, class @ Object::Dictionary(dict))) if !dict.has(b"Type") => class,
        Ok((_, class @ Object::Array(_))) => class,
        _ => value,
    }
}

fn rename_types(pdf: &mut Pdf, namespace: ObjectId, types: &RenamedRoles) {
    let Ok(dict) = pdf.get_dictionary(namespace) else {
        return;
    };
    let Some(map) = get_dict(pdf, dict, b"RoleMapNS") else {
        return;
    };
    let own: Dictionary = map
        .iter()
        .map(|(name, role)| (types.get(name).unwrap_or(name).clone(), role.clone()))
        .collect();
    if let Ok(dict) = pdf.get_dictionary_mut(namespace) {
        dict.set("RoleMapNS", own);
    }
}

fn plain_name(dict: &Dictionary) -> Option<Vec<u8>> {
    let Ok(Object::String(name, _)) = dict.get(b"NS") else {
        return None;
    };
    let is_plain = dict.iter().all(|(key, _)| key == b"NS" || key == b"Type");
    is_plain.then(|| name.clone())
}
