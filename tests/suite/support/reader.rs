//! A finished PDF, read with lopdf, which parses but does not write bundles.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use lopdf::{Dictionary, Document, Object, ObjectId};

pub struct Reader {
    pub pdf: Document,
    pub bytes: Vec<u8>,
    pages: Vec<ObjectId>,
}

/// Where something leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Leads {
    /// To a page of the file, from 1.
    Page(usize),
    /// Out of the file.
    Out(String),
    /// To a page that is not there, or in a way not known here.
    Nowhere,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    pub title: String,
    pub to: Leads,
    pub children: Vec<Bookmark>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub rect: [f32; 4],
    pub to: Leads,
}

impl Reader {
    pub fn open(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let pdf = Document::load_mem(&bytes).unwrap();
        let pages = pdf.get_pages().into_values().collect();
        Self { pdf, bytes, pages }
    }

    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// A page, from 1.
    pub fn page(&self, number: usize) -> &Dictionary {
        self.pdf.get_dictionary(self.pages[number - 1]).unwrap()
    }

    pub fn catalog(&self) -> &Dictionary {
        self.pdf.catalog().unwrap()
    }

    pub fn info(&self) -> &Dictionary {
        let info = self.pdf.trailer.get(b"Info").unwrap();
        self.dict(info).unwrap()
    }

    pub fn dict<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.pdf.dereference(object).ok()?.1 {
            Object::Dictionary(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        let object = dict.get(key.as_bytes()).ok()?;
        Some(self.pdf.dereference(object).ok()?.1).filter(|object| !object.is_null())
    }

    pub fn array<'a>(&'a self, dict: &'a Dictionary, key: &str) -> &'a [Object] {
        self.get(dict, key).map_or(&[], |object| object.as_array().unwrap())
    }

    pub fn numbers(&self, dict: &Dictionary, key: &str) -> Vec<f32> {
        self.array(dict, key)
            .iter()
            .map(|number| self.pdf.dereference(number).unwrap().1.as_float().unwrap())
            .collect()
    }

    pub fn text(&self, dict: &Dictionary, key: &str) -> Option<String> {
        self.get(dict, key).map(|object| match object {
            Object::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
            Object::String(..) => lopdf::decode_text_string(object).unwrap(),
            other => format!("{other:?}"),
        })
    }

    /// Every label, worked out from the ranges.
    pub fn labels(&self) -> Vec<String> {
        let labels = self.dict(self.catalog().get(b"PageLabels").unwrap()).unwrap();
        let ranges: BTreeMap<usize, &Dictionary> = self
            .array(labels, "Nums")
            .chunks(2)
            .map(|pair| (pair[0].as_i64().unwrap() as usize, self.dict(&pair[1]).unwrap()))
            .collect();
        (0..self.page_count())
            .map(|page| {
                let (first, range) = ranges.range(..=page).next_back().unwrap();
                let start = self.get(range, "St").map_or(1, |start| start.as_i64().unwrap());
                let number = page - first + start as usize;
                let prefix = self.text(range, "P").unwrap_or_default();
                match self.text(range, "S").as_deref() {
                    Some("/D") => format!("{prefix}{number}"),
                    Some("/r") => format!("{prefix}{}", roman(number)),
                    _ => prefix,
                }
            })
            .collect()
    }

    pub fn annotations(&self, page: usize) -> Vec<&Dictionary> {
        self.array(self.page(page), "Annots")
            .iter()
            .map(|annotation| self.dict(annotation).unwrap())
            .collect()
    }

    /// The links of a page, in order.
    pub fn links(&self, page: usize) -> Vec<Link> {
        self.annotations(page)
            .into_iter()
            .filter(|annotation| self.text(annotation, "Subtype").as_deref() == Some("/Link"))
            .map(|link| Link {
                rect: self.numbers(link, "Rect").try_into().unwrap(),
                to: self.leads(link),
            })
            .collect()
    }

    /// Where a link or a bookmark leads.
    fn leads(&self, dict: &Dictionary) -> Leads {
        if let Some(destination) = self.get(dict, "Dest") {
            return self.destination(destination);
        }
        let Some(action) = dict.get(b"A").ok().and_then(|action| self.dict(action)) else {
            return Leads::Nowhere;
        };
        match self.text(action, "S").as_deref() {
            Some("/GoTo") => self.destination(self.get(action, "D").unwrap()),
            Some("/URI") => Leads::Out(self.text(action, "URI").unwrap()),
            _ => Leads::Nowhere,
        }
    }

    fn destination(&self, destination: &Object) -> Leads {
        let array = match destination {
            Object::Array(array) => array,
            Object::Dictionary(dict) => self.get(dict, "D").unwrap().as_array().unwrap(),
            _ => return Leads::Nowhere,
        };
        let page = array.first().and_then(|page| page.as_reference().ok());
        match self.pages.iter().position(|id| Some(*id) == page) {
            Some(index) => Leads::Page(index + 1),
            None => Leads::Nowhere,
        }
    }

    pub fn bookmarks(&self) -> Vec<Bookmark> {
        let root = self.catalog().get(b"Outlines").unwrap();
        self.children(self.dict(root).unwrap(), &mut HashSet::new())
    }

    fn children(&self, parent: &Dictionary, seen: &mut HashSet<ObjectId>) -> Vec<Bookmark> {
        let mut bookmarks = Vec::new();
        let mut next = parent.get(b"First").ok();
        while let Some(id) = next.map(|next| next.as_reference().unwrap()) {
            assert!(seen.insert(id), "the bookmarks run in a circle");
            let item = self.pdf.get_dictionary(id).unwrap();
            bookmarks.push(Bookmark {
                title: self.text(item, "Title").unwrap(),
                to: self.leads(item),
                children: self.children(item, seen),
            });
            next = item.get(b"Next").ok();
        }
        bookmarks
    }

    /// Every form field with a value of its own: full name and value.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        if let Some(form) = self.catalog().get(b"AcroForm").ok().and_then(|form| self.dict(form)) {
            for field in self.array(form, "Fields") {
                self.field(self.dict(field).unwrap(), "", &mut fields);
            }
        }
        fields
    }

    fn field(&self, field: &Dictionary, parent: &str, fields: &mut Vec<(String, String)>) {
        let own = self.text(field, "T");
        let name = match (&own, parent) {
            (Some(own), "") => own.clone(),
            (Some(own), parent) => format!("{parent}.{own}"),
            (None, parent) => parent.to_owned(),
        };
        if own.is_some() && (field.has(b"V") || !field.has(b"Kids")) {
            fields.push((name.clone(), self.text(field, "V").unwrap_or_default()));
        }
        for kid in self.array(field, "Kids") {
            self.field(self.dict(kid).unwrap(), &name, fields);
        }
    }

    /// Every layer, and whether it is hidden when the file opens.
    pub fn layers(&self) -> Vec<(String, bool)> {
        let properties = self.catalog().get(b"OCProperties").ok();
        let Some(properties) = properties.and_then(|properties| self.dict(properties)) else {
            return Vec::new();
        };
        let default = self.dict(properties.get(b"D").unwrap()).unwrap();
        let off: HashSet<ObjectId> =
            self.array(default, "OFF").iter().map(|layer| layer.as_reference().unwrap()).collect();
        self.array(properties, "OCGs")
            .iter()
            .map(|layer| {
                let name = self.text(self.dict(layer).unwrap(), "Name").unwrap();
                (name, off.contains(&layer.as_reference().unwrap()))
            })
            .collect()
    }

    /// Every named destination.
    pub fn named(&self) -> Vec<(String, Leads)> {
        let Some(names) = self.catalog().get(b"Names").ok().and_then(|names| self.dict(names))
        else {
            return Vec::new();
        };
        self.names_of(self.dict(names.get(b"Dests").unwrap()).unwrap())
    }

    fn names_of(&self, node: &Dictionary) -> Vec<(String, Leads)> {
        self.array(node, "Names")
            .chunks(2)
            .map(|pair| {
                let name = String::from_utf8_lossy(pair[0].as_str().unwrap()).into_owned();
                (name, self.destination(self.pdf.dereference(&pair[1]).unwrap().1))
            })
            .collect()
    }

    /// The names of a source, of both kinds (bundles have the newer kind alone).
    pub fn source_names(&self) -> Vec<(String, Leads)> {
        let mut names = Vec::new();
        if let Some(old) = self.catalog().get(b"Dests").ok().and_then(|old| self.dict(old)) {
            for (name, destination) in old.iter() {
                let name = String::from_utf8_lossy(name).into_owned();
                names.push((name, self.destination(self.pdf.dereference(destination).unwrap().1)));
            }
        }
        if let Some(new) = self.catalog().get(b"Names").ok().and_then(|new| self.dict(new)) {
            let mut nodes: Vec<&Dictionary> =
                new.get(b"Dests").ok().and_then(|tree| self.dict(tree)).into_iter().collect();
            while let Some(node) = nodes.pop() {
                names.extend(self.names_of(node));
                nodes.extend(self.array(node, "Kids").iter().filter_map(|kid| self.dict(kid)));
            }
        }
        names
    }

    /// Where a link of a source leads, its name looked up.
    pub fn source_target(&self, link: &Dictionary, names: &[(String, Leads)]) -> Leads {
        let action = link.get(b"A").ok().and_then(|action| self.dict(action));
        let go = action.filter(|action| self.text(action, "S").as_deref() == Some("/GoTo"));
        let destination = self.get(link, "Dest").or_else(|| self.get(go?, "D"));
        match destination {
            Some(Object::Name(name) | Object::String(name, _)) => {
                let name = String::from_utf8_lossy(name);
                let found = names.iter().find(|(own, _)| *own == name);
                found.map_or(Leads::Nowhere, |(_, to)| to.clone())
            }
            Some(destination) => self.destination(destination),
            None => self.leads(link),
        }
    }

    /// Whether some bytes stand anywhere in the file, streams inflated.
    pub fn holds(&self, text: &str) -> bool {
        let within =
            |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        within(&self.bytes)
            || self.bytes.windows(wide.len()).any(|window| window == wide)
            || self.pdf.objects.values().any(|object| match object {
                Object::Stream(stream) => {
                    stream.decompressed_content().is_ok_and(|content| within(&content))
                }
                _ => false,
            })
    }
}

fn roman(number: usize) -> String {
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"];
    format!("{}{}", tens[number / 10], ones[number % 10])
}
