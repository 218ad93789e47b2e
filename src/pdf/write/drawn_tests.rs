//! What is left of the resources of a page.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};

use super::drawn::{NamesInUse, keep_only};
use crate::pdf::syntax::dictionaries::get_dict;

/// The names left of `Fm`, `Im` and `Old`, where a page has some content, and other resources and looks that a test
/// makes with a stream of its own that draws `Im`.
fn left(content: &str, make: impl Fn(&mut Pdf) -> (Dictionary, Vec<Object>)) -> Vec<String> {
    let mut pdf = Pdf::with_version("1.7");
    let (mut resources, annotations) = make(&mut pdf);
    let form = resources.remove(b"Form");
    let picture = stream(&mut pdf, dictionary! { "Subtype" => "Image" }, "");
    let mut listed = dictionary! { "Im" => picture.clone(), "Old" => picture };
    if let Some(form) = form {
        listed.set("Fm", form);
    }
    resources.set("XObject", listed);
    let drawn = NamesInUse::default().on_page(&pdf, &resources, content.as_bytes(), &annotations);
    keep_only(&pdf, &mut resources, &drawn.unwrap(), &HashSet::new());
    let listed = get_dict(&pdf, &resources, b"XObject").unwrap();
    let names = listed.iter();
    let mut names: Vec<String> =
        names.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect();
    names.sort();
    names
}

fn stream(pdf: &mut Pdf, dict: Dictionary, content: &str) -> Object {
    pdf.add_object(Stream::new(dict, content.as_bytes().to_vec())).into()
}

fn form(pdf: &mut Pdf, resources: Dictionary) -> Object {
    let dict = dictionary! { "Subtype" => "Form", "Resources" => resources };
    stream(pdf, dict, "/Im Do")
}

#[test]
fn what_a_page_does_not_draw_is_left_out() {
    let nothing = |_: &mut Pdf| (Dictionary::new(), Vec::new());
    assert_eq!(left("/Im Do", nothing), ["Im"]);
    assert_eq!(left("/#49m Do", nothing), ["Im"]);
    // Readers may stop, or go on, at what is no operator: any name may be drawn.
    assert_eq!(left("(/Im Do) nonsense", nothing), ["Im"]);
    assert!(left("(/Im Do) Tj", nothing).is_empty());
}

#[test]
fn a_form_that_lacks_a_name_takes_it_from_the_page() {
    let lacking = |pdf: &mut Pdf| {
        let form = form(pdf, dictionary! { "Font" => Dictionary::new() });
        (dictionary! { "Form" => form }, Vec::new())
    };
    assert_eq!(left("/Fm Do", lacking), ["Fm", "Im"]);
    assert!(left("q Q", lacking).is_empty());
    let having = |pdf: &mut Pdf| {
        let picture = stream(pdf, dictionary! { "Subtype" => "Image" }, "");
        let own = dictionary! { "XObject" => dictionary! { "Im" => picture } };
        (dictionary! { "Form" => form(pdf, own) }, Vec::new())
    };
    assert_eq!(left("/Fm Do", having), ["Fm"]);
    let nested = |pdf: &mut Pdf| {
        let inner = form(pdf, Dictionary::new());
        let own = dictionary! { "XObject" => dictionary! { "In" => inner } };
        let dict = dictionary! { "Subtype" => "Form", "Resources" => own };
        (dictionary! { "Form" => stream(pdf, dict, "/In Do") }, Vec::new())
    };
    assert_eq!(left("/Fm Do", nested), ["Fm", "Im"]);
}

#[test]
fn so_do_letters_patterns_masks_and_looks_in_every_state() {
    let letter = |pdf: &mut Pdf| {
        let letter = stream(pdf, Dictionary::new(), "/Im Do");
        let font =
            dictionary! { "Subtype" => "Type3", "CharProcs" => dictionary! { "a" => letter } };
        let fonts = dictionary! { "T3" => font };
        (dictionary! { "Font" => fonts }, Vec::new())
    };
    assert_eq!(left("/T3 9 Tf", letter), ["Im"]);
    let pattern = |pdf: &mut Pdf| {
        let dict = dictionary! { "PatternType" => 1, "Resources" => Dictionary::new() };
        let patterns = dictionary! { "P" => stream(pdf, dict, "/Im Do") };
        (dictionary! { "Pattern" => patterns }, Vec::new())
    };
    assert_eq!(left("/Pattern cs /P scn", pattern), ["Im"]);
    let mask = |pdf: &mut Pdf| {
        let mask = dictionary! { "G" => form(pdf, Dictionary::new()) };
        let states = dictionary! { "G" => dictionary! { "SMask" => mask } };
        (dictionary! { "ExtGState" => states }, Vec::new())
    };
    assert_eq!(left("/G gs", mask), ["Im"]);
    let look = |pdf: &mut Pdf| {
        let states = dictionary! { "Off" => Object::Null, "On" => form(pdf, Dictionary::new()) };
        let annotation = dictionary! { "AP" => dictionary! { "N" => states } };
        (Dictionary::new(), vec![annotation.into()])
    };
    assert_eq!(left("", look), ["Im"]);
}
