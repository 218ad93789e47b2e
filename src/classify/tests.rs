use super::*;
use crate::model::geometry::Rect;
use crate::pdf::page::{Line, Word};

/// A page of A4 with these lines from its top, ten points large; a tab parts columns.
pub(crate) fn of_lines(lines: &[&str]) -> PageKind {
    let placed: Vec<(f64, &str)> =
        (0_u32..).zip(lines).map(|(at, text)| (30.0 + 16.0 * f64::from(at), *text)).collect();
    of_placed(&placed)
}

/// A page of A4 with lines at these distances from its top.
pub(crate) fn of_placed(lines: &[(f64, &str)]) -> PageKind {
    let rows: Vec<Vec<Line>> = lines.iter().map(|(top, text)| row(*top, text)).collect();
    page(&rows, 842.0)
}

fn row(top: f64, text: &str) -> Vec<Line> {
    let mut left = 50.0;
    let mut row = Vec::new();
    for cell in text.split('\t') {
        let mut words = Vec::new();
        let start = left;
        for word in cell.split(' ').filter(|word| !word.is_empty()) {
            let width = 5.0 * f64::from(u32::try_from(word.chars().count()).unwrap());
            let extent = Rect::new(left, 832.0 - top, left + width, 842.0 - top);
            words.push(Word { text: word.to_owned(), extent });
            left += width + 3.0;
        }
        let extent = Rect::new(start, 832.0 - top, left, 842.0 - top);
        row.push(Line { words, extent, angle: 0, size: 10.0 });
        left += 40.0;
    }
    row
}

const BODY: [&str; 10] = [
    "On Monday I was at work in the shop when a man came in and asked for",
    "the time, and I told him that it was about ten minutes past four in the",
    "afternoon, which he wrote down in a book that he had with him at the time",
    "before he left again without another word and went along the street.",
    "I did not see him again until the evening, when the police had arrived",
    "and asked me what I had seen; I told them what I have written down here",
    "and they took the book, which lay on the counter, away with them then.",
    "My colleague, who had been in the back of the shop, saw nothing of this",
    "but heard the door, and came out when I called for her at about five.",
    "We closed the shop early on that day, and went home at about six o'clock.",
];

/// A page of the usual words, with a heading at its top.
fn headed(heading: &str) -> PageKind {
    let mut lines = vec![heading];
    lines.extend(BODY);
    of_lines(&lines)
}

#[test]
fn the_table_can_be_read() {
    let table = table::table();
    assert!(table.pages.len() > 40);
    for page in &table.pages {
        assert!(page.known().is_some(), "{} is no class", page.class);
    }
}

#[test]
fn headings_are_known_with_what_stands_beside_them() {
    for heading in [
        "MG6D",
        "Exampleshire Police MG6D",
        "EXAMPLESHIRE CONSTABULARY MG 06 D",
        "MG6D Schedule of relevant sensitive material",
        "Schedule MG6D",
        "MG6D URN 01AB1234526",
        "Sensitive schedule (MG6D)",
        "MG6D (CPIA 1996)",
        "MG6D (2021)",
        "М\u{ff27}6D",
        "Schedule of relevant sens1tive rnaterial",
        "MG6D Page 1 of 2",
    ] {
        assert_eq!(headed(heading).sure(), Some("MG6D"), "{heading}");
    }
}

#[test]
fn mentions_are_no_headings() {
    for heading in [
        "see MG6D item 4",
        "MG6D item 4",
        "The items are listed on the MG6D",
        "Copies of MG6C, MG6D and MG6E are enclosed",
        "We have received the schedule of sensitive material",
        "MG6D, MG6E",
    ] {
        assert_eq!(headed(heading).sure(), None, "{heading}");
    }
}

#[test]
fn lists_and_guidance_name_forms_and_are_none() {
    let index = ["INDEX", "1\tMG6D\t3", "2\tMG11 Smith\t4"];
    let guidance =
        ["MG6D", "The purpose of this form is to tell the prosecutor of what is sensitive."];
    for lines in [&index[..], &guidance[..], &["MG3", "MG6D", "MG11", "MG15"]] {
        let lines: Vec<&str> = lines.iter().copied().chain(BODY).collect();
        assert_eq!(of_lines(&lines).sure(), None, "{lines:?}");
    }
}

#[test]
fn welsh_back_pages_are_known() {
    let page =
        of_lines(&["Manylion cyswllt y tyst", "Cyfeiriad cartref: ......", "Dyddiad a man geni:"]);
    assert_eq!(page.sure(), Some("MG11 back"));
}

#[test]
fn a_statement_in_a_table_is_known_by_its_cells() {
    let cells = ["Statement of:\tSam Sample", "Over 18\tOccupation:\tBaker", "Signed\tDate"];
    assert_eq!(of_lines(&cells).sure(), Some("MG11"));
    assert_eq!(of_lines(&["Name:\tSam Sample", "Over 18\tOccupation:\tBaker"]).sure(), None);
}

#[test]
fn a_page_in_sentence_case_is_marked() {
    let marked = |text: &str| {
        headed(text).markings.iter().any(|found| found.what == Marking::NotDisclosable)
    };
    assert!(marked("This page is not disclosable to the defence."));
    assert!(marked("Nid i'w ddatgelu"));
    assert!(marked("These pages must not be disclosed to the defence."));
    assert!(!marked("The officer said that it must not be disclosed to the defence."));
    assert!(!marked("It is not disclosable, as the officer said"));
    assert!(!marked("RESTRICTED (when complete)"));
}

#[test]
fn a_log_is_known_by_its_times_and_a_table_of_dates_is_none() {
    let row = "01/06/2026 22:10:11 730467 XX-731 entry";
    let mut lines = vec![row; 9];
    assert!(of_lines(&lines).classes.is_empty());
    lines.push("Call origin");
    assert_eq!(of_lines(&lines).sure(), Some("incident-log"));
}

#[test]
fn a_heading_that_nobody_can_read_is_told() {
    assert!(headed("\u{fffd}\u{fffd}\u{fffd}\u{fffd} \u{fffd}").has_unread_heading);
    assert!(!headed("\u{fffd} MG11").has_unread_heading);
}

#[test]
fn pages_are_known_by_their_file() {
    let first = headed("MG3");
    let count = |text: &str| {
        let mut lines = vec![(30.0, "Suspect")];
        lines.extend((0_u32..).zip(BODY).map(|(at, line)| (100.0 + 16.0 * f64::from(at), line)));
        lines.push((800.0, text));
        of_placed(&lines)
    };
    let classes = |pages: &[&PageKind]| -> Vec<Option<(&str, bool)>> {
        let pages: Vec<(u32, &PageKind)> = (1..).zip(pages.iter().copied()).collect();
        let found = belongings(&pages).into_iter();
        found.map(|(_, found)| found.map(|found| (found.class, found.is_own))).collect()
    };
    let (second, third, new) = (count("Page 2 of 3"), count("Page 3 of 3"), count("Page 1 of 1"));
    let (own, part) = (Some(("MG3", true)), Some(("MG3", false)));
    assert_eq!(classes(&[&first, &second, &third, &new]), [own, part, part, None]);
    let statement = of_lines(&["WITNESS STATEMENT", "Statement of: A Sample"]);
    assert_eq!(classes(&[&first, &statement, &second]), [own, Some(("MG11", true)), None]);
    let bare = of_lines(&BODY);
    assert_eq!(classes(&[&first, &bare]), [own, part], "nothing else begins");
    let plain = headed("Notes");
    assert_eq!(classes(&[&plain, &bare]), [None, None]);
}
