//! The `courtbundle` command: parses, runs, reports, exits.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::console::Console;
use cli::Cli;

fn main() -> ExitCode {
    let cli = Cli::parse_from(cli::arguments::arguments());
    let console = Console::new(&cli.common, cli.command.is_json());
    let outcome = cli::commands::run(cli, &console).unwrap_or_else(|error| {
        console.error(&error);
        cli::commands::Outcome::Impossible
    });
    if outcome == cli::commands::Outcome::Stopped {
        cli::console::say_stopped();
    }
    ExitCode::from(outcome as u8)
}
