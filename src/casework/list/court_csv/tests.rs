use std::path::Path;

use jiff::civil::{date, time as at};

use super::*;
use crate::manifest::{Case, parse};

/// Read on Tuesday 24 November 2026.
pub(super) fn reading() -> ListReading {
    ListReading { today: date(2026, 11, 24), order: None, days: None, is_earlier: false }
}

fn list(text: &str) -> CourtCsv {
    read(text, &ColumnNames::default(), &reading()).unwrap()
}

/// The rows of a list in which every row is understood.
fn rows(text: &str) -> Vec<Row> {
    let list = list(text);
    assert_eq!(list.remarks, [], "{text}");
    list.rows
}

/// Line and reason of each remark.
fn remarks(list: &CourtCsv) -> Vec<(u64, &str)> {
    list.remarks.iter().map(|remark| (remark.line, remark.why.as_str())).collect()
}

fn case(number: u32, hearing: &str) -> Case {
    let text = format!(
        "[case]\nurn = \"01AB{number:05}26\"\ncourt_case_number = \"T2026{number:04}\"\ntitle = \"R v {number}\"\ncourt = \"Leeds\"\n[hearing]\n{hearing}"
    );
    parse(&text, Path::new("bundle.toml")).case.unwrap()
}

fn kinds(rows: &[Row], cases: &[Case]) -> Vec<ListChange> {
    let list = CourtCsv { rows: rows.to_vec(), ..CourtCsv::default() };
    changes(&list, cases).into_iter().map(|one| one.kind).collect()
}

#[test]
fn columns_are_found_by_the_names_that_courts_use() {
    let row = Row {
        line: 2,
        references: vec!["01ab0000126".to_owned()],
        court: Some("Leeds".to_owned()),
        courtroom: Some("Courtroom 5".to_owned()),
        date: Some(date(2026, 11, 24)),
        time: Some(at(14, 15, 0, 0)),
        ..Row::default()
    };
    let text = "\u{feff}Court House,Courtroom Name,Hearing Date,Start time,PTI URN,Defendant\r\nLeeds,Courtroom 5,24/11/2026,2:15pm,01ab0000126,\"Ash, Ann\"\r\n,,,,,\r\n";
    assert_eq!(rows(text), [row]);
}

/// Headers as people write them, each over the same hearing.
#[test]
fn headers_have_many_names() {
    for header in [
        "URN,Ct,Date,Time",
        "URN No.,Ct Rm,Date of hearing,Start",
        "Police URN,Court Room,Listing Date,Time of hearing",
        "CPS URN,Crt No,Date listed,Hearing start time",
        "Case No,Courtroom No.,Hearing Date,Sitting at",
        "Case Ref,Room,Next hearing date,Listed time",
        "T-number,Rm,Sitting date,Court time",
        "Case,Court,When,Starts",
        "Case details,Court No,Listed for,Time marking",
    ] {
        let found = rows(&format!("{header}\n01AB0000126,5,24/11/2026,10:00\n"));
        let [row] = found.as_slice() else { panic!("{header}: {found:?}") };
        assert_eq!(row.references, ["01AB0000126"], "{header}");
        assert_eq!(row.courtroom.as_deref(), Some("5"), "{header}");
        assert_eq!(row.date, Some(date(2026, 11, 24)), "{header}");
        assert_eq!(row.time, Some(at(10, 0, 0, 0)), "{header}");
    }
    // What a hearing is listed for is no day.
    let trial = rows("URN,Listed for,Time,Date of birth\n01AB0000126,Trial,10:00,01/02/1990\n");
    assert_eq!((trial[0].date, trial[0].time), (None, Some(at(10, 0, 0, 0))));
}

#[test]
fn titles_totals_blank_rows_and_repeated_headers_are_no_hearings() {
    let text = "Leeds Crown Court,,,\nDaily list,,,\n\nURN,Courtroom,Date,Time\n01AB0000126,5,24/11/2026,10:00\n,,,\nURN,Courtroom,Date,Time\n01AB0000226,5,24/11/2026,11:00\nTotal: 2,,,\n";
    let list = list(text);
    assert_eq!(list.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [5, 8]);
    assert_eq!((list.passed_over, list.remarks), (vec![1, 2, 7, 9], vec![]));
    // A title may name the only day.
    let titled = rows(
        "List for Tuesday 24th November 2026\nPrinted 23/11/2026\nURN,Time\n01AB0000126,10:00\n",
    );
    assert_eq!(titled[0].date, Some(date(2026, 11, 24)));
}

#[test]
fn a_user_may_name_the_columns() {
    let names: ColumnNames = toml::from_str("urn = \"Our ref\"\ntime = \"When\"").unwrap();
    let found = read("our REF,when\n01AB0000126,9.30\n", &names, &reading()).unwrap();
    assert_eq!(found.rows[0].time, Some(at(9, 30, 0, 0)));
    let wrong: ColumnNames = toml::from_str("urn = \"Reference\"").unwrap();
    let why = read("our ref\nx\n", &wrong, &reading()).unwrap_err().to_string();
    assert_eq!(why, "there is no column \"Reference\"; the columns are: our ref");
    assert!(toml::from_str::<ColumnNames>("judge = \"Judge\"").is_err());
    let why = read("a,b\n1,2\n", &ColumnNames::default(), &reading()).unwrap_err();
    assert_eq!(why.to_string(), "no column holds a URN or a case number; the columns are: a, b");
}

/// What a cell of the column of days says: day, time.
#[test]
fn cells_of_days_are_understood_whole() {
    let day = Some(date(2026, 11, 24));
    let ten = Some(at(10, 0, 0, 0));
    for (cell, time) in [
        ("24/11/2026", None),
        ("24.11.26", None),
        ("24-11-2026", None),
        ("2026-11-24", None),
        ("20261124", None),
        ("24 November 2026", None),
        ("24th November", None),
        ("24th of Nov 2026", None),
        ("Tue 24 Nov", None),
        ("Tuesday, 24 November 2026", None),
        ("Tue 24/11/2026", None),
        ("24-Nov-26", None),
        ("November 24, 2026", None),
        ("46350", None),
        ("46350.4166666667", ten),
        ("24/11/2026 00:00", None),
        ("24/11/2026 00:00:00", None),
        ("24/11/2026 10:00", ten),
        ("24/11/2026 at 10.00am", ten),
        ("24/11/2026, 1000hrs", ten),
        ("24 Nov 2026 - 10:00", ten),
        ("10:00 on Tuesday 24 November 2026", ten),
        ("2026-11-24T10:00:00", ten),
        ("2026-11-24T10:00:00Z", ten),
        ("2026-11-24T12:00:00+02:00", ten),
        ("adjourned from 20/11/2026 to 24/11/2026", None),
        ("Adjourned to 24 November 2026 at 10am", ten),
        ("20/11/2026 -> 24/11/2026 10:00", ten),
        ("24/11/2026 (10:00)", ten),
    ] {
        let text = format!("URN;Date\n01AB0000126;{cell}\n01AB0000226;25/11/2026\n");
        let found = rows(&text);
        assert_eq!((found[0].date, found[0].time), (day, time), "{cell}");
        assert!(!found[0].is_off, "{cell}");
    }
}

#[test]
fn cells_of_times_are_understood_whole() {
    for (cell, hour, minute) in [
        ("10:00", 10, 0),
        ("10.00", 10, 0),
        ("1000", 10, 0),
        ("930", 9, 30),
        ("10:00:00", 10, 0),
        ("10am", 10, 0),
        ("10 AM", 10, 0),
        ("10.00 a.m.", 10, 0),
        ("2.15pm", 14, 15),
        ("12 noon", 12, 0),
        ("noon", 12, 0),
        ("12:00 pm", 12, 0),
        ("1000hrs", 10, 0),
        ("10h30", 10, 30),
        ("0.4375", 10, 30),
        ("0.416666666666667", 10, 0),
        ("1899-12-30 10:00:00", 10, 0),
        ("10:00-11:00", 10, 0),
        ("10.00 to 11.30", 10, 0),
        ("10:00 – 13:00", 10, 0),
        ("from 10am to 1pm", 10, 0),
        ("Not before 10:30", 10, 30),
        ("NB 10:30", 10, 30),
        ("NB: 10.30am", 10, 30),
        ("moved from 10:00 to 11:30", 11, 30),
        ("was 10:00 now 10:30", 10, 30),
        ("'10:00", 10, 0),
    ] {
        let found = rows(&format!("URN;Time\n01AB0000126;{cell}\n"));
        assert_eq!(found[0].time, Some(at(hour, minute, 0, 0)), "{cell}");
    }
    for (cell, session) in [
        ("am", Session::Morning),
        ("PM", Session::Afternoon),
        ("p.m.", Session::Afternoon),
        ("Morning session", Session::Morning),
    ] {
        let found = rows(&format!("URN;Time\n01AB0000126;{cell}\n"));
        assert_eq!((found[0].time, found[0].session), (None, Some(session)), "{cell}");
    }
    for blank in ["", "-", "TBC", "tba", "n/a"] {
        assert_eq!(rows(&format!("URN;Time\n01AB0000126;{blank}\n"))[0].time, None, "{blank}");
    }
}

/// Column, cell, and why its row is refused.
const REFUSED: [(&str, &str, &str); 22] = [
    ("Time", "02:15", "time is 02:15, when no court sits: write 14:15 if that is meant"),
    ("Time", "00:30", "time is 00:30, when no court sits: write 12:30 if that is meant"),
    ("Time", "23:00", "time is 23:00, when no court sits"),
    ("Time", "10.3", "time \"10.3\" may be 3 minutes past or 30: write 10:30"),
    ("Time", "25:00", "time \"25:00\" is no time of day"),
    ("Time", "13:00pm", "time \"13:00pm\" is no time of day"),
    ("Time", "10", "time \"10\" is not understood"),
    ("Time", "10:00 or 11:00", "time \"10:00 or 11:00\" is not understood"),
    ("Time", "was 10:00", "time \"was 10:00\" is not understood"),
    ("Time", "11:00-10:00", "time \"11:00-10:00\" is not understood"),
    ("Time", "10:00 (pm)", "time \"10:00 (pm)\" is in the other half of the day"),
    ("Date", "2026-11-31", "date \"2026-11-31\" is no day of the calendar"),
    (
        "Date",
        "24/11/1926",
        "date \"24/11/1926\" is 24 November 1926, a year of which nothing is listed",
    ),
    (
        "Date",
        "24/11/2062",
        "date \"24/11/2062\" is 24 November 2062, a year of which nothing is listed",
    ),
    ("Date", "23/11/2026", "date \"23/11/2026\" is 23 November 2026, which is past"),
    ("Date", "Mon 24/11/2026", "date \"Mon 24/11/2026\" is another day of the week"),
    ("Date", "23 November", "date \"23 November\" has no year, and is not of the next six months"),
    ("Date", "24/11", "date \"24/11\" is not understood"),
    ("Date", "TBC", "date \"TBC\" is not understood"),
    ("Date", "w/c 30/11/2026", "date \"w/c 30/11/2026\" is not understood"),
    ("Date", "adjourned from 24/11/2026", "date \"adjourned from 24/11/2026\" is not understood"),
    (
        "Date",
        "24/11/2026 - 26/11/2026",
        "date \"24/11/2026 - 26/11/2026\" is a range of days, and says no day of the hearing",
    ),
];

#[test]
fn what_is_not_understood_is_refused_with_its_row_and_the_rest_is_taken() {
    for (header, cell, why) in REFUSED {
        let list = list(&format!("URN;{header}\n01AB0000126;{cell}\n01AB0000226;\n"));
        let told = remarks(&list);
        assert_eq!(told.first(), Some(&(2, why)), "{cell}");
        assert!(list.rows.iter().all(|row| row.line == 3), "{cell}");
    }
    let list = list(
        "URN,Time,Date\nx,noon,24/11/2026\n,10:00,24/11/2026\n01AB0000126,10:00,24/11/2026,Ash\n01AB0000226,10:00,24/11/2026 11:00\n",
    );
    assert_eq!(list.rows.len(), 1);
    assert_eq!(
        remarks(&list),
        [
            (3, "has neither a URN nor a case number"),
            (
                4,
                "has more cells than the header: a comma in a cell parts it where it is not in quotation marks"
            ),
            (5, "says one thing in the cell of the date and another in that of the time"),
        ]
    );
}

#[test]
fn a_quotation_mark_that_nothing_closes_takes_no_row_in_silence() {
    let list = list(
        "URN,Defendant,Time\n01AB0000126,Ash,10:00\n01AB0000226,\"Birch,11:00\n01AB0000326,Cedar,12:00\n",
    );
    assert_eq!(list.rows.len(), 1);
    assert_eq!(
        remarks(&list),
        [(3, "a quotation mark opens here and is not closed; all below it is in one cell")]
    );
}

/// The dates of a list, or the lines that were refused.
fn dates(reading: &ListReading, cells: &[&str]) -> (Vec<String>, Vec<u64>) {
    let body: String =
        (1..).zip(cells).map(|(number, cell)| format!("01AB{number:05}26;{cell}\n")).collect();
    let list = read(&format!("URN;Date\n{body}"), &ColumnNames::default(), reading).unwrap();
    let dates = list.rows.iter().filter_map(|row| row.date).map(|date| date.to_string());
    (dates.collect(), list.remarks.iter().map(|remark| remark.line).collect())
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_whole_list() {
    let dates = |cells: &[&str]| dates(&reading(), cells);
    let day_first = vec!["2026-12-03".to_owned(), "2026-12-24".to_owned()];
    assert_eq!(dates(&["03/12/2026", "24/12/2026"]), (day_first.clone(), vec![]));
    assert_eq!(dates(&["12/03/2026", "12/24/2026"]), (day_first, vec![]));
    // 3 December 2026 is a Thursday, and 12 March too; 1 December is a Tuesday, and 12 January a Monday.
    assert_eq!(dates(&["03/12/2026", "Tue 01/12/2026"]).1, [0; 0]);
    assert_eq!(dates(&["Thu 03/12/2026"]), (vec![], vec![2]));
    // Nothing shows it, or two rows show both.
    assert_eq!(dates(&["03/12/2026", "01/12/2026"]), (vec![], vec![2, 3]));
    assert_eq!(dates(&["03/12/2026", "24/12/2026", "12/24/2026"]).1, [2]);
    // One day in either order, and days that decide for themselves, show nothing.
    assert_eq!(dates(&["12/12/2026", "03/12/2026"]), (vec!["2026-12-12".to_owned()], vec![3]));
    assert_eq!(dates(&["2026-12-24", "03/12/2026"]).1, [3]);
    let why = remarks(&list("URN;Date\n01AB0000126;03/12/2026\n"))[0].1.to_owned();
    assert_eq!(
        why,
        "date \"03/12/2026\" may be 3 December 2026 or 12 March 2026: say which with --date-order dmy or mdy"
    );
}

#[test]
fn the_user_may_say_the_order_or_the_day() {
    let with = |order| ListReading { order: Some(order), ..reading() };
    assert_eq!(dates(&with(DateOrder::DayFirst), &["03/12/2026"]).0, ["2026-12-03"]);
    assert_eq!(dates(&with(DateOrder::MonthFirst), &["12/03/2026"]).0, ["2026-12-03"]);
    assert_eq!(dates(&with(DateOrder::DayFirst), &["12/24/2026"]).1, [2]);
    let day = ListReading { days: Some(date(2026, 12, 3)..=date(2026, 12, 3)), ..reading() };
    assert_eq!(dates(&day, &["03/12/2026"]).0, ["2026-12-03"]);
    assert_eq!(dates(&day, &["12/03/2026"]).0, ["2026-12-03"]);
    assert_eq!(dates(&day, &["04/12/2026"]).1, [2]);
    // The list before may be of days that are past.
    let earlier = ListReading { is_earlier: true, ..reading() };
    assert_eq!(dates(&earlier, &["23/11/2026"]).0, ["2026-11-23"]);
    assert_eq!(dates(&earlier, &["23/11/1926"]).1, [2]);
}

#[test]
fn a_blank_cell_is_filled_where_the_whole_list_has_one_value_only() {
    let one = rows("Court,Date,URN\nLeeds,24/11/2026,01AB0000126\n,,01AB0000226\n");
    assert_eq!(one[1].court.as_deref(), Some("Leeds"));
    assert_eq!(one[1].date, Some(date(2026, 11, 24)));
    let several = list("Date,URN\n24/11/2026,01AB0000126\n,01AB0000226\n25/11/2026,01AB0000326\n");
    assert_eq!(remarks(&several), [(3, "has no date, and the list has several: write it in")]);
    // A room or a time is left open, and told.
    let open = list(
        "Courtroom,Time,URN\n5,10:00,01AB0000126\n,10:30,01AB0000226\nTBC,11:00,01AB0000326\n",
    );
    assert_eq!((open.rows.len(), open.remarks.len()), (3, 1));
    assert!(open.remarks[0].line == 3 && !open.remarks[0].is_refused);
}

#[test]
fn cells_may_be_parted_by_semicolons_tabs_or_bars() {
    for sign in [";", "\t", ",", "|"] {
        let text = "sep=;\nCourtroom;Time;URN\n\"5; the small one\";10:00;01AB0000126\n";
        let read = rows(&text.replace(';', sign));
        assert_eq!(read[0].references, ["01AB0000126"], "{sign:?}");
        assert_eq!(read[0].time, Some(at(10, 0, 0, 0)));
    }
    assert_eq!(rows("URN\n01AB0000126\n").len(), 1);
    let book = read("PK\u{3}\u{4}x", &ColumnNames::default(), &reading()).unwrap_err();
    assert!(book.to_string().contains("workbook") && book.hint().contains("CSV"));
}

#[test]
fn a_cell_may_name_urn_and_number_or_two_cases() {
    let both = rows("URN / Case No,Time\n01AB0000126 / T20260001,10:00\n");
    assert_eq!(both[0].references, ["01AB0000126", "T20260001"]);
    let two = rows("URN,Time\n\"01AB0000126, 01AB0000226\",10:00\n");
    let found: Vec<&str> = two.iter().map(|row| row.references[0].as_str()).collect();
    assert_eq!(found, ["01AB0000126", "01AB0000226"]);
    let split = rows("URN,Time\n01AB0000126/2,10:00\n");
    assert_eq!(split[0].references, ["01AB0000126/2"]);
}

#[test]
fn a_row_for_each_defendant_of_one_hearing_is_one_hearing() {
    let cases = [case(1, "date = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"")];
    let head = "URN,Date,Time,Courtroom,Defendant\n";
    let list = rows(&format!(
        "{head}01AB0000126,2026-11-24,10:00,5,Ash\n01AB0000126,2026-11-24,10:00,5,Birch\n01AB0000126,,,,Cedar\n,,,,Dogwood\n"
    ));
    assert_eq!(kinds(&list, &cases), []);
    let moved = rows(&format!(
        "{head}01AB0000126,2026-11-24,10:00,6,Ash\n01AB0000126,2026-11-24,10:00,Court 6,Birch\n"
    ));
    assert_eq!(
        kinds(&moved, &cases),
        [ListChange::Courtroom(Some("5".to_owned()), "6".to_owned())]
    );
}

#[test]
fn moved_new_gone_and_unknown_are_told_apart() {
    let heard = |room: &str| format!("date = 2026-11-24\ntime = 10:00:00\ncourtroom = \"{room}\"");
    let cases = [case(1, &heard("5")), case(2, &heard("7")), case(3, &heard("9"))];
    let list = rows(
        "Court,URN,Case Number,Date,Time,Courtroom\nLeeds,01AB0000126,,2026-11-24,10:00,Court 05\nLeeds,,T20260002,2026-11-24,11:30,8\nLeeds,01AB0099926,,2026-11-24,10:00,5\n",
    );
    assert_eq!(
        kinds(&list, &cases),
        [
            ListChange::Time(Some(at(10, 0, 0, 0)), at(11, 30, 0, 0)),
            ListChange::Courtroom(Some("7".to_owned()), "8".to_owned()),
            ListChange::NoManifest,
            ListChange::Gone,
        ]
    );
    // Of another court, or on another day: the list says nothing of it.
    let mut elsewhere = case(3, &heard("9"));
    elsewhere.court = Some("Cardiff".to_owned());
    let later = case(3, "date = 2026-11-25");
    let one = rows("Court,URN,Date\nLeeds,01AB0000126,2026-11-24\n");
    assert_eq!(kinds(&one, &[cases[0].clone(), elsewhere, later]), []);
}

#[test]
fn a_case_whose_row_was_refused_is_not_gone() {
    let heard = "date = 2026-11-24\ntime = 10:00:00";
    let cases = [case(1, heard), case(2, heard), case(3, heard)];
    let list = list("URN,Date,Time\n01AB0000126,24/11/2026,10:00\n01AB0000226,24/11/2026,02:15\n");
    let told = changes(&list, &cases);
    let told: Vec<_> =
        told.iter().map(|one| (one.kind.as_str(), one.case.unwrap().title.as_str())).collect();
    assert_eq!(told, [("gone", "R v 3")]);
}

#[test]
fn two_hearings_of_one_case_each_find_their_row() {
    let heard = |time: &str| format!("date = 2026-11-24\ntime = {time}:00");
    let cases = [case(1, &heard("10:00")), case(1, &heard("14:00"))];
    let list = rows("URN,Date,Time\n01AB0000126,2026-11-24,14:00\n01AB0000126,2026-11-24,10:00\n");
    assert_eq!(kinds(&list, &cases), []);
}

/// Each change, and whether it is sure.
fn sure(list: &str, cases: &[Case]) -> Vec<(&'static str, bool)> {
    let list = CourtCsv { rows: rows(list), ..CourtCsv::default() };
    let changes = changes(&list, cases);
    changes.iter().map(|one| (one.kind.as_str(), one.unsure.is_none())).collect()
}

#[test]
fn a_second_sitting_of_a_case_is_told_and_decides_nothing() {
    let head = "URN,Date,Time,Courtroom\n";
    let both = format!("{head}01AB0000126,2026-11-24,10:00,5\n01AB0000126,2026-11-24,14:00,6\n");
    let heard = |lines: &str| [case(1, lines)];
    let at_two = heard("date = 2026-11-24\ntime = 14:00:00\ncourtroom = \"7\"");
    assert_eq!(sure(&both, &at_two), [("listed-again", false), ("courtroom", true)]);
    let open = heard("date = 2026-11-24");
    assert_eq!(
        sure(&both, &open),
        [("time", false), ("courtroom", false), ("listed-again", false)]
    );
    let another_day =
        format!("{head}01AB0000126,2026-11-24,10:00,5\n01AB0000126,2026-12-01,10:00,5\n");
    let first = heard("date = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"");
    assert_eq!(sure(&another_day, &first), [("listed-again", false)]);
}

#[test]
fn what_is_vacated_is_no_hearing() {
    let cases = [case(1, "date = 2026-11-24\ntime = 10:00:00")];
    for list in [
        "URN,Date,Time\n01AB0000126,VACATED 24/11/2026,10:00\n",
        "URN,Date,Time\n01AB0000126,24/11/2026,VACATED\n",
        "URN,Date,Time,Hearing type\n01AB0000126,24/11/2026,10:00,Trial - vacated\n",
        "URN,Date,Status\n01AB0000126,24/11/2026,Adjourned\n",
        "URN,Date,Courtroom\n01AB0000126,24/11/2026,Cancelled\n",
    ] {
        assert_eq!(sure(list, &cases), [("vacated", true)], "{list}");
    }
    // An application to adjourn is heard.
    let list = "URN,Date,Time,Type\n01AB0000126,24/11/2026,10:00,Application to adjourn\n";
    assert_eq!(sure(list, &cases), []);
    let both =
        "URN,Date,Time\n01AB0000126,VACATED 24/11/2026,\n01AB0000126,1 December 2026,10:00\n";
    assert_eq!(sure(both, &cases), [("vacated", true), ("listed-again", false)]);
}

#[test]
fn another_court_is_told_and_nothing_of_its_row_is_sure() {
    let cases = [case(1, "date = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"")];
    let list = "URN,Court,Courtroom,Date\n01AB0000126,Crown Court at Cardiff,8,24/11/2026\n";
    assert_eq!(sure(list, &cases), [("court", true), ("courtroom", false)]);
    let same = "URN,Court,Courtroom,Date\n01AB0000126,Leeds Crown Court,5,24/11/2026\n";
    assert_eq!(sure(same, &cases), []);
}

#[test]
fn a_half_of_the_day_is_compared_with_that_of_the_manifest() {
    let list = "URN,Date,Time\n01AB0000126,24/11/2026,pm\n";
    let heard = |lines: &str| [case(1, &format!("date = 2026-11-24\n{lines}"))];
    assert_eq!(sure(list, &heard("time = 14:00:00")), []);
    assert_eq!(sure(list, &heard("session = \"morning\"")), [("session", true)]);
    assert_eq!(sure(list, &heard("")), [("session", true)]);
    assert_eq!(sure(list, &heard("time = 10:00:00")), [("session", false)]);
}
