//! `[assessment]`: file quality as a person recorded it.

use crate::manifest::reader::{Problem, Table, one_of};
use crate::manifest::{Assessment, DisputeOutcome, Failure};
use crate::model::Code;

/// The twenty-three failure reasons in their four families.
const FAILURE_CODES: [&str; 23] = [
    "BR1", "D1", "D2", "D3", "D4", "D5", "D6", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8",
    "E9", "E10", "E11", "E12", "E13", "V1", "V2", "V3",
];

pub(super) fn read(root: &mut Table<'_>) -> Option<Assessment> {
    let mut table = root.table("assessment", "[assessment]")?;
    let assessment = Assessment {
        eligible: table.flag("eligible", true),
        assessed_on: table.date("assessed_on").map(|date| date.value),
        deadline: table.date("deadline").map(|date| date.value),
        failures: table
            .tables("failures", "[[assessment.failures]]")
            .into_iter()
            .filter_map(failure)
            .collect(),
    };
    check_deadline(&assessment, &table);
    table.finish();
    Some(assessment)
}

/// Nothing can be recorded of a dispute before there is something to dispute.
fn check_deadline(assessment: &Assessment, table: &Table<'_>) {
    if let (Some(assessed), Some(deadline)) = (assessment.assessed_on, assessment.deadline)
        && deadline < assessed
    {
        let message = format!("\"deadline\" is {deadline}, before the assessment of {assessed}");
        let problem = Problem::new(Code::BadValue, message)
            .hint("outcomes are recorded after the assessment: check both dates");
        table.log().report(table.key_at("deadline"), problem);
    }
}

fn failure(mut table: Table<'_>) -> Option<Failure> {
    let code = table.parsed("code", code);
    if !table.has("code") {
        table.missing("code", "give the code of the reason: code = \"E13\"");
    }
    let disputed = table.flag("disputed", false);
    let outcome = table.choice("outcome").map(|outcome| outcome.value);
    check_outcome(disputed, outcome, &table);
    table.finish();
    Some(Failure { code: code?.value, disputed, outcome })
}

/// What nobody disputes has no outcome of a dispute, and what is disputed has one or none yet.
fn check_outcome(disputed: bool, outcome: Option<DisputeOutcome>, table: &Table<'_>) {
    let (message, hint) = match (disputed, outcome) {
        (
            false,
            Some(DisputeOutcome::DisputedSuccessfully | DisputeOutcome::DisputedUnsuccessfully),
        ) => (
            "the outcome is that of a dispute, and \"disputed\" is false",
            "write disputed = true, or outcome = \"not-disputed\"",
        ),
        (true, Some(DisputeOutcome::NotDisputed)) => (
            "the outcome is \"not-disputed\", and \"disputed\" is true",
            "write disputed = false, or the outcome of the dispute",
        ),
        _ => return,
    };
    let problem = Problem::new(Code::BadValue, message).hint(hint).into_warning();
    table.log().report(table.key_at("outcome"), problem);
}

fn code(text: &str) -> Result<String, Problem> {
    let code = text.to_uppercase();
    one_of("failure code", &code, &FAILURE_CODES)?;
    Ok(code)
}
