//! Documents whose parts contradict each other, so that readers may show them in different ways.

use lopdf::xref::XrefType;

use crate::bad_input::one;
use crate::support::case::{findings, text};
use crate::support::look::words_behind_index;
use crate::support::paper;

/// A small PDF with some text of it replaced by as many bytes.
fn altered(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = paper::pdf(2, "page", 0);
    let windows = bytes.windows(from.len());
    let places: Vec<usize> = windows
        .enumerate()
        .filter(|(_, window)| *window == from.as_bytes())
        .map(|(place, _)| place)
        .collect();
    assert!(!places.is_empty(), "{from} is not in it");
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
    }
    bytes
}

#[test]
fn what_readers_take_in_different_ways_is_told() {
    for (from, to, told) in [
        ("/MediaBox[0 0 595 842]", "/MediaBix[0 0 595 842]", "size of some of its pages"),
        ("/MediaBox[0 0 595 842]", "/CropBox[700 0 0 842] ", "size of some of its pages"),
        ("/Contents 3 0 R", "/Contents 9 0 R", "content that some of its pages name"),
    ] {
        let case = one("it.pdf");
        case.write("it.pdf", altered(from, to));
        let report = case.checked(0);
        let message = text(findings(&report, "document-repaired")[0], "message");
        assert!(message.contains(told), "{message}");
    }
}

#[test]
fn an_object_where_the_table_says_that_another_stands_is_not_taken_for_it() {
    let mut pdf = lopdf::Document::load_mem(&paper::pdf(6, "page", 0)).unwrap();
    // Objects 5 and 6 are the second page; nothing needs 16, which looks like 6 from one byte on.
    pdf.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    pdf.set_object((16, 0), lopdf::Dictionary::new());
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let start = bytes.windows(8).position(|window| window == b"16 0 obj");
    let start = start.unwrap();
    let entry = |offset: usize| format!("{offset:010} 00000 n").into_bytes();
    let place = bytes.windows(18).position(|window| window == entry(start));
    let place = place.unwrap();
    bytes[place..place + 18].copy_from_slice(&entry(start + 1));
    let case = one("it.pdf");
    case.write("it.pdf", bytes);
    let (record, _) = case.built();
    let message = text(findings(&record, "document-repaired")[0], "message");
    assert!(message.contains("rebuilt"), "{message}");
    let said = words_behind_index(&case.path("out/x.pdf"));
    assert!(said[1].contains("page 2"), "{said:?}");
}
