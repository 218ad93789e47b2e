//! The operands of content streams.

/// One operand, as it stands in the content.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Operand<'a> {
    /// A name, without its slash.
    Name(&'a [u8]),
    /// A number, and how it is written; not a number where readers may differ about it.
    Number(f64, &'a [u8]),
    /// A string with its delimiters.
    Text(&'a [u8]),
    /// The start of an array or dictionary.
    Open,
    /// Its end.
    Close,
    /// `true`, `false` or `null`.
    Word,
}

/// The number that a word says.
pub(super) fn number(word: &[u8]) -> f64 {
    let text = std::str::from_utf8(word).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

/// Exactly so many finite numbers and nothing else.
pub(super) fn numbers<const N: usize>(operands: &[Operand<'_>]) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = operands
        .iter()
        .map(|operand| match operand {
            Operand::Number(number, _) if number.is_finite() => Some(*number),
            _ => None,
        })
        .collect();
    numbers?.try_into().ok()
}

/// The bytes of a string (ISO 32000-2, 7.3.4).
pub(super) fn string(raw: &[u8]) -> Vec<u8> {
    match raw {
        [b'(', inner @ .., b')'] => literal(inner),
        [b'<', inner @ .., b'>'] => hexadecimal(inner),
        _ => Vec::new(),
    }
}

fn literal(inner: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(b'n') => bytes.push(b'\n'),
            Some(b'r') => bytes.push(b'\r'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'b') => bytes.push(8),
            Some(b'f') => bytes.push(12),
            Some(b'\n') => {}
            Some(b'\r') => {
                rest.next_if_eq(&b'\n');
            }
            Some(digit @ b'0'..=b'7') => {
                let mut code = digit - b'0';
                for _ in 0..2 {
                    let Some(next) = rest.next_if(|next| (b'0'..=b'7').contains(next)) else {
                        break;
                    };
                    code = code.wrapping_mul(8).wrapping_add(next - b'0');
                }
                bytes.push(code);
            }
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    bytes
}

fn hexadecimal(inner: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    let digits: Vec<u8> = inner.iter().filter_map(digit).collect();
    let pair = |pair: &[u8]| match pair {
        [high, low] => high * 16 + low,
        [high] => high * 16,
        _ => 0,
    };
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_as_readers_read_them() {
        assert_eq!(string(b"(a\\)\\101\\7x\\\r\n(b))"), b"a)A\x07x(b)");
        assert_eq!(string(b"<4 1 4>"), b"A@");
    }

    #[test]
    fn odd_numbers_are_none() {
        assert_eq!(number(b"-.5"), -0.5);
        assert!(number(b"1-2").is_nan() && number(b"--5").is_nan());
        assert_eq!(numbers::<1>(&[Operand::Number(f64::NAN, b"-")]), None);
        assert_eq!(numbers::<1>(&[Operand::Number(1.0, b"1"), Operand::Word]), None);
    }
}
