//! Every manifest of `fixtures/manifests`: what is wrong is found, where it stands, and all at once.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::case::{Case, array, codes, findings, repository, text};

/// A code, and the line and column of the manifest.
type Fault = (&'static str, u64, Option<u64>);

/// The manifests that cannot be used, with everything that is wrong with each.
const FAULTY: &[(&str, &[Fault])] = &[
    ("absolute-path", &[("outside-path", 40, Some(8))]),
    ("bad-date", &[("bad-date", 41, Some(8))]),
    ("bad-digits", &[("bad-value", 33, Some(10))]),
    ("bad-pages", &[("bad-pages", 41, Some(9))]),
    ("bad-time", &[("bad-date", 19, Some(8))]),
    ("bad-urn", &[("bad-urn", 2, Some(7))]),
    ("date-as-text", &[("bad-date", 50, Some(8))]),
    ("drive-path", &[("outside-path", 40, Some(8))]),
    ("duplicate-bundle", &[("duplicate-name", 35, Some(8))]),
    ("duplicate-exhibit", &[("duplicate-exhibit", 65, Some(11))]),
    ("duplicate-exhibit-other-style", &[("duplicate-exhibit", 65, Some(11))]),
    ("duplicate-key", &[("manifest-syntax", 5, Some(1))]),
    ("duplicate-path", &[("duplicate-path", 63, Some(8))]),
    ("duplicate-path-other-spelling", &[("duplicate-path", 63, Some(8))]),
    ("duplicate-section", &[("duplicate-name", 43, Some(10))]),
    ("empty", &[("missing-key", 1, Some(1))]),
    ("empty-title", &[("bad-value", 39, Some(9))]),
    (
        "many-problems",
        &[
            ("bad-urn", 2, Some(7)),
            ("unknown-key", 4, Some(1)),
            ("unknown-value", 9, Some(10)),
            ("unknown-value", 24, Some(12)),
            ("unknown-section", 27, Some(18)),
            ("outside-path", 39, Some(8)),
            ("bad-date", 49, Some(8)),
            ("duplicate-path", 62, Some(8)),
            ("duplicate-exhibit", 63, Some(11)),
        ],
    ),
    ("missing-file", &[("missing-key", 38, Some(1))]),
    ("not-closed", &[("manifest-syntax", 4, Some(21))]),
    (
        "not-toml",
        &[
            ("manifest-syntax", 1, Some(4)),
            ("manifest-syntax", 2, Some(8)),
            ("manifest-syntax", 3, Some(11)),
            ("manifest-syntax", 4, Some(5)),
        ],
    ),
    ("not-utf8", &[("manifest-unreadable", 9, Some(11))]),
    ("nul", &[("manifest-unreadable", 9, Some(15))]),
    ("output-over-input", &[("output-is-input", 27, Some(10))]),
    ("output-unknown-name", &[("unknown-value", 27, Some(10))]),
    ("outside-output", &[("outside-path", 27, Some(10))]),
    ("outside-path", &[("outside-path", 40, Some(8))]),
    ("same-output", &[("duplicate-output", 39, Some(10))]),
    ("unknown-key", &[("unknown-key", 39, Some(1))]),
    ("unknown-key-in-case", &[("unknown-key", 6, Some(1))]),
    ("unknown-section", &[("unknown-section", 28, Some(18))]),
    ("unknown-table", &[("unknown-key", 61, Some(2))]),
    ("utf16", &[("manifest-unreadable", 1, None)]),
    ("wrong-enum-audience", &[("unknown-value", 25, Some(12))]),
    ("wrong-enum-remand", &[("unknown-value", 10, Some(10))]),
    ("wrong-enum-status", &[("unknown-value", 60, Some(10))]),
    ("wrong-enum-style", &[("unknown-value", 31, Some(9))]),
    ("wrong-type", &[("wrong-type", 4, Some(9)), ("wrong-type", 28, Some(12))]),
];

/// The manifests that can be used, with the findings of their own, besides those about the documents
/// that do not go with them.
const USABLE: &[(&str, &[&str])] = &[
    ("good", &[]),
    ("good-bom-crlf", &[]),
    // Crown Court numbers and exhibit references have a usual form and no rule.
    ("bad-court-number", &["bad-value"]),
    ("bad-exhibit", &["bad-value"]),
    // The title comes from the defendants then.
    ("missing-title", &[]),
    ("no-sections", &["no-documents"]),
    // A matter for the rules of service; as a manifest it is sound.
    ("never-served", &["serve-never"]),
];

fn case(name: &str) -> Case {
    let case = Case::empty();
    case.copy(&format!("fixtures/manifests/{name}.toml"), "bundle.toml");
    case
}

/// What the findings of one report say, as far as the table above does.
fn faults(report: &Value) -> Vec<(&str, Option<u64>, Option<u64>)> {
    array(report, "findings")
        .iter()
        .map(|finding| {
            (text(finding, "code"), finding["line"].as_u64(), finding["column"].as_u64())
        })
        .collect()
}

#[test]
fn every_manifest_of_the_fixtures_is_tested() {
    let files: BTreeSet<String> = std::fs::read_dir(repository("fixtures/manifests"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".toml").to_owned())
        .collect();
    let faulty = FAULTY.iter().map(|(name, _)| (*name).to_owned());
    let usable = USABLE.iter().map(|(name, _)| (*name).to_owned());
    assert_eq!(files, faulty.chain(usable).collect());
}

#[test]
fn every_fault_is_found_at_its_place_by_check_and_by_build() {
    for (name, expected) in FAULTY {
        let expected: Vec<_> =
            expected.iter().map(|(code, line, column)| (*code, Some(*line), *column)).collect();
        let case = case(name);
        let report = case.checked(2);
        assert_eq!(faults(&report), expected, "{name}");
        assert!(
            array(&report, "findings").iter().all(|finding| finding["severity"] == "error"),
            "{name}"
        );
        assert_eq!(
            (&report["title"], &report["ready"]),
            (&Value::Null, &Value::Bool(false)),
            "{name}"
        );
        assert_eq!(faults(&case.build(&[], 2)), expected, "{name}");
        assert_eq!(case.files(), ["bundle.toml"], "{name}");
    }
}

#[test]
fn every_fault_is_shown_with_its_line_and_column() {
    for (name, expected) in FAULTY {
        let case = case(name);
        for command in ["check", "build"] {
            let run = case.run(&[command]);
            run.expect(2);
            let mut shown = run.err.lines().filter(|line| line.starts_with("error: "));
            for (code, line, column) in *expected {
                let message = shown.next().unwrap_or_else(|| panic!("{name}: {code} is not shown"));
                let column = column.map(|column| format!(":{column}")).unwrap_or_default();
                let place = format!("error: bundle.toml:{line}{column}: ");
                assert!(message.starts_with(&place), "{name}: {message}, not {place}");
            }
            assert_eq!(shown.next(), None, "{name}");
            let errors = match expected.len() {
                1 => "1 error".to_owned(),
                number => format!("{number} errors"),
            };
            let told = match command {
                "check" => format!("bundle.toml\n{errors} in the manifest. Not read.\n"),
                _ => String::new(),
            };
            assert_eq!(run.out, told, "{name}");
        }
    }
}

#[test]
fn what_can_be_used_is_used() {
    for (name, expected) in USABLE {
        let report = case(name).checked(1);
        let own: Vec<&str> = codes(&report)
            .into_iter()
            .filter(|code| !["document-missing", "undated", "form-missing"].contains(code))
            .collect();
        assert_eq!(own, *expected, "{name}");
        assert_eq!(report["title"], "R v Example", "{name}");
    }
}

/// Parts of what is said of some manifests.
const MESSAGES: &[(&str, [&str; 2])] = &[
    ("unknown-key", ["unknown key \"tittle\"", "did you mean \"title\"?"]),
    (
        "unknown-key-in-case",
        ["unknown key \"file_standart\" in [case]", "did you mean \"file_standard\"?"],
    ),
    ("unknown-table", ["unknown key \"defendants\"", "did you mean \"defendant\"?"]),
    (
        "wrong-enum-remand",
        ["unknown remand \"jail\"", "bail, conditional-bail, custody, secure-unit"],
    ),
    ("wrong-enum-audience", ["unknown audience \"judge\"", "prosecution, court, defence, jury"]),
    ("wrong-enum-style", ["unknown style \"continous\"", "did you mean \"continuous\"?"]),
    (
        "outside-path",
        ["\"../secret.pdf\" is outside the folder of the case", "allow_outside = true"],
    ),
    ("unknown-section", ["there is no section \"Z\"", "the sections are: A, B"]),
    ("duplicate-path", ["this file is listed already, at line 47", "give each its own pages"]),
    ("duplicate-exhibit", ["exhibit PS/1 is listed already, at line 54", "its own reference"]),
    ("same-output", ["the bundle at line 27 has the same output", "put {bundle} into the output"]),
    ("bad-date", ["2026-02-30 is not a date that exists", "such as 2026-02-28"]),
    ("bad-pages", ["3-1 runs backwards", "\"1-3, 7, 9-\""]),
    ("date-as-text", ["must be a date as YYYY-MM-DD, not \"3 June\"", "write date = 2026-06-30"]),
    ("not-utf8", ["the manifest is not UTF-8", "save it as UTF-8"]),
];

#[test]
fn messages_say_what_is_allowed_and_what_was_meant() {
    for (name, parts) in MESSAGES {
        let run = case(name).run(&["check"]);
        parts.iter().for_each(|part| {
            run.says(part);
        });
    }
}

#[test]
fn the_reference_manifest_is_sound() {
    let case = Case::empty();
    case.copy("bundle.example.toml", "bundle.toml");
    let report = case.run(&["check", "--format", "json", "--today", "2026-11-20"]).expect(1).json();
    let report = &array(&report, "cases")[0];
    assert_eq!(findings(report, "document-missing").len(), 2);
    assert_eq!(findings(report, "document-expected").len(), 1);
    let others: Vec<&str> = codes(report)
        .into_iter()
        .filter(|code| {
            !["document-missing", "document-expected", "undated", "form-other"].contains(code)
        })
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn files_outside_can_be_allowed() {
    let case = Case::empty();
    case.copy("fixtures/producers/dark.pdf", "shared/notice.pdf");
    case.write("case/bundle.toml", "[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n[[section.document]]\nfile = \"../shared/notice.pdf\"\n");
    case.run(&["check", "case"]).expect(2).says("is outside the folder of the case");
    let allowed = String::from_utf8(case.read("case/bundle.toml"))
        .unwrap()
        .replace("title", "allow_outside = true\ntitle");
    case.write("case/bundle.toml", allowed);
    case.run(&["build", "case"]).expect(0);
}

#[test]
fn what_nobody_disputes_and_what_makes_a_bundle_vanish_is_told() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[bundle]]\nname = \"core\"\naudience = \"prosecution\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"x\"\nfile = \"x.pdf\"\n\
         [assessment]\nfailures = [{ code = \"E1\", disputed = false, outcome = \"disputed-successfully\" }]\n",
    );
    case.copy("fixtures/case-complete/indictment.pdf", "x.pdf");
    case.run(&["check"])
        .expect(0)
        .shows("warning: the outcome is that of a dispute, and \"disputed\" is false")
        .shows("note: \"core\" is the only bundle: the court bundle, which is made where no [[bundle]] is listed, is no longer made")
        .shows("to have both, add [[bundle]] with name = \"trial\"");
    case.edit("disputed = false", "disputed = true");
    case.append("[[bundle]]\nname = \"trial\"\n");
    let run = case.run(&["check"]);
    assert!(!run.out.contains("dispute") && !run.out.contains("only bundle"), "{}", run.out);
}

#[test]
fn a_name_in_another_unicode_form_is_the_same_file() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"x\"\nfile = \"Ll\u{177}n/Ll\u{177}n.pdf\"\n",
    );
    case.copy("fixtures/case-complete/indictment.pdf", "Lly\u{302}n/Lly\u{302}n.pdf");
    case.run(&["check"])
        .expect(0)
        .shows("note: section A, \"x\" (Ll\u{177}n/Ll\u{177}n.pdf): the name of its file has another Unicode form on the disk");
    case.run(&["chase"]).expect(0);
    case.run(&["build"]).expect(0);
    // Both forms are one file.
    case.append("[[section.document]]\ntitle = \"y\"\nfile = \"Lly\u{302}n/Lly\u{302}n.pdf\"\n");
    case.run(&["check"]).expect(2).says("this file is listed already");
}

#[test]
fn a_hearing_on_a_rest_day_is_noted_and_one_at_night_is_doubted() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[hearing]\ndate = 2026-11-29\ntime = 01:30:00\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"x\"\nfile = \"x.pdf\"\n",
    );
    case.copy("fixtures/case-complete/indictment.pdf", "x.pdf");
    case.run(&["check"])
        .expect(0)
        .shows("note: the hearing is on Sunday, 29 November 2026: courts then sit for overnight remands only")
        .shows("warning: the hearing is at 01:30, when no court sits\n  hint: if the afternoon is meant, write time = 13:30:00");
    case.edit("2026-11-29", "31/02/2026");
    case.run(&["check"]).expect(2).says(
        "there is no 31 February 2026: write a day that exists as YYYY-MM-DD, such as 2026-02-28",
    );
}
