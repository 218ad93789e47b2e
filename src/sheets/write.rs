//! From pages drawn to the bytes of a PDF.

use printpdf::{
    ParsedFont, PdfDocument, PdfFont, PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Pt, Rect,
};

use super::FrontError;
use super::canvas::{Canvas, font_id};
use super::fonts::{Face, subset_chars};

/// Writes the pages with their fonts cut down to what is used, and nothing that would differ
/// from one run to the next.
pub(super) fn write(canvas: Canvas) -> Result<Vec<u8>, FrontError> {
    let mut pdf = PdfDocument::new("");
    for face in [Face::Regular, Face::Bold] {
        if !canvas.used(face).is_empty() {
            let font = PdfFont::new(parse(face, &canvas)?);
            pdf.resources.fonts.map.insert(font_id(face), font);
        }
    }
    let sheet = Rect::from_wh(Pt(canvas.paper.width), Pt(canvas.paper.height));
    let pages = canvas.pages.into_iter().map(|ops| PdfPage {
        media_box: sheet.clone(),
        trim_box: sheet.clone(),
        crop_box: sheet.clone(),
        ops,
    });
    pdf.pages = pages.collect();
    serialise(&pdf)
}

fn parse(face: Face, canvas: &Canvas) -> Result<ParsedFont, FrontError> {
    let subset = subset_chars(face, canvas.used(face))?;
    let parsed = ParsedFont::from_bytes(&subset.bytes, 0, &mut Vec::new());
    let mut parsed = parsed.ok_or_else(|| FrontError::Font {
        font: face.name(),
        reason: "printpdf does not read its subset".to_owned(),
    })?;
    parsed.font_name = Some(subset.name);
    Ok(parsed)
}

fn serialise(pdf: &PdfDocument) -> Result<Vec<u8>, FrontError> {
    let mut warnings = Vec::new();
    let mut doc = printpdf::to_lopdf_doc(pdf, &PdfSaveOptions::default(), &mut warnings);
    if let Some(error) =
        warnings.iter().find(|warning| warning.severity == PdfParseErrorSeverity::Error)
    {
        return Err(FrontError::Write { reason: error.msg.clone() });
    }
    // Both come from a counter of the process. The bundle has an identity of its own.
    doc.trailer.remove(b"ID");
    doc.trailer.remove(b"Info");
    doc.prune_objects();
    // Left at its old value it would make the file claim objects that are gone.
    doc.max_id = doc.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
    doc.compress();
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).map_err(|e| FrontError::Write { reason: e.to_string() })?;
    Ok(bytes)
}
