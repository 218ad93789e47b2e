//! The table of what personal data looks like (`kinds.toml`), compiled.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Deserialize;

use super::checks::Check;
use crate::manifest::PersonalData;
use crate::model::Trust;

/// How far a word that tells what something is may stand from it, in characters.
const NEAR: usize = 40;

/// The table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedTable {
    parts: BTreeMap<String, String>,
    words: BTreeMap<String, WordList>,
    #[serde(rename = "kind")]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by a test"))]
    pub(super) kinds: Vec<KindSource>,
    #[serde(rename = "look")]
    pub(super) looks: Vec<TypedLook>,
}

type WordList = Vec<String>;

/// Where it is said how data of a kind is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "for people, and for the test that every kind has a source")
)]
pub(super) struct KindSource {
    pub(super) name: PersonalData,
    pub(super) source: String,
    #[allow(dead_code, reason = "for people; reading it tells that it is one")]
    pub(super) trust: Trust,
}

/// One way to write data of a kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedLook {
    pub(super) kind: PersonalData,
    pattern: String,
    #[serde(default)]
    needs: Vec<String>,
    check: Option<Check>,
    before: Option<WordsNamed>,
    about: Option<WordsNamed>,
    within: Option<usize>,
    #[serde(default)]
    pub(super) typed: bool,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "run by a test"))]
    pub(super) examples: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "run by a test"))]
    pub(super) others: Vec<String>,
}

/// Words of `[words]`, or words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WordsNamed {
    Name(String),
    Words(Vec<String>),
}

/// A way to write data of a kind, ready to be looked for.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) kind: PersonalData,
    pub(super) typed: bool,
    pattern: Regex,
    needs: Vec<String>,
    check: Option<Check>,
    before: Vec<String>,
    about: Vec<String>,
    within: usize,
}

static TABLE: LazyLock<Vec<Look>> = LazyLock::new(|| {
    let table = typed();
    table.looks.iter().filter_map(|look| compile(look, &table)).collect()
});

/// The table as it is written; a test reads it, so that it is never empty.
pub(super) fn typed() -> TypedTable {
    toml::from_str(include_str!("kinds.toml")).unwrap_or_default()
}

/// Every way to write personal data, from the surest to the least sure.
pub(super) fn looks() -> &'static [Look] {
    &TABLE
}

fn compile(look: &TypedLook, table: &TypedTable) -> Option<Look> {
    let words = |named: &Option<WordsNamed>| match named {
        None => Some(Vec::new()),
        Some(WordsNamed::Words(words)) => Some(words.clone()),
        Some(WordsNamed::Name(name)) => table.words.get(name).cloned(),
    };
    Some(Look {
        kind: look.kind,
        typed: look.typed,
        pattern: Regex::new(&whole_pattern(&look.pattern, &table.parts)).ok()?,
        needs: look.needs.clone(),
        check: look.check,
        before: words(&look.before)?,
        about: words(&look.about)?,
        within: look.within.unwrap_or(NEAR),
    })
}

/// A pattern with its parts. Edges of words are those of ASCII: others make a search many times slower on pages with a
/// letter that is not.
fn whole_pattern(pattern: &str, parts: &BTreeMap<String, String>) -> String {
    let mut whole = pattern.to_owned();
    // Parts may be made of parts.
    for _ in 0..2 {
        for (name, part) in parts {
            whole = whole.replace(&format!("%{name}%"), part);
        }
    }
    whole.replace(r"\b", r"(?-u:\b)")
}

impl Look {
    /// Where a text has what looks like this.
    pub(super) fn find<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        let may_hold = self.needs.is_empty() || self.needs.iter().any(|need| text.contains(need));
        let found = may_hold.then(|| self.pattern.captures_iter(text));
        let found = found.into_iter().flatten().filter(|found| self.holds(found, text));
        found.filter_map(|found| Some(found.name("v").or(found.get(0))?.range()))
    }

    fn holds(&self, found: &Captures<'_>, text: &str) -> bool {
        let Some(span) = found.get(0).map(|found| found.range()) else {
            return false;
        };
        let near = |words: &[String], after: bool| {
            words.is_empty() || {
                let before = text.get(..span.start).unwrap_or_default().chars().rev();
                let mut beside: String =
                    before.take(self.within).collect::<Vec<_>>().into_iter().rev().collect();
                if after {
                    beside.push('\n');
                    beside
                        .extend(text.get(span.end..).unwrap_or_default().chars().take(self.within));
                }
                let beside = beside.to_lowercase();
                words.iter().any(|word| beside.contains(word.as_str()))
            }
        };
        near(&self.before, false)
            && near(&self.about, true)
            && self.check.is_none_or(|check| check.holds(found, text))
    }
}
