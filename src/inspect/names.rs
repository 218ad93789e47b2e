//! Names that a reader may not have, looked for in the text of pages: with the family name first or last, in capitals or not,
//! with or without rank, accents and hyphens, over two lines.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::text::{PageText, rows};
use super::{Leak, LeakKind, LeakPlace, Personal};
use crate::model::Sha256Hash;
use crate::model::names::{fold, in_order, is_apostrophe, is_combining_mark, name_key};
use crate::pdf::page::View;

/// What stands before names and names nobody.
const TITLES: [&str; 10] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "rev"];

/// And before those of police officers, who are named on papers of all kinds.
const RANKS: [&str; 16] = [
    "pc",
    "wpc",
    "dc",
    "ps",
    "ds",
    "sgt",
    "sergeant",
    "di",
    "insp",
    "inspector",
    "dci",
    "pcso",
    "constable",
    "detective",
    "officer",
    "police",
];

/// Words of what is no person: of offices, and of those who go by another name.
const NOBODY: [&str; 34] = [
    "cps",
    "prosecution",
    "service",
    "services",
    "court",
    "hospital",
    "nhs",
    "trust",
    "council",
    "forensic",
    "forensics",
    "laboratory",
    "lab",
    "ltd",
    "limited",
    "plc",
    "university",
    "school",
    "clinic",
    "department",
    "office",
    "team",
    "unit",
    "constabulary",
    "heddlu",
    "bank",
    "force",
    "witness",
    "victim",
    "complainant",
    "station",
    "custody",
    "crown",
    "national",
];

/// Signs between two parts of a name.
const MAX_GAP: usize = 3;

/// Names that are looked for, by what is left of them when all that is written differently is gone.
#[derive(Debug, Clone, Default)]
pub(crate) struct SoughtNames {
    /// The parts of a name joined, in any order in which it is written, with what stands for the name.
    keys: BTreeMap<String, Sha256Hash>,
    /// What a name begins with.
    first: BTreeSet<String>,
    /// The parts of the longest.
    longest: usize,
}

/// What stands for a name: the same however it is written.
pub(crate) fn value_of_name(name: &str) -> Sha256Hash {
    Sha256Hash::of(name_key(name).as_bytes())
}

fn is_title(part: &str) -> bool {
    TITLES.contains(&part)
}

fn is_rank(part: &str) -> bool {
    RANKS.contains(&part)
}

/// Whether a name is said to be that of a police officer.
pub(crate) fn is_officer(name: &str) -> bool {
    tokens(name).iter().any(|token| is_rank(&token.folded))
}

impl SoughtNames {
    /// Names of people; what names an office, or has but one part, is in too many texts.
    pub(crate) fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut sought = Self::default();
        for name in names {
            sought.add(name);
        }
        sought
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn add(&mut self, name: &str) {
        let parts: Vec<String> =
            tokens(&in_order(name)).into_iter().map(|token| token.folded).collect();
        let parts: Vec<String> =
            parts.into_iter().filter(|part| !is_title(part) && !is_rank(part)).collect();
        let is_nobody = parts.iter().any(|part| NOBODY.contains(&part.as_str()));
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return;
        };
        if parts.len() < 2 || is_nobody {
            return;
        }
        let mut ways = vec![
            parts.clone(),
            vec![first.clone(), last.clone()],
            vec![last.clone(), first.clone()],
        ];
        let mut turned = parts.clone();
        turned.rotate_right(1);
        ways.push(turned);
        for way in ways {
            self.longest = self.longest.max(way.len());
            self.first.extend(way.first().cloned());
            self.keys.insert(way.concat(), value_of_name(name));
        }
    }

    /// Where a page has one of them, and what stands for it.
    pub(crate) fn find(&self, view: &View) -> Vec<(Leak, Sha256Hash)> {
        if self.is_empty() {
            return Vec::new();
        }
        let page = PageText::of(&rows(view));
        let found = self.spans(&page.text).into_iter().filter_map(|(span, value)| {
            let place = LeakPlace::of(page.place(&span)?, view.size.1);
            Some((Leak { kind: LeakKind::Personal(Personal::Name), place }, value))
        });
        found.collect()
    }

    fn spans(&self, text: &str) -> Vec<(Range<usize>, Sha256Hash)> {
        let tokens = tokens(text);
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
            match self.match_at(text, rest) {
                Some((length, span, value)) => {
                    spans.push((span, value));
                    at += length;
                }
                None => at += 1,
            }
        }
        spans
    }

    /// The longest name that some tokens begin with.
    fn match_at(&self, text: &str, tokens: &[Token]) -> Option<(usize, Range<usize>, Sha256Hash)> {
        let first = tokens
            .first()
            .filter(|first| first.is_capital && self.first.contains(&first.folded))?;
        let mut joined = String::new();
        let mut end = first.span.start;
        let mut found = None;
        for (index, token) in tokens.iter().enumerate().take(self.longest) {
            let gap = text.get(end..token.span.start).unwrap_or_default();
            if gap.chars().count() > MAX_GAP || !token.is_capital {
                break;
            }
            joined.push_str(&token.folded);
            end = token.span.end;
            let bare = joined.strip_suffix('s');
            let value = self.keys.get(&joined).or_else(|| self.keys.get(bare?));
            found = value.map(|value| (index + 1, first.span.start..end, *value)).or(found);
        }
        found
    }
}

/// A run of letters, or of digits.
struct Token {
    span: Range<usize>,
    folded: String,
    /// Whether it begins with a capital or a digit.
    is_capital: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before: Option<char> = None;
    for (place, c) in text.char_indices() {
        let end = place + c.len_utf8();
        let goes_on = before.is_some_and(|before| before.is_ascii_digit() == c.is_ascii_digit());
        let is_within = is_combining_mark(c) || is_apostrophe(c);
        match tokens.last_mut().filter(|_| before.is_some() && (goes_on || is_within)) {
            _ if !c.is_alphanumeric() && !is_within => before = None,
            Some(token) => {
                token.span.end = end;
                before = Some(if is_within { before.unwrap_or(c) } else { c });
            }
            None if is_within => {}
            None => {
                let is_capital = c.is_uppercase() || c.is_ascii_digit();
                tokens.push(Token { span: place..end, folded: String::new(), is_capital });
                before = Some(c);
            }
        }
    }
    for token in &mut tokens {
        let own = text.get(token.span.clone()).unwrap_or_default();
        token.folded =
            if own.starts_with(|c: char| c.is_ascii_digit()) { own.to_owned() } else { fold(own) };
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        let spans = SoughtNames::of([name]).spans(text).into_iter();
        spans.map(|(span, _)| text[span].to_owned()).collect()
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for (name, text, expected) in [
            ("Jane Roe", "as Jane Roe said", "Jane Roe"),
            ("Jane Roe", "ROE, JANE", "ROE, JANE"),
            ("Roe, Jane", "Miss Jane\nRoe was", "Jane\nRoe"),
            ("Jane Ann Roe", "Jane Roe and", "Jane Roe"),
            ("Zoë O'Brien-Łukasz", "Zoe OʼBrien Lukasz", "Zoe OʼBrien Lukasz"),
            ("Dr Jane Roe", "Jane Roe's report", "Jane Roe's"),
            ("PC 1234 Smith", "PC 1234 SMITH came", "1234 SMITH"),
        ] {
            assert_eq!(found(name, text), [expected], "{name} in {text:?}");
        }
    }

    #[test]
    fn others_and_offices_are_not_found() {
        for (name, text) in [
            ("Jane Roe", "Jane went, and Roe came"),
            ("Jane Roe", "Janet Roe"),
            ("Jane Roe", "jane roe"),
            ("PC 1234 Smith", "PC 1235 Smith"),
            ("Smith", "Smith"),
            ("Witness A", "Witness A said"),
            ("Exampleton Forensic Services", "Exampleton Forensic Services"),
        ] {
            assert_eq!(found(name, text), [""; 0], "{name} in {text:?}");
        }
    }
}
