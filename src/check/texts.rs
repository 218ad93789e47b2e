//! What the manifest says and the program's own pages cannot show: cover, index, dividers, placeholders, numbers.

use crate::manifest::{Bundle, Case, Document, NumberStyle, Section};
use crate::model::{Code, Finding};
use crate::sheets::Unset;

/// What stands on the sheets of some bundles about the case and the bundles themselves.
pub(super) fn check_texts(case: &Case, bundles: &[Bundle]) -> Vec<Finding> {
    let hearing = case.hearing.as_ref();
    let of_case = [
        ("the title of the case", Some(case.title.as_str())),
        ("the name of the court", case.court.as_deref()),
        ("the kind of hearing", hearing.and_then(|hearing| hearing.kind.as_deref())),
        ("the courtroom", hearing.and_then(|hearing| hearing.courtroom.as_deref())),
    ];
    let of_case = of_case.into_iter().filter_map(|(field, text)| finding(field, text?));
    let of_defendants = (1..).zip(&case.defendants).filter_map(|(number, defendant)| {
        finding(&format!("the name of defendant {number}"), &defendant.name)
    });
    let of_bundles = bundles.iter().flat_map(of_bundle);
    of_case.chain(of_defendants).chain(of_bundles).collect()
}

fn of_bundle(bundle: &Bundle) -> impl Iterator<Item = Finding> {
    let name = &bundle.name;
    let prefix = match &bundle.numbering.style {
        NumberStyle::Prefix { prefix, .. } => Some(prefix.as_str()),
        NumberStyle::Continuous | NumberStyle::Section => None,
    };
    let texts = [
        (format!("the title of bundle \"{name}\""), Some(bundle.title.as_str())),
        (format!("the version of bundle \"{name}\""), bundle.version.as_deref()),
        (format!("the prefix of the numbers of bundle \"{name}\""), prefix),
    ];
    texts.into_iter().filter_map(|(field, text)| finding(&field, text?)).map(|found| {
        match bundle.line {
            Some(line) => found.at_line(line),
            None => found,
        }
    })
}

/// What the index, its divider and the bookmarks say of a section.
pub(super) fn of_section(section: &Section) -> Option<Finding> {
    let field = format!("the title of section {}", section.letter);
    Some(finding(&field, &section.title)?.at_line(section.line))
}

/// What the index and the sheet in the place of a document say of it.
pub(super) fn of_document(document: &Document) -> Vec<Finding> {
    let exhibit = document.exhibit.as_ref().map(ToString::to_string);
    let supplier = document.supplier.as_deref().filter(|_| document.expected);
    let texts = [
        ("its title", Some(document.title.as_str())),
        ("its exhibit reference", exhibit.as_deref()),
        ("its supplier", supplier),
    ];
    let texts = texts.into_iter();
    texts.filter_map(|(field, text)| finding(field, text?)).collect()
}

fn finding(field: &str, text: &str) -> Option<Finding> {
    let unset = Unset::of(text);
    if unset.is_empty() {
        return None;
    }
    let message = format!("{field}: the bundle's own pages {unset}");
    Some(Finding::new(Code::CharacterNotInFont, message).hint(HINT))
}

/// What to do about it.
pub(crate) const HINT: &str = "write it in Latin, Greek or Cyrillic letters";
