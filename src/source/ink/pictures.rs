//! What must be known of the pictures of a file before a page is looked at.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::super::limits;
use crate::manifest::Limits;

/// What must be known of the pictures of a file before any is looked at.
#[derive(Debug)]
pub(in crate::source) struct Pictures {
    /// Whether nothing changes their shades on their way to the page.
    pub(super) as_stored: bool,
    /// Those that would fill the memory.
    pub(super) vast: HashSet<ObjectId>,
    limits: Limits,
}

impl Pictures {
    /// What a file says of its pictures.
    pub(in crate::source) fn of(pdf: &Pdf, limits: Limits) -> Self {
        Self {
            as_stored: !has_transfer(pdf),
            vast: limits::vast_pictures(pdf, &limits),
            limits,
        }
    }

    /// Whether a picture may be unpacked; `id` is that of its stream.
    pub(super) fn may_unpack(&self, id: ObjectId, width: u32, height: u32) -> bool {
        !self.vast.contains(&id) && !limits::is_vast(width as usize, height as usize, &self.limits)
    }
}

/// Whether any object may hold a transfer function (ISO 32000-2, 10.5), which changes shades.
fn has_transfer(pdf: &Pdf) -> bool {
    fn within(object: &Object) -> bool {
        let within_dict = |dict: &Dictionary| {
            dict.iter()
                .any(|(key, value)| matches!(key.as_slice(), b"TR" | b"TR2") || within(value))
        };
        match object {
            Object::Array(array) => array.iter().any(within),
            Object::Dictionary(dict) => within_dict(dict),
            Object::Stream(stream) => within_dict(&stream.dict),
            _ => false,
        }
    }
    pdf.objects.values().any(within)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    #[test]
    fn a_transfer_function_is_found_wherever_it_stands() {
        let mut pdf = Pdf::new();
        pdf.add_object(dictionary! { "Type" => "ExtGState", "TK" => true });
        assert!(Pictures::of(&pdf, Limits::default()).as_stored);
        let state = dictionary! { "TR2" => "Default" };
        let within = vec![dictionary! { "ExtGState" => dictionary! { "G" => state } }.into()];
        pdf.add_object(Object::Array(within));
        assert!(!Pictures::of(&pdf, Limits::default()).as_stored);
    }
}
