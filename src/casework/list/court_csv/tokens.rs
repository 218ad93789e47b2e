//! The words, numbers and signs of a cell.

/// A run of digits, a run of letters, or one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits, as typed.
    Number(String),
    /// Letters, in lower case.
    Word(String),
    /// Anything else; dashes of every length are `-`.
    Sign(char),
}

/// The tokens of a text; white space only parts them.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut is_open = false;
    for c in text.chars() {
        match (tokens.last_mut(), c) {
            (Some(Token::Number(digits)), c) if is_open && c.is_ascii_digit() => digits.push(c),
            (Some(Token::Word(word)), c) if is_open && c.is_alphabetic() => {
                word.extend(c.to_lowercase());
            }
            (_, c) if c.is_ascii_digit() => tokens.push(Token::Number(c.to_string())),
            (_, c) if c.is_alphabetic() => tokens.push(Token::Word(c.to_lowercase().collect())),
            (_, c) if c.is_whitespace() => {}
            (_, '‐'..='―' | '−') => tokens.push(Token::Sign('-')),
            (_, c) => tokens.push(Token::Sign(c)),
        }
        is_open = !c.is_whitespace();
    }
    tokens
}

/// The place, from 1, of the name that a word is or shortens to three letters or four.
pub(super) fn named(word: &str, names: &[&str]) -> Option<i8> {
    let is_short = (3..=5).contains(&word.len());
    let place = names.iter().position(|name| *name == word || is_short && name.starts_with(word));
    place.and_then(|place| i8::try_from(place + 1).ok())
}

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
