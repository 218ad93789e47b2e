//! `[[section]]` and its documents.

use std::collections::HashMap;

use serde::Deserialize;

use super::password;
use super::seen::Listings;
use super::serving;
use crate::manifest::reader::{At, Problem, Table};
use crate::manifest::{
    Defendant, Document, ExhibitRef, PageSelection, Section, SectionLetter, paths, titles,
};
use crate::model::{Code, DocumentRef};

/// The sections with what they list.
pub(super) struct Sections {
    pub(super) list: Vec<Section>,
    pub(super) seen: Listings,
}

/// `password_env` is the variable for all documents that name none of their own.
pub(super) fn read(
    root: &mut Table<'_>,
    defendants: &[Defendant],
    allow_outside: bool,
    password_env: Option<&str>,
) -> Sections {
    let mut seen = Listings::default();
    let mut letters = HashMap::new();
    let tables = root.tables("section", "[[section]]").into_iter();
    let mut list: Vec<Section> = tables
        .map(|table| section(table, defendants, allow_outside, &mut letters, &mut seen))
        .collect();
    for document in list.iter_mut().flat_map(|section| &mut section.documents) {
        if document.password_env.is_none() {
            document.password_env = password_env.map(str::to_owned);
        }
    }
    Sections { list, seen }
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Order {
    Listed,
    Date,
}

fn section<'t>(
    mut table: Table<'t>,
    defendants: &'t [Defendant],
    allow_outside: bool,
    letters: &mut HashMap<SectionLetter, usize>,
    seen: &mut Listings,
) -> Section {
    let line = table.line();
    let letter = letter(&mut table, letters);
    let title = table.text("title").map(|title| title.value);
    let order = table.choice::<Order>("order");
    let documents = table.tables("document", "[[section.document]]");
    let allow = serving::allowed_in_title(&mut table, "[[section.allow]]");
    table.finish();
    Section {
        title: title.unwrap_or_else(|| format!("Section {letter}")),
        allow,
        date_order: order.is_some_and(|order| order.value == Order::Date),
        documents: documents
            .into_iter()
            .map(|table| DocumentReader { table, defendants, allow_outside }.read(&letter, seen))
            .collect(),
        letter,
        line,
    }
}

fn letter(table: &mut Table<'_>, letters: &mut HashMap<SectionLetter, usize>) -> SectionLetter {
    let letter = table.parsed("letter", |text| {
        let bad = |why| {
            Problem::new(Code::BadValue, format!("\"{text}\" is not a section letter")).hint(why)
        };
        text.parse::<SectionLetter>().map_err(bad)
    });
    let Some(letter) = letter else {
        if !table.has("letter") {
            table.missing("letter", "give the section a letter of its own: letter = \"A\"");
        }
        return SectionLetter("?".to_owned());
    };
    if let Some(first) = table.log().first_of(letters, letter.value.clone(), letter.at) {
        let message = format!("section {} is there already, at line {first}", letter.value);
        let problem = Problem::new(Code::DuplicateName, message);
        table.log().report(letter.at, problem.hint("give each section its own letter"));
    }
    letter.value
}

/// A page selection, or the number of a single page.
#[derive(Deserialize)]
#[serde(untagged)]
enum TypedPages {
    One(u32),
    Many(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TypedStatus {
    Expected,
}

struct DocumentReader<'t> {
    table: Table<'t>,
    defendants: &'t [Defendant],
    allow_outside: bool,
}

impl DocumentReader<'_> {
    fn read(mut self, section: &SectionLetter, seen: &mut Listings) -> Document {
        let mark = self.table.log().mark();
        let line = self.table.line();
        let typed_file = self.table.raw("file");
        let expected = self.table.choice::<TypedStatus>("status").is_some();
        let title = self.title(typed_file.as_ref());
        let pages = pages(&mut self.table);
        let file = self.file(typed_file.as_ref(), pages.as_ref(), seen);
        let table = &mut self.table;
        let serving = serving::read(table, self.defendants);
        let document = Document {
            title,
            file: file.map(|file| file.value),
            pages,
            date: table.date("date").map(|date| date.value),
            form: serving.form,
            other: serving.other,
            audiences: serving.audiences,
            restricted_to: serving.restricted_to,
            served_by: serving.served.by,
            served_on: serving.served.on,
            redacted_by: serving.redacted.by,
            redacted_on: serving.redacted.on,
            comments: serving.comments,
            hidden: serving.hidden,
            allow: serving.allow,
            not_form: serving.not_form,
            witness: table.text("witness").map(|witness| witness.value),
            exhibit: exhibit(table, seen),
            items: table.texts("items"),
            supplier: table.text("supplier").map(|supplier| supplier.value),
            due: table.date("due").map(|due| due.value),
            required: table.flag("required", true),
            expected,
            password_env: password::variable(table),
            allow_damaged: table.flag("allow_damaged", false),
            line,
        };
        let reference = DocumentRef {
            section: section.to_string(),
            title: document.title.clone(),
            file: typed_file.map(|file| file.value),
        };
        let log = self.table.log();
        self.table.finish();
        log.attribute(mark, &reference);
        document
    }

    fn title(&mut self, file: Option<&At<String>>) -> String {
        let title = self.table.text("title").map(|title| title.value);
        match (title, file) {
            (Some(title), _) => title,
            (None, Some(file)) => titles::of_file(&file.value.replace('\\', "/")),
            (None, None) => {
                // Without a file the missing title is only worth saying where no file is needed.
                if !self.table.has("title") && self.table.has("status") && !self.table.has("file") {
                    self.table.missing(
                        "title",
                        "say what is expected: title = \"Statement of PC Smith\"",
                    );
                }
                String::new()
            }
        }
    }

    fn file(
        &mut self,
        typed: Option<&At<String>>,
        pages: Option<&PageSelection>,
        seen: &mut Listings,
    ) -> Option<At<std::path::PathBuf>> {
        let table = &self.table;
        if !table.has("file") && !table.has("status") {
            let hint = "give the path: file = \"statements/smith.pdf\"; \
                        for a document that is still to come write status = \"expected\"";
            table.missing("file", hint);
        }
        let typed = typed?;
        let path = paths::normalise("file", &typed.value, self.allow_outside);
        let file = table.checked(typed.at, path)?;
        let listed = seen.file(&file.value, pages, table.line());
        table.checked(file.at, listed);
        Some(file)
    }
}

/// A selection of pages.
pub(super) fn pages(table: &mut Table<'_>) -> Option<PageSelection> {
    let typed = table.take("pages", "a text such as \"1-3, 7\", or the number of one page")?;
    let text = match typed.value {
        TypedPages::One(page) => page.to_string(),
        TypedPages::Many(text) => text,
    };
    let bad = |why| {
        Problem::new(Code::BadPages, format!("\"pages\" cannot be understood: {why}"))
            .hint("write pages = \"1-3, 7, 9-\"")
    };
    let pages = table.checked(typed.at, text.parse::<PageSelection>().map_err(bad))?;
    Some(pages.value)
}

/// An odd reference is kept as typed: what is on the exhibit's label counts.
fn exhibit(table: &mut Table<'_>, seen: &mut Listings) -> Option<ExhibitRef> {
    let typed = table.text("exhibit")?;
    let exhibit = match typed.value.parse() {
        Ok(exhibit) => exhibit,
        Err(why) => {
            let message = format!("\"{}\" does not look like an exhibit reference", typed.value);
            let problem = Problem::new(Code::BadValue, message).hint(why);
            table.log().report(typed.at, problem.into_warning());
            ExhibitRef(typed.value)
        }
    };
    table.checked(typed.at, seen.exhibit(&exhibit, table.line()));
    Some(exhibit)
}
