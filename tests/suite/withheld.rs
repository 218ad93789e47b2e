//! What is served under one entry and withheld under another.

use crate::support::case::{Case, codes, findings, text};
use crate::support::written::{pdf, words};

const BARRED: &str = "title = \"Schedule\"\nfile = \"schedule.pdf\"\nform = \"MG6D\"\naudiences = [\"prosecution\"]\n";
const SERVED: &str = "title = \"Notes\"\nfile = \"notes.pdf\"\nform = \"exhibit\"\n";

/// A case with a bundle for one of two defendants and one for the prosecution, and these two documents.
fn case(barred: &str, served: &str, files: [&[u8]; 2]) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v Test\"\nurn = \"01AB0000126\"\n[[defendant]]\nname = \"Ann Alder\"\n[[defendant]]\nname = \"Bob Birch\"\n\
         [[bundle]]\nname = \"ann\"\naudience = \"defence\"\ndefendant = \"Ann Alder\"\noutput = \"out/ann.pdf\"\nsections = [\"B\"]\n\
         [[bundle]]\nname = \"all\"\naudience = \"prosecution\"\noutput = \"out/all.pdf\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\n{barred}\
         [[section]]\nletter = \"B\"\ntitle = \"Exhibits\"\n[[section.document]]\n{served}"
    ));
    case.write("schedule.pdf", files[0]);
    case.write("notes.pdf", files[1]);
    case
}

/// Asserts that `check` and `build` name both entries, and that only the prosecution gets its bundle.
#[track_caller]
fn assert_told(case: &Case, message: &str) {
    let report = case.checked(1);
    let found = findings(&report, "also-withheld");
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(text(found[0], "document"), "Notes");
    assert!(text(found[0], "message").contains(message), "{report}");
    assert!(text(found[0], "message").contains("section A, \"Schedule\""), "{report}");
    case.run(&["build"]).expect(1).says("\"Notes\" (notes.pdf)");
    assert!(!case.path("out/ann.pdf").exists());
    assert!(case.path("out/all.pdf").exists());
}

#[track_caller]
fn assert_served(case: &Case) {
    let report = case.checked(0);
    assert!(!codes(&report).contains(&"also-withheld"), "{report}");
    case.run(&["build"]).expect(0);
    assert!(case.path("out/ann.pdf").exists());
}

#[test]
fn the_same_bytes_are_not_served_under_another_entry() {
    let bytes = pdf(&[&words(1), &words(2)]);
    for barred in [
        BARRED.to_owned(),
        BARRED.replace("form = \"MG6D\"\naudiences = [\"prosecution\"]", "form = \"unused\""),
        BARRED.replace(
            "form = \"MG6D\"\naudiences = [\"prosecution\"]",
            "form = \"basis-of-plea\"\nrestricted_to = [\"Bob Birch\"]",
        ),
    ] {
        assert_told(&case(&barred, SERVED, [&bytes, &bytes]), "the same file as");
    }
}

#[test]
fn the_same_page_of_another_file_is_not_served_either() {
    let schedule = pdf(&[&words(1), &words(2)]);
    let notes = pdf(&[&words(3), &words(4), &words(2)]);
    assert_told(&case(BARRED, SERVED, [&schedule, &notes]), "page 3 is the same as page 2 of");
    let without = format!("{SERVED}pages = \"1-2\"\n");
    assert_served(&case(BARRED, &without, [&schedule, &notes]));
    let first = format!("{BARRED}pages = \"1\"\n");
    assert_served(&case(&first, SERVED, [&schedule, &notes]));
}

#[test]
fn pages_taken_apart_from_the_same_bytes_are_served() {
    let bytes = pdf(&[&words(1), &words(2)]);
    let barred = format!("{BARRED}pages = \"1\"\n");
    let served = format!("{SERVED}pages = \"2\"\n");
    assert_served(&case(&barred, &served, [&bytes, &bytes]));
}

#[test]
fn blank_pages_and_empty_forms_prove_nothing() {
    let form = "WITNESS DETAILS\nName: ..............\nAddress: ..............\nDate of birth: ..........\n\
                Telephone number: ..............\nSignature and date: ..............";
    let schedule = pdf(&["", form, "Page 3", &words(1)]);
    let notes = pdf(&[&words(2), "Page 3", form, ""]);
    assert_served(&case(BARRED, SERVED, [&schedule, &notes]));
}

#[test]
fn a_scan_is_known_again_in_another_file() {
    let scan =
        std::fs::read(crate::support::case::repository("fixtures/producers/img2pdf-jpeg.pdf"))
            .unwrap();
    let mut other = scan.clone();
    other.extend_from_slice(b"% saved again\n");
    assert_told(&case(BARRED, SERVED, [&scan, &other]), "page 1 is the same as page 1");
}

#[test]
fn a_redacted_copy_is_served_on_record_and_never_of_what_is_never_served() {
    let original = pdf(&[&words(1), &words(2)]);
    let copy = pdf(&[&words(1), "Redacted"]);
    let claim = BARRED.replace("MG6D", "MG19");
    assert_told(&case(&claim, SERVED, [&original, &copy]), "page 1 is the same");
    let recorded = format!("{SERVED}redacted_by = \"B Clerk\"\nredacted_on = 2026-06-01\n");
    assert_served(&case(&claim, &recorded, [&original, &copy]));
    assert_told(&case(&claim, &recorded, [&original, &original]), "the same file");
    assert_told(&case(BARRED, &recorded, [&original, &copy]), "page 1 is the same");
}

#[test]
fn a_bundle_is_built_anew_when_what_is_withheld_changes() {
    let notes = pdf(&[&words(2)]);
    let case = case(BARRED, SERVED, [&pdf(&[&words(1)]), &notes]);
    assert_served(&case);
    case.run(&["build"]).expect(0).shows("p to date");
    case.write("schedule.pdf", &notes);
    case.run(&["build"]).expect(1).says("the same file as");
}
