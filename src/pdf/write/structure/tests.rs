use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use super::walk::{Element, Item};
use super::*;
use crate::model::geometry::{PageBox, Rect, Rotation};
use crate::model::{Code, Finding};
use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::get_dict;

/// Pages 1 to 3; page 3 is not taken where only some are.
const PAGES: [ObjectId; 3] = [(1, 0), (2, 0), (3, 0)];
const ROOT: ObjectId = (10, 0);

fn pdf(objects: Vec<(u32, Object)>) -> Pdf {
    let mut pdf = Pdf::new();
    for page in PAGES {
        pdf.objects.insert(page, dictionary! { "Type" => "Page" }.into());
    }
    let catalog = dictionary! { "Type" => "Catalog", "StructTreeRoot" => ROOT };
    pdf.objects.insert((4, 0), catalog.into());
    pdf.trailer.set("Root", (4, 0));
    for (number, object) in objects {
        pdf.objects.insert((number, 0), object);
    }
    pdf
}

fn root(kids: impl Into<Object>) -> (u32, Object) {
    (ROOT.0, dictionary! { "Type" => "StructTreeRoot", "K" => kids.into() }.into())
}

fn element(kind: &str, page: ObjectId, kids: Vec<Object>) -> Dictionary {
    dictionary! { "S" => kind, "Pg" => page, "K" => kids }
}

fn at(number: u32) -> Object {
    Object::Reference((number, 0))
}

fn page_node(id: ObjectId) -> PageNode {
    let area = Rect::new(0.0, 0.0, 595.0, 842.0);
    PageNode {
        id: Some(id),
        dict: Dictionary::new(),
        boxes: PageBox { media: area, crop: area, rotation: Rotation::None, user_unit: 1.0 },
        box_assumed: false,
    }
}

fn read(pdf: &mut Pdf, taken: &[ObjectId]) -> (Option<SourceTags>, Vec<Finding>) {
    let mut findings = Vec::new();
    let scope = Scope {
        taken: &taken.iter().copied().collect(),
        all_pages: taken.len() == PAGES.len(),
        annotations: &HashSet::new(),
    };
    let pages: Vec<PageNode> = PAGES.into_iter().map(page_node).collect();
    let tags = SourceTags::read(pdf, &pages, &scope, &mut findings);
    (tags, findings)
}

fn read_all(objects: Vec<(u32, Object)>) -> (Option<SourceTags>, Vec<Finding>) {
    read(&mut pdf(objects), &PAGES)
}

fn types(pdf: &Pdf, tags: &SourceTags) -> Vec<String> {
    let kept = tags.elements.iter().filter(|element| element.kept);
    kept.map(|element| String::from_utf8_lossy(element.structure_type(pdf)).into_owned()).collect()
}

fn marks(element: &Element) -> Vec<u32> {
    let mcid = |item: &Item| match item {
        Item::MarkedContent(mark) => Some(mark.mcid),
        _ => None,
    };
    element.items.iter().filter_map(mcid).collect()
}

#[test]
fn loops_are_cut_and_what_is_no_element_is_passed_over() {
    let odd = vec![
        at(10),
        at(11),
        at(99),
        Object::Null,
        "name".into(),
        Object::Integer(-1),
        Object::Integer(7),
        Object::Array(vec![at(12)]),
        dictionary! { "Type" => "MCR" }.into(),
        dictionary! { "Type" => "OBJR", "Obj" => at(99) }.into(),
        at(1),
        element("Span", PAGES[0], vec![8.into()]).into(),
    ];
    let (tags, findings) =
        read_all(vec![root(vec![at(11), at(11)]), (11, element("P", PAGES[0], odd).into())]);
    let tags = tags.unwrap();
    assert_eq!(findings, []);
    assert_eq!(tags.elements.len(), 2);
    assert_eq!(marks(&tags.elements[0]), [7]);
    assert_eq!(marks(&tags.elements[1]), [8]);
    assert_eq!(tags.elements[1].parent, Some(0));
}

#[test]
fn trees_that_cannot_be_followed_are_dropped_and_named() {
    let deep: Vec<(u32, Object)> = (11..5000)
        .map(|number| {
            let kids = vec![at(number + 1)];
            (number, element("Div", PAGES[0], kids).into())
        })
        .chain([root(at(11))])
        .collect();
    let shared = dictionary! { "S" => "Div", "K" => at(20) };
    let endless = vec![root(at(20)), (20, vec![shared.clone().into(), shared.into()].into())];
    let no_element = vec![root(vec![at(1), 5.into()])];
    let no_root = vec![(ROOT.0, 5.into())];
    for objects in [deep, endless, no_element, no_root] {
        let (tags, findings) = read_all(objects);
        assert!(tags.is_none());
        assert_eq!(findings[0].code, Code::TagsDropped);
    }
}

#[test]
fn a_tree_that_is_not_there_or_says_nothing_is_no_loss() {
    for objects in [vec![], vec![root(Vec::<Object>::new())]] {
        let (tags, findings) = read_all(objects);
        assert!(tags.is_none());
        assert_eq!(findings, []);
    }
}

#[test]
fn what_is_about_pages_left_out_goes_and_empty_cells_stay() {
    let mut pdf = pdf(vec![
        root(vec![at(11), at(14), at(15)]),
        (11, element("Table", PAGES[0], vec![at(12), at(13)]).into()),
        (12, element("TR", PAGES[0], vec![at(20), at(21)]).into()),
        (13, element("TR", PAGES[2], vec![at(22)]).into()),
        (14, element("P", PAGES[0], vec![]).into()),
        (15, element("Sect", PAGES[2], vec![3.into()]).into()),
        (20, element("TD", PAGES[0], vec![1.into()]).into()),
        (21, element("TD", PAGES[0], vec![]).into()),
        (22, element("TD", PAGES[2], vec![2.into()]).into()),
    ]);
    let (tags, findings) = read(&mut pdf, &PAGES[..2]);
    let tags = tags.unwrap();
    assert_eq!(findings, []);
    assert_eq!(types(&pdf, &tags), ["Table", "TR", "TD", "TD"]);
    let lost: Vec<bool> = tags.elements.iter().map(|element| element.lost).collect();
    assert!(lost[0], "a row of the table is gone");
    let (tags, _) = read(&mut pdf, &PAGES);
    assert_eq!(types(&pdf, &tags.unwrap()).len(), 8);
    let (tags, findings) = read(&mut pdf, &PAGES[1..2]);
    assert!(tags.is_none() && findings.is_empty());
}

#[test]
fn keys_of_other_files_go_even_without_tags() {
    let mut pdf = pdf(vec![
        (ROOT.0, Object::Null),
        (30, dictionary! { "StructParent" => 4, "StructParents" => 5 }.into()),
    ]);
    assert!(read(&mut pdf, &PAGES).0.is_none());
    assert!(pdf.get_dictionary((30, 0)).unwrap().is_empty());
}

/// The bundle of two sources that are the same.
fn bundle(objects: &[(u32, Object)], taken: &[ObjectId]) -> Pdf {
    bundle_of(&[objects.to_vec(), objects.to_vec()], taken)
}

fn bundle_of(sources: &[Vec<(u32, Object)>], taken: &[ObjectId]) -> Pdf {
    let mut file = FileWriter::new(Vec::new(), HashSet::new()).unwrap();
    let mut structure = Structure::default();
    for (title, objects) in ["First", "Second"].into_iter().zip(sources) {
        let mut source = pdf(objects.clone());
        let tags = read(&mut source, taken).0;
        let numbers = taken.iter().map(|page| (*page, file.reserve().unwrap()));
        let numbers: HashMap<ObjectId, ObjectNumber> = numbers.collect();
        let barred = PAGES.into_iter().chain([(4, 0)]).collect();
        let mut import = Import::new(&mut file, source, numbers, barred);
        if let Some(mut tags) = tags {
            structure.give_keys(&mut tags, &mut import);
            structure.add(&mut import, &tags, title, &HashMap::new()).unwrap();
        }
        import.drain().unwrap();
    }
    let root = structure.finish(&mut file).unwrap().unwrap();
    let catalog = dictionary! { "Type" => "Catalog", "StructTreeRoot" => root.reference() };
    let catalog = file.add(catalog.into()).unwrap();
    let info = file.add(Dictionary::new().into()).unwrap();
    Pdf::load_mem(&file.finish(catalog, info).unwrap().0).unwrap()
}

fn elements_of<'a>(pdf: &'a Pdf, kind: &str) -> Vec<&'a Dictionary> {
    pdf.objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"S").is_ok_and(|own| own.as_name().unwrap() == kind.as_bytes()))
        .collect()
}

#[test]
fn identifiers_are_unique_and_cells_name_their_headers_by_them() {
    let string = |text: &str| Object::string_literal(text);
    let mut head = element("TH", PAGES[0], vec![1.into()]);
    head.set("ID", string("h"));
    let mut cell = element("TD", PAGES[0], vec![2.into()]);
    cell.set(
        "A",
        vec![at(22), dictionary! { "O" => "Table", "Headers" => vec![string("h")] }.into()],
    );
    cell.set("C", "cell");
    let mut source_root = root(vec![at(20), at(21)]);
    if let Object::Dictionary(dict) = &mut source_root.1 {
        dict.set("ClassMap", dictionary! { "cell" => dictionary! { "O" => "Layout" } });
    }
    let bundle = bundle(
        &[
            source_root,
            (20, head.into()),
            (21, cell.into()),
            (22, dictionary! { "O" => "Layout", "Placement" => "Block" }.into()),
        ],
        &PAGES,
    );
    let ids: Vec<&[u8]> = elements_of(&bundle, "TH")
        .into_iter()
        .map(|head| head.get(b"ID").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(ids, [b"h".as_slice(), b"2-h"]);
    for (cell, id) in elements_of(&bundle, "TD").into_iter().zip(ids) {
        let attributes = cell.get(b"A").unwrap().as_array().unwrap();
        assert_eq!(bundle.dereference(&attributes[0]).unwrap().1.as_dict().unwrap().len(), 2);
        let headers = attributes[1].as_dict().unwrap().get(b"Headers").unwrap();
        assert_eq!(headers.as_array().unwrap()[0].as_str().unwrap(), id);
        assert_eq!(cell.get(b"C").unwrap().as_name().unwrap(), b"cell");
    }
}

#[test]
fn a_type_of_a_namespace_is_renamed_in_its_namespace() {
    let mut line = element("line", PAGES[0], vec![1.into()]);
    line.set("NS", at(21));
    let mut word = element("line", PAGES[0], vec![2.into()]);
    word.set("NS", at(22));
    let source = |role: &str| {
        let mut source_root = root(vec![at(20), at(23)]);
        if let Object::Dictionary(dict) = &mut source_root.1 {
            dict.set("RoleMap", dictionary! { "line" => role });
            dict.set("Namespaces", vec![at(21), at(22)]);
        }
        let own = dictionary! {
            "NS" => Object::string_literal("own"),
            "RoleMapNS" => dictionary! { "line" => role },
        };
        let plain = dictionary! { "NS" => Object::string_literal("plain") };
        vec![
            source_root,
            (20, line.clone().into()),
            (21, own.into()),
            (22, plain.into()),
            (23, word.clone().into()),
        ]
    };
    let bundle = bundle_of(&[source("P"), source("Code")], &PAGES);
    assert_eq!(elements_of(&bundle, "line").len(), 3);
    let renamed = elements_of(&bundle, "line_2");
    let [renamed] = renamed[..] else { panic!("{renamed:?}") };
    let namespace = get_dict(&bundle, renamed, b"NS").unwrap();
    let roles = namespace.get(b"RoleMapNS").unwrap().as_dict().unwrap();
    assert_eq!(roles.get(b"line_2").unwrap().as_name().unwrap(), b"Code");
    let root = elements_of(&bundle, "Document")[0].get(b"P").unwrap();
    let root = bundle.dereference(root).unwrap().1.as_dict().unwrap();
    // The plain one is shared.
    assert_eq!(root.get(b"Namespaces").unwrap().as_array().unwrap().len(), 3);
}

#[test]
fn a_text_that_stands_for_more_than_is_there_stays_behind() {
    let mut part = element("Span", PAGES[0], vec![1.into()]);
    let rest: Object = dictionary! { "Type" => "MCR", "Pg" => PAGES[2], "MCID" => 0 }.into();
    part.get_mut(b"K").unwrap().as_array_mut().unwrap().push(rest);
    part.set("ActualText", Object::string_literal("one and the other"));
    let mut whole = element("Quote", PAGES[0], vec![2.into()]);
    whole.set("ActualText", Object::string_literal("all of it"));
    let objects = [root(vec![at(20), at(21)]), (20, part.into()), (21, whole.into())];
    let some = bundle(&objects, &PAGES[..1]);
    assert!(!elements_of(&some, "Span")[0].has(b"ActualText"));
    assert!(elements_of(&some, "Quote")[0].has(b"ActualText"));
    let all = bundle(&objects, &PAGES);
    assert!(elements_of(&all, "Span")[0].has(b"ActualText"));
}

#[test]
fn classes_that_no_element_is_of_stay_behind() {
    let mut word = element("Span", PAGES[0], vec![1.into()]);
    word.set("C", vec!["word".into(), Object::Integer(0)]);
    let mut source_root = root(vec![at(20)]);
    if let Object::Dictionary(dict) = &mut source_root.1 {
        let class = || dictionary! { "O" => "Layout", "Placement" => "Block" };
        dict.set("ClassMap", dictionary! { "word" => class(), "elsewhere" => class() });
    }
    let bundle = bundle(&[source_root, (20, word.into())], &PAGES);
    let mut maps = bundle.objects.values().filter_map(|object| {
        let map = object.as_dict().ok()?.get(b"ClassMap").ok()?;
        map.as_dict().ok()
    });
    let classes = maps.next().unwrap().iter().map(|(name, _)| name.as_slice());
    assert_eq!(classes.collect::<Vec<_>>(), [b"word"]);
}
