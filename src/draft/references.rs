//! References inside names: forms, exhibits, URNs.

use std::ops::Range;

use crate::disclosure;
use crate::manifest::{ExhibitRef, Form, Urn, titles};

/// Short words that stand before numbers and are nobody's initials.
const NOT_INITIALS: [&str; 34] = [
    "am", "apr", "aug", "box", "bag", "ch", "copy", "dec", "disc", "doc", "dsc", "file", "feb",
    "img", "item", "jan", "jul", "july", "jun", "june", "mar", "may", "no", "nov", "oct", "page",
    "part", "pm", "pp", "pt", "rev", "sep", "tab", "vol",
];

/// A reference and the bytes it takes in the name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameMatch<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

/// The first MG form number, whatever it is glued to: `MG11`, `mg 6c`, `SURNAMEMG3`.
pub(super) fn form(name: &str) -> Option<NameMatch<Form>> {
    let named = disclosure::numbers_in(name).into_iter().next()?;
    Some(NameMatch { value: Form::from(named.class.name.as_str()), span: named.span })
}

/// Every exhibit reference: `JB-1`, `JB1`, `WRo 2`.
pub(super) fn exhibits(name: &str) -> Vec<NameMatch<ExhibitRef>> {
    starts(name).filter_map(|start| exhibit_at(name, start)).collect()
}

fn exhibit_at(name: &str, start: usize) -> Option<NameMatch<ExhibitRef>> {
    let rest = name.get(start..)?;
    let letters = run(rest, |c| c.is_ascii_alphabetic());
    let initials = rest.get(..letters)?;
    let capitals = initials.bytes().filter(u8::is_ascii_uppercase).count();
    let known =
        titles::is_capitals(initials) || NOT_INITIALS.contains(&initials.to_lowercase().as_str());
    // CM01 is a form.
    let is_form = || disclosure::numbers_in(rest).iter().any(|named| named.span.start == 0);
    if !(2..=4).contains(&letters) || capitals < 2 || known || is_form() {
        return None;
    }
    let gap = rest.get(letters..)?.chars().next().filter(|c| [' ', '_', '-', '/'].contains(c));
    // A space parts words as well; only the common two initials are taken across one.
    if matches!(gap, Some(' ' | '_')) && letters > 2 {
        return None;
    }
    let number_at = letters + gap.map_or(0, char::len_utf8);
    let digits = run(rest.get(number_at..)?, |c| c.is_ascii_digit());
    if !(1..=3).contains(&digits) {
        return None;
    }
    let mut end = number_at + digits;
    end += usize::from(rest.get(end..)?.starts_with(|c: char| c.is_ascii_uppercase()));
    if !ends_word(rest, end) || is_plate_or_postcode(rest, end) {
        return None;
    }
    let number = rest.get(number_at..end)?;
    let value = format!("{initials}/{number}").parse().ok()?;
    Some(NameMatch { value, span: start..start + end })
}

/// `AB12 CDE` is a car and `LS1 4AB` an address.
fn is_plate_or_postcode(rest: &str, end: usize) -> bool {
    let next: String = rest.get(end..).unwrap_or_default().chars().skip(1).take(4).collect();
    let mut next = next.chars();
    let (a, b, c, after) = (next.next(), next.next(), next.next(), next.next());
    let capital = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
    let first = capital(a) || a.is_some_and(|a| a.is_ascii_digit());
    first && capital(b) && capital(c) && !after.is_some_and(char::is_alphanumeric)
}

/// The first URN, written together or as `01 AB 12345 26`.
pub(super) fn urn(name: &str) -> Option<NameMatch<Urn>> {
    starts(name).find_map(|start| {
        let rest = name.get(start..)?;
        let together = run(rest, |c| c.is_ascii_alphanumeric());
        let apart = rest.get(..14).filter(|text| {
            text.bytes()
                .enumerate()
                .all(|(index, b)| [2, 5, 11].contains(&index) != b.is_ascii_alphanumeric())
        });
        [together, apart.map_or(0, str::len)].into_iter().find_map(|end| {
            let tight: String =
                rest.get(..end)?.chars().filter(char::is_ascii_alphanumeric).collect();
            let value = tight.parse::<Urn>().ok().filter(|_| ends_word(rest, end))?;
            Some(NameMatch { value, span: start..start + end })
        })
    })
}

/// The places where a word starts.
fn starts(name: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    name.char_indices().filter_map(move |(at, c)| {
        let starts = !inside && c.is_alphanumeric();
        inside = c.is_alphanumeric();
        starts.then_some(at)
    })
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

fn ends_word(text: &str, end: usize) -> bool {
    !text.get(end..).unwrap_or_default().starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_as_people_write_them() {
        for (name, wanted) in [
            ("MG11 Smith", Some("MG11")),
            ("01 mg_6c schedule", Some("MG6C")),
            ("Smith-MG 11(r)", Some("MG11(R)")),
            ("MG15", Some("MG15")),
            ("MG Rover", None),
            ("MG123", None),
            ("43423MG06", Some("MG6")),
            ("SURNAMEMG3", Some("MG3")),
            ("OMG11", None),
            ("mgŵ", None),
        ] {
            let found = form(name).map(|found| found.value.to_string());
            assert_eq!(found.as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn exhibits_are_initials_and_nothing_else() {
        for (name, wanted) in [
            ("JB-1 photographs", vec!["JB/1"]),
            ("JB1", vec!["JB/1"]),
            ("JB 12A plan", vec!["JB/12A"]),
            ("WRo-2", vec!["WRo/2"]),
            ("photos JB1-JB5", vec!["JB/1", "JB/5"]),
            ("PC 123 Smith", vec![]),
            ("PC1234 Smith", vec![]),
            ("CCTV 1", vec![]),
            ("BOX 2", vec![]),
            ("PART-2", vec![]),
            ("AB12 CDE Ford", vec![]),
            ("LS1 4AB search", vec![]),
            ("JAN 26", vec![]),
            ("Item 1", vec![]),
            ("MG11", vec![]),
            ("CM01", vec![]),
            ("jb1", vec![]),
            ("ŁJB1", vec![]),
        ] {
            let found: Vec<_> =
                exhibits(name).iter().map(|found| found.value.to_string()).collect();
            assert_eq!(found, wanted, "{name}");
        }
    }

    #[test]
    fn a_urn_is_found_together_or_apart() {
        for (name, wanted) in [
            ("R v Blake 01AB1234526", Some("01AB1234526")),
            ("01 ab 12345 26 Blake", Some("01AB1234526")),
            ("01AB1234526M-Blake", Some("01AB1234526M")),
            ("x01AB1234526", None),
            ("2026 11 24 Blake", None),
            ("Ŵ", None),
        ] {
            let found = urn(name).map(|found| found.value.to_string());
            assert_eq!(found.as_deref(), wanted, "{name}");
        }
    }
}
