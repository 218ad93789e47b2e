//! `allocate`: courtrooms and times for hearings that have none.

use serde_json::Value;

use crate::support::case::{Case, Run, array, assert_keys, number, text};

const TODAY: &str = "2026-11-20";
const DAY: &str = "2026-11-24";

/// Two hearings that the court has fixed, and some that wait for a place, at Leeds.
fn office() -> Case {
    let case = Case::empty();
    case.copy("examples/rooms.toml", "rooms.toml");
    for (number, defendant, hearing) in [
        (
            1,
            "remand = \"custody\"",
            "courtroom = \"7\"\ntime = 10:00:00\nestimate = 60\nprosecutor = \"A Advocate\"",
        ),
        (2, "remand = \"bail\"", "courtroom = \"5\"\ntime = 10:00:00\nestimate = 30"),
        (3, "", "estimate = 30\nprosecutor = \"a  advocate\""),
        (4, "remand = \"custody\"\nby_link = true", "estimate = 20"),
        (5, "", "needs = [\"hearing-loop\"]\nsession = \"afternoon\""),
    ] {
        let manifest = format!(
            "# kept\n[case]\nurn = \"01AB{number:05}26\"\ntitle = \"R v {number}\"\ncourt = \"Crown Court at Leeds\"\n\
             [[defendant]]\nname = \"Defendant {number}\"\n{defendant}\n[hearing]\ndate = {DAY}\n{hearing}\n"
        );
        case.write(&format!("cases/{number}/bundle.toml"), manifest);
    }
    case
}

fn allocate(case: &Case, arguments: &[&str]) -> Run {
    let own = ["allocate", "cases", "--rooms", "rooms.toml", "--today", TODAY];
    case.run(&[&own[..], arguments].concat())
}

fn places(report: &Value) -> Vec<String> {
    let place = |one: &Value| {
        let time = &text(one, "time")[..5];
        format!("{} in {} at {time}", text(one, "title"), text(one, "courtroom"))
    };
    array(report, "proposals").iter().map(place).collect()
}

#[test]
fn hearings_get_the_courtrooms_of_the_example() {
    let case = office();
    let before: Vec<_> = case.files().iter().map(|file| case.read(file)).collect();
    let run = allocate(&case, &["--date", DAY, "--format", "json"]);
    run.expect(0);
    let report = run.json();
    assert_keys(&report, &["version", "proposals", "unplaced"]);
    for one in array(&report, "proposals") {
        let keys = [
            "urn",
            "title",
            "manifest",
            "court",
            "date",
            "courtroom",
            "time",
            "minutes",
            "fixed",
            "why",
        ];
        assert_keys(one, &keys);
        assert_eq!(one["date"], DAY);
        assert_eq!(one["court"], "Crown Court at Leeds");
    }
    assert_eq!(
        places(&report),
        [
            "R v 2 in 5 at 10:00",
            "R v 4 in 5 at 10:30",
            "R v 5 in 5 at 14:00",
            "R v 1 in 7 at 10:00",
            "R v 3 in 7 at 11:00",
        ]
    );
    let fixed = |one: &&Value| one["fixed"] == true;
    assert_eq!(array(&report, "proposals").iter().filter(fixed).count(), 2);
    allocate(&case, &[])
        .expect(0)
        .shows("Crown Court at Leeds, courtroom 7, Tuesday 24 November 2026\n")
        .shows("  11:00  30 minutes   R v 3 (01AB0000326)\n")
        .shows("same courtroom as a  advocate's 10:00")
        .shows("hearing loop needed; no estimate: taken as 30 minutes")
        .shows(
            "5 hearings: 2 fixed by the court, 3 proposed, 0 without a place. Nothing was changed.",
        );
    let after: Vec<_> = case.files().iter().map(|file| case.read(file)).collect();
    assert!(before == after);
}

#[test]
fn the_table_is_one_that_list_takes_over() {
    let case = office();
    let proposed = allocate(&case, &["--format", "csv"]);
    proposed.expect(0);
    case.write("proposal.csv", &proposed.out);
    let arguments = ["list", "cases", "--import", "proposal.csv", "--write"];
    case.run(&[&arguments[..], &["--today", "2026-11-23"]].concat()).expect(0);
    let again = allocate(&case, &["--format", "json"]).json();
    let fixed = |one: &Value| one["fixed"] == true;
    assert!(array(&again, "proposals").iter().all(fixed), "{again}");
    assert_eq!(places(&again).len(), 5);
    let manifest = String::from_utf8(case.read("cases/3/bundle.toml")).unwrap();
    assert!(
        manifest.starts_with("# kept\n") && manifest.contains("courtroom = \"7\""),
        "{manifest}"
    );
    case.run(&["list", "cases", "--format", "json", "--today", TODAY]).shows("\"conflicts\": []");
}

#[test]
fn what_has_no_place_says_why_and_decides_the_exit_code() {
    let case = office();
    let needs = "needs = [\"hearing-loop\"]";
    case.edit_at(
        "cases/5/bundle.toml",
        needs,
        "needs = [\"hearing-loop\", \"dock\"]\nestimate = 200",
    );
    let run = allocate(&case, &["--format", "json"]);
    run.expect(1);
    let report = run.json();
    let [unplaced] = array(&report, "unplaced") else {
        panic!("{report}");
    };
    let keys = ["urn", "title", "manifest", "court", "date", "minutes", "why"];
    assert_keys(unplaced, &keys);
    assert_eq!(number(unplaced, "minutes"), 200);
    assert_eq!(
        unplaced["why"],
        "courtroom 9: no dock; courtroom 7: no hearing loop; courtroom 5: its sitting hours do not hold 200 minutes in the afternoon"
    );
    allocate(&case, &["--date", "2026-11-27"]).expect(0).shows("0 hearings");
    let csv = allocate(&case, &["--format", "csv"]);
    assert!(csv.out.contains(",R v 5,unplaced,"), "{}", csv.out);
}

#[test]
fn courtrooms_that_cannot_be_read_end_it() {
    let case = office();
    case.write("rooms.toml", "[[room]]\ncourt = \"Leeds\"\nname = \"1\"\ndocks = true\n");
    allocate(&case, &[]).expect(2).says("docks");
    case.write("rooms.toml", "[[room]]\ncourt = \"Leeds\"\nname = \"1\"\nmorning = \"early\"\n");
    allocate(&case, &[]).expect(2).says("\"early\" is no session");
    case.run(&["allocate", "cases"]).expect(2).says("--rooms");
    case.run(&["allocate", "cases", "--rooms", "none.toml"]).expect(2).says("none.toml");
}
