//! The table of many bundles, row for row.

use super::*;
use crate::bundle::Record;
use crate::model::{DocumentRef, Finding};

fn row(state: BuildState, exit_code: u8, title: Option<&str>, findings: &[Finding]) -> BundleRow {
    let rows = findings.iter().map(FindingRow::from).collect();
    let manifest = format!("cases/{}/bundle.toml", title.unwrap_or("broken").to_lowercase());
    BundleRow {
        state,
        exit_code,
        urn: title.map(|_| "01AB1234526".to_owned()),
        title: title.map(str::to_owned),
        record: Record {
            name: title.map(|_| "trial".to_owned()),
            pages: (state != BuildState::Refused).then_some(62),
            ..Record::refused(manifest, None, rows)
        },
    }
}

fn about(title: &str, finding: Finding) -> Finding {
    finding.of(DocumentRef { section: "A".to_owned(), title: title.to_owned(), file: None })
}

fn table(bundles: Vec<BundleRow>) -> String {
    let report =
        BuildReport { version: 1, shard: None, exit_code: 2, problems: Vec::new(), bundles };
    build_table(&report, |_, text| text.to_owned())
}

#[test]
fn the_worst_stand_at_the_head_and_the_totals_at_the_foot() {
    let missing = |title| about(title, Finding::new(Code::DocumentMissing, "missing"));
    let long = "a reason that is much too long for the column in which it is to stand";
    let text = table(vec![
        row(BuildState::UpToDate, 0, Some("R v Alder"), &[]),
        row(BuildState::Built, 0, Some("R v Birch"), &[Finding::new(Code::SameFile, "as A")]),
        row(BuildState::Refused, 1, Some("R v Cedar"), &[missing("Plan"), missing("Photograph")]),
        row(BuildState::Refused, 2, None, &[Finding::new(Code::BadUrn, long)]),
    ]);
    assert_eq!(
        text,
        "\
state       case                     pages  why
refused     cases/broken                    a reason that is much too long for the column in which…
refused     R v Cedar (01AB1234526)         missing: Plan; 1 more
built       R v Birch (01AB1234526)     62  1 warning
up to date  R v Alder (01AB1234526)     62

1 built, 1 up to date, 2 refused.
"
    );
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
}

#[test]
fn names_of_bundles_are_told_where_a_case_has_several_and_long_names_are_cut() {
    let name = "R v Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
    let broken =
        about("A plan", Finding::new(Code::DocumentUnreadable, "damaged, and so on ".repeat(9)));
    let one = row(BuildState::Refused, 1, Some(name), &[broken.clone(), broken]);
    let text = table(vec![one.clone(), one]);
    assert!(text.contains("  trial   "), "{text}");
    assert!(text.contains("; 1 more\n"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
    assert_eq!(table(Vec::new()), "nothing to build.\n");
    assert_eq!(from_end("cases/leeds/22-broken", 18), "…/leeds/22-broken");
    assert_eq!(from_end("cases-of-leeds", 6), "…leeds");
}
