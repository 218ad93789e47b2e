//! The printed number of a page of ours.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Page;

/// The number that stands last in the content of a page, by what its font says the codes mean.
pub(super) fn printed_number(page: &Page<'_>) -> Option<String> {
    let parts = page.raw().get::<Array<'_>>("Contents")?;
    let last = parts.iter::<Stream<'_>>().last()?;
    let content = last.decoded().ok()?;
    let content = std::str::from_utf8(&content).ok()?;
    let shown = content.strip_suffix("> Tj ET\nQ\nEMC\n")?;
    let (before, codes) = shown.rsplit_once('<')?;
    let font = before.rsplit_once("BT /")?.1.split_whitespace().next()?;
    let fonts = page.raw().get::<Dict<'_>>("Resources")?.get::<Dict<'_>>("Font")?;
    let meanings = fonts.get::<Dict<'_>>(font)?.get::<Stream<'_>>("ToUnicode")?.decoded().ok()?;
    let meanings = to_unicode(std::str::from_utf8(&meanings).ok()?);
    codes.as_bytes().chunks(4).map(|code| meanings.get(code).copied()).collect()
}

/// The single characters of a ToUnicode map, by their hexadecimal codes.
fn to_unicode(map: &str) -> HashMap<&[u8], char> {
    map.lines()
        .filter_map(|line| {
            let (code, meaning) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
            let meaning = char::from_u32(u32::from_str_radix(meaning, 16).ok()?)?;
            Some((code.as_bytes(), meaning))
        })
        .collect()
}
