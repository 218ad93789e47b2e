//! The ledger of chases, `chase.toml` beside a manifest: one line for each thing done, numbered, only ever
//! added to. A line is TOML by itself, so that one which was cut short spoils no other.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;
use toml_edit::{Datetime, InlineTable};

use crate::check::Recorded;
use crate::model::in_words;
use crate::model::system_words::is_held;

/// The name of the ledger, in the folder of its manifest.
pub const LEDGER_NAME: &str = "chase.toml";

const HEADING: &str = "# What was chased, what came, what is no longer wanted. Written by `courtbundle chase`: lines are only added.\n";

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerEvent {
    /// The supplier was asked.
    Sent,
    /// It came.
    Received,
    /// It is no longer wanted.
    Cancelled,
    /// What was recorded last about it was a mistake.
    Undone,
}

impl LedgerEvent {
    /// What became of an item, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sent => "chased",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
            Self::Undone => "taken back",
        }
    }

    /// The word in the ledger.
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
            Self::Undone => "undone",
        }
    }
}

/// Which document of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The letter of its section.
    pub section: String,
    /// Its title.
    pub document: String,
    /// Its file, with `/` between the parts of its path.
    pub file: Option<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was done.
    pub deed: LedgerEvent,
    /// On which day.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// About which document.
    pub key: Key,
    /// Who was asked.
    pub supplier: Option<String>,
    /// Why it is no longer wanted.
    pub reason: Option<String>,
}

/// A line as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedEntry {
    what: LedgerEvent,
    on: toml::value::Datetime,
    by: String,
    section: String,
    document: String,
    file: Option<String>,
    supplier: Option<String>,
    reason: Option<String>,
}

/// A ledger as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What was done, in the order written.
    pub entries: Vec<Entry>,
    /// The lines that cannot be read, from 1, the torn last one aside.
    pub broken: Vec<usize>,
    /// The last line, from 1, where it was cut short while it was written.
    pub torn: Option<usize>,
    last_number: u64,
}

impl Ledger {
    /// What was done about a document, and not taken back: known by its file, or else by its section and title.
    pub fn of(&self, key: &Key) -> Vec<&Entry> {
        let mut counting = self.counting();
        counting.retain(|entry| same(&entry.key, key));
        counting
    }

    /// What was done and not taken back, in the order written.
    pub fn counting(&self) -> Vec<&Entry> {
        let mut counting: Vec<&Entry> = Vec::new();
        for entry in &self.entries {
            if entry.deed != LedgerEvent::Undone {
                counting.push(entry);
                continue;
            }
            let undone = counting.iter().rposition(|before| same(&before.key, &entry.key));
            if let Some(undone) = undone {
                counting.remove(undone);
            }
        }
        counting
    }
}

impl Ledger {
    /// What it says last of a document, beside what was asked for. What was asked for again is awaited.
    pub fn recorded(&self, key: &Key) -> Option<Recorded> {
        let last = self.of(key).into_iter().next_back()?;
        match last.deed {
            LedgerEvent::Sent | LedgerEvent::Undone => None,
            LedgerEvent::Received => Some(Recorded::Received(last.on)),
            LedgerEvent::Cancelled => Some(Recorded::Cancelled(last.on)),
        }
    }
}

fn same(written: &Key, listed: &Key) -> bool {
    let by_file = written.file.is_some() && written.file == listed.file;
    by_file || (written.section == listed.section && written.document == listed.document)
}

/// Why a ledger cannot be used.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// It cannot be read.
    #[error("{}: cannot be read: {}", path.display(), in_words(source).0)]
    Unreadable {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It cannot be written.
    #[error("{}: cannot be written: {}", path.display(), in_words(source).0)]
    Unwritable {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The ledger that some bytes are.
pub fn parse(bytes: &[u8]) -> Ledger {
    let mut ledger = Ledger::default();
    let mut rest = bytes;
    let mut number = 0;
    while !rest.is_empty() {
        number += 1;
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        match entry(line) {
            LedgerLine::Nothing => {}
            LedgerLine::Entry(count, entry) => {
                ledger.entries.push(*entry);
                ledger.last_number = ledger.last_number.max(count);
            }
            LedgerLine::Broken if end.is_none() => ledger.torn = Some(number),
            LedgerLine::Broken => ledger.broken.push(number),
        }
        rest = after;
    }
    ledger
}

enum LedgerLine {
    Nothing,
    Entry(u64, Box<Entry>),
    Broken,
}

fn entry(line: &[u8]) -> LedgerLine {
    let Ok(text) = std::str::from_utf8(line) else {
        return LedgerLine::Broken;
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() || text.starts_with('#') {
        return LedgerLine::Nothing;
    }
    read(text)
        .map_or(LedgerLine::Broken, |(number, entry)| LedgerLine::Entry(number, Box::new(entry)))
}

fn read(text: &str) -> Option<(u64, Entry)> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let mut pairs = table.into_iter();
    let (number, value) = pairs.next()?;
    let typed: TypedEntry = value.try_into().ok()?;
    let entry = Entry {
        deed: typed.what,
        on: typed.on.to_string().parse().ok()?,
        by: typed.by,
        key: Key { section: typed.section, document: typed.document, file: typed.file },
        supplier: typed.supplier,
        reason: typed.reason,
    };
    pairs.next().is_none().then_some((number.parse().ok()?, entry))
}

/// The ledger in a folder; an empty one where there is none yet.
pub fn read_in(folder: &Path) -> Result<Ledger, LedgerError> {
    let path = folder.join(LEDGER_NAME);
    match read_unlocked(&path) {
        Ok(bytes) => Ok(parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ledger::default()),
        Err(source) => Err(LedgerError::Unreadable { path, source }),
    }
}

/// The bytes of a ledger. Windows lets nobody read while another run writes; that takes a moment.
fn read_unlocked(path: &Path) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if is_held(&error) => {
            let mut bytes = Vec::new();
            let mut file = File::open(path)?;
            file.lock_shared()?;
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        }
        read => read,
    }
}

/// Adds lines to the ledger in a folder, and returns once they are on the disk.
///
/// Other runs wait meanwhile. What was cut short at the end of the ledger was never reported as done; it is
/// taken away, so that the new lines stand by themselves.
pub fn append(folder: &Path, entries: &[Entry]) -> Result<(), LedgerError> {
    let path = folder.join(LEDGER_NAME);
    let unwritable = |source| LedgerError::Unwritable { path: path.clone(), source };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(unwritable)?;
    file.lock().map_err(unwritable)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unwritable)?;
    let ledger = parse(&bytes);
    let text = lines(&ledger, &bytes, entries);
    let end = match ledger.torn {
        Some(_) => after_last_break(&bytes),
        None => bytes.len(),
    };
    write(&mut file, end as u64, &text).map_err(unwritable)?;
    if bytes.is_empty() {
        sync_folder(folder).map_err(unwritable)?;
    }
    Ok(())
}

/// What is to be written, in one piece.
fn lines(ledger: &Ledger, bytes: &[u8], entries: &[Entry]) -> String {
    let mut text = match bytes.last() {
        None => HEADING.to_owned(),
        Some(b'\n') => String::new(),
        // A whole last line that somebody's editor left without its end.
        Some(_) if ledger.torn.is_none() => "\n".to_owned(),
        Some(_) => String::new(),
    };
    for (number, entry) in (ledger.last_number + 1..).zip(entries) {
        text.push_str(&format!("{number} = {}\n", inline(entry)));
    }
    text
}

/// An inline table, on one line, in the order in which people read it.
fn inline(entry: &Entry) -> InlineTable {
    let key = &entry.key;
    let texts = [
        ("by", Some(&entry.by)),
        ("section", Some(&key.section)),
        ("document", Some(&key.document)),
        ("file", key.file.as_ref()),
        ("supplier", entry.supplier.as_ref()),
        ("reason", entry.reason.as_ref()),
    ];
    let mut table = InlineTable::new();
    table.insert("what", entry.deed.as_str().into());
    table.insert("on", datetime(entry.on).into());
    for (name, text) in texts {
        if let Some(text) = text {
            table.insert(name, one_line(text).into());
        }
    }
    table
}

/// What a manifest says never breaks a line; what somebody types on the command line may.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn datetime(date: Date) -> Datetime {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    Datetime {
        date: Some(toml_edit::Date {
            year: u16::try_from(date.year()).unwrap_or_default(),
            month: part(date.month()),
            day: part(date.day()),
        }),
        time: None,
        offset: None,
    }
}

fn after_last_break(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1)
}

fn write(file: &mut File, end: u64, text: &str) -> io::Result<()> {
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A new name is on the disk only once its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn sent(document: &str) -> Entry {
        Entry {
            deed: LedgerEvent::Sent,
            on: date(2026, 11, 20),
            by: "A \"Caseworker\"".to_owned(),
            key: Key {
                section: "B".to_owned(),
                document: document.to_owned(),
                file: Some("statements/ŵ.pdf".to_owned()),
            },
            supplier: Some("police".to_owned()),
            reason: None,
        }
    }

    #[test]
    fn what_is_written_is_read_and_the_whole_is_toml() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_in(folder.path()).unwrap(), Ledger::default());
        let first = [sent("one"), sent("two = { 'x' } #")];
        append(folder.path(), &first).unwrap();
        append(folder.path(), &[sent("three")]).unwrap();
        let ledger = read_in(folder.path()).unwrap();
        assert_eq!(ledger.entries, [first.as_slice(), &[sent("three")]].concat());
        assert_eq!((ledger.last_number, ledger.torn), (3, None));
        let text = fs::read_to_string(folder.path().join(LEDGER_NAME)).unwrap();
        assert_eq!(text.lines().count(), 4, "{text}");
        // As a person reads it, and any other program: a date is a date.
        assert_eq!(
            text.lines().last(),
            Some(
                "3 = { what = \"sent\", on = 2026-11-20, by = 'A \"Caseworker\"', section = \"B\", \
                 document = \"three\", file = \"statements/ŵ.pdf\", supplier = \"police\" }"
            )
        );
        assert_eq!(toml::from_str::<toml::Table>(&text).unwrap().len(), 3);
    }

    #[test]
    fn wherever_a_write_is_cut_short_every_line_before_is_kept_and_the_next_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        append(folder.path(), &[sent("one"), sent("two")]).unwrap();
        let path = folder.path().join(LEDGER_NAME);
        let whole = fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            let bytes = &whole[..length];
            let before = parse(bytes);
            assert_eq!(before.broken, [0; 0], "{length}");
            fs::write(&path, bytes).unwrap();
            append(folder.path(), &[sent("three")]).unwrap();
            let after = read_in(folder.path()).unwrap();
            let mut expected = before.entries;
            expected.push(sent("three"));
            assert_eq!(after.entries, expected, "{length}");
            assert_eq!((after.torn, after.broken.len()), (None, 0), "{length}");
        }
        let breaks = whole.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(breaks, 3);
        // A line without its last character or two is torn; without its line break alone it is whole.
        assert_eq!(parse(&whole[..whole.len() - 1]).torn, None);
        assert_eq!(parse(&whole[..whole.len() - 2]).torn, Some(3));
    }

    #[test]
    fn a_line_that_somebody_spoilt_is_told_and_spoils_no_other() {
        let ledger = parse(b"# heading\n1 = { what = 'sent' }\n\n2 = { what = 'sent', on = 2026-11-20, by = 'A', section = 'B', document = 'x' }\n\xff\n");
        assert_eq!((ledger.entries.len(), ledger.broken, ledger.torn), (1, vec![2, 5], None));
    }
}
