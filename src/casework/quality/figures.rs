//! The figures: how many files were assessed, how many met the standard, and why the others did not.
//!
//! A file meets the standard if not one failure was recorded: all or nothing. It meets it after disputes if the
//! dispute about every failure was successful. What is not eligible is in no figure.

use std::collections::BTreeMap;

use super::month::Month;
use super::reasons::{Family, reason, reasons};
use crate::manifest::{Case, DisputeOutcome};

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Ratio {
    /// The fraction; `None` of nothing.
    pub fn fraction(self) -> Option<f64> {
        #[allow(clippy::cast_precision_loss, reason = "nobody has so many cases")]
        let fraction = self.part as f64 / self.whole as f64;
        (self.whole > 0).then_some(fraction)
    }

    /// Whole per cent, half rounded up; `None` of nothing.
    pub fn percent(self) -> Option<usize> {
        (self.whole > 0).then(|| (self.part * 200 + self.whole) / (self.whole * 2))
    }

    /// Whether it is less than so many per cent; nothing is not less than anything.
    pub fn is_under(self, percent: f64) -> bool {
        self.fraction().is_some_and(|fraction| fraction * 100.0 < percent)
    }
}

/// How many files failed for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCount {
    /// The code.
    pub code: String,
    /// Its family.
    pub family: Option<Family>,
    /// In how many files it was recorded, disputed or not.
    pub count: usize,
}

/// The figures of some files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Files that count.
    pub eligible: usize,
    /// Of these, how many were assessed.
    pub assessed: usize,
    /// Of these, how many without a failure.
    pub met: usize,
    /// How many without a failure that stands.
    pub met_after_disputes: usize,
    /// The reasons, the most frequent first.
    pub failures: Vec<FailureCount>,
}

impl Figures {
    /// Assessed of eligible.
    pub fn assessed_rate(&self) -> Ratio {
        Ratio { part: self.assessed, whole: self.eligible }
    }

    /// Met of assessed.
    pub fn met_rate(&self) -> Ratio {
        Ratio { part: self.met, whole: self.assessed }
    }

    /// Met after disputes of assessed.
    pub fn met_after_disputes_rate(&self) -> Ratio {
        Ratio { part: self.met_after_disputes, whole: self.assessed }
    }
}

/// By what files are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// The police unit.
    PoliceUnit,
    /// The casework type.
    CaseworkType,
    /// The month of the assessment.
    Month,
}

/// The figures of a group, its key being `None` where the manifest does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// By what.
    pub by: Grouping,
    /// Which group.
    pub key: Option<String>,
    /// Its figures.
    pub figures: Figures,
}

/// All figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// The month, where they are of one.
    pub period: Option<Month>,
    /// Files with an assessment that says that they do not count.
    pub not_eligible: usize,
    /// Files without `[assessment]`.
    pub without: usize,
    /// Those of all files.
    pub all: Figures,
    /// Those of each group.
    pub groups: Vec<Counted>,
}

/// The figures of some cases, or of a month: then of those assessed in it and those not assessed at all. What
/// was assessed in another month belongs to that one.
pub fn quality(cases: &[Case], period: Option<Month>) -> Quality {
    let month = |case: &Case| {
        let assessment = case.assessment.as_ref()?;
        assessment.assessed_on.map(Month::of)
    };
    let eligible: Vec<&Case> = cases
        .iter()
        .filter(|case| case.assessment.as_ref().is_some_and(|one| one.eligible))
        .filter(|case| match (period, month(case)) {
            (Some(period), Some(month)) => period == month,
            _ => true,
        })
        .collect();
    let mut groups = group(&eligible, Grouping::PoliceUnit, |case| case.police_unit.clone());
    groups.extend(group(&eligible, Grouping::CaseworkType, |case| case.casework_type.clone()));
    groups.extend(group(&eligible, Grouping::Month, |case| {
        month(case).map(|month| month.to_string())
    }));
    let recorded = cases.iter().filter_map(|case| case.assessment.as_ref());
    Quality {
        period,
        not_eligible: recorded.clone().filter(|one| !one.eligible).count(),
        without: cases.len() - recorded.count(),
        all: figures(&eligible),
        groups,
    }
}

fn group(cases: &[&Case], by: Grouping, key: impl Fn(&Case) -> Option<String>) -> Vec<Counted> {
    let mut groups: BTreeMap<(bool, Option<String>), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        let key = key(case);
        groups.entry((key.is_none(), key)).or_default().push(case);
    }
    groups
        .into_iter()
        .map(|((_, key), cases)| Counted { by, key, figures: figures(&cases) })
        .collect()
}

fn figures(cases: &[&Case]) -> Figures {
    let mut figures = Figures { eligible: cases.len(), ..Figures::default() };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let assessments = cases.iter().filter_map(|case| case.assessment.as_ref());
    for assessment in assessments.filter(|one| one.assessed_on.is_some()) {
        figures.assessed += 1;
        let failures = &assessment.failures;
        figures.met += usize::from(failures.is_empty());
        let undone = |outcome| outcome == Some(DisputeOutcome::DisputedSuccessfully);
        let stands = failures.iter().any(|failure| !undone(failure.outcome));
        figures.met_after_disputes += usize::from(!stands);
        let mut codes: Vec<&str> = failures.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *counts.entry(code).or_default() += 1;
        }
    }
    let place = |code: &str| reasons().iter().position(|reason| reason.code == code);
    figures.failures = counts
        .into_iter()
        .map(|(code, count)| FailureCount {
            code: code.to_owned(),
            family: reason(code).map(|reason| reason.family),
            count,
        })
        .collect();
    figures
        .failures
        .sort_by_key(|failure| (std::cmp::Reverse(failure.count), place(&failure.code)));
    figures
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::manifest::parse;

    fn case(assessment: &str) -> Case {
        let text = format!("case.title = 'x'\n{assessment}");
        parse(&text, Path::new("x")).case.unwrap()
    }

    fn cases() -> Vec<Case> {
        vec![
            case(""),
            case("assessment = { eligible = false, assessed_on = 2026-10-01 }"),
            case("assessment = { eligible = true }"),
            case("case.police_unit = 'Leeds'\nassessment = { assessed_on = 2026-10-05 }"),
            case(
                "assessment = { assessed_on = 2026-10-31, failures = [{ code = 'E13', disputed = true, outcome = 'disputed-successfully' }] }",
            ),
            case(
                "case.police_unit = 'Leeds'\nassessment = { assessed_on = 2026-10-31, failures = [{ code = 'E13', outcome = 'disputed-successfully' }, { code = 'V3' }] }",
            ),
            case(
                "assessment = { assessed_on = 2026-11-01, failures = [{ code = 'V3' }, { code = 'V3' }] }",
            ),
        ]
    }

    fn numbers(figures: &Figures) -> [usize; 4] {
        [figures.eligible, figures.assessed, figures.met, figures.met_after_disputes]
    }

    #[test]
    fn figures_are_counted_by_hand() {
        let quality = quality(&cases(), None);
        assert_eq!(numbers(&quality.all), [5, 4, 1, 2]);
        assert_eq!((quality.not_eligible, quality.without), (1, 1));
        let counts: Vec<_> =
            quality.all.failures.iter().map(|one| (one.code.as_str(), one.count)).collect();
        assert_eq!(counts, [("E13", 2), ("V3", 2)]);
        let groups: Vec<_> = quality
            .groups
            .iter()
            .map(|one| (one.by, one.key.as_deref(), numbers(&one.figures)))
            .collect();
        assert_eq!(
            groups,
            [
                (Grouping::PoliceUnit, Some("Leeds"), [2, 2, 1, 1]),
                (Grouping::PoliceUnit, None, [3, 2, 0, 1]),
                (Grouping::CaseworkType, None, [5, 4, 1, 2]),
                (Grouping::Month, Some("2026-10"), [3, 3, 1, 2]),
                (Grouping::Month, Some("2026-11"), [1, 1, 0, 0]),
                (Grouping::Month, None, [1, 0, 0, 0]),
            ]
        );
    }

    #[test]
    fn a_month_has_its_own_and_what_is_not_assessed() {
        let month = |text: &str| quality(&cases(), Some(text.parse().unwrap())).all;
        assert_eq!(numbers(&month("2026-10")), [4, 3, 1, 2]);
        assert_eq!(numbers(&month("2026-11")), [2, 1, 0, 0]);
        assert_eq!(numbers(&month("2026-12")), [1, 0, 0, 0]);
        assert_eq!(month("2026-12").met_rate().fraction(), None);
        for wrong in ["2026-13", "2026-1", "October", "2026-10-01"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn half_a_per_cent_is_rounded_up_and_nothing_is_no_rate() {
        let percent = |part, whole| Ratio { part, whole }.percent();
        assert_eq!(percent(1, 8), Some(13));
        assert_eq!(percent(62, 99), Some(63));
        assert_eq!(percent(0, 0), None);
        assert!(Ratio { part: 1, whole: 2 }.is_under(50.5));
        assert!(!Ratio { part: 3, whole: 5 }.is_under(60.0));
        assert!(!Ratio { part: 0, whole: 0 }.is_under(60.0));
    }
}
