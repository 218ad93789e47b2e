//! The rows of a court list: what each says, or why it is not taken.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::cell::{self, Day, Kind, Said};
use super::columns::Column;
use super::reading::{DateOrder, ListReading, plausible};
use super::table::{CourtTable, TableRow};
use super::tokens::{CellToken, tokens};
use super::{CourtCsv, Remark, Row, references};
use crate::manifest::Session;

/// What stands in a cell of which nothing is known yet.
const OPEN: [&str; 8] = ["tbc", "tba", "tbd", "n/a", "na", "none", "not yet", "?"];

/// Dates in titles that are not those of the hearings.
const OTHER_DATES: [&str; 5] = ["print", "publish", "version", "produced", "generated"];

/// A row before the order of its dates is known.
struct UndatedRow<'t> {
    record: &'t TableRow,
    references: Vec<String>,
    said: Result<[Said; 2], String>,
}

pub(super) fn rows(table: &CourtTable, reading: &ListReading) -> CourtCsv {
    let mut list = CourtCsv::default();
    list.passed_over.extend(table.titles.iter().map(|title| title.line));
    let mut drafts: Vec<UndatedRow<'_>> = Vec::new();
    for record in &table.records {
        match draft(table, record, drafts.last()) {
            Taken::UndatedRow(draft) => drafts.push(draft),
            Taken::PassedOver => list.passed_over.push(record.line),
            Taken::SameHearing => {}
            Taken::Refused(references, why) => {
                list.remarks.push(refused(record.line, references, why));
            }
        }
    }
    let order = reading.order_of(&drafts.iter().flat_map(UndatedRow::days).collect::<Vec<Day>>());
    let dated: Vec<(UndatedRow<'_>, Result<Row, String>)> = drafts
        .into_iter()
        .map(|draft| {
            let row = row(table, &draft, reading, order);
            (draft, row)
        })
        .collect();
    let usual = Usual::of(table, &dated, reading, order);
    for (draft, row) in dated {
        match row.and_then(|row| usual.complete(table, row)) {
            Ok(row) => list.take(table, &draft, row),
            Err(why) => {
                list.remarks.push(refused(draft.record.line, draft.references.clone(), why));
            }
        }
    }
    list.remarks.sort_by_key(|remark| remark.line);
    list
}

fn refused(line: u64, references: Vec<String>, why: String) -> Remark {
    Remark { line, references, is_refused: true, why }
}

enum Taken<'t> {
    UndatedRow(UndatedRow<'t>),
    /// A title, a total or a header.
    PassedOver,
    /// One more defendant of the row above.
    SameHearing,
    Refused(Vec<String>, String),
}

fn draft<'t>(
    table: &CourtTable,
    record: &'t TableRow,
    above: Option<&UndatedRow<'_>>,
) -> Taken<'t> {
    let cell = |column| table.cell(record, column);
    let said_somewhere = [Column::Court, Column::Courtroom, Column::Date, Column::Time]
        .into_iter()
        .any(|column| cell(column).is_some());
    let typed: Vec<&str> =
        [cell(Column::Urn), cell(Column::CaseNumber)].into_iter().flatten().collect();
    let mut found: Vec<String> = Vec::new();
    for reference in typed.iter().flat_map(|cell| references(cell)) {
        // One column may be that of both.
        if !found.contains(&reference) {
            found.push(reference);
        }
    }
    if record.cells == table.header.cells || (found.is_empty() && !said_somewhere) {
        return Taken::PassedOver;
    }
    if found.is_empty() {
        found.extend(typed.iter().map(|cell| (*cell).to_owned()));
    }
    let columns = table.header.cells.len();
    if record.cells.iter().skip(columns).any(|cell| !cell.is_empty()) {
        return Taken::Refused(found, "has more cells than the header: a comma in a cell parts it where it is not in quotation marks".to_owned());
    }
    if table.unclosed == Some(record.line) {
        return Taken::Refused(
            found,
            "a quotation mark opens here and is not closed; all below it is in one cell".to_owned(),
        );
    }
    if found.is_empty() {
        return Taken::Refused(found, "has neither a URN nor a case number".to_owned());
    }
    if !said_somewhere && above.is_some_and(|above| above.references == found) {
        return Taken::SameHearing;
    }
    let said = |column, kind, name: &str| match cell(column) {
        None => Ok(Said::default()),
        Some(text) => cell::said(text, kind).map_err(|why| format!("{name} \"{text}\" {why}")),
    };
    let said = said(Column::Date, Kind::Date, "date")
        .and_then(|date| Ok([date, said(Column::Time, Kind::Time, "time")?]));
    Taken::UndatedRow(UndatedRow { record, references: found, said })
}

impl UndatedRow<'_> {
    fn days(&self) -> impl Iterator<Item = Day> {
        self.said.iter().flatten().filter_map(|said| said.day).collect::<Vec<_>>().into_iter()
    }
}

impl CourtTable {
    /// What a cell says, where it says anything.
    fn cell<'r>(&self, record: &'r TableRow, column: Column) -> Option<&'r str> {
        let cell = record.cells.get(*self.places.get(&column)?)?;
        let lower = cell.to_lowercase();
        let is_open = column != Column::Date && OPEN.contains(&lower.as_str());
        let is_blank = cell.chars().all(|c| "-–—. ".contains(c));
        (!is_open && !is_blank).then_some(cell.as_str())
    }

    /// Whether any cell says that the hearing is taken out.
    fn is_off(&self, record: &TableRow) -> bool {
        let references = [Column::Urn, Column::CaseNumber].map(|column| self.places.get(&column));
        let cells = record.cells.iter().enumerate();
        let mut others = cells.filter(|(place, _)| !references.contains(&Some(place)));
        others.any(|(_, cell)| says_off(cell))
    }
}

fn says_off(cell: &str) -> bool {
    let is_vacated =
        |token: &CellToken| matches!(token, CellToken::Word(word) if word == "vacated");
    cell::said(cell, Kind::Time).is_ok_and(|said| said.is_off)
        || tokens(cell).iter().any(is_vacated)
            && !cell::said(cell, Kind::Date).is_ok_and(|said| said.day.is_some())
}

/// The row that a draft becomes in a list of this order.
fn row(
    table: &CourtTable,
    draft: &UndatedRow<'_>,
    reading: &ListReading,
    order: Option<DateOrder>,
) -> Result<Row, String> {
    let [date, time] = draft.said.clone()?;
    let cell = |column| table.cell(draft.record, column);
    let day = |said: Said, column| {
        let named = |why| format!("date \"{}\" {why}", cell(column).unwrap_or_default());
        said.day.map(|day| reading.date(day, order).map_err(named)).transpose()
    };
    let date_day = one(day(date, Column::Date)?, day(time, Column::Time)?)?;
    let clock = one(date.time, time.time)?;
    let clock =
        clock.map(|clock| plausible(clock).map_err(|why| format!("time {why}"))).transpose()?;
    let session = one(date.session, time.session)?;
    if let (Some(clock), Some(session)) = (clock, session)
        && Session::of(clock) != session
    {
        return Err("names a time and the other half of the day".to_owned());
    }
    let courtroom = cell(Column::Courtroom).filter(|cell| !says_off(cell));
    Ok(Row {
        line: draft.record.line,
        references: draft.references.clone(),
        court: cell(Column::Court).map(str::to_owned),
        courtroom: courtroom.map(str::to_owned),
        date: date_day,
        time: clock,
        session: session.filter(|_| clock.is_none()),
        not_before: date.not_before || time.not_before,
        is_off: date.is_off || time.is_off || table.is_off(draft.record),
    })
}

/// Of two cells of a row that say the same thing.
fn one<T: PartialEq>(first: Option<T>, second: Option<T>) -> Result<Option<T>, String> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => {
            Err("says one thing in the cell of the date and another in that of the time".to_owned())
        }
        (first, second) => Ok(first.or(second)),
    }
}

/// What a blank cell means where the whole list has one value only.
struct Usual {
    court: Option<String>,
    date: Option<Date>,
    has_courts: bool,
    has_dates: bool,
}

impl Usual {
    fn of(
        table: &CourtTable,
        rows: &[(UndatedRow<'_>, Result<Row, String>)],
        reading: &ListReading,
        order: Option<DateOrder>,
    ) -> Self {
        let rows = || rows.iter().filter_map(|(_, row)| row.as_ref().ok());
        let courts: BTreeSet<&String> = rows().filter_map(|row| row.court.as_ref()).collect();
        let dates: BTreeSet<Date> = rows().filter_map(|row| row.date).collect();
        let of_title = || only(titled(table, reading, order));
        let of_user = reading.days.as_ref().filter(|days| days.start() == days.end());
        Self {
            has_courts: !courts.is_empty(),
            has_dates: !dates.is_empty(),
            court: only(courts).cloned(),
            date: match dates.is_empty() {
                true => of_user.map(|days| *days.start()).or_else(of_title),
                false => only(dates),
            },
        }
    }

    fn complete(&self, table: &CourtTable, mut row: Row) -> Result<Row, String> {
        if row.court.is_none() && self.has_courts {
            let court = self.court.clone();
            row.court = Some(court.ok_or("has no court, and the list has several: write it in")?);
        }
        if row.date.is_none() && (self.date.is_some() || self.has_dates || table.has_date_cells()) {
            row.date = Some(self.date.ok_or("has no date, and the list has several: write it in")?);
        }
        Ok(row)
    }
}

impl CourtTable {
    fn has_date_cells(&self) -> bool {
        self.records.iter().any(|record| self.cell(record, Column::Date).is_some())
    }
}

/// The days that the titles above the header name.
fn titled(table: &CourtTable, reading: &ListReading, order: Option<DateOrder>) -> BTreeSet<Date> {
    let cells = table.titles.iter().flat_map(|title| &title.cells);
    let cells = cells.filter(|cell| {
        let lower = cell.to_lowercase();
        !OTHER_DATES.iter().any(|word| lower.contains(word))
    });
    let days = cells.flat_map(|cell| cell::days_in(cell));
    days.filter_map(|day| reading.date(day, order).ok()).collect()
}

fn only<T>(values: BTreeSet<T>) -> Option<T> {
    let mut values = values.into_iter();
    values.next().filter(|_| values.next().is_none())
}

impl CourtCsv {
    /// A row for each case that it names, and what it leaves open.
    fn take(&mut self, table: &CourtTable, draft: &UndatedRow<'_>, row: Row) {
        let filled = |column| {
            let mut records = table.records.iter();
            records.any(|record| table.cell(record, column).is_some())
        };
        let says_open = |column| {
            let place = table.places.get(&column);
            let cell = place.and_then(|place| draft.record.cells.get(*place));
            cell.is_some_and(|cell| !cell.is_empty())
        };
        for (column, name, is_said) in [
            (Column::Courtroom, "courtroom", row.courtroom.is_some()),
            (Column::Time, "time", row.time.is_some() || row.session.is_some()),
        ] {
            if !is_said && !row.is_off && filled(column) && !says_open(column) {
                let why = format!(
                    "the {name} is blank and was not compared: if its cell was merged with one above, write it in"
                );
                self.remarks.push(Remark {
                    line: row.line,
                    references: row.references.clone(),
                    is_refused: false,
                    why,
                });
            }
        }
        let urns: BTreeSet<&String> = row
            .references
            .iter()
            .filter(|one| one.parse::<crate::manifest::Urn>().is_ok())
            .collect();
        if urns.len() < 2 {
            self.rows.push(row);
            return;
        }
        for urn in urns {
            self.rows.push(Row { references: vec![urn.clone()], ..row.clone() });
        }
    }
}
