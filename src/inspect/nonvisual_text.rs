//! What the words betray that belong to a page and that it does not show.

use super::text::{PageText, squeeze};
use super::{Leak, LeakKind, LeakPlace, personal, prohibited_form};
use crate::model::Sha256Hash;
use crate::pdf::page::{FileWords, NonvisualWords, OpenPage, WordsOf};

/// Shorter words are in many others.
const SHORTEST: usize = 3;

/// What the words betray that belong to a page and are not to be read in its own text.
pub(super) fn find(page: OpenPage<'_, '_>, file: &FileWords, text: &PageText) -> Nonvisual {
    let (words, is_whole) = page.nonvisual_words(file);
    let mut found = Nonvisual { leaks: Vec::new(), values: Vec::new(), is_whole };
    if words.is_empty() {
        return found;
    }
    let shown = squeeze(&text.text);
    for words in &words {
        found.leaks.extend(betrayed(words, &shown));
        let leak = |kind| Leak { kind: LeakKind::Personal(kind), place: LeakPlace::In(words.of) };
        for (kind, value) in personal_in(words, &shown) {
            found.leaks.push(leak(kind));
            found.values.push(value);
        }
    }
    found
}

/// What was found in the words that a page does not show.
pub(super) struct Nonvisual {
    pub(super) leaks: Vec<Leak>,
    /// What stands for the values of the personal data among them, in their order.
    pub(super) values: Vec<Sha256Hash>,
    /// Whether all words were looked at.
    pub(super) is_whole: bool,
}

/// Personal data that the page does not show.
fn personal_in<'w>(
    words: &'w NonvisualWords,
    shown: &'w str,
) -> impl Iterator<Item = (personal::Personal, Sha256Hash)> + 'w {
    let found = personal::spans(&words.text).into_iter();
    let unshown = found.filter(|(_, span)| {
        let said = words.text.get(span.clone()).unwrap_or_default();
        !shown.contains(&squeeze(said))
    });
    unshown.map(|(kind, span)| (kind, personal::value_at(&words.text, kind, &span)))
}

fn betrayed(words: &NonvisualWords, shown: &str) -> Vec<Leak> {
    let mut kinds = Vec::new();
    if words.may_lack.is_some_and(|most| lacking(&words.text, shown) > most) {
        kinds.push(LeakKind::NonvisualText(words.of));
    }
    if words.of == WordsOf::Name {
        kinds.extend(words.text.lines().flat_map(prohibited_form::find_in_words));
        kinds.sort_unstable();
        kinds.dedup();
    } else {
        kinds.extend(prohibited_form::find_in_words(&words.text));
    }
    let leak = |kind| Leak { kind, place: LeakPlace::In(words.of) };
    kinds.into_iter().map(leak).collect()
}

/// How many words of a text a page does not show. `shown` is squeezed.
fn lacking(text: &str, shown: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().count() >= SHORTEST)
        .filter(|word| !shown.contains(&squeeze(word)))
        .count()
}
