//! Pages that are there twice, or nearly so: by their words where they have some, else by how they look.

use std::collections::HashMap;

use crate::look::PageContent;

/// Points of a page drawn small, in each direction.
pub(super) const GRID: u16 = 48;

/// Two pages of words are alike if they share this part of all their shingles.
const SAME_WORDS: f64 = 0.95;

/// Two drawings are alike if no point differs by more than [`SAME_POINT`], and all together by no more than this on average.
const SAME_LOOK: f64 = 4.0;
const SAME_POINT: u8 = 80;

/// Drawings whose points differ less than this among themselves show nothing.
const NOTHING: u8 = 16;

/// Scanned paper is lighter than this.
const PAPER: u8 = 170;

/// A page drawn small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look(pub(super) Vec<u8>);

impl Look {
    /// Whether it shows nothing but paper.
    pub(super) fn is_blank(&self) -> bool {
        let (low, high) = (self.0.iter().min(), self.0.iter().max());
        match (low, high) {
            (Some(low), Some(high)) => high - low < NOTHING && *low > 128,
            _ => false,
        }
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
        let points = self
            .0
            .iter()
            .enumerate()
            .filter(|(index, _)| inside(*index));
        let (mut all, mut light) = (0usize, 0usize);
        for (_, point) in points {
            all += 1;
            light += usize::from(*point > PAPER);
        }
        light * 2 > all
    }

    fn is_like(&self, other: &Self) -> bool {
        let differences = || {
            self.0
                .iter()
                .zip(&other.0)
                .map(|(one, other)| one.abs_diff(*other))
        };
        let total: u64 = differences().map(u64::from).sum();
        #[allow(clippy::cast_precision_loss, reason = "a few hundred small numbers")]
        let mean = total as f64 / self.0.len().max(1) as f64;
        mean <= SAME_LOOK && differences().all(|difference| difference <= SAME_POINT)
    }
}

/// Pairs of pages from 0, the first that is like a later one before it. Each later page is named once.
pub(super) fn find<'p>(
    pages: impl IntoIterator<Item = &'p PageContent>,
    looks: &[Option<Look>],
) -> Vec<(usize, usize)> {
    let pages: Vec<&PageContent> = pages.into_iter().collect();
    let mut pairs = Vec::new();
    let mut by_shingle: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut by_picture: HashMap<(u32, i32), usize> = HashMap::new();
    let mut pictures: Vec<usize> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        if !page.shingles.is_empty() {
            pairs.extend(same_words(&pages, index, &by_shingle).map(|first| (first, index)));
            for shingle in sample(page) {
                by_shingle.entry(shingle).or_default().push(index);
            }
            continue;
        }
        if !page.is_picture() {
            continue;
        }
        let object = match page.pictures.as_slice() {
            [only] => only.object,
            _ => None,
        };
        let same = object.and_then(|object| by_picture.get(&object).copied());
        let look = looks.get(index).and_then(Option::as_ref);
        let alike = same.or_else(|| {
            let look = look.filter(|look| !look.is_blank())?;
            let like = |other: &&usize| {
                let other = looks.get(**other).and_then(Option::as_ref);
                other.is_some_and(|other| other.is_like(look))
            };
            pictures.iter().find(like).copied()
        });
        pairs.extend(alike.map(|first| (first, index)));
        if let Some(object) = object {
            by_picture.entry(object).or_insert(index);
        }
        pictures.push(index);
    }
    pairs
}

/// The smallest few shingles: two pages that share nearly all of theirs share one of these.
fn sample(page: &PageContent) -> Vec<u64> {
    let mut shingles: Vec<u64> = page.shingles.iter().copied().collect();
    shingles.sort_unstable();
    shingles.truncate(8);
    shingles
}

fn same_words(
    pages: &[&PageContent],
    index: usize,
    by_shingle: &HashMap<u64, Vec<usize>>,
) -> Option<usize> {
    let page = pages.get(index)?;
    let mut others: Vec<usize> = sample(page)
        .iter()
        .filter_map(|shingle| by_shingle.get(shingle))
        .flatten()
        .copied()
        .collect();
    others.sort_unstable();
    others.dedup();
    others.into_iter().find(|other| {
        pages.get(*other).is_some_and(|other| {
            let shared = page.shingles.intersection(&other.shingles).count();
            let all = page.shingles.len() + other.shingles.len() - shared;
            #[allow(clippy::cast_precision_loss, reason = "words of a page")]
            let part = shared as f64 / all.max(1) as f64;
            part >= SAME_WORDS
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::look::Placed;

    fn words(shingles: impl IntoIterator<Item = u64>) -> PageContent {
        PageContent {
            letters: 500,
            turned: [500, 0, 0, 0],
            pictures: Vec::new(),
            drawn: true,
            shingles: shingles.into_iter().collect(),
            missing_fonts: std::collections::BTreeSet::new(),
            whole: true,
        }
    }

    fn scan(object: u32) -> PageContent {
        PageContent {
            letters: 0,
            pictures: vec![Placed {
                dpi: 200.0,
                share: 1.0,
                area: [0.0, 0.0, 1.0, 1.0],
                object: Some((object, 0)),
            }],
            shingles: HashSet::new(),
            drawn: false,
            ..words([])
        }
    }

    #[test]
    fn the_same_words_are_found_and_others_are_not() {
        let pages = [
            words(0..200),
            words(150..350),
            words(1..201),
            words(0..200),
            words([]),
            words([]),
        ];
        assert_eq!(find(&pages, &[]), [(0, 2), (0, 3)]);
    }

    #[test]
    fn scans_are_compared_by_their_look() {
        let look = |dark: usize, noise: u8| {
            let points = (0..GRID * GRID).map(|point| {
                if usize::from(point) % 7 == dark {
                    60
                } else {
                    240 + noise
                }
            });
            Some(Look(points.collect()))
        };
        let pages = [scan(1), scan(2), scan(3), scan(1)];
        let looks = [look(1, 0), look(2, 0), look(1, 3), None];
        assert_eq!(find(&pages, &looks), [(0, 2), (0, 3)]);
    }

    #[test]
    fn a_dark_picture_is_no_page_of_writing() {
        let side = usize::from(GRID);
        let right_half_dark = Look(
            (0..side * side)
                .map(|index| if index % side < side / 2 { 230 } else { 90 })
                .collect(),
        );
        assert!(right_half_dark.is_paper([0.0, 0.0, 0.6, 1.0]));
        assert!(!right_half_dark.is_paper([0.4, 0.0, 1.0, 1.0]));
    }

    #[test]
    fn paper_is_blank_and_type_is_not() {
        assert!(Look(vec![250, 244, 248]).is_blank());
        assert!(!Look(vec![250, 200, 248]).is_blank());
        assert!(!Look(vec![5, 6, 5]).is_blank());
    }
}
