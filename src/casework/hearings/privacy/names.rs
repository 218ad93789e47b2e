//! Names in texts, however they are written: in capitals or not, with accents or without, with apostrophes, hyphens or
//! spaces between their parts or nothing at all.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Parts of names that are words of many titles, and so tell nothing by themselves.
const NOT_ALONE: [&str; 34] = [
    "a", "al", "an", "and", "as", "at", "be", "bin", "by", "da", "de", "del", "den", "der", "di",
    "do", "du", "el", "for", "he", "in", "is", "la", "le", "my", "no", "of", "on", "or", "so",
    "the", "to", "van", "von",
];

/// A word that may bear an ending of its own, as in `the Blakes`.
const MIN_WITH_ENDING: usize = 4;

/// Names, folded to their bare letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    folded: HashSet<String>,
    /// The letters of the longest.
    longest: usize,
}

/// A run of letters in a text.
struct Token {
    span: Range<usize>,
    folded: String,
}

impl Names {
    /// The parts of a name, alone and with those that follow them.
    pub(super) fn add_parts(&mut self, name: &str) {
        let parts = parts(name);
        for first in 0..parts.len() {
            for last in first..parts.len() {
                let joined = parts.get(first..=last).unwrap_or_default().concat();
                if last > first || !NOT_ALONE.contains(&joined.as_str()) {
                    self.insert(joined);
                }
            }
        }
        self.add_whole(name);
    }

    /// A name as a whole, the family name first or last.
    pub(super) fn add_whole(&mut self, name: &str) {
        let mut parts = parts(name);
        self.insert(parts.concat());
        let family = 1.min(parts.len());
        parts.rotate_right(family);
        self.insert(parts.concat());
    }

    /// Other names besides.
    pub(super) fn add(&mut self, others: &Self) {
        others.folded.iter().for_each(|one| self.insert(one.clone()));
    }

    fn insert(&mut self, folded: String) {
        let letters = folded.chars().count();
        // An initial alone is a letter of many other words.
        if letters > 1 {
            self.longest = self.longest.max(letters);
            self.folded.insert(folded);
        }
    }

    pub(super) fn are_in(&self, text: &str) -> bool {
        !self.spans(text).is_empty()
    }

    /// A text with something else in the place of the names; those that stand side by side are one.
    pub(super) fn replaced(&self, text: &str, with: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for span in self.spans(text) {
            out.push_str(text.get(done..span.start).unwrap_or_default());
            out.push_str(with);
            done = span.end;
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    fn spans(&self, text: &str) -> Vec<Range<usize>> {
        if self.folded.is_empty() {
            return Vec::new();
        }
        let tokens = tokens(text);
        let mut spans: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let Some(length) = self.match_at(tokens.get(at..).unwrap_or_default()) else {
                at += 1;
                continue;
            };
            let end = tokens.get(at + length - 1).map_or(token.span.end, |last| last.span.end);
            // `blake2` is that Blake, too.
            let after = text.get(end..).unwrap_or_default();
            let end = text.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            match spans.last_mut() {
                Some(last) if are_beside(text.get(last.end..token.span.start)) => last.end = end,
                _ => spans.push(token.span.start..end),
            }
            at += length;
        }
        spans
    }

    /// How many tokens from the first on are a name, the most that are.
    fn match_at(&self, tokens: &[Token]) -> Option<usize> {
        let mut joined = String::new();
        let mut found = None;
        for (index, token) in tokens.iter().enumerate() {
            joined.push_str(&token.folded);
            if joined.chars().count() > self.longest + 1 {
                break;
            }
            // One letter alone is that of a genitive, which stays.
            let bare = joined
                .strip_suffix('s')
                .filter(|bare| token.folded.len() > 1 && bare.chars().count() >= MIN_WITH_ENDING);
            if self.folded.contains(&joined) || bare.is_some_and(|bare| self.folded.contains(bare))
            {
                found = Some(index + 1);
            }
        }
        found
    }
}

/// Whether only what may stand between the parts of a name is there.
fn are_beside(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        between.chars().all(|c| c.is_whitespace() || is_apostrophe(c) || "_-‐‑‒–,.".contains(c))
    })
}

fn is_apostrophe(c: char) -> bool {
    "'’‘ʼ`´ʹ".contains(c)
}

/// The folded parts of a name, apostrophes being within and all else that is no letter between them.
fn parts(name: &str) -> Vec<String> {
    let bare: String = name.chars().filter(|c| !is_apostrophe(*c)).collect();
    let words = bare.split(|c: char| !c.is_alphabetic() && !is_combining_mark(c));
    words.map(fold).filter(|part| !part.is_empty()).collect()
}

/// The runs of letters of a text; a capital after a small letter begins another, and a letter of a script without capitals
/// is one by itself.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before: Option<char> = None;
    for (place, c) in text.char_indices() {
        let end = place + c.len_utf8();
        if is_combining_mark(c) {
            if let (Some(token), Some(_)) = (tokens.last_mut(), before) {
                token.span.end = end;
            }
            continue;
        }
        if !c.is_alphabetic() {
            before = None;
            continue;
        }
        let begins = match before {
            None => true,
            Some(before) => {
                (before.is_lowercase() && c.is_uppercase()) || !has_case(c) || !has_case(before)
            }
        };
        let folded = fold(&c.to_string());
        match tokens.last_mut().filter(|_| !begins) {
            Some(token) => {
                token.span.end = end;
                token.folded.push_str(&folded);
            }
            None => tokens.push(Token { span: place..end, folded }),
        }
        before = Some(c);
    }
    tokens
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

/// The bare small letters.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            c if c.is_alphabetic() && !is_combining_mark(c) => folded.push(c),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced(name: &str, text: &str) -> String {
        let mut names = Names::default();
        names.add_parts(name);
        names.replaced(text, "*")
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let name = "Zoë O’Brien-Łukasz";
        for text in [
            "ZOE",
            "zoe\u{308}",
            "O'BRIEN",
            "OBrien",
            "o brien",
            "Lukasz",
            "Łukasz, Zoë",
            "ZoeOBrienLukasz",
            "zoe_o-brien_lukasz",
            "O`Brien Lukasz",
            "Z O Ë",
        ] {
            assert_eq!(replaced(name, text), "*", "{text}");
        }
        assert_eq!(replaced(name, "call-log_zoe2.pdf"), "call-log_*.pdf");
        assert_eq!(replaced(name, "Zoe's and Brienne's zoetrope"), "*'s and Brienne's zoetrope");
        assert_eq!(replaced("Jordan Blake", "the Blakes"), "the *");
    }

    #[test]
    fn names_without_capitals_are_found_within_words() {
        assert_eq!(replaced("王小明", "关于王小明的报告"), "关于*的报告");
    }

    #[test]
    fn small_words_and_initials_alone_are_no_names() {
        assert_eq!(
            replaced("An de Vries", "an e-mail of De Bono, A Smith"),
            "an e-mail of De Bono, A Smith"
        );
        assert_eq!(replaced("An de Vries", "An de Vries"), "*");
        assert_eq!(replaced("Ronald McDonald", "McAllister v McDonald"), "McAllister v *");
    }
}
