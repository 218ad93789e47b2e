//! Opens a PDF and looks at its pages one by one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::covers::Covers;
use super::text::{self, PageText};
use super::{
    Leak, LeakKind, LeakPlace, Personal, Redaction, beneath, cropped, hidden, overtyped, personal,
    redaction, running_heads, scans,
};
use crate::classify::PageKind;
use crate::inspect::nonvisual_text;
use crate::inspect::prohibited_form;
use crate::model::Sha256Hash;
use crate::model::geometry::Rect;
use crate::pdf::page::{FileWords, Ink, LetterText, Mark, Note, OpenPage, View, WordsOf};

/// A picture with fewer letters than this on it, and no text layer, has been stamped or headed, and not recognised.
const MAX_LETTERS: usize = 60;

/// Fewer letters than this of which nobody knows what they say are signs and bullets.
const MIN_UNKNOWN: usize = 20;

/// What one page betrays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageLeaks {
    /// Everything found, kind by kind; personal data in the order in which it is read.
    pub leaks: Vec<Leak>,
    /// What stands for the values of the personal data among them, in their order.
    pub values: Vec<Sha256Hash>,
    /// For what covers words, what stands for the line that they make up.
    pub covered: Vec<(LeakPlace, u64)>,
    /// Whether the page could be searched; if not, nothing is known of it.
    pub searched: bool,
    /// Whether it is a picture without a text that could be searched.
    pub picture_only: bool,
    /// What it is, as far as its own words say.
    pub kind: PageKind,
}

impl PageLeaks {
    /// Leaves out what is told of comments, which are taken out.
    pub(crate) fn drop_comments(&mut self) {
        self.retain(|leak, _| leak.place != LeakPlace::In(WordsOf::Comment));
    }

    /// Leaves out names, but for those of which a test holds.
    pub(crate) fn retain_names(&mut self, stays: impl Fn(Sha256Hash) -> bool) {
        let is_name = |leak: &Leak| leak.kind == LeakKind::Personal(Personal::Name);
        self.retain(|leak, value| !is_name(leak) || value.is_none_or(&stays));
    }

    /// Adds names that are looked for.
    pub(crate) fn add_names(&mut self, names: Vec<(Leak, Sha256Hash)>) {
        for (leak, value) in names {
            self.leaks.push(leak);
            self.values.push(value);
        }
    }

    /// Keeps what a test holds of, and what stands for its value.
    fn retain(&mut self, stays: impl Fn(&Leak, Option<Sha256Hash>) -> bool) {
        let mut values = self.values.iter().copied();
        let mut kept = Vec::new();
        self.leaks.retain(|leak| {
            let is_personal = matches!(leak.kind, LeakKind::Personal(_));
            let value = if is_personal { values.next() } else { None };
            let stays = stays(leak, value);
            kept.extend(value.filter(|_| stays));
            stays
        });
        self.values = kept;
    }
}

/// Searches one page. A page that stops the reader counts as not searched.
pub(crate) fn examine(page: OpenPage<'_, '_>, words: &FileWords) -> PageLeaks {
    let examine = || examine_view(page, page.view(), words);
    catch_unwind(AssertUnwindSafe(examine)).unwrap_or_default()
}

/// Searches a page that has been looked at already. `words` are those that its file holds beside its pages.
pub(crate) fn examine_view(page: OpenPage<'_, '_>, mut view: View, words: &FileWords) -> PageLeaks {
    let all = page.view_of_all_layers();
    let notes = page.notes();
    drop_icons(&mut view, &notes);
    let by_readers: Vec<Mark> = notes.iter().flat_map(Note::drawn_by_readers).collect();
    view.marks.extend(by_readers.iter().cloned());
    let covers = Covers::of(&view);
    let mut leaks = redaction::find(page, &view, &covers, &by_readers);
    leaks.extend(overtyped::find(&view));
    leaks.extend(in_pictures(page, &view, &covers));
    leaks.extend(beneath::find(page, &view, &covers, &notes, &by_readers));
    leaks.extend(not_applied(&view, &notes));
    leaks.extend(hidden::find(&view, all.as_ref(), &covers));
    let rows = text::rows(all.as_ref().unwrap_or(&view));
    let (kind, of_form) = prohibited_form::find(&view, &rows);
    leaks.extend(of_form);
    let text = PageText::of(&rows);
    let (of_text, mut values) = personal::find(&text, view.size.1);
    leaks.extend(of_text);
    let of_words = nonvisual_text::find(page, &view, words, &text);
    leaks.extend(of_words.leaks);
    values.extend(of_words.values);
    let covered = running_heads::covered(&leaks, &text, view.size.1);
    PageLeaks {
        leaks,
        covered,
        values,
        searched: view.whole && of_words.is_whole && is_readable(&view) && !kind.has_unread_heading,
        picture_only: is_picture_only(&view, &covers),
        kind,
    }
}

/// What only the points of pictures tell: boxes within a scan that its text layer does not know of, and what of pictures a
/// crop hides.
fn in_pictures(page: OpenPage<'_, '_>, view: &View, covers: &Covers<'_>) -> Vec<Leak> {
    let words = scans::words(view, covers);
    let strips = cropped::strips(view);
    let cores = words.iter().map(|word| word.core);
    let areas: Vec<Rect> = cores.chain(strips.iter().map(|strip| strip.area)).collect();
    let wholes: Vec<Rect> = words.iter().map(|word| word.whole).collect();
    let (tones, writing) = match areas.is_empty() {
        true => Default::default(),
        false => page.tones_and_writing(&areas, &wholes),
    };
    let (of_words, of_strips) = tones.split_at_checked(words.len()).unwrap_or_default();
    let mut leaks = scans::find(page, view, &words, (of_words, &writing));
    leaks.extend(cropped::find(view, &strips, of_strips));
    leaks
}

/// Whether fonts tell what most of the letters say.
pub(crate) fn is_readable(view: &View) -> bool {
    let unknown = view.letters().filter(|(_, letter)| letter.text == LetterText::Unknown);
    let unknown = unknown.count();
    unknown < MIN_UNKNOWN || 2 * unknown < view.letters().count()
}

fn is_picture_only(view: &View, covers: &Covers<'_>) -> bool {
    let mut letters = view.letters().filter(|(_, letter)| !letter.text.is_blank());
    covers.all().iter().any(|cover| cover.is_scan)
        && view.letters().count() < MAX_LETTERS
        && !letters.any(|(_, letter)| letter.ink == Ink::Invisible)
}

/// Leaves out the icons of notes and attachments: they cover a word by chance, and readers move them aside.
fn drop_icons(view: &mut View, notes: &[Note]) {
    let icons = notes.iter().filter(|note| note.is_icon());
    let icons: Vec<Rect> = icons.map(|note| note.area).collect();
    let is_icon = |mark: &Mark| {
        mark.annotation
            && mark.seen.is_some_and(|seen| {
                icons.iter().any(|icon| {
                    let common = icon.intersection(seen).map_or(0.0, Rect::area);
                    common >= 0.8 * seen.area()
                })
            })
    };
    view.marks.retain(|mark| !is_icon(mark));
}

fn not_applied(view: &View, notes: &[Note]) -> Vec<Leak> {
    notes
        .iter()
        .filter(|note| note.subtype == "Redact")
        .map(|note| Leak {
            kind: LeakKind::Redaction(Redaction::NotApplied),
            place: LeakPlace::of(note.area, view.size.1),
        })
        .collect()
}
