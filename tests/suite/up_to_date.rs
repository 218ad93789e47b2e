//! `build` over what was built before: what has not changed stays as it is, and nothing else does.

use std::fs::{self, FileTimes};
use std::path::Path;

use serde_json::Value;

use crate::list::TODAY;
use crate::support::case::{Case, array, codes, findings, text};

/// Builds the only bundle, and says what became of it.
fn state(case: &Case, arguments: &[&str]) -> String {
    let run = case.run(&[&["build", "--format", "json"], arguments].concat());
    text(&run.json()["bundles"][0], "state").to_owned()
}

/// Asserts that a bundle that is up to date is not after a change, and is again after the build.
#[track_caller]
fn assert_rebuilt_after(case: &Case, change: impl FnOnce(&Case)) {
    assert_eq!(state(case, &[]), "up-to-date");
    change(case);
    assert_eq!(state(case, &[]), "built");
    assert_eq!(state(case, &[]), "up-to-date");
}

/// What tells a file that was written anew from one that was not.
fn identity(path: &Path) -> (std::time::SystemTime, u64) {
    let metadata = fs::metadata(path).unwrap();
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = 0;
    (metadata.modified().unwrap(), number)
}

/// The case, which stands built, and its output.
fn built() -> (Case, String) {
    let case = Case::fixture("case-complete");
    let record = case.build(&[], 0);
    assert_eq!(record["state"], "built");
    (case, text(&record, "output").to_owned())
}

/// Everything that scripts are told of a bundle, but for what became of it.
fn without_state(mut row: Value) -> Value {
    row.as_object_mut().unwrap().remove("state");
    row
}

#[test]
fn nothing_is_written_where_nothing_has_changed_and_force_builds_all_the_same() {
    let (case, output) = built();
    let record = format!("{output}.json");
    let files = [case.path(&output), case.path(&record)];
    let identities = || files.iter().map(|file| identity(file)).collect::<Vec<_>>();
    let (bytes, before) = (case.read(&record), identities());
    for arguments in [&[] as &[&str], &["--jobs", "1"], &["--bundle", "trial"], &["."]] {
        assert_eq!(state(&case, arguments), "up-to-date", "{arguments:?}");
        assert_eq!(identities(), before, "{arguments:?}");
    }
    case.run(&["build"]).expect(0).shows(
        "Up to date R v Example (01AB0000126), Crown Court at Leeds: Trial bundle, 8 pages, ",
    );
    // The text of an up-to-date bundle differs from that of one built by its first words alone.
    let [kept, forced] = [case.run(&["build"]), case.run(&["build", "--force"])];
    assert_eq!(kept.out.replace("Up to date", "Built"), forced.out);
    assert_eq!(kept.err, forced.err);
    assert_ne!(identities(), before);
    assert!(case.read(&record) == bytes, "the record is the same");
    assert_eq!(state(&case, &["--dry-run"]), "planned");
}

#[test]
fn what_was_found_is_told_again_and_counts_again() {
    for (fixture, arguments, code) in [
        ("case-complete", &[] as &[&str], 0),
        ("case-missing", &["--allow-missing"], 1),
        ("case-placeholders", &[], 1),
        ("case-youth-welsh", &[], 0),
        ("case-prefix", &[], 0),
    ] {
        let case = Case::fixture(fixture);
        let first = case.build(arguments, code);
        let again = case.build(arguments, code);
        assert_eq!(again["state"], "up-to-date", "{fixture}");
        assert_eq!(again["exit_code"], code, "{fixture}");
        assert_eq!(without_state(again), without_state(first), "{fixture}");
        let kept = case.run(&[&["build"], arguments].concat());
        let forced = case.run(&[&["build", "--force"], arguments].concat());
        assert_eq!(kept.expect(code).err, forced.expect(code).err, "{fixture}");
    }
}

#[test]
fn documents_that_are_left_out_are_told_again_and_stay_out_of_the_record() {
    let case = Case::fixture("case-complete");
    case.edit(
        "file = \"statements/smith.pdf\"\n",
        "file = \"statements/smith.pdf\"\naudiences = [\"prosecution\"]\n",
    );
    let first = case.build(&[], 0);
    assert_eq!(findings(&first, "not-served").len(), 1, "{:?}", codes(&first));
    let again = case.build(&[], 0);
    assert_eq!(again["state"], "up-to-date");
    assert_eq!(without_state(again), without_state(first.clone()));
    let record = case.read(&format!("{}.json", text(&first, "output")));
    let record: Value = serde_json::from_slice(&record).unwrap();
    assert_eq!(findings(&record, "not-served").len(), 0);
}

#[test]
fn names_that_come_near_a_missing_document_are_looked_for_again() {
    let case = Case::fixture("case-missing");
    case.build(&["--allow-missing"], 1);
    let hint = |record: &Value| text(findings(record, "document-missing")[0], "hint").to_owned();
    let before = hint(&case.build(&["--allow-missing"], 1));
    assert!(before.contains("MG11 Smyth.pdf"), "{before}");
    fs::remove_file(case.path("statements/MG11 Smyth.pdf")).unwrap();
    let again = case.build(&["--allow-missing"], 1);
    assert_eq!(again["state"], "up-to-date", "no file of the bundle");
    assert!(!hint(&again).contains("MG11 Smyth.pdf"), "{}", hint(&again));
    case.run(&["build", "--force", "--allow-missing"]).says(&hint(&again));
}

#[test]
fn a_source_that_changes_is_seen_though_its_size_and_time_are_the_same() {
    let (case, _) = built();
    assert_rebuilt_after(&case, |case| {
        let path = case.path("statements/smith.pdf");
        let (mut bytes, time) = (fs::read(&path).unwrap(), identity(&path).0);
        // Beyond the end mark of a PDF nothing has a meaning.
        let last = bytes.last_mut().unwrap();
        *last = if *last == b'\n' { b' ' } else { b'\n' };
        fs::write(&path, bytes).unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_times(FileTimes::new().set_modified(time)).unwrap();
        assert_eq!(identity(&path).0, time);
    });
}

#[test]
fn a_manifest_that_changes_is_seen() {
    let (case, _) = built();
    assert_rebuilt_after(&case, |case| case.append("# a remark\n"));
}

#[test]
fn a_bundle_that_is_replaced_cut_or_deleted_is_built_again() {
    let (case, output) = built();
    let whole = case.read(&output);
    assert_rebuilt_after(&case, |case| case.write(&output, "another file"));
    assert_rebuilt_after(&case, |case| case.write(&output, &whole[..whole.len() - 1]));
    assert_rebuilt_after(&case, |case| {
        let mut touched = whole.clone();
        touched[1000] ^= 1;
        case.write(&output, touched);
    });
    assert_rebuilt_after(&case, |case| fs::remove_file(case.path(&output)).unwrap());
    assert!(case.read(&output) == whole);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_bundle_is_replaced() {
    let (case, output) = built();
    assert_rebuilt_after(&case, |case| {
        fs::rename(case.path(&output), case.path("elsewhere.pdf")).unwrap();
        std::os::unix::fs::symlink(case.path("elsewhere.pdf"), case.path(&output)).unwrap();
    });
    assert!(fs::symlink_metadata(case.path(&output)).unwrap().is_file());
}

#[test]
fn a_record_that_was_edited_damaged_or_deleted_is_not_trusted() {
    let (case, output) = built();
    let path = format!("{output}.json");
    let record = String::from_utf8(case.read(&path)).unwrap();
    let inputs = {
        let record: Value = serde_json::from_str(&record).unwrap();
        text(&record, "inputs").to_owned()
    };
    let edited = [
        record.replace("\"pages\": 8", "\"pages\": 9"),
        record.replace("\"first_page\": 3", "\"first_page\": 4"),
        record.replacen("\"severity\": \"warning\"", "\"severity\": \"info\"", 1) + " ",
        record.replace("\"version\": 1", "\"version\": 2"),
        record.replace(&inputs, &"0".repeat(64)),
        record.replace(&format!("\"{inputs}\""), "null"),
        record.replace("\"inputs\"", "\"input\""),
        record.replace("\n  \"", "\n \""),
        record[..record.len() / 2].to_owned(),
        String::new(),
    ];
    for edited in edited {
        assert_ne!(edited, record);
        assert_rebuilt_after(&case, |case| case.write(&path, &edited));
        assert!(case.read(&path) == record.as_bytes());
    }
    assert_rebuilt_after(&case, |case| fs::remove_file(case.path(&path)).unwrap());
}

#[test]
fn flags_that_decide_what_a_bundle_is_are_part_of_it() {
    let (case, _) = built();
    for flags in [
        &["--allow-missing"] as &[&str],
        &["--allow-damaged"],
        &["--allow-missing", "--allow-damaged"],
        &[],
    ] {
        assert_eq!(state(&case, flags), "built", "{flags:?}");
        assert_eq!(state(&case, flags), "up-to-date", "{flags:?}");
    }
    let case = Case::fixture("case-placeholders");
    assert_eq!(state(&case, &[]), "built");
    assert_eq!(state(&case, &["--strict"]), "refused");
    assert_eq!(state(&case, &["--strict"]), "refused");
    assert_eq!(state(&case, &[]), "up-to-date");
}

#[test]
fn rules_of_the_office_that_change_are_seen() {
    const RULES: &str = "[[profile]]\nname = \"ours\"\nextends = \"general-2021\"\n";
    let (case, _) = built();
    case.edit("rules = \"general-2021\"", "rules = \"ours\"\nrules_file = \"rules.toml\"");
    case.write("rules.toml", RULES);
    assert_eq!(state(&case, &[]), "built");
    assert_rebuilt_after(&case, |case| case.write("rules.toml", format!("{RULES}#")));
    fs::remove_file(case.path("rules.toml")).unwrap();
    case.run(&["build"]).expect(1).shows("Refused");
    case.write("rules.toml", format!("{RULES}#"));
    assert_eq!(state(&case, &[]), "up-to-date");
}

#[test]
fn a_required_document_that_goes_refuses_the_bundle_and_when_it_is_back_nothing_has_changed() {
    let (case, _) = built();
    let statement = case.read("statements/smith.pdf");
    fs::remove_file(case.path("statements/smith.pdf")).unwrap();
    assert_eq!(state(&case, &[]), "refused");
    case.write("statements/smith.pdf", statement);
    assert_eq!(state(&case, &[]), "up-to-date");
}

#[test]
fn a_document_that_arrives_takes_the_place_of_its_sheet() {
    let case = Case::fixture("case-missing");
    assert_eq!(state(&case, &["--allow-missing"]), "built");
    assert_eq!(state(&case, &["--allow-missing"]), "up-to-date");
    case.copy("fixtures/case-complete/statements/smith.pdf", "statements/MG11 Smith.pdf");
    let record = case.build(&["--allow-missing"], 1);
    assert_eq!(record["state"], "built");
    let smith = &array(&record, "documents")[1];
    assert_eq!(text(smith, "sha256").len(), 64);
}

#[test]
fn a_document_that_needs_a_password_is_built_each_time() {
    let case = Case::listing(&[("broken/password.pdf", "password_env = \"LOCK\"")]);
    let run = |password: Option<&str>| {
        let mut command = crate::support::case::program(case.folder());
        command.args(["build", "--format", "json"]);
        command.envs(password.map(|password| ("LOCK", password)));
        let output = command.output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["bundles"][0].clone()
    };
    let first = run(Some("letmein"));
    assert_eq!((&first["state"], &first["inputs"]), (&"built".into(), &Value::Null));
    assert_eq!(run(Some("letmein"))["state"], "built");
    for password in [None, Some("wrong")] {
        assert_eq!(run(password)["state"], "refused", "{password:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_document_that_a_link_takes_out_of_the_folder_is_looked_at_again() {
    let (case, elsewhere) = (built().0, Case::empty());
    let statement = case.path("statements/smith.pdf");
    elsewhere.write("smith.pdf", fs::read(&statement).unwrap());
    fs::remove_file(&statement).unwrap();
    std::os::unix::fs::symlink(elsewhere.path("smith.pdf"), &statement).unwrap();
    case.run(&["build"]).expect(2).says("it lies outside the folder of the case");
}

#[test]
fn each_bundle_of_a_case_is_looked_at_by_itself() {
    let (case, _) = built();
    case.append("\n[[bundle]]\nname = \"core\"\nsections = [\"A\"]\noutput = \"out/core.pdf\"\n");
    let states = |arguments: &[&str]| -> Vec<String> {
        let run = case.run(&[&["build", "--format", "json"], arguments].concat());
        let report = run.json();
        let bundles = array(&report, "bundles").iter();
        bundles.map(|row| text(row, "state").to_owned()).collect()
    };
    assert_eq!(states(&[]), ["built", "built"]);
    let statement = case.read("statements/smith.pdf");
    case.write("statements/smith.pdf", [&statement[..], b"\n"].concat());
    assert_eq!(states(&[]), ["built", "up-to-date"], "core holds section A alone");
    let run = case.run(&["build"]);
    run.expect(0)
        .shows("\nstate       case                       bundle  pages  why\n")
        .shows("\nup to date  R v Example (01AB0000126)  core        3  1 warning\n")
        .shows("\n\n2 up to date.\n");
}

#[test]
fn a_copy_of_a_folder_is_as_up_to_date_as_the_folder_itself() {
    let (case, output) = built();
    let copy = Case::fixture("case-complete");
    for file in [output.clone(), format!("{output}.json")] {
        copy.write(&file, case.read(&file));
    }
    assert_eq!(state(&copy, &[]), "up-to-date");
    let from_outside = copy.run_in("statements", &["build", "..", "--format", "json"]);
    let row = &from_outside.expect(0).json()["bundles"][0];
    assert_eq!(row["state"], "up-to-date");
    assert_eq!(row["manifest"], "../bundle.toml");
}

#[test]
fn two_cases_that_share_an_output_are_refused_also_when_one_was_built() {
    let case = Case::fixture("two-cases");
    for name in ["one", "two"] {
        let manifest = format!("{name}/bundle.toml");
        case.edit_at(&manifest, "[case]\n", "[case]\nallow_outside = true\n");
        let output = "out/{urn} {case} {bundle} {hearing_date}.pdf";
        case.edit_at(&manifest, output, "../out/shared.pdf");
    }
    case.run(&["build", "one"]).expect(0);
    case.run(&["build", "one"]).expect(0).shows("Up to date");
    case.run(&["build"]).expect(2).says("has the same output").shows("2 refused.");
}

#[test]
fn tomorrows_bundles_are_those_of_cases_heard_then() {
    let case = Case::fixture("office");
    let run = |when: &str, arguments: &[&str]| {
        case.run(&[&["build", "--hearing", when, "--today", TODAY], arguments].concat())
    };
    let tomorrow = run("next-working-day", &["--format", "json"]);
    let report = tomorrow.expect(2).json();
    let wanted =
        case.run(&["check", "--hearing", "next-working-day", "--today", TODAY, "--format", "json"]);
    let wanted = wanted.json();
    let manifests = |report: &Value, key: &str| -> Vec<String> {
        let rows = array(report, key).iter();
        rows.map(|row| text(row, "manifest").to_owned()).collect()
    };
    let expected = manifests(&wanted, "cases");
    assert_eq!(manifests(&report, "bundles"), expected);
    assert!(expected.len() > 1 && expected.len() < 20, "{expected:?}");
    assert!(
        expected.contains(&"leeds/22-broken-manifest/bundle.toml".to_owned()),
        "it might be of any day"
    );
    let whole = run("next-working-day", &[]);
    whole.expect(2).shows(" up to date, ").shows(" refused.\n");
    case.run(&["build", "leeds/01-ready", "--hearing", "2030-01-01"])
        .expect(0)
        .shows("No case for hearings on 2030-01-01.\n");
    case.run(&["build", "--hearing", "soon"])
        .expect(2)
        .says("write today, tomorrow, next-working-day, a date");
}
