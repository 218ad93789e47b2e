//! What content says beside what it draws (ISO 32000-2, 7.8.2 and 14.6): comments, operators that nobody knows, marked
//! points, and entries of properties that are about nothing shown. It is blanked where it stands.

use std::ops::Range;

use super::content::{is_operator, is_value};
use crate::pdf::source::decoded;
use crate::pdf::syntax::{Token, Tokens};

/// The entries of properties that readers know: what stands in place of the content, and how it is tagged.
const OF_A_LIST: [&[u8]; 11] = [
    b"MCID",
    b"ActualText",
    b"Alt",
    b"E",
    b"Lang",
    b"Type",
    b"Subtype",
    b"BBox",
    b"Attached",
    b"OC",
    b"Name",
];

/// Content without remarks, and how many there were; `None` where there is none, or where readers may differ in what it says.
pub(super) fn without_remarks(content: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut reading = Reading::default();
    let mut tokens = Tokens::new(content);
    loop {
        let before = tokens.position();
        let start = tokens.skip_white();
        reading.comments(content, before..start);
        let Some(token) = tokens.next_token() else {
            break;
        };
        let is_picture = matches!(token, Token::Word(b"BI", _));
        reading.take(content, start..tokens.position(), &token);
        if is_picture {
            tokens.skip_inline_image();
        }
    }
    if tokens.is_doubtful() || reading.is_torn || reading.remarks.is_empty() {
        return None;
    }
    let mut blanked = content.to_vec();
    for range in &reading.remarks {
        let bytes = blanked.get_mut(range.clone()).unwrap_or_default();
        bytes.iter_mut().filter(|byte| !b"\r\n".contains(byte)).for_each(|byte| *byte = b' ');
    }
    Some((blanked, reading.remarks.len()))
}

/// Content on the way from one operator to the next.
#[derive(Default)]
struct Reading {
    remarks: Vec<Range<usize>>,
    /// Where the first operand since the last operator starts.
    operands: Option<usize>,
    /// Whether it stands between `BX` and `EX`.
    is_compatible: bool,
    /// What closes the arrays and dictionaries that are open.
    open: Vec<&'static [u8]>,
    /// Whether something is closed that is not open, or open where an operator stands: readers differ in how they go on.
    is_torn: bool,
    /// Entries of properties among the operands: a key, and behind its value.
    entries: Vec<(Range<usize>, bool)>,
    /// Whether the next object at this depth is a value.
    has_key: bool,
    is_list: bool,
}

impl Reading {
    fn comments(&mut self, content: &[u8], gap: Range<usize>) {
        let bytes = content.get(gap.clone()).unwrap_or_default();
        let Some(first) = bytes.iter().position(|byte| *byte == b'%') else {
            return;
        };
        self.remarks.push(gap.start + first..gap.end);
    }

    fn take(&mut self, content: &[u8], at: Range<usize>, token: &Token<'_>) {
        match token {
            Token::Word(word, _) if !is_value(word) => {
                self.is_torn |= !self.open.is_empty();
                self.operator(content, word, at);
                return;
            }
            Token::Open(close) => {
                self.is_list |= self.open.is_empty() && *close == b">>";
                if self.open.len() == 1 {
                    self.value(at.clone());
                }
                self.open.push(close);
            }
            Token::Close => {
                self.is_torn |= self.open.pop() != content.get(at.clone());
                if self.open.len() == 1 {
                    self.behind(at.end);
                }
            }
            Token::Name(name) if self.open.len() == 1 && self.is_list && !self.has_key => {
                let stays = OF_A_LIST.contains(&&*decoded(name));
                self.entries.push((at.clone(), stays));
                self.has_key = true;
            }
            _ if self.open.len() == 1 => {
                self.value(at.clone());
                self.behind(at.end);
            }
            _ => {}
        }
        self.operands.get_or_insert(at.start);
    }

    /// A value begins.
    fn value(&mut self, at: Range<usize>) {
        self.has_key = false;
        self.behind(at.end);
    }

    /// The last entry reaches to here.
    fn behind(&mut self, end: usize) {
        if let Some((entry, _)) = self.entries.last_mut() {
            entry.end = end;
        }
    }

    fn operator(&mut self, content: &[u8], word: &[u8], at: Range<usize>) {
        let from = self.operands.take().unwrap_or(at.start);
        let entries = std::mem::take(&mut self.entries);
        let is_list = std::mem::take(&mut self.is_list);
        self.has_key = false;
        match word {
            b"BX" => self.is_compatible = true,
            b"EX" => {
                self.is_compatible = false;
                self.blank(content, from..at.start);
            }
            b"DP" | b"MP" => self.blank(content, from..at.end),
            b"BDC" if is_list => {
                let gone = entries.into_iter().filter(|(_, stays)| !stays);
                gone.for_each(|(entry, _)| self.blank(content, entry));
            }
            word if self.is_compatible && !is_operator(word) => self.blank(content, from..at.end),
            _ => {}
        }
    }

    fn blank(&mut self, content: &[u8], range: Range<usize>) {
        let bytes = content.get(range.clone()).unwrap_or_default();
        if bytes.iter().any(|byte| !byte.is_ascii_whitespace()) {
            self.remarks.push(range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_left(content: &str, left: &str) {
        let blanked = without_remarks(content.as_bytes()).map(|(blanked, _)| blanked);
        let words = |text: &[u8]| {
            let text = String::from_utf8_lossy(text).into_owned();
            text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(words(&blanked.unwrap_or(content.into())), words(left.as_bytes()), "{content}");
    }

    #[test]
    fn comments_and_marks_that_are_about_nothing_go() {
        is_left("q % a note\n1 0 0 RG % another", "q 1 0 0 RG");
        is_left("(a % b) Tj <25> Tj", "(a % b) Tj <25> Tj");
        is_left("BX (note) 1 secret EX q BX 0 0 m (x) EX", "BX EX q BX 0 0 m EX");
        is_left("/P <</A (b)>> DP /M MP q", "q");
        is_left("/P <</MCID 1/Note (x)/Lang(en)>> BDC", "/P <</MCID 1 /Lang(en)>> BDC");
        is_left("/P <</Note [(x) <</A 1>>]/MCID 1>> BDC", "/P << /MCID 1>> BDC");
        is_left("/P <</Note <</MCID 2>> /E (x)>> BDC", "/P << /E (x)>> BDC");
        is_left("q BI /W 1 ID % x\nEI Q", "q BI /W 1 ID % x EI Q");
    }

    #[test]
    fn content_without_remarks_stays_as_it_is() {
        for content in [
            "q 1 0 0 RG Q",
            "/OC /L BDC EMC",
            "/Artifact <</Attached[/Top]/Type/Pagination>> BDC",
            "unknown q",
            "/P <</Note [(x) [1] >> >> BDC % x",
            "/P <</Note (x) BDC",
            "] % x",
        ] {
            assert_eq!(without_remarks(content.as_bytes()), None, "{content}");
        }
    }
}
