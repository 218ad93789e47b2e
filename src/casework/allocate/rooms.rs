//! The courtrooms: what each has, and when it sits.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use thiserror::Error;

use super::Span;
use crate::casework::hearings::courtroom::room_key;
use crate::check::calendar::{is_bank_holiday, rest_day};
use crate::manifest::{Need, Session, dates};

/// One courtroom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The court, as manifests name it.
    pub court: String,
    /// Its name or number.
    pub name: String,
    /// What it has.
    pub has: BTreeSet<Need>,
    /// When it sits.
    pub hours: Hours,
    closed: Vec<Days>,
    open: Vec<Days>,
}

/// The sessions of a courtroom; `None` where it does not sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// The morning, usually 10:00 to 13:00.
    pub morning: Option<Span>,
    /// The afternoon, usually 14:00 to 17:00.
    pub afternoon: Option<Span>,
}

impl Default for Hours {
    fn default() -> Self {
        Self { morning: Some((600, 780)), afternoon: Some((840, 1020)) }
    }
}

impl Hours {
    /// The sessions in the order of the day.
    pub fn sessions(&self) -> impl Iterator<Item = (Session, Span)> + use<> {
        let morning = self.morning.map(|span| (Session::Morning, span));
        let afternoon = self.afternoon.map(|span| (Session::Afternoon, span));
        morning.into_iter().chain(afternoon)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    On(Date),
    Every(Weekday),
    BankHolidays,
}

impl Days {
    fn hold(self, date: Date) -> bool {
        match self {
            Self::On(day) => day == date,
            Self::Every(weekday) => weekday == date.weekday(),
            Self::BankHolidays => is_bank_holiday(date),
        }
    }
}

impl Room {
    /// Whether it sits on a day: on a Sunday or bank holiday only if that is said of it.
    pub fn sits(&self, date: Date) -> bool {
        let is_in = |days: &[Days]| days.iter().any(|days| days.hold(date));
        !is_in(&self.closed) && (rest_day(date).is_none() || is_in(&self.open))
    }
}

/// Why a list of courtrooms cannot be taken.
#[derive(Debug, Error)]
pub enum RoomsError {
    /// It is not the TOML of such a list.
    #[error("the courtrooms cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// Values that make no sense, all of them.
    #[error("{}", .0.join("; "))]
    Values(Vec<String>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedRooms {
    room: Vec<TypedRoom>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedRoom {
    court: String,
    name: String,
    #[serde(default)]
    dock: bool,
    #[serde(default)]
    video_link: bool,
    #[serde(default)]
    hearing_loop: bool,
    #[serde(default)]
    accessible: bool,
    morning: Option<String>,
    afternoon: Option<String>,
    #[serde(default)]
    closed: Vec<TypedDays>,
    #[serde(default)]
    sits: Vec<TypedDays>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum TypedDays {
    Date(toml::value::Datetime),
    Text(String),
}

/// Reads the TOML of courtrooms: `[[room]]` with `court` and `name`.
///
/// # Errors
/// All that is wrong with its values, or the first fault of its syntax.
pub fn read_rooms(text: &str) -> Result<Vec<Room>, RoomsError> {
    let typed: TypedRooms = toml::from_str(text)?;
    let mut problems = Vec::new();
    let mut rooms: Vec<Room> = Vec::new();
    for typed in typed.room {
        let room = room(typed, &mut problems);
        let is_same =
            |other: &&Room| is_court(&other.court, &room.court) && is_room(&other.name, &room.name);
        if let Some(other) = rooms.iter().find(is_same) {
            let place = format!("{}, courtroom {}", other.court, other.name);
            problems.push(format!("{place}: is there twice"));
        }
        rooms.push(room);
    }
    if rooms.is_empty() {
        problems.push("there is no courtroom: add [[room]] with court and name".to_owned());
    }
    match problems.is_empty() {
        true => Ok(rooms),
        false => Err(RoomsError::Values(problems)),
    }
}

fn room(typed: TypedRoom, problems: &mut Vec<String>) -> Room {
    let place = format!("{}, courtroom {}", typed.court, typed.name);
    if court_key(&typed.court).is_empty() || room_key(&typed.name).is_empty() {
        problems.push(format!("{place}: a courtroom needs a court and a name"));
    }
    let usual = Hours::default();
    let mut told = |problem: String| problems.push(format!("{place}: {problem}"));
    let hours = Hours {
        morning: session(typed.morning.as_deref(), usual.morning, &mut told),
        afternoon: session(typed.afternoon.as_deref(), usual.afternoon, &mut told),
    };
    if let (Some(morning), Some(afternoon)) = (hours.morning, hours.afternoon)
        && morning.1 > afternoon.0
    {
        told("the afternoon begins before the morning ends".to_owned());
    }
    let mut listed = |typed: &[TypedDays]| -> Vec<Days> {
        let known = typed.iter().filter_map(|typed| {
            let known = days(typed);
            if known.is_none() {
                told(format!(
                    "{typed} is neither a day, such as 2026-11-24, nor a weekday, nor bank-holidays"
                ));
            }
            known
        });
        known.collect()
    };
    let (closed, open) = (listed(&typed.closed), listed(&typed.sits));
    let has = [
        (typed.dock, Need::Dock),
        (typed.video_link, Need::VideoLink),
        (typed.hearing_loop, Need::HearingLoop),
        (typed.accessible, Need::Accessible),
    ];
    let has = has.into_iter().filter_map(|(has, need)| has.then_some(need));
    Room { has: has.collect(), court: typed.court, name: typed.name, hours, closed, open }
}

/// `10:00-13:00`, or `none`.
fn session(
    typed: Option<&str>,
    usual: Option<Span>,
    told: &mut impl FnMut(String),
) -> Option<Span> {
    let Some(typed) = typed else {
        return usual;
    };
    if typed.trim().eq_ignore_ascii_case("none") {
        return None;
    }
    let span = typed.split_once(['-', '–']).and_then(|(from, to)| {
        let minute = |text: &str| dates::time(text).map(super::task::minute);
        Some((minute(from)?, minute(to)?))
    });
    let span = span.filter(|(from, to)| from < to);
    if span.is_none() {
        told(format!("\"{typed}\" is no session: write it as 10:00-13:00, or none"));
    }
    span
}

fn days(typed: &TypedDays) -> Option<Days> {
    let text = typed.to_string();
    if let Ok(date) = text.parse::<Date>() {
        return Some(Days::On(date));
    }
    let weekday = match text.to_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        "bank-holidays" => return Some(Days::BankHolidays),
        _ => return None,
    };
    Some(Days::Every(weekday))
}

impl std::fmt::Display for TypedDays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Whether two names are of one court: without case, and with single spaces.
pub(super) fn is_court(one: &str, other: &str) -> bool {
    court_key(one) == court_key(other)
}

/// Whether two names are of one courtroom: `Courtroom 5` and `05` are.
pub(super) fn is_room(one: &str, other: &str) -> bool {
    room_key(one) == room_key(other)
}

fn court_key(court: &str) -> String {
    let words: Vec<&str> = court.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_courtroom_is_as_it_is_described() {
        let rooms = read_rooms(
            "[[room]]\ncourt = 'Leeds'\nname = '5'\ndock = true\nmorning = '09:30-12:45'\nafternoon = 'none'\n\
             closed = [2026-11-24, 'Friday', '2026-12-01']\n[[room]]\ncourt = 'Leeds'\nname = '6'\n",
        )
        .unwrap();
        let room = &rooms[0];
        assert_eq!(Vec::from_iter(&room.has), [&Need::Dock]);
        assert_eq!(room.hours.morning, Some((570, 765)));
        assert_eq!(room.hours.afternoon, None);
        let sits = |day: &str| room.sits(day.parse().unwrap());
        assert!(sits("2026-11-23") && !sits("2026-11-24"));
        assert!(!sits("2026-11-27") && !sits("2026-12-01"));
        assert_eq!(rooms[1].hours, Hours::default());
    }

    #[test]
    fn on_sundays_and_bank_holidays_it_sits_only_where_that_is_said() {
        let rooms = read_rooms(
            "[[room]]\ncourt = 'Leeds'\nname = '1'\n\
             [[room]]\ncourt = 'Leeds'\nname = '2'\nsits = ['sunday', 2026-12-25]\n\
             [[room]]\ncourt = 'Leeds'\nname = '3'\nsits = ['bank-holidays']\nclosed = [2026-12-25]\n",
        )
        .unwrap();
        let sits = |day: &str| {
            let day = day.parse().unwrap();
            let names = rooms.iter().filter(|room| room.sits(day)).map(|room| room.name.as_str());
            names.collect::<String>()
        };
        // A Friday, a Saturday, a Sunday, Christmas Day, Boxing Day off in its place.
        let days = ["2026-11-27", "2026-11-28", "2026-11-29", "2026-12-25", "2026-12-28"];
        assert_eq!(days.map(sits), ["123", "123", "2", "2", "3"]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = read_rooms(
            "[[room]]\ncourt = 'Leeds'\nname = 'Court 5'\nmorning = '13:00-10:00'\nclosed = ['noday']\n\
             [[room]]\ncourt = 'LEEDS'\nname = '05'\nmorning = '10:00-15:00'\n",
        );
        let told = wrong.unwrap_err().to_string();
        for part in
            ["\"13:00-10:00\" is no session", "noday", "is there twice", "before the morning ends"]
        {
            assert!(told.contains(part), "{told}");
        }
        assert!(read_rooms("").is_err());
        assert!(read_rooms("room = []").is_err());
        assert!(read_rooms("[[room]]\ncourt = 'x'\nname = 'y'\ndocks = true").is_err());
    }
}
