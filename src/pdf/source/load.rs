//! The ladder of repair: a file as it is, with a header supplied, with its cross-reference table
//! rebuilt, with lost stream lengths found, and, where that is allowed, what is left of it.

use std::borrow::Cow;

use lopdf::xref::XrefRecovery;
use lopdf::{Document as Pdf, LoadOptions};

use super::header::find_header;
use super::health::{self, Health};
use super::repair::{Losses, Repair, counted};
use super::streams::{drop_unmeasured, find_lengths, lacks_content, mend_content};
use super::tree::{self, PageWalk};
use super::unlock::{self, Unlocked, Unlocking};
use super::{Opening, Password, SourceError, loading_budget, recover, rescue};
use crate::pdf::syntax::filters;
use crate::pdf::syntax::page_node::PageNode;
use crate::pdf::syntax::{limits, numbers};

/// A file that could be read.
pub(super) struct Loaded {
    pub(super) pdf: Pdf,
    pub(super) pages: Vec<PageNode>,
    pub(super) repairs: Vec<Repair>,
    pub(super) unlocking: Option<Unlocking>,
    /// The password, where it needed one.
    pub(super) password: Option<Password>,
    pub(super) losses: Option<Losses>,
    /// How many objects are not there to which its pages, bookmarks, tags and the like only lead.
    pub(super) targets_missing: usize,
    /// The bytes without what keeps other readers from seeing the same in them, where that was needed.
    pub(super) plain: Option<Vec<u8>>,
}

/// One way to read a file, and what it gave.
pub(super) struct LoadAttempt {
    pub(super) unlocked: Unlocked,
    pub(super) walk: PageWalk,
    pub(super) health: Health,
    lengths_found: bool,
    objects_read: bool,
}

/// Reads a file, repairing it where that loses nothing, or where losses are allowed.
pub(super) fn load(bytes: &[u8], opening: &Opening) -> Result<Loaded, SourceError> {
    let mut repairs = Vec::new();
    let body = with_header(bytes, &mut repairs)?;
    let attempt = match best_attempt(&body, opening) {
        Ok(attempt) if attempt.health.is_sound() => attempt,
        damaged if !opening.allow_damaged => refuse_losses(damaged?)?,
        Ok(attempt) if !attempt.health.no_pages => attempt,
        Ok(attempt) => match recover::pages(&body, opening) {
            Some(attempt) => attempt,
            None => refuse_losses(attempt)?,
        },
        Err(error @ (SourceError::Damaged(_) | SourceError::Unsupported(_))) => {
            recover::pages(&body, opening).ok_or(match error {
                SourceError::Damaged(why) => SourceError::NothingLeft(why),
                error => error,
            })?
        }
        Err(error) => return Err(error),
    };
    Ok(finish(attempt, &body, repairs, opening))
}

fn with_header<'a>(
    bytes: &'a [u8],
    repairs: &mut Vec<Repair>,
) -> Result<Cow<'a, [u8]>, SourceError> {
    Ok(match find_header(bytes)? {
        Some(0) => bytes.into(),
        Some(start) => {
            repairs.push(Repair::HeaderFoundLater);
            bytes.get(start..).unwrap_or(bytes).into()
        }
        None => {
            repairs.push(Repair::HeaderSupplied);
            [b"%PDF-1.7\n".as_slice(), bytes].concat().into()
        }
    })
}

fn finish(
    attempt: LoadAttempt,
    body: &[u8],
    mut repairs: Vec<Repair>,
    opening: &Opening,
) -> Loaded {
    let LoadAttempt { mut unlocked, walk, health, lengths_found, objects_read } = attempt;
    let losses = (!health.is_sound() || walk.order_lost).then_some(Losses {
        pages: health.lost_pages,
        // What stands elsewhere than it should is as good as lost.
        objects: health.lost + health.misplaced,
        order: walk.order_lost,
    });
    let fewer = walk.declared.is_some_and(|declared| declared > walk.pages.len());
    let targets_missing = health::targets_missing(&unlocked.pdf, &walk);
    let untyped = walk.state_parts(&mut unlocked.pdf);
    let broken = mend_content(&mut unlocked.pdf, &walk.pages);
    let doubtful = numbers::are_doubtful(&unlocked.pdf, body);
    let rebuilt = unlocked.pdf.xref_recovery == Some(XrefRecovery::Reconstructed);
    let done = [
        (rebuilt, Repair::TableRebuilt),
        (lengths_found, Repair::LengthsFound),
        (objects_read || untyped, Repair::ObjectsRead),
        // What is lost says more than this.
        (fewer && losses.is_none(), Repair::FewerPages),
        (walk.pages.iter().any(|page| page.box_assumed), Repair::BoxAssumed),
        (health.deleted || lacks_content(&unlocked.pdf, &walk.pages), Repair::ContentMissing),
        (broken, Repair::ContentBroken),
        (doubtful, Repair::NumbersDoubtful),
    ];
    repairs.extend(done.iter().filter(|(done, _)| *done).map(|(_, repair)| *repair));
    // The second reader may find less in such a file, or something else; it has to see what the bundle will show.
    let plain = if rebuilt || lengths_found || objects_read || untyped || broken || doubtful {
        written(&mut unlocked.pdf, body.len()).or(unlocked.plain)
    } else {
        unlocked.plain
    };
    let needs_password = unlocked.how == Some(Unlocking::Password);
    Loaded {
        pdf: unlocked.pdf,
        pages: walk.pages,
        repairs,
        unlocking: unlocked.how,
        password: opening.password.clone().filter(|_| needs_password),
        losses,
        targets_missing,
        plain,
    }
}

/// The file as it was read.
fn written(pdf: &mut Pdf, length: usize) -> Option<Vec<u8>> {
    for key in [b"Prev".as_slice(), b"XRefStm"] {
        pdf.trailer.remove(key);
    }
    let mut bytes = Vec::with_capacity(length);
    pdf.save_to(&mut bytes).ok()?;
    Some(bytes)
}

fn best_attempt(body: &[u8], opening: &Opening) -> Result<LoadAttempt, SourceError> {
    let best = match attempt(body, false, opening) {
        Ok(first) if first.health.is_whole() || first.is_rebuilt() => first,
        Ok(first) => match attempt(body, true, opening) {
            Ok(second) if second.health < first.health => second,
            _ => first,
        },
        Err(error @ SourceError::Damaged(_)) => attempt(body, true, opening)
            .ok()
            .or_else(|| recover::by_its_catalog(body, opening))
            .ok_or(error)?,
        Err(error) => return Err(error),
    };
    if best.health.is_whole() {
        return Ok(best);
    }
    best.with_faulty_objects(body, opening)
}

impl LoadAttempt {
    fn is_rebuilt(&self) -> bool {
        self.unlocked.pdf.xref_recovery == Some(XrefRecovery::Reconstructed)
    }

    /// The same, and objects that lopdf could not read.
    fn with_faulty_objects(mut self, body: &[u8], opening: &Opening) -> Result<Self, SourceError> {
        if rescue::objects(&mut self.unlocked.pdf, body) {
            loading_budget::check(&self.unlocked.pdf, &opening.limits)?;
            self.walk = tree::walk(&self.unlocked.pdf, &opening.limits, opening.allow_damaged)?;
            self.health = health::judge(&self.unlocked.pdf, &self.walk, body);
            self.objects_read = true;
        }
        Ok(self)
    }
}

/// Reads a file in one way. `force_reconstruct` scans for objects and ignores their table.
pub(super) fn attempt(
    body: &[u8],
    force_reconstruct: bool,
    opening: &Opening,
) -> Result<LoadAttempt, SourceError> {
    let options = LoadOptions {
        force_reconstruct,
        max_decompressed_size: Some(limits::of_each_table(&opening.limits, body)),
        filter: Some(loading_budget::within),
        ..LoadOptions::default()
    };
    let load = || unlock::load(body, &options, opening);
    let mut unlocked = loading_budget::bounded(&opening.limits, load)??;
    loading_budget::check(&unlocked.pdf, &opening.limits)?;
    let lengths_found = if unlocked.pdf.was_encrypted() {
        drop_unmeasured(&mut unlocked.pdf);
        false
    } else {
        find_lengths(&mut unlocked.pdf, body)
    };
    filters::state_in_place(&mut unlocked.pdf);
    let walk = tree::walk(&unlocked.pdf, &opening.limits, opening.allow_damaged)?;
    let health = health::judge(&unlocked.pdf, &walk, body);
    Ok(LoadAttempt { unlocked, walk, health, lengths_found, objects_read: false })
}

fn refuse_losses(attempt: LoadAttempt) -> Result<LoadAttempt, SourceError> {
    let health = attempt.health;
    if health.is_sound() {
        return Ok(attempt);
    }
    let pdf = &attempt.unlocked.pdf;
    if health.no_pages {
        return Err(if !has_list(pdf) {
            SourceError::Damaged("its list of pages cannot be found".to_owned())
        } else if health.lost_pages > 0 || recover::has_pages(pdf) {
            SourceError::Damaged("none of its pages can be found".to_owned())
        } else {
            SourceError::NoPages
        });
    }
    if health.lost_pages == 0 && health.lost == 0 {
        return Err(SourceError::Damaged(
            "objects stand where its table says that others do".to_owned(),
        ));
    }
    let lost = counted(health.lost_pages, health.lost);
    Err(SourceError::Damaged(format!("{lost} cannot be found; it was probably cut short")))
}

/// Whether there is a page tree, of which the root is a dictionary.
fn has_list(pdf: &Pdf) -> bool {
    let root = pdf.catalog().and_then(|catalog| catalog.get(b"Pages"));
    root.and_then(|root| pdf.dereference(root)).is_ok_and(|(_, root)| root.as_dict().is_ok())
}
