//! The words, numbers and signs of a cell.

/// A run of digits, a run of letters, or one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellToken {
    /// Digits, as typed.
    Number(String),
    /// Letters, in lower case.
    Word(String),
    /// Anything else; dashes of every length are `-`.
    Sign(char),
}

/// The tokens of a text; white space only parts them.
pub(super) fn tokens(text: &str) -> Vec<CellToken> {
    let mut tokens: Vec<CellToken> = Vec::new();
    let mut is_open = false;
    for c in text.chars() {
        match (tokens.last_mut(), c) {
            (Some(CellToken::Number(digits)), c) if is_open && c.is_ascii_digit() => digits.push(c),
            (Some(CellToken::Word(word)), c) if is_open && c.is_alphabetic() => {
                word.extend(c.to_lowercase());
            }
            (_, c) if c.is_ascii_digit() => tokens.push(CellToken::Number(c.to_string())),
            (_, c) if c.is_alphabetic() => tokens.push(CellToken::Word(c.to_lowercase().collect())),
            (_, c) if c.is_whitespace() => {}
            (_, '‐'..='―' | '−') => tokens.push(CellToken::Sign('-')),
            (_, c) => tokens.push(CellToken::Sign(c)),
        }
        is_open = !c.is_whitespace();
    }
    tokens
}

pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
