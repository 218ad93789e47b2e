//! What the rules need to know of what a page shows.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::geometry::Rect;
use crate::look::{Drawn, Ink, Line, Rgb, View};

/// A page with no more letters than this is not a page of text; a stamped number, or `Page 12 of 300`, is less.
const FEW_LETTERS: usize = 24;

/// A picture that takes this part of a page is a scan of one, or a photograph.
const LARGE: f64 = 0.3;

/// Pictures smaller than this, in square points, are logos and the like, whose resolution matters to nobody.
const SMALL: f64 = 72.0 * 72.0;

/// Words in a row that make one shingle.
const SHINGLE: usize = 3;

/// Pages of fewer words are not compared by their words.
const FEW_WORDS: usize = 12;

/// A picture as placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Dots per inch, the smaller of both directions.
    pub(super) dpi: f64,
    /// The part of the page that it takes, from 0 to 1.
    pub(super) share: f64,
    /// Where it stands, in parts of the width and height of the page from the top left corner: left, top, right, bottom.
    pub(super) area: [f64; 4],
    /// The object that holds it.
    pub(super) object: Option<(u32, i32)>,
}

/// What one page shows, without the numbers in its margins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageContent {
    /// Letters that can be found and copied.
    pub(super) letters: usize,
    /// Letters by the direction in which they run: upright, to the top, upside down, to the bottom.
    pub(super) turned: [usize; 4],
    /// The pictures that are no logos.
    pub(super) pictures: Vec<Placed>,
    /// Whether anything but a picture can be seen.
    pub(super) drawn: bool,
    /// Its words, three by three, hashed; empty where there are too few to tell one page from another.
    pub(super) shingles: HashSet<u64>,
    /// Whether all of it could be understood.
    pub(super) whole: bool,
}

impl PageContent {
    /// What a view shows, leaving out the letters that stand in `stamps`, the numbers in the margins.
    pub(super) fn new(view: &View, lines: &[Line], stamps: &[Rect]) -> Self {
        let page = view.area();
        let stamped = |extent: Rect| {
            let (x, y) = (
                (extent.left + extent.right) / 2.0,
                (extent.bottom + extent.top) / 2.0,
            );
            stamps.iter().any(|stamp| {
                (stamp.left..=stamp.right).contains(&x) && (stamp.bottom..=stamp.top).contains(&y)
            })
        };
        let mut content = Self {
            letters: 0,
            turned: [0; 4],
            pictures: Vec::new(),
            drawn: false,
            shingles: shingles(lines, stamped),
            whole: view.whole,
        };
        for line in lines {
            let letters: usize = line
                .words
                .iter()
                .filter(|word| !stamped(word.extent))
                .map(|word| word.text.chars().count())
                .sum();
            content.letters += letters;
            let quarter = usize::from((line.angle + 45) / 90 % 4);
            if let Some(turned) = content.turned.get_mut(quarter) {
                *turned += letters;
            }
        }
        for mark in &view.marks {
            let Some(seen) = mark.seen.and_then(|seen| seen.intersection(page)) else {
                continue;
            };
            match &mark.drawn {
                Drawn::Letter(letter) => {
                    content.drawn |= letter.ink != Ink::Invisible
                        && !letter.text.is_blank()
                        && letter.ink != Ink::Plain(WHITE)
                        && !stamped(letter.extent);
                }
                Drawn::Shape(shape) => {
                    content.drawn |= shape.colour != Some(WHITE)
                        && shape.opacity > 0.0
                        && !frames(shape.extent, stamps);
                }
                Drawn::Picture(picture) => {
                    let area = seen.width() * seen.height();
                    let blank = picture.uniform == Some(WHITE);
                    if !blank && (area >= SMALL || area >= LARGE * page.width() * page.height()) {
                        content.pictures.push(Placed {
                            dpi: dpi(picture.pixels, picture.sides),
                            share: area / (page.width() * page.height()).max(1.0),
                            area: [
                                seen.left / page.width(),
                                1.0 - seen.top / page.height(),
                                seen.right / page.width(),
                                1.0 - seen.bottom / page.height(),
                            ],
                            object: picture.object,
                        });
                    } else {
                        content.drawn |= !blank;
                    }
                }
            }
        }
        content
    }

    /// The picture that makes it one that nobody can search, if there is one.
    pub(super) fn unsearchable(&self) -> Option<&Placed> {
        let large = self.pictures.iter().find(|picture| picture.share >= LARGE);
        large.filter(|_| self.letters <= FEW_LETTERS)
    }

    /// Whether what it shows can only be told from its pictures.
    pub(super) fn is_picture(&self) -> bool {
        self.letters <= FEW_LETTERS && !self.pictures.is_empty()
    }

    /// Whether nothing is to be seen, pictures aside.
    pub(super) fn is_empty(&self) -> bool {
        self.whole && !self.drawn && self.letters == 0
    }

    /// The direction of most of its text in quarter turns anticlockwise, where that is not upright.
    pub(super) fn turn(&self) -> Option<usize> {
        let total: usize = self.turned.iter().sum();
        if total < FEW_LETTERS {
            return None;
        }
        (1..4).find(|turn| {
            self.turned
                .get(*turn)
                .is_some_and(|letters| letters * 2 > total)
        })
    }
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

fn shingles(lines: &[Line], stamped: impl Fn(Rect) -> bool) -> HashSet<u64> {
    let words: Vec<String> = lines
        .iter()
        .flat_map(|line| &line.words)
        .filter(|word| !stamped(word.extent))
        .map(|word| word.text.to_lowercase())
        .collect();
    if words.len() < FEW_WORDS {
        return HashSet::new();
    }
    words
        .windows(SHINGLE)
        .map(|words| {
            let mut hasher = DefaultHasher::new();
            words.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}
