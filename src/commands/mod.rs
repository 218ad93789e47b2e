//! A file per subcommand: wiring only.

mod build;
mod check;
mod discover;
mod init;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use courtbundle::check::{Code, Finding};

use crate::cli::{Cli, Command};
use crate::console::Console;

/// How a command ended; the worst of several cases counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing stands in the way.
    Done = 0,
    /// Something is missing or breaks a rule, or a case was refused.
    Gaps = 1,
    /// It could not be done.
    Impossible = 2,
}

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// How many findings of one rule people are told; the case of ten thousand documents would tell as many.
const MOST_OF_A_RULE: usize = 20;

/// The findings to show to people, and a line for each rule of which some are left out. Errors are
/// never left out.
fn shortened(findings: &[Finding]) -> (Vec<&Finding>, Vec<String>) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    let (errors, others): (Vec<_>, Vec<_>) =
        findings.iter().partition(|finding| finding.is_error());
    let shown = others.into_iter().filter(|finding| {
        let count = counts.entry(finding.code).or_default();
        *count += 1;
        *count <= MOST_OF_A_RULE
    });
    let shown = errors.into_iter().chain(shown).collect();
    let more = counts
        .into_iter()
        .filter(|(_, count)| *count > MOST_OF_A_RULE)
        .map(|(code, count)| {
            let left_out = count - MOST_OF_A_RULE;
            format!(
                "note: {left_out} more findings of the rule {code}; --format json lists them all"
            )
        })
        .collect();
    (shown, more)
}

/// Runs the command.
pub(crate) fn run(cli: Cli, console: &Console) -> anyhow::Result<Outcome> {
    if let Some(jobs) = cli.common.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build_global()
            .context("cannot start threads")?;
    }
    match cli.command {
        Command::Init(init) => init::run(&init, console),
        Command::Check(check) => check::run(&check, console),
        Command::Build(build) => {
            // Without it, the half-written file beside the output would stay behind.
            ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed))
                .context("cannot watch for Ctrl-C")?;
            build::run(&build, console)
        }
    }
}
