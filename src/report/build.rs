//! What `build` says of each bundle.

use std::fmt::Write;

use super::{BuildState, BundleRow, case_heading, count, size};
use crate::check::display;
use crate::manifest::{Bundle, Case};
use crate::model::{Code, Finding};
use crate::plan::{BundlePage, Content, Origin, Plan};

/// Two lines about a bundle that is there, built anew or left as it was: what it is, and where.
pub fn built_text(case: &Case, bundle: &Bundle, row: &BundleRow) -> String {
    let word = match row.state {
        BuildState::UpToDate => "Up to date",
        _ => "Built",
    };
    let to_follow = match row.to_follow() {
        0 => String::new(),
        number => format!(", {} to follow", count(number, "document")),
    };
    let pages = row.record.pages.unwrap_or_default() as usize;
    format!(
        "{word} {}: {}, {}, {}{to_follow}\n  {}\n",
        case_heading(case),
        bundle.title,
        count(pages, "page"),
        size(row.record.bytes.unwrap_or_default()),
        display(&case.folder.join(&bundle.output)),
    )
}

/// A line about a bundle that was not built, and the way out where documents are missing and nothing
/// else is wrong.
pub fn refused_text(case: &Case, bundle: &Bundle, findings: &[Finding]) -> String {
    let mut errors = findings.iter().filter(|finding| finding.is_error()).peekable();
    let only_missing =
        errors.peek().is_some() && errors.all(|finding| finding.code == Code::DocumentMissing);
    let way_out = if only_missing {
        "  --allow-missing builds it with a sheet in the place of each missing document.\n"
    } else {
        ""
    };
    format!("Refused {}: {}. Nothing was written.\n{way_out}", case_heading(case), bundle.title)
}

/// The page plan: a line for the cover, the index, each divider and each document.
pub fn plan_text(case: &Case, bundle: &Bundle, plan: &Plan) -> String {
    let mut text =
        format!("{}: {}, {}\n", case_heading(case), bundle.title, count(plan.pages.len(), "page"));
    let _ = writeln!(text, "  to be written to {}\n", display(&case.folder.join(&bundle.output)));
    let first = BundlePage::from_index(0);
    let last_of_index = BundlePage::from_index(plan.front_pages as usize - 1);
    let mut line = |first, last, what: &str| {
        let _ = writeln!(text, "  {:>13}  {what}", plan.label_range(first, last));
    };
    line(first, first, "Cover");
    line(plan.index, last_of_index, "Index");
    for planned in &plan.sections {
        let Some(section) = case.sections.get(planned.section) else {
            continue;
        };
        line(planned.first, planned.last, &format!("{} {}", section.letter, section.title));
        if let Some(page) = plan.pages.get(planned.first.index())
            && matches!(page.origin, Origin::Divider(_))
        {
            line(planned.first, planned.first, "  divider");
        }
        for planned in &planned.documents {
            let Some(document) = section.documents.get(planned.id.document) else {
                continue;
            };
            let source = match (&planned.content, &document.file) {
                (Content::Placeholder, _) => " – to follow".to_owned(),
                (Content::Source(_), Some(file)) => format!(" ({})", display(file)),
                (Content::Source(_), None) => String::new(),
            };
            line(planned.first, planned.last, &format!("  {}{source}", document.title));
        }
    }
    text
}
