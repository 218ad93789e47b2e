//! Whether `build` says of a bundle what `verify` says of the same file, rule by rule and page by page.
//!
//! `verify` is told what a manifest tells a build: the rules and what a court has ordered instead, for whom the bundle is, and
//! that the manifest's way to number is meant where it is not that of the rules. What a build says otherwise, on purpose:
//! - it tells what it finds in documents document by document, and `verify` page by page of the bundle;
//! - personal data that a manifest lets pass is no fault for a build, and `verify` knows of no manifest;
//! - what it says of a document as a whole, or of words that the manifest has it print, names no page;
//! - it counts each stamp as a comment, and `verify` only those that say who put them there: the looks of signatures are
//!   stamps, too; and what goes with a hidden layer is told as a comment before it goes.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::case::{array, number, program, text};

/// The bundles that have been compared, by their hash.
static COMPARED: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);

/// Compares what a record tells with what `verify` finds.
pub fn assert_same_findings(folder: &Path, manifest: &str, record: &Value) {
    let Some(output) = record["output"].as_str().filter(|_| !record["sha256"].is_null()) else {
        return;
    };
    if !COMPARED.lock().unwrap().insert(text(record, "sha256").to_owned()) {
        return;
    }
    let own = TempDir::new().unwrap();
    let rules_file = own.path().join("rules.toml");
    let bundle = bundle(manifest, record);
    fs::write(&rules_file, rules(folder, &bundle, record)).unwrap();
    let audience = bundle.get("audience").map_or("court", |audience| audience.as_str().unwrap());
    let arguments = ["verify", "--format", "json", "--rules", "as built", "--audience", audience];
    let mut verify = program(folder);
    verify.args(arguments).arg("--rules-file").arg(&rules_file).arg(output);
    let verified: Value = serde_json::from_slice(&verify.output().unwrap().stdout).unwrap();
    for result in array(&array(&verified, "files")[0], "results") {
        let disagreement = disagreement(record, result);
        let told = array(record, "findings");
        assert!(
            disagreement.is_none(),
            "{output}: {}\nverify says {result}\nof {told:#?}\nin {manifest}",
            disagreement.unwrap_or_default()
        );
    }
}

/// The entry of the manifest for the bundle of a record.
fn bundle(manifest: &str, record: &Value) -> toml::Table {
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    let bundles = manifest.get("bundle").and_then(toml::Value::as_array);
    let mut bundles = bundles.into_iter().flatten().filter_map(toml::Value::as_table);
    let is_meant = |bundle: &&toml::Table| {
        bundle.get("name").is_none_or(|name| name.as_str() == record["name"].as_str())
    };
    bundles.find(is_meant).cloned().unwrap_or_default()
}

/// A file of rules for `verify` that says what the manifest says.
fn rules(folder: &Path, bundle: &toml::Table, record: &Value) -> String {
    let of = |table: &toml::Table, key: &str| Some(table.get(key)?.as_str()?.to_owned());
    let file = of(bundle, "rules_file").map(|file| fs::read_to_string(folder.join(file)).unwrap());
    let name = of(bundle, "rules").unwrap_or_else(|| "general-2021".to_owned());
    let mut rules = file.unwrap_or_default();
    rules += &format!("\n[[profile]]\nname = \"as built\"\nextends = \"{name}\"\n");
    if holds(record, "numbering-differs") {
        rules += "numbering = \"any\"\n";
    }
    let overrides = bundle.get("overrides").and_then(toml::Value::as_table);
    if let Some(pages) = overrides.and_then(|overrides| overrides.get("page_limit")) {
        rules += &format!(
            "rule = [{{ code = \"page-cap\", severity = \"error\", pages = {pages}, source = \"order\" }}]\n"
        );
    }
    rules
}

/// What a build has told of one rule before there was a bundle.
#[derive(Default)]
struct Told {
    /// Pages of the bundle, from 1, on which it was found.
    pages: BTreeSet<usize>,
    /// Pages on which it may be, by what names none.
    others: BTreeSet<usize>,
}

/// Why a build and `verify` do not say the same of a rule.
fn disagreement(record: &Value, result: &Value) -> Option<String> {
    let code = text(result, "code");
    let findings = array(record, "findings");
    let is_rule = |finding: &&Value| {
        finding["code"] == code
            && finding["hint"].as_str().is_some_and(|hint| hint.starts_with("rules "))
            && finding["document"].is_null()
    };
    let of_rule: Vec<&str> =
        findings.iter().filter(is_rule).map(|finding| text(finding, "message")).collect();
    let told = told(record, code);
    if result["status"] != "fail" {
        return match (of_rule.as_slice(), told.pages.is_empty()) {
            ([], true) => None,
            _ => Some(format!("build says {of_rule:?} and pages {:?}", told.pages)),
        };
    }
    let pages: BTreeSet<usize> = array(result, "pages")
        .iter()
        .filter_map(|page| page.as_u64().map(|page| page as usize))
        .collect();
    if let Some(page) = told.pages.difference(&pages).next() {
        return Some(format!("build tells of page {page}"));
    }
    let message = result["message"].as_str().unwrap_or_default();
    match of_rule.as_slice() {
        [only] if only.starts_with(message) => None,
        [] => {
            let is_told = |page: &usize| told.pages.contains(page) || told.others.contains(page);
            let untold: Vec<&usize> = pages.iter().filter(|page| !is_told(page)).collect();
            let all_told = !pages.is_empty() && untold.is_empty();
            (!all_told).then(|| format!("build does not tell of pages {untold:?}"))
        }
        said => Some(format!("build says {said:?}")),
    }
}

fn told(record: &Value, code: &str) -> Told {
    let mut told = Told::default();
    for finding in array(record, "findings").iter().filter(|finding| tells_of(finding) == code) {
        let goes = code == "mark-up"
            && (text(finding, "message").contains("stamp") || holds(record, "hidden-dropped"));
        let pages = if goes { BTreeSet::new() } else { pages(finding) };
        if finding["document"].is_null() {
            told.others.extend(sheets(record));
        }
        for (page, bundle_page) in placed(record, finding) {
            if pages.contains(&page) {
                told.pages.insert(bundle_page);
            } else if pages.is_empty() {
                told.others.insert(bundle_page);
                told.others.extend(sheets(record));
            }
        }
    }
    told
}

fn holds(record: &Value, code: &str) -> bool {
    array(record, "findings").iter().any(|finding| finding["code"] == code)
}

/// The rule that a finding about a document stands for.
fn tells_of(finding: &Value) -> &str {
    let is_broken = finding["severity"] != "info";
    match text(finding, "code") {
        "personal-data-allowed" => "personal-data",
        "comments-undecided" | "comments-kept" => "mark-up",
        // Fields such as a back page has, and markings below SECRET: no rule.
        "mg11-back-page" if finding["severity"] == "warning" => "",
        "protective-marking" if !is_broken => "",
        code => code,
    }
}

/// The pages of its source that a finding names.
fn pages(finding: &Value) -> BTreeSet<usize> {
    let Some(first) = finding["page"].as_u64() else {
        return BTreeSet::new();
    };
    let mut pages = BTreeSet::from([first as usize]);
    let message = text(finding, "message");
    if let Some((_, list)) = message.split_once("pages ") {
        let list = list.replace(" and ", ", ");
        let end = list.find(|c: char| !(c.is_ascii_digit() || ", -".contains(c)));
        for run in list[..end.unwrap_or(list.len())].split(", ") {
            let mut ends = run.trim().trim_end_matches(',').split('-').map(str::parse::<usize>);
            if let Some(Ok(first)) = ends.next() {
                pages.extend(first..=ends.next().and_then(Result::ok).unwrap_or(first));
            }
        }
    }
    pages
}

/// The pages of the document of a finding, in its source and in the bundle.
fn placed(record: &Value, finding: &Value) -> Vec<(usize, usize)> {
    let keys = [("section", "section"), ("title", "document"), ("file", "file")];
    let is_meant = |document: &&Value| keys.iter().all(|(of, by)| document[of] == finding[by]);
    let documents = array(record, "documents").iter().filter(is_meant);
    documents
        .flat_map(|document| {
            let pages = array(document, "source_pages").iter();
            let pages = pages.map(|page| page.as_u64().unwrap() as usize);
            pages.zip(number(document, "first_page")..)
        })
        .collect()
}

/// The pages of the bundle that come from no source.
fn sheets(record: &Value) -> BTreeSet<usize> {
    let mut sheets: BTreeSet<usize> = (1..=number(record, "pages")).collect();
    for document in
        array(record, "documents").iter().filter(|document| !document["sha256"].is_null())
    {
        for page in number(document, "first_page")..=number(document, "last_page") {
            sheets.remove(&page);
        }
    }
    sheets
}
