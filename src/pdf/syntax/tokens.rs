//! The tokens of content streams (ISO 32000-2, 7.8.2), read as forgivingly as readers do.

use std::borrow::Cow;

/// A name as dictionaries have it: `#` and two hexadecimal digits stand for one byte (ISO 32000-2, 7.3.5), any other `#`
/// for itself.
pub(crate) fn decoded(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return name.into();
    }
    let digit = |at: usize| char::from(*name.get(at)?).to_digit(16);
    let mut plain = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(byte) = name.get(at) {
        let escaped = digit(at + 1).zip(digit(at + 2));
        let escaped = escaped.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
        match escaped.filter(|_| *byte == b'#') {
            Some(escaped) => {
                plain.push(escaped);
                at += 3;
            }
            None => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    plain.into()
}

/// A part of content.
pub(crate) enum Token<'a> {
    /// An operator, a number or a keyword, with its position.
    Word(&'a [u8], usize),
    /// The start of an array or dictionary, with what closes it.
    Open(&'static [u8]),
    /// The end of an array or dictionary.
    Close,
    /// A name as it is written, without its slash.
    Name(&'a [u8]),
    /// A string or a delimiter.
    Other,
    /// The end of the content within a string, with what would close it.
    Unclosed(Vec<u8>),
}

/// Reads content token by token.
pub(crate) struct Tokens<'a> {
    content: &'a [u8],
    /// Behind the last token.
    position: usize,
    /// Whether readers may differ in where a picture ends.
    doubtful: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(content: &'a [u8]) -> Self {
        Self { content, position: 0, doubtful: false }
    }

    /// The position behind the last token.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Whether the data of a picture held what looks like its end: readers tell by what follows.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// The position of the next token, white space and comments behind.
    pub(crate) fn skip_white(&mut self) -> usize {
        while let Some(byte) = self.peek() {
            match byte {
                byte if is_white(byte) => self.position += 1,
                b'%' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                _ => break,
            }
        }
        self.position
    }

    fn peek(&self) -> Option<u8> {
        self.content.get(self.position).copied()
    }

    pub(crate) fn next_token(&mut self) -> Option<Token<'a>> {
        loop {
            match self.peek()? {
                byte if is_white(byte) => self.position += 1,
                b'%' => self.skip_while(|byte| byte != b'\n' && byte != b'\r'),
                b'(' => return Some(self.skip_string()),
                b'<' => return Some(self.skip_hex()),
                b'/' => {
                    self.position += 1;
                    let start = self.position;
                    self.skip_while(is_regular);
                    return Some(Token::Name(self.content.get(start..self.position)?));
                }
                byte if is_regular(byte) => {
                    let start = self.position;
                    self.skip_while(is_regular);
                    return Some(Token::Word(self.content.get(start..self.position)?, start));
                }
                // Braces have no place in content (ISO 32000-2, 7.10.5); readers take them as they like.
                byte @ (b'{' | b'}') => {
                    self.position += 1;
                    let start = self.position - 1;
                    return Some(Token::Word(if byte == b'{' { b"{" } else { b"}" }, start));
                }
                byte => {
                    self.position += 1;
                    return Some(self.delimiter(byte));
                }
            }
        }
    }

    /// A delimiter whose first byte is behind.
    fn delimiter(&mut self, byte: u8) -> Token<'a> {
        match byte {
            b'[' => Token::Open(b"]"),
            b']' => Token::Close,
            b'>' if self.peek() == Some(b'>') => {
                self.position += 1;
                Token::Close
            }
            _ => Token::Other,
        }
    }

    fn skip_while(&mut self, test: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&test) {
            self.position += 1;
        }
    }

    fn skip_string(&mut self) -> Token<'a> {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            self.position += 1;
            match byte {
                b'\\' => self.position += 1,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return Token::Other;
                    }
                }
                _ => {}
            }
        }
        Token::Unclosed(vec![b')'; depth])
    }

    /// A hexadecimal string, or the start of a dictionary.
    fn skip_hex(&mut self) -> Token<'a> {
        self.position += 1;
        if self.peek() == Some(b'<') {
            self.position += 1;
            return Token::Open(b">>");
        }
        self.skip_while(|byte| byte != b'>');
        if self.peek().is_none() {
            return Token::Unclosed(vec![b'>']);
        }
        self.position += 1;
        Token::Other
    }

    /// From behind `BI` to behind `EI`. The data may hold anything, so `EI` counts only between
    /// white space and with something like an operator behind it.
    /// Returns what would end it where nothing does.
    pub(crate) fn skip_inline_image(&mut self) -> Option<Vec<u8>> {
        const NO_DATA: &[u8] = b"\nID \nEI";
        loop {
            match self.next_token() {
                Some(Token::Word(b"ID", _)) => break,
                Some(Token::Unclosed(closing)) => return Some([&closing, NO_DATA].concat()),
                Some(_) => {}
                None => return Some(NO_DATA.to_vec()),
            }
        }
        self.position += 1;
        while let Some(rest) = self.content.get(self.position..) {
            let Some(found) = rest.windows(2).position(|window| window == b"EI") else {
                self.position = self.content.len();
                break;
            };
            let end = found + 2;
            let before = found == 0 || rest.get(found - 1).copied().is_some_and(is_white);
            let after = rest.get(end).copied().is_none_or(is_white);
            self.position += end;
            let looks_like_content = rest.get(end..rest.len().min(end + 12)).is_some_and(|next| {
                next.iter().all(|byte| is_white(*byte) || (32..127).contains(byte))
            });
            if before && after && looks_like_content {
                return None;
            }
            self.doubtful |= after;
        }
        Some(b"\nEI".to_vec())
    }
}

fn is_white(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte)
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
