//! Numbers of forms within the names of files and documents, whatever stands beside them.

use std::ops::Range;

use super::{Class, find};
use crate::model::latin;

/// A form that a name gives the number of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedForm {
    /// The form.
    pub(crate) class: &'static Class,
    /// The bytes of its number in the name.
    pub(crate) span: Range<usize>,
}

/// A character of a name: a capital or a digit, or a space for everything else.
type NameChar = (Range<usize>, char);

/// Every number of an MG form or of the form that took its place: `MG11`, `mg_6c`, `43423MG06`, `SURNAMEMG3`, `MG05SMITH`,
/// `MG11(R)`, `CM01`.
pub(crate) fn numbers_in(name: &str) -> Vec<NamedForm> {
    let placed: Vec<NameChar> = name
        .char_indices()
        .map(|(at, c)| {
            let plain = if c.is_ascii() { Some(c.to_ascii_uppercase()) } else { latin(c) };
            let plain = plain.filter(char::is_ascii_alphanumeric);
            // A letter that looks like none of ours is a letter all the same.
            let other = if c.is_alphabetic() { '\u{e9}' } else { ' ' };
            (at..at + c.len_utf8(), plain.unwrap_or(other))
        })
        .collect();
    (0..placed.len()).filter_map(|at| number_at(name, &placed, at)).collect()
}

fn number_at(name: &str, placed: &[NameChar], at: usize) -> Option<NamedForm> {
    let char_at = |at: usize| placed.get(at).map_or(' ', |(_, c)| *c);
    let prefix = match (char_at(at), char_at(at + 1)) {
        ('M', 'G') => "MG",
        ('C', 'M') => "CM",
        _ => return None,
    };
    let before = placed.get(..at).unwrap_or_default().iter().rev();
    let letters = before.clone().take_while(|(_, c)| c.is_alphabetic()).count();
    let digits_before = before.take_while(|(_, c)| c.is_ascii_digit()).count();
    let gap = usize::from(is_gap(name, placed, at + 2));
    // IMG is a picture, and 500 mg a weight.
    if letters == 1 || (digits_before > 0 && gap > 0) || (prefix == "CM" && letters > 0) {
        return None;
    }
    let start = at + 2 + gap;
    let rest = placed.get(start..)?;
    let digits: String = rest.iter().map(|(_, c)| *c).take_while(char::is_ascii_digit).collect();
    let bare = digits.trim_start_matches('0');
    if digits.is_empty()
        || bare.len() > 2
        || digits.len() > 3
        || (prefix == "CM" && digits.len() != 2)
    {
        return None;
    }
    let base = if prefix == "CM" {
        format!("CM{digits}")
    } else {
        format!("MG{}", if bare.is_empty() { "0" } else { bare })
    };
    let end = start + digits.len();
    let (class, last) = with_word(name, placed, &base, end)
        .or_else(|| with_letter(name, placed, &base, end))
        .or_else(|| Some((find(&base)?, end)))?;
    let span = placed.get(at)?.0.start..placed.get(last.checked_sub(1)?)?.0.end;
    Some(NamedForm { class, span })
}

/// The form with the word after its number, as `MG6 SDC` has one, and where it ends.
fn with_word(
    name: &str,
    placed: &[NameChar],
    base: &str,
    end: usize,
) -> Option<(&'static Class, usize)> {
    let start = end + usize::from(is_gap(name, placed, end));
    let rest = placed.get(start..)?.iter();
    let word: String = rest.map(|(_, c)| *c).take_while(char::is_ascii_alphanumeric).collect();
    let class = (word.len() > 1).then(|| find(&format!("{base}{word}"))).flatten()?;
    // MG15 ROTI is an MG15.
    (find(base) != Some(class)).then_some((class, start + word.len()))
}

/// The form with the letter after its number, and where it ends. A letter that a word begins with belongs to the number
/// where the form may then be served less.
fn with_letter(
    name: &str,
    placed: &[NameChar],
    base: &str,
    end: usize,
) -> Option<(&'static Class, usize)> {
    let at = end + usize::from(is_gap(name, placed, end) || is_bracket(name, placed, end));
    let letter = placed.get(at).map(|(_, c)| *c).filter(char::is_ascii_uppercase)?;
    let class = find(&format!("{base}{letter}"))?;
    let next = placed.get(at + 1).map_or(' ', |(_, c)| *c);
    let is_alone = !next.is_alphabetic();
    let serves_less = || find(base).is_some_and(|plain| class.serve >= plain.serve);
    let is_form = class.mg && !class.name.contains(' ');
    let is_part = is_alone || (at == end && is_form && serves_less());
    is_part.then_some((class, at + 1 + usize::from(is_bracket(name, placed, at + 1))))
}

fn is_gap(name: &str, placed: &[NameChar], at: usize) -> bool {
    has(name, placed, at, &[' ', '_', '-', '.'])
}

fn is_bracket(name: &str, placed: &[NameChar], at: usize) -> bool {
    has(name, placed, at, &['(', ')'])
}

fn has(name: &str, placed: &[NameChar], at: usize, signs: &[char]) -> bool {
    let span = placed.get(at).map(|(span, _)| span.clone());
    span.and_then(|span| name.get(span)).is_some_and(|text| text.starts_with(signs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_wherever_they_stand() {
        for (name, expected) in [
            ("MG11 Smith", &[("MG11", "MG11")][..]),
            ("01 mg_6c schedule", &[("MG6C", "mg_6c")]),
            ("Smith-MG 11(r)", &[("MG11(R)", "MG 11(r)")]),
            ("910248945_final_SURNAMEMG3", &[("MG3", "MG3")]),
            ("10_june_43423MG06_10june", &[("MG6", "MG06")]),
            ("police_MG05SMITH", &[("MG5", "MG05")]),
            ("MG06D", &[("MG6D", "MG06D")]),
            ("MG6DSMITH", &[("MG6D", "MG6D")]),
            ("MG6CARTER", &[("MG6", "MG6")]),
            ("MG11BROWN", &[("MG11", "MG11")]),
            ("MG6 SDC", &[("SDC", "MG6 SDC")]),
            ("MG11 back", &[("MG11 back", "MG11 back")]),
            ("MG11B", &[("MG11 back", "MG11B")]),
            ("MG11s", &[("MG11", "MG11")]),
            ("ＭＧ６Ｄ list", &[("MG6D", "ＭＧ６Ｄ")]),
            ("МG6D", &[("MG6D", "МG6D")]),
            ("MG00", &[("MG0", "MG00")]),
            ("MG3 and MG3A", &[("MG3", "MG3"), ("MG3A", "MG3A")]),
            ("CM01", &[("MG3", "CM01")]),
            ("MG Rover", &[]),
            ("MG123", &[]),
            ("MG20200601", &[]),
            ("IMG_12", &[]),
            ("img6", &[]),
            ("AMG6D", &[]),
            ("paracetamol 500mg 2 a day", &[]),
            ("ACM01", &[]),
            ("mgŵ", &[]),
        ] {
            let found = numbers_in(name);
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|named| (named.class.name.as_str(), &name[named.span.clone()]))
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
