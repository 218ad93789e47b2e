//! What words say, and whether they are a heading: a mention in a sentence, or one of several in a list, is none.

use super::numbers::number_at;
use super::table::{LONG, Meaning, table};
use super::words::{LineOfWords, PageToken, TokenText};
use crate::disclosure::classes::Class;

/// So much may follow a heading after a dash, or stand before one, in words.
const MAX_REST: usize = 9;

/// The name of a police force has no more words.
const MAX_FORCE: usize = 5;

/// `This disclosure schedule is`, and no longer.
const MAX_SUBJECT: usize = 4;

/// A label of fewer letters is a word like others, unless a colon follows.
const SHORT_LABEL: usize = 5;

/// A label of so many letters is no sentence.
const LONG_LABEL: usize = 30;

/// How what a force is called ends, or what stands in it.
const FORCES: [&[u8]; 7] =
    [b"POLICE", b"CONSTABULARY", b"HEDDLU", b"FORCE", b"SERVICE", b"CPS", b"PROSECUTION"];

/// What some words say.
#[derive(Debug, Clone, Copy)]
pub(super) enum Says {
    /// The number of a form.
    Number(&'static Class),
    Phrase(Meaning),
}

/// TokenText that say something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) says: Says,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Everything that is said, in the order in which it stands; of what begins at one word the longest.
pub(super) fn hits(words: &TokenText) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.words.len() {
        let number = number_at(words, at).map(|(class, last)| Hit {
            says: Says::Number(class),
            first: at,
            last,
        });
        let phrase = phrase_at(words, at);
        let longest = [phrase, number].into_iter().flatten().max_by_key(|hit| hit.last);
        match longest {
            Some(hit) => {
                at = hit.last + 1;
                hits.push(hit);
            }
            None => at += 1,
        }
    }
    hits
}

fn phrase_at(words: &TokenText, first: usize) -> Option<Hit> {
    let start = words.words.get(first)?.start;
    let rest = words.look.get(start..)?;
    table().candidates(rest).iter().find_map(|phrase| {
        if !rest.starts_with(&phrase.look) {
            return None;
        }
        let last = words.ending_at(start + phrase.look.len())?;
        if !is_together(words, first, last, phrase.meaning) {
            return None;
        }
        Some(Hit { says: Says::Phrase(phrase.meaning), first, last })
    })
}

/// Whether words are one phrase: what is broken over lines fills the last of them, as a heading does. A long sentence does not.
fn is_together(words: &TokenText, first: usize, last: usize, meaning: Meaning) -> bool {
    let (Some(start), Some(end)) = (words.words.get(first), words.words.get(last)) else {
        return false;
    };
    let fills = || words.line(last).is_some_and(|line| line.words.1 == last + 1);
    start.line == end.line || matches!(meaning, Meaning::Proof(_)) || fills()
}

/// What stands about a hit.
pub(super) struct HitContext<'w> {
    words: &'w TokenText,
    /// The hits of the page by their words: for each word, whether it belongs to one that may stand in a heading.
    covered: &'w [bool],
    hit: Hit,
    line: &'w LineOfWords,
    last_line: &'w LineOfWords,
}

impl<'w> HitContext<'w> {
    pub(super) fn new(words: &'w TokenText, covered: &'w [bool], hit: Hit) -> Option<Self> {
        let (line, last_line) = (words.line(hit.first)?, words.line(hit.last)?);
        Some(Self { words, covered, hit, line, last_line })
    }

    pub(super) fn line(&self) -> &LineOfWords {
        self.line
    }

    /// Whether it is written in capitals.
    pub(super) fn is_upper(&self) -> bool {
        self.own().iter().all(|word| word.is_upper)
    }

    /// Whether every longer word begins with a capital.
    pub(super) fn is_title_case(&self) -> bool {
        self.own().iter().all(|word| word.is_capital)
    }

    fn own(&self) -> &[PageToken] {
        self.words.words.get(self.hit.first..=self.hit.last).unwrap_or_default()
    }

    fn before(&self) -> &[PageToken] {
        self.words.words.get(self.line.words.0..self.hit.first).unwrap_or_default()
    }

    fn after(&self) -> &[PageToken] {
        self.words.words.get(self.hit.last + 1..self.last_line.words.1).unwrap_or_default()
    }

    /// Whether nothing stands beside it in its lines.
    pub(super) fn is_whole(&self) -> bool {
        self.before().is_empty() && self.after().is_empty()
    }

    /// Whether a sentence says it of the page itself and nothing else: `This form is …`.
    pub(super) fn is_said_of_page(&self) -> bool {
        let before = self.before();
        let is_subject = match before.first() {
            Some(first) => {
                before.len() <= MAX_SUBJECT && matches!(self.text(first), b"THIS" | b"THESE")
            }
            None => self.is_long(),
        };
        is_subject && self.after().is_empty() && !matches!(self.last_line.end, ',' | '?')
    }

    /// Whether all that stands beside it in its lines may stand in a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.may_begin() && self.may_end()
    }

    fn may_begin(&self) -> bool {
        let before = self.before();
        if self.are_filler(before, self.line.words.0) {
            return true;
        }
        let is_divided =
            self.own().first().is_some_and(|word| matches!(word.sign, '-' | ':' | '|' | '('));
        let is_named = before.iter().all(|word| word.is_capital)
            && before.len() <= MAX_FORCE
            && before.iter().any(|word| FORCES.contains(&self.text(word)));
        is_named
            || (is_divided && before.len() <= MAX_REST && self.line.is_alone && self.line.is_apart)
    }

    fn may_end(&self) -> bool {
        let after = self.after();
        let from = self.hit.last + 1;
        let Some(next) = after.first() else {
            return !matches!(self.last_line.end, ',' | '?');
        };
        if next.sign == ',' || self.text(next) == b"ITEM" || self.text(next) == b"ITEMS" {
            return false;
        }
        // What follows the reference of a case is the reference.
        let urn = after.iter().position(|word| matches!(self.text(word), b"URN" | b"REF"));
        let said = after.get(..urn.unwrap_or(after.len())).unwrap_or_default();
        let is_divided = matches!(next.sign, '-' | ':' | '|' | '(');
        let is_named = after.iter().all(|word| word.is_capital)
            && after.len() <= MAX_FORCE
            && after.iter().any(|word| FORCES.contains(&self.text(word)));
        self.are_filler(said, from)
            || is_named
            || (is_divided && after.len() <= MAX_REST && (self.line.is_alone || self.line.is_edge))
    }

    /// Whether words say nothing of their own: common words, dates and references, other headings.
    fn are_filler(&self, words: &[PageToken], first: usize) -> bool {
        (first..).zip(words).all(|(at, word)| {
            let text = self.text(word);
            text.len() == 1
                || text.iter().any(u8::is_ascii_digit)
                || self.covered.get(at) == Some(&true)
                || self
                    .words
                    .look
                    .get(word.start..word.end)
                    .is_some_and(|look| table().is_filler(look))
        })
    }

    fn text(&self, word: &PageToken) -> &[u8] {
        self.words.text.get(word.start..word.end).unwrap_or_default()
    }

    /// Whether it stands as labels of fields do.
    pub(super) fn is_label(&self) -> bool {
        let own = self.own();
        let inner = own.get(1..).unwrap_or_default();
        let begins = own.first().is_some_and(|word| word.is_capital);
        if !begins || inner.iter().any(|word| matches!(word.sign, ':' | '?')) {
            return false;
        }
        let letters = own.last().zip(own.first()).map_or(0, |(last, first)| last.end - first.start);
        let sign = self.after().first().map_or(self.last_line.end, |word| word.sign);
        if letters < SHORT_LABEL {
            return sign == ':';
        }
        letters >= LONG_LABEL
            || matches!(sign, ':' | '(' | '_' | '-' | '?' | '/' | '|')
            || (self.after().is_empty() && matches!(sign, ' ' | '.' | ')'))
            || self.is_upper()
    }

    /// Whether a title is long enough to prove something.
    pub(super) fn is_long(&self) -> bool {
        let letters = self.own().last().zip(self.own().first());
        letters.is_some_and(|(last, first)| last.end - first.start >= LONG)
    }
}
