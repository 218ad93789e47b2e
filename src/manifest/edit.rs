//! Writes where and when a case is heard into its manifest, and leaves everything else as it is typed.

use jiff::civil::{Date, Time};
use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, Value};

use super::Session;

/// What becomes of the hearing; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewHearing {
    /// The day.
    pub date: Option<Date>,
    /// The time.
    pub time: Option<Time>,
    /// The half of the day; with a time it is only put right where the manifest names one.
    pub session: Option<Session>,
    /// The courtroom.
    pub courtroom: Option<String>,
}

/// Why a manifest was not changed.
#[derive(Debug, Error)]
pub enum EditError {
    /// It is no TOML.
    #[error("cannot be read as TOML: {0}")]
    Syntax(#[from] toml_edit::TomlError),
    /// What should be the table `[hearing]` is something else.
    #[error("\"hearing\" is not a table")]
    NotATable,
}

/// The text of a manifest with the hearing changed. Comments, order, spaces, line ends and a byte order
/// mark stay as they are.
pub fn with_hearing(text: &str, new: &NewHearing) -> Result<String, EditError> {
    let (mark, plain) = match text.strip_prefix('\u{feff}') {
        Some(plain) => ("\u{feff}", plain),
        None => ("", text),
    };
    let mut document: DocumentMut = plain.parse()?;
    let hearing = document
        .entry("hearing")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or(EditError::NotATable)?;
    let typed = [
        ("date", new.date.map(|date| date.to_string())),
        ("time", new.time.map(|time| time.to_string())),
    ];
    for (key, text) in typed {
        if let Some(value) = text.and_then(|text| text.parse::<toml_edit::Datetime>().ok()) {
            put(hearing, key, value.into());
        }
    }
    let session = new.session.filter(|_| new.time.is_none() || hearing.contains_key("session"));
    if let Some(session) = session {
        put(hearing, "session", session.as_str().into());
    }
    if let Some(room) = &new.courtroom {
        put(hearing, "courtroom", room.as_str().into());
    }
    let edited = with_line_ends_of(plain, &document.to_string());
    Ok(format!("{mark}{edited}"))
}

/// The library writes line feeds alone: every line gets back its own end, also where a file has both kinds. New lines
/// stand after those that were there, and end as lines of the file do.
fn with_line_ends_of(typed: &str, edited: &str) -> String {
    let old: Vec<(&str, &str)> = typed.split_inclusive('\n').map(parted).collect();
    let new: Vec<(&str, &str)> = edited.split_inclusive('\n').map(parted).collect();
    let both_from_behind = old.iter().rev().zip(new.iter().rev());
    let same = both_from_behind.take_while(|((old, _), (new, _))| old == new).count();
    let (changed, added) = (old.len() - same, new.len() - same);
    let usual = if typed.contains("\r\n") { "\r\n" } else { "\n" };
    let end = |place: usize| {
        let place = match place.checked_sub(added) {
            Some(after) => changed + after,
            None if place < changed => place,
            None => return usual,
        };
        let end = old.get(place).map_or("", |(_, end)| *end);
        if end.is_empty() { usual } else { end }
    };
    let mut text = String::with_capacity(typed.len());
    let ends_open = same > 0 && !typed.ends_with('\n');
    let last = new.len().saturating_sub(1);
    for (place, (line, _)) in new.into_iter().enumerate() {
        text.push_str(line);
        text.push_str(if place == last && ends_open { "" } else { end(place) });
    }
    text
}

/// A line and its end.
fn parted(line: &str) -> (&str, &str) {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = text.strip_suffix('\r').unwrap_or(text);
    line.split_at(text.len())
}

/// Puts a value in the place of another, with the spaces and the comment around it.
fn put(table: &mut dyn toml_edit::TableLike, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn moved() -> NewHearing {
        NewHearing {
            date: Some(date(2026, 11, 25)),
            time: Some(time(14, 0, 0, 0)),
            session: Some(Session::Afternoon),
            courtroom: Some("7".to_owned()),
        }
    }

    #[test]
    fn a_session_follows_the_time() {
        let typed = "[hearing]\ntime = 10:00:00\nsession = \"morning\" # listed\n";
        let time = NewHearing { date: None, courtroom: None, ..moved() };
        assert_eq!(
            with_hearing(typed, &time).unwrap(),
            "[hearing]\ntime = 14:00:00\nsession = \"afternoon\" # listed\n"
        );
        let alone = NewHearing { session: Some(Session::Morning), ..NewHearing::default() };
        let edited = with_hearing("[hearing]\nkind = \"trial\"\n", &alone).unwrap();
        assert_eq!(edited, "[hearing]\nkind = \"trial\"\nsession = \"morning\"\n");
    }

    const TYPED: &str = "# Top\n[case]   # of the office\ntitle = 'R v \"Blake\"'\n\n[hearing]\n# listed\ntime   = 10:00:00  # sharp\ncourtroom = '5'\t# small\ndate = \"2026-11-24\"\n\n[[section]] # last\nletter = \"A\"\n";

    #[test]
    fn nothing_but_the_values_changes() {
        let edited = with_hearing(TYPED, &moved()).unwrap();
        let expected = TYPED
            .replace("10:00:00", "14:00:00")
            .replace("'5'", "\"7\"")
            .replace("\"2026-11-24\"", "2026-11-25");
        assert_eq!(edited, expected);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let typed = format!("\u{feff}{}", TYPED.replace('\n', "\r\n"));
        let edited = with_hearing(&typed, &moved()).unwrap();
        assert_eq!(
            edited,
            typed
                .replace("10:00:00", "14:00:00")
                .replace("'5'", "\"7\"")
                .replace("\"2026-11-24\"", "2026-11-25")
        );
        assert_eq!(with_hearing(&typed, &NewHearing::default()).unwrap(), typed);
    }

    #[test]
    fn line_ends_of_both_kinds_stay_each_in_its_line() {
        let typed =
            "# a\r\n[hearing]\nkind = 'trial' # b\r\ntime = 10:00:00\r\n# c\n[case]\r\ntitle = 'X'";
        let edited = with_hearing(typed, &moved()).unwrap();
        let expected = typed.replace(
            "time = 10:00:00\r\n",
            "time = 14:00:00\r\ndate = 2026-11-25\r\ncourtroom = \"7\"\r\n",
        );
        assert_eq!(edited, expected);
        let bare = "case.title = 'X'\r\n# end";
        let edited = with_hearing(bare, &moved()).unwrap();
        assert!(edited.contains("time = 14:00:00\r\n"), "{edited}");
        assert!(!edited.replace("\r\n", "").contains('\n'), "{edited}");
    }

    #[test]
    fn what_is_not_there_is_added() {
        let room = NewHearing { courtroom: Some("7".to_owned()), ..NewHearing::default() };
        let edited =
            with_hearing("[hearing]\nkind = \"trial\" # one day\n\n[case]\ntitle = \"X\"\n", &room)
                .unwrap();
        assert_eq!(
            edited,
            "[hearing]\nkind = \"trial\" # one day\ncourtroom = \"7\"\n\n[case]\ntitle = \"X\"\n"
        );
        let edited = with_hearing("hearing = { kind = \"trial\" }\n", &room).unwrap();
        assert_eq!(edited, "hearing = { kind = \"trial\" , courtroom = \"7\" }\n");
        let edited = with_hearing("[case]\ntitle = \"X\"\n", &room).unwrap();
        assert_eq!(edited, "[case]\ntitle = \"X\"\n\n[hearing]\ncourtroom = \"7\"\n");
        assert!(matches!(with_hearing("hearing = 1\n", &room), Err(EditError::NotATable)));
    }
}
