//! Numbers of forms among words: MG6D, MG 06 D, M G 6 D, CM01, and as they are misread.

use super::words::TokenText;
use crate::disclosure::classes::{self, Class};

/// No number of a form is made of more words or letters.
const MAX_WORDS: usize = 5;
const MAX_LETTERS: usize = 9;

/// The number of a form that begins at a word, and its last word.
pub(super) fn number_at(words: &TokenText, first: usize) -> Option<(&'static Class, usize)> {
    let start = words.words.get(first)?;
    let begins = words.text.get(start.start..start.end)?;
    if !matches!(begins, [b'M' | b'C'] | [b'M', b'G' | b'C', ..] | [b'C', b'M', ..]) {
        return None;
    }
    (first..words.words.len().min(first + MAX_WORDS)).rev().find_map(|last| {
        let (text, _) = words.between(first, last);
        if text.len() > MAX_LETTERS || !is_one(words, first, last) {
            return None;
        }
        Some((parse(std::str::from_utf8(text).ok()?)?, last))
    })
}

/// Whether words may be one number: on one line, with at most one word of digits, unless every letter stands alone.
fn is_one(words: &TokenText, first: usize, last: usize) -> bool {
    let Some(parts) = words.words.get(first..=last) else {
        return false;
    };
    let Some((start, rest)) = parts.split_first() else {
        return false;
    };
    let text =
        |word: &super::words::PageToken| words.text.get(word.start..word.end).unwrap_or_default();
    let has_digit = |word: &&super::words::PageToken| text(word).iter().any(u8::is_ascii_digit);
    let are_letters = parts.iter().all(|word| word.end - word.start == 1);
    rest.iter().all(|word| {
        word.line == start.line
            && word.end - word.start <= 3
            && matches!(word.sign, ' ' | '-' | '(' | ')' | '_' | '.')
    }) && (are_letters
        || text(start) == b"MG1"
        || (text(start).len() == 2 && parts.last().is_some_and(|last| text(last) == b"0"))
        || parts.iter().filter(has_digit).count() <= 1)
}

/// The form of a number in capitals without spaces, as it is written or misread.
fn parse(text: &str) -> Option<&'static Class> {
    let number = text.strip_prefix("MG").or_else(|| text.strip_prefix("MC"));
    let Some(number) = number else {
        return text.strip_prefix("CM0").and_then(|_| classes::find(text));
    };
    if !number.bytes().any(|letter| letter.is_ascii_digit()) {
        return None;
    }
    let bare = number.trim_start_matches('0');
    if bare.is_empty() {
        return classes::find("MG0");
    }
    let is_digit = |letter: &u8| letter.is_ascii_digit() || matches!(letter, b'O' | b'I' | b'L');
    let most = bare.bytes().take_while(|letter| is_digit(letter)).count();
    (1..=most.min(2)).rev().find_map(|length| {
        let (digits, letter) = bare.split_at_checked(length)?;
        let digits: String = digits.bytes().map(digit).collect();
        match letter {
            "" | "R" => known(&digits, letter),
            // As a D is often misread.
            "0" | "O" => known(&digits, "D"),
            _ if letter.len() == 1 && letter.bytes().all(|letter| letter.is_ascii_uppercase()) => {
                known(&digits, letter).or_else(|| known(&digits, ""))
            }
            _ => None,
        }
    })
}

fn known(digits: &str, letter: &str) -> Option<&'static Class> {
    classes::find(&format!("MG{digits}{letter}"))
}

fn digit(letter: u8) -> char {
    match letter {
        b'O' => '0',
        b'I' | b'L' => '1',
        digit => char::from(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(&'static str, usize)> {
        let found = number_at(&TokenText::of_text(text), 0);
        found.map(|(class, last)| (class.name.as_str(), last))
    }

    #[test]
    fn numbers_are_read_as_people_and_machines_write_them() {
        for (text, expected) in [
            ("MG6D", Some(("MG6D", 0))),
            ("mg 06-d", Some(("MG6D", 2))),
            ("M G 6 (D)", Some(("MG6D", 3))),
            ("М\u{ff27}6D", Some(("MG6D", 0))),
            ("MG 6 0", Some(("MG6D", 2))),
            ("MC6D", Some(("MG6D", 0))),
            ("MGI0", Some(("MG10", 0))),
            ("MGIO", None),
            ("MG1 1", Some(("MG11", 1))),
            ("MG2 1 of 3", Some(("MG2", 0))),
            ("MG11 1 of 2", Some(("MG11", 0))),
            ("MG1 PhraseFile", Some(("MG1", 0))),
            ("MG11(R)", Some(("MG11(R)", 1))),
            ("MG11C", Some(("MG11", 0))),
            ("CM01", Some(("MG3", 0))),
            ("MG6, D", Some(("MG6", 0))),
            ("MG99", None),
            ("MGB 6", None),
            ("Margin", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
