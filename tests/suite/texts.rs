//! Texts of the manifest that the program's own pages cannot show: each is told with its field, by `check` and `build` alike.

use serde_json::Value;

use crate::support::case::{Case, findings, text};

const FIELDS: [(&str, &str); 10] = [
    ("the title of the case", "王"),
    ("the name of the court", "ש"),
    ("the kind of hearing", "अ"),
    ("the courtroom", "☃"),
    ("the name of defendant 1", "q\u{303}"),
    ("the title of bundle \"main\"", "ع"),
    ("the version of bundle \"main\"", "二"),
    ("the title of section A", "𝕊"),
    ("its title", "z\u{303}"),
    ("its supplier", "한"),
];

/// A case with a placeholder, in which each of the fields says what is given for it.
fn case(sign: impl Fn(&str) -> String) -> Case {
    let says: Vec<String> = FIELDS.iter().map(|(field, _)| sign(field)).collect();
    let [title, court, kind, room, name, bundle, version, section, document, supplier] =
        says.as_slice()
    else {
        panic!("{says:?}");
    };
    Case::with_manifest(format!(
        "[case]\ntitle = \"R v {title}\"\ncourt = \"Court {court}\"\n\n\
         [hearing]\nkind = \"trial {kind}\"\ncourtroom = \"1{room}\"\ndate = 2026-11-24\n\n\
         [[defendant]]\nname = \"Doe {name}\"\n\n\
         [[bundle]]\nname = \"main\"\ntitle = \"Bundle {bundle}\"\nversion = \"1{version}\"\n\
         audience = \"prosecution\"\noutput = \"out/test.pdf\"\n\n\
         [[section]]\nletter = \"A\"\ntitle = \"Documents {section}\"\n\n\
         [[section.document]]\ntitle = \"Note {document}\"\n\
         supplier = \"Unit {supplier}\"\nstatus = \"expected\"\n"
    ))
}

fn told(report: &Value) -> Vec<String> {
    let found = findings(report, "character-not-in-font");
    found.iter().map(|found| text(found, "message").to_owned()).collect()
}

#[test]
fn every_field_that_cannot_be_shown_is_told_by_check_and_build() {
    let foreign = |field: &str| {
        let (_, sign) = FIELDS.iter().find(|(name, _)| *name == field).unwrap();
        (*sign).to_owned()
    };
    let case = case(foreign);
    let checked = told(&case.run(&["check", "--format", "json"]).json()["cases"][0]);
    for (field, sign) in FIELDS {
        let start = format!("{field}: the bundle's own pages cannot");
        let own: Vec<&String> = checked.iter().filter(|told| told.starts_with(&start)).collect();
        assert_eq!(own.len(), 1, "{field} in {checked:?}");
        let c = sign.chars().find(|c| !c.is_ascii()).unwrap();
        assert!(own[0].contains(&format!("U+{:04X}", u32::from(c))), "{own:?}");
    }
    assert_eq!(checked.len(), FIELDS.len(), "{checked:?}");
    let built = case.run(&["build", "--allow-missing", "--format", "json"]);
    assert_eq!(told(&built.json()["bundles"][0]), checked, "{}", built.err);
    let strict = case.run(&["build", "--allow-missing", "--strict", "--force"]);
    strict.expect(1).says("the build is strict");
}

#[test]
fn what_can_be_shown_is_not_told() {
    let case = case(|_| "Łódź Ŵyn “Жук” Ωmega – €9".to_owned());
    let report = case.run(&["check", "--format", "json"]).json();
    assert_eq!(told(&report["cases"][0]), [""; 0]);
}

#[test]
fn the_court_list_on_paper_tells_what_it_cannot_show() {
    let case = Case::fixture("office");
    let pdf = ["list", "--today", "2026-11-24", "--format", "pdf", "--output", "list.pdf"];
    let clean = case.run(&pdf);
    assert!(!clean.err.contains("cannot show"), "{}", clean.err);
    let manifest = case.files().into_iter().find(|file| file.ends_with("bundle.toml")).unwrap();
    case.edit_at(&manifest, "[case]\n", "[case]\ntitle = \"R v 王\"\n");
    let run = case.run(&pdf);
    run.expect(clean.code.unwrap())
        .says("the column \"Case\" of \"")
        .says("the court list cannot show \"王\" (U+738B)");
}
