//! How an item stands on a day, and when it is to be chased.

use jiff::civil::Date;

use super::{ChaseItem, Diary, ItemState, NextHearing, ShownPlace, supplier};
use crate::casework::chase::category::category;
use crate::casework::chase::ledger::{Entry, Key, LedgerEvent};
use crate::casework::hearings::privacy::{Masked, what};
use crate::check::display;
use crate::manifest::{Case, Document};

/// A hearing is near, and its time and courtroom are told, for so many days before it.
const NEAR_DAYS: i32 = 14;

/// In the last days before a hearing what is missing is chased every day.
const URGENT_DAYS: i64 = 7;

pub(super) struct Desk<'c> {
    pub(super) case: &'c Case,
    pub(super) sitting: Option<NextHearing>,
    pub(super) masked: Masked,
    pub(super) custody: Vec<String>,
    pub(super) diary: Diary,
}

impl Desk<'_> {
    pub(super) fn item(
        &self,
        document: &Document,
        key: Key,
        entries: &[&Entry],
        held: bool,
    ) -> ChaseItem {
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

pub(super) fn sitting(case: &Case, today: Date) -> Option<NextHearing> {
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
