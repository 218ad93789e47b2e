//! Fonts of form fields, as far as widths and codes go, and the default appearance that names them.

use lopdf::{Dictionary, Document as Pdf, Object};

use super::super::font::EmbeddedFont;
use crate::pdf::syntax::dictionaries::{get, get_array};
use crate::sheets::Face;

/// `/DA`: operators, with the font and its size among them.
#[derive(Default)]
pub(super) struct DefaultAppearance {
    pub(super) font: Vec<u8>,
    /// `None` for a size that fits.
    pub(super) size: Option<f64>,
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
}

impl DefaultAppearance {
    pub(super) fn parse(appearance: &[u8]) -> Option<Self> {
        let text: Vec<&[u8]> =
            appearance.split(u8::is_ascii_whitespace).filter(|token| !token.is_empty()).collect();
        let operator = text.iter().position(|token| *token == b"Tf")?;
        let name = text.get(operator.checked_sub(2)?)?.strip_prefix(b"/")?;
        let size: f64 = std::str::from_utf8(text.get(operator - 1)?).ok()?.parse().ok()?;
        Some(Self {
            font: name.to_vec(),
            size: (size > 0.0).then_some(size),
            before: text.get(..operator - 2)?.join(&b' '),
            after: text.get(operator + 1..)?.join(&b' '),
        })
    }
}

/// What shows the text of a field.
pub(super) enum Font {
    /// The font that the field names: one byte to a character.
    Named(SimpleFont),
    /// A built-in one, where the named one lacks a character.
    Embedded(EmbeddedFont),
}

impl Font {
    /// The named font if it can show the text, or else a built-in one; `None` if neither can.
    pub(super) fn for_text(pdf: &Pdf, named: Option<&Dictionary>, text: &str) -> Option<Self> {
        let named = named.and_then(|named| SimpleFont::read(pdf, named));
        if let Some(named) = named
            && text.chars().all(|c| c == '\n' || c == '\r' || encode(c).is_some())
        {
            return Some(Self::Named(named));
        }
        let characters = text.chars().chain([' ']).filter(|c| !c.is_control()).collect();
        let font = EmbeddedFont::new(Face::Regular, characters).ok()?;
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        font.encode(&shown).map(|_| Self::Embedded(font))
    }

    /// The codes of a line; `None` where there is no code for a character.
    pub(super) fn encode(&self, line: &str) -> Option<Vec<u8>> {
        match self {
            Self::Named(_) => line.chars().map(encode).collect(),
            Self::Embedded(font) => font.encode(&line.replace(char::is_control, " ")),
        }
    }

    /// The width of a line at a size, in points.
    pub(super) fn text_width(&self, line: &str, size: f64) -> f64 {
        match self {
            Self::Named(font) => line.chars().map(|c| font.width(c)).sum::<f64>() * size / 1000.0,
            Self::Embedded(font) => font.text_width(line, size),
        }
    }
}

/// PDFDocEncoding and WinAnsiEncoding agree with Latin-1 where it has printed characters.
fn encode(c: char) -> Option<u8> {
    match c {
        ' '..='~' | '\u{A1}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
        '\t' | '\u{A0}' => Some(b' '),
        _ => None,
    }
}

/// A font of one byte to a character, as far as widths go.
pub(super) struct SimpleFont {
    first: usize,
    widths: Vec<f64>,
    /// What a font without widths of its own has (ISO 32000-2, 9.6.2.2).
    standard: &'static [u16; 95],
}

impl SimpleFont {
    /// `None` for a font whose codes are not near enough to Latin-1.
    fn read(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
        let name = |key: &[u8]| Some(get(pdf, font, key)?.as_name().ok()?.to_vec());
        let subtype = name(b"Subtype")?;
        if subtype == b"Type0" || subtype == b"Type3" {
            return None;
        }
        let first = get(pdf, font, b"FirstChar").and_then(|first| first.as_i64().ok()).unwrap_or(0);
        let width = |width: &Object| {
            pdf.dereference(width)
                .ok()
                .and_then(|(_, width)| width.as_float().ok())
                .map_or(0.0, f64::from)
        };
        Some(Self {
            first: usize::try_from(first).ok()?,
            widths: get_array(pdf, font, b"Widths").iter().map(width).collect(),
            standard: standard_widths(&String::from_utf8_lossy(
                &name(b"BaseFont").unwrap_or_default(),
            )),
        })
    }

    fn width(&self, c: char) -> f64 {
        let stated =
            (c as usize).checked_sub(self.first).and_then(|index| self.widths.get(index)).copied();
        stated.filter(|width| *width > 0.0).unwrap_or_else(|| {
            let standard = (c as usize)
                .checked_sub(usize::from(b' '))
                .and_then(|index| self.standard.get(index));
            // Letters with accents are about as wide as most.
            standard.copied().map_or(556.0, f64::from)
        })
    }
}

/// The widths of the standard font that comes nearest by name.
fn standard_widths(name: &str) -> &'static [u16; 95] {
    let bold = name.contains("Bold");
    if name.contains("Courier") {
        &COURIER
    } else if name.contains("Times") {
        if bold { &TIMES_BOLD } else { &TIMES }
    } else if bold {
        &HELVETICA_BOLD
    } else {
        &HELVETICA
    }
}

/// From the space to the tilde, in thousandths of the size, as Adobe's font metrics have them.
const COURIER: [u16; 95] = [600; 95];

const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

const HELVETICA_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

const TIMES_BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
    611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
    278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

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
    fn what_the_named_font_lacks_another_shows() {
        let pdf = Pdf::new();
        let named = lopdf::dictionary! { "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        let latin = Font::for_text(&pdf, Some(&named), "Zoë £5").unwrap();
        assert_eq!(latin.encode("Zoë £5"), Some(b"Zo\xEB \xA35".to_vec()));
        let polish = Font::for_text(&pdf, Some(&named), "Łukasz").unwrap();
        assert!(matches!(polish, Font::Embedded(_)));
        assert_eq!(polish.encode("Łukasz").unwrap().len(), 12);
        assert!(Font::for_text(&pdf, Some(&named), "\u{5B57}").is_none());
    }

    #[test]
    fn standard_fonts_have_their_own_widths() {
        let pdf = Pdf::new();
        let width = |name: &str| {
            let font = lopdf::dictionary! { "Subtype" => "Type1", "BaseFont" => name };
            Font::for_text(&pdf, Some(&font), "Wide").unwrap().text_width("Wide", 10.0)
        };
        assert!(width("Helvetica-Bold") > width("Helvetica"));
        assert!((width("Courier") - 24.0).abs() < 1e-9);
    }
}
