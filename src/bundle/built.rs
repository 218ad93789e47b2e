//! What was built before, by the audit record beside each bundle.

use std::fs;

use serde::Deserialize;

use crate::check::audit_record;
use crate::manifest::{Bundle, Case};
use crate::model::Audience;

/// What is read of a record.
#[derive(Deserialize)]
struct OldRecord {
    pages: Option<u32>,
}

/// The pages of the bundle of a case that is built, the court's first; `None` where there is none, or
/// its audit record cannot be read. A record whose bundle is gone does not count.
pub fn built_pages(case: &Case) -> Option<u32> {
    let court = |bundle: &&Bundle| bundle.audience == Audience::Court;
    let of_court = case.bundles.iter().filter(court);
    let of_others = case.bundles.iter().filter(|bundle| !court(bundle));
    of_court.chain(of_others).find_map(|bundle| pages(case, bundle))
}

fn pages(case: &Case, bundle: &Bundle) -> Option<u32> {
    let output = case.folder.join(&bundle.output);
    if !output.is_file() {
        return None;
    }
    let record = fs::read(audit_record(&output)).ok()?;
    serde_json::from_slice::<OldRecord>(&record).ok()?.pages
}
