//! `init`: drafts a manifest.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context, bail};
use courtbundle::source::MANIFEST_NAME;

use super::Outcome;
use crate::cli::Init;
use crate::console::Console;

pub(crate) fn run(init: &Init, console: &Console) -> anyhow::Result<Outcome> {
    let _ = (init, console, OpenOptions::new(), ErrorKind::AlreadyExists, MANIFEST_NAME);
    let _ = std::io::stdout().flush().context("x");
    bail!("not yet")
}
