//! Forms and classes of documents, as the table `forms.toml` has them.

mod numbers;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{Audience, Trust};
pub(crate) use numbers::numbers_in;

/// Whether a class of document may be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ServeRule {
    /// Normally served.
    Yes,
    /// Only on a prosecutor's recorded decision.
    Prosecutor,
    /// Only once it is redacted.
    Redact,
    /// Not at all.
    Never,
}

/// A form or class of document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    /// The name, such as `MG11` or `exhibit`.
    pub name: String,
    /// Other ways to write it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is, in words.
    pub title: String,
    /// Whether it is one of the police and CPS forms, the MG forms.
    #[serde(default)]
    pub mg: bool,
    serve: ServeRule,
    court: Option<ServeRule>,
    defence: Option<ServeRule>,
    laa: Option<ServeRule>,
    /// Whether the jury may have it at all.
    #[serde(default)]
    jury: bool,
    /// Whether it is evidence that is served: a statement or an exhibit.
    #[serde(default)]
    pub evidence: bool,
    /// Who provides it.
    pub supplier: Option<String>,
    /// What to know about it.
    pub note: Option<String>,
    /// How far the line is to be trusted.
    pub trust: Trust,
}

impl Class {
    /// The rule for an audience. The prosecution's own copy may hold anything.
    pub(crate) fn rule(&self, audience: Audience) -> ServeRule {
        match audience {
            Audience::Prosecution => ServeRule::Yes,
            Audience::Jury if !self.jury => ServeRule::Never,
            Audience::Jury => self.serve,
            Audience::Court => self.court.unwrap_or(self.serve),
            Audience::Defence => self.defence.unwrap_or(self.serve),
            Audience::Laa => self.laa.unwrap_or(self.serve),
        }
    }

    /// Whether nobody but the prosecution may have it.
    pub(crate) fn is_internal(&self) -> bool {
        self.serve == ServeRule::Never
    }

    /// Whether everybody gets it as a rule.
    pub(crate) fn is_served(&self) -> bool {
        self.serve == ServeRule::Yes
    }

    /// Whether nobody alone may say that a page is none of it.
    pub(crate) fn needs_two(&self) -> bool {
        ["MG2", "MG3", "MG3A", "MG6D", "MG6E", "MG11 back"].contains(&self.name.as_str())
    }

    /// Whether it is unused material, which is not to stand among evidence.
    pub(crate) fn is_unused(&self) -> bool {
        self.name == UNUSED
    }

    /// Name and title, as messages say it: `MG6D (schedule of sensitive unused material)`.
    pub(crate) fn in_words(&self) -> String {
        if self.name == self.title {
            self.name.clone()
        } else {
            format!("{} ({})", self.name, self.title)
        }
    }
}

const UNUSED: &str = "unused";

/// The class of what somebody has looked at and found to be none of the others.
const OTHER: &str = "other";

/// The class of a document that has an exhibit reference and says nothing else.
const EXHIBIT: &str = "exhibit";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormsFile {
    form: Vec<Class>,
}

struct ClassTable {
    classes: Vec<Class>,
    /// Every name and alias, folded, and where its class stands.
    names: HashMap<String, usize>,
}

static TABLE: LazyLock<ClassTable> = LazyLock::new(|| {
    // A test reads the table, so it cannot be unreadable; if it were, nothing would be known and
    // `class_for` would answer that nothing may be served.
    let classes =
        toml::from_str::<FormsFile>(include_str!("../forms.toml")).map_or(Vec::new(), |f| f.form);
    let mut names = HashMap::new();
    for (index, class) in classes.iter().enumerate() {
        for name in std::iter::once(&class.name).chain(&class.aliases) {
            names.insert(fold(name), index);
        }
    }
    ClassTable { classes, names }
});

/// Stands for everything, should the table be unreadable.
static NOTHING_KNOWN: LazyLock<Class> = LazyLock::new(|| Class {
    name: "unknown".to_owned(),
    aliases: Vec::new(),
    title: "unknown".to_owned(),
    mg: false,
    serve: ServeRule::Never,
    court: None,
    defence: None,
    laa: None,
    jury: false,
    evidence: false,
    supplier: None,
    note: None,
    trust: Trust::Practice,
});

/// Every form and class, in the order of the table.
pub(crate) fn classes() -> &'static [Class] {
    &TABLE.classes
}

/// What a document is: by its form, or else an exhibit if it has a reference. `None` where nothing says
/// it, or nobody knows the word.
pub(super) fn class_for(form: Option<&str>, is_exhibit: bool) -> Option<&'static Class> {
    if classes().is_empty() {
        return Some(&NOTHING_KNOWN);
    }
    match form {
        // A form in more words than its name is still that form: "MG6D of 3 June".
        Some(form) => find(form).or_else(|| named_in(form)),
        None if is_exhibit => find(EXHIBIT),
        None => None,
    }
}

/// The class of this name or alias, however it is written.
pub(crate) fn find(name: &str) -> Option<&'static Class> {
    TABLE.names.get(&fold(name)).and_then(|&index| TABLE.classes.get(index))
}

/// The MG form that a text names, whatever its number is glued to; of several the one that may be served least.
pub(crate) fn named_in(text: &str) -> Option<&'static Class> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut best: Option<&'static Class> = None;
    for start in 0..words.len() {
        // The longest name that starts here: "MG 11 back sheet", "MG11 (R)", "MG 6 D".
        let longest = (1..=4).rev().find_map(|length| {
            let name = words.get(start..start + length)?.concat();
            find(&name).filter(|class| class.mg && starts_with_mg(&name))
        });
        if let Some(class) = longest
            && best.is_none_or(|best| class.serve > best.serve)
        {
            best = Some(class);
        }
    }
    let glued = numbers_in(text).into_iter().map(|named| named.class);
    glued.fold(best, |best, class| match best {
        Some(best) if best.serve >= class.serve => Some(best),
        _ => Some(class),
    })
}

/// The three classes that somebody most likely meant by a word that is none of their names, the likeliest first.
pub(crate) fn likeliest(typed: &str) -> Vec<&'static Class> {
    let mut ranked: Vec<(f64, usize, &Class)> = classes()
        .iter()
        .filter(|class| !is_other(&class.name))
        .map(|class| {
            let (likeness, begins_alike) = likeness(typed, class);
            (likeness, begins_alike, class)
        })
        .collect();
    // People get the end of a word wrong more often than its start. The sort is stable: of two as likely, the order of
    // the table decides.
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    let ranked = ranked.into_iter().map(|(.., class)| class);
    // Whoever writes "MG6D of 3 June" names it in full.
    let named = named_in(typed);
    let others = ranked.filter(|class| Some(class.name.as_str()) != named.map(|n| n.name.as_str()));
    named.into_iter().chain(others).take(3).collect()
}

/// How like a typed word is to any name of a class, from 0 to 1, letter by letter or word by word; and how many letters
/// that name begins with in common.
fn likeness(typed: &str, class: &Class) -> (f64, usize) {
    let folded = fold(typed);
    let names = std::iter::once(&class.name).chain(&class.aliases);
    names
        .chain([&class.title])
        .map(|name| {
            let known = fold(name);
            let letters = strsim::normalized_damerau_levenshtein(&folded, &known);
            let pairs = folded.chars().zip(known.chars());
            let begins_alike = pairs.take_while(|(one, other)| one == other).count();
            (letters.max(words_in_common(typed, name)), begins_alike)
        })
        .max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)))
        .unwrap_or_default()
}

/// Which part of the words of two names both have, near spellings counted as far as they go.
fn words_in_common(one: &str, other: &str) -> f64 {
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let best = |word: &String| {
        let alike = other.iter().map(|o| strsim::normalized_damerau_levenshtein(word, o));
        alike.fold(0.0, f64::max)
    };
    #[allow(clippy::cast_precision_loss, reason = "a few words")]
    let most = one.len().max(other.len()).max(1) as f64;
    one.iter().map(best).sum::<f64>() / most
}

/// Whether a form is the one for documents that are none of the known.
pub(crate) fn is_other(form: &str) -> bool {
    find(form).is_some_and(|class| class.name == OTHER)
}

fn starts_with_mg(name: &str) -> bool {
    fold(name).starts_with("mg")
}

/// Letters and digits alone, in lower case; `MG 06-C` is `MG6C`.
fn fold(name: &str) -> String {
    let tight: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match tight.strip_prefix("formmg").or(tight.strip_prefix("mg")) {
        Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
            let bare = number.trim_start_matches('0');
            let bare = if bare.starts_with(|c: char| c.is_ascii_digit()) {
                bare
            } else {
                // All zeros: MG0 itself.
                number.get(number.len() - bare.len() - 1..).unwrap_or(bare)
            };
            format!("mg{bare}")
        }
        _ => tight,
    }
}
