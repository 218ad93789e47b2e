//! The bundles that a case makes, and how their pages are numbered.

use std::path::PathBuf;

use jiff::civil::Date;

use super::Allowed;
use crate::model::Audience;

/// One PDF to make from the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The short name, used in the output path.
    pub name: String,
    /// The heading on the cover.
    pub title: String,
    /// Personal data in its title that somebody lets pass.
    pub allow: Vec<Allowed>,
    /// Whom it may reach.
    pub audience: Audience,
    /// The one defendant for whom it is made, by the place in [`Case::defendants`](super::Case::defendants).
    pub defendant: Option<usize>,
    /// The court rule profile by name, such as `general-2021`.
    pub rules: String,
    /// A file with rule profiles of the user's own, relative to [`Case::folder`](super::Case::folder).
    pub rules_file: Option<PathBuf>,
    /// What the court itself has ordered instead.
    pub overrides: Overrides,
    /// Where it is written, relative to [`Case::folder`](super::Case::folder), every placeholder filled in.
    pub output: PathBuf,
    /// Positions in [`Case::sections`](super::Case::sections), in the order of the bundle.
    pub sections: Vec<usize>,
    /// Whether the manifest names the sections; otherwise they are all that there are.
    pub names_sections: bool,
    /// The version printed on the cover.
    pub version: Option<String>,
    /// Whether each section starts with a divider sheet.
    pub dividers: bool,
    /// How pages are numbered.
    pub numbering: Numbering,
    /// The line of `[[bundle]]` in the manifest, from 1; `None` for the default bundle.
    pub line: Option<usize>,
}

/// What a court has ordered for a bundle, which beats any profile (GG21, on the court's own directions).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// The most pages.
    pub page_limit: Option<u32>,
    /// The day of the order.
    pub ordered_on: Option<Date>,
}

/// How and where page numbers are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbering {
    /// What the numbers look like.
    pub style: NumberStyle,
    /// Where they stand on the displayed page.
    pub position: Position,
}

/// The kinds of page number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NumberStyle {
    /// 1 to N over the whole PDF, equal to the PDF page number (GG21 paragraph 2).
    #[default]
    Continuous,
    /// The section's letter and a number that starts again in each section (FPR PD27A 1.2).
    Section,
    /// A prefix and a number of fixed width over the whole PDF, such as `BLK000123`.
    Prefix {
        /// The text before the digits.
        prefix: String,
        /// How many digits at the least.
        digits: u8,
    },
}

/// One of six places for the page number, on the page as displayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// The top left corner.
    TopLeft,
    /// The middle of the top edge.
    TopCentre,
    /// The top right corner.
    TopRight,
    /// The bottom left corner.
    BottomLeft,
    /// The middle of the bottom edge.
    BottomCentre,
    /// The bottom right corner.
    #[default]
    BottomRight,
}

impl Position {
    /// The place as messages say it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::TopLeft => "top left",
            Self::TopCentre => "top",
            Self::TopRight => "top right",
            Self::BottomLeft => "bottom left",
            Self::BottomCentre => "bottom",
            Self::BottomRight => "bottom right",
        }
    }
}
