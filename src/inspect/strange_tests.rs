//! Less usual ways to hide what is still there.

use super::*;
use crate::pdf::page::tests::pdf_with;
use crate::pdf::page::{Cache, FileWords, OpenPage};

/// What a page with this content betrays, with more objects in the file, from 6, and whether it could be searched.
fn searched(catalog: &str, page: &str, content: &str, more: &[&str]) -> (Vec<LeakKind>, bool) {
    let pdf = pdf_with(catalog, page, content, more);
    let words = FileWords::of(&pdf, pdf.pages().first());
    let found = examine(OpenPage::new(&pdf.pages()[0], &Cache::new()), &words);
    let kinds = found.leaks.into_iter().map(|leak| leak.kind);
    (kinds.collect(), found.searched)
}

fn found(content: &str) -> Vec<LeakKind> {
    searched("", "", content, &[]).0
}

const NAME: &str = "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET ";
const BENEATH: [LeakKind; 1] = [LeakKind::Redaction(Redaction::TextBeneath)];

#[test]
fn thick_lines_hide_text_where_their_dashes_do() {
    for (line, expected) in [
        ("14 w [20 1] 0 d 15 53 m 65 53 l S", &BENEATH[..]),
        ("14 w 2 J [8 8] 0 d 15 53 m 65 53 l S", &BENEATH),
        // The gaps are wider than the letters, or the line is thin.
        ("14 w [4 40] 0 d 15 53 m 65 53 l S", &[]),
        ("1 w [20 1] 0 d 15 53 m 65 53 l S", &[]),
    ] {
        assert_eq!(found(&format!("{NAME}0 G {line}")), expected, "{line}");
    }
}

#[test]
fn signs_typed_over_text_do_not_remove_it() {
    let over = |signs: &str| format!("{NAME}BT /F 10 Tf 20 50 Td ({signs}) Tj ET");
    for signs in ["||||||||||||||||||", "XXXXXXXX", "########"] {
        let kinds = found(&over(signs));
        assert!(kinds.contains(&BENEATH[0]), "{signs}: {kinds:?}");
    }
    for other in [
        // The line to write on, and a leader.
        over("__________"),
        over(".................."),
        // A table, a number with most of it left out, and signs beside the text.
        "BT /F 10 Tf 20 50 Td (| Name | Age | Town |) Tj ET".to_owned(),
        "BT /F 10 Tf 20 50 Td (Account XXXXXXXX 1234) Tj ET".to_owned(),
        format!("{NAME}BT /F 10 Tf 20 70 Td (XXXXXXXXXX) Tj ET"),
    ] {
        assert_eq!(found(&other), [], "{other}");
    }
}

#[test]
fn text_squeezed_to_a_line_is_too_small_to_be_read() {
    let squeezed = found("BT /F 10 Tf 0.1 Tz 20 50 Td (Conceal) Tj ET");
    let why = Hidden::Tiny;
    assert_eq!(squeezed, [LeakKind::Hidden { why, letters: 7 }]);
    assert_eq!(found("BT /F 10 Tf 60 Tz 20 50 Td (Narrow) Tj ET"), []);
}

/// A stamp over the name, that draws this with a soft mask that paints that.
fn masked(drawing: &str, mask: &str) -> Vec<LeakKind> {
    let form = |content: &str, entries: &str| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] {entries} /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let resources = "/Resources << /Font << /F 4 0 R >> /ExtGState << /K << /SMask << /S /Luminosity /G 7 0 R >> >> >> >>";
    let page =
        "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 200 100] /AP << /N 6 0 R >> >>]";
    let objects =
        [form(drawing, resources), form(mask, "/Group << /S /Transparency /CS /DeviceGray >>")];
    let more: Vec<&str> = objects.iter().map(String::as_str).collect();
    searched("", page, NAME, &more).0
}

#[test]
fn a_mask_of_one_level_is_none_or_hides_all() {
    let bar = "/K gs 0 g 15 46 50 14 re f";
    let comment = LeakKind::CoveringComment("stamp");
    assert_eq!(masked(bar, "1 g 0 0 200 100 re f"), [BENEATH[0], comment]);
    for seen_through in
        ["0.5 g 0 0 200 100 re f", "0 g 0 0 200 100 re f", "", "1 g 30 0 3 100 re f"]
    {
        assert_eq!(masked(bar, seen_through), [], "{seen_through}");
    }
    let text = "/K gs BT /F 10 Tf 20 20 Td (Behind) Tj ET";
    let why = Hidden::Unpainted;
    let hidden = [LeakKind::Hidden { why, letters: 6 }];
    assert_eq!(masked(text, "0 g 0 0 200 100 re f"), hidden);
    assert_eq!(masked(text, "1 g 0 0 200 100 re f"), []);
}

/// What a picture of eight by eight grey points all over the page betrays, whose lines are these in turn, with a mask of
/// these lines.
fn cut_out(lines: [&str; 2], mask: [&str; 8]) -> Vec<LeakKind> {
    let picture = |entries: &str, hex: &str| {
        format!(
            "<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray {entries} \
             /Filter /ASCIIHexDecode /Length {} >>\nstream\n{hex}>\nendstream",
            hex.len() + 1
        )
    };
    let form = "q 200 0 0 100 0 0 cm /I Do Q";
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /XObject << /I 7 0 R >> >> /Length {} >>\nstream\n{form}\nendstream",
        form.len()
    );
    let shown = picture("/SMask 8 0 R", &lines.concat().repeat(4));
    searched("", "", "/X Do", &[&form, &shown, &picture("", &mask.concat())]).0
}

#[test]
fn what_a_mask_cuts_out_of_a_picture_is_still_there() {
    let (all, part) = ("FFFFFFFFFFFFFFFF", "FFFF0000FFFFFFFF");
    let hole = [all, all, part, part, part, all, all, all];
    let (fields, plain) = (["00FF00FF00FF00FF", "FF00FF00FF00FF00"], ["8080808080808080"; 2]);
    assert_eq!(cut_out(fields, hole), [LeakKind::Redaction(Redaction::PictureBeneath)]);
    assert_eq!(cut_out(plain, hole), []);
    // The shape of a picture, and one that is seen whole.
    let edge = "0000FFFFFFFFFFFF";
    assert_eq!(cut_out(fields, [edge, edge, all, all, all, all, all, all]), []);
    assert_eq!(cut_out(fields, [all; 8]), []);
}

/// A font of drawn letters whose names are no names, as TeX has them, for codes from 48, or others.
fn drawn_font(first: u32) -> String {
    let widths = "600 ".repeat(64);
    let names: String = (first..first + 64).map(|code| format!("/a{code} ")).collect();
    let glyphs: String = (first..first + 64).map(|code| format!("/a{code} 7 0 R ")).collect();
    format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar {first} \
         /LastChar {last} /Widths [{widths}] /Encoding << /Differences [{first} {names}] >> /CharProcs << {glyphs} >> \
         /Resources << >> >>",
        last = first + 63
    )
}

/// What a stamp with these codes in such a font betrays.
fn in_drawn_font(first: u32, codes: &str) -> (Vec<LeakKind>, bool) {
    let glyph = "600 0 0 0 600 700 d1 0 0 500 700 re f";
    drawn(first, glyph, &format!("BT /D 10 Tf 20 85 Td <{codes}> Tj ET"))
}

/// What a stamp with this content betrays, that uses such a font with this drawing for all of its letters.
fn drawn(first: u32, glyph: &str, text: &str) -> (Vec<LeakKind>, bool) {
    let glyph = format!("<< /Length {} >>\nstream\n{glyph}\nendstream", glyph.len());
    let form = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /D 8 0 R >> >> /Length {} >>\nstream\n{text}\nendstream",
        text.len()
    );
    let page =
        "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 200 100] /AP << /N 6 0 R >> >>]";
    searched("", page, "", &[&form, &glyph, &drawn_font(first)])
}

#[test]
fn bitmap_fonts_of_tex_are_read_by_their_codes() {
    let form = LeakKind::ProhibitedForm("MG6D");
    assert_eq!(in_drawn_font(48, "4D473644"), (vec![form], true));
}

#[test]
fn letters_of_drawn_fonts_have_the_colour_that_they_are_drawn_in() {
    let (shape, empty) = ("600 0 0 0 600 700 d1 0 0 500 700 re f", "600 0 d0");
    let blue = "600 0 d0 0 0 1 rg 0 0 500 700 re f";
    let text = |colour: &str| format!("{colour} BT /D 10 Tf 20 50 Td (SOURCE) Tj ET");
    let of = |glyph: &str, text: &str| drawn(48, glyph, text).0;
    let lost = [LeakKind::Redaction(Redaction::SameColour)];
    assert_eq!(of(shape, &text("1 g")), lost);
    assert_eq!(of(shape, &text("0 g")), []);
    assert_eq!(of(shape, &text("0 g 0 0 200 100 re f")), lost);
    assert_eq!(of(blue, &text("1 g")), []);
    // Not told from a font whose drawings are not found.
    assert_eq!(of(empty, &text("1 g")), []);
}

#[test]
fn a_page_of_letters_that_nobody_can_read_is_not_searched() {
    assert!(!in_drawn_font(160, &"A1A2A3A4".repeat(6)).1);
    assert!(in_drawn_font(160, "A1A2A3").1, "bullets");
}

#[test]
fn letters_drawn_upon_each_other_are_one_sign() {
    let button: String = ["1 g (n)", "0.5 g (m)", "1 g (l)", "0 g (k)", "1 g (j)"]
        .map(|part| {
            let (colour, letter) = part.split_at(part.find('(').unwrap());
            format!("{colour} BT /F 10 Tf 20 50 Td {letter} Tj ET ")
        })
        .concat();
    assert_eq!(found(&button), []);
}

#[test]
fn what_things_are_called_is_searched() {
    let phone = LeakKind::Personal(Personal::Phone);
    for catalog in [
        "/OCProperties << /OCGs [<< /Type /OCG /Name (ring 07700 900123) >>] /D << >> >>",
        "/OutputIntents [<< /S /GTS_PDFA1 /Info (ring 07700 900123) >>]",
        "/Names << /Dests << /Names [(ring 07700 900123) [3 0 R /Fit]] >> >>",
        "/Names << /Dests << /Kids [<< /Names [(ring 07700 900123) [3 0 R /Fit]] >>] >> >>",
        "/AcroForm << /Fields [<< /FT /Tx /T (ring 07700 900123) >>] >>",
        "/AcroForm << /Fields [<< /FT /Btn /T (b) /Rect [0 0 9 9] /MK << /AC (ring 07700 900123) >> >>] >>",
        "/AcroForm << /Fields [<< /FT /Ch /T (c) /Rect [0 0 9 9] /Opt [(a) [(b) (ring 07700 900123)]] >>] >>",
    ] {
        let (kinds, is_searched) = searched(catalog, "", "", &[]);
        assert_eq!(kinds, [phone], "{catalog}");
        assert!(is_searched);
    }
    let betrayed = searched("/Names << /Dests << /Names [(MG6D) [3 0 R /Fit]] >> >>", "", "", &[]);
    assert_eq!(betrayed.0, [LeakKind::ProhibitedForm("MG6D")]);
    let plain =
        "/Names << /Dests << /Names [(section.1) [3 0 R /Fit] (page.12) [3 0 R /Fit]] >> >>";
    assert_eq!(searched(plain, "", "", &[]).0, []);
}

#[test]
fn tags_within_tags_are_searched() {
    let tags = "/StructTreeRoot << /K [<< /S /P /K [<< /S /Figure /Alt (ring 07700 900123) /Pg 3 0 R >>] >>] >>";
    let phone = LeakKind::Personal(Personal::Phone);
    assert_eq!(searched(tags, "", "", &[]).0, [phone]);
}

#[test]
fn numbers_of_forms_stand_in_cells_feet_and_behind_dashes() {
    let form = [LeakKind::ProhibitedForm("MG6D")];
    let body = "BT /F 6 Tf 10 45 Td (The usual words of a page in their usual size) Tj ET ";
    let cells = |label: &str| {
        found(&format!(
            "{body}BT /F 6 Tf 20 60 Td ({label}) Tj 60 0 Td (MG6D) Tj 60 0 Td (Page 1) Tj ET"
        ))
    };
    assert_eq!(cells("Form"), form);
    assert_eq!(cells("Sent"), []);
    let at =
        |height: u32, text: &str| found(&format!("{body}BT /F 6 Tf 10 {height} Td ({text}) Tj ET"));
    assert_eq!(at(93, "Confidential information - MG6D"), form);
    assert_eq!(at(60, "Confidential information - MG6D"), []);
    assert!(
        at(3, "MG 6D 2010/11 \\(1\\) RESTRICTED \\(when complete\\) Page 2 of 3")
            .contains(&form[0])
    );
}
