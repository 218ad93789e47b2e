use super::*;
use crate::casework::hearings::listing::tests::listed;

/// A case heard on one day at Leeds, with more lines for its hearing.
fn heard(number: u32, defendant: &str, hearing: &str) -> Listed {
    listed(
        &format!("{number}/bundle.toml"),
        &format!(
            "[case]\nurn = \"01AB{number:05}26\"\ncourt = \"Leeds\"\n[[defendant]]\nname = \"{defendant}\"\n[hearing]\ndate = 2026-11-24\n{hearing}"
        ),
    )
}

fn found(cases: &[Listed]) -> Vec<(Code, Vec<String>)> {
    conflicts(cases).into_iter().map(|conflict| (conflict.code, conflict.urns)).collect()
}

fn urns(numbers: &[u32]) -> Vec<String> {
    let urn = |number: &u32| format!("01AB{number:05}26");
    numbers.iter().map(urn).collect()
}

#[test]
fn a_prosecutor_is_not_in_two_rooms_at_once() {
    let at = |room: &str, time: &str, more: &str| {
        format!("courtroom = \"{room}\"\ntime = {time}:00\nprosecutor = \"A  advocate\"\n{more}")
    };
    let first = heard(1, "Ann", &at("5", "10:00", "estimate = 60").replace("A  adv", "A Adv"));
    let twice = |second: Listed| found(&[first.clone(), second]);
    let torn = vec![(Code::ProsecutorTwice, urns(&[1, 2]))];
    assert_eq!(twice(heard(2, "Bea", &at("7", "10:00", ""))), torn);
    assert_eq!(twice(heard(2, "Bea", &at("7", "10:59", ""))), torn);
    assert_eq!(twice(heard(2, "Bea", &at("7", "09:00", "estimate = 61"))), torn);
    assert_eq!(twice(heard(2, "Bea", &at("7", "11:00", ""))), []);
    assert_eq!(twice(heard(2, "Bea", &at("7", "09:00", "estimate = 60"))), []);
    assert_eq!(twice(heard(2, "Bea", &at("5", "10:00", ""))), []);
    let other_court = heard(2, "Bea", &at("5", "10:00", ""));
    let mut other_court = other_court;
    other_court.case.court = Some("Cardiff".to_owned());
    assert_eq!(twice(other_court), torn);
}

#[test]
fn a_case_is_once_in_a_session() {
    let mut again = heard(1, "Ann", "time = 11:00:00");
    again.case.manifest = "again/bundle.toml".into();
    let first = heard(1, "Ann", "time = 10:00:00");
    assert_eq!(found(&[first.clone(), again]), [(Code::CaseTwice, urns(&[1]))]);
    let mut later = heard(1, "Ann", "time = 14:00:00");
    later.case.manifest = "later/bundle.toml".into();
    assert_eq!(found(&[first, later]), []);
}

#[test]
fn a_defendant_is_once_in_a_session_and_a_youth_is_not_named() {
    let first = heard(1, "Ann Ash", "time = 10:00:00");
    let second = heard(2, "ann ash", "time = 12:00:00");
    let both = [first.clone(), second];
    assert_eq!(found(&both), [(Code::DefendantTwice, urns(&[1, 2]))]);
    assert!(conflicts(&both)[0].message.starts_with("Ann Ash is a defendant in 2 cases"));
    let mut youth = both;
    youth[1].case.defendants[0].youth = true;
    let message = conflicts(&youth)[0].message.clone();
    assert!(!message.to_lowercase().contains("ash"), "{message}");
    assert_eq!(found(&[first, heard(2, "Ann Ash", "time = 14:00:00")]), []);
}

#[test]
fn a_session_holds_so_much_time() {
    let room = |number, time: &str, minutes: u32| {
        heard(
            number,
            &format!("D{number}"),
            &format!("courtroom = \"5\"\ntime = {time}:00\nestimate = {minutes}"),
        )
    };
    assert_eq!(found(&[room(1, "10:00", 120), room(2, "12:00", 60)]), []);
    assert_eq!(
        found(&[room(1, "10:00", 120), room(2, "12:00", 61)]),
        [(Code::SessionOverfull, urns(&[1, 2]))]
    );
    // One long trial alone is no conflict; what is put beside it is, in either session.
    assert_eq!(found(&[room(1, "10:00", 3000)]), []);
    assert_eq!(
        found(&[room(1, "10:00", 3000), room(2, "14:00", 10)]),
        [(Code::SessionOverfull, urns(&[1, 2]))]
    );
    assert_eq!(found(&[room(1, "10:00", 200), room(2, "14:00", 160)]), []);
}
