//! Keeps what people read short: many notes of one kind become one line.

use std::collections::HashMap;

use super::count;
use crate::check::{Code, Finding, Severity};

/// How many notes that say the same are each worth a line.
const MOST_ALIKE: usize = 3;

/// The findings for people, errors first. Notes that say the same of many documents become one;
/// errors and warnings are each told, as each wants something done.
pub fn for_people(findings: &[Finding]) -> Vec<Finding> {
    let mut alike: HashMap<(Code, &str), usize> = HashMap::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.severity == Severity::Info)
    {
        *alike.entry((finding.code, &finding.message)).or_default() += 1;
    }
    let mut told: Vec<Finding> = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        for finding in findings
            .iter()
            .filter(|finding| finding.severity == severity)
        {
            match alike.get_mut(&(finding.code, &finding.message)) {
                // Told already with the first of its kind.
                Some(0) => {}
                Some(number) if *number > MOST_ALIKE => {
                    let message = format!("{}: {}", count(*number, "document"), finding.message);
                    told.push(Finding::new(finding.code, message));
                    *number = 0;
                }
                _ => told.push(finding.clone()),
            }
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_notes_of_one_kind_become_one_line_and_errors_come_first() {
        let note = || Finding::new(Code::Undated, "it has no date");
        let mut findings: Vec<Finding> = (0..9).map(|_| note()).collect();
        findings.push(Finding::new(Code::DocumentMissing, "missing"));
        findings.push(Finding::new(Code::DocumentDecrypted, "it was encrypted"));
        let told: Vec<String> = for_people(&findings)
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            told,
            ["missing", "9 documents: it has no date", "it was encrypted"]
        );
    }

    #[test]
    fn errors_are_never_folded() {
        let findings: Vec<Finding> = (0..9)
            .map(|_| Finding::new(Code::DocumentMissing, "missing"))
            .collect();
        assert_eq!(for_people(&findings).len(), 9);
    }
}
