//! The court list, and how scripts see it.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::Serialize;

use crate::desk::conflicts::Conflict;
use crate::desk::custody::{Basis, limits};
use crate::desk::listing::{Listed, Sitting, sittings};
use crate::desk::readiness::Readiness;

/// The court list of some days, ready to be written.
pub struct CourtList<'l> {
    /// The day that days left are counted from.
    pub today: Date,
    /// The days asked for.
    pub days: Option<RangeInclusive<Date>>,
    /// The courtrooms.
    pub sittings: Vec<Sitting<'l>>,
    /// What cannot be.
    pub conflicts: Vec<Conflict>,
}

impl<'l> CourtList<'l> {
    /// Puts the hearings in order.
    pub fn new(
        today: Date,
        days: Option<RangeInclusive<Date>>,
        listed: &'l [Listed],
        conflicts: Vec<Conflict>,
    ) -> Self {
        Self {
            today,
            days,
            sittings: sittings(listed),
            conflicts,
        }
    }
}

/// The JSON of `list`.
#[derive(Debug, Serialize)]
pub struct ListReport<'l> {
    version: u32,
    sittings: Vec<SittingRow<'l>>,
    conflicts: Vec<ConflictRow<'l>>,
}

#[derive(Debug, Serialize)]
struct SittingRow<'l> {
    court: Option<&'l str>,
    date: String,
    courtroom: Option<&'l str>,
    hearings: Vec<HearingRow<'l>>,
}

#[derive(Debug, Serialize)]
struct HearingRow<'l> {
    time: Option<String>,
    urn: Option<&'l str>,
    title: &'l str,
    kind: Option<&'l str>,
    defendants: Vec<&'l str>,
    remand: Option<&'static str>,
    prosecutor: Option<&'l str>,
    custody_time_limits: Vec<LimitRow<'l>>,
    readiness: Readiness,
    missing: usize,
    bundle_pages: Option<u32>,
}

#[derive(Debug, Serialize)]
struct LimitRow<'l> {
    defendant: &'l str,
    charge: &'l str,
    stage: Option<&'static str>,
    days: Option<u16>,
    expires: String,
    days_left: i32,
    basis: Basis,
}

#[derive(Debug, Serialize)]
struct ConflictRow<'l> {
    code: &'static str,
    message: &'l str,
    urns: &'l [String],
}

impl<'l> From<&'l CourtList<'l>> for ListReport<'l> {
    fn from(list: &'l CourtList<'l>) -> Self {
        let sitting = |sitting: &'l Sitting<'l>| SittingRow {
            court: sitting.court,
            date: sitting.date.to_string(),
            courtroom: sitting.courtroom,
            hearings: sitting
                .hearings
                .iter()
                .map(|listed| hearing_row(listed, list.today))
                .collect(),
        };
        let conflict = |conflict: &'l Conflict| ConflictRow {
            code: conflict.code.as_str(),
            message: &conflict.message,
            urns: &conflict.urns,
        };
        Self {
            version: 1,
            sittings: list.sittings.iter().map(sitting).collect(),
            conflicts: list.conflicts.iter().map(conflict).collect(),
        }
    }
}

fn hearing_row(listed: &Listed, today: Date) -> HearingRow<'_> {
    let hearing = listed.hearing();
    let defendants = listed.case.defendants.iter();
    HearingRow {
        time: listed.time().map(|time| time.to_string()),
        urn: listed.urn(),
        title: &listed.case.title,
        kind: hearing.and_then(|hearing| hearing.kind.as_deref()),
        defendants: defendants.map(|one| one.name.as_str()).collect(),
        remand: listed.remand().map(|remand| remand.as_str()),
        prosecutor: hearing.and_then(|hearing| hearing.prosecutor.as_deref()),
        custody_time_limits: limit_rows(listed, today),
        readiness: listed.readiness,
        missing: listed.missing.len(),
        bundle_pages: listed.bundle_pages,
    }
}

/// The limits that are known; `list` names the others in its text.
fn limit_rows(listed: &Listed, today: Date) -> Vec<LimitRow<'_>> {
    limits(&listed.case)
        .into_iter()
        .filter_map(|one| {
            let limit = one.limit.ok()?;
            Some(LimitRow {
                defendant: &one.defendant.name,
                charge: &one.charge?.offence,
                stage: limit.stage.map(|stage| stage.as_str()),
                days: limit.days,
                expires: limit.expires.to_string(),
                days_left: limit.days_left(today),
                basis: limit.basis,
            })
        })
        .collect()
}
