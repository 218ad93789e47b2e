//! Pages that are there twice, or nearly so: by their words where they have some, else by how they look.

use std::collections::HashMap;

use super::alike::Alike;
use crate::model::geometry::Rect;
use crate::pdf::page::edges::Coarse;
use crate::pdf::page::{Grown, PageContent};

/// Points of a page drawn small, in each direction.
pub(super) const GRID: u16 = 64;

/// Two drawings are alike if what is left of them without their rows and columns, which all typed pages have in common, goes
/// together so far (1 is the same).
const SAME_LOOK: f32 = 0.85;

/// Drawings with less than this left, on average, are told apart by their points.
const PLAIN: f32 = 2.0;

/// Drawings whose points differ less than this among themselves show nothing.
const NOTHING: u8 = 16;

/// Scanned paper is lighter than this.
const PAPER: u8 = 170;

/// No frame of a number is further from it, in points.
const FRAME: f64 = 12.0;

/// A page drawn small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thumbprint(pub(super) Vec<u8>);

impl Thumbprint {
    /// Whether it shows nothing but paper.
    pub(super) fn is_blank(&self) -> bool {
        let (low, high) = (self.0.iter().min(), self.0.iter().max());
        match (low, high) {
            (Some(low), Some(high)) => high - low < NOTHING && *low > 128,
            _ => false,
        }
    }

    /// The same with paper in the place of the numbers of the page and of what frames them.
    pub(super) fn without(mut self, numbers: &[Rect], (width, height): (f64, f64)) -> Self {
        let grid = f64::from(GRID);
        let columns = usize::from(GRID);
        let is_number = |index: usize| {
            #[allow(clippy::cast_precision_loss, reason = "positions in a small grid")]
            let (x, y) = ((index % columns) as f64, (index / columns) as f64);
            let cell = Rect::new(
                x / grid * width - FRAME,
                height - (y + 1.0) / grid * height - FRAME,
                (x + 1.0) / grid * width + FRAME,
                height - y / grid * height + FRAME,
            );
            numbers.iter().any(|number| number.intersection(cell).is_some())
        };
        let (own, numbers): (Vec<usize>, Vec<usize>) =
            (0..self.0.len()).partition(|index| !is_number(*index));
        let mut levels: Vec<u8> =
            own.iter().filter_map(|index| self.0.get(*index)).copied().collect();
        levels.sort_unstable();
        // Most of a page is paper, and what stands beneath a number is, too.
        let paper = levels.get(levels.len() * 3 / 4).copied().unwrap_or(u8::MAX);
        for index in numbers {
            if let Some(level) = self.0.get_mut(index) {
                *level = paper;
            }
        }
        self
    }

    /// The same on a page that has grown.
    pub(super) fn onto(&self, grown: Grown) -> Self {
        let Some(back) = grown.matrix.inverse() else {
            return self.clone();
        };
        let side = f64::from(GRID);
        let cells = (0..GRID).flat_map(|y| (0..GRID).map(move |x| (f64::from(x), f64::from(y))));
        let levels = cells.map(|(x, y)| {
            let (x, y) = ((x + 0.5) / side, 1.0 - (y + 0.5) / side);
            let (x, y) = back.apply(x * grown.after.0, y * grown.after.1);
            let (x, y) = (x / grown.before.0 * side, (1.0 - y / grown.before.1) * side);
            let is_inside = (0.0..side).contains(&x) && (0.0..side).contains(&y);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "positions in a small grid"
            )]
            let index = y.max(0.0) as usize * usize::from(GRID) + x.max(0.0) as usize;
            let level = self.0.get(index).filter(|_| is_inside);
            level.copied().unwrap_or(u8::MAX)
        });
        Self(levels.collect())
    }

    /// Whether a part of it is light with something darker on it, as written paper is and a photograph
    /// seldom. `area` is in parts of its width and height: left, top, right, bottom.
    pub(super) fn is_paper(&self, area: [f64; 4]) -> bool {
        let [left, top, right, bottom] = area.map(|part| part * f64::from(GRID));
        let inside = |index: usize| {
            let grid = usize::from(GRID);
            #[allow(clippy::cast_precision_loss, reason = "positions in a small grid")]
            let (x, y) = ((index % grid) as f64 + 0.5, (index / grid) as f64 + 0.5);
            (left..right).contains(&x) && (top..bottom).contains(&y)
        };
        let points = self.0.iter().enumerate().filter(|(index, _)| inside(*index));
        let (mut all, mut light) = (0usize, 0usize);
        for (_, point) in points {
            all += 1;
            light += usize::from(*point > PAPER);
        }
        light * 2 > all
    }

    /// A page that shows nothing but a scan, in the middle of white paper.
    pub(super) fn of_scan(scan: &Coarse, place: Rect, page: (f64, f64)) -> Self {
        let grid = f64::from(GRID);
        let points = (0..GRID).flat_map(|y| (0..GRID).map(move |x| (f64::from(x), f64::from(y))));
        let levels = points.map(|(x, y)| {
            let (width, height) = page;
            let cell = Rect::new(
                x / grid * width,
                height - (y + 1.0) / grid * height,
                (x + 1.0) / grid * width,
                height - y / grid * height,
            );
            mean_of_scan(scan, place, cell)
        });
        Self(levels.collect())
    }

    /// What is left without the mean of each row and of each column, scaled to length 1; nothing where too little is left.
    fn texture(&self) -> Vec<f32> {
        let side = usize::from(GRID);
        let mut points: Vec<f32> = self.0.iter().map(|point| f32::from(*point)).collect();
        if points.len() != side * side {
            return Vec::new();
        }
        #[allow(clippy::cast_precision_loss, reason = "64")]
        let length = side as f32;
        for row in points.chunks_mut(side) {
            let mean = row.iter().sum::<f32>() / length;
            row.iter_mut().for_each(|point| *point -= mean);
        }
        for column in 0..side {
            let mean = points.iter().skip(column).step_by(side).sum::<f32>() / length;
            let of_column = points.iter_mut().skip(column).step_by(side);
            of_column.for_each(|point| *point -= mean);
        }
        let norm = points.iter().map(|point| point * point).sum::<f32>().sqrt();
        if norm < PLAIN * length {
            return Vec::new();
        }
        points.iter_mut().for_each(|point| *point /= norm);
        points
    }
}

/// How bright a cell of a page is on average, of which a scan may cover a part.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut to the size of the scan"
)]
fn mean_of_scan(scan: &Coarse, place: Rect, cell: Rect) -> u8 {
    let Some(part) = place.intersection(cell) else {
        return u8::MAX;
    };
    let (across, down) = (f64::from(scan.columns), f64::from(scan.rows));
    let column = |x: f64| ((x - place.left) / place.width() * across).clamp(0.0, across);
    let row = |y: f64| ((place.top - y) / place.height() * down).clamp(0.0, down);
    let columns = column(part.left) as u32..(column(part.right).ceil() as u32).max(1);
    let rows = row(part.top) as u32..(row(part.bottom).ceil() as u32).max(1);
    let (mut sum, mut count) = (0u32, 0u32);
    for y in rows {
        let line = (y * scan.columns) as usize;
        let from = line + columns.start as usize;
        let levels = scan.levels.get(from..line + columns.end as usize);
        for level in levels.unwrap_or_default() {
            sum += u32::from(*level);
            count += 1;
        }
    }
    sum.checked_div(count).and_then(|mean| u8::try_from(mean).ok()).unwrap_or(u8::MAX)
}

/// What is left of a drawing without its rows and columns, of length 1; empty where too little is left.
struct Texture {
    points: Vec<f32>,
    /// The length of what follows each part.
    rests: Vec<f32>,
}

/// So many points are compared before it is asked whether the others can make a difference.
const PART: usize = 512;

impl Texture {
    fn new(points: Vec<f32>) -> Self {
        let parts = points.chunks(PART).rev();
        let mut rest = 0.0_f32;
        let mut rests: Vec<f32> = parts
            .map(|part| {
                let length = rest.sqrt();
                rest += part.iter().map(|point| point * point).sum::<f32>();
                length
            })
            .collect();
        rests.reverse();
        Self { points, rests }
    }

    /// Whether two textures are of one picture. What is left cannot add more to their product than the product of its
    /// lengths, and most pairs are given up after a quarter.
    fn is_like(&self, other: &Self) -> bool {
        let parts = self.points.chunks(PART).zip(other.points.chunks(PART));
        let rests = self.rests.iter().zip(&other.rests);
        let mut sum = 0.0;
        for ((one, other), (one_rest, other_rest)) in parts.zip(rests) {
            sum += product(one, other);
            if sum + one_rest * other_rest < SAME_LOOK {
                return false;
            }
        }
        sum >= SAME_LOOK
    }
}

/// The scalar product, as many sums side by side: one sum alone would wait for each of its steps.
fn product(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0; 32];
    let (ones, others) = (one.as_chunks::<32>().0, other.as_chunks::<32>().0);
    for (one, other) in ones.iter().zip(others) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

/// Pairs of pages from 0, the first that is like a later one before it. Each later page is named once.
pub(super) fn find<'p>(
    pages: impl IntoIterator<Item = &'p PageContent>,
    looks: &[Option<Thumbprint>],
) -> Vec<(usize, usize)> {
    let pages: Vec<&PageContent> = pages.into_iter().collect();
    let mut pairs = Vec::new();
    let alike = Alike::new(&pages);
    let mut by_picture: HashMap<u64, usize> = HashMap::new();
    let mut pictures: Vec<(usize, Texture)> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        if !page.shingles.is_empty() {
            pairs.extend(alike.before(index).map(|first| (first, index)));
            continue;
        }
        if !page.is_picture() {
            continue;
        }
        let data = match page.pictures.as_slice() {
            [only] => only.data,
            _ => None,
        };
        let same = data.and_then(|data| by_picture.get(&data).copied());
        let look = looks.get(index).and_then(Option::as_ref);
        let texture =
            look.filter(|look| !look.is_blank()).map_or_else(Vec::new, Thumbprint::texture);
        let texture = Texture::new(texture);
        let like = same.or_else(|| {
            let is_like = |(_, other): &&(usize, Texture)| texture.is_like(other);
            pictures.iter().find(is_like).map(|(index, _)| *index)
        });
        pairs.extend(like.map(|first| (first, index)));
        if let Some(data) = data {
            by_picture.entry(data).or_insert(index);
        }
        pictures.push((index, texture));
    }
    pairs
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::pdf::page::Placed;

    pub(in crate::verify) fn words(shingles: impl IntoIterator<Item = u32>) -> PageContent {
        let mut shingles: Vec<u32> = shingles.into_iter().collect();
        shingles.sort_unstable();
        PageContent {
            letters: 500,
            turned: [500, 0, 0, 0],
            pictures: Vec::new(),
            drawn: true,
            shingles,
            words: Box::default(),
            garbled: false,
            missing_fonts: Box::default(),
            whole: true,
        }
    }

    fn scan(data: u64) -> PageContent {
        PageContent {
            letters: 0,
            pictures: vec![Placed {
                dpi: 200.0,
                share: 1.0,
                area: [0.0, 0.0, 1.0, 1.0],
                data: Some(data),
            }],
            shingles: Vec::new(),
            drawn: false,
            ..words([])
        }
    }

    #[test]
    fn the_same_words_are_found_and_others_are_not() {
        let pages =
            [words(0..200), words(150..350), words(1..201), words(0..200), words([]), words([])];
        assert_eq!(find(&pages, &[]), [(0, 2), (0, 3)]);
    }

    #[test]
    fn scans_are_compared_by_their_look() {
        // Lines of words: the same lines, other words.
        let look = |words: usize, noise: u8| {
            let side = usize::from(GRID);
            let points = (0..side * side).map(|index| {
                let (x, y) = (index % side, index / side);
                let word = (x * 7 + y * words * 13 + x * y) % 11 < 6;
                let ink = if y % 3 == 0 && word { 90 } else { 0 };
                240 - ink + noise * u8::from(index % 5 == 0)
            });
            Some(Thumbprint(points.collect()))
        };
        let pages = [scan(1), scan(2), scan(3), scan(1)];
        let looks = [look(1, 0), look(2, 0), look(1, 9), None];
        assert_eq!(find(&pages, &looks), [(0, 2), (0, 3)]);
    }

    #[test]
    fn a_dark_picture_is_no_page_of_writing() {
        let side = usize::from(GRID);
        let right_half_dark = Thumbprint(
            (0..side * side).map(|index| if index % side < side / 2 { 230 } else { 90 }).collect(),
        );
        assert!(right_half_dark.is_paper([0.0, 0.0, 0.6, 1.0]));
        assert!(!right_half_dark.is_paper([0.4, 0.0, 1.0, 1.0]));
    }

    #[test]
    fn paper_is_blank_and_type_is_not() {
        assert!(Thumbprint(vec![250, 244, 248]).is_blank());
        assert!(!Thumbprint(vec![250, 200, 248]).is_blank());
        assert!(!Thumbprint(vec![5, 6, 5]).is_blank());
    }
}
