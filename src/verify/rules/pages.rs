//! Pages as they look.

use std::collections::BTreeSet;

use super::outcome::{are, examples, shows};
use super::{Outcome, Subject};
use crate::model::words::count;
use crate::verify::profile::RuleLimits;

/// Scanners round: a picture of 305 dpi was meant to have 300.
const DPI_TOLERANCE: f64 = 0.03;

/// Paper may be cut this much smaller or larger, in points.
const PAPER_TOLERANCE: f64 = 9.0;

impl Subject<'_> {
    pub(super) fn searchable(&self) -> Outcome {
        Outcome::of_pages(self.reading.unsearchable.clone(), |pages| {
            format!("{} pictures without text that can be searched", are(pages))
        })
    }

    pub(super) fn orientation(&self) -> Outcome {
        let faults = self.pages().filter_map(|(index, page)| {
            let what = match page.content.turn()? {
                2 => "is upside down",
                _ => "runs sideways",
            };
            Some((index, format!("the text of page {} {what}", index + 1)))
        });
        Outcome::of_faults(faults.collect())
    }

    pub(super) fn resolution(&self, limits: &RuleLimits, high: bool) -> Outcome {
        let Some(limit) = limits.dpi.map(f64::from) else {
            return Outcome::Pass;
        };
        if self.pages().all(|(_, page)| page.content.pictures.is_empty()) {
            return Outcome::NotApplicable("there are no pictures");
        }
        let breaks = |dpi: f64| {
            if high {
                dpi > limit * (1.0 + DPI_TOLERANCE)
            } else {
                dpi < limit * (1.0 - DPI_TOLERANCE)
            }
        };
        let mut worst: Option<f64> = None;
        let mut pages = Vec::new();
        for (index, page) in self.pages() {
            let dpis = page.content.pictures.iter().map(|picture| picture.dpi);
            let broken: Vec<f64> = dpis.filter(|dpi| breaks(*dpi)).collect();
            if !broken.is_empty() {
                pages.push(index);
            }
            for dpi in broken {
                worst = Some(
                    worst.map_or(dpi, |worst| if high { worst.max(dpi) } else { worst.min(dpi) }),
                );
            }
        }
        Outcome::of_pages(pages, |pages| {
            let (side, most) = if high { ("more", "the most") } else { ("fewer", "the fewest") };
            format!(
                "pictures of {} have {side} than {limit:.0} dots per inch, {most} {:.0}",
                count(pages.len(), "page"),
                worst.unwrap_or_default()
            )
        })
    }

    pub(super) fn page_size(&self, limits: &RuleLimits) -> Outcome {
        let Some(paper) = limits.size else {
            return Outcome::Pass;
        };
        let (width, height) = paper.points();
        let near = |one: f64, other: f64| (one - other).abs() <= PAPER_TOLERANCE;
        let fits = |(x, y): (f64, f64)| {
            (near(x, width) && near(y, height)) || (near(x, height) && near(y, width))
        };
        let pages = self.pages().filter(|(_, page)| !fits(page.size));
        Outcome::of_pages(pages.map(|(index, _)| index).collect(), |pages| {
            format!("{} not of size {paper:?}", are(pages))
        })
    }

    pub(super) fn fonts_embedded(&self) -> Outcome {
        let mut names = BTreeSet::new();
        let mut pages = Vec::new();
        for (index, page) in self.pages() {
            if !page.content.missing_fonts.is_empty() {
                pages.push(index);
                names.extend(page.content.missing_fonts.iter().map(|name| &**name));
            }
        }
        Outcome::of_pages(pages, |_| {
            let names: Vec<&str> = names.iter().copied().collect();
            let (shown, more) = examples(&names);
            format!("fonts that are not in the file: {}{more}", shown.join(", "))
        })
    }

    pub(super) fn blank_pages(&self) -> Outcome {
        Outcome::of_pages(self.reading.blank.clone(), |pages| format!("{} nothing", shows(pages)))
    }

    pub(super) fn duplicate_pages(&self) -> Outcome {
        let faults = self.reading.duplicates.iter().map(|(first, second)| {
            (*second, format!("page {} is like page {}", second + 1, first + 1))
        });
        Outcome::of_faults(faults.collect())
    }
}
