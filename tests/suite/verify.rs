//! `verify` on the example bundle as built, and with one fault planted at a time.

use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use serde_json::Value;

use crate::support::case::{Case, Run, array, program, text};
use crate::support::written;

const NAME: &str = "01AB1234526 R v Blake trial 2026-11-24.pdf";

/// The example bundle, built once.
fn example() -> Document {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let case = Case::example();
        let run = case.run(&["build", "--quiet"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        case.read(&format!("out/{NAME}"))
    });
    Document::load_mem(bytes).unwrap()
}

fn page(pdf: &Document, number: u32) -> ObjectId {
    pdf.get_pages()[&number]
}

fn page_dict(pdf: &mut Document, number: u32) -> &mut Dictionary {
    let id = page(pdf, number);
    pdf.get_dictionary_mut(id).unwrap()
}

fn catalog(pdf: &mut Document) -> &mut Dictionary {
    pdf.catalog_mut().unwrap()
}

/// A case that holds the tampered bundle under its own name.
fn saved(pdf: &mut Document) -> Case {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let case = Case::empty();
    case.write(NAME, bytes);
    case
}

fn verify(case: &Case, arguments: &[&str]) -> Run {
    let mut all = vec!["verify", NAME];
    all.extend(arguments);
    case.run(&all)
}

/// The exit code, and what came of each rule.
fn verified(pdf: &mut Document, arguments: &[&str]) -> (Option<i32>, Value) {
    let case = saved(pdf);
    let mut all = vec!["--format", "json"];
    all.extend(arguments);
    let run = verify(&case, &all);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    assert_eq!(report["version"], 1);
    (run.code, report["files"][0].clone())
}

fn result<'v>(file: &'v Value, code: &str) -> &'v Value {
    let found = array(file, "results").iter().find(|result| result["code"] == code);
    found.unwrap_or_else(|| panic!("no result for {code}"))
}

fn failed(file: &Value) -> Vec<&str> {
    let results = array(file, "results").iter();
    results.filter(|result| result["status"] == "fail").map(|result| text(result, "code")).collect()
}

/// The planted fault breaks this rule on these pages, with this in the message, and no rule of severity error but those
/// named.
#[track_caller]
fn finds(plant: impl FnOnce(&mut Document), code: &str, pages: &[u32], part: &str, also: &[&str]) {
    let mut pdf = example();
    plant(&mut pdf);
    let (exit, file) = verified(&mut pdf, &[]);
    let result = result(&file, code);
    assert_eq!(result["status"], "fail", "{code}: {result}");
    let found: Vec<u64> = array(result, "pages").iter().filter_map(Value::as_u64).collect();
    assert_eq!(found, pages.iter().map(|page| u64::from(*page)).collect::<Vec<_>>(), "{result}");
    assert!(text(result, "message").contains(part), "{result}");
    let errors: Vec<&str> = array(&file, "results")
        .iter()
        .filter(|result| result["status"] == "fail" && result["severity"] == "error")
        .map(|result| text(result, "code"))
        .filter(|error| *error != code && !also.contains(error))
        .collect();
    assert!(errors.is_empty(), "{errors:?} besides {code}: {file}");
    let is_error = result["severity"] == "error" || !also.is_empty();
    assert_eq!(exit, Some(i32::from(is_error)));
}

/// The content streams of a page.
fn contents(pdf: &mut Document, number: u32) -> &mut Vec<Object> {
    let contents = page_dict(pdf, number).get_mut(b"Contents").unwrap();
    contents.as_array_mut().unwrap()
}

/// The annotations of a page, made direct so that they can be altered.
fn annotations(pdf: &mut Document, number: u32) -> &mut Vec<Object> {
    let list = match page_dict(pdf, number).get(b"Annots").cloned() {
        Ok(Object::Reference(id)) => pdf.get_object(id).unwrap().as_array().unwrap().clone(),
        Ok(Object::Array(list)) => list,
        _ => Vec::new(),
    };
    let list: Vec<Object> = list
        .into_iter()
        .map(|item| match item {
            Object::Reference(id) => pdf.get_object(id).unwrap().clone(),
            item => item,
        })
        .collect();
    page_dict(pdf, number).set("Annots", list);
    let annotations = page_dict(pdf, number).get_mut(b"Annots").unwrap();
    annotations.as_array_mut().unwrap()
}

fn row_link(pdf: &mut Document, row: usize) -> &mut Dictionary {
    annotations(pdf, 2)[row].as_dict_mut().unwrap()
}

fn to(pdf: &Document, number: u32) -> Object {
    vec![page(pdf, number).into(), "XYZ".into(), Object::Null, Object::Null, 0.into()].into()
}

/// The bookmark whose title starts so.
fn bookmark(pdf: &mut Document, start: &str) -> ObjectId {
    let found = pdf.objects.iter().find(|(_, object)| {
        let title = object.as_dict().ok().and_then(|dict| dict.get(b"Title").ok());
        let title = title.and_then(|title| lopdf::decode_text_string(title).ok());
        title.is_some_and(|title| title.starts_with(start))
            && object.as_dict().is_ok_and(|dict| dict.has(b"Parent"))
    });
    *found.unwrap_or_else(|| panic!("no bookmark {start}")).0
}

#[test]
fn the_example_bundle_keeps_every_rule_of_its_profile() {
    let (code, file) = verified(&mut example(), &["--strict"]);
    assert_eq!(file["pages"], 62);
    assert_eq!(file["rules"], "general-2021");
    assert_eq!(failed(&file), [""; 0], "{file}");
    assert_eq!(code, Some(0));
    for code in ["page-numbers", "index-links", "bookmark-numbers", "searchable", "bad-redaction"] {
        assert_eq!(result(&file, code)["status"], "pass", "{code}");
    }
}

#[test]
fn a_wrong_or_missing_number_is_named_with_its_page() {
    let swap = |pdf: &mut Document| {
        let tenth = contents(pdf, 10).pop().unwrap();
        let eleventh = contents(pdf, 11).pop().unwrap();
        contents(pdf, 10).push(eleventh);
        contents(pdf, 11).push(tenth);
    };
    finds(swap, "page-numbers", &[10, 11], "page 10 shows \"11\"", &[]);
    let remove = |pdf: &mut Document| drop(contents(pdf, 12).pop());
    finds(remove, "page-numbers", &[12], "no number on 1 page, from page 12", &[]);
}

#[test]
fn labels_that_are_not_the_numbers_are_named() {
    let prefix = |pdf: &mut Document| {
        let range = dictionary! { "S" => "D", "P" => Object::string_literal("X") };
        catalog(pdf).set("PageLabels", dictionary! { "Nums" => vec![0.into(), range.into()] });
    };
    let all: Vec<u32> = (1..=62).collect();
    finds(prefix, "page-labels", &all, "page 1 is labelled \"X1\"", &[]);
}

#[test]
fn rows_of_the_index_lead_where_they_say() {
    let astray = |pdf: &mut Document| {
        let target = to(pdf, 7);
        row_link(pdf, 1).set("Dest", target);
    };
    finds(astray, "index-links", &[2], "and leads to page 7", &[]);
    let gone = |pdf: &mut Document| drop(annotations(pdf, 2).remove(3));
    finds(gone, "index-links", &[2], "has no link", &[]);
    let dead = |pdf: &mut Document| drop(row_link(pdf, 3).remove(b"Dest"));
    finds(dead, "index-links", &[2], "leads nowhere", &[]);
}

#[test]
fn a_bundle_without_an_index_is_told() {
    let plant = |pdf: &mut Document| {
        for number in [2, 3] {
            let number_only = contents(pdf, number).pop().unwrap();
            *contents(pdf, number) = vec![number_only];
        }
    };
    finds(plant, "index-found", &[], "no page is headed", &[]);
}

#[test]
fn bookmarks_lead_to_the_page_that_they_name() {
    let astray = |pdf: &mut Document| {
        let target = to(pdf, 9);
        let id = bookmark(pdf, "Indictment [");
        pdf.get_dictionary_mut(id).unwrap().set("Dest", target);
    };
    finds(astray, "bookmark-numbers", &[9], "leads to page 9", &["bookmarks"]);
    let dead = |pdf: &mut Document| {
        let id = bookmark(pdf, "Prosecution opening note");
        let name = Object::string_literal("nowhere");
        pdf.get_dictionary_mut(id).unwrap().set("Dest", name);
    };
    finds(
        dead,
        "bookmark-targets",
        &[],
        "Prosecution opening note",
        &["bookmarks", "bookmark-numbers"],
    );
    let none = |pdf: &mut Document| drop(catalog(pdf).remove(b"Outlines"));
    finds(none, "bookmarks", &[], "there are no bookmarks", &[]);
    let unnumbered = |pdf: &mut Document| {
        let id = bookmark(pdf, "Prosecution opening note");
        let title = Object::string_literal("Prosecution opening note");
        pdf.get_dictionary_mut(id).unwrap().set("Title", title);
    };
    finds(unnumbered, "bookmark-numbers", &[6], "no bookmark with the number of page 6", &[]);
}

#[test]
fn a_link_that_nobody_can_click_is_none() {
    let hidden = |pdf: &mut Document| row_link(pdf, 0).set("F", 2);
    finds(hidden, "index-links", &[2], "has no link", &[]);
}

#[test]
fn it_opens_and_stays_at_full_size() {
    let none = |pdf: &mut Document| drop(catalog(pdf).remove(b"OpenAction"));
    finds(none, "opening-zoom", &[], "does not say how it opens", &[]);
    let fit = |pdf: &mut Document| {
        let target: Object = vec![page(pdf, 1).into(), "Fit".into()].into();
        catalog(pdf).set("OpenAction", target);
    };
    finds(fit, "opening-zoom", &[], "does not open at 100 %", &[]);
    let link = |pdf: &mut Document| {
        let target: Object = vec![page(pdf, 4).into(), "Fit".into()].into();
        row_link(pdf, 0).set("Dest", target);
    };
    finds(link, "target-zoom", &[2], "change the zoom", &[]);
}

#[test]
fn text_that_stands_on_its_head_is_told() {
    let plant = |pdf: &mut Document| page_dict(pdf, 7).set("Rotate", 180);
    finds(plant, "orientation", &[7], "upside down", &["page-numbers"]);
    let plant = |pdf: &mut Document| page_dict(pdf, 7).set("Rotate", 90);
    finds(plant, "orientation", &[7], "sideways", &["page-numbers"]);
}

#[test]
fn blank_and_repeated_pages_are_told() {
    let blank = |pdf: &mut Document| {
        let number = contents(pdf, 7).pop().unwrap();
        *contents(pdf, 7) = vec![number];
    };
    finds(blank, "blank-pages", &[7], "1 page shows nothing", &[]);
    let twice = |pdf: &mut Document| {
        // Page 8 shows what page 7 does, under its own number.
        let number = contents(pdf, 8).pop().unwrap();
        let mut shown = contents(pdf, 7).clone();
        shown.pop();
        shown.push(number);
        let resources = page_dict(pdf, 7).get(b"Resources").cloned().unwrap();
        page_dict(pdf, 8).set("Resources", resources);
        *contents(pdf, 8) = shown;
    };
    finds(twice, "duplicate-pages", &[8], "page 8 is like page 7", &[]);
}

#[test]
fn what_runs_or_hides_is_told() {
    let script = |pdf: &mut Document| {
        let action =
            dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
        catalog(pdf).set("OpenAction", action);
    };
    finds(script, "active-content", &[], "the action on opening", &["opening-zoom"]);
    let launch = |pdf: &mut Document| {
        let action = dictionary! { "S" => "Launch", "F" => Object::string_literal("x.exe") };
        row_link(pdf, 0).set("A", action);
    };
    finds(launch, "active-content", &[2], "1 on 1 page", &[]);
    let file = |pdf: &mut Document| {
        let names =
            dictionary! { "Names" => vec![Object::string_literal("x"), Dictionary::new().into()] };
        catalog(pdf).set("Names", dictionary! { "EmbeddedFiles" => names });
    };
    finds(file, "embedded-files", &[], "attached to the document", &[]);
    let layer = |pdf: &mut Document| {
        let group =
            pdf.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("x") });
        let groups: Object = vec![group.into()].into();
        let default = dictionary! { "OFF" => groups.clone() };
        catalog(pdf).set("OCProperties", dictionary! { "OCGs" => groups, "D" => default });
    };
    finds(layer, "hidden-layer", &[], "1 layer", &[]);
    let author = |pdf: &mut Document| {
        let info = pdf.add_object(dictionary! { "Author" => Object::string_literal("A Writer") });
        pdf.trailer.set("Info", info);
    };
    finds(author, "author-metadata", &[], "Author", &[]);
}

#[test]
fn what_lies_deeper_is_told_as_well() {
    let creator = "<x:xmpmeta><rdf:Description><dc:creator><rdf:Seq><rdf:li>A Writer</rdf:li></rdf:Seq></dc:creator>\
                   </rdf:Description></x:xmpmeta>";
    let xmp = |pdf: &mut Document| {
        let stream =
            Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, creator.into());
        let id = pdf.add_object(stream);
        catalog(pdf).set("Metadata", id);
    };
    finds(xmp, "author-metadata", &[], "Author", &[]);
    let file = || -> Object {
        vec![
            dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => Object::Null } }
                .into(),
        ]
        .into()
    };
    let on_page = |pdf: &mut Document| page_dict(pdf, 9).set("AF", file());
    finds(on_page, "embedded-files", &[9], "1 on 1 page", &[]);
    let script = |pdf: &mut Document| {
        let id = bookmark(pdf, "Prosecution opening note");
        let action = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("x") };
        pdf.get_dictionary_mut(id).unwrap().set("A", action);
    };
    finds(script, "active-content", &[], "actions of bookmarks", &[]);
}

#[test]
fn layers_that_are_not_always_shown_are_told() {
    for (event, key) in [("View", "ViewState"), ("Print", "PrintState")] {
        let plant = |pdf: &mut Document| {
            let usage = dictionary! { event => dictionary! { key => "OFF" } };
            let group = pdf.add_object(dictionary! { "Type" => "OCG", "Usage" => usage });
            let groups: Object = vec![group.into()].into();
            let rule = dictionary! { "Event" => event, "Category" => vec![event.into()], "OCGs" => groups.clone() };
            let default = dictionary! { "AS" => vec![rule.into()] };
            catalog(pdf).set("OCProperties", dictionary! { "OCGs" => groups, "D" => default });
            let rect: Vec<Object> = [100, 100, 200, 120].map(Object::from).to_vec();
            let annotation = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "OC" => group };
            annotations(pdf, 9).push(annotation.into());
        };
        finds(plant, "hidden-layer", &[9], "1 layer", &[]);
    }
}

#[test]
fn what_photographs_say_is_told() {
    // The maker of a camera in a directory of one entry.
    let tiff = b"II*\0\x08\0\0\0\x01\0\x0F\x01\x02\0\x04\0\0\0Cam\0\0\0\0\0";
    let exif = [b"Exif\0\0".as_slice(), tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let jpeg = [b"\xFF\xD8\xFF\xE1".as_slice(), &length, &exif, b"\xFF\xDA\0\x02"].concat();
    let plant = |pdf: &mut Document| {
        let picture = dictionary! {
            "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray",
            "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        };
        let picture = pdf.add_object(Stream::new(picture, jpeg));
        let page = page(pdf, 9);
        let mut resources =
            pdf.get_dict_in_dict(pdf.get_dictionary(page).unwrap(), b"Resources").unwrap().clone();
        resources.set("XObject", dictionary! { "Photograph" => picture });
        page_dict(pdf, 9).set("Resources", resources);
    };
    finds(plant, "picture-data", &[9], "1 on 1 page", &[]);
}

#[test]
fn a_number_that_nobody_sees_is_none() {
    let hide = |operators: &'static str| {
        move |pdf: &mut Document| {
            let content = Stream::new(Dictionary::new(), operators.as_bytes().to_vec());
            let content = pdf.add_object(content);
            contents(pdf, 9).push(content.into());
        }
    };
    let foot = "0 0 595 60 re f";
    for colour in ["0 g", "1 g"] {
        let covered: &'static str = format!("{colour} {foot}").leak();
        finds(hide(covered), "page-numbers", &[9], "9", &["bad-redaction"]);
    }
    let cropped = |pdf: &mut Document| {
        let area: Vec<Object> = [0, 60, 595, 842].map(Object::from).to_vec();
        page_dict(pdf, 9).set("CropBox", area);
    };
    finds(cropped, "page-numbers", &[9], "9", &[]);
}

#[test]
fn mark_up_and_open_redactions_are_told() {
    for (subtype, code) in
        [("Text", "mark-up"), ("Highlight", "mark-up"), ("Redact", "redaction-unapplied")]
    {
        let plant = |pdf: &mut Document| {
            let rect: Vec<Object> = [100, 100, 200, 120].map(Object::from).to_vec();
            let annotation =
                dictionary! { "Type" => "Annot", "Subtype" => subtype, "Rect" => rect };
            annotations(pdf, 9).push(annotation.into());
        };
        finds(plant, code, &[9], "1 on 1 page", &[]);
    }
}

#[test]
fn a_scan_without_text_is_told_and_so_are_its_dots() {
    // A page-sized picture of written paper, 100 by 141 points: 12 dots an inch.
    let plant = |pdf: &mut Document| {
        let rows = (0..141u32).flat_map(|y| (0..100u32).map(move |x| (x, y)));
        let paper: Vec<u8> =
            rows.map(|(x, y)| if y % 8 == 0 && (10..90).contains(&x) { 40 } else { 240 }).collect();
        let picture = pdf.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 100, "Height" => 141, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
            paper,
        ));
        let drawing = pdf.add_object(Stream::new(
            Dictionary::new(),
            b"q 595 0 0 842 0 0 cm /Scan Do Q".to_vec(),
        ));
        let number = contents(pdf, 7).pop().unwrap();
        *contents(pdf, 7) = vec![drawing.into(), number];
        let page = page(pdf, 7);
        let mut resources =
            pdf.get_dict_in_dict(pdf.get_dictionary(page).unwrap(), b"Resources").unwrap().clone();
        resources.set("XObject", dictionary! { "Scan" => picture });
        page_dict(pdf, 7).set("Resources", resources);
    };
    finds(plant, "searchable", &[7], "1 page is pictures without text", &[]);
    let mut pdf = example();
    plant(&mut pdf);
    let (_, file) = verified(&mut pdf, &["--rules", "uksc"]);
    let low = result(&file, "resolution-low");
    assert!(text(low, "message").contains("the fewest 12"), "{low}");
    assert!(array(low, "pages").contains(&7.into()));
}

#[test]
fn each_court_asks_for_its_own() {
    let (code, file) = verified(&mut example(), &["--rules", "family"]);
    assert_eq!(code, Some(1));
    assert!(text(result(&file, "page-numbers"), "message").contains("page 1 shows \"1\""));
    let (_, file) = verified(&mut example(), &["--rules", "commercial"]);
    assert_eq!(failed(&file), ["number-place", "file-name"], "{file}");
    let (code, file) = verified(&mut example(), &["--rules", "none"]);
    assert_eq!((code, failed(&file).len()), (Some(0), 0), "{file}");
    let results = array(&file, "results");
    assert!(results.iter().all(|result| result["code"] != "page-numbers"));
}

#[test]
fn a_file_of_rules_extends_a_profile() {
    let case = saved(&mut example());
    case.write(
        "our.toml",
        "[[profile]]\nname = \"our-court\"\nextends = \"general-2021\"\n\
         rule = [{ code = \"page-cap\", severity = \"error\", source = \"order of 3 March 2026\", pages = 50 }]\n",
    );
    let run = verify(&case, &["--rules-file", "our.toml", "--rules", "our-court"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("62 pages where 50 are allowed"), "{}", run.out);
    assert!(run.out.contains("order of 3 March 2026"), "{}", run.out);
    let run = verify(&case, &["--rules", "our-court"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("no rules named \"our-court\"") && run.err.contains("general-2021"),
        "{}",
        run.err
    );
}

#[test]
fn the_heaviest_documents_of_a_heavy_file_are_named() {
    let case = saved(&mut example());
    case.write(
        "light.toml",
        "[[profile]]\nname = \"light\"\nextends = \"general-2021\"\n\
         rule = [{ code = \"weight\", severity = \"info\", kb_per_page = 10 }]\n",
    );
    let run = verify(&case, &["--rules-file", "light.toml", "--rules", "light"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let line = run.out.lines().find(|line| line.contains("weight")).unwrap();
    assert!(line.contains("the heaviest: \"11 Photographs of the scene"), "{line}");
    assert!(line.contains("26"), "{line}");
}

#[test]
fn a_file_that_does_not_open_breaks_the_first_rule() {
    let case = Case::empty();
    case.write(NAME, "%PDF-1.7\nand nothing else");
    let run = verify(&case, &[]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        run.out.contains("cannot be read") && run.out.contains("error    opens"),
        "{}",
        run.out
    );
    let run = case.run(&["verify", "missing.pdf"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("error: missing.pdf"), "{}", run.err);
    let run = case.run(&["verify", "."]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is a folder"), "{}", run.err);
    assert_eq!(program(case.folder()).arg("verify").output().unwrap().status.code(), Some(2));
}

#[test]
fn the_page_shows_the_pages_concerned_and_needs_nothing_else() {
    let mut pdf = example();
    page_dict(&mut pdf, 7).set("Rotate", 180);
    let case = saved(&mut pdf);
    let run = verify(&case, &["--format", "html"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("<!DOCTYPE html>"));
    assert!(run.out.contains("alt=\"Page 7, small\""), "no picture of page 7");
    assert!(run.out.contains("data:image/png;base64,"));
    for outside in ["http://", "https://", "<script", "@import", "url("] {
        assert!(!run.out.contains(outside), "{outside}");
    }
}

#[test]
fn rules_are_listed_with_where_they_come_from() {
    let case = Case::empty();
    let run = case.run(&["rules"]);
    assert_eq!(run.code, Some(0));
    for name in [
        "none",
        "general-2021",
        "crown",
        "family",
        "family-fr",
        "commercial",
        "uksc",
        "sjs",
        "eat",
        "ftt",
        "jury",
        "laa",
        "hk",
    ] {
        assert!(run.out.lines().any(|line| line.split_whitespace().next() == Some(name)), "{name}");
    }
    let run = case.run(&["rules", "family"]);
    assert!(run.out.contains("350 pages") && run.out.contains("FAM21"), "{}", run.out);
    let run = case.run(&["rules", "familly"]);
    assert_eq!(run.code, Some(2));
    let run = case.run(&["rules", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(array(&report, "profiles").len(), 13);
    // What is only remembered must never be an error.
    for profile in array(&report, "profiles") {
        for rule in array(profile, "rules") {
            assert!(rule["trust"] != "M" || rule["severity"] != "error", "{rule}");
        }
    }
}

/// A report whose first page lists its own chapters, with links.
fn report_with_contents() -> Vec<u8> {
    let chapters = [
        "Contents",
        "Examination of the vehicle in the workshop at Millbrook 2",
        "Interview with the second witness of the afternoon, Ann 3",
        "Conclusions of the examiner and what they were drawn from 4",
    ];
    let texts: Vec<String> = (1..=3).map(written::words).collect();
    let pages = [&chapters.join("\n"), &texts[0], &texts[1], &texts[2]];
    let pdf = written::pdf(&pages.map(String::as_str));
    let mut pdf = Document::load_mem(&pdf).unwrap();
    let pages: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    let links: Vec<Object> = (1..pages.len())
        .map(|row| {
            let middle = 740.0 - 16.0 * row as f32;
            let link = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => vec![72.into(), (middle - 2.0).into(), 400.into(), (middle + 9.0).into()],
                "Dest" => vec![pages[row].into(), "Fit".into()],
            };
            pdf.add_object(link).into()
        })
        .collect();
    let page = pdf.get_dictionary_mut(pages[0]).unwrap();
    page.set("Annots", links);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_list_of_contents_behind_the_index_belongs_to_its_document() {
    let case = Case::with_manifest(
        "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/test.pdf\"\n\
         [[section]]\nletter = \"A\"\ntitle = \"Reports\"\n\
         [[section.document]]\ntitle = \"Report of the examiner\"\nfile = \"report.pdf\"\ndate = 2026-06-01\n\
         [[section.document]]\ntitle = \"Another report\"\nfile = \"other.pdf\"\ndate = 2026-06-02\n",
    );
    case.write("report.pdf", report_with_contents());
    case.write("other.pdf", written::pdf(&[&written::words(9)]));
    case.build(&[], 0);
    let run = case.run(&["verify", "--format", "json", "out/test.pdf"]);
    let file = run.json()["files"][0].clone();
    for code in ["index-found", "index-links", "index-complete", "titles"] {
        assert_eq!(result(&file, code)["status"], "pass", "{code}: {file}");
    }
}

#[test]
fn what_is_no_pdf_cannot_be_verified() {
    let case = Case::empty();
    case.write("notes.pdf", "only a text");
    case.write("empty.pdf", "");
    case.copy("fixtures/case-complete/indictment.pdf", "right.pdf");
    let run = case.run(&["verify", "notes.pdf", "empty.pdf", "right.pdf"]);
    run.expect(2)
        .says("error: notes.pdf: ")
        .says("it is a text file")
        .says("error: empty.pdf: ")
        .shows("right.pdf");
}
