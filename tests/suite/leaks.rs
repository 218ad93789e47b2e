//! What must not leave the prosecution, found on pages.

use serde_json::{Value, json};

use crate::support::case::{Case, array, findings, text};

/// A case with one document of a form and a bundle for somebody.
fn case(audience: &str, fixture: &str, lines: &str) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"{audience}\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\n\
         date = 2026-06-01\n{lines}\n"
    ));
    case.copy(&format!("fixtures/producers/{fixture}.pdf"), "it.pdf");
    case
}

/// What other tests are about: forms, comments and layers.
const OTHERS: [&str; 6] = [
    "form-missing",
    "form-contradicted",
    "comments-undecided",
    "comment-covers",
    "hidden-layer",
    "redaction-unapplied",
];

/// Code, severity and page of what `check` finds on pages.
fn checked(case: &Case, code: i32) -> Vec<(String, String, Value)> {
    let report = case.checked(code);
    let found = array(&report, "findings").iter();
    found
        .filter(|finding| !OTHERS.contains(&text(finding, "code")))
        .map(|finding| {
            let word = |key| text(finding, key).to_owned();
            (word("code"), word("severity"), finding["page"].clone())
        })
        .collect()
}

fn found(code: &str, severity: &str, page: u32) -> (String, String, Value) {
    (code.to_owned(), severity.to_owned(), json!(page))
}

#[test]
fn a_bad_redaction_stops_a_bundle_that_leaves_the_prosecution() {
    let own = case("prosecution", "covered-text", "");
    assert_eq!(checked(&own, 0), []);
    own.build(&[], 0);

    let served = case("defence", "covered-text", "");
    let bad = |page| found("bad-redaction", "error", page);
    assert_eq!(checked(&served, 1), [bad(1), bad(2)]);
    let record = served.build(&[], 1);
    assert_eq!(findings(&record, "bad-redaction").len(), 2);
    assert!(!served.files().iter().any(|file| file.ends_with("test.pdf")));
    served
        .run(&["check"])
        .shows("text is covered and can still be copied: at 214 across and 167 down");
}

#[test]
fn pages_that_are_not_taken_do_not_count() {
    assert_eq!(checked(&case("court", "covered-text", "pages = \"3\""), 0), []);
    let second = checked(&case("court", "covered-text", "pages = \"2-3\""), 1);
    assert_eq!(second, [found("bad-redaction", "error", 2)]);
}

#[test]
fn what_must_never_be_served_is_named_with_its_page() {
    for (fixture, expected) in [
        (
            "leak-not-disclosable",
            vec![
                found("never-serve-content", "error", 1),
                found("never-serve-content", "error", 1),
            ],
        ),
        ("leak-mg11-back", vec![found("mg11-back-page", "error", 2)]),
    ] {
        assert_eq!(checked(&case("court", fixture, "form = \"MG11\""), 1), expected, "{fixture}");
    }
    let front = case("court", "leak-mg11-back", "form = \"MG11\"\npages = \"1\"");
    assert_eq!(checked(&front, 0), []);
}

#[test]
fn personal_data_is_listed_for_the_defence_and_never_quoted() {
    let court = case("court", "leak-contact-details", "");
    assert_eq!(checked(&court, 0), []);
    for audience in ["defence", "jury"] {
        let case = case(audience, "leak-contact-details", "form = \"exhibit\"");
        let warning = found("personal-data", "warning", 1);
        assert_eq!(checked(&case, 0), vec![warning; 4], "{audience}");
        let told = case.run(&["check"]);
        let json = case.run(&["check", "--format", "json"]);
        let record = case.build(&[], 0).to_string();
        let audit = String::from_utf8(case.read("out/test.pdf.json")).unwrap();
        let all = [told.out, told.err, json.out, json.err, record, audit].concat();
        assert!(all.contains("a postcode (postcode): item 1 at 271 across and 187 down"), "{all}");
        for value in ["ZZ99", "9ZZ", "07700", "900123", "sam@", "Nowhere"] {
            assert!(!all.contains(value), "{value} in {all}");
        }
    }
}

#[test]
fn pictures_that_cannot_be_searched_are_told() {
    let scan = checked(&case("defence", "img2pdf-g4", ""), 0);
    assert_eq!(scan, [found("unsearchable-pages", "info", 1)]);
    assert_eq!(checked(&case("defence", "tesseract", ""), 0), []);
}

#[test]
fn what_needs_no_serving_is_not_searched() {
    let manifest = "[case]\ntitle = \"R v Test\"\n\
         [[bundle]]\nname = \"own\"\naudience = \"prosecution\"\noutput = \"out/own.pdf\"\n\
         [[bundle]]\nname = \"served\"\naudience = \"defence\"\nsections = [\"A\"]\noutput = \"out/served.pdf\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"Fine\"\nfile = \"fine.pdf\"\ndate = 2026-06-01\n\
         [[section]]\nletter = \"B\"\n[[section.document]]\ntitle = \"Not\"\nfile = \"not.pdf\"\ndate = 2026-06-01\n";
    let case = Case::with_manifest(manifest);
    case.copy("fixtures/producers/reportlab.pdf", "fine.pdf");
    case.copy("fixtures/producers/leak-not-disclosable.pdf", "not.pdf");
    assert_eq!(checked(&case, 0), []);
    case.run(&["build"]).expect(0);
}
