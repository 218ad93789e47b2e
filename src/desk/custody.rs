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
    from.until((Unit::Day, to))
        .map_or(0, |span| span.get_days())
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
        (None, Some(start), Some(days)) => (
            expiry(start, days, charge.custody_days_served),
            Basis::Calculated,
        ),
    };
    Ok(CustodyTimeLimit {
        stage,
        days,
        expires,
        basis,
    })
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
    case.defendants.iter().flat_map(of_defendant).collect()
}

fn of_defendant(defendant: &Defendant) -> Vec<ChargeLimit<'_>> {
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
        }];
    }
    let limits = defendant.charges.iter().map(|charge| ChargeLimit {
        defendant,
        charge: Some(charge),
        limit: limit(charge),
    });
    limits
        .filter(|charge| in_custody || charge.limit.is_ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::calendar::is_working_day;
    use super::*;

    fn charge() -> Charge {
        Charge {
            offence: "Burglary".to_owned(),
            custody_stage: Some(CustodyStage::Crown),
            custody_start: Some(date(2026, 6, 1)),
            custody_days_served: 0,
            custody_time_limit: None,
            custody_extended_to: None,
        }
    }

    /// The second is an example that the CPS publishes.
    #[test]
    fn the_published_vectors_are_met() {
        let start = date(2017, 1, 2);
        for (days, expires) in [
            (56, date(2017, 2, 27)),
            (182, date(2017, 7, 3)),
            (70, date(2017, 3, 13)),
            (112, date(2017, 4, 24)),
        ] {
            assert_eq!(expiry(start, days, 0), expires, "{days}");
        }
    }

    #[test]
    fn a_limit_ends_on_the_working_day_before() {
        // 56 days end on Saturday 28 November.
        assert_eq!(expiry(date(2026, 10, 3), 56, 0), date(2026, 11, 27));
        // On Easter Monday, after Good Friday: back to Maundy Thursday.
        assert_eq!(expiry(date(2026, 2, 9), 56, 0), date(2026, 4, 2));
        // On the Monday off for Boxing Day: back past Christmas.
        assert_eq!(expiry(date(2026, 11, 2), 56, 0), date(2026, 12, 24));
    }

    #[test]
    fn earlier_custody_is_taken_off_before_weekends_are_looked_at() {
        // 182 - 30 = 152 days from 1 June end on Saturday 31 October.
        assert_eq!(expiry(date(2026, 6, 1), 182, 30), date(2026, 10, 30));
        // More than the limit: it ended before it began.
        assert!(expiry(date(2026, 6, 1), 56, 100) < date(2026, 6, 1));
    }

    #[test]
    fn what_the_court_recorded_beats_the_calculation_and_an_extension_both() {
        let mut charge = charge();
        let calculated = limit(&charge).unwrap();
        assert_eq!(calculated.expires, date(2026, 11, 30));
        assert_eq!(calculated.basis, Basis::Calculated);
        charge.custody_time_limit = Some(date(2026, 11, 28));
        let recorded = limit(&charge).unwrap();
        assert_eq!(
            (recorded.expires, recorded.basis),
            (date(2026, 11, 28), Basis::Recorded)
        );
        charge.custody_extended_to = Some(date(2027, 1, 15));
        let extended = limit(&charge).unwrap();
        assert_eq!(
            (extended.expires, extended.basis),
            (date(2027, 1, 15), Basis::Recorded)
        );
        assert_eq!(extended.days, Some(182));
    }

    #[test]
    fn nothing_is_guessed() {
        let mut charge = charge();
        charge.custody_stage = None;
        assert_eq!(limit(&charge), Err(Unknown::NoStage));
        charge.custody_start = None;
        assert_eq!(limit(&charge), Err(Unknown::NoStart));
        charge.custody_time_limit = Some(date(2026, 11, 30));
        let recorded = limit(&charge).unwrap();
        assert_eq!((recorded.days, recorded.stage), (None, None));
    }

    #[test]
    fn days_left_and_urgency_turn_at_the_last_day_and_at_fourteen() {
        let limit = limit(&charge()).unwrap();
        for (today, left, urgency) in [
            (date(2026, 11, 15), 15, Urgency::Later),
            (date(2026, 11, 16), 14, Urgency::Near),
            (date(2026, 11, 30), 0, Urgency::Near),
            (date(2026, 12, 1), -1, Urgency::Past),
        ] {
            assert_eq!(limit.days_left(today), left);
            assert_eq!(limit.urgency(today), urgency);
        }
    }

    #[test]
    fn only_somebody_in_custody_has_a_limit() {
        let told = |remand, charges: Vec<Charge>| {
            let defendant = Defendant {
                name: "Jordan Blake".to_owned(),
                remand,
                youth: false,
                charges,
            };
            let limits = of_defendant(&defendant);
            limits.iter().map(|one| one.limit.err()).collect::<Vec<_>>()
        };
        let undated = || Charge {
            custody_start: None,
            ..charge()
        };
        assert_eq!(told(Some(RemandStatus::Bail), vec![charge()]), []);
        assert_eq!(
            told(Some(RemandStatus::Custody), vec![charge(), undated()]),
            [None, Some(Unknown::NoStart)]
        );
        assert_eq!(
            told(Some(RemandStatus::SecureUnit), Vec::new()),
            [Some(Unknown::NoCharge)]
        );
        assert_eq!(told(None, vec![charge(), undated()]), [None]);
    }

    proptest! {
        #![proptest_config(crate::properties())]

        #[test]
        fn a_limit_is_a_working_day_and_never_later_than_the_days_allow(
            offset in 0i32..40_000,
            days in prop::sample::select(vec![56u16, 70, 112, 182]),
            served in 0u32..200,
        ) {
            let start = date(1990, 1, 1).saturating_add(offset.days());
            let expires = expiry(start, days, served);
            let allowed = i64::from(days) - i64::from(served);
            let latest = start.saturating_add(allowed.days());
            prop_assert!(is_working_day(expires) && expires <= latest);
            let mut skipped = expires.saturating_add(1.day());
            while skipped <= latest {
                prop_assert!(!is_working_day(skipped));
                skipped = skipped.saturating_add(1.day());
            }
            // Four days in a row, as at Easter, are the longest gap.
            prop_assert!(days_between(expires, latest) <= 4);
        }

        #[test]
        fn earlier_custody_never_gives_more_time(offset in 0i32..40_000, served in 0u32..182) {
            let start = date(1990, 1, 1).saturating_add(offset.days());
            prop_assert!(expiry(start, 182, served + 1) <= expiry(start, 182, served));
        }
    }
}
