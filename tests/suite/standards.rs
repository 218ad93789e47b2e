//! File standards as users meet them.

use crate::support::case::{Case, array, codes, findings, text};

#[test]
fn the_standards_are_listed_and_shown_with_their_trust() {
    let case = Case::empty();
    case.run(&["standards"])
        .expect(0)
        .shows("pre-charge")
        .shows("remand      first hearing after an overnight arrest");
    case.run(&["standards", "NGAP"])
        .expect(0)
        .shows("MG6C                 required [S2]")
        .shows("recordings           if body-worn-video, cctv or media [S2]")
        .shows("RP8                  required [M]");
    case.run(&["standards", "trail"])
        .expect(2)
        .says("did you mean \"trial\"? The standards are: pre-charge, threshold");
    let run = case.run(&["standards", "--format", "json"]);
    run.expect(0);
    let report = run.json();
    let names: Vec<&str> =
        array(&report, "standards").iter().map(|standard| text(standard, "name")).collect();
    assert_eq!(
        names,
        ["pre-charge", "threshold", "gap", "ngap", "crown", "trial", "remand", "youth"]
    );
    let trusts: Vec<&str> =
        array(&report["standards"][3], "items").iter().map(|item| text(item, "trust")).collect();
    assert!(trusts.contains(&"S2") && trusts.contains(&"M"));
}

#[test]
fn check_reports_each_requirement_and_what_satisfies_it() {
    let case = Case::fixture("case-complete");
    case.edit("file_standard = \"none\"", "file_standard = \"remand\"");
    let report = case.checked(0);
    assert_eq!(report["ready"], true);
    let missing = findings(&report, "standard-missing");
    let has = |code: &str| {
        missing.iter().any(|finding| text(finding, "message").contains(&format!("({code})")))
    };
    assert!(has("MG7") && has("convictions"), "{missing:?}");
    assert!(missing.iter().all(|finding| finding["severity"] == "warning"));
    case.append("\n[[not_applicable]]\nitem = \"MG7\"\nreason = \"on bail\"\ninitials = \"AA\"\n");
    let report = case.checked(0);
    let decided = findings(&report, "standard-not-applicable")[0];
    assert!(text(decided, "message").contains("on bail (AA)"), "{decided}");
    // Whatever an entry says of a standard that is not asked for, nothing is found.
    case.edit("file_standard = \"remand\"", "file_standard = \"none\"");
    assert_eq!(codes(&case.checked(0)), ["undated"]);
}

#[test]
fn a_standard_of_ones_own_comes_from_a_file_and_may_make_a_case_unready() {
    let case = Case::fixture("case-complete");
    case.edit("file_standard = \"none\"", "file_standard = \"shop\"");
    let report = case.checked(1);
    assert_eq!(report["ready"], false);
    assert_eq!(findings(&report, "standard-unknown").len(), 1);
    case.write(
        "own.toml",
        "[[standard]]\nname = \"shop\"\ntitle = \"theft from shops\"\n[[item]]\ncode = \"receipt\"\n\
         title = \"till receipt\"\nrequired = [\"shop\"]\nseverity = \"error\"\n",
    );
    let arguments = ["check", "--standards-file", "own.toml"];
    case.run(&arguments).expect(1).shows("till receipt (receipt)");
    case.edit("form = \"MG11\"", "form = \"MG11\"\nitems = [\"Receipt\"]");
    case.run(&arguments).expect(0);
    case.write("own.toml", "[[item]]\ncode = \"x\"\ntitle = \"x\"\nforms = [\"MG99\"]\n");
    case.run(&arguments).expect(2).says("names the form \"MG99\"");
}
