//! What may stay in a dictionary, by what it is: `entries.txt` lists the keys of each kind. Whatever has no rule there is left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object};

/// What a dictionary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind(&'static str);

/// What nobody has said anything of: all of it stays.
pub(super) const ANYTHING: Kind = Kind("");
/// A name, a number, a text, or a list of some.
pub(super) const VALUE: Kind = Kind("value");
pub(super) const ATTRIBUTES: Kind = Kind("attributes");
pub(super) const BYTES: Kind = Kind("bytes");
pub(super) const ELEMENT: Kind = Kind("element");
pub(super) const ENCODING: Kind = Kind("encoding");
pub(super) const EVENT: Kind = Kind("event");
pub(super) const COLOUR: Kind = Kind("colour");
pub(super) const FONT_FILE: Kind = Kind("fontfile");
pub(super) const FONT: Kind = Kind("font");
pub(super) const INTENT: Kind = Kind("intent");
pub(super) const LAYER: Kind = Kind("layer");
pub(super) const LETTER: Kind = Kind("letter");
pub(super) const MARK: Kind = Kind("mark");
pub(super) const NAMESPACE: Kind = Kind("namespace");
pub(super) const PAGE: Kind = Kind("page");
pub(super) const RESOURCES: Kind = Kind("resources");
pub(super) const XOBJECT: Kind = Kind("xobject");

/// What becomes of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays(Kind),
    Goes,
}

type Table = HashMap<&'static [u8], Fate>;

const ENTRIES: &str = include_str!("entries.txt");

static TABLES: LazyLock<HashMap<&str, Table>> = LazyLock::new(|| {
    let mut tables: HashMap<&str, Table> = HashMap::new();
    for (kind, keys) in ENTRIES.lines().filter_map(rule) {
        tables.entry(kind).or_default().extend(keys.split_whitespace().map(fate));
    }
    tables
});

fn rule(line: &'static str) -> Option<(&'static str, &'static str)> {
    line.split_once(':').filter(|(kind, _)| !kind.starts_with('#'))
}

fn fate(rule: &'static str) -> (&'static [u8], Fate) {
    match (rule.strip_prefix('-'), rule.split_once('>')) {
        (Some(key), _) => (key.as_bytes(), Fate::Goes),
        (None, Some((key, kind))) => (key.as_bytes(), Fate::Stays(Kind(kind))),
        (None, None) => (rule.as_bytes(), Fate::Stays(VALUE)),
    }
}

impl Kind {
    /// What an object of this kind is that says itself what it is, also where something else belongs: readers go by that.
    pub(super) fn of(self, dict: &Dictionary) -> Self {
        match dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Form" | b"Image") => XOBJECT,
            _ => self,
        }
    }

    /// What stands under a key; `None` where nothing may.
    pub(super) fn under(self, key: &[u8], of_stream: bool) -> Option<Self> {
        if self == ANYTHING {
            return Some(ANYTHING);
        }
        let found = |kind: &str| {
            let table = TABLES.get(kind)?;
            table.get(key).or_else(|| table.get(b"*".as_slice()))
        };
        match found(self.0).or_else(|| found("stream").filter(|_| of_stream))? {
            Fate::Stays(kind) => Some(*kind),
            Fate::Goes => None,
        }
    }

    /// Takes out of a dictionary what no rule lets stay. Returns how many entries went.
    pub(super) fn prune(self, dict: &mut Dictionary, of_stream: bool) -> usize {
        let keys = dict.iter().map(|(key, _)| key);
        let gone: Vec<Vec<u8>> =
            keys.filter(|key| self.under(key, of_stream).is_none()).cloned().collect();
        gone.iter().for_each(|key| drop(dict.remove(key)));
        gone.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds() -> impl Iterator<Item = (&'static str, &'static Table)> {
        TABLES.iter().map(|(kind, table)| (*kind, table))
    }

    #[test]
    fn every_kind_that_a_key_leads_to_has_a_table() {
        for (of, table) in kinds() {
            for (key, fate) in table {
                if let Fate::Stays(Kind(kind)) = fate {
                    let known = *kind == VALUE.0 || TABLES.contains_key(kind);
                    assert!(known, "{of} {}", String::from_utf8_lossy(key));
                }
            }
        }
        for Kind(kind) in [
            ATTRIBUTES, BYTES, ELEMENT, ENCODING, EVENT, COLOUR, FONT, FONT_FILE, INTENT, LAYER,
            LETTER, MARK, NAMESPACE, PAGE, RESOURCES, XOBJECT,
        ] {
            assert!(TABLES.contains_key(kind), "{kind}");
        }
    }

    #[test]
    fn a_form_in_the_place_of_a_font_stays_a_form() {
        let dict = lopdf::dictionary! { "Subtype" => "Form", "BBox" => 1 };
        assert_eq!(FONT.of(&dict), XOBJECT);
        assert_eq!(FONT.of(&lopdf::dictionary! { "Subtype" => "Type3" }), FONT);
    }

    #[test]
    fn no_key_has_two_rules() {
        let mut seen = std::collections::HashSet::new();
        for (kind, keys) in ENTRIES.lines().filter_map(rule) {
            for key in keys.split_whitespace().map(|rule| fate(rule).0) {
                assert!(seen.insert((kind, key)), "{kind} {}", String::from_utf8_lossy(key));
            }
        }
    }

    #[test]
    fn a_key_stays_or_goes_as_its_table_says() {
        for (kind, table) in kinds() {
            let mut dict = Dictionary::new();
            table.keys().for_each(|key| dict.set(key.to_vec(), 1));
            dict.set("Stranger", 1);
            Kind(kind).prune(&mut dict, false);
            let any = table.contains_key(b"*".as_slice());
            for (key, fate) in table {
                assert_eq!(
                    dict.has(key),
                    *fate != Fate::Goes,
                    "{kind} {}",
                    String::from_utf8_lossy(key)
                );
            }
            assert_eq!(dict.has(b"Stranger"), any, "{kind}");
        }
    }

    #[test]
    fn the_tables_of_the_standard_are_all_there() {
        // Clause and table of ISO 32000-2, the kind here, and keys that the table has.
        for (kind, keys) in [
            (
                "state",
                "Type LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM SMask CA ca AIS TK UseBlackPtComp HTO",
            ),
            ("resources", "ExtGState ColorSpace Pattern Shading XObject Font ProcSet Properties"),
            (
                "xobject",
                "Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate Alternates SMask SMaskInData Name StructParent ID OPI Metadata OC AF Measure PtData",
            ),
            (
                "xobject",
                "FormType BBox Matrix Resources Group Ref PieceInfo LastModified StructParents",
            ),
            ("mask", "Type S G BC TR"),
            (
                "font",
                "Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs Resources DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap",
            ),
            (
                "descriptor",
                "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Lang FD CIDSet",
            ),
            ("layer", "Type Name Intent Usage OCGs P VE"),
            ("usage", "CreatorInfo Language Export Zoom Print View User PageElement"),
            (
                "mark",
                "Type Subtype Rect Contents P NM M F AP AS Border C StructParent OC AF ca CA BM Lang T Popup RC CreationDate IRT Subj RT IT ExData",
            ),
            ("mark", "FT Parent Kids TU TM Ff V DV AA DA Q DS RV MaxLen Opt TI I Lock SV"),
            (
                "element",
                "Type S P ID Ref Pg K A C R T Lang Alt E ActualText AF NS PhoneticAlphabet Phoneme",
            ),
            (
                "intent",
                "Type S OutputCondition OutputConditionIdentifier RegistryName Info DestOutputProfile DestOutputProfileRef MixingHints SpectralData",
            ),
        ] {
            let table = &TABLES[kind];
            for key in keys.split(' ') {
                assert!(table.contains_key(key.as_bytes()) || key == "AA", "{kind} {key}");
            }
        }
    }
}
