//! Whether `build` says of a bundle what `verify` says of the same file, rule by rule.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use serde_json::Value;

use crate::support::case::{array, program, text};

/// What a build tells of the documents that are served, before there is a bundle, and not of the prosecution's own copy.
const TOLD_OF_DOCUMENTS: [&str; 11] = [
    "bad-redaction",
    "never-serve-content",
    "mg11-back-page",
    "protective-marking",
    "hidden-text",
    "cropped-content",
    "personal-data",
    "page-not-searched",
    "redaction-unapplied",
    "mark-up",
    "hidden-layer",
];

/// What depends on how the manifest numbers, which counts for more than the rules.
const OF_NUMBERING: [&str; 2] = ["page-numbers", "page-labels"];

/// A build judges a page by its source: as it was before something was taken out of it or lost.
const CHANGED: [&str; 3] = ["hidden-dropped", "comments-stripped", "document-damaged"];

/// The bundles that have been compared, by their hash.
static COMPARED: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// Compares what a record tells with what `verify` finds.
pub fn assert_same_findings(folder: &Path, manifest: &str, record: &Value) {
    let Some(output) = record["output"].as_str().filter(|_| !record["sha256"].is_null()) else {
        return;
    };
    let own_rules = ["rules_file", "overrides", "[[bundle]]\nrules"];
    let is_new = || COMPARED.lock().unwrap().insert(text(record, "sha256").to_owned());
    if own_rules.iter().any(|rules| manifest.contains(rules)) || !is_new() {
        return;
    }
    let told = array(record, "findings");
    let is_changed = |finding: &Value| CHANGED.contains(&text(finding, "code"));
    if told.iter().any(is_changed) {
        return;
    }
    let rules = manifest.lines().find_map(|line| line.strip_prefix("rules = \""));
    let rules = rules.map_or("general-2021", |rules| rules.trim_end_matches('"'));
    let arguments = ["verify", "--format", "json", "--rules", rules, output];
    let run = program(folder).args(arguments).output().unwrap();
    let verified: Value = serde_json::from_slice(&run.stdout).unwrap();
    let results = array(&array(&verified, "files")[0], "results");
    let differs = told.iter().any(|finding| finding["code"] == "numbering-differs");
    for result in results {
        let code = text(result, "code");
        if TOLD_OF_DOCUMENTS.contains(&code) || (differs && OF_NUMBERING.contains(&code)) {
            continue;
        }
        let message = result["message"].as_str().unwrap_or_default();
        let same = |finding: &&Value| finding["code"] == code && finding["document"].is_null();
        let built: Vec<&str> =
            told.iter().filter(same).map(|found| text(found, "message")).collect();
        let agree = match built.as_slice() {
            [] => result["status"] != "fail",
            [only] => result["status"] == "fail" && only.starts_with(message),
            _ => false,
        };
        assert!(agree, "{output}: build says {built:?} and verify {result}");
    }
}
