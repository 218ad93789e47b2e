//! Covered running heads and feet, which other pages show: they tell nothing more.

use std::collections::HashSet;

use super::text::PageText;
use super::{Leak, LeakKind, LeakPlace, PageLeaks, Redaction};
use crate::classify;
use crate::model::geometry::Rect;

/// For each thing found that covers words, what stands for the line that they make up.
pub(super) fn covered(leaks: &[Leak], text: &PageText, height: f64) -> Vec<(LeakPlace, u64)> {
    let covered = leaks.iter().filter(|leak| covers_words(leak.kind)).filter_map(|leak| {
        let LeakPlace::At { left, top, width, height: high } = leak.place else {
            return None;
        };
        let top = height - top;
        let area = Rect::new(left, top - high, left + width, top);
        Some((leak.place, classify::edge_of(&text.said_in(area))?))
    });
    covered.collect()
}

fn covers_words(kind: LeakKind) -> bool {
    matches!(kind, LeakKind::Redaction(Redaction::TextBeneath | Redaction::SameColour))
}

/// Takes covered heads and feet of some pages of a file, or of a bundle, for what they are where another of them shows the same.
pub(crate) fn take_for_repeats(pages: &mut [&mut PageLeaks]) {
    if pages.iter().all(|page| page.covered.is_empty()) {
        return;
    }
    let shown: HashSet<u64> = pages.iter().flat_map(|page| shown_on(page)).collect();
    for page in pages {
        let PageLeaks { leaks, covered, kind, .. } = &mut **page;
        let is_head = |place: LeakPlace| {
            let lines = covered.iter().filter(|(of, _)| *of == place);
            lines.into_iter().any(|(_, line)| kind.edges.contains(line) && shown.contains(line))
        };
        for leak in leaks.iter_mut().filter(|leak| covers_words(leak.kind)) {
            if is_head(leak.place) {
                leak.kind = LeakKind::Redundant;
            }
        }
    }
}

/// The heads and feet that a page shows.
fn shown_on(page: &PageLeaks) -> impl Iterator<Item = u64> + '_ {
    let is_covered = |edge: &u64| page.covered.iter().any(|(_, line)| line == edge);
    page.kind.edges.iter().copied().filter(move |edge| !is_covered(edge))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: LeakPlace = LeakPlace::At { left: 50.0, top: 20.0, width: 200.0, height: 12.0 };

    fn page(edges: &[u64], covered: Option<u64>) -> PageLeaks {
        let kind = LeakKind::Redaction(Redaction::TextBeneath);
        let mut page = PageLeaks::default();
        page.kind.edges = edges.to_vec();
        page.leaks = covered.iter().map(|_| Leak { kind, place: PLACE }).collect();
        page.covered = covered.iter().map(|line| (PLACE, *line)).collect();
        page
    }

    fn told(mut pages: Vec<PageLeaks>) -> Vec<LeakKind> {
        take_for_repeats(&mut pages.iter_mut().collect::<Vec<_>>());
        pages.iter().flat_map(|page| &page.leaks).map(|leak| leak.kind).collect()
    }

    #[test]
    fn a_covered_head_is_a_repeat_where_another_page_shows_it() {
        let bad = LeakKind::Redaction(Redaction::TextBeneath);
        assert_eq!(told(vec![page(&[1], Some(1)), page(&[1], None)]), [LeakKind::Redundant]);
        // Covered on every page; not at the edge of the page; shown nowhere.
        assert_eq!(told(vec![page(&[1], Some(1)), page(&[1], Some(1))]), [bad, bad]);
        assert_eq!(told(vec![page(&[], Some(1)), page(&[1], None)]), [bad]);
        assert_eq!(told(vec![page(&[1], Some(1)), page(&[2], None)]), [bad]);
    }
}
