//! Words that a file holds for a page and that the page does not show: those of tags, form fields, links and bookmarks.
//! Whoever searches, copies or listens to the page gets them.

mod file;
mod names;
mod of_page;

use hayro::hayro_syntax::object::{Dict, Object, String as PdfString};
use hayro::hayro_syntax::page::Page;

pub use self::file::FileWords;
use super::text::{PageText, plain, squeeze};
use super::{Leak, LeakKind, LeakPlace, personal};
use crate::inspect::prohibited_form;

/// Shorter words are in many others.
const SHORTEST: usize = 3;

/// What words belong to that a page does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordsOf {
    /// A tag: what stands in place of text or a picture for those who listen (ISO 32000-2, 14.9).
    Tag,
    /// A form field: its value.
    Field,
    /// A link or a form field: its description, or where it leads.
    Note,
    /// A bookmark: its title.
    Bookmark,
    /// What something in the file is called: a layer, a destination, a form field and its choices, a profile of colours.
    Name,
}

impl WordsOf {
    /// What it is called.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Tag => "a tag",
            Self::Field => "a form field",
            Self::Note => "the description of a link or a form field",
            Self::Bookmark => "a bookmark",
            Self::Name => "the name of a layer, a destination, a form field or the like",
        }
    }
}

/// Some words that a page need not show.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Words {
    of: WordsOf,
    text: String,
    /// How many of them may be lacking on the page, where they stand for what it shows; `None` where they stand for
    /// themselves.
    may_lack: Option<usize>,
}

impl Words {
    /// Those of an entry of a dictionary, if there are any.
    fn of(of: WordsOf, dict: &Dict<'_>, key: &str, may_lack: Option<usize>) -> Option<Self> {
        let text = match dict.get::<Object<'_>>(key)? {
            Object::String(text) => decoded(&text),
            // A long value of a field.
            Object::Stream(stream) => String::from_utf8_lossy(&stream.decoded().ok()?).into_owned(),
            _ => return None,
        };
        // Rich text is XHTML (ISO 32000-2, 12.7.4.4).
        let text = if key == "RV" {
            without_markup(&text)
        } else {
            text
        };
        let text = plain(text.trim());
        (!text.is_empty()).then_some(Self { of, text, may_lack })
    }

    /// Names, one on a line.
    fn of_names(names: &[String]) -> Option<Self> {
        (!names.is_empty()).then(|| Self {
            of: WordsOf::Name,
            text: names.join("\n"),
            may_lack: None,
        })
    }
}

fn decoded(text: &PdfString<'_>) -> String {
    let text = lopdf::Object::string_literal(text.as_bytes());
    lopdf::decode_text_string(&text).unwrap_or_default()
}

fn without_markup(text: &str) -> String {
    let parts = text.split('<').map(|part| match part.split_once('>') {
        Some((_, after)) => after,
        None => part,
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// The words of a tag: two may be lacking, as those of a logo are.
fn words_of_tag(dict: &Dict<'_>) -> impl Iterator<Item = Words> {
    let stands_for = ["ActualText", "E"].map(|key| (key, Some(2)));
    let describes = ["Alt", "T"].map(|key| (key, None));
    let all = stands_for.into_iter().chain(describes);
    all.filter_map(|(key, may_lack)| Words::of(WordsOf::Tag, dict, key, may_lack))
        .collect::<Vec<_>>()
        .into_iter()
}

/// What the words betray that belong to a page and are not to be read in its own text; and whether all of them were
/// looked at.
pub(super) fn find(page: &Page<'_>, file: &FileWords, text: &PageText) -> (Vec<Leak>, bool) {
    let (mut words, is_whole) = of_page::words(page);
    let is_whole = is_whole && file.is_whole();
    words.extend(file.of_page(page).into_iter().cloned());
    if words.is_empty() {
        return (Vec::new(), is_whole);
    }
    let shown = squeeze(&text.text);
    let leaks = words.iter().flat_map(|words| betrayed(words, &shown));
    (leaks.collect(), is_whole)
}

fn betrayed(words: &Words, shown: &str) -> Vec<Leak> {
    let mut kinds = Vec::new();
    if words
        .may_lack
        .is_some_and(|most| lacking(&words.text, shown) > most)
    {
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
    let leak = |kind| Leak {
        kind,
        place: LeakPlace::In(words.of),
    };
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
