//! What `verify` and `rules` say.

use std::fmt::Write;

use serde::Serialize;

use crate::model::Severity;
use crate::model::words::{count, page_list};
use crate::verify::{Profile, Profiles, RuleResult, Status, Verification};

/// The JSON of `verify`.
#[derive(Debug, Serialize)]
pub struct VerifyReport {
    /// Always 1.
    pub version: u32,
    /// Every file, in the order given.
    pub files: Vec<FileReport>,
}

/// One file as scripts see it.
#[derive(Debug, Serialize)]
pub struct FileReport {
    /// The file as the user named it.
    pub file: String,
    /// The number of its pages; null where it does not open.
    pub pages: Option<usize>,
    /// The profile that it was held against.
    pub rules: String,
    /// Each rule.
    pub results: Vec<ResultRow>,
}

/// One rule as scripts see it.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRow {
    /// The code of the rule.
    pub code: &'static str,
    /// Whether it is kept.
    pub status: Status,
    /// What it counts as when it is broken.
    pub severity: Severity,
    /// The pages concerned, from 1 in the PDF.
    pub pages: Vec<u32>,
    /// What is wrong, or why it could not be tested.
    pub message: Option<String>,
    /// The paragraph that it comes from.
    pub source: String,
    /// How far that is to be trusted: S read, S2 read at second hand, M from memory, I good practice.
    pub trust: &'static str,
}

impl From<&RuleResult> for ResultRow {
    fn from(result: &RuleResult) -> Self {
        Self {
            code: result.code.as_str(),
            status: result.status,
            severity: result.severity,
            pages: result.pages.clone(),
            message: (!result.message.is_empty()).then(|| result.message.clone()),
            source: result.source.clone(),
            trust: result.trust.tag(),
        }
    }
}

impl FileReport {
    /// What came of one file.
    pub fn new(file: String, rules: &str, verification: &Verification) -> Self {
        Self {
            file,
            pages: verification.pages,
            rules: rules.to_owned(),
            results: verification.results.iter().map(ResultRow::from).collect(),
        }
    }

    /// How many rules of a severity are broken.
    pub fn broken(&self, severity: Severity) -> usize {
        let broken = |row: &&ResultRow| row.status == Status::Fail && row.severity == severity;
        self.results.iter().filter(broken).count()
    }
}

/// The word for what came of a rule.
pub(super) fn verdict(row: &ResultRow) -> &'static str {
    match (row.status, row.severity) {
        (Status::Pass, _) => "pass",
        (Status::Na, _) => "n/a",
        (Status::Fail, Severity::Error) => "error",
        (Status::Fail, Severity::Warning) => "warning",
        (Status::Fail, Severity::Info) => "note",
    }
}

/// The table for people. `paint` colours the word for what came of a rule.
pub fn verify_text(report: &FileReport, paint: impl Fn(&ResultRow, &str) -> String) -> String {
    let pages =
        report.pages.map_or_else(|| "cannot be read".to_owned(), |pages| count(pages, "page"));
    let mut text = format!("{}\n{pages}, held against {}\n\n", report.file, report.rules);
    let width = report.results.iter().map(|row| row.code.len()).max();
    for row in &report.results {
        let verdict = paint(row, &format!("{:<7}", verdict(row)));
        let code = format!("{:<width$}", row.code, width = width.unwrap_or_default());
        let line = match &row.message {
            None => format!("  {verdict}  {code}  {}", row.source),
            Some(message) => {
                let pages = page_list(&row.pages);
                let pages = if pages.is_empty() { pages } else { format!(" ({pages})") };
                format!("  {verdict}  {code}  {message}{pages}")
            }
        };
        let _ = writeln!(text, "{}", line.trim_end());
        if row.status == Status::Fail {
            let indent = " ".repeat(width.unwrap_or_default() + 13);
            let _ = writeln!(text, "{indent}{}", cited(row));
        }
    }
    let _ = writeln!(text, "\n{}", totals(report));
    text
}

/// The source of a rule with how far it is to be trusted, in words.
pub(super) fn cited(row: &ResultRow) -> String {
    let trust = match row.trust {
        "S2" => " (read at second hand)",
        "M" => " (from memory, not verified)",
        _ => "",
    };
    format!("{}{trust}", row.source)
}

/// `2 errors, 1 warning.`
pub(super) fn totals(report: &FileReport) -> String {
    let parts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")]
            .into_iter()
            .filter_map(|(severity, noun)| {
                let broken = report.broken(severity);
                (broken > 0).then(|| count(broken, noun))
            })
            .collect();
    if parts.is_empty() {
        return "Every rule is kept.".to_owned();
    }
    format!("{}.", parts.join(", "))
}

/// The JSON of `rules`.
#[derive(Debug, Serialize)]
pub struct RulesReport<'a> {
    /// Always 1.
    pub version: u32,
    /// The profiles asked for.
    pub profiles: Vec<ProfileRow<'a>>,
}

/// A profile as scripts see it.
#[derive(Debug, Serialize)]
pub struct ProfileRow<'a> {
    name: &'a str,
    title: &'a str,
    numbering: crate::verify::NumbersBy,
    rules: Vec<RuleRow<'a>>,
}

#[derive(Debug, Serialize)]
struct RuleRow<'a> {
    code: &'static str,
    severity: Severity,
    summary: &'static str,
    limits: Option<String>,
    source: &'a str,
    trust: &'static str,
}

impl<'a> From<&'a Profile> for ProfileRow<'a> {
    fn from(profile: &'a Profile) -> Self {
        Self {
            name: &profile.name,
            title: &profile.title,
            numbering: profile.numbering,
            rules: rule_rows(profile),
        }
    }
}

fn rule_rows(profile: &Profile) -> Vec<RuleRow<'_>> {
    crate::verify::RULES
        .iter()
        .filter_map(|code| {
            let rule = profile.rule(*code)?;
            let limits = rule.limits.words();
            Some(RuleRow {
                code: rule.code.as_str(),
                severity: rule.severity?,
                summary: rule.code.summary().trim(),
                limits: (!limits.is_empty()).then_some(limits),
                source: &rule.source,
                trust: rule.trust.tag(),
            })
        })
        .collect()
}

/// A line for each profile.
pub fn profiles_text(profiles: &Profiles) -> String {
    let width = profiles.iter().map(|profile| profile.name.len()).max();
    let mut text = String::new();
    for profile in profiles.iter() {
        let name = format!("{:<width$}", profile.name, width = width.unwrap_or_default());
        let _ = writeln!(text, "{name}  {}", profile.title);
    }
    text.push_str("\n`courtbundle rules NAME` shows the rules of one.\n");
    text
}

/// The rules of one profile with their sources.
pub fn profile_text(profile: &Profile) -> String {
    let mut text = format!("{}: {}\n", profile.name, profile.title);
    for row in rule_rows(profile) {
        let severity = match row.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        let limits = row.limits.map(|limits| format!(" ({limits})")).unwrap_or_default();
        let _ = writeln!(text, "\n  {severity:<7}  {:<21}  {}{limits}", row.code, row.summary);
        let _ = writeln!(text, "{:35}{} [{}]", "", row.source, row.trust);
    }
    text.push_str(
        "\nS read in the source, S2 read at second hand, M from memory and not verified, I good practice.\n\
         This is no legal advice; the court's own direction beats every profile.\n",
    );
    text
}
