//! The index: its rows on as many pages as they need, with their heads repeated.

use super::canvas::{Alignment, Canvas, FOOT, HEAD, LEFT, Palette, RIGHT, height};
use super::columns::{Columns, SetRow};
use super::fonts::Face;
use super::paginate::{RowHeight, RowSlice, TypeArea, paginate};
use super::text::{Run, Style};
use super::{FrontError, IndexRow, RowLink, Setting};

const ROW_PADDING: f32 = 4.5;
const BAND_PADDING: f32 = 5.0;
/// Above the band of a section, so that it keeps off the row before.
const BAND_GAP: f32 = 5.0;

/// How far bands and links reach beyond the text.
const OVERHANG: f32 = 5.0;

/// An index laid out, before anything is drawn.
#[derive(Debug)]
pub(super) struct Index {
    columns: Columns,
    rows: Vec<SetRow>,
    pieces: Vec<RowSlice>,
    running_head: Vec<Run>,
    first: IndexHead,
    further: IndexHead,
}

/// What stands above the rows of a page.
#[derive(Debug)]
struct IndexHead {
    heading: Run,
    /// Where the heading's line begins and where the heads of the columns do.
    top: f32,
    columns: f32,
    /// Where the rows begin.
    rows: f32,
}

impl Index {
    /// Lays out the index.
    pub(super) fn new(rows: &[IndexRow], setting: &Setting) -> Result<Self, FrontError> {
        let columns = Columns::new(rows, setting)?;
        let rows: Vec<SetRow> = rows.iter().map(|row| columns.set(row)).collect();
        let running = Style::new(Face::Regular, 9.5, Palette::Quiet)?;
        let running_head = running.wrap_most(&setting.running_head, RIGHT - LEFT, 2);
        let below = HEAD - height(&running_head) - 9.0;
        let large = Style::new(Face::Bold, 22.0, Palette::Accent)?;
        let small = Style::new(Face::Bold, 14.0, Palette::Accent)?;
        let first = IndexHead::new(large.run(columns.words.index), below - 12.0, 10.0, &columns);
        let continued = small.run(columns.words.index_continued);
        let further = IndexHead::new(continued, below - 5.0, 5.0, &columns);
        let room = TypeArea { first_top: first.rows, top: further.rows, bottom: FOOT + 4.0 };
        let leading = columns.looks.text.leading();
        let heights: Vec<_> = rows.iter().map(|row| row_height(row, leading)).collect();
        Ok(Self { pieces: paginate(&heights, room), columns, rows, running_head, first, further })
    }

    /// The number of its pages; an index without rows still has one.
    pub(super) fn pages(&self) -> usize {
        self.pieces.last().map_or(1, |piece| piece.page + 1)
    }

    /// Draws it on pages of its own, and says where the rows are.
    pub(super) fn draw(&self, canvas: &mut Canvas) -> Vec<RowLink> {
        let start = canvas.pages.len();
        self.draw_page_head(canvas, &self.first);
        let mut links = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if start + piece.page >= canvas.pages.len() {
                self.draw_page_head(canvas, &self.further);
            }
            if let Some(row) = self.rows.get(piece.row) {
                self.draw_piece(canvas, row, piece);
            }
            links.push(RowLink {
                page: start + piece.page,
                rect: [LEFT - OVERHANG, piece.bottom, RIGHT + OVERHANG, piece.top],
                row: piece.row,
            });
        }
        links
    }

    fn draw_page_head(&self, canvas: &mut Canvas, head: &IndexHead) {
        canvas.page();
        let end = canvas.lines(&self.running_head, HEAD, Alignment::From(LEFT));
        if !self.running_head.is_empty() {
            canvas.rule(LEFT, RIGHT, end - 4.0, 0.6, Palette::Hairline);
        }
        let heading = &head.heading;
        canvas.put(heading, LEFT, head.top - heading.style.drop());
        let columns = &self.columns;
        let style = columns.looks.head;
        let baseline = head.columns - style.drop();
        canvas.put(&style.run(columns.words.number), LEFT, baseline);
        canvas.put(&style.run(columns.words.document), columns.title, baseline);
        canvas.put(&style.run(columns.words.date), columns.date, baseline);
        let reference = style.run(columns.words.reference);
        canvas.put(&reference, columns.reference, baseline);
        canvas.put_right(&style.run(columns.words.pages), RIGHT, baseline);
        canvas.rule(LEFT, RIGHT, head.rows, 1.2, Palette::Accent);
    }

    fn draw_piece(&self, canvas: &mut Canvas, row: &SetRow, piece: &RowSlice) {
        let top = if row.section {
            let band = piece.top - BAND_GAP;
            canvas.fill([LEFT - OVERHANG, piece.bottom, RIGHT + OVERHANG, band], Palette::Band);
            band - BAND_PADDING
        } else {
            canvas.rule(LEFT, RIGHT, piece.bottom, 0.5, Palette::Hairline);
            piece.top - ROW_PADDING
        };
        let columns = &self.columns;
        // Cell by cell, so that a reader who copies or listens gets each title whole.
        for (cell, place) in [
            (&row.number, Alignment::From(LEFT)),
            (&row.title, Alignment::From(columns.title)),
            (&row.date, Alignment::From(columns.date)),
            (&row.reference, Alignment::From(columns.reference)),
            (&row.pages, Alignment::To(RIGHT)),
        ] {
            let end = piece.lines.end.min(cell.len());
            let lines = cell.get(piece.lines.start..end).unwrap_or_default();
            self.draw_cell(canvas, lines, top, place);
        }
    }

    /// Text that was set smaller to fit still stands on the lines of its row.
    fn draw_cell(&self, canvas: &mut Canvas, lines: &[Run], top: f32, place: Alignment) {
        let text = self.columns.looks.text;
        let mut baseline = top - text.drop();
        for line in lines {
            match place {
                Alignment::To(x) => canvas.put_right(line, x, baseline),
                Alignment::From(x) => canvas.put(line, x, baseline),
                Alignment::Centre => canvas.put_centred(line, baseline),
            }
            baseline -= text.leading();
        }
    }
}

impl IndexHead {
    fn new(heading: Run, top: f32, gap: f32, columns: &Columns) -> Self {
        let heads = top - heading.style.leading() - gap;
        Self { heading, top, columns: heads, rows: heads - columns.looks.head.leading() - 4.0 }
    }
}

fn row_height(row: &SetRow, leading: f32) -> RowHeight {
    let padding = if row.section { BAND_GAP + 2.0 * BAND_PADDING } else { 2.0 * ROW_PADDING };
    RowHeight { heading: row.section, lines: row.lines, leading, padding }
}
