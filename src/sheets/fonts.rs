//! The two built-in fonts: what they hold, how wide it is, and subsets of them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use allsorts::binary::read::ReadScope;
use allsorts::font::read_cmap_subtable;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile};
use allsorts::tables::cmap::Cmap;
use allsorts::tables::os2::Os2;
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;

use super::FrontError;
use super::text::clean;

/// A font that the program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Face {
    /// Noto Sans Regular.
    Regular,
    /// Noto Sans Bold.
    Bold,
}

impl Face {
    /// The PostScript name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "NotoSans-Regular",
            Self::Bold => "NotoSans-Bold",
        }
    }

    fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => notosans::REGULAR_TTF,
            Self::Bold => notosans::BOLD_TTF,
        }
    }

    /// The measures of the whole font, read once per process.
    pub(super) fn measures(self) -> Result<&'static Measures, FrontError> {
        static REGULAR: OnceLock<Result<Measures, FrontError>> = OnceLock::new();
        static BOLD: OnceLock<Result<Measures, FrontError>> = OnceLock::new();
        let cell = match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        };
        let read = cell.get_or_init(|| {
            read_measures(self.file())
                .map_err(|reason| FrontError::Font { font: self.name(), reason })
        });
        read.as_ref().map_err(Clone::clone)
    }
}

/// What a font file says about itself, in its own units.
#[derive(Debug, Clone)]
pub(super) struct Measures {
    pub(super) units_per_em: u16,
    pub(super) ascent: i16,
    pub(super) descent: i16,
    pub(super) cap_height: i16,
    pub(super) bbox: [i16; 4],
    /// Glyph and advance by character; the fonts hold nothing beyond the basic plane.
    glyphs: Vec<(u16, u16)>,
}

impl Measures {
    /// The glyph of a character.
    pub(super) fn glyph(&self, c: char) -> Option<u16> {
        let found = self.glyphs.get(c as usize).map(|(glyph, _)| *glyph);
        found.filter(|glyph| *glyph != 0)
    }

    /// The advance of a character in font units.
    pub(super) fn advance(&self, c: char) -> Option<u16> {
        match self.glyphs.get(c as usize) {
            Some((glyph, advance)) if *glyph != 0 => Some(*advance),
            _ => None,
        }
    }

    /// The advance that a viewer uses: the PDF holds whole thousandths, rounded down.
    pub(super) fn thousandths(&self, c: char) -> u32 {
        let advance = self.advance(c).map_or(0, u32::from);
        advance * 1000 / u32::from(self.units_per_em).max(1)
    }
}

fn table<T>(
    provider: &impl FontTableProvider,
    tag: u32,
    read: impl FnOnce(&[u8]) -> Result<T, allsorts::error::ParseError>,
) -> Result<T, String> {
    let data = provider.read_table_data(tag).map_err(|e| e.to_string())?;
    read(&data).map_err(|e| e.to_string())
}

fn read_measures(bytes: &[u8]) -> Result<Measures, String> {
    let file = ReadScope::new(bytes).read::<FontData<'_>>().map_err(|e| e.to_string())?;
    let provider = file.table_provider(0).map_err(|e| e.to_string())?;
    let head = table(&provider, tag::HEAD, |d| ReadScope::new(d).read::<HeadTable>())?;
    let hhea = table(&provider, tag::HHEA, |d| ReadScope::new(d).read::<HheaTable>())?;
    let os2 = table(&provider, tag::OS_2, |d| ReadScope::new(d).read_dep::<Os2>(d.len()))?;
    let cap_height = os2.version2to4.map_or(hhea.ascender, |v| v.s_cap_height);
    Ok(Measures {
        units_per_em: head.units_per_em,
        ascent: hhea.ascender,
        descent: hhea.descender,
        cap_height,
        bbox: [head.x_min, head.y_min, head.x_max, head.y_max],
        glyphs: read_glyphs(&provider, &hhea)?,
    })
}

fn read_glyphs(
    provider: &impl FontTableProvider,
    hhea: &HheaTable,
) -> Result<Vec<(u16, u16)>, String> {
    let mut glyphs = vec![(0, 0); 0x1_0000];
    table(provider, tag::CMAP, |d| {
        let cmap = ReadScope::new(d).read::<Cmap<'_>>()?;
        let Some((_, subtable)) = read_cmap_subtable(&cmap)? else {
            return Err(allsorts::error::ParseError::MissingValue);
        };
        subtable.mappings_fn(|c, glyph| {
            if let Some(entry) = usize::try_from(c).ok().and_then(|c| glyphs.get_mut(c)) {
                *entry = (glyph, 0);
            }
        })
    })?;
    let maxp = table(provider, tag::MAXP, |d| ReadScope::new(d).read::<MaxpTable>())?;
    let counts = (usize::from(maxp.num_glyphs), usize::from(hhea.num_h_metrics));
    table(provider, tag::HMTX, |d| {
        let hmtx = ReadScope::new(d).read_dep::<HmtxTable<'_>>(counts)?;
        for (glyph, advance) in glyphs.iter_mut().filter(|(glyph, _)| *glyph != 0) {
            *advance = hmtx.horizontal_advance(*glyph)?;
        }
        Ok(())
    })?;
    Ok(glyphs)
}

/// A TrueType font cut down to some characters, ready to be embedded.
///
/// Its one character map is for platform 0 (Unicode), so embed it as a composite font with
/// `Identity-H` and the codes of [`Subset::glyph`].
#[derive(Debug, Clone)]
pub(crate) struct Subset {
    /// The font file.
    pub bytes: Vec<u8>,
    /// The PostScript name with the tag of six letters that marks a subset.
    pub name: String,
    /// How many units make the font size; all measures are in these.
    pub units_per_em: u16,
    /// The height above the baseline.
    pub ascent: i16,
    /// The depth below the baseline, negative.
    pub descent: i16,
    /// The height of capitals and digits.
    pub cap_height: i16,
    /// Left, bottom, right, top of all glyphs of the whole font.
    pub bbox: [i16; 4],
    measures: Measures,
}

impl Subset {
    /// The advance of a character in font units; `None` for one that the subset lacks.
    pub(crate) fn advance(&self, c: char) -> Option<u16> {
        self.measures.advance(c)
    }

    /// The glyph of a character, which is its code under `Identity-H`.
    pub(crate) fn glyph(&self, c: char) -> Option<u16> {
        self.measures.glyph(c)
    }
}

/// Cuts a font down to the characters of `text`, as they are drawn: see
/// [`Unset`](super::Unset) for those that the font lacks.
pub(crate) fn subset(face: Face, text: &str) -> Result<Subset, FrontError> {
    let chars = clean(face.measures()?, text).chars().collect();
    subset_chars(face, &chars)
}

pub(super) fn subset_chars(face: Face, chars: &BTreeSet<char>) -> Result<Subset, FrontError> {
    let glyphs = face.measures().map(|whole| {
        let used = chars.iter().filter_map(|c| whole.glyph(*c));
        // A font's first glyph stands for what it lacks and may not be left out.
        std::iter::once(0).chain(used).collect::<BTreeSet<u16>>()
    })?;
    let bytes = cut(face.file(), &glyphs);
    let made = bytes.and_then(|bytes| read_measures(&bytes).map(|measures| (bytes, measures)));
    let (bytes, measures) =
        made.map_err(|reason| FrontError::Font { font: face.name(), reason })?;
    Ok(Subset {
        bytes,
        name: format!("{}+{}", tag_of(chars), face.name()),
        units_per_em: measures.units_per_em,
        ascent: measures.ascent,
        descent: measures.descent,
        cap_height: measures.cap_height,
        bbox: measures.bbox,
        measures,
    })
}

fn cut(file: &[u8], glyphs: &BTreeSet<u16>) -> Result<Vec<u8>, String> {
    let font = ReadScope::new(file).read::<FontData<'_>>().map_err(|e| e.to_string())?;
    let provider = font.table_provider(0).map_err(|e| e.to_string())?;
    let glyphs: Vec<u16> = glyphs.iter().copied().collect();
    // The character map has to stay: printpdf finds its glyphs through it.
    allsorts::subset::subset(&provider, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unicode)
        .map_err(|e| e.to_string())
}

/// Six letters that differ between subsets, so that a viewer never takes one for another.
fn tag_of(chars: &BTreeSet<char>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for c in chars {
        hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
    }
    let mut letters = String::new();
    for _ in 0..6 {
        let letter = char::from_digit(u32::try_from(hash % 26).unwrap_or(0) + 10, 36);
        letters.extend(letter.map(|c| c.to_ascii_uppercase()));
        hash /= 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_hold_the_same_characters() {
        let (regular, bold) = (Face::Regular.measures(), Face::Bold.measures());
        let (regular, bold) = (regular.unwrap(), bold.unwrap());
        for c in '\0'..='\u{ffff}' {
            assert_eq!(regular.glyph(c), bold.glyph(c), "{c:?}");
        }
    }

    #[test]
    fn a_subset_is_small_and_measures_like_the_whole() {
        let whole = Face::Bold.measures().unwrap();
        let small = subset(Face::Bold, "0123456789 ABC").unwrap();
        assert!(small.bytes.len() < 8000, "{} bytes", small.bytes.len());
        for c in "0123456789 ABC".chars() {
            assert_eq!(small.advance(c), whole.advance(c));
            assert!(small.glyph(c).is_some_and(|glyph| glyph > 0));
        }
        assert_eq!(small.advance('Z'), None);
        assert_eq!((small.units_per_em, small.cap_height), (2048, 1462));
        assert_eq!((small.ascent, small.descent), (2189, -600));
        assert!(small.name.ends_with("+NotoSans-Bold"));
    }

    #[test]
    fn subsets_of_different_characters_have_different_names() {
        let one = subset(Face::Regular, "abc").unwrap();
        let two = subset(Face::Regular, "abd").unwrap();
        assert_ne!(one.name, two.name);
        assert_eq!(one.name, subset(Face::Regular, "cab").unwrap().name);
        assert!(one.name.bytes().take(6).all(|b| b.is_ascii_uppercase()));
    }
}
