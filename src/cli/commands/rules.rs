//! `rules`: the court rule profiles and what stands in them.

use std::path::Path;

use anyhow::Context;
use courtbundle::check::display;
use courtbundle::model::read_text;
use courtbundle::report::{ProfileRow, RulesReport, profile_text, profiles_text};
use courtbundle::verify::{Profile, Profiles};

use super::{Outcome, verify};
use crate::cli::console::Console;
use crate::cli::{Format, Rules};

pub(crate) fn run(command: &Rules, console: &Console) -> anyhow::Result<Outcome> {
    let profiles = profiles(command.rules_file.as_deref())?;
    let chosen: Vec<&Profile> = match &command.name {
        Some(name) => vec![verify::chosen(&profiles, name)?],
        None => profiles.iter().collect(),
    };
    match command.format {
        Format::Json => {
            let report = RulesReport {
                version: 1,
                profiles: chosen.into_iter().map(ProfileRow::from).collect(),
            };
            console.result(&(serde_json::to_string_pretty(&report)? + "\n"))?;
        }
        Format::Text => match (&command.name, chosen.first()) {
            (Some(_), Some(profile)) => console.result(&profile_text(profile))?,
            _ => console.result(&profiles_text(&profiles))?,
        },
    }
    Ok(Outcome::Done)
}

/// The profiles of the program and those of the user's own file.
pub(super) fn profiles(file: Option<&Path>) -> anyhow::Result<Profiles> {
    let built_in = Profiles::built_in()?;
    let Some(file) = file else {
        return Ok(built_in);
    };
    let text = read_text(file).with_context(|| display(file))?;
    built_in.with(&text).with_context(|| display(file))
}
