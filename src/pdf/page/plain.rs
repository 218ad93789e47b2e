use unicode_normalization::UnicodeNormalization;

/// A text without ligatures, wide or small forms, soft hyphens and unusual dashes.
pub(crate) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfkc()
        .filter_map(|c| match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' => {
                Some('-')
            }
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => Some('\''),
            c if c.is_whitespace() => Some(' '),
            c => Some(c),
        })
        .collect()
}
