//! What a court's list changes for the cases at hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};

use super::{CourtCsv, Row, key};
use crate::casework::hearings::courtroom::{is_court, room_key, short_room};
use crate::manifest::{Case, CourtCaseNumber, Hearing, Session, Urn};

/// One difference between the court's list and the manifests.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'a> {
    /// The case; `None` where no manifest is there for a row.
    pub case: Option<&'a Case>,
    /// The row; `None` where the case is gone from the list.
    pub row: Option<Row>,
    /// What has changed.
    pub kind: ListChange,
    /// Why it is for a person to decide, and not to be written; `None` where it is sure.
    pub unsure: Option<&'static str>,
}

/// What has changed, from what to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListChange {
    /// Another courtroom.
    Courtroom(Option<String>, String),
    /// Another time.
    Time(Option<Time>, Time),
    /// Another half of the day, where the list names that alone.
    Session(Option<Session>, Session),
    /// Another day.
    Date(Option<Date>, Date),
    /// Another court.
    Court(String, String),
    /// Taken out of the list, which still names it.
    Vacated,
    /// The list has one more hearing of the case.
    ListedAgain,
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
            Self::Session(..) => "session",
            Self::Date(..) => "date",
            Self::Court(..) => "court",
            Self::Vacated => "vacated",
            Self::ListedAgain => "listed-again",
            Self::Gone => "gone",
            Self::NoManifest => "no-manifest",
            Self::New => "new",
        }
    }

    /// Whether a manifest has a key for it that the list may set.
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Courtroom(..) | Self::Time(..) | Self::Session(..) | Self::Date(..))
    }
}

/// Why something is not written.
const TWICE: &str = "the list has the case more than once";
const ELSEWHERE: &str = "the list names another court";
const OTHER_HALF: &str = "the manifest has a time in the other half of the day";

/// Every difference, in the order of the list, then the cases that are gone from it.
pub fn changes<'a>(list: &CourtCsv, cases: &'a [Case]) -> Vec<Change<'a>> {
    let rows = hearings(&list.rows);
    let known = CasesByReference::of(cases);
    let about: Vec<Vec<usize>> = rows.iter().map(|row| known.about(row)).collect();
    let partners = partners(&rows, cases, &about);
    // The cases of which a row is left over.
    let again: BTreeSet<usize> = rows
        .iter()
        .zip(&about)
        .zip(&partners)
        .filter(|((row, _), partner)| partner.is_none() && !row.is_off)
        .flat_map(|((_, about), _)| about.iter().copied())
        .collect();
    let mut changes = Vec::new();
    for ((row, about), partner) in rows.iter().zip(&about).zip(&partners) {
        let case = partner.or(about.first().copied()).and_then(|index| cases.get(index));
        let is_again = partner.is_some_and(|index| again.contains(&index));
        let kinds = match (partner, case) {
            (Some(_), Some(case)) => differences(row, case, is_again),
            (None, Some(_)) if row.is_off => Vec::new(),
            (None, Some(_)) => vec![(ListChange::ListedAgain, Some(TWICE))],
            (_, None) => vec![(ListChange::NoManifest, None)],
        };
        changes.extend(kinds.into_iter().map(|(kind, unsure)| Change {
            case,
            row: Some(row.clone()),
            kind,
            unsure,
        }));
    }
    let mut taken: BTreeSet<usize> = partners.into_iter().flatten().collect();
    taken.extend(list.refused().iter().filter_map(|key| known.0.get(key)).flatten());
    let left = cases.iter().enumerate();
    let gone = left.filter(|(index, case)| !taken.contains(index) && is_covered(case, &rows));
    changes.extend(gone.map(|(_, case)| Change {
        case: Some(case),
        row: None,
        kind: ListChange::Gone,
        unsure: None,
    }));
    changes
}

/// A row for each hearing: courts write one for each defendant, some with the rest left blank.
fn hearings(rows: &[Row]) -> Vec<Row> {
    let mut hearings: Vec<Row> = Vec::new();
    let mut places: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let known = places.entry(keys(row)).or_default();
        let mut same = known.iter().copied();
        let same = same.find(|place| hearings.get(*place).is_some_and(|one| is_same(one, row)));
        match same.and_then(|place| hearings.get_mut(place)) {
            Some(one) => fill(one, row),
            None => {
                known.push(hearings.len());
                hearings.push(row.clone());
            }
        }
    }
    hearings
}

/// The references of a row as they are compared.
fn keys(row: &Row) -> Vec<String> {
    row.references.iter().map(|reference| key(reference)).collect()
}

/// Whether two rows of one case say nothing against being one hearing.
fn is_same(one: &Row, other: &Row) -> bool {
    fn agrees<T: PartialEq>(both: Option<(T, T)>) -> bool {
        both.is_none_or(|(one, other)| one == other)
    }
    let room = |row: &Row| row.courtroom.as_deref().map(room_key);
    agrees(one.date.zip(other.date))
        && agrees(one.time.zip(other.time))
        && agrees(one.session.zip(other.session))
        && agrees(room(one).zip(room(other)))
        && match (&one.court, &other.court) {
            (Some(one), Some(other)) => is_court(one, other),
            _ => true,
        }
        && one.is_off == other.is_off
}

fn fill(one: &mut Row, other: &Row) {
    one.date = one.date.or(other.date);
    one.time = one.time.or(other.time);
    one.session = one.session.or(other.session);
    one.court = one.court.take().or_else(|| other.court.clone());
    one.courtroom = one.courtroom.take().or_else(|| other.courtroom.clone());
}

/// The cases by their references.
struct CasesByReference(BTreeMap<String, Vec<usize>>);

impl CasesByReference {
    fn of(cases: &[Case]) -> Self {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, case) in cases.iter().enumerate() {
            let urn = case.urn.as_ref().map(ToString::to_string);
            let number = case.court_case_number.as_ref().map(ToString::to_string);
            for key in [urn, number].into_iter().flatten() {
                known.entry(key).or_default().push(index);
            }
        }
        Self(known)
    }

    fn about(&self, row: &Row) -> Vec<usize> {
        let found = row.references.iter().filter_map(|reference| self.0.get(&key(reference)));
        let found: BTreeSet<usize> = found.flatten().copied().collect();
        found.into_iter().collect()
    }
}

/// The case of each row: those first that are heard as the row says, so that each case has one row at most.
fn partners(rows: &[Row], cases: &[Case], about: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (place, (row, about)) in rows.iter().zip(about).enumerate() {
        let pairs_of = about.iter().filter_map(|index| {
            let case = cases.get(*index)?;
            Some((distance(row, case), place, *index))
        });
        pairs.extend(pairs_of);
    }
    pairs.sort();
    let mut partners = vec![None; rows.len()];
    let mut taken = BTreeSet::new();
    for (_, place, index) in pairs {
        if let Some(partner @ None) = partners.get_mut(place)
            && taken.insert(index)
        {
            *partner = Some(index);
        }
    }
    partners
}

/// How far a row is from what a manifest says: another day, another time, another room, one taken out.
fn distance(row: &Row, case: &Case) -> (bool, bool, bool, bool) {
    let hearing = case.hearing.as_ref();
    let room = hearing.and_then(|hearing| hearing.courtroom.as_deref()).map(room_key);
    let listed = row.courtroom.as_deref().map(room_key);
    (
        row.date.is_some() && row.date != date_of(case),
        row.time.is_some() && row.time != hearing.and_then(|hearing| hearing.time),
        listed.is_some() && listed != room,
        row.is_off,
    )
}

pub(super) fn is_about(row: &Row, case: &Case) -> bool {
    row.references.iter().any(|reference| {
        let urn = reference.parse::<Urn>().ok();
        let number = reference.parse::<CourtCaseNumber>().ok();
        (urn.is_some() && urn == case.urn) || (number.is_some() && number == case.court_case_number)
    })
}

/// What a row says otherwise than the manifest, each with why it is not sure. `is_again`: the list has the case
/// once more, so that only a row of the very day and time is that of the manifest.
fn differences(row: &Row, case: &Case, is_again: bool) -> Vec<(ListChange, Option<&'static str>)> {
    if row.is_off {
        return vec![(ListChange::Vacated, None)];
    }
    let hearing = case.hearing.as_ref();
    let known_time = hearing.and_then(|hearing| hearing.time);
    let known_room = hearing.and_then(|hearing| hearing.courtroom.as_deref());
    let mut kinds = Vec::new();
    let mut unsure = None;
    if let (Some(listed), Some(court)) = (&row.court, &case.court)
        && !is_court(listed, court)
    {
        kinds.push(ListChange::Court(court.clone(), listed.clone()));
        unsure = Some(ELSEWHERE);
    }
    if let Some(date) = row.date.filter(|date| date_of(case) != Some(*date)) {
        kinds.push(ListChange::Date(date_of(case), date));
    }
    if let Some(time) = row.time.filter(|time| known_time != Some(*time)) {
        kinds.push(ListChange::Time(known_time, time));
    }
    let known_session = hearing.and_then(session_of);
    if let Some(session) = row.session.filter(|session| known_session != Some(*session)) {
        kinds.push(ListChange::Session(known_session, session));
    }
    let is_exact = kinds.is_empty() && row.date.is_some() && row.time.is_some();
    if let Some(room) = &row.courtroom
        && known_room.map(room_key) != Some(room_key(room))
    {
        kinds.push(ListChange::Courtroom(known_room.map(str::to_owned), short_room(room)));
    }
    if is_again && !is_exact {
        unsure = unsure.or(Some(TWICE));
    }
    let why = |kind: &ListChange| match kind {
        ListChange::Session(..) if known_time.is_some() => unsure.or(Some(OTHER_HALF)),
        kind if kind.is_written() => unsure,
        _ => None,
    };
    kinds.into_iter().map(|kind| (kind.clone(), why(&kind))).collect()
}

fn session_of(hearing: &Hearing) -> Option<Session> {
    hearing.session.or(hearing.time.map(Session::of))
}

/// Whether the list would name the case if it were heard as its manifest says.
fn is_covered(case: &Case, rows: &[Row]) -> bool {
    let Some(date) = date_of(case) else {
        return false;
    };
    rows.iter().any(|row| {
        let same_court = match (&row.court, &case.court) {
            (Some(listed), Some(court)) => is_court(listed, court),
            _ => true,
        };
        row.date == Some(date) && same_court
    })
}

fn date_of(case: &Case) -> Option<Date> {
    case.hearing.as_ref()?.date
}
