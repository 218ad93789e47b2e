//! The page number: framed, in colour, upright as the page is displayed, so that nobody takes it
//! for a number of the original.

use std::io::Write;

use lopdf::{Object, Stream};

use super::PdfError;
use super::file::FileWriter;
use super::font::EmbeddedFont;
use crate::manifest::Position;
use crate::model::geometry::{PageBox, Rect};
use crate::plan::{Plan, STAMP_HEIGHT, stamp_rect};
use crate::sheets::{Face, FrontError};

/// The size of the type, in points: as large as the accessibility guidance asks of body text.
const SIZE: f64 = 12.0;

/// Room beside the number within its frame, in points.
const PADDING: f64 = 5.0;

/// A dark blue, at 10:1 on white; black and white printing keeps the frame.
const COLOUR: &str = "0.05 0.20 0.52";

/// The font of printed numbers.
pub(crate) struct StampFont(EmbeddedFont);

impl StampFont {
    /// The font for the numbers of a plan.
    ///
    /// # Errors
    ///
    /// A fault in the built-in font.
    pub(crate) fn new(plan: &Plan) -> Result<Self, FrontError> {
        let characters = plan.pages.iter().flat_map(|page| page.label.chars()).collect();
        EmbeddedFont::new(Face::Bold, characters).map(Self)
    }

    /// The frame of a number on a page, in displayed space.
    pub(super) fn frame(&self, page: PageBox, position: Position, label: &str) -> Rect {
        let width = (self.0.text_width(label, SIZE) + 2.0 * PADDING).max(STAMP_HEIGHT);
        stamp_rect(page, position, width)
    }

    /// Writes the font.
    pub(super) fn write<W: Write>(&self, file: &mut FileWriter<W>) -> Result<Object, PdfError> {
        self.0.write(|object| Ok(file.add(object)?.reference()))
    }

    /// The operators that draw a number: an artifact (ISO 32000-2, 14.8.2.2), as it is not part of
    /// the evidence.
    pub(super) fn operators(&self, page: PageBox, frame: Rect, label: &str, font: &str) -> Vec<u8> {
        let [a, b, c, d, _, _] = page.displayed_to_user().0;
        let (e, f) = page.displayed_to_user().apply(frame.left, frame.bottom);
        let x = (frame.width() - self.0.text_width(label, SIZE)) / 2.0;
        let y = (frame.height() - self.0.cap_height(SIZE)) / 2.0;
        let codes: String = self
            .0
            .encode(label)
            .unwrap_or_default()
            .iter()
            .map(|byte| format!("{byte:02X}"))
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
