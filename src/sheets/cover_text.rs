//! What the cover says, wrapped into lines at a given size.

use super::canvas::{LEFT, Palette, RIGHT};
use super::fonts::Face;
use super::text::{Run, Style};
use super::words::{and_others, court_heading, page_count, words};
use super::{Cover, FrontError, Setting};

/// The room between two columns of names.
pub(super) const GUTTER: f32 = 28.0;
/// The whole width.
const FULL: f32 = RIGHT - LEFT;
/// The width of centred texts, a little less than the rules around them.
const CENTRED: f32 = FULL - 20.0;

/// How the cover is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct CoverFit {
    pub(super) scale: f32,
    /// The defendants stand in one or in two columns.
    pub(super) columns: usize,
    /// How many defendants are named.
    pub(super) named: usize,
    /// How many lines any one text may have, and how many texts a list.
    pub(super) lines: usize,
}

/// Something that takes up height in the middle of the cover.
pub(super) enum Block {
    Gap(f32),
    Lines(Vec<Run>),
    /// A pair of rules, as round the title of a court document; the thick one outside.
    RuleAbove,
    RuleBelow,
    /// Names side by side, and the width of a column.
    Pairs(Vec<[Vec<Run>; 2]>, f32),
}

/// All that stands on the cover.
pub(super) struct Layout {
    pub(super) court: Vec<Run>,
    pub(super) numbers: Vec<Run>,
    pub(super) middle: Vec<Block>,
    pub(super) notes: Vec<Run>,
    pub(super) foot: Vec<Run>,
}

impl CoverFit {
    fn style(self, face: Face, size: f32, ink: Palette) -> Result<Style, FrontError> {
        Style::new(face, (size * self.scale).max(8.0), ink)
    }

    fn gap(self, height: f32) -> Block {
        Block::Gap(height * self.scale)
    }

    /// Texts one below another. Those left out show as an ellipsis.
    fn list(self, texts: &[String], style: Style, width: f32) -> Vec<Run> {
        let shown = texts.iter().take(self.lines);
        let lines = shown.flat_map(|text| style.wrap_most(text, width, self.lines));
        let rest = texts.len() > self.lines;
        lines.chain(rest.then(|| style.run("…"))).collect()
    }
}

/// Wraps everything that the cover says.
pub(super) fn set(cover: &Cover, setting: &Setting, fit: CoverFit) -> Result<Layout, FrontError> {
    let court = fit.style(Face::Bold, 14.5, Palette::Text)?;
    let court = cover.court.as_deref().map(|text| {
        let heading = court_heading(text);
        court.wrap_most(&heading, FULL * 0.56, fit.lines)
    });
    let note = fit.style(Face::Regular, 11.0, Palette::Text)?;
    let foot = fit.style(Face::Regular, 11.5, Palette::Text)?;
    Ok(Layout {
        court: court.unwrap_or_default(),
        numbers: numbers(cover, setting, fit)?,
        middle: middle(cover, setting, fit)?,
        notes: fit.list(&cover.notes, note, FULL - 2.0 * GUTTER),
        foot: foot.wrap_most(&foot_text(cover, setting), FULL, fit.lines),
    })
}

fn numbers(cover: &Cover, setting: &Setting, fit: CoverFit) -> Result<Vec<Run>, FrontError> {
    let words = words(setting.language);
    let style = fit.style(Face::Regular, 11.5, Palette::Text)?;
    let numbers = [(words.case_number, &cover.court_case_number), (words.urn, &cover.urn)];
    let set = numbers.into_iter().filter_map(|(label, value)| {
        let text = format!("{label}: {}", value.as_ref()?);
        Some(style.fit(&text, FULL * 0.4))
    });
    Ok(set.collect())
}

fn foot_text(cover: &Cover, setting: &Setting) -> String {
    let pages = page_count(cover.pages, setting.language);
    let Some(version) = &cover.version else {
        return pages;
    };
    // A version that calls itself `Version 2` is not announced twice.
    let word = words(setting.language).version;
    if version.to_lowercase().starts_with(&word.to_lowercase()) {
        format!("{version} · {pages}")
    } else {
        format!("{word} {version} · {pages}")
    }
}

fn middle(cover: &Cover, setting: &Setting, fit: CoverFit) -> Result<Vec<Block>, FrontError> {
    let title = fit.style(Face::Bold, 30.0, Palette::Text)?;
    let mut blocks = vec![Block::Lines(title.wrap_most(&cover.title, CENTRED, fit.lines))];
    if !cover.defendants.is_empty() {
        blocks.push(fit.gap(26.0));
        blocks.extend(defendants(cover, setting, fit)?);
    }
    let bundle = fit.style(Face::Bold, 24.0, Palette::Accent)?;
    let bundle = bundle.wrap_most(&cover.bundle, CENTRED, fit.lines);
    blocks.extend([
        fit.gap(40.0),
        Block::RuleAbove,
        fit.gap(13.0),
        Block::Lines(bundle),
        fit.gap(13.0),
        Block::RuleBelow,
    ]);
    if !cover.hearing.is_empty() {
        let hearing = fit.style(Face::Regular, 14.0, Palette::Text)?;
        blocks.push(fit.gap(26.0));
        blocks.push(Block::Lines(fit.list(&cover.hearing, hearing, CENTRED)));
    }
    Ok(blocks)
}

fn defendants(cover: &Cover, setting: &Setting, fit: CoverFit) -> Result<Vec<Block>, FrontError> {
    let words = words(setting.language);
    let label = match cover.defendants.len() {
        1 => words.defendant,
        _ => words.defendants,
    };
    let quiet = fit.style(Face::Regular, 11.0, Palette::Quiet)?;
    let style = fit.style(Face::Regular, 14.5, Palette::Text)?;
    let names = cover.defendants.get(..fit.named).unwrap_or_default();
    let mut blocks = vec![Block::Lines(vec![quiet.run(label)]), fit.gap(3.0)];
    if fit.columns == 2 && names.len() > 1 {
        blocks.push(pairs(names, style, fit));
    } else {
        let lines = names.iter().flat_map(|name| style.wrap_most(name, CENTRED, fit.lines));
        blocks.push(Block::Lines(lines.collect()));
    }
    let others = cover.defendants.len() - names.len();
    if others > 0 {
        let others = style.run(&and_others(others, setting.language));
        blocks.push(Block::Lines(vec![others]));
    }
    Ok(blocks)
}

/// Names in two columns, read down the first and then down the second.
fn pairs(names: &[String], style: Style, fit: CoverFit) -> Block {
    let half = (FULL - GUTTER) / 2.0;
    let set: Vec<_> = names.iter().map(|name| style.wrap_most(name, half, fit.lines)).collect();
    let (left, right) = set.split_at(set.len().div_ceil(2));
    let pairs = left.iter().enumerate().map(|(at, name)| {
        let beside = right.get(at).cloned().unwrap_or_default();
        [name.clone(), beside]
    });
    let widest = set.iter().flatten().map(|run| run.width);
    Block::Pairs(pairs.collect(), widest.fold(0.0, f32::max))
}
