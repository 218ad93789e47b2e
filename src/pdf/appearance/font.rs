//! Fonts of form fields, as far as widths and codes go, and the default appearance that names them.

use lopdf::{Dictionary, Document as Pdf};

use super::super::values::{get, get_array};

/// `/DA`: operators, with the font and its size among them.
pub(super) struct DefaultAppearance {
    pub(super) font: Vec<u8>,
    /// `None` for a size that fits.
    pub(super) size: Option<f64>,
    pub(super) before: Vec<u8>,
    pub(super) after: Vec<u8>,
}

impl DefaultAppearance {
    pub(super) fn parse(appearance: &[u8]) -> Option<Self> {
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
pub(super) struct Font {
    pub(super) first: usize,
    pub(super) widths: Vec<f64>,
}

impl Font {
    /// `None` for a font whose codes are not near enough to Latin-1.
    pub(super) fn read(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
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
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        text.chars()
            .map(|c| match c {
                ' '..='~' | '\u{A1}'..='\u{FF}' => u8::try_from(u32::from(c)).ok(),
                '\t' | '\u{A0}' => Some(b' '),
                _ => None,
            })
            .collect()
    }

    pub(super) fn text_width(&self, text: &str, size: f64) -> f64 {
        text.chars().map(|c| self.width(c)).sum::<f64>() * size / 1000.0
    }

    /// Where the font does not say, near what Helvetica has.
    pub(super) fn width(&self, c: char) -> f64 {
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
}
