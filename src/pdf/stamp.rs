//! The page number: framed, in colour, upright as the page is displayed, so that nobody takes it
//! for a number of the original.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

use lopdf::{Object, Stream, dictionary};

use super::PdfError;
use super::file::{FileWriter, ObjectNumber, compressed};
use crate::front::{Face, FrontError, Subset, subset};
use crate::geometry::{PageBox, Rect};
use crate::manifest::Position;
use crate::plan::{Plan, STAMP_HEIGHT, stamp_rect};

/// The size of the type, in points: as large as the accessibility guidance asks of body text.
const SIZE: f64 = 12.0;

/// Room beside the number within its frame, in points.
const PADDING: f64 = 5.0;

/// A dark blue, at 10:1 on white; black and white printing keeps the frame.
const COLOUR: &str = "0.05 0.20 0.52";

/// The font of printed numbers, cut down to the characters that they need.
pub struct StampFont {
    subset: Subset,
    characters: BTreeSet<char>,
}

impl StampFont {
    /// The font for the numbers of a plan.
    ///
    /// # Errors
    ///
    /// A fault in the built-in font.
    pub fn new(plan: &Plan) -> Result<Self, FrontError> {
        let characters: BTreeSet<char> = plan
            .pages
            .iter()
            .flat_map(|page| page.label.chars())
            .collect();
        let subset = subset(Face::Bold, &characters.iter().collect::<String>())?;
        Ok(Self { subset, characters })
    }

    /// Font units as points at a size.
    fn points(&self, units: impl Into<f64>, size: f64) -> f64 {
        units.into() * size / f64::from(self.subset.units_per_em.max(1))
    }

    /// Font units as the thousandths of the size that PDF counts in (ISO 32000-2, 9.2.4).
    fn thousandths(&self, units: impl Into<f64>) -> i64 {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a few thousand at the most"
        )]
        let rounded = self.points(units, 1000.0).round() as i64;
        rounded
    }

    /// The width of a text at the size of the stamp, in points.
    fn text_width(&self, text: &str) -> f64 {
        let units: f64 = text
            .chars()
            .filter_map(|c| self.subset.advance(c))
            .map(f64::from)
            .sum();
        self.points(units, SIZE)
    }

    /// The frame of a number on a page, in displayed space.
    pub(super) fn frame(&self, page: PageBox, position: Position, label: &str) -> Rect {
        let width = (self.text_width(label) + 2.0 * PADDING).max(STAMP_HEIGHT);
        stamp_rect(page, position, width)
    }

    /// Writes the font: glyphs are their own codes, and `/ToUnicode` says what they mean
    /// (ISO 32000-2, 9.7 and 9.10.3).
    pub(super) fn write<W: Write>(
        &self,
        file: &mut FileWriter<W>,
    ) -> Result<ObjectNumber, PdfError> {
        let font = &self.subset;
        let length = i64::try_from(font.bytes.len()).unwrap_or(i64::MAX);
        let program = file.add(Object::Stream(compressed(
            dictionary! { "Length1" => length },
            &font.bytes,
        )?))?;
        let descriptor = file.add(
            dictionary! {
                "Type" => "FontDescriptor",
                "FontName" => font.name.as_str(),
                // Symbolic (ISO 32000-2, table 121): no standard encoding is used.
                "Flags" => 4,
                "FontBBox" => font.bbox.map(|units| Object::Integer(self.thousandths(units))).to_vec(),
                "ItalicAngle" => 0,
                "Ascent" => self.thousandths(font.ascent),
                "Descent" => self.thousandths(font.descent),
                "CapHeight" => self.thousandths(font.cap_height),
                "StemV" => 140,
                "FontFile2" => program.reference(),
            }
            .into(),
        )?;
        let widths: Vec<Object> = self
            .glyphs()
            .flat_map(|(c, glyph)| {
                let advance = self.thousandths(font.advance(c).unwrap_or_default());
                [Object::from(glyph), Object::Array(vec![advance.into()])]
            })
            .collect();
        let descendant = file.add(
            dictionary! {
                "Type" => "Font",
                "Subtype" => "CIDFontType2",
                "BaseFont" => font.name.as_str(),
                "CIDSystemInfo" => dictionary! {
                    "Registry" => Object::string_literal("Adobe"),
                    "Ordering" => Object::string_literal("Identity"),
                    "Supplement" => 0,
                },
                "CIDToGIDMap" => "Identity",
                "FontDescriptor" => descriptor.reference(),
                "W" => widths,
            }
            .into(),
        )?;
        let to_unicode = file.add(Object::Stream(compressed(
            lopdf::Dictionary::new(),
            self.to_unicode().as_bytes(),
        )?))?;
        file.add(
            dictionary! {
                "Type" => "Font",
                "Subtype" => "Type0",
                "BaseFont" => font.name.as_str(),
                "Encoding" => "Identity-H",
                "DescendantFonts" => vec![descendant.reference()],
                "ToUnicode" => to_unicode.reference(),
            }
            .into(),
        )
    }

    /// Each character with its glyph, by glyph.
    fn glyphs(&self) -> impl Iterator<Item = (char, u16)> {
        let mut glyphs: Vec<_> = self
            .characters
            .iter()
            .filter_map(|c| Some((*c, self.subset.glyph(*c)?)))
            .collect();
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
                let _ = writeln!(map, "<{glyph:04X}> <{:04X}>", u32::from(*c));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }

    /// The operators that draw a number: an artifact (ISO 32000-2, 14.8.2.2), as it is not part of
    /// the evidence.
    pub(super) fn operators(&self, page: PageBox, frame: Rect, label: &str, font: &str) -> Vec<u8> {
        let [a, b, c, d, _, _] = page.displayed_to_user().0;
        let (e, f) = page.displayed_to_user().apply(frame.left, frame.bottom);
        let x = (frame.width() - self.text_width(label)) / 2.0;
        let y = (frame.height() - self.points(self.subset.cap_height, SIZE)) / 2.0;
        let codes: String = label
            .chars()
            .filter_map(|c| self.subset.glyph(c))
            .map(|glyph| format!("{glyph:04X}"))
            .collect();
        format!(
            "/Artifact BMC\nq {a:.6} {b:.6} {c:.6} {d:.6} {e:.4} {f:.4} cm\n\
             {COLOUR} RG {COLOUR} rg 1 w\n0.5 0.5 {:.2} {:.2} re S\n\
             BT /{font} {SIZE} Tf {x:.2} {y:.2} Td <{codes}> Tj ET\nQ\nEMC\n",
            frame.width() - 1.0,
            frame.height() - 1.0,
        )
        .into_bytes()
    }
}

/// Written as it is: too short to gain from compression.
pub(super) fn content_stream(operators: Vec<u8>) -> Object {
    Object::Stream(Stream::new(lopdf::Dictionary::new(), operators).with_compression(false))
}
