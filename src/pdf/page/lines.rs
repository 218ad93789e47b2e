//! Words and lines, put together from letters.

use super::{Letter, View};
use crate::model::geometry::Rect;

/// Letters further apart than this part of an em are two words.
const WORD_GAP: f64 = 0.2;
/// Words further apart than this many ems are two lines, as the columns of a table are.
const COLUMN_GAP: f64 = 2.5;
/// Baselines closer than this part of an em are one line.
const SAME_LINE: f64 = 0.35;

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub extent: Rect,
}

/// Words that stand side by side on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The words, in the order read.
    pub words: Vec<Word>,
    /// Where they stand.
    pub extent: Rect,
    /// Which way the text runs: anticlockwise from left to right, in whole degrees from 0 to 359.
    pub angle: u16,
    /// The size of its letters in points.
    pub size: f64,
}

impl Line {
    /// The words with a space between them.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// The lines of some letters of a page, from top to bottom for each direction of text.
pub(crate) fn lines<'v>(letters: impl IntoIterator<Item = &'v Letter>) -> Vec<Line> {
    let mut placed: Vec<PlacedLetter<'_>> =
        letters.into_iter().filter_map(PlacedLetter::new).collect();
    // Same direction together, then down the page in steps of about half a line, then along the line.
    placed.sort_by(|one, other| {
        (one.angle, other.across)
            .partial_cmp(&(other.angle, one.across))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut lines = Vec::new();
    let mut rest = placed.as_mut_slice();
    while let Some(first) = rest.first() {
        let (angle, across, size) = (first.angle, first.across, first.size);
        let same = |letter: &PlacedLetter<'_>| {
            letter.angle == angle && (letter.across - across).abs() <= SAME_LINE * size
        };
        let end = rest.iter().position(|letter| !same(letter)).unwrap_or(rest.len());
        let (row, others) = rest.split_at_mut(end);
        row.sort_by(|one, other| one.along.total_cmp(&other.along));
        split(row, &mut lines);
        rest = others;
    }
    lines
}

impl View {
    /// The lines of everything on the page that can be read or copied, seen or not.
    pub fn lines(&self) -> Vec<Line> {
        lines(self.letters().map(|(_, letter)| letter))
    }
}

/// A letter with its place along and across its own direction.
struct PlacedLetter<'v> {
    letter: &'v Letter,
    angle: u16,
    along: f64,
    end: f64,
    across: f64,
    size: f64,
}

impl<'v> PlacedLetter<'v> {
    /// `None` for a letter whose place cannot be told.
    fn new(letter: &'v Letter) -> Option<Self> {
        let (up_x, up_y) = letter.up;
        let size = up_x.hypot(up_y);
        let (x, y) = letter.origin;
        if !(size > 1e-6 && size.is_finite() && x.is_finite() && y.is_finite()) {
            return None;
        }
        // The line runs at a right angle to the way up; mirrored text runs along its advance.
        let (mut dx, mut dy) = (up_y / size, -up_x / size);
        let forward = letter.advance.0 * dx + letter.advance.1 * dy;
        if forward < -1e-6 {
            (dx, dy) = (-dx, -dy);
        }
        let along = x * dx + y * dy;
        Some(Self {
            letter,
            angle: degrees(dx, dy),
            along,
            end: along + forward.abs(),
            across: -x * dy + y * dx,
            size,
        })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 359")]
fn degrees(dx: f64, dy: f64) -> u16 {
    // Most text is upright.
    if dy == 0.0 && dx > 0.0 {
        return 0;
    }
    dy.atan2(dx).to_degrees().round().rem_euclid(360.0) as u16
}

/// Cuts a row of letters into words, and where there is much room between them into lines.
fn split(row: &[PlacedLetter<'_>], lines: &mut Vec<Line>) {
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut end = f64::NEG_INFINITY;
    let mut last: Option<&PlacedLetter<'_>> = None;
    for placed in row {
        // Bold type made by printing twice, and shadows.
        let doubled = last.is_some_and(|last| {
            (placed.along - last.along).abs() < 0.1 * placed.size
                && placed.letter.text == last.letter.text
        });
        if doubled {
            continue;
        }
        let gap = placed.along - end;
        let blank = placed.letter.text.is_blank();
        if blank || gap > WORD_GAP * placed.size {
            words.extend(word.take());
        }
        if gap > COLUMN_GAP * placed.size {
            finish(&mut words, row, lines);
        }
        if !blank {
            let word = word
                .get_or_insert_with(|| Word { text: String::new(), extent: placed.letter.extent });
            placed.letter.text.push_to(&mut word.text);
            word.extent = word.extent.join(placed.letter.extent);
            end = placed.end;
        } else if gap <= COLUMN_GAP * placed.size {
            // Spaces bridge a gap; a long run of them is a column all the same.
            end = end.max(placed.along);
        }
        last = Some(placed);
    }
    words.extend(word);
    finish(&mut words, row, lines);
}

fn finish(words: &mut Vec<Word>, row: &[PlacedLetter<'_>], lines: &mut Vec<Line>) {
    let (Some(first), Some(word)) = (row.first(), words.first()) else {
        return;
    };
    let extent = words.iter().fold(word.extent, |extent, word| extent.join(word.extent));
    lines.push(Line { words: std::mem::take(words), extent, angle: first.angle, size: first.size });
}
