//! From text to a TOML tree, with every syntax error in the words of somebody who types manifests.

use std::collections::HashSet;

use toml::de::{DeTable, Error};

use super::{Log, Problem, quoted};
use crate::manifest::dates;
use crate::model::Code;

/// As much of the tree as can be read; what cannot is reported, once per line.
pub(in crate::manifest) fn tree<'t>(text: &'t str, log: &Log<'_>) -> DeTable<'t> {
    let (tree, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map(|span| span.start));
    let mut lines = HashSet::new();
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        if lines.insert(log.line(at)) {
            log.report(at, explain(&error, text));
        }
    }
    tree.into_inner()
}

/// The problem for a syntax error, with the commonest slips answered outright.
fn explain(error: &Error, text: &str) -> Problem {
    let typed = error.span().and_then(|span| text.get(span)).unwrap_or("");
    let syntax = |message: &str| Problem::new(Code::ManifestSyntax, message);
    match error.message() {
        message if message.starts_with("invalid date") => bad_date(typed),
        message if message.starts_with("invalid time") => {
            Problem::new(Code::BadDate, format!("{typed} is not a time")).hint("write 10:00:00")
        }
        "duplicate key" => syntax(&format!("{} is given twice", quoted(typed)))
            .hint("delete one of the two, or start a new [[section]] or [[section.document]]"),
        message if message.starts_with("string values must be quoted") => {
            if dates::find(typed).is_some() || dates::no_such_day(typed).is_some() {
                bad_date(typed)
            } else if typed.is_empty() {
                syntax("there is no value after the equals sign")
                    .hint("write the value in quotes, or delete the line")
            } else {
                let bare = typed.trim_matches(['"', '\'', '‘', '’', '“', '”', '`', ' ']);
                syntax("a text must stand in straight quotes")
                    .hint(format!("write {}", quoted(bare)))
            }
        }
        message if message.contains("escape") => {
            syntax("a backslash in double quotes has a meaning of its own")
                .hint("write paths with / or in single quotes")
        }
        message if message.contains("string, expected") => syntax("a text has no closing quote"),
        message if message.starts_with("unclosed") && message.contains("table") => {
            syntax("a header has no closing bracket").hint("write headers as [case] or [[section]]")
        }
        message => syntax(message),
    }
}

/// The problem for something that was meant as a date.
fn bad_date(typed: &str) -> Problem {
    let hint = match dates::find(typed) {
        Some(found) => format!("write {}", found.date),
        None => dates::no_such_day(typed)
            .unwrap_or_else(|| "write the year, month and day, such as 2026-06-30".to_owned()),
    };
    Problem::new(Code::BadDate, format!("{typed} is not a date that exists, written as YYYY-MM-DD"))
        .hint(hint)
}
