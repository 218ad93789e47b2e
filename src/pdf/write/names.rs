//! Names in content, spelt as the writer spells them in dictionaries.

use memchr::memchr;

use crate::pdf::syntax::{Token, Tokens};

/// Content in which each `#` of a name that stands for itself is written `#23` (ISO 32000-2, 7.3.5), as the writer does in
/// dictionaries: of `/F#ke` in one place and `/F#23ke` in another some readers make two names. `None` where there is none.
pub(super) fn spell_names(content: &[u8]) -> Option<Vec<u8>> {
    memchr(b'#', content)?;
    let mut tokens = Tokens::new(content);
    let mut spelt = Vec::new();
    let mut copied = 0;
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Name(name) => {
                let start = tokens.position() - name.len();
                for at in (0..name.len()).filter(|at| is_bare(name, *at)) {
                    spelt.extend(content.get(copied..=start + at)?);
                    spelt.extend(b"23");
                    copied = start + at + 1;
                }
            }
            Token::Word(b"BI", _) => drop(tokens.skip_inline_image()),
            _ => {}
        }
    }
    spelt.extend(content.get(copied..)?);
    (spelt.len() > content.len()).then_some(spelt)
}

/// Whether a `#` stands somewhere without two hexadecimal digits behind it.
fn is_bare(name: &[u8], at: usize) -> bool {
    let is_digit = |at: usize| name.get(at).is_some_and(u8::is_ascii_hexdigit);
    name.get(at) == Some(&b'#') && !(is_digit(at + 1) && is_digit(at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_stands_for_itself_is_spelt_out() {
        let spelt = |content: &str| {
            spell_names(content.as_bytes()).map(|spelt| String::from_utf8(spelt).unwrap())
        };
        assert_eq!(
            spelt("BT /F#ke 9 Tf (#k) Tj /A#4 gs /#23# Do").unwrap(),
            "BT /F#23ke 9 Tf (#k) Tj /A#234 gs /#23#23 Do"
        );
        assert_eq!(spelt("/A#20B gs (#) Tj % /#"), None);
        assert_eq!(spelt("q BI /W 1 /H 1 ID /#k\nEI Q"), None);
    }
}
