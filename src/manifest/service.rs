//! Whom a bundle may reach, and what a document says about that.

use super::PageSelection;
use crate::model::Mark;

/// What becomes of comments and mark-up in a bundle that leaves the prosecution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comments {
    /// They go along, with the names of their authors.
    Keep,
    /// They are taken out.
    Strip,
}

/// What becomes of what nobody sees in a bundle that leaves the prosecution: hidden layers, text and pictures
/// outside of pages, text that is not painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// It stays: whoever has the file can show or copy it.
    #[default]
    Keep,
    /// It is taken out, as far as the rest stays as it is.
    Drop,
}

/// One place with personal data that somebody has looked at and lets pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// What kind of data.
    pub kind: PersonalData,
    /// Where it stands.
    pub at: AllowedAt,
    /// What of that kind there.
    pub which: AllowedWhich,
    /// Why it may stay.
    pub reason: String,
    /// Who says so.
    pub initials: String,
    /// The line of the entry in the manifest, from 1.
    pub line: usize,
}

/// Pages that are taken for a form, and of which somebody says that they are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotForm {
    /// The forms and classes, by their own names.
    pub forms: Vec<&'static str>,
    /// The pages of the source; `None` for all.
    pub pages: Option<PageSelection>,
    /// What they are.
    pub reason: String,
    /// Who says so: two people where the form may never be served.
    pub initials: Vec<String>,
    /// The line of `[[section.document.allow]]` in the manifest, from 1.
    pub line: usize,
}

impl NotForm {
    /// Whether it is about a form on a page, from 1, of a source of `count` pages.
    pub fn denies(&self, form: &str, page: u32, count: u32) -> bool {
        let is_meant = |pages: &PageSelection| {
            pages.resolve(count).is_ok_and(|pages| pages.iter().any(|one| one.0 + 1 == page))
        };
        self.forms.contains(&form) && self.pages.as_ref().is_none_or(is_meant)
    }
}

/// What an entry lets pass at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowedWhich {
    /// The value that has a mark.
    Marked(Mark),
    /// Whatever stands there as the one of so many of its kind, from 1: in manifests of before marks.
    Item(u32),
}

/// Where personal data stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowedAt {
    /// On a page of the source, from 1.
    Page(u32),
    /// In words of the manifest.
    Field(PrintedField),
}

/// Words about a document that a bundle prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrintedField {
    /// Its title.
    Title,
    /// Who provides it.
    Supplier,
}

impl PrintedField {
    /// The key of the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Supplier => "supplier",
        }
    }
}

/// The kinds of personal data that can be recognised by their form, in the words in which prosecutors redact (court-rules PR-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonalData {
    /// A postcode.
    Postcode,
    /// An address, without its postcode.
    Address,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A date of birth.
    DateOfBirth,
    /// A National Insurance number.
    NationalInsurance,
    /// An NHS number.
    NhsNumber,
    /// The number of a bank account, or its sort code.
    BankAccount,
    /// The number of a payment card.
    CardNumber,
    /// The registration of a vehicle.
    Vehicle,
    /// The name of somebody whom a reader may not know of, or with contact details.
    Name,
}

impl PersonalData {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Postcode,
        Self::Address,
        Self::Phone,
        Self::Email,
        Self::DateOfBirth,
        Self::NationalInsurance,
        Self::NhsNumber,
        Self::BankAccount,
        Self::CardNumber,
        Self::Vehicle,
        Self::Name,
    ];

    /// The word for manifests and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Postcode => "postcode",
            Self::Address => "address",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::DateOfBirth => "date-of-birth",
            Self::NationalInsurance => "national-insurance",
            Self::NhsNumber => "nhs-number",
            Self::BankAccount => "bank-account",
            Self::CardNumber => "card-number",
            Self::Vehicle => "vehicle",
            Self::Name => "name",
        }
    }

    /// The words for people, with their article.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Postcode => "a postcode",
            Self::Address => "a street address",
            Self::Phone => "a telephone number",
            Self::Email => "an e-mail address",
            Self::DateOfBirth => "a date of birth",
            Self::NationalInsurance => "a National Insurance number",
            Self::NhsNumber => "an NHS number",
            Self::BankAccount => "bank details",
            Self::CardNumber => "the number of a payment card",
            Self::Vehicle => "a vehicle registration mark",
            Self::Name => "the name of somebody withheld, or with contact details",
        }
    }
}
