//! What `standards` shows.

use std::fmt::Write;

use serde::Serialize;

use super::count;
use crate::check::standard::{AskedItem, Necessity, Standard, Standards};
use crate::manifest::Flag;
use crate::model::Trust;

/// The JSON of `standards`.
#[derive(Debug, Serialize)]
pub struct StandardsReport<'s> {
    /// Always 1.
    pub version: u32,
    /// The standards.
    pub standards: Vec<StandardRow<'s>>,
}

/// One standard.
#[derive(Debug, Serialize)]
pub struct StandardRow<'s> {
    name: &'s str,
    title: &'s str,
    source: Option<&'s str>,
    based_on: Option<&'s str>,
    items: Vec<ItemRow<'s>>,
}

#[derive(Debug, Serialize)]
struct ItemRow<'s> {
    code: &'s str,
    title: &'s str,
    need: Necessity,
    when: &'s [Flag],
    forms: &'s [String],
    supplier: Option<&'s str>,
    trust: Trust,
}

impl<'s> StandardRow<'s> {
    /// A standard with its items.
    pub fn new(standards: &'s Standards, standard: &'s Standard) -> Self {
        Self {
            name: &standard.name,
            title: &standard.title,
            source: standard.source.as_deref(),
            based_on: standard.based_on.as_deref(),
            items: standards.lines(standard).iter().map(item_row).collect(),
        }
    }
}

fn item_row<'s>(line: &AskedItem<'s>) -> ItemRow<'s> {
    ItemRow {
        code: &line.item.code,
        title: &line.item.title,
        need: line.need,
        when: match line.need {
            Necessity::Required => &[],
            Necessity::Conditional => &line.item.when,
        },
        forms: &line.item.forms,
        supplier: line.item.supplier.as_deref(),
        trust: line.trust,
    }
}

/// A line for each standard.
pub fn standards_text(standards: &Standards) -> String {
    let mut text = String::new();
    for standard in standards.iter() {
        let lines = standards.lines(standard);
        let required = lines.iter().filter(|line| line.need == Necessity::Required);
        let _ = writeln!(
            text,
            "{:<11} {}: {}, {} required",
            standard.name,
            standard.title,
            count(lines.len(), "item"),
            required.count(),
        );
    }
    text.push_str(
        "\n`courtbundle standards NAME` shows the items of one, with the source of each.\n",
    );
    text
}

/// The items of one standard.
pub fn standard_text(standards: &Standards, standard: &Standard) -> String {
    let mut text = format!("{}: {}\n", standard.name, standard.title);
    if let Some(source) = &standard.source {
        let _ = writeln!(text, "Source: {source}");
    }
    if let Some(base) = &standard.based_on {
        let _ = writeln!(text, "With every item of {base}");
    }
    for line in standards.lines(standard) {
        let item = line.item;
        let need = match line.need {
            Necessity::Required => "required".to_owned(),
            Necessity::Conditional => format!("if {}", flags(&item.when)),
        };
        let supplier = item.supplier.as_deref().unwrap_or("nobody named");
        let by = match item.forms.as_slice() {
            [] => format!("items = [\"{}\"]", item.code),
            forms => format!("form {}", forms.join(", ")),
        };
        let _ = writeln!(
            text,
            "\n  {:<20} {need} [{}]\n    {}\n    answered by {by}; from {supplier}",
            item.code,
            line.trust.tag(),
            item.title,
        );
    }
    text.push_str(
        "\n[S2] read in a secondary source; [M] from memory; [own] from your file. None is an official text.\n",
    );
    text
}

/// `body-worn-video, cctv or media`, as the manifest writes them.
fn flags(flags: &[Flag]) -> String {
    let word = |flag: &Flag| match serde_json::to_value(flag) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    };
    let words: Vec<String> = flags.iter().map(word).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}
