//! Results into a file, or to stdout.

use std::path::Path;

use anyhow::{Context, bail};
use courtbundle::check::display;
use courtbundle::model::atomic_write;

use crate::cli::console::Console;

/// Prints a result, or writes it whole into a file.
pub(super) fn deliver(
    bytes: &[u8],
    output: Option<&Path>,
    console: &Console,
) -> anyhow::Result<()> {
    let Some(output) = output else {
        // A PDF is no UTF-8, and goes as it is.
        match std::str::from_utf8(bytes) {
            Ok(text) => console.result(text)?,
            Err(_) => console.result_bytes(bytes)?,
        }
        return Ok(());
    };
    let marked;
    let bytes = match is_csv(output) {
        true => {
            marked = [BYTE_ORDER_MARK, bytes].concat();
            &marked
        }
        false => bytes,
    };
    let swept = atomic_write::write(output, bytes)
        .with_context(|| format!("{}: cannot be written", display(output)))?;
    console.swept(&swept);
    console.note(&format!("written to {}", display(output)));
    Ok(())
}

/// Without it Excel takes a table for Windows-1252 and spoils every name with an accent.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn is_csv(output: &Path) -> bool {
    output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// Refuses to fill a terminal with what is no text.
pub(super) fn needs_a_file(output: Option<&Path>, console: &Console) -> anyhow::Result<()> {
    if output.is_none() && console.is_looked_at() {
        bail!(
            "a PDF is not for the terminal\n  hint: write it into a file with --output list.pdf, or send it on with a pipe"
        );
    }
    Ok(())
}

/// Refuses an output that is one of the inputs.
pub(super) fn spares<'p>(
    output: Option<&Path>,
    inputs: impl IntoIterator<Item = &'p Path>,
) -> anyhow::Result<()> {
    // What is not there yet is no input.
    let Some(output) = output.and_then(|output| output.canonicalize().ok()) else {
        return Ok(());
    };
    for input in inputs {
        if input.canonicalize().is_ok_and(|input| input == output) {
            bail!("{}: would be overwritten\n  hint: give --output another name", display(input));
        }
    }
    Ok(())
}
