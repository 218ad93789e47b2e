//! Objects that a table lists and that are not there: who needs them decides.

use std::fmt::Write as _;

use crate::support::case::{Case, codes, findings, text};

/// The objects of a page with a link each of three kinds, a comment with a window, a bookmark and a field.
const OBJECTS: [(u32, &str); 14] = [
    (
        1,
        "<</Type/Catalog/Pages 2 0 R/Outlines 12 0 R/Names<</Dests 14 0 R>>/StructTreeRoot 15 0 R/AcroForm<</Fields[10 0 R]>>>>",
    ),
    (2, "<</Type/Pages/Kids[3 0 R]/Count 1>>"),
    (
        3,
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</P 5 0 R>>>>\
         /Metadata 16 0 R/Annots[6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]>>",
    ),
    (4, "<</Length 39>>stream\nBT /P 12 Tf 50 700 Td (words here) Tj ET\nendstream"),
    (5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
    (6, "<</Type/Annot/Subtype/Link/Rect[50 600 100 620]/Dest[17 0 R/XYZ 0 0 0]>>"),
    (7, "<</Type/Annot/Subtype/Link/Rect[50 550 100 570]/A 18 0 R>>"),
    (8, "<</Type/Annot/Subtype/Link/Rect[50 500 100 520]/A<</S/GoTo/D 19 0 R>>>>"),
    (
        9,
        "<</Type/Annot/Subtype/Text/Rect[50 400 70 420]/Contents(note)/Popup 20 0 R/IRT 21 0 R/AP<</N 11 0 R>>>>",
    ),
    (
        10,
        "<</Type/Annot/Subtype/Widget/Rect[50 300 99 320]/FT/Tx/T(f)/Parent 22 0 R/V(v)/AP<</N 11 0 R>>>>",
    ),
    (
        11,
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>/Length 3>>stream\nq Q\nendstream",
    ),
    (12, "<</Type/Outlines/First 13 0 R/Last 13 0 R>>"),
    (13, "<</Title(own)/Parent 12 0 R/Dest[23 0 R/Fit]>>"),
    (22, "<</T(above)/Kids[10 0 R]>>"),
];

/// The file with a table that lists every object, and each that is not there at offset 0, as macOS writes it.
fn file(without: &[u32]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = [0; 24];
    for (number, object) in OBJECTS.iter().filter(|(number, _)| !without.contains(number)) {
        offsets[*number as usize] = file.len();
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    file.push_str("xref\n0 24\n0000000000 65535 f \n");
    for offset in &offsets[1..] {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    write!(file, "trailer<</Size 24/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn case(without: &[u32]) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", "date = 2026-01-01")]);
    case.write("1 dark.pdf", file(without));
    case
}

#[test]
fn what_only_links_bookmarks_and_tags_lead_to_is_a_note() {
    let case = case(&[]);
    let report = case.checked(0);
    assert_eq!(codes(&report), ["target-missing"], "{report}");
    let found = findings(&report, "target-missing");
    assert_eq!(found[0]["severity"], "info");
    assert!(text(found[0], "message").starts_with("9 objects"), "{report}");
    let (record, reader) = case.built();
    let dropped = findings(&record, "link-dropped");
    assert_eq!(dropped.len(), 1, "{record}");
    assert_eq!(dropped[0]["severity"], "info");
    assert_eq!(
        text(dropped[0], "message"),
        "a link leads nowhere in its own file and was dropped (3 times, on page 1)"
    );
    assert_eq!(findings(&record, "target-missing").len(), 1);
    assert!(reader.holds("words here") && reader.holds("note"));
}

#[test]
fn what_a_page_shows_or_holds_is_missed_as_damage() {
    // The content, a font, a whole annotation, a look, and the field above a place.
    for needed in [4, 5, 9, 11, 22] {
        let report = case(&[needed]).checked(2);
        let refused = findings(&report, "document-unreadable");
        assert_eq!(
            text(refused[0], "message"),
            "damaged: 1 object cannot be found; it was probably cut short",
            "{needed}"
        );
    }
}
