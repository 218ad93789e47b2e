//! Content streams with hidden stretches (ISO 32000-2, 8.11.3.2): what would be painted there, and what
//! stays without it. State that is set there holds on, as it does for readers.

use std::collections::HashSet;
use std::ops::Range;

use super::tokens::{Token, Tokens, decoded};

/// What of a content stream is hidden, and what it draws besides.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Stretches to be replaced so that nothing hidden is left, and by what; in order.
    pub(crate) cuts: Vec<(Range<usize>, &'static [u8])>,
    /// The names of what is drawn and not hidden.
    pub(crate) drawn: HashSet<Vec<u8>>,
    /// Whether anything that is painted would go.
    paints: bool,
    /// Whether what follows stands elsewhere once something is taken out.
    pub(crate) would_move: bool,
}

impl Scan {
    /// Whether anything that is painted is hidden.
    pub(crate) fn found(&self) -> bool {
        self.paints
    }

    /// The content without what is hidden.
    pub(crate) fn without(&self, content: &[u8]) -> Vec<u8> {
        let mut kept = Vec::with_capacity(content.len());
        let mut position = 0;
        for (range, instead) in &self.cuts {
            kept.extend(content.get(position..range.start).unwrap_or_default());
            kept.extend(*instead);
            position = range.end;
        }
        kept.extend(content.get(position..).unwrap_or_default());
        kept
    }
}

type Hides<'a> = &'a dyn Fn(&[u8]) -> bool;

/// Reads content and tells what hidden marks and hidden objects make of it.
pub(crate) struct Scanner<'a> {
    mark: Hides<'a>,
    object: Hides<'a>,
    /// For each open mark whether it is taken out, and whether it hides what is in it.
    marks: Vec<(bool, bool)>,
    /// Whether text was taken out since its place was last set.
    text_gone: bool,
    scan: Scan,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(mark: Hides<'a>, object: Hides<'a>) -> Self {
        Self { mark, object, marks: Vec::new(), text_gone: false, scan: Scan::default() }
    }

    pub(crate) fn run(mut self, content: &[u8]) -> Scan {
        let mut tokens = Tokens::new(content);
        let mut start = tokens.skip_white();
        let mut names: Vec<&[u8]> = Vec::new();
        while let Some(token) = tokens.next_token() {
            match token {
                Token::Name(name) => names.push(name),
                Token::Word(word, _) if is_operand(word) => {}
                Token::Word(word, _) => {
                    if word == b"BI" {
                        tokens.skip_inline_image();
                    }
                    self.operator(word, &names, start..tokens.position());
                    names.clear();
                    start = tokens.skip_white();
                }
                _ => {}
            }
        }
        self.scan
    }

    fn is_hidden(&self) -> bool {
        self.marks.iter().any(|(_, hides)| *hides)
    }

    fn operator(&mut self, word: &[u8], names: &[&[u8]], range: Range<usize>) {
        let hidden = self.is_hidden();
        match word {
            b"BMC" | b"BDC" => {
                let hides = matches!(names, [b"OC", name, ..] if (self.mark)(name));
                self.marks.push((hidden || hides, hides));
                // What a mark says of hidden content is hidden, too.
                if hidden || hides {
                    self.cut(range, b"");
                }
            }
            b"EMC" => {
                if let Some((true, _)) = self.marks.pop() {
                    self.cut(range, b"");
                }
            }
            b"MP" | b"DP" if hidden => self.cut(range, b""),
            b"Do" => match names.last() {
                Some(name) if !hidden && !(self.object)(name) => {
                    self.scan.drawn.insert(decoded(name).into_owned());
                }
                _ => self.paint(range, b""),
            },
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" if hidden => {
                self.paint(range, b"n");
            }
            b"sh" | b"BI" if hidden => self.paint(range, b""),
            b"Tj" | b"TJ" | b"'" | b"\"" => self.text(word, range, hidden),
            b"Td" | b"TD" | b"Tm" | b"T*" | b"BT" | b"ET" => self.text_gone = false,
            _ => {}
        }
    }

    fn text(&mut self, word: &[u8], range: Range<usize>, hidden: bool) {
        let new_line = matches!(word, b"'" | b"\"");
        if !hidden {
            self.scan.would_move |= self.text_gone && !new_line;
            self.text_gone &= !new_line;
            return;
        }
        // Its spacing would hold on.
        self.scan.would_move |= word == b"\"";
        self.text_gone = true;
        self.paint(range, if new_line { b" T*" } else { b"" });
    }

    fn paint(&mut self, range: Range<usize>, instead: &'static [u8]) {
        self.scan.paints = true;
        self.cut(range, instead);
    }

    fn cut(&mut self, range: Range<usize>, instead: &'static [u8]) {
        self.scan.cuts.push((range, instead));
    }
}

pub(crate) fn is_operand(word: &[u8]) -> bool {
    let in_number = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
    matches!(word, b"true" | b"false" | b"null") || word.iter().all(in_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(content: &str) -> (String, Scan) {
        let mark = |name: &[u8]| name == b"Off";
        let object = |name: &[u8]| name == b"Ghost";
        let scan = Scanner::new(&mark, &object).run(content.as_bytes());
        (String::from_utf8(scan.without(content.as_bytes())).unwrap(), scan)
    }

    #[test]
    fn what_is_shown_stays_byte_for_byte() {
        let content = "q /OC /On BDC 1 0 0 rg 0 0 9 9 re f EMC BT /F 9 Tf (a) Tj ET /Im Do Q % f";
        let (kept, scan) = scan(content);
        assert_eq!(kept, content);
        assert!(!scan.found());
        assert!(scan.drawn.contains(b"Im".as_slice()));
    }

    #[test]
    fn hidden_content_goes_and_the_state_that_it_sets_stays() {
        let (kept, scan) = scan(
            "/OC /Off BDC q 1 0 0 rg 0 0 9 9 re W f Q /Im Do /Span <</ActualText (a)>> BDC (b) Tj EMC \
             EMC 5 5 m S",
        );
        assert!(scan.found() && scan.drawn.is_empty());
        for word in ["Off", "ActualText", "(b)", "Im", "EMC"] {
            assert!(!kept.contains(word), "{word} in {kept}");
        }
        assert!(kept.contains("0 0 9 9 re W n Q"), "{kept}");
        assert!(kept.ends_with("5 5 m S"), "{kept}");
    }

    #[test]
    fn hidden_objects_are_not_drawn_wherever_they_stand() {
        let (kept, scan) = scan("q /Ghost Do Q /Im Do");
        assert_eq!(kept, "q  Q /Im Do");
        assert!(scan.found());
    }

    #[test]
    fn a_hidden_inline_image_goes() {
        let (kept, _) = scan("/OC /Off BDC BI /W 1 /H 1 ID x EI EMC Q");
        assert_eq!(kept.trim(), "Q");
    }

    #[test]
    fn text_that_would_move_is_noticed() {
        let moves = |content: &str| scan(content).1.would_move;
        assert!(moves("BT /OC /Off BDC (a) Tj EMC (b) Tj ET"));
        assert!(!moves("BT /OC /Off BDC (a) Tj EMC 5 0 Td (b) Tj ET"));
        assert!(!moves("BT (a) Tj /OC /Off BDC (b) Tj EMC ET"));
        assert!(moves("BT /OC /Off BDC 1 2 (a) \" EMC ET"));
        assert_eq!(scan("BT /OC /Off BDC (a) ' EMC ET").0, "BT   T*  ET");
    }
}
