//! The court list, and how scripts see it.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::Serialize;

use crate::casework::hearings::listing::{Listed, Sitting, sittings};
use crate::casework::hearings::privacy::{Youths, for_the_office, neutral, public};
use crate::casework::hearings::readiness::Readiness;
use crate::casework::list::conflicts::Conflict;
use crate::check::calendar::{is_working_day, next_working_day};
use crate::check::custody::{Basis, CustodyState, limits};
use crate::check::{Pressing, display};
use crate::manifest::CustodyStage;
use crate::report::casework_words::{day, stopping};

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
        Self { today, days, sittings: sittings(listed), conflicts }
    }

    /// The cases and conflicts as others may see them, from which a list can be made that leaves the office.
    pub(super) fn public(&self) -> (Vec<Listed>, Vec<Conflict>) {
        let hearings = || self.sittings.iter().flat_map(|sitting| &sitting.hearings);
        let youths = Youths::of(hearings().map(|listed| &listed.case));
        let conflicts = self.conflicts.iter().map(|conflict| Conflict {
            message: youths.about_others(&conflict.message),
            ..conflict.clone()
        });
        (public(&self.listed()), conflicts.collect())
    }

    /// The same for a sheet that hangs on the door of a courtroom.
    pub(super) fn for_the_door(&self) -> (Vec<Listed>, Vec<Conflict>) {
        let (listed, conflicts) = self.public();
        (neutral(&listed), conflicts)
    }

    /// The cases as the office sees them on its own screen, where prosecutors have to know who is young.
    pub(super) fn for_the_office(&self) -> Vec<Listed> {
        for_the_office(&self.listed())
    }

    /// The custody time limits for which a case of the list is not ready, the worst first.
    pub(super) fn stopping(&self) -> Vec<(&Sitting<'l>, &'l Listed, Pressing)> {
        let hearings = self.sittings.iter().flat_map(|sitting| {
            let hearings = sitting.hearings.iter();
            hearings.map(move |listed| (sitting, *listed))
        });
        let mut stopping: Vec<_> = hearings
            .flat_map(|(sitting, listed)| {
                let limits = stopping(listed, self.today).into_iter();
                limits.map(move |limit| (sitting, listed, limit))
            })
            .collect();
        stopping.sort_by(|(.., one), (.., other)| one.cmp(other));
        stopping
    }

    fn listed(&self) -> Vec<Listed> {
        let hearings = self.sittings.iter().flat_map(|sitting| &sitting.hearings);
        hearings.map(|listed| Listed::clone(listed)).collect()
    }

    /// What a list without a hearing says; of a day at a weekend or a bank holiday also which day comes next.
    pub(super) fn nothing(&self) -> String {
        let Some(days) = &self.days else {
            return "No hearing has a date.".to_owned();
        };
        let only = (days.start() == days.end()).then_some(*days.start());
        match only.filter(|day| !is_working_day(*day)) {
            Some(closed) => format!(
                "No hearing on these days. {} is not a working day; the next is {}.",
                day(closed),
                day(next_working_day(closed))
            ),
            None => "No hearing on these days.".to_owned(),
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
    youth: bool,
    offences: Vec<&'l str>,
    remand: Option<&'static str>,
    held_at: Vec<&'l str>,
    prosecutor: Option<&'l str>,
    custody_time_limits: Vec<LimitRow<'l>>,
    readiness: Readiness,
    missing: usize,
    bundle_pages: Option<u32>,
    manifest: String,
}

#[derive(Debug, Serialize)]
struct LimitRow<'l> {
    defendant: &'l str,
    charge: Option<&'l str>,
    stage: Option<&'static str>,
    days: Option<u16>,
    expires: Option<String>,
    days_left: Option<i32>,
    basis: Option<Basis>,
    state: CustodyState,
    /// Why no limit runs, or why none can be worked out.
    reason: Option<&'l str>,
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
            courtroom: sitting.courtroom.as_deref(),
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
        youth: listed.case.defendants.iter().any(|one| one.youth),
        offences: offences(listed),
        remand: listed.remand().map(|remand| remand.as_str()),
        held_at: held_at(listed),
        prosecutor: hearing.and_then(|hearing| hearing.prosecutor.as_deref()),
        custody_time_limits: limit_rows(listed, today),
        readiness: listed.readiness,
        missing: listed.missing_count(),
        bundle_pages: listed.bundle_pages,
        manifest: display(&listed.case.manifest),
    }
}

/// The offences of all defendants in their order, one that follows itself only once.
pub(super) fn offences(listed: &Listed) -> Vec<&str> {
    let charges = listed.case.defendants.iter().flat_map(|one| &one.charges);
    let mut offences: Vec<&str> = charges.map(|charge| charge.offence.as_str()).collect();
    offences.dedup();
    offences
}

/// Where defendants are held, as far as that is recorded.
pub(super) fn held_at(listed: &Listed) -> Vec<&str> {
    let defendants = listed.case.defendants.iter();
    defendants.filter_map(|one| one.held_at.as_deref()).collect()
}

/// Every limit. One that is not known has no `expires`: whoever is in custody is never left out.
fn limit_rows(listed: &Listed, today: Date) -> Vec<LimitRow<'_>> {
    let limits = limits(&listed.case).into_iter();
    limits
        .map(|one| {
            let known = one.known();
            let stage = one.charge.and_then(|charge| charge.custody_stage);
            LimitRow {
                defendant: &one.defendant.name,
                charge: one.charge.map(|charge| charge.offence.as_str()),
                stage: stage.map(CustodyStage::as_str),
                days: stage.map(CustodyStage::days),
                expires: known.map(|limit| limit.expires.to_string()),
                days_left: known.map(|limit| limit.days_left(today)),
                basis: known.map(|limit| limit.basis),
                state: one.state(today),
                reason: one.reason(),
            }
        })
        .collect()
}
