//! `schema`, `completions` and `man`: what follows from the program itself.

use anyhow::Context;
use clap::CommandFactory;
use courtbundle::check::display;
use courtbundle::manifest::JSON_SCHEMA;

use super::Outcome;
use crate::cli::console::Console;
use crate::cli::{Cli, Completions, Man};

pub(crate) fn schema(console: &Console) -> anyhow::Result<Outcome> {
    console.result(JSON_SCHEMA)?;
    Ok(Outcome::Done)
}

pub(crate) fn completions(command: &Completions, console: &Console) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Cli::command(), "courtbundle", &mut script);
    console.result(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}

pub(crate) fn man(command: &Man, console: &Console) -> anyhow::Result<Outcome> {
    let folder = display(&command.folder);
    std::fs::create_dir_all(&command.folder)
        .with_context(|| format!("{folder}: cannot be made"))?;
    clap_mangen::generate_to(Cli::command(), &command.folder)
        .with_context(|| format!("{folder}: cannot be written"))?;
    console.note(&format!("Wrote the manual pages to {folder}."));
    Ok(Outcome::Done)
}
