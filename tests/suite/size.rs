//! A bundle is no larger than its sources together, but for cover, index and numbers.

use std::fs;

use crate::support::case::{Case, array, number, repository};

/// Cover and index with their fonts, the font of the numbers, and the file's own structure.
const OF_ITS_OWN: usize = 28_000;

/// A number, its link and its entries, in bytes.
const FOR_EACH_PAGE: usize = 450;

/// Builds a case and says by how many bytes its bundle is larger than it may be.
fn excess(case: &Case) -> usize {
    let (record, _) = case.built();
    let documents = array(&record, "documents").iter();
    let sources: usize = documents
        .filter_map(|document| document["file"].as_str())
        .map(|file| case.read(file).len())
        .sum();
    let may_be = sources + OF_ITS_OWN + FOR_EACH_PAGE * number(&record, "pages");
    number(&record, "bytes").saturating_sub(may_be)
}

#[test]
fn the_example_is_no_larger_than_its_sources() {
    assert_eq!(excess(&Case::example()), 0);
}

#[test]
fn no_fixture_grows() {
    let mut grown = Vec::new();
    for entry in fs::read_dir(repository("fixtures/producers")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        // They open only with a password.
        if name.ends_with("-letmein.pdf") {
            continue;
        }
        let excess = excess(&Case::listing(&[(&format!("producers/{name}"), "")]));
        if excess > 0 {
            grown.push((name, excess));
        }
    }
    assert!(grown.is_empty(), "{grown:?}");
}

#[test]
fn what_several_files_hold_alike_is_written_once() {
    let twice = [("producers/img2pdf-jpeg.pdf", ""); 2];
    let [one, two] = [&twice[..1], &twice].map(|files| {
        let (record, _) = Case::listing(files).built();
        number(&record, "bytes")
    });
    let source = fs::metadata(repository("fixtures/producers/img2pdf-jpeg.pdf")).unwrap();
    assert!(two - one < source.len() as usize / 4, "{one}, {two}");
}
