//! Reads typed values out of a TOML tree, and turns whatever does not fit into findings.

mod choice;
mod keys;
mod log;
mod moment;
mod problem;
mod syntax;
mod table;
mod value;

pub(super) use choice::one_of;
#[cfg(test)]
pub(super) use keys::SCHEMA;
pub(super) use log::Log;
pub(super) use problem::Problem;
pub(super) use syntax::tree;
pub(super) use table::Table;
pub(super) use value::quoted;

/// A value and the byte of the manifest at which it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    /// What was read.
    pub(super) value: T,
    /// Where its text starts.
    pub(super) at: usize,
}
