//! Keeps what people read short: a case of ten thousand documents has as many notes.

use std::collections::{BTreeMap, HashMap};

use super::count;
use super::over_pages::over_pages;
use crate::model::{Code, Finding, Severity};

/// How many notes that say the same are each worth a line.
const MAX_ALIKE: usize = 3;

/// How many findings of one rule are told one by one.
const MAX_OF_A_RULE: usize = 20;

/// The findings for people, errors first, and a line for each rule of which some are left out.
/// Errors are never left out; notes that say the same of many documents become one.
pub fn for_people(findings: &[Finding]) -> (Vec<Finding>, Vec<String>) {
    let mut told = folded(&over_pages(findings));
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    told.retain(|finding| {
        let number = counts.entry(finding.code).or_default();
        *number += 1;
        finding.is_error() || *number <= MAX_OF_A_RULE
    });
    let left_out = |code: &Code, number: usize| {
        let shown = told.iter().filter(|finding| finding.code == *code).count();
        number - shown
    };
    let more = counts
        .iter()
        .filter(|(code, number)| left_out(code, **number) > 0)
        .map(|(code, number)| {
            let left_out = left_out(code, *number);
            format!(
                "note: {left_out} more findings of the rule {code}; --format json lists them all"
            )
        })
        .collect();
    (told, more)
}

/// The findings, errors first, notes that say the same made one.
fn folded(findings: &[Finding]) -> Vec<Finding> {
    let mut alike: HashMap<(Code, &str), usize> = HashMap::new();
    let notes = findings.iter().filter(|finding| finding.severity == Severity::Info);
    for finding in notes {
        *alike.entry((finding.code, gist(finding))).or_default() += 1;
    }
    let mut told: Vec<Finding> = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        for finding in findings.iter().filter(|finding| finding.severity == severity) {
            match alike.get_mut(&(finding.code, gist(finding))) {
                // Told already with the first of its kind.
                Some(0) => {}
                Some(number) if *number > MAX_ALIKE && finding.severity == Severity::Info => {
                    let noun = match finding.code {
                        Code::StandardMet => "requirement",
                        _ => "document",
                    };
                    let message = format!("{}: {}", count(*number, noun), gist(finding));
                    let mut one = Finding::new(finding.code, message);
                    one.severity = finding.severity;
                    told.push(one);
                    *number = 0;
                }
                _ => told.push(finding.clone()),
            }
        }
    }
    told
}

/// What a note says, less what differs from document to document.
fn gist(finding: &Finding) -> &str {
    match finding.code {
        Code::NumberMoved => {
            "on some pages the usual place of the number is taken; it stands at the next free one"
        }
        Code::StandardMet => "met, by the documents that --format json names",
        _ => &finding.message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repeated(code: Code, message: &str, number: usize) -> Vec<Finding> {
        (0..number).map(|_| Finding::new(code, message)).collect()
    }

    #[test]
    fn many_notes_of_one_kind_become_one_line_and_errors_come_first() {
        let mut findings = repeated(Code::Undated, "it has no date", 9);
        findings.extend(repeated(Code::DocumentMissing, "missing", 1));
        findings.extend(repeated(Code::DocumentDecrypted, "it was encrypted", 1));
        let (told, more) = for_people(&findings);
        let told: Vec<String> = told.into_iter().map(|finding| finding.message).collect();
        assert_eq!(told, ["missing", "9 documents: it has no date", "it was encrypted"]);
        assert!(more.is_empty());
    }

    #[test]
    fn what_is_left_out_is_counted_and_errors_are_never_left_out() {
        let mut findings = repeated(Code::DocumentMissing, "missing", 30);
        findings.extend((0..25).map(|number| Finding::new(Code::SameFile, format!("as {number}"))));
        let (told, more) = for_people(&findings);
        assert_eq!(told.len(), 30 + MAX_OF_A_RULE);
        assert_eq!(
            more,
            ["note: 5 more findings of the rule same-file; --format json lists them all"]
        );
    }
}
