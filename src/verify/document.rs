//! A finished PDF as a reader sees it: bookmarks and where links lead.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, String as PdfString,
};
use hayro_syntax::page::Page;

/// No page or bookmark tree that people made is deeper.
const MAX_DEPTH: usize = 64;

/// Nodes of a name or number tree looked into.
pub(super) const MAX_NODES: usize = 10_000;

/// A bookmark as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadBookmark {
    pub(super) title: String,
    /// Where it leads; `None` where it leads nowhere in this file.
    pub(super) target: Option<Target>,
    /// Whether it is meant to lead somewhere; one that only stands above others is not.
    pub(super) leads: bool,
    pub(super) children: Vec<ReadBookmark>,
}

impl ReadBookmark {
    /// The page that it leads to, from 0.
    pub(super) fn page(&self) -> Option<usize> {
        self.target.map(|target| target.page)
    }
}

/// A link as read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadLink {
    /// Where it can be clicked, in user space.
    pub(super) area: [f64; 4],
    /// Where it leads; `None` where it leads nowhere in this file.
    pub(super) target: Option<Target>,
    /// Whether it leads out of the file.
    pub(super) leaves: bool,
}

/// A page to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    /// The page, from 0.
    pub(super) page: usize,
    /// What becomes of the zoom.
    pub(super) zoom: Zoom,
}

/// What a destination does to the zoom (ISO 32000-2, table 149).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zoom {
    /// It stays as it is.
    Keeps,
    /// It becomes 100 %.
    Full,
    /// It becomes something else.
    Changes,
}

/// A PDF that opened.
pub(super) struct ReadDocument<'a> {
    pdf: &'a Pdf,
    catalog: Dict<'a>,
    pages: HashMap<ObjectIdentifier, usize>,
}

impl<'a> ReadDocument<'a> {
    /// `None` where there is no catalog.
    pub(super) fn new(pdf: &'a Pdf) -> Option<Self> {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let pages = pdf
            .pages()
            .iter()
            .enumerate()
            .filter_map(|(index, page)| Some((page.raw().obj_id()?, index)))
            .collect();
        Some(Self { pdf, catalog, pages })
    }

    pub(super) fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    pub(super) fn pages(&self) -> impl Iterator<Item = &'a Page<'a>> {
        self.pdf.pages().iter()
    }

    /// The label of every page (ISO 32000-2, 12.4.2); plain numbers where there are none.
    pub(super) fn labels(&self) -> Vec<String> {
        super::labels::of(&self.catalog, self.page_count())
    }

    /// Where the document opens, as an open action says.
    pub(super) fn opening(&self) -> Option<Target> {
        match self.catalog.get::<Object<'_>>("OpenAction")? {
            Object::Dict(action) => self.target_of_action(&action),
            destination => self.resolve(destination, 0),
        }
    }

    /// Whether the document opens at its first page and 100 %.
    pub(super) fn opens_at_full_size(&self) -> bool {
        self.opening().is_some_and(|target| target.page == 0 && target.zoom == Zoom::Full)
    }

    /// All bookmarks.
    pub(super) fn bookmarks(&self) -> Vec<ReadBookmark> {
        let root = self.catalog.get::<Dict<'_>>("Outlines");
        root.map_or_else(Vec::new, |root| self.children(&root, 0, &mut HashSet::new()))
    }

    fn children(
        &self,
        parent: &Dict<'a>,
        depth: usize,
        seen: &mut HashSet<ObjectIdentifier>,
    ) -> Vec<ReadBookmark> {
        let mut bookmarks = Vec::new();
        let mut next = parent.get::<Dict<'_>>("First");
        while let Some(item) = next {
            if depth > MAX_DEPTH || item.obj_id().is_some_and(|id| !seen.insert(id)) {
                break;
            }
            bookmarks.push(ReadBookmark {
                title: item
                    .get::<PdfString<'_>>("Title")
                    .map(|title| decode(title.as_bytes()))
                    .unwrap_or_default(),
                target: self.target_of(&item),
                leads: item.contains_key("Dest")
                    || item.contains_key("A")
                    || !item.contains_key("First"),
                children: self.children(&item, depth + 1, seen),
            });
            next = item.get::<Dict<'_>>("Next");
        }
        bookmarks
    }

    /// The pages that the links of a page lead to, in order.
    pub(super) fn link_targets(&self, page: &Page<'a>) -> Vec<Option<usize>> {
        let links = self.links(page).into_iter();
        links.map(|link| Some(link.target?.page)).collect()
    }

    /// The links of a page, in order.
    pub(super) fn links(&self, page: &Page<'a>) -> Vec<ReadLink> {
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else {
            return Vec::new();
        };
        let is_link = |annotation: &Dict<'_>| {
            let subtype = annotation.get::<Name<'_>>("Subtype");
            let flags = annotation.get::<u32>("F").unwrap_or(0);
            // Nobody can click what is hidden (ISO 32000-2, table 167).
            let is_there = flags & (1 << 1 | 1 << 5) == 0;
            is_there && subtype.is_some_and(|subtype| subtype.as_str() == "Link")
        };
        annotations
            .iter::<Dict<'_>>()
            .filter(is_link)
            .map(|link| (self.target_of(&link), link))
            .map(|(target, link)| ReadLink {
                area: link
                    .get::<Rect>("Rect")
                    .map_or([0.0; 4], |rect| [rect.x0, rect.y0, rect.x1, rect.y1]),
                target,
                leaves: target.is_none()
                    && link.get::<Dict<'_>>("A").is_some_and(|action| {
                        let kind = action.get::<Name<'_>>("S");
                        kind.is_some_and(|kind| !["GoTo", "Named"].contains(&kind.as_str()))
                    }),
            })
            .collect()
    }

    /// Where a bookmark or a link leads, by its destination or its action.
    fn target_of(&self, item: &Dict<'a>) -> Option<Target> {
        match item.get::<Object<'_>>("Dest") {
            Some(destination) => self.resolve(destination, 0),
            None => self.target_of_action(&item.get::<Dict<'_>>("A")?),
        }
    }

    fn target_of_action(&self, action: &Dict<'a>) -> Option<Target> {
        let kind = action.get::<Name<'_>>("S")?;
        if kind.as_str() != "GoTo" {
            return None;
        }
        self.resolve(action.get::<Object<'_>>("D")?, 0)
    }

    /// A destination: explicit, or a name for one (ISO 32000-2, 12.3.2).
    fn resolve(&self, destination: Object<'a>, depth: usize) -> Option<Target> {
        if depth > MAX_DEPTH {
            return None;
        }
        match destination {
            Object::Array(array) => self.explicit(&array),
            Object::Dict(dict) => self.resolve(dict.get::<Object<'_>>("D")?, depth + 1),
            Object::Name(name) => {
                let named = self.catalog.get::<Dict<'_>>("Dests")?;
                self.resolve(named.get::<Object<'_>>(&*name)?, depth + 1)
            }
            Object::String(name) => {
                let names = self.catalog.get::<Dict<'_>>("Names")?;
                let root = names.get::<Dict<'_>>("Dests")?;
                let mut left = MAX_NODES;
                let found = look_up(&root, name.as_bytes(), &mut left)?;
                self.resolve(found, depth + 1)
            }
            _ => None,
        }
    }

    fn explicit(&self, destination: &Array<'a>) -> Option<Target> {
        let page = match destination.raw_iter().next()? {
            MaybeRef::Ref(reference) => self.pages.get(&reference.into()).copied()?,
            // Some writers give the number of the page, from 0.
            MaybeRef::NotRef(Object::Number(number)) => {
                let page = usize::try_from(number.as_i64()).ok()?;
                (page < self.page_count()).then_some(page)?
            }
            MaybeRef::NotRef(_) => return None,
        };
        // Read raw: a first part that cannot be resolved would end the list.
        let part = |index: usize| match destination.raw_iter().nth(index)? {
            MaybeRef::NotRef(part) => Some(part),
            MaybeRef::Ref(_) => None,
        };
        let full_view =
            part(1).and_then(Object::into_name).is_some_and(|name| name.as_str() == "XYZ");
        let zoom = part(4).and_then(Object::into_f32);
        let zoom = match (full_view, zoom) {
            (false, _) => Zoom::Changes,
            (true, None) => Zoom::Keeps,
            (true, Some(0.0)) => Zoom::Keeps,
            (true, Some(zoom)) if (zoom - 1.0).abs() < 1e-3 => Zoom::Full,
            (true, Some(_)) => Zoom::Changes,
        };
        Some(Target { page, zoom })
    }

    /// The catalog.
    pub(super) fn catalog(&self) -> &Dict<'a> {
        &self.catalog
    }

    /// Whether the document has page labels of its own.
    pub(super) fn has_labels(&self) -> bool {
        self.catalog.contains_key("PageLabels")
    }
}

/// A name in a name tree (ISO 32000-2, 7.9.6). The limits of the nodes are not trusted.
fn look_up<'a>(node: &Dict<'a>, name: &[u8], left: &mut usize) -> Option<Object<'a>> {
    *left = left.checked_sub(1)?;
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let items: Vec<Object<'_>> = names.iter::<Object<'_>>().collect();
        for pair in items.chunks(2) {
            if let [Object::String(key), value] = pair
                && key.as_bytes() == name
            {
                return Some(value.clone());
            }
        }
    }
    let kids = node.get::<Array<'_>>("Kids")?;
    kids.iter::<Dict<'_>>().find_map(|kid| look_up(&kid, name, left))
}

/// A text string: UTF-16, UTF-8 or, near enough for what is compared here, ASCII.
pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> =
            units.as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
        return String::from_utf16_lossy(&units);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded() {
        assert_eq!(decode(b"\xFE\xFF\x01\x77"), "\u{177}");
        assert_eq!(decode(b"plain [3]"), "plain [3]");
    }
}
