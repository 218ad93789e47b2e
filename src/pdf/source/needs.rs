//! What a page needs: its content and resources, its annotations with their looks, its fields with their values. What
//! only leads from there to another place (links, actions, replies, notes of programs) is told apart, by the place at
//! which a key stands and not by its name alone.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::pdf::syntax::dictionaries::get_name;
use crate::pdf::syntax::optional_content::page_content;
use crate::pdf::syntax::page_node::PageNode;
use crate::pdf::syntax::tokens::{Token, Tokens};

/// The keys of a page that say how it looks (ISO 32000-2, table 31), beside its content, resources and annotations. All
/// others are about the file, are a program's own, or make a reader do something by itself.
pub(crate) const OF_A_PAGE: [&[u8]; 12] = [
    b"MediaBox",
    b"CropBox",
    b"BleedBox",
    b"TrimBox",
    b"ArtBox",
    b"BoxColorInfo",
    b"Rotate",
    b"Group",
    b"Tabs",
    b"UserUnit",
    b"VP",
    b"OutputIntents",
];

/// What an annotation or a field shows and holds (ISO 32000-2, 12.5 and 12.7) that may have parts of its own.
#[rustfmt::skip]
const PARTS_OF_A_MARK: [&[u8]; 14] = [
    b"AP", b"BE", b"BS", b"DR", b"DV", b"FixedPrint", b"MK", b"Measure", b"OC", b"Opt", b"RC", b"RO", b"RV", b"V",
];

/// What else it shows and holds: texts, names and numbers.
#[rustfmt::skip]
const VALUES_OF_A_MARK: [&[u8]; 36] = [
    b"AS", b"Border", b"C", b"CA", b"CL", b"CP", b"Cap", b"Contents", b"DA", b"DS", b"F", b"FT", b"Ff", b"I", b"IC",
    b"InkList", b"L", b"LE", b"LL", b"MaxLen", b"Name", b"OverlayText", b"Path", b"Q", b"QuadPoints", b"RD", b"Rect",
    b"Repeat", b"Subj", b"Subtype", b"T", b"TI", b"TM", b"TU", b"Type", b"Vertices",
];

/// The keys of a form or an image that are about what it shows (ISO 32000-2, tables 87 and 93, and
/// table 5), and the short names that readers take for them. Anything else is a program's own note,
/// such as the name and author of the file that a picture was taken from, or another picture that no page shows
/// (`/Alternates`).
const OF_AN_XOBJECT: [&[u8]; 37] = [
    b"Type",
    b"Subtype",
    b"FormType",
    b"BBox",
    b"Matrix",
    b"Resources",
    b"Group",
    b"StructParent",
    b"StructParents",
    b"OC",
    b"Name",
    b"Measure",
    b"PtData",
    b"Filter",
    b"DecodeParms",
    b"Length",
    b"Width",
    b"Height",
    b"ColorSpace",
    b"BitsPerComponent",
    b"Intent",
    b"ImageMask",
    b"Mask",
    b"Decode",
    b"Interpolate",
    b"SMask",
    b"SMaskInData",
    b"Matte",
    b"W",
    b"H",
    b"CS",
    b"BPC",
    b"IM",
    b"D",
    b"I",
    b"F",
    b"DP",
];

/// What a key of a form or an image holds.
fn of_an_xobject(key: &[u8]) -> Option<Part> {
    match key {
        b"Resources" | b"Group" | b"OC" | b"Measure" | b"PtData" | b"SMask" | b"Mask"
        | b"Filter" | b"DecodeParms" | b"DP" | b"ColorSpace" | b"CS" => Some(Part::Content),
        key => OF_AN_XOBJECT.contains(&key).then_some(Part::Value),
    }
}

/// What must not be reached from a page: other pages, and what stands above them.
const OF_THE_TREE: [&[u8]; 5] = [b"Pages", b"Page", b"Catalog", b"StructTreeRoot", b"StructElem"];

/// Whether an object is a page or stands above pages, or above their content as its structure does.
pub(crate) fn is_of_the_tree(object: &Object) -> bool {
    let is = |dict: &Dictionary| OF_THE_TREE.iter().any(|kind| dict.has_type(kind));
    object.as_dict().is_ok_and(is)
}

/// How far a walk goes beyond the content of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Follow {
    /// To annotations, and the fields above them.
    pub(crate) annotations: bool,
    /// From a field down to all others below it.
    pub(crate) kids: bool,
    /// From an annotation to those that belong to it or that it answers.
    pub(crate) relatives: bool,
    /// Along every other key too, such as those of actions and destinations.
    pub(crate) leads: bool,
}

/// What an object is on the way: it says which of its keys matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// A page.
    Page,
    /// An annotation, a field, or a list of them.
    Mark,
    /// A text, a name, or numbers.
    Value,
    /// Anything else.
    Content,
}

impl Follow {
    /// Everything that a reader follows from a page.
    pub(crate) const ALL: Self =
        Self { annotations: true, kids: true, relatives: true, leads: true };

    /// What a value is, if the walk goes there.
    fn next(self, part: Part, dict: &Dictionary, key: &[u8]) -> Option<Part> {
        let lead = |never: &[&[u8]]| (self.leads && !never.contains(&key)).then_some(Part::Content);
        // Of annotations only the look of a field has something above it.
        let is_field = || match dict.get(b"Subtype") {
            Ok(Object::Name(kind)) => kind == b"Widget",
            _ => true,
        };
        let is_xobject = || {
            let kind = dict.get(b"Subtype").and_then(Object::as_name);
            matches!(kind, Ok(b"Form" | b"Image"))
        };
        match (part, key) {
            (Part::Page, b"Annots") => self.annotations.then_some(Part::Mark),
            (Part::Page, b"Contents" | b"Resources") => Some(Part::Content),
            (Part::Page, key) if OF_A_PAGE.contains(&key) => Some(Part::Content),
            (Part::Page, _) => lead(&[b"Parent", b"P", b"B", b"Metadata"]),
            (Part::Mark, b"Parent") if is_field() => Some(Part::Mark),
            (Part::Mark, b"Kids") => self.kids.then_some(Part::Mark),
            (Part::Mark, b"Popup" | b"IRT") => self.relatives.then_some(Part::Mark),
            (Part::Mark, key) if PARTS_OF_A_MARK.contains(&key) => Some(Part::Content),
            (Part::Mark, key) if VALUES_OF_A_MARK.contains(&key) => Some(Part::Value),
            // The file of a mark is told of by itself.
            (Part::Mark, _) => lead(&[b"Parent", b"P", b"Metadata", b"FS"]),
            (Part::Content, b"Parent" | b"Metadata") => None,
            (Part::Content, key) if !self.leads && is_xobject() => of_an_xobject(key),
            (Part::Content, _) => Some(Part::Content),
            (Part::Value, _) => None,
        }
    }
}

/// What is done with each dictionary on the way.
type Visit<'v> = &'v mut dyn FnMut(&Dictionary);

/// A walk over what some pages need.
pub(crate) struct Needs<'a> {
    pdf: &'a Pdf,
    follow: Follow,
    pages: HashSet<ObjectId>,
    reached: HashSet<(ObjectId, Part)>,
    next: Vec<(ObjectId, Part)>,
}

impl<'a> Needs<'a> {
    /// A walk that has not begun; `pages` are all pages of the file.
    pub(crate) fn new(pdf: &'a Pdf, pages: &[PageNode], follow: Follow) -> Self {
        Self {
            pdf,
            follow,
            pages: pages.iter().filter_map(|page| page.id).collect(),
            reached: HashSet::new(),
            next: Vec::new(),
        }
    }

    /// Goes on from a dictionary to all that it needs and that was not reached before.
    pub(crate) fn walk(&mut self, from: &Dictionary, part: Part, visit: Visit<'_>) {
        self.scan_dict(from, part, visit);
        while let Some((id, part)) = self.next.pop() {
            if let Some(object) = self.pdf.objects.get(&id) {
                self.scan(object, part, visit);
            }
        }
    }

    /// Every object that was reached, and every one that should be there.
    pub(crate) fn reached(&self) -> HashSet<ObjectId> {
        self.reached.iter().map(|(id, _)| *id).collect()
    }

    /// Whether an object was reached as an annotation or a field.
    pub(crate) fn has_mark(&self, id: ObjectId) -> bool {
        self.reached.contains(&(id, Part::Mark))
    }

    fn scan(&mut self, object: &Object, part: Part, visit: Visit<'_>) {
        match object {
            Object::Reference(id) => {
                let never = |object: &Object| match part {
                    Part::Value => matches!(object, Object::Dictionary(_) | Object::Stream(_)),
                    _ => is_of_the_tree(object),
                };
                let ends = self.pages.contains(id) || self.pdf.objects.get(id).is_some_and(never);
                if !ends && self.reached.insert((*id, part)) {
                    self.next.push((*id, part));
                }
            }
            Object::Array(items) => {
                for item in items {
                    self.scan(item, part, visit);
                }
            }
            Object::Dictionary(dict) => self.scan_dict(dict, part, visit),
            Object::Stream(stream) => self.scan_dict(&stream.dict, part, visit),
            _ => {}
        }
    }

    fn scan_dict(&mut self, dict: &Dictionary, part: Part, visit: Visit<'_>) {
        visit(dict);
        for (key, value) in dict {
            if let Some(part) = self.follow.next(part, dict, key) {
                self.scan(value, part, visit);
            }
        }
    }
}

/// What some pages need, all of them together.
pub(crate) fn needs(pdf: &Pdf, pages: &[PageNode], follow: Follow) -> HashSet<ObjectId> {
    let mut needs = Needs::new(pdf, pages, follow);
    for page in pages {
        needs.walk(&page.dict, Part::Page, &mut |_| {});
    }
    needs.reached()
}

/// The names that the content of a page may draw by; `None` where that cannot be told.
pub(crate) fn own_names(pdf: &Pdf, page: &PageNode) -> Option<HashSet<Vec<u8>>> {
    let content = page_content(pdf, page)?;
    let mut names = HashSet::new();
    let mut tokens = Tokens::new(&content);
    while let Some(token) = tokens.next_token() {
        if let Token::Name(name) = token {
            names.insert(name.to_vec());
        }
    }
    let is_plain = |name: &Vec<u8>| !name.contains(&b'#');
    (!tokens.is_doubtful() && names.iter().all(is_plain)).then_some(names)
}

/// Whether something draws by the names of whatever draws it (ISO 32000-2, 7.8.3).
pub(crate) fn borrows_names(pdf: &Pdf, dict: &Dictionary) -> bool {
    let draws = matches!(get_name(pdf, dict, b"Subtype"), Some(b"Form" | b"Type3"))
        || dict.has(b"PatternType");
    let is_shading = || dict.has(b"Shading");
    draws && !is_shading() && !dict.has(b"Resources")
}
