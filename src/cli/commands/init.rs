//! `init`: drafts a manifest.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use courtbundle::check::MANIFEST_NAME;
use courtbundle::check::display;
use courtbundle::draft;
use courtbundle::model::atomic_write;
use courtbundle::report::count;

use super::{Outcome, init_forms, standards};
use crate::cli::Init;
use crate::cli::console::Console;

pub(crate) fn run(init: &Init, console: &Console) -> anyhow::Result<Outcome> {
    if init.forms {
        return init_forms::run(&init.folder, console);
    }
    let folder = display(&init.folder);
    let manifest = init.folder.join(MANIFEST_NAME);
    // Before anything is said about a draft that nobody will see.
    if !init.stdout && manifest.symlink_metadata().is_ok() {
        return Err(there_already(&manifest));
    }
    if !init.folder.exists() {
        bail!(
            "{folder}: there is no such folder\n  hint: check the path; it starts from the folder that you are in"
        );
    }
    let mut draft = draft::draft(&init.folder, &folder_name(&init.folder))?;
    if let Some(name) = &init.standard {
        let known = standards::known(init.standards_file.as_deref())?;
        draft = draft::with_standard(draft, &known, standards::find(&known, name)?);
    }
    draft.toml = init_forms::filled(&draft.toml, &manifest)?;
    draft.notes.iter().for_each(|note| console.note(&format!("note: {note}")));
    if draft.documents == 0 {
        bail!(
            "{folder}: there is no PDF in this folder or below it\n  hint: name the folder that holds the documents of the case"
        );
    }
    if init.stdout {
        console.result(&draft.toml)?;
        return Ok(Outcome::Done);
    }
    write_new(&manifest, &draft.toml, console)?;
    console.result(&format!(
        "Drafted {} with {}.\nRead it, fill in what is missing, then run `courtbundle check {folder}`.\n",
        display(&manifest),
        count(draft.documents, "document"),
    ))?;
    Ok(Outcome::Done)
}

/// The name of a folder, also of one that is named `.`.
fn folder_name(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes a manifest where there is none.
fn write_new(manifest: &Path, text: &str, console: &Console) -> anyhow::Result<()> {
    match atomic_write::write_new(manifest, text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(there_already(manifest)),
        Err(error) => {
            Err(error).with_context(|| format!("{}: cannot be written", display(manifest)))
        }
        Ok(swept) => {
            console.swept(&swept);
            Ok(())
        }
    }
}

fn there_already(manifest: &Path) -> anyhow::Error {
    anyhow!(
        "{}: there is a manifest already, and it is never overwritten\n  hint: use --stdout to see what a new draft would say",
        display(manifest)
    )
}
