//! Text that is meant to be gone and is still there.

use std::collections::HashMap;

use super::covers::{Covers, Ground};
use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, Letter, LetterText, Line, Mark, Rgb, View, lines};

/// Colours this near to each other cannot be told apart on paper.
const SAME: f32 = 12.0;

/// A letter drawn again within this part of its size is seen all the same: a background was painted late, or the
/// letter has a shadow.
const AGAIN: f64 = 0.35;

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 2.0;

/// How many of the points looked at may be seen of a letter that is hidden all the same.
const MAY_SHOW: usize = 1;

/// Words that stand beneath boxes because somebody wrote them there in place of what was removed.
const STAND_INS: [&str; 6] =
    ["redacted", "redaction", "confidential", "privileged", "privilege", "withheld"];

/// Text that can still be read beneath something, or in its background's colour.
pub(super) fn find(view: &View, covers: &Covers<'_>) -> Vec<Leak> {
    // Most pages end here.
    if letters(view).all(|(_, _, letter)| is_plain_to_see(letter, covers)) {
        return Vec::new();
    }
    let mut hidden: [Vec<&Letter>; 3] = Default::default();
    let mut in_sight: Vec<&Letter> = Vec::new();
    for (index, mark, letter) in letters(view) {
        match fate(index, mark, letter, covers, view) {
            LetterFate::Seen => in_sight.push(letter),
            LetterFate::Hidden(Redaction::TextBeneath) => hidden[0].push(letter),
            LetterFate::Hidden(Redaction::SameColour) => hidden[1].push(letter),
            LetterFate::Hidden(_) => hidden[2].push(letter),
            LetterFate::Elsewhere => {}
        }
    }
    if hidden.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let all: Vec<&Letter> = hidden.iter().flatten().chain(&in_sight).copied().collect();
    let stacks = Stacks::of(&all);
    let seen = LettersInSight::of(in_sight);
    let kinds = [Redaction::TextBeneath, Redaction::SameColour, Redaction::LayerBeneath];
    kinds
        .into_iter()
        .zip(hidden)
        .flat_map(|(kind, letters)| {
            let gone = letters.into_iter();
            let gone = gone.filter(|letter| !seen.shows(letter) && !stacks.hold(letter));
            let mut told = lines(gone);
            told.retain(|line| tells_something(&line.text()) && !seen.says(line));
            if is_date_stamp(&told) {
                told.clear();
            }
            told.into_iter().map(move |line| Leak {
                kind: LeakKind::Redaction(kind),
                place: LeakPlace::of(line.extent, view.size.1),
            })
        })
        .collect()
}

fn letters(view: &View) -> impl Iterator<Item = (usize, &Mark, &Letter)> {
    view.marks.iter().enumerate().filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Letter(letter) if !letter.text.is_blank() => Some((index, mark, letter)),
        _ => None,
    })
}

/// Whether nothing is painted above or beneath a letter, and its ink is no white on white.
fn is_plain_to_see(letter: &Letter, covers: &Covers<'_>) -> bool {
    let is_lost = match letter.ink {
        Ink::Invisible => true,
        Ink::Pattern => letter.opacity < 0.02,
        Ink::Plain(ink) => is_lost(ink, letter.opacity, Rgb([u8::MAX; 3])),
    };
    !is_lost && !covers.touch(letter.extent)
}

/// What becomes of a letter.
enum LetterFate {
    Seen,
    Hidden(Redaction),
    /// Cut off by a clip, outside of the page, or in the text layer of a scan.
    Elsewhere,
}

fn fate(
    index: usize,
    mark: &Mark,
    letter: &Letter,
    covers: &Covers<'_>,
    view: &View,
) -> LetterFate {
    let points = points(letter);
    let page = view.area();
    if letter.up.0.hypot(letter.up.1) < SMALLEST {
        return LetterFate::Elsewhere;
    }
    if points.iter().any(|point| !page.contains(*point) || !mark.is_let_through(*point)) {
        return LetterFate::Elsewhere;
    }
    let enough = |count: usize| count + MAY_SHOW >= points.len();
    let above: Vec<_> = points.iter().filter_map(|point| covers.above(index, *point)).collect();
    let beneath_scan = above.iter().any(|cover| cover.is_scan);
    if letter.ink == Ink::Invisible
        || letter.opacity < 0.02
        || (beneath_scan && enough(above.len()))
    {
        let boxed = points.iter().filter(|point| covers.over_scan(**point).is_some()).count();
        return if enough(boxed) {
            LetterFate::Hidden(Redaction::LayerBeneath)
        } else {
            LetterFate::Elsewhere
        };
    }
    if enough(above.len()) {
        let boxed = above.iter().filter(|cover| !cover.is_scan).count();
        return if enough(boxed) {
            LetterFate::Hidden(Redaction::TextBeneath)
        } else {
            LetterFate::Elsewhere
        };
    }
    let Ink::Plain(ink) = letter.ink else {
        return LetterFate::Seen;
    };
    let same = points.iter().all(|point| match covers.beneath(index, *point) {
        Ground::Paper => is_lost(ink, letter.opacity, Rgb([u8::MAX; 3])),
        Ground::Plain(colour) => is_lost(ink, letter.opacity, colour),
        Ground::Mixed => false,
    });
    if same { LetterFate::Hidden(Redaction::SameColour) } else { LetterFate::Seen }
}

/// Whether ink of some opacity cannot be told from what it lies on.
fn is_lost(Rgb(ink): Rgb, opacity: f32, Rgb(ground): Rgb) -> bool {
    ink.into_iter()
        .zip(ground)
        .all(|(ink, ground)| f32::from(ink.abs_diff(ground)) * opacity <= SAME)
}

/// Points that a letter's strokes surround: a rule through the letter, or under it, covers few of them.
fn points(letter: &Letter) -> [(f64, f64); 12] {
    let low =
        matches!(letter.text, LetterText::One(letter) if "acegmnopqrsuvwxyz".contains(letter));
    let top = if low { 0.46 } else { 0.64 };
    let across = [0.06, 0.06 + (top - 0.06) / 3.0, top - (top - 0.06) / 3.0, top];
    let along = [0.2, 0.5, 0.8];
    let mut points = [letter.origin; 12];
    let grid = across.into_iter().flat_map(|across| along.map(|along| (along, across)));
    for (point, (along, across)) in points.iter_mut().zip(grid) {
        point.0 += along * letter.advance.0 + across * letter.up.0;
        point.1 += along * letter.advance.1 + across * letter.up.1;
    }
    points
}

/// Whether boxes hold nothing but one date, again and again: some programs write the day of the redaction into each,
/// and cut it off where the box ends.
fn is_date_stamp(told: &[Line]) -> bool {
    let words: Vec<&str> =
        told.iter().flat_map(|line| &line.words).map(|word| word.text.as_str()).collect();
    let Some(date) = words.iter().max_by_key(|word| word.len()) else {
        return false;
    };
    let is_date = date.chars().filter(char::is_ascii_digit).count() >= 6
        && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
    is_date && words.len() >= 3 && words.iter().all(|word| date.contains(word))
}

/// Places where letters of a font of signs are drawn upon each other to make up one sign: its shadow, its ground, its rim.
struct Stacks(HashMap<(i64, i64), Vec<LetterText>>);

impl Stacks {
    /// So many different letters at one place are no text.
    const MIN: usize = 4;

    fn of(letters: &[&Letter]) -> Self {
        let mut stacks: HashMap<_, Vec<LetterText>> = HashMap::new();
        for letter in letters {
            let texts = stacks.entry(spot(letter)).or_default();
            if !texts.contains(&letter.text) {
                texts.push(letter.text.clone());
            }
        }
        stacks.retain(|_, texts| texts.len() >= Self::MIN);
        Self(stacks)
    }

    fn hold(&self, letter: &Letter) -> bool {
        self.0.contains_key(&spot(letter))
    }
}

/// Where a letter starts, in tenths of a point.
#[allow(clippy::cast_possible_truncation, reason = "letters that are looked at lie on the page")]
fn spot(letter: &Letter) -> (i64, i64) {
    let (x, y) = letter.origin;
    ((x * 10.0).round() as i64, (y * 10.0).round() as i64)
}

/// The letters that are seen, to be found by place.
#[derive(Default)]
struct LettersInSight<'v>(HashMap<(i64, i64), Vec<&'v Letter>>);

/// The size of a field of the map of letters, in points.
const FIELD: f64 = 8.0;

impl<'v> LettersInSight<'v> {
    fn of(letters: Vec<&'v Letter>) -> Self {
        let mut seen = Self::default();
        for letter in letters {
            seen.0.entry(field(letter.origin)).or_default().push(letter);
        }
        seen
    }

    /// Whether the same letter is seen at the same place.
    fn shows(&self, hidden: &Letter) -> bool {
        let reach = AGAIN * hidden.up.0.hypot(hidden.up.1);
        let (x, y) = field(hidden.origin);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
        around.filter_map(|field| self.0.get(&field)).flatten().any(|letter| {
            let (dx, dy) = (letter.origin.0 - hidden.origin.0, letter.origin.1 - hidden.origin.1);
            letter.text == hidden.text && dx.hypot(dy) <= reach
        })
    }
}

impl LettersInSight<'_> {
    /// Whether a line is seen just there, in another size or a little aside: it was set anew.
    fn says(&self, hidden: &Line) -> bool {
        let (area, reach) = (hidden.extent, hidden.size);
        let near =
            Rect::new(area.left - reach, area.bottom - reach, area.right + reach, area.top + reach);
        let letters = self.0.values().flatten().copied();
        let around = letters.filter(|letter| near.contains(letter.origin));
        let hidden = squeeze(hidden);
        lines(around).iter().any(|line| squeeze(line).contains(&hidden))
    }
}

fn squeeze(line: &Line) -> String {
    line.words.iter().map(|word| word.text.as_str()).collect()
}

#[allow(clippy::cast_possible_truncation, reason = "letters that are looked at lie on the page")]
fn field((x, y): (f64, f64)) -> (i64, i64) {
    ((x / FIELD).floor() as i64, (y / FIELD).floor() as i64)
}

/// Whether hidden text would tell anybody anything: not a row of X, a lone letter or the word "redacted".
fn tells_something(text: &str) -> bool {
    let unknown = |letter: char| letter == char::REPLACEMENT_CHARACTER;
    let letters: Vec<char> =
        text.chars().filter(|letter| letter.is_alphanumeric() || unknown(*letter)).collect();
    let differ = letters.iter().any(|letter| Some(letter) != letters.first() || unknown(*letter));
    let stands_in = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| STAND_INS.contains(&word.to_lowercase().as_str()));
    letters.len() >= 2 && differ && (!stands_in || letters.iter().any(|letter| unknown(*letter)))
}
