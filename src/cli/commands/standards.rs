//! `standards`: the file standards and what each asks for.

use std::path::Path;

use anyhow::{Context, anyhow};
use courtbundle::check::display;
use courtbundle::check::standard::{Standard, Standards};
use courtbundle::model::nearest::hint;
use courtbundle::model::read_text;
use courtbundle::report::{StandardRow, StandardsReport, standard_text, standards_text};

use super::Outcome;
use crate::cli::console::Console;
use crate::cli::{self, Format};

pub(crate) fn run(command: &cli::StandardsArguments, console: &Console) -> anyhow::Result<Outcome> {
    let standards = known(command.standards_file.as_deref())?;
    let chosen: Vec<&Standard> = match &command.name {
        Some(name) => vec![find(&standards, name)?],
        None => standards.iter().collect(),
    };
    match (command.format, &command.name, chosen.first()) {
        (Format::Json, ..) => {
            let report = StandardsReport {
                version: 1,
                standards: chosen
                    .into_iter()
                    .map(|standard| StandardRow::new(&standards, standard))
                    .collect(),
            };
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        (Format::Text, Some(_), Some(standard)) => {
            console.result(&standard_text(&standards, standard))?;
        }
        (Format::Text, ..) => console.result(&standards_text(&standards))?,
    }
    Ok(Outcome::Done)
}

/// The standards of the program and those of the user's own file.
pub(super) fn known(file: Option<&Path>) -> anyhow::Result<Standards> {
    let built_in = Standards::built_in()?;
    let Some(file) = file else {
        return Ok(built_in);
    };
    let text = read_text(file).with_context(|| display(file))?;
    built_in.with(&text).with_context(|| display(file))
}

/// The standard of this name.
pub(super) fn find<'s>(standards: &'s Standards, name: &str) -> anyhow::Result<&'s Standard> {
    standards.find(name).ok_or_else(|| {
        let names: Vec<&str> = standards.iter().map(|one| one.name.as_str()).collect();
        anyhow!(
            "there is no file standard \"{name}\"\n  hint: {}; one of your own comes with --standards-file",
            hint(name, "standards", &names)
        )
    })
}
