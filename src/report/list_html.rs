//! The court list as a page: a sheet for each courtroom. It may be handed on, so youths are not named.

use maud::{Markup, html};

use super::board_html::limit_of;
use super::list_text::{totals, when};
use super::{CourtList, count};
use crate::casework::hearings::listing::{Listed, Sitting};
use crate::casework::hearings::readiness::Readiness;
use crate::check::custody::limits;
use crate::report::casework_page::page;
use crate::report::casework_words::{clock, day, lacking, place, remand};

/// One page that needs nothing but itself.
pub fn list_html(list: &CourtList<'_>) -> String {
    let (listed, conflicts) = list.for_the_door();
    let list = &CourtList::new(list.today, list.days.clone(), &listed, conflicts);
    let body = html! {
        h1 { "Court list" }
        p.quiet { "Days left are counted from " (day(list.today)) ". Youths are not named." }
        @if list.sittings.is_empty() { p { (list.nothing()) } }
        @let stopping = list.stopping();
        @if !stopping.is_empty() {
            section.sheet {
                h2 { "Custody time limits" }
                ul { @for (sitting, listed, limit) in &stopping {
                    li { (limit_of(listed, limit)) ", " (place(sitting.court, sitting.courtroom.as_deref())) ", " (when(sitting, listed)) }
                } }
            }
        }
        @if !list.conflicts.is_empty() {
            section.sheet {
                h2 { "Conflicts" }
                ul { @for conflict in &list.conflicts {
                    li { strong { (conflict.code) } ": " (conflict.message) }
                } }
            }
        }
        @for sitting in &list.sittings { (sheet(sitting, list)) }
    };
    page("Court list", &body)
}

fn sheet(sitting: &Sitting<'_>, list: &CourtList<'_>) -> Markup {
    let name =
        format!("{}, {}", place(sitting.court, sitting.courtroom.as_deref()), day(sitting.date));
    html! {
        section.sheet {
            h2 { (name) }
            p { (totals(sitting)) }
            div.scroll tabindex="0" role="region" aria-label=(name) {
                table {
                    thead { tr {
                        @for head in ["Time", "Case", "Hearing", "Defendants", "Custody time limit", "Prosecutor", "Bundle", "Readiness"] {
                            th scope="col" { (head) }
                        }
                    } }
                    tbody { @for listed in &sitting.hearings { (row(listed, list)) } }
                }
            }
        }
    }
}

fn row(listed: &Listed, list: &CourtList<'_>) -> Markup {
    let hearing = listed.hearing();
    html! {
        tr {
            td.time { (listed.time().map(clock).unwrap_or_default()) }
            td { (listed.case.title) br; span.quiet { (listed.urn().unwrap_or("no URN")) } }
            td { (hearing.and_then(|one| one.kind.as_deref()).unwrap_or_default()) }
            td { (defendants(listed)) }
            td { (custody(listed, list, "")) }
            td { (hearing.and_then(|one| one.prosecutor.as_deref()).unwrap_or("none yet")) }
            td { @match listed.bundle_pages {
                Some(pages) => (count(pages as usize, "page")),
                None => "none yet",
            } }
            td { (state(listed.readiness))
                @if let Some(lacking) = lacking(listed, list.today) { br; (lacking) }
            }
        }
    }
}

/// The defendants with remand and offences.
pub(super) fn defendants(listed: &Listed) -> Markup {
    html! {
        @for defendant in &listed.case.defendants {
            div {
                (defendant.name)
                @if let Some(remand) = remand(defendant) { ", " (remand) }
                @let offences: Vec<&str> = defendant.charges.iter().map(|charge| charge.offence.as_str()).collect();
                @if !offences.is_empty() { span.quiet { ": " (offences.join(", ")) } }
            }
        }
    }
}

/// The custody time limits after some words, loud where they press.
pub(super) fn custody(listed: &Listed, list: &CourtList<'_>, words: &str) -> Markup {
    html! {
        @for one in limits(&listed.case) {
            div.loud[one.presses(list.today)] {
                @if listed.case.defendants.len() > 1 { (one.defendant.name) ": " }
                (words) (one.words(list.today))
            }
        }
    }
}

/// The word for readiness with its sign.
pub(super) fn state(readiness: Readiness) -> Markup {
    let (class, sign) = match readiness {
        Readiness::NotReady => ("bad", "✗"),
        Readiness::Gaps => ("gaps", "○"),
        Readiness::Ready => ("good", "✓"),
    };
    html! { span class={ "state " (class) } { span aria-hidden="true" { (sign) } " " (readiness.words()) } }
}
