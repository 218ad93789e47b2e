//! Files made to do harm: none hangs the program, fills the memory or overflows the stack, and each is
//! refused with the reason and the limit that can be raised.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::case::{Case, array, findings, text};

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
fn pdf(objects: &[String]) -> Vec<u8> {
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
    (
        text(found, "message").to_owned(),
        text(found, "hint").to_owned(),
    )
}

fn pages(case: &Case) -> u64 {
    array(&case.checked(0), "documents")[0]["pages"]
        .as_u64()
        .unwrap()
}

#[test]
fn a_stream_that_unpacks_to_far_more_than_it_should_is_refused() {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 6 << 20]).unwrap();
    let packed = encoder.finish().unwrap();
    let mut bomb = page_with("/Contents 4 0 R", &[]);
    bomb.truncate(bomb.len() - "trailer\n<</Root 1 0 R>>\n".len());
    let head = format!(
        "4 0 obj\n<</Length {}/Filter/FlateDecode>>stream\n",
        packed.len()
    );
    let tail = b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n";
    let bomb = [&bomb, head.as_bytes(), &packed, tail].concat();
    let (message, hint) = refusal(&case(&bomb, "decompressed_mb = 2"));
    assert_eq!(
        message,
        "too large to handle: a compressed part of it unpacks to more than 2 MB"
    );
    assert!(hint.contains("[limits]"));
    assert_eq!(pages(&case(&bomb, "")), 1);
}

#[test]
fn more_objects_than_allowed_are_refused() {
    let more = vec!["null".to_owned(), "<<>>".to_owned()];
    let many = page_with("", &more);
    let (message, _) = refusal(&case(&many, "objects = 4"));
    assert_eq!(
        message,
        "too large to handle: it holds 5 objects, and 4 are allowed"
    );
    assert_eq!(pages(&case(&many, "objects = 5")), 1);
}

#[test]
fn a_page_tree_that_is_too_deep_is_refused_and_not_cut() {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    objects.extend((3..303).map(|kid| format!("<</Type/Pages/Kids[{kid} 0 R]/Count 1>>")));
    objects.push("<</Type/Page/MediaBox[0 0 600 800]>>".to_owned());
    let deep = pdf(&objects);
    let (message, _) = refusal(&case(&deep, "nesting = 200"));
    assert_eq!(
        message,
        "too large to handle: its page tree is more than 200 levels deep"
    );
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
