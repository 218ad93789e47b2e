//! Values out of a short list.

use std::cell::Cell;

use serde::de::{DeserializeOwned, Deserializer, Visitor, value::Error};

use super::Problem;
use crate::model::Code;
use crate::model::nearest::likeliest;

/// `word` if it is allowed; otherwise a problem that names the allowed words.
pub(in crate::manifest) fn one_of(key: &str, word: &str, allowed: &[&str]) -> Result<(), Problem> {
    if allowed.contains(&word) {
        return Ok(());
    }
    let list = format!("allowed: {}", allowed.join(", "));
    let hint = match likeliest(word, allowed) {
        Some(near) => format!("did you mean \"{near}\"? {list}"),
        None => list,
    };
    Err(Problem::new(Code::UnknownValue, format!("unknown {key} \"{word}\"")).hint(hint))
}

/// The words that serde accepts for an enum, so that no list is kept twice.
pub(super) fn words_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let words = Cell::new([].as_slice());
    // The probe always fails once it has seen the words.
    let _ = T::deserialize(ChoiceProbe(&words));
    words.get()
}

/// A deserializer that holds no value and only writes down what an enum asks for.
struct ChoiceProbe<'c>(&'c Cell<&'static [&'static str]>);

impl<'de> Deserializer<'de> for ChoiceProbe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(serde::de::Error::custom("only for enums"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.set(variants);
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Language, RemandStatus};

    #[test]
    fn the_words_of_an_enum_are_those_it_reads() {
        assert_eq!(
            words_of::<RemandStatus>(),
            ["bail", "conditional-bail", "custody", "secure-unit"]
        );
        assert_eq!(words_of::<Language>(), ["en-GB", "cy"]);
    }

    #[test]
    fn a_wrong_word_is_answered_with_the_right_ones() {
        let problem = one_of("remand", "Bale", &["bail", "custody"]).unwrap_err();
        assert_eq!(problem.message, "unknown remand \"Bale\"");
        assert_eq!(problem.hint.as_deref(), Some("allowed: bail, custody"));
        let problem = one_of("remand", "bial", &["bail", "custody"]).unwrap_err();
        assert_eq!(problem.hint.as_deref(), Some("did you mean \"bail\"? allowed: bail, custody"));
    }
}
