use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::manifest::{Case, Need, RemandStatus, parse};

const DAY: &str = "2026-11-24";

fn today() -> Date {
    date(2026, 11, 20)
}

/// A hearing at Leeds on one day.
fn heard(number: usize, defendant: &str, hearing: &str) -> Case {
    let manifest = format!(
        "[case]\nurn = \"01AB{number:05}26\"\ntitle = \"R v {number}\"\ncourt = \"Leeds\"\n\
         [[defendant]]\n{defendant}\n[hearing]\ndate = {DAY}\n{hearing}"
    );
    let reading = parse(&manifest, Path::new(&format!("{number:03}.toml")));
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn plain(number: usize, hearing: &str) -> Case {
    heard(number, &format!("name = \"D{number}\""), hearing)
}

fn rooms(lines: &[&str]) -> Vec<Room> {
    let room = |line: &&str| format!("[[room]]\ncourt = 'leeds'\n{line}\n");
    read_rooms(&lines.iter().map(room).collect::<String>()).unwrap()
}

/// Case, room and time of each, and why not of the others.
fn told(cases: &[Case], rooms: &[Room]) -> Vec<String> {
    let allocation = allocate(cases, rooms, 30, today());
    let placed = allocation.proposals.iter().map(|one| {
        let time = one.time.strftime("%H:%M");
        format!("{} in {} at {time}", one.case.title, one.courtroom)
    });
    let unplaced = allocation.unplaced.iter();
    let mut told: Vec<String> =
        placed.chain(unplaced.map(|one| format!("{}: {}", one.case.title, one.why))).collect();
    told.sort();
    told
}

#[test]
fn hearings_follow_each_other_and_stop_for_lunch() {
    let cases: Vec<Case> = (1..=4).map(|number| plain(number, "estimate = 80")).collect();
    assert_eq!(
        told(&cases, &rooms(&["name = '1'"])),
        [
            "R v 1 in 1 at 10:00",
            "R v 2 in 1 at 11:20",
            "R v 3 in 1 at 14:00",
            "R v 4 in 1 at 15:20"
        ]
    );
}

#[test]
fn custody_goes_where_there_is_a_dock_unless_by_link() {
    let rooms = rooms(&["name = '1'", "name = '2'\ndock = true", "name = '3'\nvideo_link = true"]);
    let cases = [
        heard(1, "name = 'A'\nremand = 'custody'", "estimate = 60"),
        heard(2, "name = 'B'\nremand = 'custody'\nby_link = true", "estimate = 60"),
        heard(3, "name = 'C'", "needs = ['hearing-loop']"),
    ];
    let loops = "courtrooms 1, 2, 3: no hearing loop";
    assert_eq!(
        told(&cases, &rooms),
        [
            "R v 1 in 2 at 10:00".to_owned(),
            "R v 2 in 3 at 10:00".to_owned(),
            format!("R v 3: {loops}")
        ]
    );
}

#[test]
fn custody_and_near_limits_come_before_bail() {
    let limit = |day: &str| {
        format!(
            "name = 'D{day}'\nremand = 'custody'\n[[defendant.charge]]\noffence = 'Theft'\ncustody_time_limit = {day}"
        )
    };
    let rooms = rooms(&["name = '1'\ndock = true\nafternoon = 'none'"]);
    let cases = [
        plain(1, "estimate = 90"),
        heard(2, &limit("2027-03-01"), "estimate = 90"),
        heard(3, &limit("2026-11-27"), "estimate = 90"),
    ];
    assert_eq!(
        told(&cases, &rooms),
        [
            "R v 1: courtroom 1: 90 minutes are not free",
            "R v 2 in 1 at 11:30",
            "R v 3 in 1 at 10:00",
        ]
    );
    let why = &allocate(&cases, &rooms, 30, today()).proposals[0].why;
    assert_eq!(why, "custody time limit in 7 days: placed first; dock needed");
}

#[test]
fn a_prosecutor_stays_in_one_room_and_is_never_in_two() {
    let rooms = rooms(&["name = '1'", "name = '2'"]);
    let with = |number, more: &str| {
        plain(number, &format!("prosecutor = 'A Advocate'\nestimate = 30\n{more}"))
    };
    let cases = [
        with(1, "courtroom = '2'\ntime = 10:00:00"),
        with(2, ""),
        with(3, ""),
        plain(4, "estimate = 30"),
    ];
    let allocation = allocate(&cases, &rooms, 30, today());
    let theirs = allocation.proposals.iter().filter(|one| one.case.title != "R v 4");
    assert!(theirs.clone().all(|one| one.courtroom == "2"), "{allocation:?}");
    let second = theirs.clone().find(|one| !one.fixed).unwrap();
    assert_eq!(second.why, "same courtroom as A Advocate's 10:00");
    // Both at ten, and she cannot: the second has no place.
    let cases = [with(1, "courtroom = '2'\ntime = 10:00:00"), with(2, "time = 10:00:00")];
    assert_eq!(
        told(&cases, &rooms),
        [
            "R v 1 in 2 at 10:00",
            "R v 2: courtroom 2: 30 minutes from 10:00 are not free; courtroom 1: where 30 minutes from 10:00 are free, A Advocate is elsewhere",
        ]
    );
}

#[test]
fn what_the_court_has_fixed_stays_whatever_it_breaks() {
    let rooms = rooms(&["name = '1'\nafternoon = 'none'\nclosed = [2026-11-24]", "name = '2'"]);
    let cases = [
        heard(1, "name = 'A'\nremand = 'custody'", "courtroom = '1'\ntime = 18:00:00"),
        plain(2, "courtroom = 'Courtroom 2'\nsession = 'afternoon'"),
        plain(3, "courtroom = '9'"),
        plain(4, "courtroom = '9'\ntime = 10:00:00"),
    ];
    let allocation = allocate(&cases, &rooms, 30, today());
    let why = |title: &str| {
        let mut all = allocation.proposals.iter();
        all.find(|one| one.case.title == title).unwrap().why.clone()
    };
    assert_eq!(why("R v 1"), "fixed by the court; it has no dock; it does not sit that day");
    assert_eq!(why("R v 4"), "fixed by the court; this courtroom is not among those described");
    assert_eq!(
        told(&cases, &rooms),
        [
            "R v 1 in 1 at 18:00",
            "R v 2 in Courtroom 2 at 14:00",
            "R v 3: the court has fixed courtroom 9, which is not described",
            "R v 4 in 9 at 10:00",
        ]
    );
}

#[test]
fn hearings_listed_for_one_time_are_heard_one_after_another() {
    let rooms = rooms(&["name = '1'"]);
    let at_ten = "courtroom = '1'\ntime = 10:00:00\nestimate = 60";
    let cases = [plain(1, at_ten), plain(2, at_ten), plain(3, "estimate = 60")];
    assert!(told(&cases, &rooms).contains(&"R v 3 in 1 at 12:00".to_owned()));
}

#[test]
fn a_long_hearing_goes_on_after_lunch_and_another_day() {
    let rooms = rooms(&["name = '1'"]);
    let cases = [plain(1, "estimate = 240"), plain(2, "estimate = 60"), plain(3, "estimate = 60")];
    assert_eq!(
        told(&cases, &rooms),
        ["R v 1 in 1 at 10:00", "R v 2 in 1 at 15:00", "R v 3 in 1 at 16:00",]
    );
    // The rest of the first day, and days of which nothing is said.
    let days = [plain(1, "estimate = 1500"), plain(2, "estimate = 10")];
    assert_eq!(told(&days, &rooms), ["R v 1 in 1 at 14:00", "R v 2 in 1 at 10:00"]);
}

#[test]
fn one_hearing_makes_room_for_another() {
    // Placed first in the order of the files, 1 would take the only time that 2 can have.
    let rooms = rooms(&["name = '1'"]);
    let cases = [plain(1, "estimate = 170"), plain(2, "estimate = 170\nsession = 'morning'")];
    assert_eq!(told(&cases, &rooms), ["R v 1 in 1 at 14:00", "R v 2 in 1 at 10:00"]);
}

#[test]
fn a_short_hearing_of_the_prosecutor_does_not_keep_a_long_one_out() {
    let rooms = rooms(&["name = '1'", "name = '2'"]);
    let with = |number, more: &str| {
        plain(number, &format!("prosecutor = 'A Advocate'\nestimate = {more}"))
    };
    let cases = [with(1, "20\ncourtroom = '2'\ntime = 10:00:00"), with(2, "240")];
    assert_eq!(told(&cases, &rooms), ["R v 1 in 2 at 10:00", "R v 2 in 2 at 10:20"]);
    // To the minute where nothing else is free.
    let cases = [with(1, "33\ncourtroom = '2'\ntime = 10:00:00"), with(2, "327")];
    assert_eq!(told(&cases, &rooms), ["R v 1 in 2 at 10:00", "R v 2 in 2 at 10:33"]);
}

#[test]
fn few_courtrooms_are_opened() {
    let rooms = rooms(&["name = '1'", "name = '2'", "name = '3'"]);
    let cases: Vec<Case> = (1..=6).map(|number| plain(number, "estimate = 60")).collect();
    let allocation = allocate(&cases, &rooms, 30, today());
    let used: BTreeSet<&str> =
        allocation.proposals.iter().map(|one| one.courtroom.as_str()).collect();
    assert_eq!(used.len(), 1, "{allocation:?}");
}

#[test]
fn what_is_not_known_is_a_reason() {
    let of = |manifest: &str| parse(manifest, Path::new("x")).case.unwrap();
    let cases = [
        of("case.title = 'R v 1'\nhearing.kind = 'trial'"),
        of("case.title = 'R v 2'\nhearing.date = 2026-11-24"),
        of("case.title = 'R v 3'\ncase.court = 'Cardiff'\nhearing.date = 2026-11-24"),
    ];
    assert_eq!(
        told(&cases, &rooms(&["name = '1'"])),
        [
            "R v 1: its hearing has no date",
            "R v 2: no court is recorded",
            "R v 3: no courtroom of its court is described",
        ]
    );
}

#[test]
fn what_is_taken_off_leaves_its_time_and_its_people_free() {
    let rooms = rooms(&["name = '1'", "name = '2'"]);
    let with = |number| plain(number, "prosecutor = 'A Advocate'\nestimate = 170");
    let cases = [with(1), with(2)];
    let cases: Vec<&Case> = cases.iter().collect();
    let tasks = super::task::tasks(&cases, &rooms, 30, today());
    let mut board = super::board::Board::new(date(2026, 11, 24), &tasks, &rooms, &[]);
    let start = |board: &super::board::Board<'_, '_>, room| {
        board.earliest(1, room).ok().map(|site| site.start)
    };
    let site = board.earliest(0, 0).unwrap();
    board.put(0, site);
    assert_eq!((start(&board, 0), start(&board, 1)), (Some(840), Some(840)));
    board.take(0);
    assert_eq!((start(&board, 0), start(&board, 1)), (Some(600), Some(600)));
}

// What follows holds the rules against the output by other means than those that made it.

#[derive(Debug, Clone)]
struct Wanted {
    minutes: u32,
    defendant: usize,
    prosecutor: usize,
    remand: usize,
    link: bool,
    need: usize,
    court: bool,
    room: Option<usize>,
    time: Option<usize>,
    session: usize,
    day: bool,
}

const TIMES: [&str; 6] = ["09:30:00", "10:00:00", "11:40:00", "12:50:00", "14:00:00", "16:45:00"];

fn wanted() -> impl Strategy<Value = Wanted> {
    let whom = (0..5usize, 0..4usize, 0..4usize, any::<bool>(), 0..5usize);
    let when = (
        proptest::option::weighted(0.3, 0..4usize),
        proptest::option::weighted(0.4, 0..TIMES.len()),
        0..4usize,
        proptest::bool::weighted(0.8),
    );
    let minutes = prop_oneof![6 => 1u32..100, 2 => 100u32..400, 1 => 400u32..2000];
    (minutes, whom, proptest::bool::weighted(0.9), when).prop_map(
        |(
            minutes,
            (defendant, prosecutor, remand, link, need),
            court,
            (room, time, session, day),
        )| Wanted {
            minutes,
            defendant,
            prosecutor,
            remand,
            link,
            need,
            court,
            room,
            time,
            session,
            day,
        },
    )
}

fn case(number: usize, wanted: &Wanted) -> Case {
    let court = if wanted.court { "Leeds" } else { "York" };
    let remand = ["", "remand = 'bail'", "remand = 'custody'", "remand = 'secure-unit'"];
    let needs = ["", "'dock'", "'video-link'", "'hearing-loop'", "'accessible'"];
    let session = ["", "", "session = 'morning'", "session = 'afternoon'"];
    let day = if wanted.day { "2026-11-24" } else { "2026-11-25" };
    let room = wanted.room.map(|room| format!("courtroom = '{}'\n", room + 1));
    let time = wanted.time.map(|time| format!("time = {}\n", TIMES[time]));
    let manifest = format!(
        "[case]\ntitle = 'R v {number}'\ncourt = '{court}'\n[[defendant]]\nname = 'D {}'\nby_link = {}\n{}\n\
         [hearing]\ndate = {day}\nestimate = {}\nprosecutor = 'P {}'\nneeds = [{}]\n{}\n{}{}",
        wanted.defendant,
        wanted.link,
        remand[wanted.remand],
        wanted.minutes,
        wanted.prosecutor,
        needs[wanted.need],
        session[wanted.session],
        room.unwrap_or_default(),
        time.unwrap_or_default(),
    );
    let reading = parse(&manifest, Path::new(&format!("{number:03}.toml")));
    reading.case.unwrap_or_else(|| panic!("{manifest}\n{:?}", reading.findings))
}

fn some_rooms() -> Vec<Room> {
    rooms(&[
        "name = '1'\ndock = true\nclosed = ['wednesday']",
        "name = '2'\ndock = true\nvideo_link = true\nafternoon = 'none'",
        "name = '3'\nhearing_loop = true\naccessible = true\nmorning = '09:45-12:30'\nafternoon = '13:45-16:50'",
    ])
}

/// A placed hearing as the rules see it.
struct PlacedHearing<'c> {
    case: &'c Case,
    room: String,
    date: Date,
    fixed: bool,
    spans: Vec<Span>,
}

/// The minutes of a day in which a hearing takes place, one by one. What the court has fixed may begin when nobody sits.
fn minutes_of(room: Option<&Room>, start: u32, minutes: u32, fixed: bool) -> Vec<Span> {
    let hours = room.map(|room| room.hours).unwrap_or_default();
    let sits = |minute: u32| {
        let mut sessions = [hours.morning, hours.afternoon].into_iter().flatten();
        sessions.any(|(from, to)| (from..to).contains(&minute))
    };
    let mut sat = false;
    let counts = |minute: &u32| {
        sat |= sits(*minute);
        sits(*minute) || (fixed && !sat)
    };
    let minutes = usize::try_from(minutes).unwrap();
    let all = (start..24 * 60).filter(counts).take(minutes);
    all.map(|minute| (minute, minute + 1)).collect()
}

fn seen<'c>(one: &Proposal<'c>, rooms: &[Room]) -> PlacedHearing<'c> {
    let court = one.case.court.clone().unwrap().to_lowercase();
    let room = rooms.iter().find(|room| room.court == court && room.name == one.courtroom);
    let start =
        u32::try_from(one.time.hour()).unwrap() * 60 + u32::try_from(one.time.minute()).unwrap();
    PlacedHearing {
        case: one.case,
        room: format!("{court} {}", one.courtroom),
        date: one.date,
        fixed: one.fixed,
        spans: minutes_of(room, start, one.minutes, one.fixed),
    }
}

fn meet(one: &[Span], other: &[Span]) -> bool {
    let taken: BTreeSet<&Span> = one.iter().collect();
    other.iter().any(|span| taken.contains(span))
}

fn share_somebody(one: &Case, other: &Case) -> bool {
    let prosecutor = |case: &Case| case.hearing.as_ref().and_then(|one| one.prosecutor.clone());
    prosecutor(one) == prosecutor(other) || one.defendants[0].name == other.defendants[0].name
}

fn needs_of(case: &Case) -> BTreeSet<Need> {
    let mut needs: BTreeSet<Need> = case.hearing.as_ref().unwrap().needs.iter().copied().collect();
    let defendant = &case.defendants[0];
    if defendant.by_link {
        needs.insert(Need::VideoLink);
    } else if defendant.remand == Some(RemandStatus::Custody) {
        needs.insert(Need::Dock);
    }
    needs
}

proptest! {
    #![proptest_config(crate::properties())]

    #[test]
    fn no_hard_rule_is_ever_broken(wanted in proptest::collection::vec(wanted(), 0..16)) {
        let cases: Vec<Case> = wanted.iter().enumerate().map(|(number, one)| case(number, one)).collect();
        let rooms = some_rooms();
        let allocation = allocate(&cases, &rooms, 30, today());
        prop_assert_eq!(allocation.proposals.len() + allocation.unplaced.len(), cases.len());
        prop_assert!(allocation.unplaced.iter().all(|one| !one.why.is_empty()));
        prop_assert!(allocation.proposals.iter().all(|one| !one.why.is_empty()));
        let seen: Vec<PlacedHearing<'_>> = allocation.proposals.iter().map(|one| seen(one, &rooms)).collect();
        for (one, proposal) in seen.iter().zip(&allocation.proposals) {
            let hearing = one.case.hearing.as_ref().unwrap();
            // What the court has fixed.
            prop_assert!(hearing.courtroom.as_ref().is_none_or(|room| *room == proposal.courtroom));
            prop_assert!(hearing.time.is_none_or(|time| time == proposal.time));
            prop_assert_eq!(hearing.date, Some(proposal.date));
            prop_assert_eq!(one.fixed, hearing.courtroom.is_some() && hearing.time.is_some());
            if one.fixed {
                continue;
            }
            let room = rooms.iter().find(|room| format!("{} {}", room.court, room.name) == one.room);
            let Some(room) = room else {
                return Err(TestCaseError::fail("a room of no court"));
            };
            prop_assert!(needs_of(one.case).is_subset(&room.has));
            prop_assert!(room.sits(one.date));
            let held = one.spans.len();
            prop_assert!(held == proposal.minutes as usize || proposal.minutes > 360);
            let start = one.spans.first().map(|span| span.0);
            let clock = i32::from(proposal.time.hour()) * 60 + i32::from(proposal.time.minute());
            prop_assert_eq!(start, u32::try_from(clock).ok());
            // Within one session, unless no session is long enough.
            let (first, last) = (one.spans[0].0, one.spans[held - 1].1);
            let sessions: Vec<Span> = room.hours.sessions().map(|(_, span)| span).collect();
            let is_within = sessions.iter().any(|(from, to)| *from <= first && last <= *to);
            prop_assert!(is_within || sessions.iter().all(|(from, to)| to - from < proposal.minutes));
            if let Some(session) = hearing.session {
                let (from, to) = room.hours.sessions().find(|(one, _)| *one == session).unwrap().1;
                prop_assert!((from..to).contains(&first));
            }
        }
        for (index, one) in seen.iter().enumerate() {
            for other in &seen[index + 1..] {
                if one.date != other.date || (one.fixed && other.fixed) || !meet(&one.spans, &other.spans) {
                    continue;
                }
                prop_assert!(one.room != other.room, "{} and {}", one.case.title, other.case.title);
                prop_assert!(!share_somebody(one.case, other.case), "{} and {}", one.case.title, other.case.title);
            }
        }
    }

    #[test]
    fn the_same_cases_in_any_order_give_the_same(wanted in proptest::collection::vec(wanted(), 0..12), turn in 0..12usize) {
        let cases: Vec<Case> = wanted.iter().enumerate().map(|(number, one)| case(number, one)).collect();
        let mut turned = cases.clone();
        turned.rotate_left(turn.min(cases.len()));
        let rooms = some_rooms();
        prop_assert_eq!(told(&cases, &rooms), told(&turned, &rooms));
    }

    #[test]
    fn whoever_has_no_place_has_none_free(wanted in proptest::collection::vec(wanted(), 0..14)) {
        let cases: Vec<Case> = wanted.iter().enumerate().map(|(number, one)| case(number, one)).collect();
        let rooms = some_rooms();
        let allocation = allocate(&cases, &rooms, 30, today());
        let busy = busy(&allocation, &rooms);
        for one in &allocation.unplaced {
            let (hearing, date) = (one.case.hearing.as_ref().unwrap(), one.date.unwrap());
            let court = one.case.court.clone().unwrap().to_lowercase();
            for room in rooms.iter().filter(|room| room.court == court) {
                let is_other = hearing.courtroom.as_ref().is_some_and(|name| *name != room.name);
                if is_other {
                    continue;
                }
                let name = format!("{} {}", room.court, room.name);
                prop_assert!(one.why.contains(&room.name), "{}: {}", room.name, one.why);
                if !room.sits(date) || !needs_of(one.case).is_subset(&room.has) {
                    continue;
                }
                let is_shared = |(other, other_room, other_date, _): &&Busy<'_>| {
                    *other_date == date && (*other_room == name || share_somebody(other, one.case))
                };
                let shared: Vec<&Busy<'_>> = busy.iter().filter(is_shared).collect();
                let taken: Vec<bool> =
                    (0..24 * 60).map(|minute| shared.iter().any(|(.., taken)| taken[minute])).collect();
                let starts = (0..24 * 60).filter(|start| !taken[usize::try_from(*start).unwrap()]);
                for start in starts {
                    let minutes = minutes_there(one, room, start);
                    let is_free = minutes.is_some_and(|minutes| !minutes.iter().any(|one| taken[*one]));
                    prop_assert!(!is_free, "{} in {name} at {start}", one.case.title);
                }
            }
        }
    }
}

/// The minutes that a hearing takes in a courtroom from `start` on; nothing where it cannot begin then.
fn minutes_there(one: &Unplaced<'_>, room: &Room, start: u32) -> Option<Vec<usize>> {
    let hearing = one.case.hearing.as_ref().unwrap();
    let (session, (_, closes)) =
        room.hours.sessions().find(|(_, (from, to))| (*from..*to).contains(&start))?;
    let clock = |time: jiff::civil::Time| i32::from(time.hour()) * 60 + i32::from(time.minute());
    let is_asked = hearing.session.is_none_or(|asked| asked == session)
        && hearing.time.is_none_or(|time| u32::try_from(clock(time)) == Ok(start));
    let minutes = minutes_of(Some(room), start, one.minutes, false);
    let is_short = room.hours.sessions().any(|(_, (from, to))| one.minutes <= to - from);
    let fits = match is_short {
        true => start + one.minutes <= closes,
        false => u32::try_from(minutes.len()) == Ok(one.minutes) || one.minutes > 360,
    };
    let minutes = minutes.iter().map(|(minute, _)| usize::try_from(*minute).unwrap());
    (is_asked && fits).then(|| minutes.collect())
}

type Busy<'c> = (&'c Case, String, Date, Vec<bool>);

/// Each hearing that has a place, with its courtroom, its day, and the minutes that are taken. Those fixed for one time in
/// one courtroom are heard one after another, and whoever is at one of them waits for it.
fn busy<'c>(allocation: &Allocation<'c>, rooms: &[Room]) -> Vec<Busy<'c>> {
    let mut ends: std::collections::BTreeMap<(Date, String), u32> = Default::default();
    let mut ordered: Vec<&Proposal<'_>> = allocation.proposals.iter().collect();
    ordered.sort_by_key(|one| (one.date, one.time, &one.case.manifest));
    ordered
        .into_iter()
        .map(|one| {
            let PlacedHearing { case, room, date, fixed, mut spans } = seen(one, rooms);
            let described = rooms.iter().find(|one| format!("{} {}", one.court, one.name) == room);
            if fixed && described.is_some() {
                let start = spans.first().map_or(0, |span| span.0);
                let end = ends.entry((date, room.clone())).or_default();
                spans.extend(minutes_of(described, start.max(*end), one.minutes, true));
                *end = spans.iter().map(|span| span.1).max().unwrap_or_default();
            }
            let mut taken = vec![false; 24 * 60];
            spans.iter().for_each(|(minute, _)| taken[usize::try_from(*minute).unwrap()] = true);
            (case, room, date, taken)
        })
        .collect()
}
