//! Words and numbers for people.

use crate::manifest::Case;

/// A number with its noun: `1 page`, `3 pages`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
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

/// A case in one line: `R v Blake (01AB1234526), Crown Court at Leeds`.
pub fn case_heading(case: &Case) -> String {
    let urn = case
        .urn
        .as_ref()
        .map(|urn| format!(" ({urn})"))
        .unwrap_or_default();
    let court = case
        .court
        .as_ref()
        .map(|court| format!(", {court}"))
        .unwrap_or_default();
    format!("{}{urn}{court}", case.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(
            [999, 1_500, 84_200, 3_140_000].map(size),
            ["999 B", "2 KB", "84 KB", "3.1 MB"]
        );
    }

    #[test]
    fn nouns_agree_with_their_numbers() {
        assert_eq!(
            (count(1, "page"), count(0, "page")),
            ("1 page".to_owned(), "0 pages".to_owned())
        );
    }
}
