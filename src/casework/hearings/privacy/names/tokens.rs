//! Texts as runs of letters.

use std::ops::Range;

use crate::model::names::{fold, is_apostrophe, is_combining_mark, is_hyphen};

/// A run of letters in a text.
pub(super) struct LetterRun {
    pub(super) span: Range<usize>,
    pub(super) folded: String,
    /// Whether it begins with a capital, or with a letter of a script that has none.
    pub(super) capital: bool,
}

pub(super) fn is_initial(token: &LetterRun) -> bool {
    token.capital && token.folded.chars().count() == 1
}

/// Whether letters on both sides may be of one name: no digit is between them, and no more than a few signs.
pub(super) fn may_be_within(between: Option<&str>) -> bool {
    between.is_some_and(|gap| gap.chars().count() <= 3 && !gap.chars().any(char::is_numeric))
}

/// Whether only what may stand between the parts of a name is there.
pub(super) fn are_beside(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        between.chars().all(|c| {
            let is_other = "_.,·\u{ad}\u{200b}\u{2060}".contains(c);
            c.is_whitespace() || is_apostrophe(c) || is_hyphen(c) || is_other
        })
    })
}

/// The runs of letters of a text; a capital after a small letter or before one begins another, and a letter of a script
/// without capitals is one by itself.
pub(super) fn tokens(text: &str) -> Vec<LetterRun> {
    let letters: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| !is_combining_mark(*c)).collect();
    let mut tokens: Vec<LetterRun> = Vec::new();
    let mut before: Option<char> = None;
    for (index, &(place, c)) in letters.iter().enumerate() {
        if !c.is_alphabetic() || is_apostrophe(c) {
            before = None;
            continue;
        }
        let next = letters.get(index + 1);
        // With the marks that stand over it.
        let rest = text.get(place + c.len_utf8()..).unwrap_or_default();
        let end = text.len() - rest.trim_start_matches(is_combining_mark).len();
        let folded = fold(text.get(place..end).unwrap_or_default());
        let begins = begins(before, c, next.map(|(_, next)| *next));
        match tokens.last_mut().filter(|_| !begins) {
            Some(token) => {
                token.span.end = end;
                token.folded.push_str(&folded);
            }
            None => {
                let capital = c.is_uppercase() || !has_case(c);
                tokens.push(LetterRun { span: place..end, folded, capital });
            }
        }
        before = Some(c);
    }
    tokens
}

/// Whether a letter begins a run of its own between those before and after it.
fn begins(before: Option<char>, c: char, next: Option<char>) -> bool {
    let Some(before) = before else {
        return true;
    };
    let rises = before.is_lowercase() && c.is_uppercase();
    let falls = before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
    rises || falls || !has_case(c) || !has_case(before)
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}
