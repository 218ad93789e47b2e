//! Fields, layers, signatures, and what must stay behind.

use lopdf::{Document, Object, dictionary};

use crate::golden::golden;
use crate::support::case::{Case, findings, text};
use crate::support::dump::dump;
use crate::support::look::words_behind_index;
use crate::support::reader::Reader;

#[test]
fn values_of_forms_survive_and_names_that_clash_are_both_kept() {
    let case = Case::listing(&[
        ("producers/form-clash-1.pdf", ""),
        ("producers/form-clash-2.pdf", ""),
        ("producers/form-tree.pdf", ""),
        ("producers/form-radio.pdf", ""),
        ("producers/form-filled.pdf", ""),
    ]);
    let (record, reader) = case.built();
    let fields = reader.fields();
    let value = |name: &str| {
        let found: Vec<&str> =
            fields.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect();
        assert_eq!(found.len(), 1, "{name}: {fields:?}");
        found[0]
    };
    assert_eq!([value("name"), value("note")], ["Jordan Example", "first file"]);
    assert_eq!([value("name_2"), value("note_2")], ["Sam Sample", "second file"]);
    assert_eq!(value("case.name"), "R v Example");
    assert_eq!(value("case.date"), "1 June 2026");
    assert_eq!(value("result"), "/two");
    assert_eq!(value("place"), "Leeds");
    assert_eq!([value("box0"), value("box1"), value("box2")], ["/Yes", "/Off", "/Yes"]);
    let mut names: Vec<&String> = fields.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), fields.len(), "every name is there once: {fields:?}");
    assert!(!findings(&record, "field-renamed").is_empty());
    golden("forms", &dump(&reader));
}

#[test]
fn hidden_layers_stay_hidden() {
    let case = Case::listing(&[
        ("producers/layers-off.pdf", ""),
        ("producers/layers-base-off.pdf", ""),
        ("producers/layers-membership.pdf", ""),
    ]);
    let (_, reader) = case.built();
    let hidden = reader.layers().iter().filter(|(_, hidden)| *hidden).count();
    assert!(hidden >= 3, "{:?}", reader.layers());
    for page in words_behind_index(&case.path("out/test.pdf")) {
        assert!(!page.contains("HIDDEN"), "{page}");
        assert!(page.len() > 20, "what is not hidden is shown: {page}");
    }
    golden("layers", &dump(&reader));
}

#[test]
fn who_wrote_a_source_and_with_what_stays_behind() {
    let case = Case::listing(&[("producers/metadata.pdf", ""), ("producers/libreoffice.pdf", "")]);
    let before = Reader::open(&case.path("1 metadata.pdf"));
    let info = before.info();
    let (_, reader) = case.built();
    let mut checked = 0;
    for key in ["Author", "Creator", "Producer", "Keywords", "Subject"] {
        if let Some(value) = before.text(info, key) {
            assert!(before.holds(&value), "{key}");
            assert!(!reader.holds(&value), "{key} {value}");
            checked += 1;
        }
    }
    assert!(checked >= 2);
    for word in ["x:xmpmeta", "LibreOffice 7.4", "PieceInfo", "LastModified"] {
        assert!(!reader.holds(word), "{word}");
    }
    assert!(!reader.catalog().has(b"Metadata"));
    for key in [b"Author".as_slice(), b"Creator", b"CreationDate", b"ModDate"] {
        assert!(!reader.info().has(key), "{}", String::from_utf8_lossy(key));
    }
    assert_eq!(reader.text(reader.info(), "Title").unwrap(), "R v Test – Trial bundle");
}

#[test]
fn scripts_and_actions_and_attachments_stay_behind_and_are_named() {
    let case = Case::listing(&[
        ("producers/javascript.pdf", ""),
        ("producers/links.pdf", ""),
        ("producers/embedded-file.pdf", ""),
    ]);
    let (record, reader) = case.built();
    for word in ["/JavaScript", "/JS", "/Launch", "app.alert", "/EmbeddedFile", "/AA"] {
        assert!(!reader.holds(word), "{word}");
    }
    for (code, document) in [
        ("action-removed", "Document 1"),
        ("action-removed", "Document 2"),
        ("attachment-dropped", "Document 3"),
    ] {
        let found = findings(&record, code);
        assert!(found.iter().any(|finding| finding["document"] == document), "{code}: {record}");
    }
}

#[test]
fn a_signature_that_was_signed_keeps_its_look_and_is_said_to_validate_no_more() {
    let case = Case::listing(&[("producers/signature-field.pdf", "")]);
    let (record, reader) = case.built();
    assert!(findings(&record, "signature-flattened").is_empty(), "nobody signed");
    assert_eq!(reader.fields(), [("signature".to_owned(), String::new())]);

    let mut signed = Document::load(case.path("1 signature-field.pdf")).unwrap();
    let is_field = |object: &Object| object.as_dict().is_ok_and(|dict| dict.has(b"FT"));
    let field = signed.objects.values_mut().find(|object| is_field(object)).unwrap();
    field.as_dict_mut().unwrap().set(
        "V",
        dictionary! {
            "Type" => "Sig",
            "Filter" => "Adobe.PPKLite",
            "ByteRange" => vec![0.into(), 10.into(), 20.into(), 10.into()],
            "Contents" => Object::string_literal("not a real signature"),
        },
    );
    signed.save(case.path("1 signature-field.pdf")).unwrap();
    let (record, reader) = case.built();
    let [finding] = findings(&record, "signature-flattened")[..] else {
        panic!("{record}");
    };
    assert!(text(finding, "hint").contains("keep the original file"));
    assert_eq!(finding["page"], 1);
    assert!(!reader.holds("/ByteRange"));
    assert_eq!(reader.fields(), []);
    let looks = reader.annotations(3);
    assert_eq!(looks.len(), 2, "its look, and the link of the number");
    assert!(looks[0].has(b"AP"));
}

#[test]
fn a_bundle_opens_with_its_bookmarks_at_full_size_and_shows_its_title() {
    let (_, reader) = Case::listing(&[("producers/dark.pdf", "")]).built();
    let catalog = reader.catalog();
    assert_eq!(reader.text(catalog, "PageMode").as_deref(), Some("/UseOutlines"));
    assert_eq!(reader.text(catalog, "Lang").as_deref(), Some("en-GB"));
    let open = reader.array(catalog, "OpenAction");
    assert_eq!(open.len(), 5);
    assert_eq!(open[4].as_float().unwrap().to_string(), "1");
    let preferences = reader.dict(catalog.get(b"ViewerPreferences").unwrap()).unwrap();
    assert!(reader.get(preferences, "DisplayDocTitle").unwrap().as_bool().unwrap());
}

#[test]
fn every_value_of_a_field_comes_along() {
    let case = Case::listing(&[("producers/form-filled.pdf", "")]);
    let file = case.path("1 form-filled.pdf");
    let mut pdf = lopdf::Document::load(&file).unwrap();
    let mut changed = 0;
    for object in pdf.objects.values_mut() {
        if let Ok(widget) = object.as_dict_mut()
            && widget.has(b"Rect")
            && widget.get(b"FT").is_ok_and(|kind| kind.as_name().is_ok_and(|kind| kind == b"Tx"))
        {
            widget.set("DV", lopdf::Object::string_literal("planted-default"));
            widget.set("RV", lopdf::Object::string_literal("<p>planted-rich</p>"));
            changed += 1;
        }
    }
    assert!(changed > 0);
    pdf.save(&file).unwrap();
    let (_, reader) = case.built();
    assert!(reader.holds("planted-default") && reader.holds("planted-rich"));
}

#[test]
fn fields_that_the_form_does_not_list_come_along() {
    let case = Case::listing(&[("producers/form-tree.pdf", ""), ("producers/form-radio.pdf", "")]);
    for name in ["1 form-tree.pdf", "2 form-radio.pdf"] {
        let mut pdf = Document::load(case.path(name)).unwrap();
        let catalog = pdf.catalog().unwrap();
        let mut form = catalog.get_deref(b"AcroForm", &pdf).unwrap().as_dict().unwrap().clone();
        assert!(!form.get_deref(b"Fields", &pdf).unwrap().as_array().unwrap().is_empty());
        form.set("Fields", 7);
        pdf.catalog_mut().unwrap().set("AcroForm", form);
        pdf.save(case.path(name)).unwrap();
    }
    let fields = case.built().1.fields();
    for (name, value) in
        [("case.name", "R v Example"), ("case.date", "1 June 2026"), ("result", "/two")]
    {
        let found = fields.iter().find(|(own, _)| own == name);
        assert_eq!(found.map(|(_, value)| value.as_str()), Some(value), "{fields:?}");
    }
}

/// Of such a button each reader makes up a look of its own.
#[test]
fn a_button_whose_drawing_is_none_is_told() {
    let told = |drawing: Option<&str>| {
        let case = Case::listing(&[("producers/form-radio.pdf", "")]);
        let file = case.path("1 form-radio.pdf");
        let mut pdf = Document::load(&file).unwrap();
        let form = pdf.catalog_mut().unwrap().get_mut(b"AcroForm").unwrap();
        form.as_dict_mut().unwrap().set("NeedAppearances", true);
        for widget in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()) {
            let looks = widget.get_mut(b"AP").and_then(lopdf::Object::as_dict_mut);
            if let (Some(name), Ok(looks)) = (drawing, looks) {
                let state = || lopdf::Object::from(name);
                let states = ["Off", "one", "two"].map(|key| (key, state()));
                looks.set("N", lopdf::Dictionary::from_iter(states));
            }
        }
        pdf.save(&file).unwrap();
        findings(&case.build(&[], 0), "form-undrawn").len()
    };
    assert_eq!(told(None), 0);
    assert_eq!(told(Some("null")), 1);
}
