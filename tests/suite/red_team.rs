//! Secrets planted in every way that was ever missed (`fixtures/red-team`): each is found, or gone from the bundle, or listed
//! with the reason why not. What hides nothing is let through.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use lopdf::{Dictionary, Object};
use memchr::memmem;
use serde::Deserialize;
use serde_json::Value;

use crate::support::case::{Case, array, repository, text};
use crate::support::reader::Reader;

#[derive(Deserialize)]
struct Set {
    plant: Vec<Plant>,
}

/// One file and what has to become of it.
#[derive(Deserialize)]
struct Plant {
    file: String,
    family: String,
    what: String,
    expect: Fate,
    /// One of these says so.
    #[serde(default)]
    codes: Vec<String>,
    secret: Option<String>,
    /// More lines of its entry.
    entry: Option<String>,
    #[serde(default = "exhibit")]
    form: String,
    /// What its file is called in the case.
    #[serde(rename = "as")]
    called: Option<String>,
    /// The lines of another entry, which its reader must not have, and its file if that is another.
    withheld: Option<String>,
    withheld_file: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Fate {
    /// A finding with this code says so.
    Found,
    /// It is nowhere in the bundle.
    Gone,
    /// There is nothing to say.
    Clean,
}

fn exhibit() -> String {
    "exhibit".to_owned()
}

impl Plant {
    /// Its title, which says nothing of it.
    fn title(&self) -> &str {
        self.file.trim_end_matches(".pdf")
    }

    fn entry(&self) -> String {
        let file = self.called.as_ref().unwrap_or(&self.file);
        let lines = self.entry.as_deref().unwrap_or_default();
        document(self.title(), file, &format!("form = \"{}\"\n{lines}", self.form))
    }
}

fn document(title: &str, file: &str, lines: &str) -> String {
    format!(
        "[[section.document]]\ntitle = \"{title}\"\nfile = \"{file}\"\ndate = 2026-06-01\n{lines}\n"
    )
}

fn read<T: for<'a> Deserialize<'a>>(file: &str) -> T {
    let path = repository("fixtures/red-team").join(file);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn plants(of: impl Fn(&Plant) -> bool) -> Vec<Plant> {
    let set: Set = read("plants.toml");
    set.plant.into_iter().filter(of).collect()
}

/// One case for the defence of all these files.
fn case(plants: &[Plant]) -> Case {
    let mut manifest = "[case]\ntitle = \"R v Test\"\n[[bundle]]\naudience = \"defence\"\noutput = \"out/test.pdf\"\n\
                        [[section]]\nletter = \"A\"\n"
        .to_owned();
    let case = Case::empty();
    let copy = |file: &str, to: &str| case.copy(&format!("fixtures/red-team/{file}"), to);
    for plant in plants {
        copy(&plant.file, plant.called.as_ref().unwrap_or(&plant.file));
        manifest += &plant.entry();
    }
    manifest += "[[section]]\nletter = \"B\"\n";
    for plant in plants {
        let Some(lines) = &plant.withheld else {
            continue;
        };
        let name = format!("kept back {}", plant.file);
        copy(plant.withheld_file.as_ref().unwrap_or(&plant.file), &name);
        manifest += &document("Kept back", &name, lines);
    }
    case.write("bundle.toml", manifest);
    case
}

/// Holds what was found or is gone against the rows that say so, and those of `missed.toml`.
fn judge(plants: &[Plant], is_right: impl Fn(&Plant) -> bool) {
    let missed: BTreeMap<String, BTreeMap<String, String>> = read("missed.toml");
    let missed: BTreeSet<&str> =
        missed.values().flat_map(|rows| rows.keys()).map(String::as_str).collect();
    let mut wrong = String::new();
    for plant in plants {
        let (right, listed) = (is_right(plant), missed.contains(plant.title()));
        let verdict = match (right, listed) {
            (true, true) => "is right now: take it out of missed.toml",
            (false, false) => "is missed",
            _ => continue,
        };
        writeln!(wrong, "{} ({}, {}) {verdict}", plant.title(), plant.family, plant.what).unwrap();
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The codes of what is found in each document, but for what is only worth knowing.
fn found(report: &Value) -> BTreeSet<(&str, &str)> {
    let findings = array(report, "findings").iter();
    findings
        .filter(|finding| finding["severity"] != "info")
        .filter_map(|finding| Some((finding["document"].as_str()?, text(finding, "code"))))
        .collect()
}

#[test]
fn what_is_planted_is_found_and_never_repeated() {
    let plants = plants(|plant| plant.expect == Fate::Found);
    let case = case(&plants);
    let report = case.checked(1);
    let found = found(&report);
    let is_found = |plant: &Plant| {
        plant.codes.iter().any(|code| found.contains(&(plant.title(), code.as_str())))
    };
    judge(&plants, is_found);
    let shown = case.run(&["check"]);
    let said = [report.to_string(), shown.out, shown.err].concat();
    for secret in plants.iter().filter_map(|plant| plant.secret.as_ref()) {
        assert!(!said.contains(secret.as_str()), "{secret} is told");
    }
}

#[test]
fn what_hides_nothing_is_let_through() {
    let plants = plants(|plant| plant.expect == Fate::Clean);
    let report = case(&plants).run(&["check", "--format", "json"]).json();
    let found = found(&report["cases"][0]);
    judge(&plants, |plant| found.iter().all(|(document, _)| *document != plant.title()));
}

#[test]
fn what_has_no_reason_to_be_in_a_bundle_is_gone() {
    let plants = plants(|plant| plant.expect == Fate::Gone);
    let (_, reader) = case(&plants).built();
    let held = Held::of(&reader);
    judge(&plants, |plant| !held.holds(plant.secret.as_ref().unwrap()));
}

#[test]
fn every_row_of_what_is_missed_has_a_plant() {
    let plants = plants(|_| true);
    let missed: BTreeMap<String, BTreeMap<String, String>> = read("missed.toml");
    for (title, why) in missed.values().flatten() {
        assert!(plants.iter().any(|plant| plant.title() == title) && !why.is_empty(), "{title}");
    }
}

/// All that a file holds, decoded: strings, names, and streams as they are and unpacked.
struct Held(Vec<Vec<u8>>);

impl Held {
    fn of(reader: &Reader) -> Self {
        let mut held = Self(vec![reader.bytes.clone()]);
        reader.pdf.objects.values().for_each(|object| held.add(object));
        held
    }

    fn add(&mut self, object: &Object) {
        match object {
            Object::String(bytes, _) => {
                self.0.push(bytes.clone());
                self.0.extend(lopdf::decode_text_string(object).map(String::into_bytes));
            }
            Object::Name(bytes) => self.0.push(bytes.clone()),
            Object::Array(array) => array.iter().for_each(|object| self.add(object)),
            Object::Dictionary(dict) => self.add_dict(dict),
            Object::Stream(stream) => {
                self.add_dict(&stream.dict);
                self.0.push(stream.content.clone());
                self.0.extend(stream.get_plain_content());
            }
            _ => {}
        }
    }

    fn add_dict(&mut self, dict: &Dictionary) {
        for (key, value) in dict.iter() {
            self.0.push(key.clone());
            self.add(value);
        }
    }

    /// Whether it holds a text in any coding, with or without its spaces.
    fn holds(&self, text: &str) -> bool {
        let joined = text.replace(' ', "");
        let escaped = text.replace(' ', "#20");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let forms = [text.as_bytes(), joined.as_bytes(), escaped.as_bytes(), &wide];
        self.0.iter().any(|part| forms.iter().any(|form| memmem::find(part, form).is_some()))
    }
}
