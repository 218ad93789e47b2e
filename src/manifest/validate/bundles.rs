//! `[[bundle]]`: what is made from the case.

use std::collections::HashMap;
use std::path::PathBuf;

use super::numbering::numbering;
use super::seen::{Listings, folded};
use super::serving;
use crate::manifest::output::{self, OutputValues};
use crate::manifest::reader::{At, Problem, Table, one_of, quoted};
use crate::manifest::{Bundle, Case, Overrides, SectionLetter, paths, titles};
use crate::model::Audience;
use crate::model::Code;

const DEFAULT_OUTPUT: &str = "out/{urn} {case} {bundle} {hearing_date}.pdf";
const DEFAULT_RULES: &str = "general-2021";

/// The court rule profiles of the program, in the order of their data.
pub(crate) const RULES: [&str; 13] = [
    "none",
    DEFAULT_RULES,
    "crown",
    "family",
    "family-fr",
    "commercial",
    "uksc",
    "sjs",
    "eat",
    "ftt",
    "jury",
    "laa",
    "hk",
];

/// The bundles typed, or the one that every case has.
pub(super) fn read(root: &mut Table<'_>, case: &Case, files: &Listings) -> Vec<Bundle> {
    let letters = case.sections.iter().enumerate().map(|(index, section)| (&section.letter, index));
    let mut reader = BundleReader {
        case,
        files,
        letters: letters.collect(),
        names: HashMap::new(),
        outputs: HashMap::new(),
    };
    let tables = root.tables("bundle", "[[bundle]]");
    if tables.is_empty() {
        // An empty table is read by the same rules, so the defaults are written once. Where an
        // output cannot be made from the case, the problem stands at the top of the manifest.
        let mut table = root.empty("bundle", "[[bundle]]");
        return vec![reader.bundle(&mut table, false)];
    }
    let named = tables.first().filter(|table| table.has("name")).map(|table| table.key_at("name"));
    let read = |mut table: Table<'_>| {
        let bundle = reader.bundle(&mut table, true);
        table.finish();
        bundle
    };
    let bundles: Vec<Bundle> = tables.into_iter().map(read).collect();
    if let ([bundle], Some(at)) = (bundles.as_slice(), named) {
        tell_default_gone(root, case, bundle, at);
    }
    bundles
}

/// Where one bundle is typed for others than the court, that of the court, which nobody has to type, is gone.
fn tell_default_gone(root: &Table<'_>, case: &Case, bundle: &Bundle, at: usize) {
    let default = default_name(case);
    if bundle.audience == Audience::Court || bundle.name.eq_ignore_ascii_case(&default) {
        return;
    }
    let message = format!(
        "{} is the only bundle: the court bundle, which is made where no [[bundle]] is listed, is no longer made",
        quoted(&bundle.name)
    );
    let hint = format!("to have both, add [[bundle]] with name = {}", quoted(&default));
    root.log().report(at, Problem::new(Code::DefaultBundle, message).hint(hint));
}

fn default_name(case: &Case) -> String {
    let kind = case.hearing.as_ref().and_then(|hearing| hearing.kind.clone());
    kind.unwrap_or_else(|| "trial".to_owned())
}

struct BundleReader<'c> {
    case: &'c Case,
    files: &'c Listings,
    letters: HashMap<&'c SectionLetter, usize>,
    /// Where each name stands, and each output as a careless disk sees it.
    names: HashMap<String, usize>,
    outputs: HashMap<String, usize>,
}

impl BundleReader<'_> {
    fn bundle(&mut self, table: &mut Table<'_>, typed: bool) -> Bundle {
        let name = self.name(table);
        let title = table.text("title").map(|title| title.value);
        let title = title.unwrap_or_else(|| default_title(&name));
        let version = table.text("version").map(|version| version.value);
        let audience = table.choice("audience").map_or(Audience::Court, |audience| audience.value);
        Bundle {
            output: self.output(table, &name, &title, version.as_deref()),
            allow: serving::allowed_in_title(table, "[[bundle.allow]]"),
            audience,
            defendant: self.defendant(table, audience),
            names_sections: table.has("sections"),
            rules_file: self.rules_file(table),
            rules: rules(table),
            overrides: overrides(table),
            sections: self.sections(table),
            dividers: table.flag("dividers", false),
            numbering: numbering(table),
            line: typed.then(|| table.line()),
            name,
            title,
            version,
        }
    }

    fn rules_file(&self, table: &mut Table<'_>) -> Option<PathBuf> {
        let typed = table.text("rules_file")?;
        let path = paths::normalise("rules_file", &typed.value, self.case.allow_outside);
        table.checked(typed.at, path).map(|path| path.value)
    }

    /// The defendant for whom the bundle is made; only some audiences stand for one.
    fn defendant(&self, table: &mut Table<'_>, audience: Audience) -> Option<usize> {
        let typed = table.text("defendant")?;
        let place = serving::defendant(&typed.value, &self.case.defendants);
        let place = table.checked(typed.at, place)?;
        if !matches!(audience, Audience::Defence | Audience::Laa) {
            let message = "\"defendant\" only goes with audience = \"defence\" or \"laa\"";
            let problem = Problem::new(Code::BadValue, message);
            let hint = "delete it, or say for whom the bundle is";
            table.log().report(typed.at, problem.hint(hint));
        }
        Some(place.value)
    }

    fn name(&mut self, table: &mut Table<'_>) -> String {
        let typed = table.text("name");
        let at = typed.as_ref().map_or(table.at(), |name| name.at);
        let name = typed.map_or_else(|| default_name(self.case), |name| name.value);
        let first = table.log().first_of(&mut self.names, name.to_lowercase(), at);
        if let Some(first) = first {
            let message = format!("a bundle {} is there already, at line {first}", quoted(&name));
            let problem = Problem::new(Code::DuplicateName, message);
            table.log().report(at, problem.hint("give each bundle its own name"));
        }
        name
    }

    fn output(
        &mut self,
        table: &mut Table<'_>,
        name: &str,
        title: &str,
        version: Option<&str>,
    ) -> PathBuf {
        let case = self.case;
        let values = OutputValues {
            urn: case.urn.as_ref().map(crate::manifest::Urn::as_str),
            case: &case.title,
            bundle: name,
            title,
            version,
            court_case_number: case.court_case_number.as_ref().map(|number| number.as_str()),
            hearing_date: case.hearing.as_ref().and_then(|hearing| hearing.date),
        };
        let fill = |pattern: &str| output::fill(pattern, &values, case.allow_outside);
        let output = if table.has("output") {
            table.parsed("output", fill)
        } else {
            table.raw("output");
            table.checked(table.at(), fill(DEFAULT_OUTPUT))
        };
        output.map(|output| self.apart(table, output)).unwrap_or_default()
    }

    /// The output, once it is known to overwrite neither another output nor a source.
    fn apart(&mut self, table: &Table<'_>, output: At<PathBuf>) -> PathBuf {
        let path = quoted(&output.value.to_string_lossy());
        let name = folded(&output.value);
        if let Some(first) = table.log().first_of(&mut self.outputs, name, output.at) {
            let message = format!("the bundle at line {first} has the same output, {path}");
            let hint = "put {bundle} into the output, or give each bundle its own";
            table.log().report(output.at, Problem::new(Code::DuplicateOutput, message).hint(hint));
        }
        if self.files.is_listed(&output.value) {
            let message =
                format!("the output {path} is a listed document, which it would overwrite");
            let hint = "write bundles to a folder of their own, such as out/";
            table.log().report(output.at, Problem::new(Code::OutputIsInput, message).hint(hint));
        }
        output.value
    }

    fn sections(&self, table: &mut Table<'_>) -> Vec<usize> {
        let has = table.has("sections");
        let Some(typed) = table.list("sections") else {
            return (0..self.case.sections.len()).collect();
        };
        if has && typed.is_empty() {
            let problem = Problem::new(Code::BadValue, "\"sections\" is an empty list");
            table.log().report(table.at(), problem.hint("delete the line to take every section"));
        }
        let mut sections = Vec::new();
        for letter in typed {
            if let Some(At { value: index, at }) =
                table.checked(letter.at, self.section(&letter.value))
            {
                if sections.contains(&index) {
                    let message = format!("section {} is listed twice", letter.value);
                    table.log().report(at, Problem::new(Code::BadValue, message));
                }
                sections.push(index);
            }
        }
        sections
    }

    fn section(&self, typed: &str) -> Result<usize, Problem> {
        let letter = typed.parse::<SectionLetter>().ok();
        letter.and_then(|letter| self.letters.get(&letter).copied()).ok_or_else(|| {
            let all: Vec<_> =
                self.case.sections.iter().map(|section| section.letter.as_str()).collect();
            let hint = match all.is_empty() {
                true => "the manifest has no [[section]]".to_owned(),
                false => format!("the sections are: {}", all.join(", ")),
            };
            Problem::new(Code::UnknownSection, format!("there is no section {}", quoted(typed)))
                .hint(hint)
        })
    }
}

fn default_title(name: &str) -> String {
    let title = titles::readable(name);
    if title.to_lowercase().ends_with("bundle") { title } else { format!("{title} bundle") }
}

/// The profile: one of the program's, or of the user's own file, which is read only when it is needed.
fn rules(table: &mut Table<'_>) -> String {
    let own = table.has("rules_file");
    let rules = table.parsed("rules", |name| {
        if own {
            return Ok(name.to_owned());
        }
        one_of("rules", name, &RULES).map(|()| name.to_owned())
    });
    rules.map_or(DEFAULT_RULES.to_owned(), |rules| rules.value)
}

fn overrides(bundle: &mut Table<'_>) -> Overrides {
    let Some(mut table) = bundle.table("overrides", "[bundle.overrides]") else {
        return Overrides::default();
    };
    let overrides = Overrides {
        page_limit: table.number("page_limit", 1..=1_000_000),
        ordered_on: table.date("ordered_on").map(|date| date.value),
    };
    table.finish();
    overrides
}
