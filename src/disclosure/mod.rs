//! What may be served on whom. Pure: forms and classes of documents as data, and one decision for each
//! document of each bundle, which checks and plan alike read.

pub(crate) mod classes;
mod decide;
#[cfg(test)]
mod tests;

pub(crate) use classes::{Class, ServeRule, classes, find, is_other, named_in, numbers_in};
pub(crate) use decide::{Decision, Denial, Exclusion, Fate, barred, decide, denial, included};

use crate::manifest::{Document, Form};

/// What a document is: by its form, or else an exhibit if it has a reference. `None` where nothing says
/// it, or nobody knows the word.
pub(crate) fn class_of(document: &Document) -> Option<&'static Class> {
    let form = document.form.as_ref().map(Form::as_str);
    classes::class_for(form, document.exhibit.is_some())
}
