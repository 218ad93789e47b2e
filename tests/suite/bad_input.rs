//! Manifests and documents that nobody should send, and do.

use std::fs;

use crate::support::case::{Case, array, findings, text};
use crate::support::paper;

/// A case of one document under a name, which a test then makes wrong.
pub fn one(file: &str) -> Case {
    Case::with_manifest(format!(
        "[case]\ntitle = \"R v X\"\n[[bundle]]\noutput = \"out/x.pdf\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"The document\"\nfile = \"{file}\"\n"
    ))
}

/// Check and build say the same of the document, with what to do, and write nothing.
fn assert_refused(case: &Case, file: &str, message: &str) {
    let report = case.checked(2);
    let finding = findings(&report, "document-unreadable")[0];
    assert_eq!(text(finding, "message"), message);
    assert!(finding["hint"].is_string());
    assert_eq!(array(&report, "documents")[0]["state"], "unreadable");
    let before = case.files();
    case.run(&["build", "--allow-missing"]).expect(2).says(&format!(
        "error: bundle.toml: section A, \"The document\" ({file}): {message}\n  hint: "
    ));
    assert_eq!(case.files(), before);
}

#[test]
fn a_manifest_that_is_not_there_is_named() {
    let case = Case::empty();
    for command in ["check", "build"] {
        case.run(&[command, "bundle.toml"]).expect(2).says("bundle.toml: cannot be opened");
    }
}

#[test]
fn a_file_that_an_option_names_and_that_is_not_there_is_told_in_plain_words() {
    let case = Case::empty();
    let options: [&[&str]; 3] = [
        &["allocate", "--rooms", "none.toml", "."],
        &["rules", "--rules-file", "none.toml"],
        &["standards", "--standards-file", "none.toml"],
    ];
    for options in options {
        let told = "error: none.toml: there is no such file or folder\n  hint: check the path";
        case.run(options).expect(2).says(told);
    }
}

#[test]
fn manifests_that_are_no_text_say_so() {
    for (bytes, message) in [
        (b"".as_slice(), "the manifest is empty"),
        (b" \n\t\n", "the manifest is empty"),
        (b"Dear Sir or Madam,\n", "bundle.toml:1:"),
        (b"[case]\ntitle = \"R v \xE9\"\n", "the manifest is not UTF-8"),
        (b"[case]\ntitle = \"R v \0\"\n", "the manifest holds a NUL byte"),
        (b"%PDF-1.7\n", "bundle.toml:1:"),
        (b"\xFF\xFE[\0c\0a\0s\0e\0]\0", "UTF-16"),
    ] {
        let case = Case::with_manifest(bytes);
        case.run(&["check"]).expect(2).says(message);
        case.run(&["build"]).expect(2).says(message);
        assert_eq!(case.files(), ["bundle.toml"]);
    }
}

#[test]
fn nesting_without_end_is_an_error_and_no_crash() {
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    Case::with_manifest(deep).run(&["check"]).expect(2).says("bundle.toml");
    let wide = format!("[case]\ntitle = \"{}\"\n", "x".repeat(5_000_000));
    Case::with_manifest(wide).run(&["check"]).expect(2).says("bundle.toml");
}

#[test]
fn a_folder_in_place_of_a_document_is_named() {
    let case = one("statements");
    fs::create_dir(case.path("statements")).unwrap();
    assert_refused(&case, "statements", "this is a folder, not a file");
}

#[test]
fn documents_that_are_no_pdf_are_named_with_what_they_are() {
    for (bytes, message) in [
        (b"Dear Sir or Madam,\n".as_slice(), "not a PDF: it is a text file"),
        (b"", "the file is empty (0 bytes)"),
        (b"PK\x03\x04rest", "not a PDF: it is a Word, Excel or zip file"),
        (b"\xFF\xD8\xFF\xE0JFIF", "not a PDF: it is a JPEG picture"),
        (b"<!DOCTYPE html><p>Sign in", "not a PDF: it is a web page"),
        (b"<!doctype HTML>\n<p>Sign in", "not a PDF: it is a web page"),
        (&[0; 4000], "not a PDF: it holds nothing but zeros"),
    ] {
        let case = one("x.pdf");
        case.write("x.pdf", bytes);
        assert_refused(&case, "x.pdf", message);
    }
}

#[test]
fn a_document_cut_off_anywhere_is_never_taken_for_whole() {
    let whole = paper::pdf(12, "Page", 300);
    let pages = 12;
    for part in [5, 30, 50, 70, 90, 97] {
        let case = one("x.pdf");
        case.write("x.pdf", &whole[..whole.len() * part / 100]);
        let run = case.run(&["check", "--format", "json"]);
        let report = run.json();
        let document = &array(&array(&report, "cases")[0], "documents")[0];
        if document["state"] == "present" {
            assert_eq!(document["pages"], pages, "cut off at {part} %");
            assert_eq!(findings(&array(&report, "cases")[0], "document-repaired").len(), 1);
        } else {
            run.expect(2);
            assert_eq!(document["state"], "unreadable", "cut off at {part} %");
        }
    }
    let case = one("x.pdf");
    case.write("x.pdf", &whole[..whole.len() / 2]);
    case.run(&["build"]).expect(2).says("(x.pdf): damaged: ");
}

#[test]
fn a_document_with_a_password_is_named() {
    for fixture in ["broken/password.pdf", "producers/enc-aes-256-letmein.pdf"] {
        let case = one("x.pdf");
        case.copy(&format!("fixtures/{fixture}"), "x.pdf");
        assert_refused(&case, "x.pdf", "encrypted: it opens only with a password");
    }
}

#[test]
#[cfg(unix)]
fn links_that_lead_in_a_circle_or_out_of_the_folder_are_named() {
    use std::os::unix::fs::symlink;
    let case = one("x.pdf");
    symlink("y.pdf", case.path("x.pdf")).unwrap();
    symlink("x.pdf", case.path("y.pdf")).unwrap();
    assert_refused(&case, "x.pdf", "this link leads back to itself");

    let elsewhere = Case::empty();
    elsewhere.copy("fixtures/producers/dark.pdf", "secret.pdf");
    let case = one("x.pdf");
    symlink(elsewhere.path("secret.pdf"), case.path("x.pdf")).unwrap();
    assert_refused(&case, "x.pdf", "it lies outside the folder of the case");
    let case = one("linked/secret.pdf");
    symlink(elsewhere.folder(), case.path("linked")).unwrap();
    assert_refused(&case, "linked/secret.pdf", "it lies outside the folder of the case");
    case.edit("title = \"R v X\"", "title = \"R v X\"\nallow_outside = true");
    case.run(&["build"]).expect(0);

    let case = one("x.pdf");
    symlink("nowhere.pdf", case.path("x.pdf")).unwrap();
    assert_eq!(array(&case.checked(1), "documents")[0]["state"], "missing");
}

#[test]
#[cfg(unix)]
fn folders_that_hold_themselves_are_walked_once() {
    let case = Case::fixture("case-complete");
    std::os::unix::fs::symlink(case.folder(), case.path("statements/again")).unwrap();
    case.run(&["check"]).expect(0);
    let case = Case::fixture("to-init");
    std::os::unix::fs::symlink(case.folder(), case.path("Exhibits/again")).unwrap();
    case.run(&["init"]).expect(0).shows("11 documents");
}

#[test]
#[cfg(unix)]
fn a_pipe_in_place_of_a_document_does_not_make_the_program_wait() {
    let case = one("x.pdf");
    let made = std::process::Command::new("mkfifo").arg(case.path("x.pdf")).status();
    assert!(made.unwrap().success());
    let report = case.checked(2);
    let finding = findings(&report, "document-unreadable")[0];
    assert_eq!(text(finding, "message"), "this is not an ordinary file");
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let case = Case::fixture("case-broken");
    case.append(
        "\n[[section.document]]\ntitle = \"Absent\"\nfile = \"absent.pdf\"\nform = \"notice\"\n",
    );
    let run = case.run(&["build"]);
    run.expect(2);
    assert_eq!(run.err.lines().filter(|line| line.starts_with("error: ")).count(), 5);
}

/// A manifest of ten thousand documents of one section.
fn ten_thousand() -> Case {
    let mut manifest = String::from("[case]\ntitle = \"R v Many\"\n[[section]]\nletter = \"A\"\n");
    for number in 1..=10_000 {
        manifest.push_str(&format!(
            "[[section.document]]\nfile = \"papers/{number}.pdf\"\ndate = 2026-01-01\n"
        ));
    }
    Case::with_manifest(manifest)
}

#[test]
fn ten_thousand_documents_are_checked() {
    let case = ten_thousand();
    case.write("papers/1.pdf", paper::pdf(1, "Page", 0));
    for number in 2..=10_000 {
        let copy = case.path(&format!("papers/{number}.pdf"));
        fs::hard_link(case.path("papers/1.pdf"), copy).unwrap();
    }
    let report = case.checked(0);
    assert_eq!(array(&report, "documents").len(), 10_000);
    assert_eq!(findings(&report, "same-file").len(), 9_999);
}

#[test]
fn ten_thousand_missing_documents_are_all_named() {
    let case = ten_thousand();
    for number in 1..=20 {
        case.write(&format!("Papers of the police/{number}.pdf"), "");
    }
    let report = case.checked(1);
    assert_eq!(findings(&report, "document-missing").len(), 10_000);
}
