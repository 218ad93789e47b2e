//! Court rule profiles: which rules a bundle is held against, where each comes from, and how far that
//! source is to be trusted.

mod typed;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::typed::{ProfilesFile, TypedProfile};
use crate::manifest::{NumberStyle, Overrides, Position};
use crate::model::{Audience, Code, Severity, Trust};

/// The profiles that come with the program.
const BUILT_IN: &str = include_str!("../profiles.toml");

/// What the number of a page must equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumbersBy {
    /// Its place in the PDF, from 1.
    Continuous,
    /// The letter of its section and its place there, which is its page label.
    Section,
    /// Its place or its page label.
    Any,
}

/// A way to deliver a bundle, and the largest file that it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The way.
    pub name: String,
    /// Megabytes of a million bytes.
    pub mb: u64,
}

/// A rule of a profile, with what it measures by.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The rule.
    pub code: Code,
    /// What it counts as when it is broken; `None` where the profile switches it off.
    pub severity: Option<Severity>,
    /// The paragraph that it comes from.
    pub source: String,
    /// How far that is to be trusted.
    pub trust: Trust,
    /// For whose bundles it holds; `None` for everybody's.
    pub audiences: Option<Vec<Audience>>,
    /// What it measures by.
    pub limits: RuleLimits,
}

/// The numbers and words that a rule measures by; each rule uses its own.
#[derive(Debug, Clone, Default)]
pub struct RuleLimits {
    /// The most pages.
    pub pages: Option<usize>,
    /// Dots per inch of a picture as placed.
    pub dpi: Option<u32>,
    /// Kilobytes of a thousand bytes, for each page on average.
    pub kb_per_page: Option<u64>,
    /// The largest file for each way of delivery.
    pub routes: Vec<Route>,
    /// What the name of the file must match.
    pub pattern: Option<Regex>,
    /// A file name that does.
    pub example: Option<String>,
    /// Where the number must stand.
    pub place: Option<Position>,
    /// The only size of paper, `A4` or `Letter`.
    pub size: Option<PaperSize>,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperSize {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl PaperSize {
    /// Width and height in points, upright.
    pub fn points(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// A named set of rules.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The name that manifests and `--rules` use.
    pub name: String,
    /// What it stands for.
    pub title: String,
    /// What the number of a page must equal.
    pub numbering: NumbersBy,
    /// Its rules, in the order of the codes.
    pub rules: Vec<Rule>,
}

impl Profile {
    /// The profile with what a court has ordered in place of its own limits.
    #[must_use]
    pub fn overridden(mut self, overrides: &Overrides) -> Self {
        let Some(pages) = overrides.page_limit else {
            return self;
        };
        let source = overrides.ordered_on.map_or_else(
            || "order of the court".to_owned(),
            |day| format!("order of the court of {day}"),
        );
        self.rules.retain(|rule| rule.code != Code::PageCap);
        self.rules.push(Rule {
            code: Code::PageCap,
            severity: Some(Severity::Error),
            source,
            trust: Trust::Official,
            audiences: None,
            limits: RuleLimits { pages: usize::try_from(pages).ok(), ..RuleLimits::default() },
        });
        self
    }

    /// The profile with the rules alone that hold for the bundles of an audience.
    #[must_use]
    pub fn for_audience(mut self, audience: Audience) -> Self {
        let holds = |rule: &Rule| {
            rule.audiences.as_ref().is_none_or(|audiences| audiences.contains(&audience))
        };
        self.rules.retain(holds);
        self
    }

    /// Whether the profile asks for other numbers than a style gives.
    pub fn differs_from(&self, style: &NumberStyle) -> bool {
        match self.numbering {
            NumbersBy::Continuous => *style == NumberStyle::Section,
            NumbersBy::Section => *style != NumberStyle::Section,
            NumbersBy::Any => false,
        }
    }

    /// A rule that is in force.
    pub fn rule(&self, code: Code) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code && rule.severity.is_some())
    }
}

/// All profiles there are.
#[derive(Debug, Clone)]
pub struct Profiles(Vec<Profile>);

/// Why a file of profiles cannot be used.
#[derive(Debug, Clone, Error)]
pub enum ProfileError {
    /// It is no TOML, or not of the form of a profile.
    #[error("{0}")]
    Toml(String),
    /// A profile builds on one that is not there.
    #[error("profile \"{0}\" extends \"{1}\", which does not exist or stands after it")]
    UnknownBase(String, String),
    /// Two profiles have one name.
    #[error("there are two profiles named \"{0}\"")]
    Twice(String),
    /// A rule that does not exist.
    #[error("profile \"{0}\" has an unknown rule \"{1}\"")]
    UnknownRule(String, String),
    /// A rule that cannot be tested without its limit.
    #[error("profile \"{0}\": rule \"{1}\" needs `{2}`")]
    MissingLimit(String, &'static str, &'static str),
    /// A pattern that is none.
    #[error("profile \"{0}\": {1}")]
    BadPattern(String, String),
    /// What is from memory only must not stand in anybody's way.
    #[error(
        "profile \"{0}\": rule \"{1}\" is from memory (trust = \"M\") and must not be an error"
    )]
    MemoryAsError(String, &'static str),
}

impl Profiles {
    /// The profiles that come with the program.
    ///
    /// # Errors
    ///
    /// A fault in the program's own data, which its tests exclude.
    pub fn built_in() -> Result<Self, ProfileError> {
        static PROFILES: LazyLock<Result<Profiles, ProfileError>> =
            LazyLock::new(|| Profiles(Vec::new()).with(BUILT_IN));
        PROFILES.clone()
    }

    /// These profiles and those of a user's own file, which may extend them.
    ///
    /// # Errors
    ///
    /// What is wrong in the file.
    pub fn with(mut self, toml: &str) -> Result<Self, ProfileError> {
        let file: ProfilesFile =
            toml::from_str(toml).map_err(|error| ProfileError::Toml(error.to_string()))?;
        for typed in file.profile {
            if self.get(&typed.name).is_some() {
                return Err(ProfileError::Twice(typed.name));
            }
            let profile = self.resolve(typed)?;
            self.0.push(profile);
        }
        Ok(self)
    }

    /// The profile of a name.
    pub fn get(&self, name: &str) -> Option<&Profile> {
        self.0.iter().find(|profile| profile.name == name)
    }

    /// Every profile, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.0.iter()
    }

    fn resolve(&self, typed: TypedProfile) -> Result<Profile, ProfileError> {
        let base = match &typed.extends {
            None => None,
            Some(base) => Some(
                self.get(base)
                    .ok_or_else(|| ProfileError::UnknownBase(typed.name.clone(), base.clone()))?,
            ),
        };
        let mut rules: BTreeMap<Code, Rule> = base
            .map(|base| base.rules.iter().map(|rule| (rule.code, rule.clone())).collect())
            .unwrap_or_default();
        for rule in typed.rule {
            let base = Code::ALL
                .iter()
                .find(|code| code.as_str() == rule.code)
                .and_then(|code| rules.get(code));
            let rule = rule.resolve(&typed.name, base)?;
            rules.insert(rule.code, rule);
        }
        Ok(Profile {
            numbering: typed
                .numbering
                .or(base.map(|base| base.numbering))
                .unwrap_or(NumbersBy::Any),
            title: typed.title.unwrap_or_else(|| typed.name.clone()),
            name: typed.name,
            rules: rules.into_values().collect(),
        })
    }
}

impl RuleLimits {
    /// The key without which a rule has nothing to measure by.
    fn missing(&self, code: Code) -> Option<&'static str> {
        let (key, there) = match code {
            Code::PageCap => ("pages", self.pages.is_some()),
            Code::ResolutionHigh | Code::ResolutionLow => ("dpi", self.dpi.is_some()),
            Code::Weight => ("kb_per_page", self.kb_per_page.is_some()),
            Code::FileSize => ("routes", !self.routes.is_empty()),
            Code::FileName => ("pattern", self.pattern.is_some()),
            Code::NumberPlace => ("place", self.place.is_some()),
            Code::PageSize => ("size", self.size.is_some()),
            _ => return None,
        };
        (!there).then_some(key)
    }

    /// The limits in words, for the list of rules.
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        words.extend(self.pages.map(|pages| format!("{pages} pages")));
        words.extend(self.dpi.map(|dpi| format!("{dpi} dpi")));
        words.extend(self.kb_per_page.map(|kb| format!("{kb} KB a page")));
        let route = |route: &Route| format!("{} {} MB", route.name, route.mb);
        words.extend(self.routes.iter().map(route));
        words.extend(self.example.as_ref().map(|name| format!("such as \"{name}\"")));
        words.extend(self.place.map(|place| place.in_words().to_owned()));
        words.extend(self.size.map(|size| format!("{size:?}")));
        words.join(", ")
    }
}

#[cfg(test)]
mod tests;
