//! Words that describe: the attributes of tags, what comments say and who wrote them, what inks are called.

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::{NonvisualWords, Seen, WordsOf, decoded};
use crate::pdf::page::plain;

/// The keys of attributes that are read aloud (ISO 32000-2, tables 384 and 385).
const READ_ALOUD: [&str; 2] = ["Summary", "Short"];

/// What mark-up holds that a person wrote (ISO 32000-2, tables 166, 172 and 173).
const OF_COMMENT: [&str; 4] = ["Contents", "RC", "T", "Subj"];

/// Colour spaces are made of others no deeper.
const MAX_DEPTH: usize = 4;

/// The identifier of a tag, and what its attributes say.
pub(super) fn of_tag(tag: &Dict<'_>) -> Vec<NonvisualWords> {
    let mut words: Vec<NonvisualWords> =
        NonvisualWords::of(WordsOf::Tag, tag, "ID", Seen::Nothing).into_iter().collect();
    match tag.get::<Object<'_>>("A") {
        Some(Object::Dict(attributes)) => of_attributes(&attributes, &mut words),
        Some(Object::Stream(attributes)) => of_attributes(attributes.dict(), &mut words),
        Some(Object::Array(all)) => {
            all.iter::<Dict<'_>>().for_each(|attributes| of_attributes(&attributes, &mut words));
        }
        _ => {}
    }
    words
}

fn of_attributes(attributes: &Dict<'_>, words: &mut Vec<NonvisualWords>) {
    let of =
        |dict: &Dict<'_>, key: &str| NonvisualWords::of(WordsOf::Tag, dict, key, Seen::Nothing);
    words.extend(READ_ALOUD.iter().filter_map(|key| of(attributes, key)));
    let properties = attributes.get::<Array<'_>>("P");
    for property in properties.iter().flat_map(Array::iter::<Dict<'_>>) {
        words.extend(["N", "V", "F"].iter().filter_map(|key| of(&property, key)));
    }
}

/// What a comment or a stamp says, and who wrote it.
pub(super) fn of_comment(annotation: &Dict<'_>) -> Vec<NonvisualWords> {
    let of = |key: &&str| NonvisualWords::of(WordsOf::Comment, annotation, key, Seen::Nothing);
    OF_COMMENT.iter().filter_map(of).collect()
}

/// What inks are called: separations and their like.
pub(super) fn of_inks(color_spaces: &Dict<'_>) -> Option<NonvisualWords> {
    let mut names = Vec::new();
    for space in color_spaces.keys() {
        if let Some(space) = color_spaces.get::<Array<'_>>(&*space) {
            of_space(&space, 0, &mut names);
        }
    }
    NonvisualWords::of_names(&names)
}

fn of_space(space: &Array<'_>, depth: usize, names: &mut Vec<String>) {
    let mut parts = space.iter::<Object<'_>>();
    let Some(Object::Name(family)) = parts.next() else {
        return;
    };
    let mut push = |name: &Name<'_>| names.push(plain(&String::from_utf8_lossy(name.as_ref())));
    match (family.as_str(), parts.next()) {
        ("Separation", Some(Object::Name(ink))) => push(&ink),
        ("DeviceN", Some(Object::Array(inks))) => {
            inks.iter::<Name<'_>>().for_each(|ink| push(&ink));
        }
        ("Indexed" | "Pattern", Some(Object::Array(base))) if depth < MAX_DEPTH => {
            of_space(&base, depth + 1, names);
        }
        _ => {}
    }
}

/// The labels of groups of layers: texts among the layers that they head (ISO 32000-2, table 99).
pub(super) fn labels(properties: &Dict<'_>) -> Vec<String> {
    let mut labels = Vec::new();
    let own = properties.get::<Dict<'_>>("D").into_iter();
    let others = properties.get::<Array<'_>>("Configs");
    let others = others.iter().flat_map(Array::iter::<Dict<'_>>).collect::<Vec<_>>();
    for configuration in own.chain(others) {
        for key in ["Name", "Creator"] {
            labels.extend(configuration.get::<PdfString<'_>>(key).map(|text| decoded(&text)));
        }
        if let Some(order) = configuration.get::<Array<'_>>("Order") {
            of_order(&order, 0, &mut labels);
        }
    }
    labels
}

fn of_order(order: &Array<'_>, depth: usize, labels: &mut Vec<String>) {
    for part in order.iter::<Object<'_>>() {
        match part {
            Object::String(label) => labels.push(decoded(&label)),
            Object::Array(group) if depth < super::content::MAX_DEPTH => {
                of_order(&group, depth + 1, labels);
            }
            _ => {}
        }
    }
}
