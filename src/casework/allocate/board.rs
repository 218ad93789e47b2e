//! Who is where and when on one day, and whether one more hearing fits.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::task::Task;
use super::{FULL_DAY, Hours, Room, STEP, Span, overlap};

/// Where and when a hearing takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    /// The courtroom, by its place in the list; `None` for one that is not described.
    pub(super) room: Option<usize>,
    /// When it begins, in minutes since midnight.
    pub(super) start: u32,
    /// When it takes place.
    pub(super) spans: Vec<Span>,
}

/// Why a hearing does not fit into a courtroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// The courtroom does not sit that day.
    Closed,
    /// It lacks something that the hearing needs.
    Lacks,
    /// Nothing of its sitting hours is long enough, or lies in the session or at the time asked for.
    Hours,
    /// Other hearings take place then.
    Taken,
    /// Somebody is elsewhere then.
    Elsewhere(usize),
}

/// The hearings of a day and where those are that have a place.
#[derive(Debug, Clone)]
pub(super) struct Board<'b, 'c> {
    pub(super) date: Date,
    pub(super) tasks: &'b [Task<'c>],
    pub(super) rooms: &'b [Room],
    sites: Vec<Option<Site>>,
    /// What is booked, by courtroom and by person.
    in_room: Vec<Vec<(Span, usize)>>,
    of_person: Vec<Vec<(Span, usize)>>,
}

impl<'b, 'c> Board<'b, 'c> {
    /// With what the court has fixed.
    pub(super) fn new(
        date: Date,
        tasks: &'b [Task<'c>],
        rooms: &'b [Room],
        fixed: &[Option<Site>],
    ) -> Self {
        let people = tasks.iter().flat_map(|task| &task.people).max();
        let mut board = Self {
            date,
            tasks,
            rooms,
            sites: vec![None; tasks.len()],
            in_room: vec![Vec::new(); rooms.len()],
            of_person: vec![Vec::new(); people.map_or(0, |last| last + 1)],
        };
        for (index, site) in fixed.iter().enumerate() {
            if let Some(site) = site {
                board.put(index, site.clone());
            }
        }
        board
    }

    /// Whether a hearing that is longer than any session begins within one.
    pub(super) fn is_cut(&self, index: usize) -> bool {
        let (Some(task), Some(site)) = (self.task(index), self.site(index)) else {
            return false;
        };
        let hours = site.room.and_then(|room| self.rooms.get(room)).map(|room| room.hours);
        hours.is_some_and(|hours| {
            let mut sessions = hours.sessions();
            is_long(task, &hours) && !sessions.any(|(_, (opens, _))| opens == site.start)
        })
    }

    pub(super) fn site(&self, task: usize) -> Option<&Site> {
        self.sites.get(task)?.as_ref()
    }

    pub(super) fn task(&self, task: usize) -> Option<&'b Task<'c>> {
        self.tasks.get(task)
    }

    /// Books a place.
    pub(super) fn put(&mut self, index: usize, site: Site) {
        let booked = site.spans.iter().map(|span| (*span, index));
        self.each_diary(index, site.room, |diary| diary.extend(booked.clone()));
        if let Some(place) = self.sites.get_mut(index) {
            *place = Some(site);
        }
    }

    /// Takes a hearing off; what the court has fixed is never asked for.
    pub(super) fn take(&mut self, index: usize) -> Option<Site> {
        let site = self.sites.get_mut(index)?.take()?;
        self.each_diary(index, site.room, |diary| {
            diary.retain(|(_, task)| *task != index);
        });
        Some(site)
    }

    /// Changes what is booked in a courtroom and for the people of a hearing.
    fn each_diary(
        &mut self,
        index: usize,
        room: Option<usize>,
        change: impl Fn(&mut Vec<(Span, usize)>),
    ) {
        let room = room.and_then(|room| self.in_room.get_mut(room));
        room.into_iter().for_each(&change);
        for person in self.tasks.get(index).map_or(&[][..], |task| &task.people) {
            self.of_person.get_mut(*person).into_iter().for_each(&change);
        }
    }

    /// The hearings booked in a courtroom.
    pub(super) fn in_room(&self, room: usize) -> BTreeSet<usize> {
        let booked = self.in_room.get(room).into_iter().flatten();
        booked.map(|(_, task)| *task).collect()
    }

    /// The earliest place in a courtroom, or the rule that comes nearest to letting it in.
    pub(super) fn earliest(&self, index: usize, room: usize) -> Result<Site, Refusal> {
        let (Some(task), Some(described)) = (self.tasks.get(index), self.rooms.get(room)) else {
            return Err(Refusal::Lacks);
        };
        if !described.sits(self.date) {
            return Err(Refusal::Closed);
        }
        if !task.needs.is_subset(&described.has) {
            return Err(Refusal::Lacks);
        }
        let mut refusal = Refusal::Hours;
        for start in self.starts(task, room) {
            let Some(spans) = spans(task, described, start) else {
                continue;
            };
            match self.blocked(task, room, &spans) {
                None => {
                    let room = Some(room);
                    return Ok(Site { room, start, spans });
                }
                Some(why) => refusal = refusal.max(why),
            }
        }
        Err(refusal)
    }

    /// Who or what is in the way.
    fn blocked(&self, task: &Task<'_>, room: usize, spans: &[Span]) -> Option<Refusal> {
        let meets = |booked: &[(Span, usize)]| {
            let mut booked = booked.iter();
            booked.any(|(taken, _)| spans.iter().any(|span| overlap(*span, *taken)))
        };
        if self.in_room.get(room).is_some_and(|booked| meets(booked)) {
            return Some(Refusal::Taken);
        }
        let mut people = task.people.iter();
        let busy = people.find(|person| self.of_person.get(**person).is_some_and(|one| meets(one)));
        busy.map(|person| Refusal::Elsewhere(*person))
    }

    /// The hearings that stand in the way of one that begins then.
    pub(super) fn in_the_way(
        &self,
        task: &Task<'_>,
        room: usize,
        spans: &[Span],
    ) -> BTreeSet<usize> {
        let lists = self
            .in_room
            .get(room)
            .into_iter()
            .chain(task.people.iter().filter_map(|person| self.of_person.get(*person)));
        let meets = |(taken, _): &&(Span, usize)| spans.iter().any(|span| overlap(*span, *taken));
        lists.flatten().filter(meets).map(|(_, task)| *task).collect()
    }

    /// Every time at which it is worth beginning: when a session opens, or when something in the way ends, to the step or,
    /// where only that fits, at once. The earliest that fits is one of these; what is longer than a session had better begin
    /// with one.
    pub(super) fn starts(&self, task: &Task<'_>, room: usize) -> Vec<u32> {
        if let Some(time) = task.time {
            return vec![time];
        }
        let hours = self.rooms.get(room).map(|room| room.hours).unwrap_or_default();
        let people = task.people.iter().filter_map(|person| self.of_person.get(*person));
        let booked = self.in_room.get(room).into_iter().chain(people).flatten();
        let ends: BTreeSet<u32> = booked.map(|((_, end), _)| *end).collect();
        let opens: Vec<u32> = hours.sessions().map(|(_, (opens, _))| opens).collect();
        let to_the_step = ends.iter().map(|end| end.next_multiple_of(STEP));
        let starts: BTreeSet<u32> = opens.iter().copied().chain(to_the_step).collect();
        let mut starts: Vec<u32> = starts.into_iter().collect();
        if is_long(task, &hours) {
            starts.sort_by_key(|start| !opens.contains(start));
        }
        starts.extend(ends.iter().filter(|end| !end.is_multiple_of(STEP)));
        starts
    }
}

/// Whether a hearing is longer than any session.
fn is_long(task: &Task<'_>, hours: &Hours) -> bool {
    let longest = hours.sessions().map(|(_, (opens, closes))| closes - opens).max();
    longest.is_some_and(|longest| task.minutes > longest)
}

/// When a hearing takes place that begins at `start`; nothing where the sitting hours do not hold it. One that is longer than
/// any session goes on after lunch; one that is longer than a full day goes on after its day.
pub(super) fn spans(task: &Task<'_>, room: &Room, start: u32) -> Option<Vec<Span>> {
    let sessions: Vec<_> = room.hours.sessions().collect();
    let place =
        sessions.iter().position(|(_, (opens, closes))| (*opens..*closes).contains(&start))?;
    let (session, (_, closes)) = *sessions.get(place)?;
    if task.session.is_some_and(|asked| asked != session) {
        return None;
    }
    if start.saturating_add(task.minutes) <= closes {
        return Some(vec![(start, start + task.minutes)]);
    }
    if !is_long(task, &room.hours) {
        return None;
    }
    let mut spans = vec![(start, closes)];
    let mut left = task.minutes - (closes - start);
    for (_, (opens, closes)) in sessions.iter().skip(place + 1) {
        let end = (*closes).min(opens.saturating_add(left));
        if left > 0 {
            spans.push((*opens, end));
            left -= end - opens;
        }
    }
    (left == 0 || task.minutes > FULL_DAY).then_some(spans)
}
