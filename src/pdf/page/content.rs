//! What a page shows, in a few numbers that the rules of a court are tested on.

use std::hash::{DefaultHasher, Hash, Hasher};

use hayro::hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::xref::XRef;

use super::garble::is_garbled;
use super::{Drawn, Ink, Line, Picture, Rgb, View, fonts};
use crate::model::geometry::{Matrix, Rect};

/// A page with no more letters than this is not a page of text; a stamped number, or `Page 12 of 300`, is less.
const FEW_LETTERS: usize = 24;

/// A picture that takes this part of a page is a scan of one, or a photograph.
pub(super) const LARGE: f64 = 0.3;

/// Pictures smaller than this, in square points, are logos and the like, whose resolution matters to nobody.
const SMALL: f64 = 72.0 * 72.0;

/// Words in a row that make one shingle.
const SHINGLE: usize = 3;

/// So many shingles of a page are kept: all of most pages, and of the others enough to tell how much two have in common.
const MAX_SHINGLES: usize = 256;

/// Two pages of words are alike if they share this part of all their shingles.
pub(crate) const SAME_WORDS: f64 = 0.95;

/// Words of a page that are kept; a page of small type has about as many.
const MAX_WORDS: usize = 1000;

/// Pages of fewer words are not compared by their words.
const FEW_WORDS: usize = 12;

/// A picture as placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    /// Dots per inch, the smaller of both directions.
    pub dpi: f64,
    /// The part of the page that it takes, from 0 to 1.
    pub share: f64,
    /// Where it stands, in parts of the width and height of the page from the top left corner: left, top, right, bottom.
    pub area: [f64; 4],
    /// A hash of its data, by which it is known in whatever file it is; `None` for an inline picture.
    pub data: Option<u64>,
}

impl Placed {
    fn new(picture: &Picture, data: Option<u64>, seen: Rect, page: Rect) -> Self {
        let (width, height) = (page.width().max(1.0), page.height().max(1.0));
        Self {
            dpi: dpi(picture.pixels, picture.sides),
            share: seen.width() * seen.height() / (width * height),
            area: [
                seen.left / width,
                1.0 - seen.top / height,
                seen.right / width,
                1.0 - seen.bottom / height,
            ],
            data,
        }
    }
}

/// A page that has grown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grown {
    /// From its displayed space as it was to that as it is.
    pub matrix: Matrix,
    /// Its width and height as they were, in points.
    pub before: (f64, f64),
    /// And as they are.
    pub after: (f64, f64),
}

impl Grown {
    /// How large a point of the page as it was is now.
    fn scale(self) -> f64 {
        self.matrix.0[0]
    }

    /// From a part of the width as it was to one of the width as it is.
    fn across(self, part: f64) -> f64 {
        self.matrix.apply(part * self.before.0, 0.0).0 / self.after.0
    }

    /// The same of the height, from the top.
    fn down(self, part: f64) -> f64 {
        1.0 - self.matrix.apply(0.0, (1.0 - part) * self.before.1).1 / self.after.1
    }
}

/// What one page shows, without the numbers in its margins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageContent {
    /// Letters that can be found and copied.
    pub letters: usize,
    /// Letters by the direction in which they run: upright, to the top, upside down, to the bottom.
    pub turned: [usize; 4],
    /// The pictures that are no logos.
    pub pictures: Vec<Placed>,
    /// Whether anything but a picture can be seen.
    pub drawn: bool,
    /// Its words, three by three, hashed and sorted, the smallest of them alone where there are many; empty where there
    /// are too few to tell one page from another.
    pub shingles: Vec<u32>,
    /// Whether its words are none that anybody would search for.
    pub garbled: bool,
    /// Its words, each once, hashed and sorted; see [`PageContent::has_word`].
    pub words: Box<[u32]>,
    /// The fonts that it shows text with and that are not in the file.
    pub missing_fonts: Box<[Box<str>]>,
    /// Whether all of it could be understood.
    pub whole: bool,
}

impl PageContent {
    /// What a view of a page shows, leaving out the letters that stand in `stamps`, the numbers in the margins.
    pub(crate) fn new(page: &Page<'_>, view: &View, lines: &[Line], stamps: &[Rect]) -> Self {
        let mut content = Self {
            letters: 0,
            turned: [0; 4],
            pictures: Vec::new(),
            drawn: false,
            shingles: shingles(lines, stamps),
            words: words(lines, stamps),
            garbled: is_garbled(
                lines.iter().flat_map(|line| &line.words).map(|word| word.text.as_str()),
            ),
            missing_fonts: fonts::missing(page),
            whole: view.whole,
        };
        lines.iter().for_each(|line| content.add_line(line, stamps));
        for mark in &view.marks {
            if let Some(seen) = mark.seen.and_then(|seen| seen.intersection(view.area())) {
                content.add_mark(page.xref(), &mark.drawn, seen, view.area(), stamps);
            }
        }
        content
    }

    fn add_line(&mut self, line: &Line, stamps: &[Rect]) {
        let words = line.words.iter().filter(|word| !is_stamp(word.extent, stamps));
        let letters: usize = words.map(|word| word.text.chars().count()).sum();
        self.letters += letters;
        let quarter = usize::from((line.angle + 45) / 90 % 4);
        if let Some(turned) = self.turned.get_mut(quarter) {
            *turned += letters;
        }
    }

    fn add_mark(&mut self, file: &XRef, drawn: &Drawn, seen: Rect, page: Rect, stamps: &[Rect]) {
        self.drawn |= match drawn {
            Drawn::Letter(letter) => {
                letter.ink != Ink::Invisible
                    && !letter.text.is_blank()
                    && letter.ink != Ink::Plain(WHITE)
                    && !is_stamp(letter.extent, stamps)
            }
            Drawn::Shape(shape) => {
                shape.colour != Some(WHITE) && shape.opacity > 0.0 && !frames(shape.extent, stamps)
            }
            Drawn::Picture(picture) if picture.uniform == Some(WHITE) => false,
            Drawn::Picture(picture) => {
                let placed = Placed::new(picture, data_of(file, picture), seen, page);
                let is_logo = seen.width() * seen.height() < SMALL && placed.share < LARGE;
                if !is_logo {
                    self.pictures.push(placed);
                }
                is_logo
            }
        };
    }

    /// The same on a page that has grown, where a matrix leads from the one to the other; sizes are as displayed.
    #[must_use]
    pub(crate) fn onto(&self, grown: Grown) -> Self {
        let mut content = self.clone();
        for picture in &mut content.pictures {
            let [left, top, right, bottom] = picture.area;
            let share = (right - left) * (bottom - top);
            picture.area =
                [grown.across(left), grown.down(top), grown.across(right), grown.down(bottom)];
            let [left, top, right, bottom] = picture.area;
            picture.share *= (right - left) * (bottom - top) / share.max(f64::MIN_POSITIVE);
            picture.dpi /= grown.scale();
        }
        content
    }

    /// What is known of a page that could not be looked at: nothing, so it counts as drawn on.
    pub(crate) fn unknown() -> Self {
        Self {
            letters: 0,
            turned: [0; 4],
            pictures: Vec::new(),
            drawn: true,
            shingles: Vec::new(),
            words: Box::default(),
            garbled: false,
            missing_fonts: Box::default(),
            whole: false,
        }
    }

    /// The picture that makes it one that nobody can search, if there is one.
    pub(crate) fn unsearchable(&self) -> Option<&Placed> {
        let large = self.pictures.iter().find(|picture| picture.share >= LARGE);
        large.filter(|_| self.has_no_text())
    }

    /// Whether a word stands on it, in whatever case and between whatever signs.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.binary_search(&hash_of(&word.to_lowercase())).is_ok()
    }

    /// Whether what it shows can only be told from its pictures.
    pub(crate) fn is_picture(&self) -> bool {
        self.has_no_text() && !self.pictures.is_empty()
    }

    fn has_no_text(&self) -> bool {
        self.garbled || self.letters <= FEW_LETTERS
    }

    /// Whether nothing is to be seen, pictures aside.
    pub(crate) fn is_empty(&self) -> bool {
        self.whole && !self.drawn && self.letters == 0
    }

    /// The direction of most of its text in quarter turns anticlockwise, where that is not upright.
    pub(crate) fn turn(&self) -> Option<usize> {
        let total: usize = self.turned.iter().sum();
        if total < FEW_LETTERS {
            return None;
        }
        (1..4).find(|turn| self.turned.get(*turn).is_some_and(|letters| letters * 2 > total))
    }
}

fn data_of(file: &XRef, picture: &Picture) -> Option<u64> {
    let (number, generation) = picture.object?;
    let stream = file.get::<Stream<'_>>(ObjectIdentifier::new(number, generation))?;
    let mut hasher = DefaultHasher::new();
    stream.raw_data().hash(&mut hasher);
    Some(hasher.finish())
}

/// Whether something stands where a number does.
fn is_stamp(extent: Rect, stamps: &[Rect]) -> bool {
    let x = (extent.left + extent.right) / 2.0;
    let y = (extent.bottom + extent.top) / 2.0;
    stamps.iter().any(|stamp| {
        (stamp.left..=stamp.right).contains(&x) && (stamp.bottom..=stamp.top).contains(&y)
    })
}

/// Whether a shape is the frame of a number, or the ground behind it.
fn frames(shape: Rect, stamps: &[Rect]) -> bool {
    stamps.iter().any(|stamp| {
        shape.left > stamp.left - FRAME
            && shape.right < stamp.right + FRAME
            && shape.bottom > stamp.bottom - FRAME
            && shape.top < stamp.top + FRAME
    })
}

/// No frame of a number is further from it, in points.
const FRAME: f64 = 12.0;

const WHITE: Rgb = Rgb([255; 3]);

fn dpi((columns, rows): (u32, u32), (bottom, left): (f64, f64)) -> f64 {
    let per_inch = |pixels: u32, points: f64| f64::from(pixels) * 72.0 / points.max(1e-3);
    per_inch(columns, bottom).min(per_inch(rows, left))
}

pub(super) fn shingles(lines: &[Line], stamps: &[Rect]) -> Vec<u32> {
    let words: Vec<String> = lines
        .iter()
        .flat_map(|line| &line.words)
        .filter(|word| !is_stamp(word.extent, stamps))
        .map(|word| word.text.to_lowercase())
        .collect();
    if words.len() < FEW_WORDS {
        return Vec::new();
    }
    let mut shingles: Vec<u32> = words.windows(SHINGLE).map(hash).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles.truncate(MAX_SHINGLES);
    shingles.shrink_to_fit();
    shingles
}

fn words(lines: &[Line], stamps: &[Rect]) -> Box<[u32]> {
    let words = lines.iter().flat_map(|line| &line.words);
    let own = words.filter(|word| !is_stamp(word.extent, stamps));
    let parts = own.flat_map(|word| word.text.split(|c: char| !c.is_alphanumeric()));
    let mut hashes: Vec<u32> = parts
        .filter(|part| !part.is_empty())
        .take(MAX_WORDS)
        .map(|part| hash_of(&part.to_lowercase()))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}

fn hash(words: &[String]) -> u32 {
    hash_of(words)
}

#[allow(clippy::cast_possible_truncation, reason = "half of the bits tell words apart")]
fn hash_of<T: Hash + ?Sized>(words: &T) -> u32 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish() as u32
}

/// Which part of the shingles of two pages is common to both, from 0 to 1. Of pages with more shingles than are kept, it is
/// told from the smallest of both together.
pub(crate) fn likeness(one: &[u32], other: &[u32]) -> f64 {
    let is_sample = one.len().max(other.len()) >= MAX_SHINGLES;
    let counted = if is_sample { MAX_SHINGLES } else { usize::MAX };
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let (mut all, mut shared) = (0_u32, 0_u32);
    for _ in 0..counted {
        match (one.peek(), other.peek()) {
            (Some(a), Some(b)) if a == b => {
                shared += 1;
                one.next();
                other.next();
            }
            (Some(a), Some(b)) if a > b => _ = other.next(),
            (Some(_), _) => _ = one.next(),
            (None, Some(_)) => _ = other.next(),
            (None, None) => break,
        }
        all += 1;
    }
    f64::from(shared) / f64::from(all.max(1))
}
