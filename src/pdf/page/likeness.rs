//! Whether a page shows in one file what it shows in another: the same letters, pictures and shapes at the same places.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::digests::UNKNOWN;
use super::{Drawn, Ink, LetterText, Mark, Rgb, View};
use crate::model::geometry::{Matrix, PageBox, Rect};

/// How far something may be from where it was, in units of user space: writers round.
const NEAR: f64 = 0.3;

/// How much opacity may differ.
const SAME_OPACITY: f32 = 0.03;

/// What reaches no further into a page than this counts as not shown: readers round.
const EDGE: f64 = 0.5;

/// A picture of which no more than this is left by what clips it is not shown: whether anything is depends on rounding.
const SLIVER: f64 = 0.01;

/// What a page shows, in so few bytes that it can be kept for every page: exactly the same gives the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    shown: u64,
    /// The length of its content, and its hash.
    content: (usize, u64),
    /// Its resources; see [`super::ResourceHashes`].
    pub(crate) resources: u64,
}

impl Likeness {
    /// Whether a page shows exactly that.
    pub fn is_of(&self, shown: &Shown) -> bool {
        self.shown == shown.hash()
    }

    /// Whether some content is the same byte for byte, but for what saves the state in front of it and what stands behind.
    pub fn is_content_of(&self, content: &[u8]) -> bool {
        let (length, hash) = self.content;
        let is_same = |before: &[u8]| {
            let rest = content.strip_prefix(before);
            let own = rest.and_then(|rest| rest.get(..length));
            own.is_some_and(|own| hash_of(own) == hash)
        };
        [b"q\n\n".as_slice(), b"q\n ", b"q\n", b""].into_iter().any(is_same)
    }
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What a page shows, to be compared with another.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    content: Vec<ComparedMark>,
    annotations: Vec<ComparedMark>,
    /// Whether all of it could be understood.
    pub whole: bool,
}

/// What may be otherwise on a page, as the user is told of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leave {
    /// Content may be gone.
    pub less_content: bool,
    /// Annotations may be gone.
    pub fewer_annotations: bool,
    /// Annotations may be drawn anew.
    pub other_annotations: bool,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
struct ComparedMark {
    what: What,
    /// In user space: a letter's origin and the top of its line, or the corners of what is seen of anything else.
    at: [f64; 4],
    opacity: f32,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Letter(LetterText, Ink),
    Shape(Option<Rgb>),
    /// Its columns and rows, and its coded points.
    Picture((u32, u32), u64),
}

impl What {
    /// Of a picture that is coded several times over nothing but its size is known, in one file or the other.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Picture(one, digest), Self::Picture(size, later)) => {
                one == size && (digest == later || [*digest, *later].contains(&UNKNOWN))
            }
            _ => self == other,
        }
    }

    /// A number for its kind and two for the rest, but for the characters of a ligature.
    fn numbers(&self) -> (u64, u64, u64) {
        let colour = |Rgb([red, green, blue]): Rgb| u32::from_be_bytes([1, red, green, blue]);
        match self {
            Self::Letter(text, ink) => {
                let ink = match ink {
                    Ink::Plain(plain) => colour(*plain),
                    Ink::Pattern => 0,
                    Ink::Invisible => 1,
                };
                let text = match text {
                    LetterText::One(character) => u32::from(*character),
                    LetterText::Several(_) => u32::MAX - 1,
                    LetterText::Unknown => u32::MAX,
                };
                (0, ink.into(), text.into())
            }
            Self::Shape(plain) => (1, plain.map_or(0, colour).into(), 0),
            Self::Picture((columns, rows), digest) => {
                (2, u64::from(*columns) << 32 | u64::from(*rows), *digest)
            }
        }
    }
}

impl Shown {
    /// The same, nothing known of the points of pictures of some sizes.
    pub fn forgetting(mut self, sizes: &BTreeSet<(u32, u32)>) -> Self {
        for mark in self.content.iter_mut().chain(&mut self.annotations) {
            if let What::Picture(size, digest) = &mut mark.what
                && sizes.contains(size)
            {
                *digest = UNKNOWN;
            }
        }
        self
    }

    /// What is seen of a page within an area of its user space.
    pub fn new(view: &View, boxes: PageBox, area: Rect) -> Self {
        let to_user = boxes.displayed_to_user();
        let area = Rect {
            left: area.left + EDGE,
            bottom: area.bottom + EDGE,
            right: area.right - EDGE,
            top: area.top - EDGE,
        };
        let pieces = |annotation: bool| {
            let marks = view.marks.iter();
            marks
                .filter(|mark| mark.annotation == annotation)
                .filter_map(|mark| ComparedMark::new(mark, to_user, area))
                .collect()
        };
        Self { content: pieces(false), annotations: pieces(true), whole: view.whole }
    }

    /// All of it in a few bytes, with the content that draws it.
    pub fn likeness(&self, content: &[u8], resources: u64) -> Likeness {
        Likeness { shown: self.hash(), content: (content.len(), hash_of(content)), resources }
    }

    /// Whether nothing is seen.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.annotations.is_empty()
    }

    fn hash(&self) -> u64 {
        hash_of((&self.content, &self.annotations))
    }

    /// What a later page lacks or has beyond this one; `None` where it shows the same, but for what may be otherwise.
    pub fn difference(&self, later: &Self, leave: Leave) -> Option<String> {
        let content = difference(&self.content, &later.content, leave.less_content);
        let fewer = leave.fewer_annotations;
        content.or_else(|| match leave.other_annotations {
            true => None,
            false => difference(&self.annotations, &later.annotations, fewer),
        })
    }
}

/// Both in the order drawn.
fn difference(before: &[ComparedMark], after: &[ComparedMark], may_lack: bool) -> Option<String> {
    let mut rest = before.iter();
    for piece in after {
        loop {
            match rest.next() {
                Some(known) if known.is_like(piece) => break,
                Some(_) if may_lack => {}
                Some(lost) => return Some(format!("{} is missing or changed", lost.name())),
                None => return Some(format!("{} was not there before", piece.name())),
            }
        }
    }
    let lost = rest.next().filter(|_| !may_lack)?;
    Some(format!("{} is missing", lost.name()))
}

impl ComparedMark {
    fn new(mark: &Mark, to_user: Matrix, area: Rect) -> Option<Self> {
        let seen = to_user.apply_to_rect(mark.seen?);
        let seen = Rect {
            left: seen.left.max(area.left),
            bottom: seen.bottom.max(area.bottom),
            right: seen.right.min(area.right),
            top: seen.top.min(area.top),
        };
        let least = if matches!(mark.drawn, Drawn::Picture(_)) { SLIVER } else { 0.0 };
        if seen.width() < least || seen.height() < least {
            return None;
        }
        let corners = [seen.left, seen.bottom, seen.right, seen.top];
        let (what, at, opacity) = match &mark.drawn {
            Drawn::Letter(letter) if letter.text.is_blank() => return None,
            Drawn::Letter(letter) => {
                let (x, y) = letter.origin;
                let (origin_x, origin_y) = to_user.apply(x, y);
                let (top_x, top_y) = to_user.apply(x + letter.up.0, y + letter.up.1);
                let what = What::Letter(letter.text.clone(), letter.ink);
                (what, [origin_x, origin_y, top_x, top_y], letter.opacity)
            }
            Drawn::Shape(shape) => (What::Shape(shape.colour), corners, shape.opacity),
            Drawn::Picture(picture) => {
                let what = What::Picture(picture.pixels, picture.digest);
                (what, corners, picture.opacity)
            }
        };
        Some(Self { what, at, opacity })
    }

    fn is_like(&self, other: &Self) -> bool {
        let mut places = self.at.iter().zip(&other.at);
        self.what.is_like(&other.what)
            && (self.opacity - other.opacity).abs() < SAME_OPACITY
            && places.all(|(one, other)| (one - other).abs() < NEAR)
    }

    fn name(&self) -> String {
        let [x, y, ..] = self.at;
        let what = match &self.what {
            What::Letter(text, _) => {
                let mut letter = String::new();
                text.push_to(&mut letter);
                format!("the letter \"{letter}\"")
            }
            What::Shape(_) => "a line or filled area".to_owned(),
            What::Picture((columns, rows), _) => format!("a picture of {columns} × {rows} points"),
        };
        format!("{what} at {x:.0}, {y:.0}")
    }
}

impl Hash for ComparedMark {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (kind, one, other) = self.what.numbers();
        let [left, bottom, right, top] = self.at.map(f64::to_bits);
        let kind = kind << 32 | u64::from(self.opacity.to_bits());
        // In one piece: a page has thousands of marks, and each piece takes its time.
        let numbers = [kind, one, other, left, bottom, right, top];
        state.write(numbers.map(u64::to_le_bytes).as_flattened());
        if let What::Letter(LetterText::Several(text), _) = &self.what {
            text.hash(state);
        }
    }
}
