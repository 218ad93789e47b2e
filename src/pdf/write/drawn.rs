//! Which pictures and forms the content of pages draws by name, followed as readers follow it: a form, a letter of a
//! Type 3 font, a pattern, a mask or the look of an annotation has resources of its own or none, and where those lack a
//! name readers look for it in those of whoever draws it, or of the page (ISO 32000-2, 7.8.3).

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::content::read_ending;
use crate::pdf::source::decoded;
use crate::pdf::syntax::dictionaries::{dict_of, get, get_array, get_dict};
use crate::pdf::syntax::form_content;

/// The names of what some content draws.
pub(super) type DrawnNames = HashSet<Vec<u8>>;

/// What pages draw, as far as they were followed.
#[derive(Default)]
pub(super) struct NamesInUse {
    /// What each form and the like draws; `None` where it cannot be decoded. Pages share them.
    known: HashMap<ObjectId, Option<DrawnNames>>,
}

/// All that a page draws beside its own content.
#[derive(Default)]
pub(super) struct DrawnBeside<'a> {
    /// What is drawn out of the resources of others.
    pub(super) borrowed: DrawnNames,
    /// Forms and the like, each with the resources of its own.
    pub(super) streams: Vec<(ObjectId, Option<&'a Dictionary>)>,
}

/// One page on the way through all that it draws.
struct DrawnWalk<'a> {
    pdf: &'a Pdf,
    reach: DrawnBeside<'a>,
    seen: HashSet<ObjectId>,
    /// What is yet to be followed, with its own resources.
    queue: Vec<(ObjectId, Option<&'a Dictionary>)>,
    /// Pictures and forms that are listed where something was followed.
    lists: Vec<&'a Dictionary>,
}

impl NamesInUse {
    /// What of the pictures and forms listed in the resources of a page anything may draw: its content, or what that draws,
    /// or the looks of its annotations in whatever state. `None` where something cannot be read.
    pub(super) fn on_page(
        &mut self,
        pdf: &Pdf,
        resources: &Dictionary,
        content: &[u8],
        annotations: &[Object],
    ) -> Option<DrawnNames> {
        let names = names_in(content);
        let reach = self.reach(pdf, resources, &names, annotations)?;
        Some(reach.borrowed.into_iter().chain(names).collect())
    }

    /// Follows all that a page draws; `names` is what its own content draws.
    pub(super) fn reach<'a>(
        &mut self,
        pdf: &'a Pdf,
        resources: &'a Dictionary,
        names: &DrawnNames,
        annotations: &'a [Object],
    ) -> Option<DrawnBeside<'a>> {
        let mut walk = DrawnWalk {
            pdf,
            reach: DrawnBeside::default(),
            seen: HashSet::new(),
            queue: Vec::new(),
            lists: Vec::new(),
        };
        walk.add_looks(annotations);
        walk.add(resources, names);
        loop {
            while let Some((id, resources)) = walk.queue.pop() {
                let names = self.names(pdf, id)?;
                match resources {
                    Some(resources) => walk.add(resources, names),
                    None => walk.reach.borrowed.extend(names.iter().cloned()),
                }
                walk.reach.streams.push((id, resources));
            }
            if !walk.add_borrowed() {
                return Some(walk.reach);
            }
        }
    }

    /// What a form or the like draws.
    pub(super) fn names(&mut self, pdf: &Pdf, id: ObjectId) -> Option<&DrawnNames> {
        let names = self.known.entry(id).or_insert_with(|| {
            let reference = Object::Reference(id);
            let (_, object) = pdf.dereference(&reference).ok()?;
            let stream = object.as_stream().ok()?;
            Some(names_in(&form_content(stream)?))
        });
        names.as_ref()
    }
}

/// What content draws. Where readers may understand it in different ways, every name in it may be drawn.
pub(super) fn names_in(content: &[u8]) -> DrawnNames {
    let ending = read_ending(content);
    if !ending.foreign {
        return ending.drawn.into_iter().collect();
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(byte);
    let parts = content.split(|byte| *byte == b'/').skip(1);
    parts
        .filter_map(|part| part.split(is_end).next())
        .map(|name| decoded(name).into_owned())
        .collect()
}

/// Leaves out of resources the pictures and forms of other names. Returns whether there were any.
pub(super) fn keep_only(pdf: &Pdf, resources: &mut Dictionary, names: &DrawnNames) -> bool {
    let Some(listed) = get_dict(pdf, resources, b"XObject") else {
        return false;
    };
    let kept = listed.iter().filter(|(name, _)| names.contains(*name));
    let kept: Dictionary = kept.map(|(name, object)| (name.clone(), object.clone())).collect();
    let is_less = kept.len() < listed.len();
    if is_less {
        resources.set("XObject", kept);
    }
    is_less
}

impl<'a> DrawnWalk<'a> {
    /// Follows what content draws with its own resources.
    fn add(&mut self, resources: &'a Dictionary, names: &DrawnNames) {
        let listed = get_dict(self.pdf, resources, b"XObject");
        for name in names {
            match listed.and_then(|listed| get(self.pdf, listed, name).and(listed.get(name).ok())) {
                Some(object) => self.follow(object),
                None => drop(self.reach.borrowed.insert(name.clone())),
            }
        }
        self.lists.extend(listed);
        self.each(resources, b"Pattern", Self::follow_pattern);
        self.each(resources, b"ExtGState", Self::follow_state);
        self.each(resources, b"Font", Self::follow_font);
    }

    /// Follows what is drawn out of the resources of others wherever the name is found. Returns whether there was anything.
    fn add_borrowed(&mut self) -> bool {
        let found: Vec<&Object> = self
            .lists
            .iter()
            .flat_map(|listed| listed.iter())
            .filter(|(name, _)| self.reach.borrowed.contains(*name))
            .map(|(_, object)| object)
            .collect();
        found.into_iter().for_each(|object| self.follow(object));
        !self.queue.is_empty()
    }

    fn each(
        &mut self,
        resources: &'a Dictionary,
        category: &[u8],
        follow: impl Fn(&mut Self, &'a Object),
    ) {
        let category = get_dict(self.pdf, resources, category);
        let values = category.into_iter().flat_map(|category| category.iter());
        values.for_each(|(_, value)| follow(self, value));
    }

    /// Follows a form, unless it is a picture.
    fn follow(&mut self, object: &'a Object) {
        let Some(stream) = self.stream(object) else {
            return;
        };
        let subtype = get(self.pdf, &stream.dict, b"Subtype").map(Object::as_name);
        if !matches!(subtype, Some(Ok(b"Image"))) {
            self.push(object, get_dict(self.pdf, &stream.dict, b"Resources"));
        }
    }

    fn push(&mut self, object: &'a Object, resources: Option<&'a Dictionary>) {
        if let Ok(id) = object.as_reference()
            && self.stream(object).is_some()
            && self.seen.insert(id)
        {
            self.queue.push((id, resources));
        }
    }

    fn stream(&self, object: &'a Object) -> Option<&'a Stream> {
        self.pdf.dereference(object).ok()?.1.as_stream().ok()
    }

    fn follow_pattern(&mut self, pattern: &'a Object) {
        self.follow(pattern);
        let state = dict_of(self.pdf, pattern).and_then(|pattern| pattern.get(b"ExtGState").ok());
        state.into_iter().for_each(|state| self.follow_state(state));
    }

    fn follow_state(&mut self, state: &'a Object) {
        let Some(state) = dict_of(self.pdf, state) else {
            return;
        };
        let mask = get_dict(self.pdf, state, b"SMask").and_then(|mask| mask.get(b"G").ok());
        mask.into_iter().for_each(|group| self.follow(group));
        let font = get_array(self.pdf, state, b"Font").first();
        font.into_iter().for_each(|font| self.follow_font(font));
    }

    fn follow_font(&mut self, font: &'a Object) {
        let Some(font) = dict_of(self.pdf, font) else {
            return;
        };
        let resources = get_dict(self.pdf, font, b"Resources");
        let letters = get_dict(self.pdf, font, b"CharProcs");
        for (_, letter) in letters.into_iter().flat_map(|letters| letters.iter()) {
            self.push(letter, resources);
        }
    }

    /// Follows the looks of annotations in every state, and the icons of buttons.
    fn add_looks(&mut self, annotations: &'a [Object]) {
        for annotation in annotations {
            let Some(annotation) = dict_of(self.pdf, annotation) else {
                continue;
            };
            for key in [b"AP".as_slice(), b"MK"] {
                let looks = get_dict(self.pdf, annotation, key);
                for (_, look) in looks.into_iter().flat_map(|looks| looks.iter()) {
                    self.follow(look);
                    if let Ok((_, Object::Dictionary(states))) = self.pdf.dereference(look) {
                        states.iter().for_each(|(_, state)| self.follow(state));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

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
        let drawn =
            NamesInUse::default().on_page(&pdf, &resources, content.as_bytes(), &annotations);
        keep_only(&pdf, &mut resources, &drawn.unwrap());
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
        assert_eq!(left("", letter), ["Im"]);
        let pattern = |pdf: &mut Pdf| {
            let dict = dictionary! { "PatternType" => 1, "Resources" => Dictionary::new() };
            let patterns = dictionary! { "P" => stream(pdf, dict, "/Im Do") };
            (dictionary! { "Pattern" => patterns }, Vec::new())
        };
        assert_eq!(left("", pattern), ["Im"]);
        let mask = |pdf: &mut Pdf| {
            let mask = dictionary! { "G" => form(pdf, Dictionary::new()) };
            let states = dictionary! { "G" => dictionary! { "SMask" => mask } };
            (dictionary! { "ExtGState" => states }, Vec::new())
        };
        assert_eq!(left("", mask), ["Im"]);
        let look = |pdf: &mut Pdf| {
            let states =
                dictionary! { "Off" => Object::Null, "On" => form(pdf, Dictionary::new()) };
            let annotation = dictionary! { "AP" => dictionary! { "N" => states } };
            (Dictionary::new(), vec![annotation.into()])
        };
        assert_eq!(left("", look), ["Im"]);
    }
}
