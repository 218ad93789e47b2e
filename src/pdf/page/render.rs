//! Pages drawn small: to tell whether two look alike, and to show one to a person.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};

use super::boxes;
use super::edges::LastScan;

/// Fonts and pictures kept from page to page of one file; not to be shared between files or threads.
pub(crate) struct DrawCache<'a> {
    render: RenderCache<'a>,
    scan: LastScan,
}

impl DrawCache<'_> {
    /// Nothing kept yet.
    pub(crate) fn new() -> Self {
        Self { render: RenderCache::new(), scan: LastScan::default() }
    }

    /// The last scan that was read as a whole.
    pub(crate) fn last_scan(&self) -> &LastScan {
        &self.scan
    }
}

impl Default for DrawCache<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// A page drawn on white.
#[derive(Debug, Clone)]
pub(crate) struct Drawing(Pixmap);

/// Draws a page into so many points; `None` where it cannot be drawn.
pub(crate) fn draw<'a>(
    page: &'a Page<'a>,
    cache: &DrawCache<'a>,
    (width, height): (u16, u16),
) -> Option<Drawing> {
    let boxes = boxes(page);
    let (page_width, page_height) = boxes.displayed_size();
    if !(page_width > 0.0 && page_height > 0.0 && width > 0 && height > 0) {
        return None;
    }
    let (x, y) = (f64::from(width) / page_width, f64::from(height) / page_height);
    let to_points = Affine::new([x, 0.0, 0.0, -y, 0.0, f64::from(height)]);
    let transform = to_points * Affine::new(boxes.displayed_to_user().0).inverse();
    let settings = InterpreterSettings::default();
    let pixmap = catch_unwind(AssertUnwindSafe(|| {
        paint(page, &cache.render, &settings, transform, (width, height))
    }))
    .ok()?;
    Some(Drawing(pixmap))
}

/// Draws on white what a transform brings into so many points.
pub(crate) fn paint<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    settings: &InterpreterSettings,
    transform: Affine,
    (width, height): (u16, u16),
) -> Pixmap {
    let mut context = RenderContext::new(width, height);
    let look = RenderSettings::default();
    render_into(page, cache, settings, &look, &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    context.render_with(
        &mut pixmap,
        &mut Resources::default(),
        RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() },
    );
    pixmap
}

/// The size in points of a drawing of a page that is no wider or higher than `longest`.
pub(crate) fn fitting(page: &Page<'_>, longest: u16) -> (u16, u16) {
    let (width, height) = boxes(page).displayed_size();
    let scale = f64::from(longest) / width.max(height).max(1.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no more than `longest`"
    )]
    let side = |length: f64| (length * scale).round().max(1.0) as u16;
    (side(width), side(height))
}

/// A small picture of a page, as a PNG, with its size in points of the screen.
pub struct Thumbnail {
    /// The PNG.
    pub png: Vec<u8>,
    /// Its width.
    pub width: u16,
    /// Its height.
    pub height: u16,
}

impl Drawing {
    /// Width and height in points.
    pub(crate) fn size(&self) -> (u16, u16) {
        (self.0.width(), self.0.height())
    }

    /// How bright each point is, in rows from the top.
    pub(crate) fn grey(&self) -> Vec<u8> {
        let points = self.0.data().iter();
        points
            .map(|point| {
                let [red, green, blue] = [point.r, point.g, point.b].map(u32::from);
                u8::try_from((299 * red + 587 * green + 114 * blue) / 1000).unwrap_or(u8::MAX)
            })
            .collect()
    }

    /// The drawing as a PNG; `None` where it cannot be written.
    pub(crate) fn into_png(self) -> Option<Vec<u8>> {
        self.0.into_png().ok()
    }
}
