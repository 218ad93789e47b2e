//! Long titles with letters misread.

use super::table::{LONG, Meaning, table};

/// A heading is no longer than this.
const MAX: usize = 90;

/// One letter of so many may be misread.
const LETTERS_A_MISTAKE: usize = 9;

/// The class whose long title a line comes near, by its place in the table: of several the nearest.
pub(super) fn nearest(line: &[u8]) -> Option<usize> {
    if !(LONG - 2..=MAX).contains(&line.len()) {
        return None;
    }
    let counts = counted(line);
    let mut best: Option<(usize, usize)> = None;
    for (class, title, of_title) in titles() {
        let most = title.len() / LETTERS_A_MISTAKE;
        let is_near = title.len().abs_diff(line.len()) <= most
            && counts
                .iter()
                .zip(of_title)
                .map(|(one, other)| usize::from(one.abs_diff(*other)))
                .sum::<usize>()
                <= 2 * most;
        if is_near {
            let mistakes = strsim::generic_levenshtein(&Bytes(line), &Bytes(title));
            if mistakes <= most && best.is_none_or(|(known, _)| mistakes < known) {
                best = Some((mistakes, *class));
            }
        }
    }
    best.map(|(_, class)| class)
}

struct Bytes<'b>(&'b [u8]);

impl<'b> IntoIterator for &Bytes<'b> {
    type Item = &'b u8;
    type IntoIter = std::slice::Iter<'b, u8>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

type LongTitle = (usize, Vec<u8>, [u8; 32]);

fn titles() -> &'static [LongTitle] {
    use std::sync::LazyLock;
    static TITLES: LazyLock<Vec<LongTitle>> = LazyLock::new(|| {
        let phrases = table().all().filter_map(|phrase| match phrase.meaning {
            Meaning::Title(class) if phrase.look.len() >= LONG => {
                Some((class, phrase.look.clone(), counted(&phrase.look)))
            }
            _ => None,
        });
        phrases.collect()
    });
    &TITLES
}

/// How often each letter occurs; digits share places with letters.
fn counted(text: &[u8]) -> [u8; 32] {
    let mut counts = [0_u8; 32];
    for letter in text {
        if let Some(count) = counts.get_mut(usize::from(letter & 31)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}
