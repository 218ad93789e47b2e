//! The file as a whole: its name, its pages, its size.

use std::cmp::Reverse;

use super::outcome::{EXAMPLES, shortened};
use super::{Outcome, Subject};
use crate::model::words::size;
use crate::verify::profile::RuleLimits;

impl Subject<'_> {
    pub(super) fn undamaged(&self) -> Outcome {
        self.damage.clone().map_or(Outcome::Pass, Outcome::of_file)
    }

    pub(super) fn page_cap(&self, limits: &RuleLimits) -> Outcome {
        let pages = self.reading.pages.len();
        match limits.pages {
            Some(most) if pages > most => {
                Outcome::of_file(format!("{pages} pages where {most} are allowed"))
            }
            _ => Outcome::Pass,
        }
    }

    pub(super) fn file_size(&self, limits: &RuleLimits) -> Outcome {
        let too_large: Vec<String> = limits
            .routes
            .iter()
            .filter(|route| self.reading.bytes > route.mb * 1_000_000)
            .map(|route| format!("{} takes {} MB", route.name, route.mb))
            .collect();
        if too_large.is_empty() {
            return Outcome::Pass;
        }
        Outcome::of_file(format!("{}: {}", size(self.reading.bytes), too_large.join(", ")))
    }

    pub(super) fn weight(&self, limits: &RuleLimits) -> Outcome {
        let count = self.reading.pages.len();
        let pages = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        let each = self.reading.bytes / pages;
        if limits.kb_per_page.is_none_or(|most| each <= most * 1000) {
            return Outcome::Pass;
        }
        let heaviest = self.heaviest();
        let named: Vec<String> = heaviest
            .iter()
            .map(|(title, _, bytes)| format!("\"{}\" {}", shortened(title), size(*bytes)))
            .collect();
        let named = if named.is_empty() {
            String::new()
        } else {
            format!("; the heaviest: {}", named.join(", "))
        };
        Outcome::Fail {
            pages: heaviest.iter().map(|(_, page, _)| *page).collect(),
            message: format!(
                "{} for {count} pages, {} a page{named}",
                size(self.reading.bytes),
                size(each)
            ),
        }
    }

    /// The rows of the index whose pages need most, with their first pages and bytes; pages of their own where there is no
    /// index.
    pub(super) fn heaviest(&self) -> Vec<(String, usize, u64)> {
        let mut starts: Vec<(usize, String)> = self
            .rows()
            .iter()
            .filter_map(|row| Some((self.reading.named(&row.first)?, row.title.clone())))
            .collect();
        if starts.is_empty() {
            let pages = 0..self.reading.pages.len();
            starts = pages.map(|page| (page, format!("page {}", page + 1))).collect();
        }
        // A section begins where its first document does; the later row is the document.
        starts.sort_by_key(|(page, _)| *page);
        let ends = starts.iter().skip(1).map(|(page, _)| *page);
        let ends: Vec<usize> = ends.chain([self.reading.pages.len()]).collect();
        let mut documents: Vec<(String, usize, u64)> = starts
            .into_iter()
            .zip(ends)
            .map(|((start, title), end)| {
                let weights = self.reading.weights.get(start..end).unwrap_or_default();
                (title, start, weights.iter().sum())
            })
            .collect();
        documents.sort_by_key(|(_, page, bytes)| (Reverse(*bytes), *page));
        documents.truncate(EXAMPLES);
        documents
    }

    pub(super) fn file_name(&self, limits: &RuleLimits) -> Outcome {
        match &limits.pattern {
            Some(pattern) if !pattern.is_match(self.file_name) => {
                let example = limits.example.as_deref().unwrap_or_default();
                Outcome::of_file(format!("the file is not named as in \"{example}\""))
            }
            _ => Outcome::Pass,
        }
    }
}
