//! The structure tree of one source (ISO 32000-2, 14.7), walked without trust in it: loops are cut,
//! what is no element and no content is passed over.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::pdf::syntax::dictionaries::{get, get_array, get_dict};

/// No structure tree that people made comes near this depth, and readers follow it by recursion.
const MAX_DEPTH: usize = 512;

/// How many kids all elements of a source have together at the most; arrays can be shared, so the
/// size of the file is no bound.
const MAX_KIDS: usize = 1 << 22;

/// What of a source is in the bundle.
pub(in crate::pdf::write) struct Scope<'a> {
    /// Its pages that are taken.
    pub(in crate::pdf::write) taken: &'a HashSet<ObjectId>,
    /// Whether these are all of its pages.
    pub(in crate::pdf::write) all_pages: bool,
    /// The annotations that come along.
    pub(in crate::pdf::write) annotations: &'a HashSet<ObjectId>,
}

/// Where the dictionary of an element stands.
pub(super) enum ElementHome {
    Object(ObjectId),
    /// Within its parent, which the standard does not allow and some do.
    Direct(Dictionary),
}

/// A marked-content sequence (ISO 32000-2, 14.7.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkedContent {
    pub(super) page: ObjectId,
    /// The content stream, where it is not that of the page.
    pub(super) stream: Option<ObjectId>,
    pub(super) mcid: u32,
}

/// What an element holds, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// Another element, by its place in the list.
    Element(usize),
    MarkedContent(MarkedContent),
    /// An annotation or an `XObject` as a whole (ISO 32000-2, 14.7.5.3).
    Object {
        object: ObjectId,
        page: Option<ObjectId>,
    },
}

/// One structure element.
pub(super) struct Element {
    pub(super) place: ElementHome,
    /// Its parent, which stands before it in the list.
    pub(super) parent: Option<usize>,
    /// The page that its content is on unless the content says otherwise.
    pub(super) page: Option<ObjectId>,
    /// What it holds, as far as that is in the bundle.
    pub(super) items: Vec<Item>,
    /// Whether something in it is on a page that is not in the bundle.
    pub(super) lost: bool,
    /// Whether it comes along.
    pub(super) kept: bool,
    depth: usize,
}

impl Element {
    /// Its dictionary.
    pub(super) fn dict<'a>(&'a self, pdf: &'a Pdf) -> Option<&'a Dictionary> {
        match &self.place {
            ElementHome::Object(id) => pdf.objects.get(id)?.as_dict().ok(),
            ElementHome::Direct(dict) => Some(dict),
        }
    }

    /// The object that holds it.
    pub(super) fn id(&self) -> Option<ObjectId> {
        match self.place {
            ElementHome::Object(id) => Some(id),
            ElementHome::Direct(_) => None,
        }
    }

    /// Whether its type is one of those that role maps are about.
    pub(super) fn is_in_default_namespace(&self, pdf: &Pdf) -> bool {
        self.dict(pdf).is_none_or(|dict| !dict.has(b"NS"))
    }

    /// Whether a type of its would be one that its file maps to others.
    pub(super) fn is_role_mapped(&self, pdf: &Pdf, name: &[u8]) -> bool {
        let namespace = self.dict(pdf).and_then(|dict| get_dict(pdf, dict, b"NS"));
        let map = namespace.and_then(|namespace| get_dict(pdf, namespace, b"RoleMapNS"));
        self.is_in_default_namespace(pdf) || map.is_some_and(|map| map.has(name))
    }

    /// Its structure type, as its file calls it.
    pub(super) fn structure_type<'a>(&'a self, pdf: &'a Pdf) -> &'a [u8] {
        self.dict(pdf).and_then(|dict| get(pdf, dict, b"S")?.as_name().ok()).unwrap_or(b"NonStruct")
    }
}

/// A tree that cannot be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusable;

/// Every element below the root, parents before their kids.
pub(super) fn walk(
    pdf: &Pdf,
    root: &Dictionary,
    root_id: Option<ObjectId>,
    scope: &Scope<'_>,
    only_page: Option<ObjectId>,
) -> Result<Vec<Element>, Unusable> {
    let mut walk = StructureWalk {
        pdf,
        scope,
        elements: Vec::new(),
        pending: Vec::new(),
        seen: root_id.into_iter().collect(),
        kids: 0,
    };
    let tops = kids(pdf, root);
    for kid in &tops {
        walk.add(kid, None, only_page, 0);
    }
    walk.pending.reverse();
    if walk.elements.is_empty() && !tops.is_empty() {
        return Err(Unusable);
    }
    walk.run()?;
    Ok(walk.elements)
}

struct StructureWalk<'a> {
    pdf: &'a Pdf,
    scope: &'a Scope<'a>,
    elements: Vec<Element>,
    pending: Vec<usize>,
    seen: HashSet<ObjectId>,
    kids: usize,
}

impl StructureWalk<'_> {
    fn run(&mut self) -> Result<(), Unusable> {
        while let Some(index) = self.pending.pop() {
            let Some(element) = self.elements.get(index) else {
                continue;
            };
            let (page, depth) = (element.page, element.depth);
            let kids = element.dict(self.pdf).map_or_else(Vec::new, |dict| kids(self.pdf, dict));
            self.kids += kids.len();
            if depth > MAX_DEPTH || self.kids > MAX_KIDS {
                return Err(Unusable);
            }
            let before = self.pending.len();
            let mut lost = false;
            let items = kids
                .iter()
                .filter_map(|kid| self.item(kid, index, page, depth, &mut lost))
                .collect();
            // The first kid is to be popped first, so that elements stand in the order of reading.
            if let Some(added) = self.pending.get_mut(before..) {
                added.reverse();
            }
            if let Some(element) = self.elements.get_mut(index) {
                element.items = items;
                element.lost = lost;
            }
        }
        Ok(())
    }

    fn item(
        &mut self,
        kid: &Object,
        parent: usize,
        page: Option<ObjectId>,
        depth: usize,
        lost: &mut bool,
    ) -> Option<Item> {
        let (_, object) = self.pdf.dereference(kid).ok()?;
        let item = match object {
            Object::Integer(mcid) => Item::MarkedContent(MarkedContent {
                page: page?,
                stream: None,
                mcid: u32::try_from(*mcid).ok()?,
            }),
            Object::Dictionary(dict) if dict.has_type(b"MCR") || is_bare(dict, b"MCID") => {
                Item::MarkedContent(self.mark(dict, page)?)
            }
            Object::Dictionary(dict) if dict.has_type(b"OBJR") || is_bare(dict, b"Obj") => {
                Item::Object {
                    object: dict.get(b"Obj").ok()?.as_reference().ok()?,
                    page: page_of(dict).or(page),
                }
            }
            Object::Dictionary(_) => Item::Element(self.add(kid, Some(parent), page, depth + 1)?),
            _ => return None,
        };
        let is_left_out = match item {
            Item::Element(_) => false,
            Item::MarkedContent(MarkedContent { page, .. }) => !self.scope.taken.contains(&page),
            Item::Object { page, .. } => page.is_some_and(|page| !self.scope.taken.contains(&page)),
        };
        *lost |= is_left_out;
        (!is_left_out && self.can_come(&item)).then_some(item)
    }

    /// Whether what an item refers to comes along.
    fn can_come(&self, item: &Item) -> bool {
        let is_stream = |id: &ObjectId| matches!(self.pdf.objects.get(id), Some(Object::Stream(_)));
        match item {
            Item::Element(_) => true,
            Item::MarkedContent(mark) => mark.stream.as_ref().is_none_or(is_stream),
            Item::Object { object, page } => {
                self.scope.annotations.contains(object) || (page.is_some() && is_stream(object))
            }
        }
    }

    fn mark(&self, dict: &Dictionary, page: Option<ObjectId>) -> Option<MarkedContent> {
        Some(MarkedContent {
            page: page_of(dict).or(page)?,
            stream: dict.get(b"Stm").ok().and_then(|stream| stream.as_reference().ok()),
            mcid: u32::try_from(get(self.pdf, dict, b"MCID")?.as_i64().ok()?).ok()?,
        })
    }

    /// Puts an element on the list, unless it is there or is none.
    fn add(
        &mut self,
        kid: &Object,
        parent: Option<usize>,
        page: Option<ObjectId>,
        depth: usize,
    ) -> Option<usize> {
        let (id, object) = self.pdf.dereference(kid).ok()?;
        let dict = object.as_dict().ok()?;
        if !(dict.has(b"S") || dict.has(b"K")) || !id.is_none_or(|id| self.seen.insert(id)) {
            return None;
        }
        let index = self.elements.len();
        self.elements.push(Element {
            page: page_of(dict).or(page),
            place: id.map_or_else(|| ElementHome::Direct(dict.clone()), ElementHome::Object),
            parent,
            items: Vec::new(),
            lost: false,
            kept: true,
            depth,
        });
        self.pending.push(index);
        Some(index)
    }
}

/// Whether a dictionary that is no element has a key.
fn is_bare(dict: &Dictionary, key: &[u8]) -> bool {
    dict.has(key) && !dict.has(b"S")
}

fn page_of(dict: &Dictionary) -> Option<ObjectId> {
    dict.get(b"Pg").ok()?.as_reference().ok()
}

/// `/K`, which may be one thing or an array.
fn kids(pdf: &Pdf, dict: &Dictionary) -> Vec<Object> {
    match get(pdf, dict, b"K") {
        Some(Object::Array(_)) => get_array(pdf, dict, b"K").to_vec(),
        // As it is written, as a reference says more than what it leads to.
        Some(_) => dict.get(b"K").cloned().into_iter().collect(),
        None => Vec::new(),
    }
}
