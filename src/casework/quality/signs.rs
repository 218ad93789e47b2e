//! What the program itself sees of the failure reasons: signs for a person to look at, in no figure.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::reasons::{Reason, Test, reasons};
use crate::check::standard::{Requirement, Standards, check_crossed, requirements};
use crate::manifest::Case;
use crate::model::Code;
use crate::model::DocumentId;

/// The reasons of which a case shows signs, by its file standard; none where it names no known one. `held` says of
/// a document whether it is there.
pub fn signs(
    case: &Case,
    standards: &Standards,
    held: &dyn Fn(DocumentId) -> bool,
) -> Vec<&'static Reason> {
    let name = case.file_standard.as_ref();
    let Some(standard) = name.and_then(|name| standards.find(name)) else {
        return Vec::new();
    };
    let requirements = requirements(case, standards, standard, held);
    let crossed: Vec<Code> = check_crossed(case).iter().map(|one| one.code).collect();
    reasons()
        .iter()
        .filter(|reason| {
            let by_code = match reason.test {
                None => return false,
                Some(Test::Items) => false,
                Some(Test::Witness) => crossed.contains(&Code::WitnessWithoutStatement),
                Some(Test::Exhibit) => crossed.contains(&Code::ExhibitWithoutStatement),
            };
            by_code || requirements.iter().any(|one| is_open(one, reason))
        })
        .collect()
}

/// How many of the files that are eligible and not assessed show signs of each reason, by its code, the most
/// frequent first. `held` says of a document of a case whether it is there.
pub fn signs_of(
    cases: &[Case],
    standards: &Standards,
    held: &dyn Fn(&Case, DocumentId) -> bool,
) -> Vec<(&'static str, usize)> {
    let open = |case: &&Case| {
        let assessment = case.assessment.as_ref();
        assessment.is_none_or(|one| one.eligible && one.assessed_on.is_none())
    };
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for case in cases.iter().filter(open) {
        for reason in signs(case, standards, &|id| held(case, id)) {
            *counts.entry(&reason.code).or_default() += 1;
        }
    }
    let mut found: Vec<_> = reasons()
        .iter()
        .filter_map(|reason| Some((reason.code.as_str(), *counts.get(reason.code.as_str())?)))
        .collect();
    found.sort_by_key(|(_, files)| Reverse(*files));
    found
}

fn is_open(requirement: &Requirement<'_>, reason: &Reason) -> bool {
    requirement.standing.is_open() && reason.items.contains(&requirement.line.item.code)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::manifest::parse;

    #[test]
    fn signs_follow_from_the_standard_and_never_say_what_only_a_person_can() {
        let standards = Standards::built_in().unwrap();
        let codes = |text: &str| -> Vec<&str> {
            let case = parse(text, Path::new("x")).case.unwrap();
            let signs = signs(&case, &standards, &|_| true);
            signs.into_iter().map(|reason| reason.code.as_str()).collect()
        };
        assert_eq!(codes("case.title = 'x'"), [""; 0]);
        assert_eq!(
            codes("case = { title = 'x', file_standard = 'ngap' }"),
            ["D3", "D4", "D6", "E1", "E13"]
        );
        assert_eq!(
            codes(
                "case = { title = 'x', file_standard = 'gap', flags = ['victim', 'medical'], witnesses = ['Ann Other'] }"
            ),
            ["E3", "E13", "V3"]
        );
    }
}
