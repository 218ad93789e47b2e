//! Draws the text of one field.

use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};

use super::super::values::{real, rect};
use super::field::{COMB, Inherited};
use super::font::{DefaultAppearance, Font};
use super::frame::Frame;
use crate::pdf::syntax::dictionaries::dict_of;

/// From line to line, in sizes of the type.
const LEADING: f64 = 1.15;

/// The name of a built-in font among the resources of a field's look.
const EMBEDDED: &str = "CourtbundleText";

/// The look of a field that shows this text; `None` where no font can.
pub(super) fn draw_text(
    pdf: &mut Pdf,
    widget: &Dictionary,
    field: &Inherited,
    fonts: &Dictionary,
    text: &str,
) -> Option<Stream> {
    let appearance = DefaultAppearance::parse(&field.appearance).unwrap_or_default();
    let named = fonts.get(&appearance.font).ok().cloned();
    let font = Font::for_text(pdf, named.as_ref().and_then(|named| dict_of(pdf, named)), text)?;
    let (name, reference) = match &font {
        Font::Named(_) => (appearance.font.clone(), named?),
        Font::Embedded(font) => {
            let reference =
                font.write(|object| Ok(Object::Reference(pdf.add_object(object)))).ok()?;
            (EMBEDDED.into(), reference)
        }
    };
    let rect =
        rect(pdf, widget, b"Rect").filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)?;
    let (width, height) = (rect.width(), rect.height());
    let frame = Frame::read(pdf, widget);
    let area = TextArea::within(width, height, &frame);
    let size = appearance.size.unwrap_or_else(|| automatic_size(&font, field, area, text));
    let mut content = frame.operators(width, height);
    if field.is_list() {
        content.extend(highlight(&field.chosen(pdf), area, size));
    }
    content.extend(
        format!(
            "/Tx BMC\nq\n{0} {0} {1:.3} {2:.3} re W n\nBT\n",
            area.inset, area.width, area.height
        )
        .into_bytes(),
    );
    content.extend(&appearance.before);
    content.extend(format!("\n/{} {size:.2} Tf\n", String::from_utf8_lossy(&name)).into_bytes());
    content.extend(&appearance.after);
    content.push(b'\n');
    content.extend(place_lines(&font, field, area, size, &lines(&font, field, area, size, text))?);
    content.extend(b"ET\nQ\nEMC\n");
    let mut used = Dictionary::new();
    used.set(name, reference);
    let dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), real(width), real(height)],
        "Resources" => dictionary! { "Font" => used },
    };
    Some(Stream::new(dict, content).with_compression(false))
}

/// The text as it breaks into lines.
fn lines(font: &Font, field: &Inherited, area: TextArea, size: f64, text: &str) -> Vec<String> {
    if field.is_list() {
        text.split('\n').map(str::to_owned).collect()
    } else if field.flows() {
        wrap(font, size, area.width, text)
    } else {
        vec![text.replace(['\r', '\n'], " ")]
    }
}

/// The bars behind the chosen lines of a list, in the colour that Acrobat gives them.
fn highlight(chosen: &[usize], area: TextArea, size: f64) -> Vec<u8> {
    let leading = size * LEADING;
    let top = area.inset + area.height;
    let mut content = String::new();
    for line in chosen.iter().filter_map(|line| u32::try_from(*line).ok()) {
        let y = top - leading * f64::from(line + 1);
        content.push_str(&format!(
            "q 0.6 0.757 0.855 rg {} {y:.3} {:.3} {leading:.3} re f Q\n",
            area.inset, area.width
        ));
    }
    content.into_bytes()
}

/// The room for text within a widget.
#[derive(Clone, Copy)]
struct TextArea {
    width: f64,
    height: f64,
    inset: f64,
}

impl TextArea {
    fn within(width: f64, height: f64, frame: &Frame) -> Self {
        let inset = (2.0 * frame.width).max(2.0);
        Self { width: width - 2.0 * inset, height: height - 2.0 * inset, inset }
    }
}

/// The operators that put each line into its place.
fn place_lines(
    font: &Font,
    field: &Inherited,
    area: TextArea,
    size: f64,
    lines: &[String],
) -> Option<Vec<u8>> {
    let leading = size * LEADING;
    let mut y = if field.flows() || field.is_list() {
        area.inset + area.height - size
    } else {
        // Capitals stand in the middle.
        area.inset + (area.height - size * 0.7) / 2.0
    };
    let mut content = Vec::new();
    for line in lines {
        if field.is(COMB) && field.most > 0 {
            content.extend(place_in_cells(font, field.most, area, size, y, line)?);
        } else {
            let room = area.width - font.text_width(line, size);
            let x = area.inset
                + match field.alignment {
                    1 => room / 2.0,
                    2 => room,
                    _ => 0.0,
                };
            content.extend(show(font, x, y, line)?);
        }
        y -= leading;
    }
    Some(content)
}

/// One character to a cell.
fn place_in_cells(
    font: &Font,
    cells: i64,
    area: TextArea,
    size: f64,
    y: f64,
    line: &str,
) -> Option<Vec<u8>> {
    let cell = (area.width + 2.0 * area.inset) / f64::from(i32::try_from(cells).ok()?);
    let mut content = Vec::new();
    for (index, c) in (0u32..).zip(line.chars()) {
        let c = c.to_string();
        let x = cell * f64::from(index) + (cell - font.text_width(&c, size)) / 2.0;
        content.extend(show(font, x, y, &c)?);
    }
    Some(content)
}

fn show(font: &Font, x: f64, y: f64, line: &str) -> Option<Vec<u8>> {
    use std::fmt::Write;
    let mut content = format!("1 0 0 1 {x:.3} {y:.3} Tm <");
    for byte in font.encode(line)? {
        let _ = write!(content, "{byte:02X}");
    }
    content.push_str("> Tj\n");
    Some(content.into_bytes())
}

/// Size 0 asks for one that fits (ISO 32000-2, 12.7.4.3).
fn automatic_size(font: &Font, field: &Inherited, area: TextArea, text: &str) -> f64 {
    if field.flows() || field.is_list() {
        return 12.0_f64.min(area.height).max(4.0);
    }
    let by_height = area.height / LEADING;
    let width = font.text_width(text, 1.0);
    let by_width = if width > 0.0 { area.width / width } else { by_height };
    by_height.min(by_width).clamp(4.0, 12.0)
}

fn wrap(font: &Font, size: f64, width: f64, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(['\r', '\n']) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && font.text_width(&longer, size) > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_wrap_at_words() {
        let named = dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let font = Font::for_text(&Pdf::new(), Some(&named), "text").unwrap();
        assert_eq!(wrap(&font, 10.0, 40.0, "one two three\nfour"), ["one two", "three", "four"]);
    }
}
