//! The form that a document most likely is, by what it is called and by its pages.

use std::fmt;
use std::path::Path;

use super::RelPath;
use super::name::describe;
pub use crate::classify::Certainty;
use crate::classify::PageKind;
use crate::disclosure;
use crate::disclosure::Class;
use crate::manifest::Document;

/// No name of a form has more words than this.
const MAX_NAME_WORDS: usize = 5;

/// Where a document says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// Its title in the manifest.
    Title,
    /// The name of its file.
    FileName,
    /// Its pages.
    Pages,
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
            Witness::Pages => "pages",
            Witness::Reference => "exhibit reference",
        };
        write!(f, "{certainty}, by its {witness}{advice}")
    }
}

/// The form that a document most likely is; `pages` gives what its first pages are. What its pages surely are goes before
/// what it is called; where two things are as sure, it is what may be served least.
pub(super) fn proposed(
    document: &Document,
    pages: impl FnOnce() -> Vec<PageKind>,
) -> Option<Proposed> {
    let name = document.file.as_deref().and_then(Path::file_stem);
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let texts = [(Witness::Title, Some(document.title.clone())), (Witness::FileName, name)];
    let named = texts.into_iter().filter_map(|(witness, text)| Some((witness, by_name(&text?)?)));
    let mut found: Vec<(Witness, FittingClass)> = Vec::new();
    found.extend(by_pages(&pages()).map(|fit| (Witness::Pages, fit)));
    found.extend(named);
    if document.exhibit.is_some() {
        found.extend(fit("exhibit", Certainty::Likely).map(|fit| (Witness::Reference, fit)));
    }
    let rank = |(_, fit): &(Witness, FittingClass)| {
        (fit.certainty, fit.class.rule(crate::model::Audience::Defence))
    };
    // Of equals the first: the pages before the title before the file name.
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

/// What the first page that says anything says.
fn by_pages(pages: &[PageKind]) -> Option<FittingClass> {
    let first = pages.iter().find_map(|page| page.classes.first())?.what;
    fit(first.class, first.certainty)
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

    fn proposed(lines: &str, page: &[&str]) -> Option<(&'static str, Certainty)> {
        let text =
            format!("case.title = 'x'\n[[section]]\nletter = 'A'\n[[section.document]]\n{lines}\n");
        let reading = crate::manifest::parse(&text, Path::new("bundle.toml"));
        let case = reading.case.unwrap_or_else(|| panic!("{:?}", reading.findings));
        let pages = || vec![crate::classify::tests::of_lines(page)];
        let found = super::proposed(&case.sections[0].documents[0], pages)?;
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
            ("CM01.pdf", Some(("MG3", Sure))),
            ("910248945_final_SURNAMEMG3.pdf", Some(("MG3", Sure))),
            ("PRE_CONS_D.pdf", Some(("previous-convictions", Likely))),
        ] {
            assert_eq!(proposed(&format!("file = '{file}'"), &[]), form, "{file}");
        }
    }

    #[test]
    fn pages_tell_what_names_do_not() {
        let scan = "file = 'scan0001.pdf'";
        let heading = ["OFFICIAL", "RECORD OF INTERVIEW", "Name: A Sample"];
        assert_eq!(proposed(scan, &heading), Some(("MG15", Certainty::Sure)));
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
