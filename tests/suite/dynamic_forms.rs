//! XFA forms: the page that asks to wait must not pass for the form, and a form whose pages are in
//! the file is no error.

use crate::support::case::{Case, codes, findings, text};

/// A form with an XFA part, more entries in its catalog, and a page that says something.
fn form(catalog: &str, content: &str) -> Case {
    let pdf = format!(
        "%PDF-1.7\n\
        1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R{catalog}>>\nendobj\n\
        2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
        3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</Font<</F1 5 0 R>>>>>>\nendobj\n\
        4 0 obj\n<</Length {}>>stream\n{content}\nendstream\nendobj\n\
        5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n\
        6 0 obj\n<</Fields[]/XFA 7 0 R>>\nendobj\n\
        7 0 obj\n<</Length 5>>stream\n<xdp>\nendstream\nendobj\n\
        trailer\n<</Root 1 0 R>>\n",
        content.len()
    );
    let case = Case::listing(&[("producers/dark.pdf", "date = 2026-01-01")]);
    case.write("1 dark.pdf", pdf);
    case
}

const WAIT: &str = "BT /F1 12 Tf 50 700 Td [(Ple)-5(ase w)3(ait... )] TJ T* \
    (If this message is not eventually replaced) Tj ET";

#[test]
fn a_form_that_needs_rendering_or_asks_to_wait_is_an_error() {
    for case in [form("", WAIT), form("/NeedsRendering true", "BT /F1 12 Tf (Form) Tj ET")] {
        let report = case.checked(1);
        let found = findings(&report, "xfa-dynamic");
        assert_eq!(found.len(), 1, "{report}");
        assert!(text(found[0], "hint").contains("print it to a new PDF"));
        case.run(&["build"]).expect(1);
        assert!(!case.files().iter().any(|file| file.starts_with("out/")));
    }
}

#[test]
fn a_form_with_its_pages_in_the_file_is_built_with_a_warning() {
    let case = form("/NeedsRendering false", "BT /F1 12 Tf 50 700 Td (Please wait here) Tj ET");
    let report = case.checked(0);
    assert!(!codes(&report).contains(&"xfa-dynamic"));
    let record = case.build(&[], 0);
    assert_eq!(findings(&record, "xfa-dropped").len(), 1);
}
