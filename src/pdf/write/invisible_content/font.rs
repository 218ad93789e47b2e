//! How far the glyphs of a font can reach at the most, from its dictionary alone.

use lopdf::{Dictionary, Document as Pdf, Object};

use crate::model::geometry::Rect;
use crate::pdf::syntax::dictionaries::{get_dict, get_name};

/// More than the widest glyph of the standard fonts, which need not state widths. Unit: the size.
const WIDE: f64 = 1.2;

/// What a glyph covers around its origin where the font says nothing of it, or less. Unit: the size.
const USUAL: Rect = Rect { left: -0.5, bottom: -0.6, right: 1.5, top: 1.4 };

/// Boxes beyond this tell nothing. Unit: the size.
const MAX: f64 = 50.0;

/// How far the glyphs of a horizontal font reach. Unit: its size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GlyphReach {
    widths: Widths,
    /// What one glyph covers around its origin.
    pub(super) glyph: Rect,
}

#[derive(Debug, Clone, PartialEq)]
enum Widths {
    /// One byte for each glyph.
    Simple { first: usize, widths: Vec<f64>, other: f64 },
    /// At least so many bytes for each glyph, none of which is wider than this.
    Composite { bytes: usize, most: f64 },
}

/// What a string takes at the most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Advance {
    pub(super) glyphs: f64,
    /// Unit: the size of the font.
    pub(super) width: f64,
    /// Glyphs that word spacing can apply to.
    pub(super) spaces: f64,
}

impl GlyphReach {
    /// `None` where it cannot be told: Type 3 fonts, vertical writing, fonts that are not sound.
    pub(super) fn of(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
        match get_name(pdf, font, b"Subtype")? {
            b"Type1" | b"MMType1" | b"TrueType" => Self::simple(pdf, font),
            b"Type0" => Self::composite(pdf, font),
            _ => None,
        }
    }

    fn simple(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
        let descriptor = get_dict(pdf, font, b"FontDescriptor");
        let missing = descriptor.and_then(|descriptor| number(pdf, descriptor, b"MissingWidth"));
        let (first, widths) = match font.get_deref(b"Widths", pdf) {
            Ok(Object::Array(widths)) => {
                let first = number(pdf, font, b"FirstChar")?;
                (first, lengths(pdf, widths)?)
            }
            _ => (0.0, Vec::new()),
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "kept between 0 and 255"
        )]
        let first = (0.0..=255.0).contains(&first).then_some(first as usize)?;
        Some(Self {
            widths: Widths::Simple { first, widths, other: missing.unwrap_or(0.0).max(WIDE) },
            glyph: glyph_box(pdf, descriptor)?,
        })
    }

    fn composite(pdf: &Pdf, font: &Dictionary) -> Option<Self> {
        let encoding = get_name(pdf, font, b"Encoding")?;
        // An embedded CMap may be of vertical writing, or use one that is.
        if !encoding.ends_with(b"-H") {
            return None;
        }
        let descendants = font.get_deref(b"DescendantFonts", pdf).ok()?;
        let below = pdf.dereference(descendants.as_array().ok()?.first()?).ok()?;
        let below = below.1.as_dict().ok()?;
        let default = if below.has(b"DW") { number(pdf, below, b"DW")? } else { 1.0 };
        let most = match below.get_deref(b"W", pdf) {
            Ok(Object::Array(widths)) => widest(pdf, widths)?.max(default),
            _ => default,
        };
        Some(Self {
            widths: Widths::Composite {
                bytes: if encoding == b"Identity-H" { 2 } else { 1 },
                most,
            },
            glyph: glyph_box(pdf, get_dict(pdf, below, b"FontDescriptor"))?,
        })
    }

    pub(super) fn advance(&self, string: &[u8]) -> Advance {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        let spaces = count(string.iter().filter(|byte| **byte == b' ').count());
        match &self.widths {
            Widths::Simple { first, widths, other } => {
                let width = |code: &u8| {
                    let index = usize::from(*code).checked_sub(*first);
                    let stated = index.and_then(|index| widths.get(index));
                    // Some files state 0 and leave the width to the font.
                    stated.copied().filter(|width| *width > 0.0).unwrap_or(*other)
                };
                Advance {
                    glyphs: count(string.len()),
                    width: string.iter().map(width).sum(),
                    spaces,
                }
            }
            Widths::Composite { bytes, most } => {
                let glyphs = count(string.len().div_ceil(*bytes));
                Advance { glyphs, width: glyphs * most, spaces }
            }
        }
    }
}

/// A number under a key, divided by 1000; `None` where it is none, or not finite.
fn number(pdf: &Pdf, dict: &Dictionary, key: &[u8]) -> Option<f64> {
    let value = f64::from(dict.get_deref(key, pdf).ok()?.as_float().ok()?);
    // Only character codes are not in thousandths.
    let unit = if key == b"FirstChar" { 1.0 } else { 1000.0 };
    value.is_finite().then_some(value / unit)
}

fn length(pdf: &Pdf, object: &Object) -> Option<f64> {
    let value = f64::from(pdf.dereference(object).ok()?.1.as_float().ok()?);
    // Fonts that run backwards are for people to look at.
    (value.is_finite() && value >= 0.0).then_some(value / 1000.0)
}

fn lengths(pdf: &Pdf, list: &[Object]) -> Option<Vec<f64>> {
    list.iter().map(|object| length(pdf, object)).collect()
}

/// The largest width of a `/W` array (ISO 32000-2, 9.7.4.3): `c [w …]` or `c c w`.
fn widest(pdf: &Pdf, list: &[Object]) -> Option<f64> {
    let mut most: f64 = 0.0;
    let mut rest = list;
    while let [_, second, more @ ..] = rest {
        if let (_, Object::Array(widths)) = pdf.dereference(second).ok()? {
            most = lengths(pdf, widths)?.into_iter().fold(most, f64::max);
            rest = more;
        } else {
            let (width, more) = more.split_first()?;
            most = most.max(length(pdf, width)?);
            rest = more;
        }
    }
    rest.is_empty().then_some(most)
}

fn glyph_box(pdf: &Pdf, descriptor: Option<&Dictionary>) -> Option<Rect> {
    let stated = descriptor.and_then(|descriptor| descriptor.get_deref(b"FontBBox", pdf).ok());
    let Some(stated) = stated else {
        return Some(USUAL);
    };
    let corners: Option<Vec<f64>> = stated
        .as_array()
        .ok()?
        .iter()
        .map(|corner| Some(f64::from(pdf.dereference(corner).ok()?.1.as_float().ok()?) / 1000.0))
        .collect();
    let [x0, y0, x1, y1] = corners?[..] else {
        return None;
    };
    let sound = [x0, y0, x1, y1].iter().all(|corner| corner.abs() <= MAX);
    sound.then(|| USUAL.join(Rect::new(x0, y0, x1, y1)))
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn reach(font: &Dictionary) -> Option<GlyphReach> {
        GlyphReach::of(&Pdf::new(), font)
    }

    #[test]
    fn a_simple_font_takes_its_widths_and_never_less_than_nothing() {
        let font = dictionary! {
            "Subtype" => "Type1", "FirstChar" => 97, "Widths" => vec![500.into(), 250.into(), 0.into()]
        };
        let advance = reach(&font).unwrap().advance(b"ab cz");
        assert_eq!((advance.glyphs, advance.spaces), (5.0, 1.0));
        assert!((advance.width - (0.75 + 3.0 * WIDE)).abs() < 1e-9);
    }

    #[test]
    fn a_composite_font_takes_the_widest_of_its_glyphs() {
        let font = |encoding: &str, widths: Vec<Object>| {
            dictionary! {
                "Subtype" => "Type0", "Encoding" => encoding,
                "DescendantFonts" => vec![dictionary! { "W" => widths, "DW" => 300 }.into()]
            }
        };
        let widths =
            vec![3.into(), vec![400.into(), 700.into()].into(), 9.into(), 12.into(), 600.into()];
        let known = reach(&font("Identity-H", widths.clone())).unwrap();
        assert!((known.advance(&[0; 6]).width - 2.1).abs() < 1e-6);
        assert_eq!(reach(&font("Identity-V", widths)), None);
        assert_eq!(reach(&font("Identity-H", vec![3.into(), 4.into()])), None);
    }

    #[test]
    fn fonts_that_cannot_be_told_are_left() {
        assert_eq!(reach(&dictionary! { "Subtype" => "Type3" }), None);
        assert_eq!(reach(&dictionary! {}), None);
        let huge = dictionary! { "FontBBox" => vec![0.into(), 0.into(), 90_000.into(), 1.into()] };
        assert_eq!(reach(&dictionary! { "Subtype" => "TrueType", "FontDescriptor" => huge }), None);
    }
}
