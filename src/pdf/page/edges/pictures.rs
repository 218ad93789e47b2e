//! What must be known of the pictures of a file before a page is looked at.

use std::collections::{BTreeSet, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::manifest::Limits;
use crate::pdf::source::reach;
use crate::pdf::syntax::page_node::PageNode;
use crate::pdf::syntax::{inline_pictures, limits};

/// What must be known of the pictures of a file before any is looked at.
#[derive(Debug)]
pub(crate) struct Pictures {
    /// Whether nothing changes their shades on their way to the page.
    pub(super) as_stored: bool,
    /// Those that would fill the memory.
    vast: HashSet<ObjectId>,
    /// Those of them that do not say so themselves.
    bombs: HashSet<ObjectId>,
    /// The pages, from 0, that may show one of those.
    bomb_pages: BTreeSet<u32>,
    /// Whether there are such pictures in the middle of what is drawn out of sight.
    inline: bool,
    limits: Limits,
}

impl Pictures {
    /// What a file says of its pictures.
    pub(crate) fn of(pdf: &Pdf, pages: &[PageNode], limits: Limits) -> Self {
        let bombs = limits::bombs(pdf, &limits);
        Self {
            as_stored: !has_transfer(pdf),
            vast: limits::vast_pictures(pdf, &limits),
            bomb_pages: reach::pages_that_may_show(pdf, pages, &bombs),
            bombs,
            inline: inline_pictures::any_vast(pdf, &limits),
            limits,
        }
    }

    /// Whether a picture may be unpacked; `id` is that of its stream, where it has one of its own.
    pub(super) fn may_unpack(&self, id: Option<ObjectId>, size: (u32, u32), data: &[u8]) -> bool {
        let fits = match id {
            Some(id) => !self.vast.contains(&id) && !self.bombs.contains(&id),
            None => !limits::deflated_beyond(data, limits::bytes(&self.limits)),
        };
        fits && !limits::is_vast(size.0 as usize, size.1 as usize, &self.limits)
    }

    /// Whether a page may be drawn, with all that stands in patterns, glyphs and masks.
    pub(crate) fn may_draw(&self) -> bool {
        self.vast.is_empty() && self.bombs.is_empty() && !self.inline
    }

    /// Whether the small pictures of a page, from 0, may be looked into without being asked about.
    pub(crate) fn are_honest_on(&self, page: u32) -> bool {
        !self.bomb_pages.contains(&page)
    }

    /// Whether the pictures in the middle of some content may be looked into without being asked about.
    pub(crate) fn may_search(&self, content: &[u8]) -> bool {
        !inline_pictures::holds_vast(content, &self.limits)
    }

    /// Whether small pictures may be looked into without being asked about.
    pub(crate) fn are_honest(&self) -> bool {
        self.bombs.is_empty()
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
        assert!(Pictures::of(&pdf, &[], Limits::default()).as_stored);
        let state = dictionary! { "TR2" => "Default" };
        let within = vec![dictionary! { "ExtGState" => dictionary! { "G" => state } }.into()];
        pdf.add_object(Object::Array(within));
        assert!(!Pictures::of(&pdf, &[], Limits::default()).as_stored);
    }
}
