//! Files of profiles as typed.

use regex::Regex;
use serde::Deserialize;

use super::{NumbersBy, PaperSize, ProfileError, Route, Rule, RuleLimits};
use crate::manifest::Position;
use crate::model::{Audience, Severity, Trust};
use crate::verify::RULES;

/// The file as typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfilesFile {
    #[serde(default)]
    pub(super) profile: Vec<TypedProfile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedProfile {
    pub(super) name: String,
    pub(super) title: Option<String>,
    pub(super) extends: Option<String>,
    pub(super) numbering: Option<NumbersBy>,
    #[serde(default)]
    pub(super) rule: Vec<TypedRule>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TypedSeverity {
    Off,
    Info,
    Warning,
    Error,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedRule {
    pub(super) code: String,
    pub(super) severity: TypedSeverity,
    pub(super) source: Option<String>,
    pub(super) trust: Option<Trust>,
    pub(super) audiences: Option<Vec<Audience>>,
    pub(super) pages: Option<usize>,
    pub(super) dpi: Option<u32>,
    pub(super) kb_per_page: Option<u64>,
    pub(super) routes: Option<Vec<Route>>,
    pub(super) pattern: Option<String>,
    pub(super) example: Option<String>,
    pub(super) place: Option<Position>,
    pub(super) size: Option<PaperSize>,
}

impl TypedRule {
    /// The rule, with what it leaves out taken from the profile below.
    pub(super) fn resolve(self, profile: &str, base: Option<&Rule>) -> Result<Rule, ProfileError> {
        let code = RULES
            .iter()
            .copied()
            .find(|code| code.as_str() == self.code)
            .ok_or_else(|| ProfileError::UnknownRule(profile.to_owned(), self.code.clone()))?;
        let severity = match self.severity {
            TypedSeverity::Off => None,
            TypedSeverity::Info => Some(Severity::Info),
            TypedSeverity::Warning => Some(Severity::Warning),
            TypedSeverity::Error => Some(Severity::Error),
        };
        let below = base.map(|base| base.limits.clone()).unwrap_or_default();
        let pattern = match self.pattern {
            None => below.pattern,
            Some(pattern) => Some(Regex::new(&pattern).map_err(|error| {
                ProfileError::BadPattern(profile.to_owned(), error.to_string())
            })?),
        };
        let limits = RuleLimits {
            pages: self.pages.or(below.pages),
            dpi: self.dpi.or(below.dpi),
            kb_per_page: self.kb_per_page.or(below.kb_per_page),
            routes: self.routes.unwrap_or(below.routes),
            pattern,
            example: self.example.or(below.example),
            place: self.place.or(below.place),
            size: self.size.or(below.size),
        };
        let trust = self.trust.or(base.map(|base| base.trust)).unwrap_or(Trust::Practice);
        if trust == Trust::Memory && severity == Some(Severity::Error) {
            return Err(ProfileError::MemoryAsError(profile.to_owned(), code.as_str()));
        }
        if severity.is_some()
            && let Some(key) = limits.missing(code)
        {
            return Err(ProfileError::MissingLimit(profile.to_owned(), code.as_str(), key));
        }
        Ok(Rule {
            code,
            severity,
            source: self
                .source
                .or_else(|| base.map(|base| base.source.clone()))
                .unwrap_or_default(),
            trust,
            audiences: self.audiences.or_else(|| base.and_then(|base| base.audiences.clone())),
            limits,
        })
    }
}
