//! What of a page nobody sees, outside of it or unpainted, is told, and taken out where that is asked for.

use std::path::Path;

use hayro::RenderCache;
use lopdf::{Document, Object, Stream, dictionary};

use crate::support::case::{Case, codes, findings, text};
use crate::support::look::{draw, open};

const DROP: &str = "hidden = \"drop\"";

/// What stands on the page itself.
const SEEN: &str = "BT /F 12 Tf 90 700 Td (Seen words) Tj ET ";

/// A case for the court with one document of two pages: the first has this content, the second shows a
/// drawing. Both have the same resources, of which `/F` is Helvetica, `/I` an image and `/G` a drawing.
fn case(lines: &str, page: &[(&str, Object)], content: &str) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", &format!("form = \"order\"\n{lines}"))]);
    case.edit("\"prosecution\"", "\"court\"");
    planted(&case.path("1 dark.pdf"), page, content);
    case
}

fn planted(path: &Path, entries: &[(&str, Object)], content: &str) {
    let mut pdf = Document::load(path).unwrap();
    let image = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 10, "Height" => 1,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8
    };
    let image = pdf.add_object(Stream::new(image, b"image-data".to_vec()));
    let form = |pdf: &mut Document, content: &str| {
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 900.into(), 900.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F" => font } }
        };
        pdf.add_object(Stream::new(dict, content.into()))
    };
    let drawing = form(&mut pdf, "90 300 50 50 re f");
    let holder = form(&mut pdf, "BT /F 12 Tf 90 9 Td (within-form) Tj ET");
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let resources = pdf.add_object(dictionary! {
        "Font" => dictionary! { "F" => font },
        "XObject" => dictionary! { "I" => image, "G" => drawing, "H" => holder },
    });
    let pages: Vec<_> = pdf.get_pages().into_values().collect();
    for (page, content) in pages.iter().zip([content, "/G Do"]) {
        let content = pdf.add_object(Stream::new(dictionary! {}, content.into()));
        let page = pdf.get_object_mut(*page).unwrap().as_dict_mut().unwrap();
        page.set("Contents", content);
        page.set("Resources", resources);
        let edges = [0, 0, 600, 800].map(Object::from).to_vec();
        page.set("MediaBox", edges);
        page.set("CropBox", [50, 50, 550, 750].map(Object::from).to_vec());
    }
    let first = pdf.get_object_mut(pages[0]).unwrap().as_dict_mut().unwrap();
    for (key, value) in entries {
        first.set(*key, value.clone());
    }
    pdf.save(path).unwrap();
}

/// Asserts that every page of a bundle looks the same with and without what is unseen.
#[track_caller]
fn looks_the_same(kept: &Case, dropped: &Case) {
    let [kept, dropped] = [kept, dropped].map(|case| open(&case.path("out/test.pdf")));
    let (before, after) = (RenderCache::new(), RenderCache::new());
    assert_eq!(kept.pages().len(), dropped.pages().len());
    for (one, other) in kept.pages().iter().zip(dropped.pages().iter()) {
        let (one, other) = (draw(one, &before, 0.5), draw(other, &after, 0.5));
        assert!(one.difference(&other).is_none());
    }
}

#[test]
fn what_nobody_sees_is_told_or_taken_out() {
    let outside = "BT /F 12 Tf 90 780 Td (secret-above) Tj 0 -100 Td (Seen below) Tj 14 TL T* (and on) Tj \
                   0 -640 Td (secret-foot) ' ET ";
    let unpainted = "BT 3 Tr /F 12 Tf 90 600 Td (secret-layer) Tj ET ";
    for (page, content, told) in [
        (
            vec![],
            outside,
            "2 pieces of text outside of what the page shows were taken out on page 1",
        ),
        (vec![], unpainted, "1 piece of text that is not painted was taken out on page 1"),
        (
            vec![("Rotate", Object::from(90))],
            outside,
            "2 pieces of text outside of what the page shows were taken out on page 1",
        ),
        (
            vec![("Rotate", Object::from(180))],
            unpainted,
            "1 piece of text that is not painted was taken out on page 1",
        ),
    ] {
        let content = format!("{SEEN}{content}");
        let kept = case("", &page, &content);
        assert!(codes(&kept.checked(0)).contains(&"hidden-text"), "{content}");
        let (record, reader) = kept.built();
        assert!(codes(&record).contains(&"hidden-text"), "{record}");
        assert!(reader.holds("secret-"));

        let dropped = case(DROP, &page, &content);
        let report = dropped.checked(0);
        assert!(!codes(&report).contains(&"hidden-text"), "{report}");
        let (record, reader) = dropped.built();
        assert!(!codes(&record).contains(&"hidden-text"), "{record}");
        let found = findings(&record, "hidden-dropped");
        assert_eq!(found.len(), 1, "{record}");
        assert_eq!(text(found[0], "message"), told);
        assert_eq!(found[0]["page"], 1);
        assert!(!reader.holds("secret-") && reader.holds("Seen words"));
        looks_the_same(&kept, &dropped);

        // The prosecution's own copy keeps it.
        dropped.edit("\"court\"", "\"prosecution\"");
        let (record, reader) = dropped.built();
        assert!(!codes(&record).contains(&"hidden-dropped"));
        assert!(reader.holds("secret-"));
    }
}

#[test]
fn what_cannot_be_taken_out_surely_is_told_before_and_after() {
    for (words, content) in [
        // Within a form, a clip, and a line that goes on on the page.
        ("within-form", "/H Do"),
        ("secret-clip", "BT /F 12 Tf 7 Tr 90 780 Td (secret-clip) Tj ET"),
        ("secret-start", "BT /F 12 Tf -20 600 Td (secret-start and on into the page) Tj ET"),
    ] {
        let content = format!("{SEEN}{content}");
        let kept = case("", &[], &content);
        kept.built();
        let dropped = case(DROP, &[], &content);
        let (record, reader) = dropped.built();
        for report in [&dropped.checked(0), &record] {
            let found = findings(report, "hidden-text");
            assert_eq!(found.len(), 1, "{content}: {report}");
            let message = text(found[0], "message");
            assert!(message.ends_with("hidden = \"drop\" does not take them out"), "{message}");
        }
        assert!(!codes(&record).contains(&"hidden-dropped"), "{record}");
        assert!(reader.holds(words), "{words}");
        looks_the_same(&kept, &dropped);
    }
}

#[test]
fn only_what_is_left_is_told() {
    let content = format!("{SEEN}BT /F 12 Tf 90 780 Td (secret-above) Tj ET /H Do");
    let dropped = case(DROP, &[], &content);
    let (record, reader) = dropped.built();
    let found = findings(&record, "hidden-text");
    assert_eq!(found.len(), 1, "{record}");
    // Of two stretches of eleven and ten letters.
    assert!(text(found[0], "message").starts_with("10 letters"), "{record}");
    assert_eq!(findings(&record, "hidden-dropped").len(), 1);
    assert!(reader.holds("within-form") && !reader.holds("secret-above"));
}

#[test]
fn the_text_layer_of_a_scan_stays() {
    let content =
        "q 500 0 0 700 50 50 cm /I Do Q BT 3 Tr /F 12 Tf 90 600 Td (recognised words) Tj ET";
    let (record, reader) = case(DROP, &[], content).built();
    assert!(!codes(&record).contains(&"hidden-dropped"), "{record}");
    assert!(reader.holds("recognised words"));
    let scanned =
        Case::listing(&[("producers/tesseract.pdf", &format!("form = \"order\"\n{DROP}"))]);
    scanned.edit("\"prosecution\"", "\"court\"");
    assert!(!codes(&scanned.built().0).contains(&"hidden-dropped"));
}

#[test]
fn pictures_outside_are_not_carried_over() {
    let content = format!("{SEEN}q 30 0 0 30 5 5 cm /I Do Q");
    let kept = case("", &[], &content);
    assert!(kept.built().1.holds("image-data"));
    let dropped = case(DROP, &[], &content);
    let (record, reader) = dropped.built();
    let found = findings(&record, "hidden-dropped");
    assert_eq!(
        text(found[0], "message"),
        "1 picture outside of what the page shows was taken out on page 1"
    );
    // The second page shares the resources and never drew it.
    assert!(!reader.holds("image-data"));
    looks_the_same(&kept, &dropped);
}

#[test]
fn an_encrypted_file_is_looked_at_as_it_will_be() {
    let case = case(DROP, &[], &format!("{SEEN}BT /F 12 Tf 90 780 Td (secret-above) Tj ET"));
    let path = case.path("1 dark.pdf");
    let mut pdf = Document::load(&path).unwrap();
    let id = Object::string_literal("0123456789abcdef");
    pdf.trailer.set("ID", vec![id.clone(), id]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &pdf,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    pdf.encrypt(&state).unwrap();
    pdf.save(&path).unwrap();
    let report = case.checked(0);
    assert!(!codes(&report).contains(&"hidden-text"), "{report}");
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.windows(8).any(|part| part == b"/Encrypt"));
    let (record, reader) = case.built();
    assert_eq!(findings(&record, "hidden-dropped").len(), 1, "{record}");
    assert!(!reader.holds("secret-above") && reader.holds("Seen words"));
}

#[test]
fn pages_of_every_kind_of_producer_look_the_same_without() {
    const FIXTURES: [&str; 16] = [
        "cairo",
        "chromium",
        "corners",
        "crop-origin",
        "ghostscript",
        "inherited",
        "libreoffice-tagged",
        "pdftex",
        "reportlab",
        "rotate-90",
        "rotate-180",
        "sizes",
        "split-streams",
        "text-turned",
        "type3",
        "userunit",
    ];
    let [kept, dropped] = ["", DROP].map(|line| {
        let line = format!("form = \"order\"\ncomments = \"keep\"\n{line}");
        let files = FIXTURES.map(|name| format!("producers/{name}.pdf"));
        let listed: Vec<(&str, &str)> =
            files.iter().map(|file| (file.as_str(), line.as_str())).collect();
        let case = Case::listing(&listed);
        case.edit("\"prosecution\"", "\"court\"");
        case.built();
        case
    });
    looks_the_same(&kept, &dropped);
}
