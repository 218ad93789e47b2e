//! Names in texts, however they are written: in capitals or not, with accents or without, with apostrophes, hyphens or
//! spaces between their parts or nothing at all, with initials in place of parts, the family name first or last.

use std::collections::HashSet;
use std::ops::Range;

use crate::model::names::{
    fold, in_order, is_apostrophe, is_combining_mark, is_hyphen, other_spellings, words,
};

/// Parts of names that are words of many titles, and so tell nothing by themselves.
const NOT_ALONE: [&str; 52] = [
    "a", "aka", "al", "alias", "also", "an", "and", "as", "at", "be", "bin", "by", "da", "de",
    "del", "den", "der", "di", "do", "dr", "du", "el", "for", "formerly", "he", "in", "is", "jr",
    "junior", "known", "la", "le", "master", "miss", "mr", "mrs", "ms", "mx", "my", "nee", "no",
    "of", "on", "or", "senior", "so", "sr", "the", "to", "van", "von", "youth",
];

/// Names that are words, too. They count with a capital, or where nothing has one.
const WORDS: [&str; 96] = [
    "abbot",
    "amber",
    "april",
    "archer",
    "art",
    "august",
    "autumn",
    "bail",
    "bank",
    "banks",
    "best",
    "bill",
    "bishop",
    "black",
    "bond",
    "bridge",
    "brook",
    "brown",
    "bush",
    "carpenter",
    "case",
    "chance",
    "chase",
    "church",
    "cook",
    "court",
    "cross",
    "dawn",
    "day",
    "dean",
    "drew",
    "earl",
    "faith",
    "field",
    "fields",
    "ford",
    "forest",
    "frank",
    "frost",
    "gates",
    "good",
    "grace",
    "grant",
    "gray",
    "green",
    "grey",
    "hall",
    "hand",
    "hill",
    "hope",
    "house",
    "hunt",
    "joy",
    "judge",
    "june",
    "justice",
    "king",
    "lake",
    "lane",
    "law",
    "list",
    "long",
    "love",
    "mark",
    "marks",
    "may",
    "mill",
    "moss",
    "new",
    "old",
    "page",
    "park",
    "peace",
    "pike",
    "pool",
    "porter",
    "price",
    "rich",
    "rose",
    "rule",
    "sage",
    "sharp",
    "short",
    "sky",
    "stone",
    "street",
    "summer",
    "temple",
    "ward",
    "way",
    "west",
    "white",
    "will",
    "wills",
    "wood",
    "young",
];

/// Months are no names beside the number of a day or year.
const MONTHS: [&str; 4] = ["april", "august", "june", "may"];

/// A word that may bear an ending of its own, as in `the Blakes`.
const MIN_WITH_ENDING: usize = 4;

/// A part that stands behind an apostrophe, such as that of `O'Brien`, and tells something by itself.
const MIN_BEHIND_APOSTROPHE: usize = 4;

/// What a text is, which decides whether a name that is a word counts with a small letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Typed by somebody: where it has no capital at all.
    Typed,
    /// Said by the program, which begins no sentence with a capital: never.
    Said,
    /// A path, or the name of a case: always.
    Path,
}

/// Names, folded to their bare letters; an initial and a part stand as `c blake`.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    folded: HashSet<String>,
    /// With what the parts begin.
    initials: HashSet<char>,
    /// The letters of the longest.
    longest: usize,
}

/// A run of letters in a text.
struct Token {
    span: Range<usize>,
    folded: String,
    /// Whether it begins with a capital, or with a letter of a script that has none.
    capital: bool,
}

impl Names {
    /// The parts of a name, alone and together.
    pub(super) fn add_parts(&mut self, name: &str) {
        self.add_together(name);
        for parts in spelt(name) {
            parts.into_iter().filter(|part| is_telling(part)).for_each(|part| self.insert(part));
        }
        let split = name.split(|c: char| !c.is_alphabetic() || is_apostrophe(c));
        let behind = split.map(fold).filter(|part| part.chars().count() >= MIN_BEHIND_APOSTROPHE);
        behind.filter(|part| is_telling(part)).for_each(|part| self.insert(part));
    }

    /// Any two parts of a name together, and a part with the initial of another: what hardly names somebody else.
    pub(super) fn add_together(&mut self, name: &str) {
        self.add_whole(name);
        for parts in spelt(name) {
            for length in 2..parts.len() {
                let runs = parts.windows(length);
                let telling = runs.filter(|run| run.last().is_some_and(|last| is_telling(last)));
                telling.for_each(|run| self.insert(run.concat()));
            }
            for (place, part) in parts.iter().enumerate() {
                self.initials.extend(part.chars().next());
                for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != place) {
                    if is_telling(other) {
                        self.insert(format!("{part}{other}"));
                        let initial = part.chars().next().map(String::from).unwrap_or_default();
                        self.insert(format!("{initial} {other}"));
                    }
                }
            }
        }
    }

    /// A name as a whole, the family name first or last, with its middle names or without.
    pub(super) fn add_whole(&mut self, name: &str) {
        for mut parts in spelt(name) {
            self.insert(parts.concat());
            if let [first, .., last] = parts.as_slice() {
                let ends = [format!("{first}{last}"), format!("{last}{first}")];
                ends.into_iter().for_each(|ends| self.insert(ends));
            }
            for _ in 1..parts.len() {
                parts.rotate_right(1);
                self.insert(parts.concat());
            }
        }
    }

    /// The same without some parts.
    pub(super) fn without(&self, parts: &HashSet<String>) -> Self {
        let left = self.folded.difference(parts).cloned();
        Self { folded: left.collect(), ..self.clone() }
    }

    /// The parts of a name that stand alone.
    pub(super) fn alone(name: &str) -> impl Iterator<Item = String> {
        spelt(name).into_iter().flatten()
    }

    fn insert(&mut self, folded: String) {
        let letters = folded.chars().count();
        // An initial alone is a letter of many other words.
        if letters > 1 {
            self.longest = self.longest.max(letters);
            self.folded.insert(folded);
        }
    }

    /// Whether some tokens joined are a name; words need a capital to be one.
    fn holds(&self, joined: &str, needs_no_capital: bool) -> bool {
        self.folded.contains(joined) && (needs_no_capital || !WORDS.contains(&joined))
    }
}

/// Whether a part names somebody by itself.
fn is_telling(part: &str) -> bool {
    !NOT_ALONE.contains(&part) && part.chars().count() > 1
}

/// The folded parts of a name, once for each way to spell it.
fn spelt(name: &str) -> Vec<Vec<String>> {
    let words = words(&in_order(name));
    let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut ways = vec![plain];
    let others: Vec<[String; 2]> = words.iter().map(|word| other_spellings(word)).collect();
    let (long, short) = others.into_iter().map(|[long, short]| (long, short)).unzip();
    for way in [long, short] {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// Whether one of several lists of names has one that stands in a text.
pub(super) fn are_in(lists: &[&Names], text: &str, kind: TextKind) -> bool {
    !spans(lists, text, kind).is_empty()
}

/// A text with something else in the place of names; those that stand side by side are one.
pub(super) fn replaced(lists: &[&Names], text: &str, kind: TextKind, with: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for span in spans(lists, text, kind) {
        out.push_str(text.get(done..span.start).unwrap_or_default());
        out.push_str(with);
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn spans(lists: &[&Names], text: &str, kind: TextKind) -> Vec<Range<usize>> {
    if lists.iter().all(|list| list.folded.is_empty()) {
        return Vec::new();
    }
    let any_case = match kind {
        TextKind::Typed => !text.chars().any(char::is_uppercase),
        TextKind::Said => false,
        TextKind::Path => true,
    };
    let tokens = tokens(text);
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let length = lists.iter().filter_map(|list| match_at(list, text, rest, any_case)).max();
        let Some(length) = length.filter(|length| !is_month(text, rest, *length)) else {
            at += 1;
            continue;
        };
        let (first, last) = with_initials(lists, text, &tokens, at, at + length - 1);
        let span = |place: usize| tokens.get(place).map(|token| token.span.clone());
        if let (Some(first), Some(last)) = (span(first), span(last)) {
            join(&mut spans, text, first.start..after_digits(text, last.end));
        }
        at = last + 1;
    }
    spans
}

/// `blake2` is that Blake, too.
fn after_digits(text: &str, end: usize) -> usize {
    let after = text.get(end..).unwrap_or_default();
    text.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

/// Adds a span, or makes the last one longer where nothing but a gap of a name is between the two.
fn join(spans: &mut Vec<Range<usize>>, text: &str, span: Range<usize>) {
    match spans.last_mut() {
        Some(last) if span.start <= last.end || are_beside(text.get(last.end..span.start)) => {
            last.end = span.end;
        }
        _ => spans.push(span),
    }
}

/// How many tokens from the first on are a name, the most that are.
fn match_at(names: &Names, text: &str, tokens: &[Token], any_case: bool) -> Option<usize> {
    let capital = any_case || tokens.first().is_some_and(|token| token.capital);
    let mut joined = String::new();
    let mut found = None;
    let mut end = None;
    let mut all_words = true;
    for (index, token) in tokens.iter().enumerate() {
        joined.push_str(&token.folded);
        let is_near = end.is_none_or(|end| may_be_within(text.get(end..token.span.start)));
        if !is_near || joined.chars().count() > names.longest + 2 {
            break;
        }
        end = Some(token.span.end);
        all_words &= WORDS.contains(&token.folded.as_str());
        // One letter alone is that of a genitive, which stays.
        let has_ending = token.folded.len() > 1;
        let bare = |ending: &str| {
            let bare = joined.strip_suffix(ending).filter(|_| has_ending);
            bare.filter(|bare| bare.chars().count() >= MIN_WITH_ENDING)
        };
        let crown = joined.strip_prefix("rv").filter(|_| index == 0);
        let forms = [Some(joined.as_str()), bare("s"), bare("es"), crown];
        let is_name = forms.into_iter().flatten().any(|form| names.holds(form, capital));
        if is_name && (capital || !all_words) {
            found = Some(index + 1);
        }
    }
    found.or_else(|| initial_and_part(names, tokens))
}

/// `C. Blake` or `Blake, C.`.
fn initial_and_part(names: &Names, tokens: &[Token]) -> Option<usize> {
    let [one, other, ..] = tokens else {
        return None;
    };
    let (initial, part) = match (is_initial(one), is_initial(other)) {
        (true, false) => (one, other),
        (false, true) => (other, one),
        _ => return None,
    };
    names.folded.contains(&format!("{} {}", initial.folded, part.folded)).then_some(2)
}

fn is_initial(token: &Token) -> bool {
    token.capital && token.folded.chars().count() == 1
}

/// The tokens of a name with the initials of its other parts before and after it.
fn with_initials(
    lists: &[&Names],
    text: &str,
    tokens: &[Token],
    mut first: usize,
    mut last: usize,
) -> (usize, usize) {
    let is_one = |place: usize, neighbour: usize| {
        let (Some(token), Some(next)) = (tokens.get(place), tokens.get(neighbour)) else {
            return false;
        };
        let letter = token.folded.chars().next();
        let known = letter.is_some_and(|one| lists.iter().any(|list| list.initials.contains(&one)));
        let (from, to) = if place < neighbour { (token, next) } else { (next, token) };
        let gap = text.get(from.span.end..to.span.start).unwrap_or_default();
        is_initial(token) && known && are_beside(Some(gap)) && !gap.contains(is_apostrophe)
    };
    while first.checked_sub(1).is_some_and(|before| is_one(before, first)) {
        first -= 1;
    }
    while is_one(last + 1, last) {
        last += 1;
    }
    (first, last)
}

/// Whether a match is a month of a date.
fn is_month(text: &str, tokens: &[Token], length: usize) -> bool {
    let [first, ..] = tokens else {
        return false;
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = text.get(..first.span.start).unwrap_or_default().trim_end();
    let after = text.get(first.span.end..).unwrap_or_default().trim_start();
    let beside = is_digit(before.chars().next_back()) || is_digit(after.chars().next());
    length == 1 && beside && MONTHS.contains(&first.folded.as_str())
}

/// Whether letters on both sides may be of one name: no digit is between them, and no more than a few signs.
fn may_be_within(between: Option<&str>) -> bool {
    between.is_some_and(|gap| gap.chars().count() <= 3 && !gap.chars().any(char::is_numeric))
}

/// Whether only what may stand between the parts of a name is there.
fn are_beside(between: Option<&str>) -> bool {
    between.is_some_and(|between| {
        between.chars().all(|c| {
            let is_other = "_.,·\u{ad}\u{200b}\u{2060}".contains(c);
            c.is_whitespace() || is_apostrophe(c) || is_hyphen(c) || is_other
        })
    })
}

/// The runs of letters of a text; a capital after a small letter or before one begins another, and a letter of a script
/// without capitals is one by itself.
fn tokens(text: &str) -> Vec<Token> {
    let letters: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| !is_combining_mark(*c)).collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut before: Option<char> = None;
    for (index, &(place, c)) in letters.iter().enumerate() {
        if !c.is_alphabetic() || is_apostrophe(c) {
            before = None;
            continue;
        }
        let next = letters.get(index + 1);
        // With the marks that stand over it.
        let rest = text.get(place + c.len_utf8()..).unwrap_or_default();
        let end = text.len() - rest.trim_start_matches(is_combining_mark).len();
        let folded = fold(text.get(place..end).unwrap_or_default());
        let begins = begins(before, c, next.map(|(_, next)| *next));
        match tokens.last_mut().filter(|_| !begins) {
            Some(token) => {
                token.span.end = end;
                token.folded.push_str(&folded);
            }
            None => {
                let capital = c.is_uppercase() || !has_case(c);
                tokens.push(Token { span: place..end, folded, capital });
            }
        }
        before = Some(c);
    }
    tokens
}

/// Whether a letter begins a run of its own between those before and after it.
fn begins(before: Option<char>, c: char, next: Option<char>) -> bool {
    let Some(before) = before else {
        return true;
    };
    let rises = before.is_lowercase() && c.is_uppercase();
    let falls = before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
    rises || falls || !has_case(c) || !has_case(before)
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replaced_in(name: &str, text: &str, kind: TextKind) -> String {
        let mut names = Names::default();
        names.add_parts(name);
        super::replaced(&[&names], text, kind, "*")
    }

    fn replaced(name: &str, text: &str) -> String {
        replaced_in(name, text, TextKind::Typed)
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let name = "Zoë O’Brien-Łukasz";
        for text in [
            "ZOE",
            "zoe\u{308}",
            "O'BRIEN",
            "OBrien",
            "OʼBrien",
            "O′Brien",
            "o brien",
            "Brien",
            "Lukasz",
            "Łukasz, Zoë",
            "O‘Brien‑Łukasz, Z",
            "Z. O'Brien-Lukasz",
            "ZLukasz",
            "ZoeOBrienLukasz",
            "zoe_o-brien_lukasz",
            "O`Brien Lukasz",
            "O\u{2019}Brien\u{2014}Lukasz",
            "Z O Ë",
        ] {
            assert_eq!(replaced(name, text), "*", "{text}");
        }
        assert_eq!(replaced(name, "call-log_zoe2.pdf"), "call-log_*.pdf");
        assert_eq!(replaced(name, "Zoe's and Brienne's zoetrope"), "*'s and Brienne's zoetrope");
        assert_eq!(replaced("Jordan Blake", "the Blakes"), "the *");
        assert_eq!(replaced("Alex Jones", "the Joneses in rvjones"), "the * in *");
        assert_eq!(replaced("Sam Blake", "Sam Blake's mother"), "*'s mother");
    }

    #[test]
    fn letters_that_a_keyboard_lacks_are_typed_in_several_ways() {
        for (name, texts) in [
            ("Søren Müller", ["Soren Muller", "Soeren Mueller", "SØREN MÜLLER"]),
            ("Soeren Mueller", ["Søren Müller", "Soren Muller", "soeren mueller"]),
            ("Ida Strauß-Ærø", ["Strauss", "Aero", "AEROE"]),
        ] {
            for text in texts {
                assert_eq!(replaced(name, text), "*", "{name}: {text}");
            }
        }
    }

    #[test]
    fn names_without_capitals_are_found_within_words() {
        assert_eq!(replaced("王小明", "关于王小明的报告"), "关于*的报告");
    }

    #[test]
    fn small_words_and_initials_alone_are_no_names() {
        assert_eq!(
            replaced("An de Vries", "an e-mail of De Bono, B Smith"),
            "an e-mail of De Bono, B Smith"
        );
        assert_eq!(replaced("An de Vries", "An de Vries"), "*");
        assert_eq!(replaced("Ronald McDonald", "McAllister v McDonald"), "McAllister v *");
        assert_eq!(replaced("Jo Lee (aka Kay)", "Also known as Kay"), "Also known as *");
    }

    #[test]
    fn names_that_are_words_count_with_a_capital_or_where_nothing_has_one() {
        for (text, left) in [
            ("Copy of the will", "Copy of the will"),
            ("Statement of Will", "Statement of *"),
            ("Will Page's diary, page 3", "*'s diary, page 3"),
            ("interview of will page", "interview of *"),
        ] {
            assert_eq!(replaced("Will Page", text), left);
        }
        let said = |text| replaced_in("Will Page", text, TextKind::Said);
        assert_eq!(said("page 2 will stay"), "page 2 will stay");
        assert_eq!(said("no statement of the witness Will Page"), "no statement of the witness *");
        assert_eq!(replaced_in("Will Page", "cases/will", TextKind::Path), "cases/*");
        assert_eq!(
            replaced("May Green", "May: log of 3 May 2026, may"),
            "*: log of 3 May 2026, may"
        );
    }
}
