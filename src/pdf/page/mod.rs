//! What a page shows: every letter, shape and picture with its place, in the order drawn.
//!
//! Read by hayro, which had no part in writing the page. All places are in displayed space (see
//! [`geometry`](crate::model::geometry)): points from the lower left corner of the page as a person sees it.

mod content;
mod digests;
pub(crate) mod edges;
mod fingerprint;
mod fonts;
mod garble;
mod glyphs;
mod inks;
mod layers;
mod likeness;
mod lines;
mod masks;
mod nonvisual_text;
mod notes;
mod open;
mod outline;
mod overlays;
mod plain;
mod points;
mod recorder;
mod render;
mod resources;
mod sampling;
mod shapes;
mod source_page;
mod stencils;
mod stretches;
#[cfg(test)]
pub(crate) mod tests;
mod writing;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent,
    interpret_page,
};
use hayro::hayro_syntax::object::{Dict, Number, Rect as Box4};
use hayro::hayro_syntax::page::{A4, Page, Rotation as Turn};
use hayro::hayro_syntax::xref::XRef;
use hayro::kurbo::{Affine, Rect as Box2};

#[cfg(test)]
pub(crate) use content::Placed;
pub(crate) use content::{Grown, PageContent};
pub(crate) use content::{SAME_WORDS, likeness};
pub(crate) use fingerprint::Fingerprint;
pub(crate) use layers::has_layers;
pub(crate) use layers::without_layers;
pub(crate) use likeness::{Leave, Likeness, Shown};
pub(crate) use lines::{Line, Word, lines};
pub(crate) use nonvisual_text::{FileWords, WordsOf};
pub(crate) use nonvisual_text::{NonvisualWords, Seen};
pub(crate) use notes::{Note, is_icon, notes};
pub(crate) use open::{OpenFile, OpenPage};
pub(crate) use outline::{Clips, Outline};
pub(crate) use overlays::{Overlay, overlays};
pub(crate) use plain::plain;
pub(crate) use points::Tone;
pub(crate) use render::paint;
pub(crate) use render::{DrawCache, Drawing, Thumbnail, draw, fitting};
pub(crate) use resources::ResourceHashes;
pub(crate) use sampling::{Beneath, Grid, Question, Sight};
pub(crate) use source_page::shown;
pub(crate) use stretches::{Stretch, add};
pub(crate) use writing::Writing;

use self::recorder::Recorder;
use crate::model::geometry::{PageBox, Rect, Rotation};

/// A colour as seen on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

/// How a letter is put on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Filled or stroked with one colour.
    Plain(Rgb),
    /// Filled with a pattern or a shading, or in whatever colour a Type 3 font draws itself.
    Pattern,
    /// Not painted (text rendering mode 3 or 7): there to be found and copied, as in the text layer of a scan.
    Invisible,
}

/// One drawn character.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// What it says; empty where the font does not tell.
    pub text: LetterText,
    /// Where its baseline starts.
    pub origin: (f64, f64),
    /// From its origin to that of the next letter.
    pub advance: (f64, f64),
    /// From the baseline to the top of a line, one em long.
    pub up: (f64, f64),
    /// The area that it can cover: from a little under the baseline to its ascent.
    pub extent: Rect,
    /// How it is painted.
    pub ink: Ink,
    /// Whether its font is made of drawings (Type 3), which keep to no box.
    pub drawn: bool,
    /// From 0, not seen, to 1.
    pub opacity: f32,
    /// Whether it stands in a marked artefact (ISO 32000-2, 14.8.2.2), such as a page number.
    pub artefact: bool,
}

/// The text of one letter; a ligature has several characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LetterText {
    /// Not known.
    Unknown,
    /// One character.
    One(char),
    /// Several characters.
    Several(Box<str>),
}

impl LetterText {
    /// Appends the text; what is not known becomes U+FFFD.
    pub fn push_to(&self, text: &mut String) {
        match self {
            Self::Unknown => text.push(char::REPLACEMENT_CHARACTER),
            Self::One(character) => text.push(*character),
            Self::Several(characters) => text.push_str(characters),
        }
    }

    /// Whether nothing would be seen or read.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::One(character) => character.is_whitespace() || *character == '\u{a0}',
            Self::Several(characters) => characters.trim().is_empty(),
        }
    }
}

/// A painted area.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The smallest upright rectangle around it.
    pub extent: Rect,
    /// Which part of that rectangle it covers, from 0 to 1; a line covers nearly nothing.
    pub coverage: f64,
    /// Which points of its extent it covers; lines of less than two points cover none, unless they are upright.
    pub outline: Outline,
    /// Its colour; `None` for patterns and shadings.
    pub colour: Option<Rgb>,
    /// From 0, not seen, to 1; less than 1 too where a blend mode lets through what lies beneath,
    /// which black does not when it is multiplied.
    pub opacity: f32,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The smallest upright rectangle around it.
    pub extent: Rect,
    /// Its own columns and rows.
    pub pixels: (u32, u32),
    /// The length of its bottom edge and of its left edge on the page, in points.
    pub sides: (f64, f64),
    /// The one colour of a picture that has no other, as far as it was looked at.
    pub uniform: Option<Rgb>,
    /// Whether it is a stencil painted with a colour.
    pub stencil: bool,
    /// From 0, not seen, to 1; less than 1 too where a mask lets through what lies beneath.
    pub opacity: f32,
    /// Whether it is shown in one colour, whatever its samples are (`/Decode`, ISO 32000-2, 8.9.5.2).
    pub is_flattened: bool,
    /// What tells its points from those of others.
    pub digest: u64,
    /// The PDF object that holds it; `None` for an inline picture.
    pub object: Option<(u32, i32)>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// A letter.
    Letter(Letter),
    /// A painted area.
    Shape(Shape),
    /// A picture.
    Picture(Picture),
}

/// One thing drawn, cut to where clips let it be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it is.
    pub drawn: Drawn,
    /// The part of its extent that the clips leave; `None` where they leave nothing.
    pub seen: Option<Rect>,
    /// The clips that are more than upright rectangles; `None` where there is none.
    pub clips: Option<Arc<Clips>>,
    /// Whether an annotation draws it.
    pub annotation: bool,
}

impl Mark {
    /// Whether nothing cuts it off at a point of displayed space.
    pub fn is_let_through(&self, point: (f64, f64)) -> bool {
        self.seen.is_some_and(|seen| seen.contains(point))
            && self.clips.as_ref().is_none_or(|clips| clips.let_through(point))
    }
}

/// A page as it shows itself.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Its width and height in points.
    pub size: (f64, f64),
    /// Everything drawn, what is drawn later above what is drawn earlier, annotations last.
    pub marks: Vec<Mark>,
    /// Whether all of it could be understood; if not, something drawn is not among the marks.
    pub whole: bool,
    /// Marked content of the page, with what it shows.
    pub stretches: Vec<Stretch>,
}

impl View {
    /// The whole displayed page.
    pub fn area(&self) -> Rect {
        Rect::new(0.0, 0.0, self.size.0, self.size.1)
    }

    /// The letters, with the mark that each belongs to.
    pub fn letters(&self) -> impl Iterator<Item = (&Mark, &Letter)> {
        self.marks.iter().filter_map(|mark| match &mark.drawn {
            Drawn::Letter(letter) => Some((mark, letter)),
            _ => None,
        })
    }

    /// The pictures, with the mark that each belongs to.
    pub fn pictures(&self) -> impl Iterator<Item = (&Mark, &Picture)> {
        self.marks.iter().filter_map(|mark| match &mark.drawn {
            Drawn::Picture(picture) => Some((mark, picture)),
            _ => None,
        })
    }
}

/// The boxes of a page as the bundle displays it.
pub(crate) fn boxes(page: &Page<'_>) -> PageBox {
    let rect = |rect: Box4| Rect::new(rect.x0, rect.y0, rect.x1, rect.y1);
    // Where nothing states a box, hayro makes one up.
    let [a4, media, crop] = [A4, page.media_box(), page.crop_box()].map(rect);
    let crop =
        stated(page, "CropBox").map_or((crop != media).then_some(crop), |crop| Some(rect(crop)));
    let media =
        stated(page, "MediaBox").map_or((media != a4).then_some(media), |media| Some(rect(media)));
    let rotation = match page.rotation() {
        Turn::None => Rotation::None,
        Turn::Horizontal => Rotation::Quarter,
        Turn::Flipped => Rotation::Half,
        Turn::FlippedHorizontal => Rotation::ThreeQuarters,
    };
    let unit = page.raw().get::<Number>("UserUnit");
    let unit = unit.map_or(1.0, |unit| unit.as_f64());
    PageBox::displayed(media, crop, rotation, unit).0
}

/// No page tree that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// A box of a page or of a node above it.
fn stated(page: &Page<'_>, key: &str) -> Option<Box4> {
    let mut node = page.raw().clone();
    for _ in 0..MAX_DEPTH {
        if let Some(stated) = node.get::<Box4>(key) {
            return Some(stated);
        }
        node = node.get::<Dict<'_>>("Parent")?;
    }
    None
}

/// Fonts and the like, kept from page to page of one file; not to be shared between files or threads.
pub(crate) struct Cache<'a>(InterpreterCache<'a>, ResourceHashes);

impl<'a> Cache<'a> {
    /// Nothing kept yet.
    pub(crate) fn new() -> Self {
        Self(InterpreterCache::new(), ResourceHashes::default())
    }

    /// What the reader itself keeps.
    pub(crate) fn interpreter(&self) -> &InterpreterCache<'a> {
        &self.0
    }

    /// What is known of the resources of its pages.
    pub(crate) fn resources(&self) -> &ResourceHashes {
        &self.1
    }
}

impl Default for Cache<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Looks at a page. A page that stops the reader is empty and not whole.
pub(crate) fn view<'a>(page: &'a Page<'a>, cache: &Cache<'a>) -> View {
    view_with(page, cache, page.xref())
}

/// The same, with the layers that the catalog of some file shows.
fn view_with<'a>(page: &'a Page<'a>, cache: &Cache<'a>, catalog: &'a XRef) -> View {
    let boxes = boxes(page);
    let mut view = View {
        size: boxes.displayed_size(),
        marks: Vec::new(),
        whole: true,
        stretches: Vec::new(),
    };
    for (content, annotation) in [(RenderContent::PAGE, false), (RenderContent::ANNOTATIONS, true)]
    {
        let looked =
            catch_unwind(AssertUnwindSafe(|| record(page, cache, catalog, boxes, content)));
        let Ok((recorder, whole)) = looked else {
            view.whole = false;
            continue;
        };
        view.whole &= whole;
        view.stretches.extend(recorder.stretches.all);
        view.marks.extend(recorder.marks.into_iter().map(|mark| Mark { annotation, ..mark }));
    }
    view
}

/// What a page is read with, and what is set where something on it could not be understood.
fn settings(content: RenderContent) -> (InterpreterSettings, Arc<AtomicBool>) {
    let failed = Arc::new(AtomicBool::new(false));
    let sink = Arc::clone(&failed);
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            // An annotation without a drawing for its state, such as an empty tick box, shows nothing anywhere.
            if !matches!(warning, InterpreterWarning::UnresolvedAnnotationAppearance) {
                sink.store(true, Ordering::Relaxed);
            }
        }),
        render_content: content,
        ..InterpreterSettings::default()
    };
    (settings, failed)
}

fn record<'a>(
    page: &'a Page<'a>,
    cache: &Cache<'a>,
    catalog: &'a XRef,
    boxes: PageBox,
    content: RenderContent,
) -> (Recorder, bool) {
    let (settings, failed) = settings(content);
    let user_to_displayed = Affine::new(boxes.displayed_to_user().0).inverse();
    // What lies outside the page counts as well: it can be copied out of the file.
    let everywhere = Box2::new(-1e6, -1e6, 1e6, 1e6);
    let mut context = Context::new(user_to_displayed, everywhere, &cache.0, catalog, settings);
    let (width, height) = boxes.displayed_size();
    let mut recorder = Recorder::new(Rect::new(0.0, 0.0, width, height));
    recorder.unit = boxes.user_unit;
    interpret_page(page, &mut context, &mut recorder);
    (recorder, !failed.load(Ordering::Relaxed))
}
