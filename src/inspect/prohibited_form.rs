//! Pages that are never served, by what they are, and those that are marked so.

use super::{Leak, LeakKind, LeakPlace, text};
use crate::classify::{self, Certainty, Marking, PageKind};
use crate::pdf::page::{Letter, Line, Mark, View};

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 2.0;

/// The class of the back page of a witness statement, which has a finding of its own.
const BACK: &str = "MG11 back";

/// What a page is, and everything about it that must not be served. `rows` are those of everything that can be copied;
/// what nobody sees says what a page is only where nothing else does.
pub(super) fn find(view: &View, rows: &[Vec<Line>]) -> (PageKind, Vec<Leak>) {
    let height = view.size.1;
    let of_all = classify::page(rows, height);
    let is_seen = |(mark, letter): &(&Mark, &Letter)| is_seen(view, mark, letter);
    if view.letters().all(|letter| is_seen(&letter)) {
        let leaks = leaks(&of_all, height);
        return (of_all, leaks);
    }
    let seen = crate::pdf::page::lines(view.letters().filter(is_seen).map(|(_, letter)| letter));
    let of_seen = classify::page(&text::in_rows(seen), height);
    let mut leaks = leaks(&of_seen, height);
    let others = self::leaks(&of_all, height);
    let others =
        others.into_iter().filter(|other| !leaks.iter().any(|leak| leak.kind == other.kind));
    leaks.extend(others.collect::<Vec<_>>());
    (if of_seen.classes.is_empty() { of_all } else { of_seen }, leaks)
}

/// Whether a letter is large enough to be read, and stands on the page.
fn is_seen(view: &View, mark: &Mark, letter: &Letter) -> bool {
    letter.up.0.hypot(letter.up.1) >= SMALLEST
        && letter.opacity >= 0.02
        && view.area().contains(letter.extent.middle())
        && mark.is_let_through(letter.extent.middle())
}

fn leaks(kind: &PageKind, height: f64) -> Vec<Leak> {
    // What else it may be does not matter where it is never served anyhow.
    let first = kind.classes.iter().position(|found| {
        found.what.certainty == Certainty::Sure
            && found.what.is_internal
            && found.what.class != BACK
    });
    let classes = kind.classes.iter().enumerate().filter_map(|(at, found)| {
        let kind = match found.what.class {
            BACK => LeakKind::BackPage { certain: found.what.certainty == Certainty::Sure },
            class if first == Some(at) => LeakKind::ProhibitedForm(class),
            _ => return None,
        };
        Some(Leak { kind, place: LeakPlace::of(found.place, height) })
    });
    let markings = kind.markings.iter().map(|found| Leak {
        kind: LeakKind::Marking(found.what),
        place: LeakPlace::of(found.place, height),
    });
    classes.chain(markings).collect()
}

/// What some words betray that stand alone, as those of a bookmark do.
pub(super) fn find_in_words(text: &str) -> Vec<LeakKind> {
    let kinds = leaks(&classify::in_words(text), 0.0).into_iter().map(|leak| leak.kind);
    kinds.filter(|kind| *kind != LeakKind::BackPage { certain: false }).collect()
}

/// Whether a marking says that a page is never served.
pub(crate) fn is_never_served(marking: Marking) -> bool {
    matches!(marking, Marking::NotDisclosable | Marking::Sensitive)
}
