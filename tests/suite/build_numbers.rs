//! Printed numbers: their styles, their six places, and dividers among them.

use serde_json::Value;

use crate::golden::golden;
use crate::support::case::{Case, array, codes, findings, number, text};
use crate::support::dump::dump;
use crate::support::look::{letters, open, words};
use crate::support::reader::{Leads, Reader};

/// Two documents of two and three pages whose edges are free.
fn plain(bundle: &str) -> Case {
    let case = Case::listing(&[("producers/rotate-90.pdf", ""), ("producers/page-labels.pdf", "")]);
    case.edit("output = \"out/test.pdf\"\n", &format!("output = \"out/test.pdf\"\n{bundle}\n"));
    case
}

/// What stands last on each page.
fn printed(case: &Case, reader: &Reader) -> Vec<String> {
    let bundle = open(&case.path("out/test.pdf"));
    let labels = reader.labels();
    bundle
        .pages()
        .iter()
        .zip(&labels)
        .map(|(page, label)| {
            let letters = letters(page);
            let start = letters.len() - label.chars().count();
            letters[start..].iter().map(|letter| letter.text.as_str()).collect()
        })
        .collect()
}

#[test]
fn continuous_numbers_are_the_pages_of_the_pdf() {
    let case = plain("");
    let (_, reader) = case.built();
    assert_eq!(reader.labels(), ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(printed(&case, &reader), reader.labels());
}

#[test]
fn section_numbers_start_again_in_each_section_behind_roman_front_pages() {
    let case = plain("numbering.style = \"section\"");
    case.append("[[section]]\nletter = \"BX\"\n[[section.document]]\nfile = \"more.pdf\"\n");
    case.copy("fixtures/producers/empty-pages.pdf", "more.pdf");
    let (record, reader) = case.built();
    let labels =
        ["i", "ii", "A1", "A2", "A3", "A4", "A5", "BX1", "BX2", "BX3", "BX4", "BX5", "BX6"];
    assert_eq!(reader.labels(), labels);
    assert_eq!(printed(&case, &reader), labels);
    assert_eq!(text(&array(&record, "documents")[2], "last_label"), "BX6");
}

#[test]
fn prefixed_numbers_have_their_digits() {
    let case = plain("numbering = { style = \"prefix\", prefix = \"AB/2026-\", digits = 4 }");
    let (_, reader) = case.built();
    assert_eq!(reader.labels()[6], "AB/2026-0007");
    assert_eq!(printed(&case, &reader), reader.labels());
    let case = Case::fixture("case-prefix");
    let (_, reader) = case.built();
    assert_eq!(reader.labels()[0], "BLK000001");
    golden("case-prefix", &dump(&reader));
}

/// Whatever a prefix is made of, and however the index has to wrap the numbers, the proof reads them.
#[test]
fn a_bundle_may_have_any_prefix() {
    for prefix in [
        "LONG-PREFIX-",
        "ABCDEFGHIJKLMNOPQRST",
        "A.B.C.D.E.F.G.H.",
        "A B C ",
        "12 ",
        "(x)",
        "2026/",
        "-",
        "Case 7 Page ",
        "a-1-b-2-",
        "of ",
        "X9-",
    ] {
        for title in [
            "Notes",
            "Notes of a long day that go on and on, with all that was said and done by anybody who was there",
        ] {
            let case = plain(&format!(
                "numbering = {{ style = \"prefix\", prefix = \"{prefix}\", digits = 4 }}"
            ));
            case.append(&format!("[[section]]\nletter = \"Z\"\n[[section.document]]\ntitle = \"{title}\"\nfile = \"more.pdf\"\n"));
            case.copy("fixtures/producers/empty-pages.pdf", "more.pdf");
            let record = case.build(&[], 0);
            let told = codes(&record);
            for code in [
                "index-found",
                "index-links",
                "index-ranges",
                "bookmarks",
                "bookmark-numbers",
                "page-numbers",
            ] {
                assert!(!told.contains(&code), "{prefix} {title}: {record}");
            }
        }
    }
}

#[test]
fn each_of_the_six_places_is_where_its_name_says() {
    for (position, column, top) in [
        ("top-left", 0, true),
        ("top-centre", 1, true),
        ("top-right", 2, true),
        ("bottom-left", 0, false),
        ("bottom-centre", 1, false),
        ("bottom-right", 2, false),
    ] {
        let case = plain(&format!("numbering.position = \"{position}\""));
        let (record, _) = case.built();
        assert!(findings(&record, "number-moved").is_empty(), "{position}");
        let bundle = open(&case.path("out/test.pdf"));
        for (index, page) in bundle.pages().iter().enumerate() {
            let (width, height) = page.render_dimensions();
            let letters = letters(page);
            let digit = letters.last().unwrap();
            let third = (digit.x / f64::from(width) * 3.0) as usize;
            assert_eq!(third, column, "{position}, page {}: {digit:?}", index + 1);
            let from_edge = if top { digit.y } else { f64::from(height) - digit.y };
            assert!((14.0..33.0).contains(&from_edge), "{position}, page {}: {digit:?}", index + 1);
            assert!(digit.upright, "{position}, page {}", index + 1);
        }
    }
}

#[test]
fn a_number_that_would_hide_something_moves_and_the_report_says_so() {
    let case = Case::listing(&[("producers/corners.pdf", ""), ("producers/dark.pdf", "")]);
    let (record, _) = case.built();
    let moved = findings(&record, "number-moved");
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!(moved[0]["document"], "Document 1");
    assert_eq!(moved[0]["severity"], "info");
    let scaled = findings(&record, "page-scaled");
    let dark: Vec<&&Value> =
        scaled.iter().filter(|finding| finding["document"] == "Document 2").collect();
    assert_eq!(dark.len(), 1, "{scaled:?}");
    assert!(text(dark[0], "message").starts_with("pages 1-2 had no free place"), "{dark:?}");
}

#[test]
fn a_number_leads_to_the_index_from_where_it_is_printed() {
    let case = plain("");
    let (_, reader) = case.built();
    let bundle = open(&case.path("out/test.pdf"));
    for number in 1..=reader.page_count() {
        let link = reader.links(number).pop().unwrap();
        assert_eq!(link.to, Leads::Page(2));
        let page = &bundle.pages()[number - 1];
        let digit = letters(page).pop().unwrap();
        let frame =
            crate::support::look::initial(page).transform_rect_bbox(hayro::kurbo::Rect::new(
                f64::from(link.rect[0]),
                f64::from(link.rect[1]),
                f64::from(link.rect[2]),
                f64::from(link.rect[3]),
            ));
        assert!(frame.contains(hayro::kurbo::Point::new(digit.x, digit.y)), "{frame:?} {digit:?}");
    }
}

#[test]
fn dividers_count_and_stand_before_their_sections() {
    let case = Case::fixture("case-complete");
    case.edit("name = \"trial\"", "name = \"trial\"\ndividers = true");
    let (record, reader) = case.built();
    assert_eq!(reader.page_count(), 10);
    let documents = array(&record, "documents");
    assert_eq!((number(&documents[0], "first_page"), number(&documents[1], "first_page")), (4, 6));
    let bookmarks = reader.bookmarks();
    assert_eq!(bookmarks[2].to, Leads::Page(3), "a section starts at its divider");
    assert_eq!(bookmarks[2].children[0].to, Leads::Page(4));
    let bundle = open(&case.path(text(&record, "output")));
    let divider = words(&bundle.pages()[4]);
    assert!(
        divider.replace('\n', " ").contains("Section B Witness statements and exhibits"),
        "{divider}"
    );
    golden("dividers", &dump(&reader));
}

#[test]
fn sections_come_in_the_order_that_the_bundle_asks_for() {
    let case = Case::fixture("case-complete");
    case.edit("output = ", "sections = [\"B\", \"A\"]\noutput = ");
    let (record, reader) = case.built();
    let letters: Vec<&str> =
        array(&record, "documents").iter().map(|document| text(document, "section")).collect();
    assert_eq!(letters, ["B", "B", "B", "A"]);
    assert!(reader.bookmarks()[2].title.starts_with("B "));
}
