//! Whether a loaded file is whole: lopdf drops an object that it cannot read without an error, so
//! what the cross-reference table claims is compared with what is there.

use std::collections::HashSet;

use lopdf::xref::{XrefEntry, XrefRecovery};
use lopdf::{Document as Pdf, Object, ObjectId};

use super::needs::{Follow, needs};
use super::reach::each_reference;
use super::rescue;
use super::tree::PageWalk;

/// What pages show and hold, with all fields of their forms.
const NEEDED: Follow = Follow { annotations: true, kids: true, relatives: false, leads: false };

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
    /// Objects that should be there, and to which pages only lead: targets of links and the like.
    pub(super) targets: usize,
}

impl Health {
    /// Whether pages show and hold all that they should.
    pub(super) fn is_sound(self) -> bool {
        !self.no_pages && self.lost == 0 && self.lost_pages == 0 && self.misplaced == 0
    }

    /// Whether nothing at all is lost, so that no other way to read the file can find more.
    pub(super) fn is_whole(self) -> bool {
        self.is_sound() && self.targets == 0
    }
}

/// Judges a load together with the walk over its pages.
pub(super) fn judge(pdf: &Pdf, walk: &PageWalk, body: &[u8]) -> Health {
    let rebuilt = is_rebuilt(pdf);
    let Lost { needed, deleted, targets } = lost(pdf, walk, body);
    let missing = walk.declared.map_or(0, |count| count.saturating_sub(walk.pages.len()));
    Health {
        no_pages: walk.pages.is_empty(),
        lost: needed,
        lost_pages: match (walk.declared, rebuilt || walk.broken_kids > 0) {
            // Pages of a part of the tree that is gone were found all the same.
            (Some(_), true) if walk.took_orphans => missing,
            (_, true) => missing.max(walk.broken_kids),
            (_, false) => 0,
        },
        misplaced: if rebuilt { 0 } else { misplaced(pdf, body) },
        deleted,
        targets,
    }
}

fn is_rebuilt(pdf: &Pdf) -> bool {
    pdf.xref_recovery == Some(XrefRecovery::Reconstructed)
}

/// How many objects the table lists, are not there, and are needed by no page: something else names them, such as a
/// link, a bookmark, a tag or a note of a program.
pub(super) fn targets_missing(pdf: &Pdf, walk: &PageWalk) -> usize {
    let mut missing = HashSet::new();
    let mut note = |id: ObjectId| {
        if !pdf.objects.contains_key(&id) && is_claimed(pdf, id) {
            missing.insert(id);
        }
    };
    let objects = pdf.objects.values();
    objects.for_each(|object| each_reference(object, &mut note));
    if missing.is_empty() {
        return 0;
    }
    let needed = needs(pdf, &walk.pages, NEEDED);
    missing.difference(&needed).count()
}

/// What of a file is lost.
#[derive(Default)]
struct Lost {
    /// How many objects that pages need.
    needed: usize,
    /// Whether the content of any page names one that the file holds and says to be deleted.
    deleted: bool,
    /// How many objects to which pages only lead.
    targets: usize,
}

fn lost(pdf: &Pdf, walk: &PageWalk, body: &[u8]) -> Lost {
    let rebuilt = is_rebuilt(pdf);
    let cut = cut_streams(pdf);
    if !rebuilt && cut.is_empty() && !leads_nowhere(pdf) {
        return Lost::default();
    }
    // In a rebuilt table nothing is claimed that was not found, so there every reference that leads
    // nowhere may be a loss.
    let claims = |id: &ObjectId| rebuilt || cut.contains(id) || is_claimed(pdf, *id);
    let unsound = |follow: Follow| {
        let mut reached = needs(pdf, &walk.pages, follow);
        reached.retain(|id| cut.contains(id) || !pdf.objects.contains_key(id));
        reached
    };
    let all = unsound(Follow::ALL);
    if all.is_empty() {
        return Lost::default();
    }
    let needed = unsound(NEEDED);
    let targets = all.difference(&needed).filter(|id| claims(id)).count();
    let (claimed, others): (Vec<&ObjectId>, Vec<_>) = needed.iter().partition(|id| claims(id));
    if others.is_empty() {
        return Lost { needed: claimed.len(), targets, ..Lost::default() };
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
    let in_content = || unsound(Follow::default());
    let in_content = deleted.first().map(|_| in_content()).unwrap_or_default();
    Lost {
        needed: claimed.len() + unlisted.len(),
        deleted: deleted.iter().any(|id| in_content.contains(*id)),
        targets,
    }
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
    rest.trim_ascii_start().starts_with(b"obj").then_some(number)
}

fn integer(text: &[u8]) -> Option<(u32, &[u8])> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, rest) = text.split_at_checked(end)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// Whether any reference leads nowhere.
fn leads_nowhere(pdf: &Pdf) -> bool {
    let mut nowhere = false;
    let mut note = |id| nowhere |= !pdf.objects.contains_key(&id);
    let objects = pdf.objects.values();
    objects.for_each(|object| each_reference(object, &mut note));
    nowhere
}
