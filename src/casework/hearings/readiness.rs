//! How ready a case is, from the same findings as `check`.

use jiff::civil::Date;
use serde::Serialize;

use super::privacy::what;
use crate::check::custody::days_between;
use crate::check::{Evidence, Examined, ListedDocument, Standing, State, listed};
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

    /// The same at the head of a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotReady => "Not ready",
            Self::Gaps => "Ready with gaps",
            Self::Ready => "Ready",
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

/// A required or expected document that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingItem {
    /// Its title in the index.
    pub title: String,
    /// What it is, by its form or class.
    pub what: &'static str,
    /// Missing or expected; or received or cancelled, by the ledger.
    pub state: State,
    /// Whom to ask for it.
    pub supplier: Option<String>,
    /// When it is due, or was.
    pub due: Option<Date>,
}

impl MissingItem {
    /// Since how many days it is overdue; `None` while it is not, or nothing says when it is due.
    pub fn days_overdue(&self, today: Date) -> Option<i32> {
        let days = days_between(self.due.filter(|_| self.state.is_awaited())?, today);
        (days > 0).then_some(days)
    }
}

/// The required and the expected documents that are not there: those that are awaited and due first at the head.
pub fn missing(case: &Case, evidence: &Evidence) -> Vec<MissingItem> {
    let mut items: Vec<MissingItem> = listed(case, evidence)
        .filter(|one| one.document.required || one.document.expected)
        .filter(|one| !matches!(one.state, State::Present | State::Unreadable))
        .map(|ListedDocument { document, state, .. }| MissingItem {
            title: document.title.clone(),
            what: what(document),
            state,
            supplier: document.supplier.clone(),
            due: document.due,
        })
        .collect();
    items.sort_by_key(|item| (!item.state.is_awaited(), item.due.is_none(), item.due));
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
        let examined = examine(
            &case,
            &evidence,
            Vec::new(),
            Extent::Case { standards: &standards, today: date(2026, 11, 24) },
        );
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
    fn what_is_expected_is_a_gap_also_where_it_is_not_required() {
        let optional =
            "[[section.document]]\ntitle = \"b\"\nstatus = \"expected\"\nrequired = false\n";
        let (readiness, items) = state(optional, vec![Availability::NotNamed]);
        assert_eq!((readiness, items.len()), (Readiness::Gaps, 1));
    }

    #[test]
    fn what_is_not_required_is_not_missed() {
        let optional = "[[section.document]]\ntitle = \"b\"\nfile = \"b.pdf\"\nrequired = false\n";
        let (readiness, items) = state(optional, vec![gone()]);
        assert_eq!((readiness, items.len()), (Readiness::Ready, 0));
    }
}
