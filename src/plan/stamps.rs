//! Where the number of each page stands: the usual place, the next free one, or in a strip added to
//! a page that has none.

use super::place::PLACES;
use super::{Content, Origin, Plan, PlannedPage};
use crate::manifest::{Position, SourcePage};
use crate::model::DocumentId;

/// Where the number of one page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The place.
    pub position: Position,
    /// Whether the page gains a strip there.
    pub enlarged: bool,
}

/// The placement of every page of a plan, in order. `taken` says of a page of a source at which of the six
/// places, in the order of [`PLACES`], no number can stand.
pub fn place_numbers(
    plan: &Plan,
    taken: impl Fn(DocumentId, SourcePage) -> [bool; 6],
) -> Vec<Placement> {
    let usual = plan.numbering.position;
    let placement = |page: &PlannedPage| match page.origin {
        Origin::Source(id, page) => place(taken(id, page), usual),
        // Our own sheets keep their edges free.
        _ => place([false; 6], usual),
    };
    plan.pages.iter().map(placement).collect()
}

fn place(taken: [bool; 6], usual: Position) -> Placement {
    let is_free = |position: &Position| {
        PLACES.iter().zip(taken).any(|(place, taken)| place == position && !taken)
    };
    match preferences(usual).iter().find(|position| is_free(position)) {
        Some(position) => Placement { position: *position, enlarged: false },
        None => Placement { position: usual, enlarged: true },
    }
}

/// The order in which places are tried: along the same edge first, nearest first.
fn preferences(usual: Position) -> [Position; 6] {
    use Position::{BottomCentre, BottomLeft, BottomRight, TopCentre, TopLeft, TopRight};
    let same_edge = match usual {
        BottomRight => [BottomRight, BottomCentre, BottomLeft],
        BottomLeft => [BottomLeft, BottomCentre, BottomRight],
        BottomCentre => [BottomCentre, BottomRight, BottomLeft],
        TopRight => [TopRight, TopCentre, TopLeft],
        TopLeft => [TopLeft, TopCentre, TopRight],
        TopCentre => [TopCentre, TopRight, TopLeft],
    };
    let opposite = same_edge.map(|position| match position {
        BottomRight => TopRight,
        BottomCentre => TopCentre,
        BottomLeft => TopLeft,
        TopRight => BottomRight,
        TopCentre => BottomCentre,
        TopLeft => BottomLeft,
    });
    let [a, b, c] = same_edge;
    let [d, e, f] = opposite;
    [a, b, c, d, e, f]
}

/// The pages of each document whose number does not stand in the usual place, with why.
pub fn moved_numbers<'a>(
    plan: &'a Plan,
    placements: &'a [Placement],
) -> impl Iterator<Item = (&'a super::PlannedDocument, Vec<u32>, Vec<u32>)> {
    let usual = plan.numbering.position;
    plan.documents().filter_map(move |document| {
        let Content::Source(pages) = &document.content else {
            return None;
        };
        let placed = placements.iter().skip(document.first.index()).zip(pages);
        let (mut moved, mut enlarged) = (Vec::new(), Vec::new());
        for (placement, page) in placed {
            if placement.enlarged {
                enlarged.push(page.number());
            } else if placement.position != usual {
                moved.push(page.number());
            }
        }
        (!moved.is_empty() || !enlarged.is_empty()).then_some((document, moved, enlarged))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_but(free: &[Position]) -> [bool; 6] {
        PLACES.map(|place| !free.contains(&place))
    }

    #[test]
    fn the_usual_place_wins_then_the_nearest_on_the_same_edge() {
        let usual = Position::BottomRight;
        assert_eq!(place(all_but(&PLACES), usual).position, usual);
        let free = [Position::TopRight, Position::BottomLeft];
        assert_eq!(place(all_but(&free), usual).position, Position::BottomLeft);
    }

    #[test]
    fn a_page_without_room_is_enlarged() {
        let placed = place(all_but(&[]), Position::TopCentre);
        assert_eq!(placed, Placement { position: Position::TopCentre, enlarged: true });
    }

    #[test]
    fn every_place_is_tried_once() {
        for usual in PLACES {
            let mut tried = preferences(usual).to_vec();
            tried.sort_by_key(|position| PLACES.iter().position(|place| place == position));
            assert_eq!(tried, PLACES);
        }
    }
}
