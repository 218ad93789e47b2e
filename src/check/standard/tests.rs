//! Cases held against standards.

use std::path::Path;

use super::*;
use crate::manifest::{Case, parse};
use crate::model::{Code, Finding, Severity};

fn case(text: &str) -> Case {
    let reading = parse(text, Path::new("bundle.toml"));
    reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// What is found; documents named "held" are there.
fn found(text: &str) -> Vec<Finding> {
    let case = case(text);
    let standards = Standards::built_in().unwrap();
    check_standard(&case, &standards, &|id| {
        let document = &case.sections[id.section].documents[id.document];
        document.title.starts_with("held")
    })
}

/// The codes of what is missing or outstanding, by what the message says in brackets.
fn open(text: &str) -> Vec<String> {
    let is_open = |finding: &Finding| {
        matches!(finding.code, Code::StandardMissing | Code::StandardOutstanding)
    };
    found(text)
        .into_iter()
        .filter(is_open)
        .map(|finding| {
            let inside = finding.message.split_once('(').unwrap().1;
            inside.split_once(')').unwrap().0.to_owned()
        })
        .collect()
}

const REMAND: &str = "case.title = 'R v B'\ncase.file_standard = 'remand'\n";

#[test]
fn without_a_standard_nothing_is_asked() {
    let exhibit = "case.title = 'x'\n[[section]]\nletter = 'J'\ndocument = [{ file = 'a.pdf', exhibit = 'JS/1' }]";
    assert_eq!(found(exhibit), []);
    let [unknown] = &found("case.title = 'x'\ncase.file_standard = 'trail'")[..] else { panic!() };
    assert_eq!(unknown.code, Code::StandardUnknown);
    assert!(unknown.is_error());
}

#[test]
fn an_item_is_met_by_a_form_by_what_a_document_says_or_by_a_decision() {
    assert_eq!(open(REMAND), ["charges", "MG5", "MG6", "convictions", "MG7"]);
    let text = format!(
        "{REMAND}\
         not_applicable = [{{ item = 'mg7', reason = 'bail is not opposed', initials = 'AA' }}]\n\
         [[section]]\nletter = 'A'\ndocument = [\n\
         {{ title = 'held charges', file = 'a.pdf', form = 'charge sheet' }},\n\
         {{ title = 'held report', file = 'b.pdf', form = 'MG 5', items = ['mg6'] }},\n\
         {{ title = 'held convictions', file = 'c.pdf', form = 'PNC', witness = 'Sam Sample' }},\n\
         {{ title = 'convictions', file = 'd.pdf', form = 'antecedents' }}]"
    );
    // Those of a witness are not those of the suspect, which are listed and not there.
    assert_eq!(open(&text), ["convictions"]);
    let findings = found(&text);
    let of = |code: Code| findings.iter().filter(|finding| finding.code == code).count();
    assert_eq!(of(Code::StandardOutstanding), 1);
    assert_eq!(of(Code::StandardMet), 3);
    assert_eq!(of(Code::StandardNotApplicable), 1);
    let met = findings.iter().find(|finding| finding.code == Code::StandardMet).unwrap();
    assert!(met.message.ends_with("met by section A, \"held charges\""), "{}", met.message);
}

#[test]
fn conditions_are_flags_or_follow_from_the_defendants() {
    let remand = |more: &str| open(&format!("{REMAND}{more}"));
    let asked = |more: &str, item: &str| remand(more).contains(&item.to_owned());
    assert!(!asked("", "interview"));
    assert!(asked("case.flags = ['interview']", "interview"));
    let gap = |more: &str| open(&format!("case.title = 'x'\ncase.file_standard = 'gap'\n{more}"));
    assert!(!gap("").contains(&"MG7".to_owned()));
    assert!(gap("[[defendant]]\nname = 'A B'\nremand = 'custody'").contains(&"MG7".to_owned()));
    let crown =
        |more: &str| open(&format!("case.title = 'x'\ncase.file_standard = 'crown'\n{more}"));
    assert!(!crown("").contains(&"youth-history".to_owned()));
    assert!(
        crown("[[defendant]]\nname = 'A B'\nyouth = true").contains(&"youth-history".to_owned())
    );
    assert_eq!(crown("").iter().filter(|item| item.starts_with("RP")).count(), 8);
}

#[test]
fn nothing_from_memory_or_from_a_secondary_source_is_an_error() {
    for standard in Standards::built_in().unwrap().iter() {
        let text = format!("case.title = 'x'\ncase.file_standard = '{}'", standard.name);
        let findings = found(&text);
        assert!(!findings.is_empty());
        assert!(findings.iter().all(|finding| finding.severity == Severity::Warning));
        assert!(findings.iter().all(|finding| finding.hint.is_some()));
    }
}

#[test]
fn an_entry_that_answers_nothing_is_told() {
    let text = format!(
        "{REMAND}not_applicable = [{{ item = 'MG6D', reason = 'r', initials = 'A' }}]\n\
         [[section]]\nletter = 'A'\ndocument = [{{ title = 'held', file = 'a.pdf', items = ['RP9'] }}]"
    );
    let unmatched: Vec<_> =
        found(&text).into_iter().filter(|finding| finding.code == Code::ItemUnmatched).collect();
    assert_eq!(unmatched.len(), 2, "{unmatched:?}");
    assert!(unmatched[1].message.contains("\"RP9\""));
}

#[test]
fn witnesses_and_exhibits_need_statements_and_runs_no_gaps() {
    let text = "case.title = 'x'\ncase.file_standard = 'gap'\ncase.witnesses = ['PC 1234 SMITH', 'Ann Other']\n\
        [[section]]\nletter = 'B'\ndocument = [\n\
        { title = 'held 1', file = '1.pdf', form = 'MG11', witness = 'PC 1234 Smith' },\n\
        { title = 'held 2', file = '2.pdf', form = 'MG15', witness = 'Zoë Young' },\n\
        { title = 'held 3', file = '3.pdf', exhibit = 'JS/1' },\n\
        { title = 'held 4', file = '4.pdf', exhibit = 'JS/4' },\n\
        { title = 'held 5', file = '5.pdf', exhibit = 'QX/1' },\n\
        { title = 'held 6', file = '6.pdf', exhibit = 'QX/2', witness = 'PC 1234 Smith' }]";
    let findings = found(text);
    let said = |code: Code| -> Vec<&str> {
        let right = findings.iter().filter(|finding| finding.code == code);
        right.map(|finding| finding.message.as_str()).collect()
    };
    assert_eq!(
        said(Code::WitnessWithoutStatement),
        [
            "no statement of the witness Ann Other is listed",
            "no statement of the witness Zoë Young is listed"
        ]
    );
    assert_eq!(
        said(Code::ExhibitWithoutStatement),
        ["no statement is listed of a witness who can have produced QX/1"]
    );
    assert_eq!(said(Code::ExhibitGap), ["JS/2, JS/3 are not listed among the exhibits of JS"]);
}
