//! Asks the picture that a page makes whether something on it is seen: the page is painted at the points of its ink, once
//! as it is and once without it, whatever lies above or beneath: pictures, patterns, shadings, masks, clips.

mod beneath;
mod compose;
mod letters;
mod paints;
mod points;
mod sampler;
#[cfg(test)]
mod tests;

use hayro::hayro_interpret::{Context, Device, InterpreterSettings, RenderContent, interpret_page};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, Rect as Box2};

use self::beneath::Lookout;
pub(crate) use self::beneath::{Beneath, Grid, Question};
use self::letters::Letters;
use self::sampler::Sampler;
use super::overlays::appearances;
use super::{Cache, Drawn, Letter, Mark, boxes};

/// How a letter is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sight {
    /// The points of its ink that were looked at; none where clips leave nothing of it.
    pub points: usize,
    /// At how many of them the page would look otherwise without it.
    pub seen: usize,
    /// The same when it had just been painted.
    pub seen_at_first: usize,
}

/// How some letters of a page are seen, which a [`View`](super::View) of it found. `by_readers` is what readers paint on
/// it by themselves.
pub(super) fn sights<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    letters: &[&Letter],
    by_readers: &[Mark],
) -> Vec<Sight> {
    let (asked, points) = Letters::new(letters, |inks| {
        interpret(page, cache, inks);
        for appearance in appearances(page) {
            appearance.interpret(page, cache, inks);
        }
    });
    if points.is_empty() {
        return vec![Sight::default(); letters.len()];
    }
    let mut sampler = Sampler::asking(&points, &asked);
    interpret(page, cache, &mut sampler);
    for appearance in appearances(page).filter(|appearance| !appearance.is_icon()) {
        appearance.interpret(page, cache, &mut sampler);
    }
    by_readers.iter().for_each(|mark| put(mark, &mut sampler));
    sampler.sights()
}

/// What lies beneath something in some areas of a page, and where nothing of it is seen.
pub(super) fn beneath<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    questions: &[Question<'_>],
    by_readers: &[Mark],
) -> Vec<Grid> {
    let (lookout, points) = Lookout::new(questions);
    let mut sampler = Sampler::looking_beneath(&points, lookout);
    interpret(page, cache, &mut sampler);
    sampler.settle_pictures();
    for (index, appearance) in appearances(page).enumerate() {
        sampler.cover(Beneath::Annotation(index), |sampler| {
            appearance.interpret(page, cache, sampler);
        });
    }
    for (index, mark) in by_readers.iter().enumerate() {
        sampler.cover(Beneath::ByReaders(index), |sampler| put(mark, sampler));
    }
    sampler.into_grids()
}

/// Follows the content of a page, without its annotations.
fn interpret<'a>(page: &'a Page<'a>, cache: &Cache<'a>, device: &mut impl Device<'a>) {
    let user_to_displayed = Affine::new(boxes(page).displayed_to_user().0).inverse();
    let everywhere = Box2::new(-1e6, -1e6, 1e6, 1e6);
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let interpreter = cache.interpreter();
    let mut context =
        Context::new(user_to_displayed, everywhere, interpreter, page.xref(), settings);
    interpret_page(page, &mut context, device);
}

fn put(mark: &Mark, sampler: &mut Sampler<'_>) {
    let (Drawn::Shape(shape), Some(seen)) = (&mark.drawn, mark.seen) else {
        return;
    };
    if let Some(colour) = shape.colour {
        let [red, green, blue] = colour.0.map(|channel| f32::from(channel) / 255.0);
        let colour = [red, green, blue, shape.opacity];
        sampler.put_colour(colour, |point| {
            let point = (point.x, point.y);
            seen.contains(point) && shape.outline.covers(point)
        });
    }
}
