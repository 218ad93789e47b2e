//! `schema`, `completions`, `man`, and what `check` tells build servers.

use serde_json::Value;

use crate::support::case::Case;
use crate::support::paper;

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

/// Slips that the program and the schema both refuse: what stands in the reference, and what is typed in its place.
const SLIPS: [(&str, &str); 51] = [
    ("urn = \"01AB1234526\"", "urn = \"01AB12345\""),
    ("title = \"R v Blake\"", "title = \"  \""),
    ("court = \"Crown Court at Leeds\"", "court = \"\""),
    ("language = \"en-GB\"", "language = \"de\""),
    ("allow_outside = false", "allow_outside = 0"),
    ("password_env = \"CASE_PASSWORD\"", "password_env = \"pass word\""),
    ("witnesses = [\"PC 1234 Smith\"]", "witnesses = \"PC 1234 Smith\""),
    ("name = \"Jordan Blake\"", "nam = \"Jordan Blake\""),
    ("remand = \"custody\"", "remand = \"prison\""),
    ("custody_stage = \"crown\"", "custody_stage = \"court\""),
    ("custody_start = 2026-06-01", "custody_start = \"1 June\""),
    ("custody_days_served = 0", "custody_days_served = -1"),
    ("kind = \"trial\"", "kind = \"trial!\""),
    ("date = 2026-11-24", "date = \"24/11/2026\""),
    ("time = 10:00:00", "time = \"ten\""),
    ("session = \"morning\"", "session = \"noon\""),
    ("estimate = 90", "estimate = 0"),
    ("needs = [\"hearing-loop\"]", "needs = [\"ramp\"]"),
    ("rules = \"general-2021\"", "rules = \"general\""),
    ("output = \"out/", "output = \"/out/"),
    ("sections = [\"B\", \"J\"]", "sections = []"),
    ("sections = [\"B\", \"J\"]", "sections = [\"B\", \"B\"]"),
    ("dividers = false", "dividers = \"no\""),
    ("style = \"continuous\"", "style = \"prefix\""),
    ("style = \"continuous\"", "digits = 4"),
    ("position = \"bottom-right\"", "position = \"bottom\""),
    ("page_limit = 400", "page_limit = 2000000"),
    ("audience = \"defence\"", "audience = \"prosecution\""),
    ("numbering.prefix = \"BLK\"", "numbering.prefix = \"ŵ\""),
    ("numbering.digits = 6", "numbering.digits = 13"),
    ("letter = \"J\"", "letter = \"JKL\""),
    ("order = \"listed\"", "order = \"title\""),
    ("file = \"statements/smith.pdf\"", "file = \"../smith.pdf\""),
    ("file = \"statements/smith.pdf\"", "#"),
    ("pages = \"1-2\"", "pages = \"0-2\""),
    ("audiences = [\"court\", \"defence\"]", "audiences = []"),
    ("restricted_to = [\"Jordan Blake\"]", "restricted_to = []"),
    ("comments = \"strip\"", "comments = \"drop\""),
    ("hidden = \"keep\"", "hidden = \"hide\""),
    ("\nstatus = \"expected\"", "\nstatus = \"awaited\""),
    ("form_reason = \"printed notice of opening hours\"", "#"),
    ("form = \"other\"", "form = \"exhibit\""),
    ("reason = \"address of the scene\"", "#"),
    ("page = 2 ", "page = 0 "),
    ("# field = \"title\"", "field = \"title\""),
    ("item = \"MG6D\"", "item = \"\""),
    ("eligible = true", "eligible = \"yes\""),
    ("outcome = \"not-disputed\"", "outcome = \"won\""),
    ("decompressed_mb = 512", "decompressed_mb = 0"),
    ("seconds = 60", "seconds = 90000"),
    ("nesting = 1000", "nesting = 2000000"),
];

/// What only the program can refuse, and why: a schema compares no value with another. A form that is not known is an error,
/// too, and leaves a case; its names are too many, each in capitals or not, for a schema to be read by people.
const FOR_THE_PROGRAM: [(&str, &str, &str); 9] = [
    ("custody_extended_to = 2027-05-28", "custody_extended_to = 2026-11-11", "two dates"),
    ("deadline = 2026-12-12", "deadline = 2026-09-12", "two dates"),
    ("sections = [\"B\", \"J\"]", "sections = [\"B\", \"K\"]", "a section that is listed"),
    ("restricted_to = [\"Jordan Blake\"]", "restricted_to = [\"Ann Ash\"]", "a defendant"),
    ("letter = \"J\"", "letter = \"B\"", "a letter given twice"),
    ("name = \"core\"", "name = \"trial\"", "a name given twice"),
    ("file = \"exhibits/notice.pdf\"", "file = \"statements/smith.pdf\"", "pages listed twice"),
    ("pages = \"1-2\"", "pages = \"2-1\"", "two numbers"),
    ("title = \"Witness statements\"", "title = \"Wit\\tness\"", "a tab inside, not around"),
];

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let reference = include_str!("../../bundle.example.toml");
    let spoilt = |right: &str, wrong: &str| {
        let spoilt = reference.replacen(right, wrong, 1);
        assert_ne!(spoilt, reference, "{right}");
        spoilt
    };
    for (right, wrong) in SLIPS {
        let spoilt = spoilt(right, wrong);
        assert!(!is_taken(&spoilt), "the program takes {wrong} for {right}");
        assert!(!fits(&spoilt), "the schema takes {wrong} for {right}");
    }
    for (right, wrong, why) in FOR_THE_PROGRAM {
        let spoilt = spoilt(right, wrong);
        assert!(!is_taken(&spoilt), "the program takes {wrong}");
        assert!(fits(&spoilt), "the schema refuses {wrong}, too: {why}");
    }
    // What the program takes, the schema takes.
    for taken in [
        "[[defendant]]\nname = 'Ann Ash'\n",
        "case = { title = 'x', urn = ' 01 ab 12345 26 (s)/2' }\nhearing = { kind = 'Bail application', time = '9.30' }\n",
        "case = { title = 'x', allow_outside = true }\n[[section]]\nletter = 'a'\n[[section.document]]\nfile = '../x.pdf'\npages = 3\n",
        "case.title = 'x'\n[[section]]\nletter = 'A'\n[[section.document]]\nfile = 'a/../x.pdf'\npages = '1-3, 7, 9-'\nform = 'OTHER'\nform_reason = 'r'\ninitials = 'Â. B'\n",
        "case.title = 'x'\n[[bundle]]\nrules = 'ours'\nrules_file = 'ours.toml'\n[[bundle]]\nname = 'b'\nsections = ['a']\n[[section]]\nletter = 'A'\n",
    ] {
        assert!(fits(taken), "the schema refuses {taken}");
        assert!(is_taken(taken), "the program refuses {taken}");
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
fn each_form_names_the_page_of_each_finding_that_has_one() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[bundle]]\naudience = \"defence\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"Log\"\nform = \"exhibit\"\nfile = \"a.pdf\"\n",
    );
    case.write("a.pdf", paper::pdf(2, "call to 07700 900123", 0));
    let json = case.run(&["check", "--format", "json"]).json();
    let findings = json["cases"][0]["findings"].as_array().unwrap().clone();
    let of_pages: Vec<&Value> = findings.iter().filter(|one| !one["page"].is_null()).collect();
    assert!(!of_pages.is_empty(), "{findings:?}");
    for format in ["text", "github", "junit"] {
        let out = case.run(&["check", "--format", format]).out;
        for finding in &of_pages {
            let message = finding["message"].as_str().unwrap();
            let page = format!("page {}", finding["page"]);
            // For people what is the same on several pages is told once.
            let names_page = |line: &str| line.contains(&page) || line.contains("pages 1-2: ");
            let is_line = |line: &str| line.contains(message) && names_page(line);
            assert!(out.lines().any(is_line), "{format}: {page}: {message} is not in {out}");
        }
    }
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
