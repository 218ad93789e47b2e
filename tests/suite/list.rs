//! `list`, and `check --hearing`: an office of many cases on one day.

use serde_json::Value;

use crate::support::case::{Case, Run, array, assert_keys, number, text};

pub const TODAY: &str = "2026-11-24";

/// Runs in a copy of the office, on its day.
fn office(arguments: &[&str]) -> Run {
    on(&Case::fixture("office"), arguments)
}

fn on(case: &Case, arguments: &[&str]) -> Run {
    case.run(&[arguments, &["--today", TODAY]].concat())
}

fn list(arguments: &[&str]) -> Value {
    office(&[&["list", "--format", "json"], arguments].concat()).json()
}

/// The hearings of a list, by URN.
fn hearing<'a>(list: &'a Value, urn: &str) -> &'a Value {
    let sittings = array(list, "sittings").iter();
    let mut hearings = sittings.flat_map(|sitting| array(sitting, "hearings"));
    hearings.find(|hearing| hearing["urn"] == urn).unwrap()
}

#[test]
fn the_json_has_every_key_of_the_contract() {
    let list = list(&["--date", "today"]);
    assert_keys(&list, &["version", "sittings", "conflicts"]);
    for sitting in array(&list, "sittings") {
        assert_keys(sitting, &["court", "date", "courtroom", "hearings"]);
        assert_eq!(sitting["date"], TODAY);
        for hearing in array(sitting, "hearings") {
            let keys = [
                "time",
                "urn",
                "title",
                "kind",
                "defendants",
                "youth",
                "offences",
                "remand",
                "held_at",
                "prosecutor",
                "custody_time_limits",
                "readiness",
                "missing",
                "bundle_pages",
                "manifest",
            ];
            assert_keys(hearing, &keys);
            for limit in array(hearing, "custody_time_limits") {
                let keys = [
                    "defendant",
                    "charge",
                    "stage",
                    "days",
                    "expires",
                    "days_left",
                    "basis",
                    "state",
                    "reason",
                ];
                assert_keys(limit, &keys);
            }
        }
    }
    for conflict in array(&list, "conflicts") {
        assert_keys(conflict, &["code", "message", "urns"]);
    }
    let no_room = array(&list, "sittings").last().unwrap();
    assert_eq!(no_room["courtroom"], Value::Null);
    assert_eq!(hearing(&list, "01AB0012026")["prosecutor"], Value::Null);
}

#[test]
fn courtrooms_and_times_are_in_order() {
    let list = list(&["--date", "today"]);
    let rooms: Vec<String> = array(&list, "sittings")
        .iter()
        .map(|sitting| {
            let times = array(sitting, "hearings").iter();
            let times: Vec<&str> = times.map(|hearing| &text(hearing, "time")[..5]).collect();
            let room = sitting["courtroom"].as_str().unwrap_or("-");
            format!("{room} {}", times.join(" "))
        })
        .collect();
    assert_eq!(
        rooms,
        [
            "1 10:00",
            "2 09:30 10:00 10:30",
            "4 10:00 10:30",
            "2 10:00 10:30",
            "3 10:00 11:00",
            "5 10:00 11:00 12:00",
            "7 10:30 11:30 14:00 15:00",
            "9 10:00 12:00 12:30",
            "12 10:00 14:00 14:30 15:00 15:30",
            "- 10:00",
        ]
    );
}

#[test]
fn custody_time_limits_are_told_with_days_left_and_basis() {
    let list = list(&["--date", "today"]);
    for (urn, stage, days, expires, left, basis) in [
        ("01AB0010426", "crown", 182, "2026-11-30", 6, "calculated"),
        ("01AB0010526", "crown", 182, "2026-11-18", -6, "calculated"),
        ("01AB0010626", "crown", 182, "2026-12-04", 10, "recorded"),
        ("01AB0010726", "crown", 182, "2027-01-15", 52, "recorded"),
        // Thirty days served before.
        ("01AB0010926", "crown", 182, "2026-11-30", 6, "calculated"),
        // Ends on a Saturday, so on the Friday before.
        ("01AB0020426", "summary", 56, "2026-11-27", 3, "calculated"),
        ("01AB0020526", "either-way", 70, "2026-12-10", 16, "calculated"),
    ] {
        let hearing = hearing(&list, urn);
        let [limit] = array(hearing, "custody_time_limits") else {
            panic!("{hearing}");
        };
        assert_eq!(limit["stage"], stage, "{urn}");
        assert_eq!(limit["days"], days, "{urn}");
        assert_eq!(limit["expires"], expires, "{urn}");
        assert_eq!(limit["days_left"], left, "{urn}");
        assert_eq!(limit["basis"], basis, "{urn}");
    }
    // One of three defendants is in custody, and the case counts as such.
    let three = hearing(&list, "01AB0011026");
    assert_eq!(array(three, "custody_time_limits").len(), 1);
    assert_eq!(three["remand"], "custody");
    // Never guessed, and told.
    let undated = hearing(&list, "01AB0010826");
    let [unknown] = array(undated, "custody_time_limits") else {
        panic!("{undated}");
    };
    assert_eq!(unknown["defendant"], "Max Hebblewaite");
    for key in ["expires", "days_left", "basis"] {
        assert_eq!(unknown[key], Value::Null, "{key}");
    }
    office(&["list", "--date", "today"])
        .shows("Max Hebblewaite, Fraud: !! not known: custody_start is not recorded")
        .shows("!! 2026-11-18, PASSED 6 days ago (calculated, not agreed)")
        .shows("!! 2026-12-04, 10 days left (recorded by the court)");
}

#[test]
fn a_limit_that_ends_before_the_hearing_is_loud_however_far_off_it_is() {
    let case = Case::fixture("office");
    let listed = |folder| case.run(&["list", folder, "--today", "2026-10-01"]);
    listed("leeds/05-custody-past")
        .shows("Affray: !! 2026-11-18, 48 days left, BEFORE THE HEARING (calculated, not agreed)");
    listed("leeds/04-custody-near")
        .shows("Robbery: 2026-11-30, 60 days left (calculated, not agreed)");
}

#[test]
fn readiness_is_that_of_check() {
    let list = list(&["--date", "today"]);
    for (urn, readiness, missing) in [
        ("01AB0010126", "ready", 0),
        ("01AB0010226", "gaps", 1),
        ("01AB0010326", "not-ready", 2),
        // The custody time limit is past, or not known.
        ("01AB0010526", "not-ready", 0),
        ("01AB0010826", "not-ready", 0),
        ("01AB0010426", "ready", 0),
        ("01AB0011726", "not-ready", 0),
        ("01AB0011826", "not-ready", 0),
    ] {
        let hearing = hearing(&list, urn);
        assert_eq!(hearing["readiness"], readiness, "{urn}");
        assert_eq!(number(hearing, "missing"), missing, "{urn}");
    }
    let checked = office(&["check", "--format", "json", "--hearing", "today"]).json();
    for case in array(&checked, "cases") {
        if let Some(urn) = case["urn"].as_str() {
            let is_ready = hearing(&list, urn)["readiness"] == "ready";
            assert_eq!(case["ready"], is_ready, "{urn}");
        }
    }
}

#[test]
fn what_cannot_be_is_a_conflict() {
    let list = list(&["--date", "today"]);
    let conflicts: Vec<(&str, Vec<&str>)> = array(&list, "conflicts")
        .iter()
        .map(|conflict| {
            let urns = array(conflict, "urns").iter().map(|urn| urn.as_str().unwrap());
            (text(conflict, "code"), urns.collect())
        })
        .collect();
    assert_eq!(
        conflicts,
        [
            ("prosecutor-twice", vec!["01AB0010126", "01AB0011126"]),
            ("case-twice", vec!["01AB0011326"]),
            ("defendant-twice", vec!["01AB0010126", "01AB0011226"]),
            ("session-overfull", vec!["01AB0011426", "01AB0011526", "01AB0011626"]),
        ]
    );
}

#[test]
fn days_are_chosen_and_a_broken_manifest_is_never_passed_over() {
    for (when, days) in [
        ("tomorrow", vec!["2026-11-25"]),
        ("next-working-day", vec!["2026-11-25"]),
        ("2026-11-23", vec!["2026-11-23"]),
        ("2026-11-26..2026-11-30", vec!["2026-11-26", "2026-11-27", "2026-11-30"]),
        ("2027-01-01", vec![]),
    ] {
        let run = office(&["list", "--hearing", when, "--format", "json"]);
        run.expect(2).says("22-broken-manifest/bundle.toml:3:7");
        let list = run.json();
        let mut found: Vec<&str> =
            array(&list, "sittings").iter().map(|sitting| text(sitting, "date")).collect();
        found.dedup();
        assert_eq!(found, days, "{when}");
    }
    office(&["list"])
        .expect(2)
        .says("19-no-date/bundle.toml: not on the list, as its hearing has no date")
        .says("21-not-listed/bundle.toml: not on the list");
    office(&["list", "--date", "yesterday"]).expect(2).says("next-working-day");
}

#[test]
fn the_exit_code_is_that_of_the_worst_case_or_of_a_conflict() {
    let case = Case::fixture("office");
    let code = |paths: &[&str]| on(&case, &[&["list", "--date", "today"], paths].concat()).code;
    assert_eq!(code(&["leeds/01-ready"]), Some(0));
    assert_eq!(code(&["leeds/02-gaps"]), Some(1));
    assert_eq!(code(&["leeds/18-unreadable"]), Some(2));
    assert_eq!(code(&["leeds/22-broken-manifest"]), Some(2));
    assert_eq!(code(&["leeds/13-twice-a"]), Some(0));
    assert_eq!(code(&["leeds/13-twice-a", "leeds/13-twice-b"]), Some(1));
}

#[test]
fn pages_are_those_of_the_bundle_that_is_built() {
    let case = Case::fixture("office");
    let pages = || {
        let run = on(&case, &["list", "leeds/01-ready", "--format", "json"]);
        hearing(&run.json(), "01AB0010126")["bundle_pages"].clone()
    };
    assert_eq!(pages(), Value::Null);
    let built = on(&case, &["build", "leeds/01-ready", "--format", "json"]).json();
    let built = &array(&built, "bundles")[0];
    assert_eq!(pages(), built["pages"]);
    assert!(pages().is_u64());
    std::fs::remove_file(case.path(&format!("leeds/01-ready/{}", text(built, "output")))).unwrap();
    assert_eq!(pages(), Value::Null);
}

#[test]
fn a_youth_is_not_named_on_a_page_and_everybody_else_is() {
    for arguments in [["list", "--format", "html"], ["check", "--format", "html"]] {
        let run = office(&arguments);
        for name in ["Yelland", "Bachgen", "Casey", "Rhys"] {
            assert!(!run.out.contains(name), "{name} is in {arguments:?}");
        }
        run.shows("R v Pryddwr and a youth").shows("Llŷr Ŵyn-Ddu");
        assert!(!run.out.contains("http"), "nothing is fetched");
    }
    // Prosecutors have to know.
    office(&["list"]).shows("Casey Yelland (youth), secure unit");
}

#[test]
fn a_list_for_spreadsheets_has_a_row_for_each_hearing() {
    let case = Case::fixture("office");
    let manifest = case.path("leeds/01-ready/bundle.toml");
    let typed = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, typed.replace("Jordan Alderfen", "=Jordan, \\\"Jo\\\"")).unwrap();
    let run = on(&case, &["list", "--format", "csv", "--date", "today", "leeds/01-ready"]);
    run.expect(0);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("date,court,courtroom,session,time,urn,title,kind,defendants,"));
    assert!(lines[1].starts_with("2026-11-24,Crown Court at Leeds,5,morning,10:00,01AB0010126,"));
    assert!(lines[1].contains("\"'=Jordan, \"\"Jo\"\"\",no,Burglary,bail,A Advocate,,,,ready,0,,"));
}

#[test]
fn what_is_missing_is_named_with_its_day_and_counted() {
    office(&["list", "--date", "today"])
        .shows("1 expected: Phone download report (forensic provider, due 2026-12-01)")
        .shows(
            "1 missing: CCTV continuity statement (police, due 2026-11-10, 14 days overdue); \
             1 expected: Medical report (hospital, due 2026-11-03, 21 days overdue)",
        );
    office(&["list", "--date", "today", "--format", "html"])
        .shows("1 expected: Medical report")
        .shows("1 missing: document (police, due 2026-11-20, 4 days overdue)");
    office(&["list", "leeds/01-ready", "--date", "2019-01-01"]).shows("No hearing on these days.");
    // Christmas is on a Friday, and Boxing Day is taken on the Monday.
    office(&["list", "leeds/01-ready", "--date", "2026-12-25"]).shows(
        "Friday 25 December 2026 is not a working day; the next is Tuesday 29 December 2026.",
    );
    office(&["list", "leeds/19-no-date"]).shows("No hearing has a date.");
}

#[test]
fn no_custody_time_limit_hides_another() {
    let case = Case::empty();
    let manifest = "case.title = \"R v Ash and Birch\"\n\
         [[defendant]]\nname = \"Ann Ash\"\nremand = \"custody\"\n\
         [[defendant.charge]]\noffence = \"Theft\"\ncustody_stage = \"summary\"\ncustody_start = 2026-10-01\n\
         [[defendant.charge]]\noffence = \"Affray\"\ncustody_stage = \"summary\"\ncustody_start = 2026-10-01\n\
         [[defendant]]\nname = \"Bob Birch\"\nremand = \"custody\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"x\"\nstatus = \"expected\"\n";
    let run = |dated: &str, arguments: &[&str]| {
        case.write("bundle.toml", format!("{manifest}{dated}"));
        on(&case, &[&["check"], arguments].concat())
    };
    let near = "!! 2026-11-26, 2 days left (calculated, not agreed)";
    let unknown = "!! not known: no charge is recorded";
    // On the page a case without a day comes first, too; one line for two charges that end together.
    let page = run("", &["--format", "html"]);
    let first = page.out.split("<h2>No date yet</h2>").next().unwrap();
    assert_eq!(first.matches(near).count(), 1, "{first}");
    assert_eq!(first.matches(unknown).count(), 1, "{first}");
    run("[hearing]\ndate = 2026-11-25\n", &["--hearing", "2026-11-25"])
        .shows(&format!("custody time limit {unknown}; custody time limit {near}"));
}

#[test]
fn check_of_a_day_is_a_line_a_case_worst_first() {
    let run = office(&["check", "--hearing", "today"]);
    run.expect(2)
        .shows("27 cases: 1 not read, 6 not ready, 2 ready with gaps, 18 ready.")
        .shows("Medical report (hospital, due 2026-11-03, 21 days overdue)")
        .shows("R v Bramblecote (01AB0010226): expected: Phone download report (forensic provider, due 2026-12-01)");
    assert_eq!(run.err, "");
    // What cannot wait for anything else, then manifests of which nobody knows.
    let mut lines = run.out.lines();
    let first = lines.next().unwrap();
    assert!(first.starts_with("not ready ") && first.contains("PASSED 6 days ago"), "{first}");
    assert!(lines.next().unwrap().contains("custody time limit !! not known"));
    let ranks: Vec<usize> = lines
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let words = ["not read ", "not ready ", "ready with gaps ", "ready "];
            words.iter().position(|word| line.starts_with(word)).unwrap()
        })
        .collect();
    assert_eq!(ranks.len(), 25);
    assert!(ranks.is_sorted(), "{ranks:?}");
    // Of those that are ready, first those whose custody time limit presses.
    let ready = run.out.lines().find(|line| line.starts_with("ready   ")).unwrap();
    assert!(ready.contains("custody time limit !!"), "{ready}");
}

#[test]
fn the_board_says_what_is_missing_and_since_when_and_what_comes_first() {
    let run = office(&["check", "--hearing", "today", "--format", "html"]);
    run.expect(2)
        .shows("<b>6</b> not ready")
        .shows("missing: CCTV continuity statement (police, due 2026-11-10, 14 days overdue)")
        .shows("expected: Phone download report (forensic provider, due 2026-12-01)")
        .shows("Custody time limit !! 2026-11-18, PASSED 6 days ago (calculated, not agreed)")
        .shows("22-broken-manifest/bundle.toml: ")
        .shows("225 minutes are listed");
}

#[test]
fn an_extension_before_the_limit_is_a_slip() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[[defendant]]\nname = \"X\"\n[[defendant.charge]]\noffence = \"Theft\"\ncustody_time_limit = 2026-11-30\ncustody_extended_to = 2026-11-20\n",
    );
    case.run(&["check"])
        .expect(2)
        .says("\"custody_extended_to\" is 2026-11-20, before the limit of 2026-11-30");
}

/// Every file below the office, by name and content.
fn contents(case: &Case) -> Vec<(String, Vec<u8>)> {
    let files = case.files().into_iter();
    files.map(|file| (file.clone(), case.read(&file))).collect()
}

const OWN_STANDARD: &str = "[[standard]]\nname = \"ours\"\ntitle = \"ours\"\n\
    [[item]]\ncode = \"summary\"\ntitle = \"summary\"\nforms = [\"MG5\"]\nrequired = [\"ours\"]\n";

const COURT_LIST: &str = "Court House,Courtroom,Hearing Date,Start Time,URN\n\
    Crown Court at Leeds,Courtroom 5,24/11/2026,10:00,01AB0010126\n\
    Crown Court at Leeds,6,24/11/2026,11:15,01AB0010226\n\
    Crown Court at Leeds,2,24/11/2026,10:00,01AB0012026\n\
    Crown Court at Leeds,2,24/11/2026,10:00,01AB0099926\n";

#[test]
fn the_courts_list_says_what_has_changed_and_changes_nothing_by_itself() {
    let case = Case::fixture("office");
    case.write("court.csv", COURT_LIST);
    let before = contents(&case);
    let run = on(&case, &["list", "leeds", "--import", "court.csv"]);
    run.expect(2)
        .shows("01AB0010226  R v Bramblecote: time 11:00 is now 11:15\n")
        .shows("01AB0010226  R v Bramblecote: courtroom 5 is now 6\n")
        .shows("01AB0012026  R v Ullathorne: courtroom nothing is now 2\n")
        .shows("01AB0099926  on the court's list (line 5), and no manifest has its reference\n")
        .shows("01AB0010326  R v Culverhay: gone from the court's list\n");
    assert!(!run.out.contains("01AB0010126"), "{}", run.out);
    assert_eq!(contents(&case), before);
}

#[test]
fn two_lists_of_the_court_are_compared_with_each_other() {
    let case = Case::fixture("office");
    case.write("old.csv", COURT_LIST);
    let new = COURT_LIST
        .replace("Courtroom 5,24/11/2026,10:00", "5,24/11/2026,10:30")
        .replace("2,24/11/2026,10:00,01AB0099926", "2,24/11/2026,10:00,01AB0099826");
    case.write("new.csv", new);
    let run = |more: &[&str]| {
        let arguments = ["list", "leeds", "--import", "new.csv", "--since", "old.csv"];
        on(&case, &[&arguments[..], more].concat())
    };
    run(&[]).expect(2).shows(
        "\nSince the earlier list\n\
         01AB0010126  R v Alderfen: time 10:00 is now 10:30\n\
         01AB0099826  new on the court's list (line 5), no manifest\n\
         01AB0099926  gone from the court's list, no manifest\n\
         3 differences.\n",
    );
    let report = run(&["--format", "json"]).json();
    assert_keys(&report, &["version", "remarks", "changes", "since"]);
    let since = array(&report, "since");
    for one in since {
        let keys = ["change", "urn", "title", "manifest", "old_line", "line", "from", "to"];
        assert_keys(one, &keys);
    }
    let told: Vec<&str> = since.iter().map(|one| text(one, "change")).collect();
    assert_eq!(told, ["time", "new", "gone"]);
    assert_eq!(since[0]["manifest"], "leeds/01-ready/bundle.toml");
    assert_eq!((&since[2]["old_line"], &since[2]["line"]), (&Value::from(5), &Value::Null));
    on(&case, &["list", "--since", "old.csv"]).expect(2).says("--import");
}

#[test]
fn rooms_and_times_are_written_into_the_manifests_and_nothing_else() {
    let case = Case::fixture("office");
    case.write("court.csv", COURT_LIST);
    let before = contents(&case);
    let arguments = ["list", "leeds/02-gaps", "leeds/20-no-room", "--import", "court.csv"];
    let run = on(&case, &[&arguments[..], &["--write", "--format", "json"]].concat());
    // Two rows of the list have no manifest among these.
    run.expect(1);
    let report = run.json();
    assert_keys(&report, &["version", "remarks", "changes"]);
    let written = |change: &&Value| change["written"] == true;
    assert_eq!(array(&report, "changes").iter().filter(written).count(), 3);
    for ((name, old), (_, new)) in before.iter().zip(contents(&case)) {
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(&new).into_owned());
        let expected = match name.as_str() {
            "leeds/02-gaps/bundle.toml" => old
                .replace("courtroom = \"5\"", "courtroom = \"6\"")
                .replace("time = 11:00:00", "time = 11:15:00"),
            "leeds/20-no-room/bundle.toml" => {
                old.replace("time = 10:00:00\n", "time = 10:00:00\ncourtroom = \"2\"\n")
            }
            _ => old.into_owned(),
        };
        assert_eq!(new, expected, "{name}");
    }
    let again = on(&case, &["list", "leeds/02-gaps", "--import", "court.csv"]);
    assert!(!again.out.contains("01AB0010226"), "{}", again.out);
}

#[test]
fn a_list_that_a_spreadsheet_on_windows_wrote_is_read() {
    let case = Case::fixture("office");
    let list = "Courtroom;URN;Defendant\r\n8;01AB0010126;Siân – X\r\n";
    let latin = b"Courtroom;URN;Defendant\r\n8;01AB0010126;Si\xe2n \x96 X\r\n".to_vec();
    let marked = [b"\xff\xfe".to_vec(), list.encode_utf16().flat_map(u16::to_le_bytes).collect()];
    for bytes in [list.as_bytes().to_vec(), latin, marked.concat()] {
        case.write("court.csv", &bytes);
        on(&case, &["list", "leeds/01-ready", "--import", "court.csv"])
            .expect(1)
            .shows("courtroom 5 is now 8");
    }
}

#[test]
fn columns_of_another_name_are_named_in_a_file() {
    let case = Case::fixture("office");
    case.write("court.csv", "Ref,Where\n01AB0010126,8\n");
    case.write("columns.toml", "urn = \"Ref\"\ncourtroom = \"where\"\n");
    let run = |more: &[&str]| {
        let arguments = ["list", "leeds/01-ready", "--import", "court.csv"];
        on(&case, &[&arguments[..], more].concat())
    };
    run(&[])
        .expect(2)
        .says("no column holds a URN or a case number; the columns are: Ref, Where")
        .says("--columns");
    run(&["--columns", "columns.toml"]).expect(1).shows("courtroom 5 is now 8");
    run(&["--columns", "columns.toml", "--format", "csv"]).expect(2);
    on(&case, &["list", "--write"]).expect(2).says("--import");
}

#[test]
fn a_file_standard_of_ones_own_counts_as_it_does_for_check() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\nurn = \"01AB0000126\"\nfile_standard = \"ours\"\n[hearing]\ndate = 2026-11-24\n[[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"Notes\"\nfile = \"notes.pdf\"\ndate = 2026-11-01\nform = \"MG5\"\n",
    );
    case.copy("fixtures/producers/pypdf.pdf", "notes.pdf");
    case.write("ours.toml", OWN_STANDARD);
    let own = ["--standards-file", "ours.toml"];
    let ready = |command: &[&str]| on(&case, command).json();
    let checked = ready(&[&["check", "--format", "json"], &own[..]].concat());
    let listed = ready(&[&["list", "--format", "json"], &own[..]].concat());
    assert_eq!(array(&checked, "cases")[0]["ready"], true, "{checked}");
    assert_eq!(hearing(&listed, "01AB0000126")["readiness"], "ready");
    // Without the file nobody knows that standard.
    on(&case, &["list"]).expect(1).shows("not ready");
}

/// A case at Leeds in custody since 1 June, so that its limit ends on 30 November, with other lines for its charge.
fn held(charge: &str, kind: &str, date: &str) -> Case {
    let case = Case::with_manifest(format!(
        "[case]\ntitle = \"R v X\"\nurn = \"01AB0000126\"\ncourt = \"Crown Court at Leeds\"\n\
         [[defendant]]\nname = \"Ann Ash\"\nremand = \"custody\"\n[[defendant.charge]]\noffence = \"Theft\"\n{charge}\n\
         [hearing]\nkind = \"{kind}\"\ndate = {date}\ntime = 10:00:00\ncourtroom = \"5\"\n\
         [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"x\"\nfile = \"x.pdf\"\ndate = 2026-06-01\nform = \"indictment\"\n\
         [[section.document]]\ntitle = \"y\"\nform = \"MG11\"\nstatus = \"expected\"\nrequired = false\nsupplier = \"police\"\n"
    ));
    case.copy("fixtures/case-complete/indictment.pdf", "x.pdf");
    case
}

const CROWN: &str = "custody_stage = \"crown\"\ncustody_start = 2026-06-01";

/// Every state of a custody time limit: the charge, the kind of hearing and its day, today, the state, its words, and whether
/// the case is not ready because of it.
const STATES: [(&str, &str, &str, &str, &str, &str, bool); 9] = [
    (
        CROWN,
        "trial",
        "2026-12-02",
        "2026-12-01",
        "passed",
        "!! 2026-11-30, PASSED 1 day ago (calculated, not agreed)",
        true,
    ),
    (
        CROWN,
        "trial",
        "2026-12-01",
        "2026-10-01",
        "before-hearing",
        "!! 2026-11-30, 60 days left, BEFORE THE HEARING (calculated, not agreed)",
        true,
    ),
    (
        "custody_stage = \"crown\"",
        "trial",
        "2026-12-01",
        "2026-10-01",
        "unknown",
        "!! not known: custody_start is not recorded",
        true,
    ),
    (
        "custody_start = 2026-06-01",
        "trial",
        "2026-12-01",
        "2026-10-01",
        "unknown",
        "!! not known: custody_stage is not recorded",
        true,
    ),
    (
        CROWN,
        "trial",
        "2026-11-30",
        "2026-10-01",
        "near",
        "!! 2026-11-30, 60 days left, THE DAY OF THE HEARING (calculated, not agreed)",
        false,
    ),
    (
        CROWN,
        "mention",
        "2026-11-27",
        "2026-11-16",
        "near",
        "!! 2026-11-30, 14 days left (calculated, not agreed)",
        false,
    ),
    (
        CROWN,
        "mention",
        "2026-11-27",
        "2026-11-15",
        "running",
        "2026-11-30, 15 days left (calculated, not agreed)",
        false,
    ),
    (
        CROWN,
        "sentence",
        "2026-12-02",
        "2026-12-01",
        "none",
        "none runs: the hearing is for sentence",
        false,
    ),
    (
        "custody_limit = \"none\"\ncustody_reason = \"the trial began on 2026-11-16\"",
        "trial",
        "2026-12-02",
        "2026-12-01",
        "none",
        "none runs: the trial began on 2026-11-16",
        false,
    ),
];

#[test]
fn every_state_of_a_custody_limit_is_the_same_in_every_output() {
    for (charge, kind, date, today, state, words, stops) in STATES {
        let case = held(charge, kind, date);
        let run = |command: &[&str]| case.run(&[command, &["--today", today]].concat());
        let hearing = ["--hearing", date];
        let shows = |command: &[&str], text: &str, is_there: bool| {
            let run = run(command);
            let told = run.out.contains(text);
            assert_eq!(told, is_there, "{state} {command:?} {text}\n{}{}", run.out, run.err);
            run.expect(1);
        };
        let (readiness, word) = match stops {
            true => ("not ready", "not-ready"),
            // A document is expected.
            false => ("ready with gaps", "gaps"),
        };
        let sentence = if stops { "Not ready." } else { "Ready with gaps." };
        let presses = words.starts_with("!!");
        // In text.
        let limit = format!("custody time limit of Ann Ash, Theft: {words}");
        shows(&["check"], sentence, true);
        shows(&["check"], &limit, presses);
        shows(&[&["check"], &hearing[..]].concat(), &format!("1 case: 1 {readiness}."), true);
        shows(
            &[&["check"], &hearing[..]].concat(),
            &format!("custody time limit {words}"),
            presses,
        );
        shows(&["list"], &format!("Ann Ash, Theft: {words}"), true);
        let head = format!(
            "Custody time limit {words}: R v X (01AB0000126), Crown Court at Leeds, courtroom 5, "
        );
        assert_eq!(run(&["list"]).out.starts_with(&head), stops, "{state}");
        let red = format!("\u{1b}[1m\u{1b}[31m{words}");
        for command in [&["list"][..], &["check", "--hearing", date]] {
            let painted = run(&[command, &["--color", "always"]].concat()).out;
            assert_eq!(painted.contains(&red), stops, "{state} {command:?}\n{painted}");
        }
        // On a page, in a table, for scripts.
        for command in ["list", "check"] {
            let page = [command, "--format", "html"];
            shows(
                &page,
                &format!("Custody time limit {words}"),
                if command == "list" { stops } else { presses },
            );
            shows(&page, words, true);
            shows(&page, &format!("</span> {readiness}</span>"), true);
        }
        shows(&["list", "--format", "csv"], &format!(",{word},"), true);
        shows(&["list", "--format", "csv"], &format!(",{state}\n"), true);
        for_scripts(&case, today, state, word);
        // What is chased says it as well, and the calendar, whose lines are folded.
        for format in ["text", "csv", "json", "markdown", "ics"] {
            let chased = run(&["chase", "--format", format]).expect(1).out.replace("\r\n ", "");
            let told = chased.replace('\\', "").contains(words);
            assert_eq!(told, presses, "{state} {format}\n{chased}");
        }
        on_paper(&case, today, readiness, stops);
        // No bundle is refused for it.
        run(&["build"]).expect(0);
        let files = case.files();
        assert!(files.iter().any(|file| file.ends_with(".pdf") && file.starts_with("out/")));
    }
}

fn for_scripts(case: &Case, today: &str, state: &str, word: &str) {
    let run =
        |command: &[&str]| case.run(&[command, &["--format", "json", "--today", today]].concat());
    let json = run(&["list"]).json();
    let listed = hearing_of(&json);
    assert_eq!(listed["readiness"], word, "{state}");
    let limit = &array(listed, "custody_time_limits")[0];
    assert_eq!(limit["state"], state);
    assert_eq!(limit["expires"].is_null(), ["unknown", "none"].contains(&state), "{limit}");
    assert_eq!(limit["reason"].is_null(), !limit["expires"].is_null(), "{limit}");
    let checked = run(&["check"]).json();
    assert_eq!(array(&checked, "cases")[0]["readiness"], word, "{state}");
}

fn on_paper(case: &Case, today: &str, readiness: &str, stops: bool) {
    case.run(&["list", "--format", "pdf", "-o", "list.pdf", "--today", today]).expect(1);
    let pdf = crate::support::look::open(&case.path("list.pdf"));
    let page = crate::support::look::words(&pdf.pages()[0]).replace('\n', " ");
    assert_eq!(page.contains("Custody time limit !!"), stops, "{page}");
    assert!(page.contains(readiness), "{page}");
}

fn hearing_of(list: &Value) -> &Value {
    &array(&array(list, "sittings")[0], "hearings")[0]
}

#[test]
fn a_custody_limit_changes_no_byte_of_a_bundle() {
    let built = |charge: &str| {
        let case = held(charge, "trial", "2026-12-02");
        case.run(&["build", "--today", "2026-12-01"]).expect(0);
        let files = case.files();
        let bundle = files.iter().find(|file| file.ends_with(".pdf") && file.starts_with("out/"));
        case.read(bundle.unwrap())
    };
    let none = "custody_limit = \"none\"\ncustody_reason = \"convicted\"";
    assert!(built(CROWN) == built(none));
}

#[test]
fn where_no_limit_runs_somebody_says_why() {
    let check =
        |charge: &str| held(charge, "trial", "2026-12-02").run(&["check", "--today", "2026-12-01"]);
    check("custody_limit = \"none\"").expect(2).says("\"custody_reason\" is missing");
    check("custody_reason = \"convicted\"").expect(2).says("add custody_limit = \"none\"");
    check("custody_limit = \"never\"\ncustody_reason = \"x\"").expect(2).says("allowed: none");
    check("custody_limit = \"none\"\ncustody_reason = \" \"").expect(2).says("custody_reason");
}

#[test]
fn a_date_of_the_court_before_the_calculated_one_is_told() {
    let early = |key: &str| held(&format!("{CROWN}\n{key} = 2026-11-20"), "trial", "2026-11-18");
    for key in ["custody_time_limit", "custody_extended_to"] {
        early(key).run(&["check", "--today", "2026-10-01"]).expect(1).shows(&format!(
            "Ann Ash: {key} is 2026-11-20, before 2026-11-30, the last day that is worked out for Theft"
        ));
    }
}

#[test]
fn a_quiet_list_says_why_it_ends_with_2() {
    let case = Case::fixture("office");
    on(&case, &["list", "-q", "leeds/18-unreadable"])
        .expect(2)
        .says("error: leeds/18-unreadable/bundle.toml: section")
        .says("Forensic report");
}

#[test]
fn one_bad_row_does_not_lose_the_list() {
    let case = Case::fixture("office");
    case.write(
        "court.csv",
        COURT_LIST
            .replace("6,24/11/2026,11:15", "6,24/11/2026,02:15")
            .replace("5,24/11/2026,10:00", "8,24/11/2026,10:00"),
    );
    let arguments = ["list", "leeds/01-ready", "leeds/02-gaps", "--import", "court.csv"];
    on(&case, &arguments).expect(1).shows(
        "court.csv: 1 row not compared\n  line 3: 01AB0010226: time is 02:15, when no court sits: write 14:15 if that is meant\n\n\
         01AB0010126  R v Alderfen: courtroom 5 is now 8\n",
    );
    let before = case.read("leeds/02-gaps/bundle.toml");
    let report = on(&case, &[&arguments[..], &["--write", "--format", "json"]].concat()).json();
    let remark = &array(&report, "remarks")[0];
    assert_keys(remark, &["file", "line", "reference", "refused", "why"]);
    assert_eq!((&remark["line"], &remark["refused"]), (&Value::from(3), &Value::Bool(true)));
    assert!(before == case.read("leeds/02-gaps/bundle.toml"));
    assert!(
        String::from_utf8(case.read("leeds/01-ready/bundle.toml"))
            .unwrap()
            .contains("courtroom = \"8\"")
    );
}

#[test]
fn dates_of_either_order_are_asked_about() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\nurn = \"01AB0000226\"\n[hearing]\ndate = 2026-12-01\n",
    );
    case.write("us.csv", "URN,Court,Courtroom,Date,Time\n01AB0000226,Crown Court at Leeds,5,12/03/2026,10:00\n01AB0000326,Crown Court at Leeds,5,12/01/2026,10:00\n");
    let before = case.read("bundle.toml");
    on(&case, &["list", "--import", "us.csv", "--write"])
        .expect(2)
        .shows("us.csv: 2 rows not compared")
        .shows("line 2: 01AB0000226: date \"12/03/2026\" may be 12 March 2026 or 3 December 2026: say which with --date-order dmy or mdy")
        .shows("line 3: ");
    on(&case, &["list", "--import", "us.csv", "--write", "--date-order", "dmy"])
        .expect(2)
        .shows("12 March 2026, which is past");
    assert!(before == case.read("bundle.toml"));
    on(&case, &["list", "--import", "us.csv", "--write", "--date-order", "mdy"])
        .expect(1)
        .shows("date 2026-12-01 is now 2026-12-03 (written)");
}

#[test]
fn what_is_not_sure_is_told_and_not_written() {
    let manifest = "[case]\ntitle = \"R v X\"\nurn = \"01AB0000126\"\ncourt = \"Crown Court at Leeds\"\n[hearing]\ndate = 2026-11-24\nsession = \"morning\"\ntime = 10:00:00\n";
    let imported = |list: &str| {
        let case = Case::with_manifest(manifest);
        case.write("court.csv", list);
        let run = on(&case, &["list", "--import", "court.csv", "--write"]);
        (run, String::from_utf8(case.read("bundle.toml")).unwrap())
    };
    let (run, after) =
        imported("URN,Court,Courtroom,Time\n01AB0000126,Crown Court at Cardiff,7,11:00\n");
    run.expect(1)
        .shows("names Crown Court at Cardiff, the manifest Crown Court at Leeds")
        .shows("courtroom nothing is now 7 (not sure: the list names another court)");
    assert_eq!(after, manifest);
    let (run, after) =
        imported("URN,Date,Time\n01AB0000126,24/11/2026,11:00\n01AB0000126,24/11/2026,14:00\n");
    run.expect(1).shows("listed once more on 2026-11-24 at 14:00 (line 3)");
    assert_eq!(after, manifest);
    let (run, after) = imported("URN,Date,Time\n01AB0000126,VACATED 24/11/2026,10:00\n");
    run.expect(1).shows("R v X: vacated on the court's list (line 2)");
    assert_eq!(after, manifest);
    // A session goes with its time.
    let (run, after) = imported("URN,Date,Time\n01AB0000126,24/11/2026,NB 14:30\n");
    run.expect(0).shows("time 10:00 is now not before 14:30 (written)");
    assert_eq!(after, manifest.replace("10:00:00", "14:30:00").replace("morning", "afternoon"));
}

#[test]
fn one_room_and_one_case_are_one_however_they_are_written() {
    let case = Case::empty();
    let write = |folder: &str, room: &str, time: &str, more: &str| {
        case.write(
            &format!("{folder}/bundle.toml"),
            format!(
                "[case]\ntitle = \"R v {folder}\"\ncourt = \"Leeds\"\ncourt_case_number = \"T20260001\"\n[hearing]\ndate = 2026-11-24\n\
                 courtroom = \"{room}\"\ntime = {time}:00\nprosecutor = \"A Advocate\"\n{more}"
            ),
        );
    };
    write("a", "7", "10:00", "");
    write("b", "Courtroom 7", "10:15", "");
    write("c", "court 7", "14:00", "");
    let list = on(&case, &["list", "--format", "json"]).json();
    let sittings = array(&list, "sittings");
    assert_eq!(sittings.len(), 1, "{list}");
    assert_eq!(sittings[0]["courtroom"], "7");
    // Without a URN it is one case by the number of the court; in one room nobody is in two.
    let codes: Vec<&str> = array(&list, "conflicts").iter().map(|one| text(one, "code")).collect();
    assert_eq!(codes, ["case-twice"]);
    // Half an hour without an estimate, and an estimate goes on after lunch.
    write("b", "8", "10:29", "");
    assert!(on(&case, &["list"]).out.contains("prosecutor-twice"));
    write("b", "8", "10:30", "");
    assert!(!on(&case, &["list"]).out.contains("prosecutor-twice"));
    write("b", "8", "12:00", "estimate = 90");
    on(&case, &["list"]).shows(
        "T20260001 at 12:00 in courtroom 8 (Leeds), T20260001 at 14:00 in courtroom 7 (Leeds)",
    );
}
