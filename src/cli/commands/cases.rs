//! Reads manifests, and nothing that they list.

use std::path::PathBuf;

use courtbundle::manifest::{self, Case};
use rayon::prelude::*;

use super::Outcome;
use crate::cli::console::Console;

/// Every case that can be read; what cannot is told, and decides how it ended.
pub(super) fn read(manifests: &[PathBuf], console: &Console) -> (Vec<Case>, Outcome) {
    let readings: Vec<_> =
        manifests.par_iter().map(|manifest| (manifest, manifest::read(manifest))).collect();
    let mut outcome = Outcome::Done;
    let mut cases = Vec::new();
    for (manifest, reading) in readings {
        match reading.case {
            Some(case) => cases.push(case),
            None => {
                outcome = Outcome::Impossible;
                // What is only worth a look belongs to `check`.
                let errors = reading.findings.iter().filter(|one| one.is_error());
                errors.for_each(|finding| console.finding(manifest, finding));
            }
        }
    }
    (cases, outcome)
}
