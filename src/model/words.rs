//! Numbers in words, for people: used by every room that says something.

use std::collections::BTreeMap;

/// A number with its noun: `1 page`, `3 pages`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `6 days left`, `PASSED 6 days ago`.
pub(crate) fn days_left(days: i32) -> String {
    let number = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
    match days {
        ..0 => format!("PASSED {} ago", count(number, "day")),
        0 => "ENDS TODAY".to_owned(),
        _ => format!("{} left", count(number, "day")),
    }
}

/// A size as people read it: `84 KB`, `3.1 MB`.
pub fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "two digits are shown")]
    let bytes = bytes as f64;
    if bytes < 1000.0 {
        format!("{bytes} B")
    } else if bytes < 1_000_000.0 {
        format!("{:.0} KB", bytes / 1000.0)
    } else if bytes < 1_000_000_000.0 {
        format!("{:.1} MB", bytes / 1_000_000.0)
    } else {
        format!("{:.1} GB", bytes / 1_000_000_000.0)
    }
}

/// Pages in words, runs joined: `pages 1-3 and 7`.
pub(crate) fn pages(pages: &[u32]) -> String {
    let runs = runs(pages, "-");
    let noun = noun(pages);
    match runs.split_last() {
        Some((last, [])) => format!("{noun} {last}"),
        Some((last, rest)) => format!("{noun} {} and {last}", rest.join(", ")),
        None => noun.to_owned(),
    }
}

/// Pages for a table: `pages 3, 5–7`; nothing for none, and long lists are cut.
pub(crate) fn page_list(pages: &[u32]) -> String {
    const MAX: usize = 12;
    let mut runs = runs(pages, "–");
    if runs.is_empty() {
        return String::new();
    }
    if runs.len() > MAX {
        runs.truncate(MAX);
        runs.push("…".to_owned());
    }
    format!("{} {}", noun(pages), runs.join(", "))
}

fn noun(pages: &[u32]) -> &'static str {
    if pages.len() == 1 { "page" } else { "pages" }
}

/// Pages that follow each other as one, with a dash between the first and the last.
fn runs(pages: &[u32], dash: &str) -> Vec<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let in_words = |(first, last): (u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}{dash}{last}") }
    };
    runs.into_iter().map(in_words).collect()
}

/// Kinds with their numbers: `2 highlights and 1 sticky note`.
pub(crate) fn counted(kinds: &BTreeMap<&str, u32>) -> String {
    let words: Vec<String> = kinds
        .iter()
        .map(|(kind, number)| match (number, kind.strip_suffix("ox")) {
            (1, _) => format!("1 {kind}"),
            (_, Some(_)) => format!("{number} {kind}es"),
            _ => match kind.strip_prefix("mark of") {
                Some(rest) => format!("{number} marks of{rest}"),
                None => format!("{number} {kind}s"),
            },
        })
        .collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!([999, 1_500, 84_200, 3_140_000].map(size), ["999 B", "2 KB", "84 KB", "3.1 MB"]);
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        assert_eq!(
            (count(1, "page"), count(0, "page")),
            ("1 page".to_owned(), "0 pages".to_owned())
        );
    }

    #[test]
    fn pages_are_listed_in_runs() {
        assert_eq!(pages(&[4]), "page 4");
        assert_eq!(pages(&[1, 2, 3, 7]), "pages 1-3 and 7");
        assert_eq!(pages(&[1, 3, 5, 6]), "pages 1, 3 and 5-6");
    }

    #[test]
    fn pages_are_listed_in_ranges() {
        assert_eq!(page_list(&[]), "");
        assert_eq!(page_list(&[4]), "page 4");
        assert_eq!(page_list(&[1, 2, 3, 7, 9, 10]), "pages 1–3, 7, 9–10");
        let odd: Vec<u32> = (0..20).map(|page| page * 2 + 1).collect();
        assert!(page_list(&odd).ends_with("23, …"));
    }
}
