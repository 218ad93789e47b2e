//! Text that is meant to be gone and is still there.

use std::collections::HashMap;

use super::covers::Covers;
use super::fates::{LetterFate, fates};
use super::redundant::{is_date_stamp, is_inside_word, is_redundant, tells_something};
use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Letter, LetterText, Line, Mark, OpenPage, View, lines};

/// A letter drawn again within this part of its size is seen all the same: a background was painted late, or the
/// letter has a shadow.
const AGAIN: f64 = 0.35;

/// Text that can still be read beneath something, or in its background's colour. `by_readers` is what readers paint by
/// themselves.
pub(super) fn find(
    page: OpenPage<'_, '_>,
    view: &View,
    covers: &Covers<'_>,
    by_readers: &[Mark],
) -> Vec<Leak> {
    let fates = fates(page, view, covers, by_readers);
    let with = |fate: LetterFate| {
        let letters = fates.iter().filter(move |(_, own)| *own == fate);
        letters.map(|(letter, _)| *letter)
    };
    let kinds = [Redaction::TextBeneath, Redaction::SameColour, Redaction::LayerBeneath];
    let hidden = kinds.map(|kind| with(LetterFate::Hidden(kind)).collect::<Vec<&Letter>>());
    if hidden.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let all: Vec<&Letter> =
        hidden.iter().flatten().copied().chain(with(LetterFate::Seen)).collect();
    let stacks = Stacks::of(&all);
    let in_sight = lines(with(LetterFate::Seen));
    let seen = LettersInSight::of(with(LetterFate::Seen).collect());
    let told = kinds.into_iter().zip(hidden).flat_map(|(kind, letters)| {
        let gone = letters.into_iter();
        let gone = gone.filter(|letter| !seen.shows(letter) && !stacks.hold(letter));
        let mut told = lines(gone);
        told.retain(|line| tells_something(&line.text()) && !seen.says(line));
        if is_date_stamp(&told) {
            told.clear();
        }
        told.into_iter().map(move |line| (kind, line))
    });
    told.map(|(kind, line)| Leak {
        kind: match is_redundant(&line, &in_sight, view.size.1) || is_inside_word(&line, &in_sight)
        {
            true => LeakKind::Redundant,
            false => LeakKind::Redaction(kind),
        },
        place: LeakPlace::of(line.extent, view.size.1),
    })
    .collect()
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
pub(super) struct LettersInSight<'v>(HashMap<(i64, i64), Vec<&'v Letter>>);

/// The size of a field of the map of letters, in points.
const FIELD: f64 = 8.0;

impl<'v> LettersInSight<'v> {
    pub(super) fn of(letters: Vec<&'v Letter>) -> Self {
        let mut seen = Self::default();
        for letter in letters {
            seen.0.entry(field(letter.origin)).or_default().push(letter);
        }
        seen
    }

    /// Whether the same letter is seen at the same place.
    pub(super) fn shows(&self, hidden: &Letter) -> bool {
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
