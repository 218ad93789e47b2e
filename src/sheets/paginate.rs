//! Which rows of the index stand on which page: pure arithmetic, so that the pages can be
//! counted before their numbers are known.

use std::ops::Range;

/// How high a row is.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowHeight {
    /// Whether it is a heading, which stays with the row below it.
    pub(super) heading: bool,
    /// The number of its lines.
    pub(super) lines: usize,
    /// The height of a line.
    pub(super) leading: f32,
    /// The space above and below the lines together.
    pub(super) padding: f32,
}

impl RowHeight {
    fn of(self, lines: usize) -> f32 {
        self.padding + self.leading * lines as f32
    }

    fn whole(self) -> f32 {
        self.of(self.lines)
    }
}

/// The room for rows on the first page and on the others: top and bottom.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeArea {
    pub(super) first_top: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// A row, or a part of one, where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowSlice {
    pub(super) row: usize,
    pub(super) page: usize,
    pub(super) top: f32,
    pub(super) bottom: f32,
    pub(super) lines: Range<usize>,
}

/// The fewest lines of a broken row at the foot of a page.
const MIN: usize = 3;

struct Filling {
    room: TypeArea,
    pieces: Vec<RowSlice>,
    page: usize,
    at: f32,
    /// Whether a document stands on the page already.
    begun: bool,
    /// Whether anything does.
    empty: bool,
}

/// Puts rows on pages. A row breaks only where a page cannot hold it; a heading is never the
/// last thing on a page.
pub(super) fn paginate(rows: &[RowHeight], room: TypeArea) -> Vec<RowSlice> {
    let mut filling = Filling {
        room,
        pieces: Vec::with_capacity(rows.len()),
        page: 0,
        at: room.first_top,
        begun: false,
        empty: true,
    };
    for (at, row) in rows.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|before| rows.get(before));
        let headed = previous.is_some_and(|row| row.heading);
        // Only the first of several headings has to ask for room for all that it brings.
        if row.heading && !headed {
            filling.make_room(group(rows.get(at..).unwrap_or_default(), room));
        }
        filling.place(at, *row);
    }
    filling.pieces
}

/// The height of headings and the row below them, as far as a page could hold it.
fn group(rows: &[RowHeight], room: TypeArea) -> f32 {
    let page = room.top - room.bottom;
    let mut sum = 0.0;
    for row in rows {
        let next = sum + row.whole();
        if next > page {
            // The row will have to break anyway: its first lines are enough.
            return (sum + row.of(MIN.min(row.lines))).min(page);
        }
        sum = next;
        if !row.heading {
            break;
        }
    }
    sum
}

impl Filling {
    fn left(&self) -> f32 {
        self.at - self.room.bottom
    }

    fn make_room(&mut self, height: f32) {
        if height > self.left() && !self.empty {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.page += 1;
        self.at = self.room.top;
        self.begun = false;
        self.empty = true;
    }

    fn place(&mut self, index: usize, row: RowHeight) {
        if row.whole() <= self.left() {
            self.put(index, row, 0..row.lines);
            return;
        }
        let stay = !self.begun && row.of(MIN.min(row.lines)) <= self.left();
        if !self.empty && !stay {
            self.turn();
        }
        let mut from = 0;
        while from < row.lines {
            let mut to = from + 1;
            while to < row.lines && row.of(to + 1 - from) <= self.left() {
                to += 1;
            }
            self.put(index, row, from..to);
            from = to;
            if from < row.lines {
                self.turn();
            }
        }
    }

    fn put(&mut self, index: usize, row: RowHeight, lines: Range<usize>) {
        let bottom = self.at - row.of(lines.len());
        self.pieces.push(RowSlice { row: index, page: self.page, top: self.at, bottom, lines });
        self.at = bottom;
        self.begun |= !row.heading;
        self.empty = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: TypeArea = TypeArea { first_top: 70.0, top: 100.0, bottom: 0.0 };

    fn row(heading: bool, lines: usize) -> RowHeight {
        RowHeight { heading, lines, leading: 10.0, padding: 0.0 }
    }

    fn places(rows: &[RowHeight]) -> Vec<(usize, usize, Range<usize>)> {
        let pieces = paginate(rows, ROOM);
        pieces.into_iter().map(|p| (p.row, p.page, p.lines)).collect()
    }

    #[test]
    fn a_row_that_does_not_fit_goes_to_the_next_page() {
        let rows = [row(false, 5), row(false, 3), row(false, 1)];
        assert_eq!(places(&rows), [(0, 0, 0..5), (1, 1, 0..3), (2, 1, 0..1)]);
    }

    #[test]
    fn headings_go_with_the_row_below_them() {
        let rows = [row(false, 5), row(true, 1), row(true, 1), row(false, 1)];
        let pages: Vec<_> = places(&rows).into_iter().map(|p| p.1).collect();
        assert_eq!(pages, [0, 1, 1, 1]);
        let pages: Vec<_> = places(&rows[..3]).into_iter().map(|p| p.1).collect();
        assert_eq!(pages, [0, 0, 0]);
    }

    #[test]
    fn only_a_row_higher_than_a_page_breaks() {
        let rows = [row(false, 1), row(false, 25), row(false, 1)];
        assert_eq!(
            places(&rows),
            [(0, 0, 0..1), (1, 1, 0..10), (1, 2, 10..20), (1, 3, 20..25), (2, 3, 0..1)]
        );
        let rows = [row(true, 1), row(false, 12)];
        assert_eq!(places(&rows), [(0, 0, 0..1), (1, 0, 0..6), (1, 1, 6..12)]);
    }

    #[test]
    fn pieces_stay_inside_and_do_not_overlap() {
        let rows: Vec<_> = (0..500).map(|i| row(i % 7 < 3, 1 + i * 13 % 17)).collect();
        let pieces = paginate(&rows, ROOM);
        assert!(pieces.iter().all(|p| p.bottom >= -0.001 && p.top <= 100.0));
        for pair in pieces.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            assert!(b.page > a.page || b.top <= a.bottom + 0.001);
        }
        let lines: usize = pieces.iter().map(|p| p.lines.len()).sum();
        assert_eq!(lines, rows.iter().map(|row| row.lines).sum::<usize>());
    }

    #[test]
    fn very_many_headings_in_a_row_do_not_stall() {
        let rows = vec![row(true, 1); 20_000];
        assert_eq!(paginate(&rows, ROOM).last().unwrap().page, 2000);
    }
}
