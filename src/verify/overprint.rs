//! Numbers that are printed across the smaller type of a footer: read together, their letters would make one line of
//! nonsense.

use crate::model::geometry::Rect;
use crate::pdf::page::{Letter, Line, View, lines};

/// Type of no more than this part of the size of a number leaves it legible.
const SMALLER: f64 = 0.75;

/// Letters of one text on one line stand no further from where the one before ends, in parts of their size.
const NEXT: f64 = 1.0;

/// A number with the words around it, such as `Page 12 of 300`, has no more letters.
const MAX_LETTERS: usize = 30;

/// The lines that are legible across smaller type, each as it was painted.
pub(super) fn lines_across(view: &View) -> Vec<Line> {
    let letters: Vec<&Letter> = view.letters().map(|(_, letter)| letter).collect();
    let runs = letters.chunk_by(|one, other| follows(one, other));
    runs.filter(|run| run.len() <= MAX_LETTERS)
        .filter(|run| run.iter().any(|letter| is_digit(letter)))
        .filter(|run| is_across_smaller(run, &letters))
        .flat_map(|run| lines(run.iter().copied()))
        .collect()
}

fn is_digit(letter: &Letter) -> bool {
    let mut text = String::new();
    letter.text.push_to(&mut text);
    text.contains(|c: char| c.is_ascii_digit())
}

fn size(letter: &Letter) -> f64 {
    letter.up.0.hypot(letter.up.1)
}

/// Whether a letter goes on where the one painted before it ends.
fn follows(one: &Letter, other: &Letter) -> bool {
    let size = size(one);
    let end = (one.origin.0 + one.advance.0, one.origin.1 + one.advance.1);
    let gap = (other.origin.0 - end.0).hypot(other.origin.1 - end.1);
    one.up == other.up && gap <= NEXT * size
}

/// Whether other letters stand beneath a run, and all of them are small beside it.
fn is_across_smaller(run: &[&Letter], all: &[&Letter]) -> bool {
    let extents = run.iter().map(|letter| letter.extent);
    let (Some(first), Some(extent)) = (run.first(), extents.reduce(Rect::join)) else {
        return false;
    };
    let most = SMALLER * size(first);
    let is_own = |letter: &Letter| run.iter().any(|own| std::ptr::eq(*own, letter));
    let mut beneath = all
        .iter()
        .filter(|letter| !letter.text.is_blank() && extent.intersection(letter.extent).is_some())
        .filter(|letter| !is_own(letter))
        .peekable();
    beneath.peek().is_some() && beneath.all(|letter| size(letter) <= most)
}
