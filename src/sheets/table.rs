//! Tables that are handed out by themselves, such as the court list: a sheet for each, on as many pages as it needs, with
//! its heads repeated.

use super::FrontError;
use super::canvas::{Alignment, Canvas, Palette, Paper, height};
use super::fonts::Face;
use super::paginate::{RowHeight, RowSlice, TypeArea, paginate};
use super::text::{Run, Style, Unset};
use super::write::write;

const PAPER: Paper = Paper::LANDSCAPE;
const LEFT: f32 = 36.0;
const RIGHT: f32 = PAPER.width - LEFT;
const HEAD: f32 = PAPER.height - 34.0;
/// Rows end above it; the line at the foot stands below.
const FOOT: f32 = 42.0;
const FOOT_LINE: f32 = 24.0;
const GAP: f32 = 8.0;
const ROW_PADDING: f32 = 3.5;
const BAND_PADDING: f32 = 2.0;
/// Above a band, so that it keeps off the row before.
const BAND_GAP: f32 = 4.0;
/// How far bands reach beyond the text.
const OVERHANG: f32 = 4.0;

/// One table with what stands above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableSheet {
    /// The heading, on each of its pages.
    pub heading: String,
    /// Remarks below the heading, on the first of its pages.
    pub lines: Vec<TableLine>,
    /// The columns from left to right.
    pub columns: Vec<TableColumn>,
    /// The rows; without any, the sheet is a page with a heading.
    pub rows: Vec<TableRow>,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TableColumn {
    /// What stands at its head.
    pub heading: &'static str,
    /// Its share of the width, beside the shares of the others.
    pub share: u16,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TableRow {
    /// A heading over the rows that follow.
    Band(String),
    /// A cell for each column, each of some lines, which wrap as they need.
    Cells(Vec<Vec<TableLine>>),
}

/// A line of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableLine {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub tone: LineStyle,
}

/// How a line looks; what matters is said in words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineStyle {
    /// As text.
    Plain,
    /// Set back.
    Quiet,
    /// Bold.
    Strong,
    /// Bold and in a colour of warning.
    Loud,
}

/// The finished tables.
#[derive(Debug, Clone)]
pub(crate) struct SetTables {
    /// One PDF with all sheets.
    pub pdf: Vec<u8>,
    /// For each sheet, its first page, from 0.
    pub first_page: Vec<usize>,
    /// What cannot be set, with where it stands: `the column "Case" of "Courtroom 1"`.
    pub unset: Vec<(String, Unset)>,
}

/// Sets tables one after another, each on pages of its own, with `note` at the foot of every page. The same sheets give the
/// same bytes.
pub(crate) fn set_tables(sheets: &[TableSheet], note: &str) -> Result<SetTables, FrontError> {
    let looks = TableStyles::new()?;
    let mut canvas = Canvas::on(PAPER);
    let mut first_page = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        first_page.push(canvas.pages.len());
        TableLayout::new(sheet, looks).draw(&mut canvas, note);
    }
    Ok(SetTables {
        pdf: write(canvas)?,
        first_page,
        unset: sheets.iter().flat_map(TableSheet::unset).collect(),
    })
}

impl TableSheet {
    /// What of it cannot be set, one entry for each of its parts.
    fn unset(&self) -> Vec<(String, Unset)> {
        let mut texts = vec![String::new(); self.columns.len()];
        let remarks: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        let mut bands = remarks.join(" ");
        for row in &self.rows {
            match row {
                TableRow::Band(text) => bands.push_str(text),
                TableRow::Cells(cells) => {
                    for (text, line) in texts.iter_mut().zip(cells) {
                        text.extend(line.iter().flat_map(|line| [line.text.as_str(), " "]));
                    }
                }
            }
        }
        let heading = &self.heading;
        let columns = self.columns.iter().zip(&texts).map(|(column, text)| {
            let name = format!("the column \"{}\" of \"{heading}\"", column.heading);
            (name, text.as_str())
        });
        let above = [
            (format!("the heading \"{heading}\""), heading.as_str()),
            (format!("the lines between the rows of \"{heading}\""), bands.as_str()),
        ];
        let parts = above.into_iter().chain(columns);
        parts
            .map(|(part, text)| (part, Unset::of(text)))
            .filter(|(_, unset)| !unset.is_empty())
            .collect()
    }
}

#[derive(Debug, Clone, Copy)]
struct TableStyles {
    heading: Style,
    remark: Style,
    head: Style,
    band: Style,
    plain: Style,
    quiet: Style,
    strong: Style,
    loud: Style,
}

impl TableStyles {
    fn new() -> Result<Self, FrontError> {
        const SIZE: f32 = 9.0;
        Ok(Self {
            heading: Style::new(Face::Bold, 16.0, Palette::Accent)?,
            remark: Style::new(Face::Regular, 10.5, Palette::Text)?,
            head: Style::new(Face::Bold, SIZE, Palette::Accent)?,
            band: Style::new(Face::Bold, SIZE, Palette::Accent)?,
            plain: Style::new(Face::Regular, SIZE, Palette::Text)?,
            quiet: Style::new(Face::Regular, SIZE, Palette::Quiet)?,
            strong: Style::new(Face::Bold, SIZE, Palette::Text)?,
            loud: Style::new(Face::Bold, SIZE, Palette::Warning)?,
        })
    }

    /// A remark is only ever plain or a warning.
    fn remark_of(self, tone: LineStyle) -> Style {
        if tone == LineStyle::Loud { self.loud } else { self.remark }
    }

    fn of(self, tone: LineStyle) -> Style {
        match tone {
            LineStyle::Plain => self.plain,
            LineStyle::Quiet => self.quiet,
            LineStyle::Strong => self.strong,
            LineStyle::Loud => self.loud,
        }
    }
}

/// Where a column stands.
#[derive(Debug, Clone, Copy)]
struct RowSpan {
    left: f32,
    width: f32,
}

/// A row wrapped; a band has one cell.
struct SetTableRow {
    band: bool,
    cells: Vec<Vec<Run>>,
}

impl SetTableRow {
    fn height(&self, leading: f32) -> RowHeight {
        RowHeight {
            heading: self.band,
            lines: self.cells.iter().map(Vec::len).max().unwrap_or(0).max(1),
            leading,
            padding: match self.band {
                true => BAND_GAP + 2.0 * BAND_PADDING,
                false => 2.0 * ROW_PADDING,
            },
        }
    }
}

/// What stands above the rows of a page.
struct TableHead {
    lines: Vec<Run>,
    rows: f32,
}

/// A table laid out, before anything is drawn.
struct TableLayout {
    looks: TableStyles,
    spans: Vec<RowSpan>,
    heads: Vec<Vec<Run>>,
    rows: Vec<SetTableRow>,
    pieces: Vec<RowSlice>,
    first: TableHead,
    further: TableHead,
}

impl TableLayout {
    fn new(sheet: &TableSheet, looks: TableStyles) -> Self {
        let spans = spans(&sheet.columns);
        let heads: Vec<Vec<Run>> = sheet
            .columns
            .iter()
            .zip(&spans)
            .map(|(column, span)| looks.head.wrap(column.heading, span.width))
            .collect();
        let heads_height = heads.iter().map(|head| height(head)).fold(0.0, f32::max);
        let head = |heading: &str, remarks: &[TableLine]| {
            let mut lines = looks.heading.wrap_most(heading, RIGHT - LEFT, 2);
            let remark =
                |line: &TableLine| looks.remark_of(line.tone).wrap(&line.text, RIGHT - LEFT);
            lines.extend(remarks.iter().flat_map(remark));
            let rows = HEAD - height(&lines) - 8.0 - heads_height - 3.0;
            TableHead { lines, rows }
        };
        let first = head(&sheet.heading, &sheet.lines);
        let further = head(&format!("{} (continued)", sheet.heading), &[]);
        let rows: Vec<SetTableRow> =
            sheet.rows.iter().map(|row| set_row(row, &spans, looks)).collect();
        let leading = looks.plain.leading();
        let heights: Vec<RowHeight> = rows.iter().map(|row| row.height(leading)).collect();
        let room = TypeArea { first_top: first.rows, top: further.rows, bottom: FOOT };
        Self { pieces: paginate(&heights, room), looks, spans, heads, rows, first, further }
    }

    fn pages(&self) -> usize {
        self.pieces.last().map_or(1, |piece| piece.page + 1)
    }

    fn draw(&self, canvas: &mut Canvas, note: &str) {
        let mut pieces = self.pieces.iter().peekable();
        for page in 0..self.pages() {
            self.draw_head(canvas, page);
            while let Some(piece) = pieces.next_if(|piece| piece.page == page) {
                if let Some(row) = self.rows.get(piece.row) {
                    self.draw_piece(canvas, row, piece);
                }
            }
            self.draw_foot(canvas, note, page);
        }
    }

    /// A new page, counted from 0, with what stands at its head.
    fn draw_head(&self, canvas: &mut Canvas, page: usize) {
        canvas.page();
        let head = if page == 0 { &self.first } else { &self.further };
        let below = canvas.lines(&head.lines, HEAD, Alignment::From(LEFT));
        for (lines, span) in self.heads.iter().zip(&self.spans) {
            canvas.lines(lines, below - 8.0, Alignment::From(span.left));
        }
        if !self.heads.is_empty() {
            canvas.rule(LEFT, RIGHT, head.rows, 1.2, Palette::Accent);
        }
    }

    fn draw_foot(&self, canvas: &mut Canvas, note: &str, page: usize) {
        let quiet = self.looks.quiet;
        let of_all = quiet.run(&format!("page {} of {}", page + 1, self.pages()));
        let room = RIGHT - LEFT - of_all.width - GAP;
        canvas.put(&quiet.fit(note, room), LEFT, FOOT_LINE);
        canvas.put_right(&of_all, RIGHT, FOOT_LINE);
    }

    fn draw_piece(&self, canvas: &mut Canvas, row: &SetTableRow, piece: &RowSlice) {
        let top = if row.band {
            let band = [LEFT - OVERHANG, piece.bottom, RIGHT + OVERHANG, piece.top - BAND_GAP];
            canvas.fill(band, Palette::Band);
            piece.top - BAND_GAP - BAND_PADDING
        } else {
            canvas.rule(LEFT, RIGHT, piece.bottom, 0.5, Palette::Hairline);
            piece.top - ROW_PADDING
        };
        // Cell by cell, so that a reader who copies or listens gets each whole.
        for (cell, span) in row.cells.iter().zip(&self.spans) {
            let end = piece.lines.end.min(cell.len());
            let lines = cell.get(piece.lines.start..end).unwrap_or_default();
            canvas.lines(lines, top, Alignment::From(span.left));
        }
    }
}

/// The width shared out.
fn spans(columns: &[TableColumn]) -> Vec<RowSpan> {
    let shares: f32 = columns.iter().map(|column| f32::from(column.share)).sum();
    let gaps: f32 = columns.iter().skip(1).map(|_| GAP).sum();
    let point = (RIGHT - LEFT - gaps) / shares.max(1.0);
    let mut left = LEFT;
    columns
        .iter()
        .map(|column| {
            let width = f32::from(column.share) * point;
            let span = RowSpan { left, width };
            left += width + GAP;
            span
        })
        .collect()
}

fn set_row(row: &TableRow, spans: &[RowSpan], looks: TableStyles) -> SetTableRow {
    match row {
        TableRow::Band(text) => {
            SetTableRow { band: true, cells: vec![looks.band.wrap(text, RIGHT - LEFT)] }
        }
        TableRow::Cells(cells) => {
            let cell = |(lines, span): (&Vec<TableLine>, &RowSpan)| {
                let wrap = |line: &TableLine| looks.of(line.tone).wrap(&line.text, span.width);
                lines.iter().flat_map(wrap).collect()
            };
            SetTableRow { band: false, cells: cells.iter().zip(spans).map(cell).collect() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: usize) -> TableSheet {
        let line = |text: String| vec![TableLine { text, tone: LineStyle::Plain }];
        let column = |heading, share| TableColumn { heading, share };
        let rows = (0..rows).map(|row| match row % 9 {
            0 => TableRow::Band(format!("part {row}")),
            _ => TableRow::Cells(vec![line(row.to_string()), line("many words ".repeat(row % 40))]),
        });
        TableSheet {
            heading: "A table".to_owned(),
            lines: line("of some rows".to_owned()),
            columns: vec![column("No.", 1), column("What it says", 3)],
            rows: rows.collect(),
        }
    }

    #[test]
    fn columns_share_the_whole_width() {
        let spans = spans(&sheet(0).columns);
        let [first, second] = spans.as_slice() else {
            panic!("{spans:?}");
        };
        assert!((first.left - LEFT).abs() < 0.01);
        assert!((second.left + second.width - RIGHT).abs() < 0.01);
        assert!((first.width * 3.0 - second.width).abs() < 0.01);
    }

    #[test]
    fn each_sheet_begins_a_page_and_nothing_stands_below_the_foot() {
        let set = set_tables(&[sheet(0), sheet(100), sheet(2)], "note").unwrap();
        let table = TableLayout::new(&sheet(100), TableStyles::new().unwrap());
        assert!(table.pages() > 2);
        assert_eq!(set.first_page, [0, 1, 1 + table.pages()]);
        assert!(table.pieces.iter().all(|piece| piece.bottom >= FOOT - 0.01));
    }

    #[test]
    fn the_same_sheets_give_the_same_bytes() {
        let bytes = || set_tables(&[sheet(30)], "note").unwrap().pdf;
        assert!(bytes() == bytes());
    }
}
