//! Letters that ask for what is outstanding: one draft for each supplier, in English or Welsh.
//!
//! A letter names cases by their references and items by their descriptions, as others may see them. It never repeats
//! where a witness lives or can be reached, not even where a title does, and it names no youth.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::text::Text;
use sha2::{Digest, Sha256};

use super::book::{Book, Correspondent, Sender};
use super::item::{ChaseItem, ItemState, NextHearing, ShownPlace};
use crate::casework::hearings::courtroom::short_room;
use crate::inspect::withheld;
use crate::manifest::Language;
use crate::sheets::date_in_words;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChaseLetter {
    /// The supplier as the manifests name it.
    pub supplier: String,
    /// The name for its file, without folder.
    pub name: String,
    /// The message, as RFC 5322 has it.
    pub message: Vec<u8>,
    /// Whether the address book knows whom it goes to.
    pub addressed: bool,
}

/// A draft for each supplier with something outstanding, in the order of their names. Items without a
/// supplier are in none of them.
pub fn letters(items: &[ChaseItem], book: &Book, today: Date) -> io::Result<Vec<ChaseLetter>> {
    let mut by_supplier: BTreeMap<String, Vec<&ChaseItem>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.state.is_open()) {
        if let Some(supplier) = &item.supplier {
            // One correspondent may go by several names.
            let name = book.find(supplier).map_or(supplier, |one| &one.name);
            by_supplier.entry(name.clone()).or_default().push(item);
        }
    }
    let letters =
        by_supplier.into_iter().map(|(supplier, items)| letter(supplier, &items, book, today));
    let mut letters: Vec<ChaseLetter> = letters.collect::<io::Result<_>>()?;
    number_names(&mut letters);
    Ok(letters)
}

/// Gives each letter a name of its own: what tells two suppliers apart may be what no name may show.
fn number_names(letters: &mut [ChaseLetter]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for letter in letters {
        let times = seen.entry(letter.name.to_lowercase()).or_default();
        *times += 1;
        if *times > 1 {
            letter.name = letter.name.replace(".eml", &format!(" ({times}).eml"));
        }
    }
}

fn letter(
    supplier: String,
    items: &[&ChaseItem],
    book: &Book,
    today: Date,
) -> io::Result<ChaseLetter> {
    let correspondent = book.find(&supplier);
    let language = correspondent.map(|one| one.language).unwrap_or_default();
    let words = words(language);
    let body = body(items, &words, correspondent, book.sender.as_ref(), today);
    let overdue = items.iter().filter(|item| item.state == ItemState::Overdue).count();
    let subject = (words.subject)(items.len(), overdue);
    let of_manifest = items.first().and_then(|item| item.shown.supplier.clone());
    let shown = match correspondent {
        Some(one) => withheld(&one.name),
        None => of_manifest.unwrap_or_default(),
    };
    let message = message(&supplier, &subject, &body, correspondent, book, today)?;
    Ok(ChaseLetter {
        name: format!("{today} {}.eml", file_name(&shown)),
        addressed: correspondent.is_some_and(|one| !one.to.is_empty()),
        supplier,
        message,
    })
}

fn message(
    supplier: &str,
    subject: &str,
    body: &str,
    correspondent: Option<&Correspondent>,
    book: &Book,
    today: Date,
) -> io::Result<Vec<u8>> {
    // Drawn from what it says, as nothing random may reach the output.
    let hash = Sha256::digest(format!("{today}\n{supplier}\n{body}"));
    let id: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let noon = today
        .at(12, 0, 0, 0)
        .to_zoned(TimeZone::UTC)
        .map_or(0, |time| time.timestamp().as_second());
    let mut message = MessageBuilder::new()
        .message_id(format!("{id}@courtbundle.invalid"))
        .date(noon)
        .subject(subject)
        // Outlook opens a message with this as a draft.
        .header("X-Unsent", Text::new("1"))
        .text_body(body);
    if let Some(sender) = &book.sender
        && let Some(email) = &sender.email
    {
        message = message.from((sender.name.as_str(), email.as_str()));
    }
    if let Some(one) = correspondent {
        if !one.to.is_empty() {
            message = message.to(addresses(&one.to));
        }
        if !one.cc.is_empty() {
            message = message.cc(addresses(&one.cc));
        }
    }
    message.write_to_vec()
}

fn addresses(list: &[String]) -> Address<'_> {
    Address::new_list(list.iter().map(|one| one.as_str().into()).collect())
}

fn body(
    items: &[&ChaseItem],
    words: &LetterWords,
    correspondent: Option<&Correspondent>,
    sender: Option<&Sender>,
    today: Date,
) -> String {
    let greeting = correspondent.and_then(|one| one.greeting.as_deref()).unwrap_or(words.colleague);
    let mut text = format!("{} {greeting},\n\n{}\n", words.dear, words.request);
    for (state, heading) in
        [(ItemState::Overdue, words.overdue), (ItemState::Pending, words.pending)]
    {
        let of_state: Vec<&ChaseItem> =
            items.iter().copied().filter(|item| item.state == state).collect();
        if !of_state.is_empty() {
            let _ = writeln!(text, "\n{heading}");
            list(&mut text, &of_state, words, today);
        }
    }
    let _ = write!(text, "\n{}\n\n{}\n", words.close, words.farewell);
    for line in sender.iter().flat_map(|sender| std::iter::once(&sender.name).chain(&sender.lines))
    {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// The items by case, in the order of their references.
fn list(text: &mut String, items: &[&ChaseItem], words: &LetterWords, today: Date) {
    let mut by_case: BTreeMap<&str, Vec<&ChaseItem>> = BTreeMap::new();
    for item in items {
        by_case.entry(&item.shown.reference).or_default().push(item);
    }
    for (reference, items) in by_case {
        let sitting = items.first().and_then(|item| item.sitting.as_ref());
        let place = items.first().map(|item| &item.shown);
        let sitting = sitting
            .filter(|sitting| sitting.date >= today)
            .map(|sitting| format!(", {}", hearing(sitting, place, words)))
            .unwrap_or_default();
        let _ = writeln!(text, "\n  {reference}{sitting}");
        for item in items {
            let _ = writeln!(text, "    - {}", described(item, words));
        }
    }
}

fn hearing(sitting: &NextHearing, place: Option<&ShownPlace>, words: &LetterWords) -> String {
    let mut text = format!("{} {}", words.hearing, date_in_words(sitting.date, words.language));
    // Time and courtroom may still change before that.
    if let Some(time) = sitting.time.filter(|_| sitting.near) {
        let _ = write!(text, " {} {}", words.at, time.strftime("%H:%M"));
    }
    if let Some(court) = place.and_then(|place| place.court.as_deref()) {
        let _ = write!(text, ", {court}");
    }
    let room = place.and_then(|place| place.courtroom.as_deref());
    if let Some(room) = room.filter(|_| sitting.near) {
        let _ = write!(text, ", {} {}", words.courtroom, short_room(room));
    }
    text
}

fn described(item: &ChaseItem, words: &LetterWords) -> String {
    let mut text = item.shown.document.clone();
    if let Some(exhibit) = &item.exhibit {
        let _ = write!(text, " ({exhibit})");
    }
    if let Some(due) = item.due {
        let _ = write!(text, "; {} {}", words.due, date_in_words(due, words.language));
    }
    if let Some(days) = item.days_overdue.filter(|days| *days > 0) {
        let _ = write!(text, " ({})", (words.late)(days));
    }
    if let Some(last) = item.last_chased {
        let _ = write!(text, "; {} {}", words.last_asked, date_in_words(last, words.language));
    }
    text
}

/// A supplier as part of a file name.
fn file_name(supplier: &str) -> String {
    let kept: String = supplier
        .chars()
        .map(|c| if c.is_alphanumeric() || " -&".contains(c) { c } else { ' ' })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(60).collect();
    if name.is_empty() { "supplier".to_owned() } else { name }
}

/// The words of a letter in one language.
struct LetterWords {
    language: Language,
    subject: fn(usize, usize) -> String,
    dear: &'static str,
    colleague: &'static str,
    request: &'static str,
    overdue: &'static str,
    pending: &'static str,
    hearing: &'static str,
    at: &'static str,
    courtroom: &'static str,
    due: &'static str,
    late: fn(i32) -> String,
    last_asked: &'static str,
    close: &'static str,
    farewell: &'static str,
}

fn words(language: Language) -> LetterWords {
    match language {
        Language::English => ENGLISH,
        Language::Welsh => WELSH,
    }
}

const ENGLISH: LetterWords = LetterWords {
    language: Language::English,
    subject: |items, overdue| {
        let plural = if items == 1 { "" } else { "s" };
        format!("Outstanding material: {items} item{plural}, {overdue} overdue")
    },
    dear: "Dear",
    colleague: "colleague",
    request: "The following material has not reached us yet. We should be grateful if you would send it,\n\
              or let us know when we may expect it and whether anything is holding it up.",
    overdue: "Overdue:",
    pending: "Outstanding:",
    hearing: "hearing on",
    at: "at",
    courtroom: "courtroom",
    due: "due on",
    late: |days| format!("{days} day{} overdue", if days == 1 { "" } else { "s" }),
    last_asked: "last asked for on",
    close: "If you have sent an item already, or it is no longer to be expected, please tell us,\n\
            quoting the reference above it. Thank you for your help.",
    farewell: "Yours sincerely,",
};

const WELSH: LetterWords = LetterWords {
    language: Language::Welsh,
    // A noun stays singular after a number.
    subject: |items, overdue| {
        format!("Deunydd sydd heb ddod i law: {items} eitem, {overdue} yn hwyr")
    },
    dear: "Annwyl",
    colleague: "gydweithiwr",
    request: "Nid yw’r deunydd a ganlyn wedi ein cyrraedd eto. Byddem yn ddiolchgar pe baech yn ei anfon,\n\
              neu’n rhoi gwybod i ni pryd y gallwn ei ddisgwyl ac a oes rhywbeth yn achosi oedi.",
    overdue: "Yn hwyr:",
    pending: "Heb ddod i law:",
    hearing: "gwrandawiad ar",
    at: "am",
    courtroom: "ystafell llys",
    due: "i ddod erbyn",
    late: |days| format!("{days} diwrnod yn hwyr"),
    last_asked: "gofynnwyd amdano ddiwethaf ar",
    close: "Os ydych eisoes wedi anfon eitem, neu os na ddisgwylir hi mwyach, rhowch wybod i ni,\n\
            gan ddyfynnu’r cyfeirnod uwch ei phen. Diolch am eich cymorth.",
    farewell: "Yn gywir,",
};
