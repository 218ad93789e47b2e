//! What tells whether two pages of different files are the same page.

use std::hash::{DefaultHasher, Hash, Hasher};

use hayro::hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::Page;

use super::content::{LARGE, SAME_WORDS, likeness, shingles};
use super::{Drawn, Line, View};

/// A picture of fewer bytes is a sheet of blank paper.
const FEW_BYTES: usize = 1000;

/// A drawing of fewer shapes is a frame, or the rules of a form.
const FEW_SHAPES: usize = 40;

/// The shingles by which a page is looked up: two pages with nearly the same words share one of their smallest.
const LOOKED_UP: usize = 8;

/// What is on a page, as far as it tells the page from others; empty where too little is on it, and for a form that
/// nobody has filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its words, as [`PageContent::shingles`](super::PageContent::shingles).
    words: Vec<u32>,
    /// The data of the pictures that take much of the page, hashed; of a page without words its drawing.
    pictures: Vec<u64>,
}

impl Fingerprint {
    /// That of a page.
    pub fn of(page: &Page<'_>, view: &View, lines: &[Line]) -> Self {
        let words = shingles(lines, &[]);
        if !words.is_empty() && (is_unfilled(page, view) || is_mostly_prompts(lines)) {
            return Self::default();
        }
        let mut pictures = pictures(page, view);
        if words.is_empty() && pictures.is_empty() {
            pictures.extend(drawing(view));
        }
        Self { words, pictures }
    }

    /// Whether nothing can be told by it.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.pictures.is_empty()
    }

    /// Whether two pages are the same: in their words, or where one has none in their pictures.
    pub fn is_same_page(&self, other: &Self) -> bool {
        if !self.words.is_empty() && !other.words.is_empty() {
            return likeness(&self.words, &other.words) >= SAME_WORDS;
        }
        let theirs = &other.pictures;
        self.pictures.iter().any(|picture| theirs.contains(picture))
    }

    /// What it is looked up by: the same pages have one of these in common.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        let words = self.words.iter().take(LOOKED_UP);
        let words = words.map(|shingle| u64::from(*shingle));
        words.chain(self.pictures.iter().copied())
    }
}

/// The pictures that take much of a page.
fn pictures(page: &Page<'_>, view: &View) -> Vec<u64> {
    let area = view.area();
    let large = view.pictures().filter(|(mark, _)| {
        let seen = mark.seen.and_then(|seen| seen.intersection(area));
        seen.is_some_and(|seen| seen.width() * seen.height() > LARGE * area.width() * area.height())
    });
    let data = large.filter_map(|(_, picture)| {
        let (number, generation) = picture.object?;
        let id = ObjectIdentifier::new(number, generation);
        let stream = page.xref().get::<Stream<'_>>(id)?;
        let data = stream.raw_data();
        (data.len() >= FEW_BYTES).then(|| hash(&*data))
    });
    data.collect()
}

/// The shapes of a page, by where they are.
fn drawing(view: &View) -> Option<u64> {
    let shapes = view.marks.iter().filter_map(|mark| match &mark.drawn {
        Drawn::Shape(shape) => Some(shape.extent),
        _ => None,
    });
    #[allow(clippy::cast_possible_truncation, reason = "whole points")]
    let places: Vec<[i32; 4]> = shapes
        .map(|extent| {
            [extent.left, extent.bottom, extent.right, extent.top].map(|side| side.round() as i32)
        })
        .collect();
    (places.len() >= FEW_SHAPES).then(|| hash(&places))
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether a page has fields and shows a letter in none of them.
fn is_unfilled(page: &Page<'_>, view: &View) -> bool {
    let annotations = page.raw().get::<Array<'_>>(b"Annots".as_slice());
    let has_fields = annotations.is_some_and(|annotations| {
        annotations.iter::<Dict<'_>>().any(|annotation| {
            let kind = annotation.get::<Name<'_>>(b"Subtype".as_slice());
            kind.is_some_and(|kind| &*kind == b"Widget")
        })
    });
    let is_written = || {
        let mut letters = view.letters();
        letters.any(|(mark, letter)| mark.annotation && !letter.text.is_blank())
    };
    has_fields && !is_written()
}

/// Whether most lines of a page ask for something to be written there: `Name: ........`.
fn is_mostly_prompts(lines: &[Line]) -> bool {
    let asks = |line: &&Line| {
        let text = line.text();
        let text = text.trim_end();
        text.ends_with([':', '?'])
            || ["....", "____", "………", "...…"].iter().any(|blank| text.contains(blank))
    };
    lines.iter().filter(asks).count() * 2 > lines.len()
}
