//! The commands of the casework desk as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use courtbundle::casework::hearings::heard::HearingDays;
use courtbundle::casework::list::court_csv;
use courtbundle::casework::quality::{Month, USUAL_DAYS};

use super::Format;

/// For whom the court list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Text,
    /// For scripts: one JSON document
    Json,
    /// For spreadsheets: a row for each hearing
    Csv,
    /// One self-contained page, on paper a sheet for each courtroom; youths are not named
    Html,
    /// A sheet for each courtroom, ready for paper; youths are not named
    Pdf,
}

/// For whom the list of what is chased is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChaseFormat {
    /// For people: by supplier, then by due date
    Text,
    /// For scripts: one JSON document
    Json,
    /// For spreadsheets
    Csv,
    /// For notes and e-mails: a table for each supplier
    Markdown,
    /// For calendars: an entry on the day when each item is next to be chased
    Ics,
}

#[derive(Debug, Args)]
pub(crate) struct Chase {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// For people, scripts, spreadsheets, notes or calendars
    #[arg(long, value_enum, default_value_t = ChaseFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ChaseFormat,
    /// Only what this supplier is to send; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) supplier: Vec<String>,
    /// Show what was received or cancelled, too (JSON and CSV always do)
    #[arg(long)]
    pub(crate) all: bool,
    /// Days from one chase to the next
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=365))]
    pub(crate) every: u16,
    /// Write a draft letter to each supplier, as .eml files, into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) letters: Option<PathBuf>,
    /// The addresses for the letters, and who signs them
    #[arg(long, value_name = "FILE", requires = "letters")]
    pub(crate) address_book: Option<PathBuf>,
    /// Record in the ledgers that everything outstanding was chased today
    #[arg(long, group = "record")]
    pub(crate) sent: bool,
    /// Record that an item has come by another way than its file
    #[arg(long, value_name = "ITEM", group = "record")]
    pub(crate) received: Option<String>,
    /// Record that an item is no longer wanted
    #[arg(long, value_name = "ITEM", group = "record", requires = "reason")]
    pub(crate) cancel: Option<String>,
    /// Why it is no longer wanted
    #[arg(long, value_name = "TEXT", requires = "cancel", value_parser = reason)]
    pub(crate) reason: Option<String>,
    /// Take back what was recorded last, by a line more in the ledger
    #[arg(long, group = "record", conflicts_with = "supplier")]
    pub(crate) undo: bool,
    /// Who does it, for the ledger [default: the user of this computer]
    #[arg(long, value_name = "NAME", requires = "record", value_parser = name)]
    pub(crate) by: Option<String>,
}

/// A reason that somebody can read later.
fn reason(text: &str) -> Result<String, &'static str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    let has_word = words.into_iter().any(|word| word.chars().nth(1).is_some());
    has_word.then(|| text.trim().to_owned()).ok_or("say in words why it is no longer wanted")
}

fn name(text: &str) -> Result<String, &'static str> {
    let has_letter = text.chars().any(char::is_alphanumeric);
    has_letter.then(|| text.trim().to_owned()).ok_or("give a name or initials")
}

/// For whom the figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum QualityFormat {
    /// For people
    Text,
    /// For scripts: one JSON document
    Json,
    /// For spreadsheets: a line for all files and for each group
    Csv,
    /// One self-contained page with a chart of the months
    Html,
}

#[derive(Debug, Args)]
pub(crate) struct QualityArguments {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only this month, by the day of the assessment, as YYYY-MM [default: all]
    #[arg(long, value_name = "MONTH")]
    pub(crate) month: Option<Month>,
    /// For people, scripts, spreadsheets, or as a page
    #[arg(long, value_enum, default_value_t = QualityFormat::Text, value_name = "FORMAT")]
    pub(crate) format: QualityFormat,
    /// Exit with 1 where fewer than so many per cent of the files assessed met the standard
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(crate) fail_under: Option<f64>,
    /// How many days after the month of the assessment outcomes are recorded, where `deadline` does not say
    #[arg(long, value_name = "DAYS", default_value_t = USUAL_DAYS)]
    pub(crate) outcome_days: u16,
    /// A file with file standards of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) standards_file: Option<PathBuf>,
}

fn percent(text: &str) -> Result<f64, &'static str> {
    let number = text.trim_end_matches('%').trim().parse::<f64>();
    let number = number.ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or("give a number from 0 to 100")
}

#[derive(Debug, Args)]
pub(crate) struct StandardsArguments {
    /// The standard to show [default: a line for each]
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// A file with file standards of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) standards_file: Option<PathBuf>,
    /// For people or for scripts
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
}

/// What comes first in a date of numbers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypedDateOrder {
    /// Day, month, year: 24/11/2026
    Dmy,
    /// Month, day, year: 11/24/2026
    Mdy,
}

impl From<TypedDateOrder> for court_csv::DateOrder {
    fn from(order: TypedDateOrder) -> Self {
        match order {
            TypedDateOrder::Dmy => Self::DayFirst,
            TypedDateOrder::Mdy => Self::MonthFirst,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only hearings of these days: today, tomorrow, next-working-day, a date, or two as
    /// 2026-11-23..2026-11-27 [default: every hearing that has a date]
    #[arg(long, visible_alias = "date", value_name = "WHEN")]
    pub(crate) hearing: Option<HearingDays>,
    /// For people, for scripts, for spreadsheets, or as a page
    #[arg(long, value_enum, default_value_t = ListFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ListFormat,
    /// A file with file standards of your own
    #[arg(long, value_name = "FILE")]
    pub(crate) standards_file: Option<PathBuf>,
    /// Write the list into this file, whole or not at all, in place of printing it
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Say what the court's own list, a CSV file, changes: rooms, times, cases gone, cases without a manifest
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,
    /// Say as well what has changed since an earlier list of the court, row by row, whether there is a manifest or not
    #[arg(long, value_name = "FILE", requires = "import")]
    pub(crate) since: Option<PathBuf>,
    /// A TOML file that names the columns of these lists: urn, case_number, court, courtroom, date, time
    #[arg(long, value_name = "FILE", requires = "import")]
    pub(crate) columns: Option<PathBuf>,
    /// Whether dates of numbers alone, such as 03/12/2026, have day or month first, where the list itself does not show it
    #[arg(long, value_enum, value_name = "ORDER", requires = "import")]
    pub(crate) date_order: Option<TypedDateOrder>,
    /// Write new rooms, times and dates into the manifests as far as they are sure, and nothing else
    #[arg(long, requires = "import")]
    pub(crate) write: bool,
}

/// For whom a proposal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AllocateFormat {
    /// For people
    Text,
    /// For spreadsheets: a row for each hearing
    Csv,
    /// For scripts: one JSON document
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Allocate {
    /// Manifests, or folders that are searched for bundle.toml
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A TOML file with the courtrooms: court, name, what each has, when it sits; examples/rooms.toml shows one
    #[arg(long, value_name = "FILE")]
    pub(crate) rooms: PathBuf,
    /// Only hearings of these days: today, tomorrow, next-working-day, a date, or two as
    /// 2026-11-23..2026-11-27 [default: every hearing]
    #[arg(long, visible_alias = "date", value_name = "WHEN")]
    pub(crate) hearing: Option<HearingDays>,
    /// How long a hearing without an estimate is taken to last
    #[arg(long, value_name = "MINUTES", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=360))]
    pub(crate) usual: u32,
    /// For people, for spreadsheets, or for scripts
    #[arg(long, value_enum, default_value_t = AllocateFormat::Text, value_name = "FORMAT")]
    pub(crate) format: AllocateFormat,
}
