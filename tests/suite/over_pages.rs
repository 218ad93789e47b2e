//! What is told of several pages together: running heads that one of them covers, and findings that say the same.

use crate::support::case::{Case, array, codes, text};
use crate::support::paper;

/// A case for the defence of one exhibit with a page for each content.
fn case(contents: &[String]) -> Case {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"defence\"\noutput = \"out/b.pdf\"\n[[section]]\nletter = \"A\"\n\
         [[section.document]]\ntitle = \"It\"\nform = \"exhibit\"\nfile = \"it.pdf\"\ndate = 2026-06-01\n",
    );
    case.write("it.pdf", paper::of_contents(contents));
    case
}

fn headed(head: &str, is_covered: bool) -> String {
    let cover = if is_covered { "1 g 40 800 400 30 re f" } else { "" };
    format!(
        "BT /F 11 Tf 50 810 Td ({head}) Tj ET BT /F 11 Tf 50 500 Td (Nothing else.) Tj ET {cover}"
    )
}

#[test]
fn a_covered_head_that_other_pages_show_is_a_note() {
    let head = "Exampleton Partners and Company";
    let shown = case(&[false, true, false].map(|is_covered| headed(head, is_covered)));
    assert_eq!(codes(&shown.checked(0)), ["covered-repeat"]);
    shown.build(&[], 0);
    // Where no page shows it, it is what somebody wanted to hide; so is another line.
    let covered = case(&[true, true, true].map(|is_covered| headed(head, is_covered)));
    assert_eq!(codes(&covered.checked(1)), ["bad-redaction"; 3]);
    let another = case(&[headed(head, false), headed("Statement of Jolyon Dunridgely", true)]);
    assert_eq!(codes(&another.checked(1)), ["bad-redaction"]);
}

#[test]
fn what_is_the_same_on_several_pages_is_one_line_for_people_and_a_row_a_page_for_scripts() {
    let case = case(&["NOT DISCLOSABLE"; 3].map(|head| headed(head, false)));
    let report = case.checked(1);
    let pages: Vec<_> = array(&report, "findings").iter().map(|one| one["page"].as_u64()).collect();
    assert_eq!(pages, [Some(1), Some(2), Some(3)]);
    let told = case.run(&["check"]).out;
    assert_eq!(told.matches("the page is marked").count(), 1, "{told}");
    assert!(told.contains("pages 1-3: the page is marked"), "{told}");
    assert!(array(&report, "findings").iter().all(|one| !text(one, "message").contains("pages")));
}
