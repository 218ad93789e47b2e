//! The command line as typed.

pub(crate) mod arguments;
mod build;
mod casework;
pub(crate) mod commands;
pub(crate) mod console;
pub(crate) mod escapes;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use courtbundle::casework::hearings::heard::{HearingDays, day};
use courtbundle::model::Audience;
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) use crate::cli::casework::{
    Allocate, AllocateFormat, Chase, ChaseFormat, List, ListFormat, QualityArguments,
    QualityFormat, StandardsArguments,
};
pub(crate) use build::{Build, Merge, Report, ReportAction};

const EXIT_CODES: &str = "\
Exit codes:
  0  done, and nothing stands in the way
  1  done, but something is missing or breaks a rule, or a case was refused
  2  could not be done: bad usage, bad manifest, unreadable file, I/O";

const VERIFY_EXIT_CODES: &str = "\
Exit codes:
  0  no rule of severity error is broken (with --strict: and none of severity warning)
  1  one is
  2  could not be done: bad usage, a file that cannot be read";

const CHASE_EXIT_CODES: &str = "\
The ledger chase.toml beside each manifest remembers what was chased; lines are only ever added to it.
An item is ITEM by its title, its file or its exhibit reference, exactly.

Exit codes:
  0  done, and nothing is outstanding
  1  done, and something is outstanding
  2  could not be done: bad usage, bad manifest, a ledger that cannot be read or written";

const QUALITY_EXIT_CODES: &str = "\
A file counts where its manifest has [assessment] with eligible = true, and is assessed where that has assessed_on.
A month holds the files assessed in it, and those not assessed at all.

Exit codes:
  0  done
  1  done, and fewer files than --fail-under met the standard
  2  could not be done: bad usage, bad manifest";

const ALLOCATE_EXIT_CODES: &str = "\
It only proposes: no manifest is changed, and what the court has fixed, courtroom or time, stays as it is.
A hearing longer than a full day (360 minutes) goes on after its day; the days after are not looked at.

Exit codes:
  0  every hearing has a place
  1  one has none, and the output says why
  2  could not be done: bad usage, bad manifest, courtrooms that cannot be read";

/// Bundles court files: checks the evidence, paginates, indexes and links it, and proves the result.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Draft a manifest from the documents found in a folder
    #[command(after_help = EXIT_CODES)]
    Init(Init),
    /// Say whether each case is ready: present, missing, unreadable, breaking a rule
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    /// Check, build, read back and prove the bundles of each case
    #[command(after_help = build::BUILD_EXIT_CODES)]
    Build(Build),
    /// Join what several runs of `build` said, as on the computers of a farm
    Report(Report),
    /// Hold finished bundles, whoever made them, against a court's rules
    #[command(after_help = VERIFY_EXIT_CODES)]
    Verify(Verify),
    /// Say what is missing in all cases, from whom it is to come, and what has been done about it
    #[command(after_help = CHASE_EXIT_CODES)]
    Chase(Chase),
    /// Count how many files met their standard, from what people recorded, and why the others did not
    #[command(after_help = QUALITY_EXIT_CODES)]
    Quality(QualityArguments),
    /// List the file standards, or show what one asks for, and how far each line is to be trusted
    #[command(after_help = EXIT_CODES)]
    Standards(StandardsArguments),
    /// Print the JSON Schema of manifests, with which editors complete and check them
    Schema,
    /// Print the completions of a shell
    Completions(Completions),
    /// Write the manual pages into a folder
    Man(Man),
    /// The court list: hearings by day, courtroom and time, with readiness and custody time limits
    #[command(after_help = EXIT_CODES)]
    List(List),
    /// Propose courtrooms and times for hearings that have none; nothing is changed
    #[command(after_help = ALLOCATE_EXIT_CODES)]
    Allocate(Allocate),
    /// List the court rule profiles, or show the rules of one with their sources
    Rules(Rules),
}

impl Command {
    /// Whether stdout is for a script.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Init(_) => false,
            Self::Check(check) => check.format != CheckFormat::Text,
            Self::Build(build) => build.format == Format::Json,
            Self::Report(Report { action: ReportAction::Merge(merge) }) => {
                merge.format == Format::Json
            }
            Self::Verify(verify) => verify.format != ReportFormat::Text,
            Self::Chase(chase) => chase.format != ChaseFormat::Text,
            Self::Quality(quality) => quality.format != QualityFormat::Text,
            Self::Schema | Self::Completions(_) => true,
            Self::Man(_) => false,
            Self::Standards(standards) => standards.format == Format::Json,
            Self::Allocate(allocate) => allocate.format != AllocateFormat::Text,
            Self::List(list) => list.format != ListFormat::Text,
            Self::Rules(rules) => rules.format == Format::Json,
        }
    }
}

/// Flags that every command has.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// How many cases and files to read at the same time [default: one for each core]
    #[arg(long, global = true, value_name = "N", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Say nothing on stderr but errors, and show no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Work as if it were this day, YYYY-MM-DD [default: today in London]
    #[arg(long, global = true, value_name = "DATE", value_parser = today)]
    pub(crate) today: Option<Date>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    pub(crate) color: Colour,
}

impl Common {
    /// The day that due dates, hearings and custody time limits are counted from.
    pub(crate) fn today(&self) -> anyhow::Result<Date> {
        match self.today {
            Some(today) => Ok(today),
            None => Ok(Timestamp::now().in_tz("Europe/London")?.date()),
        }
    }
}

fn today(text: &str) -> Result<Date, String> {
    day(text).map_err(|why| match why.is_empty() {
        true => "write a date such as 2026-11-24".to_owned(),
        false => why,
    })
}

fn jobs(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "give a number from 1")
}

fn audience() -> impl TypedValueParser<Value = Audience> {
    let named = |word: String| Audience::ALL.into_iter().find(|one| one.as_str() == word);
    PossibleValuesParser::new(Audience::ALL.map(Audience::as_str))
        .try_map(move |word| named(word).ok_or("no such audience"))
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// For whom stdout is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For scripts: one JSON document
    Json,
}

/// For whom `check` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    Text,
    /// For scripts: one JSON document
    Json,
    /// The readiness board: one self-contained page
    Html,
    /// For workflows of GitHub: an annotation for each finding
    Github,
    /// For other build servers: the XML of JUnit, a test for each document
    Junit,
}

/// For whom stdout is written, where there is a page to look at too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For scripts: one JSON document
    Json,
    /// One self-contained page with small pictures of the pages concerned
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder that holds the documents
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Write the likeliest form under each document that has none, into the manifest DIR or those below it
    #[arg(long, conflicts_with_all = ["stdout", "standard"])]
    pub(crate) forms: bool,
    /// Print the draft instead of writing bundle.toml
    #[arg(long)]
    pub(crate) stdout: bool,
    /// Name this file standard, and what it asks for beyond what the folder holds
    #[arg(long, value_name = "NAME")]
    pub(crate) standard: Option<String>,
    /// A file with file standards of your own
    #[arg(long, value_name = "FILE", requires = "standard")]
    pub(crate) standards_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// For people, for scripts, as a board, or for build servers
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,
    /// Only cases heard then, a line for each, worst first: today, tomorrow, next-working-day,
    /// a date, or two as 2026-11-23..2026-11-27
    #[arg(long, value_name = "WHEN")]
    pub(crate) hearing: Option<HearingDays>,
    /// Take what is left of damaged files, with a warning that says what is lost
    #[arg(long)]
    pub(crate) allow_damaged: bool,
    /// A file with file standards of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) standards_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder, made where it is not there
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The bundles, as PDF files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The rules to hold them against; `courtbundle rules` lists them
    #[arg(long, value_name = "NAME", default_value = "general-2021")]
    pub(crate) rules: String,
    /// A file with rule profiles of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) rules_file: Option<PathBuf>,
    /// For whom the bundles are, where known: leaves out rules that do not hold for them
    #[arg(long, value_name = "WHO", value_parser = audience())]
    pub(crate) audience: Option<Audience>,
    /// For people, for scripts, or as a page
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ReportFormat,
    /// Exit with 1 where a rule of severity warning is broken
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// The profile to show [default: a line for each]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// A file with rule profiles of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) rules_file: Option<PathBuf>,
    /// For people or for scripts
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
}
