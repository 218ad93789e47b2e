//! In which colour letters of drawn fonts (Type 3; ISO 32000-2, 9.6.4) are seen: they are small drawings, of any colour.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{GlyphRun, Type3Glyph};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint,
    SoftMask,
};
use hayro::kurbo::{Affine, BezPath, Rect};

use super::shapes::colour;
use super::{Ink, Rgb};

/// The inks of the letters of a page, by letter and colour of the text.
#[derive(Default)]
pub(super) struct Inks(HashMap<(u128, Rgb), Ink>);

impl Inks {
    /// How a letter is put on the page where the text has one colour. What is too small where it stands is not drawn.
    pub(super) fn of<'a>(
        &mut self,
        letter: &Type3Glyph<'a>,
        (to_page, in_text): (Affine, Affine),
        paint: &Paint<'a>,
        text: Rgb,
    ) -> Ink {
        let key = (letter.cache_key(), text);
        *self.0.entry(key).or_insert_with(|| {
            let mut probe = ColourCount::Nothing;
            letter.interpret(&mut probe, to_page, in_text, paint);
            match probe {
                ColourCount::One(colour) => Ink::Plain(colour),
                // Of some fonts the drawings are not found, though others find them.
                ColourCount::Nothing | ColourCount::Several => Ink::Pattern,
            }
        })
    }
}

/// Notes the colours that something is drawn with.
enum ColourCount {
    Nothing,
    One(Rgb),
    Several,
}

impl ColourCount {
    fn add(&mut self, colour: Option<Rgb>) {
        *self = match (&self, colour) {
            (Self::Nothing, Some(colour)) => Self::One(colour),
            (Self::One(one), Some(colour)) if *one == colour => Self::One(colour),
            _ => Self::Several,
        };
    }
}

impl<'a> Device<'a> for ColourCount {
    fn draw_path(&mut self, _: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if !matches!(mode, DrawMode::Invisible) {
            self.add(colour(&props.paint));
        }
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.add(None);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        match &image {
            Image::Stencil(stencil) => {
                stencil.with_stencil(|_, paint| self.add(colour(paint)), None);
            }
            Image::Raster(_) => self.add(None),
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
