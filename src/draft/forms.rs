//! The form that a document most likely is, by what it is called and by the top of its first page.

use std::fmt;
use std::path::Path;

use super::RelPath;
use super::name::describe;
use crate::disclosure;
use crate::disclosure::Class;
use crate::manifest::Document;

/// So many lines at the top of a page can be its heading.
const MAX_HEADING_LINES: usize = 12;

/// A line of more words is no heading.
const MAX_HEADING_WORDS: usize = 10;

/// No name of a form has more words than this.
const MAX_NAME_WORDS: usize = 5;

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// One word of several fits.
    Guess,
    /// It is called so in more words than one.
    Likely,
    /// It gives its number, or says nothing else.
    Sure,
}

/// Where a document says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// Its title in the manifest.
    Title,
    /// The name of its file.
    FileName,
    /// The top of its first page.
    FirstPage,
    /// Its exhibit reference.
    Reference,
}

/// A form for a document, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The form, by its own name.
    pub form: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
    /// What says so.
    pub witness: Witness,
}

impl fmt::Display for Proposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (certainty, advice) = match self.certainty {
            Certainty::Sure => ("sure", ""),
            Certainty::Likely => ("likely", ""),
            Certainty::Guess => ("a guess", "; open it and make sure"),
        };
        let witness = match self.witness {
            Witness::Title => "title",
            Witness::FileName => "file name",
            Witness::FirstPage => "first page",
            Witness::Reference => "exhibit reference",
        };
        write!(f, "{certainty}, by its {witness}{advice}")
    }
}

/// The form that a document most likely is; `heading` gives the lines of its first page, and is asked only where its
/// names do not tell. Where two things are as sure, it is what may be served least.
pub fn propose_form(
    document: &Document,
    heading: impl FnOnce() -> Vec<String>,
) -> Option<Proposed> {
    let name = document.file.as_deref().and_then(Path::file_stem);
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let texts = [(Witness::Title, Some(document.title.clone())), (Witness::FileName, name)];
    let named = texts.into_iter().filter_map(|(witness, text)| Some((witness, by_name(&text?)?)));
    let mut found: Vec<(Witness, FittingClass)> = named.collect();
    if document.exhibit.is_some() {
        found.extend(fit("exhibit", Certainty::Likely).map(|fit| (Witness::Reference, fit)));
    }
    if found.iter().all(|(_, fit)| fit.certainty < Certainty::Sure) {
        let lines = heading();
        let heading = lines.iter().take(MAX_HEADING_LINES);
        found.extend(heading.filter_map(|line| Some((Witness::FirstPage, by_heading(line)?))));
    }
    let rank = |(_, fit): &(Witness, FittingClass)| {
        (fit.certainty, fit.class.rule(crate::model::Audience::Defence))
    };
    // Of equals the first: the title before the file name before the page.
    let best = found.iter().rev().max_by_key(|found| rank(found))?;
    Some(Proposed {
        form: match best.1.class.name.as_str() {
            // As its form it is searched for a back page, too.
            "statement" => "MG11",
            form => form,
        },
        certainty: best.1.certainty,
        witness: best.0,
    })
}

/// A class that words fit.
struct FittingClass {
    class: &'static Class,
    certainty: Certainty,
}

fn fit(name: &str, certainty: Certainty) -> Option<FittingClass> {
    let class = disclosure::find(name)?;
    (!disclosure::is_other(&class.name)).then_some(FittingClass { class, certainty })
}

/// What the title of a document or the name of its file says.
fn by_name(text: &str) -> Option<FittingClass> {
    if let Some(class) = disclosure::named_in(text) {
        return Some(FittingClass { class, certainty: Certainty::Sure });
    }
    // The ending keeps what follows a full stop.
    let described = describe(&RelPath(format!("{}.pdf", text.replace('/', " "))), false);
    let phrase = phrase(text);
    let long = phrase.as_ref().is_some_and(|fit| fit.certainty > Certainty::Guess);
    let by_form = || fit(described.form.as_ref()?.as_str(), Certainty::Likely);
    let by_reference = || {
        described.exhibit.as_ref()?;
        fit("exhibit", Certainty::Likely)
    };
    if long {
        return phrase;
    }
    by_form().or_else(by_reference).or(phrase)
}

/// What a line at the top of a page says, if it can be a heading.
fn by_heading(line: &str) -> Option<FittingClass> {
    if line.split_whitespace().count() > MAX_HEADING_WORDS {
        return None;
    }
    if let Some(class) = disclosure::named_in(line) {
        return Some(FittingClass { class, certainty: Certainty::Likely });
    }
    let found = phrase(line)?;
    // A single word within a line is part of a sentence.
    (found.certainty > Certainty::Guess)
        .then(|| FittingClass { certainty: found.certainty.min(Certainty::Likely), ..found })
}

/// The longest name of a class among the words of a text; of several the one that may be served least.
fn phrase(text: &str) -> Option<FittingClass> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (1..=MAX_NAME_WORDS.min(words.len())).rev().find_map(|length| {
        let certainty = match length {
            _ if length == words.len() => Certainty::Sure,
            1 => Certainty::Guess,
            _ => Certainty::Likely,
        };
        let found = words.windows(length).filter_map(|name| {
            let name = name.concat();
            fit(&name, certainty).or_else(|| fit(name.strip_suffix('s')?, certainty))
        });
        // Of equals the first.
        found.rev().max_by_key(|fit| fit.class.rule(crate::model::Audience::Defence))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(lines: &str, heading: &[&str]) -> Option<(&'static str, Certainty)> {
        let text =
            format!("case.title = 'x'\n[[section]]\nletter = 'A'\n[[section.document]]\n{lines}\n");
        let reading = crate::manifest::parse(&text, Path::new("bundle.toml"));
        let case = reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings));
        let heading = || heading.iter().map(|line| (*line).to_owned()).collect();
        let found = propose_form(&case.sections[0].documents[0], heading)?;
        Some((found.form, found.certainty))
    }

    #[test]
    fn names_say_what_a_document_is() {
        use Certainty::{Guess, Likely, Sure};
        for (file, form) in [
            ("MG11 Smith.pdf", Some(("MG11", Sure))),
            ("MG6D.pdf", Some(("MG6D", Sure))),
            ("PNC PRECONS blake.pdf", Some(("pnc", Guess))),
            ("Precons Blake.pdf", Some(("previous-convictions", Guess))),
            ("Victim personal statement A Sample.pdf", Some(("victim-statement", Likely))),
            ("Statement of PC Jones.pdf", Some(("MG11", Likely))),
            ("Defence statement.pdf", Some(("defence-statement", Sure))),
            ("JB-1 photo sheet.pdf", Some(("exhibit", Likely))),
            ("Indictment.pdf", Some(("indictment", Sure))),
            ("Exhibit list.pdf", Some(("MG12", Sure))),
            ("scan0001.pdf", None),
        ] {
            assert_eq!(proposed(&format!("file = '{file}'"), &[]), form, "{file}");
        }
    }

    #[test]
    fn the_first_page_tells_what_names_do_not() {
        let scan = "file = 'scan0001.pdf'";
        let heading = ["OFFICIAL", "RECORD OF INTERVIEW", "Name: A Sample"];
        assert_eq!(
            proposed(scan, &heading),
            Some(("MG15", Certainty::Sure.min(Certainty::Likely)))
        );
        let schedule = ["MG6D", "Schedule"];
        assert_eq!(proposed(scan, &schedule).map(|found| found.0), Some("MG6D"));
        let sentence =
            ["He gave me a plan of the house, and we went to see the place together on foot"];
        assert_eq!(proposed(scan, &sentence), None);
        // What is called harmless and headed otherwise is what may be served least.
        let called = "file = 'Statement of PC Jones.pdf'";
        assert_eq!(proposed(called, &schedule).map(|found| found.0), Some("MG6D"));
    }
}
