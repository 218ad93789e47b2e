use lopdf::{Stream, dictionary};

use super::*;
use crate::model::geometry::{PageBox, Rotation};

/// A page of 200 by 100 points, of which 20 on each side are cropped. `/F` is Helvetica, `/T` a Type 3
/// font, `/I` an image, `/G` a drawing of 50 by 50 points and `/P` one that shows the image.
fn page(content: &str) -> (Pdf, PageNode) {
    let mut pdf = Pdf::new();
    let square = |size: i64| vec![0.into(), 0.into(), size.into(), size.into()];
    let mut form = |content: &str, resources: Dictionary| {
        let dict =
            dictionary! { "Subtype" => "Form", "BBox" => square(50), "Resources" => resources };
        pdf.add_object(Stream::new(dict, content.into()))
    };
    let drawing = form("0 0 9 9 re f", dictionary! {});
    let holder = form("/I Do", dictionary! {});
    let image = dictionary! { "Subtype" => "Image", "Width" => 1, "Height" => 1 };
    let image = pdf.add_object(Stream::new(image, vec![0]));
    if let Some(Object::Stream(holder)) = pdf.objects.get_mut(&holder) {
        let objects = dictionary! { "I" => image };
        holder.dict.set("Resources", dictionary! { "XObject" => objects });
    }
    let helvetica = dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let content = pdf.add_object(Stream::new(dictionary! {}, content.into()));
    let dict = dictionary! {
        "Contents" => content,
        "Resources" => dictionary! {
            "Font" => dictionary! { "F" => helvetica },
            "XObject" => dictionary! { "I" => image, "G" => drawing, "P" => holder },
            "Properties" => dictionary! { "W" => dictionary! { "ActualText" => Object::string_literal("x") } },
        }
    };
    let boxes = PageBox {
        media: Rect::new(0.0, 0.0, 200.0, 100.0),
        crop: Rect::new(20.0, 20.0, 180.0, 80.0),
        rotation: Rotation::None,
        user_unit: 1.0,
    };
    let node = PageNode { id: None, dict, boxes, box_assumed: false };
    (pdf, node)
}

/// The content that is left; `None` where all of it stays.
fn left(content: &str) -> Option<String> {
    let (pdf, page) = page(content);
    let unseen = unseen(&pdf, &page)?;
    assert!(
        unseen.text_outside + unseen.text_unpainted + unseen.figures_outside + unseen.paths_outside
            > 0
    );
    Some(String::from_utf8(unseen.content).unwrap().trim_end().to_owned())
}

#[track_caller]
fn becomes(content: &str, expected: &str) {
    assert_eq!(left(content).as_deref(), Some(expected), "{content}");
}

#[track_caller]
fn stays(content: &str) {
    assert_eq!(left(content), None, "{content}");
}

#[test]
fn text_outside_goes_and_nothing_else_moves() {
    for (content, expected) in [
        ("BT /F 8 Tf 30 95 Td (out) Tj ET", "BT /F 8 Tf 30 95 Td  ET"),
        // Lines placed one after the other.
        (
            "BT /F 8 Tf 30 95 Td (out) Tj 0 -40 Td (in) Tj 0 -52 TD (out) Tj 0 50 Td (in) Tj ET",
            "BT /F 8 Tf 30 95 Td  0 -40 Td (in) Tj 0 -52 TD  0 50 Td (in) Tj ET",
        ),
        (
            "BT /F 8 Tf 45 TL 30 95 Td (out) Tj T* (in) Tj 90 TL T* (out) Tj ET",
            "BT /F 8 Tf 45 TL 30 95 Td  T* (in) Tj 90 TL T*  ET",
        ),
        // Quotes begin a line, and set what holds on.
        (
            "BT /F 8 Tf 45 TL 30 140 Td(a)'(in) ' 1 2 (out)\" ET",
            "BT /F 8 Tf 45 TL 30 140 Td T*(in) '  1 Tw 2 Tc T* ET",
        ),
        (
            "BT /F 8 Tf [(a) -50 (b)] TJ 1 0 0 1 30 50 Tm [(in)] TJ ET",
            "BT /F 8 Tf  1 0 0 1 30 50 Tm [(in)] TJ ET",
        ),
        // The matrix and what q saves.
        (
            "q q 1 0 0 1 300 0 cm BT /F 8 Tf 30 50 Td (out) Tj ET Q BT /F 8 Tf 30 50 Td (in) Tj ET Q",
            "q q 1 0 0 1 300 0 cm BT /F 8 Tf 30 50 Td  ET Q BT /F 8 Tf 30 50 Td (in) Tj ET Q",
        ),
        (
            "BT /F 8 Tf q ET Q BT 0 1 -1 0 -10 50 Tm (out) Tj ET",
            "BT /F 8 Tf q ET Q BT 0 1 -1 0 -10 50 Tm  ET",
        ),
        ("BT /F 8 Tf 30 50 Td 60 Ts (out) Tj ET", "BT /F 8 Tf 30 50 Td 60 Ts  ET"),
        ("BT /F 8 Tf 30 94 Td 1 Tr .2 w (out) Tj ET", "BT /F 8 Tf 30 94 Td 1 Tr .2 w  ET"),
    ] {
        becomes(content, expected);
    }
}

#[test]
fn text_that_may_reach_the_page_stays() {
    for content in [
        "BT /F 8 Tf 30 50 Td (in) Tj ET",
        // It starts outside and runs in.
        "BT /F 8 Tf -60 50 Td (runs into the page) Tj ET",
        "BT /F 8 Tf -60 50 Td (a) Tj (runs into the page) Tj ET",
        "BT /F 8 Tf -60 50 Td [(a) -9000 (b)] TJ ET",
        "BT /F 8 Tf -60 50 Td 70 Tc (ab) Tj ET",
        "BT /F 8 Tf -60 50 Td 70 Tw (a b) Tj ET",
        "BT /F 8 Tf -60 50 Td 900 Tz (ab) Tj ET",
        "BT /F -8 Tf 230 50 Td (runs into the page) Tj ET",
        "BT /F 200 Tf 30 90 Td (g) Tj ET",
        "BT /F 8 Tf 30 95 Td 2 Tr 9 w (thick) Tj ET",
        // It cannot be told where, how far, or what changes with it.
        "BT 30 95 Td (no font) Tj ET",
        "BT /Missing 8 Tf 30 95 Td (a) Tj ET",
        "BT /F 8 Tf 30 95 Td 7 Tr (clips) Tj ET",
        "BT /F 8 Tf 30 9-5 Td (a) Tj ET",
        "Q BT /F 8 Tf 30 95 Td (a) Tj ET",
        "/F 8 Tf 30 95 Td (no text object) Tj",
        "BT BT /F 8 Tf 30 95 Td (a) Tj ET",
        "BT /F 8 Tf 30 95 Td (a) Tj ET (open",
        "/Missing gs BT /F 8 Tf /Missing gs 30 95 Td (a) Tj ET",
    ] {
        stays(content);
    }
}

#[test]
fn what_follows_on_a_line_keeps_the_line() {
    stays("BT /F 8 Tf 30 50 Td 3 Tr (unpainted) Tj 0 Tr (seen) Tj ET");
    becomes(
        "BT /F 8 Tf 30 50 Td 3 Tr (un) Tj (painted) Tj 0 Tr 0 9 Td (seen) Tj ET",
        "BT /F 8 Tf 30 50 Td 3 Tr   0 Tr 0 9 Td (seen) Tj ET",
    );
}

#[test]
fn invisible_text_goes_unless_a_picture_may_be_there() {
    let text = "BT /F 8 Tf 30 50 Td 3 Tr (layer) Tj ET";
    becomes(text, "BT /F 8 Tf 30 50 Td 3 Tr  ET");
    stays(&format!("q 200 0 0 100 0 0 cm /I Do Q {text}"));
    stays(&format!("{text} q 200 0 0 100 0 0 cm BI /W 1 /H 1 ID x EI Q"));
    stays(&format!("q 1 0 0 1 30 40 cm /P Do Q {text}"));
    stays("BT /F 8 Tf 30 50 Td 7 Tr (layer) Tj ET");
    // A picture elsewhere, and a drawing without one.
    becomes(
        &format!("q 20 0 0 20 120 40 cm /I Do Q 1 0 0 1 30 40 cm /G Do {text}"),
        "q 20 0 0 20 120 40 cm /I Do Q 1 0 0 1 30 40 cm /G Do BT /F 8 Tf 30 50 Td 3 Tr  ET",
    );
}

#[test]
fn pictures_outside_go_and_those_at_the_edge_stay() {
    becomes("q 9 0 0 9 0 0 cm /I Do Q", "q 9 0 0 9 0 0 cm  Q");
    becomes("q 1 0 0 1 300 0 cm /G Do Q", "q 1 0 0 1 300 0 cm  Q");
    becomes("q 9 0 0 9 0 0 cm BI /W 1 /H 1 ID x EI\nQ", "q 9 0 0 9 0 0 cm \nQ");
    stays("q 19.5 0 0 19.5 0 0 cm /I Do Q");
    // Slanted, so that a corner reaches in.
    stays("q 15 15 -9 9 10 10 cm /I Do Q");
    stays("q 1 0 0 1 300 0 cm /Missing Do Q");
}

#[test]
fn words_for_what_goes_go_with_it() {
    becomes(
        "/Span <</ActualText (secret) /MCID 4>> BDC BT /F 8 Tf 30 95 Td (out) Tj ET EMC",
        "/Span <</MCID 4>> BDC BT /F 8 Tf 30 95 Td  ET EMC",
    );
    becomes(
        "/Span<</ActualText<41>>>BDC BT /F 8 Tf 30 95 Td (out) Tj ET EMC",
        "/Span BMC BT /F 8 Tf 30 95 Td  ET EMC",
    );
    stays("/Span <</ActualText (both)>> BDC 40 40 9 9 re f BT /F 8 Tf 30 95 Td (out) Tj ET EMC");
    stays("/Span /W BDC BT /F 8 Tf 30 95 Td (out) Tj ET EMC");
}

#[test]
fn lines_and_areas_outside_go() {
    for (content, expected) in [
        ("0 0 10 10 re f 30 30 m 50 50 l S", " 30 30 m 50 50 l S"),
        ("q 1 0 0 1 150 0 cm 35 5 m 40 10 45 10 49 5 c h B* Q", "q 1 0 0 1 150 0 cm  Q"),
        ("5 5 m 9 9 1 1 v 2 2 3 3 y b* 0 g", " 0 g"),
        // Only what is painted goes, not what is set in between.
        ("1 w 0 5 m 200 5 l S 2 w 30 30 5 5 re s", "1 w  2 w 30 30 5 5 re s"),
    ] {
        becomes(content, expected);
    }
}

#[test]
fn lines_that_may_reach_the_page_stay() {
    for content in [
        // Into it, across it, around it.
        "0 0 30 30 re f",
        "0 50 m 200 50 l S",
        "0 0 200 100 re S",
        // By their width and mitres, as their state may say.
        "6 w 0 5 m 200 5 l S",
        "/Nowhere gs 0 5 m 200 5 l S",
        "1 w 100 M 0 5 m 200 5 l S",
        // A clip changes what comes after.
        "0 0 10 10 re W f 30 30 m 50 50 l S",
        // Readers differ about what stands between the parts of a path.
        "0 0 m 1 0 0 1 50 50 cm 5 5 l S",
        "0 0 m 0 g 5 5 l S",
        "BT 0 0 10 10 re f ET",
        "Q 0 0 10 10 re f",
        "0 0 10 re f",
        "f",
    ] {
        stays(content);
    }
}
