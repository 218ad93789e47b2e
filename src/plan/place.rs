//! Where page numbers can stand: six places, the same on every page as it is displayed.

use crate::manifest::{NumberStyle, Numbering, Position};
use crate::model::geometry::{PageBox, Rect, Rotation};

/// The six places, top row first.
pub const PLACES: [Position; 6] = [
    Position::TopLeft,
    Position::TopCentre,
    Position::TopRight,
    Position::BottomLeft,
    Position::BottomCentre,
    Position::BottomRight,
];

/// How far the number's frame stays from the edges of the page, in points: within what desktop
/// printers can print.
const INSET: f64 = 14.0;

/// The height of the number's frame, in points.
pub const STAMP_HEIGHT: f64 = 19.0;

/// The strip that is added where a page has no room, in points.
const STRIP: f64 = STAMP_HEIGHT + 2.0 * INSET;

/// A page that is lower or narrower than this grows on paper instead of becoming smaller: a strip
/// that shrinks with it would not hold the number.
pub(super) const LOWEST: f64 = 3.0 * STRIP;
pub(super) const NARROWEST: f64 = 120.0;

/// The frame of a number of some width, in displayed space.
pub fn stamp_rect(page: PageBox, position: Position, width: f64) -> Rect {
    let (page_width, page_height) = page.displayed_size();
    let left = match position {
        Position::TopLeft | Position::BottomLeft => INSET,
        Position::TopCentre | Position::BottomCentre => (page_width - width) / 2.0,
        Position::TopRight | Position::BottomRight => page_width - INSET - width,
    };
    let bottom = if is_top(position) { page_height - INSET - STAMP_HEIGHT } else { INSET };
    Rect { left, bottom, right: left + width, top: bottom + STAMP_HEIGHT }
}

/// The room that any number of a numbering needs, at all six places.
pub fn places(page: PageBox, numbering: &Numbering) -> [Rect; 6] {
    PLACES.map(|position| stamp_rect(page, position, widest(numbering)))
}

/// Whether the numbers of two numberings stand at the same places and are tried in the same order.
pub fn need_the_same_room(one: &Numbering, other: &Numbering) -> bool {
    let width = |numbering| widest(numbering).to_bits();
    (one.position, width(one)) == (other.position, width(other))
}

/// More than the widest number of a bundle takes, frame included, before any page is counted.
fn widest(numbering: &Numbering) -> f64 {
    let characters = match &numbering.style {
        NumberStyle::Continuous => 5,
        NumberStyle::Section => 6,
        NumberStyle::Prefix { prefix, digits } => prefix.chars().count() + usize::from(*digits),
    };
    // The widest character of the bold face, W, takes 0.97 of the size; digits take 0.57.
    f64::from(u32::try_from(characters).unwrap_or(u32::MAX)) * 8.2 + 10.0
}

/// Whether a place is at the upper edge.
fn is_top(position: Position) -> bool {
    matches!(position, Position::TopLeft | Position::TopCentre | Position::TopRight)
}

/// A page that gains a blank strip at the edge of a place.
///
/// The boxes grow and `/UserUnit` shrinks by the same measure, so the page keeps its size on paper
/// while everything on it, annotations and destinations included, becomes smaller without being
/// touched (ISO 32000-2, table 31). Only a very small page grows on paper.
pub fn enlarge(page: PageBox, position: Position) -> PageBox {
    let (width, height) = page.displayed_size();
    let grown = height + STRIP;
    let (side, user_unit) = if height >= LOWEST && width >= NARROWEST {
        let side = (width * STRIP / height) / 2.0;
        (side, page.user_unit * height / grown)
    } else {
        (((NARROWEST - width) / 2.0).max(0.0), page.user_unit)
    };
    let (top, bottom) = if is_top(position) { (STRIP, 0.0) } else { (0.0, STRIP) };
    // From displayed edges to those of user space.
    let [left, bottom, right, top] = match page.rotation {
        Rotation::None => [side, bottom, side, top],
        Rotation::Quarter => [top, side, bottom, side],
        Rotation::Half => [side, top, side, bottom],
        Rotation::ThreeQuarters => [bottom, side, top, side],
    }
    .map(|points| points / page.user_unit);
    let crop = Rect {
        left: page.crop.left - left,
        bottom: page.crop.bottom - bottom,
        right: page.crop.right + right,
        top: page.crop.top + top,
    };
    PageBox { media: crop, crop, rotation: page.rotation, user_unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rotation: Rotation) -> PageBox {
        let crop = Rect::new(10.0, 20.0, 605.0, 862.0);
        PageBox { media: crop, crop, rotation, user_unit: 1.0 }
    }

    #[test]
    fn an_enlarged_page_keeps_its_size_on_paper() {
        for rotation in [Rotation::None, Rotation::Quarter, Rotation::Half, Rotation::ThreeQuarters]
        {
            let (before, after) = (page(rotation), enlarge(page(rotation), Position::BottomRight));
            let ((width, height), (new_width, new_height)) =
                (before.displayed_size(), after.displayed_size());
            assert!(
                (width - new_width).abs() < 1e-6 && (height - new_height).abs() < 1e-6,
                "{rotation:?}"
            );
        }
    }

    #[test]
    fn the_strip_is_at_the_displayed_edge_of_the_place() {
        for rotation in [Rotation::None, Rotation::Quarter, Rotation::Half, Rotation::ThreeQuarters]
        {
            for position in PLACES {
                let (before, after) = (page(rotation), enlarge(page(rotation), position));
                let rect = stamp_rect(after, position, 40.0);
                let stamp = after.displayed_to_user().apply_to_rect(rect);
                assert!(
                    stamp.intersection(before.crop).is_none(),
                    "{rotation:?} {position:?}: {stamp:?}"
                );
            }
        }
    }
}
