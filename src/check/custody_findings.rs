//! What the custody time limits of a case say, in words and as findings.

use jiff::civil::Date;

use super::custody::{Basis, ChargeLimit, CustodyState, Limit, calculated, days_between, limits};
use crate::manifest::{Case, Charge};
use crate::model::words::days_left;
use crate::model::{Code, Finding};

/// What to do where a limit stands in the way.
const ACT: &str = "tell the prosecutor now; record an extension as custody_extended_to; where no limit runs, write \
                   custody_limit = \"none\" and custody_reason under the charge";

/// What to do where a limit cannot be worked out.
const RECORD: &str = "write custody_stage and custody_start, or the court's date as custody_time_limit, under the charge; \
                      where no limit runs, custody_limit = \"none\" and custody_reason";

/// What the limits of a case say on a day. It concerns the hearing and no bundle.
pub(super) fn check_custody(case: &Case, today: Date) -> Vec<Finding> {
    let limits = limits(case);
    let told = limits.iter().filter_map(|one| finding(one, today));
    let early = limits.iter().filter_map(|one| {
        let message = early(one.charge?)?;
        let name = &one.defendant.name;
        let finding = Finding::new(Code::CustodyDateEarly, format!("{name}: {message}"));
        Some(finding.hint("check both: a court extends a limit, it does not shorten it"))
    });
    let mut findings: Vec<Finding> = told.chain(early).collect();
    // Two charges of one day are one thing to act on.
    findings.dedup();
    findings
}

fn finding(one: &ChargeLimit<'_>, today: Date) -> Option<Finding> {
    let (code, hint) = match one.state(today) {
        CustodyState::Passed => (Code::CustodyLimitPassed, ACT),
        CustodyState::BeforeHearing => (Code::CustodyLimitBeforeHearing, ACT),
        CustodyState::Unknown => (Code::CustodyLimitUnknown, RECORD),
        CustodyState::Near => (Code::CustodyLimitNear, ACT),
        CustodyState::Running | CustodyState::None => return None,
    };
    let message = format!("custody time limit of {}: {}", whose(one), one.words(today));
    Some(Finding::new(code, message).hint(hint))
}

/// `Jordan Blake, Burglary`.
fn whose(one: &ChargeLimit<'_>) -> String {
    let offence = one.charge.map(|charge| format!(", {}", charge.offence));
    format!("{}{}", one.defendant.name, offence.unwrap_or_default())
}

/// The court's own date where it lies before the one that is worked out.
fn early(charge: &Charge) -> Option<String> {
    if charge.no_custody_limit.is_some() {
        return None;
    }
    let calculated = calculated(charge).ok()?;
    let typed = [
        ("custody_extended_to", charge.custody_extended_to),
        ("custody_time_limit", charge.custody_time_limit),
    ];
    let (key, recorded) = typed.into_iter().find_map(|(key, date)| Some((key, date?)))?;
    (recorded < calculated).then(|| {
        format!(
            "{key} is {recorded}, before {calculated}, the last day that is worked out for {}",
            charge.offence
        )
    })
}

/// A custody time limit that presses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pressing {
    /// How it stands.
    pub state: CustodyState,
    /// Its last day, where that is known.
    pub expires: Option<Date>,
    /// What is said of it; nobody is named.
    pub words: String,
}

impl Pressing {
    /// What is said of it, as `loud` makes it look where the case is not ready because of it.
    pub fn painted(&self, loud: impl Fn(&str) -> String) -> String {
        match self.state.stops() {
            true => loud(&self.words),
            false => self.words.clone(),
        }
    }
}

/// Every limit of a case that presses, those for which it is not ready first, then the earliest; what reads the same only once,
/// as for two charges of one day. None hides another.
pub fn pressing(case: &Case, today: Date) -> Vec<Pressing> {
    let limits = limits(case);
    let all = limits.iter().map(|one| Pressing {
        state: one.state(today),
        expires: one.known().map(|limit| limit.expires),
        words: one.words(today),
    });
    let mut pressing: Vec<Pressing> = all.filter(|one| one.state.presses()).collect();
    pressing.sort();
    pressing.dedup();
    pressing
}

impl ChargeLimit<'_> {
    /// `2026-11-30, 6 days left (calculated, not agreed)`, with a sign where it presses, or why there is no
    /// limit to tell.
    pub fn words(&self, today: Date) -> String {
        let state = self.state(today);
        let sign = if state.presses() { "!! " } else { "" };
        let limit = match self.limit {
            Limit::Ends(limit) => limit,
            Limit::Unknown(unknown) => return format!("{sign}not known: {}", unknown.why()),
            Limit::NotRunning(reason) => return format!("none runs: {reason}"),
        };
        let basis = match limit.basis {
            Basis::Calculated => "calculated, not agreed",
            Basis::Recorded => "recorded by the court",
        };
        let late = match state {
            CustodyState::BeforeHearing => ", BEFORE THE HEARING",
            CustodyState::Near if self.hearing == Some(limit.expires) => ", THE DAY OF THE HEARING",
            _ => "",
        };
        let left = days_left(days_between(today, limit.expires));
        format!("{sign}{}, {left}{late} ({basis})", limit.expires)
    }
}
