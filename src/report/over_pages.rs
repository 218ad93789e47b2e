//! One finding in the place of those that say the same of several pages of a document.

use std::collections::HashMap;

use crate::model::words;
use crate::model::{Code, Finding};

/// The findings in their order; those that differ by their page alone are one, which names all of them.
pub(super) fn over_pages(findings: &[Finding]) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    let mut places: HashMap<(Code, Option<usize>, &str), usize> = HashMap::new();
    for finding in findings {
        let key = (finding.code, finding.line, finding.message.as_str());
        let known = places.get(&key).and_then(|place| told.get_mut(*place));
        match known.filter(|one| is_alike(one, finding)) {
            Some(one) => add(one, finding),
            None => {
                places.insert(key, told.len());
                told.push(finding.clone());
            }
        }
    }
    told.into_iter().map(with_pages).collect()
}

fn is_alike(one: &Finding, other: &Finding) -> bool {
    other.page_to_name().is_some()
        && other.pages.is_empty()
        && one.page_to_name().is_some()
        && (one.severity, &one.hint, &one.document)
            == (other.severity, &other.hint, &other.document)
}

fn add(one: &mut Finding, other: &Finding) {
    if one.pages.is_empty() {
        one.pages.extend(one.page);
    }
    one.pages.extend(other.page);
    if let (Some(own), Some(more)) = (&mut one.entries, &other.entries) {
        own.push_str(more);
    }
}

/// Names the pages of a finding that stands for several.
fn with_pages(mut finding: Finding) -> Finding {
    finding.pages.sort_unstable();
    finding.pages.dedup();
    if finding.pages.len() > 1 && finding.page_to_name().is_some() {
        finding.page = finding.pages.first().copied();
        finding.message = format!("{}: {}", words::pages(&finding.pages), finding.message);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_findings_over_pages_are_one_with_their_range() {
        let never =
            |page| Finding::new(Code::NeverServeContent, "it is marked so").on_page(page).hint("h");
        let other = Finding::new(Code::BadRedaction, "a box").on_page(2);
        let several =
            Finding::new(Code::UnsearchablePages, "pages 1-2 are pictures").on_pages(&[1, 2]);
        let all = [never(1), other.clone(), never(3), never(2), several.clone()];
        let told = over_pages(&all);
        assert_eq!(told.len(), 3);
        assert_eq!(told[0].message, "pages 1-3: it is marked so");
        assert_eq!(told[0].page_to_name(), None);
        assert_eq!(told[1..], [other, several]);
        assert_eq!(over_pages(&[never(4)]), [never(4)]);
    }
}
