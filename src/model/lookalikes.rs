//! Letters of other alphabets, and wide ones, that look like letters and digits of our own.

/// The capital or digit that a letter looks like; `None` where it looks like none, or is one.
pub(crate) fn latin(c: char) -> Option<char> {
    if ('\u{ff01}'..='\u{ff5e}').contains(&c) {
        let plain = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?;
        return plain.is_ascii_alphanumeric().then_some(plain.to_ascii_uppercase());
    }
    Some(match c {
        'А' | 'а' | 'Α' | 'α' => 'A',
        'В' | 'в' | 'Β' => 'B',
        'С' | 'с' | 'Ϲ' | 'ϲ' => 'C',
        'Ԁ' | 'ԁ' => 'D',
        'Е' | 'е' | 'Ε' => 'E',
        'Ϝ' => 'F',
        'Ԍ' | 'ԍ' | 'Ɡ' => 'G',
        'Н' | 'н' | 'Η' => 'H',
        'І' | 'і' | 'Ι' | 'ι' | 'Ӏ' | 'ӏ' => 'I',
        'Ј' | 'ј' => 'J',
        'К' | 'к' | 'Κ' | 'κ' => 'K',
        'М' | 'м' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'о' | 'Ο' | 'ο' => 'O',
        'Р' | 'р' | 'Ρ' | 'ρ' => 'P',
        'Ѕ' | 'ѕ' => 'S',
        'Т' | 'т' | 'Τ' | 'τ' => 'T',
        'Ѵ' | 'ѵ' | 'ν' => 'V',
        'Ԝ' | 'ԝ' => 'W',
        'Х' | 'х' | 'Χ' | 'χ' => 'X',
        'У' | 'у' | 'Υ' | 'γ' => 'Y',
        'Ζ' => 'Z',
        'З' | 'з' => '3',
        'б' => '6',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn other_alphabets_are_read_as_they_look() {
        let read = |text: &str| -> String { text.chars().map(|c| latin(c).unwrap_or(c)).collect() };
        assert_eq!(read("МG6D"), "MG6D");
        assert_eq!(read("ΜG6D"), "MG6D");
        assert_eq!(read("ＭＧ６Ｄ"), "MG6D");
        assert_eq!(read("ŵ é"), "ŵ é");
    }
}
