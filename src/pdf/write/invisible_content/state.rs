//! The parts of the graphics state (ISO 32000-2, 8.4 and 9.3) that say where text stands.

use std::rc::Rc;

use super::font::GlyphReach;
use crate::model::geometry::{Matrix, Rect};

/// What `q` saves.
#[derive(Debug, Clone)]
pub(super) struct Graphics {
    pub(super) ctm: Matrix,
    /// `None` where it cannot be told how far its glyphs reach.
    pub(super) font: Option<Rc<GlyphReach>>,
    pub(super) size: f64,
    pub(super) leading: f64,
    /// Horizontal scaling, 1 for 100 %.
    pub(super) scale: f64,
    pub(super) char_spacing: f64,
    pub(super) word_spacing: f64,
    pub(super) rise: f64,
    /// The text rendering mode.
    pub(super) mode: f64,
    pub(super) line_width: f64,
    pub(super) mitre_limit: f64,
}

impl Graphics {
    pub(super) fn new() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            leading: 0.0,
            scale: 1.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            rise: 0.0,
            mode: 0.0,
            line_width: 1.0,
            mitre_limit: 10.0,
        }
    }

    /// Whether the text rendering mode paints nothing and clips nothing.
    pub(super) fn is_invisible(&self) -> bool {
        (self.mode - 3.0).abs() < 0.5
    }

    /// How far a stroke can reach beyond its path, in the units of its path: half of its width, times the limit of
    /// mitres, or the corner of a square cap (ISO 32000-2, 8.4.3).
    pub(super) fn stroke(&self) -> f64 {
        self.line_width.abs() / 2.0 * self.mitre_limit.abs().max(std::f64::consts::SQRT_2)
    }

    /// Whether text sets a clip, so that other things change with it.
    pub(super) fn clips(&self) -> bool {
        self.mode > 3.5
    }
}

/// A part of what a text-showing operator shows.
pub(super) enum TextOperand {
    /// Codes of glyphs.
    Codes(Vec<u8>),
    /// A shift of `TJ`, in thousandths, against the direction of writing.
    Shift(f64),
}

/// Where text goes that is shown without being placed anew.
#[derive(Debug, Clone)]
pub(super) struct TextLine {
    /// Where the line starts.
    start: Matrix,
    /// How far text can have gone backwards from there, at the most; not above 0.
    back: f64,
    /// How far forwards; not below 0.
    forth: f64,
}

impl TextLine {
    pub(super) fn at(start: Matrix) -> Self {
        Self { start, back: 0.0, forth: 0.0 }
    }

    /// The next line, from the start of this one.
    pub(super) fn moved(&self, x: f64, y: f64) -> Self {
        Self::at(Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.start))
    }

    /// Goes on with some text. Returns what it can cover at the most, in user space; `None` where that
    /// cannot be told.
    pub(super) fn show(&mut self, pieces: &[TextOperand], state: &Graphics) -> Option<Rect> {
        let Some(font) = &state.font else {
            self.forth = f64::NAN;
            return None;
        };
        for piece in pieces {
            match piece {
                TextOperand::Codes(codes) => {
                    let advance = font.advance(codes);
                    self.go(advance.width * state.size * state.scale);
                    self.go(advance.glyphs * state.char_spacing * state.scale);
                    self.go(advance.spaces * state.word_spacing * state.scale);
                }
                TextOperand::Shift(shift) => self.go(-shift / 1000.0 * state.size * state.scale),
            }
        }
        let glyph = font.glyph;
        let across = |length: f64| length * state.size * state.scale;
        let up = |length: f64| length * state.size + state.rise;
        let one =
            Rect::new(across(glyph.left), up(glyph.bottom), across(glyph.right), up(glyph.top));
        let all = Rect { left: one.left + self.back, right: one.right + self.forth, ..one };
        let stroke = if state.mode > 0.5 { state.stroke() } else { 0.0 };
        let placed = self.start.bounds(all)?.grown(stroke);
        state.ctm.bounds(placed)
    }

    fn go(&mut self, length: f64) {
        if length < 0.0 {
            self.back += length;
        } else {
            self.forth += length;
        }
    }
}
