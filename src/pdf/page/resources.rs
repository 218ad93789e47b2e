//! The resources of a page in a few bytes: the same in one file as in another if they hold the same, whatever their objects
//! are numbered.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::xref::XRef;

/// Of longer streams only the length and these bytes of both ends count: what is between is not read back from a finished
/// file.
const LONG: usize = 16 << 10;
const START: usize = 16;
const END: usize = 40;

/// Arrays and dictionaries within each other are followed no deeper.
const MAX_DEPTH: usize = 32;

/// Keys of what a writer numbers anew, of what leads up instead of down, and of what depends on how a stream is written.
const OF_THE_FILE: [&[u8]; 4] = [b"StructParent", b"StructParents", b"Parent", b"Length"];

/// The name that a bundle gives to the font of its numbers; where a page has it already something is added behind it.
const FONT_OF_NUMBERS: &[u8] = b"CourtbundleNumber";

/// The objects of one file that have been looked at.
#[derive(Default)]
pub(crate) struct ResourceHashes(RefCell<HashMap<ObjectIdentifier, KnownObject>>);

/// One object by itself, and what it refers to.
#[derive(Debug, Clone, Default)]
struct KnownObject {
    hash: u64,
    refers_to: Vec<ObjectIdentifier>,
}

impl ResourceHashes {
    /// The resources of a page.
    pub(crate) fn of(&self, page: &Page<'_>) -> u64 {
        let of_category = |(number, entries)| self.entries(page.xref(), number, entries);
        categories(page).flat_map(of_category).fold(0, |sum, (_, hash)| sum.wrapping_add(hash))
    }

    /// Whether the resources of a page of a bundle are those of its source and the font of its number.
    pub(crate) fn are_carried(&self, page: &Page<'_>, source: u64) -> bool {
        let all = self.of(page);
        let fonts = self.entries(page.xref(), FONTS, &page.resources().fonts);
        let mut numbers = fonts.into_iter().filter(|(name, _)| name.starts_with(FONT_OF_NUMBERS));
        all == source || numbers.any(|(_, hash)| all.wrapping_sub(hash) == source)
    }

    /// The entries of a category, each with all that it reaches.
    fn entries(&self, xref: &XRef, category: u8, entries: &Dict<'_>) -> Vec<(Vec<u8>, u64)> {
        let entry = |(name, value): (Name<'_>, MaybeRef<Object<'_>>)| {
            let name = name.as_ref().to_vec();
            let mut own = Shallow::default();
            own.add(&value, 0);
            let reached = self.reached(xref, own.known.refers_to.clone());
            let hash = hash_of((category, &name, own.finish().hash, reached));
            (name, hash)
        };
        entries.entries().map(entry).collect()
    }

    /// All objects that some references reach, in no order.
    fn reached(&self, xref: &XRef, mut next: Vec<ObjectIdentifier>) -> u64 {
        let mut seen = HashSet::new();
        let mut sum = 0_u64;
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let known = self.known(xref, id);
            let beneath = known.refers_to.iter().map(|id| self.known(xref, *id).hash);
            let beneath: Vec<u64> = beneath.collect();
            sum = sum.wrapping_add(hash_of((known.hash, beneath)));
            next.extend(known.refers_to);
        }
        sum
    }

    fn known(&self, xref: &XRef, id: ObjectIdentifier) -> KnownObject {
        if let Some(known) = self.0.borrow().get(&id) {
            return known.clone();
        }
        let known = match xref.get::<Object<'_>>(id) {
            // A reference to a page leads out of what it draws.
            Some(Object::Dict(dict)) if is_page(&dict) => KnownObject::default(),
            Some(object) => {
                let mut own = Shallow::default();
                own.add(&MaybeRef::NotRef(object), 0);
                own.finish()
            }
            None => KnownObject::default(),
        };
        self.0.borrow_mut().insert(id, known.clone());
        known
    }
}

/// The category of fonts.
const FONTS: u8 = 1;

fn categories<'p, 'a>(page: &'p Page<'a>) -> impl Iterator<Item = (u8, &'p Dict<'a>)> {
    let all = page.resources();
    let categories = [
        &all.ext_g_states,
        &all.fonts,
        &all.properties,
        &all.color_spaces,
        &all.x_objects,
        &all.patterns,
        &all.shadings,
    ];
    (0..).zip(categories)
}

fn is_page(dict: &Dict<'_>) -> bool {
    dict.contains_key("MediaBox") || dict.contains_key("Contents") && dict.contains_key("Parent")
}

/// An object without what it refers to.
#[derive(Default)]
struct Shallow {
    hasher: DefaultHasher,
    known: KnownObject,
}

impl Shallow {
    fn add(&mut self, value: &MaybeRef<Object<'_>>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            MaybeRef::Ref(to) => {
                self.known.refers_to.push((*to).into());
                "reference".hash(&mut self.hasher);
            }
            MaybeRef::NotRef(object) => self.add_object(object, depth),
        }
    }

    fn add_object(&mut self, object: &Object<'_>, depth: usize) {
        match object {
            Object::Null(_) => 0_u8.hash(&mut self.hasher),
            Object::Boolean(value) => (1_u8, value).hash(&mut self.hasher),
            Object::Number(number) => (2_u8, number.as_f32().to_bits()).hash(&mut self.hasher),
            Object::String(string) => (3_u8, string.as_bytes()).hash(&mut self.hasher),
            Object::Name(name) => (4_u8, name.as_ref()).hash(&mut self.hasher),
            Object::Array(array) => self.add_array(array, depth),
            Object::Dict(dict) => self.add_dict(dict, depth),
            Object::Stream(stream) => {
                self.add_dict(stream.dict(), depth);
                self.add_data(&stream.raw_data());
            }
        }
    }

    fn add_array(&mut self, array: &Array<'_>, depth: usize) {
        5_u8.hash(&mut self.hasher);
        array.raw_iter().for_each(|one| self.add(&one, depth + 1));
        u8::MAX.hash(&mut self.hasher);
    }

    fn add_dict(&mut self, dict: &Dict<'_>, depth: usize) {
        let mut entries: Vec<_> = dict.entries().collect();
        entries.retain(|(key, _)| !OF_THE_FILE.contains(&key.as_ref()));
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        6_u8.hash(&mut self.hasher);
        for (key, value) in &entries {
            key.as_ref().hash(&mut self.hasher);
            self.add(value, depth + 1);
        }
        u8::MAX.hash(&mut self.hasher);
    }

    fn add_data(&mut self, data: &[u8]) {
        data.len().hash(&mut self.hasher);
        match data.len() > LONG {
            true => {
                data.get(..START).hash(&mut self.hasher);
                data.get(data.len() - END..).hash(&mut self.hasher);
            }
            false => data.hash(&mut self.hasher),
        }
    }

    fn finish(self) -> KnownObject {
        KnownObject { hash: self.hasher.finish(), ..self.known }
    }
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use hayro::hayro_syntax::Pdf;

    use super::*;

    /// A page whose fonts are those of these objects; what they refer to stands in `objects`.
    fn hash(fonts: &str, objects: &str) -> (u64, Pdf) {
        let text = format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
             2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<<{fonts}>>>>>>endobj\n\
             {objects}\ntrailer<</Root 1 0 R/Size 30>>\n%%EOF\n"
        );
        let pdf = Pdf::new(Arc::new(text.into_bytes())).unwrap();
        (ResourceHashes::default().of(&pdf.pages()[0]), pdf)
    }

    const ONE: &str =
        "4 0 obj<</Type/Font/Widths[1 2.50]/D 5 0 R>>endobj 5 0 obj<</A(x)/Up 4 0 R>>endobj";

    #[test]
    fn the_same_objects_under_other_numbers_are_the_same() {
        let (source, _) = hash("/F 4 0 R", ONE);
        let moved =
            "8 0 obj<</A<78>/Up 7 0 R>>endobj 7 0 obj<</D 8 0 R/Type/Font/Widths[1 2.5]>>endobj";
        assert_eq!(hash("/F 7 0 R", moved).0, source);
        let number = format!("{moved} 9 0 obj<</Type/Font>>endobj");
        for name in ["CourtbundleNumber", "CourtbundleNumber1"] {
            let (_, bundle) = hash(&format!("/F 7 0 R/{name} 9 0 R"), &number);
            assert!(ResourceHashes::default().are_carried(&bundle.pages()[0], source));
        }
    }

    #[test]
    fn what_is_lost_added_changed_or_exchanged_is_seen() {
        let other = "6 0 obj<</Type/Font/Widths[9]>>endobj";
        let (source, _) = hash("/F 4 0 R/G 6 0 R", &format!("{ONE} {other}"));
        let is_carried = |fonts: &str, one: &str| {
            let (_, bundle) = hash(fonts, &format!("{one} {other}"));
            ResourceHashes::default().are_carried(&bundle.pages()[0], source)
        };
        assert!(is_carried("/G 6 0 R/F 4 0 R", ONE));
        assert!(!is_carried("/F 6 0 R/G 4 0 R", ONE));
        assert!(!is_carried("/F 4 0 R", ONE));
        assert!(!is_carried("/F 4 0 R/G 6 0 R/H 6 0 R", ONE));
        assert!(!is_carried("/F 4 0 R/G 6 0 R", &ONE.replace("(x)", "(y)")));
        assert!(!is_carried("/F 4 0 R/G 6 0 R", &ONE.replace("2.50", "2.51")));
        assert!(!is_carried("/F 4 0 R/G 6 0 R", &ONE.replace("/D 5 0 R", "/D null")));
    }
}
