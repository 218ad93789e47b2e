//! Marked content (ISO 32000-2, 14.6) with what it shows: what is said in its place can be held against that.

use hayro::hayro_syntax::object::{Dict, String as PdfString};

use super::{Letter, LetterText};

/// A stretch of marked content that tags know by a number, or that something is said in place of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// Its number among those of its content stream.
    pub number: Option<i64>,
    /// What is copied in place of it.
    pub actual: Option<String>,
    /// What is spoken in place of it, if it is an abbreviation.
    pub expansion: Option<String>,
    /// What it shows; `None` where not all of its letters say what they are.
    pub shown: Option<String>,
}

/// The marked content that is open, and what was read of all.
#[derive(Default)]
pub(super) struct Stretches {
    pub(super) all: Vec<Stretch>,
    /// For each mark that is open its place among all.
    open: Vec<Option<usize>>,
}

impl Stretches {
    pub(super) fn begin(&mut self, properties: Option<&Dict<'_>>) {
        let stretch = properties.and_then(|properties| {
            let text = |key: &str| {
                properties
                    .get::<PdfString<'_>>(key)
                    .map(|text| super::nonvisual_text::decoded(&text))
            };
            let stretch = Stretch {
                number: properties.get::<i32>("MCID").map(i64::from),
                actual: text("ActualText"),
                expansion: text("E"),
                shown: Some(String::new()),
            };
            let says = stretch.actual.is_some() || stretch.expansion.is_some();
            (says || stretch.number.is_some()).then_some(stretch)
        });
        self.open.push(stretch.is_some().then_some(self.all.len()));
        self.all.extend(stretch);
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    pub(super) fn show(&mut self, letter: &Letter) {
        for place in self.open.iter().flatten() {
            if let Some(stretch) = self.all.get_mut(*place) {
                add(&mut stretch.shown, letter);
            }
        }
    }
}

/// Adds a letter to some words, which are not known any more if it says nothing, or a sign of a font's own.
pub(crate) fn add(words: &mut Option<String>, letter: &Letter) {
    let is_own = |character: char| ('\u{e000}'..='\u{f8ff}').contains(&character);
    match (&letter.text, words.as_mut()) {
        (_, None) => {}
        (LetterText::Unknown, _) => *words = None,
        (LetterText::One(character), _) if is_own(*character) => *words = None,
        (text, Some(words)) => text.push_to(words),
    }
}
