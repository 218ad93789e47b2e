//! Soft masks (ISO 32000-2, 11.5.2) that let through the same everywhere: how much.

use std::collections::HashMap;

use hayro::hayro_interpret::{CacheKey, MaskType, SoftMask};

use super::recorder::Recorder;
use super::{Drawn, Mark, Outline, Rgb};
use crate::model::geometry::Rect;

/// Masks of one page that are looked into, and things drawn in a mask.
const MAX_MASKS: usize = 200;
const MAX_MARKS: usize = 20;

/// How far an area may reach beyond what the mask paints, in points.
const SLACK: f64 = 0.5;

/// What the masks of a page paint; `None` for one that is not followed.
#[derive(Default)]
pub(super) struct Masks(HashMap<u128, Option<Vec<Mark>>>);

impl Masks {
    /// From 0, nothing, to 1: what a mask lets through of all of an area; `None` where that is not the same everywhere.
    pub(super) fn level(&mut self, mask: &SoftMask<'_>, area: Rect, page: Rect) -> Option<f32> {
        if mask.transfer_function().is_some() {
            return None;
        }
        let key = mask.cache_key();
        if self.0.len() >= MAX_MASKS && !self.0.contains_key(&key) {
            return None;
        }
        let marks = self.0.entry(key).or_insert_with(|| painted(mask, page));
        let marks = marks.as_deref()?;
        let is_light = mask.mask_type() == MaskType::Luminosity;
        let touching = marks.iter().rev().find(|mark| touches(mark, area));
        let Some(top) = touching else {
            let [red, green, blue, _] = mask.background_color().to_rgba().to_rgba8();
            return Some(if is_light { light(Rgb([red, green, blue])) } else { 0.0 });
        };
        let (colour, opacity) = filled(top, area)?;
        match is_light {
            true if opacity >= 1.0 => Some(light(colour?)),
            true => None,
            false => Some(opacity),
        }
    }
}

fn painted(mask: &SoftMask<'_>, page: Rect) -> Option<Vec<Mark>> {
    let mut recorder = Recorder::new(page);
    mask.interpret(&mut recorder);
    (recorder.marks.len() <= MAX_MARKS).then_some(recorder.marks)
}

fn touches(mark: &Mark, area: Rect) -> bool {
    mark.seen.is_some_and(|seen| seen.intersection(area).is_some())
}

/// The colour and the opacity of what fills an area.
fn filled(mark: &Mark, area: Rect) -> Option<(Option<Rgb>, f32)> {
    let (colour, opacity) = match &mark.drawn {
        Drawn::Shape(shape) if shape.outline == Outline::Whole => (shape.colour, shape.opacity),
        Drawn::Picture(picture) => (picture.uniform, picture.opacity),
        _ => return None,
    };
    let seen = mark.seen?;
    let all = seen.left - SLACK <= area.left
        && seen.bottom - SLACK <= area.bottom
        && seen.right + SLACK >= area.right
        && seen.top + SLACK >= area.top;
    (all && mark.clips.is_none()).then_some((colour, opacity))
}

/// How light a colour is, from 0 to 1.
fn light(Rgb([red, green, blue]): Rgb) -> f32 {
    (0.3 * f32::from(red) + 0.59 * f32::from(green) + 0.11 * f32::from(blue)) / 255.0
}
