//! `init --forms`: writes the likeliest form under each document of a manifest that has none.

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use courtbundle::check::display;
use courtbundle::draft::{Proposed, propose_form};

use courtbundle::manifest::{self, Case, FormLine, with_forms};
use courtbundle::model::atomic_write;
use courtbundle::report::count;
use rayon::prelude::*;

use super::{Outcome, discover};
use crate::cli::console::Console;

/// What is said where nothing says what a document is.
const UNKNOWN: &str = "neither title, file name nor pages say; open it and write its form";

pub(super) fn run(path: &Path, console: &Console) -> anyhow::Result<Outcome> {
    let (manifests, mut outcome) = discover::manifests(&[path.to_owned()], console);
    for manifest in &manifests {
        outcome = outcome.max(write_into(manifest, console)?);
    }
    Ok(outcome)
}

/// The forms of one manifest.
fn write_into(manifest: &Path, console: &Console) -> anyhow::Result<Outcome> {
    let name = display(manifest);
    let reading = manifest::read(manifest);
    let Some(case) = reading.case else {
        let findings = reading.findings.iter();
        findings.for_each(|finding| console.finding(manifest, finding));
        return Ok(Outcome::Impossible);
    };
    let open = without_form(&case);
    let edit = || {
        let text = fs::read_to_string(manifest)?;
        let edited = with_forms(&text, &lines(&open))?;
        if edited != text {
            // Whoever typed it in a way that nobody thought of keeps it as it is.
            manifest::parse(&edited, manifest)
                .case
                .ok_or_else(|| anyhow!("its documents are typed in a way that cannot be edited"))?;
            atomic_write::write(manifest, edited.as_bytes())?;
        }
        anyhow::Ok(())
    };
    edit().with_context(|| format!("{name}: not changed"))?;
    tell(&name, &case, &open, console)?;
    let all_known = open.iter().all(|(.., proposed)| proposed.is_some());
    Ok(if all_known { Outcome::Done } else { Outcome::Gaps })
}

/// The draft of a manifest with a form under each document that a name or a first page tells.
pub(super) fn filled(draft: &str, manifest: &Path) -> anyhow::Result<String> {
    let Some(case) = manifest::parse(draft, manifest).case else {
        return Ok(draft.to_owned());
    };
    Ok(with_forms(draft, &lines(&without_form(&case)))?)
}

/// A document without a form by its section and its place there, from 0, and what it most likely is.
type Open = (usize, usize, Option<Proposed>);

fn without_form(case: &Case) -> Vec<Open> {
    let sections = case.sections.iter().enumerate();
    let documents = sections.flat_map(|(section, listed)| {
        let documents = listed.documents.iter().enumerate();
        documents.map(move |(place, document)| (section, place, document))
    });
    let open: Vec<_> = documents.filter(|(.., document)| document.form.is_none()).collect();
    open.into_par_iter()
        .map(|(section, place, document)| {
            let proposed = propose_form(case, document);
            (section, place, proposed)
        })
        .collect()
}

fn lines(open: &[Open]) -> Vec<FormLine> {
    let line = |(section, document, proposed): &Open| FormLine {
        section: *section,
        document: *document,
        form: proposed.as_ref().map(|proposed| proposed.form.to_owned()),
        comment: proposed.as_ref().map_or_else(|| UNKNOWN.to_owned(), Proposed::to_string),
    };
    open.iter().map(line).collect()
}

fn tell(name: &str, case: &Case, open: &[Open], console: &Console) -> anyhow::Result<()> {
    let unknown = open.iter().filter(|(.., found)| found.is_none()).count();
    let written = count(open.len() - unknown, "form");
    console.result(&format!("{name}: {written} written, {unknown} not known\n"))?;
    for (section, document, proposed) in open {
        let Some(section) = case.sections.get(*section) else {
            continue;
        };
        let title = section.documents.get(*document).map(|one| &*one.title);
        let said = match proposed {
            Some(proposed) => format!("{} ({proposed})", proposed.form),
            None => format!("not known: {UNKNOWN}"),
        };
        let title = title.unwrap_or_default();
        console.result(&format!("  {} \"{title}\": {said}\n", section.letter))?;
    }
    Ok(())
}
