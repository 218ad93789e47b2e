//! The example as the README builds it: cover, index, bookmarks and labels against the audit record.

use serde_json::{Value, json};

use crate::golden::golden;
use crate::support::agreement::{assert_numbers_agree, row_links, sections, sha256};
use crate::support::case::{Case, array, codes, number, text};
use crate::support::dump::dump;
use crate::support::look::{letters, open, words};
use crate::support::reader::{Bookmark, Reader};

#[test]
fn the_command_of_the_readme_builds_the_example() {
    let case = Case::example();
    let before = case.files();
    let run = case.run_in("..", &["build", case.folder().to_str().unwrap()]);
    let output = "out/01AB1234526 R v Blake trial 2026-11-24.pdf";
    run.expect(0).shows("R v Blake").shows("62 pages").shows(output);
    let mut after = case.files();
    after.retain(|file| !before.contains(file));
    assert_eq!(after, [output.to_owned(), format!("{output}.json")]);

    let record = case.build(&[], 0);
    let mut on_disk: Value = serde_json::from_slice(&case.read(&format!("{output}.json"))).unwrap();
    assert_eq!(on_disk.as_object_mut().unwrap().remove("version"), Some(json!(1)));
    let mut bundle = record.clone();
    for of_run in ["state", "exit_code", "urn", "title"] {
        bundle.as_object_mut().unwrap().remove(of_run).unwrap();
    }
    // The bundle is served, so that the record beside it may go along, and has no folders.
    for rows in ["documents", "findings"] {
        for row in bundle[rows].as_array_mut().unwrap() {
            let file = row["file"].as_str().unwrap();
            row["file"] = json!(file.rsplit('/').next().unwrap());
        }
    }
    assert_eq!(on_disk, bundle, "the file beside the bundle and the JSON output");
    assert_eq!(text(&record, "output"), output);
    let reader = Reader::open(&case.path(output));
    assert_eq!(number(&record, "bytes"), reader.bytes.len());
    assert_eq!(record["sha256"], sha256(&reader.bytes));
    assert_eq!(array(&record, "documents").len(), 24);
    assert_numbers_agree(&record, &reader, 3);
    golden("r-v-blake", &dump(&reader));
}

#[test]
fn each_row_of_the_index_says_what_its_link_leads_to() {
    let case = Case::example();
    let (record, reader) = case.built();
    let bundle = open(&case.path(text(&record, "output")));
    let mut rows = Vec::new();
    for page in 2..=3 {
        let letters = letters(&bundle.pages()[page - 1]);
        for link in row_links(&reader, page) {
            let [left, bottom, right, top] = link.rect.map(f64::from);
            assert!(left < 60.0 && right > 535.0, "over the whole width: {:?}", link.rect);
            let said: String = letters
                .iter()
                .filter(|letter| (841.9 - top..841.9 - bottom).contains(&letter.y))
                .map(|letter| letter.text.as_str())
                .collect();
            rows.push(said.replace(' ', ""));
        }
    }
    let mut number = 0;
    let mut expected = Vec::new();
    for (letter, documents) in sections(&record) {
        expected.push((letter.to_owned(), documents[0], documents[documents.len() - 1]));
        for document in documents {
            number += 1;
            expected.push((number.to_string() + text(document, "title"), document, document));
        }
    }
    assert_eq!(rows.len(), expected.len());
    for (row, (start, first, last)) in rows.iter().zip(expected) {
        let (first, last) = (text(first, "first_label"), text(last, "last_label"));
        let pages = if first == last { first.to_owned() } else { format!("{first}–{last}") };
        assert!(row.starts_with(&start.replace(' ', "")), "{row}: {start}");
        assert!(row.ends_with(&pages), "{row}: {pages}");
    }
}

#[test]
fn the_cover_and_its_bookmarks_are_in_the_language_of_the_case() {
    let case = Case::fixture("case-youth-welsh");
    case.edit("file_standard = \"none\"", "file_standard = \"none\"\nlanguage = \"cy\"");
    let (record, reader) = case.built();
    assert_numbers_agree(&record, &reader, 2);
    let titles: Vec<String> =
        reader.bookmarks().into_iter().map(|Bookmark { title, .. }| title).collect();
    assert_eq!(titles[..2], ["Clawr [i]", "Mynegai [ii]"]);
    let bundle = open(&case.path(text(&record, "output")));
    let cover = words(&bundle.pages()[0]);
    for part in ["Y Brenin v Llŷr-Ŵyn", "Gwenllïan Llŷr-Ŵyn", "62CY0000426"] {
        assert!(cover.contains(part), "{part} in {cover}");
    }
    golden("case-youth-welsh", &dump(&reader));
}

#[test]
fn the_cover_says_what_the_case_is() {
    let case = Case::example();
    case.edit("name = \"trial\"", "name = \"trial\"\nversion = \"2\"");
    let (record, _) = case.built();
    let bundle = open(&case.path(text(&record, "output")));
    let cover = words(&bundle.pages()[0]);
    for part in [
        "IN THE CROWN COURT AT LEEDS",
        "R v Blake",
        "Trial bundle",
        "01AB1234526",
        "T20260123",
        "Jordan Blake",
        "Łukasz Świątek",
        "24 November 2026, 10:00",
        "Courtroom 5",
        "Version 2",
        "62 pages",
    ] {
        assert!(cover.contains(part), "{part} in {cover}");
    }
    assert!(codes(&record).contains(&"document-decrypted"));
}
