//! What a finished bundle breaks of the rules that it was held against.

use crate::model::words::page_list;
use crate::model::{Finding, Trust};
use crate::verify::{Profile, RuleResult, Status};

/// A finding for each rule that is broken, with where the rule comes from.
pub fn broken_rules(profile: &Profile, results: &[RuleResult]) -> Vec<Finding> {
    results
        .iter()
        .filter(|result| result.status == Status::Fail)
        .map(|result| {
            let pages = page_list(&result.pages);
            let message = match pages.as_str() {
                "" => result.message.clone(),
                pages => format!("{} ({pages})", result.message),
            };
            let trust = match result.trust {
                Trust::Secondary => ", read at second hand",
                Trust::Memory => ", from memory and not verified",
                _ => "",
            };
            let mut finding = Finding::new(result.code, message)
                .hint(format!("rules {}: {}{trust}", profile.name, result.source));
            finding.severity = result.severity;
            finding
        })
        .collect()
}
