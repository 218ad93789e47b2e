//! What came of a rule, and the words for it.

use std::collections::BTreeSet;

use crate::model::words::count;

/// Examples named in one message; the pages are all listed.
pub(super) const EXAMPLES: usize = 3;

/// What came of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::verify) enum Outcome {
    /// It is kept.
    Pass,
    /// There is nothing that it could be tested on.
    NotApplicable(&'static str),
    /// It is broken.
    Fail {
        /// The pages concerned, from 0, in order; empty for the file as a whole.
        pages: Vec<usize>,
        /// What is wrong.
        message: String,
    },
}

impl Outcome {
    pub(super) fn of_pages(pages: Vec<usize>, message: impl FnOnce(&[usize]) -> String) -> Self {
        if pages.is_empty() {
            return Self::Pass;
        }
        let message = message(&pages);
        Self::Fail { pages, message }
    }

    pub(super) fn of_file(message: impl Into<String>) -> Self {
        Self::Fail { pages: Vec::new(), message: message.into() }
    }

    /// Fails with each fault and its page; the message names the first few.
    #[allow(clippy::needless_pass_by_value, reason = "callers collect it for this alone")]
    pub(super) fn of_faults(faults: Vec<(usize, String)>) -> Self {
        let pages: BTreeSet<usize> = faults.iter().map(|(page, _)| *page).collect();
        let texts: Vec<&str> = faults.iter().map(|(_, fault)| fault.as_str()).collect();
        Self::of_pages(pages.into_iter().collect(), |_| {
            let (first, more) = examples(&texts);
            let more = if more.is_empty() { more } else { format!(";{more}") };
            first.join("; ") + &more
        })
    }

    /// Nothing where every page concerned has been told of already.
    pub(in crate::verify) fn unless_told(self, is_told: impl Fn(usize) -> bool) -> Self {
        match self {
            Self::Fail { pages, .. }
                if !pages.is_empty() && pages.iter().all(|page| is_told(*page)) =>
            {
                Self::Pass
            }
            other => other,
        }
    }

    /// A failure that concerns more pages than its faults name.
    pub(super) fn also_on(self, more: &[usize]) -> Self {
        match self {
            Self::Fail { pages, message } => {
                let pages: BTreeSet<usize> = pages.iter().chain(more).copied().collect();
                Self::Fail { pages: pages.into_iter().collect(), message }
            }
            other => other,
        }
    }
}

/// The first few, and how many more there are, as ` and 2 more`.
pub(super) fn examples<'a>(all: &[&'a str]) -> (Vec<&'a str>, String) {
    let more = all.len().saturating_sub(EXAMPLES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (all.iter().take(EXAMPLES).copied().collect(), more)
}

pub(super) fn shortened(title: &str) -> String {
    const MAX: usize = 60;
    if title.chars().count() <= MAX {
        return title.to_owned();
    }
    let cut: String = title.chars().take(MAX - 1).collect();
    format!("{}…", cut.trim_end())
}

pub(super) fn shows(pages: &[usize]) -> String {
    let verb = if pages.len() == 1 { "shows" } else { "show" };
    format!("{} {verb}", count(pages.len(), "page"))
}

pub(super) fn are(pages: &[usize]) -> String {
    let verb = if pages.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", count(pages.len(), "page"))
}

pub(super) fn listed(pages: &[usize]) -> String {
    format!(
        "{}, from page {}",
        count(pages.len(), "page"),
        pages.first().map_or(0, |page| page + 1)
    )
}
