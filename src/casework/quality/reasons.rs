//! The failure reasons, as the table `reasons.toml` has them.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A family of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Charging outside the guidance.
    Breach,
    /// Unused material.
    Disclosure,
    /// Evidence.
    Evidential,
    /// Victims and witnesses.
    VictimAndWitness,
}

impl Family {
    /// The word for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Disclosure => "disclosure",
            Self::Evidential => "evidential",
            Self::VictimAndWitness => "victim-and-witness",
        }
    }
}

/// What the program can see of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// An item of the file standard is open.
    Items,
    /// A witness has made no statement that is listed, or an item is open.
    Witness,
    /// Nobody with a statement can have produced an exhibit, or an item is open.
    Exhibit,
}

/// A reason for which a file does not meet the standard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The code in `[[assessment.failures]]`.
    pub code: String,
    /// Its family.
    pub family: Family,
    /// What it is, in words.
    pub reason: String,
    /// What the program can see of it; `None` where a person must say.
    #[serde(default)]
    pub test: Option<Test>,
    /// The items of the file standard concerned.
    #[serde(default)]
    pub items: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reason: Vec<Reason>,
}

static REASONS: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    // A test reads the table, so it cannot be unreadable; if it were, codes would lack their words.
    toml::from_str::<File>(include_str!("reasons.toml")).map_or(Vec::new(), |file| file.reason)
});

/// Every reason, in the order of the table.
pub fn reasons() -> &'static [Reason] {
    &REASONS
}

/// The reason of a code.
pub fn reason(code: &str) -> Option<&'static Reason> {
    reasons().iter().find(|reason| reason.code == code)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::check::standard::Standards;
    use crate::manifest::parse;

    #[test]
    fn there_are_twenty_three_which_manifests_take_and_no_other() {
        assert_eq!(reasons().len(), 23);
        let standards = Standards::built_in().unwrap();
        for reason in reasons() {
            let text =
                format!("case.title = 'x'\nassessment.failures = [{{ code = '{}' }}]", reason.code);
            assert!(parse(&text, Path::new("x")).case.is_some(), "{}", reason.code);
            assert_eq!(reason.test.is_none(), reason.items.is_empty(), "{}", reason.code);
            for item in &reason.items {
                assert!(standards.item(item).is_some(), "{item}");
            }
        }
        let of = |family| reasons().iter().filter(|one| one.family == family).count();
        let families =
            [Family::Breach, Family::Disclosure, Family::Evidential, Family::VictimAndWitness];
        assert_eq!(families.map(of), [1, 6, 13, 3]);
    }
}
