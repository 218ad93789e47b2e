//! Text that a reader of the page does not see and anybody who copies from it gets.

use std::cell::LazyCell;
use std::collections::HashMap;

use super::covers::Covers;
use super::redaction::LettersInSight;
use super::{Leak, LeakKind, LeakPlace};
use crate::model::geometry::Rect;
use crate::pdf::page::{Ink, Letter, LetterText, Mark, View};

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 2.0;

/// And those squeezed to less than this part of their height.
const NARROWEST: f64 = 0.02;

/// Fewer letters than this tell nothing: the remains of a word at an edge.
const MIN: usize = 3;

/// Why text is not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hidden {
    /// It stands outside of the part of the page that is displayed.
    Outside,
    /// It is not painted, and there is no picture whose text layer it could be.
    Unpainted,
    /// It is too small to be read.
    Tiny,
    /// A clip cuts it off.
    ClippedAway,
    /// It belongs to a layer that is not shown.
    Layer,
}

/// Text of a page that is not seen. `all` is the page with all of its layers shown, where it has any.
pub(super) fn find(view: &View, all: Option<&View>, covers: &Covers<'_>) -> Vec<Leak> {
    let mut found: Vec<(Hidden, usize, Rect)> = Vec::new();
    let mut add = |why: Hidden, letter: &Letter| match found.iter_mut().find(|found| found.0 == why)
    {
        Some((_, letters, area)) => {
            *letters += 1;
            *area = area.join(letter.extent);
        }
        None => found.push((why, 1, letter.extent)),
    };
    let painted = LazyCell::new(|| LettersInSight::of(painted(view)));
    for (mark, letter) in view.letters().filter(|(_, letter)| is_text(letter)) {
        match reason(mark, letter, view.area(), covers) {
            // Browsers paint a blurred shadow as a picture, and say there once more what it is the shadow of.
            Some(Hidden::Unpainted) if painted.shows(letter) => {}
            Some(why) => add(why, letter),
            None => {}
        }
    }
    for letter in all.map(|all| only_in(all, view)).unwrap_or_default() {
        add(Hidden::Layer, letter);
    }
    found
        .into_iter()
        .filter(|(_, letters, _)| *letters >= MIN)
        .map(|(why, letters, area)| Leak {
            kind: LeakKind::Hidden { why, letters },
            place: LeakPlace::of(area, view.size.1),
        })
        .collect()
}

/// The letters of a page that are painted on it.
fn painted(view: &View) -> Vec<&Letter> {
    let is_painted = |letter: &&Letter| letter.ink != Ink::Invisible && letter.opacity >= 0.02;
    view.letters().map(|(_, letter)| letter).filter(is_painted).collect()
}

fn is_text(letter: &Letter) -> bool {
    match &letter.text {
        LetterText::Unknown => false,
        LetterText::One(character) => character.is_alphanumeric(),
        LetterText::Several(characters) => characters.chars().any(char::is_alphanumeric),
    }
}

fn reason(mark: &Mark, letter: &Letter, page: Rect, covers: &Covers<'_>) -> Option<Hidden> {
    let area = letter.extent;
    let middle = area.middle();
    if !page.contains(middle) {
        let common = area.intersection(page).map_or(0.0, Rect::area);
        return (common <= 0.2 * area.area()).then_some(Hidden::Outside);
    }
    if !mark.is_let_through(middle) {
        return is_cut_off(mark, area).then_some(Hidden::ClippedAway);
    }
    if letter.ink == Ink::Invisible || letter.opacity < 0.02 {
        return (!covers.has_picture(middle)).then_some(Hidden::Unpainted);
    }
    let height = letter.up.0.hypot(letter.up.1);
    let width = letter.advance.0.hypot(letter.advance.1);
    // Fonts may give a letter no width at all, and draw it.
    let is_squeezed = width > 0.0 && width < NARROWEST * height;
    (height < SMALLEST || is_squeezed).then_some(Hidden::Tiny)
}

/// Whether clips leave nothing of a letter.
fn is_cut_off(mark: &Mark, area: Rect) -> bool {
    let parts = [0.05, 0.5, 0.95];
    let at = |x: f64, y: f64| (area.left + x * area.width(), area.bottom + y * area.height());
    let mut points = parts.iter().flat_map(|x| parts.map(|y| at(*x, y)));
    mark.seen.is_none()
        || (mark.clips.as_ref().is_some_and(|clips| clips.is_known())
            && !points.any(|point| mark.is_let_through(point)))
}

/// The letters that one view of a page has and another has not.
fn only_in<'v>(all: &'v View, shown: &View) -> Vec<&'v Letter> {
    let mut counts: HashMap<(String, i64, i64), i64> = HashMap::new();
    for (_, letter) in shown.letters() {
        *counts.entry(key(letter)).or_default() += 1;
    }
    all.letters()
        .map(|(_, letter)| letter)
        .filter(|letter| is_text(letter))
        .filter(|letter| {
            let count = counts.entry(key(letter)).or_default();
            *count -= 1;
            *count < 0
        })
        .collect()
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "places far from any page fall together, which only hides a difference there"
)]
fn key(letter: &Letter) -> (String, i64, i64) {
    let mut text = String::new();
    letter.text.push_to(&mut text);
    let (x, y) = letter.origin;
    (text, (x * 10.0).round() as i64, (y * 10.0).round() as i64)
}
