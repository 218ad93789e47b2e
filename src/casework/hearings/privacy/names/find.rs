//! Where names stand in a text.

use std::ops::Range;

use super::Names;
use super::common_words::{MONTHS, WORDS};
use super::tokens::{LetterRun, are_beside, is_initial, may_be_within, tokens};
use crate::model::names::is_apostrophe;

/// A word that may bear an ending of its own, as in `the Blakes`.
const MIN_WITH_ENDING: usize = 4;

/// What a text is, which decides whether a name that is a word counts with a small letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::casework::hearings::privacy) enum TextKind {
    /// Typed by somebody: where it has no capital at all.
    Typed,
    /// Said by the program, which begins no sentence with a capital: never.
    Said,
    /// A path, or the name of a case: always.
    Path,
}

/// Whether one of several lists of names has one that stands in a text.
pub(in crate::casework::hearings::privacy) fn are_in(
    lists: &[&Names],
    text: &str,
    kind: TextKind,
) -> bool {
    !spans(lists, text, kind).is_empty()
}

/// A text with something else in the place of names; those that stand side by side are one.
pub(in crate::casework::hearings::privacy) fn replaced(
    lists: &[&Names],
    text: &str,
    kind: TextKind,
    with: &str,
) -> String {
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
fn match_at(names: &Names, text: &str, tokens: &[LetterRun], any_case: bool) -> Option<usize> {
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
        all_words &= WORDS.contains(token.folded.as_str());
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
fn initial_and_part(names: &Names, tokens: &[LetterRun]) -> Option<usize> {
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

/// The tokens of a name with the initials of its other parts before and after it.
fn with_initials(
    lists: &[&Names],
    text: &str,
    tokens: &[LetterRun],
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
fn is_month(text: &str, tokens: &[LetterRun], length: usize) -> bool {
    let [first, ..] = tokens else {
        return false;
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = text.get(..first.span.start).unwrap_or_default().trim_end();
    let after = text.get(first.span.end..).unwrap_or_default().trim_start();
    let beside = is_digit(before.chars().next_back()) || is_digit(after.chars().next());
    length == 1 && beside && MONTHS.contains(first.folded.as_str())
}
