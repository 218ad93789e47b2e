//! The sheet that keeps the place of a document not yet held.

use super::canvas::{Alignment, Canvas, FOOT, HEAD, LEFT, Palette, RIGHT, height};
use super::fonts::Face;
use super::text::{Run, Style};
use super::words::{date_in_words, words};
use super::{FrontError, Placeholder, Setting};

const PADDING: f32 = 26.0;
const LABELS: f32 = 128.0;
const ROW_GAP: f32 = 12.0;

struct LabelledText {
    label: Run,
    value: Vec<Run>,
}

/// Draws a placeholder on a page of its own.
pub(super) fn draw(
    canvas: &mut Canvas,
    placeholder: &Placeholder,
    setting: &Setting,
) -> Result<(), FrontError> {
    canvas.page();
    let words = words(setting.language);
    let heading = Style::new(Face::Bold, 25.0, Palette::Accent)?;
    let heading = heading.wrap(words.document_to_follow, inner());
    let closing = Style::new(Face::Regular, 11.0, Palette::Quiet)?;
    let closing = closing.wrap(words.keeps_the_place, inner());
    let rows = fitting_rows(placeholder, setting)?;

    let band = height(&heading) + 1.4 * PADDING;
    let whole = band + 2.0 * PADDING + rows_height(&rows) + PADDING + height(&closing);
    let top = HEAD - (HEAD - FOOT - whole).max(0.0) * 0.36;
    canvas.fill([LEFT, top - band, RIGHT, top], Palette::Band);
    let left = LEFT + PADDING;
    canvas.lines(&heading, top - 0.7 * PADDING, Alignment::From(left));
    let mut at = top - band - PADDING;
    for row in &rows {
        canvas.put(&row.label, left, at - row.drop());
        at = canvas.lines(&row.value, at, Alignment::From(left + LABELS)) - ROW_GAP;
    }
    at -= PADDING - ROW_GAP;
    canvas.rule(left, RIGHT - PADDING, at + PADDING / 2.0, 0.6, Palette::Hairline);
    canvas.lines(&closing, at, Alignment::From(left));
    canvas.frame([LEFT, top - whole, RIGHT, top], 1.4, Palette::Accent);
    Ok(())
}

impl LabelledText {
    /// The label stands on the baseline of the first line of its value.
    fn drop(&self) -> f32 {
        let first = self.value.first().unwrap_or(&self.label);
        first.style.drop()
    }
}

fn inner() -> f32 {
    RIGHT - LEFT - 2.0 * PADDING
}

fn rows_height(rows: &[LabelledText]) -> f32 {
    let lines: f32 = rows.iter().map(|row| height(&row.value)).sum();
    let gaps = rows.iter().skip(1).map(|_| ROW_GAP).sum::<f32>();
    lines + gaps
}

/// The rows as large as they can be on one page.
fn fitting_rows(
    placeholder: &Placeholder,
    setting: &Setting,
) -> Result<Vec<LabelledText>, FrontError> {
    let room = HEAD - FOOT - 190.0;
    let mut rows = Vec::new();
    for (size, most) in [(15.0, 99), (13.0, 99), (11.0, 99), (9.0, 99), (9.0, 8)] {
        rows = set_rows(placeholder, setting, size, most)?;
        if rows_height(&rows) <= room {
            break;
        }
    }
    Ok(rows)
}

fn set_rows(
    placeholder: &Placeholder,
    setting: &Setting,
    size: f32,
    most: usize,
) -> Result<Vec<LabelledText>, FrontError> {
    let words = words(setting.language);
    let quiet = Style::new(Face::Regular, 11.0, Palette::Quiet)?;
    let plain = Style::new(Face::Regular, size.min(13.0), Palette::Text)?;
    let strong = Style::new(Face::Bold, size, Palette::Text)?;
    let supplier = placeholder.supplier.as_deref();
    let due = placeholder.due.map(|date| date_in_words(date, setting.language));
    let values = [
        (words.document, Some(placeholder.title.as_str()), strong),
        (words.reference, placeholder.reference.as_deref(), plain),
        (words.section, Some(placeholder.section.as_str()), plain),
        (words.supplier, supplier.or(Some(words.nobody_named)), plain),
        (words.due, due.as_deref().or(Some(words.no_date_given)), plain),
    ];
    let rows = values.into_iter().filter_map(|(label, value, style)| {
        let value = style.wrap_most(value?, inner() - LABELS, most);
        (!value.is_empty()).then(|| LabelledText { label: quiet.fit(label, LABELS - 8.0), value })
    });
    Ok(rows.collect())
}
