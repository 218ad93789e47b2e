//! Why a hearing is where it is, and why another has no place, in words. Defendants are not named.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::board::{Board, Refusal, Site};
use super::overlap;
use super::plan::clock;
use super::task::{Task, Urgency};
use crate::check::calendar::rest_day;
use crate::manifest::Need;
use crate::model::words::count;

/// Why a hearing is where it is.
pub(super) fn why_here(board: &Board<'_, '_>, index: usize, task: &Task<'_>) -> String {
    let Some(site) = board.site(index) else {
        return String::new();
    };
    let mut parts = Vec::new();
    if task.is_fixed() {
        parts.push("fixed by the court".to_owned());
        parts.extend(what_is_wrong(board, index, task, site));
        return parts.join("; ");
    }
    if task.hearing.courtroom.is_some() {
        parts.push("courtroom fixed by the court".to_owned());
    }
    if task.time.is_some() {
        parts.push("time fixed by the court".to_owned());
    }
    parts.extend(urgency(task));
    if !task.needs.is_empty() {
        parts.push(format!("{} needed", list(task.needs.iter().copied())));
    }
    parts.extend(prosecutor(board, index, task, site));
    if task.hearing.estimate.is_none() {
        parts.push(format!("no estimate: taken as {} minutes", task.minutes));
    }
    if parts.is_empty() {
        parts.push("the earliest time that is free in a courtroom in use".to_owned());
    }
    parts.join("; ")
}

fn urgency(task: &Task<'_>) -> Option<String> {
    match (task.urgency, task.days_left) {
        (Urgency::Pressing, Some(left @ 0..)) => {
            let left = count(usize::try_from(left).unwrap_or_default(), "day");
            Some(format!("custody time limit in {left}: placed first"))
        }
        (Urgency::Pressing, Some(_)) => Some("custody time limit PASSED: placed first".to_owned()),
        (Urgency::Pressing, None) => Some("custody time limit not known: placed first".to_owned()),
        (Urgency::Custody, _) => Some("in custody: placed before those on bail".to_owned()),
        (Urgency::Other, _) => None,
    }
}

/// Another hearing of the same prosecutor, in the same courtroom or else in another.
fn prosecutor(board: &Board<'_, '_>, index: usize, task: &Task<'_>, site: &Site) -> Option<String> {
    let name = task.hearing.prosecutor.as_deref()?;
    let tasks = board.tasks.iter().enumerate();
    let others = tasks.filter(|(other, one)| *other != index && one.prosecutor == task.prosecutor);
    let mut others: Vec<&Site> = others.filter_map(|(other, _)| board.site(other)).collect();
    others.sort_by_key(|other| (other.room != site.room, other.start));
    let other = others.first()?;
    let time = clock(other.start)?.strftime("%H:%M").to_string();
    match other.room == site.room {
        true => Some(format!("same courtroom as {name}'s {time}")),
        false => Some(format!("{name}'s {time} is in another courtroom")),
    }
}

/// What the court has fixed and cannot be, for a person to raise.
fn what_is_wrong(board: &Board<'_, '_>, index: usize, task: &Task<'_>, site: &Site) -> Vec<String> {
    let mut wrong = Vec::new();
    match site.room.and_then(|room| board.rooms.get(room)) {
        None => wrong.push("this courtroom is not among those described".to_owned()),
        Some(room) => {
            let lacking: Vec<Need> = task.needs.difference(&room.has).copied().collect();
            if !lacking.is_empty() {
                wrong.push(format!("it has no {}", list(lacking)));
            }
            if !room.sits(board.date) {
                wrong.push("it does not sit that day".to_owned());
            }
        }
    }
    let elsewhere = elsewhere(board, index, task, site);
    if !elsewhere.is_empty() {
        let urns = Vec::from_iter(elsewhere).join(", ");
        wrong.push(format!("somebody is also elsewhere then: {urns}"));
    }
    wrong
}

/// The hearings in other courtrooms that somebody of this one should be at, too.
fn elsewhere(
    board: &Board<'_, '_>,
    index: usize,
    task: &Task<'_>,
    site: &Site,
) -> BTreeSet<String> {
    let place = |task: &Task<'_>| (task.case.court.clone(), task.hearing.courtroom.clone());
    let is_elsewhere = |(other, one): &(usize, &Task<'_>)| {
        let is_shared = one.people.iter().any(|person| task.people.contains(person));
        let there = board.site(*other).filter(|_| *other != index && is_shared);
        let meets = there.is_some_and(|there| {
            let mut spans = there.spans.iter();
            spans.any(|one| site.spans.iter().any(|span| overlap(*one, *span)))
        });
        meets && place(one) != place(task)
    };
    let tasks = board.tasks.iter().enumerate().filter(is_elsewhere);
    tasks.map(|(_, one)| name_of(one)).collect()
}

fn name_of(task: &Task<'_>) -> String {
    let urn = task.case.urn.as_ref().map(ToString::to_string);
    urn.unwrap_or_else(|| "a case without a URN".to_owned())
}

/// Why a hearing has no place: for each reason the courtrooms that it holds for.
pub(super) fn why_not(board: &Board<'_, '_>, index: usize, task: &Task<'_>) -> String {
    if task.case.court.is_none() {
        return "no court is recorded".to_owned();
    }
    if task.rooms.is_empty() {
        return match &task.hearing.courtroom {
            Some(room) => format!("the court has fixed courtroom {room}, which is not described"),
            None => "no courtroom of its court is described".to_owned(),
        };
    }
    let mut reasons: BTreeMap<(Refusal, String), Vec<String>> = BTreeMap::new();
    for &room in &task.rooms {
        let refusal = board.earliest(index, room).err();
        if let (Some(refusal), Some(described)) = (refusal, board.rooms.get(room)) {
            let lacking = task.needs.difference(&described.has).copied();
            let words = words(refusal, task, board.date, &list(lacking));
            let names = reasons.entry((refusal, words)).or_default();
            names.push(described.name.clone());
        }
    }
    let parts: Vec<String> = reasons
        .into_iter()
        .map(|((_, words), names)| {
            let noun = if names.len() == 1 { "courtroom" } else { "courtrooms" };
            format!("{noun} {}: {words}", names.join(", "))
        })
        .collect();
    parts.join("; ")
}

fn words(refusal: Refusal, task: &Task<'_>, date: Date, lacking: &str) -> String {
    let minutes = count(usize::try_from(task.minutes).unwrap_or(usize::MAX), "minute");
    let when = match (task.time.and_then(clock), task.session) {
        (Some(time), _) => format!(" from {}", time.strftime("%H:%M")),
        (None, Some(session)) => format!(" in the {}", session.as_str()),
        (None, None) => String::new(),
    };
    match refusal {
        Refusal::Closed => match rest_day(date) {
            Some(rest) => format!("nothing says that it sits on this {rest}"),
            None => "does not sit that day".to_owned(),
        },
        Refusal::Lacks => format!("no {lacking}"),
        Refusal::Hours => format!("its sitting hours do not hold {minutes}{when}"),
        Refusal::Taken => format!("{minutes}{when} are not free"),
        Refusal::Elsewhere(person) if Some(person) == task.prosecutor => {
            let name = task.hearing.prosecutor.as_deref().unwrap_or_default();
            format!("where {minutes}{when} are free, {name} is elsewhere")
        }
        Refusal::Elsewhere(_) => {
            format!("where {minutes}{when} are free, a defendant is elsewhere")
        }
    }
}

/// `dock and video link`.
fn list(needs: impl IntoIterator<Item = Need>) -> String {
    let words: Vec<&str> = needs.into_iter().map(Need::words).collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
