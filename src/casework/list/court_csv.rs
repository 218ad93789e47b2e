//! The court's own list as a table with headers, and what it changes for the cases at hand. Pure.

mod changes;
mod since;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::Deserialize;
use thiserror::Error;

use crate::manifest::dates;

pub use changes::{Change, ListChange, changes};
pub use since::{Difference, since};

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
    /// The day.
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

/// Names of columns that a user gives, in place of the known ones: `urn = "Our reference"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ColumnNames(BTreeMap<Column, String>);

/// One row of the court's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The reference or the court's number, as typed.
    pub references: Vec<String>,
    /// The court, where the list has it.
    pub court: Option<String>,
    /// The courtroom.
    pub courtroom: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The time.
    pub time: Option<Time>,
}

/// Why a list cannot be taken.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It is no table.
    #[error("not a table of comma-separated values: {0}")]
    Csv(#[from] csv::Error),
    /// No column says which case a row is about.
    #[error("no column holds a URN or a case number; the columns are: {0}")]
    NoReference(String),
    /// A column that the user names is not there.
    #[error("there is no column \"{0}\"; the columns are: {1}")]
    NoColumn(String, String),
    /// A date or a time that cannot be understood.
    #[error("line {line}: \"{text}\" is not a {what}")]
    BadValue {
        /// The line, from 1.
        line: u64,
        /// As typed.
        text: String,
        /// Date or time.
        what: &'static str,
    },
    /// A row that names no case.
    #[error("line {0}: neither a URN nor a case number")]
    Nameless(u64),
    /// Several rows cannot be taken.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Rows(Vec<ImportError>),
}

impl ImportError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Csv(_) => "save it as CSV, each row with as many cells as the first",
            Self::NoReference(_) | Self::NoColumn(..) => {
                "name the columns in a file, such as urn = \"Our reference\", and give it with --columns"
            }
            Self::BadValue { .. } | Self::Nameless(_) | Self::Rows(_) => {
                "put that right in the list, or name other columns with --columns; dates are read as 24/11/2026, times as 10:00"
            }
        }
    }
}

/// Reads a table with a header row, its cells parted by commas, semicolons or tabs. Everything that is wrong with its rows
/// is told at once.
pub fn read(text: &str, names: &ColumnNames) -> Result<Vec<Row>, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Otherwise a line would be counted where the one before it ends.
    let text = text.replace("\r\n", "\n");
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let headers = reader.headers()?.clone();
    let places = places(&headers, names)?;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record?;
        if record.iter().any(|cell| !cell.is_empty()) {
            match row(&record, &places) {
                Ok(row) => rows.push(row),
                Err(error) => wrong.push(error),
            }
        }
    }
    match wrong.len() {
        0 => Ok(rows),
        1 => Err(wrong.swap_remove(0)),
        _ => Err(ImportError::Rows(wrong)),
    }
}

/// What parts the cells: of the signs that spreadsheets use, the one that the header row has most often.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let times = |sign: &u8| header.bytes().filter(|byte| byte == sign).count();
    [b'\t', b';', b','].into_iter().max_by_key(times).unwrap_or(b',')
}

/// The place of each column.
fn places(
    headers: &csv::StringRecord,
    names: &ColumnNames,
) -> Result<BTreeMap<Column, usize>, ImportError> {
    let all = || headers.iter().collect::<Vec<_>>().join(", ");
    let mut places = BTreeMap::new();
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
                .find_map(|name| headers.iter().position(|header| plain(header) == *name)),
        };
        places.extend(place.map(|place| (column, place)));
    }
    if !places.contains_key(&Column::Urn) && !places.contains_key(&Column::CaseNumber) {
        return Err(ImportError::NoReference(all()));
    }
    Ok(places)
}

/// A header in lower-case letters and digits.
fn plain(header: &str) -> String {
    let letters = header.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn row(record: &csv::StringRecord, places: &BTreeMap<Column, usize>) -> Result<Row, ImportError> {
    let line = record.position().map_or(0, csv::Position::line);
    let cell = |column| {
        let cell = places.get(&column).and_then(|place| record.get(*place));
        cell.filter(|cell| !cell.is_empty()).map(str::to_owned)
    };
    let bad = |text: &str, what| ImportError::BadValue { line, text: text.to_owned(), what };
    let references: Vec<String> =
        [cell(Column::Urn), cell(Column::CaseNumber)].into_iter().flatten().collect();
    if references.is_empty() {
        return Err(ImportError::Nameless(line));
    }
    let date = cell(Column::Date).map(|text| {
        let found = dates::find(&text).map(|found| found.date);
        found.ok_or_else(|| bad(&text, "date"))
    });
    let time = cell(Column::Time).map(|text| time(&text).ok_or_else(|| bad(&text, "time")));
    Ok(Row {
        line,
        references,
        court: cell(Column::Court),
        courtroom: cell(Column::Courtroom),
        date: date.transpose()?,
        time: time.transpose()?,
    })
}

/// `10:00`, `10.30`, `2:15pm`, `10:30 am`.
fn time(text: &str) -> Option<Time> {
    let lower = text.to_lowercase();
    let (clock, afternoon) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (_, Some(clock)) => (clock, Some(true)),
        _ => (lower.as_str(), None),
    };
    let time = dates::time(clock)?;
    match (afternoon, time.hour()) {
        (None, _) | (Some(false), 1..=11) | (Some(true), 12) => Some(time),
        (Some(true), 1..=11) => Time::new(time.hour() + 12, time.minute(), 0, 0).ok(),
        (Some(false), 12) => Time::new(0, time.minute(), 0, 0).ok(),
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests;
