//! What a finished bundle breaks of the rules that it was held against.

use crate::manifest::Bundle;
use crate::model::words::page_list;
use crate::model::{Code, Finding, Trust};
use crate::verify::{NumbersBy, Profile, RuleResult, Status};

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

/// Whether the manifest numbers otherwise than the rules ask for. It is the manifest that counts: a court may have said so.
pub fn numbering_differs(bundle: &Bundle, profile: &Profile) -> Option<Finding> {
    if !profile.differs_from(&bundle.numbering.style) {
        return None;
    }
    let asked = match profile.numbering {
        NumbersBy::Section => "a letter and a number for each section, A1, A2, B1",
        NumbersBy::Continuous | NumbersBy::Any => "1 to the last page, as the PDF counts",
    };
    let message = format!(
        "bundle \"{}\": the rules {} ask for the numbers {asked}, and the manifest for others",
        bundle.name, profile.name
    );
    let hint = "change the style under [bundle.numbering], unless the court has asked for this one";
    Some(Finding::new(Code::NumberingDiffers, message).hint(hint))
}
