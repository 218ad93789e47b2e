//! Writes the elements of one source into the bundle.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::attributes::{identifier, own_attributes, own_classes};
use super::parents::{Marks, by_number};
use super::roles::RenamedRoles;
use super::source::SourceTags;
use super::walk::{Element, Item, MarkedContent};
use crate::pdf::syntax::dictionaries::get_array;
use crate::pdf::write::PdfError;
use crate::pdf::write::entries::{ELEMENT, XOBJECT};
use crate::pdf::write::file::ObjectNumber;
use crate::pdf::write::import::Import;

/// What of an element comes along as it is. Attached files (`/AF`) and keys of programs do not.
const CARRIED: [&[u8]; 9] =
    [b"R", b"T", b"Lang", b"Alt", b"E", b"ActualText", b"NS", b"PhoneticAlphabet", b"Phoneme"];

/// What stands for all of an element, and would tell of a part that is not in the bundle.
const FOR_THE_WHOLE: [&[u8]; 3] = [b"Alt", b"ActualText", b"E"];

/// The entries of a tree, keys in order.
pub(super) type Entries = Vec<(Object, Object)>;

/// Elements by their identifiers.
pub(super) type Identifiers = Vec<(Vec<u8>, ObjectNumber)>;

/// What the names of one source are in the bundle.
pub(super) struct NewNames {
    pub(super) types: RenamedRoles,
    pub(super) classes: RenamedRoles,
    /// What makes the identifiers of this source unique.
    pub(super) prefix: Vec<u8>,
}

/// One source's elements on their way into the bundle.
pub(super) struct ElementWriter<'a, 'b, W> {
    import: &'a mut Import<'b, W>,
    tags: &'a SourceTags,
    names: NewNames,
    /// Pages that are drawn as a form: their content is no longer in the page's own stream.
    forms: &'a HashMap<ObjectId, ObjectNumber>,
    /// The element above all others.
    top: ObjectNumber,
    /// The number of each element; `None` where it stays behind.
    numbers: Vec<Option<ObjectNumber>>,
}

impl<'a, 'b, W: Write> ElementWriter<'a, 'b, W> {
    /// Numbers the elements, so that they can refer to each other.
    pub(super) fn new(
        import: &'a mut Import<'b, W>,
        tags: &'a SourceTags,
        names: NewNames,
        forms: &'a HashMap<ObjectId, ObjectNumber>,
        top: ObjectNumber,
    ) -> Result<Self, PdfError> {
        if let Some(root) = tags.root_id {
            import.assign(root, top);
        }
        let mut numbers = Vec::with_capacity(tags.elements.len());
        for element in &tags.elements {
            numbers.push(match (element.kept, element.id()) {
                (true, Some(id)) => Some(import.claim(id)?),
                (true, None) => Some(import.file.reserve()?),
                (false, id) => {
                    if let Some(id) = id {
                        import.bar(id);
                    }
                    None
                }
            });
        }
        Ok(Self { import, tags, names, forms, top, numbers })
    }

    /// Writes all elements. Returns those right below the top, and the identifiers.
    pub(super) fn write(&mut self) -> Result<(Vec<Object>, Identifiers), PdfError> {
        let mut tops = Vec::new();
        let mut identifiers = Vec::new();
        let mut known = HashSet::new();
        for (index, element) in self.tags.elements.iter().enumerate() {
            let Some(number) = self.number(index) else {
                continue;
            };
            let mut dict = self.element(element)?;
            if let Some(own) = identifier(&self.import.pdf, element)
                && known.insert(own.to_vec())
            {
                let own = [&self.names.prefix, own].concat();
                dict.set("ID", Object::String(own.clone(), lopdf::StringFormat::Literal));
                identifiers.push((own, number));
            }
            if element.parent.is_none() {
                tops.push(number.reference());
            }
            self.import.file.put(number, dict.into())?;
        }
        Ok((tops, identifiers))
    }

    /// The element without its identifier.
    fn element(&mut self, element: &Element) -> Result<Dictionary, PdfError> {
        let mut dict = self.carried(element);
        self.import.rewrite_dict_as(&mut dict, ELEMENT)?;
        let own = element.structure_type(&self.import.pdf);
        let renamed = self.names.types.get(own);
        let name = renamed
            .filter(|name| element.is_role_mapped(&self.import.pdf, name))
            .map_or(own, Vec::as_slice)
            .to_vec();
        dict.set("Type", "StructElem");
        dict.set("S", Object::Name(name));
        let parent = element.parent.and_then(|parent| self.number(parent));
        dict.set("P", parent.unwrap_or(self.top).reference());
        let page = page_of(element).and_then(|page| self.import.number_of(page));
        if let Some(page) = page {
            dict.set("Pg", page.reference());
        }
        let mut items = Vec::with_capacity(element.items.len());
        for item in &element.items {
            items.extend(self.item(item, page)?);
        }
        match items.as_slice() {
            [] => {}
            [only] => dict.set("K", only.clone()),
            _ => dict.set("K", items),
        }
        Ok(dict)
    }

    /// What comes along as it is, its references still those of the source.
    fn carried(&self, element: &Element) -> Dictionary {
        let mut dict = Dictionary::new();
        let pdf = &self.import.pdf;
        let Some(own) = element.dict(pdf) else {
            return dict;
        };
        for key in CARRIED {
            if let Ok(value) = own.get(key)
                && !(element.lost && FOR_THE_WHOLE.contains(&key))
            {
                dict.set(key, value.clone());
            }
        }
        if let Ok(attributes) = own.get(b"A") {
            dict.set("A", own_attributes(pdf, attributes, &self.names.prefix));
        }
        if let Ok(classes) = own.get(b"C") {
            dict.set("C", own_classes(pdf, classes, &self.names.classes));
        }
        let related: Vec<Object> = get_array(pdf, own, b"Ref")
            .iter()
            .filter(|related| {
                related.as_reference().is_ok_and(|related| self.import.number_of(related).is_some())
            })
            .cloned()
            .collect();
        if !related.is_empty() {
            dict.set("Ref", related);
        }
        dict
    }

    /// An item of `/K` of an element that is on `own_page`.
    fn item(
        &mut self,
        item: &Item,
        own_page: Option<ObjectNumber>,
    ) -> Result<Option<Object>, PdfError> {
        Ok(match item {
            Item::Element(kid) => self.number(*kid).map(ObjectNumber::reference),
            Item::MarkedContent(mark) => Some(self.mark(mark, own_page)?),
            Item::Object { object, page } => {
                let mut dict =
                    dictionary! { "Type" => "OBJR", "Obj" => Object::Reference(*object) };
                self.import.rewrite_dict(&mut dict)?;
                if let Some(page) = page.and_then(|page| self.import.number_of(page)) {
                    dict.set("Pg", page.reference());
                }
                Some(dict.into())
            }
        })
    }

    fn mark(
        &mut self,
        mark: &MarkedContent,
        own_page: Option<ObjectNumber>,
    ) -> Result<Object, PdfError> {
        let page = self.import.number_of(mark.page);
        let stream = match mark.stream {
            Some(stream) => {
                let mut stream = Object::Reference(stream);
                self.import.rewrite_as(&mut stream, XOBJECT)?;
                Some(stream)
            }
            None => self.forms.get(&mark.page).map(|form| form.reference()),
        };
        let mcid = Object::Integer(i64::from(mark.mcid));
        if stream.is_none() && page == own_page {
            return Ok(mcid);
        }
        let mut dict = dictionary! { "Type" => "MCR", "MCID" => mcid };
        if let Some(page) = page {
            dict.set("Pg", page.reference());
        }
        if let Some(stream) = stream {
            dict.set("Stm", stream);
        }
        Ok(dict.into())
    }

    /// The entries of the parent tree, in the order in which keys were given.
    pub(super) fn write_parents(&mut self) -> Result<Entries, PdfError> {
        let parents = &self.tags.parents;
        let mut entries = Entries::new();
        let mut key = self.tags.first_key;
        for marks in parents.pages.values().chain(parents.streams.values()) {
            entries.push((key.into(), self.list(marks)?));
            key += 1;
        }
        for (element, key) in parents.objects.values().zip(key..) {
            entries.push((key.into(), self.reference(Some(*element))));
        }
        Ok(entries)
    }

    /// Writes the elements of a content stream's marks.
    fn list(&mut self, marks: &Marks) -> Result<Object, PdfError> {
        let list: Vec<Object> =
            by_number(marks).into_iter().map(|element| self.reference(element)).collect();
        Ok(self.import.file.add(list.into())?.reference())
    }

    fn reference(&self, element: Option<usize>) -> Object {
        element
            .and_then(|element| self.number(element))
            .map_or(Object::Null, ObjectNumber::reference)
    }

    fn number(&self, element: usize) -> Option<ObjectNumber> {
        self.numbers.get(element).copied().flatten()
    }
}

/// The page that most items can leave unsaid.
fn page_of(element: &Element) -> Option<ObjectId> {
    let first_mark = element.items.iter().find_map(|item| match item {
        Item::MarkedContent(mark) => Some(mark.page),
        _ => None,
    });
    first_mark.or(element.page)
}
