//! Words under, on and among all that covers are made of.

use super::tests::{found as found_on, found_with, stream};
use super::*;

const NAME: &str = "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET ";

/// What a page betrays that shows a form, among whose resources are a tiling pattern with this cell, a shading from black
/// to black, a picture with a soft mask of four columns, and a font whose letters are blocks.
fn found(content: &str, cell: &str, mask: &str) -> Vec<LeakKind> {
    let resources = "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F 4 0 R /B 9 0 R >> \
        /ExtGState << /T << /ca 0.3 >> >> \
        /Pattern << /P 7 0 R >> /XObject << /I 8 0 R >> /Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray \
        /Coords [0 0 200 0] /Extend [true true] \
        /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] /C1 [0.02] >> >> >> >>";
    let tiling = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 \
        /Resources << >>";
    let picture = "/Type /XObject /Subtype /Image /Width 4 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray \
        /Filter /ASCIIHexDecode";
    let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 -300 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] \
        /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> \
        /Resources << >> >>";
    let objects = [
        stream(resources, content),
        stream(tiling, cell),
        stream(&format!("{picture} /SMask 10 0 R"), "00000000"),
        font.to_owned(),
        stream(picture, mask),
        stream("", "1000 0 d0 0 -300 1000 1300 re f"),
    ];
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    found_with("", "", "/X Do", &objects).into_iter().map(|leak| leak.kind).collect()
}

const OPAQUE: &str = "FFFFFFFF";

#[test]
fn words_are_hidden_whatever_hides_them() {
    use Redaction::{SameColour, TextBeneath};
    let white = "1 g 0 0 8 8 re f";
    for (content, cell, kind) in [
        ("1 1 1 rg 15 46 50 14 re f".to_owned(), white, None),
        // Painted over: a pattern without gaps, a shading, block letters.
        (format!("{NAME}/Pattern cs /P scn 15 46 50 14 re f"), white, Some(TextBeneath)),
        (format!("{NAME}q 15 46 50 14 re W n /S sh Q"), white, Some(TextBeneath)),
        (format!("{NAME}BT /B 10 Tf 15 50 Td (aaaaa) Tj ET"), white, Some(TextBeneath)),
        // Painted on: black on a black shading and on block letters, in a white pattern.
        (format!("q 15 46 50 14 re W n /S sh Q {NAME}"), white, Some(SameColour)),
        (format!("BT /B 10 Tf 15 50 Td (aaaaa) Tj ET {NAME}"), white, Some(SameColour)),
        (format!("/Pattern cs /P scn {}", &NAME[4..]), white, Some(SameColour)),
    ] {
        let expected: Vec<LeakKind> = kind.map(LeakKind::Redaction).into_iter().collect();
        assert_eq!(found(&content, cell, OPAQUE), expected, "{content}");
    }
}

#[test]
fn a_picture_hides_what_its_mask_does_not_let_through() {
    let over = |place: &str| format!("{NAME}q {place} cm /I Do Q");
    let beneath = [LeakKind::Redaction(Redaction::TextBeneath)];
    for (place, mask, expected) in [
        ("50 0 0 14 15 46", OPAQUE, beneath.as_slice()),
        // Clear at the left of the word; all over the page; clear where the word stands; pale everywhere.
        ("80 0 0 14 0 46", "00FFFFFF", &beneath),
        ("200 0 0 100 0 0", "FFFF0000", &beneath),
        ("200 0 0 100 0 0", "0000FFFF", &[]),
        ("200 0 0 100 0 0", "80808080", &[]),
    ] {
        assert_eq!(found(&over(place), "", mask), expected, "{place} {mask}");
    }
}

#[test]
fn what_lets_words_be_read_is_no_redaction() {
    let hatching = "0.6 G 0.3 w 0 0 m 8 8 l S";
    let copy = "0.85 g 2 0 2 8 re f";
    for (content, cell) in [
        (format!("{NAME}/Pattern cs /P scn 0 0 200 100 re f"), hatching),
        (format!("{NAME}/Pattern cs /P scn 0 0 200 100 re f"), copy),
        (format!("/S sh 1 g {}", &NAME[4..]), copy),
        (format!("{NAME}/T gs 0 g 15 46 50 14 re f"), copy),
    ] {
        assert_eq!(found(&content, cell, OPAQUE), [], "{content}");
    }
}

#[test]
fn covered_words_that_tell_nothing_are_a_note() {
    let boxed = |text: &str, more: &str| {
        format!("0 g BT /F 10 Tf 20 50 Td ({text}) Tj ET 1 g 15 46 180 14 re f 0 g {more}")
    };
    let elsewhere = "BT /F 10 Tf 20 20 Td (As Sam Sample said) Tj ET";
    for (content, expected) in [
        (boxed("Not protectively marked", ""), LeakKind::Redundant),
        (boxed("Sam Sample", elsewhere), LeakKind::Redundant),
        (boxed("Sam Sampson", elsewhere), LeakKind::Redaction(Redaction::TextBeneath)),
    ] {
        assert_eq!(found(&content, "", OPAQUE), [expected], "{content}");
    }
}

#[test]
fn letters_that_are_painted_and_not_painted_at_one_place_are_seen() {
    let unpainted = |at: &str| format!("{NAME}BT 3 Tr /F 10 Tf {at} Td (Conceal) Tj ET");
    assert_eq!(found_on("", &unpainted("21 49")), []);
    let why = Hidden::Unpainted;
    assert_eq!(found_on("", &unpainted("20 30")), [LeakKind::Hidden { why, letters: 7 }]);
}
