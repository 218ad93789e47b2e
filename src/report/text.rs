//! Words for people.

use crate::manifest::Case;

/// A case in one line: `R v Blake (01AB1234526), Crown Court at Leeds`.
pub fn case_heading(case: &Case) -> String {
    let urn = case.urn.as_ref().map(|urn| format!(" ({urn})")).unwrap_or_default();
    let court = case.court.as_ref().map(|court| format!(", {court}")).unwrap_or_default();
    format!("{}{urn}{court}", case.title)
}
