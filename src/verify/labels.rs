//! Page labels (ISO 32000-2, 12.4.2), read apart from the planner's, so that one proves the other.

use hayro_syntax::object::{Array, Dict, Name, Number, Object, String as PdfString};

use super::document::{MAX_NODES, decode};

/// A hostile file may ask for labels of any length.
const LONGEST: usize = 1000;

/// The label of every page; plain numbers where there are none.
pub(super) fn of(catalog: &Dict<'_>, pages: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(root) = catalog.get::<Dict<'_>>("PageLabels") {
        let mut left = MAX_NODES;
        label_ranges(&root, &mut ranges, 0, &mut left);
    }
    ranges.sort_by_key(|(first, _)| *first);
    (0..pages)
        .map(|page| {
            let before = ranges.partition_point(|(first, _)| *first <= page);
            match before.checked_sub(1).and_then(|last| ranges.get(last)) {
                Some((first, range)) => label(range, page - first),
                None => (page + 1).to_string(),
            }
        })
        .collect()
}

/// The ranges of a number tree of labels.
fn label_ranges<'a>(
    node: &Dict<'a>,
    ranges: &mut Vec<(usize, Dict<'a>)>,
    depth: usize,
    left: &mut usize,
) {
    let Some(rest) = left.checked_sub(1) else {
        return;
    };
    *left = rest;
    if let Some(nums) = node.get::<Array<'_>>("Nums") {
        let items: Vec<Object<'_>> = nums.iter::<Object<'_>>().collect();
        for pair in items.chunks(2) {
            if let [Object::Number(first), Object::Dict(range)] = pair
                && let Ok(first) = usize::try_from(first.as_i64())
            {
                ranges.push((first, range.clone()));
            }
        }
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids").filter(|_| depth < 4) {
        for kid in kids.iter::<Dict<'_>>() {
            label_ranges(&kid, ranges, depth + 1, left);
        }
    }
}

fn label(range: &Dict<'_>, offset: usize) -> String {
    let prefix =
        range.get::<PdfString<'_>>("P").map(|prefix| decode(prefix.as_bytes())).unwrap_or_default();
    let start = range
        .get::<Number>("St")
        .and_then(|start| usize::try_from(start.as_i64()).ok())
        .unwrap_or(1);
    let number = start.saturating_add(offset);
    match range.get::<Name<'_>>("S").as_ref().map(Name::as_str) {
        Some("D") => format!("{prefix}{number}"),
        Some("r") => format!("{prefix}{}", roman(number)),
        Some("R") => format!("{prefix}{}", roman(number).to_uppercase()),
        Some("a") => format!("{prefix}{}", letters(number)),
        Some("A") => format!("{prefix}{}", letters(number).to_uppercase()),
        _ => prefix,
    }
}

fn roman(mut number: usize) -> String {
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"];
    let hundreds = ["", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm"];
    let mut text = "m".repeat((number / 1000).min(LONGEST));
    number %= 1000;
    for (digits, place) in [(hundreds, 100), (tens, 10), (units, 1)] {
        text.push_str(digits.get(number / place % 10).copied().unwrap_or_default());
    }
    text
}

/// a to z, then aa to zz, and so on (ISO 32000-2, table 161).
fn letters(number: usize) -> String {
    let index = number.saturating_sub(1);
    let letter = u8::try_from(index % 26).map_or('a', |offset| char::from(b'a' + offset));
    std::iter::repeat_n(letter, (index / 26 + 1).min(LONGEST)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_of_reader_and_planner_agree() {
        for (number, text) in [(1, "i"), (14, "xiv"), (40, "xl"), (1999, "mcmxcix")] {
            assert_eq!(roman(number), text);
        }
        assert_eq!([1, 26, 27, 54].map(letters), ["a", "z", "aa", "bbb"]);
    }

    #[test]
    fn a_label_never_takes_more_than_a_page_of_memory() {
        assert!(roman(usize::MAX).len() < 2 * LONGEST && letters(usize::MAX).len() == LONGEST);
    }
}
