//! Words that a file holds for a page and that the page need not show: those of tags, form fields, links and bookmarks.
//! Whoever searches, copies or listens to the page gets them.

mod content;
mod described;
mod file;
mod names;

use hayro::hayro_syntax::object::{Dict, Object, String as PdfString};
use hayro::hayro_syntax::page::Page;

pub(crate) use self::file::FileWords;
use super::plain;
use crate::model::geometry::Rect;

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
    /// What something in the file is called: a layer, a destination, a form field and its choices, a profile of colours, an ink.
    Name,
    /// A comment or a stamp: what it says, and who wrote it.
    Comment,
}

impl WordsOf {
    /// What it is called.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Tag => "a tag",
            Self::Field => "a form field",
            Self::Note => "the description of a link or a form field",
            Self::Bookmark => "a bookmark",
            Self::Comment => "a comment or a stamp",
            Self::Name => "the name of a layer, a destination, a form field or the like",
        }
    }
}

/// What of a page some words stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    /// For themselves.
    Nothing,
    /// For something on the page, on which so many of them may be lacking.
    Page(usize),
    /// For marked content of these numbers.
    Marked(Vec<i64>),
    /// For what an annotation shows in an area of the page as it is displayed.
    At(Rect),
}

/// Some words that a page need not show.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NonvisualWords {
    pub(crate) of: WordsOf,
    pub(crate) text: String,
    /// What they stand for.
    pub(crate) seen: Seen,
    /// Whether an abbreviation may be seen in their place.
    pub(crate) expands: bool,
}

impl NonvisualWords {
    /// Those of an entry of a dictionary, if there are any.
    fn of(of: WordsOf, dict: &Dict<'_>, key: &str, seen: Seen) -> Option<Self> {
        let text = match dict.get::<Object<'_>>(key)? {
            Object::String(text) => decoded(&text),
            // A long value of a field.
            Object::Stream(stream) => String::from_utf8_lossy(&stream.decoded().ok()?).into_owned(),
            _ => return None,
        };
        // Rich text is XHTML (ISO 32000-2, 12.7.4.4).
        let text = if ["RV", "RC"].contains(&key) { without_markup(&text) } else { text };
        let text = plain(text.trim());
        (!text.is_empty()).then_some(Self { of, text, seen, expands: key == "E" })
    }

    /// Names, one on a line.
    fn of_names(names: &[String]) -> Option<Self> {
        (!names.is_empty()).then(|| Self {
            of: WordsOf::Name,
            text: names.join("\n"),
            seen: Seen::Nothing,
            expands: false,
        })
    }
}

pub(super) fn decoded(text: &PdfString<'_>) -> String {
    let text = lopdf::Object::string_literal(text.as_bytes());
    lopdf::decode_text_string(&text).unwrap_or_default()
}

fn without_markup(text: &str) -> String {
    let parts = text.split('<').map(|part| match part.split_once('>') {
        Some((_, after)) => after,
        None => part,
    });
    let text = parts.collect::<Vec<_>>().join(" ");
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    signs.into_iter().fold(text, |text, (name, sign)| text.replace(name, sign))
}

/// The words of a tag, or of a list of properties that stands for what is `seen`.
fn words_of_tag(dict: &Dict<'_>, seen: &Seen) -> Vec<NonvisualWords> {
    let stands_for = ["ActualText", "E"].map(|key| (key, seen.clone()));
    let describes = ["Alt", "T"].map(|key| (key, Seen::Nothing));
    let all = stands_for.into_iter().chain(describes);
    all.filter_map(|(key, seen)| NonvisualWords::of(WordsOf::Tag, dict, key, seen)).collect()
}

/// The words that belong to a page, those of its file too; and whether all of them were looked at.
pub(super) fn of_page(page: &Page<'_>, file: &FileWords) -> (Vec<NonvisualWords>, bool) {
    let (mut words, is_whole) = content::words(page);
    words.extend(file.of_page(page).into_iter().cloned());
    (words, is_whole && file.is_whole())
}
