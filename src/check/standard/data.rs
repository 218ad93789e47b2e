//! File standards as data: those of `standards.toml`, and the user's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::disclosure;
use crate::manifest::Flag;
use crate::model::{Severity, Trust};

/// The standards that come with the program.
const BUILT_IN: &str = include_str!("standards.toml");

/// Whether a standard asks for an item always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Necessity {
    /// Always.
    Required,
    /// Where the case has one of the flags of the item.
    Conditional,
}

/// Whose document an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// One that names its witness.
    Witness,
    /// One that names none.
    Suspect,
}

/// A checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The name in `file_standard`.
    pub name: String,
    /// What it is for.
    pub title: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<String>,
    /// The standard of which it takes over every item.
    #[serde(default)]
    pub based_on: Option<String>,
}

/// A kind of material.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// The name in manifests.
    pub code: String,
    /// What it is.
    pub title: String,
    /// The forms and classes that are it, by their names in the table of forms.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Whose document it must be.
    #[serde(default)]
    pub whose: Option<Whose>,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    conditional: Vec<String>,
    /// The flags of which one makes a conditional item a required one.
    #[serde(default)]
    pub when: Vec<Flag>,
    #[serde(default)]
    seen: Vec<String>,
    /// Who provides it.
    #[serde(default)]
    pub supplier: Option<String>,
    #[serde(default)]
    severity: Option<Severity>,
    /// Whether it is of the user's own file.
    #[serde(skip)]
    own: bool,
}

/// One item as a standard asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedItem<'s> {
    /// The item.
    pub item: &'s Material,
    /// Whether always.
    pub need: Necessity,
    /// How far that is to be trusted.
    pub trust: Trust,
}

impl AskedItem<'_> {
    /// How much it matters that the item is missing: a warning, unless the user's own file says more. No
    /// line of the program's own comes from an official text, so none of them makes a case unready.
    pub fn severity(&self) -> Severity {
        match self.trust {
            Trust::Own => self.item.severity.unwrap_or(Severity::Warning),
            _ => Severity::Warning,
        }
    }
}

/// Why a file of standards cannot be used.
#[derive(Debug, Error)]
pub enum StandardError {
    /// It is not the TOML of standards.
    #[error("the file of standards cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// It names a form that nobody knows.
    #[error(
        "item \"{item}\" names the form \"{form}\", which is not known\n  hint: src/serve/forms.toml lists the forms"
    )]
    UnknownForm {
        /// The code of the item.
        item: String,
        /// The name.
        form: String,
    },
    /// It names a standard that is not there.
    #[error(
        "\"{by}\" names the standard \"{name}\", which is not there\n  hint: the standards are: {known}"
    )]
    UnknownStandard {
        /// The standard or item that names it.
        by: String,
        /// The name.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// Two standards have one name, or two items one code.
    #[error("\"{0}\" is there twice\n  hint: give each standard and each item a name of its own")]
    Twice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandardsFile {
    #[serde(default)]
    standard: Vec<Standard>,
    #[serde(default)]
    item: Vec<Material>,
}

/// Every standard that is known.
#[derive(Debug, Clone)]
pub struct Standards {
    standards: Vec<Standard>,
    items: Vec<Material>,
}

impl Standards {
    /// Those that come with the program.
    pub fn built_in() -> Result<Self, StandardError> {
        let none = Self { standards: Vec::new(), items: Vec::new() };
        none.joined(BUILT_IN, false)
    }

    /// These, and those of the user's own file.
    pub fn with(self, text: &str) -> Result<Self, StandardError> {
        self.joined(text, true)
    }

    fn joined(mut self, text: &str, own: bool) -> Result<Self, StandardError> {
        let file: StandardsFile = toml::from_str(text)?;
        self.standards.extend(file.standard);
        self.items.extend(file.item.into_iter().map(|item| Material { own, ..item }));
        self.sound().map(|()| self)
    }

    /// Every standard, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Standard> {
        self.standards.iter()
    }

    /// The standard of a name, however it is written.
    pub fn find(&self, name: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The item of a code, however it is written.
    pub fn item(&self, code: &str) -> Option<&Material> {
        self.items.iter().find(|item| item.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The names of all standards, for messages.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.iter().map(|standard| standard.name.as_str()).collect();
        names.join(", ")
    }

    /// What a standard asks for, in the order of the files.
    pub fn lines(&self, standard: &Standard) -> Vec<AskedItem<'_>> {
        let lineage = self.lineage(standard);
        self.items
            .iter()
            .filter_map(|item| lineage.iter().find_map(|name| line(item, name)))
            .collect()
    }

    /// The names of a standard and of those that it is based on, the nearest first.
    fn lineage<'s>(&'s self, standard: &'s Standard) -> Vec<&'s str> {
        let mut names = vec![standard.name.as_str()];
        let mut next = standard.based_on.as_deref();
        while let Some(base) = next.and_then(|name| self.find(name)) {
            if names.contains(&base.name.as_str()) {
                break;
            }
            names.push(&base.name);
            next = base.based_on.as_deref();
        }
        names
    }

    fn sound(&self) -> Result<(), StandardError> {
        let mut seen = BTreeMap::new();
        let names = self.standards.iter().map(|standard| (0, &standard.name));
        let codes = self.items.iter().map(|item| (1, &item.code));
        for (kind, name) in names.chain(codes) {
            if seen.insert((kind, name.to_lowercase()), ()).is_some() {
                return Err(StandardError::Twice(name.clone()));
            }
        }
        for item in &self.items {
            if let Some(form) = item.forms.iter().find(|form| disclosure::find(form).is_none()) {
                return Err(StandardError::UnknownForm {
                    item: item.code.clone(),
                    form: form.clone(),
                });
            }
        }
        let of_items = self.items.iter().flat_map(|item| {
            let names = item.required.iter().chain(&item.conditional).chain(&item.seen);
            names.map(|name| (&item.code, name))
        });
        let of_standards = self
            .standards
            .iter()
            .filter_map(|standard| Some((&standard.name, standard.based_on.as_ref()?)));
        for (by, name) in of_items.chain(of_standards) {
            if self.find(name).is_none() {
                return Err(StandardError::UnknownStandard {
                    by: by.clone(),
                    name: name.clone(),
                    known: self.names(),
                });
            }
        }
        Ok(())
    }
}

fn line<'i>(item: &'i Material, standard: &str) -> Option<AskedItem<'i>> {
    let names = |list: &[String]| list.iter().any(|name| name.eq_ignore_ascii_case(standard));
    let need = if names(&item.required) {
        Necessity::Required
    } else if names(&item.conditional) {
        Necessity::Conditional
    } else {
        return None;
    };
    let trust = match item.own {
        true => Trust::Own,
        false if names(&item.seen) => Trust::Secondary,
        false => Trust::Memory,
    };
    Some(AskedItem { item, need, trust })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line_of<'s>(standards: &'s Standards, name: &str, code: &str) -> Option<AskedItem<'s>> {
        let standard = standards.find(name).unwrap();
        let lines = standards.lines(standard);
        lines.into_iter().find(|line| line.item.code == code)
    }

    #[test]
    fn the_program_knows_eight_standards_and_whom_to_ask_for_every_item() {
        let standards = Standards::built_in().unwrap();
        assert_eq!(
            standards.names(),
            "pre-charge, threshold, gap, ngap, crown, trial, remand, youth"
        );
        for standard in standards.iter() {
            assert!(standards.lines(standard).len() > 8, "{}", standard.name);
        }
        for item in &standards.items {
            assert!(item.supplier.is_some(), "{}", item.code);
            // A condition that nothing can fulfil would be an item that nobody is asked for.
            assert_eq!(item.conditional.is_empty(), item.when.is_empty(), "{}", item.code);
            assert_eq!(item.severity, None, "{}", item.code);
            for seen in &item.seen {
                assert!(line(item, seen).is_some(), "{} {seen}", item.code);
            }
        }
    }

    #[test]
    fn needs_and_trust_are_those_of_the_reference() {
        let standards = Standards::built_in().unwrap();
        let cell = |name, code| line_of(&standards, name, code).map(|line| (line.need, line.trust));
        let (required, conditional) = (Necessity::Required, Necessity::Conditional);
        assert_eq!(cell("ngap", "MG6C"), Some((required, Trust::Secondary)));
        assert_eq!(cell("trial", "MG6C"), Some((required, Trust::Memory)));
        assert_eq!(cell("gap", "MG6C"), None);
        assert_eq!(cell("gap", "recordings"), Some((conditional, Trust::Secondary)));
        assert_eq!(cell("remand", "convictions"), Some((required, Trust::Secondary)));
        for code in ["RP1", "RP2", "RP3", "RP4", "RP5", "RP6", "RP7", "RP8"] {
            assert_eq!(cell("crown", code), Some((required, Trust::Memory)), "{code}");
            assert_eq!(cell("gap", code), None, "{code}");
        }
    }

    #[test]
    fn a_standard_of_ones_own_adds_to_another() {
        let own = "[[standard]]\nname = 'drugs'\ntitle = 'Drugs'\nbased_on = 'ngap'\n\
                   [[item]]\ncode = 'drug-expert'\ntitle = 'Statement of the drugs expert'\n\
                   forms = ['expert-report']\nrequired = ['drugs']\nseverity = 'error'\n";
        let standards = Standards::built_in().unwrap().with(own).unwrap();
        let expert = line_of(&standards, "Drugs", "drug-expert").unwrap();
        assert_eq!((expert.trust, expert.severity()), (Trust::Own, Severity::Error));
        assert_eq!(line_of(&standards, "drugs", "MG6C").unwrap().trust, Trust::Secondary);
        assert!(line_of(&standards, "ngap", "drug-expert").is_none());
    }

    #[test]
    fn a_file_that_names_what_is_not_there_is_refused() {
        for (text, message) in [
            ("[[item]]\ncode = 'a'\ntitle = 'a'\nforms = ['MG99']", "\"MG99\""),
            ("[[item]]\ncode = 'a'\ntitle = 'a'\nrequired = ['crwn']", "\"crwn\""),
            ("[[item]]\ncode = 'mg6c'\ntitle = 'a'", "twice"),
            ("[[standard]]\nname = 'Gap'\ntitle = 'a'", "twice"),
            ("[[standard]]\nname = 'a'\ntitle = 'a'\nbased_on = 'b'", "\"b\""),
            ("[[item]]\ncode = 'a'\ntitle = 'a'\nformss = []", "formss"),
        ] {
            let error = Standards::built_in().unwrap().with(text).unwrap_err();
            assert!(error.to_string().contains(message), "{error}");
        }
    }
}
