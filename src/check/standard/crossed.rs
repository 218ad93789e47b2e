//! Statements, witnesses and exhibits held against each other, as the manifest lists them.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::document_ref;
use crate::disclosure;
use crate::manifest::{Case, Document, Section};
use crate::model::names::{fold, in_order, is_hyphen, name_key};
use crate::model::{Code, Finding};

/// The classes that are a witness's own account.
const STATEMENTS: [&str; 3] = ["MG11", "statement", "witness-interview"];

/// Ranks and titles, which are no part of a name.
const RANKS: [&str; 22] = [
    "pc",
    "wpc",
    "dc",
    "tdc",
    "ps",
    "ds",
    "di",
    "dci",
    "pcso",
    "csi",
    "soco",
    "sgt",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
];

/// More numbers than this missing at one place are another run, not a gap.
const WIDEST_GAP: u32 = 50;

/// Witnesses without a statement, exhibits whose producer has made none, and gaps in the numbers.
pub fn check_crossed(case: &Case) -> Vec<Finding> {
    let authors: BTreeMap<String, &str> = documents(case)
        .filter(|(_, document)| is_statement(document))
        .filter_map(|(_, document)| document.witness.as_deref())
        .map(|name| (name_key(name), name))
        .collect();
    let mut findings = witnesses(case, &authors);
    findings.extend(producers(case, &authors));
    findings.extend(gaps(case));
    findings
}

fn documents(case: &Case) -> impl Iterator<Item = (&Section, &Document)> {
    case.sections
        .iter()
        .flat_map(|section| section.documents.iter().map(move |document| (section, document)))
}

fn is_statement(document: &Document) -> bool {
    disclosure::class_of(document).is_some_and(|class| STATEMENTS.contains(&class.name.as_str()))
}

/// Every witness whom the manifest names and who has made no statement that it lists, once.
fn witnesses(case: &Case, authors: &BTreeMap<String, &str>) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut lacking =
        |name: &str| !authors.contains_key(&name_key(name)) && told.insert(name_key(name));
    let finding = |name: &str| {
        let message = format!("no statement of the witness {name} is listed");
        Finding::new(Code::WitnessWithoutStatement, message).hint(
            "list the statement with form = \"MG11\" and this witness, with status = \"expected\" if it is to come",
        )
    };
    let on_list = case.witnesses.iter();
    let mut findings: Vec<Finding> =
        on_list.filter(|name| lacking(name)).map(|name| finding(name)).collect();
    for (section, document) in documents(case) {
        if let Some(name) = document.witness.as_deref().filter(|name| lacking(name)) {
            let finding = finding(name).of(document_ref(section, document));
            findings.push(finding.at_line(document.line));
        }
    }
    findings
}

/// Every exhibit that nobody with a statement can have produced.
fn producers(case: &Case, authors: &BTreeMap<String, &str>) -> Vec<Finding> {
    let produced = |document: &Document| {
        let reference = document.exhibit.as_ref()?;
        // What names its witness is told with the witnesses.
        let known = document.witness.is_some()
            || authors.values().any(|author| may_have_produced(author, reference.as_str()));
        (!known).then(|| reference.to_string())
    };
    documents(case)
        .filter_map(|(section, document)| {
            let reference = produced(document)?;
            let message =
                format!("no statement is listed of a witness who can have produced {reference}");
            Some(
                Finding::new(Code::ExhibitWithoutStatement, message)
                    .of(document_ref(section, document))
                    .at_line(document.line)
                    .hint("list the producer's statement, or name the producer: witness = \"…\""),
            )
        })
        .collect()
}

/// Numbers that are missing between others of one producer.
fn gaps(case: &Case) -> Vec<Finding> {
    let mut runs: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (_, document) in documents(case) {
        let reference = document.exhibit.as_ref().map(|exhibit| exhibit.as_str());
        if let Some((initials, number)) = reference.and_then(|text| text.split_once('/')) {
            let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            if let Ok(number) = digits.parse() {
                runs.entry(initials.to_owned()).or_default().insert(number);
            }
        }
    }
    runs.into_iter()
        .filter_map(|(initials, numbers)| {
            let pairs = numbers.iter().zip(numbers.iter().skip(1));
            let missing: Vec<String> = pairs
                .filter(|(one, next)| *next - *one <= WIDEST_GAP)
                .flat_map(|(one, next)| (one + 1)..*next)
                .map(|number| format!("{initials}/{number}"))
                .collect();
            (!missing.is_empty()).then(|| {
                let message =
                    format!("{} not listed among the exhibits of {initials}", listed(&missing));
                Finding::new(Code::ExhibitGap, message)
            })
        })
        .collect()
}

fn listed(missing: &[String]) -> String {
    match missing {
        [one] => format!("{one} is"),
        [first, .., last] if missing.len() > 4 => {
            format!("{first} to {last} ({} numbers) are", missing.len())
        }
        several => format!("{} are", several.join(", ")),
    }
}

/// Whether the initials of a reference can be those of a witness. First and last initial decide; of somebody known by
/// a surname alone, as officers are, the last.
fn may_have_produced(name: &str, reference: &str) -> bool {
    let initials: Vec<char> = reference
        .chars()
        .take_while(|c| c.is_alphabetic())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect();
    let name = in_order(name);
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !RANKS.contains(&fold(word).as_str()))
        .filter(|word| !word.chars().any(char::is_numeric))
        .collect();
    let (Some(first), Some(last)) = (initials.first(), initials.last()) else {
        return false;
    };
    let starts = |word: &str, letter: char| fold(word).starts_with(letter);
    let Some((surname, forenames)) = words.split_last() else {
        return false;
    };
    let of_surname = surname.split(is_hyphen).any(|part| starts(part, *last));
    of_surname && forenames.first().is_none_or(|word| starts(word, *first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_held_against_names() {
        for (name, reference) in [
            ("PC 1234 Smith", "JS/1"),
            ("Walter Roberts", "WRo/1"),
            ("Siân Llŷr-Ŵyn", "SLW/1"),
            ("Siân Llŷr-Ŵyn", "SL/2"),
            ("Tobias F. Hale", "TFH/1"),
            ("DC Okafor-Brandt", "EOB/1"),
            ("Llŷr‑Ŵyn, Siân", "SLW/1"),
        ] {
            assert!(may_have_produced(name, reference), "{name} {reference}");
        }
        for (name, reference) in [
            ("PC 1234 Smith", "AB/1"),
            ("Walter Roberts", "JR/1"),
            ("Walter Roberts", "WS/1"),
            ("1234", "AB/1"),
        ] {
            assert!(!may_have_produced(name, reference), "{name} {reference}");
        }
    }
}
