//! What is on the pages of a document beside its text, and must not leave the prosecution unseen.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::check::LoadedFile;
use crate::inspect::LeakKind;
use crate::manifest::{Comments, Document, Hidden};
use crate::model::words;
use crate::model::{Code, Finding};
use crate::pdf::source::{CommentCount, Facts};

/// Findings about a document that goes into a bundle which leaves the prosecution.
pub(super) fn check(document: &Document, known: &LoadedFile) -> Vec<Finding> {
    let facts = &known.facts;
    let taken = taken(document, facts);
    let mut findings = Vec::new();
    findings.extend(unapplied(facts, &taken));
    findings.extend(comments(document, facts, &taken));
    findings.extend(covers(document, known, &taken));
    findings.extend(layers(document, facts, &taken));
    findings
}

/// The pages that the bundle takes, from 1.
pub(super) fn taken(document: &Document, facts: &Facts) -> HashSet<u32> {
    let selected = document.pages.as_ref();
    match selected.and_then(|selection| selection.resolve(facts.page_count()).ok()) {
        Some(pages) => pages.iter().map(|page| page.number()).collect(),
        None => (1..=facts.page_count()).collect(),
    }
}

/// Whatever is said about comments: what a redaction covers is still there.
fn unapplied(facts: &Facts, taken: &HashSet<u32>) -> Option<Finding> {
    let on: Vec<(u32, u32)> = facts
        .comments
        .redactions
        .iter()
        .copied()
        .filter(|(page, _)| taken.contains(page))
        .collect();
    on.first()?;
    let pages: Vec<u32> = on.iter().map(|(page, _)| *page).collect();
    let number: u32 = on.iter().map(|(_, count)| count).sum();
    let (noun, were) = match number {
        1 => ("marked redaction", "was"),
        _ => ("marked redactions", "were"),
    };
    let on = words::pages(&pages);
    let message = format!(
        "{number} {noun} on {on} {were} never carried out; what is below can still be read"
    );
    Some(
        Finding::new(Code::RedactionUnapplied, message)
            .on_pages(&pages)
            .hint("apply the redactions in the program that marked them, and list the new file"),
    )
}

fn comments(document: &Document, facts: &Facts, taken: &HashSet<u32>) -> Option<Finding> {
    let on: Vec<&CommentCount> =
        facts.comments.counts.iter().filter(|count| taken.contains(&count.page)).collect();
    on.first()?;
    let what = in_words(&on);
    let finding = match document.comments {
        None => Finding::new(
            Code::CommentsUndecided,
            format!("it holds {what}, and nobody has said whether they may be served"),
        )
        .hint(
            "write comments = \"strip\" to take them out, or comments = \"keep\" to serve them with \
             the names of their authors",
        ),
        Some(Comments::Keep) => Finding::new(
            Code::CommentsKept,
            format!("it goes out with {what}, and with the names of their authors"),
        ),
        // The build says what it took out.
        Some(Comments::Strip) => return None,
    };
    let pages: Vec<u32> = on.iter().map(|count| count.page).collect();
    Some(finding.on_pages(&pages))
}

/// What is under a comment would be seen without it, and is no more gone than it was.
fn covers(document: &Document, known: &LoadedFile, taken: &HashSet<u32>) -> Option<Finding> {
    if document.comments != Some(Comments::Strip) {
        return None;
    }
    let leaks = known.leaks.iter().filter(|(page, _)| taken.contains(page));
    let leaks =
        leaks.flat_map(|(page, found)| found.leaks.iter().map(move |leak| (*page, leak.kind)));
    let mut on: BTreeSet<(u32, &str)> = BTreeSet::new();
    on.extend(leaks.filter_map(|(page, kind)| match kind {
        LeakKind::CoveringComment(kind) => Some((page, kind)),
        _ => None,
    }));
    let kinds: BTreeSet<&str> = on.iter().map(|(_, kind)| *kind).collect();
    let mut pages: Vec<u32> = on.iter().map(|(page, _)| *page).collect();
    pages.dedup();
    pages.first()?;
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let message = format!(
        "stripping the comments would show what mark-up hides on {} ({})",
        words::pages(&pages),
        kinds.join(", ")
    );
    Some(Finding::new(Code::CommentCovers, message).on_pages(&pages).hint(
        "redact it in a program that removes what is below, and list the new file; if nothing is to be hidden, delete \
         the mark-up there",
    ))
}

/// `2 highlights and 1 sticky note on pages 1-2`.
fn in_words(counts: &[&CommentCount]) -> String {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut pages: Vec<u32> = Vec::new();
    for count in counts {
        *kinds.entry(count.kind).or_default() += count.count;
        if pages.last() != Some(&count.page) {
            pages.push(count.page);
        }
    }
    format!("{} on {}", words::counted(&kinds), words::pages(&pages))
}

fn layers(document: &Document, facts: &Facts, taken: &HashSet<u32>) -> Vec<Finding> {
    let on = |pages: &[u32]| -> Vec<u32> {
        pages.iter().copied().filter(|page| taken.contains(page)).collect()
    };
    let hold = |pages: &[u32]| if pages.len() == 1 { "holds" } else { "hold" };
    let found = |pages: &[u32], what: &str, hint: &str| {
        pages.first()?;
        let message = format!("{} {} content in {what}", words::pages(pages), hold(pages));
        Some(Finding::new(Code::HiddenLayer, message).on_pages(pages).hint(hint))
    };
    let hidden = on(&facts.hidden_layers);
    let hidden = found(
        &hidden,
        "hidden layers, which anybody can show",
        "write hidden = \"drop\" to take it out",
    );
    let passing = found(
        &on(&facts.conditional_layers),
        "layers that are seen on the screen, and not printed or not at every size",
        "look at them, and print the pages to a new PDF without what is not to be served",
    );
    let hidden = hidden.filter(|_| document.hidden != Hidden::Drop);
    hidden.into_iter().chain(passing).collect()
}
