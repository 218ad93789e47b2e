//! The readiness board: one page with every case by courtroom and time.

use maud::{Markup, html};

use super::board::{BoardWords, first_error};
use super::list_html::{custody, defendants, state};
use super::{CourtList, count};
use crate::casework::hearings::listing::{Listed, Sitting, Unread};
use crate::casework::hearings::privacy::{public, public_unread};
use crate::casework::hearings::readiness::Readiness;
use crate::casework::list::conflicts::conflicts;
use crate::check::{Pressing, display};
use crate::report::casework_page::page;
use crate::report::casework_words::{broken_rules, clock, day, missing_item, place, pressing};

/// One page that needs nothing but itself. Youths are not named.
pub fn board_html(words: &BoardWords, listed: &[Listed], unread: &[Unread]) -> String {
    // Who is in two places is known by the names; what is said of it is for others.
    let list = CourtList::new(words.today, words.days.clone(), listed, conflicts(listed));
    let (_, conflicts) = list.public();
    let (listed, unread) = (&public(listed), &public_unread(unread, listed));
    let list = CourtList::new(words.today, words.days.clone(), listed, conflicts);
    let undated: Vec<&Listed> = listed.iter().filter(|one| one.date().is_none()).collect();
    let body = html! {
        h1 { "Readiness board" }
        p { (words.days()) ", seen on " (day(words.today)) }
        (counts(listed, unread))
        (first(&list, &undated, unread))
        @for sitting in &list.sittings { (room(sitting, &list)) }
        @if !undated.is_empty() {
            section {
                h2 { "No date yet" }
                ol.hearings { @for listed in undated { (hearing(listed, &list)) } }
            }
        }
        p.quiet { "A custody time limit marked “calculated, not agreed” was worked out from the first day in custody; the date announced in court counts. Youths are not named." }
    };
    page("Readiness board", &body)
}

fn counts(listed: &[Listed], unread: &[Unread]) -> Markup {
    let of = |readiness| {
        let cases = listed.iter();
        cases.filter(|one| one.readiness == readiness).count()
    };
    let shown = [
        (unread.len(), "bad", "not read"),
        (of(Readiness::NotReady), "bad", "not ready"),
        (of(Readiness::Gaps), "gaps", "ready with gaps"),
        (of(Readiness::Ready), "good", "ready"),
    ];
    html! {
        ul.counts {
            @for (number, class, word) in shown { li class=(class) { b { (number) } " " (word) } }
        }
    }
}

/// What cannot wait: custody time limits that press, manifests that could not be read, conflicts.
fn first(list: &CourtList<'_>, undated: &[&Listed], unread: &[Unread]) -> Markup {
    let dated = list.sittings.iter().flat_map(|sitting| &sitting.hearings);
    let cases = dated.chain(undated).copied();
    let mut pressing: Vec<_> = cases
        .flat_map(|listed| {
            let limits = pressing(listed, list.today).into_iter();
            limits.map(move |limit| (listed, limit))
        })
        .collect();
    pressing.sort_by(|(_, one), (_, other)| one.cmp(other));
    if unread.is_empty() && pressing.is_empty() && list.conflicts.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "First" }
            ul {
                @for (listed, limit) in pressing { li { (limit_of(listed, &limit)) } }
                @for unread in unread {
                    li { span.loud { "Not read: " } (display(&unread.manifest)) ": " (first_error(unread)) }
                }
                @for conflict in &list.conflicts {
                    li { span.loud { "Conflict: " } (conflict.message) }
                }
            }
        }
    }
}

/// `Custody time limit 2026-11-18, PASSED 6 days ago: R v Example (01AB0000126)`.
pub(super) fn limit_of(listed: &Listed, limit: &Pressing) -> Markup {
    html! {
        span.loud { "Custody time limit " (limit.words) }
        ": " (listed.case.title)
        @if let Some(urn) = listed.urn() { " (" (urn) ")" }
    }
}

fn room(sitting: &Sitting<'_>, list: &CourtList<'_>) -> Markup {
    html! {
        section {
            h2 { (place(sitting.court, sitting.courtroom.as_deref())) }
            p { (day(sitting.date)) }
            ol.hearings { @for listed in &sitting.hearings { (hearing(listed, list)) } }
        }
    }
}

fn hearing(listed: &Listed, list: &CourtList<'_>) -> Markup {
    let class = match listed.readiness {
        Readiness::NotReady => "bad",
        Readiness::Gaps => "gaps",
        Readiness::Ready => "good",
    };
    let about = listed.hearing();
    let kind = about.and_then(|one| one.kind.as_deref());
    let prosecutor = about.and_then(|one| one.prosecutor.as_deref());
    let bundle = listed.bundle_pages.map_or_else(
        || "no bundle yet".to_owned(),
        |pages| format!("bundle of {}", count(pages as usize, "page")),
    );
    html! {
        li class={ "hearing " (class) } {
            div.time { (listed.time().map_or_else(|| "no time".to_owned(), clock)) }
            div.what {
                strong { (listed.case.title) }
                @if let Some(urn) = listed.urn() { " (" (urn) ")" }
                @if let Some(kind) = kind { ", " (kind) }
                div { (defendants(listed)) }
                div { (custody(listed, list, "custody time limit ")) }
                (lacking(listed, list))
                div.quiet { "prosecutor: " (prosecutor.unwrap_or("none yet")) "; " (bundle) }
            }
            (state(listed.readiness))
        }
    }
}

/// What is missing and since when, and what breaks a rule.
fn lacking(listed: &Listed, list: &CourtList<'_>) -> Markup {
    let rules = broken_rules(&listed.findings);
    if rules.is_empty() && listed.missing.is_empty() {
        return html! {};
    }
    html! {
        ul.missing {
            @for rule in &rules { li { (rule) } }
            @for item in &listed.missing {
                li { (item.state.as_str()) ": " (missing_item(item, list.today)) }
            }
        }
    }
}
