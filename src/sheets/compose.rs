//! The sheets of a bundle, read off its plan.

use super::{Cover, Divider, IndexRow, Placeholder, Setting, Sheet, date_in_words, words};
use crate::disclosure;
use crate::manifest::{Bundle, Case, Document, Form, Hearing, NumberStyle};
use crate::model::DocumentId;
use crate::plan::{BundlePage, Content, Origin, Plan};

/// The sheets of a bundle, with the page where each starts and where each row of the index leads.
#[derive(Debug, Clone)]
pub struct Composition {
    /// The sheets: cover, index, then dividers and placeholders in the order of the bundle.
    pub sheets: Vec<Sheet>,
    /// Where each sheet starts in the bundle.
    pub starts: Vec<BundlePage>,
    /// Where each row of the index leads.
    pub targets: Vec<BundlePage>,
    /// What they share.
    pub setting: Setting,
}

/// Composes the sheets of a bundle.
pub(crate) fn compose(case: &Case, bundle: &Bundle, plan: &Plan) -> Composition {
    let (rows, targets) = index_rows(case, plan);
    let mut sheets = vec![Sheet::Cover(cover(case, bundle, plan)), Sheet::Index(rows)];
    let mut starts = vec![BundlePage::from_index(0), plan.index];
    for (index, page) in plan.pages.iter().enumerate() {
        let sheet = match page.origin {
            Origin::Divider(section) => case.sections.get(section).map(|section| {
                Sheet::Divider(Divider {
                    letter: section.letter.to_string(),
                    title: section.title.clone(),
                })
            }),
            Origin::Placeholder(id) => placeholder(case, id).map(Sheet::Placeholder),
            _ => None,
        };
        if let Some(sheet) = sheet {
            sheets.push(sheet);
            starts.push(BundlePage::from_index(index));
        }
    }
    Composition { sheets, starts, targets, setting: setting(case, bundle, plan) }
}

fn document(case: &Case, id: DocumentId) -> Option<&Document> {
    case.sections.get(id.section)?.documents.get(id.document)
}

fn index_rows(case: &Case, plan: &Plan) -> (Vec<IndexRow>, Vec<BundlePage>) {
    let mut rows = Vec::new();
    let mut targets = Vec::new();
    let undated = words(case.language).undated;
    for planned in &plan.sections {
        let Some(section) = case.sections.get(planned.section) else {
            continue;
        };
        rows.push(IndexRow::Section {
            letter: section.letter.to_string(),
            title: section.title.clone(),
            pages: plan.label_range(planned.first, planned.last),
        });
        targets.push(planned.first);
        for planned in &planned.documents {
            let Some(document) = document(case, planned.id) else {
                continue;
            };
            rows.push(IndexRow::Document {
                number: planned.number,
                title: document.title.clone(),
                date: document
                    .date
                    .map_or_else(|| undated.to_owned(), |date| date_in_words(date, case.language)),
                reference: reference(document).unwrap_or_default(),
                pages: plan.label_range(planned.first, planned.last),
                to_follow: planned.content == Content::Placeholder,
            });
            targets.push(planned.first);
        }
    }
    (rows, targets)
}

/// The exhibit reference, or else the form.
fn reference(document: &Document) -> Option<String> {
    let exhibit = document.exhibit.as_ref().map(ToString::to_string);
    // A class such as "exhibit" tells the reader of the index nothing.
    let is_form = |form: &&Form| disclosure::find(form.as_str()).is_none_or(|class| class.mg);
    let form = document.form.as_ref().filter(is_form);
    exhibit.or_else(|| form.map(ToString::to_string))
}

fn cover(case: &Case, bundle: &Bundle, plan: &Plan) -> Cover {
    let to_follow =
        plan.documents().filter(|document| document.content == Content::Placeholder).count();
    Cover {
        court: case.court.clone(),
        title: case.title.clone(),
        bundle: bundle.title.clone(),
        version: bundle.version.clone(),
        urn: case.urn.as_ref().map(ToString::to_string),
        court_case_number: case.court_case_number.as_ref().map(ToString::to_string),
        defendants: case.defendants.iter().map(|defendant| defendant.name.clone()).collect(),
        hearing: case
            .hearing
            .as_ref()
            .map(|hearing| hearing_lines(case, hearing))
            .unwrap_or_default(),
        pages: plan.page_count(),
        notes: words(case.language).documents_to_follow(to_follow).into_iter().collect(),
    }
}

fn hearing_lines(case: &Case, hearing: &Hearing) -> Vec<String> {
    let words = words(case.language);
    let kind = hearing.kind.as_deref().map(kind_in_words);
    let date = hearing.date.map(|date| date_in_words(date, case.language));
    let time = hearing.time.map(|time| time.strftime("%H:%M").to_string());
    let when = [date, time].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let room = hearing.courtroom.as_ref().map(|room| format!("{} {room}", words.courtroom));
    [kind, Some(when), room].into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

/// A kind of hearing as courts write it: `ptph` is `PTPH`, `bail-application` is `Bail application`.
fn kind_in_words(kind: &str) -> String {
    const ABBREVIATIONS: [&str; 6] = ["ptph", "fcmh", "ptr", "ctl", "poca", "cmh"];
    let words: Vec<String> = kind
        .split(['-', ' ', '_'])
        .enumerate()
        .map(|(index, word)| {
            let mut letters = word.chars();
            match letters.next() {
                _ if ABBREVIATIONS.contains(&word.to_lowercase().as_str()) => word.to_uppercase(),
                Some(first) if index == 0 => first.to_uppercase().chain(letters).collect(),
                _ => word.to_owned(),
            }
        })
        .collect();
    words.join(" ")
}

fn placeholder(case: &Case, id: DocumentId) -> Option<Placeholder> {
    let section = case.sections.get(id.section)?;
    let document = document(case, id)?;
    Some(Placeholder {
        section: format!("{} {}", section.letter, section.title),
        title: document.title.clone(),
        reference: reference(document),
        supplier: document.supplier.clone(),
        due: document.due,
    })
}

fn setting(case: &Case, bundle: &Bundle, plan: &Plan) -> Setting {
    Setting {
        language: case.language,
        widest_pages: widest_range(plan),
        running_head: format!("{} · {}", case.title, bundle.title),
    }
}

/// As wide as any range of numbers can become, whatever the length of the index.
fn widest_range(plan: &Plan) -> String {
    // An index adds about a page for every thirty documents; one digit more is always enough.
    let most =
        plan.page_count() + u32::try_from(plan.documents().count()).unwrap_or(u32::MAX) / 10 + 10;
    let digits = "8".repeat(most.to_string().len());
    let widest = match &plan.numbering.style {
        NumberStyle::Continuous => digits,
        NumberStyle::Section => format!("WW{digits}"),
        NumberStyle::Prefix { prefix, digits: width } => {
            format!("{prefix}{}", "8".repeat(usize::from(*width).max(digits.len())))
        }
    };
    format!("{widest}–{widest}")
}

#[cfg(test)]
mod tests {
    use super::kind_in_words;

    #[test]
    fn kinds_of_hearing_read_as_courts_write_them() {
        assert_eq!(kind_in_words("trial"), "Trial");
        assert_eq!(kind_in_words("ptph"), "PTPH");
        assert_eq!(kind_in_words("bail-application"), "Bail application");
    }
}
