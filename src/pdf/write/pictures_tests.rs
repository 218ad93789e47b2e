//! What is left of coded pictures.

use super::pictures::{Cleaned, InlineCleaned, clean_inline, clean_jpeg, clean_jpx};

fn segment(code: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, code][..], &length, body].concat()
}

/// A picture of these segments before its scan and behind its first scan.
fn jpeg(before: &[Vec<u8>], between: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let scan = [segment(0xDA, b"scan"), b"\x12\xFF\x00\xFF\xD0\x34".to_vec()].concat();
    [
        b"\xFF\xD8".to_vec(),
        before.concat(),
        segment(0xC2, b"frame"),
        scan.clone(),
        between.concat(),
        scan,
        b"\xFF\xD9".to_vec(),
        behind.to_vec(),
    ]
    .concat()
}

fn kept() -> Vec<Vec<u8>> {
    vec![
        segment(0xE0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\x00\x00"),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
        segment(0xEE, b"Adobe\0d\0\0\0\0\x01"),
        segment(0xDB, b"table"),
    ]
}

#[test]
fn a_picture_that_says_nothing_stays_as_it_is() {
    assert_eq!(clean_jpeg(&jpeg(&kept(), &[], b"")), Cleaned::AsItWas);
    // Writers end a stream with a new line, or fill it up.
    for filling in [b"\n".as_slice(), b"\r\n", b"\0\0\0", b" "] {
        assert_eq!(clean_jpeg(&jpeg(&kept(), &[], filling)), Cleaned::AsItWas);
    }
}

#[test]
fn what_a_picture_says_of_itself_goes() {
    let said = [
        segment(0xE1, b"Exif\0\0GPS 53.8 -1.5"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        segment(0xED, b"Photoshop 3.0\0IPTC author"),
        segment(0xE2, b"MPF\0preview"),
        segment(0xE0, b"JFXX\0\x10preview"),
        segment(0xE0, b"AVI1"),
        segment(0xEF, b"private"),
        segment(0xFE, b"a comment"),
    ];
    let before = [said.to_vec(), kept()].concat();
    let full = jpeg(&before, &said, b"a film");
    assert_eq!(clean_jpeg(&full), Cleaned::Changed(jpeg(&kept(), &[], b"")));
}

#[test]
fn the_preview_in_a_header_goes_and_the_header_stays() {
    let header = segment(0xE0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\x01\x01rgb");
    let [first, rest @ ..] = &kept()[..] else { panic!() };
    let full = jpeg(&[vec![header], rest.to_vec()].concat(), &[], b"");
    let without = jpeg(&[vec![first.clone()], rest.to_vec()].concat(), &[], b"");
    assert_eq!(clean_jpeg(&full), Cleaned::Changed(without));
}

#[test]
fn a_picture_that_cannot_be_read_is_not_touched() {
    let full = jpeg(&kept(), &[], b"");
    assert_eq!(clean_jpeg(b""), Cleaned::Unread);
    assert_eq!(clean_jpeg(b"\xFF\xD8"), Cleaned::Unread);
    assert_eq!(clean_jpeg(&full[1..]), Cleaned::Unread);
    // Cut within a table: there is no picture.
    assert_eq!(clean_jpeg(&full[..12]), Cleaned::Unread);
    let lengths = [b"\xFF\xD8\xFF\xE1\xFF\xFF".as_slice(), b"Exif"].concat();
    assert_eq!(clean_jpeg(&lengths), Cleaned::Unread);
}

#[test]
fn a_picture_without_its_end_is_cleaned_all_the_same() {
    let exif = segment(0xE1, b"Exif\0\0");
    let full = jpeg(&[vec![exif], kept()].concat(), &[], b"");
    let clean = jpeg(&kept(), &[], b"");
    let cut = &full[..full.len() - 4];
    assert_eq!(clean_jpeg(cut), Cleaned::Changed(clean[..clean.len() - 4].to_vec()));
}

#[test]
fn text_and_data_of_programs_go_from_jpeg_2000() {
    let boxed = |kind: &[u8], body: &[u8]| {
        let length = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
        [&length, kind, body].concat()
    };
    let start = [boxed(b"jP  ", b"\r\n\x87\n"), boxed(b"jp2h", b"header")].concat();
    let picture = boxed(b"jp2c", b"picture");
    let clean = [start.clone(), picture.clone()].concat();
    assert_eq!(clean_jpx(&clean), Cleaned::AsItWas);
    let said = [boxed(b"xml ", b"<x/>"), boxed(b"uuid", b"Exif"), boxed(b"uinf", b"")].concat();
    let full = [start.clone(), said, picture].concat();
    assert_eq!(clean_jpx(&full), Cleaned::Changed(clean));
    assert_eq!(clean_jpx(b"\xFF\x4F\xFF\x51\0"), Cleaned::AsItWas);
    assert_eq!(clean_jpx(&[start, b"\0\0\0\x40xml ".to_vec()].concat()), Cleaned::Unread);
    assert_eq!(clean_jpx(b"none"), Cleaned::Unread);
}

fn inline(filter: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("q BI /W 1 /H 1 /CS /G /BPC 8 /F {filter} ID ");
    [head.as_bytes(), data, b"\nEI Q (EI) Tj"].concat()
}

#[test]
fn inline_pictures_say_nothing_either() {
    let clean = jpeg(&kept(), &[], b"");
    let telling = jpeg(&[kept(), vec![segment(0xE1, b"Exif\0\0place")]].concat(), &[], b"");
    let before = inline("/DCT", &telling);
    let cleaned = clean_inline(&before);
    assert_eq!(cleaned.content, Some(inline("/DCT", &clean)));
    assert_eq!((cleaned.changed, cleaned.unread), (1, 0));
    assert_eq!(clean_inline(&inline("/DCT", &clean)), InlineCleaned::default());
    assert_eq!(clean_inline(b"q (/DCT BI ID) Tj Q"), InlineCleaned::default());
}

#[test]
fn inline_pictures_within_other_codings_are_told_where_they_say_something() {
    let hex = |bytes: &[u8]| -> Vec<u8> {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{digits}>").into_bytes()
    };
    let unread = |data: &[u8]| clean_inline(&inline("[/AHx /DCT]", data)).unread;
    assert_eq!(unread(&hex(&jpeg(&[segment(0xE1, b"Exif\0\0place")], &[], b""))), 1);
    assert_eq!(unread(&hex(&jpeg(&kept(), &[], b""))), 0);
}
