//! Whether a number is seen on a page, and not only there to be copied.

use crate::geometry::Rect;
use crate::look::{Drawn, Ink, Letter, Mark, Rgb, View};

/// Letters smaller than this, in points, are read by nobody.
const SMALLEST: f64 = 3.0;

/// What lets through less than a tenth hides what lies beneath it.
const SOLID: f32 = 0.9;

/// Colours this near to each other cannot be told apart on paper.
const SAME: u8 = 12;

/// Whether any letter within an area can be seen, or belongs to the text layer of a picture.
pub(super) fn is_seen(view: &View, area: Rect) -> bool {
    let marks = view.marks.iter().enumerate();
    let mut letters = marks.filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Letter(letter) if !letter.text.is_blank() => Some((index, mark, letter)),
        _ => None,
    });
    letters.any(|(index, mark, letter)| {
        area.contains(letter.extent.middle()) && is_letter_seen(view, index, mark, letter)
    })
}

fn is_letter_seen(view: &View, index: usize, mark: &Mark, letter: &Letter) -> bool {
    let point = letter.extent.middle();
    if !view.area().contains(point) || !mark.is_let_through(point) {
        return false;
    }
    let on_picture = || {
        let mut pictures = view.pictures();
        pictures.any(|(mark, picture)| picture.uniform.is_none() && mark.is_let_through(point))
    };
    if letter.ink == Ink::Invisible || letter.opacity < 0.02 {
        return on_picture();
    }
    if letter.up.0.hypot(letter.up.1) < SMALLEST {
        return false;
    }
    let above = view.marks.iter().skip(index + 1);
    if above
        .clone()
        .any(|above| ground(above, point).is_some_and(|(_, solid)| solid))
    {
        return false;
    }
    let Ink::Plain(ink) = letter.ink else {
        return true;
    };
    let beneath = view.marks.iter().take(index).rev();
    let ground = beneath.filter_map(|mark| ground(mark, point)).next();
    match ground {
        Some((Some(colour), true)) => !is_same(ink, colour),
        Some(_) => true,
        None => !is_same(ink, Rgb([u8::MAX; 3])) || on_picture(),
    }
}

/// The colour of what is painted at a point, and whether it hides what lies beneath; `None` where it paints nothing there.
/// A picture of more than one colour may be the page itself, with its text beneath it.
fn ground(mark: &Mark, point: (f64, f64)) -> Option<(Option<Rgb>, bool)> {
    if !mark.is_let_through(point) {
        return None;
    }
    match &mark.drawn {
        Drawn::Letter(_) => None,
        Drawn::Shape(shape) => shape
            .outline
            .covers(point)
            .then_some((shape.colour, shape.opacity >= SOLID)),
        Drawn::Picture(picture) => {
            let solid = picture.uniform.is_some() && picture.opacity >= SOLID;
            Some((picture.uniform, solid))
        }
    }
}

fn is_same(Rgb(ink): Rgb, Rgb(ground): Rgb) -> bool {
    ink.into_iter()
        .zip(ground)
        .all(|(ink, ground)| ink.abs_diff(ground) <= SAME)
}
