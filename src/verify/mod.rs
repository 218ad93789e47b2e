//! Reads a finished bundle with another reader than the one that helped to write it, and compares it
//! with its plan.

mod document;
mod proof;

pub use proof::{Expected, prove};
