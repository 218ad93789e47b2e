//! What `quality` says: figures with what they are of, the reasons, and groups.

use std::fmt::Write;

use serde::Serialize;

use super::count;
use super::spreadsheet::{Cell, written};
use crate::casework::quality::{
    Counted, FailureCount, Family, Figures, Grouping, OpenFailure, Quality, Ratio, reason,
};
use crate::check::display;
use crate::model::words::days_left;

/// What the CPS and the police chiefs published on 10 July 2025: over seventeen months from the first to the second, in
/// per cent. Read in a report about it, and to be checked.
pub(super) const PUBLISHED_MET: (usize, usize) = (56, 63);
/// The same for how many of the eligible files were assessed.
pub(super) const PUBLISHED_ASSESSED: (usize, usize) = (73, 82);

/// What is said of the published figures wherever they are shown.
pub(super) const PUBLISHED: &str = "Published by CPS and NPCC on 10 July 2025, national, over 17 months: \
    met 56 % to 63 %, assessed 73 % to 82 % [S2: not read in the original].";

/// What the figures are, and are not.
pub(super) const WHAT: &str =
    "Counted by this program from what people recorded in [assessment]; no official figures.";

/// The JSON of `quality`.
#[derive(Debug, Serialize)]
pub struct QualityReport<'q> {
    version: u32,
    period: Option<String>,
    #[serde(flatten)]
    all: FiguresRow<'q>,
    groups: Vec<GroupRow<'q>>,
    open_failures: Vec<OpenRow<'q>>,
}

#[derive(Debug, Serialize)]
struct OpenRow<'q> {
    urn: Option<String>,
    title: &'q str,
    manifest: String,
    code: &'q str,
    disputed: bool,
    deadline: String,
    days_left: i32,
    basis: &'static str,
}

#[derive(Debug, Serialize)]
struct FiguresRow<'q> {
    eligible: usize,
    assessed: usize,
    met: usize,
    met_after_disputes: usize,
    rates: Rates,
    failures: Vec<FailureRow<'q>>,
}

#[derive(Debug, Serialize)]
struct Rates {
    assessed: Option<f64>,
    met: Option<f64>,
}

#[derive(Debug, Serialize)]
struct FailureRow<'q> {
    code: &'q str,
    family: Option<Family>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GroupRow<'q> {
    by: Grouping,
    key: Option<&'q str>,
    #[serde(flatten)]
    figures: FiguresRow<'q>,
}

impl<'q> QualityReport<'q> {
    /// The figures, and the failures without an outcome.
    pub fn new(quality: &'q Quality, open: &[OpenFailure<'q>]) -> Self {
        let group = |group: &'q Counted| GroupRow {
            by: group.by,
            key: group.key.as_deref(),
            figures: FiguresRow::from(&group.figures),
        };
        Self {
            version: 1,
            period: quality.period.map(|month| month.to_string()),
            all: FiguresRow::from(&quality.all),
            groups: quality.groups.iter().map(group).collect(),
            open_failures: open.iter().map(open_row).collect(),
        }
    }
}

fn open_row<'q>(open: &OpenFailure<'q>) -> OpenRow<'q> {
    OpenRow {
        urn: open.case.urn.as_ref().map(ToString::to_string),
        title: &open.case.title,
        manifest: display(&open.case.manifest),
        code: &open.failure.code,
        disputed: open.failure.disputed,
        deadline: open.deadline.to_string(),
        days_left: open.days_left,
        basis: basis(open),
    }
}

/// Where the deadline comes from.
fn basis(open: &OpenFailure<'_>) -> &'static str {
    match open.is_recorded {
        true => "recorded",
        false => "calculated",
    }
}

/// `!! 2026-12-12, 3 days left (calculated)`.
pub(super) fn deadline(open: &OpenFailure<'_>) -> String {
    let sign = if open.presses() { "!! " } else { "" };
    let left = days_left(open.days_left);
    format!("{sign}{}, {left} ({})", open.deadline, basis(open))
}

/// Whether the police dispute it.
pub(super) fn dispute(open: &OpenFailure<'_>) -> &'static str {
    match open.failure.disputed {
        true => "disputed",
        false => "undisputed",
    }
}

/// What stands over the failures without an outcome.
pub(super) const OPEN: &str = "Outcomes to record: open disputes, and what is undisputed and due. A calculated day is \
    counted from the end of the month of the assessment [S: a prototype of the CPS].";

impl<'q> From<&'q Figures> for FiguresRow<'q> {
    fn from(figures: &'q Figures) -> Self {
        let failure = |one: &'q FailureCount| FailureRow {
            code: &one.code,
            family: one.family,
            count: one.count,
        };
        Self {
            eligible: figures.eligible,
            assessed: figures.assessed,
            met: figures.met,
            met_after_disputes: figures.met_after_disputes,
            rates: Rates {
                assessed: figures.assessed_rate().fraction(),
                met: figures.met_rate().fraction(),
            },
            failures: figures.failures.iter().map(failure).collect(),
        }
    }
}

/// A ratio as people read it: `20 of 31 (65 %)`, `0 of 0 (n/a)`.
pub(super) fn ratio(ratio: Ratio) -> String {
    let percent = ratio.percent().map_or("n/a".to_owned(), |percent| format!("{percent} %"));
    format!("{} of {} ({percent})", ratio.part, ratio.whole)
}

/// What a grouping is called.
pub(super) fn grouping(by: Grouping) -> &'static str {
    match by {
        Grouping::PoliceUnit => "police unit",
        Grouping::CaseworkType => "casework type",
        Grouping::Month => "month",
    }
}

/// The name of a group.
pub(super) fn key(group: &Counted) -> &str {
    match (&group.key, group.by) {
        (Some(key), _) => key,
        (None, Grouping::Month) => "not assessed",
        (None, _) => "not said",
    }
}

/// `October figures` in words: `2026-10`, or `all files`.
pub(super) fn period(quality: &Quality) -> String {
    quality.period.map_or("all files".to_owned(), |month| month.to_string())
}

/// What a reason is, in words.
pub(super) fn in_words(code: &str) -> &'static str {
    reason(code).map_or("", |reason| &reason.reason)
}

/// The figures for people, with the signs that files not assessed show: how many files by reason.
pub fn quality_text(
    quality: &Quality,
    signs: &[(&str, usize)],
    open: &[OpenFailure<'_>],
) -> String {
    let all = &quality.all;
    let mut text = format!("File quality, {}\n", period(quality));
    for (name, value) in [
        ("assessed", all.assessed_rate()),
        ("met", all.met_rate()),
        ("met after disputes", all.met_after_disputes_rate()),
    ] {
        let _ = writeln!(text, "  {name:<19} {}", ratio(value));
    }
    let _ = writeln!(
        text,
        "  left out: {} not eligible, {} without [assessment]",
        quality.not_eligible, quality.without
    );
    if !all.failures.is_empty() {
        text.push_str("\nFix first\n");
    }
    for failure in &all.failures {
        let family = failure.family.map_or("", Family::as_str);
        let _ = writeln!(
            text,
            "  {:<4} {:>4}  {} ({family})",
            failure.code,
            failure.count,
            in_words(&failure.code)
        );
    }
    open_text(&mut text, open);
    groups_text(&mut text, &quality.groups);
    if !signs.is_empty() {
        text.push_str(
            "\nSigns in files not assessed yet, for a person to look at; in no figure above\n",
        );
    }
    for (code, files) in signs {
        let _ = writeln!(text, "  {code:<4} {:>9}  {}", count(*files, "file"), in_words(code));
    }
    let _ = writeln!(text, "\n{WHAT}\n{PUBLISHED}");
    text
}

fn open_text(text: &mut String, open: &[OpenFailure<'_>]) {
    if !open.is_empty() {
        let _ = writeln!(text, "\n{OPEN}");
    }
    for one in open {
        let urn = one.case.urn.as_ref().map(|urn| format!(" ({urn})"));
        let _ = writeln!(
            text,
            "  {:<4} {:<10}  {}: {}{}",
            one.failure.code,
            dispute(one),
            deadline(one),
            one.case.title,
            urn.unwrap_or_default()
        );
    }
}

fn groups_text(text: &mut String, groups: &[Counted]) {
    let mut by = None;
    for group in groups {
        if by != Some(group.by) {
            by = Some(group.by);
            let _ = writeln!(text, "\nBy {}", grouping(group.by));
        }
        let figures = &group.figures;
        let _ = writeln!(
            text,
            "  {:<32} assessed {}, met {}, after disputes {}",
            key(group),
            ratio(figures.assessed_rate()),
            ratio(figures.met_rate()),
            ratio(figures.met_after_disputes_rate())
        );
    }
}

/// A line for all files and one for each group, with a column for each reason that was recorded.
pub fn quality_csv(quality: &Quality) -> Result<String, csv::Error> {
    let codes: Vec<&str> = quality.all.failures.iter().map(|one| one.code.as_str()).collect();
    let heading = [
        "by",
        "key",
        "eligible",
        "assessed",
        "met",
        "met_after_disputes",
        "rate_assessed",
        "rate_met",
    ];
    let heading: Vec<&str> = heading.iter().chain(&codes).copied().collect();
    let all = ("all".to_owned(), period(quality), &quality.all);
    let groups = quality.groups.iter().map(|group| {
        let by = grouping(group.by).replace(' ', "_");
        (by, group.key.clone().unwrap_or_default(), &group.figures)
    });
    let rows = std::iter::once(all).chain(groups).map(|(by, key, figures)| {
        let rate = |ratio: Ratio| {
            let fraction = ratio.fraction();
            fraction.map(|value| format!("{value:.4}")).unwrap_or_default()
        };
        let mut row = vec![
            by,
            key,
            figures.eligible.to_string(),
            figures.assessed.to_string(),
            figures.met.to_string(),
            figures.met_after_disputes.to_string(),
            rate(figures.assessed_rate()),
            rate(figures.met_rate()),
        ];
        row.extend(codes.iter().map(|code| {
            let found = figures.failures.iter().find(|one| one.code == *code);
            found.map_or(0, |one| one.count).to_string()
        }));
        row.into_iter().map(Cell::from).collect()
    });
    written(&heading, rows)
}
