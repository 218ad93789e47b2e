//! Paints a page at some points alone, once as it is and once without what each point asks about.

use std::collections::HashMap;
use std::rc::Rc;

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps,
    MaskType, SoftMask, StrokeProps,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Stroke, StrokeOpts, stroke};

use super::Sight;
use super::beneath::{Beneath, Grid, Lookout};
use super::compose::{Tint, byte};
use super::letters::{Asked, Letters};
use super::paints::{Sample, around_stroke, of_picture, tints};
use super::points::Points;
use crate::pdf::page::shapes::has_few_dashes;

/// Printers draw no line thinner than this, in points.
const THINNEST: f64 = 0.25;

/// What a page looks like at points, in the order of painting.
pub(super) struct Sampler<'p> {
    points: &'p Points,
    /// The page, and the groups open on it.
    layers: Vec<Layer>,
    /// The groups open; `None` for one that is painted straight onto what lies beneath it.
    groups: Vec<Option<Group>>,
    clips: Vec<Rc<[bool]>>,
    asked: Option<Asked<'p>>,
    lookout: Option<Lookout<'p>>,
    masks: HashMap<u128, Rc<[f32]>>,
    outlines: HashMap<u128, Rc<BezPath>>,
}

/// Tints of all points.
pub(super) struct Layer {
    whole: Vec<Tint>,
    /// Without what each point asks about.
    without: Vec<Tint>,
}

/// How a group is laid over what lies beneath it.
struct Group {
    opacity: f32,
    mask: Option<Rc<[f32]>>,
    mode: BlendMode,
}

impl<'p> Sampler<'p> {
    pub(super) fn new(points: &'p Points, ground: Tint) -> Self {
        let ground = vec![ground; points.len()];
        Self {
            points,
            layers: vec![Layer { whole: ground.clone(), without: ground }],
            groups: Vec::new(),
            clips: Vec::new(),
            asked: None,
            lookout: None,
            masks: HashMap::new(),
            outlines: HashMap::new(),
        }
    }

    /// On paper, where each point asks about a letter.
    pub(super) fn asking(points: &'p Points, letters: &'p Letters<'p>) -> Self {
        Self { asked: Some(Asked::new(letters)), ..Self::new(points, Tint::PAPER) }
    }

    /// On paper, where each point asks what lies beneath.
    pub(super) fn looking_beneath(points: &'p Points, lookout: Lookout<'p>) -> Self {
        Self { lookout: Some(lookout), ..Self::new(points, Tint::PAPER) }
    }

    /// The page is painted without its annotations.
    pub(super) fn settle_pictures(&mut self) {
        if let (Some(lookout), Some(layer)) = (&mut self.lookout, self.layers.first()) {
            lookout.settle_pictures(layer);
        }
    }

    /// Paints an annotation, and looks at what it hides.
    pub(super) fn cover(&mut self, annotation: Beneath<'_>, paint: impl FnOnce(&mut Self)) {
        let both = self.lookout.as_mut().zip(self.layers.first_mut());
        let lifted = both.map(|(lookout, layer)| lookout.lift(annotation, layer));
        paint(self);
        let both = self.lookout.as_mut().zip(self.layers.first());
        if let (Some((lookout, layer)), Some(lifted)) = (both, lifted) {
            lookout.settle(&lifted, layer);
        }
    }

    /// What was found beneath what was asked about.
    pub(super) fn into_grids(self) -> Vec<Grid> {
        self.lookout.map(Lookout::into_grids).unwrap_or_default()
    }

    /// What is painted so far.
    pub(super) fn tints(&self) -> impl DoubleEndedIterator<Item = &Tint> + ExactSizeIterator {
        self.layers.first().map(|layer| layer.whole.as_slice()).unwrap_or_default().iter()
    }

    /// How the letters asked about are seen on what is painted so far.
    pub(super) fn sights(&self) -> Vec<Sight> {
        let both = self.asked.as_ref().zip(self.layers.first());
        both.map(|(asked, layer)| asked.sights(layer)).unwrap_or_default()
    }

    /// Lays a tint over each of some points.
    pub(super) fn put(
        &mut self,
        painted: impl IntoIterator<Item = (usize, Tint)>,
        mode: BlendMode,
    ) {
        self.put_both(painted.into_iter().map(|(index, tint)| (index, tint, tint)), mode);
    }

    /// The same, with another tint for what each point asks about.
    fn put_both(
        &mut self,
        painted: impl IntoIterator<Item = (usize, Tint, Tint)>,
        mode: BlendMode,
    ) {
        let clip = self.clips.last();
        let Some(layer) = self.layers.last_mut() else { return };
        for (index, tint, other) in painted {
            if clip.is_some_and(|clip| clip.get(index) != Some(&true)) {
                continue;
            }
            let (whole, without) = (layer.whole.get_mut(index), layer.without.get_mut(index));
            let (Some(whole), Some(without)) = (whole, without) else { continue };
            *whole = whole.under(tint, mode);
            let leaves_out = self.asked.as_mut().is_some_and(|asked| asked.leaves_out(index));
            if !leaves_out {
                *without = without.under(other, mode);
            }
        }
    }

    /// What is laid over points: the sample of a picture, and in its place another where a point asks about it.
    fn put_picture(
        &mut self,
        samples: impl Iterator<Item = (usize, Sample)>,
        mask: Option<&[f32]>,
        mode: BlendMode,
    ) {
        let mut lookout = self.lookout.take();
        let clip = self.clips.last();
        let painted: Vec<(usize, Tint, Tint)> = samples
            .map(|(index, sample)| {
                let through = mask.map_or(1.0, |mask| mask.get(index).copied().unwrap_or(0.0));
                let tint = sample.tint().faded(through);
                let is_cut = clip.is_some_and(|clip| clip.get(index) != Some(&true));
                let seen = if is_cut { Tint::CLEAR } else { tint };
                let is_asked = lookout
                    .as_mut()
                    .is_some_and(|lookout| lookout.is_about(index, seen, sample.own()));
                let other = if is_asked { sample.other().faded(through) } else { tint };
                (index, tint, other)
            })
            .collect();
        self.lookout = lookout;
        self.put_both(painted, mode);
    }

    /// Paints the points that an area covers.
    pub(super) fn put_colour(&mut self, colour: [f32; 4], covers: impl Fn(Point) -> bool) {
        let all = (0..self.points.len()).filter(|index| covers(self.points.at(*index)));
        let painted: Vec<_> = all.map(|index| (index, Tint::of(colour))).collect();
        self.put(painted, BlendMode::Normal);
    }

    /// Paints some points, as far as clips and masks let it.
    fn paint(&mut self, covered: &[usize], props: &DrawProps<'_>, is_stroke: bool) {
        if let Some(clip) = self.clips.last()
            && !covered.iter().any(|index| clip.get(*index) == Some(&true))
        {
            return;
        }
        let at: Vec<Point> = covered.iter().map(|index| self.points.at(*index)).collect();
        let tints = tints(&props.paint, is_stroke, &at);
        let mask = self.mask(props.soft_mask.as_ref());
        self.put(masked(covered, tints, mask.as_deref()), props.blend_mode);
    }

    fn fill(&mut self, path: &BezPath, rule: FillRule, props: &DrawProps<'_>) {
        let covered = self.points.inside(path, rule);
        if !covered.is_empty() {
            self.paint(&covered, props, false);
        }
    }

    fn stroke(&mut self, path: &BezPath, line: &StrokeProps, props: &DrawProps<'_>) {
        let scale = props.transform.determinant().abs().sqrt().max(1e-9);
        let width = f64::from(line.line_width).max(THINNEST / scale);
        let reach = around_stroke(path.control_box(), width, f64::from(line.miter_limit));
        let reach = props.transform.transform_rect_bbox(reach);
        if !reach.is_finite() || !self.points.any_within(reach) {
            return;
        }
        let lengths = line.dash_array.iter().copied().map(f64::from);
        let dashes = lengths.filter(|_| has_few_dashes(path, line));
        let style = Stroke::new(width)
            .with_caps(line.line_cap)
            .with_join(line.line_join)
            .with_miter_limit(f64::from(line.miter_limit))
            .with_dashes(f64::from(line.dash_offset), dashes);
        let area = props.transform
            * stroke(path.iter(), &style, &StrokeOpts::default(), 0.05 / scale.max(0.05));
        let covered = self.points.inside(&area, FillRule::NonZero);
        if !covered.is_empty() {
            self.paint(&covered, props, true);
        }
    }

    /// How much a soft mask lets through at each point.
    fn mask(&mut self, mask: Option<&SoftMask<'_>>) -> Option<Rc<[f32]>> {
        let mask = mask?;
        let key = mask.cache_key();
        if let Some(known) = self.masks.get(&key) {
            return Some(Rc::clone(known));
        }
        let levels: Rc<[f32]> = levels(mask, self.points).into();
        self.masks.insert(key, Rc::clone(&levels));
        Some(levels)
    }

    fn glyph<'a>(
        &mut self,
        glyph: &Glyph<'a>,
        place: Affine,
        props: &DrawProps<'a>,
        mode: &DrawMode,
    ) {
        match glyph {
            Glyph::Type3(drawn) => drawn.interpret(self, props.transform, place, &props.paint),
            Glyph::Outline(outline) => {
                let key = outline.identifier().cache_key();
                let known = self.outlines.entry(key);
                let path = Rc::clone(known.or_insert_with(|| Rc::new(outline.outline())));
                match mode {
                    DrawMode::Stroke(line) => self.stroke(&(place * (*path).clone()), line, props),
                    _ => self.fill(
                        &(props.transform * place * (*path).clone()),
                        FillRule::NonZero,
                        props,
                    ),
                }
            }
        }
    }

    fn push_inside(&mut self, inside: &[usize]) {
        let outer = self.clips.last();
        let mut clip = vec![false; self.points.len()];
        for index in inside {
            if let Some(open) = clip.get_mut(*index) {
                *open = outer.is_none_or(|outer| outer.get(*index) == Some(&true));
            }
        }
        self.clips.push(clip.into());
    }
}

impl Layer {
    /// How far a point looks otherwise without what it asks about.
    pub(super) fn difference(&self, point: usize) -> f32 {
        let both = self.whole.get(point).zip(self.without.get(point));
        both.map_or(0.0, |(whole, without)| whole.distance(*without))
    }

    /// What a point looks like.
    pub(super) fn whole(&self, point: usize) -> Tint {
        self.whole.get(point).copied().unwrap_or(Tint::CLEAR)
    }

    /// Makes a point look otherwise without what it asks about; how it looks.
    pub(super) fn shift(&mut self, point: usize) -> Tint {
        let whole = self.whole(point);
        if let Some(without) = self.without.get_mut(point) {
            *without = whole.shifted();
        }
        whole
    }
}

/// Tints with what a mask lets through of them.
fn masked<'m>(
    covered: &'m [usize],
    tints: Vec<Tint>,
    mask: Option<&'m [f32]>,
) -> impl Iterator<Item = (usize, Tint)> + 'm {
    covered.iter().zip(tints).map(move |(index, tint)| {
        let through = mask.map_or(1.0, |mask| mask.get(*index).copied().unwrap_or(0.0));
        (*index, tint.faded(through))
    })
}

fn levels(mask: &SoftMask<'_>, points: &Points) -> Vec<f32> {
    let is_light = mask.mask_type() == MaskType::Luminosity;
    let ground = mask.background_color().to_rgba().to_rgba8();
    let ground = Tint::of(ground.map(|part| f32::from(part) / 255.0));
    let mut sampler = Sampler::new(points, if is_light { ground } else { Tint::CLEAR });
    mask.interpret(&mut sampler);
    let levels = sampler.tints();
    let mut levels: Vec<f32> =
        levels.map(|tint| if is_light { tint.luminosity() } else { tint.alpha() }).collect();
    if let Some(transfer) = mask.transfer_function() {
        let mut bytes: Vec<u8> = levels.iter().map(|level| byte(*level)).collect();
        transfer.apply_to(&mut bytes);
        levels = bytes.iter().map(|byte| f32::from(*byte) / 255.0).collect();
    }
    levels
}

impl<'a> Device<'a> for Sampler<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let may_touch = |area: Rect, points: &Points| {
            let area = props.transform.transform_rect_bbox(area);
            area.is_finite() && points.any_within(area)
        };
        match mode {
            DrawMode::Invisible => {}
            DrawMode::Stroke(line) => self.stroke(path, line, &props),
            DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) => {
                if may_touch(path.control_box(), self.points) {
                    self.fill(&(props.transform * path.clone()), *rule, &props);
                }
                if let DrawMode::FillAndStroke(_, line) = mode {
                    self.stroke(path, line, &props);
                }
            }
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let inside = self.points.inside(&clip.path, clip.fill);
        self.push_inside(&inside);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let inside: Vec<usize> = self.points.within(*rect).map(|(index, _)| index).collect();
        self.push_inside(&inside);
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        mode: BlendMode,
    ) {
        // Of groups that are not isolated, blend modes within reach what lies beneath; readers are not told which are.
        if opacity >= 1.0 && mask.is_none() && mode == BlendMode::Normal {
            self.groups.push(None);
            return;
        }
        let mask = self.mask(mask.as_ref());
        self.groups.push(Some(Group { opacity, mask, mode }));
        let clear = vec![Tint::CLEAR; self.points.len()];
        self.layers.push(Layer { whole: clear.clone(), without: clear });
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            let place = glyph.transform();
            let asked = self.asked.as_mut();
            let is_outer = asked.is_some_and(|asked| asked.begin(glyph, props.transform * place));
            self.glyph(glyph, place, &props, mode);
            if let Some(asked) = self.asked.as_mut().filter(|_| is_outer) {
                asked.end(self.layers.last());
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if props.transform.determinant().abs() < 1e-12 {
            return;
        }
        let whole = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let to_own = props.transform.inverse();
        let is_all_asked =
            self.lookout.as_mut().is_some_and(|lookout| lookout.begin(&image, &props));
        let clip = self.clips.last().filter(|_| !is_all_asked);
        let extent = props.transform.transform_rect_bbox(whole);
        let inside = self.points.within(extent);
        let inside =
            inside.filter(|(index, _)| clip.is_none_or(|clip| clip.get(*index) == Some(&true)));
        let inside = inside.map(|(index, point)| (index, point, to_own * point));
        let inside: Vec<_> = inside.filter(|(_, _, own)| whole.contains(*own)).collect();
        if inside.is_empty() {
            return;
        }
        let covered: Vec<usize> = inside.iter().map(|(index, ..)| *index).collect();
        let at: Vec<Point> = inside.iter().map(|(_, point, _)| *point).collect();
        let own: Vec<Point> = inside.iter().map(|(.., own)| *own).collect();
        let samples = covered.into_iter().zip(of_picture(&image, &own, &at));
        let mask = self.mask(props.soft_mask.as_ref());
        self.put_picture(samples, mask.as_deref(), props.blend_mode);
        if let Some(lookout) = &mut self.lookout {
            lookout.end();
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        let Some(group) = self.groups.pop().flatten() else { return };
        let Some(layer) = self.layers.pop() else { return };
        let Some(below) = self.layers.last_mut() else { return };
        let faded = |tints: Vec<Tint>, below: &mut [Tint]| {
            for (index, (tint, below)) in tints.into_iter().zip(below).enumerate() {
                let mask = group.mask.as_deref();
                let through = mask.map_or(1.0, |mask| mask.get(index).copied().unwrap_or(0.0));
                if tint.alpha() > 0.0 {
                    *below = below.under(tint.faded(through * group.opacity), group.mode);
                }
            }
        };
        faded(layer.whole, &mut below.whole);
        faded(layer.without, &mut below.without);
    }
}
