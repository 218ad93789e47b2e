//! The cover: one page, however much there is to say.

use super::canvas::{Alignment, Canvas, FOOT, HEAD, LEFT, Palette, RIGHT, WIDTH, height};
use super::cover_text::{Block, CoverFit, GUTTER, Layout, set};
use super::text::Run;
use super::{Cover, FrontError, Setting};

/// The height of a pair of rules.
const RULES: f32 = 5.0;
/// The least room between header, middle, notes and foot.
const APART: f32 = 20.0;
/// Scale and columns, tried from the most spacious on until everything fits.
const SPACIOUS: [(f32, usize); 7] =
    [(1.0, 1), (0.9, 1), (0.8, 1), (0.9, 2), (0.8, 2), (0.7, 2), (0.62, 2)];

/// Draws the cover on a page of its own.
pub(super) fn draw(
    canvas: &mut Canvas,
    cover: &Cover,
    setting: &Setting,
) -> Result<(), FrontError> {
    canvas.page();
    fitting(cover, setting)?.draw(canvas);
    Ok(())
}

/// The most spacious layout that fits. Names give way only when nothing else helps, and say so.
fn fitting(cover: &Cover, setting: &Setting) -> Result<Layout, FrontError> {
    for (scale, columns) in SPACIOUS {
        let fit = CoverFit { scale, columns, named: cover.defendants.len(), lines: usize::MAX };
        let layout = set(cover, setting, fit)?;
        if layout.slack() >= 0.0 {
            return Ok(layout);
        }
    }
    // Texts are cut short only where they are so long that no name would fit beside them.
    for lines in [usize::MAX, 3] {
        if let Some(layout) = most_names(cover, setting, lines)? {
            return Ok(layout);
        }
    }
    set(cover, setting, tight(0, 1))
}

fn tight(named: usize, lines: usize) -> CoverFit {
    CoverFit { scale: 0.62, columns: 2, named, lines }
}

/// The tight layout with as many names as fit, if it fits at all.
fn most_names(
    cover: &Cover,
    setting: &Setting,
    lines: usize,
) -> Result<Option<Layout>, FrontError> {
    let fits = |named| -> Result<Option<Layout>, FrontError> {
        let layout = set(cover, setting, tight(named, lines))?;
        Ok((layout.slack() >= 0.0).then_some(layout))
    };
    let Some(mut best) = fits(0)? else {
        return Ok(None);
    };
    let (mut low, mut high) = (0, cover.defendants.len() + 1);
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        match fits(middle)? {
            Some(layout) => (low, best) = (middle, layout),
            None => high = middle,
        }
    }
    Ok(Some(best))
}

impl Block {
    fn height(&self) -> f32 {
        match self {
            Self::Gap(height) => *height,
            Self::Lines(lines) => height(lines),
            Self::RuleAbove | Self::RuleBelow => RULES,
            Self::Pairs(pairs, _) => pairs.iter().map(pair_height).sum(),
        }
    }

    fn draw(&self, canvas: &mut Canvas, top: f32) {
        match self {
            Self::Gap(_) => {}
            Self::Lines(lines) => {
                canvas.lines(lines, top, Alignment::Centre);
            }
            Self::RuleAbove => draw_rules(canvas, top - 1.0, top - RULES),
            Self::RuleBelow => draw_rules(canvas, top - RULES + 1.0, top),
            Self::Pairs(pairs, width) => draw_pairs(canvas, pairs, *width, top),
        }
    }
}

fn draw_rules(canvas: &mut Canvas, thick: f32, thin: f32) {
    canvas.rule(LEFT, RIGHT, thick, 2.0, Palette::Accent);
    canvas.rule(LEFT, RIGHT, thin, 0.6, Palette::Accent);
}

fn pair_height(pair: &[Vec<Run>; 2]) -> f32 {
    pair.iter().map(|name| height(name)).fold(0.0, f32::max)
}

fn draw_pairs(canvas: &mut Canvas, pairs: &[[Vec<Run>; 2]], width: f32, top: f32) {
    let left = (WIDTH - 2.0 * width - GUTTER) / 2.0;
    let mut at = top;
    for pair in pairs {
        let [one, two] = pair;
        canvas.lines(one, at, Alignment::From(left));
        canvas.lines(two, at, Alignment::From(left + width + GUTTER));
        at -= pair_height(pair);
    }
}

impl Layout {
    fn header_height(&self) -> f32 {
        height(&self.court).max(height(&self.numbers))
    }

    fn notes_height(&self) -> f32 {
        if self.notes.is_empty() { 0.0 } else { height(&self.notes) + 18.0 }
    }

    /// What is left beyond the least that everything needs; negative if it does not fit.
    fn slack(&self) -> f32 {
        let middle: f32 = self.middle.iter().map(Block::height).sum();
        let foot = height(&self.foot) + 12.0;
        let parts = self.header_height() + middle + self.notes_height() + foot;
        HEAD - FOOT - parts - 3.0 * APART
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.draw_header(canvas);
        // A little above the middle is where the eye looks for the middle.
        let mut at = HEAD - self.header_height() - APART - self.slack().max(0.0) * 0.42;
        for block in &self.middle {
            block.draw(canvas, at);
            at -= block.height();
        }
        let foot = FOOT + 4.0 + height(&self.foot);
        canvas.rule(LEFT, RIGHT, foot + 5.0, 0.6, Palette::Hairline);
        if !self.notes.is_empty() {
            self.draw_notes(canvas, foot + 22.0);
        }
        canvas.lines(&self.foot, foot, Alignment::Centre);
    }

    fn draw_header(&self, canvas: &mut Canvas) {
        canvas.lines(&self.court, HEAD, Alignment::From(LEFT));
        canvas.lines(&self.numbers, HEAD, Alignment::To(RIGHT));
        if self.header_height() > 0.0 {
            let below = HEAD - self.header_height() - 7.0;
            canvas.rule(LEFT, RIGHT, below, 0.6, Palette::Hairline);
        }
    }

    fn draw_notes(&self, canvas: &mut Canvas, bottom: f32) {
        let top = bottom + height(&self.notes) + 14.0;
        canvas.fill([LEFT, bottom, RIGHT, top], Palette::Band);
        canvas.lines(&self.notes, top - 7.0, Alignment::Centre);
    }
}
