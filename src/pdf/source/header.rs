//! Where a PDF starts, and what a file is that is none.

use super::SourceError;

/// How far into a file the header is looked for.
const HEADER_WINDOW: usize = 1 << 20;

/// Whether some bytes are a PDF, or were one before they were damaged.
///
/// # Errors
/// What they are in its place, as far as their beginning says.
pub fn require_pdf(bytes: &[u8]) -> Result<(), SourceError> {
    find_header(bytes).map(drop)
}

/// Where `%PDF-` stands; `None` where a PDF lacks it.
pub(super) fn find_header(bytes: &[u8]) -> Result<Option<usize>, SourceError> {
    if bytes.is_empty() {
        return Err(SourceError::Empty);
    }
    let window = bytes.get(..HEADER_WINDOW.min(bytes.len())).unwrap_or(bytes);
    if let Some(start) = find(window, b"%PDF-") {
        return Ok(Some(start));
    }
    if find(bytes, b" obj").is_some() && find(bytes, b"endobj").is_some() {
        return Ok(None);
    }
    Err(SourceError::NotPdf(kind_of(bytes).to_owned()))
}

/// What a file that is not a PDF seems to be, from its first bytes.
fn kind_of(bytes: &[u8]) -> &'static str {
    let known: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "it is a Word, Excel or zip file"),
        (b"\xD0\xCF\x11\xE0", "it is an old Word, Excel or Outlook file"),
        (b"\xFF\xD8\xFF", "it is a JPEG picture"),
        (b"\x89PNG", "it is a PNG picture"),
        (b"II*\0", "it is a TIFF picture"),
        (b"MM\0*", "it is a TIFF picture"),
        (b"{\\rtf", "it is a rich text file"),
        (b"<!DOCTYPE", "it is a web page"),
        (b"<html", "it is a web page"),
    ];
    let first = bytes.get(..4096.min(bytes.len())).unwrap_or(bytes);
    let starts_with = |magic: &[u8]| {
        let start = bytes.get(..magic.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(magic))
    };
    match known.iter().find(|(magic, _)| starts_with(magic)) {
        Some((_, kind)) => kind,
        None if first.iter().all(|byte| *byte == 0) => "it holds nothing but zeros",
        None if std::str::from_utf8(first).is_ok_and(|text| !text.contains('\0')) => {
            "it is a text file"
        }
        None => "it has no PDF header and no PDF objects",
    }
}

pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
