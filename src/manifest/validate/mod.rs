//! From the TOML tree to a [`Case`]: one file per part of the manifest.
//!
//! Every function gives its best guess even where it reports an error, so that the rest of the
//! manifest is still looked at; the guess is thrown away with the case.

mod assessment;
mod bundles;
mod limits;
mod not_form;
mod numbering;
mod password;
mod people;
mod sections;
mod seen;
mod serving;
mod standard;

#[cfg(test)]
pub(crate) use bundles::RULES;
pub(crate) use seen::folded;

use std::path::Path;

use toml::de::DeTable;

use super::reader::{Log, Problem, Table};
use super::{Case, CourtCaseNumber, Defendant, Hearing, Language, Limits, Urn};
use crate::model::Code;
use crate::model::Sha256Hash;

/// The case that the tree describes.
pub(super) fn case<'t>(tree: &'t DeTable<'t>, log: &'t Log<'t>, manifest: &Path) -> Case {
    let mut root = Table::root(tree, log);
    let defendants = people::defendants(&mut root);
    let hearing = people::hearing(&mut root);
    let (mut case, password_env) = heading(&mut root, defendants, hearing);
    case.manifest = manifest.to_owned();
    case.folder = match manifest.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => ".".into(),
    };
    let sections =
        sections::read(&mut root, &case.defendants, case.allow_outside, password_env.as_deref());
    case.sections = sections.list;
    case.bundles = bundles::read(&mut root, &case, &sections.seen);
    case.not_applicable = standard::not_applicable(&mut root);
    case.assessment = assessment::read(&mut root);
    case.limits = limits::read(&mut root);
    root.finish();
    case
}

/// The case by its `[case]` table, without what the other tables say, and the environment variable
/// that holds the password of every file.
fn heading(
    root: &mut Table<'_>,
    defendants: Vec<Defendant>,
    hearing: Option<Hearing>,
) -> (Case, Option<String>) {
    let mut table = root.table_or_empty("case", "[case]");
    let case = Case {
        manifest: Default::default(),
        folder: Default::default(),
        sha256: Sha256Hash::default(),
        urn: urn(&mut table, hearing.as_ref()),
        court_case_number: court_case_number(&mut table),
        title: title(&mut table, &defendants),
        court: table.text("court").map(|court| court.value),
        file_standard: table
            .text("file_standard")
            .map(|name| name.value)
            .filter(|name| name != "none"),
        flags: table.choices("flags").unwrap_or_default(),
        witnesses: table.texts("witnesses"),
        police_unit: table.text("police_unit").map(|unit| unit.value),
        casework_type: table.text("casework_type").map(|kind| kind.value),
        language: table
            .choice::<Language>("language")
            .map(|language| language.value)
            .unwrap_or_default(),
        allow_outside: table.flag("allow_outside", false),
        allow: serving::allowed_in_title(&mut table, "[[case.allow]]"),
        limits: Limits::default(),
        defendants,
        hearing,
        bundles: Vec::new(),
        sections: Vec::new(),
        not_applicable: Vec::new(),
        assessment: None,
    };
    let password_env = password::variable(&mut table);
    table.finish();
    (case, password_env)
}

fn urn(table: &mut Table<'_>, hearing: Option<&Hearing>) -> Option<Urn> {
    let urn = table.parsed("urn", |text| {
        let bad = |why| Problem::new(Code::BadUrn, format!("\"{text}\" is not a URN")).hint(why);
        text.parse::<Urn>().map_err(bad)
    })?;
    let hearing_year = hearing.and_then(|hearing| hearing.date).map(|date| date.year());
    let year = urn.value.year_of_century().map(|year| 2000 + i16::from(year));
    if let (Some(year), Some(hearing_year)) = (year, hearing_year)
        && year > hearing_year
    {
        let message = format!("the URN is of {year}, after the hearing in {hearing_year}");
        let problem = Problem::new(Code::FutureUrn, message);
        table.log().report(urn.at, problem.hint("check the last two digits of the URN"));
    }
    Some(urn.value)
}

/// An odd number is kept as typed: the court's own numbers have more forms than the published one.
fn court_case_number(table: &mut Table<'_>) -> Option<CourtCaseNumber> {
    let typed = table.text("court_case_number")?;
    match typed.value.parse() {
        Ok(number) => Some(number),
        Err(why) => {
            let message = format!("\"{}\" does not look like a Crown Court number", typed.value);
            let problem = Problem::new(Code::BadValue, message).hint(why);
            table.log().report(typed.at, problem.into_warning());
            Some(CourtCaseNumber(typed.value))
        }
    }
}

/// The short name of the case; the defendants give one where none is typed.
fn title(table: &mut Table<'_>, defendants: &[Defendant]) -> String {
    let surname = |defendant: &Defendant| {
        defendant.name.split_whitespace().next_back().unwrap_or_default().to_owned()
    };
    match (table.text("title"), defendants) {
        (Some(title), _) => title.value,
        (None, [one]) => format!("R v {}", surname(one)),
        (None, [one, other]) => format!("R v {} and {}", surname(one), surname(other)),
        (None, [first, ..]) => format!("R v {} and others", surname(first)),
        (None, []) => {
            if !table.has("title") {
                table.missing("title", "write the short name of the case: title = \"R v Blake\"");
            }
            String::new()
        }
    }
}
