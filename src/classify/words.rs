//! The words of a page as they are compared: letters and digits alone, in capitals, letters that look alike made one.

use unicode_normalization::UnicodeNormalization;

use crate::model::geometry::Rect;
use crate::pdf::page::Line;

/// The parts of a page in which the number of a form is a heading, and not a mention.
const HEAD: f64 = 0.2;
const FOOT: f64 = 0.15;

/// The head or foot of a page alone.
const EDGE: f64 = 0.08;

/// A heading is larger than the text by this factor.
const LARGER: f64 = 1.15;

/// Of a page with so many rows the first and the last three are its edges, wherever they stand.
const MIN_ROWS: usize = 8;
const EDGE_ROWS: usize = 3;

/// Lines further apart than this many times their size do not belong together.
const LINE_SPACING: f64 = 2.2;

/// The letters and digits that a character stands for, in capitals, without accents.
pub(super) fn fold(c: char) -> impl Iterator<Item = u8> {
    let known = match c {
        'a'..='z' => Some(c.to_ascii_uppercase()),
        'A'..='Z' | '0'..='9' => Some(c),
        c if c.is_ascii() => None,
        c => crate::model::latin(c),
    };
    let ascii = known.and_then(|c| u8::try_from(c).ok());
    let others = (ascii.is_none() && !c.is_ascii()).then(|| std::iter::once(c).nfkd());
    let others = others.into_iter().flatten().filter(char::is_ascii_alphanumeric);
    let others = others.map(|c| u8::try_from(c.to_ascii_uppercase()).unwrap_or_default());
    ascii.into_iter().chain(others)
}

/// One letter for all that are mistaken for each other.
pub(super) fn look(letter: u8) -> u8 {
    match letter {
        b'0' => b'O',
        b'1' | b'L' => b'I',
        letter => letter,
    }
}

/// A run of letters and digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageToken {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its line.
    pub(super) line: usize,
    /// What stands between it and the word before: a space where nothing else does.
    pub(super) sign: char,
    /// Whether all of its letters are capitals.
    pub(super) is_upper: bool,
    /// Whether it begins with a capital or a digit.
    pub(super) is_capital: bool,
}

/// A line with what its place says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineOfWords {
    pub(super) extent: Rect,
    /// Its first word, and the one after its last.
    pub(super) words: (usize, usize),
    /// The row that it stands in.
    pub(super) row: usize,
    /// Whether it has its row for itself.
    pub(super) is_alone: bool,
    /// Whether it stands where headings do, or is larger than the text.
    pub(super) is_prominent: bool,
    /// Whether it is larger than the text, or stands at the very edge of the page.
    pub(super) is_apart: bool,
    /// Whether it is one of the first or last lines of the page.
    pub(super) is_edge: bool,
    /// What stands after its last word.
    pub(super) end: char,
}

/// The words of a page.
#[derive(Debug, Default)]
pub(super) struct TokenText {
    /// Letters and digits in capitals.
    pub(super) text: Vec<u8>,
    /// The same, letters mistaken for each other made one.
    pub(super) look: Vec<u8>,
    pub(super) words: Vec<PageToken>,
    pub(super) lines: Vec<LineOfWords>,
    /// For each position, the number of the word that ends there, plus one.
    ends: Vec<u32>,
    /// Whether a heading is made of letters that nobody can read.
    pub(super) has_unread_heading: bool,
    /// Whether it is a text of its own, and no page.
    pub(super) is_bare: bool,
}

impl TokenText {
    /// Those of a page of this height, whose lines stand in rows.
    pub(super) fn of_page(rows: &[Vec<Line>], height: f64) -> Self {
        let mut words = Self::default();
        let usual = usual_size(rows);
        let flat: Vec<(usize, &Line)> = rows
            .iter()
            .enumerate()
            .flat_map(|(row, lines)| lines.iter().map(move |line| (row, line)))
            .collect();
        let has_edges = rows.len() >= MIN_ROWS;
        for at in in_order(&flat) {
            let Some((row, line)) = flat.get(at).copied() else {
                continue;
            };
            let top = (height - line.extent.top) / height.max(1.0);
            let bottom = line.extent.bottom / height.max(1.0);
            let is_large = line.size >= LARGER * usual;
            let is_outer = has_edges && (row < EDGE_ROWS || row + EDGE_ROWS >= rows.len());
            let is_edge = top <= EDGE || bottom <= EDGE || is_outer;
            words.add(
                line.words.iter().map(|word| word.text.as_str()),
                LineOfWords {
                    extent: line.extent,
                    words: (0, 0),
                    row,
                    is_alone: rows.get(row).is_some_and(|row| row.len() == 1),
                    is_prominent: top <= HEAD || bottom <= FOOT || is_large || is_outer,
                    is_apart: top <= EDGE || bottom <= EDGE || is_large,
                    is_edge,
                    end: ' ',
                },
            );
        }
        words.finish();
        words
    }

    /// Those of a text that stands for itself, as that of a bookmark does.
    pub(super) fn of_text(text: &str) -> Self {
        let mut words = Self { is_bare: true, ..Self::default() };
        let line = LineOfWords {
            extent: Rect::new(0.0, 0.0, 0.0, 0.0),
            words: (0, 0),
            row: 0,
            is_alone: true,
            is_prominent: true,
            is_apart: true,
            is_edge: true,
            end: ' ',
        };
        words.add(std::iter::once(text), line);
        words.finish();
        words
    }

    fn add<'l>(&mut self, texts: impl Iterator<Item = &'l str>, mut line: LineOfWords) {
        let number = self.lines.len();
        let first = self.words.len();
        let (mut sign, mut inside) = (' ', false);
        let (mut unread, mut read) = (0, 0);
        for text in texts {
            inside = false;
            if !matches!(sign, ':' | ',' | '-' | '|' | '(' | ')' | '/' | '.' | '?') {
                sign = ' ';
            }
            for c in text.chars() {
                let before = self.text.len();
                self.text.extend(fold(c));
                if self.text.len() == before {
                    match c {
                        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                        c => {
                            unread += usize::from(c == char::REPLACEMENT_CHARACTER);
                            sign = if inside { ' ' } else { sign };
                            inside = false;
                            sign = stronger(sign, c);
                        }
                    }
                    continue;
                }
                read += 1;
                match self.words.last_mut().filter(|_| inside) {
                    Some(word) => {
                        word.end = self.text.len();
                        word.is_upper &= !c.is_lowercase();
                    }
                    None => self.words.push(PageToken {
                        start: before,
                        end: self.text.len(),
                        line: number,
                        sign,
                        is_upper: !c.is_lowercase(),
                        is_capital: !c.is_lowercase(),
                    }),
                }
                (sign, inside) = (' ', true);
            }
        }
        line.end = if inside { ' ' } else { sign };
        line.words = (first, self.words.len());
        self.has_unread_heading |= line.is_prominent && unread >= 4 && unread > read;
        self.lines.push(line);
    }

    fn finish(&mut self) {
        self.look = self.text.iter().map(|letter| look(*letter)).collect();
        self.ends = vec![0; self.text.len() + 1];
        for (number, word) in (1..).zip(&self.words) {
            if let Some(end) = self.ends.get_mut(word.end) {
                *end = number;
            }
        }
    }

    /// The word that ends at a position of the text.
    pub(super) fn ending_at(&self, end: usize) -> Option<usize> {
        let number = self.ends.get(end).copied().filter(|number| *number > 0)?;
        usize::try_from(number - 1).ok()
    }

    pub(super) fn line(&self, word: usize) -> Option<&LineOfWords> {
        self.lines.get(self.words.get(word)?.line)
    }

    /// What some words say, without what stands between them.
    pub(super) fn between(&self, first: usize, last: usize) -> (&[u8], &[u8]) {
        let span = self.words.get(first).zip(self.words.get(last));
        let span = span.map_or(0..0, |(first, last)| first.start..last.end);
        (self.text.get(span.clone()).unwrap_or_default(), self.look.get(span).unwrap_or_default())
    }
}

/// Of two signs between words the one that says more.
fn stronger(known: char, new: char) -> char {
    let new = match new {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2022}' | '-' => '-',
        '|' => '|',
        ':' | ';' => ':',
        ',' => ',',
        '(' | '[' => '(',
        ')' | ']' => ')',
        '/' => '/',
        '.' | '\u{2026}' => '.',
        '?' => '?',
        '_' | '*' => '_',
        _ => ' ',
    };
    if matches!(known, ' ' | '.' | ')') && new != ' ' { new } else { known }
}

/// The lines by their places, each followed by the one below it where there is one: a heading may be broken.
fn in_order(lines: &[(usize, &Line)]) -> Vec<usize> {
    const NEAR: usize = 8;
    let mut taken = vec![false; lines.len()];
    let mut order = Vec::with_capacity(lines.len());
    for first in 0..lines.len() {
        let mut next = Some(first);
        while let Some(at) = next {
            if std::mem::replace(taken.get_mut(at).unwrap_or(&mut true), true) {
                break;
            }
            order.push(at);
            let above = lines.get(at).map(|(_, line)| *line);
            next = (at + 1..lines.len().min(at + NEAR)).find(|below| {
                let pair = above.zip(lines.get(*below));
                taken.get(*below) == Some(&false)
                    && pair.is_some_and(|(above, (_, below))| follows(above, below))
            });
        }
    }
    order
}

fn follows(above: &Line, below: &Line) -> bool {
    let gap = above.extent.bottom - below.extent.top;
    let overlap = above.extent.left < below.extent.right && below.extent.left < above.extent.right;
    above.angle == below.angle
        && overlap
        && gap > -0.5 * above.size
        && gap < (LINE_SPACING - 1.0) * above.size.max(below.size)
}

/// The size of most letters.
fn usual_size(rows: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = rows
        .iter()
        .flatten()
        .map(|line| (line.size, line.words.iter().map(|word| word.text.len()).sum()))
        .collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, letters)| {
        passed += letters;
        passed > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}
