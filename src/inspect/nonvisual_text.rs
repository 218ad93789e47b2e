//! What the words betray that belong to a page and that it does not show.

use super::text::{PageText, squeeze};
use super::{Leak, LeakKind, LeakPlace, personal, prohibited_form};
use crate::model::Sha256Hash;
use crate::model::geometry::Rect;
use crate::pdf::page::{FileWords, NonvisualWords, OpenPage, Seen, Stretch, View, WordsOf, add};

/// Shorter words are in many others.
const SHORTEST: usize = 3;

/// What the words betray that belong to a page and are not to be read in its own text.
pub(super) fn find(
    page: OpenPage<'_, '_>,
    view: &View,
    file: &FileWords,
    text: &PageText,
) -> Nonvisual {
    let (words, is_whole) = page.nonvisual_words(file);
    let mut said = view.stretches.iter().filter(|stretch| says_otherwise(stretch, &text.text));
    let of = WordsOf::Tag;
    let in_place =
        said.next().map(|_| Leak { kind: LeakKind::NonvisualText(of), place: LeakPlace::In(of) });
    let leaks = in_place.into_iter().collect();
    let mut found = Nonvisual { leaks, values: Vec::new(), is_whole };
    if words.is_empty() {
        return found;
    }
    let shown = squeeze(&text.text);
    for words in &words {
        found.leaks.extend(betrayed(words, view, &shown));
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

/// Whether what is said in place of some marked content is not what it shows.
fn says_otherwise(stretch: &Stretch, text: &str) -> bool {
    let is_other = |said: &Option<String>, expands| {
        let said = said.as_ref().filter(|said| !said.is_empty());
        said.is_some_and(|said| !agrees(said, stretch.shown.as_deref(), expands, &squeeze(text)))
    };
    is_other(&stretch.actual, false) || is_other(&stretch.expansion, true)
}

/// Whether some words are what is seen in their place; `on_page` is all that the page shows, squeezed. Where nothing is
/// read there, as in a logo, two words may be lacking on the page.
fn agrees(said: &str, shown: Option<&str>, expands: bool, on_page: &str) -> bool {
    let shown = shown.map(squeeze).filter(|shown| !shown.is_empty());
    let Some(shown) = shown else {
        return lacking(said, on_page) <= 2;
    };
    let said = squeeze(said);
    shown.contains(&said) || (expands && abbreviates(&shown, &said))
}

/// Whether all letters of an abbreviation are in its expansion, in their order, from the first on.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().next() == long.chars().next()
        && short.chars().all(|letter| rest.any(|other| other == letter))
}

/// What annotations show in an area; `None` where not all letters say what they are.
fn shown_at(view: &View, area: Rect) -> Option<String> {
    let area = area.grown(1.0);
    let mut words = Some(String::new());
    for (mark, letter) in view.letters() {
        if mark.annotation && area.contains(letter.extent.middle()) {
            add(&mut words, letter);
        }
    }
    words
}

/// Whether some words stand for something and are not what is seen there.
fn is_unseen(words: &NonvisualWords, view: &View, on_page: &str) -> bool {
    match &words.seen {
        Seen::Nothing => false,
        Seen::Page(most) => lacking(&words.text, on_page) > *most,
        Seen::Marked(numbers) => {
            let is_meant =
                |stretch: &&Stretch| stretch.number.is_some_and(|one| numbers.contains(&one));
            let stretches = view.stretches.iter().filter(is_meant);
            let shown: Option<String> = stretches.map(|stretch| stretch.shown.as_deref()).collect();
            !agrees(&words.text, shown.as_deref(), words.expands, on_page)
        }
        Seen::At(area) => shown_at(view, *area)
            .is_some_and(|shown| !squeeze(&shown).contains(&squeeze(&words.text))),
    }
}

fn betrayed(words: &NonvisualWords, view: &View, shown: &str) -> Vec<Leak> {
    let mut kinds = Vec::new();
    if is_unseen(words, view, shown) {
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
