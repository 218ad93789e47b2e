//! Files made to do harm: none hangs the program, fills the memory or overflows the stack, and each is
//! refused with the reason and the limit that can be raised.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::support::case::{Case, array, findings, text};
use crate::support::reader::Reader;

/// A case of one document with these bytes, and these limits.
fn case(pdf: &[u8], limits: &str) -> Case {
    let case = Case::listing(&[("producers/dark.pdf", "")]);
    case.write("1 dark.pdf", pdf);
    if !limits.is_empty() {
        case.append(&format!("\n[limits]\n{limits}\n"));
    }
    case
}

/// A PDF of these objects, the first of which is the catalog; its table is left to be rebuilt.
pub fn pdf(objects: &[String]) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.4\n");
    for (index, object) in objects.iter().enumerate() {
        write!(pdf, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    pdf.push_str("trailer\n<</Root 1 0 R>>\n");
    pdf.into_bytes()
}

/// A PDF of one page with such contents.
fn page_with(entries: &str, more: &[String]) -> Vec<u8> {
    let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{entries}>>");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        page,
    ];
    pdf(&[&objects, more].concat())
}

/// Asserts that the document is refused, and returns why.
fn refusal(case: &Case) -> (String, String) {
    let started = Instant::now();
    let report = case.checked(2);
    assert!(started.elapsed() < Duration::from_secs(40));
    let found = findings(&report, "document-unreadable")[0];
    (text(found, "message").to_owned(), text(found, "hint").to_owned())
}

fn pages(case: &Case) -> u64 {
    array(&case.checked(0), "documents")[0]["pages"].as_u64().unwrap()
}

#[test]
fn a_stream_that_unpacks_to_far_more_than_it_should_is_refused() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 6 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    let mut bomb = page_with("/Contents 4 0 R", &[]);
    bomb.truncate(bomb.len() - "trailer\n<</Root 1 0 R>>\n".len());
    let head = format!("4 0 obj\n<</Length {}/Filter/FlateDecode>>stream\n", packed.len());
    let tail = b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    let bomb = [&bomb, head.as_bytes(), &packed, tail].concat();
    let (message, hint) = refusal(&case(&bomb, "decompressed_mb = 2"));
    assert_eq!(message, "too large to handle: a compressed part of it unpacks to more than 2 MB");
    assert!(hint.contains("[limits]"));
    assert_eq!(pages(&case(&bomb, "")), 1);
}

#[test]
fn more_objects_than_allowed_are_refused() {
    let more = vec!["null".to_owned(), "<<>>".to_owned()];
    let many = page_with("", &more);
    let (message, _) = refusal(&case(&many, "objects = 4"));
    assert_eq!(message, "too large to handle: it holds 5 objects, and 4 are allowed");
    assert_eq!(pages(&case(&many, "objects = 5")), 1);
}

#[test]
fn a_page_tree_that_is_too_deep_is_refused_and_not_cut() {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    objects.extend((3..303).map(|kid| format!("<</Type/Pages/Kids[{kid} 0 R]/Count 1>>")));
    objects.push("<</Type/Page/MediaBox[0 0 600 800]>>".to_owned());
    let deep = pdf(&objects);
    let (message, _) = refusal(&case(&deep, "nesting = 200"));
    assert_eq!(message, "too large to handle: its page tree is more than 200 levels deep");
    assert_eq!(pages(&case(&deep, "")), 1);
}

#[test]
fn a_page_that_is_listed_without_end_is_refused() {
    let kids = "3 0 R ".repeat(20_000);
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count 20000>>"),
        "<</Type/Page/MediaBox[0 0 600 800]>>".to_owned(),
    ];
    let (message, _) = refusal(&case(&pdf(&objects), ""));
    assert!(message.contains("lists the same pages"), "{message}");
}

#[test]
fn values_within_values_do_not_overflow_the_stack() {
    for depth in [99, 1_000, 300_000] {
        let entry = format!("/X {}{}", "[".repeat(depth), "]".repeat(depth));
        let case = case(&page_with(&entry, &[]), "");
        case.run(&["build"]);
        let entry = format!("/X {}1{}", "<</A ".repeat(depth), ">>".repeat(depth));
        case.write("1 dark.pdf", page_with(&entry, &[]));
        let code = case.run(&["build"]).code;
        assert!(matches!(code, Some(0 | 2)), "{depth}: {code:?}");
    }
}

/// Streams each of which leaves its length to the next one.
fn chain(length: usize) -> Vec<u8> {
    let link = |next: usize| format!("<</Length {next} 0 R>>stream\nq Q\nendstream");
    let streams: Vec<String> = (5..length + 5).map(link).collect();
    page_with("/Contents 4 0 R", &streams)
}

#[test]
fn lengths_within_lengths_do_not_overflow_the_stack() {
    let code = case(&chain(2_000), "").run(&["build"]).code;
    assert!(matches!(code, Some(0 | 2)), "{code:?}");
}

#[test]
fn a_file_that_takes_too_long_is_given_up() {
    let (message, hint) = refusal(&case(&chain(20_000), "seconds = 1"));
    assert_eq!(message, "took too long: given up after 1 s");
    assert!(hint.contains("raise seconds under [limits]"));
}

#[test]
fn limits_out_of_reason_are_errors_of_the_manifest() {
    let case = case(b"", "seconds = 0\nobjects = \"many\"\nnestings = 3");
    let run = case.run(&["check"]);
    run.expect(2)
        .says("\"seconds\" must be a whole number from 1 to 86400, not 0")
        .says("did you mean \"nesting\"?");
}

/// Lists from number 4 on, each of two nodes that stand directly in it and have the next list as their
/// kids: forty of them are a million million nodes. The last list is this one.
fn doubled(node: &str, last: &str) -> Vec<String> {
    let list = |next: usize| format!("[<<{node}/Kids {next} 0 R>> <<{node}/Kids {next} 0 R>>]");
    (5..45).map(list).chain([last.to_owned()]).collect()
}

#[test]
fn a_page_tree_that_doubles_with_each_level_is_refused() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids 4 0 R/Count 1>>".to_owned(),
        "<</Type/Page/MediaBox[0 0 600 800]>>".to_owned(),
    ];
    objects.extend(doubled("/Type/Pages", "[3 0 R]"));
    let (message, _) = refusal(&case(&pdf(&objects), ""));
    assert!(message.contains("lists the same pages"), "{message}");
}

#[test]
fn names_that_double_with_each_level_are_read_once() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/Names<</Dests<</Kids 4 0 R>>>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>".to_owned(),
    ];
    objects.extend(doubled("", "[<</Names[(here)[3 0 R/Fit]]>>]"));
    let case = case(&pdf(&objects), "");
    case.build_only(&[], 0);
    let bundle = Reader::open(&case.path("out/test.pdf"));
    assert_eq!(bundle.page_count(), 3);
}

/// A stream of bytes, deflated.
fn deflated(entries: &str, content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    let packed = encoder.finish().unwrap();
    let head = format!("<</Length {}/Filter/FlateDecode{entries}>>stream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}

/// A PDF of one page, to which these objects are added from number 4 on.
fn page_and(entries: &str, more: &[Vec<u8>]) -> Vec<u8> {
    const TRAILER: &[u8] = b"trailer\n<</Root 1 0 R>>\n";
    let mut bytes = page_with(entries, &[]);
    bytes.truncate(bytes.len() - TRAILER.len());
    for (number, object) in (4..).zip(more) {
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    bytes.extend(TRAILER);
    bytes
}

#[test]
fn object_streams_that_together_unpack_to_too_much_are_refused() {
    let stream = deflated("/Type/ObjStm/N 0/First 0", &vec![b' '; 1_900_000]);
    let many = page_and("", &vec![stream; 40]);
    let (message, hint) = refusal(&case(&many, "decompressed_mb = 32"));
    assert_eq!(message, "too large to handle: a compressed part of it unpacks to more than 32 MB");
    assert!(hint.contains("[limits]"));
    assert_eq!(pages(&case(&many, "")), 1);
}

/// Builds a page that must not be looked at; its number stands on a strip of its own.
fn build_unseen(pdf: &[u8], limits: &str) {
    let case = case(pdf, limits);
    let report = case.build_only(&[], 0);
    assert_eq!(findings(&report, "page-scaled").len(), 1, "{report:#}");
}

const SHOWS_4: &str = "/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>";
const DRAWS_4: &[u8] = b"<</Length 31>>stream\nq 600 0 0 800 0 0 cm /I Do Q   \nendstream";

#[test]
fn a_picture_that_says_it_is_vast_is_carried_and_not_looked_at() {
    for shown in ["/ColorSpace/DeviceGray", "/ImageMask true"] {
        let entries = format!("/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1{shown}");
        let picture = deflated(&entries, &[0xFF; 1000]);
        build_unseen(&page_and(SHOWS_4, &[picture, DRAWS_4.to_vec()]), "");
    }
}

#[test]
fn a_small_picture_that_unpacks_to_far_more_is_not_looked_at() {
    let entries = "/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray";
    let picture = deflated(entries, &vec![0xFF; 6 << 20]);
    let pdf = page_and(SHOWS_4, &[picture, DRAWS_4.to_vec()]);
    build_unseen(&pdf, "decompressed_mb = 2");
}

/// Ten forms, each of which draws the next one eight times: a thousand million lines.
#[test]
fn forms_that_draw_each_other_without_end_are_left() {
    let form = |next: usize| {
        let content = format!("/F{next} Do ").repeat(8);
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length {}/Resources<</XObject<</F{next} {next} 0 R>>>>>>\
             stream\n{content}\nendstream",
            content.len() + 1
        )
    };
    let mut more: Vec<Vec<u8>> = (5..15).map(|next| form(next).into_bytes()).collect();
    more.push(
        b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length 25>>stream\n0 0 m 9 9 l S            \nendstream"
            .to_vec(),
    );
    more.push(b"<</Length 6>>stream\n/F4 Do\nendstream".to_vec());
    let entries = "/Contents 15 0 R/Resources<</XObject<</F4 4 0 R>>>>";
    build_unseen(&page_and(entries, &more), "");
}

/// A picture of a few points, in the middle of content, that unpacks to six megabytes.
fn inline_bomb() -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0xFF; 6 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    let head = b"q 600 0 0 800 0 0 cm BI /W 9 /H 9 /BPC 8 /CS /G /F /Fl ID ";
    [head.as_slice(), &packed, b"\nEI Q\n"].concat()
}

/// Builds a page that is looked at and found to be blank.
fn build_seen(pdf: &[u8]) {
    let report = case(pdf, "").build_only(&[], 0);
    assert!(findings(&report, "page-scaled").is_empty(), "{report:#}");
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{entries}>>stream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

#[test]
fn an_inline_picture_that_unpacks_to_far_more_is_not_looked_at() {
    let pdf = page_and("/Contents 4 0 R", &[stream("", &inline_bomb())]);
    build_unseen(&pdf, "decompressed_mb = 2");
    build_seen(&pdf);
}

#[test]
fn inline_pictures_in_patterns_and_glyphs_are_not_looked_at() {
    let tile = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 600 800]/XStep 600/YStep 800/Resources<<>>";
    let paint = b"/Pattern cs /P scn 0 0 600 800 re f".to_vec();
    let entries = "/Contents 5 0 R/Resources<</Pattern<</P 4 0 R>>>>";
    let pattern = page_and(entries, &[stream(tile, &inline_bomb()), stream("", &paint)]);
    let font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97\
        /Widths[1]/Encoding<</Differences[97/a]>>/CharProcs<</a 4 0 R>>/Resources<<>>>>";
    let glyph = [b"1 0 d0 ".as_slice(), &inline_bomb()].concat();
    let write = b"BT /F 1 Tf (a) Tj ET".to_vec();
    let entries = "/Contents 6 0 R/Resources<</Font<</F 5 0 R>>>>";
    let letter = page_and(entries, &[stream("", &glyph), font.to_vec(), stream("", &write)]);
    for pdf in [pattern, letter] {
        build_unseen(&pdf, "decompressed_mb = 2");
        build_seen(&pdf);
    }
}

/// Searching a page looks into small pictures, as a box may be drawn as one.
#[test]
fn a_file_with_a_picture_that_unpacks_to_far_more_is_not_searched() {
    let entries = "/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray";
    let picture = deflated(entries, &vec![0xFF; 6 << 20]);
    let named = page_and(SHOWS_4, &[picture, DRAWS_4.to_vec()]);
    let inline = page_and("/Contents 4 0 R", &[stream("", &inline_bomb())]);
    let limits = [("decompressed_mb = 2", 1), ("", 0)];
    let tries =
        [named, inline].map(|pdf| limits.map(|(limits, found)| (pdf.clone(), limits, found)));
    for (pdf, limits, found) in tries.into_iter().flatten() {
        let case = case(&pdf, limits);
        case.edit("audience = \"prosecution\"", "audience = \"defence\"");
        let run = case.run(&["check", "--format", "json"]);
        let report = &run.json()["cases"][0];
        assert_eq!(findings(report, "page-not-searched").len(), found, "{report:#}");
    }
}

/// Two pages in one file, of which only the second draws a picture that nobody may look into, by way of a form.
#[test]
fn pages_beside_one_with_such_a_picture_are_searched() {
    let entries = "/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray";
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</I 4 0 R>>>>",
        b"q 600 0 0 800 0 0 cm /I Do Q",
    );
    let more = [
        deflated(entries, &vec![0xFF; 6 << 20]),
        form,
        stream("", b"/F Do"),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 6 0 R/Resources<</XObject<</F 5 0 R>>>>\
            /Annots[<</Subtype/Link/Rect[0 0 9 9]/Dest[3 0 R/Fit]>>]>>"
            .to_vec(),
    ];
    let pdf = page_and("/Annots[<</Subtype/Link/Rect[0 0 9 9]/Dest[7 0 R/Fit]>>]", &more);
    let one = b"/Kids[3 0 R]/Count 1";
    let at = pdf.windows(one.len()).position(|part| part == one).unwrap();
    let (head, tail) = pdf.split_at(at);
    let pdf = [head, b"/Kids[3 0 R 7 0 R]/Count 2", &tail[one.len()..]].concat();
    let case = case(&pdf, "decompressed_mb = 2");
    case.edit("audience = \"prosecution\"", "audience = \"defence\"");
    let report = &case.run(&["check", "--format", "json"]).json()["cases"][0];
    let found = findings(report, "page-not-searched");
    assert_eq!(found.len(), 1, "{report:#}");
    assert_eq!(found[0]["page"], 2, "{report:#}");
}

/// The dictionary of a file that opens without a password, which leaves streams as they are. What its password
/// is held against does not depend on that.
const ENCRYPTION: &str = "<</CF<</StdCF<</AuthEvent/DocOpen/CFM/V2/Length 16>>>>/Filter/Standard/Length 128\
    /O<566fa873ee33c797cd3b904fdadf814afa34df9a38f6ed41b984e2c6da2aa6f5>/P -4/R 4/StmF/Identity/StrF/StdCF\
    /U<ef1e65c304fe7c5f40061a0984e883ef0122456a91bae5134273a6db134c87c4>/V 4>>";

/// An encrypted page beside so many object streams, each of one object and much white space.
fn encrypted(streams: u32) -> Vec<u8> {
    let stream = deflated("/Type/ObjStm/N 1/First 9", &{
        let mut content = b"1000 0   null".to_vec();
        content.resize(1_900_000, b' ');
        content
    });
    let mut bytes = page_with("", &[ENCRYPTION.to_owned()]);
    bytes.truncate(bytes.windows(7).position(|part| part == b"trailer").unwrap());
    let mut entries = vec![[0u8; 7]];
    for number in 1..5 {
        let head = format!("\n{number} 0 obj");
        let at = bytes.windows(head.len()).position(|part| part == head.as_bytes()).unwrap();
        entries.push(entry(1, at as u32 + 1, 0));
    }
    for number in 5..5 + streams {
        entries.push(entry(1, bytes.len() as u32, 0));
        bytes.extend(format!("{number} 0 obj\n").bytes());
        bytes.extend(&stream);
        bytes.extend(b"\nendobj\n");
    }
    entries.extend((5..5 + streams).map(|container| entry(2, container, 0)));
    let start = bytes.len();
    let (size, own) = (1000 + streams, 5 + streams);
    let table = entries.concat();
    bytes.extend(
        format!(
            "{own} 0 obj\n<</Type/XRef/W[1 4 2]/Index[0 {own} 1000 {streams}]/Size {size}/Root 1 0 R/Encrypt 4 0 R\
             /ID[<00000000000000000000000000000000><00>]/Length {}>>stream\n",
            table.len()
        )
        .bytes(),
    );
    bytes.extend(table);
    bytes.extend(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

/// An entry of a cross-reference stream.
fn entry(kind: u8, place: u32, more: u16) -> [u8; 7] {
    let [a, b, c, d] = place.to_be_bytes();
    let [e, f] = more.to_be_bytes();
    [kind, a, b, c, d, e, f]
}

#[test]
fn object_streams_of_an_encrypted_file_are_refused_as_well() {
    let many = encrypted(40);
    let (message, hint) = refusal(&case(&many, "decompressed_mb = 32"));
    assert_eq!(message, "too large to handle: a compressed part of it unpacks to more than 819 KB");
    assert!(hint.contains("[limits]"));
    assert_eq!(pages(&case(&many, "")), 1);
    assert_eq!(pages(&case(&encrypted(16), "decompressed_mb = 32")), 1);
}
