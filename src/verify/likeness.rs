//! The proof that pages of a finished bundle show what the pages that they were made from show.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Stream};
use hayro_syntax::page::Page;
use rayon::prelude::*;

use super::Finished;
use super::reading::{PageReading, see_page};
use crate::model::geometry::Rect;
use crate::pdf::page;
use crate::pdf::page::{Cache, DrawCache, Drawn, FileWords, Likeness, ResourceHashes, Shown, View};

/// Pages looked at by one thread before the next takes over; fonts are kept for so long.
const CHUNK: usize = 48;

/// A page of a bundle, and what its source showed.
#[derive(Debug, Clone, Copy)]
pub struct Twin<'a> {
    /// The page of the bundle, from 0.
    pub page: usize,
    /// Its number.
    pub label: &'a str,
    /// The area of its user space that its source displays.
    pub area: Rect,
    /// What it showed there; `None` where that could not be looked at.
    pub likeness: Option<Likeness>,
    /// Whether anything of it was not carried over byte for byte.
    pub altered: bool,
    /// Whether anything was found on it, or with it, that may be gone.
    pub found: bool,
}

/// A page that is not exactly what it was made from.
#[derive(Debug)]
pub struct Unlike {
    /// Its place in the list of twins.
    pub index: usize,
    /// What it shows; `None` where that cannot be told.
    pub shown: Option<Shown>,
    /// Whether that is otherwise, and not only what goes with it unseen.
    pub is_seen: bool,
    /// What the rules need to know of it.
    pub reading: Option<PageReading>,
}

/// Which of some pages certainly have the content and the resources of their sources, and nothing of them was altered. Of a
/// page whose content stands in long streams that cannot be told from the structure of a file.
pub fn carried(finished: &Finished, twins: &[Twin<'_>]) -> Vec<bool> {
    let pages = finished.pdf.pages();
    let chunks = twins.par_chunks(CHUNK).flat_map_iter(|twins| {
        let resources = ResourceHashes::default();
        let is_carried = |twin: &Twin<'_>| {
            let is_same = || {
                let (page, known) = (pages.get(twin.page)?, twin.likeness?);
                let content = own_content(page)?;
                Some(known.is_content_of(&content) && resources.are_carried(page, known.resources))
            };
            !twin.altered && is_same() == Some(true)
        };
        twins.iter().map(is_carried).collect::<Vec<bool>>()
    });
    chunks.collect()
}

/// The content of a page, which hayro would keep for as long as the file is open.
fn own_content(page: &Page<'_>) -> Option<Vec<u8>> {
    let parts = page.raw().get::<Array<'_>>("Contents")?;
    let mut content = Vec::new();
    for part in parts.iter::<Stream<'_>>() {
        content.extend_from_slice(&part.decoded().ok()?);
        content.push(b' ');
    }
    Some(content)
}

/// Those of some pages that are not exactly the same. Of what goes with a page unseen nothing can be found where nothing
/// was `found` before.
pub fn unlike(bytes: Vec<u8>, twins: &[Twin<'_>]) -> Vec<Unlike> {
    let Ok(pdf) = Pdf::new(Arc::new(bytes)) else {
        let lost = |index| Unlike { index, shown: None, is_seen: true, reading: None };
        return (0..twins.len()).map(lost).collect();
    };
    let pages = pdf.pages();
    let words = LazyLock::new(|| FileWords::of(&pdf, pages.first()));
    let chunks = twins.par_chunks(CHUNK).enumerate();
    let unlike = chunks.flat_map_iter(|(chunk, twins)| {
        let (cache, drawing) = (Cache::new(), DrawCache::new());
        let is_unlike = |(index, twin): (usize, &Twin<'_>)| {
            let page = pages.get(twin.page);
            let content = page.and_then(|page| page.page_stream());
            let is_carried = |known: Likeness| {
                known.is_content_of(content.unwrap_or_default())
                    && page.is_some_and(|page| cache.resources().are_carried(page, known.resources))
            };
            if !twin.altered && twin.likeness.is_some_and(is_carried) {
                return None;
            }
            let shown = page.and_then(|page| shown(page, &cache, twin));
            let is_like = |known: Likeness| shown.as_ref().is_some_and(|shown| known.is_of(shown));
            let is_seen = twin.likeness.is_some_and(|known| !is_like(known));
            let is_new = is_seen || twin.found || twin.likeness.is_none();
            let see = || Some(see_page((page?, twin.label), &cache, &drawing, &words, false));
            let read = || catch_unwind(AssertUnwindSafe(see)).ok().flatten();
            is_new.then(|| Unlike { index: chunk * CHUNK + index, shown, is_seen, reading: read() })
        };
        let unlike: Vec<_> = twins.iter().enumerate().filter_map(is_unlike).collect();
        unlike
    });
    unlike.collect()
}

fn shown<'a>(page: &'a Page<'a>, cache: &Cache<'a>, twin: &Twin<'_>) -> Option<Shown> {
    let mut view = catch_unwind(AssertUnwindSafe(|| page::view(page, cache))).ok()?;
    take_number(&mut view, twin.label).then(|| Shown::new(&view, page::boxes(page), twin.area))
}

/// Takes the number out, which is the last that a page draws: its frame, then its letters. Returns whether it was there.
fn take_number(view: &mut View, label: &str) -> bool {
    let end = view.marks.partition_point(|mark| !mark.annotation);
    let Some(start) = end.checked_sub(label.chars().count() + 1) else {
        return false;
    };
    let number = view.marks.get(start..end).unwrap_or_default();
    let is_number = number.iter().enumerate().all(|(index, mark)| match &mark.drawn {
        Drawn::Shape(_) => index == 0,
        Drawn::Letter(letter) => index > 0 && letter.artefact,
        Drawn::Picture(_) => false,
    });
    if is_number {
        view.marks.drain(start..end);
    }
    is_number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::page::Leave;
    use crate::pdf::page::tests::pdf;

    const NUMBER: &str = "/Artifact BMC q 150 5 20 10 re S BT /F 9 Tf 152 7 Td (1) Tj ET Q EMC";
    const TEXT: &str = "0.2 g 20 20 30 30 re f BT /F 10 Tf 20 60 Td (words) Tj ET";

    fn shown_in(pdf: &Pdf) -> Shown {
        let page = pdf.pages().first().unwrap();
        let boxes = page::boxes(page);
        Shown::new(&page::view(page, &Cache::new()), boxes, boxes.crop)
    }

    /// How a page with this content looks otherwise than one of `TEXT`.
    fn difference(content: &str, leave: Leave) -> Option<String> {
        difference_of(content, leave, true)
    }

    fn difference_of(content: &str, leave: Leave, altered: bool) -> Option<String> {
        let source = pdf("", TEXT);
        let before = shown_in(&source);
        let resources = ResourceHashes::default().of(source.pages().first().unwrap());
        let twin = Twin {
            page: 0,
            label: "1",
            area: Rect::new(0.0, 0.0, 200.0, 100.0),
            likeness: Some(before.likeness(TEXT.as_bytes(), resources)),
            altered,
            found: false,
        };
        let bytes = pdf("", content).data().as_ref().to_vec();
        match unlike(bytes, &[twin]).pop()?.shown {
            Some(after) => before.difference(&after, leave),
            None => Some("no number".to_owned()),
        }
    }

    #[test]
    fn a_page_with_its_number_shows_the_same() {
        let strict = Leave::default();
        assert_eq!(difference(&format!("q {TEXT} Q {NUMBER}"), strict), None);
        // A writer may round.
        let moved = format!("q 1 0 0 1 0.1 0 cm {TEXT} Q {NUMBER}");
        assert_eq!(difference(&moved, strict), None);
        let aside = format!("q {TEXT} 300 20 30 30 re f Q {NUMBER}");
        assert_eq!(difference(&aside, strict), None);
    }

    #[test]
    fn a_line_is_as_thick_on_a_page_that_became_smaller() {
        let of = |page: &str| shown_in(&pdf(page, "2 w 20 50 m 120 50 l S"));
        let smaller = of("/UserUnit 0.95");
        assert_eq!(of("").difference(&smaller, Leave::default()), None);
    }

    #[test]
    fn content_carried_byte_for_byte_is_not_followed() {
        let of = |content: &str| difference_of(content, Leave::default(), false);
        assert_eq!(of(&format!("q\n{TEXT} Q")), None);
        assert_eq!(of(TEXT), None);
        assert!(of(&format!("q\n{} Q {NUMBER}", TEXT.replace("20 60", "20 65"))).is_some());
    }

    #[test]
    fn what_is_lost_added_or_moved_is_told() {
        let told = |content: &str| difference(content, Leave::default()).unwrap();
        assert_eq!(told(TEXT), "no number");
        let changed =
            |from: &str, to: &str| told(&format!("q {} Q {NUMBER}", TEXT.replace(from, to)));
        let square = "a line or filled area at 20, 20 is missing or changed";
        assert_eq!(changed("20 20 30 30 re f", ""), square);
        assert_eq!(changed("20 20 30", "25 20 30"), square);
        assert_eq!(changed("0.2 g", "0.8 g"), square);
        let letter = "the letter \"s\" at 42, 60 is missing";
        assert_eq!(changed("words", "word"), letter);
        assert!(changed("words", "wards").starts_with("the letter \"o\""));
        assert!(changed("ET", "ET 5 5 9 9 re f").ends_with("was not there before"));
    }

    #[test]
    fn what_a_finding_names_may_be_gone_and_nothing_may_come() {
        let leave = Leave { less_content: true, ..Leave::default() };
        assert_eq!(
            difference(&format!("20 20 30 30 re f {NUMBER}"), Leave::default()).as_deref(),
            Some("a line or filled area at 20, 20 is missing or changed")
        );
        assert_eq!(difference(&format!("0.2 g 20 20 30 30 re f 0 g {NUMBER}"), leave), None);
        assert!(difference(&format!("{TEXT} 5 5 9 9 re f {NUMBER}"), leave).is_some());
    }

    #[test]
    fn a_picture_whose_outer_coding_was_undone_is_the_same_and_one_of_another_size_is_not() {
        let jpeg = "FF D8 FF DA 00 04 11 22 33 FF D9>";
        let picture = |filter: &str, data: &str, size: u32| {
            let dict = format!("/W {size} /H 8 /CS /G /BPC 8 /F {filter}");
            format!("q 90 0 0 90 5 5 cm BI {dict} ID {data} EI Q")
        };
        let difference = |content: &str, later: &str| {
            let before = shown_in(&pdf("", content));
            before.difference(&shown_in(&pdf("", later)), Leave::default())
        };
        let twice = picture("[/AHx /DCT]", jpeg, 8);
        let once = picture("/DCT", "\u{ff}", 8);
        assert_eq!(difference(&twice, &once), None);
        assert!(difference(&twice, &picture("/DCT", "\u{ff}", 9)).is_some());
    }
}
