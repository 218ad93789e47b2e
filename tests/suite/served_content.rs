//! What is on pages beside their text, and must not leave the prosecution unseen.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::support::case::{Case, codes, findings, text};
use crate::support::reader::Reader;

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
    // Its first page has words beneath a box, which is another matter.
    assert!(!codes(&first.checked(1)).contains(&"comments-undecided"));
}

#[test]
fn a_box_that_covers_something_is_not_lifted() {
    let covered = case("producers/covered-text.pdf", "comments = \"strip\"");
    let report = covered.checked(1);
    let found = findings(&report, "comment-covers");
    assert_eq!(found.len(), 1, "{report}");
    assert_eq!(found[0]["page"], 2);
    covered.run(&["build"]).expect(1);
    let uncovered = case("producers/covered-text.pdf", "comments = \"strip\"\npages = \"1\"");
    // Its first page has words beneath a box that is no annotation.
    assert!(!codes(&uncovered.checked(1)).contains(&"comment-covers"));
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
    field.set("V", dictionary! { "Type" => "Sig", "Filter" => "Adobe.PPKLite" });
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
        assert!(codes(&marked.checked(1)).contains(&"redaction-unapplied"), "{lines}");
        marked.run(&["build"]).expect(1).says("can still be read");
        marked.edit("\"court\"", "\"prosecution\"");
        marked.build(&[], 0);
    }
}

fn string(words: &str) -> Object {
    Object::string_literal(words)
}

fn script(words: &str) -> Dictionary {
    dictionary! { "S" => "JavaScript", "JS" => string(words) }
}

fn corner() -> Vec<Object> {
    vec![0.into(), 0.into(), 9.into(), 9.into()]
}

/// A file within the file.
fn attached(pdf: &mut Document, words: &str) -> Object {
    let stream = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, words.into());
    let stream = pdf.add_object(stream);
    let file = dictionary! {
        "Type" => "Filespec", "F" => string(words), "EF" => dictionary! { "F" => stream }
    };
    pdf.add_object(file).into()
}

/// A form that says a lot of itself.
fn planted_form(pdf: &mut Document, metadata: &Object) -> ObjectId {
    let other = pdf.add_object(Stream::new(dictionary! {}, "planted-alternate".into()));
    let form = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => corner(),
            "AF" => vec![attached(pdf, "planted-form-file")], "Metadata" => metadata.clone(),
            "PTEX.FileName" => string("planted-path"),
            "PTEX.InfoDict" => dictionary! { "Author" => string("planted-author") },
            "PieceInfo" => dictionary! { "X" => string("planted-piece") },
            "OPI" => dictionary! { "F" => string("planted-original") },
            "Alternates" => vec![dictionary! { "Image" => other }.into()],
        },
        b"q Q".to_vec(),
    );
    pdf.add_object(form)
}

/// Annotations that play something, links out of the web, and a field that calculates.
fn planted_annotations(pdf: &mut Document, form: ObjectId) -> Vec<Object> {
    let model = pdf.add_object(Stream::new(dictionary! {}, "planted-model".into()));
    let mut annotations = Vec::new();
    for kind in ["RichMedia", "3D", "Movie", "Screen"] {
        let file = attached(pdf, "planted-mark-file");
        annotations.push(dictionary! {
            "Type" => "Annot", "Subtype" => kind, "Rect" => corner(), "Contents" => string("planted-note"),
            "AP" => dictionary! { "N" => form }, "3DD" => model, "RichMediaContent" => model,
            "Movie" => dictionary! { "F" => string("planted-film") }, "AF" => vec![file],
            "AA" => dictionary! { "PO" => script("planted-opening") },
        });
    }
    for address in ["planted://x", "file:///planted/share", "\\\\planted\\share"] {
        annotations.push(dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "Rect" => corner(),
            "A" => dictionary! { "S" => "URI", "URI" => string(address) },
        });
    }
    annotations.into_iter().map(|annotation| pdf.add_object(annotation).into()).collect()
}

/// A field of which the scripts stand above its widget, and deep within it. Returns field and widget.
fn planted_field(pdf: &mut Document) -> (ObjectId, ObjectId) {
    let widget = pdf.new_object_id();
    let field = pdf.add_object(dictionary! {
        "FT" => "Tx", "T" => string("field"), "Kids" => vec![widget.into()],
        "AA" => dictionary! { "C" => script("planted-calculation") },
    });
    let dict = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Parent" => field, "Rect" => corner(),
        // A key that nobody looks at leads to a script all the same.
        "Unknown" => dictionary! { "Deep" => script("planted-deep") },
    };
    pdf.objects.insert(widget, dict.into());
    (field, widget)
}

/// Plants what must not reach a bundle into a sound file, each thing with a word of its own.
fn planted(path: &std::path::Path) {
    let mut pdf = Document::load(path).unwrap();
    let metadata = Stream::new(dictionary! { "Type" => "Metadata" }, "planted-metadata".into());
    let metadata: Object = pdf.add_object(metadata).into();
    let of_page = attached(&mut pdf, "planted-page-file");
    let form = planted_form(&mut pdf, &metadata);
    let mut annotations = planted_annotations(&mut pdf, form);
    let (field, widget) = planted_field(&mut pdf);
    annotations.push(widget.into());
    let page = *pdf.get_pages().get(&1).unwrap();
    let page = pdf.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    page.set("Annots", annotations);
    page.set("AF", vec![of_page]);
    page.set("AA", dictionary! { "O" => script("planted-page") });
    page.set("Metadata", metadata);
    page.set("SPDF", dictionary! { "X" => string("planted-private") });
    let resources = dictionary! { "XObject" => dictionary! { "F" => form } };
    page.set("Resources", resources);
    let catalog = pdf.catalog_mut().unwrap();
    catalog.set("AcroForm", dictionary! { "Fields" => vec![field.into()] });
    pdf.save(path).unwrap();
}

#[test]
fn hidden_things_are_taken_out_by_whatever_path_they_are_reached() {
    let case = case("producers/dark.pdf", "");
    let path = case.path("1 dark.pdf");
    planted(&path);
    let source = Reader::open(&path);
    assert!(source.holds("planted-deep") && source.holds("planted-page-file"));
    let (record, reader) = case.built();
    for word in ["planted", "/JavaScript", "/EmbeddedFile", "/RichMedia", "/3D", "/Movie", "/AF"] {
        assert!(!reader.holds(word), "{word}");
    }
    assert_eq!(findings(&record, "media-dropped").len(), 4, "{record}");
    for code in ["action-removed", "attachment-dropped"] {
        assert!(codes(&record).contains(&code), "{code}: {record}");
    }
    // Their looks are there.
    let kinds: Vec<String> = reader
        .annotations(reader.page_count() - 1)
        .into_iter()
        .map(|annotation| name(annotation, b"Subtype"))
        .collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "Stamp").count(), 4, "{kinds:?}");
}

#[test]
fn addresses_of_web_pages_stay() {
    let case = case("producers/links.pdf", "");
    let source = Reader::open(&case.path("1 links.pdf"));
    assert!(source.holds("https://"));
    assert!(case.built().1.holds("https://"));
}

/// The coded pictures of a file.
fn pictures(reader: &Reader) -> Vec<&Vec<u8>> {
    let pictures = reader.pdf.objects.values().filter_map(|object| {
        let stream = object.as_stream().ok()?;
        let filter = stream.dict.get(b"Filter").and_then(Object::as_name);
        filter.is_ok_and(|filter| filter == b"DCTDecode").then_some(&stream.content)
    });
    pictures.collect()
}

#[test]
fn what_a_photograph_says_of_its_place_is_taken_out_and_its_samples_stay() {
    let case = case("producers/image-gps.pdf", "");
    let source = Reader::open(&case.path("1 image-gps.pdf"));
    let (record, reader) = case.built();
    let ([before], [after]) = (&pictures(&source)[..], &pictures(&reader)[..]) else {
        panic!("one picture each");
    };
    let holds = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
    assert!(holds(before, b"Exif\0") && !holds(after, b"Exif\0"));
    // From the tables of the coding on nothing is changed.
    let scan = after.windows(2).position(|pair| pair == b"\xFF\xDB").unwrap();
    assert!(before.ends_with(&after[scan..]));
    assert_eq!(findings(&record, "picture-data-dropped").len(), 1, "{record}");
}

/// Programs write the line's end before `endstream` into the length of the stream; cameras hang films on.
#[test]
fn what_hangs_behind_a_picture_goes_and_the_page_looks_the_same() {
    let case = case("producers/image-gps.pdf", "");
    let path = case.path("1 image-gps.pdf");
    let mut pdf = Document::load(&path).unwrap();
    for object in pdf.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.content.starts_with(b"\xFF\xD8")
        {
            stream.content.extend(b"\n");
        }
    }
    pdf.save(&path).unwrap();
    let (_, reader) = case.built();
    assert!(pictures(&reader)[0].ends_with(b"\xFF\xD9"));
}

#[test]
fn a_picture_that_is_oddly_built_is_not_touched_and_told() {
    let case = case("producers/image-gps.pdf", "");
    let path = case.path("1 image-gps.pdf");
    let mut pdf = Document::load(&path).unwrap();
    for object in pdf.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.content.starts_with(b"\xFF\xD8")
        {
            stream.content.insert(0, b'\n');
        }
    }
    pdf.save(&path).unwrap();
    let (record, reader) = case.built();
    assert_eq!(findings(&record, "picture-unread").len(), 1, "{record}");
    assert!(pictures(&reader)[0].starts_with(b"\n\xFF\xD8"));
}

#[test]
fn hidden_layers_are_told_and_taken_out_where_that_is_asked_for() {
    for fixture in ["layers-off", "layers-base-off", "layers-membership"] {
        let fixture = format!("producers/{fixture}.pdf");
        let kept = case(&fixture, "");
        let report = kept.checked(0);
        assert_eq!(findings(&report, "hidden-layer").len(), 1, "{fixture}: {report}");
        let (record, reader) = kept.built();
        assert!(codes(&record).contains(&"hidden-layer"), "{fixture}");
        assert!(reader.holds("HIDDEN") && reader.layers().iter().any(|(_, hidden)| *hidden));
        let before = shown_words(&kept);
        assert!(before.iter().any(|page| page.contains("seen")), "{before:?}");

        let dropped = case(&fixture, "hidden = \"drop\"");
        assert!(!codes(&dropped.checked(0)).contains(&"hidden-layer"));
        let (record, reader) = dropped.built();
        assert!(codes(&record).contains(&"hidden-dropped"), "{fixture}: {record}");
        assert!(!reader.holds("HIDDEN"), "{fixture}");
        assert!(reader.layers().iter().all(|(_, hidden)| !hidden), "{fixture}");
        assert_eq!(shown_words(&dropped), before, "{fixture}");

        // The prosecution's own copy keeps them.
        dropped.edit("\"court\"", "\"prosecution\"");
        let (record, reader) = dropped.built();
        assert!(!codes(&record).contains(&"hidden-dropped"));
        assert!(reader.holds("HIDDEN"), "{fixture}");
    }
}

fn shown_words(case: &Case) -> Vec<String> {
    crate::support::look::words_behind_index(&case.path("out/test.pdf"))
}

/// Content that says something and shows nothing.
fn speaking(words: &str) -> String {
    format!("/Span <</ActualText ({words})>> BDC EMC")
}

/// A stretch of a layer, and in it one that says something.
fn borrowing() -> String {
    let (secret, open) = (speaking("secret-borrowed"), speaking("open-borrowed"));
    format!("0 0 9 9 re f /OC /L BDC {secret} 9 0 9 9 re f EMC {open}")
}

/// Hides things in every way but the plainest: two pages with the same resources, and a layer that is
/// off.
fn hidden(path: &std::path::Path) {
    let mut pdf = Document::load(path).unwrap();
    let layer = pdf.add_object(dictionary! {
        "Type" => "OCG", "Name" => Object::string_literal("secret-layer")
    });
    let form = |pdf: &mut Document, content: &str, more: Dictionary| {
        let mut dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 600.into(), 900.into()],
        };
        dict.extend(&more);
        pdf.add_object(Stream::new(dict, content.as_bytes().to_vec()))
    };
    let plain = |pdf: &mut Document, words: &str| form(pdf, &speaking(words), dictionary! {});
    // Drawn in a hidden stretch only; itself in a layer; with a hidden stretch of its own.
    let in_stretch = plain(&mut pdf, "secret-stretch");
    let itself = form(&mut pdf, &speaking("secret-itself"), dictionary! { "OC" => layer });
    let below = plain(&mut pdf, "secret-below");
    let properties = dictionary! { "L" => layer };
    let outer = form(
        &mut pdf,
        &format!("q Q /OC /L BDC /Below Do 1 1 m 2 2 l S EMC {}", speaking("open-form")),
        dictionary! {
            "Resources" => dictionary! {
                "XObject" => dictionary! { "Below" => below }, "Properties" => properties.clone()
            }
        },
    );
    // With resources of their own, and the layer from those of the page.
    let borrowed = borrowing();
    let own = dictionary! { "Resources" => dictionary! { "Font" => dictionary! {} } };
    let borrower = form(&mut pdf, &borrowed, own.clone());
    let look = form(&mut pdf, &borrowed.replace("-b", "-look-b"), own);
    let shown = pdf.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "Rect" => vec![9.into(), 9.into(), 18.into(), 18.into()],
        "AP" => dictionary! { "N" => look },
    });
    let look = form(&mut pdf, &speaking("secret-look"), dictionary! {});
    let mark = pdf.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "AP" => dictionary! { "N" => look }, "OC" => layer, "Contents" => Object::string_literal("secret-mark")
    });
    let resources = pdf.add_object(dictionary! {
        "XObject" => dictionary! { "S" => in_stretch, "I" => itself, "O" => outer, "B" => borrower },
        "Properties" => properties,
    });
    let content =
        "/OC /L BDC /S Do /Span <</ActualText (secret-text)>> BDC EMC EMC /I Do /O Do /B Do";
    let first = pdf.add_object(Stream::new(dictionary! {}, content.into()));
    let second = pdf.add_object(Stream::new(dictionary! {}, b"/O Do".to_vec()));
    let pages: Vec<_> = pdf.get_pages().into_values().collect();
    for (page, content) in pages.iter().zip([first, second]) {
        let page = pdf.get_object_mut(*page).unwrap().as_dict_mut().unwrap();
        page.set("Contents", content);
        page.set("Resources", resources);
        page.set("Annots", vec![mark.into(), shown.into()]);
    }
    let layers = dictionary! {
        "OCGs" => vec![layer.into()],
        "D" => dictionary! { "OFF" => vec![layer.into()], "Order" => vec![Object::string_literal("secret-order"), layer.into()] },
    };
    pdf.catalog_mut().unwrap().set("OCProperties", layers);
    pdf.save(path).unwrap();
}

#[test]
fn nothing_of_a_hidden_layer_is_left_by_whatever_path() {
    let case = case("producers/dark.pdf", "hidden = \"drop\"\ncomments = \"keep\"");
    let path = case.path("1 dark.pdf");
    hidden(&path);
    assert!(Reader::open(&path).holds("secret-below"));
    let (_, reader) = case.built();
    assert!(!reader.holds("secret"));
    for open in ["open-form", "open-borrowed", "open-look-borrowed"] {
        assert!(reader.holds(open), "what is shown is there: {open}");
    }
    assert_eq!(reader.layers(), []);
    case.edit("\"drop\"", "\"keep\"");
    let (record, reader) = case.built();
    assert!(reader.holds("secret-below"));
    let found = findings(&record, "hidden-layer");
    assert!(text(found[0], "message").starts_with("pages 1-2 hold content in hidden layers"));
}

#[test]
fn a_layer_that_cannot_be_taken_out_whole_stops_the_bundle() {
    let case = case("producers/dark.pdf", "hidden = \"drop\"\ncomments = \"keep\"");
    let path = case.path("1 dark.pdf");
    hidden(&path);
    let mut pdf = Document::load(&path).unwrap();
    let page = *pdf.get_pages().get(&1).unwrap();
    let content = b"BT /F 9 Tf /OC /L BDC (a) Tj EMC (b) Tj ET".to_vec();
    let content = pdf.add_object(Stream::new(dictionary! {}, content));
    let page = pdf.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    page.set("Contents", content);
    pdf.save(&path).unwrap();
    case.run(&["build"]).expect(2).says("cannot be taken out without harm to the rest");
    assert!(!case.files().contains(&"out/test.pdf".to_owned()));
}

#[test]
fn a_page_that_cannot_be_followed_is_told_whoever_the_bundle_is_for() {
    let case = case("producers/reportlab.pdf", "");
    let file = "1 reportlab.pdf";
    let mut pdf = Document::load(case.path(file)).unwrap();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type7", "BaseFont" => "NoSuchFont" };
    let page = pdf.page_iter().next().unwrap();
    let resources = pdf.get_or_create_resources(page).unwrap();
    let fonts = resources.as_dict_mut().unwrap();
    fonts.set("Font", dictionary! { "Odd" => font });
    pdf.add_to_page_content(
        page,
        lopdf::content::Content::decode(b"BT /Odd 12 Tf (what does this say) Tj ET").unwrap(),
    )
    .unwrap();
    pdf.save(case.path(file)).unwrap();
    for audience in ["court", "prosecution"] {
        if audience == "prosecution" {
            case.edit("\"court\"", "\"prosecution\"");
        }
        let (record, _) = case.built();
        let found = findings(&record, "page-not-searched");
        assert_eq!(found.len(), 1, "{audience}: {record}");
    }
}

#[test]
fn layers_that_are_not_always_shown_are_told() {
    for (event, key, words) in [
        ("View", "ViewState", "in hidden layers"),
        ("Print", "PrintState", "seen on the screen, and not printed"),
    ] {
        let case = case("producers/layers-off.pdf", "");
        let path = case.path("1 layers-off.pdf");
        let mut pdf = Document::load(&path).unwrap();
        let layers = pdf.objects.iter_mut().filter_map(|(id, object)| {
            let group = object.as_dict_mut().ok()?;
            group.has_type(b"OCG").then_some((*id, group))
        });
        let mut groups: Vec<Object> = Vec::new();
        for (id, group) in layers {
            let usage = dictionary! { event => dictionary! { key => "OFF" } };
            group.set("Usage", usage);
            groups.push(id.into());
        }
        let rule = dictionary! { "Event" => event, "Category" => vec![event.into()], "OCGs" => groups.clone() };
        let default = dictionary! { "AS" => vec![rule.into()] };
        let properties = dictionary! { "OCGs" => groups, "D" => default };
        pdf.catalog_mut().unwrap().set("OCProperties", properties);
        pdf.save(&path).unwrap();
        let report = case.checked(0);
        let found = findings(&report, "hidden-layer");
        assert!(text(found[0], "message").contains(words), "{report}");
        assert_eq!((found.len(), &found[0]["page"]), (1, &1.into()));
    }
}

#[test]
fn what_pages_bookmarks_and_the_document_would_do_or_hold_is_told() {
    let case = case("producers/reportlab.pdf", "");
    let path = case.path("1 reportlab.pdf");
    let mut pdf = Document::load(&path).unwrap();
    let script = || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("secret()") };
    let page = pdf.page_iter().next().unwrap();
    let page = pdf.get_object_mut(page).unwrap().as_dict_mut().unwrap();
    page.set("AA", dictionary! { "O" => script() });
    let bookmark = dictionary! { "Title" => Object::string_literal("x"), "A" => script() };
    let bookmark = pdf.add_object(bookmark);
    let stream = pdf.add_object(Stream::new(Dictionary::new(), b"secret".to_vec()));
    let file = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => stream } };
    let catalog = pdf.catalog_mut().unwrap();
    catalog.set("Outlines", dictionary! { "First" => bookmark, "Last" => bookmark });
    catalog.set("AF", vec![file.into()]);
    pdf.save(&path).unwrap();
    let (record, reader) = case.built();
    let actions: Vec<&str> = findings(&record, "action-removed")
        .iter()
        .map(|finding| text(finding, "message"))
        .collect();
    for what in ["actions of bookmarks", "closing the page"] {
        assert!(actions.iter().any(|action| action.contains(what)), "{actions:?}");
    }
    assert_eq!(findings(&record, "attachment-dropped").len(), 1, "{record}");
    assert!(!reader.holds("secret"));
}
