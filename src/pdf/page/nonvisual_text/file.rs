//! The words that a file holds beside its pages: in its tags, its bookmarks and its form fields.

use std::collections::{HashMap, HashSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Object, ObjectIdentifier};
use hayro::hayro_syntax::page::Page;

use super::{NonvisualWords, Seen, WordsOf, described, names, words_of_tag};

/// Tags, bookmarks and fields of one file that are looked at.
const MAX: usize = 500_000;

/// What a tag holds is looked for no deeper, and among no more.
const MAX_DEPTH: usize = 4;
const MAX_KIDS: usize = 64;

/// Words by the page that they belong to. What belongs to none goes with the page that was named as the first.
#[derive(Debug, Default)]
pub(crate) struct FileWords {
    pages: HashMap<ObjectIdentifier, Vec<NonvisualWords>>,
    unplaced: Vec<NonvisualWords>,
    first: Option<ObjectIdentifier>,
    /// Whether not all of it was looked at.
    is_cut: bool,
}

/// Something whose words are looked at, with the page that it inherits.
type TreeNode<'a> = (Dict<'a>, Option<ObjectIdentifier>);

impl FileWords {
    /// Looks through a file. `first` is the first of its pages that is searched.
    pub(crate) fn of(pdf: &Pdf, first: Option<&Page<'_>>) -> Self {
        let mut words =
            Self { first: first.and_then(|page| page.raw().obj_id()), ..Self::default() };
        let xref = pdf.xref();
        let Some(catalog) = xref.get::<Dict<'_>>(xref.root_id()) else {
            return words;
        };
        if let Some(tags) = catalog.get::<Dict<'_>>("StructTreeRoot") {
            words.walk(tags, &mut |words, node| words.of_tag(node));
        }
        if let Some(outline) = catalog.get::<Dict<'_>>("Outlines") {
            words.walk(outline, &mut |words, node| words.of_bookmark(node));
        }
        let (names, all_names) = names::of(&catalog);
        words.is_cut |= !all_names;
        words.put(None, NonvisualWords::of_names(&names));
        let form = catalog.get::<Dict<'_>>("AcroForm");
        let fields = form.and_then(|form| form.get::<Array<'_>>("Fields"));
        for field in fields.iter().flat_map(Array::iter::<Dict<'_>>) {
            words.walk(field, &mut |words, node| words.of_field(node));
        }
        words
    }

    /// Whether all of the file was looked through.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_cut
    }

    /// The words that belong to a page.
    pub(super) fn of_page(&self, page: &Page<'_>) -> Vec<&NonvisualWords> {
        let id = page.raw().obj_id();
        let own = id.and_then(|id| self.pages.get(&id));
        // Where that page cannot be told from others, they go with each: told too often rather than never.
        let is_first = self.first.is_none() || id == self.first;
        let others = is_first.then_some(&self.unplaced);
        own.into_iter().chain(others).flatten().collect()
    }

    fn put(&mut self, page: Option<ObjectIdentifier>, words: Option<NonvisualWords>) {
        match page {
            Some(page) => self.pages.entry(page).or_default().extend(words),
            None => self.unplaced.extend(words),
        }
    }

    /// Takes a tree node by node; `take` says which nodes come below one.
    fn walk<'a>(
        &mut self,
        root: Dict<'a>,
        take: &mut dyn FnMut(&mut Self, &TreeNode<'a>) -> Vec<TreeNode<'a>>,
    ) {
        // Where in the file each stands: those within other objects have no number of their own.
        let mut seen: HashSet<*const u8> = HashSet::new();
        let mut left = MAX;
        let mut open: Vec<TreeNode<'a>> = vec![(root, None)];
        while let Some(node) = open.pop() {
            if !seen.insert(node.0.data().as_ptr()) {
                continue;
            }
            let Some(rest) = left.checked_sub(1) else {
                self.is_cut = true;
                return;
            };
            left = rest;
            open.extend(take(self, &node));
        }
    }

    fn of_tag<'a>(&mut self, (tag, page): &TreeNode<'a>) -> Vec<TreeNode<'a>> {
        let page = tag.get_ref("Pg").map(ObjectIdentifier::from).or(*page);
        let own = words_of_tag(tag, &stands_for(tag)).into_iter();
        for words in own.chain(described::of_tag(tag)) {
            self.put(page, Some(words));
        }
        let below = match tag.get::<Object<'_>>("K") {
            Some(Object::Dict(kid)) => vec![kid],
            Some(Object::Array(kids)) => kids.iter::<Dict<'_>>().collect(),
            _ => Vec::new(),
        };
        below.into_iter().map(|kid| (kid, page)).collect()
    }

    fn of_bookmark<'a>(&mut self, (bookmark, _): &TreeNode<'a>) -> Vec<TreeNode<'a>> {
        let page = page_of(bookmark);
        let words = NonvisualWords::of(WordsOf::Bookmark, bookmark, "Title", Seen::Nothing);
        self.put(page, words);
        let others = ["First", "Next"].map(|key| bookmark.get::<Dict<'_>>(key));
        others.into_iter().flatten().map(|next| (next, None)).collect()
    }

    /// Only fields without a widget: those with one are the page's.
    fn of_field<'a>(&mut self, (field, _): &TreeNode<'a>) -> Vec<TreeNode<'a>> {
        let kids = field.get::<Array<'_>>("Kids");
        let kids: Vec<TreeNode<'a>> =
            kids.iter().flat_map(Array::iter::<Dict<'_>>).map(|kid| (kid, None)).collect();
        if kids.is_empty() && !field.contains_key("Rect") {
            let words = NonvisualWords::of(WordsOf::Field, field, "V", Seen::Page(0));
            self.put(None, words);
        }
        kids
    }
}

/// What a tag stands for: the marked content that it holds, or something on its page. Two words may be lacking there, as
/// those of a logo are.
fn stands_for(tag: &Dict<'_>) -> Seen {
    if !tag.contains_key("ActualText") && !tag.contains_key("E") {
        return Seen::Nothing;
    }
    let mut numbers = Vec::new();
    add_numbers(tag, &mut numbers, MAX_DEPTH);
    if numbers.is_empty() { Seen::Page(2) } else { Seen::Marked(numbers) }
}

fn add_numbers(tag: &Dict<'_>, numbers: &mut Vec<i64>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let mut add = |kid: Object<'_>| match kid {
        Object::Number(number) => numbers.push(number.as_i64()),
        Object::Dict(kid) => match kid.get::<i32>("MCID") {
            Some(number) => numbers.push(number.into()),
            None => add_numbers(&kid, numbers, depth),
        },
        _ => {}
    };
    match tag.get::<Object<'_>>("K") {
        Some(Object::Array(kids)) => kids.iter::<Object<'_>>().take(MAX_KIDS).for_each(add),
        Some(kid) => add(kid),
        None => {}
    }
}

/// The page that a bookmark names outright; one that it names by a name is not looked up.
fn page_of(bookmark: &Dict<'_>) -> Option<ObjectIdentifier> {
    let action = || bookmark.get::<Dict<'_>>("A");
    let target = bookmark.get::<Array<'_>>("Dest");
    let target = target.or_else(|| action()?.get::<Array<'_>>("D"))?;
    match target.raw_iter().next()? {
        MaybeRef::Ref(page) => Some(page.into()),
        MaybeRef::NotRef(_) => None,
    }
}
