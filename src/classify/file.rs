//! Which pages of a file belong together: a form goes on until it ends, or something else begins.

use super::PageKind;
use super::table::{ClassPhrases, table};

/// A form without numbers of pages goes on for no longer than this, as far as nothing says so.
const MAX_BARE: u32 = 12;

/// What a page is, as its file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belonging {
    /// The class, as `disclosure/forms.toml` has it.
    pub class: &'static str,
    /// Where it begins, from 1.
    pub begins: u32,
    /// Whether the page says so itself.
    pub is_own: bool,
}

/// What each of some pages of one file is, in order, each with its number from 1; `None` where nothing says so.
pub(crate) fn belongings(pages: &[(u32, &PageKind)]) -> Vec<(u32, Option<Belonging>)> {
    let mut belongings = forwards(pages);
    backwards(pages, &mut belongings);
    belongings
}

/// A form goes on over the pages after one that says what it is.
fn forwards(pages: &[(u32, &PageKind)]) -> Vec<(u32, Option<Belonging>)> {
    let mut current: Option<Belonging> = None;
    let mut before: Option<(u32, &PageKind)> = None;
    let mut found = Vec::with_capacity(pages.len());
    for (number, kind) in pages.iter().copied() {
        let last = before.filter(|(page, _)| page + 1 == number).map(|(_, kind)| kind);
        let known = current.filter(|_| last.is_some());
        current = match (kind.sure(), known, last) {
            (Some(class), Some(known), Some(last))
                if known.class == class && !begins_anew(kind, last) =>
            {
                Some(Belonging { is_own: true, ..known })
            }
            (Some(class), ..) => Some(Belonging { class, begins: number, is_own: true }),
            (None, Some(known), Some(last)) => {
                goes_on(known, number, kind, last).then_some(Belonging { is_own: false, ..known })
            }
            (None, ..) => None,
        };
        found.push((number, current));
        before = Some((number, kind));
    }
    found
}

/// Pages before one that says what it is belong to it where numbers or running heads say so.
fn backwards(pages: &[(u32, &PageKind)], found: &mut [(u32, Option<Belonging>)]) {
    for at in (1..pages.len()).rev() {
        let (Some((number, kind)), Some((next, of_next))) = (pages.get(at - 1), pages.get(at))
        else {
            continue;
        };
        let Some((_, Some(belonging))) = found.get(at).copied() else {
            continue;
        };
        let is_before =
            number + 1 == *next && (is_next(kind.count, of_next.count) || are_alike(kind, of_next));
        if let Some((_, known @ None)) = found.get_mut(at - 1)
            && is_before
        {
            *known = Some(Belonging { begins: *number, is_own: false, ..belonging });
        }
    }
}

/// Whether a page that says nothing of its own goes on with the form before it.
fn goes_on(known: Belonging, number: u32, kind: &PageKind, last: &PageKind) -> bool {
    let ends = last.count.is_some_and(|(page, of)| page >= of);
    if begins_anew(kind, last) || (ends && kind.count.is_none() && !are_alike(kind, last)) {
        return false;
    }
    let phrases = phrases(known.class);
    if phrases.is_some_and(ClassPhrases::is_single) {
        return false;
    }
    let may_go_on = phrases.is_some_and(ClassPhrases::goes_on);
    is_next(last.count, kind.count)
        || are_alike(kind, last)
        || (may_go_on && number - known.begins <= MAX_BARE)
}

fn phrases(class: &str) -> Option<&'static ClassPhrases> {
    table().place(class).and_then(|at| table().pages.get(at))
}

/// Whether a page is the first of something.
fn begins_anew(kind: &PageKind, last: &PageKind) -> bool {
    match (kind.count, last.count) {
        (Some((1, _)), _) => true,
        (Some((_, of)), Some((_, before))) => of != before,
        _ => false,
    }
}

fn is_next(one: Option<(u16, u16)>, other: Option<(u16, u16)>) -> bool {
    matches!((one, other), (Some((page, of)), Some((next, of_next))) if of == of_next && next == page + 1)
}

/// Whether two pages have a running head or foot in common.
fn are_alike(one: &PageKind, other: &PageKind) -> bool {
    one.edges.iter().any(|edge| other.edges.contains(edge))
}
