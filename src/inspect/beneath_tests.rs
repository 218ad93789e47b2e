//! Scans, photographs and words beneath all that somebody may lay over them.

use super::tests::{found_with, stream};
use super::*;

/// A scan of 100 by 50 points, on a page of twice that size: lines of words at the left, a rule across them, blank paper at
/// the right.
fn scan() -> String {
    let shade = |x: usize, y: usize| match (x, y) {
        (70.., _) => "F0",
        (_, 25) => "30",
        _ if y % 10 < 6 && (x * 7 + y * 13 + x * y) % 11 < 4 => "20",
        _ => "F0",
    };
    let rows = (0..50).flat_map(|y| (0..100).map(move |x| shade(x, y)));
    picture(100, 50, "", &rows.collect::<String>())
}

fn picture(columns: usize, rows: usize, entries: &str, hex: &str) -> String {
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width {columns} /Height {rows} /BitsPerComponent 8 /ColorSpace /DeviceGray \
         /Filter /ASCIIHexDecode {entries}"
    );
    stream(&entries, &format!("{hex}>"))
}

/// The objects of a file from 6 on: a form that draws this, whose resources are the scan, a black picture with a soft mask that
/// is clear at its left, a shading, a pattern with this cell and a font of blocks; and last a form like it that draws the look
/// of a comment.
fn objects(content: &str, look: &str, cell: &str) -> Vec<String> {
    let resources = "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F 4 0 R /B 9 0 R >> \
        /ExtGState << /T << /ca 0.3 >> >> /Pattern << /P 7 0 R >> /XObject << /Scan 12 0 R /I 8 0 R >> /Shading << /S << \
        /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 200 0] /Extend [true true] \
        /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0] /C1 [0.02] >> >> >> >>";
    let tiling = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 8 8] /XStep 8 /YStep 8 \
        /Resources << >>";
    let font = "<< /Type /Font /Subtype /Type3 /FontBBox [0 -300 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] \
        /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> \
        /Resources << >> >>";
    vec![
        stream(resources, content),
        stream(tiling, cell),
        picture(4, 1, "/SMask 10 0 R", "00000000"),
        font.to_owned(),
        picture(4, 1, "", "00FFFFFF"),
        stream("", "1000 0 d0 0 -300 1000 1300 re f"),
        scan(),
        stream(resources, look),
    ]
}

fn kinds(page: &str, content: &str, look: &str, cell: &str) -> Vec<LeakKind> {
    let objects = objects(content, look, cell);
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    found_with("", page, "/X Do", &objects).into_iter().map(|leak| leak.kind).collect()
}

/// What a page betrays that shows the scan, and this over it.
fn over_scan(cover: &str, cell: &str) -> Vec<LeakKind> {
    kinds("", &format!("{SCAN}{cover}"), "", cell)
}

/// What it betrays where an annotation of this kind draws the cover.
fn marked(subtype: &str, rect: &str, page: &str, cover: &str, cell: &str) -> Vec<LeakKind> {
    let note = format!(
        "/Annots [<< /Type /Annot /Subtype /{subtype} /Rect [{rect}] /AP << /N 13 0 R >> >>]"
    );
    kinds(&note, page, cover, cell)
}

const NAME: &str = "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET ";
const SCAN: &str = "q 200 0 0 100 0 0 cm /Scan Do Q ";
const PAINTED: &str = "1 g 0 0 8 8 re f";
const BENEATH: LeakKind = LeakKind::Redaction(Redaction::PictureBeneath);

/// Covers of about 50 by 14 points over the words of the scan.
fn covers() -> Vec<String> {
    let bars: String = (0..10).map(|bar| format!("{} 46 4.8 14 re f ", 15 + 5 * bar)).collect();
    [
        "0 g 15 46 50 14 re f",
        "1 g 15 46 50 14 re f",
        "0.6 g 15 46 50 14 re f 0 g BT /F 8 Tf 18 50 Td (Witness A) Tj ET",
        "0.2 0.4 0.9 rg 40 40 m 53 40 60 46 60 53 c 60 60 53 66 40 66 c 27 66 20 60 20 53 c 20 46 27 40 40 40 c f",
        "1 0 0 rg 20 40 m 40 40 l 50 50 l 40 60 l 20 60 l 10 50 l f",
        "0 g 20 30 m 60 50 l 56 60 l 16 40 l f",
        "/Pattern cs /P scn 15 46 50 14 re f",
        "q 15 46 50 14 re W n /S sh Q",
        "q 66 0 0 14 0 46 cm /I Do Q",
        "0 g BT /B 10 Tf 15 50 Td (aaaaa) Tj ET",
        "0 G 14 w 15 53 m 65 53 l S",
        &format!("0 g {bars}"),
    ]
    .map(str::to_owned)
    .to_vec()
}

#[test]
fn what_a_scan_shows_beneath_something_is_found_whatever_covers_it() {
    for cover in covers() {
        assert_eq!(over_scan(&cover, PAINTED), [BENEATH], "{cover}");
    }
    let hatched = "1 g 0 0 8 2 re 0 2.5 8 2 re 0 5 8 2.5 re f";
    assert_eq!(over_scan("/Pattern cs /P scn 15 40 50 24 re f", hatched), [BENEATH]);
}

#[test]
fn what_hides_nothing_of_a_scan_is_no_cover() {
    let hatching = "0.6 G 0.3 w 0 0 m 8 8 l S";
    for (cover, cell) in [
        ("", PAINTED),
        // On blank paper, over a rule, thin, seen through, pointing something out.
        ("0 g 145 46 50 14 re f", PAINTED),
        ("1 g 15 48 50 3 re f", PAINTED),
        ("/T gs 0 g 15 46 50 14 re f", PAINTED),
        ("0 g BT /F 40 Tf 15 40 Td (COPY) Tj ET", PAINTED),
        ("1 0 0 rg 10 40 m 50 52 l 10 64 l f", PAINTED),
        ("/Pattern cs /P scn 0 0 200 100 re f", hatching),
        ("1 0 0 RG 2 w 15 40 50 24 re S", PAINTED),
    ] {
        assert_eq!(over_scan(cover, cell), [], "{cover}");
    }
    // The scan once more; a coarser one beneath it would be as like.
    assert_eq!(over_scan("q 200 0 0 100 0 0 cm /Scan Do Q", PAINTED), []);
}

#[test]
fn what_is_cut_out_of_a_scan_is_still_there() {
    let cut =
        |hole: &str| kinds("", &format!("q 0 0 200 100 re {hole} W* n {SCAN} Q"), "", PAINTED);
    assert_eq!(cut("15 46 50 14 re"), [BENEATH]);
    let round =
        "40 40 m 53 40 60 46 60 53 c 60 60 53 66 40 66 c 27 66 20 60 20 53 c 20 46 27 40 40 40 c";
    assert_eq!(cut(round), [BENEATH]);
    assert_eq!(cut("145 46 50 14 re"), [], "blank");
    assert_eq!(cut("0 0 20 20 re"), [], "its shape");
    let flat = |decode: &str| {
        let hex = "20F0".repeat(64);
        let shown = picture(16, 8, &format!("/Decode [{decode}]"), &hex);
        let form = "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /XObject << /I 7 0 R >> >>";
        let form = stream(form, "q 100 0 0 20 0 40 cm /I Do Q");
        let found = found_with("", "", "/X Do", &[form.as_str(), shown.as_str()]);
        found.into_iter().map(|leak| leak.kind).collect::<Vec<_>>()
    };
    assert_eq!(flat("0 0"), [BENEATH]);
    assert_eq!(flat("1 0"), []);
}

#[test]
fn comments_that_cover_words_or_a_scan_must_stay() {
    let text = LeakKind::Redaction(Redaction::TextBeneath);
    for (subtype, in_words) in
        [("Stamp", "stamp"), ("FreeText", "text box"), ("Text", "sticky note")]
    {
        let lifted = LeakKind::CoveringComment(in_words);
        for cover in
            covers().iter().filter(|cover| cover.contains(" 46 ") && !cover.contains(" c "))
        {
            let on = |page: &str| marked(subtype, "0 0 200 100", page, cover, PAINTED);
            assert_eq!(on(SCAN), [lifted, BENEATH], "{subtype}: {cover}");
            assert_eq!(on(NAME), [text, lifted], "{subtype}: {cover}");
            assert_eq!(on("BT /F 10 Tf 20 20 Td (Beside) Tj ET"), [], "{subtype}: {cover}");
        }
    }
}

#[test]
fn comments_that_cover_nothing_may_go() {
    let beside = |subtype: &str, cover: &str| marked(subtype, "0 0 200 100", NAME, cover, PAINTED);
    for cover in [
        "0 g 100 46 50 14 re f",
        "/T gs 1 1 0 rg 15 46 50 14 re f",
        "1 0 0 RG 15 53 m 65 53 l S",
        "1 0 0 RG 15 46 50 14 re S",
    ] {
        assert_eq!(beside("Stamp", cover), [], "{cover}");
    }
    // A field is no comment.
    let field = beside("Widget", "1 g 15 46 50 14 re f");
    assert!(!field.iter().any(|kind| matches!(kind, LeakKind::CoveringComment(_))), "{field:?}");
}

#[test]
fn an_icon_that_is_but_a_patch_must_stay() {
    let icon = |cover: &str| marked("Text", "20 46 40 66", NAME, cover, PAINTED);
    let lifted = LeakKind::CoveringComment("sticky note");
    assert_eq!(icon("0 g 0 0 200 100 re f"), [lifted]);
    assert_eq!(icon("1 1 0 rg 0 0 200 100 re f 0 g 20 20 60 60 re f"), []);
    assert_eq!(icon("1 1 0 rg 60 50 40 40 re f"), []);
}
