//! What pictures say beside what they show: camera, place, author, comments, small previews. It goes;
//! the coded picture itself stays as it is, byte for byte.

use std::ops::Range;

use lopdf::{Dictionary, Object, Stream};
use memchr::memmem;

use crate::pdf::syntax::{Token, Tokens, end_of_scan, marks_of_codestream, next_marker};

/// The most that an inline picture within other codings may unpack to.
const MAX_INLINE: usize = 1 << 26;

/// A picture without what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cleaned {
    /// There was nothing to take out.
    AsItWas,
    /// What is left.
    Changed(Vec<u8>),
    /// It is not built as such a picture should be, so nothing was touched.
    Unread,
}

/// A part of what is left.
enum KeptPart {
    /// As it stands in the picture.
    Own(Range<usize>),
    /// Written anew.
    New(Vec<u8>),
}

/// Parts of a picture that stay. Nothing is copied unless something goes: pictures are most of a bundle.
struct KeptParts<'a> {
    bytes: &'a [u8],
    parts: Vec<KeptPart>,
    changed: bool,
}

impl<'a> KeptParts<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, parts: Vec::new(), changed: false }
    }

    fn keep(&mut self, range: Range<usize>) {
        self.parts.push(KeptPart::Own(range));
    }

    fn finish(self) -> Cleaned {
        if !self.changed {
            return Cleaned::AsItWas;
        }
        let parts: Vec<&[u8]> = self
            .parts
            .iter()
            .map(|part| match part {
                KeptPart::Own(range) => self.bytes.get(range.clone()).unwrap_or_default(),
                KeptPart::New(bytes) => bytes,
            })
            .collect();
        Cleaned::Changed(parts.concat())
    }
}

/// A big-endian number of two or four bytes.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte))
}

/// Takes everything out of a JPEG file (ITU-T T.81, annex B) that does not say how its samples are
/// coded or what their colours mean.
pub(super) fn clean_jpeg(bytes: &[u8]) -> Cleaned {
    walk_jpeg(bytes).map_or(Cleaned::Unread, KeptParts::finish)
}

/// Where a JPEG file ends that goes on with something else; `None` where that cannot be told.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut position = 2;
    loop {
        let marker = next_marker(bytes, position)?;
        position = match *bytes.get(marker + 1)? {
            0xD9 => return Some(marker + 2),
            0x01 | 0xD0..=0xD8 => marker + 2,
            code => {
                let end = marker + 2 + number(bytes.get(marker + 2..marker + 4)?);
                if code == 0xDA { end_of_scan(bytes, end) } else { end }
            }
        };
    }
}

/// Content whose inline pictures (ISO 32000-2, 8.9.7) say nothing of themselves any more.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct InlineCleaned {
    /// The content without what was taken out; `None` where there was nothing.
    pub(super) content: Option<Vec<u8>>,
    /// Of how many pictures something was taken out.
    pub(super) changed: u32,
    /// How many lie within another coding, or are oddly built.
    pub(super) unread: u32,
}

/// Takes what JPEG files in the middle of content say of themselves.
pub(super) fn clean_inline(content: &[u8]) -> InlineCleaned {
    let mut cleaned = InlineCleaned::default();
    // Hardly any content has one.
    if memmem::find(content, b"/DCT").is_none() {
        return cleaned;
    }
    let mut out = Vec::with_capacity(content.len());
    let mut done = 0;
    let mut tokens = Tokens::new(content);
    while let Some(token) = tokens.next_token() {
        if !matches!(token, Token::Word(b"BI", _)) {
            continue;
        }
        let Some((start, coded)) = start_of_jpeg(content, &mut tokens) else {
            continue;
        };
        let picture = content.get(start..).unwrap_or_default();
        let end = end_of_jpeg(picture).filter(|_| picture.starts_with(&[0xFF, 0xD8]));
        match end.and_then(|end| Some((end, clean_jpeg(picture.get(..end)?)))) {
            Some((end, Cleaned::Changed(changed))) => {
                out.extend(content.get(done..start).unwrap_or_default());
                out.extend(changed);
                done = start + end;
                cleaned.changed += 1;
            }
            Some((_, Cleaned::AsItWas)) => {}
            Some((_, Cleaned::Unread)) => cleaned.unread += 1,
            None => {
                let data = content.get(start..tokens.position().saturating_sub(2));
                let says = data.is_none_or(|data| says_something(data, &coded));
                cleaned.unread += u32::from(says);
            }
        }
    }
    if cleaned.changed > 0 {
        out.extend(content.get(done..).unwrap_or_default());
        cleaned.content = Some(out);
    }
    cleaned
}

/// Whether a JPEG file within other codings says something of itself, or cannot be read.
fn says_something(data: &[u8], coded: &[&str]) -> bool {
    let names = coded.iter().map(|name| Object::Name(name.as_bytes().to_vec()));
    let mut dict = Dictionary::new();
    dict.set("Filter", names.collect::<Vec<_>>());
    let unpacked = Stream::new(dict, data.to_vec()).decompressed_content_with_limit(MAX_INLINE);
    unpacked.map_or(true, |picture| clean_jpeg(&picture) != Cleaned::AsItWas)
}

/// Where the data of an inline picture starts that is coded as JPEG, and what it is coded as besides; reads on behind the
/// picture.
fn start_of_jpeg(content: &[u8], tokens: &mut Tokens<'_>) -> Option<(usize, Vec<&'static str>)> {
    let from = tokens.position();
    tokens.skip_inline_image();
    let head = content.get(from..tokens.position())?;
    let mut inner = Tokens::new(head);
    let mut is_jpeg = false;
    let mut coded = Vec::new();
    loop {
        match inner.next_token()? {
            Token::Name(b"DCT" | b"DCTDecode") => is_jpeg = true,
            Token::Name(b"AHx" | b"ASCIIHexDecode") => coded.push("ASCIIHexDecode"),
            Token::Name(b"A85" | b"ASCII85Decode") => coded.push("ASCII85Decode"),
            Token::Name(b"LZW" | b"LZWDecode") => coded.push("LZWDecode"),
            Token::Name(b"Fl" | b"FlateDecode") => coded.push("FlateDecode"),
            Token::Name(b"RL" | b"RunLengthDecode") => coded.push("RunLengthDecode"),
            Token::Word(b"ID", _) => break,
            _ => {}
        }
    }
    is_jpeg.then_some((from + inner.position() + 1, coded))
}

fn walk_jpeg(bytes: &[u8]) -> Option<KeptParts<'_>> {
    let mut kept = KeptParts::new(bytes);
    if bytes.get(..2)? != [0xFF, 0xD8] {
        return None;
    }
    kept.keep(0..2);
    let mut position = 2;
    let mut has_picture = false;
    loop {
        let Some(marker) = next_marker(bytes, position) else {
            // Many pictures in PDFs lack their end; what is missing says nothing.
            return has_picture.then_some(kept);
        };
        let code = *bytes.get(marker + 1)?;
        match code {
            0xD9 => {
                kept.keep(position..marker + 2);
                // Previews and whole films are hung on behind the end; what fills it up says nothing.
                let behind = bytes.get(marker + 2..).unwrap_or_default();
                kept.changed |= behind.iter().any(|byte| !b"\0\t\n\x0C\r ".contains(byte));
                return has_picture.then_some(kept);
            }
            0x01 | 0xD0..=0xD7 => {
                kept.keep(position..marker + 2);
                position = marker + 2;
            }
            _ => {
                let length = bytes.get(marker + 2..marker + 4).map(number);
                let Some(end) = length.map(|length| marker + 2 + length) else {
                    return has_picture.then_some(kept);
                };
                let body = bytes.get(marker + 4..end)?;
                position = end;
                segment(&mut kept, code, body, marker..end);
                if code == 0xDA {
                    has_picture = true;
                    position = end_of_scan(bytes, end);
                    kept.keep(end..position);
                }
            }
        }
    }
}

/// Keeps a segment, keeps a part of it, or leaves it out.
fn segment(kept: &mut KeptParts<'_>, code: u8, body: &[u8], range: Range<usize>) {
    /// `JFIF`, version, density, and the size of a preview.
    const JFIF_LENGTH: usize = 14;
    let has_preview = |body: &[u8]| body.len() > JFIF_LENGTH;
    let stays = match code {
        // A JFIF header may hold a preview, which may show more than the picture does.
        0xE0 if body.starts_with(b"JFIF\0") && has_preview(body) => {
            let header = body.get(..JFIF_LENGTH - 2).unwrap_or_default();
            let header = [&[0xFF, 0xE0, 0, 16], header, &[0, 0]].concat();
            kept.parts.push(KeptPart::New(header));
            false
        }
        0xE0 => body.starts_with(b"JFIF\0"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    };
    if stays {
        kept.keep(range);
    } else {
        kept.changed = true;
    }
}

/// The boxes of a JPEG 2000 file that say how its samples are coded and what they mean (ISO/IEC 15444-1, annex I, and
/// 15444-2 for files of several codestreams).
const BOXES: [&[u8; 4]; 7] = [b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"jp2c"];

/// A comment in a codestream.
const COMMENT: u8 = 0x64;

/// Leaves in a JPEG 2000 file only the boxes that say how it looks, and no comments in its codestream.
pub(super) fn clean_jpx(bytes: &[u8]) -> Cleaned {
    if bytes.starts_with(&[0xFF, 0x4F, 0xFF, 0x51]) {
        return match without_comments(bytes) {
            Some(codes) => Cleaned::Changed(codes),
            None => Cleaned::AsItWas,
        };
    }
    walk_jpx(bytes).map_or(Cleaned::Unread, KeptParts::finish)
}

fn walk_jpx(bytes: &[u8]) -> Option<KeptParts<'_>> {
    const SIGNATURE: &[u8] = b"\0\0\0\x0CjP  \r\n\x87\n";
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let mut kept = KeptParts::new(bytes);
    let mut position = 0;
    while position < bytes.len() {
        let Some(kind) = bytes.get(position + 4..position + 8) else {
            // Padding behind the last box.
            kept.keep(position..bytes.len());
            break;
        };
        let length = match number(bytes.get(position..position + 4)?) {
            0 => bytes.len() - position,
            1 => number(bytes.get(position + 8..position + 16)?),
            length => length,
        };
        let end = position.checked_add(length).filter(|end| length >= 8 && *end <= bytes.len())?;
        match kind {
            // Offsets from the start of the file, which would no longer be right.
            b"ftbl" | b"flst" => return None,
            b"jp2c" => match bytes.get(position + 8..end).and_then(without_comments) {
                Some(codes) if length >= 8 && number(bytes.get(position..position + 4)?) != 1 => {
                    let length = u32::try_from(codes.len() + 8).ok()?.to_be_bytes();
                    kept.parts.push(KeptPart::New([&length, kind, &codes].concat()));
                    kept.changed = true;
                }
                _ => kept.keep(position..end),
            },
            kind if BOXES.iter().any(|known| *known == kind) => kept.keep(position..end),
            _ => kept.changed = true,
        }
        position = end;
    }
    Some(kept)
}

/// A codestream without the comments in its main header; `None` where there are none.
fn without_comments(codes: &[u8]) -> Option<Vec<u8>> {
    let marks = marks_of_codestream(codes)?;
    let kept = marks.iter().filter(|(code, _)| *code != COMMENT);
    let kept: Vec<&[u8]> = kept.filter_map(|(_, range)| codes.get(range.clone())).collect();
    let kept = kept.concat();
    (kept.len() < codes.len()).then_some(kept)
}
