//! What a court's list changes for the cases at hand.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};

use super::Row;
use crate::casework::hearings::courtroom::{room_key, short_room};
use crate::manifest::{Case, CourtCaseNumber, Urn};

/// One difference between the court's list and the manifests.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'a> {
    /// The case; `None` where no manifest is there for a row.
    pub case: Option<&'a Case>,
    /// The row; `None` where the case is gone from the list.
    pub row: Option<&'a Row>,
    /// What has changed.
    pub kind: ListChange,
}

/// What has changed, from what to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListChange {
    /// Another courtroom.
    Courtroom(Option<String>, String),
    /// Another time.
    Time(Option<Time>, Time),
    /// Another day.
    Date(Option<Date>, Date),
    /// Not on the list, although the list has hearings of that day at that court.
    Gone,
    /// On the list, and no manifest has its reference.
    NoManifest,
    /// On a later list, and not on the one before.
    New,
}

impl ListChange {
    /// The word for scripts.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Courtroom(..) => "courtroom",
            Self::Time(..) => "time",
            Self::Date(..) => "date",
            Self::Gone => "gone",
            Self::NoManifest => "no-manifest",
            Self::New => "new",
        }
    }
}

/// Every difference, in the order of the list, then the cases that are gone from it.
pub fn changes<'a>(rows: &'a [Row], cases: &'a [Case]) -> Vec<Change<'a>> {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut changes = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        // Courts write a row for each defendant.
        if rows.iter().take(place).any(|before| is_same(before, row)) {
            continue;
        }
        match partner(row, cases, &taken) {
            Some((index, case)) => {
                taken.insert(index);
                changes.extend(differences(row, case));
            }
            None => {
                changes.push(Change { case: None, row: Some(row), kind: ListChange::NoManifest });
            }
        }
    }
    let left = cases.iter().enumerate();
    let gone = left.filter(|(index, case)| !taken.contains(index) && is_covered(case, rows));
    changes.extend(gone.map(|(_, case)| Change {
        case: Some(case),
        row: None,
        kind: ListChange::Gone,
    }));
    changes
}

/// Whether two rows are about one hearing.
fn is_same(one: &Row, other: &Row) -> bool {
    let place = |row: &Row| row.courtroom.as_deref().map(room_key);
    one.references == other.references
        && (one.date, one.time, &one.court) == (other.date, other.time, &other.court)
        && place(one) == place(other)
}

/// The case of a row: of several with its reference, the one that is heard most nearly as the row says.
fn partner<'a>(row: &Row, cases: &'a [Case], taken: &BTreeSet<usize>) -> Option<(usize, &'a Case)> {
    let all = cases.iter().enumerate();
    let free = all.filter(|(index, case)| !taken.contains(index) && is_about(row, case));
    free.min_by_key(|(_, case)| {
        let other_day = row.date.is_some() && row.date != date_of(case);
        let other_time =
            row.time.is_some() && row.time != case.hearing.as_ref().and_then(|one| one.time);
        (other_day, other_time)
    })
}

pub(super) fn is_about(row: &Row, case: &Case) -> bool {
    row.references.iter().any(|reference| {
        let urn = reference.parse::<Urn>().ok();
        let number = reference.parse::<CourtCaseNumber>().ok();
        (urn.is_some() && urn == case.urn) || (number.is_some() && number == case.court_case_number)
    })
}

fn differences<'a>(row: &'a Row, case: &'a Case) -> Vec<Change<'a>> {
    let hearing = case.hearing.as_ref();
    let known_time = hearing.and_then(|hearing| hearing.time);
    let known_room = hearing.and_then(|hearing| hearing.courtroom.as_deref());
    let mut kinds = Vec::new();
    if let Some(date) = row.date.filter(|date| date_of(case) != Some(*date)) {
        kinds.push(ListChange::Date(date_of(case), date));
    }
    if let Some(time) = row.time.filter(|time| known_time != Some(*time)) {
        kinds.push(ListChange::Time(known_time, time));
    }
    if let Some(room) = &row.courtroom
        && known_room.map(room_key) != Some(room_key(room))
    {
        kinds.push(ListChange::Courtroom(known_room.map(str::to_owned), short_room(room)));
    }
    let change = |kind| Change { case: Some(case), row: Some(row), kind };
    kinds.into_iter().map(change).collect()
}

/// Whether the list would name the case if it were heard as its manifest says.
fn is_covered(case: &Case, rows: &[Row]) -> bool {
    let Some(date) = date_of(case) else {
        return false;
    };
    let court = case.court.as_deref().map(str::to_lowercase);
    rows.iter().any(|row| {
        let same_court = match (&row.court, &court) {
            (Some(listed), Some(court)) => listed.to_lowercase() == *court,
            _ => true,
        };
        row.date == Some(date) && same_court
    })
}

fn date_of(case: &Case) -> Option<Date> {
    case.hearing.as_ref()?.date
}
