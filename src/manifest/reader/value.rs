//! What a TOML value is, in plain words, and what a usable text is.

use toml::de::DeValue;
use unicode_normalization::UnicodeNormalization;

use super::Problem;
use crate::manifest::titles::is_unprintable;
use crate::model::Code;

/// Longer than any title or name that a person would type.
const LONGEST_TEXT: usize = 1000;

/// A text in double quotes for a message, with anything unprintable escaped.
pub(in crate::manifest) fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// The value as a message names it.
pub(super) fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text {}", quoted(text)),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(date) => format!("the date or time {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// The text without surrounding space and in Unicode form NFC, if it can be printed.
pub(super) fn clean_text(key: &str, text: &str) -> Result<String, Problem> {
    let bad = |message: String| Problem::new(Code::BadValue, message);
    let text: String = text.trim().nfc().collect();
    if text.is_empty() {
        return Err(bad(format!("\"{key}\" is empty")).hint("give a value, or delete the line"));
    }
    if let Some(control) = text.chars().find(|c| is_unprintable(*c)) {
        let name = control.escape_unicode();
        return Err(bad(format!("\"{key}\" holds the control character {name}"))
            .hint("write it on one line, without tabs or control characters"));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(bad(format!("\"{key}\" is longer than {LONGEST_TEXT} characters")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_composed() {
        assert_eq!(clean_text("title", "  Llŷn y\u{302}  ").unwrap(), "Llŷn ŷ");
    }

    #[test]
    fn text_that_cannot_be_printed_is_refused() {
        for text in ["", " \u{a0} ", "a\tb", "a\nb", "a\u{0}b", "a\u{202e}b"] {
            assert_eq!(clean_text("title", text).unwrap_err().code, Code::BadValue, "{text:?}");
        }
        assert!(clean_text("title", &"x".repeat(LONGEST_TEXT + 1)).is_err());
        assert!(clean_text("title", &"ŵ".repeat(LONGEST_TEXT)).is_ok());
    }

    #[test]
    fn quoting_shows_what_cannot_be_seen() {
        assert_eq!(quoted("a\"b\\c\u{7}"), r#""a\"b\\c\u{7}""#);
        assert_eq!(quoted("Łódź"), "\"Łódź\"");
    }
}
