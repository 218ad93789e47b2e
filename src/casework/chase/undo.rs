//! What was recorded last, so that it can be taken back: by a line more, as none is ever taken out of a ledger.

use std::path::PathBuf;

use jiff::civil::Date;
use thiserror::Error;

use super::ledger::{Entry, LEDGER_NAME, Ledger, LedgerEvent};
use crate::check::display;

/// What was recorded last in one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRecord {
    /// The folder of its case.
    pub folder: PathBuf,
    /// One line, or all that were written as chased at once.
    pub entries: Vec<Entry>,
}

impl LastRecord {
    /// The lines that take it back.
    pub fn undone(&self, on: Date, by: &str) -> Vec<Entry> {
        let undone = |entry: &Entry| Entry {
            deed: LedgerEvent::Undone,
            on,
            by: by.to_owned(),
            key: entry.key.clone(),
            supplier: None,
            reason: None,
        };
        self.entries.iter().map(undone).collect()
    }
}

/// Why nothing is taken back.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum UndoError {
    /// There is nothing.
    #[error(
        "nothing is recorded that could be taken back\n  hint: `courtbundle chase --all` shows what is recorded"
    )]
    Nothing,
    /// Nobody can tell which of several was the last.
    #[error(
        "several things were recorded on {0}, and nobody can tell which was the last: in {1}\n  hint: name the manifest of the one case: courtbundle chase --undo FOLDER/bundle.toml"
    )]
    Several(Date, String),
}

/// What was recorded last over several ledgers: of the last day what one `--sent` wrote, or the one thing that was recorded.
///
/// # Errors
/// [`UndoError`], where there is nothing, or more than one thing may be meant.
pub fn last_record(ledgers: &[(PathBuf, Ledger)]) -> Result<Vec<LastRecord>, UndoError> {
    let last = ledgers.iter().filter_map(|(folder, ledger)| {
        let entries: Vec<Entry> = last_of(ledger).into_iter().cloned().collect();
        let first = entries.first()?.clone();
        Some((first, LastRecord { folder: folder.clone(), entries }))
    });
    let mut last: Vec<(Entry, LastRecord)> = last.collect();
    let day = last.iter().map(|(entry, _)| entry.on).max().ok_or(UndoError::Nothing)?;
    last.retain(|(entry, _)| entry.on == day);
    let is_one_chase = |(entry, _): &(Entry, LastRecord)| {
        let by = last.first().map(|(first, _)| &first.by);
        entry.deed == LedgerEvent::Sent && by == Some(&entry.by)
    };
    if last.len() > 1 && !last.iter().all(is_one_chase) {
        let ledgers = last.iter().map(|(_, one)| display(&one.folder.join(LEDGER_NAME)));
        return Err(UndoError::Several(day, Vec::from_iter(ledgers).join(", ")));
    }
    Ok(last.into_iter().map(|(_, record)| record).collect())
}

/// The lines written last that count: those of one `--sent` have one day and one hand, and no document twice.
fn last_of(ledger: &Ledger) -> Vec<&Entry> {
    let mut counting = ledger.counting();
    let Some(last) = counting.pop() else {
        return Vec::new();
    };
    let mut entries = vec![last];
    while last.deed == LedgerEvent::Sent
        && let Some(before) = counting.pop()
        && (before.deed, before.on, &before.by) == (last.deed, last.on, &last.by)
        && !entries.iter().any(|entry| entry.key == before.key)
    {
        entries.insert(0, before);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::super::ledger::parse;
    use super::*;

    fn line(what: &str, day: u8, document: &str) -> String {
        format!(
            "1 = {{ what = '{what}', on = 2026-11-{day}, by = 'AA', section = 'B', document = '{document}' }}\n"
        )
    }

    fn last(ledgers: &[&[String]]) -> Result<Vec<Vec<String>>, UndoError> {
        let ledgers: Vec<(PathBuf, Ledger)> = ledgers
            .iter()
            .enumerate()
            .map(|(number, lines)| (number.to_string().into(), parse(lines.concat().as_bytes())))
            .collect();
        let documents = |record: &LastRecord| {
            record.entries.iter().map(|entry| entry.key.document.clone()).collect()
        };
        Ok(last_record(&ledgers)?.iter().map(documents).collect())
    }

    #[test]
    fn one_thing_is_taken_back_or_all_of_one_chase() {
        let sent = |document: &str| line("sent", 16, document);
        let received = line("received", 16, "a");
        assert_eq!(last(&[&[sent("a"), received.clone()]]).unwrap(), [["a"]]);
        assert_eq!(last(&[&[sent("a"), sent("b")]]).unwrap(), [["a", "b"]]);
        assert_eq!(last(&[&[sent("a"), sent("a"), sent("b")]]).unwrap(), [["a", "b"]]);
        assert_eq!(last(&[&[sent("a")], &[sent("b")]]).unwrap(), [["a"], ["b"]]);
        assert_eq!(last(&[&[line("sent", 12, "a")], &[sent("b")]]).unwrap(), [["b"]]);
        assert!(matches!(last(&[&[sent("a")], &[received]]), Err(UndoError::Several(..))));
        assert_eq!(last(&[&[]]), Err(UndoError::Nothing));
    }

    #[test]
    fn a_record_is_taken_back_line_by_line() {
        let lines = [line("sent", 16, "a"), line("sent", 16, "b")].concat();
        let ledgers = [(PathBuf::new(), parse(lines.as_bytes()))];
        let [record] = &last_record(&ledgers).unwrap()[..] else { panic!() };
        let undone = record.undone(jiff::civil::date(2026, 11, 17), "BB");
        let told = |entry: &Entry| (entry.deed, entry.by.clone(), entry.key.document.clone());
        let of = |document: &str| (LedgerEvent::Undone, "BB".to_owned(), document.to_owned());
        assert_eq!(undone.iter().map(told).collect::<Vec<_>>(), [of("a"), of("b")]);
    }

    #[test]
    fn what_was_taken_back_does_not_count_again() {
        let lines =
            [line("received", 16, "a"), line("cancelled", 16, "a"), line("undone", 17, "a")];
        let ledger = parse(lines.concat().as_bytes());
        let left: Vec<LedgerEvent> = ledger.counting().iter().map(|entry| entry.deed).collect();
        assert_eq!(left, [LedgerEvent::Received]);
        let twice = [lines.concat(), line("undone", 17, "a")].concat();
        assert_eq!(last(&[&[twice]]), Err(UndoError::Nothing));
    }
}
