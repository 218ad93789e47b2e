//! Font files and colour profiles: both are tables behind a directory. Tables that no reader of a PDF looks at, what stands
//! behind the last, and what a profile says of its maker, are blanked or cut; nothing that is used moves.

use std::ops::Range;

use lopdf::Stream;

/// The most that a file may unpack to before it is looked at.
const MAX_FILE: usize = 1 << 26;

/// What fills data up says nothing.
const FILLING: &[u8] = b"\0\t\n\x0C\r ";

/// The tables of OpenType, of Apple's additions to it and of FontForge.
#[rustfmt::skip]
const OF_FONTS: [&[u8; 4]; 78] = [
    b"BASE", b"CBDT", b"CBLC", b"CFF ", b"CFF2", b"COLR", b"CPAL", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"FFTM", b"GDEF", b"GPOS",
    b"GSUB", b"HVAR", b"JSTF", b"LTSH", b"MATH", b"MERG", b"MVAR", b"OS/2", b"PCLT", b"PfEd", b"SVG ", b"STAT", b"Silf", b"Glat",
    b"Gloc", b"Feat", b"Sill", b"TEX ", b"VDMX", b"VORG", b"VVAR", b"Zapf", b"acnt", b"ankr", b"avar", b"bdat", b"bhed", b"bloc",
    b"bsln", b"cmap", b"cvar", b"cvt ", b"fdsc", b"feat", b"fmtx", b"fpgm", b"fvar", b"gasp", b"gcid", b"glyf", b"gvar", b"hdmx",
    b"head", b"hhea", b"hmtx", b"hsty", b"just", b"kern", b"kerx", b"lcar", b"loca", b"maxp", b"meta", b"mort", b"morx", b"name",
    b"opbd", b"post", b"prep", b"prop", b"sbix", b"trak", b"vhea", b"vmtx",
];

/// What a profile says of itself (ICC.1, 9.2): its description, its copyright, the device and its maker, and for what it was seen.
const TEXTS: [&[u8; 4]; 5] = [b"desc", b"cprt", b"dmnd", b"dmdd", b"vued"];

/// Names of profiles that are public, in whose descriptions there is nothing of anybody.
const PUBLIC: [&[u8]; 16] = [
    b"sRGB",
    b"Adobe RGB",
    b"Apple RGB",
    b"ColorMatch",
    b"ProPhoto",
    b"Display P3",
    b"Dot Gain",
    b"Gray Gamma",
    b"Generic",
    b"SWOP",
    b"FOGRA",
    b"Coated",
    b"ECI",
    b"Artifex",
    b"Calibrated",
    b"Linear",
];

struct Table {
    name: [u8; 4],
    place: Range<usize>,
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// A directory of tables: where it starts, how far apart its entries are, and where in one the offset stands.
fn directory(
    bytes: &[u8],
    (start, count): (usize, usize),
    (size, offset): (usize, usize),
) -> Option<Vec<Table>> {
    let table = |index: usize| {
        let at = start + index * size;
        let name = bytes.get(at..at + 4)?.try_into().ok()?;
        let from = number(bytes, at + offset)?;
        let to = from.checked_add(number(bytes, at + offset + 4)?)?;
        (to <= bytes.len()).then_some(Table { name, place: from..to })
    };
    (0..count.min(1024)).map(table).collect()
}

/// Blanks a part of a file. Returns whether it said anything.
fn blank(bytes: &mut [u8], part: Range<usize>) -> bool {
    let part = bytes.get_mut(part).unwrap_or_default();
    let said = part.iter().any(|byte| *byte != 0);
    part.fill(0);
    said
}

/// Leaves out what stands behind an end. Returns whether it said anything.
fn cut_behind(bytes: &mut Vec<u8>, end: usize) -> bool {
    let says = bytes.get(end..).unwrap_or_default().iter().any(|byte| !FILLING.contains(byte));
    if says {
        bytes.truncate(end);
    }
    says
}

/// Cleans a font file. Returns whether anything went.
pub(super) fn clean_font(stream: &mut Stream) -> bool {
    changed(stream, |bytes| {
        let is_sfnt =
            [b"\0\x01\0\0".as_slice(), b"OTTO", b"true"].iter().any(|mark| bytes.starts_with(mark));
        let count = number(bytes, 2).filter(|_| is_sfnt)? & 0xFFFF;
        let tables = directory(bytes, (12, count), (16, 8))?;
        let end = tables.iter().map(|table| table.place.end).max()?.max(12 + 16 * count);
        let strange = tables.iter().filter(|table| !OF_FONTS.contains(&&table.name));
        let strange: Vec<Range<usize>> = strange.map(|table| table.place.clone()).collect();
        let blanked = strange.into_iter().fold(false, |any, part| blank(bytes, part) | any);
        let is_cut = cut_behind(bytes, end);
        (blanked || is_cut).then_some(())
    })
}

/// Cleans a colour profile. Returns whether anything went.
pub(super) fn clean_profile(stream: &mut Stream) -> bool {
    changed(stream, |bytes| {
        let size = number(bytes, 0).filter(|_| bytes.get(36..40) == Some(b"acsp"))?;
        let tables = directory(bytes, (132, number(bytes, 128)?), (12, 4))?;
        let texts = || tables.iter().filter(|table| TEXTS.contains(&&table.name));
        let description = texts().find(|table| &table.name == b"desc");
        let description = description.and_then(|table| bytes.get(table.place.clone()));
        let is_public = description.is_some_and(is_public);
        let words: Vec<Range<usize>> = texts()
            .filter(|_| !is_public)
            .filter_map(|table| words_of(bytes, &table.place))
            .collect();
        let blanked = words.into_iter().fold(false, |any, part| blank(bytes, part) | any);
        if blanked {
            // What the whole profile adds up to is not told any more.
            blank(bytes, 84..100);
        }
        let is_cut = cut_behind(bytes, size);
        (blanked || is_cut).then_some(())
    })
}

fn is_public(description: &[u8]) -> bool {
    let plain: Vec<u8> = description.iter().copied().filter(|byte| *byte != 0).collect();
    PUBLIC.iter().any(|name| memchr::memmem::find(&plain, name).is_some())
}

/// Where the words of a text stand (ICC.1, 10.15, 10.24; ICC.1:2001, 6.5.17).
fn words_of(bytes: &[u8], place: &Range<usize>) -> Option<Range<usize>> {
    let from = match bytes.get(place.start..place.start + 4)? {
        b"text" => 8,
        // The length stays, as readers step by it.
        b"desc" => 12,
        // So do the languages with the places of their words.
        b"mluc" => 16 + 12 * number(bytes, place.start + 8)?.min(256),
        _ => return None,
    };
    let start = place.start + from;
    (start < place.end).then_some(start..place.end)
}

/// Unpacks a stream, changes what it holds and packs it again, where there is anything to change.
fn changed(stream: &mut Stream, change: impl Fn(&mut Vec<u8>) -> Option<()>) -> bool {
    let Ok(mut bytes) = stream.get_plain_content_with_limit(MAX_FILE) else {
        return false;
    };
    if change(&mut bytes).is_none() {
        return false;
    }
    if stream.dict.has(b"Length1") {
        stream.dict.set("Length1", i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    }
    stream.dict.remove(b"Filter");
    stream.dict.remove(b"DecodeParms");
    stream.set_content(bytes);
    // What does not become smaller stays as it is.
    _ = stream.compress();
    true
}

#[cfg(test)]
mod tests {
    use lopdf::Dictionary;

    use super::*;

    /// A file with a directory of tables behind a head; where it stands, how long an entry is, where the offset.
    fn file(head: &[u8], tables: &[(&[u8; 4], &[u8])], checksum: bool) -> Vec<u8> {
        let size = if checksum { 16 } else { 12 };
        let mut place = head.len() + size * tables.len();
        let (mut entries, mut bodies) = (Vec::new(), Vec::new());
        let bytes = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
        for (name, body) in tables {
            entries.extend_from_slice(*name);
            entries.extend(checksum.then_some([0; 4]).into_iter().flatten());
            entries.extend(bytes(place));
            entries.extend(bytes(body.len()));
            bodies.extend_from_slice(body);
            place += body.len();
        }
        [head, &entries, &bodies].concat()
    }

    fn stream(bytes: Vec<u8>) -> Stream {
        Stream::new(Dictionary::new(), bytes)
    }

    #[test]
    fn strange_tables_of_a_font_are_blanked_and_its_end_is_cut() {
        let head = b"\0\x01\0\0\0\x02\0\0\0\0\0\0";
        let of = |strange: &[u8]| file(head, &[(b"glyf", b"shape"), (b"note", strange)], true);
        let mut font = stream([of(b"words"), b"more".to_vec()].concat());
        assert!(clean_font(&mut font));
        assert_eq!(font.get_plain_content().unwrap(), of(&[0; 5]));
        assert!(!clean_font(&mut font));
    }

    #[test]
    fn a_profile_says_nothing_unless_it_is_a_public_one() {
        let of = |words: &[u8], sum: u8| {
            let mut head = vec![0; 128];
            head[36..40].copy_from_slice(b"acsp");
            head[84..100].fill(sum);
            head.extend([0, 0, 0, 1]);
            let text = [b"text\0\0\0\0".as_slice(), words].concat();
            let mut profile = file(&head, &[(b"desc", &text)], false);
            let size = u32::try_from(profile.len()).unwrap().to_be_bytes();
            profile[..4].copy_from_slice(&size);
            profile
        };
        let mut own = stream(of(b"of Jane's desk", 7));
        assert!(clean_profile(&mut own));
        assert_eq!(own.get_plain_content().unwrap(), of(&[0; 14], 0));
        assert!(!clean_profile(&mut own));
        assert!(!clean_profile(&mut stream(of(b"sRGB IEC61966", 7))));
        assert!(!clean_profile(&mut stream(b"a function".to_vec())));
    }
}
