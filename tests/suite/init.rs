//! `init`: a draft that a person can go on from.

use crate::support::case::{Case, array, codes, text};

/// The PDFs of `fixtures/to-init`.
const PDFS: [&str; 11] = [
    "Copy of MG5 (1).pdf",
    "Exhibits/JB-1 photo sheet.pdf",
    "Exhibits/JB2 receipt.PDF",
    "Interview/Interview record Blake 2026-06-04.pdf",
    "MG5.pdf",
    "MG6C schedule.pdf",
    "Statements/10 something.pdf",
    "Statements/2 something.pdf",
    "Statements/MG11 Smith 02.06.26.pdf",
    "Statements/statement_of_pc_jones_3-6-2026.pdf",
    "indictment FINAL v2.pdf",
];

fn drafted() -> (Case, toml::Table) {
    let case = Case::fixture("to-init");
    case.run(&["init"]).expect(0).shows("Drafted ./bundle.toml with 11 documents.");
    let manifest = String::from_utf8(case.read("bundle.toml")).unwrap();
    (case, manifest.parse().unwrap())
}

fn documents(manifest: &toml::Table) -> Vec<&toml::Table> {
    manifest["section"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|section| section["document"].as_array().unwrap())
        .map(|document| document.as_table().unwrap())
        .collect()
}

fn files(manifest: &toml::Table) -> Vec<&str> {
    documents(manifest).iter().map(|document| document["file"].as_str().unwrap()).collect()
}

#[test]
fn the_draft_passes_check_as_it_is_and_can_be_built() {
    let (case, _) = drafted();
    let report = case.checked(0);
    assert_eq!(report["ready"], true);
    assert_eq!(array(&report, "documents").len(), 11);
    for code in codes(&report) {
        assert!(
            ["same-file", "undated", "unlisted-file", "form-missing"].contains(&code),
            "{report}"
        );
    }
    case.run(&["build"]).expect(0);
}

#[test]
fn every_pdf_is_listed_exactly_once() {
    let (_, manifest) = drafted();
    let mut files = files(&manifest);
    files.sort_unstable();
    assert_eq!(files, PDFS);
}

#[test]
fn numbers_in_names_count_as_numbers() {
    let (_, manifest) = drafted();
    let files = files(&manifest);
    let place = |name: &str| files.iter().position(|file| file.contains(name)).unwrap();
    assert!(place("2 something") < place("10 something"));
    assert!(place("JB-1") < place("JB2"), "exhibits in the order of their references: {files:?}");
}

#[test]
fn dates_forms_and_exhibits_are_read_from_names() {
    let (_, manifest) = drafted();
    let of = |name: &str| {
        let documents = documents(&manifest);
        let found = documents
            .into_iter()
            .find(|document| document["file"].as_str().unwrap().contains(name));
        found.unwrap().clone()
    };
    let smith = of("MG11 Smith");
    assert_eq!(smith["form"].as_str(), Some("MG11"));
    assert_eq!(smith["date"].to_string(), "2026-06-02", "day first");
    assert_eq!(of("pc_jones")["date"].to_string(), "2026-06-03");
    assert_eq!(of("pc_jones")["title"].as_str(), Some("Statement of PC Jones"));
    assert_eq!(of("JB2")["exhibit"].as_str(), Some("JB/2"));
    assert_eq!(of("JB-1")["exhibit"].as_str(), Some("JB/1"));
    assert_eq!(of("Interview record")["date"].to_string(), "2026-06-04");
    let sections: Vec<&str> = manifest["section"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["title"].as_str().unwrap())
        .collect();
    for title in ["Statements", "Exhibits", "Interview", "Unused material"] {
        assert!(sections.contains(&title), "{sections:?}");
    }
}

#[test]
fn a_manifest_that_is_there_stays_as_it_is() {
    let case = Case::fixture("to-init");
    case.write("bundle.toml", "# mine\n");
    case.run(&["init"]).expect(2).says("there is a manifest already, and it is never overwritten");
    assert_eq!(case.read("bundle.toml"), b"# mine\n");
    let run = case.run(&["init", "--stdout"]);
    run.expect(0).shows("Statements/2 something.pdf");
    assert_eq!(case.read("bundle.toml"), b"# mine\n");
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_a_manifest_is_not_written_through() {
    let case = Case::fixture("to-init");
    std::os::unix::fs::symlink(case.path("elsewhere.toml"), case.path("bundle.toml")).unwrap();
    case.run(&["init"]).expect(2);
    assert!(!case.path("elsewhere.toml").exists());
}

#[test]
fn what_is_left_out_is_named() {
    let case = Case::fixture("to-init");
    case.run(&["init"]).says("left out notes.txt: not a PDF").says("left out Thumbs.db");
    let case = Case::fixture("to-init");
    assert_eq!(case.run(&["init", "--quiet"]).err, "");
}

#[test]
fn a_folder_without_documents_gets_no_manifest() {
    let case = Case::fixture("case-empty");
    case.run(&["init"]).expect(2).says("there is no PDF in this folder or below it");
    assert!(!case.path("bundle.toml").exists());
    case.run(&["init", "nowhere"]).expect(2).says("nowhere");
}

#[test]
fn the_folder_can_be_named_from_elsewhere() {
    let case = Case::empty();
    case.copy("fixtures/producers/dark.pdf", "R v Ŵyn/Exhibits/ŴL-1 \"quoted\" ’photo’.pdf");
    case.run(&["init", "R v Ŵyn"]).expect(0);
    let run = case.run(&["check", "--format", "json", "R v Ŵyn"]);
    let report = run.expect(0).json();
    let [case] = array(&report, "cases") else { panic!("{report}") };
    assert_eq!(text(case, "title"), "R v Ŵyn");
    assert_eq!(text(&array(case, "documents")[0], "file"), "Exhibits/ŴL-1 \"quoted\" ’photo’.pdf");
}

/// What `init --forms` finds in a manifest with comments, of which one document has a form already.
const TO_FILL: &str = "# Ours\n[case]\ntitle = \"R v Test\" # short\nurn = \"01AB0000126\"\n\n[[section]]\nletter = \"A\"\n\n\
    [[section.document]] # first\ntitle = \"PNC PRECONS Blake\"\nfile = \"PNC PRECONS blake.pdf\"\n\n\
    [[section.document]]\ntitle = \"Scan\"\nfile = \"scan0001.pdf\" # unread\n\n\
    [[section.document]]\ntitle = \"Letter\"\nform = \"MG5\" # sure\nfile = \"letter.pdf\"\n\n\
    # the back\n[[section.document]]\ntitle = \"Scan 2\"\nfile = \"scan0002.pdf\"\n";

fn to_fill() -> Case {
    let case = Case::with_manifest(TO_FILL);
    for file in ["PNC PRECONS blake", "scan0001", "letter"] {
        case.copy("fixtures/producers/img2pdf-g4.pdf", &format!("{file}.pdf"));
    }
    case.copy("fixtures/producers/leak-mg11-back.pdf", "scan0002.pdf");
    case
}

#[test]
fn forms_are_written_where_none_is_and_nothing_else_changes() {
    let case = to_fill();
    let run = case.run(&["init", "--forms", "."]);
    run.expect(1).shows("2 forms written, 1 not known").shows("A \"Scan\": not known");
    let manifest = String::from_utf8(case.read("bundle.toml")).unwrap();
    let kept: String = manifest
        .split_inclusive('\n')
        .filter(|line| !line.contains("form = ") || line.contains("MG5"))
        .collect();
    assert_eq!(kept, TO_FILL);
    for written in [
        "blake.pdf\"\nform = \"pnc\" ",
        "# unread\n# form = \"\" ",
        "scan0002.pdf\"\nform = \"MG11\" ",
    ] {
        assert!(manifest.contains(written), "{written}: {manifest}");
    }
    assert!(manifest.contains("# a guess, by its title; open it and make sure"));
    case.run(&["init", "--forms", "bundle.toml"]).expect(1);
    assert_eq!(case.read("bundle.toml"), manifest.as_bytes());
    case.edit("# form = \"\" ", "form = \"notice\" ");
    case.run(&["init", "--forms"]).expect(0).shows("0 forms written");
}

#[test]
fn forms_are_not_written_into_what_is_no_manifest() {
    let case = to_fill();
    case.edit("letter = \"A\"", "letter = \"A\"\nlettre = 1");
    let before = case.read("bundle.toml");
    case.run(&["init", "--forms"]).expect(2).says("lettre");
    assert_eq!(case.read("bundle.toml"), before);
    case.run(&["init", "--forms", "nowhere"]).expect(2);
}
