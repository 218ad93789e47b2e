//! A file per subcommand: wiring only.

mod allocate;
mod build;
mod cases;
mod chase;
mod check;
mod deliver;
mod discover;
mod examine;
mod generated;
mod import;
mod init;
mod init_forms;
mod list;
mod quality;
mod report;
mod rules;
mod standards;
mod verify;

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use crate::cli::console::{Console, stopped};
use crate::cli::{Cli, Command};

/// How a command ended; the worst of several cases counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing stands in the way.
    Done = 0,
    /// Something is missing or breaks a rule, or a case was refused.
    Gaps = 1,
    /// It could not be done.
    Impossible = 2,
    /// The user stopped it.
    Stopped = 130,
}

impl Outcome {
    /// The outcome of an exit code.
    fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Done,
            1 => Self::Gaps,
            130 => Self::Stopped,
            _ => Self::Impossible,
        }
    }
}

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// Ends the program on Ctrl-C: a build once the half-written file beside its output is away, or at once where the user asks
/// a second time; the others at once.
fn watch_for_stop(is_build: bool) -> anyhow::Result<()> {
    let stop = move || {
        let again = STOP.swap(true, Ordering::Relaxed);
        if again || !is_build {
            stopped();
        }
    };
    ctrlc::set_handler(stop).context("cannot watch for Ctrl-C")
}

/// Runs the command.
pub(crate) fn run(cli: Cli, console: &Console) -> anyhow::Result<Outcome> {
    if let Some(jobs) = cli.common.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.get())
            .build_global()
            .context("cannot start threads")?;
    }
    watch_for_stop(matches!(cli.command, Command::Build(_)))?;
    match cli.command {
        Command::Init(init) => init::run(&init, console),
        Command::Check(check) => check::run(&check, cli.common.today()?, console),
        Command::Build(build) => build::run(&build, cli.common.today()?, console),
        Command::Allocate(allocate) => allocate::run(&allocate, cli.common.today()?, console),
        Command::List(list) => list::run(&list, cli.common.today()?, console),
        Command::Report(report) => report::run(&report, console),
        Command::Verify(verify) => verify::run(&verify, console),
        Command::Chase(chase) => chase::run(&chase, cli.common.today()?, console),
        Command::Quality(quality) => quality::run(&quality, cli.common.today()?, console),
        Command::Schema => generated::schema(console),
        Command::Completions(completions) => generated::completions(&completions, console),
        Command::Man(man) => generated::man(&man, console),
        Command::Standards(standards) => standards::run(&standards, console),
        Command::Rules(rules) => rules::run(&rules, console),
    }
}
