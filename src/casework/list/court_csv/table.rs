//! The table of a court list: which sign parts its cells, and which row is the header.

use super::ImportError;
use super::columns::{ColumnNames, Places, places, settled};

/// What parts the cells, in spreadsheets of every language.
const SIGNS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Titles above the header take no more rows than this.
const MAX_TITLES: usize = 50;

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableRow {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl TableRow {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// A table by its header.
#[derive(Debug)]
pub(super) struct CourtTable {
    pub(super) titles: Vec<TableRow>,
    pub(super) header: TableRow,
    pub(super) records: Vec<TableRow>,
    pub(super) places: Places,
    /// The line on which a quotation mark opens that nothing closes.
    pub(super) unclosed: Option<u64>,
}

pub(super) fn read(text: &str, names: &ColumnNames) -> Result<CourtTable, ImportError> {
    if text.starts_with("PK\u{3}\u{4}") || text.starts_with("ÐÏ\u{11}à") {
        return Err(ImportError::Workbook);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Otherwise a line would be counted where the one before it ends.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut best: Option<(usize, Vec<TableRow>, usize, Places)> = None;
    let mut failed = None;
    for sign in SIGNS {
        let records = records(&text, sign)?;
        match header(&records, names) {
            Ok((place, places)) => {
                let width = records.get(place).map_or(0, |header| header.cells.len());
                if best.as_ref().is_none_or(|(other, ..)| width > *other) {
                    best = Some((width, records, place, places));
                }
            }
            Err(error) => {
                let width = records.first().map_or(0, |first| first.cells.len());
                if failed.as_ref().is_none_or(|(other, _)| width > *other) {
                    failed = Some((width, error));
                }
            }
        }
    }
    let Some((_, mut records, place, places)) = best else {
        return Err(failed.map_or(ImportError::NoTable, |(_, error)| error));
    };
    let mut rest = records.split_off(place);
    let header = if rest.is_empty() { return Err(ImportError::NoTable) } else { rest.remove(0) };
    let cells: Vec<&[String]> = rest.iter().map(|record| record.cells.as_slice()).collect();
    let places = settled(places, &header.cells, &cells);
    let unclosed = unclosed(&text, &rest);
    Ok(CourtTable { titles: records, header, records: rest, places, unclosed })
}

fn records(text: &str, sign: u8) -> Result<Vec<TableRow>, ImportError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(sign)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| {
        let record = record.map_err(|_| ImportError::NoTable)?;
        let line = record.position().map_or(0, csv::Position::line);
        Ok(TableRow { line, cells: record.iter().map(|cell| cell.trim().to_owned()).collect() })
    });
    let records: Result<Vec<TableRow>, ImportError> = records.collect();
    records.map(|records| records.into_iter().filter(|record| !record.is_blank()).collect())
}

/// The place of the header and of its columns.
fn header(records: &[TableRow], names: &ColumnNames) -> Result<(usize, Places), ImportError> {
    // What has most cells is told to be the header, where none is found.
    let mut widest = (0, ImportError::NoTable);
    for (place, record) in records.iter().take(MAX_TITLES).enumerate() {
        match places(&record.cells, names) {
            Ok(places) => return Ok((place, places)),
            Err(error) => {
                let width = record.cells.iter().filter(|cell| !cell.is_empty()).count();
                if width > widest.0 {
                    widest = (width, error);
                }
            }
        }
    }
    Err(widest.1)
}

/// A quotation mark that nothing closes takes the rest of the file into its cell.
fn unclosed(text: &str, records: &[TableRow]) -> Option<u64> {
    let last = records.last()?;
    let swallows = last.cells.iter().any(|cell| cell.contains('\n'));
    (swallows && text.matches('"').count() % 2 == 1).then_some(last.line)
}
