//! `quality`: figures over many cases.

use serde_json::{Value, json};

use crate::support::case::{Case, array, assert_keys};

/// Ten files: eight eligible, five assessed, three of them without a failure, one more after a dispute.
fn office() -> Case {
    let case = Case::empty();
    let assessments = [
        "eligible = true\nassessed_on = 2026-09-05",
        "eligible = true\nassessed_on = 2026-10-05",
        "eligible = true\nassessed_on = 2026-10-06",
        "eligible = true\nassessed_on = 2026-10-07\nfailures = [{ code = \"E13\", disputed = true, outcome = \"disputed-successfully\" }]",
        "eligible = true\nassessed_on = 2026-10-08\nfailures = [{ code = \"D6\" }, { code = \"E13\", disputed = true, outcome = \"disputed-unsuccessfully\" }]",
        "eligible = true",
        "eligible = true",
        "eligible = true\nfailures = [{ code = \"V3\" }]",
        "eligible = false\nassessed_on = 2026-10-09",
    ];
    for (number, assessment) in assessments.iter().enumerate() {
        let unit = if number % 2 == 0 { "police_unit = \"Leeds & York\"\n" } else { "" };
        case.write(
            &format!("{number}/bundle.toml"),
            format!("[case]\ntitle = \"R v {number}\"\nfile_standard = \"gap\"\n{unit}[assessment]\n{assessment}\n"),
        );
    }
    case.write("9/bundle.toml", "[case]\ntitle = \"R v Nine\"\n");
    case
}

#[test]
fn the_json_is_the_contract() {
    let case = office();
    let run = case.run(&["quality", "--format", "json"]);
    run.expect(0).says("7/bundle.toml: failures are recorded and no assessed_on");
    let report = run.json();
    let keys = ["eligible", "assessed", "met", "met_after_disputes", "rates", "failures"];
    assert_keys(&report, &[&keys[..], &["version", "period", "groups", "open_failures"]].concat());
    assert_eq!(report["period"], Value::Null);
    assert_eq!(
        [&report["eligible"], &report["assessed"], &report["met"], &report["met_after_disputes"]],
        [8, 5, 3, 4]
    );
    assert_eq!(report["rates"], json!({ "assessed": 0.625, "met": 0.6 }));
    assert_eq!(
        report["failures"],
        json!([
            { "code": "E13", "family": "evidential", "count": 2 },
            { "code": "D6", "family": "disclosure", "count": 1 },
        ])
    );
    for group in array(&report, "groups") {
        assert_keys(group, &[&keys[..], &["by", "key"]].concat());
    }
    let whole = |by: &str, key: &str| -> u64 {
        let groups = array(&report, "groups").iter().filter(|group| group["by"] == by);
        groups.map(|group| group[key].as_u64().unwrap()).sum()
    };
    for by in ["police_unit", "casework_type", "month"] {
        assert_eq!(
            (whole(by, "eligible"), whole(by, "assessed"), whole(by, "met")),
            (8, 5, 3),
            "{by}"
        );
    }
}

#[test]
fn a_month_has_its_own_figures_and_a_rate_may_fail() {
    let case = office();
    let october = case.run(&["quality", "--month", "2026-10", "--format", "json"]).json();
    assert_eq!(october["period"], "2026-10");
    assert_eq!([&october["eligible"], &october["assessed"], &october["met"]], [7, 4, 2]);
    case.run(&["quality", "--fail-under", "60"]).expect(0);
    case.run(&["quality", "--fail-under", "60.5"])
        .expect(1)
        .says("3 of 5 files met the standard, under 60.5 %");
    case.run(&["quality", "--month", "2026-10", "--fail-under", "60"]).expect(1);
    let none =
        case.run(&["quality", "--month", "2025-01", "--fail-under", "60", "--format", "json"]);
    none.expect(0).says("no file was assessed");
    assert_eq!(none.json()["rates"]["met"], Value::Null);
    case.run(&["quality", "--month", "2026-13"]).expect(2).says("YYYY-MM");
    case.write("bad/bundle.toml", "[case]\nurn = 1\n");
    case.run(&["quality"]).expect(2).shows("met                 3 of 5 (60 %)");
}

#[test]
fn the_text_has_numerators_reasons_and_signs() {
    let case = office();
    let run = case.run(&["quality"]);
    run.expect(0)
        .shows("assessed            5 of 8 (63 %)")
        .shows("met after disputes  4 of 5 (80 %)")
        .shows("left out: 1 not eligible, 1 without [assessment]")
        .shows("E13     2  statement or statements (evidential)")
        .shows("By police unit")
        .shows("56 % to 63 %");
    assert!(!run.out.contains("Director") && !run.out.contains("DGA"), "{}", run.out);
    case.edit_at(
        "5/bundle.toml",
        "file_standard = \"gap\"",
        "file_standard = \"gap\"\nflags = [\"victim\"]",
    );
    case.run(&["quality"]).expect(0).shows("V3      1 file");
    let csv = case.run(&["quality", "--format", "csv"]);
    csv.expect(0)
        .shows("by,key,eligible,assessed,met,met_after_disputes,rate_assessed,rate_met,E13,D6")
        .shows("all,all files,8,5,3,4,0.6250,0.6000,2,1")
        .shows("month,2026-10,4,4,2,3,1.0000,0.5000,2,1");
}

#[test]
fn the_page_has_a_chart_and_needs_nothing_but_itself() {
    let case = office();
    let page = case.run(&["quality", "--format", "html"]);
    page.expect(0).shows("<svg ").shows("2026-09").shows("3 of 5 (60 %)").shows("Leeds &amp; York");
    for outside in ["<script", "src=", "href=", "@import", "url("] {
        assert!(!page.out.contains(outside), "{outside}");
    }
    // Two months, a circle for each.
    assert_eq!(page.out.matches("<circle").count(), 2, "{}", page.out);
    assert_eq!(case.run(&["quality", "--format", "html"]).out, page.out);
}

/// Two files with a dispute and a failure that nobody disputes, and one about which everything is recorded.
fn undecided() -> Case {
    let case = Case::empty();
    let open = "failures = [{ code = \"E13\", disputed = true }, { code = \"D6\" }]";
    let closed =
        "failures = [{ code = \"E1\", disputed = true, outcome = \"disputed-unsuccessfully\" }]";
    for (number, assessment) in [
        (1, format!("assessed_on = 2026-10-05\n{open}")),
        (2, format!("assessed_on = 2026-09-05\ndeadline = 2026-10-30\n{open}")),
        (3, format!("assessed_on = 2026-09-05\n{closed}")),
    ] {
        case.write(
            &format!("{number}/bundle.toml"),
            format!(
                "[case]\nurn = \"01AB{number:05}26\"\ntitle = \"R v Number{number}\"\n[[defendant]]\nname = \"Nobody Number{number}\"\n\
                 youth = true\n[assessment]\n{assessment}\n"
            ),
        );
    }
    case
}

fn on_2_november(case: &Case, more: &[&str]) -> crate::support::case::Run {
    case.run(&[&["quality", "--today", "2026-11-02"], more].concat())
}

#[test]
fn scripts_get_the_outcomes_that_nobody_recorded() {
    let report = on_2_november(&undecided(), &["--format", "json"]).json();
    let row = |one: &Value| {
        let keys =
            ["urn", "title", "manifest", "code", "disputed", "deadline", "days_left", "basis"];
        assert_keys(one, &keys);
        ["urn", "code", "days_left", "basis"].map(|key| one[key].to_string().replace('"', ""))
    };
    let open: Vec<_> = array(&report, "open_failures").iter().map(row).collect();
    assert_eq!(
        open,
        [
            ["01AB0000226", "E13", "-3", "recorded"],
            ["01AB0000226", "D6", "-3", "recorded"],
            ["01AB0000126", "E13", "40", "calculated"],
        ]
    );
}

#[test]
fn people_are_told_until_when_outcomes_are_recorded() {
    let case = undecided();
    on_2_november(&case, &[])
        .expect(0)
        .shows("E13  disputed    !! 2026-10-30, PASSED 3 days ago (recorded): R v Number2 (01AB0000226)\n")
        .shows("D6   undisputed  !! 2026-10-30")
        .shows("E13  disputed    2026-12-12, 40 days left (calculated): R v Number1");
    // Another custom of the office.
    on_2_november(&case, &["--outcome-days", "5"])
        .shows("E13  disputed    !! 2026-11-05, 3 days left (calculated)");
    let page = on_2_november(&case, &["--format", "html"]);
    page.expect(0)
        .shows("<strong>!! 2026-10-30, PASSED 3 days ago (recorded)</strong>")
        .shows("R v a youth (01AB0000226)");
    assert!(!page.out.contains("Number"), "{}", page.out);
    let october = on_2_november(&case, &["--month", "2026-10"]);
    assert!(!october.out.contains("01AB0000226"), "{}", october.out);
}

#[test]
fn a_deadline_before_the_assessment_is_a_slip() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v X\"\n[assessment]\nassessed_on = 2026-10-05\ndeadline = 2026-10-04\n",
    );
    case.run(&["check"])
        .expect(2)
        .says("bundle.toml:5:1")
        .says("\"deadline\" is 2026-10-04, before the assessment of 2026-10-05");
}
