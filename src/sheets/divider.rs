//! The sheet before a section.

use super::canvas::{Alignment, Canvas, FOOT, HEAD, LEFT, Palette, RIGHT, WIDTH, height};
use super::fonts::Face;
use super::text::{Run, Style};
use super::words::words;
use super::{Divider, FrontError, Setting};

const GAP: f32 = 22.0;

/// Draws a divider on a page of its own.
pub(super) fn draw(
    canvas: &mut Canvas,
    divider: &Divider,
    setting: &Setting,
) -> Result<(), FrontError> {
    canvas.page();
    let label = Style::new(Face::Regular, 17.0, Palette::Quiet)?;
    let label = vec![label.run(words(setting.language).section)];
    let letter = Style::new(Face::Bold, 120.0, Palette::Accent)?;
    let letter = vec![letter.fit(&divider.letter, RIGHT - LEFT)];
    let title = title(&divider.title)?;

    let whole = height(&label) + height(&letter) + GAP + height(&title);
    // A little above the middle is where the eye looks for the middle.
    let top = HEAD - (HEAD - FOOT - whole) * 0.42;
    let top = canvas.lines(&label, top, Alignment::Centre);
    let top = canvas.lines(&letter, top, Alignment::Centre);
    let middle = WIDTH / 2.0;
    canvas.rule(middle - 70.0, middle + 70.0, top, 1.6, Palette::Accent);
    canvas.lines(&title, top - GAP, Alignment::Centre);
    Ok(())
}

/// The title as large as it can be in about six lines.
fn title(text: &str) -> Result<Vec<Run>, FrontError> {
    let mut lines = Vec::new();
    for size in [27.0, 23.0, 19.0, 15.0, 12.0] {
        let style = Style::new(Face::Bold, size, Palette::Text)?;
        lines = style.wrap_most(text, RIGHT - LEFT - 60.0, 20);
        if lines.len() <= 6 {
            break;
        }
    }
    Ok(lines)
}
