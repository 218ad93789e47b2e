//! Draws form fields whose file leaves that to the reader (`/NeedAppearances`, ISO 32000-2,
//! 12.7.4.3). The request cannot be passed on, as it would make readers redraw the fields of every
//! other document; so the values are drawn here, once.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use super::values::{get, get_array, get_dict, real, references};
use crate::geometry::Rect;

const MULTILINE: i64 = 1 << 12;
const PASSWORD: i64 = 1 << 13;
const COMBO: i64 = 1 << 17;
const COMB: i64 = 1 << 24;

/// From line to line, in sizes of the type.
const LEADING: f64 = 1.15;

/// No tree of fields that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// What came of drawing the fields of a form.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Drawn {
    /// Fields that were drawn from their values.
    pub(super) drawn: u32,
    /// Fields whose value could not be drawn.
    pub(super) undrawn: u32,
}

/// Draws the text and choice fields below some roots, and sets check boxes to their values.
pub(super) fn draw_fields(pdf: &mut Pdf, roots: &[ObjectId], form: &Dictionary) -> Drawn {
    let fonts = get_dict(pdf, form, b"DR")
        .and_then(|resources| get_dict(pdf, resources, b"Font"))
        .cloned()
        .unwrap_or_default();
    let inherited = Inherited::default().with(pdf, form);
    let mut stack: Vec<(ObjectId, Inherited, usize)> = roots
        .iter()
        .map(|root| (*root, inherited.clone(), 0))
        .collect();
    let mut drawn = Drawn::default();
    while let Some((id, inherited, depth)) = stack.pop() {
        let Ok(dict) = pdf.get_dictionary(id) else {
            continue;
        };
        let field = inherited.with(pdf, dict);
        let kids: Vec<ObjectId> = references(get_array(pdf, dict, b"Kids")).collect();
        if depth < MAX_DEPTH {
            stack.extend(kids.iter().map(|kid| (*kid, field.clone(), depth + 1)));
        }
        if kids.is_empty() {
            match draw_widget(pdf, id, &field, &fonts) {
                Some(true) => drawn.drawn += 1,
                Some(false) => drawn.undrawn += 1,
                None => {}
            }
        }
    }
    drawn
}

/// What a field has from those above it.
#[derive(Debug, Clone, Default)]
struct Inherited {
    kind: Vec<u8>,
    flags: i64,
    value: Option<Object>,
    appearance: Vec<u8>,
    alignment: i64,
    most: i64,
    top: i64,
    options: Vec<Object>,
}

impl Inherited {
    fn with(&self, pdf: &Pdf, dict: &Dictionary) -> Self {
        let number = |key: &[u8], default: i64| {
            get(pdf, dict, key)
                .and_then(|value| value.as_i64().ok())
                .unwrap_or(default)
        };
        let options = get_array(pdf, dict, b"Opt");
        Self {
            kind: get(pdf, dict, b"FT")
                .and_then(|kind| kind.as_name().ok())
                .map_or_else(|| self.kind.clone(), <[u8]>::to_vec),
            flags: number(b"Ff", self.flags),
            value: get(pdf, dict, b"V").cloned().or_else(|| self.value.clone()),
            appearance: get(pdf, dict, b"DA")
                .and_then(|text| text.as_str().ok())
                .map_or_else(|| self.appearance.clone(), <[u8]>::to_vec),
            alignment: number(b"Q", self.alignment),
            most: number(b"MaxLen", self.most),
            top: number(b"TI", self.top),
            options: if options.is_empty() {
                self.options.clone()
            } else {
                options.to_vec()
            },
        }
    }

    /// Text that fills several lines; the flag means something else to a choice.
    fn flows(&self) -> bool {
        self.kind == b"Tx" && self.is(MULTILINE)
    }

    fn is(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    /// A list box, which shows its options whether they are chosen or not.
    fn is_list(&self) -> bool {
        self.kind == b"Ch" && !self.is(COMBO)
    }

    /// The options of a list box from the first one in view, a line each.
    fn list(&self, pdf: &Pdf) -> String {
        let shown = self
            .options
            .iter()
            .skip(usize::try_from(self.top).unwrap_or(0));
        let lines: Vec<String> = shown
            .map(
                |option| match pdf.dereference(option).map(|(_, option)| option) {
                    Ok(Object::Array(pair)) => pair
                        .get(1)
                        .map(|shown| decode(pdf, shown))
                        .unwrap_or_default(),
                    Ok(option) => decode(pdf, option),
                    Err(_) => String::new(),
                },
            )
            .collect();
        lines.join("\n")
    }

    /// The lines of a list box that are chosen, from the first one in view.
    fn chosen(&self, pdf: &Pdf) -> Vec<usize> {
        let held: Vec<String> = match &self.value {
            Some(Object::Array(values)) => values.iter().map(|value| decode(pdf, value)).collect(),
            Some(value) => vec![decode(pdf, value)],
            None => Vec::new(),
        };
        let shown = self
            .options
            .iter()
            .skip(usize::try_from(self.top).unwrap_or(0))
            .enumerate();
        shown
            .filter(
                |(_, option)| match pdf.dereference(option).map(|(_, option)| option) {
                    Ok(Object::Array(pair)) => pair
                        .first()
                        .is_some_and(|value| held.contains(&decode(pdf, value))),
                    Ok(option) => held.contains(&decode(pdf, option)),
                    Err(_) => false,
                },
            )
            .map(|(line, _)| line)
            .collect()
    }

    /// The value in words; what a choice shows may differ from what it holds.
    fn text(&self, pdf: &Pdf) -> String {
        let Some(value) = &self.value else {
            return String::new();
        };
        let held = match value {
            Object::Array(values) => values
                .first()
                .map(|value| decode(pdf, value))
                .unwrap_or_default(),
            Object::Stream(stream) => {
                String::from_utf8_lossy(&stream.get_plain_content().unwrap_or_default())
                    .into_owned()
            }
            value => decode(pdf, value),
        };
        if self.is(PASSWORD) && self.kind == b"Tx" {
            return "*".repeat(held.chars().count());
        }
        self.options
            .iter()
            .find_map(|option| match pdf.dereference(option).ok()?.1 {
                Object::Array(pair) if decode(pdf, pair.first()?) == held => {
                    Some(decode(pdf, pair.get(1)?))
                }
                _ => None,
            })
            .unwrap_or(held)
    }
}

fn decode(pdf: &Pdf, text: &Object) -> String {
    let text = pdf.dereference(text).map_or(text, |(_, text)| text);
    lopdf::decode_text_string(text).unwrap_or_default()
}

/// Whether the widget was drawn; `None` where there is nothing to draw.
fn draw_widget(pdf: &mut Pdf, id: ObjectId, field: &Inherited, fonts: &Dictionary) -> Option<bool> {
    match field.kind.as_slice() {
        b"Btn" => {
            set_button(pdf, id, field);
            None
        }
        b"Tx" | b"Ch" => {
            let text = if field.is_list() {
                field.list(pdf)
            } else {
                field.text(pdf)
            };
            let widget = pdf.get_dictionary(id).ok()?.clone();
            if text.is_empty() && get(pdf, &widget, b"AP").is_none() {
                return None;
            }
            let Some(stream) = draw_text(pdf, &widget, field, fonts, &text) else {
                return Some(false);
            };
            let stream = pdf.add_object(stream);
            pdf.get_dictionary_mut(id)
                .ok()?
                .set("AP", dictionary! { "N" => Object::Reference(stream) });
            Some(true)
        }
        _ => None,
    }
}

/// Shows a check box or radio button in the state that its value names.
fn set_button(pdf: &mut Pdf, id: ObjectId, field: &Inherited) {
    let Some(Object::Name(value)) = field.value.clone() else {
        return;
    };
    let Ok(widget) = pdf.get_dictionary(id) else {
        return;
    };
    let Some(states) = get_dict(pdf, widget, b"AP").and_then(|look| get_dict(pdf, look, b"N"))
    else {
        return;
    };
    let state = if states.has(&value) {
        value
    } else {
        b"Off".to_vec()
    };
    if let Ok(widget) = pdf.get_dictionary_mut(id) {
        widget.set("AS", Object::Name(state));
    }
}

/// `None` where the font cannot show the value.
fn draw_text(
    pdf: &Pdf,
    widget: &Dictionary,
    field: &Inherited,
    fonts: &Dictionary,
    text: &str,
) -> Option<Stream> {
    let appearance = DefaultAppearance::parse(&field.appearance)?;
    let font_reference = fonts.get(&appearance.font).ok()?.clone();
    let font = Font::read(pdf, super::values::dict_of(pdf, &font_reference)?)?;
    let rect = rect(pdf, widget)?;
    let (width, height) = (rect.width(), rect.height());
    let frame = Frame::read(pdf, widget);
    let inset = (2.0 * frame.width).max(2.0);
    let area = Area {
        width: width - 2.0 * inset,
        height: height - 2.0 * inset,
        inset,
    };
    let size = appearance
        .size
        .unwrap_or_else(|| automatic_size(&font, field, area, text));
    let lines = if field.is_list() {
        text.split('\n').map(str::to_owned).collect()
    } else if field.flows() {
        wrap(&font, size, area.width, text)
    } else {
        vec![text.replace(['\r', '\n'], " ")]
    };
    let mut content = frame.operators(width, height);
    if field.is_list() {
        content.extend(highlight(&field.chosen(pdf), area, size));
    }
    content.extend(
        format!(
            "/Tx BMC\nq\n{inset} {inset} {:.3} {:.3} re W n\nBT\n",
            area.width, area.height
        )
        .into_bytes(),
    );
    content.extend(&appearance.before);
    content.extend(
        format!(
            "/{} {size:.2} Tf\n",
            String::from_utf8_lossy(&appearance.font)
        )
        .into_bytes(),
    );
    content.extend(&appearance.after);
    content.push(b'\n');
    content.extend(place_lines(&font, field, area, size, &lines)?);
    content.extend(b"ET\nQ\nEMC\n");
    let mut used = Dictionary::new();
    used.set(appearance.font, font_reference);
    Some(
        Stream::new(
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), real(width), real(height)],
                "Resources" => dictionary! { "Font" => used },
            },
            content,
        )
        .with_compression(false),
    )
}

/// The bars behind the chosen lines of a list, in the colour that Acrobat gives them.
fn highlight(chosen: &[usize], area: Area, size: f64) -> Vec<u8> {
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
struct Area {
    width: f64,
    height: f64,
    inset: f64,
}

/// The operators that put each line into its place.
fn place_lines(
    font: &Font,
    field: &Inherited,
    area: Area,
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
    area: Area,
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
fn automatic_size(font: &Font, field: &Inherited, area: Area, text: &str) -> f64 {
    if field.flows() || field.is_list() {
        return 12.0_f64.min(area.height).max(4.0);
    }
    let by_height = area.height / LEADING;
    let width = font.text_width(text, 1.0);
    let by_width = if width > 0.0 {
        area.width / width
    } else {
        by_height
    };
    by_height.min(by_width).min(12.0).max(4.0)
}

fn wrap(font: &Font, size: f64, width: f64, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split(['\r', '\n']) {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
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

/// `/DA`: operators, with the font and its size among them.
struct DefaultAppearance {
    font: Vec<u8>,
    /// `None` for a size that fits.
    size: Option<f64>,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl DefaultAppearance {
    fn parse(appearance: &[u8]) -> Option<Self> {
        let text: Vec<&[u8]> = appearance
            .split(u8::is_ascii_whitespace)
            .filter(|token| !token.is_empty())
            .collect();
        let operator = text.iter().position(|token| *token == b"Tf")?;
        let name = text.get(operator.checked_sub(2)?)?.strip_prefix(b"/")?;
        let size: f64 = std::str::from_utf8(text.get(operator - 1)?)
            .ok()?
            .parse()
            .ok()?;
        Some(Self {
            font: name.to_vec(),
            size: (size > 0.0).then_some(size),
            before: text.get(..operator - 2)?.join(&b' '),
            after: text.get(operator + 1..)?.join(&b' '),
        })
    }
}

/// A simple font: one byte to a character.
struct Font {
    first: usize,
    widths: Vec<f64>,
}

impl Font {
    /// `None` for a font whose codes are not near enough to Latin-1.
    fn read(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
        let subtype = get(pdf, font, b"Subtype")?.as_name().ok()?;
        if subtype == b"Type0" || subtype == b"Type3" {
            return None;
        }
        let first = get(pdf, font, b"FirstChar")
            .and_then(|first| first.as_i64().ok())
            .unwrap_or(0);
        Some(Self {
            first: usize::try_from(first).ok()?,
            widths: get_array(pdf, font, b"Widths")
                .iter()
                .map(|width| {
                    pdf.dereference(width)
                        .ok()
                        .and_then(|(_, width)| width.as_float().ok())
                        .map_or(0.0, f64::from)
                })
                .collect(),
        })
    }

    /// PDFDocEncoding and WinAnsiEncoding agree with Latin-1 where it has printed characters.
    fn encode(&self, text: &str) -> Option<Vec<u8>> {
        text.chars()
            .map(|c| match c {
                ' '..='~' | '\u{A1}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
                '\t' | '\u{A0}' => Some(b' '),
                _ => None,
            })
            .collect()
    }

    fn text_width(&self, text: &str, size: f64) -> f64 {
        text.chars().map(|c| self.width(c)).sum::<f64>() * size / 1000.0
    }

    /// Where the font does not say, near what Helvetica has.
    fn width(&self, c: char) -> f64 {
        let stated = (c as usize)
            .checked_sub(self.first)
            .and_then(|index| self.widths.get(index))
            .copied();
        stated.filter(|width| *width > 0.0).unwrap_or(match c {
            'i' | 'j' | 'l' | '\'' | '|' => 222.0,
            ' ' | '.' | ',' | ':' | ';' | 'f' | 't' | 'I' | '/' | '!' | '[' | ']' => 278.0,
            'r' | '-' | '(' | ')' => 333.0,
            'm' | 'M' => 833.0,
            'W' => 944.0,
            'A'..='Z' => 690.0,
            _ => 556.0,
        })
    }
}

/// The background and border of a widget (`/MK`, `/BS`).
struct Frame {
    background: Vec<f64>,
    border: Vec<f64>,
    width: f64,
}

impl Frame {
    fn read(pdf: &Pdf, widget: &Dictionary) -> Self {
        let look = get_dict(pdf, widget, b"MK").cloned().unwrap_or_default();
        let colour = |key: &[u8]| -> Vec<f64> {
            get_array(pdf, &look, key)
                .iter()
                .filter_map(|part| part.as_float().ok().map(f64::from))
                .collect()
        };
        let width =
            get_dict(pdf, widget, b"BS").and_then(|style| get(pdf, style, b"W")?.as_float().ok());
        Self {
            background: colour(b"BG"),
            border: colour(b"BC"),
            width: width.map_or(1.0, f64::from),
        }
    }

    fn operators(&self, width: f64, height: f64) -> Vec<u8> {
        let mut content = String::new();
        if let Some(colour) = set_colour(&self.background, ["g", "rg", "k"]) {
            content.push_str(&format!("q {colour}\n0 0 {width:.3} {height:.3} re f Q\n"));
        }
        if let Some(colour) = set_colour(&self.border, ["G", "RG", "K"])
            && self.width > 0.0
        {
            let (line, half) = (self.width, self.width / 2.0);
            content.push_str(&format!(
                "q {colour}\n{line} w {half} {half} {:.3} {:.3} re S Q\n",
                width - line,
                height - line
            ));
        }
        content.into_bytes()
    }
}

fn set_colour(parts: &[f64], operators: [&str; 3]) -> Option<String> {
    let [grey, rgb, cmyk] = operators;
    let operator = match parts.len() {
        1 => grey,
        3 => rgb,
        4 => cmyk,
        _ => return None,
    };
    let parts: Vec<String> = parts.iter().map(|part| format!("{part:.3}")).collect();
    Some(format!("{} {operator}", parts.join(" ")))
}

fn rect(pdf: &Pdf, widget: &Dictionary) -> Option<Rect> {
    super::values::rect(pdf, widget, b"Rect")
        .filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_appearance_is_taken_apart() {
        let appearance = DefaultAppearance::parse(b"0 0 1 rg /Helv 0 Tf 1 Tr").unwrap();
        assert_eq!(appearance.font, b"Helv");
        assert_eq!(appearance.size, None);
        assert_eq!(
            (appearance.before.as_slice(), appearance.after.as_slice()),
            (b"0 0 1 rg".as_slice(), b"1 Tr".as_slice())
        );
        assert!(DefaultAppearance::parse(b"0 g").is_none());
    }

    #[test]
    fn what_a_latin_font_lacks_is_not_drawn_wrong() {
        let font = Font {
            first: 0,
            widths: Vec::new(),
        };
        assert_eq!(font.encode("Zoë £5"), Some(b"Zo\xEB \xA35".to_vec()));
        assert_eq!(font.encode("Łukasz"), None);
    }

    #[test]
    fn lines_wrap_at_words() {
        let font = Font {
            first: 0,
            widths: Vec::new(),
        };
        assert_eq!(
            wrap(&font, 10.0, 40.0, "one two three\nfour"),
            ["one two", "three", "four"]
        );
    }
}
