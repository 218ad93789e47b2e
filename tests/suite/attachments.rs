//! Files attached to a document: `check` says that a bundle holds none of them, and their marks stay on the page.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::support::case::{Case, codes, findings, text};

fn file(pdf: &mut Document) -> Object {
    let stream = pdf.add_object(Stream::new(
        dictionary! { "Type" => "EmbeddedFile" },
        b"attached words".to_vec(),
    ));
    let file = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("list.xlsx"), "EF" => dictionary! { "F" => stream },
    };
    pdf.add_object(file).into()
}

fn mark(pdf: &mut Document, more: &Dictionary) -> Object {
    let mut mark = dictionary! {
        "Type" => "Annot", "Subtype" => "FileAttachment", "F" => 4, "FS" => file(pdf),
        "Rect" => vec![60.into(), 600.into(), 80.into(), 620.into()],
        "Contents" => Object::string_literal("what the mark says"),
    };
    mark.extend(more);
    pdf.add_object(mark).into()
}

/// A case of one document of two pages, to which `change` attaches files.
fn case(change: impl Fn(&mut Document), lines: &str) -> Case {
    let case =
        Case::listing(&[("producers/reportlab.pdf", &format!("date = 2026-01-01\n{lines}"))]);
    let path = case.path("1 reportlab.pdf");
    let mut pdf = Document::load(&path).unwrap();
    change(&mut pdf);
    pdf.save(&path).unwrap();
    case
}

fn on_page(pdf: &mut Document, page: u32, key: &str, value: Vec<Object>) {
    let page = pdf.get_pages()[&page];
    pdf.get_dictionary_mut(page).unwrap().set(key, value);
}

/// The messages about attached files, which check and build say alike, and once.
fn told(case: &Case) -> Vec<String> {
    let messages = |report: &serde_json::Value| -> Vec<String> {
        let found = findings(report, "attachment-dropped");
        found.iter().map(|finding| text(finding, "message").to_owned()).collect()
    };
    let checked = messages(&case.checked(0));
    let (record, reader) = case.built();
    assert_eq!(messages(&record), checked);
    assert!(!reader.holds("attached words") && !reader.holds("list.xlsx"));
    checked
}

#[test]
fn check_says_that_attached_files_are_not_carried() {
    let to_document = case(
        |pdf| {
            let file = file(pdf);
            let names = dictionary! { "Names" => vec![Object::string_literal("list.xlsx"), file] };
            pdf.catalog_mut().unwrap().set("Names", dictionary! { "EmbeddedFiles" => names });
        },
        "",
    );
    let message = "files are attached to this PDF; they are not in the bundle";
    assert_eq!(told(&to_document), [message]);
    let belongs = case(
        |pdf| {
            let file = file(pdf);
            pdf.catalog_mut().unwrap().set("AF", vec![file]);
        },
        "",
    );
    assert_eq!(told(&belongs), [message]);
    let to_page = |lines| {
        case(
            |pdf| {
                let file = file(pdf);
                on_page(pdf, 2, "AF", vec![file]);
            },
            lines,
        )
    };
    let message = "files are attached to parts of this PDF; they are not in the bundle";
    assert_eq!(told(&to_page("")), [message]);
    assert!(told(&to_page("pages = \"1\"")).is_empty());
}

#[test]
fn marks_of_attached_files_are_counted_with_their_pages() {
    let marked = |lines| {
        case(
            |pdf| {
                let [one, two, three] = [(); 3].map(|()| mark(pdf, &Dictionary::new()));
                on_page(pdf, 1, "Annots", vec![one, two]);
                on_page(pdf, 2, "Annots", vec![three]);
            },
            lines,
        )
    };
    assert_eq!(
        told(&marked("")),
        ["3 marks on pages 1-2 stand for attached files, which are not in the bundle"]
    );
    assert_eq!(
        told(&marked("pages = \"2\"")),
        ["a mark on page 2 stands for an attached file, which is not in the bundle"]
    );
}

#[test]
fn a_mark_becomes_a_stamp_that_shows_what_it_showed() {
    let case = case(
        |pdf| {
            let look = dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "Resources" => dictionary! {},
                "BBox" => vec![0.into(), 0.into(), 20.into(), 20.into()],
            };
            let look = Stream::new(look, b"1 0 0 rg 0 0 20 20 re f".to_vec());
            let look = pdf.add_object(look);
            let own = mark(pdf, &dictionary! { "AP" => dictionary! { "N" => look } });
            let bare = mark(pdf, &dictionary! { "Name" => "PushPin" });
            on_page(pdf, 1, "Annots", vec![own]);
            on_page(pdf, 2, "Annots", vec![bare]);
        },
        "",
    );
    let (record, reader) = case.built();
    let pages = reader.page_count();
    for (page, shows) in [(pages - 1, "1 0 0 rg 0 0 20 20 re f"), (pages, "13 l S")] {
        let annotations = reader.annotations(page);
        let stamp = annotations[0];
        assert_eq!(stamp.get(b"Subtype").unwrap().as_name().unwrap(), b"Stamp");
        assert!(!stamp.has(b"FS") && !stamp.has(b"Name"));
        assert_eq!(reader.text(stamp, "Contents").unwrap(), "what the mark says");
        let looks = reader.dict(stamp.get(b"AP").unwrap()).unwrap();
        let look = reader.get(looks, "N").unwrap().as_stream().unwrap();
        let look = look.get_plain_content().unwrap();
        assert!(String::from_utf8_lossy(&look).contains(shows), "{look:?}");
    }
    assert_eq!(findings(&record, "mark-drawn").len(), 1, "{record}");
    assert_eq!(findings(&record, "mark-drawn")[0]["page"], 2);
    assert!(!codes(&case.checked(0)).contains(&"mark-drawn"));
}
