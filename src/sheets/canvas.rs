//! Pages to draw on: text, rules, bands and frames in points from the lower left corner.

use std::collections::BTreeSet;

use printpdf::{
    Color, FontId, Greyscale, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle,
    Point, Pt, Rect, Rgb, TextItem,
};

use super::fonts::Face;
use super::text::Run;

/// The width of A4.
pub(super) const WIDTH: f32 = 595.276;
/// The height of A4.
pub(super) const HEIGHT: f32 = 841.89;
/// The left edge of what is set.
pub(super) const LEFT: f32 = 56.0;
/// The right edge of what is set.
pub(super) const RIGHT: f32 = WIDTH - LEFT;
/// Above this line and below [`FOOT`] the page numbers are stamped.
pub(super) const HEAD: f32 = HEIGHT - 48.0;
/// Below this line and above [`HEAD`] the page numbers are stamped.
pub(super) const FOOT: f32 = 48.0;

/// The few colours. All that text is set in has a contrast of at least 4.5 to 1 on white and on
/// the band, and none says anything that is not said in words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Palette {
    /// Text.
    Text,
    /// Text that matters less.
    Quiet,
    /// Headings and the rules around them.
    Accent,
    /// What is not there yet.
    Warning,
    /// Fine rules between rows.
    Hairline,
    /// The ground behind headings.
    Band,
}

impl Palette {
    fn colour(self) -> Color {
        match self {
            Self::Text => grey(0.08),
            Self::Quiet => grey(0.33),
            Self::Accent => rgb(0.10, 0.18, 0.32),
            Self::Warning => rgb(0.55, 0.16, 0.04),
            Self::Hairline => grey(0.78),
            Self::Band => rgb(0.91, 0.93, 0.96),
        }
    }
}

fn grey(percent: f32) -> Color {
    Color::Greyscale(Greyscale::new(percent, None))
}

fn rgb(r: f32, g: f32, b: f32) -> Color {
    Color::Rgb(Rgb::new(r, g, b, None))
}

/// The size of every page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paper {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Paper {
    /// A4 on its long side.
    pub(super) const LANDSCAPE: Self = Self { width: HEIGHT, height: WIDTH };
}

impl Default for Paper {
    fn default() -> Self {
        Self { width: WIDTH, height: HEIGHT }
    }
}

/// The pages as they grow, and the characters that their fonts must hold.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) paper: Paper,
    pub(super) pages: Vec<Vec<Op>>,
    regular: BTreeSet<char>,
    bold: BTreeSet<char>,
}

/// The fonts by names of our own, because printpdf would count names up over the whole process.
pub(super) fn font_id(face: Face) -> FontId {
    FontId(face.name().to_owned())
}

impl Canvas {
    /// For pages of another size than A4 upright.
    pub(super) fn on(paper: Paper) -> Self {
        Self { paper, ..Self::default() }
    }

    /// Begins a page.
    pub(super) fn page(&mut self) {
        self.pages.push(Vec::new());
    }

    /// The characters set so far in a face.
    pub(super) fn used(&self, face: Face) -> &BTreeSet<char> {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// Text that begins at `x`.
    pub(super) fn put(&mut self, run: &Run, x: f32, baseline: f32) {
        let used = match run.style.face {
            Face::Regular => &mut self.regular,
            Face::Bold => &mut self.bold,
        };
        used.extend(run.text.chars());
        self.draw([
            Op::StartTextSection,
            Op::SetFillColor { col: run.style.ink.colour() },
            Op::SetFont {
                font: PdfFontHandle::External(font_id(run.style.face)),
                size: Pt(run.style.size),
            },
            Op::SetTextCursor { pos: point(x, baseline) },
            Op::ShowText { items: vec![TextItem::Text(run.text.clone())] },
            Op::EndTextSection,
        ]);
    }

    /// Text that ends at `right`.
    pub(super) fn put_right(&mut self, run: &Run, right: f32, baseline: f32) {
        self.put(run, right - run.width, baseline);
    }

    /// Text in the middle of the page.
    pub(super) fn put_centred(&mut self, run: &Run, baseline: f32) {
        self.put(run, (self.paper.width - run.width) / 2.0, baseline);
    }

    /// A horizontal rule.
    pub(super) fn rule(&mut self, left: f32, right: f32, y: f32, thickness: f32, ink: Palette) {
        let points = [left, right].map(|x| LinePoint { p: point(x, y), bezier: false });
        self.draw([
            Op::SetOutlineColor { col: ink.colour() },
            Op::SetOutlineThickness { pt: Pt(thickness) },
            Op::DrawLine { line: Line { points: points.to_vec(), is_closed: false } },
        ]);
    }

    /// A filled rectangle, given as left, bottom, right, top.
    pub(super) fn fill(&mut self, rect: [f32; 4], ink: Palette) {
        self.draw([
            Op::SetFillColor { col: ink.colour() },
            Op::DrawRectangle { rectangle: rectangle(rect, PaintMode::Fill) },
        ]);
    }

    /// A dashed frame.
    pub(super) fn frame(&mut self, rect: [f32; 4], thickness: f32, ink: Palette) {
        self.draw([
            Op::SetOutlineColor { col: ink.colour() },
            Op::SetOutlineThickness { pt: Pt(thickness) },
            Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &[7.0, 4.0]) },
            Op::DrawRectangle { rectangle: rectangle(rect, PaintMode::Stroke) },
            Op::SetLineDashPattern { dash: LineDashPattern::solid() },
        ]);
    }

    /// Lines one below another from `top`; gives back where they end.
    pub(super) fn lines(&mut self, lines: &[Run], top: f32, place: Alignment) -> f32 {
        let mut top = top;
        for line in lines {
            let baseline = top - line.style.drop();
            match place {
                Alignment::From(x) => self.put(line, x, baseline),
                Alignment::To(x) => self.put_right(line, x, baseline),
                Alignment::Centre => self.put_centred(line, baseline),
            }
            top -= line.style.leading();
        }
        top
    }

    fn draw<const N: usize>(&mut self, ops: [Op; N]) {
        if let Some(page) = self.pages.last_mut() {
            page.extend(ops);
        }
    }
}

/// How lines stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Alignment {
    /// Each begins here.
    From(f32),
    /// Each ends here.
    To(f32),
    /// In the middle of the page.
    Centre,
}

/// The height of lines set one below another.
pub(super) fn height(lines: &[Run]) -> f32 {
    lines.iter().map(|line| line.style.leading()).sum()
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(x), y: Pt(y) }
}

fn rectangle([left, bottom, right, top]: [f32; 4], mode: PaintMode) -> Rect {
    Rect {
        x: Pt(left),
        y: Pt(bottom),
        width: Pt(right - left),
        height: Pt(top - bottom),
        mode: Some(mode),
        winding_order: None,
    }
}
