//! Drafts of whole folders, and names that nobody would choose.

use std::fs;

use super::name::{Described, describe};
use super::propose::propose;
use super::*;
use crate::manifest::{self, Case, Section};
use crate::model::Finding;

/// The case that a manifest gives if no finding is an error.
fn case(toml: &str) -> Case {
    let reading = manifest::parse(toml, Path::new("bundle.toml"));
    let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{toml}");
    reading.case.unwrap()
}

fn paths(names: &[&str]) -> Vec<RelPath> {
    names.iter().map(|name| RelPath((*name).to_owned())).collect()
}

fn drafted(names: &[&str]) -> Case {
    case(&write::manifest(&propose(&paths(names)), "R v Blake"))
}

fn outline(names: &[&str]) -> Vec<(String, String, Vec<String>)> {
    let files = |section: &Section| {
        let files = section.documents.iter().filter_map(|document| document.file.as_ref());
        files.map(|file| file.to_str().unwrap().to_owned()).collect()
    };
    let sections = drafted(names).sections;
    sections
        .iter()
        .map(|section| (section.letter.to_string(), section.title.clone(), files(section)))
        .collect()
}

fn headings(names: &[&str]) -> Vec<String> {
    outline(names).into_iter().map(|(letter, title, _)| format!("{letter} {title}")).collect()
}

fn described(name: &str) -> Described {
    describe(&RelPath(format!("{name}.pdf")), false)
}

/// Title, date, form, exhibit and witness, those that are there.
fn facts(name: &str) -> String {
    let found = described(name);
    let parts = [
        Some(found.title),
        found.date.map(|date| date.to_string()),
        found.form.map(|form| form.to_string()),
        found.exhibit.map(|exhibit| exhibit.to_string()),
        found.witness,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

#[test]
fn names_give_up_their_facts() {
    for (name, wanted) in [
        ("statement_of_pc_jones_3-6-2026", "Statement of PC Jones | 2026-06-03 | MG11 | PC Jones"),
        ("MG11 Smith", "Statement of Smith | MG11 | Smith"),
        (
            "01 MG11 Siân Ŵyn 02.06.26 signed",
            "Statement of Siân Ŵyn | 2026-06-02 | MG11 | Siân Ŵyn",
        ),
        ("MG11", "Witness statement | MG11"),
        ("mg6c", "Schedule of non-sensitive unused material | MG6C"),
        ("MG6D schedule", "Schedule of sensitive unused material | MG6D"),
        ("schedule", "Schedule"),
        ("JB-1", "Exhibit JB/1 | JB/1"),
        ("JB-1 photographs of door", "Photographs of Door | JB/1"),
        ("Exhibit JS1 - CCTV stills 20260604", "CCTV Stills | 2026-06-04 | JS/1"),
        ("JB1-JB5 photographs", "JB1-JB5 Photographs"),
        ("Statement of Brown producing JB1", "Statement of Brown producing JB1"),
        ("statement of facts", "Statement of Facts"),
        ("charge sheet", "Charge Sheet | MG4"),
        ("02 Case summary signed", "Case summary signed | MG5"),
        ("MG15 ROTI Blake 3 June 2026", "ROTI Blake | 2026-06-03 | MG15"),
        ("Świadek_Łukasz_Żak", "Świadek Łukasz Żak"),
        ("03_plan", "Plan"),
        ("12 photographs", "12 Photographs"),
        ("2026-06-04", "2026-06-04 | 2026-06-04"),
        ("31-02-2026 plan", "31-02-2026 Plan"),
        ("Interview 3.6.26 to 4.6.26", "Interview 3.6.26 to 4.6.26"),
        ("PNC print dob 4.5.87", "PNC Print DOB 4.5.87"),
        ("Report dated 1.6.2026", "Report | 2026-06-01"),
        ("forensic-report-2026-06-04-on-glass", "Forensic Report on Glass | 2026-06-04"),
        ("PC 1234 Smith notebook", "PC 1234 Smith notebook"),
    ] {
        assert_eq!(facts(name), wanted, "{name}");
    }
}

#[test]
fn loose_files_go_where_their_names_say_in_the_order_of_a_trial_bundle() {
    let names = [
        "Indictment.pdf",
        "MG6C.pdf",
        "MG11 Smith.pdf",
        "JB-1 photos.pdf",
        "MG15 Blake.pdf",
        "Expert report glass.pdf",
        "letter.pdf",
    ];
    assert_eq!(
        headings(&names),
        [
            "A Indictment and charges",
            "B Witness statements",
            "C Exhibits",
            "D Interview record",
            "E Expert reports",
            "F Unused material",
            "G Other documents",
        ]
    );
}

#[test]
fn folders_are_sections_and_keep_their_letters_and_order() {
    assert_eq!(
        headings(&[
            "B Witness statements/x.pdf",
            "C. Exhibits/y.pdf",
            "Section D - Plans/z.pdf",
            "indictment.pdf"
        ]),
        ["A Indictment and charges", "B Witness statements", "C Exhibits", "D Plans"]
    );
    assert_eq!(
        headings(&[
            "2 Exhibits/y.pdf",
            "10 Letters/z.pdf",
            "01 Statements/x.pdf",
            "indictment.pdf"
        ]),
        ["A Indictment and charges", "B Statements", "C Exhibits", "D Letters"]
    );
    assert_eq!(
        headings(&["A report on glass/y.pdf", "unused/z.pdf", "statements/x.pdf"]),
        ["A Statements", "B A report on glass", "C Unused"]
    );
    assert_eq!(headings(&["X/a.pdf", "Xray/b.pdf"]), ["A Xray", "X Section X"]);
}

#[test]
fn a_wrapping_folder_is_looked_through_and_loose_files_join_their_folder() {
    assert_eq!(
        outline(&[
            "evidence/scans/statements/2.pdf",
            "evidence/scans/MG11 Smith.pdf",
            "evidence/scans/exhibits/a/b.pdf"
        ]),
        [
            (
                "A".to_owned(),
                "Statements".to_owned(),
                vec![
                    "evidence/scans/statements/2.pdf".to_owned(),
                    "evidence/scans/MG11 Smith.pdf".to_owned()
                ]
            ),
            (
                "B".to_owned(),
                "Exhibits".to_owned(),
                vec!["evidence/scans/exhibits/a/b.pdf".to_owned()]
            ),
        ]
    );
    assert_eq!(headings(&["statements/1.pdf", "statements/2.pdf"]), ["A Statements"]);
    assert_eq!(
        headings(&["scans/1.pdf", "scans/MG11 Smith.pdf"]),
        ["A Witness statements", "B Other documents"]
    );
}

#[test]
fn numbers_that_all_files_start_with_only_sort() {
    let case = drafted(&["x/1 Plan.pdf", "x/2 Photographs.pdf", "x/3 Map.pdf"]);
    let titles: Vec<_> =
        case.sections[0].documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["Plan", "Photographs", "Map"]);
}

#[test]
fn a_second_document_does_not_take_the_reference_of_the_first() {
    let proposal = propose(&paths(&["JB-1 front.pdf", "JB1 back.pdf"]));
    assert_eq!(
        proposal.notes,
        ["JB1 back.pdf: exhibit JB/1 is the reference of another document, so it is not filled in"]
    );
    let case = drafted(&["JB-1 front.pdf", "JB1 back.pdf"]);
    assert_eq!(case.sections[0].documents[1].title, "Back (JB/1)");
}

#[test]
fn the_folder_names_the_case() {
    let heading = |hint: &str| {
        let case = case(&write::manifest(&propose(&[]), hint));
        (case.title, case.urn.map(|urn| urn.to_string()))
    };
    let urn = Some("01AB1234526".to_owned());
    assert_eq!(heading("R v Blake 01AB1234526"), ("R v Blake".to_owned(), urn.clone()));
    assert_eq!(heading("01ab1234526_r_-v-_blake"), ("R v Blake".to_owned(), urn.clone()));
    assert_eq!(heading("01AB1234526"), ("Untitled case".to_owned(), urn));
    assert_eq!(heading("blake & nowak (2)"), ("Blake & Nowak (2)".to_owned(), None));
    assert_eq!(heading(""), ("Untitled case".to_owned(), None));
}

#[test]
fn the_lines_to_fill_in_are_right_once_the_hash_is_gone() {
    let toml = write::manifest(&propose(&paths(&["a.pdf"])), "x");
    let is_key = |rest: &str| {
        rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    };
    let filled: Vec<_> = toml
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line))
        .collect();
    let case = case(&filled.join("\n"));
    assert!(case.urn.is_some() && case.court.is_some() && case.hearing.is_some());
    assert!(case.sections[0].documents[1].expected);
    assert_eq!(case.sections[0].documents[1].supplier.as_deref(), Some("police"));
}

#[test]
fn what_is_not_evidence_is_left_out_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for folder in ["out", "statements", ".git", "other case"] {
        fs::create_dir(root.join(folder)).unwrap();
    }
    for file in [
        "statements/10.pdf",
        "statements/2.PDF",
        "out/bundle.pdf",
        ".git/x.pdf",
        "other case/bundle.toml",
        "other case/x.pdf",
        "Thumbs.db",
        ".DS_Store",
        "notes.docx",
        "old.pdf",
        "old.pdf.json",
        "bundle.toml",
    ] {
        fs::write(root.join(file), "").unwrap();
    }
    let draft = draft(root, "R v Blake").unwrap();
    assert_eq!(
        draft.notes,
        [
            "left out .DS_Store: a hidden file",
            "left out .git: a hidden folder",
            "left out notes.docx: not a PDF",
            "left out old.pdf: a bundle made earlier",
            "left out other case: a case with a manifest of its own",
            "left out out: the folder for finished bundles",
            "left out Thumbs.db: a file of the operating system",
        ]
    );
    assert_eq!(draft.documents, 2);
    let sections = case(&draft.toml).sections;
    let files: Vec<_> =
        sections[0].documents.iter().map(|document| document.file.clone().unwrap()).collect();
    assert_eq!(files, [Path::new("statements/2.PDF"), Path::new("statements/10.pdf")]);
}

// The disks of other systems refuse names that are not UTF-8.
#[cfg(target_os = "linux")]
#[test]
fn names_that_a_manifest_cannot_hold_and_links_that_loop_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("sub")).unwrap();
    std::os::unix::fs::symlink("..", root.join("sub/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere.pdf", root.join("dangling.pdf")).unwrap();
    for name in [b"a\\b.pdf".as_slice(), b"bell\x07.pdf", b"caf\xe9.pdf", b"B: x.pdf", b"fine.pdf"]
    {
        fs::write(root.join(std::ffi::OsStr::from_bytes(name)), "").unwrap();
    }
    let draft = draft(root, "x").unwrap();
    assert_eq!(draft.documents, 1);
    assert_eq!(draft.notes.len(), 6, "{:#?}", draft.notes);
    for shown in
        ["a\\b.pdf", "bell\\u{7}.pdf", "caf\u{fffd}.pdf", "B: x.pdf", "sub/loop", "dangling.pdf"]
    {
        assert!(draft.notes.iter().any(|note| note.contains(shown)), "{shown}: {:#?}", draft.notes);
    }
    case(&draft.toml);
}

#[test]
fn a_folder_that_is_none_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    assert!(matches!(draft(&missing, "x"), Err(DraftError::NotAFolder(_))));
    let empty = draft(folder.path(), "x").unwrap();
    assert_eq!((empty.documents, empty.notes.len()), (0, 0));
    case(&empty.toml);
}

/// Every part that names are made of, and some that break programs.
const PARTS: [&str; 48] = [
    "a",
    "MG11",
    "mg 6c",
    "MG",
    "JB-1",
    "JB1",
    "JB/",
    "statement of",
    "Statement_of",
    "MG11 MG12",
    "3-6-2026",
    "31.02.26",
    "June",
    "2026",
    "20260604",
    "01",
    "1",
    "99",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "#",
    "=",
    "[[",
    "]]",
    "{urn}",
    "\u{202e}",
    "\u{200b}",
    "ŵ",
    "Ł",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "🔨",
    "-",
    "_",
    " ",
    "  ",
    ".",
    "..",
    "(",
    ")",
    "exhibit",
    "dated",
    "of",
];

/// A small generator with a fixed seed: the same odd names in every run.
struct Odd(u64);

impl Odd {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn name(&mut self) -> String {
        (0..=self.below(6)).map(|_| PARTS[self.below(PARTS.len())].replace('/', " ")).collect()
    }

    fn path(&mut self) -> String {
        let folders: String = (0..self.below(3)).map(|_| format!("{}/", self.name())).collect();
        format!("{folders}{}.pdf", self.name())
    }
}

#[test]
fn whatever_the_names_every_file_is_drafted_once_with_a_title() {
    let mut odd = Odd(7);
    for _ in 0..300 {
        let mut names: Vec<_> =
            (0..12).map(|_| odd.path()).filter(|path| manifest::paths::can_hold(path)).collect();
        names.sort();
        names.dedup();
        let files: Vec<_> = names.iter().map(|name| RelPath(name.clone())).collect();
        let toml = write::manifest(&propose(&files), &odd.name());
        let case = case(&toml);
        let documents = case.sections.iter().flat_map(|section| &section.documents);
        let mut listed: Vec<_> = documents
            .clone()
            .map(|document| document.file.clone().unwrap().into_os_string().into_string().unwrap())
            .collect();
        listed.sort();
        assert_eq!(listed, names);
        assert!(documents.clone().all(|document| !document.title.trim().is_empty()));
        let unknown = |finding: &Finding| finding.code == crate::model::Code::UnknownKey;
        assert!(!manifest::parse(&toml, Path::new("b.toml")).findings.iter().any(unknown));
    }
}

#[test]
fn more_folders_than_letters_lose_no_file() {
    let names: Vec<_> = (0..800).map(|number| format!("folder {number}/x.pdf")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let sections = drafted(&names).sections;
    assert_eq!((sections.len(), sections[26].letter.as_str()), (702, "AA"));
    assert_eq!(sections.iter().map(|section| section.documents.len()).sum::<usize>(), 800);
}
