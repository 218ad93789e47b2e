//! Encrypted documents: with a password from the environment, with a wrong one, and those of which
//! only the attachments are encrypted.

use std::fs;

use serde_json::Value;

use crate::support::case::{Case, Run, codes, findings, program, text};
use crate::support::look::words_behind_index;

const PASSWORD: &str = "letmein";

/// Runs the program with some environment variables.
fn run_with(case: &Case, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = program(case.folder());
    let output = command.args(arguments).envs(variables.iter().copied()).output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn checked(case: &Case, variables: &[(&str, &str)]) -> Value {
    let run = run_with(case, &["check", "--format", "json"], variables);
    assert!(!run.out.contains(PASSWORD) && !run.err.contains(PASSWORD));
    run.json()["cases"][0].clone()
}

/// A case of one locked document; the names of the fixtures give the password away.
fn locked(fixture: &str, lines: &str) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", lines)]);
    case.copy(&format!("fixtures/{fixture}"), "1 dark.pdf");
    case
}

const LOCKED: [&str; 7] = [
    "producers/enc-rc4-40-letmein.pdf",
    "producers/enc-rc4-128-letmein.pdf",
    "producers/enc-rc4-128-v4-letmein.pdf",
    "producers/enc-aes-128-letmein.pdf",
    "producers/enc-aes-256-r5-letmein.pdf",
    "producers/enc-aes-256-letmein.pdf",
    "broken/password.pdf",
];

#[test]
fn every_kind_of_encryption_opens_with_the_password_of_the_environment() {
    for fixture in LOCKED {
        let case = locked(fixture, "password_env = \"LOCK\"\ndate = 2026-01-01");
        let report = checked(&case, &[("LOCK", PASSWORD)]);
        assert_eq!(report["documents"][0]["state"], "present", "{fixture}: {report}");
        assert_eq!(codes(&report), ["document-decrypted"], "{fixture}");
        let found = findings(&report, "document-decrypted");
        assert!(text(found[0], "message").starts_with("it was opened with the password given"));
        let run = run_with(&case, &["build"], &[("LOCK", PASSWORD)]);
        run.expect(0);
        assert!(!run.out.contains(PASSWORD) && !run.err.contains(PASSWORD));
        for file in case.files().iter().filter(|file| file.starts_with("out/")) {
            let bytes = case.read(file);
            let shows = bytes.windows(PASSWORD.len()).any(|part| part == PASSWORD.as_bytes());
            assert!(!shows, "{file}");
        }
    }
}

#[test]
fn the_owner_password_opens_a_document_too() {
    let case = locked(LOCKED[3], "password_env = \"LOCK\"");
    let report = checked(&case, &[("LOCK", "owner")]);
    assert_eq!(report["documents"][0]["state"], "present", "{report}");
}

#[test]
fn one_variable_can_serve_the_whole_case() {
    let dark = ("producers/dark.pdf", "");
    let case = Case::listing(&[dark, dark, dark]);
    case.copy(&format!("fixtures/{}", LOCKED[0]), "1 dark.pdf");
    case.copy(&format!("fixtures/{}", LOCKED[5]), "2 dark.pdf");
    case.edit("title = \"R v Test\"", "title = \"R v Test\"\npassword_env = \"LOCK\"");
    let report = checked(&case, &[("LOCK", PASSWORD)]);
    assert_eq!(findings(&report, "document-decrypted").len(), 2);
    assert_eq!(report["ready"], true);
}

#[test]
fn a_password_that_is_not_set_or_wrong_is_told_with_the_name_of_the_variable() {
    let case = locked(LOCKED[5], "password_env = \"LOCK\"");
    for (variables, message) in [
        (
            &[][..],
            "encrypted: it opens only with a password, and the environment variable LOCK is not set",
        ),
        (
            &[("LOCK", "guess")][..],
            "encrypted: the password in the environment variable LOCK does not open it",
        ),
    ] {
        let report = checked(&case, variables);
        let found = findings(&report, "document-unreadable");
        assert_eq!(text(found[0], "message"), message);
        assert!(found[0]["hint"].is_string());
        let run = run_with(&case, &["build"], variables);
        run.expect(2).says(message);
        assert!(!run.err.contains("guess"));
    }
}

#[test]
fn a_password_in_the_manifest_itself_is_refused_and_not_shown() {
    let case = locked(LOCKED[5], "password_env = \"let me in!\"");
    let run = case.run(&["check"]);
    run.expect(2).says("must be the name of an environment variable");
    assert!(!run.err.contains("let me in"));
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let case = locked(LOCKED[5], "");
    let run = case.run(&["build"]);
    run.expect(2).says("it opens only with a password");
    assert!(!run.err.contains("Enter to go on"));
}

#[test]
fn encrypted_attachments_do_not_keep_the_pages_shut() {
    let case = Case::listing(&[("producers/enc-attachments-only.pdf", "date = 2026-01-01")]);
    let report = case.checked(0);
    assert_eq!(codes(&report), ["document-decrypted", "attachment-dropped", "attachment-dropped"]);
    let found = findings(&report, "document-decrypted");
    assert!(text(found[0], "message").starts_with("files attached to it are encrypted"));
    let (record, reader) = case.built();
    assert_eq!(findings(&record, "page-scaled").len(), 0, "its pages were looked at");
    assert!(!reader.holds("/EmbeddedFile"));
    assert!(!reader.holds("/Crypt"));
}

/// The bytes with the last of some parts replaced.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).rposition(|part| part == from);
    let (before, after) = bytes.split_at(at.unwrap());
    [before, to, &after[from.len()..]].concat()
}

#[test]
fn the_encryption_may_stand_in_the_trailer_or_in_several_objects() {
    let case = locked(LOCKED[3], "password_env = \"LOCK\"");
    let whole = case.read("1 dark.pdf");
    let find = |part: &[u8]| whole.windows(part.len()).rposition(|bytes| bytes == part).unwrap();
    let dictionary = &whole[find(b"54 0 obj\n") + 9..];
    let end = dictionary.windows(7).position(|bytes| bytes == b"\nendobj").unwrap();
    let dictionary = &dictionary[..end];
    let mark = b"/Encrypt 54 0 R";
    let direct = replaced(&whole, mark, &[b"/Encrypt ", dictionary].concat());
    let filters = b"/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV2 /Length 16 >> >>";
    // The table does not know the new object, so it goes.
    let object = b"\n55 0 obj\n<< /StdCF << /AuthEvent /DocOpen /CFM /AESV2 /Length 16 >> >>\nendobj\nlost\n";
    let scattered = replaced(&replaced(&whole, filters, b"/CF 55 0 R"), b"\nxref\n", object);
    for bytes in [direct, scattered] {
        case.write("1 dark.pdf", bytes);
        let report = checked(&case, &[("LOCK", PASSWORD)]);
        assert_eq!(report["documents"][0]["pages"], 2, "{report}");
        assert!(codes(&report).contains(&"document-decrypted"));
        run_with(&case, &["build"], &[("LOCK", PASSWORD)]).expect(0);
        let words = words_behind_index(&case.path("out/test.pdf"));
        assert!(words[0].contains("Firstsection"), "{words:?}");
        let report = checked(&case, &[("LOCK", "guess")]);
        let found = findings(&report, "document-unreadable");
        assert!(text(found[0], "message").contains("LOCK does not open it"), "{report}");
    }
}

/// The content of the first page stands behind a header that is misspelt, so it is read once more, and decrypted.
#[test]
fn a_faulty_object_of_an_encrypted_file_is_read_and_decrypted() {
    for fixture in LOCKED.iter().filter(|name| name.starts_with("producers/")) {
        let case = locked(fixture, "password_env = \"LOCK\"");
        let words = |case: &Case| words_behind_index(&case.path("out/test.pdf")).concat();
        let build = |case: &Case| {
            let run = run_with(case, &["build", "--force"], &[("LOCK", PASSWORD)]);
            assert_eq!(run.code, Some(0), "{fixture}: {}", run.err);
            run.err
        };
        assert!(!build(&case).contains("damaged"), "{fixture}");
        let whole = words(&case);
        assert!(whole.len() > 100, "{fixture}: {whole}");

        let mut pdf = fs::read(case.path("1 dark.pdf")).unwrap();
        let header = b"\n24 0 obj";
        let at = pdf.windows(header.len()).position(|found| found == header);
        pdf[at.unwrap() + 8] = b'x';
        case.write("1 dark.pdf", &pdf);
        assert!(build(&case).contains("read as far as they make sense"), "{fixture}");
        assert_eq!(words(&case), whole, "{fixture}");
    }
}
