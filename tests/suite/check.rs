//! `check`: what is there, what is not, and how that is told.

use serde_json::{Value, json};

use crate::support::case::{Case, array, assert_keys, codes, findings, text};

/// File and state of every document.
fn states(case: &Value) -> Vec<(&str, &str)> {
    array(case, "documents")
        .iter()
        .map(|document| (text(document, "file"), text(document, "state")))
        .collect()
}

fn hint<'a>(case: &'a Value, file: &str) -> &'a str {
    let finding = array(case, "findings")
        .iter()
        .find(|finding| finding["file"] == *file && !finding["hint"].is_null());
    text(finding.unwrap(), "hint")
}

#[test]
fn a_complete_case_is_ready() {
    let case = Case::fixture("case-complete");
    let run = case.run(&["check"]);
    run.expect(0)
        .shows("R v Example (01AB0000126), Crown Court at Leeds")
        .shows("A Indictment")
        .shows("present      3 pages")
        .shows("Statement of PC 1234 Smith  (statements/smith.pdf)")
        .shows("4 documents: 4 present. 7 pages,")
        .shows("Ready.");
    assert_eq!(run.err, "");
    let report = case.checked(0);
    assert_eq!(report["ready"], true);
    assert_eq!(codes(&report), ["undated"]);
}

#[test]
fn the_json_has_every_key_of_the_contract_and_null_where_nothing_is_known() {
    let case = Case::fixture("case-missing");
    let run = case.run(&["check", "--format", "json"]);
    run.expect(1);
    assert_eq!(run.err, "");
    let report = run.json();
    assert_keys(&report, &["version", "cases"]);
    let [case] = array(&report, "cases") else {
        panic!("{report}");
    };
    assert_keys(case, &["manifest", "urn", "title", "ready", "readiness", "documents", "findings"]);
    assert_eq!(case["readiness"], "not-ready");
    assert_eq!(case["manifest"], "bundle.toml");
    assert_eq!(case["urn"], "01AB0000226");
    assert_eq!(case["ready"], false);
    for document in array(case, "documents") {
        assert_keys(document, &["section", "title", "file", "state", "pages", "bytes", "sha256"]);
        let present = document["state"] == "present";
        assert_eq!(document["pages"].is_u64(), present, "{document}");
        assert_eq!(document["sha256"].is_string(), present, "{document}");
        assert_eq!(document["pages"].is_null(), !present, "{document}");
    }
    for finding in array(case, "findings") {
        assert_keys(
            finding,
            &[
                "code", "severity", "section", "document", "file", "page", "line", "column",
                "message", "hint",
            ],
        );
        assert!(["error", "warning", "info"].contains(&text(finding, "severity")));
    }
    let unlisted = findings(case, "unlisted-file")[0];
    assert_eq!(unlisted["document"], Value::Null);
    assert_eq!(unlisted["line"], Value::Null);
}

#[test]
fn the_hash_and_size_are_those_of_the_file() {
    use sha2::{Digest, Sha256};
    let case = Case::fixture("case-complete");
    let report = case.checked(0);
    for document in array(&report, "documents") {
        let bytes = case.read(text(document, "file"));
        let hash: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(document["sha256"], hash);
        assert_eq!(document["bytes"], bytes.len());
    }
}

#[test]
fn missing_and_expected_documents_are_told_apart() {
    let case = Case::fixture("case-missing");
    let report = case.checked(1);
    assert_eq!(
        states(&report),
        [
            ("indictment.pdf", "present"),
            ("statements/MG11 Smith.pdf", "missing"),
            ("statements/MG11 Jones.pdf", "missing"),
            ("statements/MG11 Sample.pdf", "present"),
            ("forensic/fingerprints.pdf", "expected"),
            ("exhibits/SS-1.pdf", "missing"),
        ]
    );
    assert_eq!(findings(&report, "document-missing").len(), 2);
    assert_eq!(findings(&report, "document-expected").len(), 1);
    assert_eq!(findings(&report, "optional-missing").len(), 1);
    case.run(&["check"])
        .shows("6 documents: 2 present, 3 missing, 1 expected. 2 pages,")
        .shows("Not ready.");
}

#[test]
fn a_missing_document_names_the_nearest_file_first_and_whom_to_ask() {
    let case = Case::fixture("case-missing");
    let report = case.checked(1);
    let smith = hint(&report, "statements/MG11 Smith.pdf");
    assert!(smith.starts_with("did you mean one of statements/MG11 Smyth.pdf"), "{smith}");
    assert!(smith.contains("ask police for it; it is due on 2026-11-02"), "{smith}");
    let expected = hint(&report, "forensic/fingerprints.pdf");
    assert!(
        expected.contains("ask forensic provider for it; it is due on 2026-11-10"),
        "{expected}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_differs_only_in_case_is_the_nearest_and_one_in_unicode_form_is_the_same() {
    let case = Case::fixture("case-missing");
    let report = case.checked(1);
    let jones = hint(&report, "statements/MG11 Jones.pdf");
    assert!(jones.starts_with("did you mean statements/MG11 JONES.pdf?"), "{jones}");
    let case = Case::fixture("case-youth-welsh");
    case.edit("datganiadau/Siân Ŵyn.pdf", "datganiadau/Sia\u{302}n W\u{302}yn.pdf");
    let report = case.checked(0);
    assert_eq!(findings(&report, "name-form").len(), 1);
}

#[test]
fn files_that_no_document_lists_are_named() {
    let case = Case::fixture("case-complete");
    case.write("notes/call with the court.txt", "a note");
    case.write(".hidden", "");
    case.write("Thumbs.db", "");
    case.write("out/an earlier bundle.pdf", "");
    let report = case.checked(0);
    let unlisted: Vec<&str> =
        findings(&report, "unlisted-file").iter().map(|finding| text(finding, "message")).collect();
    assert_eq!(
        unlisted,
        ["notes/call with the court.txt is in the folder, but no document lists it"]
    );
}

#[test]
fn a_finished_bundle_is_no_unlisted_file() {
    let case = Case::fixture("case-complete");
    case.edit("out/{urn} {case} {bundle} {hearing_date}.pdf", "bundle.pdf");
    case.run(&["build"]).expect(0);
    assert_eq!(codes(&case.checked(0)), ["undated"]);
}

#[test]
fn an_expected_document_leaves_a_case_unready_and_an_optional_one_does_not() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"Report\"\nstatus = \"expected\"\n",
    );
    let report = case.checked(1);
    assert_eq!(array(&report, "documents")[0]["file"], Value::Null);
    assert_eq!(array(&report, "documents")[0]["state"], "expected");
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.append("[[section.document]]\nfile = \"absent.pdf\"\nrequired = false\n");
    assert_eq!(case.checked(0)["ready"], true);
}

#[test]
fn a_folder_stands_for_every_case_in_it_and_the_worst_exit_code_counts() {
    let case = Case::fixture("two-cases");
    let run = case.run(&["check"]);
    run.expect(0).shows("one/bundle.toml").shows("two/bundle.toml").shows("2 cases: 2 ready.");
    std::fs::remove_file(case.path("two/indictment.pdf")).unwrap();
    case.run(&["check"]).expect(1).shows("2 cases: 1 not ready, 1 ready.");
    case.write("one/bundle.toml", "nonsense");
    let run = case.run(&["check", "--format", "json"]);
    run.expect(2);
    let report = run.json();
    let titles: Vec<&Value> = array(&report, "cases").iter().map(|case| &case["title"]).collect();
    assert_eq!(titles, [&Value::Null, &json!("R v Secondly")]);
    let run = case.run(&["check"]);
    run.expect(2).says("one/bundle.toml:1").shows("R v Secondly");
}

#[test]
fn several_paths_are_each_checked_once() {
    let case = Case::fixture("two-cases");
    let run = case.run(&["check", "--format", "json", "two", "one/bundle.toml", "two/bundle.toml"]);
    let report = run.expect(0).json();
    let manifests: Vec<&str> =
        array(&report, "cases").iter().map(|case| text(case, "manifest")).collect();
    assert_eq!(manifests, ["two/bundle.toml", "one/bundle.toml"]);
}

#[test]
fn a_folder_without_a_manifest_says_how_to_get_one() {
    let case = Case::fixture("case-empty");
    case.run(&["check"])
        .expect(2)
        .says("there is no bundle.toml in this folder or below it")
        .says("courtbundle init");
    case.run(&["check", "nowhere"]).expect(2).says("nowhere: cannot be opened");
}

#[test]
fn a_case_writes_nothing_when_it_is_checked() {
    let case = Case::fixture("case-complete");
    let before = case.files();
    case.run(&["check"]).expect(0);
    assert_eq!(case.files(), before);
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let case = Case::fixture("case-missing");
    assert!(!case.run(&["check"]).out.contains('\u{1b}'));
    assert!(case.run(&["check", "--color", "always"]).out.contains("\u{1b}[32m"));
    let json = case.run(&["check", "--color", "always", "--format", "json"]);
    assert!(!json.out.contains('\u{1b}'));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let case = Case::empty();
    case.run(&["check", "--formatt", "json"]).expect(2).says("--format");
    case.run(&["chek"]).expect(2).says("check");
    case.run(&[]).expect(2);
    case.run(&["check", "--jobs", "0"]).expect(2);
    case.run(&["--version"]).expect(0).shows("courtbundle ");
}

/// A case of one document, as its lines say, at 24 November 2026: what `check` says of it, and what it says of the day.
fn states_of(document: &str) -> (Case, String) {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v X\"\nurn = \"01AB0000126\"\n[hearing]\ndate = 2026-11-24\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Report\"\nform = \"MG11\"\nsupplier = \"police\"\ndue = 2026-11-20\n{document}"
    ));
    let run = case.run(&["check", "--today", "2026-11-24"]);
    (case, run.out)
}

/// What each command says of the readiness, in its own place, and its exit code.
fn agree(case: &Case, words: &str, word: &str, code: i32) {
    let run = |command: &[&str]| case.run(&[command, &["--today", "2026-11-24"]].concat());
    let sentence = format!("{}{}.", words[..1].to_uppercase(), &words[1..]);
    run(&["check"]).expect(code).shows(&sentence);
    run(&["check", "--hearing", "today"]).expect(code).shows(&format!("1 case: 1 {words}."));
    run(&["list"]).expect(code).shows(&format!("  {words:<15}  R v X"));
    run(&["list", "--format", "html"]).expect(code).shows(&format!("</span> {words}</span>"));
    run(&["check", "--format", "html"]).expect(code).shows(&format!("<b>1</b> {words}"));
    run(&["list", "--format", "csv"]).expect(code).shows(&format!(",{word},"));
    let listed = run(&["list", "--format", "json"]).json();
    let hearing = &array(&array(&listed, "sittings")[0], "hearings")[0];
    assert_eq!(hearing["readiness"], word);
    let checked = run(&["check", "--format", "json"]).json();
    assert_eq!(array(&checked, "cases")[0]["readiness"], word);
    assert_eq!(array(&checked, "cases")[0]["ready"], word == "ready");
}

#[test]
fn one_state_has_one_name_in_every_command() {
    let expected = "status = \"expected\"\n";
    let optional = "status = \"expected\"\nrequired = false\n";
    for document in [expected, optional] {
        let (case, out) = states_of(document);
        assert!(out.contains("1 document: 1 expected."), "{out}");
        agree(&case, "ready with gaps", "gaps", 1);
        let run = |command: &[&str]| case.run(&[command, &["--today", "2026-11-24"]].concat());
        run(&["list"]).shows("1 expected: Report (police, due 2026-11-20, 4 days overdue)");
        run(&["check", "--hearing", "today"])
            .shows("R v X (01AB0000126): expected: Report (police");
        let listed = run(&["list", "--format", "json"]).json();
        let hearing = &array(&array(&listed, "sittings")[0], "hearings")[0];
        assert_eq!(hearing["missing"], 1);
    }
    let (case, _) = states_of("file = \"report.pdf\"\n");
    agree(&case, "not ready", "not-ready", 1);
    let (case, _) = states_of("file = \"report.pdf\"\nrequired = false\n");
    agree(&case, "ready", "ready", 0);
}

#[test]
fn what_was_received_is_received_in_every_command() {
    let on = ["--today", "2026-11-24", "--by", "AA"];
    for (record, word) in [
        (vec!["--received", "Report"], "received"),
        (vec!["--cancel", "Report", "--reason", "no longer relied upon"], "cancelled"),
    ] {
        let (case, _) = states_of("status = \"expected\"\n");
        case.run(&[&["chase"], &record[..], &on].concat()).expect(0).shows("0 items outstanding");
        let run = |command: &[&str]| case.run(&[command, &["--today", "2026-11-24"]].concat());
        run(&["check"])
            .expect(1)
            .shows(&format!("1 document: 1 {word}."))
            .shows("recorded as ")
            .shows("on 2026-11-24");
        let checked = run(&["check", "--format", "json"]).json();
        assert_eq!(array(&array(&checked, "cases")[0], "documents")[0]["state"], word);
        agree(&case, "ready with gaps", "gaps", 1);
        run(&["list"]).shows(&format!("1 {word}: Report (police)"));
        let listed = run(&["list", "--format", "json"]).json();
        let hearing = &array(&array(&listed, "sittings")[0], "hearings")[0];
        assert_eq!(hearing["missing"], 0);
        // Once the file is there, nothing else counts.
        case.copy("fixtures/case-complete/indictment.pdf", "report.pdf");
        case.edit("status = \"expected\"", "file = \"report.pdf\"");
        agree(&case, "ready", "ready", 0);
    }
}

#[test]
fn a_ledger_that_cannot_be_read_is_told_and_not_taken_for_an_empty_one() {
    let case = Case::fixture("case-missing");
    std::fs::create_dir(case.path("chase.toml")).unwrap();
    for command in [["check", "."], ["list", "."]] {
        case.run(&command).expect(2).says("chase.toml: cannot be read: it is a folder");
    }
}
