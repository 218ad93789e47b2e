//! The proposal for many cases: day by day, with why each hearing is where it is.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};

use super::Room;
use super::board::Board;
use super::reasons::{why_here, why_not};
use super::search::search;
use super::task::{Task, fixed_sites, tasks};
use crate::draft::natural;
use crate::manifest::Case;

/// Where everything goes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Allocation<'c> {
    /// What has a place, by day, court, courtroom and time.
    pub proposals: Vec<Proposal<'c>>,
    /// What has none.
    pub unplaced: Vec<Unplaced<'c>>,
}

/// A hearing with a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal<'c> {
    /// The case.
    pub case: &'c Case,
    /// The day.
    pub date: Date,
    /// The courtroom.
    pub courtroom: String,
    /// When it begins.
    pub time: Time,
    /// How long it takes.
    pub minutes: u32,
    /// Whether the court has fixed courtroom and time.
    pub fixed: bool,
    /// Why it is there.
    pub why: String,
}

/// A hearing without a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Unplaced<'c> {
    /// The case.
    pub case: &'c Case,
    /// The day, where there is one.
    pub date: Option<Date>,
    /// How long it takes.
    pub minutes: u32,
    /// Why there is no place.
    pub why: String,
}

/// Proposes rooms and times; a hearing without an estimate is taken to last `usual` minutes.
pub fn allocate<'c>(cases: &'c [Case], rooms: &[Room], usual: u32, today: Date) -> Allocation<'c> {
    let mut allocation = Allocation::default();
    let mut days: BTreeMap<Date, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        let hearing = case.hearing.as_ref();
        match hearing.and_then(|hearing| hearing.date) {
            Some(date) => days.entry(date).or_default().push(case),
            None => allocation.unplaced.push(Unplaced {
                case,
                date: None,
                minutes: hearing.and_then(|one| one.estimate).unwrap_or(usual),
                why: "its hearing has no date".to_owned(),
            }),
        }
    }
    for (date, mut cases) in days {
        // Whatever order they come in, the same cases give the same proposal.
        cases.sort_by_key(|case| &case.manifest);
        day(&mut allocation, date, &cases, rooms, usual, today);
    }
    allocation.proposals.sort_by(|a, b| {
        let court = |one: &Proposal<'_>| one.case.court.clone().unwrap_or_default();
        a.date
            .cmp(&b.date)
            .then_with(|| natural::compare(&court(a), &court(b)))
            .then_with(|| natural::compare(&a.courtroom, &b.courtroom))
            .then_with(|| (a.time, &a.case.manifest).cmp(&(b.time, &b.case.manifest)))
    });
    allocation
        .unplaced
        .sort_by_key(|one| (one.date.is_none(), one.date, one.case.manifest.clone()));
    allocation
}

fn day<'c>(
    allocation: &mut Allocation<'c>,
    date: Date,
    cases: &[&'c Case],
    rooms: &[Room],
    usual: u32,
    today: Date,
) {
    let tasks = tasks(cases, rooms, usual, today);
    let board = Board::new(date, &tasks, rooms, &fixed_sites(&tasks, rooms));
    let board = search(&board);
    for (index, task) in tasks.iter().enumerate() {
        match proposal(&board, index, task) {
            Some(proposal) => allocation.proposals.push(proposal),
            None => allocation.unplaced.push(Unplaced {
                case: task.case,
                date: Some(date),
                minutes: task.minutes,
                why: why_not(&board, index, task),
            }),
        }
    }
}

fn proposal<'c>(board: &Board<'_, 'c>, index: usize, task: &Task<'c>) -> Option<Proposal<'c>> {
    let site = board.site(index)?;
    let described = site.room.and_then(|room| board.rooms.get(room));
    let typed = task.hearing.courtroom.as_ref();
    let courtroom = typed.or(described.map(|room| &room.name))?.clone();
    let time = match task.hearing.time {
        Some(time) => time,
        None => clock(site.start)?,
    };
    Some(Proposal {
        case: task.case,
        date: board.date,
        courtroom,
        time,
        minutes: task.minutes,
        fixed: task.is_fixed(),
        why: why_here(board, index, task),
    })
}

/// A time of day by the minutes since midnight.
pub(super) fn clock(minutes: u32) -> Option<Time> {
    let part = |number: u32| i8::try_from(number).ok();
    Time::new(part(minutes / 60)?, part(minutes % 60)?, 0, 0).ok()
}
