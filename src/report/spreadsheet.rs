//! Tables for spreadsheets, in which no cell is a formula.

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words; whoever typed them may have begun them as a formula begins.
    Text(String),
    /// A number, which may be negative.
    Number(i32),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Text(number.to_string())
    }
}

/// A heading and its rows.
pub(super) fn spreadsheet<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [Cell; N]>,
) -> Result<String, csv::Error> {
    written(&header, rows.into_iter().map(Vec::from))
}

/// The same, of as many columns as the heading has.
pub(super) fn written(
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header.iter().map(|cell| harmless(cell)))?;
    for row in rows {
        writer.write_record(row.into_iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => harmless(&text),
            Cell::Number(number) => number.to_string(),
        }))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text that a spreadsheet does not take for a formula, in the wide letters of other keyboards neither.
fn harmless(text: &str) -> String {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    match text.starts_with(begins) || text.trim_start().starts_with(begins) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for text in ["=HYPERLINK(0)", "-cmd", "-6", "+44 1", "@x", "\tx", "\rx", " =1", "＝1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("R v Blake = x"), "R v Blake = x");
        let row = [Cell::from("=1"), Cell::Number(-6), Cell::Empty];
        let table = spreadsheet(["a", "b", "c"], [row]).unwrap();
        assert_eq!(table, "a,b,c\n'=1,-6,\n");
    }
}
