//! Scans without text: which are alike, which are blank, which cannot be searched.

use crate::support::case::{Case, array, findings, text};

/// Pages that are one grey picture each, of so many points in each direction; `shade` gives each point.
fn scan(shade: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    const SIDE: usize = 128;
    let points = (0..SIDE * SIDE).map(|index| format!("{:02x}", shade(index % SIDE, index / SIDE)));
    let points: String = points.collect();
    let content = "q 595 0 0 842 0 0 cm /Scan Do Q";
    crate::bad_files::hostile::pdf(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</Scan 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        format!(
            "<</Type/XObject/Subtype/Image/Width {SIDE}/Height {SIDE}/ColorSpace/DeviceGray/BitsPerComponent 8\
             /Filter/ASCIIHexDecode/Length {}>>stream\n{points}>\nendstream",
            points.len() + 1
        ),
    ])
}

/// Lines of words of some writing.
fn writing(hand: usize) -> impl Fn(usize, usize) -> u8 {
    move |x, y| {
        let word = (x / 2 * 7 + y / 2 * hand * 13 + (x / 2) * (y / 2)) % 11 < 6;
        if y % 6 < 2 && word { 90 } else { 240 }
    }
}

#[test]
fn scans_are_told_apart_and_blank_ones_found() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\ntitle = \"Documents\"\n",
    );
    let pages =
        [scan(writing(1)), scan(writing(2)), scan(writing(1)), scan(|_, _| 250), scan(|_, _| 244)];
    for (number, page) in pages.iter().enumerate() {
        case.write(&format!("{number}.pdf"), page);
        case.append(&format!(
            "[[section.document]]\ntitle = \"Scan {number}\"\nfile = \"{number}.pdf\"\n"
        ));
    }
    let record = case.build(&[], 0);
    assert_eq!(array(&record, "documents").len(), 5);
    let told = |code: &str| text(findings(&record, code)[0], "message").to_owned();
    assert_eq!(told("duplicate-pages"), "page 5 is like page 3 (page 5)");
    assert_eq!(told("blank-pages"), "2 pages show nothing (pages 6–7)");
    assert!(
        told("searchable").starts_with("3 pages are pictures without text"),
        "{}",
        told("searchable")
    );
}
