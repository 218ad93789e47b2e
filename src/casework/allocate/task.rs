//! What a hearing asks for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};

use super::board::Site;
use super::rooms::{is_court, is_room};
use super::{Hours, Room};
use crate::casework::hearings::courtroom::spread;
use crate::check::custody::{ChargeLimit, limits};
use crate::manifest::{Case, Hearing, Need, RemandStatus, Session};
use crate::model::names::name_key;

/// A hearing of a day, with what it asks for.
#[derive(Debug, Clone)]
pub(super) struct Task<'c> {
    pub(super) case: &'c Case,
    pub(super) hearing: &'c Hearing,
    /// How long it takes.
    pub(super) minutes: u32,
    pub(super) needs: BTreeSet<Need>,
    /// The courtroom that the court has fixed, as far as it is one of those described.
    pub(super) room: Option<usize>,
    /// The courtrooms of its court, or the one that the court has fixed.
    pub(super) rooms: Vec<usize>,
    /// The time that the court has fixed, in minutes since midnight.
    pub(super) time: Option<u32>,
    pub(super) session: Option<Session>,
    /// The prosecutor, by number.
    pub(super) prosecutor: Option<usize>,
    /// Prosecutor and defendants, by number: who cannot be elsewhere meanwhile.
    pub(super) people: Vec<usize>,
    pub(super) urgency: Urgency,
    /// The days left of the earliest custody time limit that is known.
    pub(super) days_left: Option<i32>,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Urgency {
    /// A custody time limit that presses.
    Pressing,
    /// Somebody is in custody.
    Custody,
    /// Nobody is.
    Other,
}

impl Task<'_> {
    /// Whether the court has fixed both courtroom and time.
    pub(super) fn is_fixed(&self) -> bool {
        self.hearing.courtroom.is_some() && self.time.is_some()
    }

    /// The order in which hearings are placed; the last part makes it a total one.
    pub(super) fn rank(&self) -> impl Ord + '_ {
        (
            self.urgency,
            self.days_left.unwrap_or(i32::MAX),
            self.time.is_none(),
            self.hearing.courtroom.is_none(),
            &self.case.manifest,
        )
    }
}

/// The hearings of a day; who of them is one person is told by their names alone.
pub(super) fn tasks<'c>(
    cases: &[&'c Case],
    rooms: &[Room],
    usual: u32,
    today: Date,
) -> Vec<Task<'c>> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |key: String| {
        let next = numbers.len();
        *numbers.entry(key).or_insert(next)
    };
    let tasks = cases.iter().filter_map(|case| {
        let hearing = case.hearing.as_ref()?;
        let prosecutor = hearing.prosecutor.as_deref();
        let prosecutor = prosecutor.map(|name| number(format!("prosecutor {}", name_key(name))));
        let defendants = case.defendants.iter();
        let mut people: Vec<usize> =
            defendants.map(|one| number(format!("defendant {}", name_key(&one.name)))).collect();
        people.extend(prosecutor);
        people.sort_unstable();
        people.dedup();
        let limits = limits(case);
        let known = limits.iter().filter_map(ChargeLimit::known);
        let typed = hearing.courtroom.as_deref();
        let room = typed.and_then(|room| described(case, room, rooms));
        Some(Task {
            case,
            hearing,
            minutes: hearing.estimate.unwrap_or(usual),
            needs: needs(case, hearing),
            room,
            rooms: match typed {
                Some(_) => room.into_iter().collect(),
                None => of_court(case, rooms),
            },
            time: hearing.time.map(minute),
            session: hearing.session,
            prosecutor,
            people,
            urgency: match limits.iter().any(|one| one.presses(today)) {
                true => Urgency::Pressing,
                false if is_in_custody(case) => Urgency::Custody,
                false => Urgency::Other,
            },
            days_left: known.map(|limit| limit.days_left(today)).min(),
        })
    });
    tasks.collect()
}

fn described(case: &Case, room: &str, rooms: &[Room]) -> Option<usize> {
    let court = case.court.as_deref()?;
    rooms.iter().position(|one| is_court(&one.court, court) && is_room(&one.name, room))
}

fn of_court(case: &Case, rooms: &[Room]) -> Vec<usize> {
    let Some(court) = case.court.as_deref() else {
        return Vec::new();
    };
    let all = rooms.iter().enumerate();
    let of_court = all.filter(|(_, room)| is_court(&room.court, court));
    of_court.map(|(index, _)| index).collect()
}

fn is_in_custody(case: &Case) -> bool {
    let held = Some(RemandStatus::Custody);
    let secure = Some(RemandStatus::SecureUnit);
    let mut remands = case.defendants.iter().map(|one| one.remand);
    remands.any(|remand| remand == held || remand == secure)
}

/// What the manifest asks for, a dock for whoever is brought from prison, and a link for whoever appears by one.
fn needs(case: &Case, hearing: &Hearing) -> BTreeSet<Need> {
    let mut needs: BTreeSet<Need> = hearing.needs.iter().copied().collect();
    for defendant in &case.defendants {
        if defendant.by_link {
            needs.insert(Need::VideoLink);
        } else if defendant.remand == Some(RemandStatus::Custody) {
            needs.insert(Need::Dock);
        }
    }
    needs
}

/// The minutes since midnight.
pub(super) fn minute(time: Time) -> u32 {
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// When the hearings that the court has fixed take place. Those listed at one time in one courtroom are heard one after
/// another, so each may last longer than it is listed for.
pub(super) fn fixed_sites(tasks: &[Task<'_>], rooms: &[Room]) -> Vec<Option<Site>> {
    let mut sites: Vec<Option<Site>> = vec![None; tasks.len()];
    let mut order: Vec<(usize, &Task<'_>)> =
        tasks.iter().enumerate().filter(|(_, task)| task.is_fixed()).collect();
    order.sort_by_key(|(_, task)| (task.time, &task.case.manifest));
    let mut ends: BTreeMap<usize, u32> = BTreeMap::new();
    for (index, task) in order {
        let Some(start) = task.time else { continue };
        let hours = task.room.and_then(|room| rooms.get(room)).map(|room| room.hours);
        let hours = hours.unwrap_or_default();
        let of_day = |hours: Hours| hours.sessions().map(|(_, span)| span);
        let mut spans = spread(start, task.minutes, of_day(hours));
        if let Some(room) = task.room {
            let free = ends.get(&room).copied().unwrap_or(0).max(start);
            spans.extend(spread(free, task.minutes, of_day(hours)));
            let end = spans.iter().map(|span| span.1).max().unwrap_or(free);
            ends.insert(room, end);
        }
        if let Some(site) = sites.get_mut(index) {
            *site = Some(Site { room: task.room, start, spans });
        }
    }
    sites
}
