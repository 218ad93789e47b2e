//! The rules, each read off a [`Reading`].

mod bookmarks;
mod content;
mod contents;
mod file;
mod index;
mod numbers;
mod outcome;
mod pages;
mod titles;

pub(super) use outcome::Outcome;

use super::profile::{Profile, RuleLimits};
use super::reading::{ReadBundle, ReadPage};
use crate::inspect::{Hidden, LeakKind, Marking, Redaction, is_never_served};
use crate::model::Code;

/// The name of the file, and what was read of it.
pub(in crate::verify) struct Subject<'a> {
    /// What is wrong with the file as such.
    pub(in crate::verify) damage: Option<String>,
    pub(in crate::verify) reading: &'a ReadBundle,
    pub(in crate::verify) file_name: &'a str,
    pub(in crate::verify) profile: &'a Profile,
}

impl Subject<'_> {
    /// Tests one rule.
    #[allow(clippy::too_many_lines, reason = "an arm for each rule")]
    pub(in crate::verify) fn test(&self, code: Code, limits: &RuleLimits) -> Outcome {
        match code {
            Code::Undamaged => self.undamaged(),
            Code::PageNumbers => self.page_numbers(),
            Code::NumberPlace => self.number_place(limits),
            Code::LetterSuffixes => self.letter_suffixes(),
            Code::PageLabels => self.page_labels(),
            Code::PageCap => self.page_cap(limits),
            Code::IndexFound => self.index_found(),
            Code::IndexLinks => self.index_links(),
            Code::IndexComplete => self.index_complete(),
            Code::IndexRanges => self.index_ranges(),
            Code::Titles => self.titles(),
            Code::Bookmarks => self.bookmarks(),
            Code::BookmarkTargets => self.bookmark_targets(),
            Code::BookmarkNumbers => self.bookmark_numbers(),
            Code::OpeningZoom => self.opening_zoom(),
            Code::TargetZoom => self.target_zoom(),
            Code::Searchable => self.searchable(),
            Code::Orientation => self.orientation(),
            Code::ResolutionHigh => self.resolution(limits, true),
            Code::ResolutionLow => self.resolution(limits, false),
            Code::PageSize => self.page_size(limits),
            Code::FontsEmbedded => self.fonts_embedded(),
            Code::FileSize => self.file_size(limits),
            Code::Weight => self.weight(limits),
            Code::FileName => self.file_name(limits),
            Code::BlankPages => self.blank_pages(),
            Code::DuplicatePages => self.duplicate_pages(),
            Code::BadRedaction => self.betrayed(
                |kind| matches!(kind, LeakKind::Redaction(why) if *why != Redaction::NotApplied),
                "what is covered or coloured over can be recovered",
            ),
            Code::NeverServeContent => self.betrayed(
                |kind| match kind {
                    LeakKind::ProhibitedForm(_) => true,
                    LeakKind::Marking(marking) => is_never_served(*marking),
                    _ => false,
                },
                "headed as a form that is never served, or marked as not disclosable",
            ),
            Code::Mg11BackPage => self.betrayed(
                |kind| matches!(kind, LeakKind::BackPage { certain: true }),
                "the back page of a witness statement, with contact details",
            ),
            Code::ProtectiveMarking => self.betrayed(
                |kind| matches!(kind, LeakKind::Marking(Marking::Secret | Marking::TopSecret)),
                "marked SECRET or TOP SECRET",
            ),
            Code::HiddenText => self.betrayed(
                |kind| match kind {
                    LeakKind::Hidden { why, .. } => *why != Hidden::Layer,
                    LeakKind::NonvisualText(_) => true,
                    _ => false,
                },
                "text that is not seen and can be copied",
            ),
            Code::CroppedContent => self.betrayed(
                |kind| matches!(kind, LeakKind::Cropped { .. }),
                "pictures or drawings go on outside of what is shown",
            ),
            Code::PersonalData => self.betrayed(
                |kind| matches!(kind, LeakKind::Personal(_)),
                "personal data to be looked at",
            ),
            Code::PageNotSearched => self.not_searched(),
            Code::RedactionUnapplied => content::found(
                &self.reading.inside.redactions,
                "marked for redaction and not carried out",
            ),
            Code::ActiveContent => {
                content::found(&self.reading.inside.active, "something that runs, plays or sends")
            }
            Code::EmbeddedFiles => content::found(&self.reading.inside.files, "attached files"),
            Code::MarkUp => content::found(&self.reading.inside.mark_up, "comments or mark-up"),
            Code::PictureData => content::found(
                &self.reading.inside.photographs,
                "photographs say where, with what or by whom they were taken",
            ),
            Code::HiddenLayer => self.hidden_layers(),
            Code::AuthorMetadata => self.author_metadata(),
            // Tested before there is anything to read; other codes are no rules of a profile.
            _ => Outcome::Pass,
        }
    }

    fn pages(&self) -> impl Iterator<Item = (usize, &ReadPage)> {
        self.reading.pages.iter().enumerate()
    }

    /// What a page is called: its label, with its place where that differs.
    fn called(&self, index: usize) -> String {
        let place = (index + 1).to_string();
        match self.reading.pages.get(index) {
            Some(page) if page.label != place => {
                format!("{} (page {place} of the PDF)", page.label)
            }
            _ => place,
        }
    }
}
