//! Rooms and times proposed for hearings that have none: a greedy choice, then improvements as long as one helps.
//!
//! What never happens, whatever is given: two hearings in a courtroom at once, one outside of its sitting hours, a prosecutor
//! or a defendant in two places at once, a courtroom of another court or without what the hearing needs, a change to what the
//! court has fixed. What is aimed for, in this order: as many hearings placed as can be, those whose custody time limit
//! presses and those in custody first; each prosecutor in one courtroom; few courtrooms; early times. What is listed with
//! courtroom and time stays as it is, so that nothing is moved. The choice is good and not proven to be the best.

mod board;
mod plan;
mod reasons;
mod rooms;
mod search;
mod task;

pub use plan::{Allocation, Proposal, Unplaced, allocate};
pub use rooms::{Hours, Room, RoomsError, read_rooms};

pub(crate) use super::hearings::courtroom::Span;

/// Times are proposed in steps of so many minutes.
const STEP: u32 = 5;

/// The sitting time of a full day: two sessions of three hours. What takes longer goes on after its day.
const FULL_DAY: u32 = 360;

/// Whether two stretches have a minute in common.
fn overlap(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

#[cfg(test)]
mod tests;
