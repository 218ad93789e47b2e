//! Custody time limits, worked out for each charge (Prosecution of Offences (Custody Time Limits)
//! Regulations 1987, SI 1987/299).
//!
//! What is worked out here is calculated and not agreed: the date that the court announced counts, where
//! the manifest records it. The longer limits for proceedings from 28 September 2020 to 28 June 2021
//! (SI 2020/953) are not known here; for those, record the court's date.

use std::cmp::Ordering;

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde::Serialize;

use super::calendar::on_or_before;
use crate::manifest::{Case, Charge, CustodyStage, Defendant, RemandStatus};

/// From so many days before it ends, a custody time limit is told loudly.
pub const LOUD_DAYS: i32 = 14;

/// Where the end of a custody time limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Worked out from the first day in custody; not agreed with the court.
    Calculated,
    /// The date that the court recorded, or to which it extended the limit.
    Recorded,
}

impl Basis {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calculated => "calculated",
            Self::Recorded => "recorded",
        }
    }
}

/// The last day on which a defendant may be kept in custody for a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustodyTimeLimit {
    /// The stage, where stated.
    pub stage: Option<CustodyStage>,
    /// The days that the regulations allow at that stage, before earlier custody is taken off.
    pub days: Option<u16>,
    /// The last day.
    pub expires: Date,
    /// Calculated or recorded.
    pub basis: Basis,
}

/// Why no limit can be worked out for somebody in custody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// No charge is recorded.
    NoCharge,
    /// Neither the first day in custody nor the court's date is recorded. It is never guessed.
    NoStart,
    /// The first day is recorded; the stage, which decides the length, is not.
    NoStage,
}

impl Unknown {
    /// What is missing, in words.
    pub fn why(self) -> &'static str {
        match self {
            Self::NoCharge => "no charge is recorded",
            Self::NoStart => "custody_start is not recorded",
            Self::NoStage => "custody_stage is not recorded",
        }
    }
}

/// What is known of the limit of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit<'c> {
    /// Its last day.
    Ends(CustodyTimeLimit),
    /// One runs, and nobody can work out when it ends.
    Unknown(Unknown),
    /// None runs, and why.
    NotRunning(&'c str),
}

/// How a limit stands on a day, the most urgent first. Every list, board, letter and calendar goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyState {
    /// Its last day is past.
    Passed,
    /// It ends before a hearing that is still to come.
    BeforeHearing,
    /// Somebody in custody awaits trial, and nobody knows until when that may last.
    Unknown,
    /// At most [`LOUD_DAYS`] days are left, or it ends on the day of the hearing.
    Near,
    /// There is time.
    Running,
    /// None runs.
    None,
}

impl CustodyState {
    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::BeforeHearing => "before-hearing",
            Self::Unknown => "unknown",
            Self::Near => "near",
            Self::Running => "running",
            Self::None => "none",
        }
    }

    /// Whether the case is not ready because of it.
    pub fn stops(self) -> bool {
        self <= Self::Unknown
    }

    /// Whether somebody has to act.
    pub fn presses(self) -> bool {
        self <= Self::Near
    }
}

/// The custody time limit of one charge against one defendant, or why there is none to tell.
#[derive(Debug, Clone, Copy)]
pub struct ChargeLimit<'c> {
    /// Who is in custody.
    pub defendant: &'c Defendant,
    /// For what, where a charge is recorded.
    pub charge: Option<&'c Charge>,
    /// The limit.
    pub limit: Limit<'c>,
    /// The day of the hearing, where there is one.
    pub hearing: Option<Date>,
}

impl<'c> ChargeLimit<'c> {
    /// The limit where its last day is known.
    pub fn known(&self) -> Option<CustodyTimeLimit> {
        match self.limit {
            Limit::Ends(limit) => Some(limit),
            Limit::Unknown(_) | Limit::NotRunning(_) => None,
        }
    }

    /// Why there is no last day.
    pub fn reason(&self) -> Option<&'c str> {
        match self.limit {
            Limit::Ends(_) => None,
            Limit::Unknown(unknown) => Some(unknown.why()),
            Limit::NotRunning(reason) => Some(reason),
        }
    }

    /// How it stands on a day.
    pub fn state(&self, today: Date) -> CustodyState {
        let limit = match self.limit {
            Limit::Ends(limit) => limit,
            Limit::Unknown(_) => return CustodyState::Unknown,
            Limit::NotRunning(_) => return CustodyState::None,
        };
        let to_come = self.hearing.filter(|hearing| *hearing >= today);
        let left = limit.days_left(today);
        match to_come.map(|hearing| limit.expires.cmp(&hearing)) {
            _ if left < 0 => CustodyState::Passed,
            Some(Ordering::Less) => CustodyState::BeforeHearing,
            Some(Ordering::Equal) => CustodyState::Near,
            _ if left <= LOUD_DAYS => CustodyState::Near,
            _ => CustodyState::Running,
        }
    }

    /// Whether somebody has to act: the limit is past, near or not known, or the hearing comes too late
    /// for it.
    pub fn presses(&self, today: Date) -> bool {
        self.state(today).presses()
    }
}

impl CustodyStage {
    /// The days allowed (SI 1987/299, regulations 4 and 5). An either-way offence has 70; where summary
    /// trial was settled within the first 56, its stage is summary.
    pub fn days(self) -> u16 {
        match self {
            Self::Summary => 56,
            Self::EitherWay => 70,
            Self::VoluntaryBill => 112,
            Self::Crown => 182,
        }
    }

    /// The word of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::EitherWay => "either-way",
            Self::Crown => "crown",
            Self::VoluntaryBill => "voluntary-bill",
        }
    }
}

impl CustodyTimeLimit {
    /// Days from `today` to the last day: 0 on the last day itself, less than 0 when it is past.
    pub fn days_left(&self, today: Date) -> i32 {
        days_between(today, self.expires)
    }
}

/// Days from one day to another; less than 0 if the other is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// The limit of a charge for a defendant in custody. A date that the court recorded beats any
/// calculation, and an extension beats the date before it.
pub fn limit(charge: &Charge) -> Limit<'_> {
    if let Some(reason) = &charge.no_custody_limit {
        return Limit::NotRunning(reason);
    }
    let recorded = charge.custody_extended_to.or(charge.custody_time_limit);
    let (expires, basis) = match (recorded, calculated(charge)) {
        (Some(recorded), _) => (recorded, Basis::Recorded),
        (None, Ok(calculated)) => (calculated, Basis::Calculated),
        (None, Err(unknown)) => return Limit::Unknown(unknown),
    };
    let stage = charge.custody_stage;
    Limit::Ends(CustodyTimeLimit { stage, days: stage.map(CustodyStage::days), expires, basis })
}

/// The last day as the regulations have it, whatever the court recorded.
pub(super) fn calculated(charge: &Charge) -> Result<Date, Unknown> {
    match (charge.custody_start, charge.custody_stage) {
        (None, _) => Err(Unknown::NoStart),
        (Some(_), None) => Err(Unknown::NoStage),
        (Some(start), Some(stage)) => Ok(expiry(start, stage.days(), charge.custody_days_served)),
    }
}

/// The last day: the first day of custody is not counted (regulation 2(4)), earlier custody for the same
/// offence is taken off, and a limit that would end on no working day ends on the last one before it
/// (regulation 2(5)).
pub fn expiry(start: Date, days: u16, served: u32) -> Date {
    let left = i64::from(days) - i64::from(served);
    on_or_before(start.saturating_add(left.days()))
}

/// Why no limit runs at a hearing for sentence.
const CONVICTED: &str = "the hearing is for sentence";

/// The limits of a case: one for each charge against each defendant in custody. Nobody on bail has one;
/// of somebody whose remand is not stated only those are told that can be. After conviction none runs.
pub fn limits(case: &Case) -> Vec<ChargeLimit<'_>> {
    let hearing = case.hearing.as_ref();
    let is_convicted = hearing.and_then(|hearing| hearing.kind.as_deref()).is_some_and(is_sentence);
    let date = hearing.and_then(|hearing| hearing.date);
    let mut limits: Vec<ChargeLimit<'_>> =
        case.defendants.iter().flat_map(|defendant| of_defendant(defendant, date)).collect();
    if is_convicted {
        let running = limits.iter_mut().filter(|one| !matches!(one.limit, Limit::NotRunning(_)));
        running.for_each(|one| one.limit = Limit::NotRunning(CONVICTED));
    }
    limits
}

/// Whether a kind of hearing is that for sentence; an indication of sentence comes before the plea.
fn is_sentence(kind: &str) -> bool {
    let words = kind.split('-').filter(|word| !["hearing", "for", "deferred"].contains(word));
    let words: Vec<&str> = words.collect();
    matches!(words.as_slice(), ["sentence" | "sentencing"])
}

fn of_defendant(defendant: &Defendant, hearing: Option<Date>) -> Vec<ChargeLimit<'_>> {
    let in_custody = match defendant.remand {
        Some(RemandStatus::Bail | RemandStatus::ConditionalBail) => return Vec::new(),
        Some(RemandStatus::Custody | RemandStatus::SecureUnit) => true,
        None => false,
    };
    if in_custody && defendant.charges.is_empty() {
        let limit = Limit::Unknown(Unknown::NoCharge);
        return vec![ChargeLimit { defendant, charge: None, limit, hearing }];
    }
    let limits = defendant.charges.iter().map(|charge| ChargeLimit {
        defendant,
        charge: Some(charge),
        limit: limit(charge),
        hearing,
    });
    limits.filter(|charge| in_custody || charge.known().is_some()).collect()
}

#[cfg(test)]
mod tests;
