//! `allocate`: rooms and times for hearings that have none.

use anyhow::Context;
use courtbundle::casework::allocate::{allocate, read_rooms};
use courtbundle::casework::hearings::heard::is_heard;
use courtbundle::casework::hearings::privacy::Youths;
use courtbundle::check::display;
use courtbundle::model::read_text;
use courtbundle::report::{AllocationReport, allocation_csv, allocation_text};
use jiff::civil::Date;

use super::{Outcome, cases, discover};
use crate::cli::console::Console;
use crate::cli::{Allocate, AllocateFormat};

pub(crate) fn run(command: &Allocate, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    let text = read_text(&command.rooms).with_context(|| display(&command.rooms))?;
    let rooms = read_rooms(&text).with_context(|| display(&command.rooms))?;
    let (manifests, found) = discover::manifests(&command.paths, console);
    let (mut cases, read) = cases::read(&manifests, console);
    let youths = Youths::of(&cases);
    if let Some(days) = command.hearing.map(|hearing| hearing.seen_from(today)) {
        cases.retain(|case| is_heard(case, &days));
    }
    let allocation = allocate(&cases, &rooms, command.usual, today);
    console.result(&match command.format {
        AllocateFormat::Text => allocation_text(&allocation, &youths),
        AllocateFormat::Csv => allocation_csv(&allocation, &youths)?,
        AllocateFormat::Json => {
            serde_json::to_string_pretty(&AllocationReport::from(&allocation))? + "\n"
        }
    })?;
    let placed = match allocation.unplaced.is_empty() {
        true => Outcome::Done,
        false => Outcome::Gaps,
    };
    Ok(found.max(read).max(placed))
}
