//! Names in texts, however they are written: in capitals or not, with accents or without, with apostrophes, hyphens or
//! spaces between their parts or nothing at all, with initials in place of parts, the family name first or last.

mod common_words;
mod find;
mod tokens;

use std::collections::HashSet;

pub(super) use find::{TextKind, are_in, replaced};

use crate::model::names::{fold, in_order, is_apostrophe, other_spellings, words};
use common_words::{NOT_ALONE, WORDS};

/// A part that stands behind an apostrophe, such as that of `O'Brien`, and tells something by itself.
const MIN_BEHIND_APOSTROPHE: usize = 4;

/// Names, folded to their bare letters; an initial and a part stand as `c blake`.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    folded: HashSet<String>,
    /// With what the parts begin.
    initials: HashSet<char>,
    /// The letters of the longest.
    longest: usize,
}

impl Names {
    /// The parts of a name, alone and together.
    pub(super) fn add_parts(&mut self, name: &str) {
        self.add_together(name);
        for parts in spelt(name) {
            parts.into_iter().filter(|part| is_telling(part)).for_each(|part| self.insert(part));
        }
        let split = name.split(|c: char| !c.is_alphabetic() || is_apostrophe(c));
        let behind = split.map(fold).filter(|part| part.chars().count() >= MIN_BEHIND_APOSTROPHE);
        behind.filter(|part| is_telling(part)).for_each(|part| self.insert(part));
    }

    /// Any two parts of a name together, and a part with the initial of another: what hardly names somebody else.
    pub(super) fn add_together(&mut self, name: &str) {
        self.add_whole(name);
        for parts in spelt(name) {
            for length in 2..parts.len() {
                let runs = parts.windows(length);
                let telling = runs.filter(|run| run.last().is_some_and(|last| is_telling(last)));
                telling.for_each(|run| self.insert(run.concat()));
            }
            for (place, part) in parts.iter().enumerate() {
                self.initials.extend(part.chars().next());
                for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != place) {
                    if is_telling(other) {
                        self.insert(format!("{part}{other}"));
                        let initial = part.chars().next().map(String::from).unwrap_or_default();
                        self.insert(format!("{initial} {other}"));
                    }
                }
            }
        }
    }

    /// A name as a whole, the family name first or last, with its middle names or without.
    pub(super) fn add_whole(&mut self, name: &str) {
        for mut parts in spelt(name) {
            self.insert(parts.concat());
            if let [first, .., last] = parts.as_slice() {
                let ends = [format!("{first}{last}"), format!("{last}{first}")];
                ends.into_iter().for_each(|ends| self.insert(ends));
            }
            for _ in 1..parts.len() {
                parts.rotate_right(1);
                self.insert(parts.concat());
            }
        }
    }

    /// The same without some parts.
    pub(super) fn without(&self, parts: &HashSet<String>) -> Self {
        let left = self.folded.difference(parts).cloned();
        Self { folded: left.collect(), ..self.clone() }
    }

    /// The parts of a name that stand alone.
    pub(super) fn alone(name: &str) -> impl Iterator<Item = String> {
        spelt(name).into_iter().flatten()
    }

    fn insert(&mut self, folded: String) {
        let letters = folded.chars().count();
        // An initial alone is a letter of many other words.
        if letters > 1 {
            self.longest = self.longest.max(letters);
            self.folded.insert(folded);
        }
    }

    /// Whether some tokens joined are a name; words need a capital to be one.
    fn holds(&self, joined: &str, needs_no_capital: bool) -> bool {
        self.folded.contains(joined) && (needs_no_capital || !WORDS.contains(joined))
    }
}

/// Whether a part names somebody by itself.
fn is_telling(part: &str) -> bool {
    !NOT_ALONE.contains(part) && part.chars().count() > 1
}

/// The folded parts of a name, once for each way to spell it.
fn spelt(name: &str) -> Vec<Vec<String>> {
    let words = words(&in_order(name));
    let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut ways = vec![plain];
    let others: Vec<[String; 2]> = words.iter().map(|word| other_spellings(word)).collect();
    let (long, short) = others.into_iter().map(|[long, short]| (long, short)).unzip();
    for way in [long, short] {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

#[cfg(test)]
mod tests;
