//! What holds for any names, any content and any objects.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, StringFormat, dictionary};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::content::{Ending, read_ending};
use super::destinations::NamedDestinations;
use super::file::{FileWriter, ObjectNumber};
use super::forms::unique_name;
use super::import::Import;

/// How many objects the sources tried here have at the most.
const OBJECTS: u32 = 12;

/// Short names, so that they clash.
fn names() -> impl Strategy<Value = Vec<Vec<u8>>> {
    vec(vec(proptest::sample::select(b"a_2".to_vec()), 0..4), 0..40)
}

/// Content made of the pieces that leave something open or hide what follows, and of any bytes.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"q",
        b"Q",
        b"BT",
        b"ET",
        b"BMC",
        b"BDC",
        b"EMC",
        b"BI",
        b"ID",
        b"EI",
        b"(",
        b")",
        b"<",
        b">",
        b"<<",
        b">>",
        b"[",
        b"]",
        b"{",
        b"}",
        b"/Name",
        b"%",
        b"\n",
        b" ",
        b" ",
        b"\\",
        b"\0",
        b"\r",
        b"1.5",
        b"Do",
        b"0041",
        b"\x80\xFF",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..6),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn object() -> impl Strategy<Value = Object> {
    let leaf = prop_oneof![
        Just(Object::Null),
        any::<bool>().prop_map(Object::Boolean),
        any::<i32>().prop_map(|number| Object::Integer(number.into())),
        vec(any::<u8>(), 0..20).prop_map(|text| Object::String(text, StringFormat::Literal)),
        vec(any::<u8>(), 0..20).prop_map(|text| Object::String(text, StringFormat::Hexadecimal)),
        vec(1u8..=255, 1..6).prop_map(Object::Name),
        // One more than there are: some lead nowhere.
        (1..=OBJECTS + 1).prop_map(|number| Object::Reference((number, 0))),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let entries = vec(("[A-Z][a-z]{0,3}", inner.clone()), 0..6);
        prop_oneof![
            vec(inner, 0..6).prop_map(Object::Array),
            entries.prop_map(|entries| {
                let mut dict = Dictionary::new();
                entries.into_iter().for_each(|(key, value)| dict.set(key, value));
                Object::Dictionary(dict)
            }),
        ]
    })
}

/// A written file, read back.
fn read_back(mut file: FileWriter<Vec<u8>>) -> Pdf {
    let pages = dictionary! { "Type" => "Pages", "Kids" => Object::Array(vec![]), "Count" => 0 };
    let pages = file.add(pages.into()).unwrap();
    let root = dictionary! { "Type" => "Catalog", "Pages" => pages.reference() };
    let root = file.add(root.into()).unwrap();
    let info = file.add(Dictionary::new().into()).unwrap();
    let (bytes, _) = file.finish(root, info).unwrap();
    Pdf::load_mem(&bytes).unwrap()
}

/// Two files walked side by side.
struct PropertyWalk<'a> {
    source: &'a Pdf,
    bundle: &'a Pdf,
    barred: &'a HashSet<ObjectId>,
    numbers: HashMap<ObjectId, ObjectId>,
}

impl PropertyWalk<'_> {
    /// Whether an object of the source came over as one of the bundle.
    fn same(&mut self, one: &Object, other: &Object) -> bool {
        match (one, other) {
            (Object::Reference(from), other) => self.same_reference(*from, other),
            (Object::Array(one), Object::Array(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| self.same(one, other))
            }
            // An entry that is null is as good as none (ISO 32000-2, 7.3.7).
            (Object::Dictionary(one), Object::Dictionary(other)) => {
                other.iter().all(|(key, _)| one.has(key))
                    && one.iter().all(|(key, value)| {
                        self.same(value, other.get(key).unwrap_or(&Object::Null))
                    })
            }
            (Object::String(one, _), Object::String(other, _)) => one == other,
            (one, other) => one == other,
        }
    }

    fn same_reference(&mut self, from: ObjectId, other: &Object) -> bool {
        let Some(object) = self.source.objects.get(&from).filter(|object| !object.is_null()) else {
            return other.is_null();
        };
        if self.barred.contains(&from) {
            return other.is_null();
        }
        let Ok(to) = other.as_reference() else {
            return false;
        };
        if let Some(known) = self.numbers.get(&from) {
            return *known == to;
        }
        // Nothing may share its number with anything else.
        let is_new = self.numbers.values().all(|known| *known != to);
        self.numbers.insert(from, to);
        let written = self.bundle.objects.get(&to);
        is_new && written.is_some_and(|written| self.same(object, written))
    }
}

proptest! {
    #![proptest_config(crate::properties())]

    #[test]
    fn names_of_destinations_are_all_kept_and_unique(names in names()) {
        let mut named = NamedDestinations::default();
        for (place, name) in names.iter().enumerate() {
            named.add(name, Object::Integer(i64::try_from(place).unwrap()));
        }
        prop_assert_eq!(named.is_empty(), names.is_empty());
        let entries: Vec<(Vec<u8>, Object)> = named.into_entries().collect();
        prop_assert_eq!(entries.len(), names.len());
        prop_assert!(entries.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut given: BTreeMap<i64, &Vec<u8>> = BTreeMap::new();
        for (name, place) in &entries {
            given.insert(place.as_i64().unwrap(), name);
        }
        for (place, name) in names.iter().enumerate() {
            let got = given[&i64::try_from(place).unwrap()];
            prop_assert!(got.starts_with(name));
            // The first one of a name that is free keeps it.
            let free = given.range(..i64::try_from(place).unwrap()).all(|(_, taken)| *taken != name);
            prop_assert_eq!(free, got == name);
        }
    }

    #[test]
    fn names_of_fields_become_unique(names in names()) {
        let mut taken: HashSet<Vec<u8>> = HashSet::new();
        for name in names {
            let unique = unique_name(&name, |name| taken.contains(name));
            prop_assert!(unique.starts_with(&name));
            prop_assert_eq!(unique == name, !taken.contains(&name));
            prop_assert!(taken.insert(unique));
        }
    }

    #[test]
    fn closed_content_leaves_nothing_open(content in content()) {
        let ending = read_ending(&content);
        let closed = [content, ending.close()].concat();
        let read = read_ending(&closed);
        let nothing_open = Ending {
            stray_restores: ending.stray_restores,
            foreign: ending.foreign,
            used: ending.used,
            ..Ending::default()
        };
        prop_assert_eq!(read, nothing_open, "{:?}", String::from_utf8_lossy(&closed));
    }

    #[test]
    fn what_is_written_reads_back(objects in vec(object(), 1..40)) {
        let mut file = FileWriter::new(Vec::new(), HashSet::new()).unwrap();
        let numbers: Vec<ObjectNumber> = objects
            .iter()
            .map(|object| file.add(object.clone()).unwrap())
            .collect();
        let read = read_back(file);
        let none = HashSet::new();
        for (object, number) in objects.iter().zip(numbers) {
            let id = number.reference().as_reference().unwrap();
            // The references are the same numbers in both, so both are walked as one file.
            let written = read.objects.get(&id).cloned().unwrap_or(Object::Null);
            let mut walk = PropertyWalk { source: &read, bundle: &read, barred: &none, numbers: HashMap::new() };
            walk.numbers.extend(read.objects.keys().map(|id| (*id, *id)));
            let dangling = |object: &Object| format!("{object:?}");
            prop_assert!(
                format!("{object:?}") == dangling(&written) || walk.same(object, &written),
                "{object:?} became {written:?}"
            );
        }
    }

    #[test]
    fn renumbered_objects_refer_to_each_other_as_before(
        objects in btree_map(1..=OBJECTS, object(), 1..12),
        barred in vec(1..=OBJECTS, 0..3),
        start in object(),
    ) {
        let mut source = Pdf::with_version("1.7");
        source.objects.extend(objects.into_iter().map(|(number, object)| ((number, 0), object)));
        let barred: HashSet<ObjectId> = barred.into_iter().map(|number| (number, 0)).collect();
        let mut file = FileWriter::new(Vec::new(), HashSet::new()).unwrap();
        let mut carried = start.clone();
        let mut import = Import::new(&mut file, source.clone(), HashMap::new(), barred.clone());
        import.rewrite(&mut carried).unwrap();
        import.drain().unwrap();
        let number = file.add(carried).unwrap().reference().as_reference().unwrap();
        let bundle = read_back(file);
        let mut walk = PropertyWalk { source: &source, bundle: &bundle, barred: &barred, numbers: HashMap::new() };
        let written = bundle.objects.get(&number).cloned().unwrap_or(Object::Null);
        prop_assert!(walk.same(&start, &written), "{start:?} became {written:?}");
    }
}
