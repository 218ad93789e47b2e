//! What things in a file are called, which readers show in lists, in tool tips or not at all: layers, destinations,
//! profiles of colours, form fields with their captions and choices.

use std::collections::HashSet;

use hayro::hayro_syntax::object::{Array, Dict, Object, String as PdfString};

use super::super::plain;
use super::{decoded, described};

/// Names of one file that are looked at, and nodes of its trees of names and fields.
const MAX: usize = 100_000;

/// Every name, and whether none was left out.
pub(super) fn of(catalog: &Dict<'_>) -> (Vec<String>, bool) {
    let mut names = NameWalk { found: Vec::new(), seen: HashSet::new(), left: MAX };
    if let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") {
        names.each(&properties, "OCGs", &["Name"]);
        described::labels(&properties).iter().for_each(|label| names.push(label));
    }
    names.each(
        catalog,
        "OutputIntents",
        &["OutputCondition", "OutputConditionIdentifier", "Info", "RegistryName"],
    );
    if let Some(old) = catalog.get::<Dict<'_>>("Dests") {
        for name in old.keys() {
            names.push(&String::from_utf8_lossy(name.as_ref()));
        }
    }
    let trees = catalog.get::<Dict<'_>>("Names");
    if let Some(tree) = trees.and_then(|trees| trees.get::<Dict<'_>>("Dests")) {
        names.of_tree(&tree);
    }
    if let Some(form) = catalog.get::<Dict<'_>>("AcroForm") {
        names.of_fields(&form, "Fields");
    }
    (names.found, names.left > 0)
}

struct NameWalk {
    found: Vec<String>,
    /// Where in the file each node stands that was looked at: those within other objects have no number of their own.
    seen: HashSet<*const u8>,
    left: usize,
}

impl NameWalk {
    fn push(&mut self, name: &str) {
        let name = plain(name.trim());
        let has_letter = name.chars().any(char::is_alphanumeric);
        if has_letter && self.left > 0 {
            self.left -= 1;
            self.found.push(name);
        }
    }

    /// Some entries of a dictionary.
    fn entries(&mut self, dict: &Dict<'_>, keys: &[&str]) {
        for key in keys {
            if let Some(text) = dict.get::<PdfString<'_>>(key) {
                self.push(&decoded(&text));
            }
        }
    }

    /// Some entries of all dictionaries in a list.
    fn each(&mut self, dict: &Dict<'_>, list: &str, keys: &[&str]) {
        let list = dict.get::<Array<'_>>(list);
        for dict in list.iter().flat_map(Array::iter::<Dict<'_>>) {
            self.entries(&dict, keys);
        }
    }

    /// Whether a node of a tree is looked at for the first time.
    fn visit(&mut self, node: &Dict<'_>) -> bool {
        let is_new = self.seen.insert(node.data().as_ptr());
        if is_new {
            self.left = self.left.saturating_sub(1);
        }
        is_new && self.left > 0
    }

    /// A tree of names (ISO 32000-2, 7.9.6).
    fn of_tree(&mut self, root: &Dict<'_>) {
        let mut open = vec![root.clone()];
        while let Some(node) = open.pop() {
            if !self.visit(&node) {
                continue;
            }
            let names = node.get::<Array<'_>>("Names");
            let names = names.iter().flat_map(Array::iter::<Object<'_>>).step_by(2);
            for name in names {
                if let Object::String(name) = name {
                    self.push(&decoded(&name));
                }
            }
            let kids = node.get::<Array<'_>>("Kids");
            open.extend(kids.iter().flat_map(Array::iter::<Dict<'_>>));
        }
    }

    /// Fields with their widgets.
    fn of_fields(&mut self, form: &Dict<'_>, key: &str) {
        let mut open = list(form, key);
        while let Some(field) = open.pop() {
            if !self.visit(&field) {
                continue;
            }
            self.entries(&field, &["T", "TM"]);
            if let Some(look) = field.get::<Dict<'_>>("MK") {
                self.entries(&look, &["CA", "RC", "AC"]);
            }
            let choices = field.get::<Array<'_>>("Opt");
            for choice in choices.iter().flat_map(Array::iter::<Object<'_>>) {
                match choice {
                    Object::String(choice) => self.push(&decoded(&choice)),
                    Object::Array(both) => {
                        both.iter::<PdfString<'_>>().for_each(|text| self.push(&decoded(&text)));
                    }
                    _ => {}
                }
            }
            open.extend(list(&field, "Kids"));
        }
    }
}

fn list<'a>(dict: &Dict<'a>, key: &str) -> Vec<Dict<'a>> {
    let list = dict.get::<Array<'_>>(key);
    list.iter().flat_map(Array::iter::<Dict<'_>>).collect()
}
