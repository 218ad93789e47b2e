//! What the glyphs of a font say.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;

use super::LetterText;

/// Glyphs are measured in thousandths of an em.
pub(super) const EM: f64 = 1000.0;

/// The largest width of a letter that a font may claim, in ems.
const WIDEST: f64 = 4.0;

/// What a character code of one font stands for: asked for once a run, as fonts look it up by name.
pub(super) struct KnownCode {
    pub(super) code: u32,
    pub(super) text: LetterText,
    /// In thousandths of an em.
    pub(super) width: f64,
    /// Whether it is a drawing (Type 3).
    pub(super) drawn: bool,
}

impl KnownCode {
    pub(super) fn of(glyph: &Glyph<'_>) -> Self {
        let width = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let width = width.map_or(EM / 2.0, f64::from);
        Self {
            code: glyph.char_code(),
            text: text(glyph),
            width: width.clamp(-WIDEST * EM, WIDEST * EM),
            drawn: matches!(glyph, Glyph::Type3(_)),
        }
    }
}

fn text(glyph: &Glyph<'_>) -> LetterText {
    match glyph.as_unicode() {
        Some(BfString::Char(character)) => LetterText::One(character),
        Some(BfString::String(characters)) => LetterText::Several(characters.into_boxed_str()),
        None => match glyph {
            Glyph::Type3(drawn) => by_code(drawn.char_code()),
            Glyph::Outline(_) => LetterText::Unknown,
        },
    }
}

/// What a letter of a drawn font says whose name is no name: TeX calls those of its bitmap fonts `a65`, after their codes,
/// which are those of ASCII but for ligatures, dashes and quotes (Cork encoding, and that of Computer Modern).
fn by_code(code: u32) -> LetterText {
    let several = |text: &str| LetterText::Several(text.into());
    match code {
        0x0b | 0x1b => several("ff"),
        0x0c | 0x1c => several("fi"),
        0x0d | 0x1d => several("fl"),
        0x0e | 0x1e => several("ffi"),
        0x0f | 0x1f => several("ffl"),
        0x15 => LetterText::One('\u{2013}'),
        0x21..=0x7e => char::from_u32(code).map_or(LetterText::Unknown, LetterText::One),
        _ => LetterText::Unknown,
    }
}
