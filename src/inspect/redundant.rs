//! Hidden words that tell nobody anything: markings, numbers of pages, and what is seen elsewhere on the page.

use std::sync::LazyLock;

use regex::Regex;

use crate::pdf::page::{Line, Word};

/// Running heads and feet stand within this part of the height of a page from its edges.
const MARGIN: f64 = 0.12;

/// Letters of one word are no further from each other than this, in ems.
const BESIDE: f64 = 0.15;

/// Words that stand beneath boxes because somebody wrote them there in place of what was removed.
const STAND_INS: [&str; 6] =
    ["redacted", "redaction", "confidential", "privileged", "privilege", "withheld"];

/// Protective markings that do not stop a bundle, with what forms print beside them (Government Security Classifications,
/// 2024; the scheme before 2014).
static MARKING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\W*(not protectively marked|restricted|confidential|official([ -]*sensitive)?)\W*((when|once|until) complete(d)?\W*)?$",
    )
    .ok()
});

/// A number in the margin.
static PAGE_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\W*(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?\W*$").ok());

/// Whether a hidden line tells no more than what is seen on the page anyway.
pub(super) fn is_redundant(hidden: &Line, in_sight: &[Line], page_height: f64) -> bool {
    let text = hidden.text();
    let is = |pattern: &LazyLock<Option<Regex>>| {
        pattern.as_ref().is_some_and(|pattern| pattern.is_match(&text))
    };
    let (_, middle) = hidden.extent.middle();
    let in_margin = !(MARGIN * page_height..=(1.0 - MARGIN) * page_height).contains(&middle);
    is(&MARKING) || (in_margin && is(&PAGE_NUMBER)) || says(in_sight, hidden)
}

/// Whether hidden letters are but one or two within a word whose others are seen: something stands there by chance.
pub(super) fn is_inside_word(hidden: &Line, in_sight: &[Line]) -> bool {
    let text = hidden.text();
    let area = hidden.extent;
    let is_near = |one: f64, other: f64| (one - other).abs() <= BESIDE * hidden.size;
    let on_row = |word: &&Word| {
        let (_, middle) = word.extent.middle();
        (area.bottom..=area.top).contains(&middle)
    };
    let words = || in_sight.iter().flat_map(|line| &line.words).filter(on_row);
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphabetic);
    text.chars().count() <= 2
        && text.chars().all(char::is_alphabetic)
        && words().any(|word| {
            is_near(word.extent.right, area.left) && is_letter(word.text.chars().next_back())
        })
        && words().any(|word| {
            is_near(word.extent.left, area.right) && is_letter(word.text.chars().next())
        })
}

/// Whether all the words of a line are seen in the same order in one line.
fn says(in_sight: &[Line], hidden: &Line) -> bool {
    let wanted = words(hidden);
    let holds = |line: &Line| words(line).windows(wanted.len().max(1)).any(|part| part == wanted);
    !wanted.is_empty() && in_sight.iter().any(holds)
}

/// Its words without the signs around them.
fn words(line: &Line) -> Vec<String> {
    let words = line.words.iter().map(|word| {
        let word = word.text.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.to_lowercase()
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// Whether hidden text would tell anybody anything: not a row of X, a lone letter or the word "redacted".
pub(super) fn tells_something(text: &str) -> bool {
    let unknown = |letter: char| letter == char::REPLACEMENT_CHARACTER;
    let letters: Vec<char> =
        text.chars().filter(|letter| letter.is_alphanumeric() || unknown(*letter)).collect();
    let differ = letters.iter().any(|letter| Some(letter) != letters.first() || unknown(*letter));
    let stands_in = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| STAND_INS.contains(&word.to_lowercase().as_str()));
    letters.len() >= 2 && differ && (!stands_in || letters.iter().any(|letter| unknown(*letter)))
}

/// Whether boxes hold nothing but one date, again and again: some programs write the day of the redaction into each,
/// and cut it off where the box ends.
pub(super) fn is_date_stamp(told: &[Line]) -> bool {
    let words: Vec<&str> =
        told.iter().flat_map(|line| &line.words).map(|word| word.text.as_str()).collect();
    let Some(date) = words.iter().max_by_key(|word| word.len()) else {
        return false;
    };
    let is_date = date.chars().filter(char::is_ascii_digit).count() >= 6
        && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
    is_date && words.len() >= 3 && words.iter().all(|word| date.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::geometry::Rect;

    fn line(text: &str, height: f64) -> Line {
        let extent = Rect::new(0.0, height, 50.0, height + 10.0);
        let words = text.split(' ').map(|word| Word { text: word.to_owned(), extent });
        Line { words: words.collect(), extent, angle: 0, size: 10.0 }
    }

    #[test]
    fn markings_numbers_and_what_is_seen_elsewhere_are_redundant() {
        let seen = [line("Statement of Sam Sample,", 400.0)];
        for (text, height, expected) in [
            ("RESTRICTED (when complete)", 400.0, true),
            ("OFFICIAL - SENSITIVE", 400.0, true),
            ("SECRET", 400.0, false),
            ("Page 1 of 3", 780.0, true),
            ("Page 1 of 3", 400.0, false),
            ("sam sample", 300.0, true),
            ("Sam Sam", 300.0, false),
            ("Sample of", 300.0, false),
            ("state", 300.0, false),
            ("07700 900123", 20.0, false),
        ] {
            assert_eq!(is_redundant(&line(text, height), &seen, 800.0), expected, "{text}");
        }
    }

    #[test]
    fn a_letter_or_two_within_a_word_hide_nothing() {
        let at = |text: &str, left: f64, right: f64| {
            let extent = Rect::new(left, 100.0, right, 110.0);
            let words = vec![Word { text: text.to_owned(), extent }];
            Line { words, extent, angle: 0, size: 10.0 }
        };
        let seen = |left: f64, right: f64| [at("cert", 0.0, left), at("nes", right, 80.0)];
        assert!(is_inside_word(&at("ai", 20.0, 30.0), &seen(20.2, 30.0)));
        assert!(!is_inside_word(&at("ai", 20.0, 30.0), &seen(17.0, 30.0)));
        assert!(!is_inside_word(&at("aig", 20.0, 30.0), &seen(20.0, 30.0)));
        assert!(!is_inside_word(&at("12", 20.0, 30.0), &seen(20.0, 30.0)));
    }
}
