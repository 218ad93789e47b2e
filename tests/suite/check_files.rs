//! `check`: files that are damaged, repaired, locked, listed twice or out of order.

use crate::support::case::{Case, array, codes, findings, text};
use crate::support::look::words_behind_index;

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let case = Case::fixture("case-broken");
    let report = case.checked(2);
    let unreadable = findings(&report, "document-unreadable");
    let messages: Vec<(&str, &str)> = unreadable
        .iter()
        .map(|finding| (text(finding, "file"), text(finding, "message")))
        .collect();
    assert_eq!(messages.len(), 4);
    assert!(messages[0].1.starts_with("damaged: "), "{messages:?}");
    assert_eq!(
        messages[1..],
        [
            ("documents/password.pdf", "encrypted: it opens only with a password"),
            ("documents/text-named.pdf", "not a PDF: it is a text file"),
            ("documents/zero-bytes.pdf", "the file is empty (0 bytes)"),
        ]
    );
    assert!(unreadable.iter().all(|finding| finding["hint"].is_string()));
    assert!(unreadable.iter().all(|finding| finding["line"].is_u64()));
    let run = case.run(&["check"]);
    run.expect(2)
        .shows("unreadable                     Locked with a password")
        .shows("5 documents: 1 present, 4 unreadable.");
}

#[test]
fn what_had_to_be_repaired_is_present_and_says_so() {
    for file in ["bad-xref", "xref-offsets-wrong", "junk-header", "no-header", "truncated-tail"] {
        let case = Case::listing(&[(&format!("broken/{file}.pdf"), "")]);
        let report = case.checked(0);
        assert_eq!(array(&report, "documents")[0]["pages"], 3, "{file}");
        assert_eq!(findings(&report, "document-repaired").len(), 1, "{file}: {report}");
    }
}

#[test]
fn pages_that_are_gone_are_never_passed_over() {
    for file in ["truncated", "page-missing", "no-pages", "unknown-encryption", "html-named"] {
        let case = Case::listing(&[(&format!("broken/{file}.pdf"), "")]);
        let report = case.checked(2);
        assert_eq!(array(&report, "documents")[0]["state"], "unreadable", "{file}");
        assert_eq!(findings(&report, "document-unreadable").len(), 1, "{file}");
    }
}

#[test]
fn a_stream_that_does_not_say_where_it_ends_is_read() {
    let case = Case::listing(&[("broken/missing-endstream.pdf", "")]);
    let report = case.build(&[], 0);
    assert_eq!(findings(&report, "document-repaired").len(), 1);
    let pages = words_behind_index(&case.path("out/test.pdf"));
    assert_eq!(pages.len(), 3);
    let sound = Case::listing(&[("broken/wrong-length.pdf", "")]);
    sound.build(&[], 0);
    assert_eq!(pages, words_behind_index(&sound.path("out/test.pdf")));
}

#[test]
fn an_encrypted_file_with_an_empty_password_is_present_and_says_so() {
    let case = Case::listing(&[("producers/enc-aes-256-r6.pdf", "date = 2026-01-01")]);
    assert_eq!(codes(&case.checked(0)), ["document-decrypted"]);
}

#[test]
fn a_page_selection_beyond_the_end_is_an_error() {
    let case = Case::listing(&[("producers/outline-nested.pdf", "pages = \"2-9\"")]);
    let report = case.checked(1);
    let finding = findings(&report, "pages-out-of-range")[0];
    assert_eq!(text(finding, "message"), "page 9 is asked for, but it has 3 pages");
    assert_eq!(report["ready"], false);
}

#[test]
fn the_same_bytes_under_two_names_are_told_once() {
    let case = Case::listing(&[("producers/dark.pdf", ""), ("producers/dark.pdf", "")]);
    let report = case.checked(0);
    let same = findings(&report, "same-file");
    assert_eq!(same.len(), 1);
    assert_eq!(same[0]["document"], "Document 2");
    assert!(text(same[0], "message").contains("\"Document 1\""));
}

#[test]
fn date_order_is_checked_where_a_section_asks_for_it() {
    let dates = ["date = 2026-03-01", "", "date = 2026-02-01"];
    let case = Case::listing(&[
        ("producers/dark.pdf", dates[0]),
        ("producers/reportlab.pdf", dates[1]),
        ("producers/corners.pdf", dates[2]),
    ]);
    assert_eq!(codes(&case.checked(0)), ["undated"]);
    case.edit("letter = \"A\"\n", "letter = \"A\"\norder = \"date\"\n");
    let report = case.checked(0);
    let finding = findings(&report, "date-order")[0];
    assert_eq!(finding["document"], "Document 3");
    assert!(text(finding, "message").contains("\"Document 1\""));
}

#[test]
fn an_expected_document_that_has_come_is_present_and_ready() {
    let case = Case::listing(&[("producers/dark.pdf", "date = 2026-01-01\nstatus = \"expected\"")]);
    let report = case.checked(0);
    assert_eq!(array(&report, "documents")[0]["state"], "present");
    assert_eq!(codes(&report), ["expected-held"]);
}

#[test]
fn a_portfolio_is_refused_as_its_pages_are_a_cover() {
    let fixture = "producers/embedded-file.pdf";
    let case = Case::listing(&[(fixture, "")]);
    let file = "1 embedded-file.pdf";
    assert!(!codes(&case.checked(0)).contains(&"portfolio"), "files attached to a document");
    let mut pdf = lopdf::Document::load(case.path(file)).unwrap();
    let catalog = pdf.catalog_mut().unwrap();
    catalog.set("Collection", lopdf::dictionary! { "View" => "D" });
    pdf.save(case.path(file)).unwrap();
    let report = case.checked(1);
    let found = findings(&report, "portfolio");
    assert_eq!(found.len(), 1, "{report}");
    assert!(text(found[0], "hint").contains("save each of its documents"));
    case.run(&["build"]).expect(1);
}
