//! Pictures that stand in the middle of content (ISO 32000-2, 8.9.7), and what they unpack to. Those that a page
//! draws itself are measured when it does; those of patterns, of glyphs and of masks are drawn out of sight.

use lopdf::{Dictionary, Document as Pdf, Object, Stream};
use memchr::memmem;

use super::limits;
use super::tokens::{Token, Tokens};
use crate::manifest::Limits;

/// Whether anything that is drawn out of sight draws a picture that takes more memory than the limits allow.
pub(crate) fn any_vast(pdf: &Pdf, limits: &Limits) -> bool {
    let streams = || pdf.objects.values().filter_map(|object| object.as_stream().ok());
    let tiles = streams().filter(|stream| stream.dict.has(b"PaintType"));
    let glyphs: Vec<&Stream> = pdf
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .flat_map(|font| glyphs(pdf, font))
        .collect();
    let mut out_of_sight: Vec<&Stream> = tiles.chain(glyphs).collect();
    if !out_of_sight.is_empty() || pdf.objects.values().any(masks) {
        out_of_sight.extend(streams().filter(|stream| is_form(&stream.dict)));
    }
    out_of_sight.into_iter().any(|stream| draws_vast(stream, limits))
}

/// The drawings of a Type 3 font.
fn glyphs<'a>(pdf: &'a Pdf, font: &'a Dictionary) -> Vec<&'a Stream> {
    let Ok(Object::Dictionary(glyphs)) = font.get_deref(b"CharProcs", pdf) else {
        return Vec::new();
    };
    let stream = |glyph: &'a Object| pdf.dereference(glyph).ok()?.1.as_stream().ok();
    glyphs.iter().filter_map(|(_, glyph)| stream(glyph)).collect()
}

fn is_form(dict: &Dictionary) -> bool {
    let kind = dict.get(b"Subtype").and_then(Object::as_name);
    kind.is_ok_and(|kind| kind == b"Form")
}

/// Whether an object holds a mask that is drawn (ISO 32000-2, 11.6.5.3).
fn masks(object: &Object) -> bool {
    let in_dict = |dict: &Dictionary| {
        let is_drawn = |mask: &Object| mask.as_dict().is_ok_and(|mask| mask.has(b"G"));
        let refers = |mask: &Object| mask.as_reference().is_ok() && !dict.has(b"Width");
        let own = dict.get(b"SMask");
        own.is_ok_and(|mask| is_drawn(mask) || refers(mask))
            || dict.iter().any(|(_, value)| masks(value))
    };
    match object {
        Object::Array(array) => array.iter().any(masks),
        Object::Dictionary(dict) => in_dict(dict),
        Object::Stream(stream) => in_dict(&stream.dict),
        _ => false,
    }
}

fn draws_vast(stream: &Stream, limits: &Limits) -> bool {
    let limit = limits::bytes(limits);
    match stream.decompressed_content_with_limit(limit) {
        Ok(content) => holds_vast(&content, limits),
        // Content that is not compressed.
        Err(_) => holds_vast(&stream.content, limits),
    }
}

/// Whether content draws such a picture itself.
pub(crate) fn holds_vast(content: &[u8], limits: &Limits) -> bool {
    if memmem::find(content, b"BI").is_none() {
        return false;
    }
    let mut tokens = Tokens::new(content);
    while let Some(token) = tokens.next_token() {
        if let Token::Word(b"BI", _) = token {
            let start = tokens.position();
            tokens.skip_inline_image();
            let picture = content.get(start..tokens.position()).unwrap_or_default();
            if Inline::read(picture).is_some_and(|picture| picture.is_vast(limits)) {
                return true;
            }
        }
    }
    false
}

/// A picture, from behind `BI` to `EI`.
#[derive(Debug, Default)]
struct Inline<'a> {
    width: usize,
    height: usize,
    filters: Vec<Object>,
    data: &'a [u8],
}

impl<'a> Inline<'a> {
    fn read(picture: &'a [u8]) -> Option<Self> {
        let mut inline = Self::default();
        let mut tokens = Tokens::new(picture);
        let mut key: &[u8] = b"";
        loop {
            match tokens.next_token()? {
                Token::Word(b"ID", _) => break,
                Token::Word(word, _) => {
                    let number = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
                    match key {
                        b"W" | b"Width" => inline.width = number.unwrap_or(0),
                        b"H" | b"Height" => inline.height = number.unwrap_or(0),
                        _ => {}
                    }
                }
                Token::Name(name) => match whole_name(name) {
                    Some(filter) => inline.filters.push(Object::Name(filter.to_vec())),
                    None => key = name,
                },
                _ => {}
            }
        }
        inline.data = picture.get(tokens.position() + 1..)?;
        Some(inline)
    }

    fn is_vast(&self, limits: &Limits) -> bool {
        limits::is_vast(self.width, self.height, limits)
            || self.unpacks_too_far(limits::bytes(limits))
    }

    fn unpacks_too_far(&self, limit: usize) -> bool {
        let (filters, data) = match self.filters.split_first() {
            None => return false,
            // lopdf does not read it.
            Some((Object::Name(first), rest)) if first == b"ASCIIHexDecode" => {
                (rest, from_hex(self.data))
            }
            Some(_) => (self.filters.as_slice(), self.data.to_vec()),
        };
        let mut dict = Dictionary::new();
        dict.set("Filter", filters.to_vec());
        let stream = Stream::new(dict, data);
        limits::unpacks_beyond(&Pdf::new(), &stream, limit)
    }
}

fn from_hex(text: &[u8]) -> Vec<u8> {
    let digit = |byte: &u8| u8::try_from(char::from(*byte).to_digit(16)?).ok();
    let text = text.iter().take_while(|byte| **byte != b'>');
    let digits: Vec<u8> = text.filter_map(digit).collect();
    let byte = |pair: &[u8]| pair.iter().fold(0, |byte, digit| byte << 4 | digit);
    digits.chunks(2).map(byte).collect()
}

/// The whole name of a filter that unpacks (ISO 32000-2, table 92). What others give is bounded by the size of
/// their picture.
fn whole_name(name: &[u8]) -> Option<&'static [u8]> {
    Some(match name {
        b"AHx" | b"ASCIIHexDecode" => b"ASCIIHexDecode",
        b"A85" | b"ASCII85Decode" => b"ASCII85Decode",
        b"LZW" | b"LZWDecode" => b"LZWDecode",
        b"Fl" | b"FlateDecode" => b"FlateDecode",
        b"RL" | b"RunLengthDecode" => b"RunLengthDecode",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use lopdf::dictionary;

    use super::*;

    const LIMITS: Limits = Limits { decompressed_mb: 2, objects: 100, seconds: 60, nesting: 100 };

    fn deflated(length: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b' '; length]).unwrap();
        encoder.finish().unwrap()
    }

    fn drawing(entries: &str, data: &[u8]) -> Vec<u8> {
        [b"q BI ", entries.as_bytes(), b" ID ", data, b"\nEI Q"].concat()
    }

    #[test]
    fn a_picture_is_vast_by_its_size_or_by_what_it_unpacks_to() {
        let holds = |entries, data: &[u8]| holds_vast(&drawing(entries, data), &LIMITS);
        assert!(!holds("/W 60 /H 60 /IM true", b"x"));
        assert!(holds("/W 60000 /H 60000 /IM true", b"x"));
        assert!(holds("/Height 60000/Width 60000", b"x"));
        assert!(!holds("/W 9 /H 9 /F /Fl", &deflated(1 << 20)));
        assert!(holds("/W 9 /H 9 /F /Fl", &deflated(6 << 20)));
        assert!(holds("/W 9 /H 9 /Filter [/FlateDecode]", &deflated(6 << 20)));
        let hex: String = deflated(6 << 20).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(holds("/W 9 /H 9 /F [/AHx /Fl]", hex.as_bytes()));
    }

    #[test]
    fn what_is_drawn_out_of_sight_is_measured() {
        let content = drawing("/W 60000 /H 60000 /IM true", b"x");
        let mut pdf = Pdf::new();
        pdf.add_object(Stream::new(dictionary! {}, content.clone()));
        let form = dictionary! { "Subtype" => "Form" };
        pdf.add_object(Stream::new(form, content.clone()));
        assert!(!any_vast(&pdf, &LIMITS));
        let mask = dictionary! { "SMask" => dictionary! { "G" => Object::Reference((2, 0)) } };
        let with_mask = |mut pdf: Pdf| {
            pdf.add_object(mask);
            pdf
        };
        assert!(any_vast(&with_mask(pdf), &LIMITS));
        for entries in [dictionary! { "PaintType" => 1 }, dictionary! { "Other" => 1 }] {
            let is_tile = entries.has(b"PaintType");
            let mut pdf = Pdf::new();
            pdf.add_object(Stream::new(entries, content.clone()));
            assert_eq!(any_vast(&pdf, &LIMITS), is_tile);
        }
        let mut pdf = Pdf::new();
        let glyph = pdf.add_object(Stream::new(dictionary! {}, content));
        pdf.add_object(dictionary! { "CharProcs" => dictionary! { "a" => glyph } });
        assert!(any_vast(&pdf, &LIMITS));
    }
}
