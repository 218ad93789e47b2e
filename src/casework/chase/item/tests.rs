use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::casework::chase::ledger::parse as ledger;
use crate::manifest::parse;

const CASE: &str = "\
case = { title = 'R v B', urn = '01AB1234526', court = 'Leeds' }
hearing = { date = 2026-12-20, time = 10:00:00, courtroom = '5' }
[[section]]
letter = 'B'
document = [
  { title = 'late', status = 'expected', due = 2026-11-10, supplier = 'police' },
  { title = 'today', status = 'expected', due = 2026-11-20, form = 'MG6C' },
  { title = 'undated', file = 'statements/x.pdf', form = 'MG11' },
  { title = 'held, expected', file = 'h.pdf', status = 'expected' },
  { title = 'held', file = 'i.pdf' },
  { title = 'held, due', file = 'j.pdf', due = 2026-11-01 },
]
";

const TODAY: Date = date(2026, 11, 20);

fn items(text: &str, written: &str) -> Vec<ChaseItem> {
    let case = parse(text, Path::new("cases/b/bundle.toml")).case.unwrap();
    let held =
        |id: DocumentId| case.sections[id.section].documents[id.document].title.starts_with("held");
    let youths = Youths::of([&case]);
    let diary = Diary { today: TODAY, every: 7 };
    chase_items(&case, &ledger(written.as_bytes()), &held, &youths, diary)
}

#[test]
fn states_and_days_follow_from_the_dates() {
    let found: Vec<_> = items(CASE, "")
        .into_iter()
        .map(|item| (item.document, item.state, item.days_overdue, item.next_chase))
        .collect();
    let row = |name: &str, state, days, next| (name.to_owned(), state, days, next);
    assert_eq!(
        found,
        [
            row("late", ItemState::Overdue, Some(10), Some(TODAY)),
            row("today", ItemState::Pending, Some(0), Some(date(2026, 11, 21))),
            row("undated", ItemState::Pending, None, Some(TODAY)),
            row("held, expected", ItemState::Received, None, None),
            row("held, due", ItemState::Received, None, None),
        ]
    );
}

#[test]
fn who_provides_it_follows_from_the_form_where_nobody_is_named() {
    let suppliers: Vec<_> = items(CASE, "").into_iter().map(|item| item.supplier).collect();
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(suppliers[..3], [some("police"), some("police disclosure officer"), some("police")]);
}

#[test]
fn the_ledger_says_when_it_was_chased_and_what_became_of_it() {
    let written = "\
1 = { what = 'sent', on = 2026-11-12, by = 'AA', section = 'B', document = 'late' }
2 = { what = 'sent', on = 2026-11-16, by = 'BB', section = 'B', document = 'late' }
3 = { what = 'cancelled', on = 2026-11-16, by = 'BB', section = 'B', document = 'today', reason = 'r' }
4 = { what = 'received', on = 2026-11-16, by = 'BB', section = 'X', document = 'x', file = 'statements/x.pdf' }
";
    let items = items(CASE, written);
    let last = |place: usize| (items[place].last_chased, items[place].chased_by.as_deref());
    assert_eq!(last(0), (Some(date(2026, 11, 16)), Some("BB")));
    assert_eq!(items[0].next_chase, Some(date(2026, 11, 23)));
    assert_eq!(items[1].state, ItemState::Cancelled);
    // Known by its file, wherever it is listed now.
    assert_eq!(items[2].state, ItemState::Received);
}

fn next(hearing: &str, due: &str, last: &str) -> Option<String> {
    let due = if due.is_empty() { String::new() } else { format!(", due = {due}") };
    let case = format!(
        "case.title = 'x'\nhearing.date = {hearing}\n[[section]]\nletter = 'B'\n\
         document = [{{ title = 'x', status = 'expected'{due} }}]"
    );
    let sent =
        format!("1 = {{ what = 'sent', on = {last}, by = 'AA', section = 'B', document = 'x' }}\n");
    let items = items(&case, if last.is_empty() { "" } else { &sent });
    items[0].next_chase.map(|next| next.to_string())
}

#[test]
fn before_a_hearing_it_is_chased_every_day() {
    let near = CASE.replace("2026-12-20", "2026-11-25");
    let written =
        "1 = { what = 'sent', on = 2026-11-20, by = 'AA', section = 'B', document = 'late' }\n";
    let items = items(&near, written);
    assert!(items[0].sitting.as_ref().unwrap().near);
    let next: Vec<_> = items[..3].iter().map(|item| item.next_chase).collect();
    assert_eq!(next, [Some(date(2026, 11, 21)), Some(TODAY), Some(TODAY)]);
}

#[test]
fn the_week_before_a_hearing_is_seen_ahead_and_nothing_is_chased_after_it() {
    for (hearing, due, last, expected) in [
        // It is due within the week before the hearing, or after the hearing.
        ("2026-12-20", "2026-12-16", "", Some("2026-12-13")),
        ("2026-12-20", "2027-01-10", "", Some("2026-12-13")),
        ("2026-12-20", "2026-12-01", "", Some("2026-12-02")),
        ("2026-12-20", "2026-12-01", "2026-11-18", Some("2026-11-25")),
        ("2026-12-02", "2026-11-01", "2026-11-20", Some("2026-11-25")),
        ("2026-11-26", "2026-12-16", "2026-11-19", Some("2026-11-20")),
        ("2026-11-26", "", "2026-11-20", Some("2026-11-21")),
        ("2026-11-20", "2026-12-16", "", Some("2026-11-20")),
        ("2026-11-20", "2026-11-01", "2026-11-20", None),
        ("2026-11-19", "2026-11-01", "", None),
    ] {
        let next = next(hearing, due, last);
        assert_eq!(next.as_deref(), expected, "{hearing} {due} {last}");
    }
}
