//! What is to be chased, and in what order.

mod desk;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, Time};
use serde::Serialize;

use self::desk::{Desk, sitting};
use super::category::Category;
use super::ledger::{Entry, Key, Ledger};
use crate::casework::hearings::privacy::Youths;
use crate::check::{display, pressing};
use crate::disclosure;
use crate::manifest::{Case, Document, Section};
use crate::model::DocumentId;

/// What has become of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemState {
    /// Not held, and not past its due date.
    Pending,
    /// Not held, and past its due date.
    Overdue,
    /// Held, or recorded as received.
    Received,
    /// Recorded as no longer wanted.
    Cancelled,
}

impl ItemState {
    /// The word for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Overdue => "overdue",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether it is still wanted.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Overdue)
    }
}

/// When and where the case is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextHearing {
    /// The day.
    pub date: Date,
    /// The local time.
    pub time: Option<Time>,
    /// The court.
    pub court: Option<String>,
    /// The courtroom.
    pub courtroom: Option<String>,
    /// Whether it is within the next fourteen days.
    pub near: bool,
}

/// One document that is chased, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChaseItem {
    /// The manifest as the user named it.
    pub manifest: PathBuf,
    /// Which document, in the ledger of its case.
    pub key: Key,
    /// The URN.
    pub urn: Option<String>,
    /// What the case is called in a letter: its URN, or else the court's number, or else the manifest. Never a
    /// name, as a defendant may be young.
    pub reference: String,
    /// The short name of the case.
    pub case: String,
    /// Who provides it, by the manifest or else by its form.
    pub supplier: Option<String>,
    /// Its title.
    pub document: String,
    /// Its exhibit reference.
    pub exhibit: Option<String>,
    /// What kind of thing it is.
    pub category: Category,
    /// What has become of it.
    pub state: ItemState,
    /// When it is due.
    pub due: Option<Date>,
    /// Days since it was due; 0 where it is not overdue, `None` where it has no date or is not wanted.
    pub days_overdue: Option<i32>,
    /// When it was last chased, by the ledger.
    pub last_chased: Option<Date>,
    /// Who chased it then.
    pub chased_by: Option<String>,
    /// When to chase it, from today; `None` where it is not wanted, or the hearing comes before.
    pub next_chase: Option<Date>,
    /// The hearing, where it has a date.
    pub sitting: Option<NextHearing>,
    /// The custody time limits of the case that press, in words; nobody is named.
    pub custody: Vec<String>,
    /// What of it others may see.
    pub shown: ShownPlace,
}

/// The words of an item as they stand in all but JSON: without youths, addresses and telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPlace {
    /// The manifest.
    pub manifest: String,
    /// What the case is called in a letter.
    pub reference: String,
    /// The short name of the case.
    pub case: String,
    /// Who provides it.
    pub supplier: Option<String>,
    /// Its title, or what it is where that names a youth.
    pub document: String,
    /// The court.
    pub court: Option<String>,
    /// The courtroom.
    pub courtroom: Option<String>,
}

impl ChaseItem {
    /// Whether this supplier is to send it, by the name as typed, in capitals or not.
    pub fn is_from(&self, supplier: &str) -> bool {
        is_supplier(self.supplier.as_deref().unwrap_or_default(), supplier)
    }

    /// Whether it is called so: by its whole title, its file or its exhibit reference, in capitals or not.
    pub fn is_called(&self, name: &str) -> bool {
        let names = [
            Some(self.document.as_str()),
            Some(self.shown.document.as_str()),
            self.key.file.as_deref(),
            self.exhibit.as_deref(),
        ];
        names.into_iter().flatten().any(|one| fold(one) == fold(name))
    }
}

/// Whether a supplier is meant by a name as typed, in capitals or not.
pub fn is_supplier(supplier: &str, typed: &str) -> bool {
    fold(supplier) == fold(typed)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The day, and how often is chased.
#[derive(Debug, Clone, Copy)]
pub struct Diary {
    /// The day from which is counted.
    pub today: Date,
    /// The days between two chases.
    pub every: u16,
}

/// The documents of a case that are not held, or were chased or expected and have come. `held` says of a
/// document whether its file is there; `youths` are those of all cases, whom nothing names that leaves the office.
pub fn chase_items(
    case: &Case,
    ledger: &Ledger,
    held: &dyn Fn(DocumentId) -> bool,
    youths: &Youths,
    diary: Diary,
) -> Vec<ChaseItem> {
    let sitting = sitting(case, diary.today);
    let custody = pressing(case, diary.today).into_iter().map(|one| one.words).collect();
    let desk = Desk { case, sitting, masked: youths.masked(case), custody, diary };
    let mut items = Vec::new();
    for (position, section) in case.sections.iter().enumerate() {
        for (index, document) in section.documents.iter().enumerate() {
            let id = DocumentId { section: position, document: index };
            let key = key_of(section, document);
            let entries: Vec<&Entry> = ledger.of(&key);
            let there = held(id);
            // What was never expected, has no date and is there has never been asked for.
            if !there || document.expected || document.due.is_some() || !entries.is_empty() {
                items.push(desk.item(document, key, &entries, there));
            }
        }
    }
    items
}

/// Who provides a document, by the manifest or else by its form.
fn supplier(document: &Document) -> Option<String> {
    let class = disclosure::class_of(document);
    document.supplier.clone().or_else(|| class.and_then(|class| class.supplier.clone()))
}

/// Every supplier whom a form has or some cases name, each once, in capitals or not.
pub fn suppliers<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Vec<String> {
    let of_forms = disclosure::classes().iter().filter_map(|class| class.supplier.clone());
    let sections = cases.into_iter().flat_map(|case| &case.sections);
    let named = sections.flat_map(|section| &section.documents).filter_map(supplier);
    let mut suppliers: BTreeMap<String, String> = BTreeMap::new();
    for name in of_forms.chain(named) {
        suppliers.entry(fold(&name)).or_insert(name);
    }
    suppliers.into_values().collect()
}

/// How the ledger names a document.
pub(super) fn key_of(section: &Section, document: &Document) -> Key {
    Key {
        section: section.letter.to_string(),
        document: document.title.clone(),
        file: document.file.as_deref().map(display),
    }
}

/// By supplier, then by due date, what has none last.
pub fn sort(items: &mut [ChaseItem]) {
    items.sort_by_cached_key(|item| {
        (
            (item.supplier.is_none(), item.supplier.as_deref().map(str::to_lowercase)),
            (item.due.is_none(), item.due),
            item.urn.clone(),
            display(&item.manifest),
            item.document.clone(),
        )
    });
}

#[cfg(test)]
mod tests;
