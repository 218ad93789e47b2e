//! `build`: what is written, what is refused, and what is said of it.

use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::agreement::{assert_numbers_agree, sha256};
use crate::support::case::{Case, array, assert_keys, findings, number, text};
use crate::support::dump::dump;
use crate::support::look::{open, words};
use crate::support::reader::Reader;

const RECORD: [&str; 13] = [
    "state",
    "exit_code",
    "urn",
    "title",
    "inputs",
    "manifest",
    "name",
    "output",
    "sha256",
    "bytes",
    "pages",
    "documents",
    "findings",
];

#[test]
fn the_json_has_every_key_of_the_contract() {
    let case = Case::fixture("case-complete");
    let record = case.build(&[], 0);
    assert_keys(&record, &RECORD);
    let documents = array(&record, "documents");
    for document in documents {
        assert_keys(
            document,
            &[
                "section",
                "title",
                "file",
                "sha256",
                "source_pages",
                "first_page",
                "last_page",
                "first_label",
                "last_label",
            ],
        );
        assert_eq!(document["sha256"], sha256(&case.read(text(document, "file"))));
    }
    assert_eq!(documents[1]["source_pages"], json!([1, 2]), "of three pages two are asked for");
    assert_eq!(record["manifest"], "bundle.toml");
    let case = Case::fixture("case-missing");
    let record = case.build(&[], 1);
    assert_keys(&record, &RECORD);
    for key in ["sha256", "bytes", "pages"] {
        assert_eq!(record[key], Value::Null, "{key}");
    }
    assert_eq!(record["documents"], json!([]));
}

#[test]
fn a_missing_document_refuses_the_case_and_leaves_the_last_bundle_as_it_was() {
    let case = Case::fixture("case-complete");
    let record = case.build(&[], 0);
    let output = text(&record, "output");
    let before = (case.read(output), case.read(&format!("{output}.json")), case.files());
    std::fs::remove_file(case.path("statements/smith.pdf")).unwrap();
    std::fs::remove_file(case.path("exhibits/SS-1.pdf")).unwrap();
    let run = case.run(&["build"]);
    run.expect(1)
        .shows("Refused R v Example")
        .shows("Nothing was written.")
        .says("section B, \"Statement of PC 1234 Smith\" (statements/smith.pdf): missing")
        .says("section B, \"A receipt\" (exhibits/SS-1.pdf): missing");
    let mut files = before.2.clone();
    files.retain(|file| !file.ends_with("smith.pdf") && !file.ends_with("SS-1.pdf"));
    assert_eq!(case.files(), files);
    assert_eq!(case.read(output), before.0);
    assert_eq!(case.read(&format!("{output}.json")), before.1);
}

#[test]
fn an_unreadable_document_refuses_the_case_whatever_may_be_missing() {
    let case = Case::fixture("case-broken");
    let before = case.files();
    case.run(&["build", "--allow-missing"])
        .expect(2)
        .says("encrypted: it opens only with a password")
        .says("the file is empty (0 bytes)");
    assert_eq!(case.files(), before);
}

#[test]
fn allow_missing_puts_a_sheet_in_place_of_each_missing_document() {
    let case = Case::fixture("case-missing");
    let record = case.build(&["--allow-missing"], 1);
    let reader = Reader::open(&case.path(text(&record, "output")));
    assert_numbers_agree(&record, &reader, 2);
    let titles: Vec<&str> =
        array(&record, "documents").iter().map(|document| text(document, "title")).collect();
    assert!(!titles.contains(&"Photograph of the shop front"), "not required, so left out");
    assert_eq!(findings(&record, "optional-missing").len(), 1);
    let bundle = open(&case.path(text(&record, "output")));
    let smith = &array(&record, "documents")[1];
    assert_eq!((&smith["sha256"], &smith["source_pages"]), (&Value::Null, &json!([])));
    let sheet = words(&bundle.pages()[number(smith, "first_page") - 1]);
    for part in [
        "Document to follow",
        "Statement of PC Smith",
        "B Witness statements",
        "police",
        "2 November 2026",
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    let report = &array(&record, "documents")[4];
    let sheet = words(&bundle.pages()[number(report, "first_page") - 1]);
    for part in ["Report on the fingerprints", "forensic provider", "10 November 2026"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(words(&bundle.pages()[1]).contains("to follow"));
    assert!(words(&bundle.pages()[1]).contains("undated"));
    golden("case-missing", &dump(&reader));
}

#[test]
fn an_expected_document_needs_no_flag_and_is_still_a_gap() {
    let case = Case::fixture("case-placeholders");
    let record = case.build(&[], 1);
    assert_eq!(findings(&record, "document-expected").len(), 2);
    let reader = Reader::open(&case.path(text(&record, "output")));
    let first = number(&array(&record, "documents")[0], "first_page");
    assert!(first > 4, "an index of several pages");
    assert_numbers_agree(&record, &reader, first - 1);
    let bundle = open(&case.path(text(&record, "output")));
    for page in 3..first {
        let index = words(&bundle.pages()[page - 1]);
        assert!(index.contains("Index (continued)") && index.contains("Reference"), "{index}");
    }
}

#[test]
fn a_dry_run_says_everything_and_writes_nothing() {
    let case = Case::fixture("case-complete");
    let before = case.files();
    let run = case.run(&["build", "--dry-run"]);
    run.expect(0)
        .shows("to be written to ./out/01AB0000126 R v Example trial 2026-11-24.pdf")
        .shows("1  Cover")
        .shows("2  Index")
        .shows("4–5    Statement of PC 1234 Smith (statements/smith.pdf)");
    assert_eq!(case.files(), before);
    assert!(!case.path("out").exists());
    let planned = case.build(&["--dry-run"], 0);
    let built = case.build(&[], 0);
    assert_eq!(planned["sha256"], Value::Null);
    for key in ["pages", "documents", "output", "name"] {
        assert_eq!(planned[key], built[key], "{key}");
    }
}

#[test]
fn one_of_several_bundles_can_be_built() {
    let case = Case::fixture("case-complete");
    case.append("\n[[bundle]]\nname = \"core\"\nsections = [\"A\"]\noutput = \"out/core.pdf\"\n");
    let record = case.build(&["--bundle", "core"], 0);
    assert_eq!((text(&record, "output"), number(&record, "pages")), ("out/core.pdf", 3));
    assert!(!case.path("out/01AB0000126 R v Example trial 2026-11-24.pdf").exists());
    case.run(&["build", "--bundle", "jury"]).expect(2).says("no case has a bundle named \"jury\"");
    let run = case.run(&["build", "--format", "json"]);
    assert_eq!(array(&run.expect(0).json(), "bundles").len(), 2);
}

#[test]
fn what_is_missing_from_one_bundle_does_not_stop_the_other() {
    let case = Case::fixture("case-complete");
    case.append("\n[[bundle]]\nname = \"core\"\nsections = [\"A\"]\noutput = \"out/core.pdf\"\n");
    std::fs::remove_file(case.path("statements/smith.pdf")).unwrap();
    case.run(&["build"]).expect(1).shows("Refused").shows("Built");
    assert!(case.path("out/core.pdf").exists());
}

#[test]
fn every_case_of_a_folder_is_tried_and_the_worst_exit_code_counts() {
    let case = Case::fixture("two-cases");
    case.run(&["build"]).expect(0).shows("R v Firstly").shows("R v Secondly");
    std::fs::remove_file(case.path("one/indictment.pdf")).unwrap();
    let run = case.run(&["build"]);
    run.expect(1)
        .shows("Refused R v Firstly")
        .shows("Up to date R v Secondly")
        .shows("\n\nstate       case                        pages  why\nrefused     R v Firstly (01AB0000626)          missing: Indictment\n")
        .shows("\n\n1 up to date, 1 refused.\n");
    case.write("one/bundle.toml", "[case]\n[section]\n");
    let run = case.run(&["build", "--format", "json"]);
    let report = run.expect(2).json();
    assert_eq!(array(&report, "bundles").len(), 2);
    assert_eq!(array(&report, "bundles")[0]["name"], Value::Null);
    assert_eq!(array(&report, "bundles")[1]["pages"], 6);
}

#[test]
fn a_case_that_names_no_bundle_gets_the_default_one() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n[[section.document]]\nfile = \"a.pdf\"\n",
    );
    case.copy("fixtures/producers/dark.pdf", "a.pdf");
    let record = case.build(&[], 0);
    assert_eq!((text(&record, "name"), text(&record, "output")), ("trial", "out/R v X trial.pdf"));
    assert_eq!(number(&record, "pages"), 4);
}

#[test]
fn a_second_build_replaces_the_first() {
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.write("out/test.pdf", "an old bundle");
    let record = case.build(&[], 0);
    assert_eq!(case.read("out/test.pdf").len(), number(&record, "bytes"));
    assert_eq!(case.files(), ["1 dark.pdf", "bundle.toml", "out/test.pdf", "out/test.pdf.json"]);
}

#[test]
fn quiet_leaves_errors_and_results() {
    let case = Case::fixture("case-missing");
    let run = case.run(&["build", "--quiet", "--allow-missing"]);
    assert_eq!(run.expect(1).err, "");
    let run = case.run(&["build", "--quiet"]);
    run.expect(1).says("error: bundle.toml").shows("Refused");
    assert!(!run.err.contains("warning:") && !run.err.contains("note:"), "{}", run.err);
}
