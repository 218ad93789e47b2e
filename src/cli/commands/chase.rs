//! `chase`: what is missing, from whom, and what has been done about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use courtbundle::casework::chase::ledger;
use courtbundle::casework::chase::ledger::{Entry, LEDGER_NAME, Ledger, LedgerEvent};
use courtbundle::casework::chase::{
    Book, ChaseItem, Diary, chase_items, is_supplier, last_record, letters, sort, suppliers,
};
use courtbundle::casework::hearings::privacy::Youths;
use courtbundle::check::display;
use courtbundle::manifest::{self, Case, Reading};
use courtbundle::model::nearest::hint;
use courtbundle::model::{DocumentId, atomic_write, read_text};
use courtbundle::report::{
    ChaseReport, ChaseRow, chase_csv, chase_ics, chase_markdown, chase_text, count,
};
use jiff::civil::Date;
use rayon::prelude::*;

use super::{Outcome, discover};
use crate::cli::console::Console;
use crate::cli::{Chase, ChaseFormat};

pub(crate) fn run(chase: &Chase, today: Date, console: &Console) -> anyhow::Result<Outcome> {
    let book = address_book(chase.address_book.as_deref())?;
    let (manifests, found) = discover::manifests(&chase.paths, console);
    let readings: Vec<Reading> =
        manifests.par_iter().map(|manifest| manifest::read(manifest)).collect();
    let office = Office { manifests, readings };
    refuse_unknown_supplier(chase, &office, &book)?;
    let (mut items, told) = collect(chase, &office, today, Some(console));
    let mut outcome = found.max(told);
    let is_recorded = match chase.undo {
        true => undo(chase, &office, today, console)?,
        false => record(chase, &items, today, console)?,
    };
    if is_recorded {
        (items, _) = collect(chase, &office, today, None);
    }
    if let Some(folder) = &chase.letters {
        write_letters(folder, &items, &book, today, console)?;
    }
    console.result(&match chase.format {
        ChaseFormat::Text => chase_text(&items, chase.all),
        ChaseFormat::Json => {
            let report =
                ChaseReport { version: 1, items: items.iter().map(ChaseRow::from).collect() };
            serde_json::to_string_pretty(&report)? + "\n"
        }
        ChaseFormat::Csv => chase_csv(&items)?,
        ChaseFormat::Markdown => chase_markdown(&items, chase.all),
        ChaseFormat::Ics => chase_ics(&items, today),
    })?;
    if items.iter().any(|item| item.state.is_open()) {
        outcome = outcome.max(Outcome::Gaps);
    }
    Ok(outcome)
}

/// The manifests that are meant, each with what it says.
struct Office {
    manifests: Vec<PathBuf>,
    readings: Vec<Reading>,
}

impl Office {
    fn cases(&self) -> impl Iterator<Item = &Case> {
        self.readings.iter().filter_map(|reading| reading.case.as_ref())
    }
}

/// A supplier of whom neither cases nor forms nor the address book know was mistyped.
fn refuse_unknown_supplier(chase: &Chase, office: &Office, book: &Book) -> anyhow::Result<()> {
    if chase.supplier.is_empty() {
        return Ok(());
    }
    let mut known = suppliers(office.cases());
    known.extend(
        book.supplier.iter().flat_map(|one| one.aliases.iter().chain([&one.name])).cloned(),
    );
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let is_known = |name: &str| names.iter().any(|known| is_supplier(known, name));
    match chase.supplier.iter().find(|name| !is_known(name)) {
        None => Ok(()),
        Some(name) => {
            bail!("nothing is to come from \"{name}\"\n  hint: {}", hint(name, "suppliers", &names))
        }
    }
}

/// The items of every case that can be read. What cannot is told, where there is a console, and decides how it
/// ended.
fn collect(
    chase: &Chase,
    office: &Office,
    today: Date,
    console: Option<&Console>,
) -> (Vec<ChaseItem>, Outcome) {
    let youths = Youths::of(office.cases());
    let diary = Diary { today, every: chase.every };
    let read: Vec<_> =
        office.readings.par_iter().map(|reading| of_case(reading, &youths, diary)).collect();
    let mut items = Vec::new();
    let mut outcome = Outcome::Done;
    for ((manifest, reading), of_case) in office.manifests.iter().zip(&office.readings).zip(read) {
        if let Some(console) = console {
            outcome = outcome.max(tell(manifest, reading, &of_case, console));
        }
        if let Ok(Some((of_case, _))) = of_case {
            items.extend(of_case);
        }
    }
    items.retain(|item| {
        let suppliers = &chase.supplier;
        suppliers.is_empty() || suppliers.iter().any(|name| item.is_from(name))
    });
    sort(&mut items);
    (items, outcome)
}

/// Says what of a case cannot be read. What is only worth a look belongs to `check`.
fn tell(manifest: &Path, reading: &Reading, of_case: &OfCase, console: &Console) -> Outcome {
    let errors = reading.findings.iter().filter(|finding| finding.is_error());
    errors.for_each(|finding| console.finding(manifest, finding));
    match of_case {
        Ok(Some((_, ledger))) => tell_damage(manifest, ledger, console),
        Ok(None) => Outcome::Impossible,
        Err(error) => {
            console.error(error);
            Outcome::Impossible
        }
    }
}

/// The items of a case with its ledger; nothing where the manifest cannot be read.
type OfCase = anyhow::Result<Option<(Vec<ChaseItem>, Ledger)>>;

fn of_case(reading: &Reading, youths: &Youths, diary: Diary) -> OfCase {
    let Some(case) = &reading.case else {
        return Ok(None);
    };
    let ledger = ledger::read_in(&case.folder)?;
    let there = |id: DocumentId| is_there(case, id);
    let items = chase_items(case, &ledger, &there, youths, diary);
    // On a share that was lost meanwhile no file is there, and nobody is to be chased for that.
    fs::metadata(&case.manifest).with_context(|| display(&case.manifest))?;
    Ok(Some((items, ledger)))
}

/// Whether the file of a document is there and not empty; it is not opened.
pub(super) fn is_there(case: &Case, id: DocumentId) -> bool {
    let section = case.sections.get(id.section);
    let document = section.and_then(|section| section.documents.get(id.document));
    let file = document.and_then(|document| document.file.as_ref());
    let metadata = file.and_then(|file| fs::metadata(case.folder.join(file)).ok());
    metadata.is_some_and(|metadata| metadata.is_file() && metadata.len() > 0)
}

/// Says which lines of a ledger cannot be read. One that was cut short while it was written is no loss: it was
/// never reported as done.
fn tell_damage(manifest: &Path, ledger: &Ledger, console: &Console) -> Outcome {
    let name = display(&manifest.with_file_name(LEDGER_NAME));
    if let Some(line) = ledger.torn {
        console.note(&format!(
            "warning: {name}:{line}: the last line was cut short while it was written; what it was to record does not count\n  hint: record it again; the broken line goes then"
        ));
    }
    for line in &ledger.broken {
        console.error(&anyhow!(
            "{name}:{line}: cannot be read as an entry of the ledger, and does not count\n  hint: undo what was changed in that line, or put # before it"
        ));
    }
    match ledger.broken.is_empty() {
        true => Outcome::Done,
        false => Outcome::Impossible,
    }
}

/// Records what the user says was done; whether there was anything to record.
fn record(
    chase: &Chase,
    items: &[ChaseItem],
    today: Date,
    console: &Console,
) -> anyhow::Result<bool> {
    let (deed, concerned) = match (&chase.received, &chase.cancel) {
        (Some(wanted), _) => (LedgerEvent::Received, vec![the_one(items, wanted)?]),
        (None, Some(wanted)) => (LedgerEvent::Cancelled, vec![the_one(items, wanted)?]),
        (None, None) if chase.sent => {
            let open = items.iter().filter(|item| item.state.is_open());
            (LedgerEvent::Sent, open.collect())
        }
        (None, None) => return Ok(false),
    };
    let by = by(chase, console);
    let mut of_folders: BTreeMap<&Path, Vec<Entry>> = BTreeMap::new();
    for item in &concerned {
        let entry = Entry {
            deed,
            on: today,
            by: by.clone(),
            key: item.key.clone(),
            supplier: item.supplier.clone(),
            reason: chase.reason.clone(),
        };
        let folder = item.manifest.parent().unwrap_or(Path::new(""));
        of_folders.entry(folder).or_default().push(entry);
    }
    append(&of_folders, console)?;
    let done = deed.words();
    let ledgers = count(of_folders.len(), "ledger");
    console.note(&format!(
        "Recorded {} as {done} on {today} by {by}, in {ledgers}.",
        count(concerned.len(), "item")
    ));
    Ok(true)
}

/// Takes back what was recorded last, by a line more for each line.
fn undo(chase: &Chase, office: &Office, today: Date, console: &Console) -> anyhow::Result<bool> {
    let folders: BTreeSet<&Path> = office.cases().map(|case| case.folder.as_path()).collect();
    let mut ledgers = Vec::new();
    for folder in folders {
        ledgers.push((folder.to_path_buf(), ledger::read_in(folder)?));
    }
    let last = last_record(&ledgers)?;
    let by = by(chase, console);
    let of_folders: BTreeMap<&Path, Vec<Entry>> =
        last.iter().map(|record| (record.folder.as_path(), record.undone(today, &by))).collect();
    append(&of_folders, console)?;
    let entries = last.iter().map(|record| record.entries.len()).sum();
    let first = last.iter().flat_map(|record| &record.entries).next();
    if let Some(first) = first {
        console.note(&format!(
            "Took back what {} had recorded on {}: {} as {}, in {}.",
            first.by,
            first.on,
            count(entries, "item"),
            first.deed.words(),
            count(of_folders.len(), "ledger")
        ));
    }
    Ok(true)
}

/// Writes into the ledgers of some folders. One that cannot be written does not stand in the way of the others.
fn append(of_folders: &BTreeMap<&Path, Vec<Entry>>, console: &Console) -> anyhow::Result<()> {
    let mut refused = 0;
    for (folder, entries) in of_folders {
        let folder = match *folder == Path::new("") {
            true => Path::new("."),
            false => folder,
        };
        if let Err(error) = ledger::append(folder, entries) {
            console.error(&error.into());
            refused += 1;
        }
    }
    if refused > 0 {
        bail!(
            "{} of {} were not written; the others were\n  hint: run it again for those cases alone, or what the others record is there twice",
            refused,
            count(of_folders.len(), "ledger")
        );
    }
    Ok(())
}

/// The one item that somebody means.
fn the_one<'i>(items: &'i [ChaseItem], wanted: &str) -> anyhow::Result<&'i ChaseItem> {
    let meant: Vec<&ChaseItem> = items.iter().filter(|item| item.is_called(wanted)).collect();
    match meant.as_slice() {
        [one] => Ok(one),
        [] => bail!(
            "no item is called \"{wanted}\"\n  hint: give its whole title, its file or its exhibit reference, as `courtbundle chase --all` shows it"
        ),
        several => {
            let cases: Vec<String> = several.iter().map(|item| display(&item.manifest)).collect();
            bail!(
                "{} are called \"{wanted}\": in {}\n  hint: name the manifest of the one, or its file",
                count(several.len(), "item"),
                cases.join(", ")
            )
        }
    }
}

/// Who does it: as said, or as this computer knows.
fn by(chase: &Chase, console: &Console) -> String {
    let of_computer = || {
        ["USER", "LOGNAME", "USERNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|name| !name.trim().is_empty()))
    };
    chase.by.clone().or_else(of_computer).unwrap_or_else(|| {
        console.note("warning: the ledger does not say by whom; give --by NAME");
        "not said".to_owned()
    })
}

fn address_book(file: Option<&Path>) -> anyhow::Result<Book> {
    let Some(file) = file else {
        return Ok(Book::default());
    };
    let text = read_text(file).with_context(|| display(file))?;
    Book::parse(&text).with_context(|| display(file))
}

fn write_letters(
    folder: &Path,
    items: &[ChaseItem],
    book: &Book,
    today: Date,
    console: &Console,
) -> anyhow::Result<()> {
    let cannot = |path: &Path| format!("{}: cannot be written", display(path));
    fs::create_dir_all(folder).with_context(|| cannot(folder))?;
    let letters = letters(items, book, today)?;
    for letter in &letters {
        let path = folder.join(&letter.name);
        let swept = atomic_write::write(&path, &letter.message).with_context(|| cannot(&path))?;
        console.swept(&swept);
        if !letter.addressed {
            console.note(&format!(
                "warning: {}: the address book has no address for \"{}\"",
                display(&path),
                letter.supplier
            ));
        }
    }
    let nobody =
        items.iter().filter(|item| item.state.is_open() && item.supplier.is_none()).count();
    if nobody > 0 {
        console.note(&format!(
            "warning: {} in no letter, as nobody is named who is to send it\n  hint: add supplier = \"…\" to each",
            count(nobody, "item")
        ));
    }
    console.note(&format!(
        "Wrote {} to {}. Once they are sent, record it with --sent.",
        count(letters.len(), "letter"),
        display(folder)
    ));
    Ok(())
}
