//! Values (ISO 32000-2, 7.3), read as forgivingly as readers do: what has no place in a dictionary or
//! an array is passed over. Nothing is made up: what is never closed is not read.

use lopdf::{Dictionary, Object, StringFormat};

/// How deep values may stand within each other, as lopdf has it.
const MAX_DEPTH: usize = 100;

/// Reads values one after another.
pub(super) struct Tolerant<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What stands at a place.
enum Parsed {
    Value(Object),
    /// A word or a bracket that is no value.
    Stray,
}

impl<'a> Tolerant<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Behind what was read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The next value; `None` where there is none, or one that does not end.
    pub(super) fn value(&mut self) -> Option<Object> {
        match self.found(MAX_DEPTH)? {
            Parsed::Value(object) => Some(object),
            Parsed::Stray => None,
        }
    }

    /// The next word: a number, a keyword.
    pub(super) fn word(&mut self) -> Option<&'a [u8]> {
        self.skip_white();
        let start = self.at;
        self.skip_while(is_regular);
        self.bytes.get(start..self.at).filter(|word| !word.is_empty())
    }

    /// Passes over these bytes if they come next, white space and comments before them.
    pub(super) fn takes(&mut self, what: &[u8]) -> bool {
        self.skip_white();
        let comes = self.starts_with(what);
        if comes {
            self.at += what.len();
        }
        comes
    }

    fn found(&mut self, depth: usize) -> Option<Parsed> {
        let depth = depth.checked_sub(1)?;
        self.skip_white();
        Some(match self.peek()? {
            b'/' => Parsed::Value(Object::Name(self.name())),
            b'(' => Parsed::Value(Object::string_literal(self.literal()?)),
            b'<' if self.takes(b"<<") => Parsed::Value(self.dictionary(depth)?.into()),
            b'<' => Parsed::Value(Object::String(self.hex()?, StringFormat::Hexadecimal)),
            b'[' => Parsed::Value(self.array(depth)?.into()),
            byte if is_regular(byte) => self.keyword()?,
            _ => {
                self.at += 1;
                Parsed::Stray
            }
        })
    }

    /// From behind `<<` to behind `>>`.
    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        let mut dict = Dictionary::new();
        while !self.takes(b">>") {
            if self.peek()? != b'/' {
                self.pass(depth)?;
                continue;
            }
            let key = self.name();
            self.skip_white();
            if self.starts_with(b">>") {
                continue;
            }
            if let Parsed::Value(value) = self.found(depth)? {
                dict.set(key, value);
            }
        }
        Some(dict)
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Object>> {
        let mut array = Vec::new();
        self.at += 1;
        while !self.takes(b"]") {
            if self.starts_with(b">>") {
                return None;
            }
            if let Parsed::Value(value) = self.found(depth)? {
                array.push(value);
            }
        }
        Some(array)
    }

    /// Passes over what has no place here, unless the object ends with it.
    fn pass(&mut self, depth: usize) -> Option<()> {
        const ENDS: [&[u8]; 3] = [b"endobj", b"endstream", b"stream"];
        if ENDS.iter().any(|end| self.starts_with(end)) {
            return None;
        }
        self.found(depth).map(|_| ())
    }

    /// A number, a reference or a constant.
    fn keyword(&mut self) -> Option<Parsed> {
        let word = self.word()?;
        let value = match word {
            b"true" => Object::Boolean(true),
            b"false" => Object::Boolean(false),
            b"null" => Object::Null,
            b"endobj" | b"endstream" | b"stream" | b"obj" => return None,
            word => match number(word) {
                Some(Object::Integer(number)) => self.reference(number),
                Some(number) => number,
                None => return Some(Parsed::Stray),
            },
        };
        Some(Parsed::Value(value))
    }

    /// The reference that a number begins, or the number alone.
    fn reference(&mut self, number: i64) -> Object {
        let behind = self.at;
        let generation = self.word().and_then(decimal);
        let generation = generation.and_then(|generation| u16::try_from(generation).ok());
        if let (Ok(id), Some(generation)) = (u32::try_from(number), generation)
            && self.word() == Some(b"R")
        {
            return Object::Reference((id, generation));
        }
        self.at = behind;
        Object::Integer(number)
    }

    /// A name; a `#` without two digits stands for itself.
    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let digit = |at| self.bytes.get(at).copied().and_then(hex_digit);
            match (byte, digit(self.at), digit(self.at + 1)) {
                (b'#', Some(high), Some(low)) => {
                    name.push(high << 4 | low);
                    self.at += 2;
                }
                _ => name.push(byte),
            }
        }
        name
    }

    /// A string in brackets (ISO 32000-2, 7.3.4.2).
    fn literal(&mut self) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        let mut depth = 0usize;
        loop {
            let byte = self.next()?;
            match byte {
                b'\\' => {
                    text.extend(self.escaped()?);
                    continue;
                }
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(text);
            }
            if byte != b'(' || depth > 1 {
                text.push(byte);
            }
        }
    }

    fn escaped(&mut self) -> Option<Option<u8>> {
        Some(Some(match self.next()? {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return Some(None),
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return Some(None);
            }
            digit @ b'0'..=b'7' => {
                let mut value = digit - b'0';
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    self.at += 1;
                    // Overflow is ignored, says the standard.
                    value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                }
                value
            }
            byte => byte,
        }))
    }

    fn hex(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut digits = Vec::new();
        loop {
            match self.next()? {
                b'>' => break,
                byte => digits.extend(hex_digit(byte)),
            }
        }
        let byte = |pair: &[u8]| pair.first().map(|high| high << 4 | pair.get(1).unwrap_or(&0));
        Some(digits.chunks(2).filter_map(byte).collect())
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, what: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(what))
    }

    fn skip_white(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                byte if is_white(byte) => self.at += 1,
                b'%' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                _ => break,
            }
        }
    }

    fn skip_while(&mut self, test: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&test) {
            self.at += 1;
        }
    }
}

/// A number without a sign.
pub(super) fn decimal(word: &[u8]) -> Option<u32> {
    let digits = word.iter().all(u8::is_ascii_digit).then_some(word)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn number(word: &[u8]) -> Option<Object> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.');
    let text = std::str::from_utf8(word).ok()?;
    if !word.iter().all(is_part) {
        return None;
    }
    let integer = text.parse().ok().map(Object::Integer);
    integer.or_else(|| text.parse().ok().map(Object::Real))
}

fn hex_digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !b"()<>[]{}/%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn read(text: &str) -> Option<Object> {
        Tolerant::new(text.as_bytes(), 0).value()
    }

    #[test]
    fn sound_values_are_read_as_lopdf_reads_them() {
        let text =
            r"<</A 1/B -2.5/C[1 0 R 2 true null]/D(a\(b\)\n(c)\101)/E<414>/F<</G/H#20I>>/J 7>>";
        let expected = dictionary! {
            "A" => 1,
            "B" => -2.5,
            "C" => vec![Object::Reference((1, 0)), 2.into(), true.into(), Object::Null],
            "D" => Object::string_literal("a(b)\n(c)A"),
            "E" => Object::String(b"A@".to_vec(), StringFormat::Hexadecimal),
            "F" => dictionary! { "G" => Object::Name(b"H I".to_vec()) },
            "J" => 7,
        };
        assert_eq!(read(text), Some(expected.into()));
    }

    #[test]
    fn what_has_no_place_is_passed_over() {
        let expected = || Some(dictionary! { "A" => 1, "C" => 2 }.into());
        assert_eq!(read("<</A 1 R foo/C 2>>"), expected());
        assert_eq!(read("<<bar ] (text)/A 1 }/C 2/D>>"), expected());
        assert_eq!(read("<</A 1/B foo/C 2>>"), expected());
        let array = vec![1.into(), Object::Reference((2, 0))];
        assert_eq!(read("[1 x 2 0 R ) endX]"), Some(array.into()));
    }

    #[test]
    fn a_number_sign_in_a_name_stands_for_itself() {
        let expected = dictionary! { Object::Name(b"Im#1".to_vec()).as_name().unwrap() => 7 };
        assert_eq!(read("<</Im#1 7>>"), Some(expected.into()));
    }

    #[test]
    fn what_does_not_end_is_not_read() {
        for text in [
            "<</A 1",
            "<</A 1 endobj",
            "<</A[1 2>>",
            "<</A(b>>",
            "<</A<41",
            "<</A 1 stream x >>",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"[".repeat(100_000)), None);
    }
}
