//! `schema`, `completions`, `man`, and what `check` tells build servers.

use serde_json::Value;

use crate::support::case::Case;

fn schema() -> Value {
    let run = Case::empty().run(&["schema"]);
    serde_json::from_str(&run.expect(0).out).unwrap()
}

/// Whether the program takes a manifest.
fn is_taken(toml: &str) -> bool {
    let run = Case::with_manifest(toml).run(&["check", "--format", "json"]);
    !run.json()["cases"][0]["title"].is_null()
}

/// Whether a manifest fits the schema, as an editor sees it: dates are texts there.
fn fits(toml: &str) -> bool {
    let table: toml::Table = toml::from_str(toml).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("manifest.json", schema()).unwrap();
    let index = compiler.compile("manifest.json", &mut schemas).unwrap();
    schemas.validate(&json(toml::Value::Table(table)), index).is_ok()
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, json(value))).collect()
        }
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
    }
}

#[test]
fn the_reference_fits_and_slips_do_not() {
    let reference = include_str!("../../bundle.example.toml");
    assert!(fits(reference) && is_taken(reference));
    for (right, wrong) in [
        ("audience = \"court\"", "audience = \"judge\""),
        ("due = 2026-11-10", "due = \"10 November\""),
        ("youth = false", "youth = \"no\""),
        ("letter = \"B\"", "letter = \"B1\""),
        ("supplier = ", "suplier = "),
        ("code = \"E13\"", "code = \"E14\""),
        ("flags = [\"victim\"", "flags = [\"victims\""),
    ] {
        let spoilt = reference.replacen(right, wrong, 1);
        assert_ne!(spoilt, reference, "{right}");
        assert!(!fits(&spoilt), "{wrong}");
        assert!(!is_taken(&spoilt), "{wrong}");
    }
}

#[test]
fn completions_and_manual_pages_name_every_command() {
    let case = Case::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        case.run(&["completions", shell]).expect(0).shows("fail-under");
    }
    case.run(&["man", "man1"]).expect(0);
    let files = case.files();
    for command in ["", "-build", "-chase", "-quality", "-report-merge", "-standards"] {
        let page = format!("man1/courtbundle{command}.1");
        assert!(files.contains(&page), "{page} is not in {files:?}");
    }
    let page = String::from_utf8(case.read("man1/courtbundle-chase.1")).unwrap();
    assert!(page.contains("address") && page.contains(".SH"), "{page}");
}

#[test]
fn github_gets_an_annotation_for_each_finding() {
    let case = Case::fixture("case-missing");
    let run = case.run(&["check", "--format", "github"]);
    run.expect(1)
        .shows("::error file=bundle.toml,line=")
        .shows(",title=document-missing::section B, \"Statement of PC Smith\": missing%0Ahint: ")
        .shows("::notice file=bundle.toml");
    assert!(run.out.lines().all(|line| line.starts_with("::")), "{}", run.out);
    let broken = Case::with_manifest("[case]\ntitle = 'a, 100%: b'\nurn = '1'\n");
    broken
        .run(&["check", "--format", "github"])
        .expect(2)
        .shows("::error file=bundle.toml,line=3,col=7,title=bad-urn::");
}

#[test]
fn junit_has_a_test_for_each_document() {
    let case = Case::fixture("case-missing");
    case.edit("Statement of Sam Sample", "Statement of <Sam> & Co");
    let run = case.run(&["check", "--format", "junit"]);
    run.expect(1)
        .shows("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"courtbundle check\" tests=\"6\" failures=\"3\">")
        .shows("<testcase classname=\"bundle.toml\" name=\"B Statement of &lt;Sam&gt; &amp; Co\"/>")
        .shows("<failure type=\"missing\" message=\"section B, ");
    assert_eq!(run.out.matches("<testcase").count(), 6, "{}", run.out);
    // What is not required is passed over.
    assert_eq!(run.out.matches("<skipped/>").count(), 1, "{}", run.out);
    assert_eq!(run.out.matches("<failure").count(), 3, "{}", run.out);
    let ready = Case::fixture("case-complete").run(&["check", "--format", "junit"]);
    ready.expect(0).shows("failures=\"0\"");
}

#[test]
fn a_draft_for_a_remand_names_what_the_folder_lacks() {
    let case = Case::empty();
    case.copy("fixtures/case-complete/indictment.pdf", "MG4 charges.pdf");
    case.copy("fixtures/case-complete/statements/smith.pdf", "MG5.pdf");
    case.run(&["init", "--standard", "remand"]).expect(0);
    let text = String::from_utf8(case.read("bundle.toml")).unwrap();
    assert!(
        text.contains("file_standard = \"remand\"\n\n[hearing]\nkind = \"first-hearing\"\n"),
        "{text}"
    );
    assert!(!text.contains("# [hearing]"), "{text}");
    let lacking =
        |code: &str| text.contains(&format!("# [[section.document]]                 # {code}\n"));
    assert!(
        lacking("MG7") && lacking("convictions") && !lacking("charges") && !lacking("MG5"),
        "{text}"
    );
    let report = case.checked(0);
    assert_eq!(crate::support::case::findings(&report, "standard-missing").len(), 3, "{report}");
    let run = case.run(&["build", "--format", "json"]);
    run.expect(0);
    assert_eq!(run.json()["bundles"][0]["name"], "first-hearing");
    // What is still to come needs its signs taken away, and no more.
    let uncommented = text
        .replace("\n# [[section.document]]                 # MG7\n# ", "\n[[section.document]]\n");
    let uncommented = uncommented.replace(
        "\n# status = \"expected\"\n# form = \"MG7\"\n# supplier",
        "\nstatus = \"expected\"\nform = \"MG7\"\nsupplier",
    );
    case.write("bundle.toml", uncommented);
    case.run(&["chase"])
        .expect(1)
        .shows("application for remand in custody")
        .shows("police (1 item)");
    Case::empty().run(&["init", "--standard", "remnad"]).expect(2);
}
