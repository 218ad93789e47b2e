use std::path::Path;

use jiff::civil::{date, time as at};

use super::*;
use crate::manifest::{Case, parse};

fn rows(text: &str) -> Vec<Row> {
    read(text, &ColumnNames::default()).unwrap()
}

fn case(number: u32, hearing: &str) -> Case {
    let text = format!(
        "[case]\nurn = \"01AB{number:05}26\"\ncourt_case_number = \"T2026{number:04}\"\ntitle = \"R v {number}\"\ncourt = \"Leeds\"\n[hearing]\n{hearing}"
    );
    parse(&text, Path::new("bundle.toml")).case.unwrap()
}

fn kinds(rows: &[Row], cases: &[Case]) -> Vec<ListChange> {
    changes(rows, cases).into_iter().map(|one| one.kind).collect()
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
    };
    let text = "\u{feff}Court House,Courtroom Name,Hearing Date,Start time,PTI URN,Defendant\r\nLeeds,Courtroom 5,24/11/2026,2:15pm,01ab0000126,\"Ash, Ann\"\r\n,,,,,\r\n";
    assert_eq!(rows(text), [row]);
}

#[test]
fn a_user_may_name_the_columns() {
    let names: ColumnNames = toml::from_str("urn = \"Our ref\"\ntime = \"When\"").unwrap();
    let read = read("our REF,when\n01AB0000126,9.30\n", &names).unwrap();
    assert_eq!(read[0].time, Some(at(9, 30, 0, 0)));
    let wrong: ColumnNames = toml::from_str("urn = \"Reference\"").unwrap();
    let why = super::read("our ref\nx\n", &wrong).unwrap_err().to_string();
    assert_eq!(why, "there is no column \"Reference\"; the columns are: our ref");
    assert!(toml::from_str::<ColumnNames>("judge = \"Judge\"").is_err());
}

#[test]
fn what_cannot_be_understood_is_refused_with_its_line() {
    let why = |text: &str| read(text, &ColumnNames::default()).unwrap_err().to_string();
    assert_eq!(why("a,b\n1,2\n"), "no column holds a URN or a case number; the columns are: a, b");
    assert_eq!(why("urn,time\nx,10:00\ny,noon\n"), "line 3: \"noon\" is not a time");
    assert_eq!(why("urn,date\nx,2026-11-31\n"), "line 2: \"2026-11-31\" is not a date");
    assert_eq!(why("urn,date\n,2026-11-30\n"), "line 2: neither a URN nor a case number");
}

#[test]
fn everything_wrong_with_the_rows_is_told_at_once() {
    let why = read("urn,time\nx,noon\n,10:00\n", &ColumnNames::default()).unwrap_err();
    assert_eq!(
        why.to_string(),
        "line 2: \"noon\" is not a time; line 3: neither a URN nor a case number"
    );
    assert!(why.hint().contains("24/11/2026"));
}

#[test]
fn cells_may_be_parted_by_semicolons_or_tabs() {
    for sign in [";", "\t", ","] {
        let text = "Courtroom;Time;URN\n\"5; the small one\";10:00;01AB0000126\n";
        let read = rows(&text.replace(';', sign));
        assert_eq!(read[0].references, ["01AB0000126"], "{sign:?}");
        assert_eq!(read[0].time, Some(at(10, 0, 0, 0)));
    }
    assert_eq!(rows("URN\n01AB0000126\n").len(), 1);
}

#[test]
fn a_row_for_each_defendant_of_one_hearing_is_one_hearing() {
    let cases = [case(1, "date = 2026-11-24\ntime = 10:00:00\ncourtroom = \"5\"")];
    let list = rows(
        "URN,Date,Time,Courtroom\n01AB0000126,2026-11-24,10:00,5\n01AB0000126,2026-11-24,10:00,5\n",
    );
    assert_eq!(kinds(&list, &cases), []);
    let moved = rows(
        "URN,Date,Time,Courtroom\n01AB0000126,2026-11-24,10:00,6\n01AB0000126,2026-11-24,10:00,Court 6\n",
    );
    assert_eq!(
        kinds(&moved, &cases),
        [ListChange::Courtroom(Some("5".to_owned()), "6".to_owned())]
    );
}

#[test]
fn times_of_the_twelve_hour_clock_are_understood() {
    for (text, hour) in
        [("12:00am", 0), ("12:00 pm", 12), ("1.00pm", 13), ("11:00AM", 11), ("13:00", 13)]
    {
        assert_eq!(time(text), Some(at(hour, 0, 0, 0)), "{text}");
    }
    assert_eq!(time("13:00pm"), None);
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
fn two_hearings_of_one_case_each_find_their_row() {
    let heard = |time: &str| format!("date = 2026-11-24\ntime = {time}:00");
    let cases = [case(1, &heard("10:00")), case(1, &heard("14:00"))];
    let list = rows("URN,Date,Time\n01AB0000126,2026-11-24,14:00\n01AB0000126,2026-11-24,10:00\n");
    assert_eq!(kinds(&list, &cases), []);
}
