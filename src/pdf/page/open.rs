//! A file opened to be looked at, and its pages, for rooms that need not know what reads them.

use std::sync::Arc;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;

use super::nonvisual_text::{self, FileWords, NonvisualWords};
use super::{
    Cache, Fingerprint, Grid, Letter, Likeness, Line, Mark, Note, Question, Shown, Sight, Tone,
    View, Writing, boxes, layers, notes, overlays, points, sampling,
};
use crate::model::geometry::Rect;
use crate::pdf::source::{Source, hayro_reader};

/// A file opened to be looked at.
pub(crate) struct OpenFile {
    pdf: Pdf,
    /// For each page, which one of the file it is.
    pages: Vec<Option<usize>>,
}

impl OpenFile {
    /// `None` for what cannot be read as a PDF.
    pub(crate) fn open(bytes: Arc<Vec<u8>>, password: &str) -> Option<Self> {
        let pdf = hayro_reader::open_bytes(bytes, password)?;
        let pages = (0..pdf.pages().len()).map(Some).collect();
        Some(Self { pdf, pages })
    }

    /// A source, with the pages that it has itself; `None` where it cannot be read once more.
    pub(crate) fn of(source: &Source) -> Option<Self> {
        let pdf = hayro_reader::open(source)?;
        let pages = hayro_reader::page_indexes(&pdf, source);
        Some(Self { pdf, pages })
    }

    /// How many pages it has.
    pub(crate) fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// A page, counted from 0; `None` where there is none or it cannot be told which one it is.
    pub(crate) fn page<'c, 'a>(
        &'a self,
        page: usize,
        cache: &'c Cache<'a>,
    ) -> Option<OpenPage<'c, 'a>> {
        let index = self.pages.get(page).copied()??;
        let page = self.pdf.pages().get(index)?;
        Some(OpenPage { page, cache })
    }

    /// The words that it holds beside its pages, of which this one, counted from 0, is the first that is searched.
    pub(crate) fn words(&self, first: usize) -> FileWords {
        let index = self.pages.get(first).copied().flatten();
        FileWords::of(&self.pdf, index.and_then(|index| self.pdf.pages().get(index)))
    }
}

/// A page to be looked at, and what is kept from page to page of its file.
#[derive(Clone, Copy)]
pub(crate) struct OpenPage<'c, 'a> {
    /// What hayro makes of it.
    pub(crate) page: &'a Page<'a>,
    pub(crate) cache: &'c Cache<'a>,
}

impl<'c, 'a> OpenPage<'c, 'a> {
    /// A page of a file that is read already.
    pub(crate) fn new(page: &'a Page<'a>, cache: &'c Cache<'a>) -> Self {
        Self { page, cache }
    }

    /// What it shows; empty and not whole where it stops the reader.
    pub(crate) fn view(self) -> View {
        super::view(self.page, self.cache)
    }

    /// What it shows with all of its layers shown; `None` where its file has none.
    pub(crate) fn view_of_all_layers(self) -> Option<View> {
        layers::has_layers(self.page).then(|| layers::view_of_all_layers(self.page, self.cache))
    }

    /// Its content; `None` where that cannot be decoded.
    pub(crate) fn content(self) -> Option<&'a [u8]> {
        self.page.page_stream()
    }

    /// What tells it from other pages, by its view and the lines of that.
    pub(crate) fn fingerprint(self, view: &View, lines: &[Line]) -> Fingerprint {
        Fingerprint::of(self.page, view, lines)
    }

    /// What tells whether another page shows the same within an area of its user space.
    pub(crate) fn likeness(self, view: &View, area: Rect) -> Likeness {
        let content = self.content().unwrap_or_default();
        let resources = self.cache.resources().of(self.page);
        Shown::new(view, boxes(self.page), area).likeness(content, resources)
    }

    /// Its annotations.
    pub(crate) fn notes(self) -> Vec<Note> {
        notes::notes(self.page)
    }

    /// The tones of its pictures within some areas of displayed space; see [`Tone`].
    pub(crate) fn tones(self, areas: &[Rect]) -> Vec<Vec<Tone>> {
        points::look(self.page, self.cache, areas, &[]).0
    }

    /// The same, and what the ink of its pictures looks like where words are said to stand; see [`Writing`].
    pub(crate) fn tones_and_writing(
        self,
        areas: &[Rect],
        words: &[Rect],
    ) -> (Vec<Vec<Tone>>, Vec<Vec<Writing>>) {
        points::look(self.page, self.cache, areas, words)
    }

    /// How some letters of its view are seen, where readers paint some marks by themselves; see [`Sight`].
    pub(crate) fn sights(self, letters: &[&Letter], by_readers: &[Mark]) -> Vec<Sight> {
        sampling::sights(self.page, self.cache, letters, by_readers)
    }

    /// What lies beneath something in some areas, where readers paint some marks by themselves; see [`Question`].
    pub(crate) fn beneath(self, questions: &[Question<'_>], by_readers: &[Mark]) -> Vec<Grid> {
        sampling::beneath(self.page, self.cache, questions, by_readers)
    }

    /// The annotations that it shows with a drawing of their own, in the order in which they are painted: the kind of each
    /// (`/Subtype`) and where it stands.
    pub(crate) fn drawn_annotations(self) -> Vec<(String, Rect)> {
        overlays::appearances(self.page)
            .map(|drawn| (drawn.subtype.clone(), drawn.area()))
            .collect()
    }

    /// The words that belong to it and that it need not show, those of its file too; and whether all of them were looked at.
    pub(crate) fn nonvisual_words(self, file: &FileWords) -> (Vec<NonvisualWords>, bool) {
        nonvisual_text::of_page(self.page, file)
    }
}
