//! The kinds of thing that are chased.

use serde::Serialize;

use crate::disclosure;
use crate::manifest::Document;

/// What kind of thing a document is, for whoever has to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Forms, and papers of court and counsel.
    DocumentsAndForms,
    /// Recordings.
    Footage,
    /// What witnesses say.
    Statements,
    /// Forensic reports and submissions.
    Forensic,
    /// Medical evidence.
    Medical,
    /// Interviews, custody records, convictions, third parties' records.
    Records,
    /// Exhibits that are none of these.
    Exhibits,
    /// Nothing says what it is.
    Other,
}

impl Category {
    /// The word for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DocumentsAndForms => "documents-and-forms",
            Self::Footage => "footage",
            Self::Statements => "statements",
            Self::Forensic => "forensic",
            Self::Medical => "medical",
            Self::Records => "records",
            Self::Exhibits => "exhibits",
            Self::Other => "other",
        }
    }
}

/// Words in a title, for documents whose class leaves it open.
const WORDS: [(&str, Category); 15] = [
    ("body-worn", Category::Footage),
    ("body worn", Category::Footage),
    ("bwv", Category::Footage),
    ("footage", Category::Footage),
    ("video", Category::Footage),
    ("999", Category::Footage),
    ("medical", Category::Medical),
    ("hospital", Category::Medical),
    ("injur", Category::Medical),
    ("forensic", Category::Forensic),
    ("dna", Category::Forensic),
    ("fingerprint", Category::Forensic),
    ("statement", Category::Statements),
    ("interview", Category::Records),
    ("convictions", Category::Records),
];

/// The category of a document, by its class and, where that leaves it open, by its title.
pub fn category(document: &Document) -> Category {
    let class = disclosure::class_of(document).map(|class| class.name.as_str());
    let by_class = match class {
        Some("media") => Category::Footage,
        Some(
            "MG11" | "MG11 back" | "MG11(R)" | "statement" | "witness-interview"
            | "victim-statement",
        ) => Category::Statements,
        Some("MG21" | "MG21A" | "MG22" | "expert-report") => Category::Forensic,
        Some("medical-records") => Category::Medical,
        Some(
            "MG15"
            | "custody-record"
            | "previous-convictions"
            | "pnc"
            | "third-party"
            | "pre-sentence-report",
        ) => Category::Records,
        Some("exhibit" | "photographs" | "plan" | "transcript") => Category::Exhibits,
        Some(_) => Category::DocumentsAndForms,
        None => Category::Other,
    };
    let is_open = matches!(class, None | Some("exhibit" | "expert-report"));
    is_open.then(|| by_title(&document.title)).flatten().unwrap_or(by_class)
}

fn by_title(title: &str) -> Option<Category> {
    let title = title.to_lowercase();
    WORDS.iter().find(|(word, _)| title.contains(word)).map(|(_, category)| *category)
}
