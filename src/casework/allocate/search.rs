//! The choice of places: greedy in several orders, the best of which is improved as long as a change helps.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::board::{Board, Refusal, Site, spans};
use super::task::{Task, Urgency};

/// How often the improvements are gone through at the most.
const ROUNDS: usize = 5;

/// How many changes of several hearings at once are tried at the most for one day: so that hearings make room, and again so
/// that rooms are saved. A day of a hundred hearings needs fewer.
const MAX_TRIALS: usize = 1_000;

/// How many hearings may make room for one.
const MAX_MOVED: usize = 2;

/// How good a day is; more is better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    pressing: usize,
    in_custody: usize,
    placed: usize,
    /// Hearings longer than any session that do not begin with one.
    cut: Reverse<usize>,
    changes_of_room: Reverse<usize>,
    rooms: Reverse<usize>,
    minutes: Reverse<u64>,
}

/// Places what can be placed.
pub(super) fn search<'b, 'c>(board: &Board<'b, 'c>) -> Board<'b, 'c> {
    let tasks = board.tasks;
    let mut open: Vec<usize> =
        (0..tasks.len()).filter(|task| board.site(*task).is_none()).collect();
    open.sort_by(|a, b| rank(tasks, *a).cmp(&rank(tasks, *b)));
    let minutes = |task: &usize| tasks.get(*task).map(|task| task.minutes);
    let urgency = |task: &usize| tasks.get(*task).map(|task| task.urgency);
    let prosecutor = |task: &usize| tasks.get(*task).and_then(|task| task.prosecutor);
    let mut orders = vec![open.clone(), open.clone(), open.clone(), open];
    if let [_, short, long, together] = orders.as_mut_slice() {
        short.sort_by_key(|task| (urgency(task), minutes(task)));
        long.sort_by_key(|task| (urgency(task), Reverse(minutes(task))));
        together.sort_by_key(|task| (urgency(task), prosecutor(task)));
    }
    let mut best: Option<(Score, Board<'b, 'c>)> = None;
    for order in orders {
        let mut tried = board.clone();
        place_all(&mut tried, &order);
        let score = score(&tried);
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, tried));
        }
    }
    let mut board = best.map_or_else(|| board.clone(), |(_, board)| board);
    improve(&mut board);
    fill(&mut board);
    board
}

/// Tries once more what has no place, in every gap, and where others can make room, until nothing more helps: the last
/// improvements may have made room.
fn fill(board: &mut Board<'_, '_>) {
    let mut trials = MAX_TRIALS;
    loop {
        let before = score(board);
        let mut left: Vec<usize> =
            (0..board.tasks.len()).filter(|task| board.site(*task).is_none()).collect();
        left.sort_by(|a, b| rank(board.tasks, *a).cmp(&rank(board.tasks, *b)));
        for task in left {
            match best_site(board, task, &|_| true) {
                Some(site) => board.put(task, site),
                None => make_room(board, task, &mut trials),
            }
        }
        if score(board) == before {
            return;
        }
    }
}

fn rank<'a>(tasks: &'a [Task<'_>], task: usize) -> Option<impl Ord + 'a> {
    tasks.get(task).map(Task::rank)
}

fn place_all(board: &mut Board<'_, '_>, order: &[usize]) -> usize {
    let mut placed = 0;
    for task in order {
        if let Some(site) = best_site(board, *task, &|_| true) {
            board.put(*task, site);
            placed += 1;
        }
    }
    placed
}

/// The best place for one hearing as things are: where its prosecutor is already, in a courtroom that is in use, without
/// taking up what it does not need, early.
fn best_site(
    board: &Board<'_, '_>,
    index: usize,
    allowed: &impl Fn(usize) -> bool,
) -> Option<Site> {
    let task = board.task(index)?;
    let known = task.prosecutor.map(|person| rooms_of(board, person));
    let rooms = task.rooms.iter().copied().filter(|room| allowed(*room));
    let sites = rooms.filter_map(|room| {
        let site = board.earliest(index, room).ok()?;
        let moves = known.as_ref().is_some_and(|known| !known.is_empty() && !known.contains(&room));
        let opens = board.in_room(room).is_empty();
        let spare = board.rooms.get(room).map(|one| one.has.len());
        Some(((moves, opens, spare, site.start, room), site))
    });
    let best = sites.min_by(|(one, _), (other, _)| one.cmp(other));
    best.map(|(_, site)| site)
}

/// The courtrooms in which a prosecutor is that day.
fn rooms_of(board: &Board<'_, '_>, person: usize) -> BTreeSet<usize> {
    let tasks = board.tasks.iter().enumerate();
    let theirs = tasks.filter(|(_, task)| task.prosecutor == Some(person));
    theirs.filter_map(|(index, _)| board.site(index)?.room).collect()
}

fn score(board: &Board<'_, '_>) -> Score {
    let mut rooms = BTreeSet::new();
    let mut of_prosecutors: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut score = Score {
        pressing: 0,
        in_custody: 0,
        placed: 0,
        cut: Reverse(0),
        changes_of_room: Reverse(0),
        rooms: Reverse(0),
        minutes: Reverse(0),
    };
    for (index, task) in board.tasks.iter().enumerate() {
        let Some(site) = board.site(index) else {
            continue;
        };
        score.pressing += usize::from(task.urgency == Urgency::Pressing);
        score.in_custody += usize::from(task.urgency != Urgency::Other);
        score.placed += 1;
        score.cut.0 += usize::from(board.is_cut(index));
        score.minutes.0 += u64::from(site.start);
        rooms.extend(site.room);
        if let (Some(person), Some(room)) = (task.prosecutor, site.room) {
            of_prosecutors.entry(person).or_default().insert(room);
        }
    }
    score.rooms = Reverse(rooms.len());
    let changes = of_prosecutors.values().map(|rooms| rooms.len() - 1);
    score.changes_of_room = Reverse(changes.sum());
    score
}

fn improve(board: &mut Board<'_, '_>) {
    let movable: Vec<usize> = (0..board.tasks.len())
        .filter(|task| board.task(*task).is_some_and(|task| !task.is_fixed()))
        .collect();
    let (mut trials, mut savings) = (MAX_TRIALS, MAX_TRIALS);
    for _ in 0..ROUNDS {
        let before = score(board);
        for task in &movable {
            if trials > 0 && board.site(*task).is_none() {
                make_room(board, *task, &mut trials);
            }
        }
        gather(board, &movable, &mut savings);
        empty_rooms(board, &movable, &mut savings);
        move_singly(board, &movable);
        if score(board) == before {
            break;
        }
    }
}

/// Changes the board; takes the change back unless the day is better for it.
fn attempt<'b, 'c>(board: &mut Board<'b, 'c>, change: impl FnOnce(&mut Board<'b, 'c>)) -> bool {
    let before = score(board);
    let mut tried = board.clone();
    change(&mut tried);
    let is_better = score(&tried) > before;
    if is_better {
        *board = tried;
    }
    is_better
}

/// Places a hearing where one or two others can make room for it.
fn make_room(board: &mut Board<'_, '_>, index: usize, trials: &mut usize) {
    let Some(task) = board.task(index) else {
        return;
    };
    for &room in &task.rooms {
        match board.earliest(index, room) {
            Ok(site) => return board.put(index, site),
            Err(Refusal::Closed | Refusal::Lacks | Refusal::Hours) => continue,
            Err(Refusal::Taken | Refusal::Elsewhere(_)) => {}
        }
        let Some(described) = board.rooms.get(room) else {
            continue;
        };
        for start in board.starts(task, room) {
            let Some(spans) = spans(task, described, start) else {
                continue;
            };
            let others = board.in_the_way(task, room, &spans);
            let is_fixed = |other: &usize| board.task(*other).is_some_and(Task::is_fixed);
            if others.len() > MAX_MOVED || others.iter().any(is_fixed) {
                continue;
            }
            if *trials == 0 {
                return;
            }
            *trials -= 1;
            let room = Some(room);
            let site = Site { room, start, spans };
            let order: Vec<usize> = others.into_iter().collect();
            let is_better = attempt(board, |board| {
                for other in &order {
                    board.take(*other);
                }
                board.put(index, site);
                place_all(board, &order);
            });
            if is_better {
                return;
            }
        }
    }
}

/// Brings the hearings of a prosecutor who changes rooms into one.
fn gather(board: &mut Board<'_, '_>, movable: &[usize], trials: &mut usize) {
    let people: BTreeSet<usize> = board.tasks.iter().filter_map(|task| task.prosecutor).collect();
    for person in people {
        if rooms_of(board, person).len() < 2 {
            continue;
        }
        let theirs: Vec<usize> = movable
            .iter()
            .copied()
            .filter(|task| board.task(*task).is_some_and(|task| task.prosecutor == Some(person)))
            .collect();
        for room in 0..board.rooms.len() {
            if *trials == 0 {
                return;
            }
            *trials -= 1;
            attempt(board, |board| replace(board, &theirs, &|one| one == room));
        }
    }
}

/// Closes courtrooms whose hearings find a place in others that are in use.
fn empty_rooms(board: &mut Board<'_, '_>, movable: &[usize], trials: &mut usize) {
    for room in 0..board.rooms.len() {
        let inside = board.in_room(room);
        if *trials == 0 || inside.is_empty() || !inside.iter().all(|task| movable.contains(task)) {
            continue;
        }
        let used: BTreeSet<usize> = (0..board.rooms.len())
            .filter(|other| *other != room && !board.in_room(*other).is_empty())
            .collect();
        let inside: Vec<usize> = inside.into_iter().collect();
        *trials -= 1;
        attempt(board, |board| {
            replace(board, &inside, &|one| used.contains(&one));
        });
    }
}

/// Tries each hearing in every other courtroom, and earlier in its own.
fn move_singly(board: &mut Board<'_, '_>, movable: &[usize]) {
    for index in movable {
        if let (Some(task), Some(site)) = (board.task(*index), board.site(*index).cloned()) {
            move_one(board, *index, task, &site);
        }
    }
}

fn move_one(board: &mut Board<'_, '_>, index: usize, task: &Task<'_>, site: &Site) {
    let is_alone = site.room.is_some_and(|room| board.in_room(room).len() == 1);
    let is_torn = task.prosecutor.is_some_and(|one| rooms_of(board, one).len() > 1);
    let mut best = (score(board), site.clone());
    board.take(index);
    for &room in &task.rooms {
        let Ok(other) = board.earliest(index, room) else {
            continue;
        };
        // Nothing else can make the day better, and counting it all takes time.
        if is_alone || is_torn || other.start < site.start {
            board.put(index, other.clone());
            let score = score(board);
            board.take(index);
            if score > best.0 {
                best = (score, other);
            }
        }
    }
    board.put(index, best.1);
}

/// Takes hearings off and places them again, in the courtrooms allowed.
fn replace(board: &mut Board<'_, '_>, tasks: &[usize], allowed: &impl Fn(usize) -> bool) {
    for task in tasks {
        board.take(*task);
    }
    for task in tasks {
        if let Some(site) = best_site(board, *task, allowed) {
            board.put(*task, site);
        }
    }
}
