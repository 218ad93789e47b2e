//! The sheets as a whole: counted, read back, compared.

mod index;
mod said;

use std::collections::BTreeSet;

use super::*;
use lopdf::{Document, Object, ObjectId};

const HARD: &str = "Llŷn, Ŵyn, Łódź ’quoted’ “x” €950";

fn setting() -> Setting {
    Setting {
        language: Language::English,
        widest_pages: "1188–1200".to_owned(),
        running_head: "R v Blake · Trial bundle".to_owned(),
    }
}

fn document(number: u32, title: &str, pages: &str) -> IndexRow {
    IndexRow::Document {
        number,
        title: title.to_owned(),
        date: "30 September 2026".to_owned(),
        reference: format!("JS/{number}"),
        pages: pages.to_owned(),
        to_follow: number % 5 == 3,
    }
}

fn section(letter: &str) -> IndexRow {
    IndexRow::Section {
        letter: letter.to_owned(),
        title: "Witness statements".to_owned(),
        pages: String::new(),
    }
}

/// Rows of every height, some sections empty, one row higher than a page.
fn rows(count: u32, pages: &str) -> Vec<IndexRow> {
    let mut rows = Vec::new();
    for n in 1..=count {
        if n % 11 == 1 {
            rows.push(section("B"));
        }
        let words = if n == 30 { 900 } else { n * 7 % 40 + 1 };
        let title = format!("D{n} {}", "statement ".repeat(words as usize));
        rows.push(document(n, &title, pages));
    }
    rows
}

fn cover() -> Cover {
    Cover {
        court: Some("Crown Court at Leeds".to_owned()),
        title: "R v Blake".to_owned(),
        bundle: HARD.to_owned(),
        version: Some("2".to_owned()),
        urn: Some("01AB1234526".to_owned()),
        court_case_number: Some("T20260123".to_owned()),
        defendants: vec!["Jordan Blake".to_owned()],
        hearing: vec!["Trial".to_owned()],
        pages: 345,
        notes: vec!["2 documents are still to follow.".to_owned()],
    }
}

fn placeholder() -> Placeholder {
    Placeholder {
        section: "B Witness statements".to_owned(),
        title: "Statement of Dr Jones".to_owned(),
        reference: Some("MG11".to_owned()),
        supplier: Some("West Yorkshire Police".to_owned()),
        due: Some(jiff::civil::date(2026, 11, 10)),
    }
}

fn sheets() -> Vec<Sheet> {
    let divider = Divider { letter: "B".to_owned(), title: "Witness statements".to_owned() };
    vec![
        Sheet::Cover(cover()),
        Sheet::Index(rows(60, "12–15")),
        Sheet::Divider(divider),
        Sheet::Placeholder(placeholder()),
    ]
}

fn text_of(pdf: &[u8], pages: impl IntoIterator<Item = u32>) -> String {
    let doc = Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = pages.into_iter().collect();
    let text = doc.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_sheets_give_the_same_bytes() {
    let first = set(&sheets(), &setting()).unwrap().pdf;
    set(&[Sheet::Index(rows(3, "1"))], &setting()).unwrap();
    assert!(set(&sheets(), &setting()).unwrap().pdf == first);
    let threads: Vec<_> =
        (0..4).map(|_| std::thread::spawn(|| set(&sheets(), &setting()).unwrap().pdf)).collect();
    for thread in threads {
        assert!(thread.join().unwrap() == first);
    }
}

/// Whatever the pages do not need could carry a date, an author or a program's name.
#[test]
fn the_file_holds_its_pages_and_nothing_else() {
    let pdf = set(&sheets(), &setting()).unwrap().pdf;
    let doc = Document::load_mem(&pdf).unwrap();
    assert!(!doc.trailer.has(b"Info") && !doc.trailer.has(b"ID"));
    assert!(!doc.catalog().unwrap().has(b"Metadata"));
    let mut reached = BTreeSet::new();
    reach(&doc, doc.trailer.get(b"Root").unwrap(), &mut reached);
    assert_eq!(reached, doc.objects.keys().copied().collect());
}

fn reach(doc: &Document, object: &Object, reached: &mut BTreeSet<ObjectId>) {
    match object {
        Object::Reference(id) if reached.insert(*id) => {
            reach(doc, doc.get_object(*id).unwrap(), reached);
        }
        Object::Array(items) => items.iter().for_each(|item| reach(doc, item, reached)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| reach(doc, value, reached)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, value)| reach(doc, value, reached));
        }
        _ => {}
    }
}

#[test]
fn all_sheets_are_upright_a4_with_small_fonts() {
    let front = set(&sheets(), &setting()).unwrap();
    assert!(front.pdf.len() < 60_000, "{} bytes", front.pdf.len());
    let doc = Document::load_mem(&front.pdf).unwrap();
    for id in doc.get_pages().values() {
        let page = doc.get_dictionary(*id).unwrap();
        let media = page.get(b"MediaBox").unwrap().as_array().unwrap();
        let media: Vec<f32> = media.iter().map(|n| n.as_float().unwrap()).collect();
        assert_eq!(media, [0.0, 0.0, canvas::WIDTH, canvas::HEIGHT]);
    }
}

#[test]
fn nothing_to_set_gives_an_empty_file() {
    let front = set(&[], &setting()).unwrap();
    assert_eq!((front.pages, front.first_page.len()), (0, 0));
    assert_eq!(count_index_pages(&[], &setting()).unwrap(), 1);
}
