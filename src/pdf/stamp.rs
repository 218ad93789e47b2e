//! The page number: framed, in colour, upright as the page is displayed, so that nobody takes it
//! for a number of the original.

use std::collections::BTreeMap;
use std::io::Write;

use lopdf::{Object, Stream, dictionary};

use super::PdfError;
use super::file::{FileWriter, ObjectNumber, compressed};
use crate::geometry::{PageBox, Rect};
use crate::manifest::Position;
use crate::plan::{STAMP_HEIGHT, stamp_rect};

/// The size of the type, in points: as large as the accessibility guidance asks of body text.
const SIZE: f64 = 12.0;

/// Room beside the number within its frame, in points.
const PADDING: f64 = 5.0;

/// A dark blue, at 10:1 on white; black and white printing keeps the frame.
const COLOUR: &str = "0.05 0.20 0.52";

/// The first and last characters of the font's encoding.
const FIRST: u8 = 0x20;
const LAST: u8 = 0x7E;

/// An embedded TrueType font for printed numbers, subset to what they need.
#[derive(Debug, Clone)]
pub struct StampFont {
    /// The font program (`/FontFile2`).
    pub program: Vec<u8>,
    /// Font units to the em.
    pub units_per_em: u16,
    /// Highest point of any character, in font units.
    pub ascent: i16,
    /// Lowest point, in font units.
    pub descent: i16,
    /// The height of capitals and digits, in font units.
    pub cap_height: i16,
    /// The bounding box of all characters, in font units.
    pub bounds: [i16; 4],
    /// Advance widths by character, in font units.
    pub advances: BTreeMap<char, u16>,
}

impl StampFont {
    /// Font units as thousandths of the size.
    fn thousandths(&self, units: impl Into<f64>) -> i64 {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a few thousand at the most"
        )]
        let rounded = (units.into() * 1000.0 / f64::from(self.units_per_em.max(1))).round() as i64;
        rounded
    }

    /// The width of a text at the size of the stamp, in points.
    fn text_width(&self, text: &str) -> f64 {
        let units: f64 = text
            .chars()
            .filter_map(|character| self.advances.get(&character))
            .map(|advance| f64::from(*advance))
            .sum();
        units * SIZE / f64::from(self.units_per_em.max(1))
    }

    /// The frame of a number on a page, in displayed space.
    pub(super) fn frame(&self, page: PageBox, position: Position, label: &str) -> Rect {
        let width = (self.text_width(label) + 2.0 * PADDING).max(STAMP_HEIGHT);
        stamp_rect(page, position, width)
    }

    /// Writes the font (ISO 32000-2, 9.6.3). The encoding is WinAnsi, as numbers are ASCII.
    pub(super) fn write<W: Write>(
        &self,
        file: &mut FileWriter<W>,
    ) -> Result<ObjectNumber, PdfError> {
        let length = i64::try_from(self.program.len()).unwrap_or(i64::MAX);
        let program = file.add(Object::Stream(compressed(
            dictionary! { "Length1" => length },
            &self.program,
        )?))?;
        let name = "CBUNDL+NotoSans-Bold";
        let descriptor = file.add(
            dictionary! {
                "Type" => "FontDescriptor",
                "FontName" => name,
                // Not symbolic (ISO 32000-2, table 121).
                "Flags" => 32,
                "FontBBox" => self.bounds.map(|units| Object::Integer(self.thousandths(units))).to_vec(),
                "ItalicAngle" => 0,
                "Ascent" => self.thousandths(self.ascent),
                "Descent" => self.thousandths(self.descent),
                "CapHeight" => self.thousandths(self.cap_height),
                "StemV" => 140,
                "FontFile2" => program.reference(),
            }
            .into(),
        )?;
        let widths = (FIRST..=LAST)
            .map(|code| {
                self.advances
                    .get(&char::from(code))
                    .map_or(0, |advance| self.thousandths(*advance))
            })
            .map(Object::Integer)
            .collect::<Vec<_>>();
        file.add(
            dictionary! {
                "Type" => "Font",
                "Subtype" => "TrueType",
                "BaseFont" => name,
                "FirstChar" => i64::from(FIRST),
                "LastChar" => i64::from(LAST),
                "Widths" => widths,
                "FontDescriptor" => descriptor.reference(),
                "Encoding" => "WinAnsiEncoding",
            }
            .into(),
        )
    }

    /// The operators that draw a number: an artifact (ISO 32000-2, 14.8.2.2), as it is not part of
    /// the evidence.
    pub(super) fn operators(&self, page: PageBox, frame: Rect, label: &str, font: &str) -> Vec<u8> {
        let [a, b, c, d, _, _] = page.displayed_to_user().0;
        let (e, f) = page.displayed_to_user().apply(frame.left, frame.bottom);
        let cap_height = f64::from(self.cap_height) * SIZE / f64::from(self.units_per_em.max(1));
        let x = (frame.width() - self.text_width(label)) / 2.0;
        let y = (frame.height() - cap_height) / 2.0;
        let label = escape(label);
        format!(
            "/Artifact BMC\nq {a:.6} {b:.6} {c:.6} {d:.6} {e:.4} {f:.4} cm\n\
             {COLOUR} RG {COLOUR} rg 1 w\n0.5 0.5 {:.2} {:.2} re S\n\
             BT /{font} {SIZE} Tf {x:.2} {y:.2} Td ({label}) Tj ET\nQ\nEMC\n",
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

fn escape(label: &str) -> String {
    label
        .chars()
        .flat_map(|character| match character {
            '(' | ')' | '\\' => vec!['\\', character],
            _ => vec![character],
        })
        .collect()
}
