//! What the content of pages takes from resources by name, followed as readers follow it: a form, a letter of a Type 3
//! font, a pattern, a mask or the look of an annotation has resources of its own or none, and where those lack a
//! name readers look for it in those of whoever draws it, or of the page (ISO 32000-2, 7.8.3).

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::content::read_ending;
use super::named::{Category, NamesUsed};
use crate::pdf::syntax::dictionaries::{dict_of, get, get_array, get_dict};
use crate::pdf::syntax::{PageNode, form_content, page_content};

/// What pages draw, as far as they were followed.
#[derive(Default)]
pub(super) struct NamesInUse {
    /// What each form and the like uses; `None` where it cannot be decoded. Pages share them.
    known: HashMap<ObjectId, Option<NamesUsed>>,
    /// What is used of the resources that an object holds, or is.
    held: HashMap<ObjectId, NamesUsed>,
    /// What is taken from the resources of others.
    borrowed: NamesUsed,
    /// What each page uses of its resources, and every object that any of them uses.
    pages: HashMap<ObjectId, Option<NamesUsed>>,
    pub(super) used: HashSet<ObjectId>,
    /// Whether something could not be followed.
    is_partial: bool,
}

/// All that a page draws beside its own content.
#[derive(Default)]
pub(super) struct DrawnBeside<'a> {
    /// What is drawn out of the resources of others.
    pub(super) borrowed: NamesUsed,
    /// Forms and the like, each with the resources of its own.
    pub(super) streams: Vec<(ObjectId, Option<&'a Dictionary>)>,
    /// What is found in resources by a name that is used.
    used: HashSet<ObjectId>,
}

/// A form or the like that is yet to be followed.
struct Next<'a> {
    id: ObjectId,
    resources: Option<&'a Dictionary>,
    /// The object that holds the resources, or is them.
    holder: Option<ObjectId>,
}

/// One page on the way through all that it draws.
struct DrawnWalk<'a> {
    pdf: &'a Pdf,
    reach: DrawnBeside<'a>,
    seen: HashSet<ObjectId>,
    queue: Vec<Next<'a>>,
    /// Resources of whatever was followed.
    lists: Vec<&'a Dictionary>,
}

impl NamesInUse {
    /// Follows pages before any is written: what one of them uses may be listed by all.
    pub(super) fn survey<'p>(&mut self, pdf: &Pdf, pages: impl Iterator<Item = &'p PageNode>) {
        for page in pages {
            let names = page_content(pdf, page).and_then(|content| {
                let empty = Dictionary::new();
                let resources = get_dict(pdf, &page.dict, b"Resources").unwrap_or(&empty);
                let annotations = get_array(pdf, &page.dict, b"Annots");
                self.on_page(pdf, resources, &content, annotations)
            });
            self.is_partial |= names.is_none();
            self.pages.extend(page.id.map(|id| (id, names)));
        }
    }

    /// What a page that was followed uses of its resources, where that is known.
    pub(super) fn of_page(&self, page: &PageNode) -> Option<&NamesUsed> {
        self.pages.get(&page.id?)?.as_ref()
    }

    /// What of the resources of a page anything may use: its content, or what that draws, or the looks of its annotations in
    /// whatever state. `None` where something cannot be read.
    pub(super) fn on_page(
        &mut self,
        pdf: &Pdf,
        resources: &Dictionary,
        content: &[u8],
        annotations: &[Object],
    ) -> Option<NamesUsed> {
        let mut names = names_in(content);
        let reach = self.reach(pdf, resources, &names, annotations)?;
        names.extend(&reach.borrowed);
        Some(names)
    }

    /// Follows all that a page draws; `names` is what its own content uses.
    pub(super) fn reach<'a>(
        &mut self,
        pdf: &'a Pdf,
        resources: &'a Dictionary,
        names: &NamesUsed,
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
        let reach = self.follow_all(walk);
        match &reach {
            Some(reach) => {
                self.borrowed.extend(&reach.borrowed);
                self.used.extend(&reach.used);
            }
            None => self.is_partial = true,
        }
        reach
    }

    fn follow_all<'a>(&mut self, mut walk: DrawnWalk<'a>) -> Option<DrawnBeside<'a>> {
        loop {
            while let Some(Next { id, resources, holder }) = walk.queue.pop() {
                let names = self.names(walk.pdf, id)?.clone();
                match resources {
                    Some(resources) => walk.add(resources, &names),
                    None => walk.reach.borrowed.extend(&names),
                }
                if let Some(holder) = holder {
                    self.held.entry(holder).or_default().extend(&names);
                }
                walk.reach.streams.push((id, resources));
            }
            if !walk.add_borrowed() {
                return Some(walk.reach);
            }
        }
    }

    /// What a form or the like uses.
    pub(super) fn names(&mut self, pdf: &Pdf, id: ObjectId) -> Option<&NamesUsed> {
        let names = self.known.entry(id).or_insert_with(|| {
            let reference = Object::Reference(id);
            let (_, object) = pdf.dereference(&reference).ok()?;
            let stream = object.as_stream().ok()?;
            Some(names_in(&form_content(stream)?))
        });
        names.as_ref()
    }

    /// What is used of the resources that an object holds, or is; `None` where that is not known.
    pub(super) fn used_of(&self, holder: ObjectId) -> Option<NamesUsed> {
        let mut names = self.held.get(&holder).filter(|_| !self.is_partial)?.clone();
        names.extend(&self.borrowed);
        Some(names)
    }
}

/// What content uses. Where readers may understand it in different ways, every name in it may be used.
pub(super) fn names_in(content: &[u8]) -> NamesUsed {
    let ending = read_ending(content);
    if !ending.foreign {
        return ending.used;
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(byte);
    let parts = content.split(|byte| *byte == b'/').skip(1);
    let mut names = NamesUsed::default();
    for name in parts.filter_map(|part| part.split(is_end).next()) {
        names.add_to_all(name);
    }
    names
}

/// Leaves out of resources what goes by other names and is not in use elsewhere, where it may stay as well. Pictures and
/// drawings go from every page that does not show them. Returns what went.
pub(super) fn keep_only(
    pdf: &Pdf,
    resources: &mut Dictionary,
    names: &NamesUsed,
    used: &HashSet<ObjectId>,
) -> Vec<Object> {
    let mut gone = Vec::new();
    for category in Category::ALL {
        let Some(listed) = get_dict(pdf, resources, category.key()) else {
            continue;
        };
        let is_used = |object: &Object| {
            category != Category::XObjects
                && object.as_reference().is_ok_and(|id| used.contains(&id))
        };
        let (kept, rest): (Vec<_>, Vec<_>) =
            listed.iter().partition(|(name, object)| names.has(category, name) || is_used(object));
        let own = |(name, object): (&Vec<u8>, &Object)| (name.clone(), object.clone());
        let kept: Dictionary = kept.into_iter().map(own).collect();
        gone.extend(rest.iter().map(|(_, object)| (*object).clone()));
        if !rest.is_empty() {
            resources.set(category.key(), kept);
        }
    }
    gone
}

impl<'a> DrawnWalk<'a> {
    /// Follows what content draws with its own resources.
    fn add(&mut self, resources: &'a Dictionary, names: &NamesUsed) {
        self.lists.push(resources);
        for (category, name) in names.iter() {
            match self.listed(resources, category, name) {
                Some(object) => self.follow_by(category, object),
                None => self.reach.borrowed.add_plain(category, name),
            }
        }
    }

    fn listed(
        &self,
        resources: &'a Dictionary,
        category: Category,
        name: &[u8],
    ) -> Option<&'a Object> {
        let listed = get_dict(self.pdf, resources, category.key())?;
        get(self.pdf, listed, name).and(listed.get(name).ok())
    }

    /// Follows what is drawn out of the resources of others wherever the name is found. Returns whether there was anything.
    fn add_borrowed(&mut self) -> bool {
        let borrowed = self.reach.borrowed.clone();
        for resources in self.lists.clone() {
            for (category, name) in borrowed.iter() {
                if let Some(object) = self.listed(resources, category, name) {
                    self.follow_by(category, object);
                }
            }
        }
        !self.queue.is_empty()
    }

    fn follow_by(&mut self, category: Category, object: &'a Object) {
        self.reach.used.extend(object.as_reference());
        match category {
            Category::XObjects => self.follow(object),
            Category::Patterns => self.follow_pattern(object),
            Category::States => self.follow_state(object),
            Category::Fonts => self.follow_font(object),
            Category::Colours | Category::Shadings | Category::Properties => {}
        }
    }

    /// Follows a form, unless it is a picture.
    fn follow(&mut self, object: &'a Object) {
        let Some(stream) = self.stream(object) else {
            return;
        };
        let subtype = get(self.pdf, &stream.dict, b"Subtype").map(Object::as_name);
        if !matches!(subtype, Some(Ok(b"Image"))) {
            self.push(object, (object, &stream.dict));
        }
    }

    /// What is to be followed, and what has its resources.
    fn push(&mut self, object: &'a Object, (owner, dict): (&Object, &'a Dictionary)) {
        if let Ok(id) = object.as_reference()
            && self.stream(object).is_some()
            && self.seen.insert(id)
        {
            let own = dict.get(b"Resources").ok().and_then(|own| own.as_reference().ok());
            let holder = own.or_else(|| owner.as_reference().ok());
            let resources = get_dict(self.pdf, dict, b"Resources");
            self.queue.push(Next { id, resources, holder });
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
        let Some(dict) = dict_of(self.pdf, font) else {
            return;
        };
        let letters = get_dict(self.pdf, dict, b"CharProcs");
        for (_, letter) in letters.into_iter().flat_map(|letters| letters.iter()) {
            self.push(letter, (font, dict));
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
