//! The validated case: what a manifest means once every key has been checked.
//!
//! Everything here is plain data. Nothing reads the disk; paths are relative to the folder that
//! holds the manifest unless said otherwise.

use std::path::PathBuf;

use jiff::civil::{Date, Time};

use super::{Allowed, Audience, Comments, Hidden};
use super::{CourtCaseNumber, ExhibitRef, Form, Limits, PageSelection, SectionLetter, Urn};
use crate::source::Sha256Hash;

/// One case, as validated from its manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The manifest as the user named it, for messages.
    pub manifest: PathBuf,
    /// The folder that holds the manifest; every other path is relative to it.
    pub folder: PathBuf,
    /// The hash of the manifest, byte for byte.
    pub sha256: Sha256Hash,
    /// The police and CPS unique reference number.
    pub urn: Option<Urn>,
    /// The court's own number.
    pub court_case_number: Option<CourtCaseNumber>,
    /// The short name, such as `R v Blake`.
    pub title: String,
    /// The court that hears the case.
    pub court: Option<String>,
    /// The name of the checklist that the file must satisfy; `None` switches the check off.
    pub file_standard: Option<String>,
    /// What the case involves, which decides about the conditional items of the checklist.
    pub flags: Vec<Flag>,
    /// The witnesses of whom a statement is wanted, by name.
    pub witnesses: Vec<String>,
    /// The police unit that sent the file.
    pub police_unit: Option<String>,
    /// The kind of casework, in the words of the office; groups the file-quality figures.
    pub casework_type: Option<String>,
    /// The natural language of the generated pages, written as the PDF's `/Lang`.
    pub language: Language,
    /// Whether listed files and outputs may lie outside [`Case::folder`].
    pub allow_outside: bool,
    /// How much of the machine one file may take.
    pub limits: Limits,
    /// The defendants, in the order typed.
    pub defendants: Vec<Defendant>,
    /// The next hearing.
    pub hearing: Option<Hearing>,
    /// The bundles to make, at least one.
    pub bundles: Vec<Bundle>,
    /// The sections, in the order typed.
    pub sections: Vec<Section>,
    /// What of the checklist the case does not need, and who says so.
    pub not_applicable: Vec<NotApplicable>,
    /// The file-quality assessment that a person has recorded.
    pub assessment: Option<Assessment>,
}

/// Something that a case involves, for which a file must then hold more.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// The police charged, not the CPS.
    PoliceCharged,
    /// The CPS decided on the charge.
    CpsCharged,
    /// There is a victim who may make a personal statement.
    Victim,
    /// A victim or witness is vulnerable or intimidated.
    Vulnerable,
    /// A defendant is under 18; known of defendants with `youth = true`.
    Youth,
    /// A defendant is in custody; known of defendants by `remand`.
    Custody,
    /// Somebody was hurt, or medical evidence is relied upon.
    Medical,
    /// Forensic evidence is relied upon.
    Forensic,
    /// There is video of cameras worn by officers.
    BodyWornVideo,
    /// There is video of other cameras.
    Cctv,
    /// There are other recordings.
    Media,
    /// A suspect was interviewed.
    Interview,
    /// There are exhibits.
    Exhibits,
    /// Statements are needed already at this stage.
    Statements,
    /// A witness has convictions or cautions.
    WitnessConvictions,
    /// There is unused material that a schedule must list.
    Unused,
    /// There is sensitive material.
    Sensitive,
    /// There are orders of a court, or applications for them.
    Orders,
    /// Bad character is relied upon.
    BadCharacter,
    /// The case is sent to the Crown Court.
    Sent,
}

/// An item of the checklist that somebody has decided the case does not need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotApplicable {
    /// The code of the item, such as `MG6D` or `RP4`, in the spelling typed.
    pub item: String,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub initials: String,
    /// The line of `[[not_applicable]]` in the manifest, from 1.
    pub line: usize,
}

/// The language of the pages that the program makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
pub enum Language {
    /// British English.
    #[default]
    #[serde(rename = "en-GB")]
    English,
    /// Welsh.
    #[serde(rename = "cy")]
    Welsh,
}

impl Language {
    /// The language tag of ISO 32000-2, 14.9.2 (`/Lang`).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Welsh => "cy",
        }
    }
}

/// A person charged.
#[derive(Debug, Clone, PartialEq)]
pub struct Defendant {
    /// The full name.
    pub name: String,
    /// Bail or custody, where stated.
    pub remand: Option<RemandStatus>,
    /// Where a defendant in custody is held, such as `HMP Leeds`.
    pub held_at: Option<String>,
    /// Whether the defendant appears over a video link, and needs no dock.
    pub by_link: bool,
    /// Whether the defendant is under 18.
    pub youth: bool,
    /// The charges, each with its own custody time limit.
    pub charges: Vec<Charge>,
}

/// Where a defendant is until the hearing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RemandStatus {
    /// Unconditional bail.
    Bail,
    /// Bail with conditions.
    ConditionalBail,
    /// Remanded in custody.
    Custody,
    /// A youth remanded to secure accommodation.
    SecureUnit,
}

/// One offence alleged against one defendant.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// The offence in words.
    pub offence: String,
    /// The stage that decides the length of the custody time limit.
    pub custody_stage: Option<CustodyStage>,
    /// The first day of custody for this offence.
    pub custody_start: Option<Date>,
    /// Days of earlier custody on the same offence.
    pub custody_days_served: u32,
    /// The date that the court itself recorded, which beats any calculation.
    pub custody_time_limit: Option<Date>,
    /// The date to which the court extended the limit.
    pub custody_extended_to: Option<Date>,
}

/// The stage of proceedings for a custody time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustodyStage {
    /// Summary-only offence in a magistrates' court.
    Summary,
    /// Either-way offence in a magistrates' court.
    EitherWay,
    /// Sent to the Crown Court.
    Crown,
    /// Voluntary bill of indictment.
    VoluntaryBill,
}

/// The hearing that the bundle is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Hearing {
    /// What kind of hearing, such as `trial` or `ptph`.
    pub kind: Option<String>,
    /// The day.
    pub date: Option<Date>,
    /// The local time.
    pub time: Option<Time>,
    /// The courtroom.
    pub courtroom: Option<String>,
    /// Who prosecutes.
    pub prosecutor: Option<String>,
    /// Which half of the day, where it is stated.
    pub session: Option<Session>,
    /// How long it is expected to take, in minutes.
    pub estimate: Option<u32>,
    /// What the courtroom must have, beyond what the defendants call for by themselves.
    pub needs: Vec<Need>,
}

/// Something that a courtroom has and a hearing may need.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A dock for defendants in custody.
    Dock,
    /// A link for those who appear by video.
    VideoLink,
    /// A loop for those who hear badly.
    HearingLoop,
    /// A way in without steps.
    Accessible,
}

impl Need {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dock => "dock",
            Self::VideoLink => "video link",
            Self::HearingLoop => "hearing loop",
            Self::Accessible => "step-free access",
        }
    }
}

/// One half of a day in court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Session {
    /// Before 13:00.
    Morning,
    /// From 13:00 on.
    Afternoon,
}

/// One PDF to make from the case.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The short name, used in the output path.
    pub name: String,
    /// The heading on the cover.
    pub title: String,
    /// Whom it may reach.
    pub audience: Audience,
    /// The one defendant for whom it is made, by the place in [`Case::defendants`].
    pub defendant: Option<usize>,
    /// The court rule profile by name, such as `general-2021`.
    pub rules: String,
    /// A file with rule profiles of the user's own, relative to [`Case::folder`].
    pub rules_file: Option<PathBuf>,
    /// What the court itself has ordered instead.
    pub overrides: Overrides,
    /// Where it is written, relative to [`Case::folder`], every placeholder filled in.
    pub output: PathBuf,
    /// Positions in [`Case::sections`], in the order of the bundle.
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

/// A lettered part of the bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The letter or letters, unique in the case.
    pub letter: SectionLetter,
    /// The heading in the index.
    pub title: String,
    /// Whether the documents are meant to stand in date order.
    pub date_order: bool,
    /// The documents, in the order typed.
    pub documents: Vec<Document>,
    /// The line of `[[section]]` in the manifest, from 1.
    pub line: usize,
}

/// One listed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The title in the index.
    pub title: String,
    /// The file, relative to [`Case::folder`]; an expected document may have none yet.
    pub file: Option<PathBuf>,
    /// Which pages are taken; `None` takes all.
    pub pages: Option<PageSelection>,
    /// The date of the document.
    pub date: Option<Date>,
    /// The form, such as `MG11`.
    pub form: Option<Form>,
    /// Whom it may reach, as far as the manifest narrows that; empty where it does not.
    pub audiences: Vec<Audience>,
    /// The defendants to whom it is restricted, by their places in [`Case::defendants`]; empty where it
    /// is not.
    pub restricted_to: Vec<usize>,
    /// The prosecutor who decided that it is served.
    pub served_by: Option<String>,
    /// When that was decided.
    pub served_on: Option<Date>,
    /// Who redacted it.
    pub redacted_by: Option<String>,
    /// When it was redacted.
    pub redacted_on: Option<Date>,
    /// What becomes of comments in a bundle that leaves the prosecution, once somebody has decided.
    pub comments: Option<Comments>,
    /// What becomes of hidden layers and what else nobody sees in a bundle that leaves the prosecution.
    pub hidden: Hidden,
    /// Personal data that somebody has looked at and lets pass.
    pub allow: Vec<Allowed>,
    /// The witness whose document it is.
    pub witness: Option<String>,
    /// The exhibit reference.
    pub exhibit: Option<ExhibitRef>,
    /// Items of the checklist that it answers besides those of its form, in the spelling typed.
    pub items: Vec<String>,
    /// Whom to ask for it.
    pub supplier: Option<String>,
    /// When it is due.
    pub due: Option<Date>,
    /// Whether the bundle is incomplete without it.
    pub required: bool,
    /// Listed but not yet held (`status = "expected"`).
    pub expected: bool,
    /// The environment variable that holds the password of the file.
    pub password_env: Option<String>,
    /// Whether what is left of a damaged file is taken.
    pub allow_damaged: bool,
    /// The line of `[[section.document]]` in the manifest, from 1.
    pub line: usize,
}

/// A file-quality assessment, as a person recorded it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// Whether the case counts at all.
    pub eligible: bool,
    /// The day of the assessment.
    pub assessed_on: Option<Date>,
    /// The last day for recording outcomes, where it is another than the usual one.
    pub deadline: Option<Date>,
    /// The failures found.
    pub failures: Vec<Failure>,
}

/// One reason for which a file did not meet the standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The failure code, such as `E13`.
    pub code: String,
    /// Whether the police dispute it.
    pub disputed: bool,
    /// How the dispute ended.
    pub outcome: Option<DisputeOutcome>,
}

/// The end of a dispute about one failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeOutcome {
    /// Nobody disputed it.
    NotDisputed,
    /// The police were right.
    DisputedSuccessfully,
    /// The failure stands.
    DisputedUnsuccessfully,
}
