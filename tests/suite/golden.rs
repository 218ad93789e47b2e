//! Texts that were looked at once and must stay as they are.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use crate::support::case::repository;

/// Compares a text with `tests/golden/<name>.txt`.
#[track_caller]
pub fn golden(name: &str, text: &str) {
    let path = repository("tests/golden").join(format!("{name}.txt"));
    for machine in ["/tmp", env!("CARGO_MANIFEST_DIR"), "courtbundle-"] {
        assert!(!text.contains(machine), "{machine} got into {name}");
    }
    if std::env::var_os("COURTBUNDLE_BLESS").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{name}.txt: {error}; COURTBUNDLE_BLESS=1 writes it"))
        .replace("\r\n", "\n");
    let differs = expected
        .lines()
        .zip(text.lines())
        .position(|(expected, read)| expected != read)
        .unwrap_or(expected.lines().count().min(text.lines().count()));
    assert!(
        expected == text,
        "{name}.txt, line {}:\n  expected {:?}\n  but read {:?}\nCOURTBUNDLE_BLESS=1 accepts what was read",
        differs + 1,
        expected.lines().nth(differs),
        text.lines().nth(differs),
    );
}

/// The names in calls of `golden` in some source.
fn used(source: &str) -> BTreeSet<String> {
    source
        .split("golden(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_golden_file_is_used_by_a_test_and_every_test_has_its_file() {
    let mut names = BTreeSet::new();
    for entry in WalkDir::new(repository("tests/suite")) {
        let path = entry.unwrap().into_path();
        let is_code = path.extension().is_some_and(|kind| kind == "rs");
        if is_code && path.file_stem().unwrap() != "golden" {
            names.extend(used(&fs::read_to_string(path).unwrap()));
        }
    }
    let files: BTreeSet<String> = fs::read_dir(repository("tests/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|file| file.trim_end_matches(".txt").to_owned())
        .collect();
    if std::env::var_os("COURTBUNDLE_BLESS").is_none() {
        assert_eq!(files, names);
    }
}
