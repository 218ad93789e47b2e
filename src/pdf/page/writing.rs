//! What the ink of a picture looks like where a word is said to stand.

use hayro::kurbo::{Affine, Point};

use super::points::Samples;
use crate::model::geometry::Rect;

/// Rows in which the ink is looked at.
const ROWS: usize = 24;

/// Columns at the most.
const MAX_COLUMNS: usize = 1_000;

/// The row that so many in a hundred have fewer strokes than: text layers stand a little above or below the ink.
const FEW: usize = 85;

/// So many in a hundred of the points may be dirt.
const DIRT: usize = 1;

/// The ink within an area: what is darker than half way between dark and light, or lighter where most of it is dark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Writing {
    /// How far light and dark lie apart, from 0 to 255.
    pub(crate) contrast: u8,
    /// How much the rows differ in ink: their standard deviation over their mean. Words have more between the lines of
    /// their small letters than above and below; hatchings, noise and scribble have the same everywhere.
    pub(crate) unevenness: f64,
    /// How many strokes cross a row where they are many.
    pub(crate) strokes: f64,
    /// Which part of the width there is ink in, from the first to the last.
    pub(crate) span: f64,
}

/// The ink of one picture in an upright area of displayed space; `None` where the picture is not all over it.
pub(super) fn writing(samples: &Samples<'_>, to_image: Affine, area: Rect) -> Option<Writing> {
    let values = values(samples, to_image, area)?;
    let (dark, light) = ends(&values)?;
    let middle = dark.midpoint(light);
    let dark_ones = values.iter().flatten().filter(|value| **value < middle).count();
    let is_reversed = 2 * dark_ones > values.iter().map(Vec::len).sum();
    let ink: Vec<Vec<bool>> = values
        .iter()
        .map(|row| row.iter().map(|value| (*value < middle) != is_reversed).collect())
        .collect();
    Some(Writing {
        contrast: light.saturating_sub(dark),
        unevenness: unevenness(&ink),
        strokes: strokes(&ink),
        span: span(&ink),
    })
}

/// The shades of an area row by row.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "kept to few rows and columns"
)]
fn values(samples: &Samples<'_>, to_image: Affine, area: Rect) -> Option<Vec<Vec<u8>>> {
    let columns = (ROWS as f64 * area.width() / area.height().max(0.1)).ceil();
    let columns = columns.clamp(1.0, MAX_COLUMNS as f64) as usize;
    let part = |at: usize, of: usize| (at as f64 + 0.5) / of as f64;
    let row = |row: usize| {
        let y = area.bottom + part(row, ROWS) * area.height();
        let points =
            (0..columns).map(|at| Point::new(area.left + part(at, columns) * area.width(), y));
        points.map(|point| samples.at(to_image * point)).collect::<Option<Vec<u8>>>()
    };
    (0..ROWS).map(row).collect()
}

/// The darkest and the lightest shade, dirt left aside.
fn ends(values: &[Vec<u8>]) -> Option<(u8, u8)> {
    let mut all: Vec<u8> = values.iter().flatten().copied().collect();
    all.sort_unstable();
    let dirt = all.len() * DIRT / 100;
    Some((*all.get(dirt)?, *all.iter().rev().nth(dirt)?))
}

#[allow(clippy::cast_precision_loss, reason = "few rows and columns")]
fn unevenness(ink: &[Vec<bool>]) -> f64 {
    let shares: Vec<f64> =
        ink.iter().map(|row| row.iter().filter(|ink| **ink).count() as f64).collect();
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    let spread = shares.iter().map(|share| (share - mean) * (share - mean)).sum::<f64>();
    let deviation = (spread / shares.len().max(1) as f64).sqrt();
    if mean > 0.0 { deviation / mean } else { 0.0 }
}

/// The number of strokes that few rows exceed.
#[allow(clippy::cast_precision_loss, reason = "few rows and columns")]
fn strokes(ink: &[Vec<bool>]) -> f64 {
    let changes =
        |row: &Vec<bool>| row.windows(2).filter(|pair| pair.first() != pair.last()).count();
    let mut counts: Vec<usize> = ink.iter().map(changes).collect();
    counts.sort_unstable();
    counts.get(counts.len() * FEW / 100).map_or(0.0, |changes| *changes as f64 / 2.0)
}

#[allow(clippy::cast_precision_loss, reason = "few rows and columns")]
fn span(ink: &[Vec<bool>]) -> f64 {
    let columns = ink.first().map_or(0, Vec::len);
    let has_ink = |column: &usize| ink.iter().any(|row| row.get(*column) == Some(&true));
    let first = (0..columns).find(has_ink);
    let last = (0..columns).rev().find(has_ink);
    first.zip(last).map_or(0.0, |(first, last)| (last + 1 - first) as f64 / columns as f64)
}
