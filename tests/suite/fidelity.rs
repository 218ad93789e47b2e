//! Every page looks in the bundle as it does in its file, but for its number, which is upright, whole
//! and hides nothing.

use hayro::RenderCache;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Number;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::Affine;
use serde_json::Value;

use crate::support::case::{Case, array, findings, number, repository, text};
use crate::support::look::{
    Frame, draw, draw_with, initial, letters, letters_of_annotations, open, pixels,
};

/// Pixels for a point: 48 to the inch.
const SCALE: f64 = 2.0 / 3.0;

/// How far a number stays from the edges, and how high its frame is, in points.
const INSET: f64 = 14.0;
const HEIGHT: f64 = 19.0;

/// Pages that hayro shows otherwise in their files, so that only the number is looked at: a crop box
/// beside its page, where readers differ, a field whose file leaves its look to the reader, and the mark of an attached
/// file, which hayro does not draw by itself.
const SHOWN_OTHERWISE: [&str; 3] =
    ["embedded-file.pdf, page 1 ", "boxes-odd.pdf, page 3 ", "form-need-appearances.pdf, page 1 "];

/// One page, in its file and in the bundle.
struct Pair<'s, 'b> {
    name: String,
    before: &'s Page<'s>,
    after: &'b Page<'b>,
    label: String,
}

#[test]
fn every_page_of_every_producer_looks_as_before() {
    let mut names: Vec<String> = std::fs::read_dir(repository("fixtures/producers"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        // They open only with a password, which nobody gave, or not in the reader used here.
        .filter(|name| !name.ends_with("-letmein.pdf") && name != "enc-attachments-only.pdf")
        .collect();
    names.sort();
    let documents: Vec<(String, &str)> =
        names.iter().map(|name| (format!("producers/{name}"), "")).collect();
    let documents: Vec<(&str, &str)> =
        documents.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    assert!(documents.len() > 70, "{documents:?}");
    let case = Case::listing(&documents);
    compare(&case);
}

#[test]
fn every_page_of_the_example_looks_as_before() {
    let case = Case::example();
    // With the highlights that the example leaves out.
    case.edit("comments = \"strip\"", "comments = \"keep\"");
    compare(&case);
}

#[test]
fn numbers_at_the_top_leave_every_page_as_before() {
    let case = Case::listing(&[
        ("producers/corners.pdf", ""),
        ("producers/crop-origin.pdf", ""),
        ("producers/dark.pdf", ""),
        ("producers/rotate-90.pdf", ""),
        ("producers/rotate-180.pdf", ""),
        ("producers/userunit.pdf", ""),
        ("producers/leftover-state.pdf", ""),
    ]);
    case.edit("\"out/test.pdf\"\n", "\"out/test.pdf\"\nnumbering.position = \"top-left\"\n");
    compare(&case);
}

#[test]
fn a_field_that_its_file_leaves_to_the_reader_is_drawn_whole() {
    let case = Case::listing(&[("producers/form-need-appearances.pdf", "")]);
    let (record, _) = case.built();
    assert_eq!(findings(&record, "form-drawn").len(), 1);
    let bundle = open(&case.path("out/test.pdf"));
    let letters = letters_of_annotations(page_of(&bundle, 3));
    let read: String = letters.iter().map(|letter| letter.text.as_str()).collect();
    assert_eq!(read, "drawn by the viewer");
    // The field ends at 300; an r of 14 points in this face is 5.4 wide.
    let last = letters.last().unwrap();
    assert!(last.x > 60.0 && last.x + 5.4 <= 300.0, "{last:?}");
}

fn compare(case: &Case) {
    let (record, reader) = case.built();
    let labels = reader.labels();
    let bundle = open(&case.path(text(&record, "output")));
    let bundle_cache = RenderCache::new();
    let usual = case.read("bundle.toml");
    let usual_top = String::from_utf8(usual).unwrap().contains("top-left");
    let mut faults = Vec::new();
    for document in array(&record, "documents") {
        let file = text(document, "file");
        let source = open(&case.path(file));
        let cache = RenderCache::new();
        let (moved, scaled) =
            (pages_of(&record, file, "number-moved"), pages_of(&record, file, "page-scaled"));
        for (offset, page) in array(document, "source_pages").iter().enumerate() {
            let page = page.as_u64().unwrap() as usize;
            let place = number(document, "first_page") + offset;
            let pair = Pair {
                name: format!("{file}, page {page} (page {place} of the bundle)"),
                before: page_of(&source, as_read(file, page)),
                after: page_of(&bundle, place),
                label: labels[place - 1].clone(),
            };
            let found = if SHOWN_OTHERWISE.iter().any(|page| pair.name.contains(page)) {
                let (width, height) = size(pair.after);
                let (right, bottom) = (width - INSET, height - INSET);
                let (left, top) = (right - 40.0, bottom - HEIGHT);
                pair.number_reads_well(Frame { left, top, right, bottom })
            } else if scaled.contains(&page) {
                pair.compare_scaled(&cache, &bundle_cache)
            } else {
                let usual = !moved.contains(&page);
                pair.compare_plain(&cache, &bundle_cache, usual, usual_top)
            };
            faults.extend(found.err().map(|fault| format!("{}: {fault}", pair.name)));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}

fn page_of<'a>(pdf: &'a Pdf, number: usize) -> &'a Page<'a> {
    &pdf.pages()[number - 1]
}

/// hayro reads a page that a file lists twice only once: A, B, A are two pages to it.
fn as_read(file: &str, page: usize) -> usize {
    if file.ends_with("duplicate-page.pdf") && page == 3 { 1 } else { page }
}

/// The pages that the findings of one code name: `pages 1-3 and 7`.
fn pages_of(record: &Value, file: &str, code: &str) -> Vec<usize> {
    findings(record, code)
        .iter()
        .filter(|finding| finding["file"] == *file)
        .flat_map(|finding| {
            let message = text(finding, "message");
            let list = message.split("page").nth(1).unwrap().trim_start_matches('s');
            let numbers = list.split(|c: char| !c.is_ascii_digit() && c != '-');
            numbers
                .take_while(|part| !part.starts_with(|c: char| c.is_alphabetic()))
                .filter(|part| !part.is_empty())
                .flat_map(|run| {
                    let (first, last) = run.split_once('-').unwrap_or((run, run));
                    first.parse::<usize>().unwrap()..=last.parse().unwrap()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

impl<'s, 'b> Pair<'s, 'b> {
    /// A page that kept its size.
    fn compare_plain(
        &self,
        cache: &RenderCache<'s>,
        bundle_cache: &RenderCache<'b>,
        usual: bool,
        usual_top: bool,
    ) -> Result<(), String> {
        let (before, after) = (size(self.before), size(self.after));
        if !near(before, after) {
            return Err(format!("it was {before:?} points and is {after:?}"));
        }
        let unit = unit(self.before);
        let source = draw(self.before, cache, SCALE * unit);
        let carried = draw(self.after, bundle_cache, SCALE * unit);
        let Some(changed) = source.difference(&carried) else {
            return Err("no number can be seen".to_owned());
        };
        let place = place_of(changed.scaled(1.0 / SCALE), after).ok_or_else(|| {
            format!("it changed at {changed:?} of {} by {}", source.width, source.height)
        })?;
        let is_usual = place == if usual_top { (0, 0) } else { (2, 1) };
        if is_usual != usual {
            return Err(format!("the number stands at {place:?}, and the report says otherwise"));
        }
        let contrast = source.contrast(changed);
        if contrast > 60 {
            return Err(format!(
                "the number stands on something: contrast {contrast} at {changed:?}"
            ));
        }
        self.number_reads_well(changed.scaled(1.0 / SCALE / unit))
    }

    /// A page that became smaller to gain a strip.
    fn compare_scaled(
        &self,
        cache: &RenderCache<'s>,
        bundle_cache: &RenderCache<'b>,
    ) -> Result<(), String> {
        let (before, after) = (size(self.before), size(self.after));
        if !near(before, after) {
            return Err(format!("it was {before:?} points on paper and is {after:?}"));
        }
        let scale = SCALE * unit(self.before);
        let (width, height) = self.before.render_dimensions();
        let (columns, rows) = (pixels(width, scale), pixels(height, scale));
        let transform = Affine::scale(scale) * initial(self.before);
        let source = draw_with(self.before, cache, transform, columns, rows);
        let carried = draw_with(self.after, bundle_cache, transform, columns, rows);
        if let Some(changed) = source.difference(&carried) {
            return Err(format!("its own part changed at {changed:?} of {columns} by {rows}"));
        }
        let now = unit(self.after);
        let whole = draw(self.after, bundle_cache, SCALE * now);
        let own = Affine::scale(SCALE * now) * initial(self.after);
        let own = own.transform_rect_bbox(initial(self.before).inverse().transform_rect_bbox(
            hayro::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        ));
        let own = Frame { left: own.x0, top: own.y0, right: own.x1, bottom: own.y1 };
        let Some(ink) = whole.ink_outside(own) else {
            return Err("no number can be seen".to_owned());
        };
        place_of(ink.scaled(1.0 / SCALE), after)
            .ok_or_else(|| format!("beside the page something stands at {ink:?}"))?;
        self.number_reads_well(ink.scaled(1.0 / SCALE / now))
    }

    /// The last glyphs of the page are its label, upright, within what changed.
    fn number_reads_well(&self, frame: Frame) -> Result<(), String> {
        let letters = letters(self.after);
        let count = self.label.chars().count();
        let number = &letters[letters.len().saturating_sub(count)..];
        let read: String = number.iter().map(|letter| letter.text.as_str()).collect();
        if read != self.label {
            return Err(format!("it shows \"{read}\" and is labelled \"{}\"", self.label));
        }
        let inside =
            |x: f64, y: f64| x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
        match number.iter().find(|letter| !letter.upright || !inside(letter.x, letter.y)) {
            Some(letter) => {
                Err(format!("a digit is turned or stands elsewhere: {letter:?}, {frame:?}"))
            }
            None => Ok(()),
        }
    }
}

fn unit(page: &Page<'_>) -> f64 {
    page.raw().get::<Number>("UserUnit").map_or(1.0, |unit| unit.as_f64())
}

/// The size on paper in points.
fn size(page: &Page<'_>) -> (f64, f64) {
    let (width, height) = page.render_dimensions();
    (f64::from(width) * unit(page), f64::from(height) * unit(page))
}

fn near(a: (f64, f64), b: (f64, f64)) -> bool {
    (a.0 - b.0).abs() < 0.1 && (a.1 - b.1).abs() < 0.1
}

/// Which of the six places a frame in points fills: column and row. `None` if it fills none.
fn place_of(frame: Frame, (width, height): (f64, f64)) -> Option<(usize, usize)> {
    // Two pixels at each side, as edges are softened.
    let close = |a: f64, b: f64| (a - b).abs() <= 3.0;
    let row = if close(frame.top, INSET) && close(frame.bottom, INSET + HEIGHT) {
        0
    } else if close(frame.bottom, height - INSET) && close(frame.top, height - INSET - HEIGHT) {
        1
    } else {
        return None;
    };
    let column = if close(frame.left, INSET) {
        0
    } else if close(frame.right, width - INSET) {
        2
    } else if close(frame.left + frame.right, width) {
        1
    } else {
        return None;
    };
    let narrow = frame.right - frame.left < 45.0;
    narrow.then_some((column, row))
}
