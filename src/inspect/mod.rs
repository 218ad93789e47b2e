//! What must not leave the prosecution, found in the content of pages: redactions that hide nothing, forms that are
//! never served, protective markings, personal data, hidden text.
//!
//! The detectors are pure: they look at a [`View`](crate::pdf::page::View). What is found says its kind, its page and its place, and never
//! what it says, so that nothing leaks through a report.

mod allow;
mod beneath;
#[cfg(test)]
mod beneath_tests;
mod contents;
#[cfg(test)]
mod cover_tests;
mod covers;
mod cropped;
mod examine;
mod fates;
#[cfg(test)]
mod file_tests;
mod hidden;
mod kinds_of_pages;
mod names;
mod nonvisual_text;
mod overtyped;
mod patches;
mod personal;
mod prohibited_form;
mod redaction;
mod redundant;
mod running_heads;
mod scans;
#[cfg(test)]
mod strange_tests;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use crate::pdf::page::WordsOf;
pub(crate) use allow::{Item, Pass, items, suppress};
pub(crate) use examine::is_readable;
pub(crate) use examine::{PageLeaks, examine, examine_view};
pub(crate) use hidden::Hidden;
pub(crate) use kinds_of_pages::{kind_of, kinds_of_pages};
pub(crate) use names::{SoughtNames, is_officer, value_of_name};
pub(crate) use personal::{Personal, values_in, withheld};
pub(crate) use prohibited_form::is_never_served;
pub(crate) use running_heads::take_for_repeats;

pub(crate) use crate::classify::Marking;
use crate::model::geometry::Rect;

/// One thing found on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Leak {
    /// What kind of thing.
    pub kind: LeakKind,
    /// Where it stands.
    pub place: LeakPlace,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LeakPlace {
    /// In a rectangle of the page as it is displayed, in points from the top left corner.
    At {
        /// From the left edge of the page.
        left: f64,
        /// From the top edge of the page.
        top: f64,
        /// To the right.
        width: f64,
        /// Downwards.
        height: f64,
    },
    /// In words that belong to the page, and that it does not show.
    In(WordsOf),
}

impl LeakPlace {
    /// Where an area of displayed space lies on a page of this height.
    pub fn of(area: Rect, page_height: f64) -> Self {
        Self::At {
            left: area.left,
            top: page_height - area.top,
            width: area.width(),
            height: area.height(),
        }
    }
}

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakKind {
    /// A redaction that hides nothing.
    Redaction(Redaction),
    /// A comment or mark-up, as people call it, that hides something which is not gone: it must not be taken off.
    CoveringComment(&'static str),
    /// Covered words that tell nothing: a marking, the number of a page, or what is seen elsewhere on it.
    Redundant,
    /// A form that is never served, by the name of its class.
    ProhibitedForm(&'static str),
    /// Labels of the back page of a witness statement.
    BackPage {
        /// Whether no other form has such labels.
        certain: bool,
    },
    /// A protective marking.
    Marking(Marking),
    /// Personal data.
    Personal(Personal),
    /// Words that the page does not show, though they stand for what it shows.
    NonvisualText(WordsOf),
    /// Text that is not seen.
    Hidden {
        /// Why not.
        why: Hidden,
        /// How many letters and digits.
        letters: usize,
    },
    /// Pictures or drawings that stand outside of what the page shows, or go on there.
    Cropped {
        /// How many pictures.
        pictures: usize,
        /// How many lines and filled areas.
        drawings: usize,
    },
}

/// Why a redaction hides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redaction {
    /// Text lies beneath something that was painted over it.
    TextBeneath,
    /// Text has the colour of what lies beneath it.
    SameColour,
    /// The text layer of a scan says words that the scan does not show: a box was painted over it, or into it.
    LayerBeneath,
    /// A picture goes on beneath something painted over it, or where it is cut out.
    PictureBeneath,
    /// A redaction that was marked and never applied.
    NotApplied,
}
