//! `list --format pdf`, and `--output`.

use std::fmt::Write;

use crate::golden::golden;
use crate::support::case::{Case, Run};
use crate::support::look::{open, words};
use crate::support::reader::{Leads, Reader};

const TODAY: &str = "2026-11-24";

fn on(case: &Case, arguments: &[&str]) -> Run {
    case.run(&[&["list"], arguments, &["--today", TODAY]].concat())
}

const PDF: [&str; 4] = ["--format", "pdf", "--output", "list.pdf"];

/// The words of every page.
fn pages(case: &Case) -> Vec<String> {
    let pdf = open(&case.path("list.pdf"));
    pdf.pages().iter().map(words).collect()
}

#[test]
fn each_courtroom_has_its_sheet_with_a_bookmark() {
    let case = Case::fixture("office");
    let run = on(&case, &[&["--date", "today"], &PDF[..]].concat());
    run.expect(2).says("written to list.pdf");
    assert_eq!(run.out, "");
    let reader = Reader::open(&case.path("list.pdf"));
    let mut text = String::new();
    for bookmark in reader.bookmarks() {
        let Leads::Page(page) = bookmark.to else {
            panic!("{}", bookmark.title);
        };
        let _ = writeln!(text, "{} -> {page}", bookmark.title);
    }
    for (number, page) in (1..).zip(pages(&case)) {
        let _ = writeln!(text, "\n{number}: {page}");
    }
    golden("court-list", &text);
    assert_eq!(reader.text(reader.info(), "Title").as_deref(), Some("Court list"));
    let sizes = reader.numbers(reader.page(1), "MediaBox");
    assert!(sizes[2] > sizes[3], "landscape: {sizes:?}");
}

#[test]
fn no_youth_is_named_and_the_bytes_are_the_same_each_time() {
    let case = Case::fixture("office");
    on(&case, &PDF);
    let text = pages(&case).join("\n");
    for name in ["Yelland", "Bachgen", "Casey", "Rhys"] {
        assert!(!text.contains(name), "{name}");
    }
    assert!(text.contains("Llŷr Ŵyn-Ddu") && text.contains("a youth"));
    let first = case.read("list.pdf");
    on(&case, &PDF);
    assert!(first == case.read("list.pdf"));
    // A pipe gets the same as a file.
    let piped = crate::support::case::program(case.folder())
        .args(["list", "--format", "pdf", "--today", TODAY])
        .output()
        .unwrap();
    assert!(piped.stdout == first);
}

#[test]
fn a_long_day_goes_on_with_its_heads_on_the_next_page() {
    let case = Case::empty();
    for number in 0..40 {
        case.write(
            &format!("{number}/bundle.toml"),
            format!(
                "[case]\ntitle = \"R v Number {number}\"\ncourt = \"Leeds\"\n[[defendant]]\nname = \"Number {number}\"\n\
                 remand = \"custody\"\nheld_at = \"HMP Leeds\"\nby_link = true\n[hearing]\ndate = 2026-11-24\ncourtroom = \"5\"\n\
                 kind = \"a-hearing-with-a-name-that-is-longer-than-its-column\"\n"
            ),
        );
    }
    on(&case, &PDF);
    let pages = pages(&case);
    assert!(pages.len() > 2, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains("Leeds, courtroom 5, Tuesday 24 November 2026"));
        assert!(page.contains("Custody time limit") && page.contains("Prosecutor"));
        assert!(page.contains(&format!("page {number} of {}", pages.len())), "{page}");
        assert_eq!(page.contains("(continued)"), number > 1);
    }
    let whole = pages.join(" ");
    assert_eq!(whole.matches("HMP Leeds").count(), 40, "{whole}");
    assert!((0..40).all(|number| whole.contains(&format!("R v Number {number}"))));
}

#[test]
fn a_day_without_hearings_is_a_page_that_says_so() {
    let case = Case::fixture("case-complete");
    on(&case, &[&["--date", "2027-01-01"], &PDF[..]].concat()).expect(0);
    assert!(pages(&case)[0].contains("No hearing on these days."));
}

#[test]
fn every_format_goes_into_a_file_and_no_input_is_overwritten() {
    let case = Case::fixture("case-complete");
    for format in ["text", "json", "csv", "html"] {
        let printed = on(&case, &["--format", format]);
        on(&case, &["--format", format, "-o", "list"]);
        assert_eq!(String::from_utf8(case.read("list")).unwrap(), printed.out);
    }
    for input in ["bundle.toml", "statements/smith.pdf"] {
        let before = case.read(input);
        on(&case, &["-o", input]).expect(2).says("would be overwritten");
        assert!(before == case.read(input));
    }
    on(&case, &["-o", "no/such/folder"]).expect(2).says("no/such/folder: cannot be written");
}
