//! What is to be chased, and in what order.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, Time};
use serde::Serialize;

use super::category::{Category, category};
use super::ledger::{Entry, Key, Ledger, LedgerEvent};
use crate::casework::hearings::privacy::{Masked, Youths, what};
use crate::check::{display, pressing};
use crate::disclosure;
use crate::manifest::{Case, Document, Section};
use crate::model::DocumentId;

/// A hearing is near, and its time and courtroom are told, for so many days before it.
const NEAR_DAYS: i32 = 14;

/// In the last days before a hearing what is missing is chased every day.
const URGENT_DAYS: i64 = 7;

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

struct Desk<'c> {
    case: &'c Case,
    sitting: Option<NextHearing>,
    masked: Masked,
    custody: Vec<String>,
    diary: Diary,
}

impl Desk<'_> {
    fn item(&self, document: &Document, key: Key, entries: &[&Entry], held: bool) -> ChaseItem {
        let state = self.state(document, entries, held);
        let days_late = |due: Date| days_between(due, self.diary.today).max(0);
        let sent = entries.iter().filter(|entry| entry.deed == LedgerEvent::Sent);
        // Of two on one day the one recorded later counts.
        let last = sent.max_by_key(|entry| entry.on);
        let case = self.case;
        let urn = case.urn.as_ref().map(ToString::to_string);
        let court_number = || case.court_case_number.as_ref().map(ToString::to_string);
        let reference =
            urn.clone().or_else(court_number).unwrap_or_else(|| display(&case.manifest));
        let supplier = supplier(document);
        let masked = &self.masked;
        let of_sitting = |text: fn(&NextHearing) -> &Option<String>| {
            let text = self.sitting.as_ref().and_then(|one| text(one).as_deref());
            text.map(|text| masked.about_others(text))
        };
        ChaseItem {
            shown: ShownPlace {
                manifest: display(&masked.path(&case.manifest)),
                reference: masked.reference(&reference),
                case: masked.case_title(&case.title),
                supplier: supplier.as_deref().map(|supplier| masked.text(supplier)),
                document: masked.title(&document.title, what(document)),
                court: of_sitting(|one| &one.court),
                courtroom: of_sitting(|one| &one.courtroom),
            },
            manifest: case.manifest.clone(),
            reference,
            urn,
            case: case.title.clone(),
            supplier,
            document: document.title.clone(),
            exhibit: document.exhibit.as_ref().map(ToString::to_string),
            category: category(document),
            state,
            due: document.due,
            days_overdue: document.due.filter(|_| state.is_open()).map(days_late),
            last_chased: last.map(|entry| entry.on),
            chased_by: last.map(|entry| entry.by.clone()),
            next_chase: match state.is_open() {
                true => self.next(document.due, last.map(|entry| entry.on)),
                false => None,
            },
            sitting: self.sitting.clone(),
            custody: self.custody.clone(),
            key,
        }
    }

    fn state(&self, document: &Document, entries: &[&Entry], held: bool) -> ItemState {
        let last = entries.last().map(|entry| entry.deed);
        match (held, last) {
            (true, _) | (false, Some(LedgerEvent::Received)) => ItemState::Received,
            (false, Some(LedgerEvent::Cancelled)) => ItemState::Cancelled,
            _ if document.due.is_some_and(|due| due < self.diary.today) => ItemState::Overdue,
            _ => ItemState::Pending,
        }
    }

    /// First on the day after it was due, at once where it has no date; then again after so many days. From seven days
    /// before the hearing every day, also where it is due later; after the hearing no more.
    fn next(&self, due: Option<Date>, last: Option<Date>) -> Option<Date> {
        let Diary { today, every } = self.diary;
        let by_due = match (last, due) {
            (Some(last), _) => later(last, i64::from(every)),
            (None, Some(due)) => later(due, 1),
            (None, None) => today,
        };
        let Some(hearing) = self.sitting.as_ref().map(|sitting| sitting.date) else {
            return Some(by_due.max(today));
        };
        let daily = later(hearing, -URGENT_DAYS);
        let by_hearing = last.map_or(daily, |last| daily.max(later(last, 1)));
        let next = by_due.min(by_hearing).max(today);
        (next <= hearing).then_some(next)
    }
}

fn later(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

fn sitting(case: &Case, today: Date) -> Option<NextHearing> {
    let hearing = case.hearing.as_ref()?;
    let date = hearing.date?;
    Some(NextHearing {
        date,
        time: hearing.time,
        court: case.court.clone(),
        courtroom: hearing.courtroom.clone(),
        near: (0..=NEAR_DAYS).contains(&days_between(today, date)),
    })
}

/// Whole days from one date to another; negative where the other is the earlier.
fn days_between(from: Date, to: Date) -> i32 {
    // Two dates of the calendar are never farther apart than the span of days has room for.
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::*;
    use crate::casework::chase::ledger::parse as ledger;
    use crate::manifest::parse;

    const CASE: &str = "\
case = { title = 'R v B', urn = '01AB1234526', court = 'Leeds' }
hearing = { date = 2026-12-20, time = 10:00:00, courtroom = '5' }
[[section]]
letter = 'B'
document = [
  { title = 'late', status = 'expected', due = 2026-11-10, supplier = 'police' },
  { title = 'today', status = 'expected', due = 2026-11-20, form = 'MG6C' },
  { title = 'undated', file = 'statements/x.pdf', form = 'MG11' },
  { title = 'held, expected', file = 'h.pdf', status = 'expected' },
  { title = 'held', file = 'i.pdf' },
  { title = 'held, due', file = 'j.pdf', due = 2026-11-01 },
]
";

    const TODAY: Date = date(2026, 11, 20);

    fn items(text: &str, written: &str) -> Vec<ChaseItem> {
        let case = parse(text, Path::new("cases/b/bundle.toml")).case.unwrap();
        let held = |id: DocumentId| {
            case.sections[id.section].documents[id.document].title.starts_with("held")
        };
        let youths = Youths::of([&case]);
        let diary = Diary { today: TODAY, every: 7 };
        chase_items(&case, &ledger(written.as_bytes()), &held, &youths, diary)
    }

    #[test]
    fn states_and_days_follow_from_the_dates() {
        let found: Vec<_> = items(CASE, "")
            .into_iter()
            .map(|item| (item.document, item.state, item.days_overdue, item.next_chase))
            .collect();
        let row = |name: &str, state, days, next| (name.to_owned(), state, days, next);
        assert_eq!(
            found,
            [
                row("late", ItemState::Overdue, Some(10), Some(TODAY)),
                row("today", ItemState::Pending, Some(0), Some(date(2026, 11, 21))),
                row("undated", ItemState::Pending, None, Some(TODAY)),
                row("held, expected", ItemState::Received, None, None),
                row("held, due", ItemState::Received, None, None),
            ]
        );
    }

    #[test]
    fn who_provides_it_follows_from_the_form_where_nobody_is_named() {
        let suppliers: Vec<_> = items(CASE, "").into_iter().map(|item| item.supplier).collect();
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(
            suppliers[..3],
            [some("police"), some("police disclosure officer"), some("police")]
        );
    }

    #[test]
    fn the_ledger_says_when_it_was_chased_and_what_became_of_it() {
        let written = "\
1 = { what = 'sent', on = 2026-11-12, by = 'AA', section = 'B', document = 'late' }
2 = { what = 'sent', on = 2026-11-16, by = 'BB', section = 'B', document = 'late' }
3 = { what = 'cancelled', on = 2026-11-16, by = 'BB', section = 'B', document = 'today', reason = 'r' }
4 = { what = 'received', on = 2026-11-16, by = 'BB', section = 'X', document = 'x', file = 'statements/x.pdf' }
";
        let items = items(CASE, written);
        let last = |place: usize| (items[place].last_chased, items[place].chased_by.as_deref());
        assert_eq!(last(0), (Some(date(2026, 11, 16)), Some("BB")));
        assert_eq!(items[0].next_chase, Some(date(2026, 11, 23)));
        assert_eq!(items[1].state, ItemState::Cancelled);
        // Known by its file, wherever it is listed now.
        assert_eq!(items[2].state, ItemState::Received);
    }

    fn next(hearing: &str, due: &str, last: &str) -> Option<String> {
        let due = if due.is_empty() { String::new() } else { format!(", due = {due}") };
        let case = format!(
            "case.title = 'x'\nhearing.date = {hearing}\n[[section]]\nletter = 'B'\n\
             document = [{{ title = 'x', status = 'expected'{due} }}]"
        );
        let sent = format!(
            "1 = {{ what = 'sent', on = {last}, by = 'AA', section = 'B', document = 'x' }}\n"
        );
        let items = items(&case, if last.is_empty() { "" } else { &sent });
        items[0].next_chase.map(|next| next.to_string())
    }

    #[test]
    fn before_a_hearing_it_is_chased_every_day() {
        let near = CASE.replace("2026-12-20", "2026-11-25");
        let written =
            "1 = { what = 'sent', on = 2026-11-20, by = 'AA', section = 'B', document = 'late' }\n";
        let items = items(&near, written);
        assert!(items[0].sitting.as_ref().unwrap().near);
        let next: Vec<_> = items[..3].iter().map(|item| item.next_chase).collect();
        assert_eq!(next, [Some(date(2026, 11, 21)), Some(TODAY), Some(TODAY)]);
    }

    #[test]
    fn the_week_before_a_hearing_is_seen_ahead_and_nothing_is_chased_after_it() {
        for (hearing, due, last, expected) in [
            // It is due within the week before the hearing, or after the hearing.
            ("2026-12-20", "2026-12-16", "", Some("2026-12-13")),
            ("2026-12-20", "2027-01-10", "", Some("2026-12-13")),
            ("2026-12-20", "2026-12-01", "", Some("2026-12-02")),
            ("2026-12-20", "2026-12-01", "2026-11-18", Some("2026-11-25")),
            ("2026-12-02", "2026-11-01", "2026-11-20", Some("2026-11-25")),
            ("2026-11-26", "2026-12-16", "2026-11-19", Some("2026-11-20")),
            ("2026-11-26", "", "2026-11-20", Some("2026-11-21")),
            ("2026-11-20", "2026-12-16", "", Some("2026-11-20")),
            ("2026-11-20", "2026-11-01", "2026-11-20", None),
            ("2026-11-19", "2026-11-01", "", None),
        ] {
            let next = next(hearing, due, last);
            assert_eq!(next.as_deref(), expected, "{hearing} {due} {last}");
        }
    }
}
