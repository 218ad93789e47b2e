//! Bookmarks (ISO 32000-2, 12.3.3): those of the plan, and below each document its own.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::actions;
use super::destinations::Destinations;
use super::file::{FileWriter, ObjectNumber};
use super::import::Import;
use super::values::text;
use crate::model::DocumentId;
use crate::model::{Code, Finding};
use crate::pdf::syntax::dictionaries::{dict_of, get, get_dict};
use crate::plan::Bookmark;

/// Deeper bookmarks are taken, but no deeper than this.
const MAX_DEPTH: usize = 64;

/// A bookmark ready to be written, its destination in references of the bundle.
#[derive(Debug, Clone)]
pub(super) struct OutlineItem {
    title: Object,
    destination: Option<Object>,
    /// Colour and style, as the source has them.
    look: Dictionary,
    children: Vec<OutlineItem>,
}

/// Reads a source's own bookmarks, as far as they lead to pages that are taken.
pub(super) struct OutlineReader<'a> {
    pub(super) pdf: &'a Pdf,
    pub(super) destinations: &'a Destinations,
    pub(super) taken: &'a HashSet<ObjectId>,
    pub(super) dropped: u32,
    pub(super) seen: HashSet<ObjectId>,
}

impl OutlineReader<'_> {
    /// All bookmarks of the source.
    pub(super) fn read(&mut self) -> Vec<OutlineItem> {
        let root =
            self.pdf.catalog().ok().and_then(|catalog| get_dict(self.pdf, catalog, b"Outlines"));
        root.map_or_else(Vec::new, |root| self.read_children(root, 0))
    }

    fn read_children(&mut self, parent: &Dictionary, depth: usize) -> Vec<OutlineItem> {
        let mut items = Vec::new();
        let mut next = parent.get(b"First").ok().and_then(|first| first.as_reference().ok());
        while let Some(id) = next {
            if depth > MAX_DEPTH || !self.seen.insert(id) {
                break;
            }
            let Some(dict) = self.pdf.objects.get(&id).and_then(|object| dict_of(self.pdf, object))
            else {
                break;
            };
            let dict = dict.clone();
            items.extend(self.read_item(&dict, depth));
            next = dict.get(b"Next").ok().and_then(|next| next.as_reference().ok());
        }
        items
    }

    /// The bookmark, or those below it where it leads to a page that is not taken, whose words its title may be.
    fn read_item(&mut self, dict: &Dictionary, depth: usize) -> Vec<OutlineItem> {
        let children = self.read_children(dict, depth + 1);
        let target = dict.get(b"Dest").ok().cloned().or_else(|| {
            let action = dict.get(b"A").ok()?;
            (actions::kind(self.pdf, action)? == b"GoTo")
                .then(|| dict_of(self.pdf, action)?.get(b"D").ok().cloned())?
        });
        let target = target.as_ref().and_then(|target| self.destinations.resolve(self.pdf, target));
        let destination = match target {
            Some((page, _)) if !self.taken.contains(&page) => {
                self.dropped += 1;
                return children;
            }
            target => target.map(|(_, explicit)| explicit),
        };
        // One that only stands above others leads where the first of them does, as none may lead nowhere.
        let destination =
            destination.or_else(|| children.first().and_then(|child| child.destination.clone()));
        if destination.is_none() && children.is_empty() {
            self.dropped += 1;
            return Vec::new();
        }
        let title =
            get(self.pdf, dict, b"Title").filter(|title| matches!(title, Object::String(..)));
        let mut look = Dictionary::new();
        for key in [b"C".as_slice(), b"F"] {
            if let Some(value) = get(self.pdf, dict, key) {
                look.set(key, value.clone());
            }
        }
        vec![OutlineItem {
            title: title.cloned().unwrap_or_else(|| text("")),
            destination,
            look,
            children,
        }]
    }

    /// The finding about bookmarks that were dropped, if any were.
    pub(super) fn finding(&self) -> Option<Finding> {
        (self.dropped > 0).then(|| {
            let (noun, verb) =
                if self.dropped == 1 { ("bookmark", "leads") } else { ("bookmarks", "lead") };
            Finding::new(
                Code::BookmarkDropped,
                format!(
                    "{} of its own {noun} {verb} to no page of the bundle and stayed out",
                    self.dropped
                ),
            )
        })
    }
}

/// Turns destinations into references of the bundle.
pub(super) fn rewrite<W: Write>(
    items: &mut [OutlineItem],
    import: &mut Import<'_, W>,
) -> Result<(), PdfError> {
    for item in items {
        if let Some(destination) = &mut item.destination {
            import.rewrite(destination)?;
        }
        import.rewrite_dict(&mut item.look)?;
        rewrite(&mut item.children, import)?;
    }
    Ok(())
}

/// The bookmarks of the plan, each document's own below it.
pub(super) fn combine(
    bookmarks: &[Bookmark],
    sources: &mut HashMap<DocumentId, Vec<OutlineItem>>,
    destination: &impl Fn(&Bookmark) -> Object,
) -> Vec<OutlineItem> {
    bookmarks
        .iter()
        .map(|bookmark| {
            let mut children = combine(&bookmark.children, sources, destination);
            children
                .extend(bookmark.document.and_then(|id| sources.remove(&id)).unwrap_or_default());
            OutlineItem {
                title: text(&bookmark.title),
                destination: Some(destination(bookmark)),
                look: Dictionary::new(),
                children,
            }
        })
        .collect()
}

/// Writes all bookmarks. The first level, the sections, is open; what is below is closed.
pub(super) fn write<W: Write>(
    file: &mut FileWriter<W>,
    items: Vec<OutlineItem>,
) -> Result<Option<ObjectNumber>, PdfError> {
    if items.is_empty() {
        return Ok(None);
    }
    let root = file.reserve()?;
    let open = items.len() + items.iter().map(|item| item.children.len()).sum::<usize>();
    let (first, last) = write_level(file, items, root, 0)?;
    let dict = dictionary! {
        "Type" => "Outlines",
        "First" => first.reference(),
        "Last" => last.reference(),
        "Count" => i64::try_from(open).unwrap_or(i64::MAX),
    };
    file.put(root, dict.into())?;
    Ok(Some(root))
}

fn write_level<W: Write>(
    file: &mut FileWriter<W>,
    items: Vec<OutlineItem>,
    parent: ObjectNumber,
    depth: usize,
) -> Result<(ObjectNumber, ObjectNumber), PdfError> {
    let numbers = items.iter().map(|_| file.reserve()).collect::<Result<Vec<_>, _>>()?;
    for (index, item) in items.into_iter().enumerate() {
        let Some(number) = numbers.get(index).copied() else {
            continue;
        };
        let mut dict = item.look;
        dict.set("Title", item.title);
        dict.set("Parent", parent.reference());
        if let Some(destination) = item.destination {
            dict.set("Dest", destination);
        }
        if let Some(previous) = index.checked_sub(1).and_then(|previous| numbers.get(previous)) {
            dict.set("Prev", previous.reference());
        }
        if let Some(next) = numbers.get(index + 1) {
            dict.set("Next", next.reference());
        }
        if !item.children.is_empty() {
            let count = i64::try_from(item.children.len()).unwrap_or(i64::MAX);
            let (first, last) = write_level(file, item.children, number, depth + 1)?;
            dict.set("First", first.reference());
            dict.set("Last", last.reference());
            dict.set("Count", if depth == 0 { count } else { -count });
        }
        file.put(number, dict.into())?;
    }
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => Ok((*first, *last)),
        _ => Err(PdfError::Internal("a level of bookmarks is empty")),
    }
}
