//! From a case to a bundle or to the reasons why there is none.

use super::inputs::Inputs;
use super::rules::refusal;
use super::{BuildError, Draft, Record, Request, draft, record, write};
use crate::check::{Examined, Standing, display, examine};
use crate::model::FindingRow;
use crate::model::{Code, Finding};
use crate::pdf::write::Written;

/// What came of one bundle.
#[derive(Debug)]
pub struct Attempt {
    /// The record for scripts.
    pub record: Record,
    /// Everything found on the way.
    pub findings: Vec<Finding>,
    /// What there is in the end.
    pub end: End,
}

/// The end of an attempt.
#[derive(Debug)]
pub enum End {
    /// The bundle is there; whether it is whole.
    Built(Box<Draft>, Written, Standing),
    /// The bundle is planned, as asked for, and not written.
    Planned(Box<Draft>, Standing),
    /// Something is missing or breaks a rule.
    Refused,
    /// It could not be done.
    Failed,
    /// The user stopped it.
    Stopped,
}

/// Checks, plans and, unless only the plan is wanted, writes one bundle. `findings` are those of the
/// manifest.
pub fn attempt(request: &Request<'_>, findings: Vec<Finding>, only_plan: bool) -> Attempt {
    if let Err(error) = request.go_on() {
        return from_error(request, findings, error);
    }
    // First of all: what changes from here on is then a change since this build.
    let inputs = Inputs::surveyed(request);
    let Examined { mut findings, kept_back, standing } =
        examine(request.case, request.evidence, findings, request.extent());
    if findings.iter().any(Finding::is_error) {
        let is_shared = |finding: &Finding| finding.code == Code::DuplicateOutput;
        let failed = standing == Standing::Unreadable || findings.iter().any(is_shared);
        findings.extend(kept_back);
        return stopped(request, findings, if failed { End::Failed } else { End::Refused });
    }
    let draft = match draft(request) {
        Err(error) => return from_error(request, findings, error),
        Ok(draft) => Box::new(draft),
    };
    findings.extend(draft.findings.iter().cloned());
    if let Some(refusal) = refusal(request, &findings) {
        findings.extend(kept_back);
        findings.extend(refusal);
        return stopped(request, findings, End::Refused);
    }
    if only_plan {
        findings.extend(kept_back);
        let record = record(request, &draft, None, &findings);
        return Attempt { record, findings, end: End::Planned(draft, standing) };
    }
    (request.expected)(draft.plan.page_count());
    match write(request, &draft, inputs.as_ref(), findings.clone()) {
        Err(error) => from_error(request, findings, error),
        Ok(built) => {
            let findings = [built.findings, kept_back].concat();
            Attempt {
                record: Record {
                    inputs: built.inputs,
                    ..record(request, &draft, Some(&built.written), &findings)
                },
                findings,
                end: End::Built(draft, built.written, standing),
            }
        }
    }
}

fn from_error(request: &Request<'_>, mut findings: Vec<Finding>, error: BuildError) -> Attempt {
    let end = match error {
        BuildError::Plan(_) | BuildError::Rules(_) => End::Refused,
        BuildError::Interrupted => End::Stopped,
        _ => End::Failed,
    };
    findings.extend(error.into_findings());
    stopped(request, findings, end)
}

fn stopped(request: &Request<'_>, findings: Vec<Finding>, end: End) -> Attempt {
    let rows = findings.iter().map(FindingRow::from).collect();
    Attempt {
        record: Record::refused(display(&request.case.manifest), Some(request.bundle), rows),
        findings,
        end,
    }
}
