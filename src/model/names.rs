//! Names of people as they are compared: one folding for privacy, for conflicts, and for whoever asks whether somebody is
//! there already. Case, accents, apostrophes, hyphens and blanks make no difference; a comma puts the family name first.

use unicode_normalization::UnicodeNormalization;
pub(crate) use unicode_normalization::char::is_combining_mark;

/// A person's name as a whole: two spellings of it are equal. Digits count, as officers of one name are told apart by them.
pub(crate) fn name_key(name: &str) -> String {
    let in_order = in_order(name);
    let digits_too = in_order.split(|c: char| !c.is_ascii_digit()).collect::<Vec<_>>().concat();
    parts(&in_order).concat() + &digits_too
}

/// A name with the family name last, where a comma says that it stands first.
pub(crate) fn in_order(name: &str) -> String {
    let (family, others) = name.split_once(',').unwrap_or(("", name));
    format!("{others} {family}")
}

/// The folded parts of a name in their order, apostrophes being within and all else that is no letter between them.
fn parts(name: &str) -> Vec<String> {
    words(name).iter().map(|word| fold(word)).collect()
}

/// The parts of a name as typed, without apostrophes.
pub(crate) fn words(name: &str) -> Vec<String> {
    let bare: String = name.chars().filter(|c| !is_apostrophe(*c)).collect();
    let words = bare.split(|c: char| !c.is_alphabetic() && !is_combining_mark(c));
    words.filter(|word| !fold(word).is_empty()).map(str::to_owned).collect()
}

/// The bare small letters.
pub(crate) fn fold(text: &str) -> String {
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
            c if is_apostrophe(c) || is_combining_mark(c) => {}
            c if c.is_alphabetic() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// The other ways to write a part of a name where a keyboard lacks a letter of it: `Mueller` for `Müller`, and back.
pub(crate) fn other_spellings(name: &str) -> [String; 2] {
    let mut spelt = String::new();
    for c in name.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'æ' => spelt.push_str("ae"),
            'ö' | 'ø' => spelt.push_str("oe"),
            'ü' => spelt.push_str("ue"),
            'å' => spelt.push_str("aa"),
            c => spelt.push(c),
        }
    }
    let mut short = fold(name);
    for (two, one) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")] {
        // Of a short name too little would be left: Joe is not Jo.
        if short.len() >= MIN_SHORTENED {
            short = short.replace(two, one);
        }
    }
    [fold(&spelt), short]
}

const MIN_SHORTENED: usize = 5;

/// Whether a character is used as a hyphen.
pub(crate) fn is_hyphen(c: char) -> bool {
    "-‐‑‒–—−﹣－".contains(c)
}

/// Whether a character is used as an apostrophe, straight, curly, raised or borrowed from another alphabet.
pub(crate) fn is_apostrophe(c: char) -> bool {
    "'’‘‛ʼʻʽʹˈ`´′‵＇‚".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        let key = name_key("Zoë O’Brien-Łukasz");
        for name in [
            "zoe o'brien lukasz",
            "ZOE\u{308} OʼBRIEN‑LUKASZ",
            "O`Brien–Łukasz, Zoë",
            "Zoe  OBrien\u{a0}Łukasz",
            "Zoe O Brien Lukasz",
        ] {
            assert_eq!(name_key(name), key, "{name}");
        }
        assert_eq!(name_key("Siân Llŷr-Ŵyn"), name_key("sian llyr wyn"));
        assert_eq!(name_key("Jürgen Strauß"), name_key("Jurgen Strauss"));
    }

    #[test]
    fn other_people_are_others() {
        for (one, other) in [
            ("Joe Blake", "Jo Blake"),
            ("PC 1234 Smith", "PC 1235 Smith"),
            ("Ann Smith-Jones", "Ann Jones"),
            ("Lee Jordan", "Jordan Lee"),
        ] {
            assert_ne!(name_key(one), name_key(other), "{one}, {other}");
        }
        assert_eq!(other_spellings("Müller"), ["mueller", "muller"]);
        assert_eq!(other_spellings("Mueller"), ["mueller", "muller"]);
    }
}
