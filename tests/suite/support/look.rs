//! A PDF as it looks, drawn and read by hayro, which has no part in writing bundles.

use std::path::Path;
use std::sync::Arc;

use hayro::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, SoftMask, interpret_page,
};

pub fn open(path: &Path) -> Pdf {
    let bytes = std::fs::read(path).unwrap();
    Pdf::new(Arc::new(bytes)).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()))
}

/// How much a channel may differ: softened edges round otherwise where a box was written with four
/// decimals instead of five.
const TOLERANCE: u8 = 6;

/// One page drawn.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pixels: Vec<[u8; 3]>,
}

/// Draws the page as it is displayed, with so many pixels for a unit of its own space.
pub fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, scale: f64) -> Picture {
    let (width, height) = page.render_dimensions();
    let transform = Affine::scale(scale) * initial(page);
    draw_with(page, cache, transform, pixels(width, scale), pixels(height, scale))
}

/// From a page's own space to the space in which it is displayed, downwards.
pub fn initial(page: &Page<'_>) -> Affine {
    Affine::new(page.initial_transform(true).as_coeffs())
}

pub fn pixels(length: f32, scale: f64) -> u16 {
    (f64::from(length) * scale).round().max(1.0) as u16
}

pub fn draw_with<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    transform: Affine,
    width: u16,
    height: u16,
) -> Picture {
    let mut context = RenderContext::new(width, height);
    render_into(
        page,
        cache,
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &mut context,
        transform,
    );
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    context.render_with(
        &mut pixmap,
        &mut Resources::default(),
        RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() },
    );
    Picture {
        width: usize::from(width),
        height: usize::from(height),
        pixels: pixmap.data().iter().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect(),
    }
}

/// A rectangle in pixels or points, downwards from the top left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            left: self.left * factor,
            top: self.top * factor,
            right: self.right * factor,
            bottom: self.bottom * factor,
        }
    }

    /// Whether some of a pixel lies within.
    fn touches(self, x: usize, y: usize) -> bool {
        let (x, y) = (x as f64, y as f64);
        x + 1.0 > self.left && x < self.right && y + 1.0 > self.top && y < self.bottom
    }

    fn around(points: impl Iterator<Item = (usize, usize)>) -> Option<Self> {
        points.fold(None, |frame: Option<Self>, (x, y)| {
            let (x, y) = (x as f64, y as f64);
            let frame = frame.unwrap_or(Self { left: x, top: y, right: x, bottom: y });
            Some(Self {
                left: frame.left.min(x),
                top: frame.top.min(y),
                right: frame.right.max(x + 1.0),
                bottom: frame.bottom.max(y + 1.0),
            })
        })
    }
}

impl Picture {
    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        self.pixels[y * self.width + x]
    }

    fn points(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)))
    }

    /// What surrounds every pixel that differs.
    pub fn difference(&self, other: &Self) -> Option<Frame> {
        Some(self.difference_outside(other, None)?.1)
    }

    /// How many pixels differ outside of a frame, and what surrounds them.
    pub fn difference_outside(&self, other: &Self, frame: Option<Frame>) -> Option<(usize, Frame)> {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let differs =
            |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > TOLERANCE);
        let outside = |x: usize, y: usize| frame.is_none_or(|frame| !frame.touches(x, y));
        let differing = || {
            self.points()
                .filter(|(x, y)| differs(self.at(*x, *y), other.at(*x, *y)) && outside(*x, *y))
        };
        Some((differing().count(), Frame::around(differing())?))
    }

    /// What surrounds every pixel that is not white, outside of a frame.
    pub fn ink_outside(&self, frame: Frame) -> Option<Frame> {
        Frame::around(
            self.points().filter(|(x, y)| !frame.touches(*x, *y) && self.at(*x, *y) != [255; 3]),
        )
    }

    /// How far the colours within a frame lie apart.
    pub fn contrast(&self, frame: Frame) -> u8 {
        let columns = frame.left.max(0.0) as usize..(frame.right as usize).min(self.width);
        let rows = frame.top.max(0.0) as usize..(frame.bottom as usize).min(self.height);
        let (mut low, mut high) = ([u8::MAX; 3], [0; 3]);
        for (x, y) in rows.flat_map(|y| columns.clone().map(move |x| (x, y))) {
            for (channel, value) in self.at(x, y).into_iter().enumerate() {
                low[channel] = value.min(low[channel]);
                high[channel] = value.max(high[channel]);
            }
        }
        (0..3).map(|channel| high[channel].saturating_sub(low[channel])).max().unwrap()
    }
}

/// A glyph as it stands on the displayed page, downwards from the top left.
#[derive(Debug, Clone)]
pub struct Letter {
    pub text: String,
    pub x: f64,
    pub y: f64,
    /// Whether it reads from left to right with its feet down.
    pub upright: bool,
}

/// Every glyph that a page's own content shows, in the order drawn; hidden layers are not shown.
pub fn letters(page: &Page<'_>) -> Vec<Letter> {
    letters_in(page, RenderContent::PAGE)
}

/// The same for what stands in annotations and fields.
pub fn letters_of_annotations(page: &Page<'_>) -> Vec<Letter> {
    letters_in(page, RenderContent::ANNOTATIONS)
}

fn letters_in(page: &Page<'_>, render_content: RenderContent) -> Vec<Letter> {
    let settings = InterpreterSettings { render_content, ..InterpreterSettings::default() };
    let (width, height) = page.render_dimensions();
    let target = hayro::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let mut context = Context::new(initial(page), target, &cache, page.xref(), settings);
    let mut listener = Listener(Vec::new());
    interpret_page(page, &mut context, &mut listener);
    listener.0
}

/// What a page says: a line for each run of glyphs on one height.
pub fn words(page: &Page<'_>) -> String {
    let mut text = String::new();
    let mut height = None;
    for letter in letters(page) {
        if height.is_some_and(|height: f64| (height - letter.y).abs() > 0.5) {
            text.push('\n');
        }
        height = Some(letter.y);
        text.push_str(&letter.text);
    }
    text
}

/// What every page of a bundle says from the third on, behind a cover and an index of one page.
pub fn words_behind_index(bundle: &Path) -> Vec<String> {
    open(bundle).pages().iter().skip(2).map(words).collect()
}

/// Takes down what letters say and where. The program has a device of its own that takes down their ink: this one is apart
/// from it on purpose, as what it reads proves what the program has made.
struct Listener(Vec<Letter>);

impl<'a> Device<'a> for Listener {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => continue,
            };
            let [a, b, c, d, x, y] = (props.transform * glyph.transform()).as_coeffs();
            let upright = a > 0.0 && d < 0.0 && b.abs() < 1e-6 && c.abs() < 1e-6;
            self.0.push(Letter { text, x, y, upright });
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
