//! What a file standard asks for beyond what a folder holds, added to the draft for a person to fill in.

use std::fmt::Write as _;
use std::path::Path;

use super::Draft;
use crate::check::standard::{Necessity, Standard, Standards, requirements};
use crate::manifest::parse;

/// The line before which the additions go: everything after it is still to be filled in.
const BEFORE: &str = "\n# [[defendant]]";

/// The draft with its file standard, the hearing of that stage, and a ready entry for each required item that the
/// folder does not seem to hold. The entries are comments: whether the item exists only a person knows.
#[must_use]
pub fn with_standard(mut draft: Draft, standards: &Standards, standard: &Standard) -> Draft {
    let reading = parse(&draft.toml, Path::new("bundle.toml"));
    let Some(case) = reading.case else {
        return draft;
    };
    let mut head = format!("file_standard = \"{}\"\n", standard.name);
    if let Some(kind) = hearing(&standard.name) {
        let _ = write!(
            head,
            "\n[hearing]\nkind = \"{kind}\"\n# date = 2026-11-24\n# time = 10:00:00\n# courtroom = \"5\"\n"
        );
        draft.toml = without_hearing(&draft.toml);
    }
    if let Some(place) = draft.toml.find(BEFORE) {
        draft.toml.insert_str(place, &head);
    }
    let open = requirements(&case, standards, standard, &|_| true);
    let lacking =
        open.iter().filter(|one| one.line.need == Necessity::Required && one.standing.is_open());
    let mut tail = format!(
        "\n# The file standard \"{}\" also asks for these. Take the # away where one is to come, or record it as\n\
         # not applicable: [[not_applicable]] with item, reason and initials.\n",
        standard.name
    );
    for one in lacking {
        let item = one.line.item;
        let _ = write!(
            tail,
            "#\n# [[section.document]]                 # {}\n# title = \"{}\"\n# status = \"expected\"\n",
            item.code,
            item.title.replace('"', "'")
        );
        if let Some(form) = item.forms.first() {
            let _ = writeln!(tail, "# form = \"{form}\"");
        }
        if let Some(supplier) = &item.supplier {
            let _ = writeln!(tail, "# supplier = \"{supplier}\"");
        }
    }
    draft.toml.push_str(&tail);
    draft
}

/// The hearing that a stage leads to.
fn hearing(standard: &str) -> Option<&'static str> {
    match standard {
        "gap" | "ngap" | "remand" => Some("first-hearing"),
        "crown" => Some("ptph"),
        "trial" => Some("trial"),
        _ => None,
    }
}

/// The draft without the commented table that is now a real one.
fn without_hearing(toml: &str) -> String {
    let start = toml.find("\n# [hearing]");
    let end = start.and_then(|start| toml.get(start..)?.find("\n\n").map(|length| start + length));
    match (start, end) {
        (Some(start), Some(end)) => {
            let (before, after) = (toml.get(..start), toml.get(end..));
            before.unwrap_or_default().to_owned() + after.unwrap_or_default()
        }
        _ => toml.to_owned(),
    }
}
