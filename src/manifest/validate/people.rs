//! `[[defendant]]` with its charges, and `[hearing]`.

use crate::manifest::reader::{Problem, Table};
use crate::manifest::{Charge, Defendant, Hearing};
use crate::model::Code;

/// A hundred years; more is a slip.
const MAX_DAYS_SERVED: i64 = 36_525;

/// A year of days in court; more is a slip.
const MAX_MINUTES: i64 = 100_000;

pub(super) fn defendants(root: &mut Table<'_>) -> Vec<Defendant> {
    root.tables("defendant", "[[defendant]]").into_iter().filter_map(defendant).collect()
}

fn defendant(mut table: Table<'_>) -> Option<Defendant> {
    let name = required_text(&mut table, "name", "write the full name: name = \"Jordan Blake\"");
    let remand = table.choice("remand").map(|remand| remand.value);
    let held_at = table.text("held_at").map(|place| place.value);
    let by_link = table.flag("by_link", false);
    let youth = table.flag("youth", false);
    let charges = table.tables("charge", "[[defendant.charge]]").into_iter().map(charge).collect();
    table.finish();
    Some(Defendant { name: name?, remand, held_at, by_link, youth, charges })
}

fn charge(mut table: Table<'_>) -> Charge {
    let offence = required_text(&mut table, "offence", "name the offence: offence = \"Burglary\"");
    let charge = Charge {
        offence: offence.unwrap_or_default(),
        custody_stage: table.choice("custody_stage").map(|stage| stage.value),
        custody_start: table.date("custody_start").map(|date| date.value),
        custody_days_served: table.number("custody_days_served", 0..=MAX_DAYS_SERVED).unwrap_or(0),
        custody_time_limit: table.date("custody_time_limit").map(|date| date.value),
        custody_extended_to: table.date("custody_extended_to").map(|date| date.value),
        no_custody_limit: no_custody_limit(&mut table),
    };
    check_extension(&charge, &table);
    table.finish();
    charge
}

/// The one word of `custody_limit`: there is no other to choose, as dates have keys of their own.
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CustodyLimit {
    None,
}

/// Why no custody time limit runs; nobody is believed who gives no reason.
fn no_custody_limit(table: &mut Table<'_>) -> Option<String> {
    let none = table.choice::<CustodyLimit>("custody_limit");
    let reason = table.text("custody_reason");
    if none.is_some() && !table.has("custody_reason") {
        table.missing(
            "custody_reason",
            "say why no limit runs: custody_reason = \"convicted on 2026-10-12\"",
        );
    }
    if reason.is_some() && !table.has("custody_limit") {
        let problem = Problem::new(
            Code::MissingKey,
            "\"custody_reason\" is given without custody_limit = \"none\"",
        )
        .hint("add custody_limit = \"none\", or take custody_reason out");
        table.log().report(table.key_at("custody_reason"), problem);
    }
    none.and(reason).map(|reason| reason.value)
}

/// A court extends a limit; it does not shorten it.
fn check_extension(charge: &Charge, table: &Table<'_>) {
    if let (Some(limit), Some(extended)) = (charge.custody_time_limit, charge.custody_extended_to)
        && extended < limit
    {
        let message = format!("\"custody_extended_to\" is {extended}, before the limit of {limit}");
        let problem = Problem::new(Code::BadValue, message)
            .hint("an extended limit ends later: check both dates");
        table.log().report(table.key_at("custody_extended_to"), problem);
    }
}

pub(super) fn hearing(root: &mut Table<'_>) -> Option<Hearing> {
    let mut table = root.table("hearing", "[hearing]")?;
    let hearing = Hearing {
        kind: table.parsed("kind", kind).map(|kind| kind.value),
        date: table.date("date").map(|date| date.value),
        time: table.time("time"),
        courtroom: table.text("courtroom").map(|room| room.value),
        prosecutor: table.text("prosecutor").map(|name| name.value),
        session: table.choice("session").map(|session| session.value),
        estimate: table.number("estimate", 1..=MAX_MINUTES),
        needs: table.choices("needs").unwrap_or_default(),
    };
    table.finish();
    Some(hearing)
}

/// The kind of hearing as one lower-case word with hyphens, since it becomes part of file names.
fn kind(text: &str) -> Result<String, Problem> {
    let lower = text.to_lowercase();
    let words = lower.split([' ', '_', '-']).filter(|word| !word.is_empty());
    let kind = words.collect::<Vec<_>>().join("-");
    if !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-') {
        return Ok(kind);
    }
    Err(Problem::new(Code::BadValue, format!("\"{text}\" is not a kind of hearing"))
        .hint("use letters, digits and hyphens, such as trial, ptph or bail-application"))
}

/// A text that must be there. What is there and unusable has been reported already.
pub(super) fn required_text(
    table: &mut Table<'_>,
    key: &'static str,
    hint: &str,
) -> Option<String> {
    let text = table.text(key);
    if text.is_none() && !table.has(key) {
        table.missing(key, hint);
    }
    text.map(|text| text.value)
}
