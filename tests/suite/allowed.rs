//! Personal data that somebody has looked at and lets pass.

use serde_json::Value;

use crate::support::case::{Case, codes, findings, text};

/// A case with a document that has contact details on its page, for the defence.
fn case(fixture: &str) -> Case {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"defence\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\n\
         form = \"exhibit\"\ndate = 2026-06-01\n",
    );
    case.copy(&format!("fixtures/producers/{fixture}.pdf"), "it.pdf");
    case
}

/// The entries that `check` prints, with a reason and initials.
fn entries(report: &Value) -> String {
    let hints = findings(report, "personal-data").into_iter().map(|one| text(one, "hint"));
    let entries = hints.map(|hint| hint.split_once(":\n").unwrap().1);
    let entries: String = entries.collect();
    entries
        .replace("reason = \"\"", "reason = \"r\"")
        .replace("initials = \"\"", "initials = \"AA\"")
}

#[test]
fn what_check_prints_can_be_copied_and_lets_that_value_pass_and_no_other() {
    let case = case("leak-contact-details");
    let entries = entries(&case.checked(0));
    assert_eq!(entries.matches("[[section.document.allow]]").count(), 4, "{entries}");
    case.append(&entries);
    let passed = case.checked(0);
    assert_eq!(codes(&passed), ["personal-data-allowed"]);
    // Another value at that place, and a file that is another, are asked about anew.
    let mark = entries.lines().find(|line| line.starts_with("mark = ")).unwrap();
    case.edit(mark, "mark = \"00000000\"");
    let another = case.checked(0);
    assert_eq!(findings(&another, "personal-data").len(), 1);
    assert_eq!(findings(&another, "allow-unmatched").len(), 1);
    let mut bytes = case.read("it.pdf");
    bytes.extend(b"% another version\n");
    case.write("it.pdf", bytes);
    assert_eq!(findings(&case.checked(0), "personal-data").len(), 4);
}

/// With the file at hand, short values could be found from their marks by trying.
#[test]
fn marks_stand_in_no_record_of_a_build() {
    let case = case("leak-contact-details");
    let marks = entries(&case.checked(0));
    let marks = marks.lines().filter_map(|line| line.strip_prefix("mark = ")).collect::<Vec<_>>();
    assert_eq!(marks.len(), 4);
    let built = case.run(&["build"]);
    let record = case.build(&["--force"], 0).to_string();
    let audit = String::from_utf8(case.read("out/test.pdf.json")).unwrap();
    let all = [built.out, built.err, record, audit].concat();
    assert!(all.contains("[[section.document.allow]]"), "{all}");
    assert!(marks.iter().all(|mark| !all.contains(mark.trim_matches('"'))), "{all}");
    case.run(&["check"]).shows("\nmark = \"");
}

#[test]
fn an_entry_without_a_mark_goes_on_and_is_told_how_to_be_bound() {
    let case = case("leak-contact-details");
    case.append("[[section.document.allow]]\nkind = \"phone\"\npage = 1\nreason = \"r\"\ninitials = \"AA\"\n");
    let old = case.checked(0);
    assert_eq!(findings(&old, "personal-data").len(), 3);
    let [unbound] = findings(&old, "allow-unbound")[..] else { panic!("{old}") };
    assert_eq!(text(unbound, "severity"), "warning");
    let hint = text(unbound, "hint");
    let (_, mark) = hint.split_once("kind \"phone\", page 1, item 1: ").unwrap();
    case.append(mark);
    assert!(!codes(&case.checked(0)).contains(&"allow-unbound"));
    assert_eq!(findings(&case.checked(0), "personal-data").len(), 3);
}
