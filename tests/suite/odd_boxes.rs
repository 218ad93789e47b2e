//! Boxes that cannot be: what the bundle displays of a page is what it is judged by.

use lopdf::{Document, Object};

use crate::support::case::{Case, array, codes};
use crate::support::look::words_behind_index;

/// The first page of a document for the court with other boxes, nothing inherited.
fn case(boxes: &[(&str, [i32; 4])]) -> Case {
    let case = Case::listing(&[(
        "producers/reportlab.pdf",
        "pages = \"1\"\nform = \"order\"\nhidden = \"drop\"\ndate = 2026-01-01",
    )]);
    case.edit("\"prosecution\"", "\"court\"");
    let path = case.path("1 reportlab.pdf");
    let mut pdf = Document::load(&path).unwrap();
    let page = pdf.get_pages()[&1];
    let page = pdf.get_dictionary_mut(page).unwrap();
    page.remove(b"MediaBox");
    page.remove(b"CropBox");
    for (key, corners) in boxes {
        page.set(*key, corners.map(Object::from).to_vec());
    }
    pdf.save(&path).unwrap();
    case
}

#[test]
fn what_the_bundle_displays_counts_as_seen_whatever_the_boxes_say() {
    let a4 = ("MediaBox", [0, 0, 595, 842]);
    let plain = case(&[a4]);
    plain.build(&[], 0);
    let words = words_behind_index(&plain.path("out/test.pdf"));
    assert!(!words[0].is_empty());
    for boxes in [
        vec![a4, ("CropBox", [1000, 1000, 1500, 1500])],
        vec![a4, ("CropBox", [100, 100, 100, 100])],
        vec![a4, ("CropBox", [-900, -900, -100, -100])],
        vec![a4, ("CropBox", [0, 300, 595, 300])],
        vec![("MediaBox", [0, 0, 0, 0])],
        vec![("MediaBox", [0, 0, 595, 0]), ("CropBox", [0, 0, 595, 842])],
        vec![("MediaBox", [0, 0, 0, 0]), ("CropBox", [0, 0, 595, 792])],
        vec![],
    ] {
        let case = case(&boxes);
        let report = case.checked(0);
        let record = case.build(&[], 0);
        for code in ["hidden-text", "cropped-content", "hidden-dropped"] {
            let found = [codes(&report), codes(&record)].concat();
            assert!(!found.contains(&code), "{boxes:?}: {code}");
        }
        assert_eq!(words_behind_index(&case.path("out/test.pdf")), words, "{boxes:?}");
    }
}

#[test]
fn what_a_sound_crop_hides_is_still_told() {
    let case = case(&[("MediaBox", [0, 0, 595, 842]), ("CropBox", [0, 0, 595, 100])]);
    case.edit("hidden = \"drop\"", "");
    let report = case.checked(0);
    assert!(codes(&report).contains(&"hidden-text"), "{report}");
}

#[test]
fn the_number_of_a_slip_is_seen_by_whoever_looks_for_it() {
    for (width, height) in [(200, 50), (250, 90), (90, 250), (60, 60), (30, 24), (12, 12)] {
        let case = case(&[("MediaBox", [0, 0, width, height])]);
        case.build(&[], 0);
        let verified = case.run(&["verify", "out/test.pdf", "--format", "json"]).json();
        let results = array(&array(&verified, "files")[0], "results");
        let numbers = results.iter().find(|result| result["code"] == "page-numbers");
        assert_eq!(numbers.unwrap()["status"], "pass", "{width} × {height}: {numbers:?}");
    }
}
