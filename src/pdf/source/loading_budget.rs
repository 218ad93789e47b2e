//! What loading one file may take: how many objects, and what they unpack to together.

use std::cell::Cell;

use lopdf::{Document as Pdf, Object, ObjectId, Stream};

use super::SourceError;
use crate::manifest::Limits;
use crate::pdf::syntax::limits::{MAX_FROM_ONE, bytes, inflated, of_one_table, unpacks_beyond};

/// The error for a part that unpacks to too much.
pub(super) fn unpacks_too_far(limit: usize) -> SourceError {
    let most = match limit >> 20 {
        0 => format!("{} KB", limit >> 10),
        megabytes => format!("{megabytes} MB"),
    };
    SourceError::TooLarge(format!("a compressed part of it unpacks to more than {most}"))
}

thread_local! {
    static LOADING: Cell<Budget> = const { Cell::new(Budget { objects: 0, possible: 0, measured: 0, each: 0 }) };
}

/// What may still be loaded of the file that a thread is loading: lopdf asks before it takes an object.
#[derive(Debug, Clone, Copy)]
struct Budget {
    objects: usize,
    /// Bytes that object streams may unpack to at the worst, as long as they are not measured.
    possible: usize,
    /// Bytes that they may unpack to once they are.
    measured: usize,
    /// Bytes that one may unpack to.
    each: usize,
}

/// Runs a loader that [asks](within) before it takes an object, and says whether it was refused any.
/// Object streams are unpacked while a file is loaded, so what they hold together is bounded here.
pub(super) fn bounded<T>(limits: &Limits, load: impl FnOnce() -> T) -> Result<T, SourceError> {
    LOADING.set(Budget {
        // One more than [`check`] allows.
        objects: limits.objects as usize + 1,
        possible: bytes(limits),
        measured: bytes(limits),
        each: of_one_table(limits),
    });
    let loaded = load();
    if LOADING.get().measured == 0 {
        return Err(unpacks_too_far(bytes(limits)));
    }
    Ok(loaded)
}

/// What lopdf asks for each object, and for each that an object stream holds.
pub(super) fn within(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut budget = LOADING.get();
    budget.objects = budget.objects.checked_sub(1)?;
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        budget.pay_for(stream);
    }
    LOADING.set(budget);
    if budget.measured == 0 {
        return None;
    }
    Some(match object {
        // Never within an object stream, and elsewhere the object that was lent is taken.
        Object::Stream(_) => (id, Object::Null),
        object => (id, object.clone()),
    })
}

impl Budget {
    /// Few files come near the bound, so streams are measured only when all before might have taken it.
    fn pay_for(&mut self, stream: &Stream) {
        let most = stream.content.len().saturating_mul(MAX_FROM_ONE);
        if let Some(left) = self.possible.checked_sub(most.min(self.each)) {
            self.possible = left;
            return;
        }
        let unpacked = inflated(&stream.content, self.each);
        self.measured = self.measured.saturating_sub(unpacked);
    }
}

/// Refuses a file that has too many objects, or a stream that is larger than its bytes let expect.
pub(super) fn check(pdf: &Pdf, limits: &Limits) -> Result<(), SourceError> {
    if pdf.objects.len() > limits.objects as usize {
        return Err(SourceError::TooLarge(format!(
            "it holds {} objects, and {} are allowed",
            pdf.objects.len(),
            limits.objects
        )));
    }
    let limit = bytes(limits);
    let too_far = pdf.objects.values().any(|object| match object {
        Object::Stream(stream) => unpacks_beyond(pdf, stream, limit),
        _ => false,
    });
    if too_far {
        return Err(unpacks_too_far(limit));
    }
    Ok(())
}
