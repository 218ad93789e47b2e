//! A built-in font embedded in a PDF, cut down to the characters that it needs: glyphs are their own
//! codes, and `/ToUnicode` says what they mean (ISO 32000-2, 9.7 and 9.10.3).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lopdf::{Dictionary, Object, dictionary};

use super::PdfError;
use super::file::compressed;
use crate::sheets::{Face, FrontError, Subset, subset};

/// A subset of one face.
pub(super) struct EmbeddedFont {
    subset: Subset,
    characters: BTreeSet<char>,
}

impl EmbeddedFont {
    /// The font for some characters; those that it lacks have no code.
    pub(super) fn new(face: Face, characters: BTreeSet<char>) -> Result<Self, FrontError> {
        let subset = subset(face, &characters.iter().collect::<String>())?;
        Ok(Self { subset, characters })
    }

    /// Font units as points at a size.
    fn points(&self, units: impl Into<f64>, size: f64) -> f64 {
        units.into() * size / f64::from(self.subset.units_per_em.max(1))
    }

    /// Font units as the thousandths of the size that PDF counts in (ISO 32000-2, 9.2.4).
    fn thousandths(&self, units: impl Into<f64>) -> i64 {
        #[allow(clippy::cast_possible_truncation, reason = "a few thousand at the most")]
        let rounded = self.points(units, 1000.0).round() as i64;
        rounded
    }

    /// The width of a text at a size, in points.
    pub(super) fn text_width(&self, text: &str, size: f64) -> f64 {
        let units: f64 = text.chars().filter_map(|c| self.subset.advance(c)).map(f64::from).sum();
        self.points(units, size)
    }

    /// The height of capitals and digits at a size, in points.
    pub(super) fn cap_height(&self, size: f64) -> f64 {
        self.points(self.subset.cap_height, size)
    }

    /// The codes of a text; `None` where the font lacks a character.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let glyphs = text.chars().map(|c| self.subset.glyph(c)).collect::<Option<Vec<u16>>>()?;
        Some(glyphs.into_iter().flat_map(u16::to_be_bytes).collect())
    }

    /// Adds the font's objects, each through `add`, which gives a reference to what it is given.
    pub(super) fn write(
        &self,
        mut add: impl FnMut(Object) -> Result<Object, PdfError>,
    ) -> Result<Object, PdfError> {
        let font = &self.subset;
        let length = i64::try_from(font.bytes.len()).unwrap_or(i64::MAX);
        let program =
            add(Object::Stream(compressed(dictionary! { "Length1" => length }, &font.bytes)?))?;
        let descriptor = add(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => font.name.as_str(),
            // Symbolic (ISO 32000-2, table 121): no standard encoding is used.
            "Flags" => 4,
            "FontBBox" => font.bbox.map(|units| Object::Integer(self.thousandths(units))).to_vec(),
            "ItalicAngle" => 0,
            "Ascent" => self.thousandths(font.ascent),
            "Descent" => self.thousandths(font.descent),
            "CapHeight" => self.thousandths(font.cap_height),
            // Readers use it only where they must replace the font.
            "StemV" => 100,
            "FontFile2" => program,
        }
        .into())?;
        let widths: Vec<Object> = self
            .glyphs()
            .flat_map(|(c, glyph)| {
                let advance = self.thousandths(font.advance(c).unwrap_or_default());
                [Object::from(glyph), Object::Array(vec![advance.into()])]
            })
            .collect();
        let descendant = add(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => font.name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "CIDToGIDMap" => "Identity",
            "FontDescriptor" => descriptor,
            "W" => widths,
        }
        .into())?;
        let to_unicode =
            add(Object::Stream(compressed(Dictionary::new(), self.to_unicode().as_bytes())?))?;
        add(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => font.name.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant],
            "ToUnicode" => to_unicode,
        }
        .into())
    }

    /// Each character with its glyph, by glyph.
    fn glyphs(&self) -> impl Iterator<Item = (char, u16)> {
        let mut glyphs: Vec<_> =
            self.characters.iter().filter_map(|c| Some((*c, self.subset.glyph(*c)?))).collect();
        glyphs.sort_by_key(|(_, glyph)| *glyph);
        glyphs.into_iter()
    }

    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n\
             /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let glyphs: Vec<_> = self.glyphs().collect();
        // At most a hundred to a block.
        for block in glyphs.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", block.len());
            for (c, glyph) in block {
                // The built-in fonts hold nothing beyond the basic plane.
                let _ = writeln!(map, "<{glyph:04X}> <{:04X}>", u32::from(*c));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}
