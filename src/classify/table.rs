//! The table of what pages say, and its phrases by what they begin with.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Marking;
use super::words::{fold, look};
use crate::disclosure::classes::{self, Class};
use crate::model::Trust;

/// A title of so many letters is known with some of them misread, and proves more than a short one.
pub(super) const LONG: usize = 16;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The title of a class, by its place in [`PhraseTable::pages`].
    Title(usize),
    /// What stands at the edge of its pages.
    Running(usize),
    /// What tells it alone.
    Proof(usize),
    /// What hints at it, and proves nothing.
    Hint(usize),
    /// What tells it together with others.
    Label(usize),
    /// A marking.
    Marking(Marking),
    /// What a text about forms says.
    Guidance,
    /// The heading of a list.
    List,
    /// What tells nothing.
    Filler,
}

/// What the pages of one class say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassPhrases {
    pub(super) class: String,
    #[serde(default)]
    pub(super) titles: Vec<String>,
    #[serde(default)]
    running: Vec<String>,
    #[serde(default)]
    proofs: Vec<String>,
    #[serde(default)]
    hints: Vec<String>,
    #[serde(default)]
    labels: Vec<String>,
    enough: Option<u16>,
    #[serde(default)]
    timed: bool,
    #[serde(default)]
    single: bool,
    #[serde(default)]
    bound: bool,
    #[allow(dead_code, reason = "for whoever keeps the table")]
    since: Option<u16>,
    #[allow(dead_code, reason = "for whoever keeps the table")]
    source: String,
    #[allow(dead_code, reason = "for whoever keeps the table")]
    trust: Trust,
}

impl ClassPhrases {
    /// How many labels are proof.
    pub(super) fn enough(&self) -> u16 {
        self.enough.unwrap_or(3)
    }

    /// Whether a page of it is treated as what it is.
    pub(super) fn is_bound(&self) -> bool {
        self.bound
    }

    /// Whether most of its lines give a date and a time.
    pub(super) fn is_timed(&self) -> bool {
        self.timed
    }

    /// Whether it goes on over pages that say nothing of their own.
    pub(super) fn goes_on(&self) -> bool {
        !self.single && (self.bound || self.is_internal())
    }

    /// Whether it is one page.
    pub(super) fn is_single(&self) -> bool {
        self.single
    }

    /// Whether such a page is never served.
    pub(super) fn is_internal(&self) -> bool {
        self.known().is_some_and(Class::is_internal)
    }

    pub(super) fn known(&self) -> Option<&'static Class> {
        classes::find(&self.class)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CommonWords {
    filler: Vec<String>,
    guidance: Vec<String>,
    lists: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    words: CommonWords,
    page: Vec<ClassPhrases>,
}

/// A phrase as it is compared: letters and digits alone, those that are mistaken for each other made one.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) look: Vec<u8>,
    pub(super) meaning: Meaning,
}

pub(super) struct PhraseTable {
    pub(super) pages: Vec<ClassPhrases>,
    /// The longer first, by their first two letters.
    phrases: Vec<Vec<Phrase>>,
    filler: HashSet<Vec<u8>>,
}

/// The phrases that belong to no class.
const MARKINGS: [(&str, Meaning); 38] = [
    ("not disclosable", Meaning::Marking(Marking::NotDisclosable)),
    ("not disclosable to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("not disclosable to defence", Meaning::Marking(Marking::NotDisclosable)),
    ("not for disclosure", Meaning::Marking(Marking::NotDisclosable)),
    ("not for disclosure to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("not for disclosure to defence", Meaning::Marking(Marking::NotDisclosable)),
    ("not to be disclosed", Meaning::Marking(Marking::NotDisclosable)),
    ("not to be disclosed to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("not to be disclosed to the defendant", Meaning::Marking(Marking::NotDisclosable)),
    ("must not be disclosed to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("must not be disclosed to the defendant", Meaning::Marking(Marking::NotDisclosable)),
    ("should not be disclosed to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("may not be disclosed to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("must not be served on the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("do not disclose to the defence", Meaning::Marking(Marking::NotDisclosable)),
    ("nid i'w ddatgelu", Meaning::Marking(Marking::NotDisclosable)),
    ("nid i'w datgelu", Meaning::Marking(Marking::NotDisclosable)),
    ("ddim i'w ddatgelu", Meaning::Marking(Marking::NotDisclosable)),
    ("ni ddylid datgelu", Meaning::Marking(Marking::NotDisclosable)),
    ("ni ellir ei ddatgelu", Meaning::Marking(Marking::NotDisclosable)),
    ("top secret", Meaning::Marking(Marking::TopSecret)),
    ("secret", Meaning::Marking(Marking::Secret)),
    ("official sensitive", Meaning::Marking(Marking::OfficialSensitive)),
    ("restricted", Meaning::Marking(Marking::Restricted)),
    ("confidential", Meaning::Marking(Marking::Confidential)),
    ("sensitive", Meaning::Marking(Marking::Sensitive)),
    ("highly sensitive", Meaning::Marking(Marking::Sensitive)),
    ("sensitive material", Meaning::Marking(Marking::Sensitive)),
    ("sensitive unused material", Meaning::Marking(Marking::Sensitive)),
    ("non sensitive", Meaning::Filler),
    ("official", Meaning::Filler),
    ("witness list", Meaning::Filler),
    ("list of witnesses", Meaning::Filler),
    ("rhestr tystion", Meaning::Filler),
    ("decision log and action plan", Meaning::Filler),
    ("criminal justice act 1967 s 9", Meaning::Filler),
    ("criminal procedure rules r 16 2", Meaning::Filler),
    ("streamlined forensic report sfr", Meaning::Filler),
];

static TABLE: LazyLock<PhraseTable> = LazyLock::new(|| {
    // A test reads the table, so it cannot be unreadable.
    let Ok(PhraseFile { words, page: pages }) = toml::from_str(include_str!("pages.toml")) else {
        return PhraseTable { pages: Vec::new(), phrases: Vec::new(), filler: HashSet::new() };
    };
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut add = |texts: &[String], meaning: Meaning| {
        phrases.extend(texts.iter().map(|text| Phrase { look: squeezed(text), meaning }));
    };
    for (at, page) in pages.iter().enumerate() {
        add(&page.titles, Meaning::Title(at));
        add(&page.running, Meaning::Running(at));
        add(&page.proofs, Meaning::Proof(at));
        add(&page.hints, Meaning::Hint(at));
        add(&page.labels, Meaning::Label(at));
    }
    add(&words.guidance, Meaning::Guidance);
    add(&words.lists, Meaning::List);
    for (text, meaning) in MARKINGS {
        add(&[text.to_owned()], meaning);
    }
    let filler = words.filler.iter().map(|word| squeezed(word)).collect();
    PhraseTable { pages, phrases: by_beginning(phrases), filler }
});

fn squeezed(text: &str) -> Vec<u8> {
    text.chars().flat_map(fold).map(look).collect()
}

fn by_beginning(phrases: Vec<Phrase>) -> Vec<Vec<Phrase>> {
    let mut buckets: Vec<Vec<Phrase>> = Vec::new();
    buckets.resize_with(1 << 12, Vec::new);
    for phrase in phrases {
        if let Some(bucket) = buckets.get_mut(beginning(&phrase.look)) {
            bucket.push(phrase);
        }
    }
    for bucket in &mut buckets {
        // Of equals the first of the table.
        bucket.sort_by_key(|phrase| std::cmp::Reverse(phrase.look.len()));
    }
    buckets
}

fn beginning(look: &[u8]) -> usize {
    let at = |index: usize| usize::from(look.get(index).copied().unwrap_or_default() & 63);
    (at(0) << 6) | at(1)
}

/// The table.
pub(super) fn table() -> &'static PhraseTable {
    &TABLE
}

impl PhraseTable {
    /// The phrases that a text may begin with, the longer first.
    pub(super) fn candidates(&self, look: &[u8]) -> &[Phrase] {
        self.phrases.get(beginning(look)).map_or(&[], Vec::as_slice)
    }

    /// Every phrase.
    pub(super) fn all(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter().flatten()
    }

    /// Whether a word may stand beside what a heading says.
    pub(super) fn is_filler(&self, look: &[u8]) -> bool {
        self.filler.contains(look)
    }

    /// What the pages of a class say.
    pub(super) fn place(&self, class: &str) -> Option<usize> {
        self.pages.iter().position(|page| page.class == class)
    }
}

/// Whether the pages of a class are treated as what they are. Numbers of forms that have no line here are.
pub(super) fn is_bound(class: &str) -> bool {
    TABLE.place(class).and_then(|at| TABLE.pages.get(at)).is_some_and(ClassPhrases::is_bound)
        || classes::find(class).is_some_and(|class| class.mg)
}
