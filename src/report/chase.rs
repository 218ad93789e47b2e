//! What `chase` says: what is outstanding, by supplier and due date.

use std::fmt::Write;

use ics::components::Parameter;
use ics::properties::{Description, DtStart, Location, Status, Summary, Transp};
use ics::{Event, ICalendar, escape_text};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::count;
use super::spreadsheet::{Cell, spreadsheet};
use crate::casework::chase::{Category, ChaseItem, ItemState};
use crate::check::display;

/// The JSON of `chase`.
#[derive(Debug, Serialize)]
pub struct ChaseReport<'i> {
    /// Always 1.
    pub version: u32,
    /// Every item, by supplier, then by due date.
    pub items: Vec<ChaseRow<'i>>,
}

/// One item.
#[derive(Debug, Serialize)]
pub struct ChaseRow<'i> {
    urn: Option<&'i str>,
    case: &'i str,
    supplier: Option<&'i str>,
    document: &'i str,
    category: Category,
    state: ItemState,
    due: Option<String>,
    days_overdue: Option<i32>,
    last_chased: Option<String>,
    next_chase: Option<String>,
    hearing_date: Option<String>,
    hearing_time: Option<String>,
    courtroom: Option<&'i str>,
    /// The custody time limits of the case that press, in words.
    custody_time_limits: &'i [String],
    manifest: String,
}

impl<'i> From<&'i ChaseItem> for ChaseRow<'i> {
    fn from(item: &'i ChaseItem) -> Self {
        let date = |date: Option<Date>| date.map(|date| date.to_string());
        let sitting = item.sitting.as_ref();
        Self {
            urn: item.urn.as_deref(),
            case: &item.case,
            supplier: item.supplier.as_deref(),
            document: &item.document,
            category: item.category,
            state: item.state,
            due: date(item.due),
            days_overdue: item.days_overdue,
            last_chased: date(item.last_chased),
            next_chase: date(item.next_chase),
            hearing_date: date(sitting.map(|sitting| sitting.date)),
            hearing_time: sitting.and_then(|sitting| sitting.time).map(|time| time.to_string()),
            courtroom: sitting.and_then(|sitting| sitting.courtroom.as_deref()),
            custody_time_limits: &item.custody,
            manifest: display(&item.manifest),
        }
    }
}

/// Who is to send something, in words.
fn supplier(item: &ChaseItem) -> &str {
    item.shown.supplier.as_deref().unwrap_or("nobody named")
}

/// The items in their order, parted where the supplier changes.
fn by_supplier<'i>(items: &[&'i ChaseItem]) -> Vec<Vec<&'i ChaseItem>> {
    let same = |one: &&ChaseItem, next: &&ChaseItem| {
        supplier(one).to_lowercase() == supplier(next).to_lowercase()
    };
    items.chunk_by(same).map(<[&ChaseItem]>::to_vec).collect()
}

/// The list for people. `all` shows what was received or cancelled, too.
pub fn chase_text(items: &[ChaseItem], all: bool) -> String {
    let shown: Vec<&ChaseItem> = items.iter().filter(|item| all || item.state.is_open()).collect();
    let mut text = String::new();
    for group in by_supplier(&shown) {
        if let Some(first) = group.first() {
            let _ = writeln!(text, "{} ({})", supplier(first), totals(&group));
        }
        for item in group {
            text.push_str(&entry(item));
        }
        text.push('\n');
    }
    let of = |state| items.iter().filter(|item| item.state == state).count();
    let _ = writeln!(
        text,
        "{} outstanding, {} overdue. {} received, {} cancelled.",
        count(items.iter().filter(|item| item.state.is_open()).count(), "item"),
        of(ItemState::Overdue),
        of(ItemState::Received),
        of(ItemState::Cancelled),
    );
    text
}

fn totals(group: &[&ChaseItem]) -> String {
    let overdue = group.iter().filter(|item| item.state == ItemState::Overdue).count();
    let items = count(group.len(), "item");
    match overdue {
        0 => items,
        some => format!("{items}, {some} overdue"),
    }
}

fn entry(item: &ChaseItem) -> String {
    let due = item.due.map_or("no due date".to_owned(), |due| format!("due {due}"));
    let exhibit = item.exhibit.as_ref().map(|exhibit| format!(" ({exhibit})")).unwrap_or_default();
    let mut text = format!(
        "  {:<18} {due:<15} {}  {}{exhibit}\n",
        state(item),
        item.shown.reference,
        item.shown.document,
    );
    let _ = writeln!(text, "      {}; {}", item.shown.case, details(item).join("; "));
    text
}

/// `overdue 10 days`, `pending`.
fn state(item: &ChaseItem) -> String {
    match item.days_overdue.filter(|days| *days > 0) {
        Some(1) => "overdue 1 day".to_owned(),
        Some(days) => format!("overdue {days} days"),
        None => item.state.as_str().to_owned(),
    }
}

fn details(item: &ChaseItem) -> Vec<String> {
    let mut details = vec![item.category.as_str().replace('-', " ")];
    details.push(match (item.last_chased, &item.chased_by) {
        (Some(last), Some(by)) => format!("last chased {last} by {by}"),
        (Some(last), None) => format!("last chased {last}"),
        (None, _) => "never chased".to_owned(),
    });
    details.extend(item.next_chase.map(|next| format!("next chase {next}")));
    details.extend(hearing(item));
    details.extend(custody(item));
    details
}

/// `custody time limit !! 2026-11-30, 6 days left (calculated, not agreed)`, each that presses.
fn custody(item: &ChaseItem) -> Option<String> {
    (!item.custody.is_empty()).then(|| format!("custody time limit {}", item.custody.join("; ")))
}

/// `hearing 2026-11-24 10:00, Crown Court at Leeds, courtroom 5`, the place and time only where it is near.
fn hearing(item: &ChaseItem) -> Option<String> {
    let sitting = item.sitting.as_ref()?;
    let mut text = format!("hearing {}", sitting.date);
    if sitting.near {
        if let Some(time) = sitting.time {
            let _ = write!(text, " {}", time.strftime("%H:%M"));
        }
        if let Some(court) = &item.shown.court {
            let _ = write!(text, ", {court}");
        }
        if let Some(room) = &item.shown.courtroom {
            let _ = write!(text, ", courtroom {room}");
        }
    }
    Some(text)
}

/// One line for each item, every state, with a heading.
pub fn chase_csv(items: &[ChaseItem]) -> Result<String, csv::Error> {
    let header = [
        "urn",
        "case",
        "supplier",
        "document",
        "exhibit",
        "category",
        "state",
        "due",
        "days_overdue",
        "last_chased",
        "chased_by",
        "next_chase",
        "hearing_date",
        "hearing_time",
        "court",
        "courtroom",
        "manifest",
        "custody_time_limit",
    ];
    spreadsheet(header, items.iter().map(row))
}

fn row(item: &ChaseItem) -> [Cell; 18] {
    let date = |date: Option<Date>| Cell::from(date.map(|date| date.to_string()));
    let text = |text: &Option<String>| Cell::from(text.clone());
    let sitting = item.sitting.as_ref();
    let time = sitting.and_then(|sitting| sitting.time);
    [
        text(&item.urn),
        item.shown.case.clone().into(),
        text(&item.shown.supplier),
        item.shown.document.clone().into(),
        text(&item.exhibit),
        item.category.as_str().to_owned().into(),
        item.state.as_str().to_owned().into(),
        date(item.due),
        item.days_overdue.map_or(Cell::Empty, Cell::Number),
        date(item.last_chased),
        text(&item.chased_by),
        date(item.next_chase),
        date(sitting.map(|sitting| sitting.date)),
        time.map(|time| time.strftime("%H:%M").to_string()).into(),
        text(&item.shown.court),
        text(&item.shown.courtroom),
        item.shown.manifest.clone().into(),
        item.custody.join("; ").into(),
    ]
}

/// A table for each supplier.
pub fn chase_markdown(items: &[ChaseItem], all: bool) -> String {
    let shown: Vec<&ChaseItem> = items.iter().filter(|item| all || item.state.is_open()).collect();
    let mut text = String::from("# Outstanding material\n");
    for group in by_supplier(&shown) {
        if let Some(first) = group.first() {
            let _ = writeln!(text, "\n## {} ({})\n", cell(supplier(first)), totals(&group));
        }
        text.push_str("| Case | Item | State | Due | Last chased | Next chase | Hearing |\n");
        text.push_str("|---|---|---|---|---|---|---|\n");
        for item in group {
            let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {} |",
                cell(&item.shown.reference),
                cell(&item.shown.document),
                state(item),
                date(item.due),
                date(item.last_chased),
                date(item.next_chase),
                cell(&when_heard(item)),
            );
        }
    }
    if shown.is_empty() {
        text.push_str("\nNothing is outstanding.\n");
    }
    text
}

/// The hearing and the custody time limits, for a cell.
fn when_heard(item: &ChaseItem) -> String {
    let hearing = hearing(item).map(|hearing| hearing.replace("hearing ", ""));
    let parts: Vec<String> = [hearing, custody(item)].into_iter().flatten().collect();
    parts.join("; ")
}

/// A text that cannot end its cell or be taken for mark-up.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "|\\`*_[]<>#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A day's entry for each outstanding item, on the day when it is next to be chased. Nothing in it depends on
/// the clock: the stamp is the start of `today`.
pub fn chase_ics(items: &[ChaseItem], today: Date) -> String {
    let stamp = format!("{}T000000Z", today.strftime("%Y%m%d"));
    let mut calendar = ICalendar::new("2.0", "-//courtbundle//chase//EN");
    for item in items {
        let Some(next) = item.next_chase else {
            continue;
        };
        let key = format!(
            "{}\n{}\n{}\n{}",
            item.reference,
            display(&item.manifest),
            item.key.section,
            item.document
        );
        let hash: String =
            Sha256::digest(key).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut event = Event::new(format!("{hash}@courtbundle.invalid"), stamp.clone());
        let mut start = DtStart::new(next.strftime("%Y%m%d").to_string());
        start.add(Parameter::new("VALUE", "DATE"));
        event.push(start);
        let title =
            format!("Chase {}: {} {}", supplier(item), item.shown.reference, item.shown.document);
        event.push(Summary::new(escape_text(title)));
        let due = item.due.map(|due| format!("due {due}; ")).unwrap_or_default();
        let description = format!("{due}{}", details(item).join("; "));
        event.push(Description::new(escape_text(description)));
        if let Some(court) = &item.shown.court {
            event.push(Location::new(escape_text(court.clone())));
        }
        event.push(Status::confirmed());
        // It takes none of anybody's time.
        event.push(Transp::transparent());
        calendar.add_event(event);
    }
    folded(&calendar.to_string())
}

/// The most octets of a line of a calendar without its end (RFC 5545, 3.1).
const MAX_OCTETS: usize = 75;

/// A calendar with its lines folded anew, none longer than the standard has it and no character cut in two.
fn folded(calendar: &str) -> String {
    let mut out = String::new();
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > MAX_OCTETS {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(c);
            octets += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}
