//! What a view of a page, where there is one, tells of the places for its number.

use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, Letter, Mark, Rgb, View};

use crate::pdf::page::edges::quick_scan::WHITE;

/// Ink reaches no further than this beyond the box of a letter, in ems.
const OVERHANG: f64 = 1.5;

/// The corners of a stroke reach no further than this beyond its box, in points.
const CORNERS: f64 = 12.0;

/// Whether nothing that the page itself draws comes near any of some places. If not, they may be free all the same.
pub(super) fn leave_free(view: &View, places: &[Rect]) -> bool {
    let is_far = |mark: &Mark| match reach(&mark.drawn) {
        MarkReach::None => true,
        MarkReach::Within(area) => places.iter().all(|place| area.is_apart_from(*place)),
        MarkReach::Anywhere => false,
    };
    let mut own = view.marks.iter().filter(|mark| !mark.annotation);
    view.whole && own.all(is_far)
}

enum MarkReach {
    None,
    Within(Rect),
    Anywhere,
}

fn reach(drawn: &Drawn) -> MarkReach {
    match drawn {
        Drawn::Letter(letter) => match letter.ink {
            Ink::Invisible => MarkReach::None,
            _ if letter.drawn => MarkReach::Anywhere,
            Ink::Plain(colour) if is_white(colour) => MarkReach::None,
            Ink::Plain(_) => MarkReach::Within(letter.extent.grown(OVERHANG * em(letter))),
            Ink::Pattern => MarkReach::Anywhere,
        },
        Drawn::Shape(shape) => match shape.colour {
            Some(colour) if is_white(colour) => MarkReach::None,
            _ => MarkReach::Within(shape.extent.grown(CORNERS)),
        },
        Drawn::Picture(picture) => MarkReach::Within(picture.extent),
    }
}

fn em(letter: &Letter) -> f64 {
    letter.up.0.hypot(letter.up.1)
}

fn is_white(Rgb(levels): Rgb) -> bool {
    levels.into_iter().all(|level| level >= WHITE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::page;
    use crate::pdf::page::Cache;
    use crate::pdf::page::tests::pdf;

    const PLACE: Rect = Rect { left: 80.0, bottom: 5.0, right: 120.0, top: 15.0 };

    fn free(content: &str) -> bool {
        let pdf = pdf("", content);
        leave_free(&page::view(&pdf.pages()[0], &Cache::new()), &[PLACE])
    }

    #[test]
    fn only_what_comes_near_counts() {
        assert!(free(""));
        assert!(free("BT /F 10 Tf 20 80 Td (far above) Tj ET"));
        assert!(!free("BT /F 10 Tf 60 8 Td (beneath the number) Tj ET"));
        assert!(!free("BT /F 10 Tf 90 25 Td (a tail may reach down) Tj ET"));
        assert!(free("3 Tr BT /F 10 Tf 60 8 Td (not painted) Tj ET"));
        assert!(free("1 g 0 0 200 100 re f"), "white paper");
        assert!(!free("0.5 g 0 0 200 100 re f"), "grey paper");
        assert!(!free("0 20 m 200 20 l S"), "a line just above");
        assert!(free("0 60 m 200 60 l S"));
    }
}
