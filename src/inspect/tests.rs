use super::*;
use crate::model::Sha256Hash;
use crate::pdf::page::tests::{pdf, pdf_with};
use crate::pdf::page::{Cache, FileWords, OpenPage};

/// What a page of 200 by 100 points with this content betrays.
pub(super) fn found(page: &str, content: &str) -> Vec<LeakKind> {
    let pdf = pdf(page, content);
    let found = examine(
        OpenPage::new(&pdf.pages()[0], &Cache::new()),
        &FileWords::of(&pdf, pdf.pages().first()),
    );
    assert!(found.searched, "{content}");
    found.leaks.into_iter().map(|leak| leak.kind).collect()
}

const NAME: &str = "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET ";
/// A scan: a picture of two colours all over the page.
const SCAN: &str = "q 200 0 0 100 0 0 cm BI /W 8 /H 1 /CS /G /BPC 8 ID CCCC\x7f\x7f\x7f\x7f EI Q ";
/// The same in the text layer of a scan.
const LAYER: &str = "BT 3 Tr /F 10 Tf 20 50 Td (Conceal) Tj ET ";
const BOX: &str = "15 46 50 14 re f ";

#[test]
fn text_beneath_something_is_found() {
    for cover in [
        "0 g 15 46 50 14 re f",
        "1 g 15 46 50 14 re f",
        "1 0 0 rg 15 46 50 14 re f",
        "0 G 14 w 15 53 m 65 53 l S",
        "q 50 0 0 14 15 46 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q",
        "q 50 0 0 14 15 46 cm BI /W 1 /H 1 /IM true /BPC 1 ID \0 EI Q",
        "q 50 0 0 14 15 46 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \0\x7f EI Q",
        "0 g 15 46 20 14 re f 35 46 30 14 re f",
        "0 g 15 46 20 14 re 35 46 30 14 re f",
        "/M gs 0 g 15 46 50 14 re f",
        "0 g 15 53 m 40 40 l 65 40 l 65 66 l 15 66 l f",
    ] {
        let kinds = found("", &format!("{NAME}{cover}"));
        assert_eq!(kinds, [LeakKind::Redaction(Redaction::TextBeneath)], "{cover}");
    }
}

#[test]
fn text_that_is_seen_is_no_redaction() {
    for content in [
        // A box beneath, with text in another colour on top.
        "0.8 g 15 46 50 14 re f 0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        "0 g 15 46 50 14 re f 1 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        // Frames, rules, strokes through the text, boxes beside it.
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 15 46 50 14 re S",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 15 46 50 1.5 re f",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 15 52 50 2.5 re f",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 70 46 50 14 re f",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 10 40 60 30 re 15 46 50 14 re f*",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 10 40 m 10 70 l 70 70 l 70 40 l h 15 46 m 65 46 l 65 60 l 15 60 l f",
        // Shading that lets the text through.
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET /M gs 1 1 0 rg 15 46 50 14 re f",
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET /T gs 15 46 50 14 re f",
        // A box that a clip keeps away from the text.
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 100 0 50 50 re W n 15 46 150 14 re f",
        // A background painted late, and the text again.
        "0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET 1 g 0 0 200 100 re f 0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        // A shadow in the colour of the paper.
        "1 g BT /F 10 Tf 21 49 Td (Conceal) Tj ET 0 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        // What stands beneath the box says nothing.
        "0 g BT /F 10 Tf 20 50 Td (XXXXXX) Tj ET 15 46 50 14 re f",
        "0 g BT /F 10 Tf 20 50 Td (REDACTED) Tj ET 15 46 60 14 re f",
        "0 g BT /F 10 Tf 20 50 Td ( . ) Tj ET 15 46 60 14 re f",
    ] {
        assert_eq!(found("", content), [], "{content}");
    }
}

/// Strips side by side, one above the other, that together make the box of the other tests.
fn strips(step: f64, height: f64) -> String {
    (0..14).map(|row| format!("15 {} 50 {height} re f ", 46.0 + step * f64::from(row))).collect()
}

#[test]
fn strips_that_lie_side_by_side_are_an_area() {
    let beneath = [LeakKind::Redaction(Redaction::TextBeneath)];
    assert_eq!(found("", &format!("{NAME}{}", strips(1.0, 1.05))), beneath);
    let lines: String =
        (0..14).map(|row| format!("15 {row} m 65 {row} l S ", row = 46 + row)).collect();
    assert_eq!(found("", &format!("{NAME}1.2 w {lines}")), beneath);
    // Ruled paper, and a gradient beneath white text.
    assert_eq!(found("", &format!("{NAME}{}", strips(2.0, 0.7))), []);
    let white = "1 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET";
    assert_eq!(found("", &format!("0 0 1 rg {}{white}", strips(1.0, 1.05))), []);
}

#[test]
fn an_outline_of_another_colour_shows_what_its_fill_does_not() {
    let text = "BT /F 10 Tf 2 Tr 20 50 Td (Conceal) Tj ET";
    assert_eq!(found("", &format!("1 g 0 G {text}")), []);
    assert_eq!(found("", &format!("1 g 1 G {text}")), [LeakKind::Redaction(Redaction::SameColour)]);
}

#[test]
fn a_box_on_a_photograph_counts_if_it_says_nothing() {
    let photograph =
        "q 80 0 0 80 10 10 cm BI /W 8 /H 1 /CS /G /BPC 8 ID C\x7fC\x7fC\x7fC\x7f EI Q ";
    let beneath = [LeakKind::Redaction(Redaction::PictureBeneath)];
    for cover in ["0 g 20 40 50 14 re f", "1 g 20 40 50 14 re f", "1 0 0 rg 20 40 50 14 re f"] {
        assert_eq!(found("", &format!("{photograph}{cover}")), beneath, "{cover}");
    }
    for sign in [
        "0 g 20 40 m 60 50 l 60 30 l f",
        "0 g 20 40 50 14 re f 1 g BT /F 10 Tf 22 42 Td (Shop) Tj ET",
    ] {
        assert_eq!(found("", &format!("{photograph}{sign}")), [], "{sign}");
    }
}

#[test]
fn a_clip_of_any_shape_can_cut_text_off() {
    let cut = found("", &format!("0 0 200 100 re 10 40 80 30 re W* n {NAME}"));
    let why = Hidden::ClippedAway;
    assert_eq!(cut, [LeakKind::Hidden { why, letters: 7 }]);
    assert_eq!(found("", &format!("5 30 m 100 95 l 150 30 l h W n {NAME}")), []);
}

#[test]
fn what_is_misread_betrays_a_form_all_the_same() {
    let form = |form| vec![LeakKind::ProhibitedForm(form)];
    for (text, expected) in [
        ("MG 6 0", form("MG6D")),
        ("MGIO", vec![]),
        ("MGI0", form("MG10")),
        ("Schedule of Re1evant Sensitive Materia1", form("MG6D")),
        ("MG6D - Operation Example", form("MG6D")),
        ("MG6D \\(12/2021\\)", form("MG6D")),
        ("MG1 File Front Sheet", form("MG1")),
        ("MG1 1", vec![]),
        ("MG11 1 of 2", vec![]),
        ("MG6C - Operation Example", vec![]),
        ("Classification: TOP SECRET", vec![LeakKind::Marking(Marking::TopSecret)]),
        ("Top Secret", vec![LeakKind::Marking(Marking::TopSecret)]),
        ("W1tness c0ntact deta1ls", vec![LeakKind::BackPage { certain: true }]),
    ] {
        assert_eq!(headed((10, 90), 6, text), expected, "{text}");
    }
}

#[test]
fn text_in_the_colour_of_its_ground_is_found() {
    for content in [
        "1 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        "0 g 15 46 50 14 re f BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
        "0 0 1 rg 15 46 50 14 re f 0 0 0.98 rg BT /F 10 Tf 20 50 Td (Conceal) Tj ET",
    ] {
        let kinds = found("", content);
        assert_eq!(kinds, [LeakKind::Redaction(Redaction::SameColour)], "{content}");
    }
    assert_eq!(found("", &format!("{SCAN}1 g BT /F 10 Tf 20 50 Td (Conceal) Tj ET")), []);
}

#[test]
fn annotations_cover_as_readers_show_them() {
    let covered = [LeakKind::Redaction(Redaction::TextBeneath)];
    let note =
        |entries: &str| format!("/Annots [<< /Type /Annot /Rect [15 46 65 60] {entries} >>]");
    for (entries, expected) in [
        ("/Subtype /Square /IC [0 0 0]", covered.as_slice()),
        ("/Subtype /Square /IC [1 1 1]", &covered),
        ("/Subtype /Highlight /C [0 0 0] /QuadPoints [15 60 65 60 15 46 65 46]", &covered),
        ("/Subtype /Highlight /C [1 1 0] /QuadPoints [15 60 65 60 15 46 65 46]", &[]),
        ("/Subtype /Square /C [1 0 0]", &[]),
        ("/Subtype /Square /IC [0 0 0] /F 2", &[]),
        ("/Subtype /Link /Border [0 0 1]", &[]),
        ("/Subtype /Polygon /IC [0] /Vertices [15 46 65 46 65 60 15 60]", &covered),
        ("/Subtype /Polygon /C [0] /Vertices [15 46 65 46 65 60 15 60]", &[]),
        ("/Subtype /Line /C [0] /BS << /W 14 >> /L [15 53 65 53]", &covered),
        ("/Subtype /Line /C [0] /L [15 53 65 53]", &[]),
        ("/Subtype /Ink /C [0] /BS << /W 14 >> /InkList [[15 53 65 53]]", &covered),
        ("/Subtype /Widget /MK << /BG [1] >>", &covered),
        ("/Subtype /FreeText /C [1 1 1]", &covered),
        ("/Subtype /Redact /IC [0 0 0]", &[LeakKind::Redaction(Redaction::NotApplied)]),
    ] {
        let mut kinds = found(&note(entries), NAME);
        let is_comment = |kind: &LeakKind| matches!(kind, LeakKind::CoveringComment(_));
        let lifted = kinds.extract_if(.., |kind| is_comment(kind)).count();
        assert_eq!(kinds, expected, "{entries}");
        // What covers the words must not be taken off, unless it is a field.
        let must_stay = expected == covered && !entries.contains("Widget");
        assert_eq!(lifted, usize::from(must_stay), "{entries}");
    }
}

#[test]
fn a_text_layer_is_no_redaction_unless_a_box_lies_over_its_scan() {
    assert_eq!(found("", &format!("{SCAN}{LAYER}")), []);
    assert_eq!(found("", &format!("{LAYER}{SCAN}")), []);
    assert_eq!(found("", &format!("{NAME}{SCAN}")), [], "text painted, then covered by the scan");
    let boxed = [LeakKind::Redaction(Redaction::LayerBeneath)];
    for content in [
        format!("{SCAN}{LAYER}0 g {BOX}"),
        format!("{LAYER}{SCAN}0 g {BOX}"),
        format!("{SCAN}{LAYER}1 g {BOX}"),
    ] {
        assert_eq!(found("", &content), boxed, "{content:?}");
    }
}

#[test]
fn a_box_within_the_scan_that_its_text_layer_does_not_know_of_is_found() {
    let scan = |points: &str| {
        let columns = points.len();
        let paper = "\x7f".repeat(2 * columns);
        format!(
            "q 200 0 0 100 0 0 cm BI /W {columns} /H 5 /CS /G /BPC 8 ID {paper}{points}{paper} EI Q "
        )
    };
    let boxed = [LeakKind::Redaction(Redaction::LayerBeneath)];
    let black = scan("\x05\x05\x14\x14\x7f\x7f\x7f\x7f");
    assert_eq!(found("", &format!("{black}{LAYER}")), boxed);
    assert_eq!(found("", &format!("{LAYER}{black}")), boxed);
    assert_eq!(found("", &format!("{NAME}{black}")), boxed, "text behind");
    let stencil =
        "0 g q 200 0 0 100 0 0 cm BI /W 8 /H 5 /IM true /BPC 1 ID \x7f\x7f\x0f\x7f\x7f EI Q ";
    assert_eq!(found("", &format!("{stencil}{LAYER}")), boxed);
    // Ink on paper, paper on ink, a dark picture, a short word, the other half.
    for content in [
        format!("{}{LAYER}", scan(&"\x05\x7f".repeat(50))),
        format!("{}{LAYER}", scan(&"\x05\x05\x05\x05\x7f".repeat(20))),
        format!("{}{LAYER}", scan("\x45\x45\x45\x45\x7f\x7f\x7f\x7f")),
        format!("{}{LAYER}", scan(&"\x05\x30".repeat(50))),
        format!("{black}BT 3 Tr /F 10 Tf 20 50 Td (II) Tj ET"),
        // A stray word on a dark photograph.
        format!("q 200 0 0 100 0 0 cm BI /W 2 /H 1 /CS /G /BPC 8 ID \x05\x7f EI Q {LAYER}"),
        format!("{black}BT 3 Tr /F 10 Tf 120 50 Td (Conceal) Tj ET"),
    ] {
        assert_eq!(found("", &content), [], "{content:?}");
    }
}

#[test]
fn places_are_measured_from_the_top_left_as_displayed() {
    let pdf =
        pdf("/Rotate 90", "0 g BT /F 10 Tf 0 1 -1 0 50 20 Tm (Conceal) Tj ET 40 15 14 50 re f");
    let found = examine(
        OpenPage::new(&pdf.pages()[0], &Cache::new()),
        &FileWords::of(&pdf, pdf.pages().first()),
    );
    let [leak] = found.leaks.as_slice() else {
        panic!("{found:?}");
    };
    // Displayed 100 wide and 200 high; the line starts 20 from the left, its baseline 50 from the top.
    let LeakPlace::At { left, top, height, .. } = leak.place else {
        panic!("{leak:?}");
    };
    assert!((left - 20.0).abs() < 0.1, "{leak:?}");
    assert!((top + height - 52.0).abs() < 0.1, "{leak:?}");
}

fn headed(at: (u32, u32), size: u32, text: &str) -> Vec<LeakKind> {
    let body = "BT /F 6 Tf 10 45 Td (The usual words of a page in their usual size) Tj ET ";
    found("", &format!("{body}BT /F {size} Tf {} {} Td ({text}) Tj ET", at.0, at.1))
}

#[test]
fn headings_betray_a_form_and_mentions_do_not() {
    let form = |name| vec![LeakKind::ProhibitedForm(name)];
    let (top, middle) = ((10, 90), (10, 60));
    for (at, size, text, expected) in [
        (top, 6, "MG6D", form("MG6D")),
        (top, 6, "MG 6D", form("MG6D")),
        (top, 6, "M G 6 D", form("MG6D")),
        (top, 6, "Form MG6\\255D Page 1 of 2", form("MG6D")),
        ((10, 4), 6, "MG2", form("MG2")),
        (middle, 9, "MG10", form("MG10")),
        (middle, 6, "MG10", vec![]),
        (top, 6, "see MG6D item 4", vec![]),
        (top, 6, "MG6C", vec![]),
        (top, 6, "MG11", vec![]),
        (top, 6, "MG11 \\(back\\)", vec![LeakKind::BackPage { certain: true }]),
        (middle, 6, "NOT DISCLOSABLE", vec![LeakKind::Marking(Marking::NotDisclosable)]),
        (middle, 6, "not disclosable, as the officer said", vec![]),
        (top, 6, "Report to Crown Prosecutor for Charging Decision", form("MG3")),
        (top, 6, "Schedule of non\\255sensitive unused material", vec![]),
    ] {
        assert_eq!(headed(at, size, text), expected, "{text} at {at:?}");
    }
}

#[test]
fn a_heading_may_be_broken() {
    let lines = "BT /F 8 Tf 10 90 Td (POLICE SCHEDULE OF RELEVANT SENSI\\255) Tj 0 -9 Td (TIVE MATERIAL) Tj ET";
    assert_eq!(found("", lines), [LeakKind::ProhibitedForm("MG6D")]);
}

#[test]
fn markings_are_told_from_words() {
    let marking = |marking| vec![LeakKind::Marking(marking)];
    for (text, expected) in [
        ("SECRET", marking(Marking::Secret)),
        ("TOP SECRET", marking(Marking::TopSecret)),
        ("T O P  S E C R E T", marking(Marking::TopSecret)),
        ("SECRET - Operation Example", marking(Marking::Secret)),
        ("SECRET UK EYES ONLY", marking(Marking::Secret)),
        ("OFFICIAL-SENSITIVE", marking(Marking::OfficialSensitive)),
        ("RESTRICTED \\(when complete\\)", marking(Marking::Restricted)),
        ("Secret", vec![]),
        ("SECRETARY", vec![]),
        ("it was no secret", vec![]),
        ("THE SECRET OF THE HOUSE", vec![]),
        ("OFFICIAL", vec![]),
    ] {
        assert_eq!(headed((10, 90), 6, text), expected, "{text}");
    }
}

#[test]
fn labels_betray_the_back_page_and_sentences_do_not() {
    let certain = vec![LeakKind::BackPage { certain: true }];
    let fields = vec![LeakKind::BackPage { certain: false }];
    for (text, expected) in [
        ("Witness contact details", certain.clone()),
        ("Preferred means of contact: letter", certain.clone()),
        ("DATES OF WITNESS NON\\255AVAILABILITY", certain),
        ("Date and place of birth:", fields.clone()),
        ("Home address: ..........", fields.clone()),
        ("Gender: F  Home address:", fields),
        ("his home address was known", vec![]),
        ("Home address was not asked", vec![]),
        ("We discussed witness contact details.", vec![]),
    ] {
        assert_eq!(headed((10, 30), 6, text), expected, "{text}");
    }
}

#[test]
fn hidden_text_is_counted_by_its_reason() {
    for (page, content, expected) in [
        ("", "BT /F 10 Tf 20 150 Td (Outside) Tj ET", Some((Hidden::Outside, 7))),
        ("/CropBox [0 0 200 40]", NAME, Some((Hidden::Outside, 7))),
        ("", LAYER, Some((Hidden::Unpainted, 7))),
        ("", "BT /F 1 Tf 20 50 Td (Tiny text) Tj ET", Some((Hidden::Tiny, 8))),
        ("", "0 0 5 5 re W n BT /F 10 Tf 20 50 Td (Cut off) Tj ET", Some((Hidden::ClippedAway, 6))),
        ("", "BT /F 10 Tf 20 150 Td (ab) Tj ET", None),
    ] {
        let expected: Vec<LeakKind> =
            expected.map(|(why, letters)| LeakKind::Hidden { why, letters }).into_iter().collect();
        assert_eq!(found(page, content), expected, "{content}");
    }
}

#[test]
fn pictures_and_drawings_that_a_crop_hides_are_counted() {
    let cropped = |pictures, drawings| vec![LeakKind::Cropped { pictures, drawings }];
    let picture = |place: &str| format!("q {place} cm BI /W 2 /H 1 /CS /G /BPC 8 ID C\x7f EI Q ");
    let tiles = |number: usize| "-30 10 2 2 re f ".repeat(number);
    for (page, content, expected) in [
        ("/CropBox [0 0 200 50]", picture("200 0 0 100 0 0"), cropped(1, 0)),
        ("", picture("50 0 0 50 -80 20"), cropped(1, 0)),
        // All of it shown, a little cut off, one colour, blank where it is cut off, clipped before it is cropped.
        ("/CropBox [0 0 95 100]", picture("200 0 0 100 0 0"), vec![]),
        ("", picture("200 0 0 100 0 0"), vec![]),
        ("", picture("220 0 0 110 -10 -5"), vec![]),
        ("", "1 1 0 rg 0 -90 200 80 re f".to_owned(), vec![]),
        ("", format!("q 0 0 200 100 re W n {} Q", picture("50 0 0 200 20 20")), vec![]),
        ("", tiles(39), vec![]),
        ("", tiles(40), cropped(0, 40)),
        ("/CropBox [20 0 180 50]", picture("200 0 0 100 0 0") + &tiles(50), cropped(1, 50)),
    ] {
        assert_eq!(found(page, &content), expected, "{content:?}");
    }
}

#[test]
fn nothing_found_says_what_it_is() {
    let content = "BT /F 6 Tf 10 50 Td (Tel 07700 900123, sam@example.com, LS1 4BT) Tj ET";
    let pdf = pdf("", content);
    let found = examine(
        OpenPage::new(&pdf.pages()[0], &Cache::new()),
        &FileWords::of(&pdf, pdf.pages().first()),
    );
    assert_eq!(found.leaks.len(), 3);
    let told = format!("{found:?} {:?}", items(Sha256Hash::default(), &[(1, found.clone())]));
    for value in ["07700", "900123", "sam", "example.com", "LS1", "4BT"] {
        assert!(!told.contains(value), "{told}");
    }
}

/// A stream with these entries.
pub(super) fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The same, with more objects in the file, from 6, and more entries in its catalog.
pub(super) fn found_with(catalog: &str, page: &str, content: &str, more: &[&str]) -> Vec<Leak> {
    let pdf = pdf_with(catalog, page, content, more);
    let words = FileWords::of(&pdf, pdf.pages().first());
    examine(OpenPage::new(&pdf.pages()[0], &Cache::new()), &words).leaks
}

#[test]
fn words_that_a_page_does_not_show_are_searched() {
    let secret = "(Jane Witness lives alone, 07700 900123)";
    let tag = |entry: &str| format!("<< /S /Figure {entry} {secret} /Pg 3 0 R >>");
    let field = |entries: &str| {
        format!("/Annots [<< /Subtype /Widget /FT /Tx /V {secret} /Rect [0 0 90 9] {entries} >>]")
    };
    let tree = "/StructTreeRoot << /K [6 0 R] >>";
    let outline = "/Outlines << /First 6 0 R >>";
    let form = "/AcroForm << /Fields [6 0 R] >>";
    let bookmark = format!("<< /Title {secret} /Dest [3 0 R /Fit] >>");
    let phone = |of| (LeakKind::Personal(Personal::Phone), LeakPlace::In(of));
    let unshown = |of| (LeakKind::NonvisualText(of), LeakPlace::In(of));
    use WordsOf::{Bookmark, Field, Note, Tag};
    let both = |of| vec![unshown(of), phone(of)];
    for (catalog, page, content, object, expected) in [
        (tree, String::new(), String::new(), tag("/ActualText"), both(Tag)),
        (tree, String::new(), String::new(), tag("/Alt"), vec![phone(Tag)]),
        (
            "",
            String::new(),
            format!("/Span << /ActualText {secret} >> BDC 0 0 9 9 re f EMC"),
            String::new(),
            both(Tag),
        ),
        (outline, String::new(), String::new(), bookmark, vec![phone(Bookmark)]),
        ("", field("/F 2"), String::new(), String::new(), both(Field)),
        ("", field("/F 32"), String::new(), String::new(), both(Field)),
        // Drawn from its value, as it has no drawing.
        ("", field(""), String::new(), String::new(), vec![]),
        (
            "",
            field(&format!("/TU {secret}")),
            String::new(),
            String::new(),
            vec![phone(Note)],
        ),
        (
            form,
            String::new(),
            String::new(),
            format!("<< /FT /Tx /V {secret} >>"),
            both(Field),
        ),
        (
            "",
            "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:jane@example.com) >> >>]"
                .to_owned(),
            String::new(),
            String::new(),
            vec![(LeakKind::Personal(Personal::Email), LeakPlace::In(Note))],
        ),
    ] {
        let found: Vec<(LeakKind, LeakPlace)> = found_with(catalog, &page, &content, &[&object])
            .into_iter()
            .map(|leak| (leak.kind, leak.place))
            .collect();
        assert_eq!(found, expected, "{catalog} {page} {content} {object}");
    }
}

#[test]
fn other_values_of_a_field_are_searched_without_their_markup() {
    let field = |entries: &str| {
        format!("/Annots [<< /Subtype /Widget /FT /Tx /Rect [0 0 90 9] {entries} >>]")
    };
    let phone = LeakKind::Personal(Personal::Phone);
    let rich = "/F 2 /RV (<p style='x'>Jane</p> 07700 900456)";
    for (entries, expected) in [
        ("/DV (07700 900123)", vec![phone]),
        (rich, vec![LeakKind::NonvisualText(WordsOf::Field), phone]),
        ("/F 2 /RV (<p style='margin'></p>)", vec![]),
    ] {
        let leaks = found_with("", &field(entries), "", &[]);
        let kinds: Vec<LeakKind> = leaks.into_iter().map(|leak| leak.kind).collect();
        assert_eq!(kinds, expected, "{entries}");
    }
}

#[test]
fn words_that_the_page_shows_are_not_told_twice() {
    let shown = "BT /F 6 Tf 10 50 Td (Jane Witness lives alone, 07700 900123) Tj ET";
    let marked = format!(
        "/Span << /ActualText (Jane Wit\\255ness lives alone, 07700 900 123) >> BDC {shown} EMC"
    );
    for content in [
        marked.as_str(),
        // What a logo says, and a letter in place of two.
        "/Span << /ActualText (Example Bank) >> BDC 0 0 9 9 re f EMC",
        "/Span << /ActualText (fi) >> BDC 0 0 9 9 re f EMC",
    ] {
        let leaks = found_with("", "", content, &[]);
        let unshown = |leak: &&Leak| matches!(leak.place, LeakPlace::In(_));
        assert_eq!(leaks.iter().filter(unshown).count(), 0, "{content}: {leaks:?}");
    }
}

#[test]
fn a_bookmark_betrays_a_form_as_a_heading_does() {
    let leaks = found_with(
        "/Outlines << /First 6 0 R >>",
        "",
        "",
        &["<< /Title (MG6D) /Next 7 0 R >>", "<< /Title (Tab 3: MG 6 D summary) >>"],
    );
    let [leak] = leaks.as_slice() else {
        panic!("{leaks:?}");
    };
    assert_eq!(leak.kind, LeakKind::ProhibitedForm("MG6D"));
    assert_eq!(leak.place, LeakPlace::In(WordsOf::Bookmark));
}
