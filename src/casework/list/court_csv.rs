//! The court's own list as a table with headers, and what it changes for the cases at hand. Pure.

mod cell;
mod changes;
mod columns;
mod cursor;
mod days;
mod reading;
mod rows;
mod since;
mod table;
mod times;
mod tokens;

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use thiserror::Error;

use crate::manifest::{CourtCaseNumber, Session, Urn};

pub use changes::{Change, ListChange, changes};
pub use columns::{Column, ColumnNames};
pub use reading::{DateOrder, ListReading};
pub use since::{Difference, since};

/// One row of the court's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The reference and the court's number, as typed.
    pub references: Vec<String>,
    /// The court, where the list has it.
    pub court: Option<String>,
    /// The courtroom.
    pub courtroom: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The time.
    pub time: Option<Time>,
    /// The half of the day, where the list says that alone.
    pub session: Option<Session>,
    /// Whether the time is only the earliest.
    pub not_before: bool,
    /// Whether the hearing is taken out of the list.
    pub is_off: bool,
}

/// What is said of a row that was not taken whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Which case the row names, as typed.
    pub references: Vec<String>,
    /// Whether nothing of the row was compared.
    pub is_refused: bool,
    /// Why.
    pub why: String,
}

/// A list as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CourtCsv {
    /// The rows that are understood.
    pub rows: Vec<Row>,
    /// The rows that are not, or not wholly.
    pub remarks: Vec<Remark>,
    /// The lines of titles, totals and repeated headers.
    pub passed_over: Vec<u64>,
}

/// Why a list cannot be taken.
#[derive(Debug, Error)]
pub enum ImportError {
    /// It is no table.
    #[error("not a table of cells parted by commas, semicolons or tabs")]
    NoTable,
    /// It is a workbook.
    #[error("a workbook of a spreadsheet program, not a table in text")]
    Workbook,
    /// No column says which case a row is about.
    #[error("no column holds a URN or a case number; the columns are: {0}")]
    NoReference(String),
    /// A column that the user names is not there.
    #[error("there is no column \"{0}\"; the columns are: {1}")]
    NoColumn(String, String),
}

impl CourtCsv {
    /// The cases of refused rows, as their references are compared: they are on the list, whatever it says of them.
    fn refused(&self) -> BTreeSet<String> {
        let refused = self.remarks.iter().filter(|remark| remark.is_refused);
        refused.flat_map(|remark| &remark.references).map(|reference| key(reference)).collect()
    }
}

impl ImportError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoTable | Self::Workbook => {
                "open it in a spreadsheet program and save it as CSV, with the headers in a row of their own"
            }
            Self::NoReference(_) | Self::NoColumn(..) => {
                "name the columns in a file, such as urn = \"Our reference\", and give it with --columns"
            }
        }
    }
}

/// Reads a table, its cells parted by commas, semicolons, tabs or bars: titles, a header row, and a row for each hearing.
/// A row that is not understood does not lose the others.
///
/// # Errors
///
/// It is no such table, or no column says which case a row is about.
pub fn read(
    text: &str,
    names: &ColumnNames,
    reading: &ListReading,
) -> Result<CourtCsv, ImportError> {
    let table = table::read(text, names)?;
    Ok(rows::rows(&table, reading))
}

/// The URNs and case numbers in a cell, each as typed.
fn references(cell: &str) -> Vec<String> {
    let is_one =
        |text: &str| text.parse::<Urn>().is_ok() || text.parse::<CourtCaseNumber>().is_ok();
    if is_one(cell) {
        return vec![cell.to_owned()];
    }
    let parts = cell.split(|c: char| c.is_whitespace() || ",;|&()".contains(c));
    let parts =
        parts.flat_map(|part| if is_one(part) { vec![part] } else { part.split('/').collect() });
    parts.filter(|part| is_one(part)).map(str::to_owned).collect()
}

/// A reference as it is compared.
fn key(reference: &str) -> String {
    let urn = reference.parse::<Urn>().map(|urn| urn.to_string());
    let number = || reference.parse::<CourtCaseNumber>().map(|number| number.to_string());
    urn.or_else(|_| number()).unwrap_or_else(|_| reference.to_lowercase())
}

#[cfg(test)]
mod tests;
