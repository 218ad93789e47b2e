//! Custody time limits, worked out for each charge (Prosecution of Offences (Custody Time Limits)
//! Regulations 1987, SI 1987/299).
//!
//! What is worked out here is calculated and not agreed: the date that the court announced counts, where
//! the manifest records it. The longer limits for proceedings from 28 September 2020 to 28 June 2021
//! (SI 2020/953) are not known here; for those, record the court's date.

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

/// How pressing a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Its last day is past.
    Past,
    /// At most [`LOUD_DAYS`] days are left.
    Near,
    /// There is time.
    Later,
}

/// The custody time limit of one charge against one defendant, or why there is none to tell.
#[derive(Debug, Clone, Copy)]
pub struct ChargeLimit<'c> {
    /// Who is in custody.
    pub defendant: &'c Defendant,
    /// For what, where a charge is recorded.
    pub charge: Option<&'c Charge>,
    /// The limit.
    pub limit: Result<CustodyTimeLimit, Unknown>,
    /// The day of the hearing, where there is one.
    pub hearing: Option<Date>,
}

impl ChargeLimit<'_> {
    /// Whether somebody has to act: the limit is past, near or not known, or the hearing comes too late
    /// for it.
    pub fn presses(&self, today: Date) -> bool {
        self.ends_by_hearing(today)
            || self.limit.map_or(true, |limit| limit.urgency(today) < Urgency::Later)
    }

    /// Whether the limit ends on the day of a hearing that is still to come, or before it.
    pub fn ends_by_hearing(&self, today: Date) -> bool {
        let to_come = self.hearing.filter(|hearing| *hearing >= today);
        match (self.limit, to_come) {
            (Ok(limit), Some(hearing)) => limit.expires <= hearing,
            _ => false,
        }
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

    /// How pressing it is.
    pub fn urgency(&self, today: Date) -> Urgency {
        match self.days_left(today) {
            ..0 => Urgency::Past,
            0..=LOUD_DAYS => Urgency::Near,
            _ => Urgency::Later,
        }
    }
}

/// Days from one day to another; less than 0 if the other is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// The limit of a charge for a defendant in custody. A date that the court recorded beats any
/// calculation, and an extension beats the date before it.
pub fn limit(charge: &Charge) -> Result<CustodyTimeLimit, Unknown> {
    let recorded = charge.custody_extended_to.or(charge.custody_time_limit);
    let stage = charge.custody_stage;
    let days = stage.map(CustodyStage::days);
    let (expires, basis) = match (recorded, charge.custody_start, days) {
        (Some(recorded), _, _) => (recorded, Basis::Recorded),
        (None, None, _) => return Err(Unknown::NoStart),
        (None, Some(_), None) => return Err(Unknown::NoStage),
        (None, Some(start), Some(days)) => {
            (expiry(start, days, charge.custody_days_served), Basis::Calculated)
        }
    };
    Ok(CustodyTimeLimit { stage, days, expires, basis })
}

/// The last day: the first day of custody is not counted (regulation 2(4)), earlier custody for the same
/// offence is taken off, and a limit that would end on no working day ends on the last one before it
/// (regulation 2(5)).
pub fn expiry(start: Date, days: u16, served: u32) -> Date {
    let left = i64::from(days) - i64::from(served);
    on_or_before(start.saturating_add(left.days()))
}

/// The limits of a case: one for each charge against each defendant in custody. Nobody on bail has one;
/// of somebody whose remand is not stated only those are told that can be.
pub fn limits(case: &Case) -> Vec<ChargeLimit<'_>> {
    let hearing = case.hearing.as_ref().and_then(|hearing| hearing.date);
    let defendants = case.defendants.iter();
    defendants.flat_map(|defendant| of_defendant(defendant, hearing)).collect()
}

fn of_defendant(defendant: &Defendant, hearing: Option<Date>) -> Vec<ChargeLimit<'_>> {
    let in_custody = match defendant.remand {
        Some(RemandStatus::Bail | RemandStatus::ConditionalBail) => return Vec::new(),
        Some(RemandStatus::Custody | RemandStatus::SecureUnit) => true,
        None => false,
    };
    if in_custody && defendant.charges.is_empty() {
        return vec![ChargeLimit {
            defendant,
            charge: None,
            limit: Err(Unknown::NoCharge),
            hearing,
        }];
    }
    let limits = defendant.charges.iter().map(|charge| ChargeLimit {
        defendant,
        charge: Some(charge),
        limit: limit(charge),
        hearing,
    });
    limits.filter(|charge| in_custody || charge.limit.is_ok()).collect()
}

#[cfg(test)]
mod tests;
