//! A finished PDF as a reader sees it: labels, bookmarks, link targets, printed numbers.

use std::collections::{HashMap, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream, String as PdfString,
};
use hayro_syntax::page::Page;

/// No page or bookmark tree that people made is deeper.
const MAX_DEPTH: usize = 64;

/// A bookmark as read, with the page that it leads to, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadBookmark {
    pub(super) title: String,
    pub(super) page: Option<usize>,
    pub(super) children: Vec<ReadBookmark>,
}

/// A PDF that opened.
pub(super) struct ReadDocument<'a> {
    pdf: &'a Pdf,
    catalog: Dict<'a>,
    pages: HashMap<ObjectIdentifier, usize>,
}

impl<'a> ReadDocument<'a> {
    /// `None` where there is no catalog.
    pub(super) fn new(pdf: &'a Pdf) -> Option<Self> {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let pages = pdf
            .pages()
            .iter()
            .enumerate()
            .filter_map(|(index, page)| Some((page.raw().obj_id()?, index)))
            .collect();
        Some(Self {
            pdf,
            catalog,
            pages,
        })
    }

    pub(super) fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    pub(super) fn pages(&self) -> impl Iterator<Item = &'a Page<'a>> {
        self.pdf.pages().iter()
    }

    /// The label of every page (ISO 32000-2, 12.4.2); plain numbers where there are none.
    pub(super) fn labels(&self) -> Vec<String> {
        let nums = self
            .catalog
            .get::<Dict<'_>>("PageLabels")
            .and_then(|labels| labels.get::<Array<'_>>("Nums"));
        let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
        if let Some(nums) = nums {
            let items: Vec<Object<'_>> = nums.iter::<Object<'_>>().collect();
            for pair in items.chunks(2) {
                if let [Object::Number(first), Object::Dict(range)] = pair
                    && let Ok(first) = usize::try_from(first.as_i64())
                {
                    ranges.push((first, range.clone()));
                }
            }
        }
        (0..self.page_count())
            .map(
                |page| match ranges.iter().rev().find(|(first, _)| *first <= page) {
                    Some((first, range)) => label(range, page - first),
                    None => (page + 1).to_string(),
                },
            )
            .collect()
    }

    /// Whether the document opens at its first page and 100 %.
    pub(super) fn opens_at_full_size(&self) -> bool {
        let Some(action) = self.catalog.get::<Array<'_>>("OpenAction") else {
            return false;
        };
        let zoom = action
            .iter::<Object<'_>>()
            .nth(4)
            .and_then(Object::into_f32);
        self.target(&action) == Some(0)
            && zoom.is_some_and(|zoom| (zoom - 1.0).abs() < f32::EPSILON)
    }

    /// All bookmarks.
    pub(super) fn bookmarks(&self) -> Vec<ReadBookmark> {
        let root = self.catalog.get::<Dict<'_>>("Outlines");
        root.map_or_else(Vec::new, |root| {
            self.children(&root, 0, &mut HashSet::new())
        })
    }

    fn children(
        &self,
        parent: &Dict<'a>,
        depth: usize,
        seen: &mut HashSet<ObjectIdentifier>,
    ) -> Vec<ReadBookmark> {
        let mut bookmarks = Vec::new();
        let mut next = parent.get::<Dict<'_>>("First");
        while let Some(item) = next {
            if depth > MAX_DEPTH || item.obj_id().is_some_and(|id| !seen.insert(id)) {
                break;
            }
            bookmarks.push(ReadBookmark {
                title: item
                    .get::<PdfString<'_>>("Title")
                    .map(|title| decode(title.as_bytes()))
                    .unwrap_or_default(),
                page: item
                    .get::<Array<'_>>("Dest")
                    .and_then(|destination| self.target(&destination)),
                children: self.children(&item, depth + 1, seen),
            });
            next = item.get::<Dict<'_>>("Next");
        }
        bookmarks
    }

    /// The pages that the links of a page lead to, in order.
    pub(super) fn link_targets(&self, page: &Page<'a>) -> Vec<Option<usize>> {
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else {
            return Vec::new();
        };
        annotations
            .iter::<Dict<'_>>()
            .filter(|annotation| {
                annotation
                    .get::<Name<'_>>("Subtype")
                    .is_some_and(|subtype| subtype.as_str() == "Link")
            })
            .map(|link| self.target(&link.get::<Array<'_>>("Dest")?))
            .collect()
    }

    /// The page of an explicit destination, from 0.
    fn target(&self, destination: &Array<'a>) -> Option<usize> {
        match destination.raw_iter().next()? {
            MaybeRef::Ref(reference) => self.pages.get(&reference.into()).copied(),
            MaybeRef::NotRef(_) => None,
        }
    }
}

/// The number that stands last in the content of a page, by what its font says the codes mean.
pub(super) fn printed_number(page: &Page<'_>) -> Option<String> {
    let parts = page.raw().get::<Array<'_>>("Contents")?;
    let last = parts.iter::<Stream<'_>>().last()?;
    let content = last.decoded().ok()?;
    let content = std::str::from_utf8(&content).ok()?;
    let shown = content.strip_suffix("> Tj ET\nQ\nEMC\n")?;
    let (before, codes) = shown.rsplit_once('<')?;
    let font = before.rsplit_once("BT /")?.1.split_whitespace().next()?;
    let fonts = page
        .raw()
        .get::<Dict<'_>>("Resources")?
        .get::<Dict<'_>>("Font")?;
    let meanings = fonts
        .get::<Dict<'_>>(font)?
        .get::<Stream<'_>>("ToUnicode")?
        .decoded()
        .ok()?;
    let meanings = to_unicode(std::str::from_utf8(&meanings).ok()?);
    codes
        .as_bytes()
        .chunks(4)
        .map(|code| meanings.get(code).copied())
        .collect()
}

/// The single characters of a ToUnicode map, by their hexadecimal codes.
fn to_unicode(map: &str) -> HashMap<&[u8], char> {
    map.lines()
        .filter_map(|line| {
            let (code, meaning) = line
                .strip_prefix('<')?
                .strip_suffix('>')?
                .split_once("> <")?;
            let meaning = char::from_u32(u32::from_str_radix(meaning, 16).ok()?)?;
            Some((code.as_bytes(), meaning))
        })
        .collect()
}

fn label(range: &Dict<'_>, offset: usize) -> String {
    let prefix = range
        .get::<PdfString<'_>>("P")
        .map(|prefix| decode(prefix.as_bytes()))
        .unwrap_or_default();
    let start = range
        .get::<Number>("St")
        .and_then(|start| usize::try_from(start.as_i64()).ok())
        .unwrap_or(1);
    match range.get::<Name<'_>>("S").as_ref().map(Name::as_str) {
        Some("D") => format!("{prefix}{}", start + offset),
        Some("r") => format!("{prefix}{}", roman(start + offset)),
        _ => prefix,
    }
}

/// Written apart from the planner's, so that one proves the other.
fn roman(mut number: usize) -> String {
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"];
    let hundreds = ["", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm"];
    let mut text = "m".repeat(number / 1000);
    number %= 1000;
    for (digits, place) in [(hundreds, 100), (tens, 10), (units, 1)] {
        text.push_str(digits.get(number / place % 10).copied().unwrap_or_default());
    }
    text
}

/// A text string: UTF-16, UTF-8 or, near enough for what is compared here, ASCII.
fn decode(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        let units: Vec<u16> = units
            .as_chunks()
            .0
            .iter()
            .map(|unit| u16::from_be_bytes(*unit))
            .collect();
        return String::from_utf16_lossy(&units);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_of_reader_and_planner_agree() {
        for (number, text) in [(1, "i"), (14, "xiv"), (40, "xl"), (1999, "mcmxcix")] {
            assert_eq!(roman(number), text);
        }
    }

    #[test]
    fn text_strings_are_decoded() {
        assert_eq!(decode(b"\xFE\xFF\x01\x77"), "\u{177}");
        assert_eq!(decode(b"plain [3]"), "plain [3]");
    }
}
