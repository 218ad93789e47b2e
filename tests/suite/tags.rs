//! Tags: what a screen reader is told of a page in its file, it is told of the page in the bundle.

use std::collections::{BTreeMap, HashMap};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::support::case::{Case, findings};
use crate::support::reader::Reader;

/// An element as a reader meets it: its depth, what its type stands for, and what it holds.
type Line = (usize, String, Vec<Availability>);

#[derive(Debug, Clone, PartialEq)]
enum Availability {
    /// What is shown between the marks, as bytes of the content.
    Text(Vec<u8>),
    /// An annotation of this kind.
    Annotation(String),
}

/// The tags of a file.
struct Tags<'a> {
    reader: &'a Reader,
    root: &'a Dictionary,
    parents: BTreeMap<i64, &'a Object>,
    pages: HashMap<ObjectId, usize>,
}

impl<'a> Tags<'a> {
    fn of(reader: &'a Reader) -> Self {
        let root = reader.catalog().get(b"StructTreeRoot").unwrap();
        let root = reader.dict(root).unwrap();
        let mut parents = BTreeMap::new();
        let tree = reader.dict(root.get(b"ParentTree").unwrap()).unwrap();
        numbers(reader, tree, &mut parents);
        let pages = reader.pdf.get_pages();
        Self {
            reader,
            root,
            parents,
            pages: pages.into_iter().map(|(number, id)| (id, number as usize)).collect(),
        }
    }

    fn kids(&self, element: &'a Dictionary) -> Vec<&'a Object> {
        match self.reader.get(element, "K") {
            Some(Object::Array(kids)) => kids.iter().collect(),
            Some(_) => vec![element.get(b"K").unwrap()],
            None => Vec::new(),
        }
    }

    /// The elements right below the root.
    fn tops(&self) -> Vec<&'a Dictionary> {
        self.kids(self.root).into_iter().map(|kid| self.reader.dict(kid).unwrap()).collect()
    }

    fn title(&self, element: &Dictionary) -> String {
        self.reader.text(element, "T").unwrap()
    }

    /// What a type stands for.
    fn meaning(&self, element: &Dictionary) -> String {
        let mut name = self.reader.text(element, "S").unwrap();
        let map = self.root.get(b"RoleMap").ok();
        let map = map.and_then(|map| self.reader.dict(map));
        let role = |name: &str| self.reader.text(map?, &name[1..]);
        while let Some(role) = role(&name).filter(|role| *role != name) {
            name = role;
        }
        name
    }

    /// The elements below one, in order.
    fn lines(&self, element: &'a Dictionary, depth: usize, lines: &mut Vec<Line>) {
        let own = lines.len();
        lines.push((depth, self.meaning(element), Vec::new()));
        for kid in self.kids(element) {
            match self.reader.pdf.dereference(kid).unwrap().1 {
                Object::Integer(mcid) => {
                    lines[own].2.push(self.text(element, None, *mcid));
                }
                Object::Dictionary(dict) if dict.has_type(b"MCR") => {
                    let page = if dict.has(b"Pg") { dict } else { element };
                    let mcid = dict.get(b"MCID").unwrap().as_i64().unwrap();
                    lines[own].2.push(self.text(page, dict.get(b"Stm").ok(), mcid));
                }
                Object::Dictionary(dict) if dict.has_type(b"OBJR") => {
                    let annotation = self.reader.dict(dict.get(b"Obj").unwrap()).unwrap();
                    let kind = self.reader.text(annotation, "Subtype").unwrap();
                    lines[own].2.push(Availability::Annotation(kind));
                }
                Object::Dictionary(dict) => self.lines(dict, depth + 1, lines),
                other => panic!("{other:?}"),
            }
        }
    }

    fn all_lines(&self, element: &'a Dictionary) -> Vec<Line> {
        let mut lines = Vec::new();
        for kid in self.kids(element) {
            self.lines(self.reader.dict(kid).unwrap(), 0, &mut lines);
        }
        lines
    }

    fn page(&self, dict: &Dictionary) -> usize {
        self.pages[&dict.get(b"Pg").unwrap().as_reference().unwrap()]
    }

    fn text(&self, on: &Dictionary, stream: Option<&Object>, mcid: i64) -> Availability {
        let content = match stream {
            Some(stream) => {
                let stream = self.reader.pdf.dereference(stream).unwrap().1;
                stream.as_stream().unwrap().get_plain_content().unwrap()
            }
            None => {
                let page = on.get(b"Pg").unwrap().as_reference().unwrap();
                self.reader.pdf.get_page_content(page)
            }
        };
        Availability::Text(shown(&content).remove(&mcid).unwrap_or_default())
    }

    /// Asserts that each piece of content leads back to the element that holds it.
    fn lead_back(&self) -> usize {
        let mut elements = vec![];
        let mut pending: Vec<&Object> = self.kids(self.root);
        while let Some(kid) = pending.pop() {
            let dict = self.reader.dict(kid).unwrap();
            if dict.has_type(b"StructElem") {
                elements.push((kid.as_reference().unwrap(), dict));
                pending.extend(self.kids(dict));
                for below in self.kids(dict) {
                    if let Some(below) = self.reader.dict(below)
                        && below.has_type(b"StructElem")
                    {
                        assert_eq!(below.get(b"P").unwrap(), kid);
                    }
                }
            }
            pending.retain(|kid| matches!(kid, Object::Reference(_)));
        }
        let mut count = 0;
        for (id, element) in elements {
            for kid in self.kids(element) {
                let (page, stream, mcid) = match kid {
                    Object::Integer(mcid) => (element, None, *mcid),
                    Object::Dictionary(dict) if dict.has_type(b"MCR") => {
                        let page = if dict.has(b"Pg") { dict } else { element };
                        let mcid = dict.get(b"MCID").unwrap().as_i64().unwrap();
                        (page, dict.get(b"Stm").ok(), mcid)
                    }
                    Object::Dictionary(dict) => {
                        let object = self.reader.dict(dict.get(b"Obj").unwrap()).unwrap();
                        let key = object.get(b"StructParent").unwrap().as_i64().unwrap();
                        assert_eq!(self.parents[&key].as_reference().unwrap(), id);
                        count += 1;
                        continue;
                    }
                    _ => continue,
                };
                let holder = match stream {
                    Some(stream) => self.reader.dict(stream).unwrap(),
                    None => self.reader.page(self.page(page)),
                };
                let key = holder.get(b"StructParents").unwrap().as_i64().unwrap();
                let list = self.reader.pdf.dereference(self.parents[&key]).unwrap().1;
                let found = &list.as_array().unwrap()[mcid as usize];
                assert_eq!(found.as_reference().unwrap(), id);
                count += 1;
            }
        }
        count
    }

    fn document(&self, title: &str) -> &'a Dictionary {
        let found = self.tops().into_iter().find(|top| self.title(top) == title);
        found.unwrap_or_else(|| panic!("{title} is not tagged"))
    }
}

fn numbers<'a>(reader: &'a Reader, node: &'a Dictionary, found: &mut BTreeMap<i64, &'a Object>) {
    for pair in reader.array(node, "Nums").chunks(2) {
        let twice = found.insert(pair[0].as_i64().unwrap(), &pair[1]);
        assert!(twice.is_none(), "a key is there twice");
    }
    for kid in reader.array(node, "Kids") {
        numbers(reader, reader.dict(kid).unwrap(), found);
    }
}

/// What the text operators between marks show.
fn shown(content: &[u8]) -> BTreeMap<i64, Vec<u8>> {
    let mut texts: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    let mut open: Vec<Option<i64>> = Vec::new();
    for operation in Content::decode(content).unwrap().operations {
        match operation.operator.as_str() {
            "BMC" => open.push(None),
            "BDC" => open.push(operation.operands.last().and_then(|properties| {
                properties.as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok()
            })),
            "EMC" => {
                open.pop();
            }
            "Tj" | "TJ" => {
                if let Some(mcid) = open.iter().rev().find_map(|mcid| *mcid) {
                    strings(&operation.operands, texts.entry(mcid).or_default());
                }
            }
            _ => {}
        }
    }
    texts
}

fn strings(objects: &[Object], text: &mut Vec<u8>) {
    for object in objects {
        match object {
            Object::String(bytes, _) => text.extend(bytes),
            Object::Array(objects) => strings(objects, text),
            _ => {}
        }
    }
}

fn source_lines(case: &Case, file: &str) -> Vec<Line> {
    let reader = Reader::open(&case.path(file));
    let tags = Tags::of(&reader);
    tags.all_lines(tags.root)
}

fn words(lines: &[Line]) -> usize {
    let long = |held: &&Availability| matches!(held, Availability::Text(text) if !text.is_empty());
    lines.iter().flat_map(|line| &line.2).filter(long).count()
}

/// Changes a document of a case.
fn edit(case: &Case, file: &str, change: impl FnOnce(&mut Document)) {
    let mut pdf = Document::load(case.path(file)).unwrap();
    change(&mut pdf);
    pdf.save(case.path(file)).unwrap();
}

fn root_of(pdf: &mut Document) -> &mut Dictionary {
    let root = pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = root.as_reference().unwrap();
    pdf.get_dictionary_mut(root).unwrap()
}

#[test]
fn the_tags_of_all_sources_stand_side_by_side() {
    let case = Case::listing(&[
        ("producers/chromium.pdf", ""),
        ("producers/pdftex.pdf", ""),
        ("producers/libreoffice-tagged.pdf", ""),
        ("producers/chromium.pdf", ""),
    ]);
    let (record, reader) = case.built();
    assert!(findings(&record, "tags-dropped").is_empty());
    let marked = reader.dict(reader.catalog().get(b"MarkInfo").unwrap());
    assert!(marked.unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    let tags = Tags::of(&reader);
    let titles: Vec<String> = tags.tops().iter().map(|top| tags.title(top)).collect();
    assert_eq!(titles, ["Document 1", "Document 3", "Document 4"]);
    for (title, file) in [
        ("Document 1", "1 chromium.pdf"),
        ("Document 3", "3 libreoffice-tagged.pdf"),
        ("Document 4", "4 chromium.pdf"),
    ] {
        let document = tags.document(title);
        assert_eq!(tags.meaning(document), "/Document");
        assert!(document.has(b"Lang"));
        let before = source_lines(&case, file);
        assert!(words(&before) > 6, "{before:?}");
        assert_eq!(before, tags.all_lines(document), "{file}");
    }
    assert_eq!(tags.lead_back(), 19 + 9 + 19);
}

#[test]
fn every_element_is_found_by_its_own_identifier() {
    let case = Case::listing(&[("producers/chromium.pdf", ""), ("producers/chromium.pdf", "")]);
    let (_, reader) = case.built();
    let tags = Tags::of(&reader);
    let tree = reader.dict(tags.root.get(b"IDTree").unwrap()).unwrap();
    let mut names = Vec::new();
    for leaf in reader.array(tree, "Kids") {
        for pair in reader.array(reader.dict(leaf).unwrap(), "Names").chunks(2) {
            let element = reader.dict(&pair[1]).unwrap();
            assert_eq!(element.get(b"ID").unwrap(), &pair[0]);
            names.push(pair[0].as_str().unwrap().to_vec());
        }
    }
    assert!(names.len() > 2 && names.len() % 2 == 0);
    assert!(names.is_sorted_by(|a, b| a < b));
}

#[test]
fn only_what_is_on_pages_taken_is_told() {
    let case = Case::listing(&[("producers/libreoffice-tagged.pdf", "pages = \"2\"")]);
    let (_, reader) = case.built();
    let tags = Tags::of(&reader);
    let source = Reader::open(&case.path("1 libreoffice-tagged.pdf"));
    let all = shown(&source.pdf.get_page_content(source.pdf.get_pages()[&2]));
    let lines = tags.all_lines(tags.document("Document 1"));
    assert!(words(&lines) > 0);
    assert!(lines.len() < source_lines(&case, "1 libreoffice-tagged.pdf").len());
    for held in lines.iter().flat_map(|line| &line.2) {
        if let Availability::Text(text) = held {
            assert!(all.values().any(|known| known == text));
        }
    }
    tags.lead_back();
    let kinds = |dict: &Dictionary| dict.has_type(b"StructElem");
    let elements = reader.pdf.objects.values();
    let elements = elements.filter(|object| object.as_dict().is_ok_and(kinds));
    assert_eq!(elements.count(), lines.len() + 1, "nothing is left over");
}

#[test]
fn a_picture_that_is_tagged_is_shared_with_no_other_file() {
    let case = Case::listing(&[
        ("producers/img2pdf-jpeg.pdf", ""),
        ("producers/img2pdf-jpeg.pdf", ""),
        ("producers/img2pdf-jpeg.pdf", ""),
    ]);
    for file in ["2 img2pdf-jpeg.pdf", "3 img2pdf-jpeg.pdf"] {
        edit(&case, file, |pdf| {
            let page = pdf.get_pages()[&1];
            let is_picture = |object: &Object| {
                let dict = object.as_stream().map(|stream| &stream.dict);
                dict.is_ok_and(|dict| dict.has(b"Width"))
            };
            let picture = pdf.objects.iter().find(|(_, object)| is_picture(object));
            let picture = *picture.unwrap().0;
            let whole = dictionary! { "Type" => "OBJR", "Obj" => picture, "Pg" => page };
            let figure = pdf.add_object(dictionary! { "S" => "Figure", "K" => whole });
            let root = pdf.add_object(dictionary! { "K" => figure });
            pdf.catalog_mut().unwrap().set("StructTreeRoot", root);
        });
    }
    let (_, reader) = case.built();
    let tags = Tags::of(&reader);
    assert_eq!((tags.tops().len(), tags.lead_back()), (2, 2));
}

#[test]
fn a_page_taken_twice_is_told_once() {
    let case = Case::listing(&[("producers/libreoffice-tagged.pdf", "pages = \"1-2,1\"")]);
    let (_, reader) = case.built();
    let tagged = |page: usize| reader.page(page).has(b"StructParents");
    assert_eq!([3, 4, 5].map(tagged), [true, true, false]);
    Tags::of(&reader).lead_back();
}

#[test]
fn a_bundle_without_tagged_sources_does_not_say_that_it_is_tagged() {
    let case = Case::listing(&[("producers/pdftex.pdf", ""), ("producers/reportlab.pdf", "")]);
    let (_, reader) = case.built();
    assert!(!reader.catalog().has(b"StructTreeRoot"));
    assert!(!reader.catalog().has(b"MarkInfo"));
}

#[test]
fn a_type_keeps_the_meaning_that_its_own_file_gives_it() {
    let case = Case::listing(&[
        ("producers/libreoffice-tagged.pdf", ""),
        ("producers/libreoffice-tagged.pdf", ""),
    ]);
    let file = "2 libreoffice-tagged.pdf";
    edit(&case, file, |pdf| {
        let map = root_of(pdf).get_mut(b"RoleMap").unwrap();
        for (_, role) in map.as_dict_mut().unwrap().iter_mut() {
            *role = "BlockQuote".into();
        }
        root_of(pdf).set("ClassMap", dictionary! { "c" => dictionary! {} });
    });
    let (_, reader) = case.built();
    let tags = Tags::of(&reader);
    for (title, file) in [("Document 1", "1 libreoffice-tagged.pdf"), ("Document 2", file)] {
        let lines = tags.all_lines(tags.document(title));
        assert_eq!(lines, source_lines(&case, file));
        let quotes = lines.iter().any(|line| line.1 == "/BlockQuote");
        assert_eq!(quotes, title == "Document 2");
    }
}

#[test]
fn content_that_is_drawn_as_a_form_is_found_in_the_form() {
    let case = Case::listing(&[("producers/libreoffice-tagged.pdf", "")]);
    let file = "1 libreoffice-tagged.pdf";
    edit(&case, file, |pdf| {
        let page = pdf.get_pages()[&1];
        let mut content = b"Q ".to_vec();
        content.extend(pdf.get_page_content(page));
        pdf.change_page_content(page, content).unwrap();
    });
    let before = source_lines(&case, file);
    let (_, reader) = case.built();
    let tags = Tags::of(&reader);
    assert!(!reader.page(3).has(b"StructParents"));
    assert!(reader.page(4).has(b"StructParents"));
    assert_eq!(tags.all_lines(tags.document("Document 1")), before);
    assert_eq!(tags.lead_back(), 9);
}

#[test]
fn tags_that_cannot_be_read_are_named_and_the_pages_stay() {
    let case = Case::listing(&[
        ("producers/libreoffice-tagged.pdf", ""),
        ("producers/chromium.pdf", ""),
        ("producers/chromium.pdf", ""),
    ]);
    edit(&case, "1 libreoffice-tagged.pdf", |pdf| {
        root_of(pdf).set("K", vec![1.into(), 2.into()]);
    });
    edit(&case, "2 chromium.pdf", |pdf| {
        let mut below = pdf.add_object(dictionary! { "S" => "P", "K" => 0 });
        for _ in 0..3000 {
            below = pdf.add_object(dictionary! { "S" => "Div", "K" => below });
        }
        root_of(pdf).set("K", below);
    });
    let (record, reader) = case.built();
    let named: Vec<_> = findings(&record, "tags-dropped")
        .into_iter()
        .map(|finding| finding["document"].clone())
        .collect();
    assert_eq!(named, ["Document 1", "Document 2"]);
    assert_eq!(reader.page_count(), 8);
    let tags = Tags::of(&reader);
    assert_eq!(tags.tops().len(), 1);
    tags.lead_back();
    assert!((3..=6).all(|page| !reader.page(page).has(b"StructParents")));
}

#[test]
fn conditions_of_print_are_carried_once() {
    let case = Case::listing(&[
        ("producers/dark.pdf", ""),
        ("producers/dark.pdf", ""),
        ("producers/corners.pdf", ""),
    ]);
    for (file, condition) in
        [("1 dark.pdf", "sRGB"), ("2 dark.pdf", "sRGB"), ("3 corners.pdf", "FOGRA39")]
    {
        edit(&case, file, |pdf| {
            let intent = dictionary! {
                "S" => "GTS_PDFX",
                "OutputConditionIdentifier" => Object::string_literal(condition),
            };
            let intent = Object::Reference(pdf.add_object(intent));
            pdf.catalog_mut().unwrap().set("OutputIntents", vec![intent]);
        });
    }
    let (_, reader) = case.built();
    let conditions: Vec<String> = reader
        .array(reader.catalog(), "OutputIntents")
        .iter()
        .map(|intent| {
            let intent = reader.dict(intent).unwrap();
            reader.text(intent, "OutputConditionIdentifier").unwrap()
        })
        .collect();
    assert_eq!(conditions, ["sRGB", "FOGRA39"]);
}
