//! The JSON Schema held against the program.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::reader::SCHEMA;
use super::{JSON_SCHEMA, parse};

fn schema() -> Value {
    serde_json::from_str(JSON_SCHEMA).unwrap()
}

/// The object of a table in the schema, by the keys that lead to it.
fn object<'s>(schema: &'s Value, header: &str) -> &'s Value {
    let keys = header.trim_matches(['[', ']']).split('.');
    let keys = keys.filter(|key| *key != "the manifest");
    keys.fold(schema, |object, key| {
        let property = &object["properties"][key];
        if property["type"] == "array" { &property["items"] } else { property }
    })
}

#[test]
fn every_key_is_in_the_schema_and_no_other() {
    let schema = schema();
    for (header, keys) in SCHEMA {
        let object = object(&schema, header);
        assert_eq!(object["additionalProperties"], false, "{header}");
        let known: BTreeSet<&str> = keys.iter().copied().collect();
        let said = object["properties"].as_object().unwrap_or_else(|| panic!("{header}"));
        let said: BTreeSet<&str> = said.keys().map(String::as_str).collect();
        assert_eq!(said, known, "{header}");
    }
}

#[test]
fn every_word_of_the_schema_is_one_that_the_program_reads() {
    let schema = schema();
    let case = |key: &str, word: &str| format!("case = {{ title = 'x', {key} = {word} }}");
    let document = |key: &str, word: &str| {
        format!(
            "case.title = 'x'\n[[section]]\nletter = 'A'\n[[section.document]]\ntitle = 'x'\nfile = 'x.pdf'\n{key} = {word}"
        )
    };
    let words = |header: &str, key: &str| -> Vec<String> {
        let property = &object(&schema, header)["properties"][key];
        let list = if property["type"] == "array" {
            &property["items"]["enum"]
        } else {
            &property["enum"]
        };
        let list = list.as_array().unwrap();
        list.iter().map(|word| format!("'{}'", word.as_str().unwrap())).collect()
    };
    let sound = |text: &str| assert!(parse(text, Path::new("x")).case.is_some(), "{text}");
    for word in words("[case]", "flags") {
        sound(&case("flags", &format!("[{word}]")));
    }
    for word in words("[case]", "language") {
        sound(&case("language", &word));
    }
    for key in ["comments", "hidden", "status"] {
        for word in words("[[section.document]]", key) {
            sound(&document(key, &word));
        }
    }
    for word in words("[[section.document.allow]]", "field") {
        let entry = format!("[{{ kind = 'phone', field = {word}, reason = 'r', initials = 'A' }}]");
        sound(&document("allow", &entry));
    }
    for word in words("[[section.document]]", "audiences") {
        sound(&document("audiences", &format!("[{word}]")));
    }
    for word in words("[[defendant]]", "remand") {
        sound(&format!("[[defendant]]\nname = 'A'\nremand = {word}"));
    }
    for word in words("[[assessment.failures]]", "outcome") {
        sound(&format!(
            "case.title = 'x'\nassessment.failures = [{{ code = 'E1', outcome = {word} }}]"
        ));
    }
}
