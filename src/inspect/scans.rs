//! Boxes that were painted into a scan after its text was recognised: the text layer still says what they hide.

use super::covers::Covers;
use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, OpenPage, Tone, View, Writing, lines};

/// What a box hides differs by so much in itself; blank paper does not.
pub(super) const CONTENT: u8 = 60;

/// The lightest point of a box that was painted into a scan: compression makes black uneven.
const BLACK: u8 = 64;

/// Paper and black differ by less than this in themselves; dark photographs, on which a word is recognised by chance, by more.
const BLANK: u8 = 24;

/// A text layer fits its scan if so many of its words, and so large a part of them, stand on something.
const MIN_INKED: usize = 10;
const INKED: f64 = 0.85;

/// A box over a few words is as long as this, in points, without the ends of its first and last word.
const SHORTEST_RUN: f64 = 40.0;

/// Shorter words in a text layer are dirt or rules that were taken for letters.
const MIN: usize = 3;

/// What the ink of a word is like at the least, as measured on 3,600 words of 17 recognised scans: the least uneven had 0.38,
/// only one in a hundred fewer than 0.5 strokes a letter, the shortest 0.69 of its width. Hatchings, noise and scribble are
/// uneven by 0.02 to 0.24; coarse points and blur have 0.08 to 0.17 strokes a letter; labels 0.06 to 0.32 of the width.
const UNEVEN: f64 = 0.3;
const STROKES: f64 = 0.2;
const SPAN: f64 = 0.45;

/// What was blurred or made coarse is paler than this part of the other words of its page, and has fewer than this part of
/// their strokes for each letter. Measured on four such words of two scans at 150 dots an inch: 0.23 to 0.32 of the contrast,
/// 0.08 to 0.39 of the strokes.
const PALE: f64 = 0.4;
const FEW: f64 = 0.5;

/// Rows of dots and rules, which are recognised as all kinds of words, are more uneven than this, and words less.
const LEADER: f64 = 2.0;

/// Scripts with small letters end before this sign; those of others have ink all over.
const LAST_LETTER: char = '\u{590}';

/// Words of fewer letters than this may be of one stroke.
const MIN_STROKES: usize = 4;

/// A bar ends so many heights of a word above it, or below; and so many words, or fewer, are recognised on a photograph by
/// chance.
const BAR: f64 = 1.6;
const MAX_STRAY: usize = 2;

/// How much of their height text layers stand above or below the ink where they are badly placed.
const MISPLACED: f64 = 0.8;

/// A word of the text layer.
pub(super) struct LayerWord {
    /// The part that certainly lies within its letters: text layers stand a little beside the ink.
    pub(super) core: Rect,
    /// Its letters with a little above and below.
    pub(super) whole: Rect,
    letters: usize,
    /// Whether its ink can be told from other ink.
    is_known: bool,
}

/// What there is of a word on the scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Ink that may be its own.
    Written,
    /// Nothing but black.
    Black,
    /// Nothing but paper.
    Blank,
    /// Ink that no word looks like.
    Foreign,
    /// It cannot be told.
    Unknown,
}

/// The words of the text layer that stand on the scan.
pub(super) fn words(view: &View, covers: &Covers<'_>) -> Vec<LayerWord> {
    if !covers.all().iter().any(|cover| cover.is_scan) {
        return Vec::new();
    }
    let of_layer = view.marks.iter().enumerate().filter_map(|(index, mark)| {
        let Drawn::Letter(letter) = &mark.drawn else {
            return None;
        };
        // Some programs write what they recognised beneath the scan in place of painting it with nothing.
        let above = || covers.above(index, letter.extent.middle());
        let is_layer = letter.ink == Ink::Invisible || above().is_some_and(|cover| cover.is_scan);
        is_layer.then_some(letter)
    });
    let words = lines(of_layer).into_iter().flat_map(|line| {
        let is_upright = line.angle % 180 == 0;
        line.words.into_iter().map(move |word| {
            let letters = word.text.chars().filter(|sign| sign.is_alphanumeric()).count();
            let mut signs = word.text.chars().filter(|sign| sign.is_alphabetic());
            let is_known = is_upright && signs.all(|sign| sign < LAST_LETTER);
            LayerWord::new(word.extent, letters, is_known)
        })
    });
    let words = words.filter(|word| word.letters >= MIN);
    words.filter(|word| covers.is_bare_scan(word.core.middle())).collect()
}

impl LayerWord {
    fn new(area: Rect, letters: usize, is_known: bool) -> Self {
        let (x, y) = (area.width() / 8.0, area.height() / 3.5);
        let core = Rect::new(area.left + x, area.bottom + y, area.right - x, area.top - y);
        let around = area.height() / 8.0;
        let whole = Rect { bottom: area.bottom - around, top: area.top + around, ..area };
        Self { core, whole, letters, is_known }
    }

    /// The same so much of its height further up.
    fn moved(&self, by: f64) -> Self {
        let by = by * (self.whole.top - self.whole.bottom);
        let up = |area: Rect| Rect { bottom: area.bottom + by, top: area.top + by, ..area };
        Self { core: up(self.core), whole: up(self.whole), ..*self }
    }

    /// By the tones of the pictures at its core and by their ink all over it. White letters on black are lighter than that;
    /// several pictures, one above the other, cannot be told from each other.
    fn state(&self, tones: &[Tone], writing: &[Writing]) -> State {
        let is_blank = |tone: &Tone| tone.contrast() < BLANK && tone.light > BLACK;
        let mut inked = writing.iter().filter(|ink| ink.contrast >= CONTENT).peekable();
        match tones {
            [] => State::Unknown,
            [tone] if tone.light <= BLACK && tone.contrast() < BLANK => State::Black,
            tones if tones.iter().all(is_blank) => State::Blank,
            _ if self.is_known
                && inked.peek().is_some()
                && !inked.any(|ink| self.may_be_written(ink)) =>
            {
                State::Foreign
            }
            tones if tones.iter().any(|tone| tone.contrast() >= CONTENT) => State::Written,
            _ => State::Unknown,
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "no word has so many letters")]
    fn may_be_written(&self, ink: &Writing) -> bool {
        let is_long = self.letters >= MIN_STROKES && ink.unevenness < LEADER;
        ink.unevenness >= UNEVEN
            && (!is_long || ink.strokes >= STROKES * self.letters as f64)
            && (!is_long || ink.span >= SPAN)
    }
}

/// Where the text layer says words that the scan does not show: something was painted into it.
pub(super) fn find(
    page: OpenPage<'_, '_>,
    view: &View,
    words: &[LayerWord],
    (tones, writing): (&[Vec<Tone>], &[Vec<Writing>]),
) -> Vec<Leak> {
    let both = words.iter().zip(tones.iter().zip(writing));
    let states: Vec<State> =
        both.map(|(word, (tones, writing))| word.state(tones, writing)).collect();
    let states = with_smudges(words, states, writing);
    let black = words.iter().zip(&states).filter(|(_, state)| **state == State::Black);
    let black: Vec<&LayerWord> = black.map(|(word, _)| word).collect();
    let black = black.iter().filter(|word| black.len() > MAX_STRAY || has_ends(page, word));
    let areas = black.map(|word| word.core).chain(lost(page, words, &states));
    let leak = |area: Rect| Leak {
        kind: LeakKind::Redaction(Redaction::LayerBeneath),
        place: LeakPlace::of(area, view.size.1),
    };
    areas.map(leak).collect()
}

/// Words of which nothing is left but a smudge, as seen against the others of the page, are those of other ink.
fn with_smudges(
    words: &[LayerWord],
    mut states: Vec<State>,
    writing: &[Vec<Writing>],
) -> Vec<State> {
    let of_word = |at: usize| {
        let (word, inks) = (words.get(at)?, writing.get(at)?);
        let ink = inks.iter().max_by_key(|ink| ink.contrast)?;
        let is_asked = word.is_known && word.letters >= MIN_STROKES;
        #[allow(clippy::cast_precision_loss, reason = "no word has so many letters")]
        is_asked.then(|| (f64::from(ink.contrast), ink.strokes / word.letters as f64))
    };
    let written = states.iter().enumerate().filter(|(_, state)| **state == State::Written);
    let (contrasts, strokes): (Vec<f64>, Vec<f64>) =
        written.filter_map(|(at, _)| of_word(at)).unzip();
    let Some((contrast, strokes)) = median(contrasts).zip(median(strokes)) else {
        return states;
    };
    for (at, state) in states.iter_mut().enumerate() {
        let is_smudge = |(own, few): (f64, f64)| own < PALE * contrast && few < FEW * strokes;
        if *state != State::Black && of_word(at).is_some_and(is_smudge) {
            *state = State::Foreign;
        }
    }
    states
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Whether the black on a word ends above or below it, as a bar does and a dark photograph does not.
fn has_ends(page: OpenPage<'_, '_>, word: &LayerWord) -> bool {
    let around = [BAR, -BAR].map(|by| word.moved(by).core);
    let ends = |tones: &Vec<Tone>| tones.iter().all(|tone| tone.light > BLACK);
    page.tones(&around).iter().any(ends)
}

/// Where a text layer that otherwise fits its scan goes on over blank paper, or over what is no writing.
fn lost(page: OpenPage<'_, '_>, words: &[LayerWord], states: &[State]) -> Vec<Rect> {
    let written = states.iter().filter(|state| **state == State::Written).count();
    if written < MIN_INKED || (written as f64) < INKED * words.len() as f64 {
        return Vec::new();
    }
    let mut runs: Vec<(Rect, Vec<usize>)> = Vec::new();
    let mut goes_on = false;
    for (at, (word, state)) in words.iter().zip(states).enumerate() {
        match runs.last_mut() {
            _ if !matches!(state, State::Blank | State::Foreign) => goes_on = false,
            Some((run, members)) if goes_on && is_beside(*run, word.core) => {
                *run = run.join(word.core);
                members.push(at);
            }
            _ => {
                runs.push((word.core, vec![at]));
                goes_on = true;
            }
        }
    }
    runs.retain(|(run, _)| run.width().max(run.height()) >= SHORTEST_RUN);
    runs.retain(|(_, members)| !is_misplaced(page, words, states, members));
    runs.into_iter().map(|(run, _)| run).collect()
}

/// Whether words without ink have it a little above or below, where no other words claim it.
fn is_misplaced(
    page: OpenPage<'_, '_>,
    words: &[LayerWord],
    states: &[State],
    members: &[usize],
) -> bool {
    if members.iter().any(|at| states.get(*at) != Some(&State::Blank)) {
        return false;
    }
    let is_claimed = |area: Rect| words.iter().any(|word| !word.core.is_apart_from(area));
    [MISPLACED, -MISPLACED].into_iter().any(|by| {
        let moved = members.iter().filter_map(|at| words.get(*at)).map(|word| word.moved(by));
        let moved: Vec<LayerWord> = moved.collect();
        let wholes: Vec<Rect> = moved.iter().map(|word| word.whole).collect();
        let (_, writing) = page.tones_and_writing(&[], &wholes);
        let is_written = |(word, inks): (&LayerWord, &Vec<Writing>)| {
            let mut inks = inks.iter().filter(|ink| ink.contrast >= CONTENT);
            inks.any(|ink| ink.unevenness < LEADER && word.may_be_written(ink))
        };
        !moved.iter().any(|word| is_claimed(word.core))
            && moved.iter().zip(&writing).all(is_written)
    })
}

/// Whether a word goes on in the line of what stands before it.
fn is_beside(run: Rect, word: Rect) -> bool {
    let overlap = |a: (f64, f64), b: (f64, f64)| a.0 < b.1 && b.0 < a.1;
    overlap((run.bottom, run.top), (word.bottom, word.top))
        || overlap((run.left, run.right), (word.left, word.right))
}
