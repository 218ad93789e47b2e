//! What is on pages beside their text, and must not leave the prosecution unseen.

use lopdf::{Document, dictionary};

use crate::case::{Case, codes, findings, text};
use crate::reader::Reader;

/// A case for the court that lists one fixture.
fn case(fixture: &str, lines: &str) -> Case {
    let case = Case::listing(&[(fixture, &format!("form = \"order\"\n{lines}"))]);
    case.edit("\"prosecution\"", "\"court\"");
    case
}

#[test]
fn comments_must_be_decided_upon_before_they_are_served() {
    let undecided = case("producers/annotations.pdf", "");
    let report = undecided.checked(1);
    let found = findings(&report, "comments-undecided");
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(
        text(found[0], "message"),
        "it holds 1 box, 1 drawing, 1 highlight, 1 stamp, 2 sticky notes and 2 text boxes on page 1, \
         and nobody has said whether they may be served"
    );
    assert_eq!(found[0]["page"], 1);
    undecided.run(&["build", "--allow-missing"]).expect(1);
    // The prosecution's own copy keeps them, whatever is said.
    undecided.edit("\"court\"", "\"prosecution\"");
    assert!(!codes(&undecided.checked(0)).contains(&"comments-undecided"));
    undecided.build(&[], 0);
}

#[test]
fn stripped_comments_leave_nothing_behind() {
    let stripped = case("producers/annotations.pdf", "comments = \"strip\"");
    let source = Reader::open(&stripped.path("1 annotations.pdf"));
    let (record, reader) = stripped.built();
    let found = findings(&record, "comments-stripped");
    assert_eq!(found.len(), 1, "{record}");
    assert_eq!(found[0]["page"], 1);
    for (author, words) in said(&source) {
        assert!(source.holds(&author), "{author}");
        assert!(!reader.holds(&author), "{author}");
        assert!(!reader.holds(&words), "{words}");
    }
    let kinds: Vec<String> = (1..=reader.page_count())
        .flat_map(|page| reader.annotations(page))
        .map(|annotation| name(annotation, b"Subtype"))
        .collect();
    assert!(kinds.iter().all(|kind| kind == "Link"), "{kinds:?}");
    let kept = case("producers/annotations.pdf", "comments = \"keep\"");
    let (record, reader) = kept.built();
    assert!(codes(&record).contains(&"comments-kept"), "{record}");
    for (author, words) in said(&source) {
        assert!(reader.holds(&author) && reader.holds(&words), "{author}");
    }
}

fn name(dict: &lopdf::Dictionary, key: &[u8]) -> String {
    let name = dict.get(key).and_then(lopdf::Object::as_name).unwrap();
    String::from_utf8_lossy(name).into_owned()
}

/// Who said what in the annotations of page 1.
fn said(reader: &Reader) -> Vec<(String, String)> {
    let said: Vec<(String, String)> = reader
        .annotations(1)
        .into_iter()
        .filter_map(|annotation| {
            let author = reader.text(annotation, "T")?;
            Some((author, reader.text(annotation, "Contents")?))
        })
        .collect();
    assert!(said.len() > 1, "{said:?}");
    said
}

#[test]
fn only_comments_on_pages_that_are_taken_count() {
    let second = case("producers/covered-text.pdf", "pages = \"2\"");
    assert!(codes(&second.checked(1)).contains(&"comments-undecided"));
    let first = case("producers/covered-text.pdf", "pages = \"1\"");
    assert!(!codes(&first.checked(0)).contains(&"comments-undecided"));
}

#[test]
fn fields_and_links_and_signatures_are_no_comments() {
    for fixture in ["form-filled", "links", "signature-field"] {
        let report = case(&format!("producers/{fixture}.pdf"), "").checked(0);
        assert!(!codes(&report).contains(&"comments-undecided"), "{fixture}");
    }
}

#[test]
fn the_look_of_a_signature_stays_where_comments_go() {
    let signed = case("producers/signature-field.pdf", "comments = \"strip\"");
    let path = signed.path("1 signature-field.pdf");
    let mut pdf = Document::load(&path).unwrap();
    let field = pdf
        .objects
        .values_mut()
        .filter_map(|object| object.as_dict_mut().ok())
        .find(|dict| dict.has(b"FT"))
        .unwrap();
    field.set(
        "V",
        dictionary! { "Type" => "Sig", "Filter" => "Adobe.PPKLite" },
    );
    pdf.save(&path).unwrap();
    let (record, reader) = signed.built();
    assert!(codes(&record).contains(&"signature-flattened"), "{record}");
    assert!(!codes(&record).contains(&"comments-stripped"), "{record}");
    let kinds = reader.annotations(reader.page_count());
    assert!(kinds.iter().any(|kind| name(kind, b"Subtype") == "Stamp"));
}

#[test]
fn a_redaction_that_was_only_marked_is_never_served() {
    for lines in ["", "comments = \"strip\"", "comments = \"keep\""] {
        let marked = case("producers/redact-annotation.pdf", lines);
        assert!(
            codes(&marked.checked(1)).contains(&"redaction-unapplied"),
            "{lines}"
        );
        marked.run(&["build"]).expect(1).says("can still be read");
        marked.edit("\"court\"", "\"prosecution\"");
        marked.build(&[], 0);
    }
}
