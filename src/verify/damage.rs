//! Whether a file is whole: readers repair a table of objects that is wrong, and say nothing of it, each in its own way.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, FromBytes, Stream};
use memchr::memmem;

/// Tables of earlier revisions are followed no further.
const MAX_TABLES: usize = 1000;

/// Whatever stands before the header, it begins within so many bytes.
const HEAD: usize = 1024;

/// What is wrong with a file as such.
pub(super) fn damage(file: &[u8]) -> Option<String> {
    let cut = |what: &str| Some(format!("it is cut short: {what}"));
    let Some(start) = memmem::rfind(file, b"startxref") else {
        return cut("it does not say where its table of objects is");
    };
    let end = memmem::rfind(file, b"%%EOF");
    let Some(end) = end.filter(|end| *end > start) else {
        return cut("its end is missing");
    };
    let after = file.get(end..).unwrap_or_default();
    if memmem::find(after, b" obj").is_some() {
        return cut("what was added to it last has no end");
    }
    let first = file.get(start..).and_then(|text| integer(text.get(9..)?));
    let header = file.get(..HEAD.min(file.len())).unwrap_or_default();
    let header = memmem::find(header, b"%PDF-").unwrap_or_default();
    // Places are counted from the header, or from the first byte where something stands before it.
    let counted = |from: usize| Tables::from(file.get(from..)?, first?.0);
    let wrong = [header, 0]
        .into_iter()
        .map(counted)
        .min_by_key(|tables| tables.as_ref().map_or(usize::MAX, |tables| tables.misplaced));
    match wrong.flatten().map(|tables| tables.misplaced) {
        Some(0) => None,
        Some(misplaced) => Some(format!(
            "it is damaged: its table of objects is wrong in {misplaced} {}",
            if misplaced == 1 { "place" } else { "places" }
        )),
        None => Some("it is damaged: its table of objects is not where it should be".to_owned()),
    }
}

/// The tables of objects of a file, the newest first (ISO 32000-2, 7.5.4 and 7.5.8).
#[derive(Default)]
struct Tables {
    /// Objects of which a newer table has said where they are.
    known: HashSet<usize>,
    /// Objects that are not where a table says.
    misplaced: usize,
}

impl Tables {
    /// Follows the tables from the newest; `None` where one of them is not where it should be.
    fn from(file: &[u8], first: usize) -> Option<Self> {
        let mut tables = Self::default();
        let mut next = vec![first];
        let mut seen = HashSet::new();
        while let Some(place) = next.pop() {
            if !seen.insert(place) || seen.len() > MAX_TABLES {
                continue;
            }
            let text = at(file, place)?.trim_ascii_start();
            let trailer = match text.strip_prefix(b"xref") {
                Some(table) => tables.add_table(file, table)?,
                None => tables.add_stream(file, object(text)?.1)?,
            };
            // Entries of the stream that goes with a table count before those of an earlier one.
            let links = ["Prev", "XRefStm"].map(|key| trailer.get::<usize>(key));
            next.extend(links.into_iter().flatten());
        }
        Some(tables)
    }

    /// The sections of a table, and the trailer behind them.
    fn add_table<'f>(&mut self, file: &[u8], mut table: &'f [u8]) -> Option<Dict<'f>> {
        loop {
            table = table.trim_ascii_start();
            if let Some(trailer) = table.strip_prefix(b"trailer") {
                return Dict::from_bytes(trailer.trim_ascii_start());
            }
            let (mut number, rest) = integer(table)?;
            let (count, rest) = integer(rest)?;
            table = rest;
            for index in 0..count {
                let (place, rest) = integer(table)?;
                let (generation, rest) = integer(rest)?;
                let rest = rest.trim_ascii_start();
                let (kind, rest) = rest.split_first()?;
                table = rest;
                // A table that counts from 1 and begins with the entry of number 0 is read so by everybody.
                if index == 0 && number == 1 && *kind == b'f' && generation == 65535 {
                    number = 0;
                }
                self.add(file, number + index, (*kind == b'n').then_some(place));
            }
        }
    }

    /// The entries of a stream, and its dictionary.
    fn add_stream<'f>(&mut self, file: &[u8], text: &'f [u8]) -> Option<Dict<'f>> {
        let stream = Stream::from_bytes(text.trim_ascii_start())?;
        let dict = stream.dict();
        let widths: Vec<usize> = dict.get::<Array<'_>>("W")?.iter::<usize>().collect();
        let [kind, second, third] = widths.try_into().ok()?;
        let sections: Vec<usize> = match dict.get::<Array<'_>>("Index") {
            Some(index) => index.iter::<usize>().collect(),
            None => vec![0, dict.get::<usize>("Size")?],
        };
        let data = stream.decoded().ok()?;
        let mut entries = data.chunks_exact((kind + second + third).max(1));
        for section in sections.chunks_exact(2) {
            let [start, count] = *section else { continue };
            for (number, entry) in (start..start.saturating_add(count)).zip(entries.by_ref()) {
                let (is_placed, rest) = entry.split_at_checked(kind)?;
                let place = rest.get(..second)?;
                let value =
                    |bytes: &[u8]| bytes.iter().fold(0, |all, byte| all << 8 | usize::from(*byte));
                let is_placed = kind == 0 || value(is_placed) == 1;
                self.add(file, number, is_placed.then(|| value(place)));
            }
        }
        Some(dict.clone())
    }

    /// An entry: where an object stands, or that it stands nowhere by itself. Some writers give the place 0 to what does not
    /// exist.
    fn add(&mut self, file: &[u8], number: usize, place: Option<usize>) {
        let is_new = self.known.insert(number);
        let Some(place) = place.filter(|place| is_new && *place > 0) else {
            return;
        };
        let there = at(file, place).and_then(object).map(|(there, _)| there);
        self.misplaced += usize::from(there != Some(number));
    }
}

fn at(file: &[u8], place: usize) -> Option<&[u8]> {
    file.get(place..)
}

/// The number of the object that begins here, and what it holds.
fn object(text: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = integer(text)?;
    let (_, rest) = integer(rest)?;
    Some((number, rest.trim_ascii_start().strip_prefix(b"obj")?))
}

fn integer(text: &[u8]) -> Option<(usize, &[u8])> {
    let text = text.trim_ascii_start();
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}
