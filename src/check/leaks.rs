//! What the pages of documents betray, once they are to leave the prosecution.

use std::collections::{BTreeMap, HashSet};

use super::document_ref;
use super::names::Readers;
use super::printed::check_printed;
use crate::check::{Availability, Evidence, LoadedFile};
use crate::classify::Belonging;
use crate::disclosure;
use crate::inspect::{
    Hidden, Leak, LeakKind, LeakPlace, Marking, PageLeaks, Pass, Redaction, WordsOf,
    take_for_repeats,
};
use crate::manifest::{self, Bundle, Case, Document, NotForm};
use crate::model::DocumentId;
use crate::model::words;
use crate::model::{Code, Finding, Severity, Sha256Hash};

/// How many places of one kind on one page are told.
pub(super) const MAX_PLACES: usize = 6;

/// The documents that go into a bundle that leaves the prosecution: they are searched.
pub(super) fn searched(case: &Case, bundles: &[Bundle]) -> HashSet<DocumentId> {
    let served = bundles.iter().filter(|bundle| bundle.audience.is_served());
    served.flat_map(|bundle| disclosure::included(case, bundle)).collect()
}

/// What is found on the pages of the documents that some bundles hold, and in the words that these print.
pub(super) fn check_leaks(case: &Case, bundles: &[Bundle], evidence: &Evidence) -> Vec<Finding> {
    let searched = searched(case, bundles);
    let readers = Readers::of(case, bundles);
    let mut findings = Vec::new();
    for (position, section) in case.sections.iter().enumerate() {
        for (index, document) in section.documents.iter().enumerate() {
            let id = DocumentId { section: position, document: index };
            let Availability::Present(file) = evidence.held(position, index) else {
                continue;
            };
            if !searched.contains(&id) {
                continue;
            }
            let count = file.facts.page_count();
            let taken: Option<Vec<u32>> = document.pages.as_ref().map(|selection| {
                let pages = selection.resolve(count).unwrap_or_default();
                pages.into_iter().map(|page| page.0 + 1).collect()
            });
            let is_taken = |page: &u32| taken.as_ref().is_none_or(|taken| taken.contains(page));
            let withheld = readers.withheld(case, id);
            let mut pages: Vec<_> = file
                .leaks
                .iter()
                .filter(|(page, _)| is_taken(page))
                .filter_map(|(page, _)| {
                    let mut leaks = as_served(document, file, *page)?;
                    leaks.retain_names(|name| readers.is_told(&withheld, name));
                    Some((*page, leaks))
                })
                .collect();
            take_for_repeats(&mut pages.iter_mut().map(|(_, page)| page).collect::<Vec<_>>());
            let belongings = file.belongings();
            let passes: Vec<Pass> = document.allow.iter().filter_map(Pass::of).collect();
            let found = PageFindings {
                pages: &pages,
                is_statement: document
                    .form
                    .as_ref()
                    .is_some_and(|form| form.as_str().starts_with("MG11")),
                personal: readers.has(id),
                file: file.facts.sha256,
                passes: &passes,
                belongings: &belongings,
                not_form: &document.not_form,
                count,
                hidden: document.hidden,
            };
            findings.extend(
                page_findings(&found).into_iter().map(|finding| {
                    finding.of(document_ref(section, document)).at_line(document.line)
                }),
            );
        }
    }
    findings.extend(check_printed(case, bundles));
    findings
}

/// What was found on pages, and how strictly it is to be judged.
#[derive(Debug, Clone, Copy)]
pub struct PageFindings<'a> {
    /// The pages, with their numbers from 1.
    pub pages: &'a [(u32, PageLeaks)],
    /// Whether they are meant to be a witness statement, of which the back page is never served.
    pub is_statement: bool,
    /// Whether personal data matters.
    pub personal: bool,
    /// The hash of their file, which goes into the marks of what is let pass.
    pub file: Sha256Hash,
    /// Personal data that somebody lets pass.
    pub passes: &'a [Pass],
    /// What the pages are, by their own words and those of the pages about them.
    pub belongings: &'a BTreeMap<u32, Belonging>,
    /// Pages that are taken for a form, and are none.
    pub not_form: &'a [NotForm],
    /// How many pages the file has.
    pub count: u32,
    /// What becomes of what nobody sees.
    pub hidden: manifest::Hidden,
}

/// What a page, from 1, betrays as it is going to be served; `None` where it was not searched. Only what is hidden can be gone by then; whatever
/// else was found is to be looked at all the same.
pub(crate) fn as_served(document: &Document, known: &LoadedFile, page: u32) -> Option<PageLeaks> {
    let is_hidden =
        |leak: &Leak| matches!(leak.kind, LeakKind::Hidden { .. } | LeakKind::Cropped { .. });
    let index = known.leaks.binary_search_by_key(&page, |(page, _)| *page).ok()?;
    let mut leaks = known.leaks.get(index)?.1.clone();
    if document.comments != Some(manifest::Comments::Keep) {
        leaks.drop_comments();
    }
    if document.hidden == manifest::Hidden::Drop
        && let Some(without) = known.leaks_without.get(&page)
    {
        leaks.leaks.retain(|leak| !is_hidden(leak));
        let left = without.leaks.iter().filter(|leak| is_hidden(leak));
        leaks.leaks.extend(left.cloned());
    }
    Some(leaks)
}

impl PageFindings<'_> {
    /// Whether somebody says that a page is not a form.
    fn denies(&self, form: &str, page: u32) -> bool {
        self.not_form.iter().any(|entry| entry.denies(form, page, self.count))
    }
}

/// The findings about some pages, in their order.
pub fn page_findings(found: &PageFindings<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (page, leaks) in found.pages {
        let mut of_page = of_page(*page, leaks, found);
        of_page.extend(continued(*page, leaks, found));
        findings.extend(of_page.into_iter().map(|finding| finding.on_page(*page)));
    }
    if found.personal {
        findings.extend(super::personal::check(found));
    }
    findings.extend(found.not_form.iter().map(|entry| denied(entry, found)));
    findings.extend(of_several_pages(found.pages));
    findings
}

/// What somebody says that pages are not.
fn denied(entry: &NotForm, found: &PageFindings<'_>) -> Finding {
    let is_taken_for = |form: &&&str, page: u32, leaks: &PageLeaks| {
        let is_own = leaks.kind.classes.iter().any(|of| of.what.class == **form);
        let is_part = found.belongings.get(&page).is_some_and(|of| of.class == **form);
        (is_own || is_part) && entry.denies(form, page, found.count)
    };
    let pages: Vec<u32> = found
        .pages
        .iter()
        .filter(|(page, leaks)| entry.forms.iter().any(|form| is_taken_for(&form, *page, leaks)))
        .map(|(page, _)| *page)
        .collect();
    let forms = entry.forms.join(" or ");
    let Some(first) = pages.first() else {
        let message = format!("not_form names {forms}, and no page of it is taken for that");
        return Finding::new(Code::AllowUnmatched, message)
            .hint("remove the entry, or correct its pages and forms");
    };
    let who = entry.initials.join(" and ");
    let say = if entry.initials.len() == 1 { "says" } else { "say" };
    let are = if pages.len() == 1 { "is" } else { "are" };
    let message = format!("{who} {say} that {} {are} not {forms}", words::pages(&pages));
    Finding::new(Code::NotForm, message).on_page(*first)
}

/// A page of a form that is never served, which only the pages about it name.
fn continued(page: u32, leaks: &PageLeaks, found: &PageFindings<'_>) -> Option<Finding> {
    let belonging = found.belongings.get(&page).filter(|belonging| !belonging.is_own)?;
    let is_internal = disclosure::find(belonging.class).is_some_and(disclosure::Class::is_internal);
    let is_told = leaks.leaks.iter().any(|leak| matches!(leak.kind, LeakKind::ProhibitedForm(_)));
    let is_denied =
        found.denies(belonging.class, page) || found.denies(belonging.class, belonging.begins);
    let (class, begins) = (belonging.class, belonging.begins);
    (is_internal && !is_told && !is_denied).then(|| {
        never(
            format!(
                "the page belongs to the {class} on page {begins}, a form that is never served"
            ),
            class,
        )
    })
}

fn of_page(number: u32, page: &PageLeaks, found: &PageFindings<'_>) -> Vec<Finding> {
    let mut places: BTreeMap<LeakKind, Vec<LeakPlace>> = BTreeMap::new();
    let is_denied = |kind: &LeakKind| match kind {
        LeakKind::ProhibitedForm(form) => found.denies(form, number),
        LeakKind::BackPage { .. } => found.denies("MG11 back", number),
        _ => false,
    };
    for leak in page.leaks.iter().filter(|leak| !is_denied(&leak.kind)) {
        places.entry(leak.kind).or_default().push(leak.place);
    }
    let is_certain = places.contains_key(&LeakKind::BackPage { certain: true });
    places
        .iter()
        .filter_map(|(kind, places)| match kind {
            // Told once for each document: with its comments and layers, or of all its pages.
            LeakKind::Redaction(Redaction::NotApplied)
            | LeakKind::Redundant
            | LeakKind::CoveringComment(_)
            | LeakKind::Hidden { why: Hidden::Layer, .. } => None,
            LeakKind::Redaction(redaction) => Some(bad_redaction(*redaction, places)),
            LeakKind::ProhibitedForm(form) => Some(said(headed(form), places)),
            LeakKind::BackPage { certain: false } if is_certain => None,
            LeakKind::BackPage { certain } => {
                Some(said(back_page(*certain, found.is_statement), places))
            }
            LeakKind::Marking(marking) => Some(said(marked(*marking), places)),
            LeakKind::NonvisualText(words) => Some(unshown(*words)),
            LeakKind::Hidden { why, letters } => Some(hidden(*why, *letters, found.hidden)),
            LeakKind::Cropped { pictures, drawings } => {
                Some(cropped(*pictures, *drawings, found.hidden))
            }
            LeakKind::Personal(_) => None,
        })
        .collect()
}

fn bad_redaction(redaction: Redaction, places: &[LeakPlace]) -> Finding {
    let (what, hint) = match redaction {
        Redaction::TextBeneath => (
            "text is covered and can still be copied",
            "redact it with a tool that removes the text, or print the page to a picture",
        ),
        Redaction::SameColour => (
            "text has the colour of what it stands on and can still be copied",
            "redact it with a tool that removes the text, or print the page to a picture",
        ),
        Redaction::LayerBeneath => (
            "the text layer of the scan says words that the scan does not show",
            "redact it with a tool that removes picture and text layer, then recognise the text anew",
        ),
        Redaction::PictureBeneath => (
            "a part of a picture is covered or cut out, and is still whole in the file",
            "redact it with a tool that changes the picture, or print the page to a picture",
        ),
        Redaction::NotApplied => (
            "it is marked for redaction, and the redaction was never applied",
            "apply the redactions in the program that marked them, then save",
        ),
    };
    Finding::new(Code::BadRedaction, format!("{what}: {}", at(places))).hint(hint)
}

/// Says of a finding about the text of a page that it is not the text, where it is not.
fn said(finding: Finding, places: &[LeakPlace]) -> Finding {
    let on_page = |place: &LeakPlace| matches!(place, LeakPlace::At { .. });
    match places.first() {
        Some(place) if !places.iter().any(on_page) => {
            Finding { message: format!("{}, {}", finding.message, point(*place)), ..finding }
        }
        _ => finding,
    }
}

fn unshown(words: WordsOf) -> Finding {
    let message = format!("{} holds what the page does not show", words.in_words());
    Finding::new(Code::HiddenText, message).hint(
        "look at the tags and form fields of the page in a PDF editor; print the page to a new PDF if it must not go out",
    )
}

fn headed(form: &str) -> Finding {
    never(format!("the page is a page of {form}, a form that is never served"), form)
}

fn never(message: String, form: &str) -> Finding {
    Finding::new(Code::NeverServeContent, message).hint(format!(
        "take it out, or take its pages out with pages = \"...\"; if it is none, write not_form = [\"{form}\"] under \
         [[section.document.allow]]"
    ))
}

fn never_marked(marking: &str) -> Finding {
    Finding::new(Code::NeverServeContent, format!("the page is marked \"{marking}\""))
        .hint("take it out, or take its pages out with pages = \"...\"")
}

fn back_page(certain: bool, is_statement: bool) -> Finding {
    let finding = Finding::new(
        Code::Mg11BackPage,
        if certain || is_statement {
            "the page is the back page of a witness statement, with contact details"
        } else {
            "the page has fields for contact details, as the back page of a witness statement has"
        },
    );
    let hint = finding.hint("leave it out with pages = \"...\"");
    if certain || is_statement { hint } else { Finding { severity: Severity::Warning, ..hint } }
}

fn marked(marking: Marking) -> Finding {
    let (name, stops) = match marking {
        Marking::TopSecret => ("TOP SECRET", true),
        Marking::Secret => ("SECRET", true),
        Marking::OfficialSensitive => ("OFFICIAL-SENSITIVE", false),
        Marking::Restricted => ("RESTRICTED, a marking of before 2014", false),
        Marking::Confidential => ("CONFIDENTIAL", false),
        Marking::NotDisclosable => {
            return never_marked("not disclosable");
        }
        Marking::Sensitive => return never_marked("sensitive"),
    };
    let finding = Finding::new(Code::ProtectiveMarking, format!("the page is marked {name}"));
    if stops {
        finding.hint("stop, copy nothing, and ask whoever sent it")
    } else {
        Finding { severity: Severity::Info, ..finding }
    }
}

fn hidden(why: Hidden, letters: usize, fate: manifest::Hidden) -> Finding {
    let what = match why {
        Hidden::Outside => "stand outside of what the page shows",
        Hidden::Unpainted => "are not painted, and no picture stands there",
        Hidden::Tiny => "are too small to be read",
        Hidden::ClippedAway => "are cut off",
        Hidden::Layer => "stand in a layer that is not shown",
    };
    let can_go = matches!(why, Hidden::Outside | Hidden::Unpainted);
    let (more, hint) = match fate {
        manifest::Hidden::Drop => (
            "; hidden = \"drop\" does not take them out",
            "select all and copy to see what they say; print the page to a new PDF if it must not go out",
        ),
        manifest::Hidden::Keep if can_go => (
            "",
            "select all and copy to see what they say; write hidden = \"drop\", or print the page to a new \
             PDF, if it must not go out",
        ),
        manifest::Hidden::Keep => (
            "",
            "select all and copy to see what they say; print the page to a new PDF if it must not go out",
        ),
    };
    let message = format!("{letters} letters {what} and can be copied{more}");
    Finding::new(Code::HiddenText, message).hint(hint)
}

fn cropped(pictures: usize, drawings: usize, fate: manifest::Hidden) -> Finding {
    let counted = [(pictures, "picture"), (drawings, "drawing")];
    let counted = counted.iter().filter(|(number, _)| *number > 0);
    let what: Vec<String> = counted.map(|(number, noun)| words::count(*number, noun)).collect();
    let what = what.join(" and ");
    let stand = if pictures + drawings == 1 { "stands" } else { "stand" };
    let (more, hint) = match fate {
        manifest::Hidden::Drop => (
            "; hidden = \"drop\" takes out only what is wholly outside",
            "print the page to a new PDF if it must not go out",
        ),
        manifest::Hidden::Keep => (
            "",
            "look at it in a program that removes the crop; write hidden = \"drop\", or print the page to a new PDF, if \
             it must not go out",
        ),
    };
    let message = format!(
        "{what} {stand} outside of what the page shows, in whole or in part, and can be brought back{more}"
    );
    Finding::new(Code::CroppedContent, message).hint(hint)
}

/// What is said of several pages at once: those with covered words that tell nothing, and those that nobody but a person
/// can look through.
fn of_several_pages(pages: &[(u32, PageLeaks)]) -> Vec<Finding> {
    let those = |test: fn(&PageLeaks) -> bool| -> Vec<u32> {
        let chosen = pages.iter().filter(|(_, page)| test(page));
        chosen.map(|(number, _)| *number).collect()
    };
    let told = |code: Code, pages: &[u32], what: &str, hint: &str| {
        pages.first()?;
        let message = format!("{}{what}", words::pages(pages));
        Some(Finding::new(code, message).on_pages(pages).hint(hint))
    };
    let redundant = those(|page| page.leaks.iter().any(|leak| leak.kind == LeakKind::Redundant));
    let unread = those(|page| !page.searched);
    let pictures = those(|page| page.searched && page.picture_only);
    let redundant = told(
        Code::CoveredRepeat,
        &redundant,
        ": covered words can still be copied; they are only a marking or a page number, or can be read elsewhere on the page",
        "nothing needs to be done",
    );
    let unread = told(
        Code::PageNotSearched,
        &unread,
        " could not be searched, or not as a whole, for what must not be served",
        "look at every word there, or print the document to a new PDF",
    );
    let pictures = told(
        Code::UnsearchablePages,
        &pictures,
        " cannot be searched: a picture without text",
        "look at every word there before it is served",
    );
    redundant.into_iter().chain(unread).chain(pictures).collect()
}

/// Places in words: how many there are, and where in points from the top left corner.
fn at(places: &[LeakPlace]) -> String {
    let shown: Vec<String> = places.iter().take(MAX_PLACES).map(|place| point(*place)).collect();
    let more = places.len().saturating_sub(MAX_PLACES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// `at 72 across and 140 down`, in points from the top left corner of the page, or `in a bookmark`.
pub(super) fn point(place: LeakPlace) -> String {
    match place {
        LeakPlace::At { left, top, .. } => format!("at {left:.0} across and {top:.0} down"),
        LeakPlace::In(words) => format!("in {}", words.in_words()),
    }
}
