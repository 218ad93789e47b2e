//! How ready a case is, from the same findings as `check`.

use jiff::civil::Date;
use serde::Serialize;

use super::privacy::what;
use crate::check::custody::days_between;
use crate::check::{Evidence, Examined, Standing, State, listed};
use crate::manifest::Case;
use crate::model::Finding;

/// How ready a case is for its hearing, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Something required is not there, cannot be read, or breaks a rule; `build` would refuse.
    NotReady,
    /// Nothing stands in the way of a bundle, and something required is still awaited.
    Gaps,
    /// Everything required is there, and no rule is broken.
    Ready,
}

impl Readiness {
    /// How a case stands, after all of it has been examined.
    pub fn of(examined: &Examined) -> Self {
        if examined.is_ready() {
            return Self::Ready;
        }
        let refused = examined.findings.iter().any(Finding::is_error)
            || examined.standing == Standing::Unreadable;
        if refused { Self::NotReady } else { Self::Gaps }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotReady => "not ready",
            Self::Gaps => "ready with gaps",
            Self::Ready => "ready",
        }
    }

    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReady => "not-ready",
            Self::Gaps => "gaps",
            Self::Ready => "ready",
        }
    }
}

/// A required document that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingItem {
    /// Its title in the index.
    pub title: String,
    /// What it is, by its form or class.
    pub what: &'static str,
    /// Missing or expected.
    pub state: State,
    /// Whom to ask for it.
    pub supplier: Option<String>,
    /// When it is due, or was.
    pub due: Option<Date>,
}

impl MissingItem {
    /// Since how many days it is overdue; `None` while it is not, or nothing says when it is due.
    pub fn days_overdue(&self, today: Date) -> Option<i32> {
        let days = days_between(self.due?, today);
        (days > 0).then_some(days)
    }
}

/// The required documents that are not there, those that are due first at the head.
pub fn missing(case: &Case, evidence: &Evidence) -> Vec<MissingItem> {
    let mut items: Vec<MissingItem> = listed(case, evidence)
        .filter(|(_, document, _)| document.required)
        .filter_map(|(_, document, held)| {
            let state = State::of(document, held);
            matches!(state, State::Missing | State::Expected).then(|| MissingItem {
                title: document.title.clone(),
                what: what(document),
                state,
                supplier: document.supplier.clone(),
                due: document.due,
            })
        })
        .collect();
    items.sort_by_key(|item| (item.due.is_none(), item.due));
    items
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::check::Availability;
    use crate::check::standard::Standards;
    use crate::check::{Extent, examine};
    use crate::manifest::parse;

    fn state(documents: &str, held: Vec<Availability>) -> (Readiness, Vec<MissingItem>) {
        let text = format!("[case]\ntitle = \"R v X\"\n[[section]]\nletter = \"A\"\n{documents}");
        let case = parse(&text, Path::new("bundle.toml")).case.unwrap();
        let evidence = Evidence { documents: vec![held], ..Evidence::default() };
        let standards = Standards::built_in().unwrap();
        let examined = examine(&case, &evidence, Vec::new(), Extent::Case(&standards));
        (Readiness::of(&examined), missing(&case, &evidence))
    }

    fn gone() -> Availability {
        Availability::Missing { nearest: Vec::new() }
    }

    #[test]
    fn what_is_awaited_is_a_gap_and_what_is_missing_is_not_ready() {
        let awaited =
            "[[section.document]]\ntitle = \"a\"\nstatus = \"expected\"\ndue = 2026-11-30\n";
        let named = "[[section.document]]\ntitle = \"b\"\nfile = \"b.pdf\"\ndue = 2026-11-10\n";
        let (readiness, items) = state(awaited, vec![Availability::NotNamed]);
        assert_eq!((readiness, items.len()), (Readiness::Gaps, 1));
        let (readiness, items) =
            state(&format!("{awaited}{named}"), vec![Availability::NotNamed, gone()]);
        assert_eq!(readiness, Readiness::NotReady);
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["b", "a"]);
        let today = date(2026, 11, 24);
        assert_eq!(items[0].days_overdue(today), Some(14));
        assert_eq!(items[1].days_overdue(today), None);
    }

    #[test]
    fn what_is_not_required_is_not_missed() {
        let optional = "[[section.document]]\ntitle = \"b\"\nfile = \"b.pdf\"\nrequired = false\n";
        let (readiness, items) = state(optional, vec![gone()]);
        assert_eq!((readiness, items.len()), (Readiness::Ready, 0));
    }
}
