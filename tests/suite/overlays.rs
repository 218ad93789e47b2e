//! Numbers where annotations are painted over a page, on the screen or in print.

use serde_json::Value;

use crate::bad_files::hostile::pdf;
use crate::support::case::{Case, array, findings, text};

/// A pale ground over all of a drawing.
const FILLED: &str = "1 1 0.8 rg -900 -900 9999 9999 re f";

/// One A4 page with an annotation whose drawing, object 5, is `drawing`.
fn page(annotation: &str, drawing: &str) -> Vec<u8> {
    let length = drawing.len();
    pdf(&[
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]\
         /AS[<</Event/Print/Category[/Print]/OCGs[6 0 R]>><</Event/View/Category[/View]/OCGs[6 0 R]>>]>>>>>>"
            .to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]/Contents 8 0 R>>".to_owned(),
        format!("<</Type/Annot{annotation}>>"),
        format!("<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length {length}>>stream\n{drawing}\nendstream"),
        "<</Type/OCG/Name(Copy)/Usage<</Print<</PrintState/ON>>/View<</ViewState/OFF>>>>>>".to_owned(),
        "<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 0>>stream\n\nendstream".to_owned(),
        "<</Length 32>>stream\n0.5 g 100 700 300 20 re f        \nendstream".to_owned(),
    ])
}

/// What the build says of the place of the number; `verify` sees the number on each page.
fn told(annotation: &str, drawing: &str) -> Vec<String> {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\ntitle = \"Documents\"\n\
         [[section.document]]\ntitle = \"Covered\"\nfile = \"covered.pdf\"\n",
    );
    case.write("covered.pdf", page(annotation, drawing));
    let record = case.build(&[], 0);
    let verified = case.run(&["verify", "out/test.pdf", "--format", "json"]).json();
    let results = array(&array(&verified, "files")[0], "results");
    let numbers = results.iter().find(|result| result["code"] == "page-numbers");
    assert_eq!(numbers.unwrap()["status"], "pass", "{annotation}: {numbers:?}");
    let codes = ["number-moved", "page-scaled"];
    let told = codes.iter().flat_map(|code| findings(&record, code));
    told.map(|finding: &Value| text(finding, "code").to_owned()).collect()
}

#[test]
fn a_number_moves_from_beneath_what_readers_paint_over_it() {
    let drawn = "/AP<</N 5 0 R>>/Rect[380 0 595 70]";
    for annotation in [
        format!("/Subtype/Stamp/F 4{drawn}"),
        // Shown on the screen alone; in print alone, by a flag or by a layer; when the mouse is over it.
        format!("/Subtype/Stamp{drawn}"),
        format!("/Subtype/Stamp/F 36{drawn}"),
        format!("/Subtype/Stamp/F 4/OC 6 0 R{drawn}"),
        format!("/Subtype/Stamp/F 288{drawn}"),
        "/Subtype/Widget/FT/Btn/T(tick)/F 4/AS/Off/AP<</N<</Yes 5 0 R/Off 7 0 R>>>>/Rect[380 0 595 70]".to_owned(),
        "/Subtype/Widget/FT/Tx/T(text)/V(typed)/MK<</BG[1 1 1]>>/F 4/Rect[380 0 595 70]".to_owned(),
        // Without a drawing.
        "/Subtype/Square/IC[1 1 0.8]/F 4/Rect[380 0 595 70]".to_owned(),
        "/Subtype/FreeText/DA(/Helv 9 Tf)/Contents(covers)/F 4/Rect[380 0 595 70]".to_owned(),
        "/Subtype/Text/Contents(note)/F 4/Rect[550 30 552 32]".to_owned(),
        "/Subtype/Line/L[400 5 590 40]/F 4/Rect[0 0 1 1]".to_owned(),
    ] {
        assert_eq!(told(&annotation, FILLED), ["number-moved"], "{annotation}");
    }
}

#[test]
fn a_number_stays_where_nothing_is_painted_over_it() {
    let whole = "/AP<</N 5 0 R>>/Rect[0 0 595 842]";
    for (annotation, drawing) in [
        (format!("/Subtype/Stamp/F 4{whole}"), "1 0 0 rg 40 40 20 20 re f"),
        (format!("/Subtype/Stamp/F 2{whole}"), FILLED),
        (format!("/Subtype/Stamp/F 32{whole}"), FILLED),
        ("/Subtype/Link/Border[0 0 0]/Rect[0 0 595 842]".to_owned(), ""),
        // However wide its border is, it is drawn within it.
        ("/Subtype/Link/Border[0 0 900]/Rect[20 700 300 720]".to_owned(), ""),
        ("/Subtype/Popup/Rect[0 0 595 842]".to_owned(), ""),
    ] {
        assert_eq!(told(&annotation, drawing), [""; 0], "{annotation}");
    }
}

#[test]
fn a_page_makes_room_where_all_of_it_is_covered() {
    for rect in ["0 0 595 842", "-30 -30 640 900"] {
        let annotation = format!("/Subtype/Stamp/F 4/AP<</N 5 0 R>>/Rect[{rect}]");
        assert_eq!(told(&annotation, FILLED), ["page-scaled"], "{rect}");
    }
}

#[test]
fn comments_that_are_taken_out_cover_nothing() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"defence\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\ntitle = \"Documents\"\n[[section.document]]\ntitle = \"Covered\"\n\
         file = \"covered.pdf\"\nform = \"MG11\"\ncomments = \"strip\"\n",
    );
    let annotation = "/Subtype/FreeText/F 4/AP<</N 5 0 R>>/Rect[380 0 595 70]";
    case.write("covered.pdf", page(annotation, FILLED));
    let record = case.build(&[], 0);
    assert!(findings(&record, "number-moved").is_empty());
    case.edit("comments = \"strip\"", "comments = \"keep\"");
    assert_eq!(findings(&case.build(&[], 0), "number-moved").len(), 1);
}
