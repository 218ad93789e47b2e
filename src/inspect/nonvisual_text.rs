//! What the words betray that belong to a page and that it does not show.

use super::text::{PageText, squeeze};
use super::{Leak, LeakKind, LeakPlace, personal, prohibited_form};
use crate::pdf::page::{FileWords, NonvisualWords, OpenPage, WordsOf};

/// Shorter words are in many others.
const SHORTEST: usize = 3;

/// What the words betray that belong to a page and are not to be read in its own text; and whether all of them were
/// looked at.
pub(super) fn find(page: OpenPage<'_, '_>, file: &FileWords, text: &PageText) -> (Vec<Leak>, bool) {
    let (words, is_whole) = page.nonvisual_words(file);
    if words.is_empty() {
        return (Vec::new(), is_whole);
    }
    let shown = squeeze(&text.text);
    let leaks = words.iter().flat_map(|words| betrayed(words, &shown));
    (leaks.collect(), is_whole)
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
    let personal = personal::spans(&words.text).into_iter();
    let unshown = personal.filter(|(_, span)| {
        let said = words.text.get(span.clone()).unwrap_or_default();
        !shown.contains(&squeeze(said))
    });
    kinds.extend(unshown.map(|(kind, _)| LeakKind::Personal(kind)));
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
