//! The headings of sections within an index.

use super::ReadRow;
use crate::pdf::page::Line;

/// Words before the letter or number of a section, in English and Welsh.
const DIVISIONS: [&str; 4] = ["section", "part", "divider", "adran"];

/// The headings of sections within an index, such as `Section B: Witness statements`, and the page that each stands on.
pub(in crate::verify) fn sections(
    index: Option<&(Vec<usize>, Vec<ReadRow>)>,
    lines: &[Vec<Line>],
) -> Vec<(usize, String)> {
    let Some((pages, rows)) = index else {
        return Vec::new();
    };
    let on_page = pages.iter().filter_map(|page| Some((*page, lines.get(*page)?)));
    let headings = on_page.flat_map(|(page, lines)| lines.iter().map(move |line| (page, line)));
    headings
        .filter(|(page, line)| {
            let mut rows = rows.iter().filter(|row| row.page == *page);
            is_division(line) && !rows.any(|row| row.extent.intersection(line.extent).is_some())
        })
        .map(|(page, line)| (page, line.text()))
        .collect()
}

/// Whether a line says what a section is called, and no more than that.
fn is_division(line: &Line) -> bool {
    let words: Vec<&str> = line.words.iter().map(|word| word.text.as_str()).collect();
    let [first, name, title, ..] = words.as_slice() else {
        return false;
    };
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let is_name = name.chars().count() <= 2
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    DIVISIONS.contains(&first.to_lowercase().as_str())
        && is_name
        && !name.is_empty()
        && !title.is_empty()
        && words.len() <= 12
}
