//! What the name of a file says about the document.

use jiff::civil::Date;

use super::RelPath;
use super::references;
use super::section::{SectionKind, form_named, form_title, kind_of};
use crate::disclosure;
use crate::manifest::{ExhibitRef, Form, dates, titles};

/// A document as its name describes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Described {
    pub(super) kind: SectionKind,
    pub(super) title: String,
    pub(super) date: Option<Date>,
    pub(super) form: Option<Form>,
    pub(super) exhibit: Option<ExhibitRef>,
    pub(super) witness: Option<String>,
}

/// Words about the copy rather than the witness, at the end of a name.
const ABOUT_THE_COPY: [&str; 14] = [
    "signed",
    "unsigned",
    "redacted",
    "unredacted",
    "typed",
    "handwritten",
    "final",
    "copy",
    "draft",
    "scan",
    "scanned",
    "front",
    "back",
    "continued",
];

/// What `statement of` is followed by where it is not a witness.
const NOT_A_WITNESS: [&str; 12] = [
    "facts",
    "truth",
    "offence",
    "offences",
    "case",
    "claim",
    "means",
    "account",
    "issues",
    "witness",
    "witnesses",
    "service",
];

/// Reads a name; `numbered` says that the files beside it start with sort numbers.
pub(super) fn describe(path: &RelPath, numbered: bool) -> Described {
    let stem = path.stem();
    let mut rest = Rest(stem.to_owned());
    let kind = kind_of(stem);
    let date = rest.date();
    rest.sort_number(numbered);
    let form = rest.form();
    let exhibit = if kind == SectionKind::Statements { None } else { rest.exhibit() };
    let readable = titles::readable(&rest.0);
    let is_statement_form = form.as_ref().is_some_and(|form| form.as_str() == "MG11");
    let witness = witness(&readable, is_statement_form);
    let title = match &witness {
        Some(witness) if !readable.to_lowercase().contains("statement") => {
            format!("Statement of {witness}")
        }
        _ => entitled(readable, form.as_ref(), exhibit.as_ref())
            .unwrap_or_else(|| titles::of_file(path.as_str())),
    };
    let named = || match &witness {
        // A prosecution file holds statements of witnesses on this form.
        Some(_) => Some("MG11"),
        None => form_named(&title),
    };
    Described {
        kind,
        date,
        // A number that no form has is none.
        form: form
            .filter(|form| disclosure::find(form.as_str()).is_some())
            .or_else(|| named().map(Form::from)),
        title,
        exhibit,
        witness,
    }
}

/// The title, or what form or reference call the document where the title says no more than they.
fn entitled(title: String, form: Option<&Form>, exhibit: Option<&ExhibitRef>) -> Option<String> {
    let plain = ["", "schedule", "form", "list", "statement", "report", "record", "exhibit"];
    let form = form.and_then(|form| form_title(form.as_str())).map(str::to_owned);
    let better = || form.or_else(|| exhibit.map(|exhibit| format!("Exhibit {exhibit}")));
    let known = if plain.contains(&title.to_lowercase().as_str()) {
        better()
    } else if says_only_copy(&title) {
        better().map(|better| format!("{better} (copy)"))
    } else {
        None
    };
    known.or_else(|| Some(title).filter(|title| !title.is_empty()))
}

/// What is left of a name once a part of it has gone to a key of its own.
struct Rest(String);

impl Rest {
    fn cut(&mut self, span: std::ops::Range<usize>) {
        let before = self
            .0
            .get(..span.start)
            .unwrap_or_default()
            .trim_end_matches([' ', '_', '-', '(', '[', '.']);
        let after = self
            .0
            .get(span.end..)
            .unwrap_or_default()
            .trim_start_matches([' ', '_', '-', ')', ']', '.']);
        // A space among hyphens would make the hyphens part of the words.
        let joint = if self.0.contains([' ', '_']) { " " } else { "-" };
        self.0 = format!("{before}{joint}{after}").trim_matches([' ', '-', '_']).to_owned();
    }

    /// The date, unless there are several and so none is the document's for sure.
    fn date(&mut self) -> Option<Date> {
        let found = dates::find(&self.0)?;
        let before = self.0.get(..found.span.start).unwrap_or_default().to_lowercase();
        let of_birth = before.trim_end().ends_with("dob") || before.trim_end().ends_with("born");
        let another = dates::find(self.0.get(found.span.end..).unwrap_or_default());
        if of_birth || another.is_some() {
            return None;
        }
        let dated = before.trim_end_matches([' ', '_', '-']);
        let word = dated.strip_suffix("dated").map_or(found.span.start, str::len);
        // Lower case may change a name's length in bytes; then the word `dated` stays.
        let start = if before.len() == found.span.start { word } else { found.span.start };
        self.cut(start..found.span.end);
        Some(found.date)
    }

    /// Takes off a number that only sorts the files.
    fn sort_number(&mut self, numbered: bool) {
        let Some((number, after)) = leading_number(&self.0) else {
            return;
        };
        let marked = number.starts_with('0')
            || after.starts_with(['.', ')', '-', '_'])
            || after.starts_with(" -");
        if marked || numbered {
            let rest = after.trim_start_matches([' ', '.', ')', '-', '_']);
            if rest.starts_with(char::is_alphabetic) {
                self.0 = rest.to_owned();
            }
        }
    }

    fn form(&mut self) -> Option<Form> {
        let found = references::form(&self.0)?;
        self.cut(found.span);
        Some(found.value)
    }

    /// The exhibit reference, unless there are several.
    fn exhibit(&mut self) -> Option<ExhibitRef> {
        let mut found = references::exhibits(&self.0).into_iter();
        let (first, None) = (found.next()?, found.next()) else {
            return None;
        };
        let before = self.0.get(..first.span.start).unwrap_or_default();
        let trimmed = before.trim_end_matches([' ', '_', '-']);
        let tail = trimmed
            .len()
            .checked_sub("exhibit".len())
            .and_then(|at| trimmed.get(at..).map(|tail| (at, tail)));
        let start = match tail {
            Some((at, tail)) if tail.eq_ignore_ascii_case("exhibit") => at,
            _ => first.span.start,
        };
        self.cut(start..first.span.end);
        Some(first.value)
    }
}

/// A number of up to three digits at the start, with what follows it.
pub(super) fn leading_number(name: &str) -> Option<(&str, &str)> {
    let end = name.find(|c: char| !c.is_ascii_digit())?;
    let (number, after) = name.split_at(end);
    let apart = after.starts_with([' ', '.', ')', '-', '_']);
    (apart && (1..=3).contains(&number.len())).then_some((number, after))
}

/// The witness in `Statement of X`, or in `X` on a witness statement form.
fn witness(title: &str, is_statement_form: bool) -> Option<String> {
    let lower = title.to_lowercase();
    let after = lower.find("statement of ").map(|at| at + "statement of ".len());
    let name = match after {
        // Lower case may change a name's length in bytes; then nothing is sure.
        Some(at) if lower.len() == title.len() => title.get(at..)?,
        None if is_statement_form && !lower.contains("statement") => title,
        _ => return None,
    };
    let name = name.split([',', '(', '[', '–']).next()?.split(" - ").next()?;
    let mut words: Vec<_> = name.split_whitespace().collect();
    while words.last().is_some_and(|word| about_the_copy(word)) {
        words.pop();
    }
    let plausible = (1..=5).contains(&words.len())
        && words.iter().any(|word| word.chars().next().is_some_and(char::is_uppercase))
        && words.iter().all(|word| {
            let lower = word.to_lowercase();
            !NOT_A_WITNESS.contains(&lower.as_str())
                && !about_the_copy(word)
                && !["producing", "the", "re", "and", "to", "for", "exhibiting"]
                    .contains(&lower.as_str())
        });
    plausible.then(|| words.join(" "))
}

/// `Copy of (1)`, once the form has gone to a key of its own.
fn says_only_copy(title: &str) -> bool {
    let bare = |word: &str| word.trim_matches(['(', ')']).to_lowercase();
    title.split(' ').map(bare).all(|word| {
        ["copy", "of", "-", "–"].contains(&word.as_str())
            || word.bytes().all(|b| b.is_ascii_digit())
    })
}

fn about_the_copy(word: &str) -> bool {
    let lower = word.to_lowercase();
    let version = lower.trim_start_matches('v');
    ABOUT_THE_COPY.contains(&lower.as_str())
        || (version.len() <= 2
            && !version.is_empty()
            && version.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_by_its_form() {
        let form = Form::from("MG5");
        let title = entitled("Copy of (1)".to_owned(), Some(&form), None).unwrap();
        assert!(title.ends_with("(copy)") && !title.starts_with("Copy"), "{title}");
        let title = entitled("Copy of the lease".to_owned(), Some(&form), None).unwrap();
        assert_eq!(title, "Copy of the lease");
    }
}
