//! Whether a loaded file is whole: lopdf drops an object that it cannot read without an error, so
//! what the cross-reference table claims is compared with what is there.

use std::collections::HashSet;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::rescue;
use super::tree::PageWalk;

/// How much of a file is lost; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Health {
    /// No page at all.
    pub(super) no_pages: bool,
    /// Objects that pages need and that should be there.
    pub(super) lost: usize,
    /// Pages that should be there.
    pub(super) lost_pages: usize,
    /// Places where the table says that an object stands and another does, which lopdf then takes
    /// instead of that other where it really is.
    pub(super) misplaced: usize,
    /// Whether pages show something that the file still holds, and says to be deleted. No reader shows
    /// it, so nothing is lost.
    pub(super) deleted: bool,
}

impl Health {
    pub(super) fn is_sound(self) -> bool {
        !self.no_pages && self.lost == 0 && self.lost_pages == 0 && self.misplaced == 0
    }
}

/// Judges a load together with the walk over its pages.
pub(super) fn judge(pdf: &Pdf, walk: &PageWalk, body: &[u8]) -> Health {
    let rebuilt = is_rebuilt(pdf);
    let (lost, deleted) = lost_and_deleted(pdf, walk, body);
    let missing = walk
        .declared
        .map_or(0, |count| count.saturating_sub(walk.pages.len()));
    Health {
        no_pages: walk.pages.is_empty(),
        lost,
        lost_pages: match (walk.declared, rebuilt || walk.broken_kids > 0) {
            // Pages of a part of the tree that is gone were found all the same.
            (Some(_), true) if walk.took_orphans => missing,
            (_, true) => missing.max(walk.broken_kids),
            (_, false) => 0,
        },
        misplaced: if rebuilt { 0 } else { misplaced(pdf, body) },
        deleted,
    }
}

fn is_rebuilt(pdf: &Pdf) -> bool {
    pdf.xref_recovery == Some(XrefRecovery::Reconstructed)
}

/// How many objects that pages need are lost, and whether the content of any names one that the file
/// holds and says to be deleted.
fn lost_and_deleted(pdf: &Pdf, walk: &PageWalk, body: &[u8]) -> (usize, bool) {
    let rebuilt = is_rebuilt(pdf);
    let cut = cut_streams(pdf);
    if !rebuilt && cut.is_empty() && !leads_nowhere(pdf) {
        return (0, false);
    }
    let lost = unsound(pdf, walk, &cut, &[]);
    // In a rebuilt table nothing is claimed that was not found, so there every reference that leads
    // nowhere may be a loss.
    let claims = |id: &&ObjectId| rebuilt || cut.contains(id) || is_claimed(pdf, **id);
    let (claimed, others): (Vec<&ObjectId>, Vec<_>) = lost.iter().partition(claims);
    if others.is_empty() {
        return (claimed.len(), false);
    }
    // What no table lists is there all the same where the file holds it.
    let held = rescue::definitions(body);
    let is_held = |id: &&ObjectId| {
        let held = held.get(&id.0);
        held.is_some_and(|held| held.generation == u32::from(id.1))
    };
    let held = others.into_iter().filter(is_held);
    let (deleted, unlisted): (Vec<&ObjectId>, Vec<_>) =
        held.partition(|id| rescue::is_deleted(pdf, **id));
    // Annotations are taken off a page like this.
    let in_content = || unsound(pdf, walk, &cut, &[b"Annots"]);
    let in_content = deleted.first().map(|_| in_content()).unwrap_or_default();
    let deleted = deleted.iter().any(|id| in_content.contains(*id));
    (claimed.len() + unlisted.len(), deleted)
}

/// Whether the table says that an object is there.
fn is_claimed(pdf: &Pdf, id: ObjectId) -> bool {
    pdf.reference_table.get(id.0).is_some() && !rescue::is_deleted(pdf, id)
}

/// Streams that should hold something, and end nowhere: the file was cut within them.
fn cut_streams(pdf: &Pdf) -> HashSet<ObjectId> {
    let is_cut = |object: &Object| match object {
        Object::Stream(stream) if stream.content.is_empty() && stream.start_position.is_some() => {
            let length = stream.dict.get_deref(b"Length", pdf);
            !matches!(length.and_then(Object::as_i64), Ok(0))
        }
        _ => false,
    };
    let streams = pdf.objects.iter().filter(|(_, object)| is_cut(object));
    streams.map(|(id, _)| *id).collect()
}

fn misplaced(pdf: &Pdf, body: &[u8]) -> usize {
    let entries = &pdf.reference_table.entries;
    entries
        .iter()
        .filter_map(|(number, entry)| match entry {
            XrefEntry::Normal { offset, .. } => Some((number, usize::try_from(*offset).ok()?)),
            _ => None,
        })
        .filter(|(number, offset)| {
            let there = body.get(*offset..).and_then(object_number);
            let Some(there) = there.filter(|there| there != *number) else {
                return false;
            };
            match entries.get(&there) {
                // Two entries for one place: nothing is taken instead of anything.
                Some(XrefEntry::Normal { offset: own, .. }) => {
                    usize::try_from(*own).is_ok_and(|own| own != *offset)
                }
                Some(XrefEntry::Compressed { .. }) => true,
                _ => false,
            }
        })
        .count()
}

/// The number of the object that starts here.
fn object_number(text: &[u8]) -> Option<u32> {
    let (number, rest) = integer(text.trim_ascii_start())?;
    let (_, rest) = integer(rest.trim_ascii_start())?;
    rest.trim_ascii_start()
        .starts_with(b"obj")
        .then_some(number)
}

fn integer(text: &[u8]) -> Option<(u32, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = text.split_at_checked(end)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// Whether any reference leads nowhere.
fn leads_nowhere(pdf: &Pdf) -> bool {
    pdf.objects
        .values()
        .any(|object| holds_dangling(pdf, object))
}

fn holds_dangling(pdf: &Pdf, object: &Object) -> bool {
    let in_dict = |dict: &Dictionary| dict.iter().any(|(_, value)| holds_dangling(pdf, value));
    match object {
        Object::Reference(id) => !pdf.objects.contains_key(id),
        Object::Array(array) => array.iter().any(|item| holds_dangling(pdf, item)),
        Object::Dictionary(dict) => in_dict(dict),
        Object::Stream(stream) => in_dict(&stream.dict),
        _ => false,
    }
}

/// References that lead nowhere or to what was cut, among all that the pages reach other than by some
/// of their keys.
fn unsound(
    pdf: &Pdf,
    walk: &PageWalk,
    cut: &HashSet<ObjectId>,
    without: &[&[u8]],
) -> HashSet<ObjectId> {
    let mut unsound = HashSet::new();
    let mut seen: HashSet<ObjectId> = walk.pages.iter().filter_map(|page| page.id).collect();
    let mut stack: Vec<&Object> = Vec::new();
    let visible = |key: &[u8]| key != b"Parent" && key != b"P" && key != b"Metadata" && key != b"B";
    for page in &walk.pages {
        stack.extend(
            page.dict
                .iter()
                .filter(|(key, _)| visible(key) && !without.contains(&key.as_slice()))
                .map(|(_, value)| value),
        );
    }
    while let Some(object) = stack.pop() {
        match object {
            Object::Reference(id) if seen.insert(*id) => match pdf.objects.get(id) {
                Some(object) if !cut.contains(id) => stack.push(object),
                _ => {
                    unsound.insert(*id);
                }
            },
            Object::Array(array) => stack.extend(array),
            Object::Dictionary(dict) => {
                stack.extend(
                    dict.iter()
                        .filter(|(key, _)| visible(key))
                        .map(|(_, value)| value),
                );
            }
            Object::Stream(stream) => stack.extend(stream.dict.iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    unsound
}
