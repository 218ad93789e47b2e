//! Many bundles at a glance: a row for each, those that need a person first, and a line of totals.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{BuildReport, BuildState, BundleRow, count};
use crate::bundle::Shard;
use crate::model::{Code, FindingRow, Severity};
use crate::report::casework_words::hearings;

/// How wide the table may be, in characters.
const WIDTH: usize = 100;

/// How much of that the name of a case may take, and that of a bundle.
const MAX_OF_CASE: usize = 38;
const MAX_OF_BUNDLE: usize = 18;

/// The widths of `state` and `pages`, and what stands between two columns.
const STATE: usize = 10;
const PAGES: usize = 5;
const GAP: usize = 2;

/// A row for each bundle, refused ones first, then those with gaps; below, how many there are of each. `paint` colours
/// the word for what became of a bundle.
pub fn build_table(report: &BuildReport, paint: impl Fn(&BundleRow, &str) -> String) -> String {
    let mut rows: Vec<&BundleRow> = report.bundles.iter().collect();
    rows.sort_by_key(|row| {
        let is_refused = row.state == BuildState::Refused;
        (!is_refused, Reverse(row.exit_code), row.state)
    });
    let columns = ColumnWidths::of(&rows);
    let mut text = String::new();
    if !rows.is_empty() {
        let headings = ["state", "case", "bundle", "pages", "why"];
        text.push_str(&columns.line(headings.map(str::to_owned), str::to_owned));
    }
    for row in rows {
        let cells = [
            row.state.words().to_owned(),
            case(row),
            bundle(row),
            row.record.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            why(row, columns.why()),
        ];
        text.push_str(&columns.line(cells, |state| paint(row, state)));
    }
    let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, totals(report));
    text
}

/// How wide the columns are that differ from table to table.
struct ColumnWidths {
    case: usize,
    /// `None` where no case has several bundles, and so their names say little.
    bundle: Option<usize>,
}

impl ColumnWidths {
    fn of(rows: &[&BundleRow]) -> Self {
        let widest = |cell: fn(&BundleRow) -> String, heading: &str, most: usize| {
            let cells = rows.iter().map(|row| cell(row).chars().count());
            cells.max().unwrap_or(0).clamp(heading.len(), most)
        };
        let mut manifests = BTreeSet::new();
        let is_alone = rows.iter().all(|row| manifests.insert(&row.record.manifest));
        Self {
            case: widest(case, "case", MAX_OF_CASE),
            bundle: (!is_alone).then(|| widest(bundle, "bundle", MAX_OF_BUNDLE)),
        }
    }

    /// What is left for the last column.
    fn why(&self) -> usize {
        let bundle = self.bundle.map_or(0, |bundle| bundle + GAP);
        WIDTH - STATE - self.case - bundle - PAGES - 3 * GAP
    }

    fn line(&self, cells: [String; 5], paint: impl Fn(&str) -> String) -> String {
        let [state, case, bundle, pages, why] = cells;
        let width = self.case;
        let mut line = paint(&format!("{state:<STATE$}"));
        let _ = write!(line, "  {:<width$}", fitted(&case, width));
        if let Some(width) = self.bundle {
            let _ = write!(line, "  {:<width$}", fitted(&bundle, width));
        }
        let _ = write!(line, "  {pages:>PAGES$}  {why}");
        line.trim_end().to_owned() + "\n"
    }
}

/// `38 built, 5 up to date, 2 refused.`
fn totals(report: &BuildReport) -> String {
    let of = |state| report.bundles.iter().filter(|row| row.state == state).count();
    let counts: Vec<String> =
        [BuildState::Planned, BuildState::Built, BuildState::UpToDate, BuildState::Refused]
            .into_iter()
            .filter(|state| of(*state) > 0)
            .map(|state| format!("{} {}", of(state), state.words()))
            .collect();
    let shard = report.shard.map(|shard| format!("Shard {shard}: ")).unwrap_or_default();
    match counts.is_empty() {
        true => format!("{shard}nothing to build."),
        false => format!("{shard}{}.", counts.join(", ")),
    }
}

/// That there was nothing to build: `No case for hearings on 2026-11-25 in shard 3/16.`
pub fn no_case_text(days: Option<&RangeInclusive<Date>>, shard: Option<Shard>) -> String {
    let heard = days.map(|days| format!(" for {}", hearings(days)));
    let shard = shard.map(|shard| format!(" in shard {shard}"));
    format!("No case{}{}.\n", heard.unwrap_or_default(), shard.unwrap_or_default())
}

/// `R v Blake (01AB1234526)`, or where the manifest is that cannot be read.
fn case(row: &BundleRow) -> String {
    match (&row.title, &row.urn) {
        (Some(title), Some(urn)) => format!("{title} ({urn})"),
        (Some(title), None) => title.clone(),
        (None, _) => {
            let manifest = &row.record.manifest;
            let folder = manifest.strip_suffix("/bundle.toml").unwrap_or(manifest);
            // The end of the path tells cases apart.
            from_end(folder, MAX_OF_CASE)
        }
    }
}

fn bundle(row: &BundleRow) -> String {
    row.record.name.clone().unwrap_or_default()
}

/// Why a bundle was refused, or what of it deserves a look.
fn why(row: &BundleRow, width: usize) -> String {
    if row.state == BuildState::Refused {
        return refusal(&row.record.findings, width);
    }
    let mut notes = Vec::new();
    if row.to_follow() > 0 {
        notes.push(format!("{} to follow", count(row.to_follow(), "document")));
    }
    let warnings = row.findings(Severity::Warning);
    if warnings > 0 {
        notes.push(count(warnings, "warning"));
    }
    fitted(&notes.join(", "), width)
}

/// The first reason, and how many more there are; that something is missing says less than a broken rule.
fn refusal(findings: &[FindingRow], width: usize) -> String {
    let is_missing = |one: &&FindingRow| one.code == Code::DocumentMissing.as_str();
    let errors = findings.iter().filter(|one| one.severity == Severity::Error);
    let (missing, broken): (Vec<&FindingRow>, Vec<&FindingRow>) = errors.partition(is_missing);
    let first = match (broken.first(), missing.first()) {
        (Some(one), _) => reason(one),
        (None, Some(one)) => format!("missing: {}", one.document.as_deref().unwrap_or_default()),
        (None, None) => String::new(),
    };
    match broken.len() + missing.len() {
        0 | 1 => fitted(&first, width),
        number => {
            let more = format!("; {} more", number - 1);
            fitted(&first, width.saturating_sub(more.len())) + &more
        }
    }
}

fn reason(finding: &FindingRow) -> String {
    match &finding.document {
        Some(document) => format!("{document}: {}", finding.message),
        None => finding.message.clone(),
    }
}

/// A text of no more than so many characters.
fn fitted(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The end of a path that is longer than so many characters, from the beginning of a folder where that can be.
fn from_end(text: &str, most: usize) -> String {
    let number = text.chars().count();
    if number <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(number - most + 1).collect();
    let folder = kept.find('/').and_then(|at| kept.get(at..));
    format!("…{}", folder.unwrap_or(&kept))
}

#[cfg(test)]
mod tests;
