//! Whether a loaded file is whole: lopdf drops an object that it cannot read without an error, so
//! what the cross-reference table claims is compared with what is there.

use std::collections::HashSet;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Document as Pdf, Object, ObjectId};

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
}

impl Health {
    pub(super) fn is_sound(self) -> bool {
        !self.no_pages && self.lost == 0 && self.lost_pages == 0 && self.misplaced == 0
    }
}

/// Judges a load together with the walk over its pages.
pub(super) fn judge(pdf: &Pdf, walk: &PageWalk, body: &[u8]) -> Health {
    let rebuilt = pdf.xref_recovery == Some(XrefRecovery::Reconstructed);
    let claimed = |id: &ObjectId| {
        !matches!(
            pdf.reference_table.get(id.0),
            None | Some(XrefEntry::Free | XrefEntry::UnusableFree)
        )
    };
    let cut = cut_streams(pdf);
    let lost = if rebuilt || !cut.is_empty() || has_unloaded(pdf) {
        // In a rebuilt table nothing is claimed that was not found, so there every reference that
        // leads nowhere may be a loss.
        unsound(pdf, walk, &cut)
            .iter()
            .filter(|id| rebuilt || cut.contains(id) || claimed(id))
            .count()
    } else {
        0
    };
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
    }
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

fn has_unloaded(pdf: &Pdf) -> bool {
    pdf.reference_table
        .entries
        .iter()
        .any(|(&number, entry)| match entry {
            XrefEntry::Normal { generation, .. } => {
                !pdf.objects.contains_key(&(number, *generation))
            }
            XrefEntry::Compressed { .. } => !pdf.objects.contains_key(&(number, 0)),
            XrefEntry::Free | XrefEntry::UnusableFree => false,
        })
}

/// References that lead nowhere or to what was cut, among all that the pages reach.
fn unsound(pdf: &Pdf, walk: &PageWalk, cut: &HashSet<ObjectId>) -> HashSet<ObjectId> {
    let mut unsound = HashSet::new();
    let mut seen: HashSet<ObjectId> = walk.pages.iter().filter_map(|page| page.id).collect();
    let mut stack: Vec<&Object> = Vec::new();
    let visible = |key: &[u8]| key != b"Parent" && key != b"P" && key != b"Metadata" && key != b"B";
    for page in &walk.pages {
        stack.extend(
            page.dict
                .iter()
                .filter(|(key, _)| visible(key))
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
