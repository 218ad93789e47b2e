//! Failures whose outcome nobody has recorded, and until when that can be done.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Month;
use crate::check::custody::days_between;
use crate::manifest::{Assessment, Case, Failure};

/// The days after the end of the month of the assessment in which outcomes are recorded (court-rules C3; trust S: from a
/// prototype of the CPS, in no official text).
pub const USUAL_DAYS: u16 = 42;

/// From so many days before the deadline an undisputed failure is told, too.
const NEAR_DAYS: i32 = 14;

/// One failure without an outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenFailure<'c> {
    /// The case.
    pub case: &'c Case,
    /// The failure.
    pub failure: &'c Failure,
    /// The last day.
    pub deadline: Date,
    /// Whether the manifest records that day.
    pub is_recorded: bool,
    /// The days left; negative once it is past.
    pub days_left: i32,
}

impl OpenFailure<'_> {
    /// Whether the deadline is near or past.
    pub fn presses(&self) -> bool {
        self.days_left <= NEAR_DAYS
    }
}

/// Every open dispute, and what is undisputed as its deadline comes near, by deadline. Only of files that count and, where a
/// month is given, that were assessed in it; `days` stands in where a manifest has no deadline of its own.
pub fn open_failures(
    cases: &[Case],
    period: Option<Month>,
    days: u16,
    today: Date,
) -> Vec<OpenFailure<'_>> {
    let mut open = Vec::new();
    for case in cases {
        let Some(assessment) = case.assessment.as_ref().filter(|one| one.eligible) else {
            continue;
        };
        let is_of_period = period.is_none() || assessment.assessed_on.map(Month::of) == period;
        let Some(deadline) = deadline(assessment, days).filter(|_| is_of_period) else {
            continue;
        };
        let undecided = assessment.failures.iter().filter(|one| one.outcome.is_none());
        let told = undecided.map(|failure| OpenFailure {
            case,
            failure,
            deadline,
            is_recorded: assessment.deadline.is_some(),
            days_left: days_between(today, deadline),
        });
        open.extend(told.filter(|one| one.failure.disputed || one.presses()));
    }
    open.sort_by_key(|one| (one.deadline, &one.case.manifest));
    open
}

/// The day that the manifest records, or the usual one. Without the day of the assessment there is none.
fn deadline(assessment: &Assessment, days: u16) -> Option<Date> {
    let usual = |assessed: Date| assessed.last_of_month().saturating_add(i32::from(days).days());
    assessment.deadline.or(assessment.assessed_on.map(usual))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::manifest::parse;

    fn told(assessment: &str, today: Date) -> Vec<(String, Date, i32)> {
        let text = format!("case.title = 'x'\n[assessment]\n{assessment}");
        let cases = [parse(&text, Path::new("x")).case.unwrap()];
        let open = open_failures(&cases, None, USUAL_DAYS, today);
        open.iter().map(|one| (one.failure.code.clone(), one.deadline, one.days_left)).collect()
    }

    #[test]
    fn the_deadline_is_counted_from_the_end_of_the_month_unless_it_is_recorded() {
        let dispute = "failures = [{ code = 'E13', disputed = true }]";
        let october = format!("assessed_on = 2026-10-05\n{dispute}");
        let found = told(&october, date(2026, 10, 6));
        assert_eq!(found, [("E13".to_owned(), date(2026, 12, 12), 67)]);
        let recorded = format!("deadline = 2026-11-01\n{october}");
        assert_eq!(told(&recorded, date(2026, 11, 3))[0].2, -2);
        assert_eq!(told(dispute, date(2026, 11, 3)), []);
    }

    #[test]
    fn what_is_undisputed_is_told_when_it_presses_and_what_is_decided_never() {
        let two = "assessed_on = 2026-10-05\nfailures = [{ code = 'E1' }, { code = 'E2', disputed = true, outcome = 'disputed-successfully' }]";
        assert_eq!(told(two, date(2026, 11, 27)), []);
        assert_eq!(told(two, date(2026, 11, 28)), [("E1".to_owned(), date(2026, 12, 12), 14)]);
        assert_eq!(told(&format!("eligible = false\n{two}"), date(2026, 11, 28)), []);
    }

    #[test]
    fn a_month_has_its_own() {
        let text = "case.title = 'x'\n[assessment]\nassessed_on = 2026-10-05\nfailures = [{ code = 'E1', disputed = true }]";
        let cases = [parse(text, Path::new("x")).case.unwrap()];
        let open = |month: &str| {
            let month = Some(month.parse().unwrap());
            open_failures(&cases, month, USUAL_DAYS, date(2026, 11, 1)).len()
        };
        assert_eq!((open("2026-10"), open("2026-11")), (1, 0));
    }
}
