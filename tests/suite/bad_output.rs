//! Places where a bundle cannot or must not be written.

use std::fs;

use crate::support::case::{Case, codes, findings, text};

fn case(output: &str) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.edit("out/test.pdf", output);
    case
}

/// The build fails with a message and a hint, and no file is added or changed.
fn assert_unwritable(case: &Case, output: &str, reason: &str) {
    let before = case.files();
    let record = case.build(&[], 2);
    let finding = findings(&record, "output-unwritable")[0];
    let message = text(finding, "message");
    assert!(message.starts_with(&format!("{output}: ")) && message.contains(reason), "{message}");
    assert!(finding["hint"].is_string());
    assert_eq!(record["sha256"], serde_json::Value::Null);
    assert_eq!(case.files(), before);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let case = case("out/test.pdf");
    case.write("out", "a file where the folder should be");
    assert_unwritable(&case, "out/test.pdf", "cannot be written");
    assert_eq!(case.read("out"), b"a file where the folder should be");
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_to_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let case = case("out/test.pdf");
    fs::create_dir(case.path("out")).unwrap();
    fs::set_permissions(case.path("out"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(case.path("out/probe"), "").is_ok() {
        // Root may write anywhere, so there is nothing to refuse.
        fs::remove_file(case.path("out/probe")).unwrap();
        case.run(&["build"]).expect(0);
    } else {
        assert_unwritable(&case, "out/test.pdf", "cannot be written");
    }
    fs::set_permissions(case.path("out"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_folder_in_place_of_the_bundle_is_named() {
    let case = case("out/test.pdf");
    fs::create_dir_all(case.path("out/test.pdf")).unwrap();
    assert_unwritable(&case, "out/test.pdf", "a folder of this name");
}

#[test]
fn a_folder_in_place_of_the_record_leaves_the_last_bundle_as_it_was() {
    let case = case("out/test.pdf");
    case.run(&["build"]).expect(0);
    let before = case.read("out/test.pdf");
    fs::remove_file(case.path("out/test.pdf.json")).unwrap();
    fs::create_dir(case.path("out/test.pdf.json")).unwrap();
    case.edit("R v Test", "R v Best");
    assert_unwritable(&case, "out/test.pdf", "of the record beside it, is in the way");
    assert!(case.read("out/test.pdf") == before, "a bundle without its record");
}

#[test]
#[cfg(unix)]
fn an_input_is_not_overwritten_through_a_link() {
    use std::os::unix::fs::symlink;
    let through_file = case("out/test.pdf");
    fs::create_dir(through_file.path("out")).unwrap();
    symlink("../1 dark.pdf", through_file.path("out/test.pdf")).unwrap();
    let through_folder = case("out/1 dark.pdf");
    symlink(".", through_folder.path("out")).unwrap();
    for case in [through_file, through_folder] {
        let before = (case.files(), case.read("1 dark.pdf"));
        let record = case.build(&[], 2);
        assert!(codes(&record).contains(&"output-is-input"), "{record}");
        assert_eq!((case.files(), case.read("1 dark.pdf")), before);
    }
}

#[test]
fn an_input_is_not_overwritten_by_another_spelling() {
    for output in ["1 dark.pdf", "./1 dark.pdf", "out/../1 dark.pdf"] {
        let case = case(output);
        let before = (case.files(), case.read("1 dark.pdf"));
        let record = case.build(&[], 2);
        assert_eq!(codes(&record), ["output-is-input"], "{output}");
        assert_eq!((case.files(), case.read("1 dark.pdf")), before);
    }
}

#[test]
fn two_bundles_of_a_case_never_share_an_output() {
    for output in ["out/test.pdf", "out/./test.pdf", "out/x/../test.pdf", "out/TEST.pdf"] {
        let case = case("out/test.pdf");
        case.append(&format!("\n[[bundle]]\nname = \"jury\"\noutput = \"{output}\"\n"));
        let record = case.build(&[], 2);
        assert_eq!(codes(&record), ["duplicate-output"], "{output}");
        assert!(!case.path("out").exists());
    }
}

#[test]
fn two_cases_never_share_an_output() {
    let case = Case::empty();
    for (folder, title) in [("one", "R v One"), ("two", "R v Two")] {
        case.copy("fixtures/producers/dark.pdf", &format!("{folder}/a.pdf"));
        case.write(
            &format!("{folder}/bundle.toml"),
            format!(
                "[case]\ntitle = \"{title}\"\nallow_outside = true\n[[bundle]]\noutput = \"../all/bundle.pdf\"\n\
                 [[section]]\nletter = \"A\"\n[[section.document]]\nfile = \"a.pdf\"\n"
            ),
        );
    }
    let run = case.run(&["build"]);
    run.expect(2).says("two/bundle.toml").says("one/bundle.toml");
}

#[test]
#[cfg(unix)]
fn a_bundle_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let case = case("out/test.pdf");
    case.run(&["build"]).expect(0);
    case.write("out/other", "");
    let mode = |file: &str| fs::metadata(case.path(file)).unwrap().permissions().mode();
    assert_eq!(mode("out/test.pdf"), mode("out/other"));
    assert_eq!(mode("out/test.pdf.json"), mode("out/other"));
}

#[test]
fn a_table_in_a_file_is_marked_for_spreadsheets() {
    let case = case("out/test.pdf");
    case.run(&["list", "--format", "csv", "--output", "list.csv", "."]);
    let mark = "\u{feff}".as_bytes();
    assert!(case.read("list.csv").starts_with(mark));
    case.run(&["list", "--format", "html", "--output", "list.html", "."]);
    assert!(!case.read("list.html").starts_with(mark));
}
