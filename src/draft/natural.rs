//! The order in which people count: 2 before 10.

use std::cmp::Ordering;

/// Compares two names by words and numbers, whatever their case.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let mut left = chunks(a);
    let mut right = chunks(b);
    loop {
        let order = match (left.next(), right.next()) {
            // Names that differ only in case or zeros still have one order.
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) => compare_chunks(x, y),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn compare_chunks(x: &str, y: &str) -> Ordering {
    let is_number = |chunk: &str| chunk.starts_with(|c: char| c.is_ascii_digit());
    match (is_number(x), is_number(y)) {
        (true, true) => {
            // Compared as text, since a run of digits may be longer than any number type.
            let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
            x.len().cmp(&y.len()).then_with(|| x.cmp(y))
        }
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => words(x).to_lowercase().cmp(&words(y).to_lowercase()),
    }
}

/// A run without what joins it to a number: `JB-1`, `JB 1` and `JB1` are the same place.
fn words(chunk: &str) -> &str {
    chunk.trim_end_matches([' ', '-', '_', '.'])
}

/// Runs of digits, and runs of everything else.
fn chunks(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(end);
        rest = after;
        Some(chunk)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted_and_case_is_ignored() {
        let mut names = vec![
            "page 10",
            "Page 2",
            "page 1",
            "JB2 receipt",
            "JB-1 photo",
            "JB_3",
            "10",
            "9",
            "b",
            "A",
            "page",
            "01 x",
            "1 x",
            "ŵ",
            "99999999999999999999999",
        ];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(
            names,
            [
                "01 x",
                "1 x",
                "9",
                "10",
                "99999999999999999999999",
                "A",
                "b",
                "JB-1 photo",
                "JB2 receipt",
                "JB_3",
                "page",
                "page 1",
                "Page 2",
                "page 10",
                "ŵ"
            ]
        );
    }
}
