//! Reads the content of a page and notes where everything in it stands that may be unseen.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::content::{Cut, ShownContent, ShownKind, ShownOperator, Worded};
use super::drawn::{Resources, UNIT};
use super::font::GlyphReach;
use super::operand::{Operand, number, numbers, string};
use super::path::Path;
use super::state::{Graphics, TextLine, TextOperand};
use crate::model::geometry::{Matrix, Rect};
use crate::pdf::syntax::hidden_stretches::is_operand;
use crate::pdf::syntax::tokens::{Token, Tokens};

/// More saved states than this nobody makes.
const MAX_SAVED: usize = 1024;

/// Follows the operators of a page.
pub(super) struct Reader<'a> {
    resources: &'a Resources<'a>,
    fonts: HashMap<Vec<u8>, Option<Rc<GlyphReach>>>,
    graphics: Graphics,
    saved: Vec<Graphics>,
    line: TextLine,
    path: Option<Path>,
    unit: usize,
    in_text: bool,
    /// Whether readers agree about the state.
    sure: bool,
    /// Whether they agree about where text stands, until it is placed from scratch.
    sure_of_text: bool,
    marks: Vec<Option<(usize, Option<Cut>)>>,
    content: ShownContent,
}

impl<'a> Reader<'a> {
    pub(super) fn new(resources: &'a Resources<'a>) -> Self {
        Self {
            resources,
            fonts: HashMap::new(),
            graphics: Graphics::new(),
            saved: Vec::new(),
            line: TextLine::at(Matrix::IDENTITY),
            path: None,
            unit: 0,
            in_text: false,
            sure: true,
            sure_of_text: true,
            marks: Vec::new(),
            content: ShownContent::default(),
        }
    }

    /// `None` for content that readers may take in different ways.
    pub(super) fn run(mut self, content: &[u8]) -> Option<ShownContent> {
        let mut tokens = Tokens::new(content);
        let mut operands = Vec::new();
        let mut first = tokens.skip_white();
        loop {
            let start = tokens.skip_white();
            let Some(token) = tokens.next_token() else {
                break;
            };
            let raw = content.get(start..tokens.position()).unwrap_or_default();
            match token {
                Token::Name(name) => operands.push(Operand::Name(name)),
                Token::Open(_) => operands.push(Operand::Open),
                Token::Close => operands.push(Operand::Close),
                Token::Other if raw.starts_with(b"(") || raw.starts_with(b"<") => {
                    operands.push(Operand::Text(raw));
                }
                Token::Other | Token::Unclosed(_) | Token::Word(b"{" | b"}", _) => return None,
                Token::Word(b"true" | b"false" | b"null", _) => operands.push(Operand::Word),
                Token::Word(word, _) if is_operand(word) => {
                    operands.push(Operand::Number(number(word), word));
                }
                Token::Word(word, _) => {
                    if word == b"BI" && tokens.skip_inline_image().is_some() {
                        return None;
                    }
                    self.operator(word, &operands, first..tokens.position());
                    if self.saved.len() > MAX_SAVED {
                        return None;
                    }
                    operands.clear();
                    first = tokens.skip_white();
                }
            }
        }
        // Marks that are left open end with the content.
        while !self.marks.is_empty() {
            self.end_mark(content.len());
        }
        Some(self.content)
    }

    fn operator(&mut self, word: &[u8], operands: &[Operand<'_>], range: Range<usize>) {
        if self.path(word, operands, &range) {
            return;
        }
        match word {
            b"q" | b"Q" | b"cm" | b"w" | b"M" | b"gs" => self.graphics_operator(word, operands),
            b"Tf" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr" => {
                self.text_state(word, operands);
            }
            b"BT" | b"ET" | b"Td" | b"TD" | b"Tm" | b"T*" => self.place(word, operands),
            b"Tj" | b"TJ" | b"'" | b"\"" => self.show(word, operands, range),
            b"Do" | b"BI" => self.figure(word, operands, range),
            b"sh" => self.note((range, Vec::new()), None, ShownKind::Other),
            b"BMC" => self.marks.push(None),
            b"BDC" => self.mark(operands, range),
            b"EMC" => self.end_mark(range.start),
            _ => {}
        }
    }

    fn note(&mut self, cut: Cut, area: Option<Rect>, kind: ShownKind) {
        self.content.shown.push(ShownOperator { cut, area, kind });
    }

    /// Goes on with a path, or paints it; whether the operator is one for paths.
    fn path(&mut self, word: &[u8], operands: &[Operand<'_>], range: &Range<usize>) -> bool {
        match word {
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" | b"W" | b"W*" => {
                let path = self.path.get_or_insert_with(|| Path::new(range.start));
                path.go_on(word, operands, self.graphics.ctm);
            }
            b"n" => self.path = None,
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                let path = self.path.take().unwrap_or_else(|| Path::new(range.start));
                let area = path.area(word, &self.graphics);
                let sure = self.sure && !self.in_text && !path.clips;
                let kind = ShownKind::Path { sure };
                self.note((path.start..range.end, Vec::new()), area, kind);
            }
            // Nothing else may stand in a path (ISO 32000-2, 8.2).
            _ => {
                if let Some(path) = &mut self.path {
                    path.lose();
                }
                return false;
            }
        }
        true
    }

    fn graphics_operator(&mut self, word: &[u8], operands: &[Operand<'_>]) {
        match (word, operands) {
            (b"q", _) => {
                self.sure_of_text &= !self.in_text;
                self.saved.push(self.graphics.clone());
            }
            (b"Q", _) => {
                self.sure_of_text &= !self.in_text;
                match self.saved.pop() {
                    Some(saved) => self.graphics = saved,
                    None => self.sure = false,
                }
            }
            (b"cm", _) => match numbers(operands) {
                Some(matrix) => self.graphics.ctm = Matrix(matrix).then(self.graphics.ctm),
                None => self.sure = false,
            },
            (b"w", [Operand::Number(width, _)]) => self.graphics.line_width = *width,
            (b"M", [Operand::Number(limit, _)]) => self.graphics.mitre_limit = *limit,
            (b"gs", [Operand::Name(name)]) => {
                let state = self.resources.state(name);
                if state.font {
                    self.graphics.font = None;
                }
                let graphics = &mut self.graphics;
                graphics.line_width = state.line_width.unwrap_or(graphics.line_width);
                graphics.mitre_limit = state.mitre_limit.unwrap_or(graphics.mitre_limit);
            }
            _ => self.sure = false,
        }
    }

    fn text_state(&mut self, word: &[u8], operands: &[Operand<'_>]) {
        if let (b"Tf", [Operand::Name(name), Operand::Number(size, _)]) = (word, operands) {
            let resources = self.resources;
            let font = self.fonts.entry(name.to_vec());
            self.graphics.font = font.or_insert_with(|| resources.font(name)).clone();
            self.graphics.size = *size;
            return;
        }
        let Some([value]) = numbers(operands) else {
            self.sure = false;
            return;
        };
        let state = &mut self.graphics;
        match word {
            b"Tc" => state.char_spacing = value,
            b"Tw" => state.word_spacing = value,
            b"Tz" => state.scale = value / 100.0,
            b"TL" => state.leading = value,
            b"Ts" => state.rise = value,
            b"Tr" => state.mode = value,
            _ => self.sure = false,
        }
    }

    fn place(&mut self, word: &[u8], operands: &[Operand<'_>]) {
        self.unit += 1;
        match word {
            b"BT" => {
                // Within text it has no place, and readers differ.
                self.sure_of_text = !self.in_text;
                self.in_text = true;
                self.line = TextLine::at(Matrix::IDENTITY);
            }
            b"ET" => self.in_text = false,
            b"T*" => self.line = self.line.moved(0.0, -self.graphics.leading),
            b"Tm" => match numbers(operands) {
                Some(matrix) => self.line = TextLine::at(Matrix(matrix)),
                None => self.sure_of_text = false,
            },
            _ => match numbers(operands) {
                Some([x, y]) => {
                    self.line = self.line.moved(x, y);
                    if word == b"TD" {
                        self.graphics.leading = -y;
                    }
                }
                None => self.sure_of_text = false,
            },
        }
    }

    fn show(&mut self, word: &[u8], operands: &[Operand<'_>], range: Range<usize>) {
        let (instead, strings): (Vec<u8>, &[Operand<'_>]) = match (word, operands) {
            (b"\"", [Operand::Number(words, w), Operand::Number(chars, c), rest @ ..]) => {
                self.graphics.word_spacing = *words;
                self.graphics.char_spacing = *chars;
                ([b" ", *w, b" Tw ", *c, b" Tc T*"].concat(), rest)
            }
            (b"'", _) => (b" T*".to_vec(), operands),
            _ => (Vec::new(), operands),
        };
        if !instead.is_empty() {
            self.place(b"T*", &[]);
        }
        let pieces = match (word, strings) {
            (b"TJ", [Operand::Open, inner @ .., Operand::Close]) => pieces(inner),
            (b"Tj" | b"'" | b"\"", [one @ Operand::Text(_)]) => pieces(&[*one]),
            _ => None,
        };
        // What follows stands where this ends.
        let Some(pieces) = pieces else {
            self.sure_of_text = false;
            self.text((range, instead), None);
            return;
        };
        let area = self.line.show(&pieces, &self.graphics);
        self.text((range, instead), area);
    }

    fn text(&mut self, cut: Cut, area: Option<Rect>) {
        let kind = ShownKind::Text {
            unit: self.unit,
            invisible: self.graphics.is_invisible(),
            sure: self.sure
                && self.sure_of_text
                && self.in_text
                && self.graphics.font.is_some()
                && !self.graphics.clips(),
        };
        self.note(cut, area, kind);
    }

    fn figure(&mut self, word: &[u8], operands: &[Operand<'_>], range: Range<usize>) {
        let ctm = self.graphics.ctm;
        let drawn = match (word, operands) {
            (b"BI", _) => Some((ctm.bounds(UNIT), true, true)),
            (_, [Operand::Name(name)]) => self.resources.drawn(name).map(|drawn| {
                let area = drawn.area.and_then(|(matrix, rect)| matrix.then(ctm).bounds(rect));
                (area, drawn.picture, !drawn.tagged)
            }),
            _ => None,
        };
        let (area, picture, sure) = drawn.unwrap_or((None, true, false));
        let kind = ShownKind::Figure { picture, sure: sure && self.sure && !self.in_text };
        self.note((range, Vec::new()), area, kind);
    }

    fn mark(&mut self, operands: &[Operand<'_>], range: Range<usize>) {
        const WORDS: [&[u8]; 3] = [b"ActualText", b"Alt", b"E"];
        let mark = match operands {
            [_, Operand::Name(list)] => self.resources.has_words(list).then_some(None),
            [Operand::Name(tag), Operand::Open, inner @ .., Operand::Close] => {
                let has_words = inner
                    .iter()
                    .any(|operand| matches!(operand, Operand::Name(name) if WORDS.contains(name)));
                has_words.then(|| Some((range.clone(), wordless(tag, inner))))
            }
            // It cannot be told what it says.
            _ => Some(None),
        };
        self.marks.push(mark.map(|cut| (range.end, cut)));
    }

    fn end_mark(&mut self, end: usize) {
        if let Some(Some((start, cut))) = self.marks.pop() {
            self.content.worded.push(Worded { inside: start..end, cut });
        }
    }
}

/// The strings and shifts of `TJ`; `None` where anything else is among them.
fn pieces(operands: &[Operand<'_>]) -> Option<Vec<TextOperand>> {
    let piece = |operand: &Operand<'_>| match operand {
        Operand::Text(raw) => Some(TextOperand::Codes(string(raw))),
        Operand::Number(number, _) => Some(TextOperand::Shift(*number)),
        _ => None,
    };
    operands.iter().map(piece).collect()
}

/// A mark that says nothing but which part of the tags it belongs to.
fn wordless(tag: &[u8], list: &[Operand<'_>]) -> Vec<u8> {
    let id = list.windows(2).find_map(|pair| match pair {
        [Operand::Name(b"MCID"), Operand::Number(_, id)] => Some(*id),
        _ => None,
    });
    match id {
        Some(id) => [b"/", tag, b" <</MCID ", id, b">> BDC"].concat(),
        None => [b"/", tag, b" BMC"].concat(),
    }
}
