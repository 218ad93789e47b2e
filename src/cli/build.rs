//! `build` and `report` as typed.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use courtbundle::bundle::{Options, Shard};
use courtbundle::casework::hearings::heard::HearingDays;

use super::Format;

pub(crate) const BUILD_EXIT_CODES: &str = "\
A bundle is left as it is while nothing that it is made from has changed since it was built.

Exit codes:
  0  done, and nothing stands in the way
  1  done, but something is missing or breaks a rule, or a case was refused
  2  could not be done: bad usage, bad manifest, unreadable file, I/O
  130  stopped with Ctrl-C; what was not finished was not written";

pub(crate) const MERGE_EXIT_CODES: &str = "\
Exit codes:
  0  every bundle of every report is there, and nothing stands in the way
  1  something is missing or breaks a rule, or a case was refused
  2  something could not be done, or a report is missing, there twice, or none";

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// For people or for scripts
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Only cases heard then: today, tomorrow, next-working-day, a date, or two as 2026-11-23..2026-11-27
    #[arg(long, value_name = "WHEN")]
    pub(crate) hearing: Option<HearingDays>,
    /// Build anew what is up to date, too
    #[arg(long)]
    pub(crate) force: bool,
    /// Build although required documents are missing; a sheet keeps the place of each
    #[arg(long)]
    pub(crate) allow_missing: bool,
    /// Take what is left of damaged files, with a warning that says what is lost
    #[arg(long)]
    pub(crate) allow_damaged: bool,
    /// Refuse a bundle about which there is a warning
    #[arg(long)]
    pub(crate) strict: bool,
    /// Print the page plan without writing anything
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// Build only the bundle of this name
    #[arg(long, value_name = "NAME")]
    pub(crate) bundle: Option<String>,
    /// Build only the K-th of N parts of the cases, as 3/16, so that N computers build all of them
    #[arg(long, value_name = "K/N")]
    pub(crate) shard: Option<Shard>,
}

impl Build {
    /// What is allowed and demanded.
    pub(crate) fn options(&self) -> Options {
        Options {
            allow_missing: self.allow_missing,
            allow_damaged: self.allow_damaged,
            strict: self.strict,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(subcommand)]
    pub(crate) action: ReportAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportAction {
    /// Join what `build --format json` wrote for each shard into one report, and exit as one build of all cases would
    #[command(after_help = MERGE_EXIT_CODES)]
    Merge(Merge),
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The reports, as JSON files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// For people or for scripts
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
}
