//! The text of a drafted manifest.

use std::fmt::Write as _;

use super::name::Described;
use super::propose::SectionProposal;
use super::{RelPath, references};
use crate::manifest::titles;

/// The keys that people fill in next, shown where they go.
const NEXT: &str = r#"
# [[defendant]]
# name = "Jordan Blake"
# remand = "custody"                   # bail, conditional-bail, custody, secure-unit

# [hearing]
# kind = "trial"
# date = 2026-11-24
# time = 10:00:00
# courtroom = "5"
"#;

const EXPECTED: &str = r#"
# A document that is still to come goes into its section like this:
# [[section.document]]
# title = "Statement of PC 1234 Smith"
# status = "expected"
# supplier = "police"                  # whom to ask for it
# due = 2026-11-10
"#;

/// The manifest for a proposal; the name of the folder gives title and URN.
pub(super) fn manifest(proposal: &SectionProposal, name_hint: &str) -> String {
    let mut text =
        String::from("# A draft: read it against the documents before the first build.\n\n");
    heading(&mut text, name_hint);
    text.push_str(NEXT);
    for section in &proposal.sections {
        text.push_str("\n[[section]]\n");
        line(&mut text, "letter", &section.letter);
        line(&mut text, "title", &section.title);
        for (path, described) in &section.documents {
            document(&mut text, path, described);
        }
    }
    if !proposal.sections.is_empty() {
        text.push_str(EXPECTED);
    }
    text
}

fn heading(text: &mut String, name_hint: &str) {
    let found = references::urn(name_hint);
    let rest = match &found {
        Some(found) => {
            let before = name_hint.get(..found.span.start).unwrap_or_default();
            let after = name_hint.get(found.span.end..).unwrap_or_default();
            format!("{before} {after}")
        }
        None => name_hint.to_owned(),
    };
    text.push_str("[case]\n");
    match found {
        Some(found) => line(text, "urn", found.value.as_str()),
        None => text.push_str("# urn = \"01AB1234526\"\n"),
    }
    line(text, "title", &case_title(&rest));
    text.push_str("# court = \"Crown Court at Leeds\"\n");
}

/// The name of the case in its usual form, `R v Blake`, as far as a folder's name tells it.
fn case_title(name: &str) -> String {
    let readable = titles::readable(name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'));
    let mut words: Vec<_> = readable.split_whitespace().map(str::to_owned).collect();
    let is = |word: Option<&String>, forms: &[&str]| {
        word.is_some_and(|word| {
            forms.contains(&word.trim_matches(['-', '.']).to_lowercase().as_str())
        })
    };
    if is(words.first(), &["r", "rex", "regina"]) && is(words.get(1), &["v", "vs", "versus"]) {
        words.splice(..2, ["R".to_owned(), "v".to_owned()]);
    }
    if words.is_empty() { "Untitled case".to_owned() } else { words.join(" ") }
}

fn document(text: &mut String, path: &RelPath, described: &Described) {
    text.push_str("\n[[section.document]]\n");
    line(text, "title", &described.title);
    line(text, "file", path.as_str());
    if let Some(date) = described.date {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "date = {date}");
    }
    let form = described.form.as_ref().map(|form| form.as_str());
    let exhibit = described.exhibit.as_ref().map(|exhibit| exhibit.as_str());
    for (key, value) in
        [("form", form), ("witness", described.witness.as_deref()), ("exhibit", exhibit)]
    {
        if let Some(value) = value {
            line(text, key, value);
        }
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // The TOML library decides how a text is quoted, so that any name survives.
    let value = toml::Value::from(value);
    let _ = writeln!(text, "{key} = {value}");
}
