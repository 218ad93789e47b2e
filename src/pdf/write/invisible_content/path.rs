//! Paths (ISO 32000-2, 8.5): how far they reach.

use super::operand::{Operand, numbers};
use super::state::Graphics;
use crate::model::geometry::{Matrix, Rect};

/// A path while it is built, from its first operator.
pub(super) struct Path {
    /// Where that stands in the content.
    pub(super) start: usize,
    /// Whether it also becomes a clip, so that other things change with it.
    pub(super) clips: bool,
    /// What its points span in the space where they are given, and that space; `None` before the first.
    span: Option<(Rect, Matrix)>,
    /// Whether all of its points are known.
    known: bool,
}

impl Path {
    pub(super) fn new(start: usize) -> Self {
        Self { start, clips: false, span: None, known: true }
    }

    /// Says that it cannot be told any more how far it reaches.
    pub(super) fn lose(&mut self) {
        self.known = false;
    }

    /// Takes a point or more, in the space of `ctm`. A curve stays between its points.
    pub(super) fn go_on(&mut self, word: &[u8], operands: &[Operand<'_>], ctm: Matrix) {
        let points: Option<Vec<(f64, f64)>> = match word {
            b"h" => Some(Vec::new()),
            b"W" | b"W*" => {
                self.clips = true;
                Some(Vec::new())
            }
            b"m" | b"l" => numbers(operands).map(|[x, y]| vec![(x, y)]),
            b"c" => numbers(operands).map(|[a, b, c, d, e, f]| vec![(a, b), (c, d), (e, f)]),
            b"v" | b"y" => numbers(operands).map(|[a, b, c, d]| vec![(a, b), (c, d)]),
            _ => numbers(operands).map(|[x, y, w, h]| vec![(x, y), (x + w, y + h)]),
        };
        match points {
            Some(points) => points.into_iter().for_each(|point| self.add(point, ctm)),
            None => self.lose(),
        }
    }

    fn add(&mut self, (x, y): (f64, f64), ctm: Matrix) {
        let point = Rect::new(x, y, x, y);
        let span = self.span.map_or(point, |(span, _)| span.join(point));
        self.known &= x.is_finite() && y.is_finite();
        self.known &= self.span.is_none_or(|(_, space)| space == ctm);
        self.span = Some((span, ctm));
    }

    /// What it covers at the most when it is painted, in user space; `None` where that cannot be told.
    pub(super) fn area(&self, word: &[u8], graphics: &Graphics) -> Option<Rect> {
        let (span, ctm) = self.span.filter(|_| self.known)?;
        let is_filled_alone = matches!(word, b"f" | b"F" | b"f*");
        let stroke = if is_filled_alone { 0.0 } else { graphics.stroke() };
        ctm.bounds(span.grown(stroke))
    }
}
