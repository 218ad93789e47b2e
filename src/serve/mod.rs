//! What may be served on whom. Pure: forms and classes of documents as data, and one decision for each
//! document of each bundle, which checks and plan alike read.

mod classes;
mod decide;
#[cfg(test)]
mod tests;

pub use classes::{Class, Rule, Trust, class_of, classes, find, is_other, likeliest, named_in};
pub use decide::{Decision, Denial, Fate, LeftOut, barred, decide, included};
