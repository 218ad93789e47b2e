//! The `courtbundle` command: parses, runs, reports, exits.

mod cli;
mod commands;
mod console;
mod escapes;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;
use console::Console;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(&cli.common, cli.command.is_json());
    let outcome = commands::run(cli, &console).unwrap_or_else(|error| {
        console.error(&error);
        commands::Outcome::Impossible
    });
    ExitCode::from(outcome as u8)
}
