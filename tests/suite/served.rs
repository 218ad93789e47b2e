//! What may be served on whom: what stops a bundle, what is left out of one, and that nothing of what is
//! left out can be read from it.

use crate::support::case::{Case, array, codes, findings, text};
use crate::support::look::{open, words};
use crate::support::reader::Reader;
use crate::support::written;

/// One document: a title, which is its file too, and the lines of its entry.
type Listed<'a> = (&'a str, &'a str);

/// A case with two defendants. Each section has a letter, a title and documents of one page each.
fn case(bundles: &str, sections: &[(&str, &[Listed<'_>])]) -> Case {
    let case = Case::empty();
    let mut manifest = format!(
        "[case]\ntitle = \"R v Test\"\n[[defendant]]\nname = \"Ann Alder\"\n\
         [[defendant]]\nname = \"Bob Birch\"\n{bundles}"
    );
    let mut number = 0;
    for (index, (title, documents)) in sections.iter().enumerate() {
        let letter = char::from(b'A' + index as u8);
        manifest += &format!("[[section]]\nletter = \"{letter}\"\ntitle = \"{title}\"\n");
        for (title, lines) in *documents {
            number += 1;
            manifest += &format!(
                "[[section.document]]\ntitle = \"{title}\"\nfile = \"{number}.pdf\"\n\
                 date = 2026-06-01\n{lines}\n"
            );
            case.write(&format!("{number}.pdf"), written::pdf(&[&written::words(number)]));
        }
    }
    case.write("bundle.toml", manifest);
    case
}

fn bundle(name: &str, audience: &str, more: &str) -> String {
    format!(
        "[[bundle]]\nname = \"{name}\"\naudience = \"{audience}\"\noutput = \"out/{name}.pdf\"\n{more}\n"
    )
}

/// One bundle, one section, one document.
fn single(audience: &str, lines: &str) -> Case {
    case(&bundle("b", audience, ""), &[("Papers", &[("Paper", lines)])])
}

/// Asserts that neither `check` nor `build`, whatever its flags, lets a case pass, and that no file is
/// written.
#[track_caller]
fn assert_refused(case: &Case, code: &str) {
    let report = case.checked(1);
    assert_eq!(report["ready"], false);
    assert!(codes(&report).contains(&code), "{code}: {report}");
    let before = case.files();
    for flags in
        [&[][..], &["--allow-missing"], &["--allow-damaged"], &["--allow-missing", "--dry-run"]]
    {
        let run = case.run(&[&["build", "--format", "json"], flags].concat());
        run.expect(1);
        let report = run.json();
        assert!(codes(&report["bundles"][0]).contains(&code), "{code}: {report}");
    }
    assert_eq!(case.files(), before);
}

#[test]
fn what_is_never_served_stops_every_bundle_that_leaves_the_prosecution() {
    for audience in ["court", "defence", "laa", "jury"] {
        for form in ["MG6D", "MG10", "mg 06 d", "MG11 backsheet", "MG6D of 3 June"] {
            assert_refused(&single(audience, &format!("form = \"{form}\"")), "serve-never");
        }
    }
    single("prosecution", "form = \"MG6D\"").build(&[], 0);
}

#[test]
fn no_other_key_lifts_what_is_never_served() {
    let all = "form = \"MG9\"\naudiences = [\"defence\"]\nserved_by = \"A\"\nserved_on = 2026-06-01\n\
               redacted_by = \"A\"\nredacted_on = 2026-06-01\nrequired = false\ncomments = \"strip\"";
    assert_refused(&single("defence", all), "serve-never");
}

#[test]
fn the_title_of_what_is_expected_is_not_served_either() {
    let case = single("defence", "form = \"MG6D\"");
    case.edit("file = \"1.pdf\"", "status = \"expected\"");
    assert_refused(&case, "serve-never");
}

#[test]
fn a_decision_and_a_redaction_must_be_recorded() {
    let case = single("defence", "form = \"MG16\"\nserved_by = \"A Advocate\"");
    assert_refused(&case, "serve-undecided");
    case.run(&["check"]).shows("\"served_on\" is not recorded");
    case.append("served_on = 2026-06-01\n");
    case.build(&[], 0);
    let case = single("court", "form = \"MG19\"\nserved_by = \"A\"\nserved_on = 2026-06-01");
    assert_refused(&case, "serve-unredacted");
    case.append("redacted_by = \"B\"\nredacted_on = 2026-06-01\n");
    case.build(&[], 0);
}

#[test]
fn a_jury_gets_exhibits_and_nothing_that_is_not_on_its_list() {
    assert_refused(&single("jury", "form = \"MG11\""), "not-for-jury");
    assert_refused(&single("jury", "form = \"previous-convictions\""), "not-for-jury");
    assert_refused(
        &single("jury", "form = \"exhibit\"\nrestricted_to = [\"Ann Alder\"]"),
        "serve-restricted",
    );
    single("jury", "form = \"exhibit\"\nexhibit = \"JS/1\"").build(&[], 0);
    // A reference alone says what it is for others.
    assert_refused(&single("jury", "exhibit = \"JS/1\""), "form-missing");
    for audience in ["court", "defence"] {
        single(audience, "exhibit = \"JS/1\"").build(&[], 0);
    }
}

#[test]
fn unused_material_is_not_filed_as_evidence() {
    let lines = "form = \"unused\"\nserved_by = \"A\"\nserved_on = 2026-06-01";
    let among = case(
        &bundle("b", "defence", ""),
        &[("Papers", &[("Letter", lines), ("Statement", "form = \"MG11\"")])],
    );
    assert_refused(&among, "unused-as-evidence");
    let apart = case(
        &bundle("b", "defence", ""),
        &[("Papers", &[("Letter", lines)]), ("Evidence", &[("Statement", "form = \"MG11\"")])],
    );
    apart.build(&[], 0);
}

/// The words, the structure and the record of a bundle.
fn everything(case: &Case, name: &str) -> String {
    let path = format!("out/{name}.pdf");
    let reader = Reader::open(&case.path(&path));
    let record = String::from_utf8(case.read(&format!("{path}.json"))).unwrap();
    let bookmarks: Vec<String> = titles(&reader.bookmarks());
    let words: Vec<String> = open(&case.path(&path)).pages().iter().map(words).collect();
    format!("{record}\n{}\n{}", bookmarks.join("\n"), words.join("\n"))
}

fn titles(bookmarks: &[crate::support::reader::Bookmark]) -> Vec<String> {
    let below = bookmarks.iter().flat_map(|bookmark| titles(&bookmark.children));
    let own = bookmarks.iter().map(|bookmark| bookmark.title.clone());
    own.chain(below).collect()
}

/// A case with a bundle for each audience, its documents named after animals.
fn menagerie() -> Case {
    let bundles = [
        bundle("full", "prosecution", ""),
        bundle("court", "court", ""),
        bundle("ann", "defence", "defendant = \"Ann Alder\""),
        bundle("bob", "defence", "defendant = \"Bob Birch\""),
        bundle("jury", "jury", ""),
        bundle("laa", "laa", "defendant = \"Bob Birch\""),
    ]
    .concat();
    case(
        &bundles,
        &[
            ("Indictment", &[("Zebra", "form = \"indictment\"")]),
            (
                "Statements",
                &[
                    ("Heron", "form = \"MG11\""),
                    // The same bytes as all the others: the finding about that names the other.
                    ("Badger", "form = \"MG11 back\""),
                    ("Otter", "form = \"MG11\"\naudiences = [\"prosecution\", \"court\"]"),
                ],
            ),
            ("Exhibits", &[("Falcon", "form = \"exhibit\"\nexhibit = \"JS/1\"")]),
            (
                "Defendants",
                &[
                    ("Lynx", "form = \"basis-of-plea\"\nrestricted_to = [\"Ann Alder\"]"),
                    ("Weasel", "form = \"defence-statement\"\nrestricted_to = [\"Bob Birch\"]"),
                ],
            ),
            ("Ferrets", &[("Beaver", "form = \"MG6D\"")]),
        ],
    )
}

const ANIMALS: [&str; 9] =
    ["Zebra", "Heron", "Badger", "Otter", "Falcon", "Lynx", "Weasel", "Beaver", "Ferrets"];

#[test]
fn one_manifest_serves_each_audience_with_what_it_may_see_and_no_word_of_the_rest() {
    let case = menagerie();
    let run = case.run(&["build", "--format", "json"]);
    run.expect(0);
    for (bundle, holds) in [
        ("full", &ANIMALS[..]),
        ("court", &["Zebra", "Heron", "Otter", "Falcon", "Lynx", "Weasel"]),
        ("ann", &["Zebra", "Heron", "Falcon", "Lynx"]),
        ("bob", &["Zebra", "Heron", "Falcon", "Weasel"]),
        ("jury", &["Zebra", "Falcon"]),
        ("laa", &["Zebra", "Heron", "Falcon", "Weasel"]),
    ] {
        let everything = everything(&case, bundle);
        let found: Vec<&str> =
            ANIMALS.into_iter().filter(|name| everything.contains(name)).collect();
        let expected: Vec<&str> = ANIMALS.into_iter().filter(|name| holds.contains(name)).collect();
        assert_eq!(found, expected, "{bundle}");
    }
}

#[test]
fn whoever_builds_it_is_told_what_is_left_out() {
    let run = menagerie().run(&["build", "--format", "json"]);
    let report = run.json();
    let left_out = |name: &str| -> Vec<String> {
        let bundle =
            array(&report, "bundles").iter().find(|bundle| bundle["name"] == name).unwrap();
        findings(bundle, "not-served")
            .iter()
            .map(|finding| text(finding, "document").to_owned())
            .collect()
    };
    assert_eq!(left_out("full"), [""; 0]);
    assert_eq!(left_out("ann"), ["Badger", "Otter", "Weasel", "Beaver"]);
    assert!(run.err.contains("restricted to Bob Birch"), "{}", run.err);
}

#[test]
fn a_section_that_is_asked_for_by_name_must_be_fit_for_its_audience() {
    let bundles =
        |sections: &str| bundle("full", "prosecution", "") + &bundle("court", "court", sections);
    let sections: &[(&str, &[Listed<'_>])] =
        &[("Papers", &[("Paper", "form = \"MG5\"")]), ("Notes", &[("Note", "form = \"MG6\"")])];
    let all = case(&bundles(""), sections);
    all.run(&["build"]).expect(0);
    assert_eq!(all.checked(0)["ready"], true);
    let named = case(&bundles("sections = [\"A\", \"B\"]"), sections);
    named.checked(1);
    named
        .run(&["build"])
        .expect(1)
        .says("MG6 (case file information) is never served")
        .says("bundle \"court\" is for the court");
    assert_eq!(
        named.files(),
        ["1.pdf", "2.pdf", "bundle.toml", "out/full.pdf", "out/full.pdf.json"]
    );
    let without = case(&bundles("sections = [\"A\"]"), sections);
    without.run(&["build"]).expect(0);
}

#[test]
fn what_no_bundle_would_hold_is_not_passed_over() {
    let sections: &[(&str, &[Listed<'_>])] =
        &[("Papers", &[("Paper", "form = \"MG5\""), ("Note", "form = \"MG6\"")])];
    assert_refused(&case(&bundle("b", "court", ""), sections), "serve-never");
    let kept = case(&bundle("b", "court", ""), sections);
    kept.edit("form = \"MG6\"", "form = \"MG6\"\naudiences = [\"prosecution\"]");
    let report = kept.checked(0);
    assert!(codes(&report).contains(&"in-no-bundle"), "{report}");
    kept.build(&[], 0);
}

#[test]
fn a_restricted_document_needs_a_bundle_for_somebody() {
    let lines = "form = \"basis-of-plea\"\nrestricted_to = [\"Ann Alder\"]";
    assert_refused(&single("defence", lines), "serve-restricted");
    let case = single("court", lines);
    case.build(&[], 0);
    case.edit("Ann Alder\"]", "An Alder\"]");
    case.run(&["check"])
        .expect(2)
        .says("unknown defendant \"An Alder\"")
        .says("did you mean \"Ann Alder\"?");
}

#[test]
fn a_document_of_which_nothing_is_known_is_told() {
    let severity = |audience: &str, title: &str| {
        let case = single(audience, "");
        case.edit("\"Paper\"", &format!("\"{title}\""));
        let run = case.run(&["check", "--format", "json"]);
        let report = run.json()["cases"][0].clone();
        let found = findings(&report, "form-missing");
        found.first().map(|found| text(found, "severity").to_owned())
    };
    assert_eq!(severity("prosecution", "Paper"), None);
    assert_eq!(severity("court", "Paper").as_deref(), Some("info"));
    for audience in ["defence", "laa"] {
        assert_eq!(severity(audience, "Paper").as_deref(), Some("warning"));
    }
    assert_eq!(severity("jury", "Paper").as_deref(), Some("error"));
    // What calls itself by the name of a form that is never served is not let through unread.
    let title = "Sensitive schedule MG06D";
    assert_eq!(severity("court", title).as_deref(), Some("error"));
    let case = single("court", "form = \"MG6C\"");
    case.edit("\"Paper\"", "\"Sensitive schedule MG6D\"");
    let contradicted = |case: &Case, code: i32| {
        let report = case.checked(code);
        let found = findings(&report, "form-contradicted");
        found.first().map(|found| text(found, "severity").to_owned())
    };
    assert_eq!(contradicted(&case, 1).as_deref(), Some("error"));
    let case = single("jury", "form = \"exhibit\"");
    assert_eq!(contradicted(&case, 0), None);
    case.edit("\"Paper\"", "\"Case summary MG5\"");
    assert_eq!(contradicted(&case, 0).as_deref(), Some("warning"));
}

#[test]
fn an_unknown_form_is_refused_with_the_three_likeliest() {
    for audience in ["prosecution", "court", "jury"] {
        let case = single(audience, "form = \"exibit\"");
        let report = case.checked(1);
        let found = findings(&report, "unknown-form");
        assert_eq!(found.len(), 1, "{report}");
        let hint = text(found[0], "hint");
        assert!(hint.contains("did you mean \"exhibit\", or \""), "{hint}");
        assert_eq!(text(found[0], "severity"), "error");
        assert_eq!(text(&report["documents"][0], "state"), "present");
        case.build(&[], 1);
    }
}

#[test]
fn a_prosecution_file_serves_nothing_without_a_form() {
    for (key, severity) in [
        ("urn = \"01AB0000126\"", "error"),
        ("file_standard = \"trial\"", "error"),
        ("file_standard = \"none\"", "warning"),
    ] {
        let case = single("defence", "");
        case.edit("[case]\n", &format!("[case]\n{key}\n"));
        let run = case.run(&["check", "--format", "json"]);
        let report = run.json()["cases"][0].clone();
        let found = findings(&report, "form-missing");
        assert_eq!(text(found[0], "severity"), severity, "{key}");
        case.build(&[], i32::from(severity == "error"));
    }
}

#[test]
fn what_no_form_fits_goes_in_on_somebodys_word_and_never_to_a_jury() {
    let decided = "form = \"other\"\nform_reason = \"parish newsletter\"\ninitials = \"AB\"";
    let case = single("defence", decided);
    case.edit("[case]\n", "[case]\nurn = \"01AB0000126\"\n");
    assert!(codes(&case.checked(0)).contains(&"form-other"));
    case.build(&[], 0);
    assert_refused(&single("jury", decided), "not-for-jury");
    for lacking in ["form_reason = \"parish newsletter\"\n", "initials = \"AB\""] {
        let case = single("defence", &decided.replace(lacking, ""));
        case.run(&["check"]).expect(2).says("is missing");
    }
    let beside = single("defence", "form = \"MG11\"\ninitials = \"AB\"");
    beside.run(&["check"]).expect(2).says("only goes with");
}

#[test]
fn what_a_missing_file_may_be_called_instead_is_not_in_the_record() {
    let case = single("defence", "form = \"MG11\"\nsupplier = \"the police\"");
    case.edit("\"1.pdf\"", "\"MGD.pdf\"");
    case.copy("fixtures/producers/enc-rc4-40.pdf", "MG6D.pdf");
    let run = case.run(&["build", "--allow-missing"]);
    run.expect(1).says("MG6D.pdf");
    let record = String::from_utf8(case.read("out/b.pdf.json")).unwrap();
    assert!(!record.contains("MG6D"), "{record}");
    assert!(!record.contains("the police"), "{record}");
}
