//! Whether the listed documents are there, can be read and are what the manifest says.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::attachments::attached;
use super::content::taken;
use super::order::check_date_order;
use super::{fold, texts};
use crate::check::{Availability, Evidence, LoadedFile};
use crate::manifest::{Case, Document, Section};
use crate::model::DocumentId;
use crate::model::Sha256Hash;
use crate::model::{Code, DocumentRef, Finding};
use crate::pdf::source::{Facts, SourceError, Unlocking};

/// What is there for a document, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// There, and readable.
    Present,
    /// Not there.
    Missing,
    /// Listed as not yet held, and not there.
    Expected,
    /// There, and not readable.
    Unreadable,
    /// Recorded as received by another way than its file, and not there.
    Received,
    /// Recorded as no longer wanted, and not there.
    Cancelled,
}

/// What the ledger of a case says last of a document, beside what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It came on this day.
    Received(Date),
    /// Since this day it is no longer wanted.
    Cancelled(Date),
}

impl State {
    /// The state of a listed document. Where its file is there, no record counts.
    pub fn of(document: &Document, held: &Availability, recorded: Option<Recorded>) -> Self {
        match (held, recorded) {
            (Availability::Present(_), _) => Self::Present,
            (Availability::Unreadable(_), _) => Self::Unreadable,
            (_, Some(Recorded::Received(_))) => Self::Received,
            (_, Some(Recorded::Cancelled(_))) => Self::Cancelled,
            (_, None) if document.expected => Self::Expected,
            (_, None) => Self::Missing,
        }
    }

    /// Whether somebody is to send it still.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Missing | Self::Expected)
    }

    /// The word for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Missing => "missing",
            Self::Expected => "expected",
            Self::Unreadable => "unreadable",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
        }
    }
}

/// How a finding names a document.
pub fn document_ref(section: &Section, document: &Document) -> DocumentRef {
    DocumentRef {
        section: section.letter.to_string(),
        title: document.title.clone(),
        file: document.file.as_deref().map(display),
    }
}

/// Everything that the documents of a case show, as far as they count. Pure: the disk has been read
/// before. What does not count is not named either.
pub fn check_documents(
    case: &Case,
    evidence: &Evidence,
    counts: &dyn Fn(DocumentId) -> bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if case.sections.iter().all(|section| section.documents.is_empty()) {
        let hint = "add [[section.document]] entries, or let `courtbundle init` draft them";
        findings.push(Finding::new(Code::NoDocuments, "the case lists no document").hint(hint));
    }
    let mut seen = BTreeMap::new();
    for (position, section) in case.sections.iter().enumerate() {
        if section.documents.is_empty() {
            let message = format!("section {} lists no document and is left out", section.letter);
            findings.push(Finding::new(Code::EmptySection, message).at_line(section.line));
        }
        let counted: Vec<(usize, &Document)> = section
            .documents
            .iter()
            .enumerate()
            .filter(|(document, _)| counts(DocumentId { section: position, document: *document }))
            .collect();
        if !counted.is_empty() {
            findings.extend(texts::of_section(section));
        }
        for &(index, document) in &counted {
            let held = evidence.held(position, index);
            let about = |finding: Finding| {
                finding.of(document_ref(section, document)).at_line(document.line)
            };
            let id = DocumentId { section: position, document: index };
            let recorded = evidence.recorded.get(&id).copied();
            findings.extend(check_document(document, held, recorded).into_iter().map(about));
            if let Availability::Present(known) = held {
                findings.extend(check_same_file(section, document, known, &mut seen).map(about));
            }
        }
        findings.extend(check_date_order(section, counted.iter().map(|(_, document)| *document)));
    }
    findings.extend(evidence.unlisted.iter().map(|file| {
        Finding::new(
            Code::UnlistedFile,
            format!("{} is in the folder, but no document lists it", display(file)),
        )
        .hint("list it, or move it out of the folder of the case")
    }));
    findings
}

/// A path with `/` between its parts, whatever the system writes.
pub fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn check_document(
    document: &Document,
    held: &Availability,
    recorded: Option<Recorded>,
) -> Vec<Finding> {
    let absent = |nearest: &[String]| match recorded {
        Some(recorded) => recorded_absent(document, recorded),
        None => absent(document, nearest),
    };
    let mut findings = match held {
        Availability::Present(known) => check_present(document, known),
        Availability::Unreadable(error) => vec![unreadable(error)],
        Availability::NotNamed => vec![absent(&[])],
        Availability::Missing { nearest } => vec![absent(nearest)],
    };
    if document.date.is_none() {
        findings.push(Finding::new(Code::Undated, "it has no date; the index says \"undated\""));
    }
    findings.extend(texts::of_document(document));
    fold(findings)
}

fn unreadable(error: &SourceError) -> Finding {
    Finding::new(Code::DocumentUnreadable, error.to_string()).hint(error.hint())
}

/// A document that is not there.
fn absent(document: &Document, nearest: &[String]) -> Finding {
    let ask = match (&document.supplier, document.due) {
        (Some(supplier), Some(due)) => Some(format!("ask {supplier} for it; it is due on {due}")),
        (Some(supplier), None) => Some(format!("ask {supplier} for it")),
        (None, Some(due)) => Some(format!("it is due on {due}")),
        (None, None) => None,
    };
    let code = code_of_absent(document);
    let message = match code {
        Code::DocumentExpected => "not yet held; a sheet keeps its place in the bundle",
        Code::DocumentMissing => "missing",
        _ => "missing; it is not required, so the bundle leaves it out",
    };
    let finding = Finding::new(code, message);
    let nearest = match nearest {
        [] => None,
        [first] => Some(format!("did you mean {first}?")),
        names => Some(format!("did you mean one of {}?", names.join(", "))),
    };
    match (nearest, ask) {
        (Some(nearest), Some(ask)) if !document.expected => {
            finding.hint(format!("{nearest} If not, {ask}"))
        }
        (Some(nearest), _) => finding.hint(nearest),
        (None, Some(ask)) => finding.hint(ask),
        (None, None) => finding.hint("correct the path, or name a supplier to ask"),
    }
}

/// A document that is not there, and of which the ledger says why. A bundle takes in files alone.
fn recorded_absent(document: &Document, recorded: Recorded) -> Finding {
    let (message, hint) = match recorded {
        Recorded::Received(on) => (
            format!("recorded as received on {on}, and its file is not in the folder"),
            "put the file into the folder of the case, or take the document out of the manifest",
        ),
        Recorded::Cancelled(on) => (
            format!("recorded as no longer wanted on {on}, and still listed"),
            "take the document out of the manifest",
        ),
    };
    Finding::new(code_of_absent(document), message).hint(hint)
}

fn code_of_absent(document: &Document) -> Code {
    match (document.expected, document.required) {
        (true, _) => Code::DocumentExpected,
        (false, true) => Code::DocumentMissing,
        (false, false) => Code::OptionalMissing,
    }
}

fn check_present(document: &Document, known: &LoadedFile) -> Vec<Finding> {
    let facts = &known.facts;
    let mut findings = Vec::new();
    if document.expected {
        findings.push(
            Finding::new(
                Code::ExpectedHeld,
                "it is listed as expected and is now here; the bundle takes it in",
            )
            .hint("remove status = \"expected\""),
        );
    }
    findings.extend(facts.unlocking.map(decrypted));
    findings.extend(facts.losses.map(|losses| {
        Finding::new(
            Code::DocumentDamaged,
            format!("it is damaged and was taken with what is left: {losses}"),
        )
        .hint("ask for the document again; until then compare every page with the original")
    }));
    findings.extend(pages_elsewhere(facts));
    findings.extend(attached(&facts.attachments, &taken(document, facts)));
    findings.extend(targets_missing(facts.targets_missing));
    for repair in &facts.repairs {
        findings.push(
            Finding::new(
                Code::DocumentRepaired,
                format!("it is damaged and was repaired: {repair}"),
            )
            .hint("compare its pages in the bundle with the original"),
        );
    }
    if let Some(selection) = &document.pages
        && let Err(page) = selection.resolve(facts.page_count())
    {
        let count = facts.page_count();
        let pages = if count == 1 { "page" } else { "pages" };
        findings.push(
            Finding::new(
                Code::PagesOutOfRange,
                format!("page {page} is asked for, but it has {count} {pages}"),
            )
            .hint(format!("correct pages = \"{selection}\"")),
        );
    }
    findings
}

/// What a person sees is not in the pages of the file.
fn pages_elsewhere(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    if facts.dynamic_form {
        findings.push(
            Finding::new(
                Code::XfaDynamic,
                "it is a form of which only some programs show the pages; the file itself holds a \
                 page that asks to wait",
            )
            .hint("open it in Adobe Reader, print it to a new PDF and list that"),
        );
    }
    if facts.portfolio {
        findings.push(
            Finding::new(
                Code::Portfolio,
                "it is a portfolio: its documents are attached to it, and its own pages are only a cover",
            )
            .hint("open it in Adobe Reader, save each of its documents, and list those"),
        );
    }
    findings
}

/// What is missing and no page shows is no damage: some programs write files like this.
fn targets_missing(number: usize) -> Option<Finding> {
    let (noun, are) = match number {
        0 => return None,
        1 => ("1 object".to_owned(), "is"),
        _ => (format!("{number} objects"), "are"),
    };
    let message = format!(
        "{noun} that only links, bookmarks or tags lead to {are} not in the file; its pages are whole"
    );
    Some(Finding::new(Code::TargetMissing, message))
}

fn decrypted(how: Unlocking) -> Finding {
    let message = match how {
        Unlocking::NoPassword => "it was encrypted without a password; the bundle holds it open",
        Unlocking::Password => {
            "it was opened with the password given; the bundle holds it open, for everybody to read"
        }
        Unlocking::AttachmentsOnly => {
            "files attached to it are encrypted; the bundle holds its pages and not those files"
        }
    };
    Finding::new(Code::DocumentDecrypted, message)
}

/// The same bytes listed before; pages taken apart from one file are no repetition.
fn check_same_file<'a>(
    section: &'a Section,
    document: &'a Document,
    known: &LoadedFile,
    seen: &mut BTreeMap<Sha256Hash, (&'a Section, &'a Document)>,
) -> Option<Finding> {
    let Some((first_section, first)) = seen.get(&known.facts.sha256) else {
        seen.insert(known.facts.sha256, (section, document));
        return None;
    };
    if first.file == document.file {
        return None;
    }
    let name = document_ref(first_section, first);
    Some(
        Finding::new(
            Code::SameFile,
            format!(
                "the same file, byte for byte, as section {}, \"{}\"",
                name.section, name.title
            ),
        )
        .hint("list it once, unless the court is to see it twice"),
    )
}
