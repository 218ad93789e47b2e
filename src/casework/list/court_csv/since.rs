//! What a court's list changes beside the one before it.

use std::collections::BTreeSet;

use super::changes::is_about;
use super::{CourtCsv, ListChange, Row, key};
use crate::casework::hearings::courtroom::{room_key, short_room};
use crate::manifest::{Case, CourtCaseNumber, Urn};

/// One difference between two lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference<'a> {
    /// The case, where there is a manifest.
    pub case: Option<&'a Case>,
    /// The row of the list before; `None` for what is new.
    pub old: Option<&'a Row>,
    /// The row of the later list; `None` for what is gone.
    pub new: Option<&'a Row>,
    /// What has changed.
    pub kind: ListChange,
}

/// Every difference, in the order of the later list, then what is gone. A row is known by its URN or case number, and, where
/// a case is listed several times, by its day first.
pub fn since<'a>(
    old_list: &'a CourtCsv,
    new_list: &'a CourtCsv,
    cases: &'a [Case],
) -> Vec<Difference<'a>> {
    let (old, new) = (&old_list.rows, &new_list.rows);
    // Of a case whose row was refused nobody knows whether it is new or gone.
    let (refused_before, refused) = (old_list.refused(), new_list.refused());
    let is_known = |row: &Row, refused: &BTreeSet<String>| {
        !row.references.iter().any(|reference| refused.contains(&key(reference)))
    };
    let partners = partners(old, new);
    let mut differences = Vec::new();
    for (row, partner) in new.iter().zip(&partners) {
        let before = partner.and_then(|at| old.get(at));
        let kinds = match before {
            Some(before) => changed(before, row),
            None if is_known(row, &refused_before) => vec![ListChange::New],
            None => Vec::new(),
        };
        differences.extend(kinds.into_iter().map(|kind| Difference {
            case: case_of(row, cases),
            old: before,
            new: Some(row),
            kind,
        }));
    }
    let rest = old.iter().enumerate();
    let gone = rest.filter(|(at, row)| !partners.contains(&Some(*at)) && is_known(row, &refused));
    differences.extend(gone.map(|(_, row)| Difference {
        case: case_of(row, cases),
        old: Some(row),
        new: None,
        kind: ListChange::Gone,
    }));
    differences
}

/// For each row of the later list the one before, each at most once: those of the same day and time first, then those of
/// the same day, then any.
fn partners(old: &[Row], new: &[Row]) -> Vec<Option<usize>> {
    let old_keys: Vec<Vec<CaseReference>> = old.iter().map(keys).collect();
    let new_keys: Vec<Vec<CaseReference>> = new.iter().map(keys).collect();
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let alike: [fn(&Row, &Row) -> bool; 3] = [
        |one, other| one.date == other.date && one.time == other.time,
        |one, other| one.date == other.date,
        |_, _| true,
    ];
    let mut taken = vec![false; old.len()];
    for is_alike in alike {
        let open = new.iter().zip(&new_keys).zip(&mut partners);
        for ((row, keys), partner) in open.filter(|(_, partner)| partner.is_none()) {
            let mut candidates = old.iter().zip(&old_keys).zip(&mut taken).enumerate();
            let found = candidates.find(|(_, ((before, others), taken))| {
                let is_same = others.iter().any(|key| keys.contains(key));
                !**taken && is_same && is_alike(before, row)
            });
            if let Some((at, (_, taken))) = found {
                *taken = true;
                *partner = Some(at);
            }
        }
    }
    partners
}

/// A reference in the one form in which it is compared.
#[derive(Debug, PartialEq)]
enum CaseReference {
    Urn(Urn),
    Number(CourtCaseNumber),
    Other(String),
}

fn keys(row: &Row) -> Vec<CaseReference> {
    let key = |text: &String| match (text.parse(), text.parse()) {
        (Ok(urn), _) => CaseReference::Urn(urn),
        (_, Ok(number)) => CaseReference::Number(number),
        _ => {
            let signs = text.chars().filter(|c| c.is_alphanumeric());
            CaseReference::Other(signs.flat_map(char::to_lowercase).collect())
        }
    };
    row.references.iter().map(key).collect()
}

/// What has changed from one row to another. What the later list does not say has not changed.
fn changed(old: &Row, new: &Row) -> Vec<ListChange> {
    if new.is_off != old.is_off {
        return vec![if new.is_off { ListChange::Vacated } else { ListChange::New }];
    }
    let mut kinds = Vec::new();
    if let Some(date) = new.date.filter(|date| old.date != Some(*date)) {
        kinds.push(ListChange::Date(old.date, date));
    }
    if let Some(time) = new.time.filter(|time| old.time != Some(*time)) {
        kinds.push(ListChange::Time(old.time, time));
    }
    if let Some(session) = new.session.filter(|session| old.session != Some(*session)) {
        kinds.push(ListChange::Session(old.session, session));
    }
    if let Some(room) = &new.courtroom
        && old.courtroom.as_deref().map(room_key) != Some(room_key(room))
    {
        let before = old.courtroom.as_deref().map(short_room);
        kinds.push(ListChange::Courtroom(before, short_room(room)));
    }
    kinds
}

fn case_of<'a>(row: &Row, cases: &'a [Case]) -> Option<&'a Case> {
    let mut theirs = cases.iter().filter(|case| is_about(row, case));
    let of_day = |case: &&&Case| {
        let hearing = case.hearing.as_ref();
        row.date.is_some() && hearing.and_then(|one| one.date) == row.date
    };
    let all: Vec<&Case> = theirs.by_ref().collect();
    let of_day = all.iter().find(of_day).or(all.first());
    of_day.copied()
}

#[cfg(test)]
mod tests {
    use super::super::tests::reading;
    use super::super::{ColumnNames, read};
    use super::*;

    fn told(old: &str, new: &str) -> Vec<(String, ListChange)> {
        let head = "urn,case number,courtroom,date,time\n";
        let rows = |list: &str| {
            read(&format!("{head}{list}"), &ColumnNames::default(), &reading()).unwrap()
        };
        let (old, new) = (rows(old), rows(new));
        let differences = since(&old, &new, &[]);
        differences
            .into_iter()
            .map(|one| {
                let row = one.new.or(one.old).unwrap();
                (row.references[0].clone(), one.kind)
            })
            .collect()
    }

    #[test]
    fn the_same_list_has_no_difference_however_it_is_written() {
        let old = "01AB0010126,,Courtroom 5,24/11/2026,10:00\n,T20260123,6,24/11/2026,10:00\n";
        let new =
            ",T20260123,Court 06,2026-11-24,10.00\n01AB0010126,T20269999,5,2026-11-24,10:00\n";
        assert_eq!(told(old, new), []);
    }

    #[test]
    fn what_moved_is_told_from_what_to_what_and_what_is_gone_last() {
        let old = "01AB0010126,,5,2026-11-24,10:00\n01AB0010226,,5,2026-11-24,11:00\n";
        let new = "01AB0010326,,5,2026-11-24,10:00\n01AB0010126,,7,2026-11-25,10:30\n";
        let urn = |number: &str| format!("01AB00{number}26");
        let time = |text: &str| crate::manifest::dates::time(text).unwrap();
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(
            told(old, new),
            [
                (urn("103"), ListChange::New),
                (urn("101"), ListChange::Date(Some(day("2026-11-24")), day("2026-11-25"))),
                (urn("101"), ListChange::Time(Some(time("10:00")), time("10:30"))),
                (urn("101"), ListChange::Courtroom(Some("5".to_owned()), "7".to_owned())),
                (urn("102"), ListChange::Gone),
            ]
        );
    }

    #[test]
    fn what_was_refused_is_neither_new_nor_gone() {
        let known = "01AB0010126,,5,2026-11-24,10:00\n";
        let refused = "01AB0010126,,5,2026-11-24,02:15\n";
        assert_eq!(told(known, refused), []);
        assert_eq!(told(refused, known), []);
    }

    #[test]
    fn a_case_that_is_listed_twice_is_paired_by_its_day() {
        let old = "01AB0010126,,5,2026-11-24,10:00\n01AB0010126,,5,2026-11-26,10:00\n";
        let new = "01AB0010126,,6,2026-11-26,10:00\n";
        assert_eq!(
            told(old, new).into_iter().map(|(_, kind)| kind).collect::<Vec<_>>(),
            [ListChange::Courtroom(Some("5".to_owned()), "6".to_owned()), ListChange::Gone]
        );
    }
}
