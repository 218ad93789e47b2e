//! The validated case: what a manifest means once every key has been checked.
//!
//! Everything here is plain data. Nothing reads the disk; paths are relative to the folder that
//! holds the manifest unless said otherwise.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{Allowed, Bundle, Comments, Defendant, Hearing, Hidden, NotForm};
use super::{CourtCaseNumber, ExhibitRef, Form, Limits, PageSelection, SectionLetter, Urn};
use crate::model::Audience;
use crate::model::Sha256Hash;

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
    /// Personal data in its title that somebody lets pass.
    pub allow: Vec<Allowed>,
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

/// A lettered part of the bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The letter or letters, unique in the case.
    pub letter: SectionLetter,
    /// The heading in the index.
    pub title: String,
    /// Personal data in its title that somebody lets pass.
    pub allow: Vec<Allowed>,
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
    /// Who says why none of the known forms fits, where [`Document::form`] is `other`.
    pub other: Option<Other>,
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
    /// Pages that are taken for a form, and are none.
    pub not_form: Vec<NotForm>,
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

/// Somebody's reason why a document is none of the known forms and classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// What it is.
    pub reason: String,
    /// Who says so.
    pub initials: String,
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
