//! What `build` makes of the rules of a bundle before it takes its name.

use crate::support::case::{Case, codes, findings, text};
use crate::support::paper;

fn case(bundle: &str) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/R v Test 2026-11-24.pdf\"\n{bundle}\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\ndate = 2026-06-01\n"
    ));
    case.write("it.pdf", paper::pdf(6, "page", 0));
    case
}

fn is_built(case: &Case) -> bool {
    case.files().iter().any(|file| file.ends_with(".pdf") && file.starts_with("out/"))
}

#[test]
fn a_rule_of_severity_error_refuses_the_bundle_and_leaves_the_last_one() {
    let case = case("[bundle.overrides]\npage_limit = 5\nordered_on = 2026-11-02");
    let record = case.build(&[], 1);
    let found = &findings(&record, "page-cap")[0];
    assert_eq!(text(found, "message"), "8 pages where 5 are allowed");
    assert!(text(found, "hint").contains("order of the court of 2026-11-02"), "{found}");
    assert!(!is_built(&case));
    case.edit("page_limit = 5", "page_limit = 8");
    let record = case.build(&[], 0);
    assert!(!codes(&record).contains(&"page-cap"));
    let before = case.read("out/R v Test 2026-11-24.pdf");
    case.edit("page_limit = 8", "page_limit = 7");
    case.build(&[], 1);
    assert_eq!(case.read("out/R v Test 2026-11-24.pdf"), before);
}

#[test]
fn warnings_are_told_and_refuse_a_strict_build_alone() {
    let case = case("");
    case.edit("R v Test 2026-11-24.pdf", "hearing.pdf");
    let record = case.build(&[], 0);
    let found = &findings(&record, "file-name")[0];
    assert_eq!(text(found, "severity"), "warning");
    assert!(text(found, "hint").starts_with("rules general-2021: GG21"), "{found}");
    // The record beside the bundle says the same.
    let beside = String::from_utf8(case.read("out/hearing.pdf.json")).unwrap();
    assert!(beside.contains("\"file-name\""), "{beside}");
    std::fs::remove_file(case.path("out/hearing.pdf")).unwrap();
    let record = case.build(&["--strict"], 1);
    assert!(codes(&record).contains(&"strict") && codes(&record).contains(&"file-name"));
    assert!(!is_built(&case));
    case.edit("hearing.pdf", "R v Test 2026-11-24.pdf");
    case.build(&["--strict"], 0);
    assert!(is_built(&case));
}

#[test]
fn the_numbering_of_the_manifest_counts_and_is_told_where_the_rules_want_another() {
    for (lines, differs) in [
        ("numbering.style = \"section\"", true),
        ("rules = \"family\"\nnumbering.style = \"section\"", false),
        ("rules = \"family\"", true),
        ("rules = \"crown\"\nnumbering.style = \"section\"", false),
        ("numbering.style = \"prefix\"\nnumbering.prefix = \"BLK\"", false),
    ] {
        let case = case(lines);
        let record = case.build(&[], 0);
        assert_eq!(codes(&record).contains(&"numbering-differs"), differs, "{lines}: {record}");
        let report = case.checked(0);
        assert_eq!(codes(&report).contains(&"numbering-differs"), differs, "{lines}");
        for error in ["page-numbers", "page-labels", "index-links", "bookmark-numbers"] {
            assert!(!codes(&record).contains(&error), "{lines}: {error}");
        }
    }
}

#[test]
fn rules_of_ones_own_are_read_from_a_file() {
    let case = case("rules = \"ours\"\nrules_file = \"ours.toml\"");
    let report = case.checked(1);
    assert!(text(findings(&report, "rules-unreadable")[0], "message").starts_with("ours.toml: "));
    let ours = "[[profile]]\nname = \"ours\"\nextends = \"general-2021\"\n\
                rule = [{ code = \"page-cap\", severity = \"error\", pages = 7 }]\n";
    case.write("ours.toml", ours);
    let record = case.build(&[], 1);
    assert_eq!(findings(&record, "page-cap").len(), 1, "{record}");
    case.edit("rules = \"ours\"", "rules = \"theirs\"");
    let report = case.checked(1);
    let found = &findings(&report, "rules-unreadable")[0];
    assert!(text(found, "hint").ends_with(", ours"), "{found}");
}

#[test]
fn what_the_pages_of_sources_show_is_held_against_the_rules() {
    let case = case("");
    let mut pdf = lopdf::Document::load_mem(&paper::pdf(
        3,
        "The same words on every page of this document, twelve and more of them",
        0,
    ))
    .unwrap();
    let last = pdf.get_pages()[&3];
    pdf.get_dictionary_mut(last).unwrap().set("Rotate", 180);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    case.write("it.pdf", bytes);
    let record = case.build(&[], 0);
    let found = &findings(&record, "orientation")[0];
    assert!(text(found, "message").contains("page 5 is upside down"), "{found}");
    assert_eq!(findings(&record, "fonts-embedded").len(), 1, "Helvetica is not embedded");
}
