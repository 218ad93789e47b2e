//! The output path of a bundle: a pattern with placeholders, filled in and safe for any disk.

use jiff::civil::Date;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;

use super::paths;
use super::reader::{Problem, quoted};
use crate::model::Code;

/// Room for `.json` and a temporary ending, under the 255 bytes of common file systems.
const LONGEST_NAME_BYTES: usize = 240;
const LONGEST_NAME: usize = 120;
const PLACEHOLDERS: &str = "{urn}, {case}, {bundle}, {title}, {version}, {court_case_number}, \
                            {hearing_date}, {hearing_date:%d-%m-%Y}";

/// What the placeholders stand for; an absent value leaves nothing behind.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OutputValues<'v> {
    pub(super) urn: Option<&'v str>,
    pub(super) case: &'v str,
    pub(super) bundle: &'v str,
    pub(super) title: &'v str,
    pub(super) version: Option<&'v str>,
    pub(super) court_case_number: Option<&'v str>,
    pub(super) hearing_date: Option<Date>,
}

/// The path that a pattern gives.
pub(super) fn fill(
    pattern: &str,
    values: &OutputValues<'_>,
    allow_outside: bool,
) -> Result<PathBuf, Problem> {
    let mut pieces = pieces(pattern, values)?;
    let mut filled = join(&pieces);
    // The longest value gives way, so that the date at the end of the name stays.
    let excess = file_name(&filled).chars().count().saturating_sub(LONGEST_NAME);
    if excess > 0 {
        shorten(&mut pieces, excess);
        filled = join(&pieces);
    }
    check_name(file_name(&filled))?;
    check_parts(&filled)?;
    paths::normalise("output", &filled, allow_outside)
}

#[derive(Debug)]
enum PatternPart {
    Typed(String),
    Value(String),
}

impl PatternPart {
    fn text(&self) -> &str {
        match self {
            Self::Typed(text) | Self::Value(text) => text,
        }
    }
}

/// The pattern cut at its braces, with the values in place.
fn pieces(pattern: &str, values: &OutputValues<'_>) -> Result<Vec<PatternPart>, Problem> {
    let unbalanced = || {
        Problem::new(Code::BadValue, "\"output\" has a brace without its partner")
            .hint(format!("the placeholders are {PLACEHOLDERS}"))
    };
    let mut pieces = Vec::new();
    for (index, part) in pattern.split('{').enumerate() {
        let typed = match part.split_once('}') {
            Some((name, typed)) if index > 0 => {
                pieces.push(PatternPart::Value(file_name_safe(&value(name, values)?)));
                typed
            }
            None if index == 0 => part,
            _ => return Err(unbalanced()),
        };
        if typed.contains('}') {
            return Err(unbalanced());
        }
        pieces.push(PatternPart::Typed(typed.replace('\\', "/")));
    }
    Ok(pieces)
}

fn value(name: &str, values: &OutputValues<'_>) -> Result<String, Problem> {
    let text = |value: Option<&str>| Ok(value.unwrap_or("").to_owned());
    match name.split_once(':').unwrap_or((name, "")) {
        ("urn", "") => text(values.urn),
        ("case", "") => text(Some(values.case)),
        ("bundle", "") => text(Some(values.bundle)),
        ("title", "") => text(Some(values.title)),
        ("version", "") => text(values.version),
        ("court_case_number", "") => text(values.court_case_number),
        ("hearing_date", "") => {
            Ok(values.hearing_date.map_or(String::new(), |date| date.to_string()))
        }
        ("hearing_date", format) => dated(format, values.hearing_date),
        _ => Err(Problem::new(
            Code::UnknownValue,
            format!("unknown placeholder {{{name}}} in output"),
        )
        .hint(format!("the placeholders are {PLACEHOLDERS}"))),
    }
}

/// The format is tried on any day, so that a wrong one shows before there is a hearing.
fn dated(format: &str, date: Option<Date>) -> Result<String, Problem> {
    let text = jiff::fmt::strtime::format(format, date.unwrap_or(Date::ZERO)).map_err(|_| {
        Problem::new(
            Code::BadValue,
            format!("\"output\" has a date format that fails: {}", quoted(format)),
        )
        .hint("write {hearing_date:%d-%m-%Y}")
    })?;
    Ok(date.map_or(String::new(), |_| text))
}

/// A value that can be part of a file name on every disk.
fn file_name_safe(value: &str) -> String {
    let safe = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => Some('-'),
        c if c.is_control() => None,
        c => Some(c),
    };
    let safe: String = value.nfc().filter_map(safe).collect();
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pieces as one path, without the gaps that absent values leave.
fn join(pieces: &[PatternPart]) -> String {
    let all: String = pieces.iter().map(PatternPart::text).collect();
    let rooted = matches!(pieces.first(), Some(PatternPart::Typed(text)) if text.starts_with('/'));
    let parts = all.split('/').map(tidy).filter(|part| !part.is_empty());
    let path = parts.collect::<Vec<_>>().join("/");
    if rooted { format!("/{path}") } else { path }
}

/// One part of a path with single spaces, none of them at an end or before `.pdf`, and no full stop at its end, which
/// Windows would leave away.
fn tidy(part: &str) -> String {
    let folded = part.split_whitespace().collect::<Vec<_>>().join(" ");
    match split_ending(&folded) {
        Some((stem, ending)) => format!("{}{ending}", stem.trim_end()),
        None if folded.chars().all(|c| c == '.') => folded,
        None => folded.trim_end_matches(['.', ' ']).to_owned(),
    }
}

fn split_ending(name: &str) -> Option<(&str, &str)> {
    let (stem, ending) = name.split_at_checked(name.len().checked_sub(4)?)?;
    ending.eq_ignore_ascii_case(".pdf").then_some((stem, ending))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn shorten(pieces: &mut [PatternPart], excess: usize) {
    let length = |piece: &PatternPart| match piece {
        PatternPart::Value(text) => text.chars().count(),
        PatternPart::Typed(_) => 0,
    };
    if let Some(PatternPart::Value(text)) = pieces.iter_mut().max_by_key(|piece| length(piece)) {
        let keep = text.chars().count().saturating_sub(excess);
        *text = text.chars().take(keep).collect::<String>().trim_end().to_owned();
    }
}

fn check_name(name: &str) -> Result<(), Problem> {
    let bad = |what: String| Err(Problem::new(Code::BadValue, format!("\"output\" {what}")));
    let Some((stem, _)) = split_ending(name) else {
        return bad(format!("must end in .pdf, and gives {}", quoted(name)));
    };
    if stem.is_empty() {
        return bad("has no name before .pdf, because its placeholders have no value".to_owned());
    }
    if name.chars().count() > LONGEST_NAME || name.len() > LONGEST_NAME_BYTES {
        return bad(format!("gives a file name longer than {LONGEST_NAME} characters"));
    }
    Ok(())
}

/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// What no part of a path may hold if every disk is to store it.
fn check_parts(path: &str) -> Result<(), Problem> {
    let bad = |what: String| Err(Problem::new(Code::BadValue, format!("\"output\" {what}")));
    for (index, part) in path.split('/').enumerate() {
        let is_drive = index == 0 && part.len() == 2 && part.ends_with(':');
        if is_drive {
            continue;
        }
        if let Some(c) = part.chars().find(|c| ":*?\"<>|".contains(*c)) {
            return bad(format!("holds {c}, which not every disk can store"));
        }
        if is_device(part) {
            return bad(format!("gives {}, which Windows keeps for a device", quoted(part)));
        }
    }
    Ok(())
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let (name, number) = stem.split_at_checked(3).unwrap_or_default();
    match number {
        "" => DEVICES.iter().take(4).any(|device| *device == name),
        _ => {
            DEVICES.iter().skip(4).any(|device| *device == name)
                && matches!(number.as_bytes(), [b'1'..=b'9'])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: &str = "out/{urn} {case} {bundle} {hearing_date}.pdf";

    fn values() -> OutputValues<'static> {
        OutputValues {
            urn: Some("01AB1234526/1"),
            case: "R v Blake",
            bundle: "trial",
            title: "Trial bundle",
            hearing_date: Date::new(2026, 11, 24).ok(),
            ..OutputValues::default()
        }
    }

    fn filled(pattern: &str) -> Result<String, Code> {
        let path = fill(pattern, &values(), false).map_err(|problem| problem.code)?;
        Ok(path.to_str().unwrap().to_owned())
    }

    #[test]
    fn placeholders_are_filled_and_made_safe() {
        assert_eq!(filled(STANDARD).unwrap(), "out/01AB1234526-1 R v Blake trial 2026-11-24.pdf");
        assert_eq!(
            filled("{title} {hearing_date:%d-%m-%Y}.PDF").unwrap(),
            "Trial bundle 24-11-2026.PDF"
        );
        assert_eq!(filled("{case} {hearing_date:%d/%m/%y}.pdf").unwrap(), "R v Blake 24-11-26.pdf");
        assert_eq!(filled(r"out\x\{bundle}.pdf").unwrap(), "out/x/trial.pdf");
    }

    #[test]
    fn absent_values_leave_no_gap() {
        let none = OutputValues { case: "R v B", bundle: "b", ..OutputValues::default() };
        let path = |pattern| fill(pattern, &none, false).unwrap().to_str().unwrap().to_owned();
        assert_eq!(path(STANDARD), "out/R v B b.pdf");
        assert_eq!(path("{urn}/{case}  {version} {hearing_date:%Y}.pdf"), "R v B.pdf");
        assert_eq!(fill("{urn}.pdf", &none, false).unwrap_err().code, Code::BadValue);
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused() {
        assert_eq!(filled("{surname}.pdf"), Err(Code::UnknownValue));
        assert_eq!(filled("{urn:%d}.pdf"), Err(Code::UnknownValue));
        assert_eq!(filled("{hearing_date:%Q-%H}.pdf"), Err(Code::BadValue));
        for pattern in ["{case", "case}.pdf", "{{case}}.pdf", "{case}", "out/", "a:b.pdf", "a*.pdf"]
        {
            assert_eq!(filled(pattern), Err(Code::BadValue), "{pattern}");
        }
        assert_eq!(filled("../{case}.pdf"), Err(Code::OutsidePath));
        assert_eq!(filled("/{case}.pdf"), Err(Code::OutsidePath));
    }

    #[test]
    fn a_long_name_loses_the_end_of_its_longest_value_and_keeps_the_date() {
        let long = "R v ".to_owned() + &"Ŵyn ".repeat(60);
        let values = OutputValues { case: &long, ..values() };
        let path = fill(STANDARD, &values, false).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(name.chars().count() <= LONGEST_NAME, "{name}");
        assert!(name.ends_with("trial 2026-11-24.pdf"), "{name}");
        assert!(fill(&format!("{}.pdf", "x".repeat(200)), &values, false).is_err());
    }

    #[test]
    fn a_value_cannot_climb_out_of_the_case() {
        let values = OutputValues { case: "..", bundle: "../../x", ..values() };
        assert_eq!(
            fill("{case}/{bundle}.pdf", &values, false).unwrap_err().code,
            Code::OutsidePath
        );
        assert!(fill("{bundle}.pdf", &values, false).is_ok());
    }

    #[test]
    fn no_part_of_a_path_is_one_that_windows_cannot_hold() {
        let filled = |pattern: &str| fill(pattern, &values(), true);
        for pattern in
            ["con/{bundle}.pdf", "NUL.pdf", "out/com1.x/{bundle}.pdf", "day: one/{bundle}.pdf"]
        {
            assert!(filled(pattern).is_err(), "{pattern}");
        }
        for pattern in ["console/{bundle}.pdf", "com10/{bundle}.pdf", "contents.pdf"] {
            assert!(filled(pattern).is_ok(), "{pattern}");
        }
        let values = OutputValues { case: "R v Smith & Co.", ..values() };
        let path = fill("{case}/trial.pdf", &values, false).unwrap();
        assert_eq!(path, PathBuf::from("R v Smith & Co/trial.pdf"));
    }
}
