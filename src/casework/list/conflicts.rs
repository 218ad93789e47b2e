//! What cannot be on a court list: one person in two places, one case twice, more than a session holds.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use crate::casework::hearings::courtroom::{
    SESSIONS, Span, court_key, room_key, short_room, spread,
};
use crate::casework::hearings::listing::Listed;
use crate::casework::hearings::privacy::public_name;
use crate::manifest::Session;
use crate::model::Code;
use crate::model::names::name_key;

/// The minutes of one session: 10:00 to 13:00, and 14:00 to 17:00.
pub const SESSION_MINUTES: u32 = 180;

/// Something on the list that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The rule.
    pub code: Code,
    /// What is wrong, in lower case; a youth is not named.
    pub message: String,
    /// The cases concerned, as far as they have a URN.
    pub urns: Vec<String>,
}

/// How long a hearing without an estimate is taken to last where two are compared, in minutes, as `allocate` takes it.
const USUAL_MINUTES: u32 = 30;

/// A courtroom by court and name, in the one form in which they are compared.
type CourtAndRoom = (Option<String>, String);

/// One session of something, by its name or place.
type InSession<T> = (Date, T, Option<Session>);

/// The hearings of a session with the minutes that each takes there.
type Booked<'l> = Vec<(&'l Listed, u32)>;

/// Everything on the list that cannot be, by rule and then by day.
pub fn conflicts(listed: &[Listed]) -> Vec<Conflict> {
    let dated: Vec<(Date, &Listed)> =
        listed.iter().filter_map(|listed| Some((listed.date()?, listed))).collect();
    let mut conflicts = prosecutors(&dated);
    conflicts.extend(cases(&dated));
    conflicts.extend(defendants(&dated));
    conflicts.extend(sessions(&dated));
    conflicts
}

fn conflict(code: Code, message: String, hearings: &[&Listed]) -> Conflict {
    let mut urns: Vec<String> =
        hearings.iter().filter_map(|listed| listed.urn().map(str::to_owned)).collect();
    urns.sort();
    urns.dedup();
    Conflict { code, message, urns }
}

/// Prosecutors who are in two courtrooms at once. A hearing lasts as long as its estimate says, not counting lunch, or
/// else half an hour.
fn prosecutors(dated: &[(Date, &Listed)]) -> Vec<Conflict> {
    let mut days: BTreeMap<(Date, String), Vec<&Listed>> = BTreeMap::new();
    for (date, listed) in dated {
        let name = listed.hearing().and_then(|one| one.prosecutor.as_deref());
        if let Some(name) = name.filter(|_| room(listed).is_some() && listed.time().is_some()) {
            days.entry((*date, name_key(name))).or_default().push(listed);
        }
    }
    let torn = |((date, _), hearings): (&(Date, String), &Vec<&Listed>)| {
        let elsewhere = |one: &&Listed| {
            let is_at_once = |other: &&Listed| room(one) != room(other) && at_once(one, other);
            hearings.iter().any(is_at_once)
        };
        let torn: Vec<&Listed> = hearings.iter().copied().filter(elsewhere).collect();
        let name = torn.first()?.hearing()?.prosecutor.as_deref()?;
        let message = format!("{name} is in two courtrooms at once on {date}: {}", places(&torn));
        Some(conflict(Code::ProsecutorTwice, message, &torn))
    };
    days.iter().filter_map(torn).collect()
}

fn at_once(one: &Listed, other: &Listed) -> bool {
    let (one, other) = (spans(one), spans(other));
    one.iter().any(|(start, end)| other.iter().any(|(opens, closes)| start < closes && opens < end))
}

/// When a hearing takes place, in minutes since midnight.
fn spans(listed: &Listed) -> Vec<Span> {
    let Some(start) = listed.time().and_then(minute_of_day) else {
        return Vec::new();
    };
    let estimate = listed.hearing().and_then(|hearing| hearing.estimate);
    spread(start, estimate.unwrap_or(USUAL_MINUTES), SESSIONS)
}

fn minute_of_day(time: Time) -> Option<u32> {
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()
}

/// Cases that are twice in one session of one day.
fn cases(dated: &[(Date, &Listed)]) -> Vec<Conflict> {
    let mut sessions: BTreeMap<InSession<&str>, Vec<&Listed>> = BTreeMap::new();
    for (date, listed) in dated {
        if let Some(reference) = listed.reference() {
            let session = (*date, reference, listed.session());
            sessions.entry(session).or_default().push(listed);
        }
    }
    let twice = sessions.iter().filter(|(_, hearings)| hearings.len() > 1);
    twice
        .map(|((date, reference, session), hearings)| {
            let message = format!(
                "case {reference} is listed {} times {}: {}",
                hearings.len(),
                when(*date, *session),
                places(hearings)
            );
            conflict(Code::CaseTwice, message, hearings)
        })
        .collect()
}

/// People who are defendants of several cases in one session. Two people may have the same name; a
/// person has to look.
fn defendants(dated: &[(Date, &Listed)]) -> Vec<Conflict> {
    let mut sessions: BTreeMap<InSession<String>, Vec<(&Listed, &str)>> = BTreeMap::new();
    for (date, listed) in dated {
        for defendant in &listed.case.defendants {
            let session = (*date, name_key(&defendant.name), listed.session());
            let hearings = sessions.entry(session).or_default();
            // The same case twice is another rule.
            let is_there = hearings.iter().any(|(other, _)| is_same_case(other, listed));
            if !is_there {
                hearings.push((listed, public_name(defendant)));
            }
        }
    }
    let twice = sessions.iter().filter(|(_, hearings)| hearings.len() > 1);
    twice
        .map(|((date, _, session), hearings)| {
            // Known to be a youth in one case is enough.
            let name = hearings
                .iter()
                .map(|(_, name)| *name)
                .find(|name| *name == crate::casework::hearings::privacy::YOUTH)
                .or(hearings.first().map(|(_, name)| *name))
                .unwrap_or_default();
            let hearings: Vec<&Listed> = hearings.iter().map(|(listed, _)| *listed).collect();
            let message = format!(
                "{name} is a defendant in {} cases {}: {}",
                hearings.len(),
                when(*date, *session),
                places(&hearings)
            );
            conflict(Code::DefendantTwice, message, &hearings)
        })
        .collect()
}

fn is_same_case(one: &Listed, other: &Listed) -> bool {
    let same = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
    one.case.manifest == other.case.manifest
        || same(one.urn(), other.urn())
        || same(one.court_case_number(), other.court_case_number())
}

/// Sessions with more estimated time than they hold. What a hearing takes beyond the morning, it takes
/// from the afternoon; one hearing alone may take days.
fn sessions(dated: &[(Date, &Listed)]) -> Vec<Conflict> {
    let mut booked: BTreeMap<(Date, CourtAndRoom, Session), Booked<'_>> = BTreeMap::new();
    for (date, listed) in dated {
        let minutes = listed.hearing().and_then(|hearing| hearing.estimate);
        let (Some(room), Some(session), Some(minutes)) = (room(listed), listed.session(), minutes)
        else {
            continue;
        };
        let mut book = |session, minutes: u32| {
            let hearings = booked.entry((*date, room.clone(), session)).or_default();
            hearings.push((*listed, minutes.min(SESSION_MINUTES)));
        };
        book(session, minutes);
        if session == Session::Morning && minutes > SESSION_MINUTES {
            book(Session::Afternoon, minutes - SESSION_MINUTES);
        }
    }
    let overfull = |(session, hearings): (&(Date, CourtAndRoom, Session), &Booked<'_>)| {
        let (date, _, session) = session;
        let minutes: u32 = hearings.iter().map(|(_, minutes)| minutes).sum();
        if minutes <= SESSION_MINUTES || hearings.len() < 2 {
            return None;
        }
        let hearings: Vec<&Listed> = hearings.iter().map(|(listed, _)| *listed).collect();
        let message = format!(
            "{minutes} minutes are listed in {} {}, which holds {SESSION_MINUTES}",
            room_name(hearings.first()?)?,
            when(*date, Some(*session))
        );
        Some(conflict(Code::SessionOverfull, message, &hearings))
    };
    booked.iter().filter_map(overfull).collect()
}

fn room(listed: &Listed) -> Option<CourtAndRoom> {
    Some((listed.case.court.as_deref().map(court_key), room_key(listed.courtroom()?)))
}

/// A courtroom in words: `courtroom 5 (Crown Court at Leeds)`.
fn room_name(listed: &Listed) -> Option<String> {
    let room = short_room(listed.courtroom()?);
    Some(match &listed.case.court {
        Some(court) => format!("courtroom {room} ({court})"),
        None => format!("courtroom {room}"),
    })
}

fn when(date: Date, session: Option<Session>) -> String {
    match session {
        Some(session) => format!("in the {} of {date}", session.as_str()),
        None => format!("on {date}"),
    }
}

/// `01AB0010126 at 10:00 in courtroom 5 (Crown Court at Leeds)` for each, with commas.
fn places(hearings: &[&Listed]) -> String {
    let place = |listed: &&Listed| {
        let reference = listed.reference().unwrap_or("a case without a URN");
        let time = listed
            .time()
            .map_or_else(String::new, |time| format!(" at {}", time.strftime("%H:%M")));
        let room = room_name(listed).map_or_else(String::new, |room| format!(" in {room}"));
        format!("{reference}{time}{room}")
    };
    let places: Vec<String> = hearings.iter().map(place).collect();
    places.join(", ")
}

#[cfg(test)]
mod tests;
