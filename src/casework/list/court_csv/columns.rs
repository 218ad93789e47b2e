//! Which column of a court's list holds what, by its header and, where that may mean several things, by its cells.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::cell::{self, Kind};
use super::{ImportError, references};
use crate::casework::hearings::courtroom::is_room;

/// The columns that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The police and CPS reference.
    Urn,
    /// The court's own number.
    CaseNumber,
    /// The court.
    Court,
    /// The courtroom.
    Courtroom,
    /// The day, perhaps with the time.
    Date,
    /// The time of the hearing.
    Time,
}

/// Headers by column, as courts write them, in letters and digits alone. The first are the names of the
/// daily lists that HMCTS publishes.
const KNOWN: [(Column, &[&str]); 6] = [
    (
        Column::Urn,
        &["urn", "caseurn", "ptiurn", "prosecutingauthorityreference", "prosecutionreference"],
    ),
    (Column::CaseNumber, &["casenumber", "caseno", "courtcasenumber", "casereference", "caseid"]),
    (Column::Court, &["courthousename", "courthouse", "courtname", "court", "courtcentre"]),
    (
        Column::Courtroom,
        &["courtroomname", "courtroomnumber", "courtroom", "courtno", "courtnumber", "room"],
    ),
    (Column::Date, &["sittingdate", "hearingdate", "listdate", "date"]),
    (
        Column::Time,
        &[
            "sittingat",
            "starttime",
            "hearingtime",
            "sittingtime",
            "blockstart",
            "sessionstart",
            "time",
        ],
    ),
];

/// Headers that may hold something else: they count where their cells show it, and nothing better is there.
const PERHAPS: [(Column, &[&str]); 3] = [
    (Column::CaseNumber, &["case", "reference", "casedetails"]),
    (Column::Date, &["listedfor", "listed", "listedon", "when", "hearing"]),
    (Column::Time, &["listedfor", "listed", "session", "start", "starts", "when", "timemarking"]),
];

/// Headers in words: all of them are of the first list, and one is of the second.
const WORDS: [(Column, &[&str], &[&str]); 4] = [
    (
        Column::Courtroom,
        &[
            "court",
            "courtroom",
            "ct",
            "crt",
            "room",
            "rm",
            "no",
            "number",
            "name",
            "allocated",
            "listed",
        ],
        &["courtroom", "room", "rm", "ct", "crt", "no", "number"],
    ),
    (
        Column::Court,
        &["court", "courthouse", "house", "centre", "name", "venue", "location", "site", "hearing"],
        &["court", "courthouse", "venue"],
    ),
    (
        Column::Date,
        &[
            "date", "time", "hearing", "sitting", "list", "listed", "listing", "court", "next",
            "of", "and", "the",
        ],
        &["date"],
    ),
    (
        Column::Time,
        &[
            "time", "hearing", "sitting", "list", "listed", "listing", "court", "start", "of",
            "the", "at",
        ],
        &["time"],
    ),
];

/// Names of columns that a user gives, in place of the known ones: `urn = "Our reference"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ColumnNames(pub(super) BTreeMap<Column, String>);

/// The place of each column.
pub(super) type Places = BTreeMap<Column, usize>;

/// The place of each column in a row that may be the header; nothing where no column says which case a row is about.
pub(super) fn places(headers: &[String], names: &ColumnNames) -> Result<Places, ImportError> {
    let all = || {
        let headers = headers.iter().map(String::as_str).filter(|header| !header.is_empty());
        headers.collect::<Vec<_>>().join(", ")
    };
    let mut places = Places::new();
    for (column, known) in KNOWN {
        let place = match names.0.get(&column) {
            Some(name) => Some(
                headers
                    .iter()
                    .position(|header| plain(header) == plain(name))
                    .ok_or_else(|| ImportError::NoColumn(name.clone(), all()))?,
            ),
            None => known
                .iter()
                .find_map(|name| headers.iter().position(|header| plain(header) == *name))
                .or_else(|| headers.iter().position(|header| is_named(header, column))),
        };
        places.extend(place.map(|place| (column, place)));
    }
    let is_reference = |header: &String| is_perhaps(header, Column::CaseNumber);
    let has_reference = places.contains_key(&Column::Urn)
        || places.contains_key(&Column::CaseNumber)
        || headers.iter().any(is_reference) && !places.is_empty();
    match has_reference {
        true => Ok(places),
        false => Err(ImportError::NoReference(all())),
    }
}

/// The same once the cells are known: what a header leaves open they decide.
pub(super) fn settled(mut places: Places, headers: &[String], rows: &[&[String]]) -> Places {
    for (column, _) in PERHAPS {
        let is_better = match column {
            Column::CaseNumber => places.contains_key(&Column::Urn),
            _ => false,
        };
        if is_better || places.contains_key(&column) {
            continue;
        }
        let mut open = headers.iter().enumerate();
        let found = open.find(|(place, header)| {
            is_perhaps(header, column)
                && !places.values().any(|taken| taken == place)
                && cells(rows, *place).any(|cell| shows(cell, column))
        });
        places.extend(found.map(|(place, _)| (column, place)));
    }
    // "Court" often stands above the numbers of its rooms.
    if let (Some(place), None) =
        (places.get(&Column::Court).copied(), places.get(&Column::Courtroom))
        && cells(rows, place).next().is_some()
        && cells(rows, place).all(is_room)
    {
        places.remove(&Column::Court);
        places.insert(Column::Courtroom, place);
    }
    places
}

fn is_perhaps(header: &str, column: Column) -> bool {
    let plain = plain(header);
    PERHAPS.iter().any(|(one, names)| *one == column && names.contains(&plain.as_str()))
}

/// Whether a cell holds what the column would.
fn shows(cell: &str, column: Column) -> bool {
    match column {
        Column::CaseNumber => !references(cell).is_empty(),
        Column::Date => cell::said(cell, Kind::Date).is_ok_and(|said| said.day.is_some()),
        _ => cell::said(cell, Kind::Time)
            .is_ok_and(|said| said.time.is_some() || said.session.is_some()),
    }
}

fn cells<'r>(rows: &[&'r [String]], place: usize) -> impl Iterator<Item = &'r str> {
    let cells = rows.iter().filter_map(move |row| row.get(place)).map(String::as_str);
    cells.filter(|cell| !cell.is_empty())
}

/// Whether the words of a header name a column.
fn is_named(header: &str, column: Column) -> bool {
    let lower = header.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |names: &[&str]| words.iter().any(|word| names.contains(word));
    match column {
        Column::Urn => has(&["urn", "urns"]),
        Column::CaseNumber => {
            has(&["case", "t", "court", "indictment"])
                && has(&["no", "nos", "number", "numbers", "ref", "reference", "num"])
                && (has(&["case", "t", "indictment"]) || has(&["ref", "reference"]))
                && !has(&["linked", "previous", "old"])
                || plain(header) == "tnumber"
        }
        _ => WORDS.iter().any(|(one, all, some)| {
            *one == column && has(some) && words.iter().all(|word| all.contains(word))
        }),
    }
}

/// A header in lower-case letters and digits.
fn plain(header: &str) -> String {
    let letters = header.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
