//! Damaged documents that are wanted all the same.

use crate::support::case::{Case, array, codes, findings, repository, text};
use crate::support::look::words_behind_index;

#[test]
fn what_is_left_is_taken_only_where_that_is_allowed() {
    for (fixture, pages) in [("broken/truncated.pdf", 3), ("broken/page-missing.pdf", 1)] {
        let case = Case::listing(&[(fixture, "date = 2026-01-01")]);
        let report = case.checked(2);
        let refused = findings(&report, "document-unreadable")[0];
        assert!(text(refused, "hint").contains("--allow-damaged"), "{refused}");
        case.run(&["build"]).expect(2);
        let run = case.run(&["check", "--format", "json", "--allow-damaged"]);
        run.expect(0);
        let report = &run.json()["cases"][0];
        assert_eq!(array(report, "documents")[0]["pages"], pages, "{fixture}");
        let damaged = findings(report, "document-damaged");
        assert_eq!(damaged.len(), 1, "{fixture}: {report}");
        assert!(text(damaged[0], "message").contains("cannot be found"), "{report}");
        case.edit("date = 2026-01-01", "allow_damaged = true");
        let record = case.build(&[], 0);
        assert_eq!(findings(&record, "document-damaged").len(), 1);
    }
}

/// A file cut off at every twentieth of its length gives what pages it has, each with all that is
/// left of it, and never less for being longer.
#[test]
fn a_file_that_was_cut_off_gives_its_surviving_pages() {
    let whole = std::fs::read(repository("fixtures/producers/ghostscript.pdf")).unwrap();
    let case = Case::listing(&[("producers/ghostscript.pdf", "allow_damaged = true")]);
    let whole_words = words_behind_index_of(&case);
    let mut most = 0;
    for part in 1..20 {
        case.write("1 ghostscript.pdf", &whole[..whole.len() * part / 20]);
        let run = case.run(&["check", "--format", "json"]);
        let report = run.json()["cases"][0].clone();
        let document = &array(&report, "documents")[0];
        if document["state"] == "unreadable" {
            run.expect(2);
            assert_eq!(most, 0, "cut off at {part} twentieths");
            continue;
        }
        run.expect(0);
        let told = ["document-damaged", "document-repaired"];
        assert!(codes(&report).iter().any(|code| told.contains(code)), "{report}");
        let pages = document["pages"].as_u64().unwrap();
        assert!(pages >= most, "cut off at {part} twentieths: {pages} after {most}");
        most = pages;
        assert_eq!(words_behind_index_of(&case).len() as u64, pages);
    }
    assert_eq!(most as usize, whole_words.len());
}

fn words_behind_index_of(case: &Case) -> Vec<String> {
    case.run(&["build"]).expect(0);
    words_behind_index(&case.path("out/test.pdf"))
}

#[test]
fn without_a_list_of_pages_they_come_in_the_order_of_their_numbers() {
    let pdf = "%PDF-1.4\n\
        1 0 obj\n<</Type/Catalog/Pages 9 0 R>>\nendobj\n\
        2 0 obj\n<</Type/Page/Parent 8 0 R/Contents 4 0 R>>\nendobj\n\
        3 0 obj\n<</Type/Page/Parent 8 0 R/MediaBox[0 0 300 300]>>\nendobj\n\
        4 0 obj\n<</Length 10>>stream\n0 0 m 9 9 l S\nendstream\nendobj\n\
        8 0 obj\n<</Type/Pages/Parent 9 0 R/MediaBox[0 0 200 200]/Count 3>>\nendobj\n\
        trailer\n<</Root 1 0 R>>\n";
    let case = Case::listing(&[("producers/dark.pdf", "allow_damaged = true")]);
    case.write("1 dark.pdf", pdf);
    let report = case.checked(0);
    assert_eq!(array(&report, "documents")[0]["pages"], 2);
    let message = text(findings(&report, "document-damaged")[0], "message").to_owned();
    assert!(message.contains("1 page"), "{message}");
    assert!(message.contains("their order may be wrong"), "{message}");
    let (_, reader) = case.built();
    assert_eq!(reader.page_count(), 4);
}

#[test]
fn an_encrypted_file_without_its_end_is_not_taken_as_noise() {
    let whole = std::fs::read(repository("fixtures/producers/enc-aes-256-r6.pdf")).unwrap();
    let end = whole.windows(7).rposition(|part| part == b"trailer").unwrap();
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.write("1 dark.pdf", &whole[..end]);
    let run = case.run(&["check", "--format", "json", "--allow-damaged"]);
    run.expect(2);
    assert_eq!(run.json()["cases"][0]["documents"][0]["state"], "unreadable");
}
