//! What is wrong with a value, before anybody knows where it stands.

use crate::model::{Code, Finding, Severity};

/// A finding in the making: small enough to be the error of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::manifest) struct Problem {
    /// The rule.
    pub(in crate::manifest) code: Code,
    /// What is wrong.
    pub(in crate::manifest) message: String,
    /// What to do next.
    pub(in crate::manifest) hint: Option<String>,
}

impl Problem {
    pub(in crate::manifest) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    /// The same problem with what to do about it.
    #[must_use]
    pub(in crate::manifest) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The finding that does not stand in the way.
    pub(in crate::manifest) fn into_warning(self) -> Finding {
        let mut finding = Finding::from(self);
        finding.severity = Severity::Warning;
        finding
    }
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        let mut finding = Self::new(problem.code, problem.message);
        finding.hint = problem.hint;
        finding
    }
}
